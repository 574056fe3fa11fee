"""Coupons: what they cost and brought by hand, later orders against like customers, and who was due anyway."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from masarat.analyse import ask
from masarat.analyse.coupons import Coupons
from masarat.store import identities
from tests.analyse.test_cohorts import product
from tests.support.shop import answer, event, order, refund, write

ORDERS = [
    order("a", "2025-01-01", 90, coupon="Ahlan10", discount=10, items=[("coffee", 1, 90)]),
    order("a", "2025-01-20", 100, items=[("coffee", 1, 100)]),
    order("b", "2025-01-05", 45, coupon=" AHLAN10 ", discount=5, items=[("cups", 1, 45)]),
    order("b", "2025-02-05", 80, coupon="WATAN", discount=20, items=[("coffee", 1, 80)]),
    order("c", "2025-02-06", 88, discount=12, items=[("coffee", 1, 88)]),  # no code
    order("d", "2025-02-07", 0, coupon="FREE", discount=50, items=[("cups", 1, 0)]),
    order("", "2025-02-08", 18, coupon="WATAN", discount=2),
    refund("b", "2025-02-09", 80, items=[("coffee", -1, -80)]),
    event("Page Viewed", "a", "2025-06-30"),
]


def asked(store, how=ask, **more):
    found = how(store, Coupons(**{"language": "en"} | more), today=date(2025, 6, 30))
    return found, {row["offer"]: row for row in found.rows}


def numbers(found):
    return {number.name: number.value for number in found.numbers}


@pytest.fixture
def shop(store):
    write(store, ORDERS)
    return store


def test_what_each_offer_cost_and_brought(shop):
    product(shop, {"coffee": 50, "cups": 30})
    found, rows = asked(shop, answer)
    assert list(rows) == ["AHLAN10", "WATAN", "(discount without a code)", "FREE"]
    ahlan = rows["AHLAN10"]
    assert (ahlan["orders"], ahlan["customers"], ahlan["new_share"]) == (2, 2, 1)
    assert (ahlan["discount"], ahlan["revenue"], ahlan["margin"]) == (15, 135, 135 - 80)
    assert ahlan["discount_rate"] == pytest.approx(0.1)
    assert (rows["WATAN"]["orders"], rows["WATAN"]["customers"], rows["WATAN"]["new_share"]) == (2, 1, 0)
    assert rows["WATAN"]["margin"] == 30  # of the 80 whose cost is known
    assert (rows["FREE"]["revenue"], rows["FREE"]["margin"], rows["FREE"]["discount_rate"]) == (0, -30, 1)
    assert rows["FREE"]["margin_rate"] is None
    told = numbers(found)
    assert (told["coupon_orders"], told["customers"], told["discount"], told["revenue"]) == (6, 4, 99, 321)
    assert told["coupon_share"] == pytest.approx(6 / 7)
    assert told["unknown_share"] == pytest.approx(18 / 321)
    assert found.sentence.startswith(
        "6 orders (86% of all) were made with an offer: SAR 99.00 was taken off, 24% of their value."
    )
    assert all(row["verdict"] == "too few to tell" and row["anyway"] is None for row in found.rows)
    assert any("cannot be compared yet" in note for note in found.notes)
    arabic = asked(shop, language="ar")[0].sentence
    assert arabic.startswith("تمت 6 طلبات بعرض")


def test_without_costs_no_margin_is_told(shop):
    found, rows = asked(shop)
    assert rows["AHLAN10"]["margin"] is None
    assert any("product sheet with costs" in note for note in found.notes)


def test_a_segment_and_a_period_are_of_orders(shop):
    february = asked(shop, period="2025-02", compare="none")[1]
    assert set(february) == {
        "WATAN",
        "(discount without a code)",
        "FREE",
    }
    assert asked(shop, period="2025-02", compare="none")[1]["WATAN"]["new_share"] == 0  # b was new in January
    assert set(asked(shop, segment="coupon=WATAN")[1]) == {"WATAN"}


def test_merged_customers_are_one(shop):
    identities.change_owners(shop, pl.DataFrame({"identifier": ["b"], "owner": ["a"]}))
    assert asked(shop)[1]["AHLAN10"]["customers"] == 1


def test_no_coupons_is_an_answer(store):
    write(store, [order("a", "2025-01-01", 10)])
    assert asked(store)[0].sentence == "The one order used no coupon and had no discount."
    assert asked(store, language="ar")[0].sentence == "الطلب الوحيد بلا كوبون ولا خصم."


def test_customers_of_an_offer_who_do_not_come_back(store):
    """Forty with the coupon, of whom two come again, and eighty alike without, of whom forty do; of others nobody is alike."""
    rows = []
    for i in range(40):
        rows.append(order(f"c{i}", "2025-01-05", 70, coupon="FLASH", discount=30, channel="social"))
        rows += [order(f"c{i}", "2025-02-01", 100, channel="social")] if i < 2 else []
    for i in range(80):
        rows.append(order(f"n{i}", "2025-01-07", 100, channel="social"))
        rows += [order(f"n{i}", "2025-02-01", 100, channel="social")] if i < 40 else []
    rows += [order(f"x{i}", "2025-01-05", 70, coupon="FLASH", discount=30, channel="email") for i in range(5)]
    write(store, [*rows, event("Page Viewed", "c1", "2025-06-30")])
    found, told = asked(store, answer)
    flash = told["FLASH"]
    assert (flash["back"], flash["like_back"], flash["compared"]) == (0.05, 0.5, 40)
    assert flash["difference"] == pytest.approx(-0.45)
    assert flash["low"] < -0.45 < flash["high"] < 0
    assert flash["verdict"] == "comes back less"
    assert (
        "Customers of FLASH come back less: 5.0% within 90 days, against 50% of like customers"
        in found.sentence
    )
    assert any("no experiment" in note for note in found.notes)
    early = asked(store, age=10)[1]["FLASH"]
    assert (early["back"], early["like_back"], early["verdict"]) == (0, 0, "may be chance")
    arabic = asked(store, language="ar")[0]
    assert "يعودون أقل" in arabic.sentence


def test_who_would_have_bought_anyway(store):
    """Everybody bought on the days 0, 30 and 60; without an offer they come again after 30 days, with one after five, or, one in two, 30."""
    start, rows = date(2025, 1, 1), []
    for i in range(80):
        with_offer = i < 40
        for day in (0, 30, 60):
            rows.append(order(f"u{i}", str(start + timedelta(days=day)), 50))
        last = 60 + (5 if with_offer and i % 2 else 30)
        offer = {"coupon": "PULL", "discount": 10} if with_offer else {}
        rows.append(order(f"u{i}", str(start + timedelta(days=last)), 50, **offer))
    write(store, [*rows, event("Page Viewed", "u1", "2025-06-30")])
    found, told = asked(store, answer)
    assert told["PULL"]["rhythms"] == 40
    assert told["PULL"]["anyway"] == pytest.approx(0.5, abs=0.01)
    assert told["PULL"]["anyway_low"] < 0.5 < told["PULL"]["anyway_high"] < 0.75
    assert (
        "(37% to 69%) of the orders with PULL by customers with a rhythm would have been made anyway"
        in found.sentence
    )


def test_orders_of_one_millisecond_have_an_order(store):
    write(
        store,
        [
            order("a", "2025-01-01", 10, coupon="X", discount=1, event_id="e2"),
            order("a", "2025-01-01", 10, coupon="Y", discount=1, event_id="e1"),
        ],
    )
    _, rows = asked(store)
    assert (rows["Y"]["new_share"], rows["X"]["new_share"]) == (1, 0)


def test_ten_thousand_codes(store):
    write(store, [order(f"u{i}", "2025-01-05", 10, coupon=f"K{i}", discount=1) for i in range(2000)])
    found, rows = asked(store, limit=5)
    assert len(rows) == 5
    assert numbers(found)["coupon_orders"] == 2000
    assert any("2,000 offers were used; the 5 with most orders" in note for note in found.notes)
