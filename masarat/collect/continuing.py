"""Rows without a date: blank lines, totals at the end, and the further lines of an order, which take its date and customer."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from masarat.collect.faults import bad_rows, raw_of
from masarat.collect.fields import FIELD_NAMES, ROW_NUMBER
from masarat.collect.values import as_text
from masarat.words.folding import fold

if TYPE_CHECKING:
    from masarat.collect.mapping import Mapping

OF_LINE = ("product_id", "product_name", "category", "quantity", "unit_price", "line_total")
TOTALS = frozenset(
    fold(word)
    for word in ("total", "totals", "grand total", "sum", "subtotal", "sub total", "الإجمالي", "المجموع", "إجمالي", "مجموع", "الإجمالي الكلي", "المجموع الكلي", "الاجمالى")
)  # fmt: skip


def dated_rows(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows without a date: blank ones are left out, totals are bad, further lines of an order take its date and customer."""
    undated = is_blank(batch[mapping.column("ts")])
    if not undated.any():
        return _remember(mapping, batch, batch), []
    rows = batch.filter(undated)
    cells = rows.select(as_text(column) for column in rows.drop(ROW_NUMBER))
    blank = cells.select(pl.all_horizontal(pl.all() == "")).to_series()
    total = _has_total(cells)
    bad = bad_rows(
        rows[ROW_NUMBER].filter(total),
        raw_of(rows.filter(total)),
        "",
        "A total row.",
        "Nothing to do: totals are computed.",
    )
    out = undated.clone().scatter(undated.arg_true(), blank | total)
    return _filled(mapping, batch.filter(~out), undated.filter(~out)), [bad]


def is_blank(cells: pl.Series) -> pl.Series:
    return cells.is_null() | (cells == "") if cells.dtype == pl.String else cells.is_null()


def _has_total(cells: pl.DataFrame) -> pl.Series:
    """Whether one of a row's cells says that it is a total."""
    said = [
        column.replace_strict(
            (words := column.unique()),
            [fold(word).strip(" :") in TOTALS for word in words],
            return_dtype=pl.Boolean,
        )
        for column in cells
    ]
    return reduce(lambda a, b: a | b, said)


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
