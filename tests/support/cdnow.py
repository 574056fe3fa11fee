"""CDNOW (real, see ../shared/data/README.md) as events: every row an order of its own."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from masarat.store import Store


def write_cdnow(store: Store, shared_data: Path) -> None:
    """Days are read as UTC noon, so that they are the same day in the shop's zone; money is in dollars."""
    rows = pl.read_csv(shared_data / "cdnow" / "cdnow_transactions.csv.gz", try_parse_dates=True)
    number = pl.int_range(pl.len()).cast(pl.String)
    store.append(
        rows.select(
            event_id=number,
            order_id=number,
            name=pl.lit("Order Completed"),
            visitor_id=pl.col("customer_id").cast(pl.String),
            ts=pl.col("date").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC") + pl.duration(hours=12),
            revenue=pl.col("value").cast(pl.Decimal(18, 4)),
            currency=pl.lit("USD"),
            source=pl.lit("cdnow"),
        )
    )
