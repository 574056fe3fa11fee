"""The sample of every source, as spreadsheets and people save it: what is read is the same."""

from __future__ import annotations

import csv
import io
import json
import re

import polars as pl
import pytest

from masarat.collect.choosing import Choices, choose
from masarat.collect.fields import ROW_NUMBER
from masarat.collect.reading import open_file
from masarat.collect.rows import read_batch
from masarat.collect.sources import SOURCES

ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.", "٬")
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
AMOUNT = re.compile(r"[\d,]{1,9}\.\d{2}")
FIGURES = re.compile(r"[+-]?[\d][\d.,:/+ -]*")
DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(?=$|[ T])")
REPORTS = (
    "google_ads",
    "meta_ads",
    "snapchat_ads",
    "tiktok_ads",
)  # whose rows without spend are left out without a word
TABLES = [
    source for source in SOURCES if source.exports and not source.sample.startswith(("{", "[", "BEGIN"))
]


def rows_of(text):
    """Lines before the header, the header, and the rows."""
    table = list(csv.reader(io.StringIO(text)))
    head = next(place for place, row in enumerate(table) if len(row) > 2)
    return table[:head], table[head], table[head + 1 :]


def told(before, header, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([*before, header, *rows])
    return out.getvalue()


def cell_by_cell(text, change):
    before, header, rows = rows_of(text)
    return told(before, header, [[change(cell) for cell in row] for row in rows])


def with_bom(text):
    return text.encode("utf-8-sig")


def as_windows_saves_it(text):
    return text.translate(WESTERN).replace("\n", "\r\n").encode("windows-1256")


def with_empty_lines(text):
    before, header, rows = rows_of(text)
    blank = [""] * len(header)
    return told(before, header, [each for row in rows for each in (row, blank)]) + "\n\n"


def in_arabic_digits(text):
    """Amounts with their Arabic marks, all else in Arabic digits only."""

    def change(cell):
        marked = ARABIC if AMOUNT.fullmatch(cell) else DIGITS
        return cell.translate(marked) if FIGURES.fullmatch(cell) else cell

    return cell_by_cell(text, change)


def with_apostrophes(text):
    return cell_by_cell(text, lambda cell: "'" + cell if FIGURES.fullmatch(cell) else cell)


def day_first(text):
    return cell_by_cell(text, lambda cell: DAY.sub(r"\3/\2/\1", cell))


def with_a_total(text):
    before, header, rows = rows_of(text)
    return told(before, header, [*rows, ["الإجمالي", *[""] * (len(header) - 2), "12345"]])


DISGUISES = (with_bom, as_windows_saves_it, with_empty_lines, in_arabic_digits, with_apostrophes, day_first, with_a_total)  # fmt: skip


def plain(props):
    """What no field took is kept as it stands; here only what it says counts."""
    said = {name: DAY.sub(r"\3/\2/\1", str(value)) for name, value in json.loads(props).items()}
    return {name: value.translate(WESTERN).removeprefix("'").replace(",", "") for name, value in said.items()}


@pytest.fixture
def read(records, store, tmp_path):
    def read(content, name, **choices):
        path = tmp_path / "export.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        [sheet] = open_file(path)
        chosen = choose(sheet, Choices(source="here", preset=name, **choices), records, store.settings)
        batches = [read_batch(chosen.mapping, batch, tidied=sheet.tidied) for batch in sheet.batches()]
        good, bad = (pl.concat(found, how="diagonal") for found in zip(*batches, strict=True))
        rows = good.drop(ROW_NUMBER).to_dicts()
        return [{**row, "props": plain(row["props"])} for row in rows], bad.height

    return read


@pytest.mark.parametrize("source", TABLES, ids=lambda source: source.name)
def test_what_is_read_is_the_same(source, read):
    good, bad = read(source.sample, source.name)
    assert (bool(good), bad) == (True, 0)
    for disguise in DISGUISES:
        choices = {"dates": "dmy"} if disguise is day_first else {}
        same, rejected = read(disguise(source.sample), source.name, **choices)
        why = f"{source.name} {disguise.__name__}"
        assert same == good, why
        assert rejected == (disguise is with_a_total and source.name not in REPORTS), why
