"""How long something takes of which not all has happened yet (a return, a payment): Kaplan and Meier (1958) on whole days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

SURE = 30  # people still waiting, below which the curve is not read
CLOSE = 1e-12  # what sums of shares are off by
OFTEN = 5  # returns within a week, below which a week says nothing


class Waiting:
    """`after`: how many came back on which day (0 is the first); `waiting`: how many did not, and have been followed for how many days.

    >>> found = Waiting({1: 2, 3: 1}, {2: 1, 9: 1})
    >>> [round(found.back_by(day), 3) for day in (0, 1, 2, 3)]
    [0.0, 0.4, 0.4, 0.7]
    """

    def __init__(self, after: Mapping[int, int], waiting: Mapping[int, int]) -> None:
        longest = max([*after, *(days - 1 for days in waiting)], default=0)
        self.came = _counted(after, longest)
        gone = _counted({days - 1: count for days, count in waiting.items() if days > 0}, longest)
        left = self.came + gone
        self.there = left[::-1].cumsum()[
            ::-1
        ]  # who had not come back, and was still followed, when the day began
        share = np.divide(self.came, self.there, out=np.zeros_like(left), where=self.there > 0)
        self.back: NDArray[np.float64] = 1 - np.cumprod(1 - share)

    def back_by(self, day: int) -> float:
        """The share that has come back by the end of this day."""
        return float(self.back[min(day, len(self.back) - 1)])

    def within(self, days: int) -> float | None:
        """The same; none where nobody is followed for so long and some still wait."""
        return None if days >= len(self.back) and self.back[-1] < 1 - CLOSE else self.back_by(days)

    def by_share(self, share: float) -> int | None:
        """The day by which it has happened to at least this share of all; none where that is not reached yet."""
        reached = np.flatnonzero(self.back >= share - CLOSE)
        return int(reached[0]) if len(reached) else None

    def horizon(self, most: int) -> int:
        """The last day, at most this one, on which enough people are still followed."""
        known = np.flatnonzero(self.there[: most + 1] >= SURE)
        return int(known[-1]) if len(known) else 0

    def day_of(self, share: float, horizon: int) -> int | None:
        """The day by which this share of those who come back by the horizon have done so; none where nobody does."""
        whole = self.back_by(horizon)
        if whole <= 0:
            return None
        return int(np.argmax(self.back >= share * whole - CLOSE))

    def likeliest_week(self, horizon: int) -> tuple[int, int] | None:
        """The seven days, not before the day after the first, in which one who waits is likeliest to come back; none where too few do."""
        best, found = 0.0, None
        for first in range(1, horizon - 5):
            came, waited = self.came[first : first + 7].sum(), self.there[first : first + 7].sum()
            if came >= OFTEN and came / waited > best:
                best, found = came / waited, (first, first + 6)
        return found


def _counted(counts: Mapping[int, int], longest: int) -> NDArray[np.float64]:
    found = np.zeros(longest + 1)
    for day, count in counts.items():
        found[day] += count
    return found
