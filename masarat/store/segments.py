"""Whom a saved segment holds, as it stands in the store: one list a making, written whole and removed whole."""

from __future__ import annotations

import polars as pl

from masarat.store.store import Store

TABLE = "segment_members"


def write_members(store: Store, making: str, customers: pl.Series) -> None:
    """Put down whom a making holds."""
    members = pl.DataFrame({"customer_id": customers.cast(pl.UInt64)})
    store.insert(TABLE, members.with_columns(making=pl.lit(making)))


def remove_members(store: Store, making: str) -> None:
    """Away with a making that no segment uses any more."""
    store.delete(TABLE, "making = {making:String}", {"making": making})
