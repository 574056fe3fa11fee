"""Time without gaps: a bucket in which nothing happened is shown, not skipped."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from masarat.store import Row

FILLED = 100  # parts of a breakdown without gaps, the largest; ten thousand parts on each day of a year would be millions of zeros


def dense(rows: list[Row], starts: list[date], silent: Row) -> list[Row]:
    """A row for every start and every part of a breakdown; `silent` stands where the store returned none, its first figure says who is large."""
    figure, *_ = silent
    sizes: dict[str, float] = defaultdict(float)
    known: dict[date, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        part = row.get("breakdown", "")
        sizes[part] += row.get(figure) or 0
        known[row["start"]][part] = row
    filled = sorted(sizes, key=lambda part: (-sizes[part], part))[:FILLED] or [""]
    return [
        known[start].get(part, {**silent, "start": start, "breakdown": part})
        for start in starts
        for part in sorted({*known[start], *filled})
    ]
