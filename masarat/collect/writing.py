"""What was read of customers and what is to become of their orders, written so that it can be done again."""

from __future__ import annotations

import polars as pl

from masarat.collect.orders import Orders
from masarat.collect.people import traits
from masarat.collect.restate import Restating, restate
from masarat.store import Store


def write(store: Store, orders: Orders, planned: Restating, import_id: str) -> None:
    """Facts about customers first, then the events: a crash in between is made good by doing both again."""
    told = pl.concat([planned.fresh["event_id"], planned.changed["event_id"]])
    people = orders.people.filter(pl.col("event_id").is_in(told.implode()))
    store.insert("traits", traits(people, planned.source, import_id))
    restate(store, planned)
