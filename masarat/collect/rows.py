"""Rows read by a mapping: typed columns for what is right; for what is wrong the row itself, the reason and a remedy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from masarat.collect.continuing import dated_rows
from masarat.collect.faults import BAD, bad_rows, faulty
from masarat.collect.fields import FIELD_NAMES, ROW_NUMBER
from masarat.collect.phones import read_phone
from masarat.collect.sheets import BROKEN
from masarat.collect.states import read_status
from masarat.collect.times import read_time
from masarat.collect.values import (
    as_text,
    currency_in_cells,
    read_currency,
    read_email,
    read_id,
    read_number,
    tidy,
)

if TYPE_CHECKING:
    from masarat.collect.mapping import Mapping

IDS = ("order_id", "customer_id", "product_id")
# Of an amount or a number of pieces: ten-thousandths of it still fit 64 bits, a thousand times over.
MOST = 1e12
AMOUNTS = ("line_total", "order_total", "unit_price")


def read_batch(
    mapping: Mapping, batch: pl.DataFrame, *, tidied: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(good, bad). Good rows have a typed column for each mapped field, ROW_NUMBER and `props`; a row is bad for its first fault."""
    batch, bad = _whole_rows(batch)
    if not tidied:
        batch = tidy(batch, leave=_of_kind(mapping, "number", "money"))  # numbers are tidied as they are read
    batch, more = dated_rows(mapping, batch)
    bad += more
    typed, faults = _typed(mapping, batch)
    fault = reduce(lambda a, b: a | b, (mask for _, mask in faults))
    if fault.any():
        bad += faulty(mapping, batch, faults)
        batch, typed = batch.filter(~fault), typed.filter(~fault)
    good = typed.with_columns(batch[ROW_NUMBER], _props(mapping, batch, typed))
    return good, pl.concat([pl.DataFrame(schema=BAD), *bad]).sort(ROW_NUMBER)


def _of_kind(mapping: Mapping, *kinds: str) -> list[str]:
    return [c.column for name, c in mapping.columns.items() if FIELD_NAMES[name].kind in kinds]


def _whole_rows(batch: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows that fit the table, and those that do not: too many cells, too few, or no object at all."""
    if BROKEN not in batch.columns:
        return batch, []
    broken = batch.filter(pl.col(BROKEN).is_not_null())
    whole = batch.filter(pl.col(BROKEN).is_null()).drop(BROKEN)
    told = broken[BROKEN].struct.unnest()
    remedy = "Look for a delimiter or a quotation mark too many or too few."
    return whole, [bad_rows(broken[ROW_NUMBER], told["raw"], "", told["reason"], remedy)]


def _typed(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[str, pl.Series]]]:
    """A typed column for each field, and for each kind of fault which rows have it."""
    names = [name for name in mapping.columns if name != "time"]  # which is part of ts
    with ThreadPoolExecutor(2) as threads:
        read = dict(zip(names, threads.map(lambda name: _read(mapping, name, batch), names), strict=True))
    typed = pl.DataFrame([values.alias(name) for name, (values, _) in read.items()])
    faults = [(name, wrong) for name, (_, wrong) in read.items() if wrong is not None]
    if mapping.signed and "currency" not in mapping.columns:
        signs = currency_in_cells(batch[mapping.column(mapping.signed)])
        typed = typed.with_columns(currency=signs.set(signs == "", mapping.currency))
    if {"quantity", "unit_price"} <= set(typed.columns):
        faults.append(("quantity", _beyond(typed["quantity"] * typed["unit_price"])))
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
            return _bounded(*read_number(cells, mapping.decimals.get(name, ".")))
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


def _bounded(numbers: pl.Series, wrong: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Numbers that no shop can mean are none: one of them must not stop a file."""
    beyond = _beyond(numbers)
    return numbers.set(beyond, None), wrong | beyond


def _beyond(numbers: pl.Series) -> pl.Series:
    return (numbers.abs() > MOST).fill_null(False)


def _text(cells: pl.Series) -> pl.Series:
    """Text cells are tidy already."""
    return cells if cells.dtype == pl.String else as_text(cells)


def _without_amount(typed: pl.DataFrame) -> pl.Series:
    """Rows without any amount, unless another line of their order carries the order's."""
    without = reduce(lambda a, b: a & b, (typed[name].is_null() for name in AMOUNTS if name in typed.columns))
    if not without.any() or "order_id" not in typed.columns:
        return without
    paid = typed["order_id"].filter(~without & (typed["order_id"] != ""))
    return without & ~typed["order_id"].is_in(paid.unique().implode())


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
