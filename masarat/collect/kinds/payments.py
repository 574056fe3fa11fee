"""Payments: receipts of an accounting program or settlements of a payment service, a row each."""

from __future__ import annotations

import polars as pl

from masarat.collect.amounts import money, units
from masarat.collect.kinds.base import (
    DATED,
    Kind,
    Need,
    Origin,
    Stranger,
    Told,
    events_of,
    has,
    keyed,
    people_of,
)
from masarat.collect.people import unidentified
from masarat.collect.states import goes_out

ITSELF = "itself"
SMALL = 0.005


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """`Payment Received` with its amount and the order or invoice it is for. It is money that came in, not another sale.

    A payment that stands there twice (programs list the same one as a receipt and as the payment of an invoice) is one payment.
    """
    rows = _once(_parts(rows))
    rows = keyed(_named(rows), "payments", origin.source, ITSELF)
    received = events_of(
        rows,
        origin,
        "Payment Received",
        "paid",
        columns={
            "order_id": has(rows, "order_id").fill_null(""),
            "revenue": money(units(pl.col("paid"))),
            "currency": has(rows, "currency", origin.currency).fill_null(origin.currency),
            "payment": has(rows, "payment").fill_null(""),
        },
        props={"payment_id": has(rows, "payment_id"), "direction": has(rows, "direction")},
    )
    return Told(received, people_of(rows, received), unidentified(rows))


def _parts(rows: pl.DataFrame) -> pl.DataFrame:
    """A row for each part of a payment that went to an order, and one for what is left over."""
    if not {"payment_id", "applied"} <= set(rows.columns):
        return rows
    numbered = pl.col("payment_id").fill_null("") != ""
    bare = rows.filter(~numbered)
    rows = rows.filter(numbered).with_columns(pl.col("applied").fill_null(0))
    parts = rows.filter(pl.col("applied").abs() > SMALL).with_columns(paid="applied")
    left = pl.col("paid").first() - pl.col("applied").sum()
    rest = rows.group_by("payment_id", maintain_order=True).agg(pl.all().exclude("paid").first(), paid=left)
    rest = rest.filter(pl.col("paid").abs() > SMALL)
    if "order_id" in rows.columns:
        rest = rest.with_columns(order_id=pl.lit(None, pl.String))
    return pl.concat([each.select(rows.columns) for each in (bare, parts, rest)])


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    """Of rows with one number, time and amount, for one order or none, one row with what either says."""
    if "payment_id" not in rows.columns:
        return rows
    rows = rows.with_columns(
        pl.when(pl.col(name) != "").then(name).alias(name)
        for name, dtype in rows.schema.items()
        if dtype == pl.String and name != "props"
    )
    same = [name for name in ("payment_id", "paid", "ts") if name in rows.columns]
    order = pl.col("order_id") if "order_id" in rows.columns else pl.lit(None, pl.String)
    for_one = order.drop_nulls().n_unique().over(same) <= 1
    place = pl.when(pl.col("payment_id").is_null()).then(pl.int_range(pl.len()))
    rows = rows.with_columns(place=place, to=pl.when(for_one).then(pl.lit("")).otherwise(order.fill_null("")))
    once = rows.group_by(*same, "place", "to", maintain_order=True).agg(
        pl.col("props").first() if name == "props" else pl.col(name).drop_nulls().first()
        for name in rows.columns
        if name not in (*same, "place", "to")
    )
    return once.select(name for name in rows.columns if name not in ("place", "to"))


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """With ITSELF: the payment's number, and the order where its parts went to several; without a number, what it says."""
    said = pl.concat_str(
        pl.col("ts").dt.epoch("ms").cast(pl.String) if "ts" in rows.columns else pl.lit(""),
        has(rows, "order_id").fill_null(""),
        units(pl.col("paid")).cast(pl.String),
        separator="\x1f",
        ignore_nulls=True,
    )
    if "payment_id" not in rows.columns:
        return rows.with_columns(said.alias(ITSELF))
    number = pl.col("payment_id")
    if {"applied", "order_id"} <= set(rows.columns):
        number = pl.concat_str(number, pl.col("order_id").fill_null(""), separator="\x1f")
    return rows.with_columns(pl.coalesce(number, said).alias(ITSELF))


PAYMENTS = Kind(
    "payments",
    "payments and receipts, a row each",
    (
        *("payment_id", "ts", "time", "order_id", "paid", "applied", "currency", "payment", "direction"),
        *("status", "customer_id", "name", "email", "phone"),
    ),
    (
        DATED,
        Need(("paid",), "no column with what was paid", "Say which one holds it: --map paid=COLUMN."),
    ),
    _read,
    each=Need(("paid",), "The row has no amount.", "Fill in what was paid."),
    telling=("payment_id",),
    together="payment_id",
    strangers=(
        Stranger(
            "direction", goes_out, "is money that went out", "Nothing to do: payments are money that came in."
        ),
        Stranger(
            "status",
            lambda states: states.is_in(["cancelled", "pending"]),
            "is no payment that came in",
            "Nothing to do, until it has come in.",
        ),
    ),
)
