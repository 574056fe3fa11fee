"""Ratios of sums (bounces to visits, money to customers): how sure one is, and whether two differ, however the sums hang together.

The units are dealt into groups by chance (customers by a hash, or the days themselves), and the groups' sums tell how much the ratio varies: the
method of random groups (Wolter 2007) with the delta method. Several visits of one customer fall into one group, so they do
not pass for independent ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from masarat.models.proportions import CHANCE
from masarat.models.student import reach, two_sided

Sums = tuple[float, float]  # of one group: above and below the line


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with the variance of it and how many groups told that."""

    value: float
    variance: float
    groups: int

    def interval(self, chance: float = CHANCE) -> tuple[float, float]:
        """Between what the true ratio lies."""
        half = reach(chance, self.groups - 1) * sqrt(self.variance)
        return self.value - half, self.value + half


def ratio(sums: Sequence[Sums], groups: int) -> Ratio | None:
    """The ratio of sums of so many groups; those that are not named are empty. None without anything below the line, or with one group.

    >>> ratio([(1, 2), (1, 2), (2, 2), (0, 2)], 4)
    Ratio(value=0.5, variance=0.041666666666666664, groups=4)
    """
    above, below = sum(x for x, _ in sums), sum(y for _, y in sums)
    if groups < 2 or below <= 0:
        return None
    value = above / below
    apart = sum((x - value * y) ** 2 for x, y in sums)
    return Ratio(value, groups / (groups - 1) * apart / below**2, groups)


def chance(one: Ratio | None, other: Ratio | None) -> float | None:
    """How often chance alone would set two ratios so far apart (Welch's test); None where either is unknown or neither varies.

    >>> round(chance(Ratio(0.5, 0.01, 100), Ratio(0.2, 0.01, 100)), 4)
    0.0351
    """
    if one is None or other is None or not one.variance + other.variance:
        return None
    spread = one.variance + other.variance
    freedom = spread**2 / (one.variance**2 / (one.groups - 1) + other.variance**2 / (other.groups - 1))
    return two_sided((one.value - other.value) / sqrt(spread), freedom)
