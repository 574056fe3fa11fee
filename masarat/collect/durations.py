"""Durations as tills, phones and help desks write them: 205, 3:25, 0:03:25, 3m 25s, ٣ دقائق; in seconds."""

from __future__ import annotations

import polars as pl

from masarat.collect.values import read_number, western

_CLOCK = r"^(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?$"
_UNITS = {  # seconds in one, and how it is written
    86_400: r"(?:d|days?|يوم|أيام)",
    3_600: r"(?:h|hrs?|hours?|ساعة|ساعات|س)",
    60: r"(?:m|mins?|minutes?|دقيقة|دقائق|د)",
    1: r"(?:s|secs?|seconds?|ثانية|ثواني|ثوان|ث)",
}


def read_duration(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Seconds, and which cells are none. A bare number is seconds; what is empty is null and no fault.

    >>> read_duration(pl.Series(["205", "3:25", "0:03:25", "3m 25s", "", "long"]))[0].to_list()
    [205.0, 205.0, 205.0, 205.0, None, None]
    """
    if cells.dtype == pl.Duration:
        return cells.dt.total_microseconds() / 1e6, pl.repeat(False, len(cells), eager=True)
    if cells.dtype.is_numeric():
        return cells.cast(pl.Float64), pl.repeat(False, len(cells), eager=True)
    text = western(
        cells.cast(pl.String).fill_null("").str.strip_chars().str.strip_prefix("'").str.to_lowercase()
    )
    numbers = read_number(text)[0]
    frame = pl.DataFrame({"text": text, "number": numbers})
    clock = pl.col("text").str.extract_groups(_CLOCK).struct
    hours, minutes, seconds = (clock.field(str(n)).cast(pl.Float64, strict=False) for n in (1, 2, 3))
    of_clock = hours.fill_null(0) * 3_600 + minutes * 60 + seconds
    parts = [
        pl.col("text").str.extract(rf"(\d+(?:\.\d+)?)\s*{word}(?:\W|\d|$)").cast(pl.Float64) * size
        for size, word in _UNITS.items()
    ]
    written = pl.when(pl.any_horizontal(part.is_not_null() for part in parts)).then(
        pl.sum_horizontal(part.fill_null(0) for part in parts)
    )
    found = frame.select(pl.coalesce(of_clock, "number", written)).to_series()
    return found, found.is_null() & (text != "")
