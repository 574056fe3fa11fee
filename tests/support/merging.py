"""Two identifiers of one customer, told to the resolver as the door would."""

from __future__ import annotations

import polars as pl

from masarat.resolve.identifiers import Rules
from masarat.resolve.links import SEEN
from masarat.resolve.resolver import Resolver
from masarat.store import Store
from tests.support.shop import when


def merge(store: Store, one: str, other: str) -> None:
    """Both were seen together, and are one from now on."""
    columns = {
        "one": [one],
        "other": [other],
        "ts": [when("2025-01-01")],
        "event_id": ["m"],
        "source": ["web"],
    }
    Resolver(store, Rules()).take(pl.DataFrame(columns).cast(SEEN))
