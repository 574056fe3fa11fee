"""Cohorts: figures by hand, equal age, costs of goods and of advertising, what is known and what is not."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from masarat.analyse import ask
from masarat.analyse.cohorts import Cohorts
from masarat.analyse.revenue import Revenue
from masarat.store import identities
from tests.support.shop import answer, event, order, refund, when, write

# Two join in January, one in March; the log ends on 30 June 2025 (180 days after New Year's Day, the first included: 181).
ORDERS = [
    order("a", "2025-01-01", 100, items=[("coffee", 2, 100)], channel="email", coupon="X"),
    order("b", "2025-01-10", 50, items=[("cups", 1, 50)], channel="store"),
    order("a", "2025-01-30", 40, items=[("cups", 1, 40)]),  # day 30: within the first 30 days
    order("a", "2025-01-31", 30, items=[("cups", 1, 30)]),  # day 31: not
    refund("b", "2025-02-20", 20, items=[("cups", -1, -20)]),  # day 42
    order("c", "2025-03-05", 300, items=[("coffee", 6, 200), ("tea", 1, 100)], channel="email"),
    order("", "2025-04-01", 999),  # nobody
    event("Page Viewed", "c", "2025-06-30"),
]


def product(store, costs, currency="SAR"):
    frame = pl.DataFrame({"product_id": list(costs), "cost": list(costs.values())})
    store.insert(
        "products",
        frame.with_columns(
            pl.col("cost").cast(pl.Decimal(18, 4)), source=pl.lit("t"), currency=pl.lit(currency),
            ts=pl.lit(when("2025-01-01")).cast(pl.Datetime("ms", "UTC")),
        ),
    )  # fmt: skip


def spent(store, rows):
    frame = pl.DataFrame(rows, schema=["day", "channel", "amount"], orient="row")
    store.insert(
        "costs",
        frame.with_columns(
            pl.col("day").str.to_date(), pl.col("amount").cast(pl.Decimal(18, 4)), campaign=pl.lit("k"),
            source=pl.lit("t"), currency=pl.lit("SAR"), ts=pl.lit(when("2025-01-01")).cast(pl.Datetime("ms", "UTC")),
        ),
    )  # fmt: skip


@pytest.fixture
def shop(store):
    write(store, ORDERS)
    return store


@pytest.fixture
def costed(shop):
    product(shop, {"coffee": 20, "cups": 10, "tea": 60})
    spent(shop, [("2025-01-02", "email", 30.0), ("2025-01-20", "sms", 20.0), ("2025-03-01", "email", 200.0)])
    return shop


def by(store, *, how=ask, **asked):
    found = how(store, Cohorts(**{"language": "en", "age": 30} | asked), today=date(2025, 6, 30))
    return found, {row["cohort"]: row for row in found.rows}


def test_value_at_equal_age_by_hand(costed):
    _, rows = by(costed, how=answer)
    assert list(rows) == ["January 2025", "February 2025", "March 2025", "April 2025"]
    january = rows["January 2025"]
    assert (january["customers"], january["old_enough"]) == (2, 2)
    assert (january["gross"], january["net"]) == (95, 95)  # (140 + 50) / 2
    assert january["margin"] == (140 + 50 - 40 - 10 - 10) / 2
    assert (january["spend"], january["acquisition_cost"]) == (50, 25)
    assert january["contribution"] == 65 - 25
    assert january["payback"] == 1
    assert [january[f"at_{age}"] for age in (30, 60, 90, 180, 365)] == [
        95,
        100,
        100,
        170,
        None,
    ]  # b is 172 days old
    assert (january["gross_total"], january["net_total"]) == (220, 200)
    assert january["margin_total"] == 220 - 20 - (40 + 10 + 10 + 10 - 10)
    assert january["contribution_total"] == january["margin_total"] - 50


def test_months_in_which_nobody_joined_are_there_and_empty(costed):
    _, rows = by(costed)
    quiet = rows["February 2025"]
    assert (quiet["customers"], quiet["old_enough"], quiet["net"], quiet["at_30"]) == (0, 0, None, None)
    assert (quiet["net_total"], quiet["verdict"]) == (0, "too few to tell")


def test_only_customers_old_enough_count(costed):
    found, rows = by(costed, age=120)
    assert rows["March 2025"]["old_enough"] == 0
    assert rows["March 2025"]["net"] is None
    numbers = {number.name: number.value for number in found.numbers}
    assert (numbers["customers"], numbers["old_enough"], numbers["net"]) == (3, 2, 100)
    assert "1 customer" not in found.sentence
    assert any(note.startswith("One customer is younger than 120 days") for note in found.notes)
    _, exact = by(costed, age=118)  # 5 March to 30 June, both included
    assert exact["March 2025"]["old_enough"] == 1


def test_the_days_of_the_period_say_who_joined_and_not_until_when_they_are_followed(costed):
    _, rows = by(costed, period="2025-01", age=60)
    assert list(rows) == ["January 2025"]
    assert rows["January 2025"]["net"] == 100
    assert by(costed, period="2025-01-05..2025-03-31", compare="none")[1]["January 2025"]["customers"] == 1


def test_payback_comes_in_the_month_in_which_the_margin_reaches_the_cost(shop):
    product(shop, {"coffee": 20, "cups": 10, "tea": 60})
    spent(shop, [("2025-01-02", "email", 134.0)])  # 67 each: 65 after a month, 70 after two
    _, rows = by(shop)
    assert rows["January 2025"]["payback"] == 2
    spent(shop, [("2025-01-03", "email", 1000.0)])
    found, rows = by(shop)
    assert rows["January 2025"]["payback"] is None
    assert found.sentence.endswith("not earned back so far.")


def test_cohorts_by_what_the_first_order_tells(costed):
    rows = by(costed, cohort="channel")[1]
    assert {name: row["customers"] for name, row in rows.items()} == {"email": 2, "store": 1}
    assert rows["email"]["acquisition_cost"] == 115  # 230 for two
    assert rows["store"]["acquisition_cost"] is None
    assert rows["store"]["contribution"] is None
    rows = by(costed, cohort="first_product", how=answer)[1]
    assert {name: row["customers"] for name, row in rows.items()} == {"coffee": 2, "cups": 1}
    assert {name: row["customers"] for name, row in by(costed, cohort="coupon")[1].items()} == {
        "X": 1,
        "not stated": 2,
    }
    quarters = by(costed, cohort="quarter")[1]
    assert set(quarters) == {"Q1 2025", "Q2 2025"}
    assert quarters["Q1 2025"]["net"] == pytest.approx((190 + 300) / 3)
    weeks = by(costed, cohort="week")[1]
    assert (weeks["29 December 2024"]["customers"], weeks["5 January 2025"]["customers"]) == (1, 1)
    hijri = by(costed, calendar="hijri")[1]
    assert {name: row["customers"] for name, row in hijri.items() if row["customers"]} == {
        "Rajab 1446": 2,
        "Ramadan 1446": 1,
    }
    assert by(costed, calendar="hijri", cohort="quarter")[1]["Q3 1446"]["customers"] == 3


def test_a_segment_speaks_of_the_first_order(costed):
    _, rows = by(costed, segment="channel=email")
    assert rows["January 2025"]["net"] == 140
    assert rows["January 2025"]["spend"] == 30
    assert by(costed, segment="city=Riyadh")[0].sample == 0


def test_where_costs_are_missing_the_share_is_said(shop):
    product(shop, {"coffee": 20, "cups": 10})
    found, rows = by(shop)
    assert rows["March 2025"]["unknown_share"] == pytest.approx(1 / 3)
    assert rows["March 2025"]["margin"] == 200 - 120
    assert any("20%" in note and "leaves it out" in note for note in found.notes)
    assert any("no advertising costs" in note for note in found.notes)
    assert rows["March 2025"]["contribution"] is None


def test_without_costs_there_is_no_margin_and_what_is_needed_is_said(shop):
    found, rows = by(shop, measure="margin")
    assert rows["January 2025"]["margin"] is None
    assert "product sheet with costs" in found.sentence
    assert any("100%" in note for note in found.notes)
    assert "كشف منتجات" in by(shop, measure="contribution", language="ar")[0].sentence


def test_a_discount_of_the_whole_order_lowers_the_margin(store):
    product(store, {"coffee": 20, "tea": 5})
    write(store, [order("a", "2025-01-01", 80, items=[("coffee", 1, 60), ("unknown", 1, 40)]),
                  event("Page Viewed", "a", "2025-03-01")])  # fmt: skip
    _, rows = by(store)
    assert rows["January 2025"]["margin"] == 80 * 0.6 - 20
    assert rows["January 2025"]["unknown_share"] == pytest.approx(0.4)


def test_merged_customers_join_once(costed):
    identities.change_owners(costed, pl.DataFrame({"identifier": ["c"], "owner": ["b"]}))
    _, rows = by(costed, age=60)
    assert sum(row["customers"] for row in rows.values()) == 2
    assert rows["January 2025"]["net"] == (170 + 30 + 300) / 2  # 5 March is day 55 of b


def test_same_millisecond_and_money_before_the_first_order(store):
    write(store, [refund("a", "2025-01-01", 5), order("a", "2025-01-02", 10, channel="x"), order("a", "2025-01-02", 20, channel="y"),
                  event("Page Viewed", "a", "2025-03-01")])  # fmt: skip
    _, rows = by(store, cohort="channel")
    assert {name: row["net"] for name, row in rows.items()} == {"x": 25}


def test_free_orders_and_returns_alone_make_no_customer(store):
    write(store, [order("a", "2025-01-01", 0), refund("b", "2025-01-02", 5)])
    found, rows = by(store)
    assert (found.sample, rows) == (0, {})
    assert by(store, language="ar")[0].sentence


def test_a_customer_who_returned_everything(store):
    product(store, {"coffee": 20})
    write(store, [order("a", "2025-01-01", 50, items=[("coffee", 1, 50)]), refund("a", "2025-01-05", 50, items=[("coffee", -1, -50)]),
                  event("Page Viewed", "a", "2025-03-01")])  # fmt: skip
    _, rows = by(store, measure="margin")
    assert (rows["January 2025"]["net"], rows["January 2025"]["margin"]) == (0, 0)
    assert rows["January 2025"]["unknown_share"] is None


def test_goods_sold_below_cost(store):
    product(store, {"coffee": 80})
    spent(store, [("2025-01-01", "x", 10.0)])
    write(
        store,
        [order("a", "2025-01-01", 50, items=[("coffee", 1, 50)]), event("Page Viewed", "a", "2025-03-01")],
    )
    _, rows = by(store)
    assert (rows["January 2025"]["margin"], rows["January 2025"]["contribution"]) == (-30, -40)
    assert rows["January 2025"]["payback"] is None


def test_too_young_is_an_answer(store):
    write(store, [order("a", "2025-06-01", 50)])
    found = by(store, age=90)[0]
    assert (
        found.sentence
        == "One customer joined in this period, and none has been followed for 90 days yet: ask for a younger age."
    )


def test_a_difference_beyond_chance_and_one_wholesaler_who_makes_none(store):
    rows = [order(f"n{i}", "2025-01-05", 40 + i % 20, channel="north") for i in range(60)]
    rows += [order(f"s{i}", "2025-01-05", 80 + i % 20, channel="south") for i in range(60)]
    write(store, [*rows, event("Page Viewed", "n1", "2025-06-30")])
    found, told = by(store, cohort="channel")
    assert (told["north"]["verdict"], told["south"]["verdict"]) == ("worse", "better")
    assert told["north"]["low"] < told["north"]["net"] < told["north"]["high"]
    assert "Those who began with south brought most: SAR 89.50 each" in found.sentence
    arabic = by(store, cohort="channel", language="ar")[0].sentence
    assert "بلغ هذا العمر 120 عميلًا، وجلب كل منهم في المتوسط" in arabic
    write(store, [order("n0", "2025-01-06", 9000, event_id="w")])
    assert by(store, cohort="channel")[1]["north"]["verdict"] == "no difference"


def test_ten_thousand_values_are_thirty_and_the_others(store):
    write(store, [order(f"u{i}", "2025-01-05", 10, city=f"c{i}") for i in range(2000)])
    found, rows = by(store, cohort="city", age=1)
    assert len(rows) == 31
    assert rows["all others"]["customers"] == 1970
    assert len({row["line"] for row in found.picture.rows}) <= 25


def test_all_cohorts_add_up_to_net_revenue(costed):
    net = next(n.value for n in ask(costed, Revenue(compare="none")).numbers if n.name == "net")
    for cohort in ("month", "first_product"):
        _, rows = by(costed, cohort=cohort)
        assert sum(row["net_total"] for row in rows.values()) == pytest.approx(net - 999)


@pytest.mark.shared
def test_cdnow(cdnow, shared_data):
    """Against a plain count of the file."""
    rows = pl.read_csv(shared_data / "cdnow" / "cdnow_transactions.csv.gz", try_parse_dates=True)
    rows = rows.with_columns(until=pl.col("date").max())
    joined = rows.filter((pl.col("value").cast(float) > 0).any().over("customer_id"))
    first = pl.col("date").filter(pl.col("value").cast(float) > 0).min().over("customer_id")
    joined = joined.with_columns(joined=first)
    followed = (pl.col("until") - pl.col("joined")).dt.total_days() + 1
    age = (pl.col("date") - pl.col("joined")).dt.total_days()
    for days in (90, 365):
        old = joined.filter(followed >= days)
        sums = (
            old.filter(age < days)
            .group_by(month=pl.col("joined").dt.truncate("1mo"))
            .agg(pl.col("value").cast(float).sum())
        )
        count = old.group_by(month=pl.col("joined").dt.truncate("1mo")).agg(pl.col("customer_id").n_unique())
        expected = {month: value / size for month, value, size in sums.join(count, on="month").rows()}
        found = answer(cdnow, Cohorts(age=days))
        told = {row["start"]: row["net"] for row in found.rows if row["old_enough"]}
        assert told == {month: pytest.approx(value) for month, value in expected.items()}
        if days == 90:
            assert sum(row["net_total"] for row in found.rows) == pytest.approx(
                float(joined["value"].cast(float).sum())
            )
