"""On how many days customers are there: by hand, and against a plain count day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from masarat.analyse.stickiness import Stickiness
from tests.support.shop import answer, event, write

DAYS = {"a": [0, 1, 1, 40, 41, 42, 71], "b": [12, 41], "c": [59], "d": [70], "e": list(range(0, 72, 5))}
BEGIN = date(2025, 1, 1)  # day 0; day 31 is 1 February, day 59 is 1 March


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store()
    write(
        store,
        [event("Page Viewed", f"user:{who}", f"{BEGIN + timedelta(day)} 06:00") for who, days in DAYS.items() for day in days]
        + [event("Product Viewed", "user:c", "2025-02-10"), event("Page Viewed", "", "2025-02-10")],
    )  # fmt: skip
    return store


def numbers(found):
    return {number.name: number.value for number in found.numbers}


def day_by_day(first, last):
    """Customers a day, and a month, counted one day after the other."""
    on = [sum(day in days for days in DAYS.values()) for day in range(first, last + 1)]
    month = [
        sum(any(day - 29 <= one <= day for one in days) for days in DAYS.values())
        for day in range(first, last + 1)
    ]
    return sum(on) / len(on), sum(month) / len(month)


def test_a_month(shop):
    found = answer(shop, Stickiness(period="2025-02"))
    rows = [(row["times"], row["customers"], row["at_least"], row["share_at_least"]) for row in found.rows]
    assert rows == [(1, 1, 3, 1), (3, 1, 2, 2 / 3), (5, 1, 1, 1 / 3)]  # e: 4, 9, 14, 19 and 24 February
    got, (daily, monthly) = numbers(found), day_by_day(31, 58)
    assert (got["customers"], got["mean"], got["again"]) == (3, 3, 2 / 3)
    assert (got["daily"], got["monthly"]) == pytest.approx((daily, monthly))
    assert got["stickiness"] == pytest.approx(daily / monthly)
    assert found.sentence.startswith("67% of 3 customers were there on more than one day, on average on 3.")
    assert [(row["stretch"], row["customers"]) for row in found.picture.rows] == [
        ("1", 1),
        ("2", 0),
        ("3", 1),
        ("4", 0),
        ("5", 1),
    ]


def test_the_whole_log_counts_days_once_it_reaches_back_a_month(shop):
    found = answer(shop, Stickiness(language="ar"))
    got, (daily, monthly) = numbers(found), day_by_day(29, 71)
    assert (got["daily"], got["monthly"]) == pytest.approx((daily, monthly))
    assert found.picture.rows[-1]["stretch"].translate(dict.fromkeys((0x2066, 0x2069))) == "11–15"
    assert "من 5 عملاء حضروا في أكثر من يوم" in found.sentence


def test_weeks_and_months_and_a_young_log(shop):
    assert numbers(answer(shop, Stickiness(by="month")))["mean"] == pytest.approx((3 + 2 + 1 + 1 + 3) / 5)
    young = answer(shop, Stickiness(by="week", period="2025-01-01..2025-01-11"))
    assert [(row["times"], row["customers"]) for row in young.rows] == [
        (1, 1),
        (2, 1),
    ]  # a in one week; e in two
    assert numbers(young)["stickiness"] is None
    assert any("30 days back" in note for note in young.notes)
    assert "Nothing in this period" in answer(shop, Stickiness(period="2026")).sentence
