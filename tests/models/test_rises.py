"""Runs of days and losses: found where they are, and not where chance alone plays."""

from __future__ import annotations

import numpy as np

from masarat.models.losses import losses
from masarat.models.proportions import CHANCE
from masarat.models.rises import LONGEST, rise

TURNS = 300


def test_a_week_of_trouble_is_found_to_the_day():
    dice = np.random.default_rng(1)
    of = dice.poisson(60, 90)
    share = np.where((np.arange(90) >= 40) & (np.arange(90) < 47), 0.5, 0.04)
    found = rise(dice.binomial(of, share).tolist(), of.tolist())
    assert found is not None
    assert (found.first, found.last) == (40, 46)
    assert found.chance < 1e-6
    assert found.share > 10 * found.others_share


def test_what_began_and_goes_on_is_found():
    found = rise([0] * 20 + [5] * 10, [50] * 30)
    assert found is not None
    assert (found.first, found.last, found.others_share) == (20, 29, 0)


def test_nothing_is_found_where_nothing_is():
    assert rise([0] * 30, [10] * 30) is None
    assert rise([], []) is None
    assert rise([9], [10]) is None  # nothing to compare with
    assert rise([10] * 5, [10] * 5) is None  # always


def test_of_a_long_time_the_end_is_looked_at():
    found = rise([0] * 500 + [1] * LONGEST + [20], [20] * (LONGEST + 501))
    assert found is not None
    assert (found.first, found.last) == (LONGEST + 500, LONGEST + 500)


def test_chance_alone_is_seldom_told_as_a_rise():
    """Ninety days at one share: at most one in twenty is believed."""
    dice = np.random.default_rng(2)
    believed = 0
    for _ in range(TURNS):
        of = dice.poisson(40, 90)
        found = rise(dice.binomial(of, 0.05).tolist(), of.tolist())
        believed += found is not None and found.chance < CHANCE
    assert believed <= CHANCE * TURNS


def test_chance_alone_is_seldom_told_as_a_loss():
    """Groups in which hit and spared order alike, five troubles tested together: a false one is told in at most one of twenty."""
    dice = np.random.default_rng(3)
    believed = 0
    for _ in range(TURNS // 3):
        tested = []
        for _ in range(5):
            hit, spared = 1 + dice.poisson(4, 30), 1 + dice.poisson(30, 30)
            share = dice.uniform(0.2, 0.7, 30)
            made, others = dice.binomial(hit, share), dice.binomial(spared, share)
            at_hit, at_spared = (made + 0.5) / (hit + 1), (others + 0.5) / (spared + 1)
            variance = hit * hit * at_spared * (1 - at_spared) / spared + hit * at_hit * (1 - at_hit)
            tested.append(
                (
                    float((hit * others / spared).sum()),
                    float(made.sum()),
                    float(variance.sum()),
                    int(hit.sum()),
                )
            )
        believed += any(one.chance < CHANCE for one in losses(tested))
    assert believed <= CHANCE * TURNS / 3


def test_no_spread_is_no_certainty():
    assert losses([(3, 0, 0, 3)])[0].chance == 1
    assert losses([]) == []
