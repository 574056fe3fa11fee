"""An Excel workbook: a sheet of key numbers, one sheet for each question with its rows and chart, and the definitions.

Numbers are numbers, days are days, and a text is never a formula. In Arabic the sheets run from right to left.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from babel.numbers import get_currency_precision
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from masarat.analyse.answer import Answer, AnswerColumn, Kind
from masarat.show.pictures.svg import LIGHT
from masarat.show.reports.build import Report
from masarat.show.reports.charts import chart
from masarat.show.reports.document import Chapter, document
from masarat.show.tables import FIGURES, cell, voice

HEAD = 4  # the row of the table's headings, counted from 0: title, sentence, notes and a gap stand above
LONGEST_TEXT = 32_767  # what a cell may hold
WIDEST = 48.0  # characters
TITLE = {"bold": True, "font_size": 16, "font_color": LIGHT["brand"]}
SENTENCE = {"font_size": 12, "text_wrap": True, "valign": "top"}
NOTE = {"font_size": 9, "font_color": LIGHT["attention"], "text_wrap": True, "valign": "top"}
QUIET = {"font_size": 9, "font_color": LIGHT["quiet"], "text_wrap": True, "valign": "top"}
HEADING = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}


class Book:
    """A workbook in memory that knows the report's language."""

    def __init__(self, report: Report) -> None:
        self.report, self.words = report, document(report)
        self.bytes = io.BytesIO()
        self.file: Workbook = xlsxwriter.Workbook(
            self.bytes, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.file.set_properties({"title": report.title, "author": self.words.words["brand"]})
        self._formats: dict[str, Format] = {}
        self._names: set[str] = set()

    def sheet(self, name: str) -> Worksheet:
        sheet = self.file.add_worksheet(self._free_name(name))
        sheet.hide_gridlines(2)
        if self.words.direction == "rtl":
            sheet.right_to_left()
        return sheet

    def _free_name(self, name: str) -> str:
        """A name as Excel allows it: 31 letters, no []:*?/\\, and only once."""
        clean = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "-"
        free = next(
            trial for n in range(1, 1000) if (trial := clean if n == 1 else f"{clean} {n}") not in self._names
        )
        self._names.add(free)
        return free

    def look(self, **properties: Any) -> Format:
        key = repr(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({"font_name": "Arial", "font_size": 10, **properties})
        return self._formats[key]

    def put(self, sheet: Worksheet, row: int, place: int, answer: Answer, kind: Kind, value: Any) -> None:
        """A value as what it is: number, day or text."""
        look = self.look(**({"num_format": written} if (written := number_format(answer, kind)) else {}))
        if value is None:
            sheet.write_blank(row, place, None, look)
        elif kind in FIGURES:
            sheet.write_number(row, place, value / 86_400 if kind == "duration" else value, look)
        elif kind == "time":
            local = value.astimezone(self.report.settings.zone).replace(tzinfo=None)
            sheet.write_datetime(row, place, local, look)
        elif kind in ("date", "month"):
            sheet.write_datetime(row, place, value, look)
        else:
            between = {"list": "، ", "path": " ← " if answer.language == "ar" else " → "}.get(kind)
            words = between.join(map(str, value)) if between else str(value)
            sheet.write_string(row, place, words[:LONGEST_TEXT], look)


def write(report: Report) -> bytes:
    book = Book(report)
    _glance(book)
    for answer, chapter in zip(report.answers, book.words.chapters, strict=True):
        _question(book, answer, chapter)
    _definitions(book)
    book.file.close()
    return book.bytes.getvalue()


def number_format(answer: Answer, kind: Kind) -> str:
    """How Excel shows a kind of value; money with its currency, in its own number of decimals."""
    decimals = "0" * int(get_currency_precision(answer.currency))
    sign = voice(answer).sign(answer.currency).replace('"', "")
    formats: dict[str, str] = {
        "count": "#,##0",
        "number": "#,##0.0",
        "days": "#,##0.0",
        "duration": "[h]:mm:ss",
        "percent": "0.0%",
        "money": "#,##0" + (f".{decimals}" if decimals else "") + f' "{sign}"',
        "date": "d mmm yyyy",
        "month": "mmm yyyy",
        "time": "d mmm yyyy hh:mm",
    }
    return formats.get(kind, "")


def _glance(book: Book) -> None:
    """Key numbers of every question beside those of the period before."""
    speak, report = book.report.speaker, book.report
    sheet = book.sheet(book.words.words["glance"])
    sheet.write_string(0, 0, report.title, book.look(**TITLE))
    for row, fact in enumerate(book.words.facts, 1):
        sheet.write_string(row, 0, fact.label, book.look(**QUIET))
        sheet.write_string(row, 1, f"{fact.value} ({fact.more})" if fact.more else fact.value, book.look())
    head = len(book.words.facts) + 2
    titles = ("question", "number", "value", "before", "change", "definition")
    for place, title in enumerate(titles):
        sheet.write_string(head, place, speak.say(title), book.look(**HEADING))
    row = head
    for answer in report.answers:
        for number in answer.numbers:
            row += 1
            sheet.write_string(row, 0, answer.title, book.look())
            sheet.write_string(row, 1, number.title, book.look())
            book.put(sheet, row, 2, answer, number.kind, number.value)
            book.put(sheet, row, 3, answer, number.kind, number.before)
            book.put(sheet, row, 4, answer, "percent", number.change)
            sheet.write_string(row, 5, number.formula, book.look(**QUIET))
    for place, wide in enumerate((26, 34, 20, 20, 12, 70)):
        sheet.set_column(place, place, wide)
    sheet.freeze_panes(head + 1, 0)


def _question(book: Book, answer: Answer, chapter: Chapter) -> None:
    sheet, last = book.sheet(answer.title), max(6, len(answer.columns) - 1)
    sheet.write_string(0, 0, answer.title, book.look(**TITLE))
    sheet.merge_range(1, 0, 1, last, "", book.look(**SENTENCE))
    sheet.write_string(1, 0, answer.sentence, book.look(**SENTENCE))
    sheet.set_row(1, 36)
    sheet.merge_range(2, 0, 2, last, "", book.look(**NOTE))
    noted = [f"{number}. {line}" for number, line in enumerate(chapter.noted, 1)]
    said = [chapter.footer, *chapter.notes, *noted]
    sheet.write_string(2, 0, "\n".join(said), book.look(**(NOTE if chapter.notes else QUIET)))
    sheet.set_row(2, min(14 * len(said), 400))
    columns = _columns(book, answer)
    place = _table(book, sheet, answer, columns)
    sheet.freeze_panes(HEAD + 1, 0)
    if answer.rows:
        sheet.autofilter(HEAD, 0, HEAD + len(answer.rows), place - 1)
    chart(book.file, sheet, answer, HEAD, place + 1, book.report.speaker.say("picture-data"))


def _columns(book: Book, answer: Answer) -> Sequence[tuple[AnswerColumn, bool]]:
    """The answer's columns; where its calendar is Hijri each day has its Hijri name beside it."""
    found: list[tuple[AnswerColumn, bool]] = []
    for column in answer.columns:
        found.append((column, False))
        if answer.calendar == "hijri" and column.kind in ("date", "month"):
            found.append((column, True))
    return found


def _table(book: Book, sheet: Worksheet, answer: Answer, columns: Sequence[tuple[AnswerColumn, bool]]) -> int:
    """Headings and rows; returns the first free column."""
    hijri = book.report.speaker.say("hijri")
    for place, (column, named) in enumerate(columns):
        title = f"{column.title} {hijri}" if named else column.title
        sheet.write_string(HEAD, place, title, book.look(**HEADING))
        shown = [cell(answer, column, row[column.name]) for row in answer.rows[:200]]
        wide = max([len(title) * 0.8, 9.0, *(len(words) + 3.0 for words in shown)])
        sheet.set_column(place, place, min(wide, WIDEST))
        for index, row in enumerate(answer.rows, HEAD + 1):
            if named and row[column.name] is not None:
                sheet.write_string(index, place, cell(answer, column, row[column.name]), book.look())
            else:
                book.put(sheet, index, place, answer, column.kind, row[column.name])
    return len(columns)


def _definitions(book: Book) -> None:
    sheet = book.sheet(book.words.words["definitions"])
    sheet.write_string(0, 0, book.words.words["definitions"], book.look(**TITLE))
    rows = [(group.title, each) for group in book.words.definitions for each in group.definitions]
    for row, (question, definition) in enumerate(rows, 2):
        sheet.write_string(row, 0, question, book.look(**QUIET))
        sheet.write_string(row, 1, definition.title, book.look(bold=True, valign="top"))
        sheet.write_string(row, 2, definition.formula, book.look(text_wrap=True))
    sheet.set_column(0, 1, 32)
    sheet.set_column(2, 2, 90)
