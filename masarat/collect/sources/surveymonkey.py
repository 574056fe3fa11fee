"""SurveyMonkey: the export of all responses, whose header is two rows: questions, and below them the answers or parts of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import polars as pl

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.sheets import Remade, Sheet
from masarat.collect.sources.base import Export, Source, each
from masarat.collect.sources.lines import cells, column_of

OPEN = ("", "response", "open-ended response", "open ended response")  # stand below a question of one part
_BLANK = re.compile(r"^column \d+$")  # what a column without a header is called


def reshapes(sheet: Sheet) -> Sheet | None:
    """One header of both rows: «How satisfied are you with — Delivery»."""
    respondent, collector = _ids(sheet)
    if not (respondent and collector) or not sheet.sample.height:
        return None
    first = sheet.sample.head(1)
    if cells(first, respondent)[0]:
        return None  # a header of one row, as some write it
    header: list[str] = []
    question = ""
    for name in sheet.header:
        below = cells(first, name)[0]
        question = question if _BLANK.match(name) else name
        part = question if below.casefold() in OPEN else f"{question} — {below}"
        header.append(part if part not in header else f"{part} ({len(header) + 1})")
    by = partial(
        _renamed, names=dict(zip(sheet.header, header, strict=True)), second=int(first[ROW_NUMBER][0])
    )
    return Remade(sheet.file, header, sheet.rows, of=sheet, by=by)


def _ids(sheet: Sheet) -> tuple[str, str]:
    return (
        column_of(sheet.header, "Respondent ID", "RespondentID"),
        column_of(sheet.header, "Collector ID", "CollectorID"),
    )


def _renamed(batches: Iterator[pl.DataFrame], names: dict[str, str], second: int) -> Iterator[pl.DataFrame]:
    for batch in batches:
        yield batch.filter(pl.col(ROW_NUMBER) != second).rename(names)


_COLUMNS = {
    "response_id": ("Respondent ID", "RespondentID"),
    "ts": ("End Date", "EndDate", "Date Modified", "Date Created", "Start Date", "StartDate"),
    "email": ("Email Address",),
    "first_name": ("First Name",),
    "last_name": ("Last Name", "LastName"),
}
_LACKS = ("time", "survey", "question", "answer", "score")

SURVEYMONKEY = Source(
    "surveymonkey",
    "SurveyMonkey",
    "سيرفاي مونكي",
    "Analyze Results → Save As → Export file → All responses data (CSV or XLSX).",
    (
        Export("answers", ("Respondent ID", "Collector ID"), _COLUMNS, lacks=_LACKS, dates="mdy"),
        Export("answers", ("RespondentID", "CollectorID"), _COLUMNS, lacks=_LACKS, dates="mdy"),
    ),
    arranges=each(reshapes),
    sample="""Respondent ID,Collector ID,Date Created,Date Modified,IP Address,Email Address,First Name,Last Name,Custom Data 1,How likely is it that you would recommend us to a friend?,How satisfied are you with,,Why?
,,,,,,,,,Response,Delivery,Price,Open-Ended Response
118001,4101,03/25/2025 10:00:00 AM,03/25/2025 10:04:00 AM,192.0.2.7,sara@example.com,Sara,Al-Harbi,,9,Very satisfied,Satisfied,التوصيل سريع
118002,4101,03/26/2025 09:00:00 PM,03/26/2025 09:02:00 PM,192.0.2.8,,,,,3,Dissatisfied,Neither satisfied nor dissatisfied,
""",
)  # fmt: skip
