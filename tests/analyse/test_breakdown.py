"""Any count of any move by anything: by hand, in one store."""

from __future__ import annotations

from datetime import date

import pytest

from masarat.analyse.breakdown import Breakdown
from masarat.errors import BadParameter, UnknownName
from tests.support.shop import answer, event, order, refund, write

JAN, FEB = date(2025, 1, 1), date(2025, 2, 1)
HOME, SALE = "https://shop.sa/", "https://shop.sa/sale"
MOVES = [
    event("Page Viewed", "user:a", "2025-01-05 10:00", url=HOME, channel="email", session_id="s1", props='{"tone": "warm"}'),
    event("Page Viewed", "user:a", "2025-01-05 10:01", url=SALE, channel="email", session_id="s1"),
    event("Page Viewed", "user:b", "2025-01-20 10:00", url=HOME, channel="direct", session_id="s2"),
    event("Page Viewed", "user:a", "2025-02-01 10:00", url=HOME, channel="direct", session_id="s3"),
    event("Page Viewed", "user:c", "2025-02-02 10:00", url=HOME, channel="direct", session_id="s4"),
    order("user:a", "2025-01-05 10:01", 100, channel="email", items=[("Beans", 1, 60), ("Cups", 1, 30), ("Beans", 1, 10)]),
    order("user:b", "2025-02-10", 50, channel="direct", items=[("Cups", 2, 50)]),
    refund("user:a", "2025-02-11", 30, channel="email", items=[("Cups", -1, -30)]),
    order("", "2025-02-12", 20, channel="store", coupon="X1"),
    order("user:c", "2025-02-08 10:00", 10, channel="direct", items=[("Tea", 1, 10)]),
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store()
    write(store, [{"props": "{}", **move} for move in MOVES])
    return store


def table(found, measure):
    return [(row["start"].month, row["part"], row[measure]) for row in found.rows]


def totals(found):
    return {number.name: number.value for number in found.numbers}


def test_events_customers_and_visits(shop):
    events = answer(shop, Breakdown(step="Page Viewed", measure="events", dimension="path"))
    assert table(events, "events") == [(1, "/", 2), (1, "/sale", 1), (2, "/", 2), (2, "/sale", 0)]
    assert [row["share"] for row in events.rows[:2]] == [4 / 5, 1 / 5]
    assert totals(events) == {"events": 5, "parts": 2}
    assert events.sentence == "Events: 5 overall; the largest parts are / (4) and /sale (1)."
    assert [column.name for column in events.columns] == ["start", "part", "events", "share"]
    people = answer(shop, Breakdown(step="Page Viewed", measure="customers", dimension="channel"))
    assert table(people, "customers") == [
        (1, "direct", 1),
        (1, "email", 1),
        (2, "direct", 2),
        (2, "email", 0),
    ]
    assert totals(people) == {"customers": 3, "parts": 2}  # a came both ways
    visits = answer(shop, Breakdown(step="Page Viewed", measure="sessions", dimension="props.tone"))
    assert table(visits, "sessions") == [(1, "", 2), (1, "warm", 1), (2, "", 2), (2, "warm", 0)]
    assert totals(visits)["sessions"] == 4
    often = answer(
        shop, Breakdown(step="Page Viewed where path=/", measure="per_customer", dimension="device")
    )
    assert (totals(often)["per_customer"], often.rows[0]["per_customer"]) == (4 / 3, 1)
    assert "all of it not stated" in often.sentence


def test_money_is_of_lines_and_net_of_refunds(shop):
    revenue = answer(shop, Breakdown(measure="revenue", dimension="product"))
    assert table(revenue, "revenue") == [
        (1, "Beans", 70), (1, "Cups", 30), (1, "", 0), (1, "Tea", 0),
        (2, "Beans", 0), (2, "Cups", 20), (2, "", 20), (2, "Tea", 10),
    ]  # fmt: skip
    assert totals(revenue) == {"revenue": 150, "parts": 4}
    few = answer(shop, Breakdown(measure="revenue", dimension="product", top=1, language="ar"))
    assert table(few, "revenue") == [(1, "Beans", 70), (1, "البقية", 30), (2, "Beans", 0), (2, "البقية", 50)]
    assert any("أكبر 1" in note.translate(dict.fromkeys((0x2068, 0x2066, 0x2069))) for note in few.notes)
    orders = answer(
        shop, Breakdown(dimension="product", top=1)
    )  # an order with two others counts once among them
    assert table(orders, "orders") == [
        (1, "Cups", 1),
        (1, "all others", 1),
        (2, "Cups", 1),
        (2, "all others", 2),
    ]
    assert totals(orders)["orders"] == 4
    mean = answer(
        shop,
        Breakdown(measure="average_order", dimension="channel", step="Order Completed where channel!=store"),
    )
    assert table(mean, "average_order") == [
        (1, "direct", None),
        (1, "email", 100),
        (2, "direct", 30),
        (2, "email", None),
    ]
    assert totals(mean)["average_order"] == pytest.approx(160 / 3)


def test_conversion_to_a_second_step(shop):
    """a orders in the very second of /sale, b after 21 days, c after six days to the minute."""
    week = Breakdown(step="Page Viewed", measure="conversion", dimension="channel", days=6)
    found = answer(shop, week)
    assert [(row["start"], row["part"], row["customers"], row["conversions"]) for row in found.rows] == [
        (JAN, "direct", 1, 0), (JAN, "email", 1, 1), (FEB, "direct", 2, 1), (FEB, "email", 0, 0),
    ]  # fmt: skip
    assert totals(found) == {"conversion": 2 / 3, "conversions": 2, "customers": 3, "parts": 2}
    later = answer(shop, week.model_copy(update={"days": 21, "period": "2025-01"}))
    assert [(row["part"], row["conversions"]) for row in later.rows] == [("direct", 1), ("email", 1)]
    again = answer(
        shop, Breakdown(step="Order Completed", to="Order Completed", measure="conversion", days=365)
    )
    assert totals(again)["conversions"] == 0  # an order is not its own sequel
    alone = answer(shop, week.model_copy(update={"segment": "channel=email"}))
    assert totals(alone)["conversions"] == 1


def test_what_cannot_be_counted_says_so(shop):
    with pytest.raises(BadParameter, match="counted of orders"):
        answer(shop, Breakdown(step="Page Viewed", measure="revenue"))
    with pytest.raises(UnknownName, match="channel"):
        answer(shop, Breakdown(dimension="chanel"))
    assert "Nothing in this period" in answer(shop, Breakdown(period="2024-05")).sentence


def test_ten_thousand_values(store):
    write(
        store,
        [
            event("Page Viewed", f"user:{n}", "2025-01-05", url=f"https://shop.sa/{n % 10_000}")
            for n in range(10_003)
        ],
    )
    found = answer(store, Breakdown(step="Page Viewed", measure="events", dimension="path", top=3, by="day"))
    assert table(found, "events") == [(1, "/0", 2), (1, "/1", 2), (1, "/2", 2), (1, "all others", 9997)]
    assert totals(found) == {"events": 10_003, "parts": 10_000}
