"""Shares: their intervals, differences and discoveries, against published figures."""

from __future__ import annotations

import doctest
import random

import pytest

from masarat.models import proportions, student
from masarat.models.proportions import difference, discoveries, interval


def test_examples_hold():
    for module in (proportions, student):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("t", "freedom", "chance"),
    [(12.706, 1, 0.05), (2.228, 10, 0.05), (2.750, 30, 0.01), (1.960, 1e7, 0.05), (0, 3, 1)],
)
def test_students_table(t, freedom, chance):
    assert student.two_sided(t, freedom) == pytest.approx(chance, abs=2e-5)
    if t:
        assert student.reach(chance, freedom) == pytest.approx(t, abs=1e-3)


def test_two_proportions_as_gbstats_has_them():
    found = difference(16, 30, 14, 28)
    assert found.change == pytest.approx(0.06667, abs=1e-5)
    assert (found.low, found.high) == pytest.approx((-0.47767, 0.61101), abs=1e-5)
    assert found.chance == pytest.approx(0.80707, abs=1e-5)


def test_a_large_difference_as_gbstats_has_it():
    found = difference(560, 10_000, 500, 10_000)
    assert found.change == pytest.approx(0.12)
    assert found.chance == pytest.approx(0.0735868, abs=1e-6)


def test_what_cannot_be_compared_is_not():
    assert difference(1, 10, 0, 10) is None
    assert difference(0, 0, 1, 10) is None
    assert difference(5, 5, 7, 7) is None  # everybody, both times
    assert interval(0, 0) is None


def test_wilson_at_the_ends():
    assert interval(0, 10) == pytest.approx((0, 0.27753), abs=1e-5)
    assert interval(10, 10) == pytest.approx((0.72247, 1), abs=1e-5)


def test_where_nothing_differs_one_test_in_twenty_says_so_and_discoveries_hardly_ever():
    """Two shares of the same coin, 200 families of four comparisons; what is allowed is within three standard deviations."""
    chance = random.Random(7)
    families = []
    for _ in range(200):
        pairs = [(_heads(chance, 300), _heads(chance, 300)) for _ in range(4)]
        families.append([difference(one, 300, other, 300).chance for one, other in pairs])
    single = sum(each < 0.05 for family in families for each in family) / 800
    assert 0.027 < single < 0.073
    assert sum(min(discoveries(family)) < 0.05 for family in families) / 200 < 0.096


def _heads(chance: random.Random, times: int) -> int:
    return bin(chance.getrandbits(times)).count("1")
