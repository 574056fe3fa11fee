"""A stack: what a total over time is made of, gains above nothing and losses below it; time runs from left to right in every language."""

from __future__ import annotations

from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.marked import marked
from masarat.show.pictures.pointed import line_of
from masarat.show.pictures.scale import Scale, Series, measures, series, steps, ticks, width
from masarat.show.pictures.svg import element, text
from masarat.show.pictures.trend import BOTTOM, HEIGHT, TOP, days, rules, tips

SQUARE, LINE, SPACE = 10.0, 18.0, 16.0  # of the names over the picture


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    answer, rows = canvas.answer, canvas.answer.picture.rows
    lines, column = series(answer, rows), measures(answer)[0]
    places = [row[answer.picture.columns[0].name] for row in steps(answer, rows)]
    marks = ticks(_ends(lines), whole=column.kind == "count")
    left = max(width(canvas.short(column, mark), 11) for mark in marks) + 10
    slot = (canvas.width - 12 - left) / len(places)
    across = Scale(0, len(places) - 1, left + slot / 2, canvas.width - 12 - slot / 2)
    names, named = _names(canvas, lines)
    told = marked(canvas)
    up = Scale(
        marks[0], marks[-1], HEIGHT - BOTTOM, max(TOP, named + (2 * LINE if told.marks else LINE)) + told.room
    )
    pieces = [*names, *told.behind(across, up, 0.5), *rules(canvas, marks, up, left, across.end + slot / 2)]
    pieces += days(canvas, across, places)
    for index in range(len(places)):
        pieces += _column(canvas, lines, index, (across(index), slot * 0.72), up)
    pieces += told.above(across, up, 0.5)
    if canvas.pointed:
        for line in lines:
            said = line_of(line.title, canvas.values(column, line.values))
            pieces.append(element("g", **said, fill=canvas.colours[line.colour], data_zero=up(0)))
    return HEIGHT, pieces + tips(canvas, lines, across, up)


def _ends(lines: list[Series]) -> list[float]:
    """How high and how low each column reaches."""
    columns = list(zip(*([value or 0.0 for value in line.values] for line in lines), strict=True))
    return [sum(max(sign * value, 0.0) for value in of) * sign for sign in (1, -1) for of in columns]


def _column(
    canvas: Canvas, lines: list[Series], index: int, place: tuple[float, float], up: Scale
) -> list[str]:
    middle, thick = place
    ends, pieces = {True: 0.0, False: 0.0}, []
    for line in lines:
        value = line.values[index] or 0.0
        if not value:
            continue
        start = ends[value > 0]
        ends[value > 0] = start + value
        top, low = sorted((up(start), up(start + value)))
        pieces.append(
            element("rect", x=middle - thick / 2, y=top, width=thick, height=low - top, fill=canvas.colours[line.colour],
                    data_of=lines.index(line) if canvas.pointed else None)
        )  # fmt: skip
    return pieces


def _names(canvas: Canvas, lines: list[Series]) -> tuple[list[str], float]:
    """What each colour is, from the start of the line on, in as many lines as it takes; and where the last of them stands."""
    unit = canvas.speaker.sign(canvas.answer.currency) if measures(canvas.answer)[0].kind == "money" else ""
    pieces = [canvas.write(canvas.along(0), 12, unit, canvas.turned("start"))] if unit else []
    x, y = width(unit, 12) + (SPACE if unit else 0.0), 12.0
    for line in lines:
        room = SQUARE + 6 + width(line.title, 12)
        if x + room > canvas.width:
            x, y = 0.0, y + LINE
        square = canvas.width - x - SQUARE if canvas.rtl else x
        tip = element("title", text(line.title))
        own = [
            element("rect", tip, x=square, y=y - SQUARE + 1, width=SQUARE, height=SQUARE, rx=2, fill=canvas.colours[line.colour]),
            canvas.write(canvas.along(x + SQUARE + 6), y, line.title, canvas.turned("start")),
        ]  # fmt: skip
        pieces += canvas.together(own, data_name=lines.index(line))
        x += room + SPACE
    return pieces, y
