"""A grid: the first column names its rows, the second its columns, the darker the more."""

from __future__ import annotations

from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.scale import width
from masarat.show.pictures.svg import element, text
from masarat.store import Row

TOP, BOTTOM, CELL, GAP = 26.0, 44.0, 46.0, 3.0
DEEPEST = 0.7  # opacity of the fullest cell: ink on it still reads well, in the light and in the dark


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    picture = canvas.answer.picture
    down, across, *values = picture.columns
    lines = list(dict.fromkeys(row[down.name] for row in picture.rows))
    places = list(
        dict.fromkeys(row[across.name] for row in sorted(picture.rows, key=lambda row: row[across.name]))
    )
    room = max(width(canvas.value(down, line), 12) for line in lines) + 14
    slot = (canvas.width - room) / len(places)
    most = max(row[values[0].name] or 0.0 for row in picture.rows) or 1.0
    pieces = [canvas.heading(f"{canvas.caption(values[0])} · ↓ {down.title}")]
    for row in picture.rows:
        x, y = room + places.index(row[across.name]) * slot, TOP + lines.index(row[down.name]) * CELL
        tip = " · ".join(
            f"{column.title}: {canvas.value(column, row[column.name])}" for column in picture.columns
        )
        pieces += _cell(canvas, row, x, y, slot, most, tip)
    for index, line in enumerate(lines):
        y = TOP + (index + 0.5) * CELL + 4
        pieces.append(
            canvas.write(canvas.along(room - 10), y, canvas.value(down, line), canvas.turned("end"))
        )
    floor = TOP + len(lines) * CELL
    for index, place in enumerate(places):
        x = canvas.along(room + (index + 0.5) * slot)
        pieces.append(canvas.write(x, floor + 16, canvas.value(across, place), "middle"))
    pieces.append(
        canvas.write(canvas.along(room + (canvas.width - room) / 2), floor + 36, across.title, "middle")
    )
    return floor + BOTTOM, pieces


def _cell(canvas: Canvas, row: Row, x: float, y: float, slot: float, most: float, tip: str) -> list[str]:
    _, _, first, *more = canvas.answer.picture.columns
    value = row[first.name]
    shade = 0.06 + (DEEPEST - 0.06) * (max(value or 0.0, 0.0) / most) ** 0.5
    left = canvas.width - x - slot if canvas.rtl else x
    middle, two = left + slot / 2, bool(more) and slot >= 56
    pieces = [
        element("rect", element("title", text(tip)), x=left + GAP / 2, y=y + GAP / 2, width=slot - GAP,
                height=CELL - GAP, rx=4, fill=canvas.colours["cell"], fill_opacity=shade),
        canvas.write(middle, y + CELL / 2 + (-1 if two else 4), canvas.short(first, value), "middle", weight=600, colour="ink"),
    ]  # fmt: skip
    if two:
        second = canvas.short(more[0], row[more[0].name])
        pieces.append(canvas.write(middle, y + CELL / 2 + 14, second, "middle", size=11, colour="ink"))
    return pieces
