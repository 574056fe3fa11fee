"""Silence: the days on which a shop that is usually open sold nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Silence:
    """Days without a sale among the days the shop is usually open, and the longest stretch of days without one."""

    days: int
    open_days: int
    longest: int
    since: date | None


def silence(days: Sequence[date]) -> Silence:
    """Which days between the first and last sale had none, from the days that had one.

    A weekday is usually closed where fewer than a quarter of at least four such days had a sale.
    """
    if not days:
        return Silence(0, 0, 0, None)
    every = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    there, sold = Counter(day.weekday() for day in every), Counter(day.weekday() for day in days)
    closed = {weekday for weekday, count in there.items() if count >= 4 and sold[weekday] * 4 < count}
    known = set(days)
    silent = [day for day in every if day not in known and day.weekday() not in closed]
    before, after = max(zip(days, [*days[1:], days[-1]], strict=True), key=lambda pair: pair[1] - pair[0])
    longest = max((after - before).days - 1, 0)
    open_days = sum(count for weekday, count in there.items() if weekday not in closed)
    return Silence(len(silent), open_days, longest, before + timedelta(days=1) if longest else None)
