"""Facts that people write by hand: they stand where all facts stand, under a source of their own, so that every question reads them.

No import and no sign-in writes under that source; of one customer and fact the newest stands. They are not in the records, since then
each question that reads facts would have to look in two places.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl

from masarat.events import TIME, hash_of
from masarat.store.store import Store


def write_fact(store: Store, identifier: str, trait: str, value: str, source: str) -> None:
    """Keep a fact in place of what was written before."""
    row = {
        "visitor_id": identifier,
        "trait": trait,
        "value": value,
        "source": source,
        "ts": datetime.now(UTC),
    }
    store.insert("traits", pl.DataFrame([row]).with_columns(pl.col("ts").cast(TIME)))


def remove_fact(store: Store, members: Sequence[str], trait: str, source: str) -> int:
    """Take back what was written of a fact, whichever of these identifiers it was written for; how many there were."""
    where = "customer_id IN {members:Array(UInt64)} AND trait = {trait:String} AND source = {source:String}"
    values = {"members": [hash_of(member) for member in members], "trait": trait, "source": source}
    (found,) = store.select(f"SELECT count() AS n FROM traits WHERE {where}", values)
    if found["n"]:
        store.delete("traits", where, values)
    return int(found["n"])
