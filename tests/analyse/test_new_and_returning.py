from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from masarat.analyse.new_and_returning import NewAndReturning
from tests.support.online_retail import events
from tests.support.shop import answer, order, refund, when, write

MOVES = [
    order("a", "2025-01-05", 100, discount=10, channel="ads"),
    refund("a", "2025-01-06", 30),  # before the second order: taken off the first
    order("b", "2025-01-20", 50, channel="store"),
    order("b", "2025-01-25", 20, discount=5, channel="ads"),  # back within the month
    order("a", "2025-03-03", 40, channel="store"),
    refund("a", "2025-03-04", 15),  # taken off the second
    order("", "2025-03-05", 500),  # nobody named: neither
]


def costs(store, *rows):
    store.insert(
        "costs",
        pl.DataFrame(
            [
                {"day": date.fromisoformat(day), "channel": channel, "campaign": "", "source": "test",
                 "amount": Decimal(amount), "currency": currency, "ts": when(day)}
                for day, channel, amount, currency in rows
            ]
        ),
    )  # fmt: skip


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_first_orders_are_new_and_later_ones_returning(store):
    write(store, MOVES)
    found = answer(store, NewAndReturning())
    assert [
        (row["start"].month, row["new_customers"], row["returning_customers"], row["returning_orders"],
         row["new_revenue"], row["returning_revenue"], row["new_discounts"], row["returning_discounts"])
        for row in found.rows
    ] == [(1, 2, 1, 1, 120, 20, 10, 5), (2, 0, 0, 0, 0, 0, 0, 0), (3, 0, 1, 1, 0, 25, 0, 0)]  # fmt: skip
    got = numbers(found)
    assert (got["new_customers"], got["returning_customers"], got["repeat_rate"]) == (2, 2, 1)
    assert (got["new_revenue"], got["returning_revenue"]) == (120, 45)
    assert got["returning_share"] == pytest.approx(45 / 165)
    assert found.sample == 5
    assert [row["returning_revenue"] for row in found.picture.rows] == [20, 0, 25]


def test_history_before_the_period_decides(store):
    write(store, MOVES)
    found = answer(store, NewAndReturning(period="2025-03"))
    got = numbers(found)
    assert (got["new_customers"], got["returning_customers"], got["repeat_rate"]) == (0, 1, 1)
    assert found.sentence == (
        "No new customer came; one returning customer brought SAR 25.00, 100% of revenue."
    )


def test_history_outside_the_segment_decides_too(store):
    write(store, MOVES)
    got = numbers(answer(store, NewAndReturning(segment="channel=store")))
    assert (got["new_customers"], got["new_revenue"]) == (1, 50)  # b; a came first through ads
    assert (got["returning_customers"], got["returning_revenue"]) == (1, 40)
    rows = answer(store, NewAndReturning(breakdown="channel", period="2025-01")).rows
    assert [(row["breakdown"], row["new_customers"], row["returning_customers"]) for row in rows] == [
        ("", 0, 0), ("ads", 1, 1), ("store", 1, 0),
    ]  # fmt: skip


def test_two_orders_at_the_same_moment_are_one_new_and_one_returning(store):
    write(store, [order("a", "2025-01-05", 1), order("a", "2025-01-05", 2)])
    got = numbers(answer(store, NewAndReturning()))
    assert (got["new_revenue"], got["returning_revenue"]) == (1, 2)


def test_a_refund_without_an_order_is_returning_and_free_orders_are_none(store):
    write(store, [order("a", "2025-01-05", 0), order("a", "2025-01-06", 8), refund("z", "2025-01-07", 3)])
    got = numbers(answer(store, NewAndReturning()))
    assert (got["new_customers"], got["new_revenue"], got["returning_revenue"]) == (1, 8, -3)
    assert got["returning_customers"] == 0


def test_acquisition_cost(store):
    write(store, MOVES)
    costs(store, ("2025-01-05", "ads", "60", "SAR"), ("2025-02-02", "ads", "7", "SAR"),
          ("2025-01-31", "mail", "10", "SAR"), ("2025-01-30", "mail", "99", "USD"))  # fmt: skip
    found = answer(store, NewAndReturning(period="2025-01"))
    got = numbers(found)
    assert (got["spend"], got["acquisition_cost"]) == (70, 35)
    assert "Winning a new customer cost SAR 35.00 in advertising." in found.sentence
    spends = [row["spend"] for row in answer(store, NewAndReturning()).rows]
    assert spends == [70, 7, None]  # spent in a month without a sale, too
    assert numbers(answer(store, NewAndReturning(segment="channel=ads")))["spend"] == 67
    parts = answer(store, NewAndReturning(breakdown="channel", period="2025-01")).rows
    assert {row["breakdown"]: row["spend"] for row in parts} == {
        "": None, "ads": 60, "mail": 10, "store": None,
    }  # fmt: skip
    other = answer(store, NewAndReturning(breakdown="country"))
    assert numbers(other)["spend"] is None
    assert any("by channel and campaign only" in note for note in other.notes)


def test_says_when_no_costs_are_known(store):
    write(store, MOVES)
    assert any("no advertising costs" in note for note in answer(store, NewAndReturning()).notes)


def test_compares_new_customers_with_the_period_before(store):
    write(store, [order(who, "2025-01-05", 10) for who in "ab"] + [order("c", "2025-02-05", 10)])
    found = answer(store, NewAndReturning(period="2025-02"))
    assert found.sentence == (
        "One new customer (down 50% on the period before) brought SAR 10.00; nobody came back."
    )


def test_nobody_named(store):
    write(store, [order("", "2025-01-05", 10)])
    assert "names its customer" in answer(store, NewAndReturning()).sentence


def test_arabic_plurals(store):
    write(store, MOVES)
    sentence = answer(store, NewAndReturning(language="ar")).sentence
    assert "جاءك عميلان جديدان بمبلغ" in sentence
    assert "وعاد إليك عميلان" in sentence
    assert (
        "ولم يعد إليك أحد"
        in answer(store, NewAndReturning(language="ar", period="2025-01-01..2025-01-10")).sentence
    )


@pytest.mark.shared
def test_online_retail(retail, shared_data):
    got = numbers(answer(retail, NewAndReturning()))
    assert (got["new_customers"], got["returning_customers"]) == (4338, 2845)
    assert got["repeat_rate"] == pytest.approx(2845 / 4338)
    assert got["returning_orders"] == 18532 - 4338
    moves = events(pl.read_parquet(shared_data / "online_retail" / "online_retail.parquet"))
    net = moves.filter(pl.col("visitor_id") != "")["revenue"].sum()
    assert got["new_revenue"] + got["returning_revenue"] == pytest.approx(float(net))


@pytest.mark.shared
def test_cdnow(cdnow):
    """The cohort of the first quarter of 1997: all but two, whose earlier rows are free, are returning afterwards."""
    got = numbers(answer(cdnow, NewAndReturning()))
    assert (got["new_customers"], got["returning_customers"]) == (23_502, 11_659)
    assert numbers(answer(cdnow, NewAndReturning(period="1997-04-01..1998-06-30")))["new_customers"] == 2
