"""The run of days on which something happened more often than on all others: when a trouble began, and when it was over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LONGEST = 730  # days that are looked at, the last
FEWEST = 5  # times on the days of a rise


@dataclass(frozen=True, slots=True)
class Rise:
    """Places of the first and last day, how often it happened on these days and on the others, and how often chance would show as much."""

    first: int
    last: int
    share: float
    others_share: float
    chance: float


def rise(hits: Sequence[int], of: Sequence[int]) -> Rise | None:
    """The run of days that differs most upward from all other days, `hits` of `of` each; none where it never happened or no day is apart.

    Kulldorff's scan statistic (1997) for shares: of all runs the one of the greatest likelihood ratio. Its chance is that of one such run
    times the number of runs there are, which is more than it truly is.

    >>> found = rise([1, 1, 1, 9, 8, 1, 1], [20] * 7)
    >>> (found.first, found.last, round(found.share, 3), found.chance < 0.05)
    (3, 4, 0.425, True)
    """
    skipped = max(0, len(hits) - LONGEST)
    hit = np.concatenate([[0.0], np.cumsum(np.asarray(hits[skipped:], dtype=float))])
    seen = np.concatenate([[0.0], np.cumsum(np.asarray(of[skipped:], dtype=float))])
    days = len(hit) - 1
    inside, of_inside = hit[None, :] - hit[:, None], seen[None, :] - seen[:, None]  # of days first … last − 1
    outside, of_outside = hit[-1] - inside, seen[-1] - of_inside
    fits = (inside >= FEWEST) & (of_inside > 0) & (of_outside > 0)
    fits &= inside * of_outside > outside * of_inside
    if not fits.any():
        return None
    ratio = np.where(fits, _likelihood(inside, of_inside) + _likelihood(outside, of_outside), -np.inf)
    first, after = (int(place) for place in np.unravel_index(int(np.argmax(ratio)), ratio.shape))
    best = float(ratio[first, after] - _likelihood(hit[-1:], seen[-1:])[0])
    runs = days * (days + 1) / 2
    return Rise(
        skipped + first,
        skipped + after - 1,
        float(inside[first, after] / of_inside[first, after]),
        float(outside[first, after] / of_outside[first, after]),
        min(1.0, runs * erfc(sqrt(max(best, 0.0))) / 2),
    )


def _likelihood(hits: Floats, of: Floats) -> Floats:
    """Logarithm of the likelihood of so many hits at their own share."""
    share = np.divide(hits, of, out=np.zeros_like(hits), where=of > 0)
    some = (share > 0) & (share < 1)
    safe = np.where(some, share, 0.5)
    found: Floats = np.where(some, hits * np.log(safe) + (of - hits) * np.log1p(-safe), 0.0)
    return found
