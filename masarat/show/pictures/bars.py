"""Bars: upright columns side by side for a distribution; groups of several measures lie down, as in a ranking."""

from __future__ import annotations

from masarat.show.pictures import ranking
from masarat.show.pictures.canvas import TIME, Canvas
from masarat.show.pictures.scale import Scale, measures, width
from masarat.show.pictures.svg import element

TOP, BOTTOM, HEIGHT = 44.0, 30.0, 260.0
VALUED = 16  # up to so many columns each carries its value; of more, the highest


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    answer, drawn = canvas.answer, measures(canvas.answer)
    if len(drawn) > 1:
        return ranking.draw(canvas)
    axis, column, rows = answer.picture.columns[0], drawn[0], answer.picture.rows
    values = [row[column.name] or 0.0 for row in rows]
    up = Scale(min(0.0, *values), max(0.0, *values), HEIGHT - BOTTOM, TOP)
    slot = canvas.width / len(rows)
    thick = min(slot * 0.82, 84.0)
    names = [canvas.place(row) for row in rows]
    every = max(1, -(-int(max(width(name, 11) for name in names) + 8) // max(1, int(slot))))
    pieces = [canvas.heading(), canvas.rule(0, up(0), canvas.width, up(0), "quiet")]
    for index, (name, value) in enumerate(zip(names, values, strict=True)):
        middle = (index + 0.5) * slot
        x = middle if axis.kind in TIME else canvas.along(middle)
        top, low = sorted((up(value), up(0)))
        words = canvas.value(column, value)
        children, said = canvas.said(name, [(column.title, words)], f"{name}: {words}", rows[index])
        pieces.append(
            element("rect", *children, x=x - thick / 2, y=top, width=thick, height=max(low - top, 1), rx=2,
                    fill=canvas.colours["series-1" if value >= 0 else "attention"], **said)
        )  # fmt: skip
        if len(rows) <= VALUED or value == max(values):
            pieces.append(
                canvas.write(x, top - 6, canvas.short(column, value), "middle", size=11, colour="ink")
            )
        if index % every == 0:
            pieces.append(canvas.write(x, HEIGHT - 10, name, "middle", size=11))
    return HEIGHT, pieces
