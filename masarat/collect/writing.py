"""What was read of customers and what is to become of their orders, written so that it can be done again."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from masarat.collect.orders import Orders
from masarat.collect.people import traits
from masarat.collect.restate import Restating, restate
from masarat.store import Store


def write(store: Store, planned: Sequence[tuple[Orders, Restating]], import_id: str) -> None:
    """Facts about customers first, then the events: a crash in between is made good by doing both again."""
    told = pl.concat(store.side_by_side(lambda one: _told(*one), planned))
    store.insert("traits", traits(told, planned[0][1].source, import_id))
    store.side_by_side(lambda one: restate(store, one[1]), planned)


def _told(orders: Orders, plan: Restating) -> pl.DataFrame:
    """What the orders that are new or have changed say of people."""
    ids = pl.concat([plan.fresh["event_id"], plan.changed["event_id"]])
    return orders.people.filter(pl.col("event_id").is_in(ids.implode()))
