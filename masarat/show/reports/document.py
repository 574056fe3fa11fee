"""A report laid out in plain words, each value said and each picture drawn: what the PDF, HTML and Excel writers only place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from babel.numbers import get_currency_name

from masarat.analyse import Answer
from masarat.analyse.answer import AnswerColumn, Number, Span
from masarat.settings import Calendar
from masarat.show.noted import told
from masarat.show.pictures import Theme, draw, drawable
from masarat.show.pictures.canvas import TIME
from masarat.show.reports.build import Report
from masarat.show.reports.words import WORDS
from masarat.show.tables import cell, heading, sample_words, voice
from masarat.store import Row
from masarat.words import LRI, PDI, Speaker, speaker

ROWS, COLUMNS = 12, 7  # of a table on paper, under its picture
ALONE = 2 * ROWS  # without a picture above it
ITEMS = 1  # of a list in a cell
DEFINED = 6  # figures whose definitions stand under the answer; all of them stand on the last pages


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the cover."""

    label: str
    value: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """An overall number, with how it moved."""

    title: str
    value: str
    change: str


@dataclass(frozen=True, slots=True)
class Definition:
    title: str
    formula: str


@dataclass(frozen=True, slots=True)
class Group:
    """The definitions that a question brings."""

    title: str
    definitions: list[Definition]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One answer in words."""

    name: str
    title: str
    sentence: str
    figures: list[Figure]
    picture: str
    noted: list[str]
    heads: list[str]
    kinds: list[str]
    rows: list[list[str]]
    rest: list[str]
    notes: list[str]
    footer: str
    definitions: list[Definition]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in words: what the templates lay out."""

    language: str
    direction: str
    title: str
    period: str
    words: dict[str, str]
    facts: list[Fact]
    chapters: list[Chapter]
    definitions: list[Group]


def document(report: Report, *, theme: Theme = "light") -> Document:
    """The report in words, its pictures drawn."""
    chapters = [_chapter(report, answer, theme) for answer in report.answers]
    return Document(
        language=report.first.language,
        direction="rtl" if report.first.language == "ar" else "ltr",
        title=report.title,
        period=_span(report.speaker, report.first.period),
        words={
            key: report.speaker.say(key) for key in ("brand", "tagline", "glance", "definitions", "on-before")
        },
        facts=_facts(report),
        chapters=chapters,
        definitions=_all_definitions(report.answers),
    )


def _facts(report: Report) -> list[Fact]:
    speak, first = report.speaker, report.first
    other: Calendar = "gregorian" if first.calendar == "hijri" else "hijri"
    twin = speaker(WORDS, first.language, other)
    currency = str(get_currency_name(first.currency, locale=first.language)) if first.currency else ""
    found = [
        Fact(speak.say("period"), _span(speak, first.period), _span(twin, first.period)),
        Fact(speak.say("currency"), currency, first.currency),
        Fact(speak.say("made"), speak.day(report.made_at.date()), twin.day(report.made_at.date())),
    ]
    if report.until:
        found.insert(2, Fact(speak.say("until"), speak.day(report.until), twin.day(report.until)))
    return found


def _span(speak: Speaker, span: Span | None) -> str:
    if span is None:
        return "—"
    return speak.say("span", first=speak.day(span.first), last=speak.day(span.last))


def _chapter(report: Report, answer: Answer, theme: Theme) -> Chapter:
    columns, rows = _filled(answer)[:COLUMNS], _shown(answer)
    return Chapter(
        name=answer.analysis,
        title=answer.title,
        sentence=_unbroken(answer, answer.sentence),
        figures=[_figure(answer, number) for number in answer.numbers if number.value is not None],
        picture=draw(answer, theme=theme),
        noted=[one.line for one in told(answer)],
        heads=[heading(answer, column) for column in columns] if rows else [],
        kinds=[column.kind for column in columns],
        rows=[[_brief(answer, column, row[column.name]) for column in columns] for row in rows],
        rest=_rest(report.speaker, answer),
        notes=[_unbroken(answer, note) for note in answer.notes if note != answer.sentence],
        footer=_footer(report.speaker, answer),
        definitions=_definitions(answer.numbers[:DEFINED]),
    )


def _shown(answer: Answer) -> list[Row]:
    """The rows that have room: of time the latest, of anything else the first."""
    over_time = bool(answer.columns) and answer.columns[0].kind in TIME
    room = _room(answer)
    return answer.rows[-room:] if over_time else answer.rows[:room]


def _room(answer: Answer) -> int:
    return ROWS if drawable(answer) else ALONE


def _unbroken(answer: Answer, words: str) -> str:
    """The words, with amounts that no line end parts from their currency."""
    sign = voice(answer).sign(answer.currency)
    after, before = rf"(?<=[\d{PDI}]) (?={re.escape(sign)})", rf"(?<=\b{re.escape(sign)}) (?=[\d{LRI}-])"
    return re.sub(rf"{after}|{before}", "\u00a0", words)


def _brief(answer: Answer, column: AnswerColumn, value: Any) -> str:
    """A cell on paper: of a long list the first, and how many more."""
    if column.kind != "list" or not value or len(value) <= ITEMS:
        return cell(answer, column, value)
    return f"{cell(answer, column, value[:ITEMS])} {LRI}+{len(value) - ITEMS}{PDI}"


def _filled(answer: Answer) -> list[AnswerColumn]:
    """The columns that hold anything."""
    empty: tuple[Any, ...] = (None, "", [])
    return [column for column in answer.columns if any(row[column.name] not in empty for row in answer.rows)]


def _definitions(columns: Iterable[AnswerColumn]) -> list[Definition]:
    """What the numbers mean, each once, by title."""
    known = {Definition(column.title, column.formula) for column in columns if column.formula}
    return sorted(known, key=lambda each: (each.title, each.formula))


def _all_definitions(answers: Iterable[Answer]) -> list[Group]:
    """Every definition once, under the first question that brings it."""
    groups, known = [], set[Definition]()
    for answer in answers:
        found = _definitions((*answer.numbers, *answer.columns, *answer.picture.columns))
        if new := [each for each in found if each not in known]:
            groups.append(Group(answer.title, new))
        known.update(found)
    return groups


def _figure(answer: Answer, number: Number) -> Figure:
    speak, change = voice(answer), number.change
    value = (
        speak.money(number.value, answer.currency, whole=True)
        if number.kind == "money"
        else cell(answer, _column(number), number.value)
    )
    if change is None or abs(change) < 0.0005:
        return Figure(number.title, value, "")
    arrow = "↑" if change > 0 else "↓"
    return Figure(number.title, value, f"{arrow} {speak.percent(abs(change))}")


def _column(number: Number) -> AnswerColumn:
    return AnswerColumn(name=number.name, kind=number.kind, title=number.title)


def _rest(speak: Speaker, answer: Answer) -> list[str]:
    """What the paper had no room for."""
    rows, columns = len(answer.rows) - _room(answer), len(_filled(answer)) - COLUMNS
    said = [speak.say("more-rows", n=rows)] if rows > 0 else []
    return said + ([speak.say("more-columns", n=columns)] if columns > 0 and answer.rows else [])


def _footer(speak: Speaker, answer: Answer) -> str:
    """The days, what they are compared with, and what the answer rests on."""
    parts = [_span(speak, answer.period)]
    if answer.compared:
        parts.append(speak.say("compared", span=_span(speak, answer.compared)))
    if answer.sample:
        parts.append(f"{speak.say('basis')} {sample_words(answer)}")
    return " · ".join(parts)
