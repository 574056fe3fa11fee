"""Baskets and bundles by hand, in both sizes: what is bound, what is chance, and at which price it is sold together."""

from __future__ import annotations

import polars as pl
import pytest

from masarat.analyse.baskets import Baskets
from masarat.analyse.bundles import Bundles
from tests.support.shop import answer, order, refund, when, write

DOC = [
    ["Milk", "Onion", "Nutmeg", "Kidney Beans", "Eggs", "Yogurt"],
    ["Dill", "Onion", "Nutmeg", "Kidney Beans", "Eggs", "Yogurt"],
    ["Milk", "Apple", "Kidney Beans", "Eggs"],
    ["Milk", "Unicorn", "Corn", "Kidney Beans", "Yogurt"],
    ["Corn", "Onion", "Onion", "Kidney Beans", "Ice cream", "Eggs"],
]
# Ten of each: dallah with cups, and dates alone.
BOUND = [["dallah", "cups"]] * 10 + [["dates"]] * 20 + [["dallah"]] * 5 + [["cups"]] * 2


def orders(baskets, price=10.0):
    return [
        order(
            f"user:{place % 7}",
            f"2025-01-{place % 28 + 1:02}",
            price * len(basket),
            items=[(one, 1, price) for one in basket],
        )
        for place, basket in enumerate(baskets)
    ]


def catalogue(store, **costs):
    rows = pl.DataFrame({"product_id": list(costs), "cost": list(costs.values())})
    store.insert(
        "products",
        rows.with_columns(
            pl.col("cost").cast(pl.Decimal(18, 4)),
            source=pl.lit("test"),
            currency=pl.lit("SAR"),
            ts=pl.lit(when("2024-12-01")),
        ),
    )


def test_the_example_of_mlxtend(store):
    write(store, orders(DOC))
    found = answer(store, Baskets(least=3, sure=False, min_lift=1.2, language="en"))
    rules = {(row["first"], row["second"]): row for row in found.rows}
    # Of its six rules those to one product; the two others are to two at once.
    assert len(rules) == 4
    onion = rules["Onion", "Eggs"]
    assert (onion["confidence"], onion["lift"], onion["support"], onion["together"]) == (1.0, 1.25, 0.6, 3)
    assert found.sentence == "No rule is sure yet; those listed may be chance."
    assert answer(store, Baskets(least=3, language="ar")).sentence.startswith("لا منتجات تجتمع أكثر")


def test_what_is_bound_is_found(store):
    write(store, orders(BOUND))
    found = answer(store, Baskets(language="en"))
    assert {(row["first"], row["second"]) for row in found.rows} == {("dallah", "cups"), ("cups", "dallah")}
    row = next(row for row in found.rows if row["first"] == "cups")
    # 10 of 12 with cups hold a dallah, which 15 of 37 hold; chance brings 12 × 15 ÷ 37 = 4.9.
    assert (row["confidence"], row["extra"]) == (10 / 12, 5.1)
    assert row["lift"] == pytest.approx(10 * 37 / (12 * 15))
    assert row["lift_least"] < row["lift"]
    assert row["chance"] < 0.05
    assert found.picture.rows == [{"rule": "dallah + cups", "extra": 5.1}]
    assert "2 rules are more than chance" in found.sentence
    assert "قاعدتان تزيدان على المصادفة" in answer(store, Baskets(language="ar")).sentence
    assert answer(store, Baskets(product="dates")).rows == []


def test_lines_returns_and_free_orders(store):
    write(
        store,
        [
            order("a", "2025-01-01", 30, items=[("x", 1, 10), ("x", 1, 10), ("y", 1, 10)]),  # x once
            order("a", "2025-01-01", 0, items=[("x", 1, 0), ("y", 1, 0)]),  # free
            refund("a", "2025-01-02", 20, items=[("x", -1, -10), ("y", -1, -10)]),
            order("", "2025-01-03", 10, items=[("", 1, 10)]),  # names nothing
            order("a", "2025-01-04", 10),
        ],
    )
    found = answer(store, Baskets(least=1, sure=False))
    assert {number.name: number.value for number in found.numbers}["orders"] == 1
    assert found.rows == []


def test_a_wholesaler_is_left_out(store):
    write(store, orders([*BOUND, [f"p{place}" for place in range(101)]]))
    found = answer(store, Baskets(language="en"))
    assert len(found.rows) == 2
    assert any("One order with more than 100 products" in note for note in found.notes)


def test_only_returns(store):
    write(store, [refund("a", "2025-01-02", 20, items=[("x", -1, -20)])])
    assert answer(store, Baskets()).rows == answer(store, Bundles()).rows == []


def test_a_bundle_keeps_its_margin_and_pays(store):
    # 15 dallahs and 12 cups at 10, 10 together. Costs 4 and 2: profit 14 of 20.
    write(store, orders(BOUND))
    catalogue(store, dallah=4.0, cups=2.0)
    found = answer(store, Bundles(take=1.0, language="en"))
    (row,) = found.rows
    # Least margin 6. At 5 %: 5 × (6 − 1) − 10 × 1 = 15; at 10 %: 5 × 4 − 20 = 0, which does not pay.
    assert (row["full_price"], row["discount"], row["price"], row["profit"]) == (20, 0.05, 19, 13)
    assert (row["together"], row["open"], row["given_away"], row["needed"], row["extra_profit"]) == (
        10,
        5,
        10,
        2,
        15,
    )
    assert found.sentence.startswith("Sell dallah + cups together for")
    assert "باقتين زائدتين" in answer(store, Bundles(take=1.0, language="ar")).sentence
    careful = answer(store, Bundles(take=0.05)).rows[0]
    assert (careful["discount"], careful["price"]) == (0, 20)


def test_without_costs_no_discount(store):
    write(store, orders(BOUND))
    found = answer(store, Bundles(language="en"))
    assert (found.rows[0]["profit"], found.rows[0]["discount"], found.rows[0]["price"]) == (None, None, 20)
    assert any("One bundle holds a product whose cost is not known" in note for note in found.notes)
    assert "no discount can be advised" in found.sentence


def test_zero_prices_are_no_bundle(store):
    write(store, orders(BOUND, price=0.0) + orders([["z"]]))
    assert answer(store, Bundles()).rows == []
