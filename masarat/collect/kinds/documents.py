"""Invoices and notes among orders: lines come to what the document's total says, credit notes take back, drafts are nothing yet."""

from __future__ import annotations

import polars as pl

from masarat.collect.amounts import AMOUNT, QUANTITY, as_charged, without_vat
from masarat.collect.identity import ORDER
from masarat.collect.states import CREDIT

DOCUMENT = "document"
IS_CREDIT = pl.col(DOCUMENT).fill_null("") == CREDIT


def issued(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines of documents, and of plain orders, as they count: without VAT."""
    if DOCUMENT not in lines.columns:
        return without_vat(lines, ORDER)
    if "status" in lines.columns:
        lines = lines.filter(pl.col("status").fill_null("") != "pending")
    return told(_negative(as_charged(lines, ORDER)), DOCUMENT)


def _negative(lines: pl.DataFrame) -> pl.DataFrame:
    """Credit notes with negative amounts, whichever way they were written; a fee that is kept back on one stays the other way round."""
    if not lines.select(IS_CREDIT.any()).item():
        return lines
    come_to = pl.col(AMOUNT).sum().over(ORDER)
    amount = pl.when(IS_CREDIT & (come_to > 0)).then(-pl.col(AMOUNT)).otherwise(AMOUNT)
    lines = lines.with_columns(amount.alias(AMOUNT))
    pieces = pl.col(QUANTITY).abs() * pl.when(pl.col(AMOUNT) > 0).then(1).otherwise(-1)
    return lines.with_columns(
        pl.when(IS_CREDIT).then(pieces).otherwise(QUANTITY).alias(QUANTITY),
        *(
            pl.when(IS_CREDIT).then(-pl.col(name).abs()).otherwise(name).alias(name)
            for name in ("order_total", "tax", "shipping")
            if name in lines.columns
        ),
    )


def told(lines: pl.DataFrame, name: str) -> pl.DataFrame:
    """With a field among each line's properties, where it has one."""
    if not {name, "props"} <= set(lines.columns):
        return lines
    own = pl.struct(name).struct.json_encode()
    both = pl.when(pl.col("props") == "{}").then(own).otherwise(
        own.str.head(-1) + "," + pl.col("props").str.slice(1)
    )  # fmt: skip
    return lines.with_columns(props=pl.when(pl.col(name).is_null()).then("props").otherwise(both))


__all__ = ["DOCUMENT", "IS_CREDIT", "issued", "told"]
