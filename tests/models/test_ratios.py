"""Ratios: what their groups say of how sure they are."""

from __future__ import annotations

import doctest
import random

import pytest

from masarat.models import pace, ratios
from masarat.models.ratios import chance, ratio


def test_examples_hold():
    for module in (ratios, pace):
        assert doctest.testmod(module).failed == 0


def test_a_share_of_independent_visits_varies_as_shares_do():
    """100 groups of one visit each: p (1 - p) / (n - 1)."""
    found = ratio([(1.0, 1.0)] * 30 + [(0.0, 1.0)] * 70, 100)
    assert found.value == 0.3
    assert found.variance == pytest.approx(0.3 * 0.7 / 99)


def test_visits_of_one_visitor_are_no_evidence():
    """The same shares, but all visits are those of two visitors: nothing is sure."""
    found = ratio([(30.0, 30.0), (0.0, 70.0)], 100)
    assert found.variance > 0.08


def test_nothing_is_unknown():
    assert ratio([], 100) is None
    assert ratio([(0.0, 0.0)], 100) is None
    assert ratio([(1.0, 1.0)], 1) is None
    assert chance(None, ratio([(1.0, 2.0), (1.0, 1.0)], 2)) is None
    assert chance(ratio([(1.0, 1.0)] * 3, 3), ratio([(1.0, 1.0)] * 3, 3)) is None


def period(dice):
    """Four hundred visitors, each of habits of their own, who come one to nine times: their visits and bounces by group."""
    groups = [[0.0, 0.0] for _ in range(100)]
    for _ in range(400):
        bounces, group = dice.betavariate(1, 1), groups[dice.randrange(100)]
        for _ in range(dice.randint(1, 9)):
            group[0] += dice.random() < bounces
            group[1] += 1
    return ratio([(top, bottom) for top, bottom in groups], 100)


def test_where_nothing_changes_hardly_ever_a_change_is_told():
    """Visits of one visitor hang together; taken one by one they would cry change three times as often."""
    dice = random.Random(5)
    cries = sum(chance(period(dice), period(dice)) <= 0.05 for _ in range(400))
    assert cries / 400 <= 0.08
