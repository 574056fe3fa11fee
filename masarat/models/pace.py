"""How a period will end, from the shape that its days should have and what the last days came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from masarat.models.proportions import CHANCE
from masarat.models.student import reach

FEWEST = 7  # days that tell the pace


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is still to come, between what it lies, and how much one unit of shape brings."""

    rest: float
    low: float
    high: float
    pace: float


def outlook(
    came: Sequence[float], shape: Sequence[float], rest: float, chance: float = CHANCE
) -> Outlook | None:
    """What the remaining shape will bring at the pace of these days; None where they are too few, or came to nothing.

    A day is taken to bring pace times shape, with a variance in proportion to that (quasi-Poisson, McCullagh and Nelder 1989), which the
    days themselves tell. The interval is one of prediction: it holds what the pace may be and how the days to come may fall.

    >>> found = outlook([8, 12, 10, 9, 11, 10, 10], [1] * 7, 5)
    >>> found.rest, round(found.low, 1), round(found.high, 1)
    (50.0, 40.8, 59.2)
    """
    given = [(value, weight) for value, weight in zip(came, shape, strict=True) if weight > 0]
    total, weights = sum(value for value, _ in given), sum(weight for _, weight in given)
    if len(given) < FEWEST or total <= 0:
        return None
    pace = total / weights
    spread = sum((value - pace * weight) ** 2 / (pace * weight) for value, weight in given) / (len(given) - 1)
    half = reach(chance, len(given) - 1) * sqrt(spread * pace * rest * (1 + rest / weights))
    return Outlook(pace * rest, max(0.0, pace * rest - half), pace * rest + half, pace)
