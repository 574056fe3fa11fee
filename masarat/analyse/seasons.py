"""The seasons that every shop here knows, by both calendars: which days they take, and when they were a year ago."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

from masarat.analyse.period import Period
from masarat.words.hijri import hijri_of

# Hijri month and day, and how many days; 0 for the whole month.
FEASTS = (("ramadan", 9, 1, 0), ("eid-fitr", 10, 1, 3), ("eid-adha", 12, 10, 4))


@dataclass(frozen=True, slots=True)
class Season:
    """Days that are like no others; `shift` leads from a day of the season to the same day of the season a year before."""

    name: str
    first: date
    last: date
    shift: timedelta

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and self.last >= first


def seasons(first: date, last: date) -> list[Season]:
    """Every season that touches these days, in the order of time."""
    years = range(first.year - 1, last.year + 2)
    found = [season for year in years for season in _gregorian(year)]
    begin, end = hijri_of(first - timedelta(days=20)), hijri_of(last + timedelta(days=20))
    if begin and end:
        found += [season for year in range(begin.year, end.year + 1) for season in _hijri(year)]
    return sorted(
        (season for season in found if season.touches(first, last)),
        key=lambda season: (season.first, season.name),
    )


def season_of(period: Period) -> Season | None:
    """The season that most of the period lies in, or that lies mostly in the period where that is short; none where there is none."""

    def held(season: Season) -> int:
        return (min(season.last, period.last) - max(season.first, period.first)).days + 1

    found = [
        season
        for season in seasons(period.first, period.last)
        if 2 * held(season) >= min(period.days, (season.last - season.first).days + 1)
        and 5 * held(season) >= period.days
    ]
    return max(found, key=lambda season: (held(season), season.name), default=None)


def bands(first: date, last: date) -> list[tuple[str, date, date]]:
    """The days that pictures name, by the calendar alone: Ramadan, the feast days of both Eids, White Friday, in the order of time."""
    found: list[tuple[str, date, date]] = []
    for year in range(first.year, last.year + 1):
        found += [(one.name, one.first, one.last) for one in _gregorian(year) if one.name == "white-friday"]
    begin, end = hijri_of(first), hijri_of(last)
    for year in range(begin.year, end.year + 1) if begin and end else ():
        for name, month, day, many in FEASTS:
            if (start := _known(year, month, day)) and (
                after := _known(year, month + (not many), day + many)
            ):
                found.append((name, start, after - timedelta(days=1)))
    return sorted((band for band in found if band[1] <= last and band[2] >= first), key=lambda band: band[1:])


def _known(year: int, month: int, day: int) -> date | None:
    """A Hijri day; none beyond the tables."""
    try:
        return _day(year, month, day)
    except (ValueError, OverflowError):
        return None


def _gregorian(year: int) -> Iterator[Season]:
    """Founding Day, National Day and White Friday (the last Friday of November, from the Wednesday before to the Monday after)."""
    friday = date(year, 11, 30) - timedelta(days=(date(year, 11, 30).weekday() - 4) % 7)
    before = date(year - 1, 11, 30) - timedelta(days=(date(year - 1, 11, 30).weekday() - 4) % 7)
    one = date(year, 9, 20) - date(year - 1, 9, 20)
    yield Season(
        "founding-day", date(year, 2, 20), date(year, 2, 22), date(year, 2, 20) - date(year - 1, 2, 20)
    )
    yield Season("national-day", date(year, 9, 20), date(year, 9, 24), one)
    yield Season("white-friday", friday - timedelta(days=2), friday + timedelta(days=3), friday - before)


def _hijri(year: int) -> Iterator[Season]:
    """The days before Ramadan, Ramadan, the days around both Eids (Umm al-Qura)."""
    try:
        ramadan, eid, sacrifice = (_day(year, *day) for day in ((9, 1), (10, 1), (12, 10)))
        shifts = [
            at - _day(year - 1, *day)
            for at, day in ((ramadan, (9, 1)), (eid, (10, 1)), (sacrifice, (12, 10)))
        ]
    except (ValueError, OverflowError):
        return
    yield Season("before-ramadan", ramadan - timedelta(days=14), ramadan - timedelta(days=1), shifts[0])
    yield Season("ramadan", ramadan, eid - timedelta(days=4), shifts[0])
    yield Season("eid-fitr", eid - timedelta(days=3), eid + timedelta(days=9), shifts[1])
    yield Season("eid-adha", sacrifice - timedelta(days=7), sacrifice + timedelta(days=6), shifts[2])


def _day(year: int, month: int, day: int) -> date:
    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)
