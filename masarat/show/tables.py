"""The rows of an answer as a table: its cells in words for people to read, and as CSV for other programs."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

from masarat.analyse import find
from masarat.analyse.answer import Answer, AnswerColumn
from masarat.words import Speaker, Words, speaker

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a text begins that a spreadsheet would run
FIGURES = ("count", "number", "money", "percent", "days", "duration")  # kinds that stand in columns of digits
BOM = "\ufeff"  # without it Excel reads Arabic in UTF-8 as noise


def voice(answer: Answer) -> Speaker:
    """Whoever says the values of this answer: its language and calendar."""
    return speaker(Words("", ""), answer.language, answer.calendar)


def heading(answer: Answer, column: AnswerColumn) -> str:
    """A column's title; that of money names the currency, once for all its cells."""
    return (
        f"{column.title} ({voice(answer).sign(answer.currency)})" if column.kind == "money" else column.title
    )


def cell(answer: Answer, column: AnswerColumn, value: Any) -> str:
    """A value in words. Money stands without its currency, which the heading names; whole months by their names."""
    speak = voice(answer)
    if value is None or (isinstance(value, str | list) and not value):
        return "—"
    if column.kind == "money":
        return speak.amount(value, answer.currency)
    if column.kind == "date" and answer.parameters.get("by") == "month":
        return speak.month(value)
    return speak.value(column.kind, value, answer.currency)


COUNTED = {
    "orders": "orders",
    "customers": "customers", "known": "customers", "entered": "customers", "reached": "customers",
    "visits": "visits", "entries": "visits",
    "walks": "sequences",
    "stays": "stays",
}  # fmt: skip


def sample_words(answer: Answer) -> str:
    """How much an answer rests on, in words: 1,441 customers. What has no word of its own are moves."""
    return voice(answer).say(f"sample-{COUNTED.get(find(answer.analysis).sample, 'moves')}", n=answer.sample)


def to_csv(answer: Answer) -> str:
    """UTF-8 with a byte-order mark; numbers plain, days in ISO, texts that a spreadsheet would run as formulas disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_plain(column.title) for column in answer.columns])
    for row in answer.rows:
        writer.writerow([_plain(row[column.name]) for column in answer.columns])
    return BOM + out.getvalue()


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool() | int():
            return str(value)
        case float():
            return repr(int(value)) if value.is_integer() else repr(value)
        case date() | datetime():
            return value.isoformat()
        case list() | tuple():
            return disarmed("; ".join(map(str, value)))
        case _:
            return disarmed(str(value))


def disarmed(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before a formula's first character."""
    return f"'{text}" if text.startswith(FORMULA) else text
