"""Pictures of answers, as SVG that browsers and the PDF typesetter both read. VIEWS: one drawing for each view, one file each."""

from __future__ import annotations

from collections.abc import Callable

from masarat.analyse.answer import Answer, View
from masarat.show.pictures import bars, curve, flow, grid, ranking, stack, trend
from masarat.show.pictures import steps as step_list
from masarat.show.pictures.canvas import Canvas
from masarat.show.pictures.pointed import rows_behind
from masarat.show.pictures.scale import measures, steps
from masarat.show.pictures.svg import THEMES, Theme, css, element, text
from masarat.show.typeface import FAMILY

VIEWS: dict[View, Callable[[Canvas], tuple[float, list[str]]]] = {
    "trend": trend.draw,
    "ranking": ranking.draw,
    "bars": bars.draw,
    "grid": grid.draw,
    "curve": curve.draw,
    "stack": stack.draw,
    "flow": flow.draw,
    "steps": step_list.draw,
}


def draw(answer: Answer, *, theme: Theme = "light", width: float = 720, pointed: bool = False) -> str:
    """The picture of an answer; empty text where there is nothing to draw.

    The theme `page` takes its colours from the page's variables (see `css`), so that one picture serves light and dark. `pointed` pictures answer the pointer (see `pointed`); all others are for paper and files.
    """
    if answer.view not in VIEWS or not drawable(answer):
        return ""
    behind = rows_behind(answer) if pointed else {}
    height, pieces = VIEWS[answer.view](Canvas(answer, THEMES[theme], width, pointed, behind))
    return element(
        "svg",
        element("title", text(answer.title)),
        element("desc", text(answer.sentence)),
        *pieces,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=answer.title,
        data_view=answer.view if pointed else None,
        direction="ltr",
        font_family=f"{FAMILY}, system-ui, sans-serif",
        font_size=12,
    )


def drawable(answer: Answer) -> bool:
    """Whether there is any value to draw; a single point is no trend."""
    drawn, rows = measures(answer), answer.picture.rows
    if answer.view in ("trend", "stack") and len(steps(answer, rows)) < 2:
        return False
    return any(row.get(column.name) is not None for row in rows for column in drawn)


__all__ = ["Theme", "css", "draw", "drawable"]
