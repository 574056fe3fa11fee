from datetime import date

import polars as pl
import pytest

from masarat.analyse.loyal_customers import LoyalCustomers
from tests.support.online_retail import events
from tests.support.people import trait
from tests.support.shop import answer, order, refund, write

# The log ends on 30 June 2025. a is loyal; b bought often, but long ago; c has but two; d's third is too old.
MOVES = [
    *(order("a", ts, 100) for ts in ("2025-02-01", "2025-03-01", "2025-06-30")),
    refund("a", "2025-06-30", 60),
    *(order("b", ts, 10) for ts in ("2024-09-01", "2024-10-01", "2024-11-01")),
    order("c", "2025-05-01", 20),
    order("c", "2025-06-01", 20),
]
OLD = [order("d", ts, 10) for ts in ("2024-06-29", "2025-05-01", "2025-06-01")]


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def test_often_and_still_there(store):
    write(store, MOVES)
    trait(store, "a", "name", "Noura")
    found = answer(store, LoyalCustomers())
    assert [tuple(row.values()) for row in found.rows] == [
        (1, "a", "Noura", 3, 3, 240, pytest.approx(240 / 310), 100, date(2025, 6, 30))
    ]
    got = numbers(found)
    assert (got["loyal"], got["customers"]) == (1, 3)
    assert (got["loyal_revenue"], got["loyal_aov"], got["others_aov"]) == (240, 100, 14)
    assert found.sentence == (
        "One loyal customer, 33% of 3 customers, brought 77% of revenue; "
        "their average order is SAR 100, that of others SAR 14.00."
    )
    assert (
        "Loyal: at least 3 orders in the 365 days up to 30 June 2025, the last in the final 180 days."
        in found.notes
    )


def test_the_picture_compares_the_groups(store):
    write(store, MOVES)
    rows = answer(store, LoyalCustomers()).picture.rows
    assert [tuple(row.values()) for row in rows] == [
        ("Loyal", pytest.approx(1 / 3), pytest.approx(240 / 310), 100),
        ("Others", pytest.approx(2 / 3), pytest.approx(70 / 310), 14),
    ]


@pytest.mark.parametrize(("within_days", "loyal"), [(366, 0), (367, 1)])
def test_the_first_day_that_counts(store, within_days, loyal):
    """Back from 30 June 2025, the 367th day is 29 June 2024."""
    write(store, [*OLD, order("", "2025-06-30", 1)])
    assert numbers(answer(store, LoyalCustomers(within_days=within_days)))["loyal"] == loyal


def test_the_definition_can_be_changed(store):
    write(store, MOVES)
    assert numbers(answer(store, LoyalCustomers(min_orders=2)))["loyal"] == 2
    assert numbers(answer(store, LoyalCustomers(active_days=365)))["loyal"] == 2
    assert numbers(answer(store, LoyalCustomers(min_orders=4)))["loyal"] == 0


def test_a_period_counts_its_own_revenue_and_the_history_of_its_customers(store):
    write(store, MOVES)
    found = answer(store, LoyalCustomers(period="2025-06"))
    got = numbers(found)
    assert (got["loyal"], got["customers"], got["loyal_revenue"]) == (1, 2, 40)
    assert got["revenue_share"] == pytest.approx(40 / 60)
    assert found.sentence.startswith(
        "One loyal customer, 50% of 2 customers, brought 67% of revenue, against 0%"
    )


def test_a_period_that_reaches_beyond_the_data_counts_back_from_its_last_day(store):
    write(store, MOVES)
    assert numbers(answer(store, LoyalCustomers(period="2025-01-01..2027-12-31")))["loyal"] == 1


def test_nobody_loyal_and_nobody_named(store):
    write(store, [order("a", "2025-06-01", 10), order("", "2025-06-02", 10)])
    found = answer(store, LoyalCustomers())
    assert found.sentence == "The one customer is not loyal by this definition."
    assert found.rows == []
    assert [row["group"] for row in found.picture.rows] == ["Others"]
    write(store, [order("", "2025-05-02", 10, event_id="alone")])
    assert "names its customer" in answer(store, LoyalCustomers(period="2025-05")).sentence


def test_everybody_loyal_has_no_others(store):
    write(store, [order("a", "2025-06-01", 10)])
    sentence = answer(store, LoyalCustomers(min_orders=1)).sentence
    assert sentence == "One loyal customer, 100% of one customer, brought 100% of revenue."


def test_arabic_plurals(store):
    write(store, MOVES)
    found = answer(store, LoyalCustomers(language="ar", min_orders=2))
    assert "عميلان وفيان، أي" in found.sentence
    assert "من 3 عملاء، جاءا بنسبة" in found.sentence
    assert any("من له طلبان على الأقل خلال 365 يومًا حتى 30 يونيو 2025" in note for note in found.notes)
    assert [row["group"] for row in found.picture.rows] == ["الأوفياء", "غيرهم"]


@pytest.mark.shared
def test_online_retail(retail, shared_data):
    """The loyal customers and their revenue as polars counts them."""
    moves = events(pl.read_parquet(shared_data / "online_retail" / "online_retail.parquet"))
    order_day = pl.col("ts").dt.date().filter((pl.col("name") == "Order Completed") & (pl.col("revenue") > 0))
    people = (
        moves.filter(pl.col("visitor_id") != "")
        .group_by("visitor_id")
        .agg(
            pl.col("revenue").sum(),
            order_day.filter(order_day > date(2010, 12, 9)).len().alias("recent"),
            order_day.max().alias("last"),
        )
        .filter(pl.col("last").is_not_null())
    )
    loyal = people.filter((pl.col("recent") >= 3) & (pl.col("last") > date(2011, 6, 12)))
    got = numbers(answer(retail, LoyalCustomers()))
    assert (got["loyal"], got["customers"]) == (len(loyal), 4338)
    assert got["revenue_share"] == pytest.approx(float(loyal["revenue"].sum() / people["revenue"].sum()))
