"""What is known about a customer of the small shop."""

from __future__ import annotations

import polars as pl

from masarat.store import Store
from tests.support.shop import when


def trait(store: Store, who: str, name: str, value: str, ts: str = "2025-01-01") -> None:
    """One fact about one customer; a later `ts` replaces it."""
    store.insert(
        "traits",
        pl.DataFrame(
            {"visitor_id": [who], "trait": [name], "value": [value], "source": ["test"], "ts": [when(ts)]}
        ),
    )
