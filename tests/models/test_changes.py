"""Whether a figure changed: by hand, and by simulation of shops in which nothing does, and in which one thing does."""

from __future__ import annotations

import numpy as np
import pytest

from masarat.models.beginnings import began
from masarat.models.changes import LEVEL, Cells, believed, compared
from masarat.models.contribution import maker, of_rate, of_sum

PARTS = {"device": 3, "channel": 6, "city": 8, "product": 25}


def cells(amount, of=None, squares=None):
    found = [np.array(each if each is not None else amount, dtype=float) for each in (amount, of, squares)]
    return Cells(*[each[None, :] if each.ndim == 1 else each for each in found])


def test_a_sum_against_a_flat_history():
    """Hundred a week, then fifty: ten to the root against 7.07, with a spread of √(1/4 · (1 + 1/8 + leverage of the trend))."""
    found = compared("sum", cells([100] * 8), cells([50]), range(9))
    assert found.value(0) == pytest.approx(100, abs=0.3)
    assert found.now[0] - found.usual[0] == pytest.approx(50**0.5 - 10)
    assert found.spread[0] == pytest.approx((0.25 * (1 + 1 / 8 + 4.5**2 / 42)) ** 0.5)
    assert found.freedom[0] == 6
    low, high = found.bounds(0)
    assert low < 50 < high < 100


def test_steady_growth_is_no_news_for_a_week_and_is_one_for_a_quarter():
    grown = [(10 + week / 4) ** 2 for week in range(26)]
    week = compared("sum", cells(grown[:12]), cells(grown[12:13]), range(13))
    assert abs(week.t[0]) < 0.01
    quarter = compared("sum", cells(grown[:13]), cells(grown[13:]), range(26))
    assert quarter.t[0] > 5


def test_one_large_order_is_no_change():
    """Weeks of 30 orders of 10; then the same and one of 1,000, of whose squares the week's sum is made."""
    orders = cells([300] * 12, [30] * 12, [3000] * 12)
    large = compared("sum", orders, cells([1300], [31], [1_003_000]), range(13))
    assert 0 < large.t[0] < 2.2
    busy = compared("sum", orders, cells([1300], [130], [13_000]), range(13))
    assert busy.t[0] > 8


def test_shares_and_means():
    share = compared("share", cells([10] * 8, [100] * 8, [10] * 8), cells([30], [100], [30]), range(9))
    assert share.value(0) == pytest.approx(0.1, abs=0.004)
    assert share.t[0] == pytest.approx((np.arcsin(0.3**0.5) - np.arcsin(0.1**0.5)) / (0.25 * (0.01 + 1 / 800)) ** 0.5, rel=0.03)  # fmt: skip
    score = compared("mean", cells([80] * 8, [20] * 8, [330] * 8), cells([60], [20], [190]), range(9))
    assert score.value(0) == 4
    assert score.t[0] == pytest.approx(-1 / (0.5 * (1 / 20 + 1 / 160)) ** 0.5)


def test_nothing_to_compare_with_is_no_change():
    none = compared("share", cells([0] * 8, [0] * 8, [0] * 8), cells([0], [0], [0]), range(9))
    assert none.chances() == [1.0]
    assert believed([], []) == []


def test_which_part_made_a_change():
    parts = of_sum({"mobile": (700, 400), "desktop": (300, 290)}, (1000, 690))
    assert maker(parts).name == "mobile"
    assert maker(of_sum({"a": (500, 400), "b": (500, 400)}, (1000, 800))) is None
    mixed = of_rate({"a": ((50, 25), (100, 50)), "b": ((10, 15), (100, 150))}, ((60, 40), (200, 200)))
    assert sum(part.share for part in mixed) == pytest.approx(1)
    assert sum(part.mix for part in mixed) == pytest.approx(
        1
    )  # each buys as it did; there are fewer of those who buy


def test_when_it_began():
    week = [10, 12, 11, 10, 9, 20, 22]
    assert began(week * 6 + [each // 2 for each in week]) == 42
    assert began(week * 6) is None
    assert began([1, 2]) is None
    assert began([5] * 40 + [2] * 9, [50] * 49) == 40


# Shops that never were


def shop(dice, weeks, mood=0.0, drop=1.0):
    """Visits, orders and revenue by part: a mood of the town that all share (AR 1) and one of each part's own, orders of any size.

    Weekdays cancel out: a stretch is only ever held against others of the same weekdays (tests/analyse/test_insights.py).

    With `drop`, mobile visitors buy so many times as often in the last week.
    """
    common = dice.normal(0, 0.08, weeks)
    for week in range(1, weeks):
        common[week] = mood * common[week - 1] + (1 - mood**2) ** 0.5 * common[week]
    for family, count in PARTS.items():
        weight = dice.pareto(1.5, count) + 0.2
        weight = np.array([0.22, 0.74, 0.04]) if family == "device" else weight / weight.sum()
        rate = 4000 * weight[:, None] * np.exp(common) * dice.lognormal(0, 0.06, (count, weeks))
        visits = dice.poisson(rate)
        buys = np.full((count, weeks), 0.1) * dice.lognormal(0, 0.03, (count, weeks))
        if family == "device":
            buys[1, -1] *= drop
        orders = dice.binomial(visits, buys)
        worth = dice.lognormal(5, 0.7, int(orders.sum()))
        place = np.repeat(np.arange(orders.size), orders.ravel())
        money, squares = (
            np.bincount(place, each, orders.size).reshape(orders.shape) for each in (worth, worth**2)
        )
        for name, kind, amount, of, square in (
            ("visits", "sum", visits, visits, visits),
            ("orders", "sum", orders, orders, orders),
            ("net", "sum", money, orders, squares),
            ("aov", "mean", money, orders, squares),
            ("conversion", "share", orders, visits, orders),
        ):
            yield family, name, kind, amount, of, square
            if family == "device":
                yield "", name, kind, *(each.sum(axis=0, keepdims=True) for each in (amount, of, square))


def told(dice, before, now, **how):
    """What would be told of such a shop."""
    chances, keys = [], []
    for family, name, kind, *values in shop(dice, before + now, **how):
        enough = values[1].mean(axis=1) * now >= 20
        first, last = (
            cells(*[each[enough][:, part] for each in values])
            for part in (slice(before), slice(before, None))
        )
        chances += compared(kind, first, last, range(before + now)).chances()
        keys += [(family, name, int(place)) for place in np.flatnonzero(enough)]
    doubts = believed(chances, [family for family, _, _ in keys])
    return [key for key, doubt in zip(keys, doubts, strict=True) if doubt <= LEVEL]


def test_where_nothing_changes_hardly_anything_is_told():
    """At most one shop in twenty, over all figures together: a week, a month and a quarter, with weeks that are like their neighbours and not.

    Of 200 shops each way 0, 1, 2 and 4 % tell anything; of falls by 20, 30 and 40 % in one week 25, 85 and 100 % are found.
    """
    ways = ((16, 1, 0.0), (16, 1, 0.4), (16, 4, 0.3), (13, 13, 0.3))
    wrong = [
        bool(told(np.random.default_rng(seed), *way[:2], mood=way[2])) for way in ways for seed in range(15)
    ]
    assert sum(wrong) <= 0.05 * len(wrong)


def test_a_planted_fall_is_found():
    """Three in ten fewer mobile visitors buy in one week: it is told of the device or of the whole."""
    found = [told(np.random.default_rng(seed), 16, 1, drop=0.7) for seed in range(15)]
    right = [any(family in ("", "device") and name != "visits" for family, name, _ in each) for each in found]
    assert sum(right) >= 12
