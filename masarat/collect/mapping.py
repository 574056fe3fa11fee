"""How a file is understood: which column is which field, and how its dates, amounts and currencies are to be read."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Given
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from masarat.collect.currencies import currency_in
from masarat.collect.evidence import Evidence
from masarat.collect.fields import FIELD_NAMES, ROW_NUMBER
from masarat.collect.guessing import Guess, by_header, by_values, settle_totals
from masarat.collect.headers import is_address
from masarat.collect.kinds import ORDERS, Kind, kind_of
from masarat.collect.rows import IDS, read_batch
from masarat.collect.sheets import BROKEN, SAMPLE_ROWS, Sheet
from masarat.collect.times import DayOrder, day_order
from masarat.collect.values import currency_in_cells, decimal_mark, tidy
from masarat.errors import BadFile, UnknownName
from masarat.settings import Settings
from masarat.words.folding import fold

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
    """A table's columns as fields. Made by `guess`, shown to a person, used by `read_batch`."""

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
    kind: str = ORDERS.name  # what the table is about
    values: dict[str, str] = field(default_factory=dict)  # field → what holds for all rows
    listed: list[str] = field(default_factory=list)  # fields whose cells list several: the first is meant
    totals: bool = False  # a row that does not say what it is of is a total of the others
    dropped: list[str] = field(default_factory=list)  # columns that are never kept: addresses on the net, …
    last_order: pl.DataFrame | None = field(
        default=None, repr=False, compare=False
    )  # for lines that go on in the next batch

    def column(self, field: str) -> str:
        return self.columns[field].column

    @property
    def about(self) -> Kind:
        return kind_of(self.kind)


def guess(
    sheet: Sheet,
    *,
    kind: Kind = ORDERS,
    given: Given[str, str] | None = None,
    known: Given[str, str] | None = None,
    why: str = "",
    values: Given[str, str] | None = None,
    unread: Collection[str] = (),
    apart: Collection[str] = (),
    settings: Settings,
    timezone: str = "",
    currency: str = "",
) -> Mapping:
    """The likeliest reading of a sheet as a table of a kind.

    `given` ({field: column}; an empty column means "none") wins over what is `known` of such tables (which is told as `why`), and
    that over every guess; what is known to be in no column is not guessed. A field with one of the `values` that hold for all rows needs no
    column; what is `unread` is neither understood nor kept; of columns that stand `apart` nothing is guessed.
    """
    named = {fold(name) for name in (given or {}).values()}
    unkept = {*unread, *filter(is_address, sheet.header)}
    hidden = {name for name in unkept if fold(name) not in named}
    seen = tidy(sheet.sample.select(name for name in sheet.header if name not in hidden))
    evidence = {cells.name: Evidence(cells, settings.country) for cells in seen}
    found = Guess(evidence, kind)
    _give(found, given or {}, sheet)
    for name, column in (known or {}).items():
        if not column:
            found.closed.add(name)
        elif column in {free.name for free in found.free}:
            found.give(name, column, 1.0, why)
    found.apart = set(apart)
    by_header(found)
    by_values(found)
    settle_totals(found)
    require(found, sheet.file, values or {})
    columns = {
        name: Column(
            name, *found.found[name][:2], evidence[found.found[name][0]].samples, found.found[name][2]
        )
        for name in kind.fields
        if name in found.found
    }
    mapping = Mapping(
        columns,
        day_first=True,
        timezone=timezone or settings.timezone,
        currency=currency or settings.currency,
        unmapped=[name for name in evidence if name not in {column.column for column in columns.values()}],
        dropped=[name for name in sheet.header if name in hidden],
        currency_from="given" if currency else "settings",
        country=settings.country,
        kind=kind.name,
        values=dict(values or {}),
    )
    _settle(mapping, sheet, evidence)
    return mapping


def _give(found: Guess, given: Given[str, str], sheet: Sheet) -> None:
    known = {fold(name): name for name in reversed(sheet.header)}
    for name, column in given.items():
        if name not in found.kind.fields:
            raise UnknownName(f"field of {found.kind.name}", name, list(found.kind.fields))
        if not column:
            found.closed.add(name)
        elif column in sheet.header or fold(column) in known:
            found.give(name, column if column in sheet.header else known[fold(column)], 1.0, "you said so")
        else:
            raise UnknownName(f"column in {sheet.file}", column, sheet.header)


def require(found: Guess, file: str, values: Given[str, str]) -> None:
    """Raises BadFile with the first thing that a table of this kind must have and that was not found."""
    for need in found.kind.needs:
        if found.lacks(*need.fields) and not values.keys() & set(need.fields):
            seen = ", ".join(list(found.columns)[:40])
            raise BadFile(f"{file} has {need.lacks}. Its columns are: {seen}.", need.remedy)


def _settle(mapping: Mapping, sheet: Sheet, evidence: dict[str, Evidence]) -> None:
    """What holds for whole columns: the place of the day, decimal marks, currencies, identifiers saved as floats."""
    money = [name for name in MONEY if name in mapping.columns]
    numeric = [name for name in mapping.columns if FIELD_NAMES[name].kind in ("money", "number", "count")]
    _settle_currency(mapping, money, evidence)
    for name in IDS:
        cells = (
            evidence[mapping.column(name)].filled
            if name in mapping.columns
            else pl.Series([], dtype=pl.String)
        )
        if len(cells) and cells.str.contains(r"^\d+\.0$").all():
            mapping.floats.append(name)
    times = [name for name in mapping.columns if FIELD_NAMES[name].kind == "time" and name != "time"]
    order = sum((day_order(evidence[mapping.column(name)].cells) for name in times), DayOrder())
    marks = {name: decimal_mark(evidence[mapping.column(name)].cells) for name in numeric}
    if sheet.sample.height >= SAMPLE_ROWS and not (_is_sure(order) and all(marks.values())):
        order = _over_all(mapping, sheet, times, marks)
    mapping.day_first = order.day_first if times else True
    mapping.decimals = {name: mark for name, mark in marks.items() if mark == ","}


def _is_sure(order: DayOrder) -> bool:
    """Whether the first rows speak clearly and with one voice, so that the rest need not be asked."""
    one_voice = not min(order.first, order.second)
    return one_voice and (not order.open or max(order.first, order.second) >= SURE_ROWS)


def _over_all(mapping: Mapping, sheet: Sheet, times: list[str], marks: dict[str, str]) -> DayOrder:
    """One more reading of the whole file, for what its first rows leave open."""
    order = DayOrder()
    for batch in sheet.batches() if sheet.tidied else map(tidy, sheet.batches()):
        for name in times:
            order += day_order(batch[mapping.column(name)])
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
