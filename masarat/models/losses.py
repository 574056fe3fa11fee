"""What a trouble cost: orders that those it hit would have made, had they ordered as often as comparable customers who were spared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from masarat.models.proportions import CHANCE, discoveries
from masarat.models.student import reach, two_sided


@dataclass(frozen=True, slots=True)
class Loss:
    """Orders lost with their interval, and how often chance alone would show as much among all that were tested together."""

    lost: float
    low: float
    high: float
    chance: float


def losses(found: Sequence[tuple[float, float, float, int]]) -> list[Loss]:
    """A loss for each (orders expected, orders made, variance of their difference, tries); chances by Benjamini and Hochberg (1995).

    Expected is the sum over groups of equals of how many were hit times the share of the spared who ordered (direct standardisation).
    Few tries are less sure than many: Student's t, with a degree of freedom for every try but one.

    >>> [(round(one.lost), round(one.low), round(one.high), one.chance < 0.001) for one in losses([(60, 20, 25, 300)])]
    [(40, 30, 50, True)]
    """
    spreads = [sqrt(variance) for _, _, variance, _ in found]
    gaps = [expected - made for expected, made, _, _ in found]
    freedoms = [max(tries - 1, 1) for *_, tries in found]
    chances = [
        two_sided(gap / spread, freedom) if spread else 1.0
        for gap, spread, freedom in zip(gaps, spreads, freedoms, strict=True)
    ]
    return [
        Loss(gap, gap - reach(CHANCE, freedom) * spread, gap + reach(CHANCE, freedom) * spread, chance)
        for gap, spread, freedom, chance in zip(gaps, spreads, freedoms, discoveries(chances), strict=True)
    ]
