"""What was read of customers and what is to become of their events, written so that it can be done again."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from masarat.collect.kinds.base import Told
from masarat.collect.people import traits
from masarat.collect.restate import Restating, restate
from masarat.store import Store
from masarat.store.catalogue import described


def write(store: Store, planned: Sequence[tuple[Told, Restating]], import_id: str) -> None:
    """Facts about customers first, then the events: a crash in between is made good by doing both again."""
    told = pl.concat(store.side_by_side(lambda one: _told(*one), planned))
    store.insert("traits", traits(told, planned[0][1].source, import_id))
    for read, _ in planned:
        for table, rows in read.tables.items():
            store.insert(table, completed(store, rows) if table == "products" else rows)
    store.side_by_side(lambda one: restate(store, one[1]), planned)


def completed(store: Store, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `products` whose nulls, which a table did not tell, are what stands of the product, else nothing."""
    stood = described(store, rows["source"][0], rows["product_id"].to_list())
    told = rows.join(stood, on="product_id", how="left", maintain_order="left", suffix="_stood")
    filled = [
        pl.coalesce(name, pl.col(f"{name}_stood").cast(rows.schema[name])).fill_null(
            pl.lit("" if rows.schema[name] == pl.String else 0).cast(rows.schema[name])
        )
        for name in ("name", "name_ar", "category", "price", "cost", "currency")
    ]
    return told.with_columns(filled).select(rows.columns)


def _told(read: Told, plan: Restating) -> pl.DataFrame:
    """What events that are new or have changed say of people."""
    ids = pl.concat([plan.fresh["event_id"], plan.changed["event_id"]])
    return read.people.filter(pl.col("event_id").is_in(ids.implode()))
