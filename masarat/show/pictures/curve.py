"""A curve: how one measure grows with another, beside the line of equal shares where both are shares."""

from __future__ import annotations

from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.pointed import ground, line_of
from masarat.show.pictures.scale import Scale, measures, ticks, width
from masarat.show.pictures.svg import element
from masarat.store import Row

TOP, BOTTOM, HEIGHT = 34.0, 44.0, 280.0
GUIDE = 0.2  # where a curve of shares is read: the top fifth


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    picture, answer = canvas.answer.picture, canvas.answer
    axis, column = picture.columns[0], measures(answer)[0]
    shares = axis.kind == column.kind == "percent"
    rows = sorted(
        (row for row in picture.rows if row[column.name] is not None), key=lambda row: row[axis.name]
    )
    wide = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] if shares else ticks(row[axis.name] for row in rows)
    above = (
        max((row[column.name] for row in rows), default=1.0) > 1
    )  # a share of the whole that later goes down again
    tall = wide if shares and not above else ticks(row[column.name] for row in rows)
    left = max(width(canvas.short(column, mark), 11) for mark in tall) + 10
    across = Scale(wide[0], wide[-1], left, canvas.width - 18)
    up = Scale(tall[0], max(tall[-1], *(row[column.name] for row in rows)), HEIGHT - BOTTOM, TOP)
    pieces = [canvas.heading()]
    for mark in tall:
        pieces.append(canvas.rule(left, up(mark), across.end, up(mark), "quiet" if mark == 0 else "line"))
        pieces.append(canvas.write(left - 8, up(mark) + 4, canvas.short(column, mark), "end", size=11))
    pieces += [
        canvas.write(across(mark), HEIGHT - 26, canvas.short(axis, mark), "middle", size=11) for mark in wide
    ]
    pieces.append(canvas.write((left + across.end) / 2, HEIGHT - 8, canvas.caption(axis), "middle", size=11))
    if shares:
        pieces.append(canvas.rule(across(0), up(0), across(1), up(1)))
    before = sorted(
        (row for row in picture.before if row[column.name] is not None), key=lambda row: row[axis.name]
    )
    if before:
        dashed = canvas.dashed([(across(row[axis.name]), up(row[column.name])) for row in before])
        pieces += [dashed, *canvas.before()]
    points = [(across(row[axis.name]), up(row[column.name])) for row in rows]
    drawn = [canvas.line(points, stroke=canvas.colours["brand"], stroke_width=2.5)]
    words = canvas.values(column, [row[column.name] for row in rows])
    pieces += canvas.together(drawn, **line_of(column.title, words))
    if canvas.pointed:
        names = [canvas.value(axis, row[axis.name]) for row in rows]
        pieces.append(ground(names, (across.start, up.end, across.end, up.start), axis=axis.title))
    return HEIGHT, pieces + (_guide(canvas, rows, across, up) if shares else [])


def _guide(canvas: Canvas, rows: list[Row], across: Scale, up: Scale) -> list[str]:
    """What the top fifth holds, read off the curve."""
    axis, column = canvas.answer.picture.columns[0], measures(canvas.answer)[0]
    row = min(rows, key=lambda row: abs(row[axis.name] - GUIDE))
    x, y = across(row[axis.name]), up(row[column.name])
    words = (
        f"{canvas.short(axis, row[axis.name])} ← {canvas.short(column, row[column.name])}"
        if canvas.rtl
        else (f"{canvas.short(axis, row[axis.name])} → {canvas.short(column, row[column.name])}")
    )
    return [
        canvas.line([(x, up(0)), (x, y)], stroke=canvas.colours["line"], stroke_width=1.5),
        element("circle", cx=x, cy=y, r=4.5, fill=canvas.colours["brand"], stroke=canvas.colours["paper"], stroke_width=2),
        canvas.write(x + 12, y + 16, words, weight=600, size=13, colour="ink"),
    ]  # fmt: skip
