"""Pacing: goals against what last year's same days brought, Ramadan against Ramadan."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from masarat.analyse import ask
from masarat.analyse.pacing import Pacing
from masarat.analyse.told import Told
from masarat.models.pace import outlook
from masarat.models.seasons import like_it, season_of
from masarat.records.targets import Target
from tests.support.shop import answer, order, write


def numbers(found):
    return {each.name: each.value for each in found.numbers}


def every_day(first, last, worth):
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [order(f"user:{day}", f"{day} 12:00", worth(day)) for day in days]


@pytest.mark.parametrize(
    ("day", "like"),
    [
        ("2026-02-18", "2025-03-01"),  # the first of Ramadan
        ("2026-03-20", "2025-03-30"),  # the first of Shawwal
        ("2026-06-10", "2025-06-11"),  # the same weekday
        ("2026-03-31", "2025-04-15"),  # where a season stood, the nearest whole weeks beside it
    ],
)
def test_a_day_is_like_one_of_last_year(day, like):
    found = like_it(date.fromisoformat(day))
    assert found == date.fromisoformat(like)
    assert season_of(found) == season_of(date.fromisoformat(day))


def test_a_goal_of_a_month(store):
    """A year of 10 a day, and 12 a day in the ten days of this June that are over."""
    write(
        store,
        every_day(date(2024, 5, 1), date(2025, 6, 10), lambda day: 12 if day >= date(2025, 6, 1) else 10),
    )
    found = answer(store, Pacing(period="2025-06", goal=400, language="en"))
    got = numbers(found)
    assert (got["so_far"], got["target"], got["reached"]) == (120, 400, 0.3)
    assert got["expected_share"] == pytest.approx(1 / 3, abs=0.01)
    assert (got["needed"], got["days_left"]) == (14, 20)
    pace = (10 * 18 + 12 * 10) / 28
    assert got["projected"] == pytest.approx(120 + 20 * pace, rel=0.01)
    assert got["low"] < got["projected"] < got["high"]
    assert (len(found.rows), found.rows[9]["so_far"], found.rows[10]["so_far"]) == (30, 120, None)
    assert found.rows[-1]["expected"] == pytest.approx(400)
    assert found.rows[-1]["projected"] == pytest.approx(got["projected"])
    assert found.sentence.startswith(
        "So far SAR 120 of SAR 400 (30%), where 33% could be expected by now; at this pace it ends at SAR "
    )
    assert "each of the remaining 20 days must bring SAR 14.00" in found.sentence


def test_ramadan_is_held_against_ramadan(store):
    """Last Ramadan its last ten days brought four times as much: halfway through, far less than half is to be expected."""
    ramadan = date(2024, 3, 11)  # 1445; 1446 begins on 1 March 2025
    write(store, every_day(date(2024, 1, 1), date(2025, 3, 15),
                           lambda day: 40 if ramadan + timedelta(days=20) <= day < ramadan + timedelta(days=30) else 10))  # fmt: skip
    got = numbers(answer(store, Pacing(period="ramadan_1446", goal=600)))
    assert 0.23 < got["expected_share"] < 0.27  # 15 of 15 + 5 + 10 × 4
    assert got["projected"] > 450  # and the end is not the double of half
    assert got["so_far"] == 150


def test_little_history_is_said(store):
    write(store, every_day(date(2025, 6, 1), date(2025, 6, 5), lambda day: 10))
    found = answer(store, Pacing(period="2025-06", of="orders", language="en"))
    got = numbers(found)
    assert (got["so_far"], got["target"], got["projected"]) == (5, None, None)
    assert got["expected_share"] == pytest.approx(5 / 30)
    assert len(found.notes) == 4
    assert found.sentence == "So far 5."


def test_new_customers_and_a_kept_goal(store):
    write(store, [order("user:1", "2025-06-01", 5), order("user:1", "2025-06-02", 5), order("user:2", "2025-06-02", 5),
                  order("", "2025-06-03", 5)])  # fmt: skip
    told = Told(targets=lambda: [Target("new_customers", 2, period="2025-06-01..2025-06-30")])
    found = ask(store, Pacing(period="2025-06", of="new_customers", language="ar"), told=told)
    assert numbers(found)["so_far"] == 2
    assert "وقد تحقق الهدف" in found.sentence
    assert numbers(answer(store, Pacing(period="2025-06", of="new_customers")))["so_far"] == 2


def test_a_period_that_is_over_ends_where_it_ended(store):
    write(store, every_day(date(2025, 4, 1), date(2025, 6, 1), lambda day: 10))
    found = answer(store, Pacing(period="2025-05", goal=400, language="en"))
    got = numbers(found)
    assert (got["so_far"], got["projected"], got["low"], got["high"], got["needed"]) == (
        310,
        310,
        310,
        310,
        None,
    )
    assert found.sentence.endswith("The period is over.")


def test_the_interval_holds_what_comes():
    """Of 400 simulated months of independent days, about 95 of a hundred end within the interval."""
    dice, held = random.Random(7), 0
    for _ in range(400):
        shape = [1.0, 1.2, 0.8, 1.0, 1.5, 1.4, 0.9] * 7
        came = [dice.gammavariate(8 * weight, 100) for weight in shape]
        found = outlook(came[:28], shape[:28], sum(shape[28:]))
        held += found.low <= sum(came[28:]) <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_no_pace_without_days():
    assert outlook([1, 2], [1, 1], 3) is None
    assert outlook([0] * 9, [1] * 9, 3) is None
