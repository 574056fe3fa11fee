"""Steps: one under the other, each a bar as long as the part of the first that got there; between them, how many went on.

The columns: the step, how many, their share of the first step, their share of the step before, how many left, and how long it took.
"""

from __future__ import annotations

from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.scale import width
from masarat.store import Row

TOP, STEP, BAR, BETWEEN = 4.0, 46.0, 20.0, 26.0
NAME, BASE = 13, 16.0  # size of a step's name, and its base line


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    rows, before = canvas.answer.picture.rows, canvas.answer.picture.before
    most = max((row["customers"] for row in rows), default=0) or 1
    pieces, y = [], TOP
    for index, row in enumerate(rows):
        earlier = before[index]["from_first"] if index < len(before) else None
        pieces += _step(canvas, row, y, most, earlier)
        y += STEP
        if index + 1 < len(rows):
            pieces += _between(canvas, rows[index + 1], y)
            y += BETWEEN
    if any(row["from_first"] for row in before):
        pieces += _said(canvas, y + 16)
        y += 22
    return y + 4, pieces


def _step(canvas: Canvas, row: Row, y: float, most: int, earlier: float | None) -> list[str]:
    """The step's name, its number at the other end of the line, its bar, and a mark where the period before stood."""
    step, customers, share, *_ = canvas.answer.picture.columns
    number = f"{canvas.value(customers, row['customers'])} · {canvas.value(share, row['from_first'])}"
    room = canvas.width - width(number, NAME) - 24
    floor = y + BASE + 8
    name, values = canvas.value(step, row["step"]), _values(canvas, row, earlier)
    tip = ([], {}) if canvas.pointed else canvas.said("", (), number)
    pieces = [
        canvas.write(canvas.along(0), y + BASE, canvas.value(step, row["step"]), canvas.turned("start"), size=NAME,
                     colour="ink", weight=500, room=room),
        canvas.write(canvas.along(canvas.width), y + BASE, number, canvas.turned("end"), size=NAME, colour="ink"),
        canvas.bar(0, floor, canvas.width, BAR, "line"),
        canvas.bar(0, floor, canvas.width * row["customers"] / most, BAR, "series-1", tip),
    ]  # fmt: skip
    if earlier:
        x = canvas.along(canvas.width * earlier)
        pieces.append(
            canvas.line([(x, floor - 3), (x, floor + BAR + 3)], **MARK, stroke=canvas.colours["ink"])
        )
    return canvas.together(pieces, **canvas.said(name, values, "", row)[1])


def _values(canvas: Canvas, row: Row, earlier: float | None) -> list[tuple[str, str]]:
    """All that is known of a step, and its share in the period before."""
    columns = canvas.answer.picture.columns[1:]
    known = [
        (column.title, canvas.value(column, row[column.name]))
        for column in columns
        if row[column.name] is not None
    ]
    return [*known, (canvas.speaker.say("before"), canvas.value(columns[1], earlier))] if earlier else known


MARK: dict[str, float | str | None] = {"stroke_width": 1.5, "stroke_dasharray": "2 3"}


def _between(canvas: Canvas, row: Row, y: float) -> list[str]:
    """↓ 45 % went on · 320 left · 5 minutes."""
    _, _, _, onward, left, long = canvas.answer.picture.columns
    if row["from_previous"] is None:
        return []
    parts = [f"{onward.title}: {canvas.value(onward, row['from_previous'])}"]
    if row["left_before"] is not None:
        parts.append(f"{left.title}: {canvas.value(left, row['left_before'])}")
    if row["median"] is not None:
        parts.append(f"{long.title}: {canvas.value(long, row['median'])}")
    words = "↓ " + " · ".join(parts)
    return [
        canvas.write(canvas.along(0), y + BASE, words, canvas.turned("start"), size=12, room=canvas.width)
    ]


def _said(canvas: Canvas, y: float) -> list[str]:
    """What the dashed mark is."""
    x = canvas.along(2)
    words = canvas.write(canvas.along(10), y, canvas.speaker.say("before"), canvas.turned("start"))
    return [canvas.line([(x, y - 11), (x, y + 3)], **MARK, stroke=canvas.colours["ink"]), words]
