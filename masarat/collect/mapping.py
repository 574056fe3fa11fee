"""How a file is understood: which column is which field, and how its dates, amounts and currencies are to be read."""

from __future__ import annotations

from collections.abc import Mapping as Given
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from masarat.collect.currencies import currency_in
from masarat.collect.evidence import Evidence
from masarat.collect.fields import FIELD_NAMES, ROW_NUMBER
from masarat.collect.guessing import Guess, by_header, by_values, settle_totals
from masarat.collect.rows import read_batch
from masarat.collect.sheets import BROKEN, SAMPLE_ROWS, Sheet
from masarat.collect.times import DayOrder, day_order
from masarat.collect.values import currency_in_cells, decimal_mark, tidy
from masarat.errors import BadFile, UnknownName
from masarat.settings import Settings
from masarat.words.folding import fold

AMOUNTS = ("line_total", "order_total", "unit_price")
MONEY = tuple(name for name, one in FIELD_NAMES.items() if one.kind == "money")
SURE_ROWS = 100  # so many cells that agree on the day's place need no second look at the whole column


@dataclass
class Column:
    """One field and the column it is read from."""

    field: str
    column: str
    confidence: float
    samples: list[str]
    why: str


@dataclass
class Mapping:
    """A file's columns as fields. Made by `guess`, shown to a person, used by `read_batch`."""

    columns: dict[str, Column]
    day_first: bool | None  # of dates like 3/4/2025; None: nothing in the whole column decides
    timezone: str
    currency: str  # of amounts that name none
    unmapped: list[str]  # kept as properties
    currency_from: Literal["file", "given", "settings"] = "settings"
    decimals: dict[str, str] = field(default_factory=dict)  # field → its decimal mark, where that is a comma
    signed: str = ""  # field whose cells carry a currency
    floats: list[str] = field(default_factory=list)  # identifiers that were saved as 17850.0
    country: str = "SA"
    last_order: pl.DataFrame | None = field(
        default=None, repr=False, compare=False
    )  # for lines that go on in the next batch

    def column(self, field: str) -> str:
        return self.columns[field].column


def guess(
    sheet: Sheet,
    *,
    given: Given[str, str] | None = None,
    settings: Settings,
    timezone: str = "",
    currency: str = "",
) -> Mapping:
    """The likeliest reading of a sheet. `given` ({field: column}; an empty column means "none") wins over every guess."""
    evidence = {name: Evidence(sheet.sample[name], settings.country) for name in sheet.header}
    found = Guess(evidence)
    _give(found, given or {}, sheet)
    by_header(found)
    by_values(found)
    settle_totals(found)
    _require(found, sheet)
    columns = {
        name: Column(
            name, *found.found[name][:2], evidence[found.found[name][0]].samples, found.found[name][2]
        )
        for name in FIELD_NAMES
        if name in found.found
    }
    mapping = Mapping(
        columns,
        day_first=True,
        timezone=timezone or settings.timezone,
        currency=currency or settings.currency,
        unmapped=[e.name for e in found.free],
        currency_from="given" if currency else "settings",
        country=settings.country,
    )
    _settle(mapping, sheet, evidence)
    return mapping


def _give(found: Guess, given: Given[str, str], sheet: Sheet) -> None:
    known = {fold(name): name for name in reversed(sheet.header)}
    for name, column in given.items():
        if name not in FIELD_NAMES:
            raise UnknownName("field", name, list(FIELD_NAMES))
        if not column:
            found.closed.add(name)
        elif column in sheet.header or fold(column) in known:
            found.give(name, column if column in sheet.header else known[fold(column)], 1.0, "you said so")
        else:
            raise UnknownName(f"column in {sheet.file}", column, sheet.header)


def _require(found: Guess, sheet: Sheet) -> None:
    seen = ", ".join(sheet.header[:40])
    if found.lacks("ts"):
        raise BadFile(
            f"{sheet.file} has no column with dates. Its columns are: {seen}.",
            "Say which one holds the date of the order: --map ts=COLUMN.",
        )
    if found.lacks(*AMOUNTS):
        raise BadFile(
            f"{sheet.file} has no column with amounts. Its columns are: {seen}.",
            "Say which one holds them: --map order_total=COLUMN, or line_total, or quantity and unit_price.",
        )


def _settle(mapping: Mapping, sheet: Sheet, evidence: dict[str, Evidence]) -> None:
    """What holds for whole columns: the place of the day, decimal marks, currencies, identifiers saved as floats."""
    money = [name for name in MONEY if name in mapping.columns]
    numeric = [name for name in (*money, "quantity") if name in mapping.columns]
    _settle_currency(mapping, money, evidence)
    for name in ("order_id", "customer_id", "product_id"):
        cells = (
            evidence[mapping.column(name)].filled
            if name in mapping.columns
            else pl.Series([], dtype=pl.String)
        )
        if len(cells) and cells.str.contains(r"^\d+\.0$").all():
            mapping.floats.append(name)
    order = day_order(evidence[mapping.column("ts")].cells)
    marks = {name: decimal_mark(evidence[mapping.column(name)].cells) for name in numeric}
    if sheet.sample.height >= SAMPLE_ROWS and not (_is_sure(order) and all(marks.values())):
        order = _over_all(mapping, sheet, marks)
    mapping.day_first = order.day_first
    mapping.decimals = {name: mark for name, mark in marks.items() if mark == ","}


def _is_sure(order: DayOrder) -> bool:
    """Whether the first rows speak clearly and with one voice, so that the rest need not be asked."""
    one_voice = not min(order.first, order.second)
    return one_voice and (not order.open or max(order.first, order.second) >= SURE_ROWS)


def _over_all(mapping: Mapping, sheet: Sheet, marks: dict[str, str]) -> DayOrder:
    """One more reading of the whole file, for what its first rows leave open."""
    order = DayOrder()
    for batch in sheet.batches() if sheet.tidied else map(tidy, sheet.batches()):
        order += day_order(batch[mapping.column("ts")])
        for name in (name for name, mark in marks.items() if not mark):
            marks[name] = decimal_mark(batch[mapping.column(name)])
    return order


def _settle_currency(mapping: Mapping, money: list[str], evidence: dict[str, Evidence]) -> None:
    for name in money:
        code = currency_in(mapping.column(name))
        if code:
            mapping.currency, mapping.currency_from = code, "file"
            return
    for name in money:
        cells = evidence[mapping.column(name)].cells
        if cells.dtype == pl.String and (currency_in_cells(cells) != "").any():
            mapping.signed, mapping.currency_from = name, "file"
            return
    if "currency" in mapping.columns:
        mapping.currency_from = "file"


__all__ = ["BROKEN", "ROW_NUMBER", "Column", "Mapping", "guess", "read_batch"]
