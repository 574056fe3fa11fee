"""Native Excel charts: what a picture draws, written beside the table and drawn by Excel."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from masarat.analyse.answer import Answer, AnswerColumn
from masarat.show.pictures import drawable
from masarat.show.pictures.scale import Series, ranged, series, steps
from masarat.show.pictures.svg import LIGHT
from masarat.show.tables import cell
from masarat.store import Row

KINDS: dict[str, dict[str, str]] = {
    "trend": {"type": "line"},
    "curve": {"type": "scatter", "subtype": "smooth"},
    "ranking": {"type": "bar"},
    "steps": {"type": "bar"},
    "bars": {"type": "column"},
    "stack": {"type": "column", "subtype": "stacked"},
}
LYING = ("ranking", "steps")
LONGEST = 12  # bars of a ranking
ROWS_HIGH = 20  # sheet rows that a chart covers


def chart(book: Workbook, sheet: Worksheet, answer: Answer, row: int, place: int, title: str) -> None:
    """Insert the chart at a cell, with its data under it. Grids and tables have none."""
    if answer.view not in KINDS or not drawable(answer):
        return
    drawn = book.add_chart(KINDS[answer.view])
    places, lines = steps(answer, answer.picture.rows), series(answer, answer.picture.rows)
    if answer.view in LYING:
        lines = lines[:1] if answer.view == "steps" else lines  # of steps how many got there
        places, lines = (
            places[:LONGEST],
            [Series(line.title, line.colour, line.values[:LONGEST]) for line in lines],
        )
    first = row + ROWS_HIGH + 2
    _data(sheet, answer, places, lines, first, place, title)
    last, name = first + len(places), sheet.get_name()
    for index, line in enumerate(lines, place + 1):
        drawn.add_series({
            "name": [name, first, index],
            "categories": [name, first + 1, place, last, place],
            "values": [name, first + 1, index, last, index],
            **_look(answer, LIGHT[line.colour]),
        })  # fmt: skip
    _axes(drawn, answer, alone=len(lines) == 1)
    sheet.insert_chart(row, place, drawn, {"x_scale": 1.35, "y_scale": 1.35, "description": answer.sentence})


def _data(
    sheet: Worksheet, answer: Answer, places: list[Row], lines: list[Series], first: int, place: int, title: str
) -> None:  # fmt: skip
    axis = answer.picture.columns[0]
    sheet.write_string(first - 1, place, title)
    sheet.write_string(first, place, axis.title)
    for index, row in enumerate(places, first + 1):
        if answer.view == "curve":
            sheet.write_number(index, place, row[axis.name])
        else:
            sheet.write_string(index, place, _place(answer, axis, row))
    for column, line in enumerate(lines, place + 1):
        sheet.write_string(first, column, line.title or "—")
        for index, value in enumerate(line.values, first + 1):
            if value is not None:
                sheet.write_number(index, column, value)


def _place(answer: Answer, axis: AnswerColumn, row: Row) -> str:
    name = cell(answer, axis, row[axis.name])
    end = answer.picture.columns[1]
    return f"{name} – {cell(answer, end, row[end.name])}" if ranged(answer) else name


def _look(answer: Answer, colour: str) -> dict[str, Any]:
    line = {"color": colour, "width": 2.25}
    return {"line": line} if answer.view in ("trend", "curve") else {"fill": {"color": colour}, "gap": 40}


def _axes(drawn: Any, answer: Answer, *, alone: bool) -> None:
    """Bars start where reading starts; time runs from left to right; a single series needs no legend."""
    mirrored = answer.language == "ar"
    quiet = {"color": LIGHT["line"]}
    lying = answer.view in LYING
    drawn.set_title({"none": True})
    drawn.set_legend({"none": True} if alone else {"position": "top"})
    drawn.set_x_axis({"reverse": lying or (mirrored and answer.view == "bars"), "line": quiet})
    drawn.set_y_axis({
        "reverse": lying and mirrored,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": quiet},
        "num_format": "0%" if _percent(answer) else "#,##0",
    })  # fmt: skip


def _percent(answer: Answer) -> bool:
    return any(column.kind == "percent" for column in answer.picture.columns[1:2])
