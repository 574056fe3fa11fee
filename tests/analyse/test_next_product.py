"""Next product by hand, in both sizes: what goes with what, the usual basket, and what is never offered."""

from __future__ import annotations

from datetime import date

import polars as pl

from masarat.analyse.next_product import NextProduct
from masarat.store import identities
from tests.support.shop import answer, event, order, refund, when, write


def bought(who, *products, day="2025-01-05", price=10.0, **more):
    return order(who, day, price * len(products), items=[(one, 1, price) for one in products], **more)


# Eight bought beans and papers, one of them later; twelve others dates; one beans alone.
SHOP = [
    *[bought(f"user:{place}", "beans", "papers") for place in range(8)],
    *[bought(f"user:{place}", "dates", city="Jeddah") for place in range(10, 22)],
    bought("user:30", "beans", day="2025-01-20"),
]


def rows(store, **asked):
    return answer(store, NextProduct(**asked)).rows


def test_what_goes_with_what(store):
    write(store, SHOP)
    found = answer(store, NextProduct(language="en"))
    assert [(row["product"], row["offer"], row["both"]) for row in found.rows] == [
        ("beans", "papers", 8),
        ("papers", "beans", 8),
    ]
    # 8 of 21 customers bought both; 9 beans, 8 papers.
    assert round(found.rows[0]["lift"], 6) == round(8 * 21 / (9 * 8), 6)
    assert found.rows[0]["share"] == 8 / 9
    assert found.rows[0]["why"] == "8 customers bought both, 2.3 times as many as by chance"
    assert found.picture.rows == [{"pair": "beans + papers", "both": 8}]
    assert "Offer" in found.sentence
    arabic = answer(store, NextProduct(language="ar"))
    assert arabic.rows[0]["why"].startswith("اشتراهما 8 عملاء")


def test_cross_sell_says_why_and_never_what_they_have(store):
    write(store, SHOP)
    (row,) = rows(store, customer="user:30", kind="cross", language="en")
    assert (row["customer"], row["offer"], row["kind"], row["both"]) == ("user:30", "papers", "cross-sell", 8)
    assert "beans" in row["why"]
    assert [row["offer"] for row in rows(store, customer="user:1", kind="cross")] == ["dates"]  # popular


def test_who_has_nothing_to_go_by_is_offered_what_is_popular_in_the_city(store):
    write(store, [*SHOP, bought("user:40", "soap", city="Jeddah")])
    found = rows(store, customer="user:40", kind="cross", language="en", each=1)
    assert [(row["offer"], row["kind"]) for row in found] == [("dates", "popular nearby")]


def test_the_usual_basket_by_their_own_rhythm(store):
    often = [bought("user:30", "beans", day=day) for day in ("2025-01-10", "2025-01-30")]
    write(store, [*SHOP, *often, bought("user:1", "soap", day="2025-02-05")])
    # 10, 20 and 30 January: due on 9 February.
    (row,) = rows(store, customer="user:30", kind="usual", language="en")
    assert (row["offer"], row["due"]) == ("beans", date(2025, 2, 9))
    late = rows(store, customer="user:30", kind="usual", period="2025-01-01..2025-05-01")
    assert late == []  # given up


def test_what_was_given_back_is_out_of_stock_or_brings_nothing_is_not_offered(store):
    write(store, [*SHOP, refund("user:30", "2025-01-21", 10, items=[("papers", -1, -10)])])
    assert "papers" not in {row["offer"] for row in rows(store, customer="user:30")}


def test_out_of_stock(store):
    counts = [
        event("Stock Counted", "", f"2025-01-{day}", product_ids=["papers"], product_names=["papers"], product_categories=[""],
              product_quantities=[n], product_revenues=[0], branch=branch)
        for day, n, branch in ((10, 5, "north"), (12, 0, "north"), (11, 0, "south"))
    ]  # fmt: skip
    write(store, [*SHOP, *counts])
    assert [row["offer"] for row in rows(store)] == ["beans"]


def test_low_margin(store):
    write(store, SHOP)
    known = pl.DataFrame({"product_id": ["papers"], "cost": [9.5], "name": ["Filter papers"]})
    store.insert(
        "products",
        known.with_columns(
            pl.col("cost").cast(pl.Decimal(18, 4)),
            source=pl.lit("test"),
            currency=pl.lit("SAR"),
            ts=pl.lit(when("2024-12-01")),
        ),
    )
    assert [row["offer"] for row in rows(store)] == ["beans"]
    assert [row["offer"] for row in rows(store, margin=0.05)] == ["Filter papers", "beans"]


def test_up_sell_is_dearer_of_the_same_category(store):
    def of(who, product, price):
        return bought(who, product, price=price) | {"product_categories": ["coffee"]}

    write(
        store,
        [
            of("user:1", "house", 10.0),
            of("user:2", "fine", 15.0),
            of("user:3", "fine", 15.0),
            of("user:4", "rare", 90.0),
        ],
    )
    (row,) = rows(store, customer="user:1", kind="up", language="en")
    assert (row["offer"], row["kind"], row["price"]) == ("fine", "up-sell", 15)


def test_merged_customers_are_one(store):
    write(store, [*SHOP, bought("phone:+966500000000", "papers", day="2025-01-22")])
    identities.change_owners(
        store, pl.DataFrame({"identifier": ["phone:+966500000000"], "owner": ["user:30"]})
    )
    assert rows(store)[0]["both"] == 9
    for name in ("user:30", "phone:+966500000000"):
        assert {row["offer"] for row in rows(store, customer=name, kind="cross")} == {"dates"}


def test_too_little_is_said(store):
    write(store, [bought("user:1", "beans"), bought("", "papers")])
    found = answer(store, NextProduct(language="en"))
    assert found.rows == []
    assert found.sentence.startswith("Not enough data for offers: one identified customer and one product")
    assert "البيانات لا تكفي" in answer(store, NextProduct(language="ar")).sentence
    assert rows(store, customer="user:9") == []


def test_nobody_known_and_only_returns(store):
    write(store, [bought("", "beans"), refund("user:1", "2025-01-09", 10, items=[("beans", -1, -10)])])
    assert rows(store) == rows(store, by="customer") == []
