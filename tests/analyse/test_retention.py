"""Who comes back: cohorts that can be counted on the fingers, then a real shop against a plain count of its file."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from masarat.analyse.retention import Retention
from masarat.errors import UnknownName
from tests.support.shop import answer, event, order, refund, write

JAN, FEB, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
# By month: a and b begin in January, c in February, d in March. The log ends on 30 April, the last day of a month.
MOVES = [
    order("user:a", "2025-01-05", 100, channel="email"),
    order("user:a", "2025-01-20", 20, channel="store"),  # in the month of the beginning: no return
    order("user:b", "2025-01-10", 80, channel="store"),
    order("user:a", "2025-02-03", 50, channel="store"),
    refund("user:a", "2025-02-04", 20),
    order("user:c", "2025-02-28 20:30", 40, channel="email"),  # 23:30 in Riyadh
    order("user:c", "2025-02-28 21:30", 10, channel="email"),  # 0:30 on 1 March: back
    order("user:b", "2025-03-05", 160, channel="email"),
    order("user:b", "2025-03-05", 160, channel="email", event_id="e7"),  # told twice
    order("user:d", "2025-03-31", 70, channel="store"),
    event("Page Viewed", "user:d", "2025-04-30 12:00", url="https://shop.sa/"),
]


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store()
    write(store, MOVES)
    return store


def table(found, *columns):
    return [tuple(row[column] for column in columns) for row in found.rows]


def test_customers_come_back_by_month(shop):
    found = answer(shop, Retention())
    assert table(found, "cohort", "nth", "customers", "came", "rate") == [
        (JAN, 0, 2, 2, 1), (JAN, 1, 2, 1, 0.5), (JAN, 2, 2, 1, 0.5), (JAN, 3, 2, 0, 0),
        (FEB, 0, 1, 1, 1), (FEB, 1, 1, 1, 1), (FEB, 2, 1, 0, 0),
        (MARCH, 0, 1, 1, 1), (MARCH, 1, 1, 0, 0),
    ]  # fmt: skip
    numbers = {number.name: number.value for number in found.numbers}
    assert numbers == {"customers": 4, "next_rate": 2 / 4, "ever": 3, "ever_share": 3 / 4}
    assert (
        found.sentence
        == "Of 4 customers who began, 50% came back in the next month, and 0% 3 months after they began."
    )
    low, high = next((row["low"], row["high"]) for row in found.rows if row["nth"] == 1)
    assert (low, high) == pytest.approx((0.0945, 0.9055), abs=1e-4)
    average = [row["rate"] for row in found.picture.rows if row["line"] == "All together"]
    assert average == [0.5, 1 / 3, 0]
    assert "January 2025 · 2" in {row["line"] for row in found.picture.rows}
    assert any("Only 4 customers" in note for note in found.notes)


def test_back_at_any_later_time(shop):
    found = answer(shop, Retention(returns="on_or_after"))
    assert [row["came"] for row in found.rows if row["cohort"] == JAN] == [2, 2, 1, 0]


def test_every_beginning_counts_where_that_is_asked(shop):
    found = answer(shop, Retention(begins="recurring"))
    assert [(row["cohort"], row["customers"]) for row in found.rows if row["nth"] == 0] == [
        (JAN, 2), (FEB, 2), (MARCH, 3),
    ]  # fmt: skip
    assert [row["came"] for row in found.rows if row["cohort"] == FEB] == [2, 1, 0]


def test_shares_of_revenue(shop):
    found = answer(shop, Retention(weight="revenue"))
    assert table(found, "cohort", "nth", "came", "amount")[:4] == [
        (JAN, 0, 2, 200), (JAN, 1, 1, 30), (JAN, 2, 1, 320), (JAN, 3, 0, 0),
    ]  # fmt: skip
    assert found.rows[2]["rate"] == 1.6
    assert next(row["rate"] for row in found.picture.rows) == pytest.approx((30 + 10 + 0) / (200 + 40 + 70))
    assert "of the money" in found.sentence.lower()
    assert "low" not in found.rows[0]


def test_what_is_not_over_is_marked_and_not_counted(shop):
    found = answer(shop, Retention(period="2025-01-01..2025-03-15"))
    cells = {(row["cohort"], row["nth"]): (row["came"], row["rate"], row["state"]) for row in found.rows}
    assert cells[JAN, 1] == (1, 0.5, "over")
    assert cells[JAN, 2] == (1, None, "not over yet")
    assert cells[FEB, 1] == (1, None, "not over yet")
    early = answer(shop, Retention(period="2025-01"))
    assert (
        early.sentence
        == "2 customers began in this period, and no later period is over yet: ask for a longer one, or shorter steps."
    )
    # the log ends where it ends, however long a period is asked for
    assert {
        row["state"]
        for row in answer(shop, Retention(period="2025")).rows
        if row["cohort"] == MARCH and row["nth"] > 1
    } == {"not over yet"}


def test_first_means_first_ever_and_the_first_bucket_is_whole(shop):
    found = answer(shop, Retention(period="2025-02-10..2025-04-30"))
    assert found.period.first == FEB
    assert [(row["cohort"], row["customers"]) for row in found.rows if row["nth"] == 0] == [
        (FEB, 1),
        (MARCH, 1),
    ]


def test_parts_and_segments_are_of_the_first_move(shop):
    found = answer(shop, Retention(breakdown="channel"))
    sizes = [(row["breakdown"], row["cohort"], row["customers"]) for row in found.rows if row["nth"] == 0]
    assert sizes == [("email", JAN, 1), ("email", FEB, 1), ("store", JAN, 1), ("store", MARCH, 1)]
    alone = answer(shop, Retention(segment="channel=store"))
    part = [row for row in found.rows if row["breakdown"] == "store"]
    assert [row["came"] for row in alone.rows] == [row["came"] for row in part] == [1, 0, 1, 0, 1, 0]
    assert [row["line"] for row in found.picture.rows][3::3][:2] == ["email · 2", "store · 2"]


def test_days_weeks_and_hijri_months(shop):
    days = answer(shop, Retention(by="day", periods=2, period="2025-02"))
    assert table(days, "cohort", "nth", "came") == [(date(2025, 2, 28), 0, 1)]
    days = answer(shop, Retention(by="day", periods=1, period="2025-02-28..2025-03-01"))
    assert table(days, "cohort", "nth", "came") == [(date(2025, 2, 28), 0, 1), (date(2025, 2, 28), 1, 1)]
    weeks = answer(shop, Retention(by="week", periods=3, period="2025-01"))
    assert (weeks.period.first, weeks.rows[0]["cohort"]) == (date(2024, 12, 29), date(2025, 1, 5))
    hijri = answer(shop, Retention(calendar="hijri"))
    # Rajab 1446 began on 1 January, Shaban on 31 January, Ramadan on 1 March, Shawwal on 30 March
    assert [(row["cohort"], row["customers"]) for row in hijri.rows if row["nth"] == 0] == [
        (date(2025, 1, 1), 2), (date(2025, 1, 31), 1), (date(2025, 3, 30), 1),
    ]  # fmt: skip
    assert [row["came"] for row in hijri.rows if row["cohort"] == date(2025, 1, 1)] == [2, 1, 1, 0, 0]


def test_any_steps(shop):
    found = answer(
        shop, Retention(start="Order Completed where channel=store", back="Page Viewed where path=/")
    )
    assert [row["came"] for row in found.rows if row["cohort"] == MARCH] == [1, 1]
    with pytest.raises(UnknownName, match="Page Viewed"):
        answer(shop, Retention(back="Page View"))


def test_many_parts_are_folded_into_the_others(store):
    write(store, [order(f"user:{n}", "2025-01-05", 10, channel=f"c{n % 40:02}") for n in range(80)]
          + [order("user:41", "2025-02-05", 10), event("Page Viewed", "user:1", "2025-02-28")])  # fmt: skip
    found = answer(store, Retention(breakdown="channel", language="ar"))
    sizes = {row["breakdown"]: row["customers"] for row in found.rows if row["nth"] == 0}
    assert len(sizes) == 13
    assert sizes["البقية"] == 80 - 12 * 2
    assert next(row["rate"] for row in found.picture.rows) == 1 / 80
    assert "بدأ 80 عميلًا، وعاد منهم" in found.sentence


@pytest.mark.shared
def test_cdnow(cdnow, shared_data):
    """Against a plain count of the file: its cohorts of the first quarter of 1997, and who bought in later months."""
    rows = pl.read_csv(shared_data / "cdnow" / "cdnow_transactions.csv.gz", try_parse_dates=True)
    month = pl.col("date").dt.truncate("1mo")
    moved = rows.with_columns(month=month, cohort=month.min().over("customer_id"))
    counted = moved.group_by("cohort", "month").agg(pl.col("customer_id").n_unique())
    expected = {(cohort, month): came for cohort, month, came in counted.rows()}
    found = answer(cdnow, Retention(periods=17))
    assert {row["cohort"]: row["customers"] for row in found.rows} == {
        month: expected[month, month] for month in (date(1997, 1, 1), date(1997, 2, 1), date(1997, 3, 1))
    }
    cells = {(row["cohort"], date(1997 + (row["cohort"].month + row["nth"] - 1) // 12,
                                  (row["cohort"].month + row["nth"] - 1) % 12 + 1, 1)): row["came"] for row in found.rows}  # fmt: skip
    assert cells == expected
