"""When a change began: the day from which on a figure runs at another level than before."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

WEEK = 7
SIDE = 3  # days at least on either side
CLEAR = 3.0  # spreads between the two levels; less is no day to be named


def began(amount: Sequence[float], of: Sequence[float] | None = None) -> int | None:
    """The place of the first day of the new level; none where no day stands out. The first four weeks tell what each weekday is like.

    Of all days the one is taken that parts the rest into two levels with the least spread around them (least squares; Hinkley 1970).
    With `of` the figure is amount / of, and days weigh by it.

    >>> began([10, 12, 11, 10, 9, 20, 22] * 5 + [5, 6, 5, 5, 4, 10, 11])
    35
    >>> began([10, 12, 11, 10, 9, 20, 22] * 6) is None
    True
    """
    amounts = np.array(amount, dtype=float)
    base = np.ones(len(amounts)) if of is None else np.array(of, dtype=float)
    if len(amounts) < 2 * WEEK or not base.sum():
        return None
    usual = _by_weekday(amounts, base) if of is None else np.full(len(amounts), amounts.sum() / base.sum())
    weight = usual if of is None else base
    level = np.divide(amounts, usual if of is None else base, out=np.zeros(len(amounts)), where=weight > 0)
    best, place = 0.0, None
    for start in range(SIDE, len(level) - SIDE + 1):
        before, after = weight[:start].sum(), weight[start:].sum()
        if not before or not after:
            continue
        low, high = ((weight * level)[:start].sum() / before, (weight * level)[start:].sum() / after)
        left = (weight[:start] * (level[:start] - low) ** 2).sum() + (
            weight[start:] * (level[start:] - high) ** 2
        ).sum()
        spread = sqrt(left / (len(level) - 2) * (1 / before + 1 / after)) or 1e-9
        if abs(high - low) / spread > best:
            best, place = abs(high - low) / spread, start
    return place if best >= CLEAR else None


def _by_weekday(amounts: np.ndarray, base: np.ndarray) -> np.ndarray:
    """What each day would be, were it like the same weekdays of the first four weeks; a weekday without anything as the others are."""
    first = min(4 * WEEK, len(amounts) - WEEK)
    means = np.array([amounts[day:first:WEEK].mean() if day < first else 0.0 for day in range(WEEK)])
    means = np.where(means > 0, means, max(float(means.mean()), 1e-9))
    found: np.ndarray = means[np.arange(len(amounts)) % WEEK]
    return found
