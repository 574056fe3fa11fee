"""Purchases: orders to suppliers and their bills, a row a line."""

from __future__ import annotations

import polars as pl

from masarat.collect.amounts import money, units
from masarat.collect.kinds.base import (
    DATED,
    NOBODY,
    Kind,
    Need,
    Origin,
    Stranger,
    Told,
    day_of,
    events_of,
    has,
    keyed,
    with_codes,
)
from masarat.collect.states import BILL, CREDIT, are_ordered
from masarat.events import MONEY, TIME


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """`Stock Ordered`, and `Stock Arrived` where it did: product, pieces, what one cost, from whom, when it was promised.

    A bill is for what has come: it is no second order of the same. What is a draft or was called off is nothing.
    """
    rows = _priced(_meant(with_codes(rows)))
    rows = keyed(rows, "purchases", origin.source, "order_id", "product_id", "product_name")
    billed = has(rows, "document").fill_null("") == BILL
    arrived_at = pl.coalesce(has(rows, "arrived_at", None).cast(TIME), pl.when(billed).then("ts"))
    rows = rows.with_columns(billed=billed, came=arrived_at)
    ordered = _event(rows.filter(~pl.col("billed")), origin, "Stock Ordered", "ordered", "ts")
    came = rows.filter(pl.col("came").is_not_null())
    if "received" in rows.columns:  # what came may be less than what was ordered, or nothing
        came = came.with_columns(quantity=pl.coalesce("received", "quantity")).filter(pl.col("quantity") != 0)
    return Told(pl.concat([ordered, _event(came, origin, "Stock Arrived", "arrived", "came")]), NOBODY)


def _meant(rows: pl.DataFrame) -> pl.DataFrame:
    if "outcome" not in rows.columns:
        return rows
    return rows.filter(are_ordered(rows["outcome"].fill_null("")))


def _event(rows: pl.DataFrame, origin: Origin, name: str, ending: str, when: str) -> pl.DataFrame:
    return events_of(
        rows,
        origin,
        name,
        ending,
        ts=pl.col(when),
        columns=_columns(rows, origin),
        props=_about(rows, origin),
    )


def _priced(rows: pl.DataFrame) -> pl.DataFrame:
    """With `cost` of one piece, from the line's price or total where no column names it so."""
    pieces = pl.when(has(rows, "quantity", None).cast(pl.Float64) != 0).then(has(rows, "quantity", None))
    of_total = has(rows, "line_total", None).cast(pl.Float64) / pieces
    told = [has(rows, name, None).cast(pl.Float64) for name in ("cost", "unit_price")]
    return rows.with_columns(cost=pl.coalesce(*told, of_total.round(4)))


def _columns(rows: pl.DataFrame, origin: Origin) -> dict[str, pl.Expr]:
    code, name = has(rows, "product_id").fill_null(""), has(rows, "product_name").fill_null("")
    return {
        "order_id": has(rows, "order_id").fill_null(""),
        "branch": has(rows, "branch").fill_null(""),
        "currency": has(rows, "currency", origin.currency).fill_null(origin.currency),
        "product_ids": pl.concat_list(pl.when(code != "").then(code).otherwise(name)),
        "product_names": pl.concat_list(name),
        "product_categories": pl.concat_list(has(rows, "category").fill_null("")),
        "product_quantities": pl.concat_list(money(units(pl.col("quantity").fill_null(0.0)))),
        "product_revenues": pl.concat_list(pl.lit(0).cast(MONEY)),
    }


def _about(rows: pl.DataFrame, origin: Origin) -> dict[str, pl.Expr]:
    return {
        "supplier": has(rows, "supplier"),
        "unit_cost": has(rows, "cost", None).cast(pl.Float64),
        "expected": day_of(rows, "expected_at", origin).cast(pl.String),
        "status": has(rows, "outcome"),
    }


PURCHASES = Kind(
    "purchases",
    "orders to suppliers, a row a line",
    (
        *("order_id", "ts", "time", "supplier", "product_id", "product_name", "category", "quantity", "cost"),
        *("unit_price", "line_total", "currency", "branch", "expected_at", "arrived_at", "received", "outcome", "document"),
    ),
    (
        DATED,
        Need(("supplier",), "no column with suppliers", "Say which one holds them: --map supplier=COLUMN."),
        Need(("quantity",), "no column with quantities", "Say which one holds them: --map quantity=COLUMN."),
        Need(("product_id", "product_name"), "no column with products", "Say which one holds them: --map product_id=COLUMN."),
    ),
    _read,
    each=Need(("product_id", "product_name"), "The row names no product.", "Fill in its code or its name."),
    telling=("supplier", "expected_at", "arrived_at"),
    strangers=(
        Stranger(
            "document",
            lambda documents: documents == CREDIT,
            "takes a purchase back",
            "Nothing to do: purchases are orders and bills.",
        ),
    ),
)  # fmt: skip
