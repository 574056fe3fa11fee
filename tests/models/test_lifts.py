"""Lifts, by figures that can be checked by hand or stand in textbooks."""

from __future__ import annotations

import random

import pytest

from masarat.models.lifts import exact, lifts, ratio
from masarat.models.proportions import discoveries


def test_the_lady_tasting_tea():
    """Fisher (1935): eight cups, all four right: 2 of 70 tables are as unlikely; three right: 34 of 70."""
    assert exact(4, 4, 0, 4) == pytest.approx(2 / 70)
    assert exact(3, 4, 1, 4) == pytest.approx(34 / 70)
    assert exact(0, 5, 0, 9) == 1
    assert exact(5, 5, 9, 9) == 1


def test_many_customers_are_tested_as_surely_as_few():
    assert exact(8, 10, 1, 6) == pytest.approx(0.0350, abs=5e-5)  # R: fisher.test(matrix(c(8, 2, 1, 5), 2))
    assert exact(500_000, 1_000_000, 500_000, 1_000_000) == pytest.approx(1)
    assert exact(502_000, 1_000_000, 500_000, 1_000_000) == pytest.approx(0.0047, abs=1e-4)  # z = 2.828


def test_relative_risk_and_its_interval():
    middle, low, high = ratio(30, 100, 10, 100)
    assert middle == pytest.approx(30.5 / 10.5)
    assert (low, high) == pytest.approx((1.5248, 5.5336), abs=1e-4)  # e to 1.06635 ± 1.95996 × √0.1081245
    assert all(0 < each < float("inf") for each in ratio(0, 40, 7, 40))


def test_false_discoveries_are_held_down():
    """The example of Benjamini and Hochberg (1995), table 1: fifteen p-values, of which four are believed at 5 %."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    q = discoveries(p)
    assert sum(each <= 0.05 for each in q) == 4
    assert q[0] == pytest.approx(0.0015)
    shuffled = random.Random(1).sample(range(15), 15)
    assert discoveries([p[place] for place in shuffled]) == [q[place] for place in shuffled]
    assert discoveries([0.2]) == [0.2]


def test_where_nothing_tells_the_groups_apart_almost_nothing_is_told():
    """Two groups that do twenty things alike, four hundred times: a claim in at most one of twenty."""
    chance, told = random.Random(5), 0
    for _ in range(400):
        shares = [chance.random() * 0.5 for _ in range(20)]
        counts = [
            (
                sum(chance.random() < share for _ in range(40)),
                40,
                sum(chance.random() < share for _ in range(60)),
                60,
            )
            for share in shares
        ]
        told += any(lift.q <= 0.05 for lift in lifts(counts))
    assert told <= 400 * 0.05


def test_a_thing_that_matters_is_found_among_many_that_do_not():
    found = lifts([(60, 100, 30, 100), *[(50, 100, 50, 100)] * 30])
    assert [lift.q <= 0.05 for lift in found] == [True, *[False] * 30]
    assert (found[0].share, found[0].others_share) == (0.6, 0.3)
    assert lifts([]) == []
