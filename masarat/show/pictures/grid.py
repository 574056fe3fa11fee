"""A grid: the first column names its rows, the second its columns, the darker the more."""

from __future__ import annotations

from typing import Any

from masarat.analyse.answer import AnswerColumn
from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.scale import width
from masarat.show.pictures.svg import element
from masarat.store import Row

TOP, BOTTOM, GAP, LINE = 26.0, 44.0, 3.0, 15.0
TALL, FLAT, MANY = 46.0, 28.0, 9  # heights of a cell; so many lines or more are flat, with one value each
NARROW = 34.0  # narrower cells have no room for a value
NAMES = 0.3  # of the width, at most, for the names of the rows
DEEPEST = 0.7  # opacity of the fullest cell: ink on it still reads well, in the light and in the dark


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    picture = canvas.answer.picture
    down, across, *values = picture.columns
    lines = list(dict.fromkeys(row[down.name] for row in picture.rows))
    places = _across(picture.rows, across, lines)
    height = FLAT if len(lines) >= MANY else TALL
    room = min(max(width(canvas.value(down, line), 12) for line in lines) + 14, canvas.width * NAMES)
    slot = (canvas.width - room) / len(places)
    most = max(row[values[0].name] or 0.0 for row in picture.rows) or 1.0
    pieces = [canvas.heading(f"{canvas.caption(values[0])} · ↓ {down.title}")]
    for row in picture.rows:
        x, y = room + places.index(row[across.name]) * slot, TOP + lines.index(row[down.name]) * height
        pieces += _cell(canvas, row, (x, y, slot, height), most)
    for index, line in enumerate(lines):
        y = TOP + (index + 0.5) * height + 4
        pieces.append(
            canvas.write(
                canvas.along(room - 10), y, canvas.value(down, line), canvas.turned("end"), room=room - 10
            )
        )
    floor = TOP + len(lines) * height
    names, lower = _names(canvas, [canvas.value(across, place) for place in places], room, floor)
    pieces += names
    floor += lower
    pieces.append(
        canvas.write(canvas.along(room + (canvas.width - room) / 2), floor + 36, across.title, "middle")
    )
    return floor + BOTTOM, pieces


def _across(rows: list[Row], across: AnswerColumn, lines: list[Any]) -> list[Any]:
    """The columns: numbers and days by size; names as the rows have them, so that who stands in both is found on the diagonal."""
    found = list(dict.fromkeys(row[across.name] for row in rows))
    if across.kind == "text":
        return sorted(found, key=lambda name: lines.index(name) if name in lines else len(lines))
    return sorted(found)


def _names(canvas: Canvas, names: list[str], room: float, floor: float) -> tuple[list[str], float]:
    """The names below the columns, and how much lower they reach: of narrow columns not all, of long names every other a line lower."""
    slot = (canvas.width - room) / len(names)
    every = -(-int(NARROW * 0.7) // max(1, int(slot)))
    shown = list(enumerate(names))[::every]
    crowded = max(width(name, 12) for _, name in shown) > slot * every
    pieces = []
    for turn, (index, name) in enumerate(shown):
        x, y = canvas.along(room + (index + 0.5) * slot), floor + 16 + LINE * (crowded and turn % 2)
        space = min(slot * every * (1 + crowded) - 8 * crowded, 2 * x, 2 * (canvas.width - x))
        pieces.append(canvas.write(x, y, name, "middle", room=space))
    return pieces, LINE * crowded


def _cell(canvas: Canvas, row: Row, box: tuple[float, float, float, float], most: float) -> list[str]:
    """One cell; quiet and empty where nothing is known yet."""
    x, y, slot, height = box
    _, _, first, *more = canvas.answer.picture.columns
    value = row[first.name]
    shade = 0.06 + (DEEPEST - 0.06) * (max(value or 0.0, 0.0) / most) ** 0.5
    left = canvas.width - x - slot if canvas.rtl else x
    middle, two = left + slot / 2, bool(more) and slot >= 56 and height == TALL
    values = [
        (column.title, canvas.value(column, row[column.name])) for column in canvas.answer.picture.columns
    ]
    tip = " · ".join(f"{title}: {words}" for title, words in values)
    name = " · ".join(f"{title}: {words}" for title, words in values[:2])
    children, said = canvas.said(name, values[2:], tip, row)
    pieces = [
        element("rect", *children, x=left + GAP / 2, y=y + GAP / 2, width=slot - GAP,
                height=height - GAP, rx=4, fill=canvas.colours["cell"], fill_opacity=shade, **said),
    ]  # fmt: skip
    if slot < NARROW or value is None:
        return pieces
    words = canvas.short(first, value)
    level = y + height / 2 + (-1 if two else 4)
    pieces.append(canvas.write(middle, level, words, "middle", weight=600, colour="ink"))
    if two:
        second = canvas.short(more[0], row[more[0].name])
        pieces.append(canvas.write(middle, y + height / 2 + 14, second, "middle", size=11, colour="ink"))
    return pieces
