"""The course of a period: what its days brought, what they should bring by last year's, and how it will end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from masarat.models.pace import Outlook, outlook
from masarat.models.seasons import like_it, season_of

PACED = 28  # the last days, which tell the pace
SMOOTHED = 3  # days on either side
WEEKS = 4  # of history before weekdays tell apart
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Course:
    """The days of a period: what they brought, and what the last year says that they should bring."""

    first: date
    last: date
    came: Mapping[date, float]
    begun: date  # the first day with sales
    now: date  # the last day of the period that is over

    @property
    def days(self) -> list[date]:
        return _days(self.first, self.last)

    @property
    def left(self) -> list[date]:
        return [day for day in self.days if day > self.now]

    @property
    def so_far(self) -> float:
        return sum(self.came.get(day, 0.0) for day in self.days if day <= self.now)

    @property
    def knows_last_year(self) -> bool:
        """Whether the same season of last year is in the log, for all days of the period and those that tell the pace."""
        return min(map(like_it, [*self.days, *self._paced()])) - SMOOTHED * ONE >= self.begun

    @property
    def is_short(self) -> bool:
        return (self._usual()[1] - self.begun).days + 1 < 7 * WEEKS

    def _usual(self) -> tuple[date, date]:
        """The days that tell what each weekday usually brings: a year up to the day before the period, or up to now."""
        last = min(self.first - ONE, max(self.came, default=self.begun))
        return max(self.begun, last - timedelta(days=363)), last

    def _weekdays(self) -> list[float]:
        """What each weekday brings against the mean of all."""
        if self.is_short:
            return [1.0] * 7
        each: list[list[float]] = [[] for _ in range(7)]
        for day in _days(*self._usual()):
            each[day.weekday()].append(max(0.0, self.came.get(day, 0.0)))
        means = [sum(one) / len(one) for one in each]
        whole = sum(means) / 7
        return [mean / whole if whole else 1.0 for mean in means]

    def shape(self, days: Sequence[date]) -> list[float]:
        """What each of these days should bring, in any unit."""
        weekdays = self._weekdays()
        if not self.knows_last_year:
            return [weekdays[day.weekday()] for day in days]
        return [weekdays[day.weekday()] * self._around(like_it(day)) for day in days]

    def _around(self, day: date) -> float:
        """The mean of the days around, of the same season: Eid takes nothing of Ramadan."""
        around = _days(day - SMOOTHED * ONE, day + SMOOTHED * ONE)
        near = [one for one in around if season_of(one) == season_of(day)]
        return max(0.0, sum(self.came.get(one, 0.0) for one in near) / len(near))

    def _paced(self) -> list[date]:
        """The last days that are over; where the period has not begun, those before it."""
        end = min(self.now, max(self.came, default=self.begun))
        return _days(max(self.begun, end - (PACED - 1) * ONE), end)

    @property
    def outlook(self) -> Outlook | None:
        paced = self._paced()
        return outlook(
            [self.came.get(day, 0.0) for day in paced], self.shape(paced), sum(self.shape(self.left))
        )

    @property
    def expected_share(self) -> float | None:
        shape = self.shape(self.days)
        over = sum(weight for day, weight in zip(self.days, shape, strict=True) if day <= self.now)
        return over / sum(shape) if sum(shape) else None

    def totals(self, goal: float | None) -> dict[str, Any]:
        left, share, ahead = len(self.left), self.expected_share, self.outlook
        end = (0.0, 0.0, 0.0) if not left else (ahead.rest, ahead.low, ahead.high) if ahead else None
        projected, low, high = (self.so_far + one for one in end) if end else (None, None, None)
        return {
            "so_far": self.so_far,
            "target": goal,
            "reached": self.so_far / goal if goal else None,
            "expected_share": share,
            "expected": goal * share if goal and share is not None else None,
            "projected": projected,
            "low": low,
            "high": high,
            "needed": max(0.0, goal - self.so_far) / left if goal and left else None,
            "days_left": left,
        }

    def rows(self, goal: float | None) -> list[dict[str, Any]]:
        shape, ahead = self.shape(self.days), self.outlook
        whole, run, weights = sum(shape), 0.0, 0.0
        rows: list[dict[str, Any]] = []
        to_come = self.so_far
        for day, weight in zip(self.days, shape, strict=True):
            amount, over = self.came.get(day, 0.0), day <= self.now
            run, weights = run + (amount if over else 0.0), weights + weight
            to_come += 0.0 if over or ahead is None else ahead.pace * weight
            rows.append({
                "start": day, "amount": amount if over else None, "so_far": run if over else None,
                "expected": goal * weights / whole if goal and whole else None,
                "projected": to_come if ahead and day >= self.now else None, "like": like_it(day),
            })  # fmt: skip
        return rows


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
