"""Order sequence: what followed what by hand, the days between with those still waiting, and who came back at equal age."""

from __future__ import annotations

from datetime import date

import pytest

from masarat.analyse import ask
from masarat.analyse.order_sequence import OrderSequence
from tests.support.shop import answer, event, order, refund, write


def sold(who, ts, product, revenue=10, **more):
    return order(who, ts, revenue, items=[(product, 1, revenue)], **more)


ORDERS = [
    sold("a", "2025-01-01", "coffee", channel="email"),
    sold("a", "2025-01-11", "cups", 30),
    sold("a", "2025-01-21", "coffee"),
    sold("b", "2025-01-02", "coffee"),
    order("b", "2025-01-22", 50, items=[("tea", 1, 10), ("cups", 1, 40)]),
    sold("c", "2025-01-03", "tea", channel="email"),
    sold("c", "2025-01-03 00:00", "tea", event_id="z"),  # the same millisecond
    sold("d", "2025-03-01", "coffee"),
    refund("d", "2025-03-05", 10),
    event("Page Viewed", "d", "2025-06-30"),
]


def asked(store, how=ask, **more):
    return how(store, OrderSequence(**{"language": "en"} | more), today=date(2025, 6, 30))


def numbers(found):
    return {number.name: number.value for number in found.numbers}


@pytest.fixture
def shop(store):
    write(store, ORDERS)
    return store


def test_what_followed_what(shop):
    found = asked(shop, answer)
    rows = {(row["nth"], row["here"], row["after"]): row for row in found.rows}
    assert {key: row["customers"] for key, row in rows.items()} == {
        (1, "coffee", "cups"): 2,
        (1, "tea", "tea"): 1,
        (2, "cups", "coffee"): 1,
    }
    cups = rows[1, "coffee", "cups"]
    assert (cups["share"], cups["others_share"], cups["lift"]) == (1, 0, None)
    assert (cups["median"], cups["paid"]) == (20, 40)  # 10 and 20 days (the upper of two); 30 and 50
    assert rows[1, "tea", "tea"]["median"] == 0
    assert cups["verdict"] == "too few to tell"
    assert found.sentence == (
        "Of 4 customers, 3 (75%) have come back for a second order so far. Most often cups followed coffee (2 customers)."
    )
    assert [row["count"] for row in found.picture.rows if row["step"] == 1] == [2, 1, 1]


def test_first_products_at_equal_age(shop):
    rows = {row["here"]: row for row in asked(shop, answer, show="firsts").rows}
    coffee = rows["coffee"]
    assert (coffee["customers"], coffee["came"]) == (3, 2)
    assert coffee["back_90"] == pytest.approx(2 / 3)
    assert coffee["back_180"] == pytest.approx(1)  # d has been followed for 122 days
    assert coffee["back_365"] is None
    assert rows["tea"]["back_30"] == 1
    assert coffee["at_least"] < 2 / 3 < coffee["at_most"]


def test_twenty_days_are_within_twenty_one(store):
    write(store, [sold("a", "2025-01-01", "x"), sold("a", "2025-01-30", "x"), sold("b", "2025-01-01", "x"),
                  sold("b", "2025-01-31", "x"), event("Page Viewed", "a", "2025-06-30")])  # fmt: skip
    assert asked(store, show="firsts").rows[0]["back_30"] == 0.5  # day 30 is the 30th of January


def test_by_category_a_segment_and_a_period(shop):
    assert asked(shop, item="category").rows[0]["here"] == "not stated"
    assert numbers(asked(shop, segment="channel=email"))["customers"] == 2
    found = asked(shop, period="2025-01", compare="none")
    assert numbers(found)["customers"] == 3


def test_days_to_the_second_order_and_the_likeliest_week(store):
    rows = []
    for i in range(60):
        rows.append(sold(f"u{i}", "2025-01-01", "beans" if i % 2 else "cups"))
        if i < 30:
            rows.append(sold(f"u{i}", f"2025-01-{11 + i % 3:02}", "filters" if i % 2 else "cups"))
    write(store, [*rows, event("Page Viewed", "u1", "2025-06-30")])
    found = asked(store)
    told = numbers(found)
    assert (told["half_by"], told["most_by"], told["first_quarter"]) == (11, 12, 10)
    assert (told["likeliest_from"], told["likeliest_to"]) == (10, 16)
    assert told["back_90"] == 0.5
    assert "between day 10 and day 16: write by then" in found.sentence
    rows = {(row["here"], row["after"]): row for row in found.rows}
    assert rows["beans", "filters"]["verdict"] == "more often"
    assert rows["beans", "filters"]["low"] > 1
    assert any("30 customers have not come back" in note for note in found.notes)
    assert any("180 days only" in note for note in found.notes)
    arabic = asked(store, language="ar").sentence
    assert "من 60 عميلًا عاد 30" in arabic
    assert "خلال 11 يومًا" in arabic


def test_one_customer_one_product(store):
    write(store, [sold("a", "2025-01-01", "x")])
    found = asked(store)
    assert found.sentence == "Of one customer, nobody has come back for a second order yet."
    assert numbers(found)["half_by"] is None


def test_nobody_and_orders_without_products(store):
    write(store, [refund("a", "2025-01-01", 5), order("b", "2025-01-01", 0)])
    assert asked(store).sample == 0
    write(store, [order("c", "2025-02-01", 5, event_id="x1"), order("c", "2025-02-03", 5, event_id="x2")])
    assert asked(store).rows[0]["here"] == "not stated"


def test_ten_thousand_products(store):
    write(
        store, [sold(f"u{i}", day, f"p{i}{day}") for i in range(1000) for day in ("2025-01-01", "2025-01-05")]
    )
    found = asked(store, limit=7)
    assert len(found.rows) == 7
    assert len({row["place"] for row in found.picture.rows}) <= 12
    assert sum(row["count"] for row in found.picture.rows if row["step"] == 1) == 1000
