"""What customers are found by, filled anew from all that stands: the views do so by themselves, this is for repair."""

from __future__ import annotations

from masarat.store import schema
from masarat.store.store import Store


def refill(store: Store) -> int:
    """Add what is missing; what stands already does no harm. How many words there are then."""
    for statement in schema.refills("search_told"):
        store.command(statement)
    return int(store.select("SELECT count() AS n FROM search")[0]["n"])
