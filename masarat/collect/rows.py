"""Rows read by a mapping: typed columns for what is right; for what is wrong the row itself, the reason and a remedy."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from masarat.collect.fields import DTYPES, FIELD_NAMES, ROW_NUMBER
from masarat.collect.sheets import BROKEN
from masarat.collect.times import read_time
from masarat.collect.values import (
    as_text,
    currency_in_cells,
    read_currency,
    read_email,
    read_id,
    read_number,
    read_phone,
    read_status,
    tidy,
)
from masarat.words.folding import fold

if TYPE_CHECKING:
    from masarat.collect.mapping import Mapping

BAD = {
    ROW_NUMBER: pl.UInt64(),
    "raw": pl.String(),
    "field": pl.String(),
    "reason": pl.String(),
    "remedy": pl.String(),
}
IDS = ("order_id", "customer_id", "product_id")
OF_LINE = ("product_id", "product_name", "category", "quantity", "unit_price", "line_total")
AMOUNTS = ("line_total", "order_total", "unit_price")
TOTALS = frozenset(
    fold(word)
    for word in ("total", "totals", "grand total", "sum", "subtotal", "sub total", "الإجمالي", "المجموع", "إجمالي", "مجموع", "الإجمالي الكلي", "المجموع الكلي", "الاجمالى")
)  # fmt: skip
_REMEDIES = {
    "time": "Write it like 2025-03-15 10:30 or 15/03/2025.",
    "number": "Write it like 12 or 1234.50.",
    "money": "Write it like 12 or 1234.50.",
    "currency": "Write its three letters, like SAR.",
}
_WHAT = {"time": "a date", "number": "a number", "money": "an amount", "currency": "a currency"}


def read_batch(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(good, bad). Good rows have a typed column for each mapped field, ROW_NUMBER and `props`; a row is bad for its first fault."""
    batch, bad = _whole_rows(batch)
    batch = tidy(batch)
    batch, more = _dated_rows(mapping, batch)
    bad += more
    typed, faults = _typed(mapping, batch)
    fault = reduce(lambda a, b: a | b, (mask for _, mask in faults))
    if fault.any():
        bad += _faulty(mapping, batch, faults)
        batch, typed = batch.filter(~fault), typed.filter(~fault)
    good = typed.with_columns(batch[ROW_NUMBER], _props(mapping, batch, typed))
    return good, pl.concat([pl.DataFrame(schema=BAD), *bad]).sort(ROW_NUMBER)


def _whole_rows(batch: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows that fit the table, and those that do not: too many cells, too few, or no object at all."""
    if BROKEN not in batch.columns:
        return batch, []
    broken = batch.filter(pl.col(BROKEN).is_not_null())
    whole = batch.filter(pl.col(BROKEN).is_null()).drop(BROKEN)
    raw = broken.select(pl.struct(pl.col(BROKEN).alias("row")).struct.json_encode()).to_series()
    reason = "The row does not have as many cells as the header."
    return whole, [
        _bad(broken[ROW_NUMBER], raw, "", reason, "Look for a delimiter or a quotation mark too many.")
    ]


def _dated_rows(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows without a date: blank ones are left out, totals are bad, further lines of an order take its date and customer."""
    undated = _blank(batch[mapping.column("ts")])
    if not undated.any():
        return _remember(mapping, batch, batch), []
    rows = batch.filter(undated)
    cells = rows.select(as_text(column) for column in rows.drop(ROW_NUMBER))
    blank = cells.select(pl.all_horizontal(pl.all() == "")).to_series()
    total = _has_total(cells)
    bad = _bad(
        rows[ROW_NUMBER].filter(total),
        _raw(rows.filter(total)),
        "",
        "A total row.",
        "Nothing to do: totals are computed.",
    )
    out = undated.scatter(undated.arg_true(), blank | total)
    return _filled(mapping, batch.filter(~out), undated.filter(~out)), [bad]


def _blank(cells: pl.Series) -> pl.Series:
    return cells == "" if cells.dtype == pl.String else cells.is_null()


def _has_total(cells: pl.DataFrame) -> pl.Series:
    """Whether a row's first cells say that it is a total."""
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
        rows[column].zip_with(~(goes_on & _blank(rows[column])), above[column]).alias(column)
        for column in shared
    ]
    found = rows.with_columns(filled)
    return _remember(mapping, found.slice(lead), found.filter(headed | goes_on))


def _has_line(mapping: Mapping, rows: pl.DataFrame) -> pl.Series:
    filled = [~_blank(rows[mapping.column(name)]) for name in OF_LINE if name in mapping.columns]
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


def _typed(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[str, pl.Series]]]:
    """A typed column for each field, and for each kind of fault which rows have it."""
    columns: list[pl.Series] = []
    faults: list[tuple[str, pl.Series]] = []
    for name in mapping.columns:
        if name == "time":
            continue  # part of ts
        values, wrong = _read(mapping, name, batch)
        columns.append(values.alias(name))
        if wrong is not None:
            faults.append((name, wrong))
    typed = pl.DataFrame(columns)
    if mapping.signed and "currency" not in mapping.columns:
        signs = currency_in_cells(batch[mapping.column(mapping.signed)])
        typed = typed.with_columns(currency=signs.set(signs == "", mapping.currency))
    return typed, [*faults, ("ts", typed["ts"].is_null()), ("", _without_amount(typed))]


def _read(mapping: Mapping, name: str, batch: pl.DataFrame) -> tuple[pl.Series, pl.Series | None]:
    cells = batch[mapping.column(name)]
    match FIELD_NAMES[name].kind:
        case "time":
            clock = batch[mapping.column("time")] if "time" in mapping.columns else None
            return read_time(
                cells, timezone=mapping.timezone, day_first=mapping.day_first is not False, clock=clock
            )
        case "number" | "money":
            return read_number(cells, mapping.decimals.get(name, "."))
        case "currency":
            codes, wrong = read_currency(_text(cells))
            return codes.set(codes == "", mapping.currency), wrong
        case "status":
            return read_status(_text(cells)), None
        case "email":
            return read_email(_text(cells)), None
        case "phone":
            return read_phone(_text(cells), mapping.country), None
        case _:
            return (
                read_id(_text(cells), whole=name in mapping.floats) if name in IDS else _text(cells)
            ), None


def _text(cells: pl.Series) -> pl.Series:
    """Text cells are tidy already."""
    return cells if cells.dtype == pl.String else as_text(cells)


def _without_amount(typed: pl.DataFrame) -> pl.Series:
    empty = [typed[name].is_null() for name in AMOUNTS if name in typed.columns]
    return reduce(lambda a, b: a & b, empty)


def _faulty(mapping: Mapping, batch: pl.DataFrame, faults: list[tuple[str, pl.Series]]) -> list[pl.DataFrame]:
    """Bad rows by their first fault."""
    bad, told = [], pl.repeat(False, batch.height, eager=True)
    for name, mask in faults:
        mask = mask & ~told
        if not mask.any():
            continue
        told = told | mask
        rows = batch.filter(mask)
        bad.append(_bad(rows[ROW_NUMBER], _raw(rows), name, *_reason(mapping, name, rows)))
    return bad


def _reason(mapping: Mapping, name: str, rows: pl.DataFrame) -> tuple[pl.Series | str, str]:
    if not name:
        return "The row has no amount.", "Fill in its price or its total."
    kind, column = FIELD_NAMES[name].kind, mapping.column(name)
    cell = as_text(rows[column])
    remedy = _REMEDIES[kind]
    if kind == "time" and cell.str.contains(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d").any():
        remedy = f"Dates in this column are read as {'day/month/year' if mapping.day_first is not False else 'month/day/year'}. {remedy}"
    frame = pl.DataFrame({"cell": cell.str.head(60)})
    wrong = pl.format("“{}” in {} is not {}.", pl.col("cell"), pl.lit(column), pl.lit(_WHAT[kind]))
    missing = pl.format("{} is empty.", pl.lit(column))
    return frame.select(pl.when(pl.col("cell") == "").then(missing).otherwise(wrong)).to_series(), remedy


def _bad(
    numbers: pl.Series, raw: pl.Series, field: str, reason: pl.Series | str, remedy: str
) -> pl.DataFrame:
    told = reason if isinstance(reason, pl.Series) else pl.Series([reason]).new_from_index(0, len(raw))
    frame = pl.DataFrame({ROW_NUMBER: numbers, "raw": raw, "reason": told})
    return frame.select(
        ROW_NUMBER, "raw", pl.lit(field).alias("field"), "reason", pl.lit(remedy).alias("remedy")
    )


def _raw(rows: pl.DataFrame) -> pl.Series:
    """Each row's cells as a JSON object of texts."""
    cells = rows.drop(ROW_NUMBER).select(as_text(column) for column in rows.drop(ROW_NUMBER))
    return cells.select(pl.struct(pl.all()).struct.json_encode()).to_series()


def _props(mapping: Mapping, batch: pl.DataFrame, typed: pl.DataFrame) -> pl.Series:
    """What no field took, as a JSON object of the cells that are not empty; also phones and e-mails that could not be read."""
    kept = {name: batch[name] for name in mapping.unmapped}
    for name in ("phone", "email"):
        if name in mapping.columns:
            cells = as_text(batch[mapping.column(name)])
            unread = (typed[name] == "") & (cells != "")
            if unread.any():
                kept[mapping.column(name)] = cells.set(~unread, "")
    if not kept:
        return pl.repeat("{}", batch.height, eager=True).alias("props")
    parts = [
        pl.when(pl.col(name).cast(pl.String, strict=False).fill_null("") != "").then(
            pl.struct(name).struct.json_encode().str.slice(1).str.head(-1)
        )
        for name in kept
    ]
    return (
        pl.DataFrame(kept)
        .select(props="{" + pl.concat_str(parts, separator=",", ignore_nulls=True) + "}")
        .to_series()
    )


__all__ = ["BAD", "DTYPES", "read_batch"]
