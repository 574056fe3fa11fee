"""How an answer looks on a page: its numbers as tiles, its rows as cells, its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from masarat.analyse import Answer, find
from masarat.analyse.answer import Number
from masarat.show.noted import Told, told
from masarat.show.pictures import draw
from masarat.show.tables import FIGURES, cell, heading, sample_words
from masarat.words import Speaker, speaker

WIDE, NARROW = 960, 420  # pixels
MOST_ROWS = 200  # on a page; the files have all
LESS_IS_BETTER = (
    "refunds", "return_rate", "slow_products", "abandoned", "abandoned_value", "abandonment_rate", "against_sales",
    "acquisition_cost", "unidentified", "leaving", "leaving_revenue", "bad", "warnings", "bounce_rate", "reloads", "rage_clicks",
    "errors", "lcp", "inp", "cls", "dropped", "share_dropped", "time_to_convert", "slow_to_convert", "slow", "quick", "silent", "back",
    "funnel_times.median", "friction", "complaints", "troubled", "refused_share", "days_to_door", "days_to_cash", "delivery.returned",
    "delivery.held", "held_7", "held_14", "held_30", "held_older", "blocked", "nothing", "nothing_share", "refined_share", "unopened",
    "position", "cart_abandonment", "search_position", "worse", "alarming",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: short on the tile, whole when pointed at."""

    title: str
    formula: str
    value: str
    whole: str
    change: str = ""
    rises: bool = False
    good: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column."""

    title: str
    formula: str
    figure: bool
    along: bool  # its cells run as the page does, whatever language their parts are in


@dataclass(frozen=True, slots=True)
class Face:
    """An answer ready for a template."""

    answer: Answer
    tiles: list[Tile]
    headings: list[Heading]
    rows: list[list[str]]
    hidden: int
    picture: Markup
    small: Markup  # the same for a narrow place
    noted: list[Told]  # what stands under the picture
    definitions: dict[str, str]
    footer: str


def face(answer: Answer, page: Speaker, *, rows: int = MOST_ROWS, pointed: bool = False) -> Face:
    """`pointed`: its pictures answer the pointer, which takes the app's script."""
    speak = speaker(find(answer.analysis).words, answer.language, answer.calendar)
    return Face(
        answer=answer,
        tiles=[_tile(number, answer, speak) for number in answer.numbers if number.value is not None],
        headings=[
            Heading(heading(answer, column), column.formula, column.kind in FIGURES, column.kind == "path")
            for column in answer.columns
        ],
        rows=[_cells(row, answer) for row in answer.rows[:rows]],
        hidden=max(0, len(answer.rows) - rows),
        picture=Markup(
            draw(answer, theme="page", width=WIDE, pointed=pointed)
        ),  # pictures escape what they draw
        small=Markup(draw(answer, theme="page", width=NARROW, pointed=pointed)),
        noted=told(answer),
        definitions={
            column.title: column.formula for column in (*answer.numbers, *answer.columns) if column.formula
        },
        footer=_footer(answer, speak, page),
    )


def _tile(number: Number, answer: Answer, speak: Speaker) -> Tile:
    whole = speak.value(number.kind, number.value, answer.currency)
    short = speak.money(number.value, answer.currency, whole=True) if number.kind == "money" else whole
    change, rises = number.change, (number.change or 0) > 0
    if change is None or abs(change) < 0.0005:
        return Tile(number.title, number.formula, short, whole)
    words = f"{'▲' if rises else '▼'} {speak.say('change-up' if rises else 'change-down', percent=speak.percent(abs(change)))}"
    names = {number.name, f"{answer.analysis}.{number.name}"}
    good = rises == names.isdisjoint(LESS_IS_BETTER)
    return Tile(number.title, number.formula, short, whole, words, rises, good)


def _cells(row: dict[str, Any], answer: Answer) -> list[str]:
    return [cell(answer, column, row[column.name]) for column in answer.columns]


def _footer(answer: Answer, speak: Speaker, page: Speaker) -> str:
    """The days and the sample an answer rests on."""
    if answer.period is None:
        return ""
    first, last = speak.day(answer.period.first), speak.day(answer.period.last)
    parts = [page.say("footer-period", first=first, last=last)]
    if answer.compared:
        before, until = speak.day(answer.compared.first), speak.day(answer.compared.last)
        parts.append(page.say("footer-compared", first=before, last=until))
    if answer.sample:
        parts.append(page.say("footer-sample", sample=sample_words(answer)))
    return " · ".join(parts)
