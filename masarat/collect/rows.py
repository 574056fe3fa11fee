"""Rows read by a mapping: typed columns for what is right; for what is wrong the row itself, the reason and a remedy."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from masarat.collect.continuing import dated_rows
from masarat.collect.counts import has_unit, read_count
from masarat.collect.durations import read_duration
from masarat.collect.faults import BAD, bad_rows, faulty
from masarat.collect.fields import FIELD_NAMES, ROW_NUMBER
from masarat.collect.phones import read_party, read_phone
from masarat.collect.sheets import BROKEN
from masarat.collect.states import read_document, read_status
from masarat.collect.times import read_last_day, read_time, within_day, zone_in
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

# Identifiers, which workbooks and databases write as 17850.0.
IDS = ("order_id", "customer_id", "product_id", "ticket_id", "response_id", "payment_id", "move_id", "leg_of")
# Of an amount or a number of pieces: ten-thousandths of it still fit 64 bits, a thousand times over.
MOST = 1e12


def read_batch(
    mapping: Mapping, batch: pl.DataFrame, *, tidied: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(good, bad). Good rows have a typed column for each mapped field, ROW_NUMBER and `props`; a row is bad for its first fault."""
    batch, bad = _whole_rows(batch.drop(mapping.dropped, strict=False))
    if not tidied:  # numbers are tidied as they are read
        batch = tidy(batch, leave=_of_kind(mapping, "number", "count", "money"))
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
    return whole, [bad_rows(broken[ROW_NUMBER], told["raw"], "", told["reason"], told["remedy"])]


def _typed(mapping: Mapping, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[str, pl.Series]]]:
    """A typed column for each field, and for each kind of fault which rows have it."""
    names = [name for name in mapping.columns if name != "time"]  # which is part of ts
    with ThreadPoolExecutor(2) as threads:
        read = dict(zip(names, threads.map(lambda name: _read(mapping, name, batch), names), strict=True))
    typed = pl.DataFrame([values.alias(name) for name, (values, _) in read.items()])
    typed = typed.with_columns(
        pl.lit(value).alias(name) for name, value in mapping.values.items() if name not in read
    )
    faults = [(name, wrong) for name, (_, wrong) in read.items() if wrong is not None]
    if mapping.signed and "currency" not in mapping.columns:
        signs = currency_in_cells(batch[mapping.column(mapping.signed)])
        typed = typed.with_columns(currency=signs.set(signs == "", mapping.currency))
    if {"ts", "business_day"} <= set(typed.columns):
        typed = typed.with_columns(within_day(typed["ts"], typed["business_day"], mapping.timezone))
    if {"quantity", "unit_price"} <= set(typed.columns):
        faults.append(("quantity", _beyond(typed["quantity"] * typed["unit_price"])))
    faults += [
        (each.field, each.is_one(typed[each.field]))
        for each in mapping.about.strangers
        if each.field in typed.columns
    ]
    if "ts" in typed.columns and mapping.about.is_dated:
        faults.append(("ts", typed["ts"].is_null()))
    return typed, [*faults, ("", _says_nothing(typed, mapping.about.each.fields))]


def _read(mapping: Mapping, name: str, batch: pl.DataFrame) -> tuple[pl.Series, pl.Series | None]:
    cells = batch[mapping.column(name)]
    if name in mapping.listed:
        cells = _text(cells).str.split(";").list.first().str.strip_chars()
    match FIELD_NAMES[name].kind:
        case "time":
            clock = batch[mapping.column("time")] if "time" in mapping.columns else None
            zone = zone_in(mapping.column(name)) or mapping.timezone
            day_first = mapping.day_first is not False
            if name == "expiry":
                return read_last_day(cells, timezone=zone, day_first=day_first)
            return read_time(cells, timezone=zone, day_first=day_first, clock=clock if name == "ts" else None)
        case "number" | "money":
            return _bounded(*read_number(cells, mapping.decimals.get(name, ".")))
        case "count":
            return _bounded(*read_count(cells, mapping.decimals.get(name, ".")))
        case "duration":
            return read_duration(cells)
        case "currency":
            codes, wrong = read_currency(_text(cells))
            return codes.set(codes == "", mapping.currency), wrong
        case "status":
            issued = "document" in mapping.columns or "document" in mapping.values
            return read_status(_text(cells), issued=issued), None
        case "document":
            return read_document(_text(cells)), None
        case "email":
            return read_email(_text(cells)), None
        case "phone":
            return read_phone(_text(cells), mapping.country), None
        case "party":
            return read_party(_text(cells), mapping.country), None
        case _:
            return (
                read_id(_text(cells), whole=name in mapping.floats)
                if name in (*IDS, "birthday")
                else _text(cells)
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


def _says_nothing(typed: pl.DataFrame, fields: Sequence[str]) -> pl.Series:
    """Rows that have none of these fields, unless another line of their order has (an order's total may stand on its first line)."""
    told = [
        typed[name].is_null() | (typed[name] == "" if typed.schema[name] == pl.String else False)
        for name in fields
        if name in typed.columns
    ]
    without = reduce(lambda a, b: a & b, told, pl.repeat(bool(told), typed.height, eager=True))
    if not without.any() or "order_id" not in typed.columns:
        return without
    paid = typed["order_id"].filter(~without & (typed["order_id"] != ""))
    return without & ~typed["order_id"].is_in(paid.unique().implode())


def _props(mapping: Mapping, batch: pl.DataFrame, typed: pl.DataFrame) -> pl.Series:
    """What no field took, as a JSON object of the cells that are not empty; also phones and e-mails that could not be read, and units."""
    kept = {name: batch[name] for name in mapping.unmapped}
    for name in ("phone", "email"):
        if name in mapping.columns:
            cells = as_text(batch[mapping.column(name)])
            unread = (typed[name] == "") & (cells != "")
            if unread.any():
                kept[mapping.column(name)] = cells.set(~unread, "")
    for column in _of_kind(mapping, "count"):
        if (named := has_unit(batch[column])).any():
            kept[column] = as_text(batch[column]).set(~named, "")
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
