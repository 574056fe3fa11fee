"""Rows that stand for themselves in no table: blank lines, totals, and the further lines of an order, which take its date and customer."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from masarat.collect.faults import bad_rows, raw_of
from masarat.collect.fields import FIELD_NAMES, ROW_NUMBER
from masarat.collect.values import as_text, without_empty
from masarat.words.folding import fold

if TYPE_CHECKING:
    from masarat.collect.mapping import Mapping

OF_LINE = (
    *("product_id", "product_name", "category", "quantity", "unit_price", "line_total"),
    *("received", "arrived_at", "batch"),
)
_SHORT = r"^[^\d@:]{2,24}($|[:\d])"  # may be a word for a total
TOTALS = frozenset(
    fold(word)
    for word in ("total", "totals", "grand total", "sum", "subtotal", "sub total", "الإجمالي", "المجموع", "إجمالي", "مجموع", "الإجمالي الكلي", "المجموع الكلي", "الاجمالى")
)  # fmt: skip
_COUNTED = re.compile(r"total of \d+ ")  # «Total of 12 results»


def dated_rows(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Totals are bad. Of rows without a date blank ones are left out, and further lines of an order take its date and customer.

    Of tables that need no dates, those without any of what each row must have.
    """
    batch, sums = _without_totals(mapping, batch)
    undated = _undated(mapping, batch)
    if not undated.any():
        return _remember(mapping, batch, batch), sums
    rows = batch.filter(undated)
    cells = rows.select(as_text(column) for column in rows.drop(ROW_NUMBER))
    blank = cells.select(pl.all_horizontal(pl.all() == "")).to_series()
    total = _has_total(cells)
    bad = [*sums, _total_rows(rows.filter(total))]
    out = undated.clone().scatter(undated.arg_true(), blank | total)
    return _filled(mapping, batch.filter(~out), undated.filter(~out)), bad


def _total_rows(rows: pl.DataFrame) -> pl.DataFrame:
    remedy = "Nothing to do: totals are computed."
    return bad_rows(rows[ROW_NUMBER], raw_of(rows), "", "A total row.", remedy)


def _without_totals(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows without those that sum up others, which may have a date; in reports also without those in which nothing happened."""
    parts = [batch[mapping.column(name)] for name in mapping.about.parts if name in mapping.columns]
    if not parts:
        return batch, []
    named = pl.DataFrame([as_text(part).str.strip_prefix("'") for part in parts])
    total = _has_total(named)
    if mapping.totals:
        blank = named.select(pl.all_horizontal(without_empty(part).is_null() for part in named)).to_series()
        needed = [mapping.column(name) for name in mapping.about.each.fields if name in mapping.columns]
        idle = reduce(lambda a, b: a & b, [without_empty(as_text(batch[name])).is_null() for name in needed])
        total = (total | blank) & ~idle
        batch, total = batch.filter(~idle), total.filter(~idle)
    return batch.filter(~total), [_total_rows(batch.filter(total))] if total.any() else []


def _undated(mapping: Mapping, batch: pl.DataFrame) -> pl.Series:
    """Rows without a date; of tables that need none, those without what each row must have, or with «الإجمالي» in its place."""
    dated = mapping.about.is_dated
    names = ("ts",) if dated else mapping.about.each.fields
    cells = [batch[mapping.column(name)] for name in names if name in mapping.columns]
    return reduce(lambda a, b: a & b, [is_blank(c) if dated else is_blank(c) | _are_total(c) for c in cells])


def is_blank(cells: pl.Series) -> pl.Series:
    return cells.is_null() | (cells == "") if cells.dtype == pl.String else cells.is_null()


def _has_total(cells: pl.DataFrame) -> pl.Series:
    """Whether one of a row's cells says that it is a total."""
    return reduce(lambda a, b: a | b, [_are_total(column) for column in cells])


def _are_total(cells: pl.Series) -> pl.Series:
    if cells.dtype != pl.String:
        return pl.repeat(False, len(cells), eager=True)
    short = cells.filter(cells.str.contains(_SHORT)).unique()  # not a million numbers, one by one
    return cells.is_in([word for word in short if is_total(word)]).fill_null(False)


def is_total(word: str) -> bool:
    """Whether a cell says that its row sums up others: «الإجمالي», `Total`, `Total: Campaigns`, `Total of 12 results`."""
    folded = fold(word)
    return folded.partition(":")[0].strip() in TOTALS or bool(_COUNTED.match(folded))


def _filled(mapping: Mapping, batch: pl.DataFrame, undated: pl.Series) -> pl.DataFrame:
    """Lines below an order's first, whose order cells are blank, take them from above (as Shopify writes them)."""
    if "order_id" not in mapping.columns or not undated.any():
        return _remember(mapping, batch, batch.filter(~undated))
    shared = [
        c.column
        for name, c in mapping.columns.items()
        if name not in OF_LINE and FIELD_NAMES[name].kind != "money"
    ]
    order = mapping.column("order_id")
    before = _last_order(mapping, batch)
    rows = batch if before is None else pl.concat([before.select(batch.columns), batch])
    lead = 0 if before is None else 1
    headed = pl.concat([pl.repeat(True, lead, eager=True), ~undated])
    place = rows.select(pl.when(headed).then(pl.int_range(pl.len())).forward_fill()).to_series()
    above = rows.select(pl.col(shared).gather(place.fill_null(0)))
    own, theirs = as_text(rows[order]), as_text(above[order])
    line = _has_line(mapping, rows)
    goes_on = ~headed & place.is_not_null() & line & ((own == "") | (own == theirs))
    filled = [
        rows[column].zip_with(~(goes_on & is_blank(rows[column])), above[column]).alias(column)
        for column in shared
    ]
    found = rows.with_columns(filled)
    return _remember(mapping, found.slice(lead), found.filter(headed | goes_on))


def _has_line(mapping: Mapping, rows: pl.DataFrame) -> pl.Series:
    filled = [~is_blank(rows[mapping.column(name)]) for name in OF_LINE if name in mapping.columns]
    return reduce(lambda a, b: a | b, filled) if filled else pl.repeat(False, rows.height, eager=True)


def _remember(mapping: Mapping, batch: pl.DataFrame, dated: pl.DataFrame) -> pl.DataFrame:
    mapping.last_order = dated.tail(1).with_columns(batch[ROW_NUMBER].tail(1)) if dated.height else None
    return batch


def _last_order(mapping: Mapping, batch: pl.DataFrame) -> pl.DataFrame | None:
    """The order that the batch before ended with, if this batch goes on where that one stopped."""
    last = mapping.last_order
    follows = (
        last is not None
        and batch.height
        and int(batch[ROW_NUMBER][0]) - int(last[ROW_NUMBER][0]) in range(1, 1000)
    )
    return last if follows else None
