"""The Hijri calendar (Umm al-Qura), whose tables do not reach every day that a store may hold."""

from __future__ import annotations

from datetime import date

from hijridate import Gregorian, Hijri

REACH = (date(1924, 8, 1), date(2077, 11, 16))


def hijri_of(day: date) -> Hijri | None:
    """The day in the Hijri calendar; none beyond the tables, as for an order dated 2099 by mistake."""
    if not REACH[0] <= date(day.year, day.month, day.day) <= REACH[1]:
        return None
    return Gregorian(day.year, day.month, day.day).to_hijri()
