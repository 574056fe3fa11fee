from datetime import date

import polars as pl
import pytest

from masarat.analyse.products import Products
from tests.support.shop import answer, order, refund, when, write

MOVES = [
    order("a", "2025-01-05", 100, items=[("coffee", 2, 60), ("cup", 1, 40)]),
    order("b", "2025-02-10", 90, items=[("coffee", 2, 60), ("coffee", 1, 30)]),  # two lines of one order
    order("", "2025-02-11", 40, items=[("cup", 1, 40)]),  # nobody named
    order("c", "2025-02-12", 0, items=[("sample", 5, 0)]),  # free: not an order
    refund("b", "2025-02-20", 30, items=[("coffee", -1, -30)]),
    order("a", "2025-02-21", 10),  # names no product
]


def row(found, product):
    return next(row for row in found.rows if row["product"] == product)


def test_what_a_product_sold_and_gave_back(store):
    write(store, MOVES)
    found = answer(store, Products())
    assert [row["product"] for row in found.rows] == ["coffee", "cup"]
    coffee = row(found, "coffee")
    assert (coffee["gross"], coffee["refunds"], coffee["net"]) == (150, 30, 120)
    assert (coffee["quantity"], coffee["return_rate"]) == (5, 0.2)
    assert (coffee["orders"], coffee["customers"]) == (2, 2)
    assert (coffee["first_sale"], coffee["last_sale"]) == (date(2025, 1, 5), date(2025, 2, 10))
    assert coffee["share"] == 120 / 200
    assert (row(found, "cup")["orders"], row(found, "cup")["customers"]) == (2, 1)


def test_totals_and_what_names_no_product(store):
    write(store, MOVES)
    found = answer(store, Products())
    totals = {number.name: number.value for number in found.numbers}
    assert (totals["products"], totals["gross"], totals["refunds"], totals["top_share"]) == (2, 230, 30, 1)
    assert totals["return_rate"] == 1 / 7
    assert any("SAR 10.00 of net revenue names no product" in note for note in found.notes)


def test_trend_against_the_compared_period(store):
    write(store, MOVES)
    found = answer(store, Products(period="2025-02"))
    coffee = row(found, "coffee")
    assert (coffee["net"], coffee["change"]) == (60, 0)
    assert row(found, "cup")["change"] == 0
    assert answer(store, Products(period="2025-01")).rows[0]["change"] is None
    assert "unchanged on the period before" in found.sentence


def test_slow_is_less_than_half_of_the_usual_pace(store):
    write(
        store,
        [
            order("a", "2025-01-01", 600, items=[("faded", 1, 600)]),  # 600 in 60 days: 300 in 30
            order("a", "2025-03-10", 100, items=[("faded", 1, 100)]),
            order("a", "2025-01-01", 600, items=[("steady", 1, 600)]),
            order("a", "2025-03-10", 150, items=[("steady", 1, 150)]),
            order("a", "2025-03-15", 5, items=[("new", 1, 5)]),
        ],
    )
    found = answer(store, Products(sort="slow", period="2025-03-02..2025-03-31"))
    assert [row["product"] for row in found.rows] == ["faded"]
    assert (found.rows[0]["recent"], found.rows[0]["usual"]) == (100, 300)
    assert found.picture.rows == [{"name": "faded", "amount": 200}]
    assert "One product" in found.sentence
    assert "faded, SAR 200 short" in found.sentence
    assert answer(store, Products(sort="slow", period="2025-01-01..2025-01-15")).rows == []


def test_returned_products_come_by_money_given_back(store):
    write(store, MOVES)
    found = answer(store, Products(sort="returned"))
    assert [(row["product"], row["refunds"]) for row in found.rows] == [("coffee", 30)]
    assert "coffee" in found.sentence
    nothing = answer(store, Products(sort="returned", period="2025-01"))
    assert (nothing.rows, nothing.sentence) == ([], "Nothing came back.")


def test_limit_and_least_orders(store):
    write(store, [*MOVES, order("z", "2025-02-01", 500, items=[("once", 1, 500)])])
    assert [row["product"] for row in answer(store, Products(limit=2)).rows] == ["once", "coffee"]
    found = answer(store, Products(min_orders=2))
    assert [row["product"] for row in found.rows] == ["coffee", "cup"]


def test_the_name_most_lines_carry_and_the_catalogues_before_it(store):
    lines = [order("a", f"2025-01-0{day}", 5, items=[("p1", 1, 5)]) for day in (1, 2, 3)]
    for line, name in zip(lines, ("Kettle", "Kettle", "kettle??"), strict=True):
        line["product_names"] = [name]
    write(store, lines)
    assert answer(store, Products()).rows[0]["name"] == "Kettle"
    store.insert(
        "products",
        pl.DataFrame(
            {
                "product_id": ["p1"],
                "source": ["shop"],
                "name": ["Copper kettle"],
                "name_ar": ["غلاية نحاس"],
                "ts": [when("2025-01-01")],
            }
        ),
    )
    assert answer(store, Products()).rows[0]["name"] == "Copper kettle"
    assert answer(store, Products(language="ar")).rows[0]["name"] == "غلاية نحاس"


def test_orders_without_products_say_so(store):
    write(store, [order("a", "2025-01-05", 100)])
    found = answer(store, Products())
    assert (found.rows, found.sentence) == ([], "No order of this period names its products.")


def test_arabic(store):
    write(store, MOVES)
    sentence = answer(store, Products(language="ar")).sentence
    assert "وقد بيع منتجان" in sentence
    assert "coffee" in sentence
    assert "لا منتج أبطأ" in answer(store, Products(sort="slow", period="2025-01", language="ar")).sentence


@pytest.mark.shared
def test_online_retail(retail):
    found = answer(retail, Products(limit=10_000))
    totals = {number.name: number.value for number in found.numbers}
    assert round(totals["gross"], 2) == 10_666_684.54
    assert round(totals["gross"] - totals["refunds"], 2) == 9_747_747.93
    assert round(row(found, "AMAZONFEE")["net"], 2) == -221_520.50
    assert row(found, "22423")["name"] == "REGENCY CAKESTAND 3 TIER"
    assert round(sum(row["share"] for row in found.rows), 9) == 1
