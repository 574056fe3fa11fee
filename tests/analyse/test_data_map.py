"""What is known of whom: each kind of data counted by hand, and what would fill its gaps."""

from datetime import date

import pytest

from masarat.analyse.data_map import FILL_OF, DataMap
from masarat.analyse.kinds import ITEMS
from masarat.resolve import Decision, Resolver, Rules
from tests.support.people import trait
from tests.support.shop import answer, event, order, write


@pytest.fixture
def shop(store):
    """Two customers who bought, one who only told her name, and a visitor who is none."""
    write(
        store,
        [
            order(
                "user:1",
                "2025-01-05",
                10,
                items=[("coffee", 1, 10)],
                payment="mada",
                source="web",
                city="Abha",
            ),
            order("phone:+1", "2025-01-06", 20, source="till"),
            event("Page Viewed", "user:1", "2025-01-04", source="web"),
            event("Page Viewed", "anon:x", "2025-01-09", source="web"),
            event("Survey Answered", "user:1", "2025-01-07", source="survey"),
            event("Fitting Booked", "user:1", "2025-01-08", source="web"),
        ],
    )
    trait(store, "user:2", "firstName", "Huda")
    trait(store, "user:1", "shoe size", "38")
    return store


def known(found):
    return {row["item"]: row["customers"] for row in found.rows if row["customers"]}


def row(found, item):
    return next(row for row in found.rows if row["item"] == item)


def test_each_thing_counts_the_customers_it_is_known_of(shop):
    found = answer(shop, DataMap())
    assert known(found) == {
        "name": 1, "phone": 1, "city": 1, "other facts": 1, "orders": 2, "products bought": 1, "ways of payment": 1,
        "visits": 1, "other moves": 1, "survey answers": 1,
    }  # fmt: skip
    assert row(found, "orders")["sources"] == ["till", "web"]
    assert (row(found, "orders")["since"], row(found, "orders")["latest"]) == (
        date(2025, 1, 5),
        date(2025, 1, 6),
    )
    assert row(found, "visits")["latest"] == date(2025, 1, 4), "the visitor is no customer"
    assert len(found.rows) == len(ITEMS) + 2


def test_each_kind_has_its_share(shop):
    found = answer(shop, DataMap())
    values = {number.name: number.value for number in found.numbers}
    assert values == {
        "customers": 3, "demographic": 1.0, "transactional": pytest.approx(2 / 3), "behavioural": pytest.approx(1 / 3),
        "psychographic": pytest.approx(1 / 3), "gaps": 28,
    }  # fmt: skip
    assert [row["share_of_customers"] for row in found.picture.rows] == list(values.values())[1:5]
    assert found.sentence == (
        "Of 3 customers, you know of 100% who they are, of 67% what they buy, of 33% what they do and of 33% what they"
        " think. 28 gaps; the first where you know least: searches. Send Products Searched from your shop's pages"
        " (docs/browser-sdk.md)."
    )


def test_what_would_fill_a_gap(shop):
    found = answer(shop, DataMap())
    assert row(found, "gender")["fill"].startswith(
        "Connect your shop (Salla and Zid tell it), or send gender"
    )
    assert row(found, "phone")["fill"].startswith("Import a file of orders"), "of fewer than half"
    assert row(found, "reviews")["fill"].startswith("Send Product Reviewed from")
    assert row(found, "coupons")["fill"].startswith("Import a file of orders")
    assert row(found, "orders")["fill"] == row(found, "other moves")["fill"] == ""
    assert set(FILL_OF) == {item.name for item in ITEMS}, "every item says how it would come"


def test_of_who_bought_in_the_period_all_that_came_before_its_end(shop):
    write(shop, [order("user:1", "2025-02-05", 10, event_id="f", order_id="f")])
    trait(shop, "user:1", "gender", "female", ts="2025-03-01")
    found = answer(shop, DataMap(period="2025-02"))
    assert (found.sample, row(found, "visits")["customers"], row(found, "gender")["customers"]) == (1, 1, 0)
    assert len(found.picture.before) == 4


def test_only_a_segment(shop):
    assert answer(shop, DataMap(segment="source=till")).sample == 1


def test_one_customer_with_two_identifiers_is_counted_once(shop):
    Resolver(shop, Rules()).decide(Decision("merge", "user:1", "phone:+1"), "", "huda")
    found = answer(shop, DataMap())
    assert (found.sample, row(found, "orders")["customers"], row(found, "phone")["customers"]) == (2, 1, 1)


def test_where_all_is_known_nothing_is_asked_for(shop, monkeypatch):
    monkeypatch.setattr("masarat.analyse.data_map.FEW", 0.0)
    monkeypatch.setattr(
        "masarat.analyse.data_map.SHOWN", tuple(item for item in ITEMS if item.name == "orders")
    )
    assert answer(shop, DataMap()).sentence.endswith("what they think.")


def test_arabic(shop):
    found = answer(shop, DataMap(language="ar"))
    assert found.sentence.startswith("عندك 3 عملاء: تعرف عن")
    assert "و28 ثغرة، أولاها حيث تعرف أقل: عمليات البحث." in found.sentence
    assert row(found, "الجنس")["fill"].startswith("اربط متجرك (تذكره سلة وزد)")
