import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masarat.analyse.dense import dense
from masarat.analyse.period import Period, hijri_months, read_period
from masarat.errors import BadParameter

TODAY = date(2026, 11, 21)  # a Saturday
KNOWN = (date(2024, 5, 3), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("all", "2024-05-03", "2026-11-20"),
        ("today", "2026-11-21", "2026-11-21"),
        ("yesterday", "2026-11-20", "2026-11-20"),
        ("this_week", "2026-11-15", "2026-11-21"),
        ("last_week", "2026-11-08", "2026-11-14"),
        ("this_month", "2026-11-01", "2026-11-21"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("last_7_days", "2026-11-15", "2026-11-21"),
        ("last_45_days", "2026-10-08", "2026-11-21"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-03-09", "2025-03-09", "2025-03-09"),
        ("2025-01-05..2025-02-04", "2025-01-05", "2025-02-04"),
        ("..2025-02-04", "2024-05-03", "2025-02-04"),
        # Umm al-Qura, from the reference numbers
        ("ramadan_1446", "2025-03-01", "2025-03-29"),
        ("ramadan_1447", "2026-02-18", "2026-03-19"),
        ("1445-10", "2024-04-10", "2024-05-08"),
        ("1448-9", "2027-02-08", "2027-03-08"),
    ],
)
def test_periods_as_people_write_them(text, first, last):
    period = read_period(text, TODAY, KNOWN)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrowish", "2025-13", "2025-02-30", "2025-03-01..2025-02-01", "1446-13", "1700-01"),
        *("9999", "9999-12", "9999-12-31", "0001-01-01..", "last_0_days"),
    ],
)
def test_what_is_not_a_period_is_refused_with_examples(text):
    with pytest.raises(BadParameter) as caught:
        read_period(text, TODAY, KNOWN)
    assert caught.value.remedy


def test_a_misspelt_period_offers_the_nearest():
    with pytest.raises(BadParameter, match="'last_month'"):
        read_period("last_mont", TODAY, KNOWN)


@pytest.mark.parametrize(
    ("text", "compare", "first", "last"),
    [
        ("2025-03", "previous", "2025-02-01", "2025-02-28"),
        ("2025", "previous", "2024-01-01", "2024-12-31"),
        ("2025-03-01..2025-05-31", "previous", "2024-12-01", "2025-02-28"),
        ("last_7_days", "previous", "2026-11-08", "2026-11-14"),
        ("2024-02", "last_year", "2023-02-01", "2023-02-28"),
        # Ramadan against Ramadan: 30 days against 29, and 29 against 30
        ("ramadan_1447", "last_hijri_year", "2025-03-01", "2025-03-29"),
        ("ramadan_1446", "last_hijri_year", "2024-03-11", "2024-04-09"),
        ("1447-09", "last_hijri_year", "2025-03-01", "2025-03-29"),
        # the same written as days; from its third day into Shawwal; its thirtieth day, which the year before had not
        ("2026-02-18..2026-03-19", "last_hijri_year", "2025-03-01", "2025-03-29"),
        ("2026-02-20..2026-03-25", "last_hijri_year", "2025-03-03", "2025-04-04"),
        ("2026-03-19", "last_hijri_year", "2025-03-29", "2025-03-29"),
        # two months, and a whole Hijri year
        ("2026-02-18..2026-04-17", "last_hijri_year", "2025-03-01", "2025-04-28"),
        ("1447", "last_hijri_year", "2024-07-07", "2025-06-25"),
    ],
)
def test_what_a_period_is_compared_with(text, compare, first, last):
    before = read_period(text, TODAY, KNOWN).before(compare)
    assert (str(before.first), str(before.last)) == (first, last)


def test_all_has_nothing_before_it():
    assert read_period("all", TODAY, KNOWN).before("previous") is None
    assert read_period("all", TODAY, KNOWN).before("last_hijri_year") is None
    assert read_period("1924-08", TODAY, KNOWN).before("last_hijri_year") is None, "before the tables begin"


@given(st.dates(date(1990, 1, 1), date(2070, 1, 1)), st.integers(0, 400))
def test_a_hijri_year_before_is_354_or_355_days_before(first, days):
    period = Period(first, first + timedelta(days=days))
    before = period.before("last_hijri_year")
    assert 353 <= (period.first - before.first).days <= 356
    assert abs(before.days - period.days) <= 2
    starts = hijri_months(before.first, before.last)
    assert len(starts) == len(hijri_months(period.first, period.last)), "as many months"


@given(st.dates(date(1990, 1, 1), date(2070, 1, 1)), st.integers(0, 2000))
def test_hijri_months_cover_every_day_once(first, days):
    last = first + timedelta(days=days)
    starts = hijri_months(first, last)
    assert starts[0] <= first
    assert starts[-1] <= last
    assert all(29 <= (b - a).days <= 30 for a, b in itertools.pairwise(starts))


def test_of_very_many_parts_only_the_largest_have_no_gaps():
    days = [date(2025, 1, day) for day in range(1, 31)]
    rows = [{"start": days[0], "breakdown": f"{n:04}", "n": 1 + (n == 700)} for n in range(1000)]
    found = dense(rows, days, {"n": 0})
    assert len(found) == 1000 + 29 * 100
    assert [row["n"] for row in found if row["breakdown"] == "0700"] == [2] + [0] * 29
    assert [row["breakdown"] for row in dense(rows[:2], days[:2], {"n": 0})] == ["0000", "0001"] * 2
    assert dense([], days[:1], {"n": 0}) == [{"n": 0, "start": days[0], "breakdown": ""}]
