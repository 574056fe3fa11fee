"""How long something takes of which not all has happened yet: the product-limit estimate over whole days (Kaplan and Meier 1958)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CLOSE = 1e-12  # what sums of shares are off by


@dataclass(frozen=True, slots=True)
class Settling:
    """By days: how many it happened to after so many, and for how many it is awaited since so many (censored)."""

    happened: Mapping[int, int]
    awaited: Mapping[int, int]

    @property
    def known(self) -> int:
        return sum(self.happened.values())

    def within(self, days: int) -> float | None:
        """The estimated share to whom it happens within so many days; None where nobody is followed for so long and some still wait."""
        course = self._course()
        if not course:
            return None
        last, all_done = course[-1]
        if last < days and all_done < 1 - CLOSE:
            return None
        return max((done for day, done in course if day <= days), default=0.0)

    def by_share(self, share: float) -> int | None:
        """The first day by which it has happened to at least this share; None where that is not reached yet."""
        return next((day for day, done in self._course() if done >= share - CLOSE), None)

    def _course(self) -> list[tuple[int, float]]:
        """Each day with the share to whom it has happened by its end; who is awaited since that very day is still at risk on it."""
        at_risk = self.known + sum(self.awaited.values())
        left, course = 1.0, []
        for day in sorted(self.happened.keys() | self.awaited.keys()):
            here = self.happened.get(day, 0)
            left *= 1 - here / at_risk
            at_risk -= here + self.awaited.get(day, 0)
            course.append((day, 1 - left))
        return course
