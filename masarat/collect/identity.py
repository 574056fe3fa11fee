"""What makes a row itself, so that the same order or row meets itself again however often, and from whichever file, it comes in."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import xxhash

from masarat.collect.amounts import units
from masarat.collect.fields import FIELDS

ORDER = "order"
UNNUMBERED = "\x00"  # begins the ORDER of a row without an order number
APART = ("credit note", "debit note")  # documents that are numbered on their own: number 7 is not invoice 7
_OF_DOCUMENT = "\x1e"  # between the number of such a document and what it is


def digest(texts: pl.Series) -> pl.Series:
    """The 128-bit hash of each text, in hex: the same on every machine and in every version."""
    hashes = [xxhash.xxh3_128_hexdigest(text.encode()) for text in texts.to_list()]
    return pl.Series(texts.name, hashes, dtype=pl.String)


def with_order(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    """Rows with ORDER: the order number; for a row without one its content, and which of the same rows of the file it is."""
    if "order_id" in rows.columns and not rows["order_id"].has_nulls():
        return rows.with_columns(_number(rows).alias(ORDER))
    rows = rows.with_columns(_number(rows).alias(ORDER)).with_row_index("place")
    bare = rows.filter(pl.col(ORDER).is_null()).select("place", text=_content(rows, source))
    bare = bare.with_columns(content=digest(bare["text"]), nth=pl.int_range(pl.len()).over("text") + 1)
    again = pl.when(pl.col("nth") > 1).then(pl.format(".{}", "nth")).otherwise(pl.lit(""))
    bare = bare.select("place", itself=UNNUMBERED + pl.col("content") + again)
    rows = rows.join(bare, on="place", how="left", maintain_order="left")
    return rows.with_columns(pl.coalesce(ORDER, "itself").alias(ORDER)).drop("place", "itself")


def order_keys(orders: pl.Series, source: str) -> pl.Series:
    """The key of each ORDER: the beginning of the ids of its events."""
    bare = orders.str.starts_with(UNNUMBERED)
    if bare.all():
        return orders.str.slice(1)
    named = digest(source + "\x1f" + orders)
    return named.zip_with(~bare, orders.str.slice(1)) if bare.any() else named


def row_keys(rows: pl.DataFrame, source: str, together: str = "order_id") -> pl.Series:
    """For each row 32 letters, the first ones of its order's key: rows that must be seen together have the same."""
    same = pl.col(together) if together in rows.columns else pl.lit(None, pl.String)
    named = pl.lit(f"{source}\x1f") + (_number(rows) if together == "order_id" else same)
    texts = rows.select(text=pl.coalesce(named, _content(rows, source)))
    known = texts.unique()
    known = known.with_columns(key=digest(known["text"]))
    return texts.join(known, on="text", how="left", maintain_order="left")["key"]


def number_of(order: pl.Expr, *, of_documents: bool) -> pl.Expr:
    """The number within ORDER as people know it; empty where it has none."""
    bare = order.str.replace(f"{_OF_DOCUMENT}.*$", "") if of_documents else order
    return pl.when(order.str.starts_with(UNNUMBERED)).then(pl.lit("")).otherwise(bare)


def _number(rows: pl.DataFrame) -> pl.Expr:
    if "order_id" not in rows.columns:
        return pl.lit(None, pl.String)
    number = pl.col("order_id")
    if "document" not in rows.columns:
        return number
    own = pl.format("{}" + _OF_DOCUMENT + "{}", number, "document")
    return pl.when(pl.col("document").is_in(APART)).then(own).otherwise(number)


def _content(rows: pl.DataFrame, source: str) -> pl.Expr:
    """A row's values as one text; fields that are empty leave no trace."""
    parts = [pl.lit(f"{source}\x1e")]
    for field in FIELDS:
        if field.name not in rows.columns:
            continue
        value, dtype = pl.col(field.name), rows.schema[field.name]
        if dtype == pl.Float64:
            value = units(value)
        elif dtype.is_temporal():
            value = value.dt.epoch("ms")
        else:
            value = pl.when(value != "").then(value)
        parts.append(pl.format(field.name + "={}\x1f", value).fill_null(""))
    return pl.concat_str(parts)


def fingerprint(header: Sequence[str]) -> str:
    """The same for every table with these columns, in whatever order."""
    return xxhash.xxh3_64_hexdigest("\x1f".join(sorted(header)).encode())
