"""Numbers on paper: nice ticks, straight scales, how wide words are, and which series a picture shows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from masarat.analyse.answer import Answer, AnswerColumn
from masarat.show.tables import FIGURES
from masarat.store import Row

COLOURS = 8
NOTHING = 1e-6  # values that differ by less stand at the same place
DRAWN = 6  # series in one picture; more are a tangle


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars."""

    title: str
    colour: str
    values: list[float | None]


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to a length on paper, straight."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)


def ticks(values: Iterable[float | None], count: int = 4, *, whole: bool = False) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) from zero, or below it, to above the highest value.

    A value that dips under the lowest by less than a tenth of a step gets no tick of its own.
    """
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    step = _nice((high - low) / count if high - low > NOTHING else 1.0)
    step = max(step, 1.0) if whole else step
    first, last = math.floor(low / step + 0.1), math.ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, max(last, first + 1) + 1)]


def _nice(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * nice for nice in (1, 2, 5, 10) if step <= power * nice * 1.0000001)


def width(words: str, size: float) -> float:
    """About how wide words are; counted generously, since the reader's own font may be another."""
    shown = [
        letter for letter in words if not ("\u2066" <= letter <= "\u2069" or "\u064b" <= letter <= "\u0652")
    ]
    return size * sum(_wide(letter) for letter in shown)


def _wide(letter: str) -> float:
    if letter in " .,،:il|'":
        return 0.34
    if letter in "%٪MW":
        return 0.95
    return 0.68 if letter.isupper() else 0.6


def shorten(words: str, size: float, room: float) -> str:
    """The words, or as many letters of them as the room holds, with an ellipsis."""
    if width(words, size) <= room:
        return words
    kept = len(words)
    while kept > 1 and width(words[:kept], size) > room - size:
        kept -= 1
    return words[:kept].rstrip() + "…"


def measures(answer: Answer) -> list[AnswerColumn]:
    """What is drawn: the measures of the first one's kind; of a picture that is the table itself, the first alone."""
    columns = answer.picture.columns
    found = [column for column in columns[2 if ranged(answer) else 1 :] if column.kind in FIGURES]
    if columns == answer.columns:
        return found[:1]
    return [column for column in found if column.kind == found[0].kind]


def ranged(answer: Answer) -> bool:
    """Whether the first two columns are the ends of a stretch (from, to), as in a distribution."""
    columns = answer.picture.columns
    return (
        answer.view == "bars"
        and len(columns) > 2
        and columns[0].kind in FIGURES
        and columns[0].kind == columns[1].kind
    )


def split(answer: Answer) -> bool:
    """Whether the rows of the picture stand for several parts, one series each."""
    return any(column.name == "breakdown" for column in answer.picture.columns)


def series(answer: Answer, rows: Sequence[Row]) -> list[Series]:
    """A series for each measure that has any value, or for each part of a breakdown (the largest few)."""
    drawn = measures(answer)
    drawn = [column for column in drawn if any(row[column.name] is not None for row in rows)] or drawn[:1]
    if split(answer) and drawn:
        return _parts(answer, rows, drawn[0].name)
    return [
        Series(column.title, f"series-{index % COLOURS + 1}", [row[column.name] for row in rows])
        for index, column in enumerate(drawn)
    ]


def steps(answer: Answer, rows: Sequence[Row]) -> list[Row]:
    """One row for each place on the axis."""
    axis = answer.picture.columns[0].name
    return list({row[axis]: row for row in rows}.values())


def _parts(answer: Answer, rows: Sequence[Row], measure: str) -> list[Series]:
    axis = answer.picture.columns[0].name
    places = {row[axis]: index for index, row in enumerate(steps(answer, rows))}
    values: dict[str, list[float | None]] = {}
    for row in rows:
        values.setdefault(row["breakdown"], [None] * len(places))[places[row[axis]]] = row[measure]
    largest = sorted(values, key=lambda part: (-sum(value or 0 for value in values[part]), part))[:DRAWN]
    colours = _kept_colours(largest)
    return [Series(part, colours[part], values[part]) for part in largest]


def _kept_colours(names: Sequence[str]) -> dict[str, str]:
    """A colour for each name that it keeps from picture to picture, as far as two do not want the same."""
    taken: dict[str, int] = {}
    for name in sorted(names):
        wish = crc32(name.encode()) % COLOURS
        taken[name] = next(
            (wish + turn) % COLOURS
            for turn in range(COLOURS)
            if (wish + turn) % COLOURS not in taken.values() or turn == COLOURS - 1
        )
    return {name: f"series-{index + 1}" for name, index in taken.items()}
