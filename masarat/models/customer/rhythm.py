"""How often somebody buys, and when the next time is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

LEAST = 3  # days of purchase from which on a rhythm is spoken of


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days between purchases, and the day of the next one; none before there are two, or `LEAST`, days of purchase."""

    days_between: float | None
    next_on: date | None


def rhythm(days: Iterable[date]) -> Rhythm:
    """From the days of purchase; several orders on one day are one purchase. The next is due the median gap after the last."""
    bought = sorted(set(days))
    if len(bought) < 2:
        return Rhythm(None, None)
    between = float(median((later - earlier).days for earlier, later in pairwise(bought)))
    due = bought[-1] + timedelta(days=round(between)) if len(bought) >= LEAST else None
    return Rhythm(between, due)
