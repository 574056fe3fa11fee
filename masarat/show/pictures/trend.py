"""A trend: lines over time, which runs from left to right in every language; the compared period quiet and dashed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import inf
from typing import Any

from masarat.show.pictures.canvas import LONG, Canvas
from masarat.show.pictures.marked import marked
from masarat.show.pictures.pointed import Attributes, ground, line_of, spans
from masarat.show.pictures.scale import Scale, Series, measures, series, split, steps, ticks, width
from masarat.show.pictures.svg import element, text

TOP, BOTTOM, HEIGHT = 40.0, 44.0, 280.0
REACH = 8.0  # beyond the ends of lines: their names stand there
LABEL = 15.0  # least distance between two labels at the ends of lines


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    answer, rows = canvas.answer, canvas.answer.picture.rows
    lines = [_named(canvas, line) for line in series(answer, rows)]
    before = series(answer, answer.picture.before)[:1] if len(lines) == 1 and answer.picture.before else []
    column = measures(answer)[0]
    marks = ticks(
        (value for line in [*lines, *before] for value in line.values), whole=column.kind == "count"
    )
    left = max(width(canvas.short(column, mark), 11) for mark in marks) + 10
    right = max(width(line.title, 12) for line in lines) + 14 if len(lines) > 1 else 18
    count = len(lines[0].values)
    across = Scale(0, count - 1, left + 4, canvas.width - min(right, 160))
    told = marked(canvas)
    up = Scale(marks[0], marks[-1], HEIGHT - BOTTOM, TOP + told.room)
    drawn = [canvas.heading(_note(canvas, len(lines))), *told.behind(across, up)]
    drawn += rules(canvas, marks, up, left, across.end)
    drawn += days(canvas, across, [row[answer.picture.columns[0].name] for row in steps(answer, rows)])
    drawn += told.above(across, up)
    for line in before:
        dashed = [canvas.dashed(run) for run in _points(line, across, up)]
        drawn += [*canvas.before(), *canvas.together(dashed, **_said(canvas, line, before=True))]
    drawn += [_area(canvas, lines[0], across, up)] if len(lines) == 1 else []
    for line in lines:
        drawn += canvas.together([_path(canvas, line, across, up)], **_said(canvas, line))
    drawn += _peaks(canvas, lines[0], across, up) if len(lines) == 1 else _ends(canvas, lines, across, up)
    return HEIGHT, drawn + tips(canvas, lines, across, up, reach=REACH)


def _named(canvas: Canvas, line: Series) -> Series:
    return line if line.title else Series(canvas.speaker.say("unknown"), line.colour, line.values)


def _note(canvas: Canvas, drawn: int) -> str:
    """Says so where only the largest parts are drawn."""
    picture = canvas.answer.picture
    parts = len({row["breakdown"] for row in picture.rows}) if split(canvas.answer) else drawn
    if parts == drawn:
        return ""
    caption = canvas.caption(measures(canvas.answer)[0])
    return canvas.speaker.say("drawn", title=caption, drawn=drawn, all=parts)


def rules(canvas: Canvas, marks: Sequence[float], up: Scale, left: float, end: float) -> list[str]:
    column = measures(canvas.answer)[0]
    return [
        piece
        for mark in marks
        for piece in (
            canvas.rule(left, up(mark), end, up(mark), "quiet" if mark == 0 else "line"),
            canvas.write(left - 8, up(mark) + 4, canvas.short(column, mark), "end", size=11),
        )
    ]


def days(canvas: Canvas, across: Scale, marked: Sequence[Any]) -> list[str]:
    """As many days as there is room for, each year named once, under its first."""
    kind = canvas.answer.picture.columns[0].kind
    monthly = kind == "month" or all(_apart(one, two) >= 28 for one, two in pairwise(marked))
    named = [canvas.day(day, kind, monthly=monthly) for day in marked]
    room = max(width(name, 11) for name, _ in named) + 14
    every = max(1, -(-int(room * len(marked)) // int(across.end - across.start)))
    pieces, year = [], ""
    for index in range(0, len(marked), every):
        name, its_year = named[index]
        pieces.append(canvas.write(across(index), HEIGHT - 24, name, "middle", size=11))
        if its_year != year:
            pieces.append(canvas.write(across(index), HEIGHT - 8, its_year, "middle", size=11))
            year = its_year
    return pieces


def _apart(one: date, two: date) -> int:
    return (two - one).days


def _points(line: Series, across: Scale, up: Scale) -> list[list[tuple[float, float]]]:
    """The points of a line, cut where there is nothing to show, and where the paper ends."""
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(line.values[: round(across.high) + 1]):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((across(index), up(value)))
    return [run if len(run) > 1 else run * 2 for run in runs if run]


def _path(canvas: Canvas, line: Series, across: Scale, up: Scale) -> str:
    thick = 2.25 if len(line.values) <= LONG else 1.25
    return "".join(
        canvas.line(run, stroke=canvas.colours[line.colour], stroke_width=thick)
        for run in _points(line, across, up)
    )


def _area(canvas: Canvas, line: Series, across: Scale, up: Scale) -> str:
    floor = up(max(0.0, up.low))
    return "".join(
        element(
            "path",
            d="M"
            + "L".join(f"{x:.1f} {y:.1f}" for x, y in [(run[0][0], floor), *run, (run[-1][0], floor)])
            + "Z",
            fill=canvas.colours[line.colour],
            fill_opacity=0.08,
        )
        for run in _points(line, across, up)
    )


def _peaks(canvas: Canvas, line: Series, across: Scale, up: Scale) -> list[str]:
    """The highest point and the last one, with their values."""
    column = measures(canvas.answer)[0]
    known = [index for index, value in enumerate(line.values) if value is not None]
    highest = max(known, key=lambda index: line.values[index] or 0.0)
    pieces = []
    for index in {highest, known[-1]}:
        value = line.values[index] or 0.0
        label = canvas.short(column, value)
        x = min(max(across(index), width(label, 12) / 2), canvas.width - width(label, 12) / 2)
        pieces += [
            element("circle", cx=across(index), cy=up(value), r=4, fill=canvas.colours[line.colour],
                    stroke=canvas.colours["paper"], stroke_width=2),
        ]  # fmt: skip
        if index == highest or abs(across(index) - across(highest)) > width(label, 12) * 1.5:
            falls = index and (line.values[index - 1] or 0.0) > value and up(value) < up.start - 24
            y = up(value) + (20 if falls else -10)
            pieces.append(canvas.write(x, y, label, "middle", weight=600, colour="ink", over=True))
    return pieces


def _ends(canvas: Canvas, lines: Sequence[Series], across: Scale, up: Scale) -> list[str]:
    """The name of each line at its end, kept apart from its neighbours."""
    ends = sorted(((up(_last(line)), line) for line in lines), key=lambda end: end[0])
    lowest, pieces = up.end - LABEL, []
    for index, (y, line) in enumerate(ends):
        rest = len(ends) - 1 - index
        lowest = min(max(y, lowest + LABEL), HEIGHT - BOTTOM - rest * LABEL)
        name = canvas.write(
            across.end + 10, lowest + 4, line.title, size=12, weight=500, colour=line.colour, room=146
        )
        pieces += canvas.together([name], data_name=lines.index(line))
    return pieces


def _last(line: Series) -> float:
    return next((value for value in reversed(line.values) if value is not None), 0.0)


def _said(canvas: Canvas, line: Series, *, before: bool = False) -> Attributes:
    """What a line tells in the app: its values place by place, and a row of the table that is of its part."""
    if not canvas.pointed:
        return {}
    answer, column = canvas.answer, measures(canvas.answer)[0]
    words = canvas.values(column, line.values)
    if before:
        return line_of(canvas.speaker.say("before"), words) | {"data_before": "1"}
    part = (row for row in answer.rows if split(answer) and row.get("breakdown") == line.title)
    found = next(part, None)
    return line_of(line.title, words) | {"data_row": answer.rows.index(found) if found else None}


def tips(
    canvas: Canvas, lines: Sequence[Series], across: Scale, up: Scale, *, reach: float = inf
) -> list[str]:
    """What stands at each point, for whoever points at it; in a long picture on paper nothing. The last ones `reach` so far beyond the ends."""
    answer = canvas.answer
    axis, column = answer.picture.columns[0], measures(answer)[0]
    places = steps(answer, answer.picture.rows)
    if canvas.pointed:
        step = across(1) - across(0)
        reach = min(step / 2, reach)
        box = (
            max(across(0) - reach, 0),
            up.end,
            min(across(len(places) - 1) + reach, canvas.width),
            up.start,
        )
        names = [canvas.value(axis, row[axis.name]) for row in places]
        return [ground(names, box, first=across(0), step=step, days=spans(answer))]
    if len(places) > LONG:
        return []
    half = (across(1) - across(0)) / 2
    pieces = []
    for index, row in enumerate(places):
        values = [f"{line.title}: {canvas.value(column, line.values[index])}" for line in lines]
        tip = " · ".join([canvas.value(axis, row[axis.name]), *values])
        pieces.append(
            element("rect", element("title", text(tip)), x=across(index) - half, y=up.end, width=half * 2,
                    height=up.start - up.end, fill_opacity=0)
        )  # fmt: skip
    return pieces
