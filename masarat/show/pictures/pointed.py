"""What a picture tells whoever points at it in the app (`web/app/src/pointing.ts`): attributes of data on its marks, never markup.

A mark has `data-tip`: its name, then a line for each value, title and value apart by a tab. Lines over many places have all their values in one
attribute, packed, so that a long trend grows little. Reports and files have none of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from masarat.analyse.answer import Answer
from masarat.analyse.noted import days_of, lengths
from masarat.show.pictures.svg import element
from masarat.store import Row

Attributes = dict[str, str | float | None]
APART = "|"  # between packed words
MISSING = "~"  # of a place where nothing is known
TURNED = str.maketrans({"\n": " ", "\t": " ", "\r": " "})


def tip(name: str, values: Iterable[tuple[str, str]]) -> str:
    """The name of a mark and its values, as `data-tip` has them."""
    lines = [name.translate(TURNED)]
    lines += [f"{title.translate(TURNED)}\t{value.translate(TURNED)}" for title, value in values]
    return "\n".join(lines)


def packed(names: Sequence[str]) -> str:
    """Names in a row; of one that ends like the name before it the first word alone: `1 May 2025|2|3`."""
    parts, before = [], None
    for name in names:
        first, _, rest = name.replace(APART, "¦").partition(" ")
        parts.append(first if rest == before else f"{first} {rest}")
        before = rest
    return APART.join(parts)


def figures(values: Sequence[str | None]) -> tuple[str, str]:
    """Values in a row without what all of them begin and end with, and that: `SAR |` around `1.50|2.00`."""
    known = [value.replace(APART, "¦") for value in values if value is not None]
    before = _shared(known)
    rests = [value[len(before) :] for value in known]
    after = _shared([rest[::-1] for rest in rests])[::-1]
    short = iter([rest[: len(rest) - len(after)] for rest in rests])
    return APART.join(MISSING if value is None else next(short) for value in values), before + APART + after


def _shared(words: Sequence[str]) -> str:
    """What all of them begin with."""
    letters = zip(*words, strict=False)
    return "".join(same[0] for same in takewhile(lambda same: len(set(same)) == 1, letters))


def line_of(title: str, values: Sequence[str | None]) -> Attributes:
    """What a line has: its name, and its values place by place."""
    short, around = figures(values)
    return {"data_line": title, "data_values": short, "data_around": around}


def ground(
    names: Sequence[str], box: tuple[float, float, float, float], *,
    first: float | None = None, step: float | None = None, days: str | None = None, axis: str | None = None,
) -> str:  # fmt: skip
    """Where lines are pointed at, from edge to edge (left, top, right, bottom): the names of its places, and the days they stand for.

    The `first` place stands there and each next one a `step` further, unless they have an `axis`, by its name: then each stands where the
    first line has its point.
    """
    left, top, right, bottom = box
    return element(
        "rect", x=left, y=top, width=right - left, height=bottom - top, fill_opacity=0,
        data_places=packed(names), data_first=first, data_step=step, data_days=days, data_axis=axis,
    )  # fmt: skip


def spans(answer: Answer) -> str | None:
    """The first day of a picture over days, and how many days each place stands for (once, where it is always as many)."""
    days = days_of(answer)
    if not days:
        return None
    long = lengths(days)
    return " ".join([days[0].isoformat(), *map(str, long[:1] if len(set(long)) == 1 else long)])


def rows_behind(answer: Answer) -> Mapping[int, int]:
    """Of each row of the picture (by its id) the place of the same row in the table, where there is one and only one."""
    picture = answer.picture
    if picture.rows == answer.rows:
        return {id(row): place for place, row in enumerate(picture.rows)}
    own = {column.name for column in picture.columns}
    shared = [column.name for column in answer.columns if column.name in own]
    named = [
        column.name
        for column in answer.columns
        if column.name in shared and column.kind in ("text", "list", "path")
    ]
    keys = named or shared
    if not keys:
        return {}
    places = {_key(row, keys): place for place, row in enumerate(answer.rows)}
    table = Counter(_key(row, keys) for row in answer.rows)
    drawn = Counter(_key(row, keys) for row in picture.rows)
    return {
        id(row): places[key] for row in picture.rows if table[key := _key(row, keys)] == 1 and drawn[key] == 1
    }


def _key(row: Row, names: Sequence[str]) -> str:
    found: list[Any] = [row.get(name) for name in names]
    return json.dumps(found, default=str)
