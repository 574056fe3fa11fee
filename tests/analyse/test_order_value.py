from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masarat.analyse.order_value import OrderValue
from tests.support.online_retail import events
from tests.support.people import trait
from tests.support.shop import answer, order, refund, write

# Five orders: 10, 20, 30, 40, 400.
MOVES = [
    order("a", "2025-01-05", 10),
    order("a", "2025-01-06", 30),
    order("b", "2025-01-07", 20),
    order("b", "2025-01-08", 40),
    refund("a", "2025-01-09", 2),
    refund("b", "2025-01-09", 25),
    order("c", "2025-01-10", 400),
    order("c", "2025-01-11", 0),  # free: not an order
]


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_mean_beside_median_and_quartiles(store):
    write(store, MOVES)
    trait(store, "a", "name", "Sara")
    found = answer(store, OrderValue())
    assert numbers(found) == pytest.approx(
        {
            "aov": 100,
            "median": 30,
            "quartile_1": 20,
            "quartile_3": 40,
            "decile_9": 256,
            "orders": 5,
        }
    )
    assert found.sentence == (
        "The average order is worth SAR 100, and half of them less than SAR 30.00: a few large orders "
        "pull the average up. Customer Sara orders most at once: SAR 19.00 on average after refunds."
    )


def test_lists_customers_with_enough_orders(store):
    write(store, MOVES)
    assert [tuple(row.values()) for row in answer(store, OrderValue()).rows] == [
        (1, "a", "", 2, 19, 20, 38, date(2025, 1, 6)),
        (2, "b", "", 2, 17.5, 30, 35, date(2025, 1, 8)),
    ]
    assert [row["customer"] for row in answer(store, OrderValue(min_orders=1, limit=2)).rows] == ["c", "a"]


def test_steps_are_readable_and_none_is_left_out(store):
    """95 % lie below 328, so steps of 20 (the 1, 2 or 5 next above 328 ÷ 20); 400 stands in the last, which has no end."""
    write(store, MOVES)
    rows = answer(store, OrderValue()).picture.rows
    assert [row["value_from"] for row in rows] == list(range(0, 360, 20))
    assert [row["orders"] for row in rows] == [1, 2, 1] + [0] * 14 + [1]
    assert (rows[-1]["value_to"], rows[-2]["value_to"]) == (None, 340)
    assert sum(row["share_of_orders"] for row in rows) == pytest.approx(1)


def test_equal_orders_and_edges(store):
    write(store, [order("a", "2025-01-05", 0.3), order("a", "2025-01-06", 0.3)])
    found = answer(store, OrderValue())
    assert found.sentence.startswith(
        "The average order is worth SAR 0.30, and half of them less than SAR 0.30. "
    )
    filled = [row for row in found.picture.rows if row["orders"]]
    assert [tuple(row.values()) for row in filled] == [(0.3, 0.32, 2, 1)]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30))
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_order_stands_in_exactly_one_step(engine, amounts):
    store = engine.store()
    write(store, [order("a", "2025-01-05", amount / 100) for amount in amounts])
    rows = answer(store, OrderValue()).picture.rows
    assert len(rows) <= 22
    assert all(left["value_to"] == right["value_from"] for left, right in pairwise(rows))
    for row in rows:
        end = row["value_to"] or float("inf")
        assert row["orders"] == sum(row["value_from"] <= amount / 100 < end for amount in amounts)


def test_one_order_and_nothing(store):
    write(store, [order("", "2025-01-05", 10), order("a", "2025-02-05", 0)])
    found = answer(store, OrderValue())
    assert found.sentence == "There is one order, worth SAR 10.00."
    assert found.rows == []
    assert "5 January 2025" in answer(store, OrderValue(period="2025-02")).sentence


def test_compares_with_the_period_before(store):
    write(store, [order("a", "2025-01-05", 10), order("b", "2025-02-05", 10), order("c", "2025-02-06", 20)])
    found = answer(store, OrderValue(period="2025-02"))
    assert (
        found.sentence
        == "The average order is worth SAR 15.00, up 50% on the period before, and half of them less than SAR 15.00."
    )
    assert found.picture.before == []


def test_arabic(store):
    write(store, MOVES)
    sentence = answer(store, OrderValue(language="ar")).sentence
    assert "متوسط قيمة الطلب" in sentence
    assert "طلبات قليلة كبيرة ترفع المتوسط" in sentence
    assert "وأكبر الطلبات طلبات العميل" in sentence


@pytest.mark.shared
def test_online_retail(retail, shared_data):
    moves = events(pl.read_parquet(shared_data / "online_retail" / "online_retail.parquet"))
    values = moves.filter((pl.col("name") == "Order Completed") & (pl.col("revenue") > 0))["revenue"].cast(
        float
    )
    got = numbers(answer(retail, OrderValue()))
    assert got["orders"] == len(values)
    assert got["aov"] == pytest.approx(values.mean())
    wanted = np.quantile(values.to_numpy(), [0.25, 0.5, 0.75, 0.9])
    assert [got[name] for name in ("quartile_1", "median", "quartile_3", "decile_9")] == pytest.approx(
        list(wanted)
    )
