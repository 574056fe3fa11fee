"""What a trouble cost: orders that those it hit would have made, had they ordered as often as comparable customers who were spared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from masarat.models.proportions import CHANCE, discoveries


@dataclass(frozen=True, slots=True)
class Loss:
    """Orders lost with their interval, and how often chance alone would show as much among all that were tested together."""

    lost: float
    low: float
    high: float
    chance: float


def losses(found: Sequence[tuple[float, float, float]]) -> list[Loss]:
    """A loss for each (orders expected, orders made, variance of their difference); chances by Benjamini and Hochberg (1995).

    Expected is the sum over groups of equals of how many were hit times the share of the spared who ordered (direct standardisation).

    >>> [(round(one.lost), round(one.low), round(one.high), one.chance < 0.001) for one in losses([(60, 20, 25)])]
    [(40, 30, 50, True)]
    """
    normal = NormalDist()
    z = normal.inv_cdf(1 - CHANCE / 2)
    spreads = [sqrt(variance) for _, _, variance in found]
    gaps = [expected - made for expected, made, _ in found]
    chances = [
        2 * normal.cdf(-abs(gap) / spread) if spread else 1.0
        for gap, spread in zip(gaps, spreads, strict=True)
    ]
    return [
        Loss(gap, gap - z * spread, gap + z * spread, chance)
        for gap, spread, chance in zip(gaps, spreads, discoveries(chances), strict=True)
    ]
