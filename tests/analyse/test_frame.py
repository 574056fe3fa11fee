from datetime import date

import pytest

from masarat.analyse.frame import facts, read_segment
from masarat.errors import BadParameter, UnknownName
from tests.support.shop import event, in_two_sizes, order, write


def known(store):
    return facts(store, "Asia/Riyadh")


def test_facts_of_the_shops_own_days(store):
    write(
        store,
        [
            order("a", "2025-01-05 22:00", 1),
            order("b", "2025-02-01", 1, currency="USD"),
            event("Page Viewed", "a", "2025-03-01"),
        ],
    )
    found = known(store)
    assert found.counts == {"Order Completed": 2, "Page Viewed": 1}
    assert found.days["Order Completed"] == (date(2025, 1, 6), date(2025, 2, 1))
    assert dict(found.currencies) == {"SAR": 1, "USD": 1}
    assert found.span(()) == (date(2025, 1, 6), date(2025, 3, 1))


@pytest.mark.parametrize("size", [lambda store: store, in_two_sizes], ids=["one process", "two shards"])
def test_facts_follow_every_write(store, size):
    """They are kept between questions, yet what is added or removed is seen at once."""
    events = size(store)
    assert known(events).counts == {}
    write(store, [order("a", "2025-01-05", 1, event_id="first")])
    assert known(events).counts == {"Order Completed": 1}
    write(store, [order("a", "2025-01-06", 1, event_id="second")])
    assert known(events).counts == {"Order Completed": 2}
    store.delete("events", "event_id = {id:String}", {"id": "first"})
    assert known(events).days["Order Completed"] == (date(2025, 1, 6), date(2025, 1, 6))
    store.command("OPTIMIZE TABLE events FINAL")
    assert known(events).counts == {"Order Completed": 1}


def test_segments_are_read():
    assert read_segment("country=Saudi Arabia|Bahrain and channel!=email") == (
        ("country", True, ("Saudi Arabia", "Bahrain")),
        ("channel", False, ("email",)),
    )
    assert read_segment("") == ()
    with pytest.raises(BadParameter, match="not a condition"):
        read_segment("country")
    with pytest.raises(UnknownName, match="channel"):
        read_segment("chanel=email")
