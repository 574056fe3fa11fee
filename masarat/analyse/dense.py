"""Time without gaps: a bucket in which nothing happened is shown, not skipped."""

from __future__ import annotations

from datetime import date

from masarat.store import Row


def dense(rows: list[Row], starts: list[date], silent: Row) -> list[Row]:
    """A row for every start and every part of a breakdown; `silent` stands where the store returned none."""
    parts = sorted({row.get("breakdown", "") for row in rows}) or [""]
    known = {(row["start"], row.get("breakdown", "")): row for row in rows}
    return [
        known.get((start, part), {**silent, "start": start, "breakdown": part})
        for start in starts
        for part in parts
    ]
