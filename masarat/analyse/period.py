"""Periods as people ask for them, turned into days: '2025', '2025-11', 'last_30_days', 'ramadan_1446', '2025-01-01..2025-03-31'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from typing import Literal
from zoneinfo import ZoneInfo

from hijridate import Gregorian, Hijri

from masarat.errors import BadParameter

Compare = Literal["none", "previous", "last_year", "last_hijri_year"]

PRESETS = (
    "all", "today", "yesterday", "this_week", "last_week", "this_month", "last_month",
    "this_year", "last_year", "last_7_days", "last_30_days", "last_90_days", "last_365_days",
)  # fmt: skip
YEARS = range(1900, 2200)  # and what is compared with them still fits the engine's times
# Hijri months begin and end within these, as the store counts days.
MONTHS_KNOWN = (date(1970, 1, 10), date(2077, 10, 1))
EXAMPLES = "Write 2025, 2025-11, 2025-11-01..2025-11-30, last_30_days, this_month, 1446-09 (Hijri), ramadan_1446 or all."


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the shop's zone, the last one included. `bounded` is false for 'all'."""

    first: date
    last: date
    bounded: bool = True

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The same as a half-open stretch of UTC instants."""
        start = datetime(self.first.year, self.first.month, self.first.day, tzinfo=zone)
        after = self.last + timedelta(days=1)
        end = datetime(after.year, after.month, after.day, tzinfo=zone)
        return start.astimezone(UTC), end.astimezone(UTC)

    def before(self, compare: Compare) -> Period | None:
        """The period to compare with; none for the whole history."""
        if compare == "none" or not self.bounded:
            return None
        if compare == "last_year":
            return Period(_year_before(self.first), _year_before(self.last))
        if compare == "last_hijri_year":
            return self._hijri_year_before()
        if self._is_whole_months():
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return Period(_add_months(self.first, -months), self.first - timedelta(days=1))
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def _hijri_year_before(self) -> Period | None:
        """The same Hijri days a year before, whole months as whole months: Ramadan of 29 days may meet one of 30. None beyond the tables."""
        try:
            first, last, after = map(_to_hijri, (self.first, self.last, self.last + timedelta(days=1)))
            if first.day == after.day == 1:
                return Period(_hijri_day(first, 1), _hijri_day(after, 1) - timedelta(days=1))
            return Period(_hijri_day(first, first.day), _hijri_day(last, last.day))
        except (OverflowError, ValueError):
            return None

    def _is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1


def read_period(text: str, today: date, known: tuple[date, date]) -> Period:
    """The days that a text means. `known` is the first and last day with data, which 'all' and open ends take.

    Weeks start on Sunday. Raises BadParameter with the forms that are understood.
    """
    text = text.strip().lower()
    if text == "all":
        return Period(min(known), max(known), bounded=False)
    if preset := _preset(text, today):
        return preset
    if match := re.fullmatch(r"last_([1-9]\d{0,3})_days", text):
        return Period(today - timedelta(days=int(match[1]) - 1), today)
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?", text):
        first = _day(match[1]) if match[1] else min(known)
        last = _day(match[2]) if match[2] else max(known)
        if last < first:
            raise BadParameter(f"The period {text!r} ends before it begins.", EXAMPLES)
        return Period(first, last)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return Period(_day(text), _day(text))
    if match := re.fullmatch(r"(?:ramadan_)?(1[34]\d{2})(?:-(\d{1,2}))?", text):
        month = 9 if text.startswith("ramadan") else int(match[2] or 0)
        return _hijri(int(match[1]), month, text)
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", text):
        return _gregorian(int(match[1]), int(match[2] or 0), text)
    near = get_close_matches(text, PRESETS, n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]!r}?" if near else EXAMPLES
    raise BadParameter(f"{text!r} is not a period.", hint)


def hijri_months(first: date, last: date) -> list[date]:
    """The first days of the Hijri months (Umm al-Qura) from the one that holds `first` to the one that holds `last`.

    Days beyond the reach of the calendar's tables belong to the first or the last month that it knows.
    """
    first, last = (min(max(day, MONTHS_KNOWN[0]), MONTHS_KNOWN[1]) for day in (first, last))
    begin = Gregorian(first.year, first.month, first.day).to_hijri()
    year, month = begin.year, begin.month
    starts: list[date] = []
    while True:
        start = Hijri(year, month, 1).to_gregorian()
        if (day := date(start.year, start.month, start.day)) > last:
            return starts
        starts.append(day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _preset(text: str, today: date) -> Period | None:
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    month = today.replace(day=1)
    match text:
        case "today":
            return Period(today, today)
        case "yesterday":
            return Period(today - timedelta(days=1), today - timedelta(days=1))
        case "this_week":
            return Period(sunday, today)
        case "last_week":
            return Period(sunday - timedelta(days=7), sunday - timedelta(days=1))
        case "this_month":
            return Period(month, today)
        case "last_month":
            return Period(_add_months(month, -1), month - timedelta(days=1))
        case "this_year":
            return Period(date(today.year, 1, 1), today)
        case "last_year":
            return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        case _:
            return None


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadParameter(f"{text!r} is not a day of the calendar.", EXAMPLES) from None
    if day.year not in YEARS:
        raise BadParameter(f"{text!r} is not a day we know ({YEARS[0]} to {YEARS[-1]}).", EXAMPLES)
    return day


def _gregorian(year: int, month: int, text: str) -> Period:
    if month > 12 or year not in YEARS:
        raise BadParameter(f"{text!r} is not a period we know ({YEARS[0]} to {YEARS[-1]}).", EXAMPLES)
    if not month:
        return Period(date(year, 1, 1), date(year, 12, 31))
    first = date(year, month, 1)
    return Period(first, _add_months(first, 1) - timedelta(days=1))


def _hijri(year: int, month: int, text: str) -> Period:
    if month > 12 or not 1343 <= year <= 1499:
        raise BadParameter(f"{text!r} is not a Hijri period we know (1343 to 1499).", EXAMPLES)
    begin = Hijri(year, month or 1, 1).to_gregorian()
    after = Hijri(year + 1, 1, 1) if month in (0, 12) else Hijri(year, month + 1, 1)
    end = after.to_gregorian()
    return Period(
        date(begin.year, begin.month, begin.day), date(end.year, end.month, end.day) - timedelta(days=1)
    )


def _to_hijri(day: date) -> Hijri:
    return Gregorian(day.year, day.month, day.day).to_hijri()


def _hijri_day(of: Hijri, day: int) -> date:
    """This day of the same Hijri month a year before; of a month that was shorter then, its last one."""
    length = Hijri(of.year - 1, of.month, 1).month_length()
    found = Hijri(of.year - 1, of.month, min(day, length)).to_gregorian()
    return date(found.year, found.month, found.day)


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
