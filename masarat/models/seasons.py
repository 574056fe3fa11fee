"""Which day of the last year a day is like: Ramadan is like Ramadan, wherever the Gregorian year has moved it."""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Hijri

from masarat.words.hijri import hijri_of

YEAR = timedelta(days=364)  # fifty-two weeks, so that weekdays meet
WEEK = timedelta(days=7)
NEAR = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8)  # weeks around it
# Hijri days that shop unlike others: from the middle of Shaaban to the end of Eid, and the days of Hajj and its Eid.
SEASONS = ((8, 16, 30), (9, 1, 30), (10, 1, 10), (12, 1, 13))


def season_of(day: date) -> int:
    """The season of the Hijri year that a day belongs to, by its month; 0 for none."""
    hijri = hijri_of(day)
    found = ((month, first, last) for month, first, last in SEASONS if hijri and hijri.month == month)
    return next((month for month, first, last in found if hijri and first <= hijri.day <= last), 0)


def like_it(day: date) -> date:
    """The day a year before that this one is like: of a Hijri season the same Hijri day, else the same weekday outside of any."""
    if season_of(day) and (hijri := hijri_of(day)):
        return _hijri(hijri.year - 1, hijri.month, hijri.day)
    before = day - YEAR
    return next((near for weeks in NEAR if not season_of(near := before + weeks * WEEK)), before)


def _hijri(year: int, month: int, day: int) -> date:
    """A Hijri day; the thirtieth of a month that has none is its last."""
    known = min(day, Hijri(year, month, 1).month_length())
    found = Hijri(year, month, known).to_gregorian()
    return date(found.year, found.month, found.day)
