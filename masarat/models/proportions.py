"""Shares of customers: how sure each is, whether two differ, and which of many differences are not chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from masarat.models.student import reach, two_sided

CHANCE = 0.05  # of being wrong, that intervals and verdicts allow


@dataclass(frozen=True, slots=True)
class Difference:
    """One share against another: relative (0.1 is a tenth more), its interval, and how often chance alone would go so far."""

    change: float
    low: float
    high: float
    chance: float


def interval(count: float, of: float, chance: float = CHANCE) -> tuple[float, float] | None:
    """Between what the share lies (Wilson 1927), which holds for few customers and at both ends; none for nobody.

    >>> [round(end, 4) for end in interval(10, 100)]
    [0.0552, 0.1744]
    """
    if of <= 0:
        return None
    z = NormalDist().inv_cdf(1 - chance / 2)
    share, part = count / of, z * z / of
    middle = (share + part / 2) / (1 + part)
    half = z / (1 + part) * sqrt(share * (1 - share) / of + part / of / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(count: int, of: int, before: int, before_of: int, chance: float = CHANCE) -> Difference | None:
    """A share against an earlier (or another) one: Welch's test of the relative difference, its variance by the delta method.

    None where either is nobody, where the other share is zero, or where neither varies.

    >>> difference(16, 30, 14, 28)  # doctest: +ELLIPSIS
    Difference(change=0.0666..., low=-0.477..., high=0.611..., chance=0.807...)
    """
    if of < 2 or before_of < 2 or not before:
        return None
    one, other = count / of, before / before_of
    here = one * (1 - one) / of / other**2
    there = other * (1 - other) / before_of * one**2 / other**4
    if not here + there:
        return None
    freedom = _freedom(one * (1 - one) / of, of, other * (1 - other) / before_of, before_of)
    change, spread = (one - other) / other, sqrt(here + there)
    half = reach(chance, freedom) * spread
    return Difference(change, change - half, change + half, two_sided(change / spread, freedom))


def _freedom(one: float, of: int, other: float, before_of: int) -> float:
    """Welch and Satterthwaite's degrees of freedom, from the variances of two means."""
    return (one + other) ** 2 / (one**2 / (of - 1) + other**2 / (before_of - 1))


def discoveries(chances: Sequence[float]) -> list[float]:
    """Each chance made what it is among so many (Benjamini and Hochberg 1995): of those at most 0.05, at most one in twenty is false.

    >>> [round(each, 4) for each in discoveries([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.0533, 0.0533, 0.5]
    """
    ordered = sorted(range(len(chances)), key=lambda place: chances[place], reverse=True)
    found, least = [1.0] * len(chances), 1.0
    for rank, place in zip(range(len(chances), 0, -1), ordered, strict=True):
        least = min(least, chances[place] * len(chances) / rank)
        found[place] = least
    return found
