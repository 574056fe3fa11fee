"""How cohorts stand in a table, and as the lines of a grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from masarat.analyse.base import Found
from masarat.models.cohorts import Cell, Cohort, average
from masarat.store import Row


def read_cohorts(found: Found, rows: Sequence[Row]) -> list[Cohort]:
    """What the step `found` of `comebacks` counted, cohort by cohort; the others of a breakdown at the end."""
    parts: dict[tuple[bool, str, int], list[Row]] = defaultdict(list)
    for row in rows:
        parts[row["rest"], row["breakdown"], row["start"]].append(row)
    return [
        Cohort(
            found.say("the-others") if rest else part,
            start,
            of[0]["ever"],
            {row["nth"]: row["customers"] for row in of},
            {row["nth"]: row["amount"] for row in of},
        )
        for (rest, part, start), of in sorted(parts.items())
    ]


def table(
    found: Found, cohorts: Sequence[Cohort], cells: Sequence[Sequence[Cell]], buckets: Sequence[date]
) -> list[Row]:
    """One row a cell."""
    return [
        _row(found, cohort, buckets[cohort.start - 1], cell)
        for cohort, of in zip(cohorts, cells, strict=True)
        for cell in of
    ]


def _row(found: Found, cohort: Cohort, began: date, cell: Cell) -> Row:
    low, high = cell.interval or (None, None)
    return {
        "cohort": began,
        "breakdown": cohort.part,
        "nth": cell.nth,
        "customers": cohort.size,
        "came": cell.came,
        "amount": cohort.amounts.get(cell.nth, 0.0),
        "rate": cell.rate,
        "low": low,
        "high": high,
        "state": found.say("over" if cell.is_over else "running"),
    }


def lines(
    found: Found, named: Sequence[str], cohorts: Sequence[Cohort], cells: Sequence[Sequence[Cell]], most: int
) -> list[Row]:
    """The average of all, and below it a line for each of the last names: of several cohorts with one name, their average."""
    sizes: dict[str, int] = defaultdict(int)
    of: dict[str, list[Cell]] = defaultdict(list)
    for name, cohort, its_cells in zip(named, cohorts, cells, strict=True):
        sizes[name] += cohort.size
        of[name] += its_cells
    drawn = _line(found.say("average"), [cell for its_cells in cells for cell in its_cells])
    for name, its_cells in list(of.items())[-most:]:
        size = found.speaker.count(sizes[name])
        drawn += _line(found.say("cohort-line", cohort=name, size=size), its_cells)
    return drawn


def _line(title: str, cells: list[Cell]) -> list[Row]:
    """From the period after the beginning on."""
    deepest = max((cell.nth for cell in cells), default=0)
    return [
        {
            "line": title,
            "nth": nth,
            "rate": average(cells, nth),
            "came": sum(cell.came for cell in cells if cell.nth == nth),
        }
        for nth in range(1, deepest + 1)
    ]
