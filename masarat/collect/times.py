"""Cells → times in UTC, a whole column at a time: native times, spreadsheet and Unix numbers, and text (`written_dates`).

Whether 3/4/2025 is the third of April or the fourth of March is never guessed cell by cell: the whole column decides (`day_order`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

import polars as pl

from masarat.collect.values import as_text, over_distinct, western, without_empty
from masarat.collect.written_dates import LOCAL, plain_dates, read_dates
from masarat.events import TIME

ISO_FORMATS = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d", "%Y-%m-%d %H:%M")
# 2 January 1970 to 2149, in milliseconds: days that the store can count.
LIVED = (86_400_000, 5_648_745_600_000)

_MONTH = r"^(?:(?P<m1>\d{1,2})\s?[-/.]\s?(?P<y1>\d{4})|(?P<y2>\d{4})\s?[-/.]\s?(?P<m2>\d{1,2}))$"
_SLASHED = r"^\D*(\d{1,2})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(?:\d{2}|\d{4})(?:\D|$)"


@dataclass
class DayOrder:
    """What a column says about which of two numbers is the day, counted over its cells."""

    first: int = 0  # cells whose first number can only be a day
    second: int = 0
    open: int = 0  # cells where either could be

    def __add__(self, other: DayOrder) -> DayOrder:
        return DayOrder(self.first + other.first, self.second + other.second, self.open + other.open)

    @property
    def day_first(self) -> bool | None:
        """The majority; None where every cell is open. Dates that begin with the year ask nothing, so the answer is True."""
        if self.first or self.second:
            return self.first >= self.second
        return None if self.open else True


def day_order(cells: pl.Series) -> DayOrder:
    if cells.dtype != pl.String:
        return DayOrder()
    pair = western(cells).str.extract_groups(_SLASHED).struct.unnest()
    first, second = (part.cast(pl.Int32, strict=False) for part in pair.get_columns())
    return DayOrder(
        int(((first > 12) & (second <= 12)).sum()),
        int(((second > 12) & (first <= 12)).sum()),
        int(((first <= 12) & (second <= 12) & (first != second)).sum()),
    )


def read_time(
    cells: pl.Series, *, timezone: str, day_first: bool = True, clock: pl.Series | None = None
) -> tuple[pl.Series, pl.Series]:
    """Times in UTC, and which cells are none. `clock` is the time of day where it stands in a column of its own."""
    if clock is not None:
        cells = _joined(cells, clock)
    if cells.dtype.is_temporal():
        return _native(cells, timezone), pl.repeat(False, len(cells), eager=True)
    if cells.dtype.is_numeric():
        times = _from_number(cells.cast(pl.Float64), timezone)
        return times, times.is_null() & cells.is_not_null()
    times = _from_text(cells, day_first, timezone)
    missing = without_empty(cells).is_null() if times.null_count() else times.is_null()
    return times, times.is_null() & ~missing


def zone_in(header: str) -> str:
    """The zone that a column names of its times: `Submit Date (UTC)`, `added_at (Asia/Riyadh)`; empty where it names none."""
    named = re.search(r"\((UTC|GMT|[A-Z][A-Za-z]+/[A-Za-z_/]+)\)", header)
    zone = named[1].replace("GMT", "UTC") if named else ""
    return zone if zone == "UTC" or zone in available_timezones() else ""


def read_last_day(cells: pl.Series, *, timezone: str, day_first: bool = True) -> tuple[pl.Series, pl.Series]:
    """As `read_time`, of cells that may name a month alone (03/2026): its last day."""
    if cells.dtype == pl.String:
        month = western(cells).str.extract_groups(_MONTH).struct.unnest()
        first = month.select(
            pl.concat_str(pl.coalesce("y1", "y2"), pl.coalesce("m1", "m2").str.zfill(2), separator="-")
        ).to_series()
        last = first.str.to_date("%Y-%m", strict=False).dt.month_end().dt.to_string("%Y-%m-%d")
        cells = last.zip_with(last.is_not_null(), cells)
    return read_time(cells, timezone=timezone, day_first=day_first)


def within_day(times: pl.Series, days: pl.Series, timezone: str) -> pl.Series:
    """Times brought into the days that they are counted to: what came after midnight is the day's last second."""
    frame = pl.DataFrame({"time": times, "day": days})
    start = pl.col("day").dt.convert_time_zone(timezone).dt.truncate("1d")
    last = start.dt.offset_by("1d") - pl.duration(seconds=1, time_unit="ms")
    time = pl.col("time").dt.convert_time_zone(timezone)
    brought = pl.coalesce(pl.min_horizontal(pl.max_horizontal(time, start), last), time)
    brought = pl.when(pl.col("day").is_null()).then(time).otherwise(brought)
    return frame.select(brought.dt.convert_time_zone("UTC").cast(TIME).alias(times.name)).to_series()


def _native(cells: pl.Series, timezone: str) -> pl.Series:
    if isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone:
        return _plausible(cells.dt.convert_time_zone("UTC").dt.cast_time_unit("ms"))
    return to_utc(cells.cast(LOCAL), timezone)


def to_utc(local: pl.Series, timezone: str) -> pl.Series:
    """Local times in UTC. Of an hour that comes twice the earlier is meant; one that never was is read an hour later."""
    local = _plausible(local)
    fixed = _fixed_offset(local, timezone)
    if fixed is not None:
        return (local - fixed).dt.replace_time_zone("UTC")
    zoned = local.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    if zoned.null_count() > local.null_count():
        later = local.dt.offset_by("1h").dt.replace_time_zone(
            timezone, ambiguous="earliest", non_existent="null"
        )
        zoned = zoned.zip_with(zoned.is_not_null(), later)
    return zoned.dt.convert_time_zone("UTC")


def _fixed_offset(local: pl.Series, timezone: str) -> timedelta | None:
    """The zone's distance from UTC, if it is the same all through the column; looked up once a day, not once a row."""
    first, last = local.min(), local.max()
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return timedelta(0)  # no time at all
    days = pl.datetime_range(first, last, "12h", eager=True, time_unit="ms").extend(
        pl.Series([last], dtype=LOCAL)
    )
    zoned = days.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    offsets = (zoned.dt.base_utc_offset() + zoned.dt.dst_offset()).unique()
    offset = offsets[0] if len(offsets) == 1 and not zoned.null_count() else None
    return offset if isinstance(offset, timedelta) else None


def _plausible(times: pl.Series) -> pl.Series:
    """Times before or after anything a shop can have lived through are none."""
    since = times.to_physical()
    outside = ~since.is_between(*LIVED).fill_null(True)
    return times.set(outside, None) if outside.any() else times


def _from_number(numbers: pl.Series, timezone: str) -> pl.Series:
    """Days since 1899-12-30 as spreadsheets count, or seconds, milli- or microseconds since 1970."""
    frame = pl.DataFrame({"n": numbers})
    n = pl.col("n")
    days = pl.when(n.is_between(10_000, 100_000)).then((n * 86_400_000).round() - 2_209_161_600_000)
    solid = n.is_between(19_000_101, 21_001_231) & (n % 1 == 0)
    since = (
        pl.when(n.is_between(1e8, 1e10))
        .then(n * 1e3)
        .when(n.is_between(1e11, 1e13))
        .then(n)
        .when(n.is_between(1e14, 1e16))
        .then(n / 1e3)
    )
    found = frame.select(
        days=days.cast(pl.Int64).cast(LOCAL),
        since=since.round().cast(pl.Int64).cast(LOCAL).dt.replace_time_zone("UTC"),
        solid=pl.when(solid)
        .then(n.cast(pl.Int64, strict=False).cast(pl.String))
        .str.to_datetime("%Y%m%d", strict=False, time_unit="ms"),
    )
    local = found["days"].zip_with(found["days"].is_not_null(), found["solid"])
    utc = to_utc(local, timezone)
    return _plausible(utc.zip_with(utc.is_not_null(), found["since"]).cast(TIME))


def _from_text(text: pl.Series, day_first: bool, timezone: str) -> pl.Series:
    """ISO without a zone at once, the rest by pattern, each different cell once."""
    first = text.filter(text != "").head(100)
    parsed = (
        first.str.to_datetime(shape, strict=False, time_unit="ms").null_count() for shape in ISO_FORMATS
    )
    shape = next((shape for shape, nulls in zip(ISO_FORMATS, parsed, strict=True) if not nulls), "")
    if not shape:
        return over_distinct(text, lambda cells: _by_pattern(cells, day_first, timezone))
    times = to_utc(text.str.to_datetime(shape, strict=False, time_unit="ms"), timezone)
    rest = times.is_null() & (text != "")
    if not rest.any():
        return times
    found = over_distinct(text.filter(rest), lambda cells: _by_pattern(cells, day_first, timezone))
    return times.scatter(rest.arg_true(), found)


def _by_pattern(text: pl.Series, day_first: bool, timezone: str) -> pl.Series:
    plain = plain_dates(text)
    number = plain.str.contains(r"^\d{5}(\.\d+)?$|^\d{9,10}(\.\d+)?$|^\d{12,13}$|^\d{15,16}$")
    numbers = _from_number(plain.set(~number, None).cast(pl.Float64, strict=False), timezone)
    local, offset = read_dates(plain, day_first)
    utc = (local - offset).dt.replace_time_zone("UTC")
    times = utc.zip_with(offset.is_not_null(), to_utc(local.set(offset.is_not_null(), None), timezone))
    return _plausible(numbers.zip_with(number, times.cast(TIME)))


def _joined(date: pl.Series, clock: pl.Series) -> pl.Series:
    """Date and time of day as one text."""
    if date.dtype.is_temporal():
        date = date.dt.to_string("%Y-%m-%d")
    if clock.dtype.is_numeric():
        clock = (clock * 86_400).round().cast(pl.Int64) * 1_000_000_000
        clock = clock.cast(pl.Time, strict=False)
    day = as_text(date).str.replace(r"[T ]0?0:00(:00(\.0+)?)?$", "")
    time = as_text(clock).str.replace(r"^\d{4}-\d{2}-\d{2}[T ]", "")
    time = time.set(day.str.contains(r"\d:\d") | (day == ""), "")
    return (day + " " + time).str.strip_chars()
