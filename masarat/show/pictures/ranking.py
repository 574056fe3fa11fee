"""A ranking: one bar a row, from the side where reading starts; several measures stand under each other."""

from __future__ import annotations

from masarat.analyse.answer import AnswerColumn
from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.scale import Scale, measures, width
from masarat.store import Row

TOP, ROW, BAR, GAP = 26.0, 26.0, 16.0, 10.0
SHOWN = 12
LABELS = 250.0  # most room for the names


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    picture, drawn = canvas.answer.picture, measures(canvas.answer)
    rows, name = picture.rows[:SHOWN], picture.columns[0]
    labels = [canvas.value(name, row[name.name]) for row in rows]
    room = min(LABELS, max(width(label, 13) for label in labels)) + 12
    along = _scale(canvas, rows, drawn, room)
    pieces, y = ([canvas.heading()], TOP) if len(drawn) == 1 else ([], 2.0)
    for row, label in zip(rows, labels, strict=True):
        middle = y + ROW * len(drawn) / 2 + 4.5
        own = [
            canvas.write(canvas.along(room - 10), middle, label, canvas.turned("end"), size=13, colour="ink", room=room - 10)
        ]  # fmt: skip
        for index, column in enumerate(drawn):
            own += _bar(canvas, row, column, along, y + index * ROW, index, named=len(drawn) > 1)
        values = [(column.title, canvas.value(column, row[column.name])) for column in drawn]
        pieces += canvas.together(own, **canvas.said(label, values, "", row)[1])
        y += ROW * len(drawn) + (GAP if len(drawn) > 1 else 0)
    return y + 6, pieces


def _scale(canvas: Canvas, rows: list[Row], drawn: list[AnswerColumn], room: float) -> Scale:
    """From the lowest value (or nothing) to the highest, with place for the words after the longest bar."""
    values = [row[column.name] or 0.0 for row in rows for column in drawn]
    words = max(
        width(_words(canvas, column, row[column.name], named=len(drawn) > 1), 12)
        for row in rows
        for column in drawn
    )
    low, high = min(0.0, *values), max(0.0, *values)
    return Scale(low, high or 1.0, room, canvas.width - words - 12)


def _bar(
    canvas: Canvas, row: Row, column: AnswerColumn, along: Scale, y: float, index: int, *, named: bool
) -> list[str]:
    value = row[column.name]
    start, end = sorted((along(0.0), along(value or 0.0)))
    colour = "attention" if (value or 0.0) < 0 else f"series-{index + 1}"
    words = _words(canvas, column, value, named=named)
    tip = ([], {}) if canvas.pointed else canvas.said("", (), canvas.value(column, value))
    return [
        canvas.bar(start, y + (ROW - BAR) / 2, end - start, BAR, colour, tip),
        canvas.write(canvas.along(end + 8), y + ROW / 2 + 4, words, canvas.turned("start"), colour="ink"),
    ]


def _words(canvas: Canvas, column: AnswerColumn, value: float | None, *, named: bool) -> str:
    short = canvas.short(column, value)
    return f"{short} {column.title}" if named else short
