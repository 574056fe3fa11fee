"""Lifetime value of what is left: by hand, as profitability counts it, and with customers who cost more than they bring."""

from __future__ import annotations

import math

import pytest

from masarat.analyse import ask, read
from masarat.analyse.customer_profit import CustomerProfit
from masarat.analyse.customer_value import CustomerValue
from masarat.analyse.lifetime_value import LifetimeValue
from masarat.errors import BadParameter
from tests.analyse.test_lifetime_value import customers
from tests.analyse.test_profitability import EVENTS, RATES, products, write
from tests.support.shop import answer, event, order

CONTRIBUTION = {"net": "contribution", "language": "en", **RATES}


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def brought(store, **given):
    found = answer(store, CustomerValue(**given))
    return {row["customer"]: row["brought"] for row in found.rows}


@pytest.fixture
def shop(store):
    """As in test_profitability, with a third who only writes, and a fourth who asked before they bought."""
    products(store, pot=40, cup=10)
    write(store, [
        *EVENTS,
        event("Ticket Solved", "user:c", "2025-03-07", props='{"minutes": 9}'),
        event("Ticket Solved", "user:d", "2025-03-02", order_id="4", props='{"minutes": 10}'),
        order("user:d", "2025-03-08", 40, items=[("pot", 1, 40)], tax=6, payment="mada", branch="Jeddah", order_id="4"),
    ])  # fmt: skip
    return store


def test_what_is_left_of_each_by_hand(shop):
    # a: 150 − 100 back; cup 2 × 10 (the pot is sold again); two parcels of 20 less 15 paid for delivery; mada 1 % of 150 + 24.75 + 15; half an hour at
    # 0.5; 100 points of 0.1. b: refused: two parcels. d: 40 − 40 for the pot, 1 % of 46, ten minutes.
    left = {"user:a": 50 - 20 - 25 - 1.8975 - 15 - 10, "user:b": -40.0, "user:d": -0.46 - 5}
    assert brought(shop, **CONTRIBUTION) == pytest.approx(left)
    profit = answer(shop, CustomerProfit(show="least", language="en", **RATES))
    of_each = {row["customer"]: row["profit"] for row in profit.rows}
    assert {name: of_each[name] for name in left} == pytest.approx(left)
    assert brought(shop, net="margin", **RATES) == pytest.approx({"user:a": 30, "user:b": 0, "user:d": 0})
    assert brought(shop) == {"user:a": 50, "user:b": 0, "user:d": 40}
    whole = answer(shop, LifetimeValue(by="city", **CONTRIBUTION))
    assert numbers(whole)["brought"] == pytest.approx(sum(left.values()) / 3)
    assert {row["part"]: row["brought"] for row in whole.rows} == pytest.approx(
        {"Riyadh": left["user:a"], "Abha": left["user:b"], "": left["user:d"]}
    )


def test_the_period_ends_the_history_but_does_not_begin_it(shop):
    later = {"period": "2025-03-06..2025-03-08"}  # before the pot came back
    left = brought(shop, **CONTRIBUTION, **later)
    profit = answer(shop, CustomerProfit(period="2025-03-01..2025-03-08", show="least", language="en", **RATES))  # fmt: skip
    assert left == pytest.approx({row["customer"]: row["profit"] for row in profit.rows if row["orders"]})


def test_what_is_not_known_is_said(store):
    products(store, pot=40)
    write(store, EVENTS)
    notes = answer(store, LifetimeValue(net="contribution", language="en")).notes
    assert any(note.startswith("Counted is the contribution") for note in notes)
    assert any("cost of goods is not known for" in note for note in notes)
    assert any("delivery (parcel_cost)" in note and "payment fees" in note and "100 points" in note for note in notes)  # fmt: skip
    notes = answer(store, CustomerValue(net="margin", language="ar")).notes
    assert any(note.startswith("المحسوب هو الهامش") for note in notes)
    assert any("لا تُعرف تكلفة البضاعة" in note for note in notes)
    assert not any("parcel_cost" in note for note in notes)
    assert answer(store, LifetimeValue(language="en")).notes == []


def test_the_cost_of_goods_is_taken_off_once():
    with pytest.raises(BadParameter, match="leave margin out"):
        read(LifetimeValue, {"net": "margin", "margin": "60"})
    assert read(CustomerValue, {"net": "revenue", "margin": "60"}).margin == 60


@pytest.mark.parametrize("cost", [40, 130])
def test_what_is_to_come_is_the_share_that_was_left(store, cost):
    """Each of 100; of 40 there are 60 left of each; of 130 every sale loses 30. No figure is missing."""
    products(store, pot=cost)
    write(store, [row | _of_pot() for row in customers(2)])
    revenue = ask(store, LifetimeValue(language="en"))
    found = answer(store, LifetimeValue(language="en", net="margin"))
    share = 1 - cost / 100
    for before, row in zip(revenue.rows, found.rows, strict=True):
        assert row["brought"] == pytest.approx(share * before["brought"])
        assert row["expected"] == pytest.approx(share * before["expected"])
        assert row["expected_least"] <= row["expected"] <= row["expected_most"]
        assert row["value"] == pytest.approx(row["brought"] + row["expected"])
    assert all(math.isfinite(value) for value in numbers(found).values() if value is not None)
    assert found.sentence
    best = answer(store, CustomerValue(language="en", net="margin", limit=10_000))
    total = numbers(found)["expected"] * numbers(found)["customers"]
    assert numbers(best)["expected"] == pytest.approx(total)
    assert sum(row["expected"] for row in best.rows) == pytest.approx(total)
    assert all(math.isfinite(point["share"]) for point in best.picture.rows)
    said = ("60%" if cost == 40 else "−30%", "-30%")
    assert any("Of revenue to come counts" in note and any(one in note for one in said) for note in best.notes)  # fmt: skip


def _of_pot():
    return {"product_ids": ["pot"], "product_names": ["pot"], "product_categories": [""],
            "product_quantities": [1], "product_revenues": [100]}  # fmt: skip
