"""Shares of customers: how sure each is, whether two differ, and which of many differences are not chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign, inf, sqrt
from statistics import NormalDist

from masarat.models.student import reach, two_sided

CHANCE = 0.05  # of being wrong, that intervals and verdicts allow
CLOSE = 1e-9  # how closely the ends of an interval are sought


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
    """A share against an earlier (or another) one: the score test of Miettinen and Nurminen (1985) on the ratio of the two.

    At the ratio 1 this is Pearson's test as Campbell (2007) recommends it; Student's quantiles stand in for the normal ones, which are too
    bold for few. The interval holds 1 where the chance is above `chance`, and nowhere else. None where fewer than one customer
    would be expected somewhere (those who did, those who did not, in either group): too few to tell.

    >>> difference(16, 30, 14, 28)  # doctest: +ELLIPSIS
    Difference(change=0.0666..., low=-0.363..., high=0.815..., chance=0.802...)
    """
    together, everybody = count + before, of + before_of
    if not before or min(of, before_of) * min(together, everybody - together) < everybody:
        return None
    shares, freedom = (count, of, before, before_of), everybody - 2
    ratio, limit = count / of / (before / before_of), reach(chance, freedom)
    return Difference(
        ratio - 1,
        _crossing(shares, limit, 0.0, ratio) - 1,
        _crossing(shares, -limit, ratio, _beyond(shares, -limit, ratio)) - 1,
        two_sided(_score(shares, 1.0), freedom),
    )


Shares = tuple[int, int, int, int]  # how many did it, of how many, here and in the other group


def _score(shares: Shares, ratio: float) -> float:
    """How many standard errors the first share is above `ratio` times the second, if that were the true ratio."""
    count, of, before, before_of = shares
    everybody = of + before_of
    half = ((of + before) * ratio + count + before_of) / 2
    room = max(half * half - everybody * ratio * (count + before), 0.0)
    other = (count + before) / (half + sqrt(room))  # the likeliest second share at that ratio
    variance = ratio * other * (1 - ratio * other) / of + ratio**2 * other * (1 - other) / before_of
    gap = count / of - ratio * before / before_of
    return gap / sqrt(variance * everybody / (everybody - 1)) if variance > 0 else copysign(inf, gap)


def _beyond(shares: Shares, limit: float, ratio: float) -> float:
    """A ratio too large to be true."""
    beyond = max(2 * ratio, 1.0)
    while _score(shares, beyond) > limit:
        beyond *= 2
    return beyond


def _crossing(shares: Shares, limit: float, low: float, high: float) -> float:
    """The ratio between the two at which the score falls to the limit."""
    while high - low > CLOSE * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _score(shares, middle) > limit else (low, middle)
    return high


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
