"""Online Retail (real, see ../shared/data/README.md) as events, by one polars group-by; the importer is tested elsewhere."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from masarat.store import Store


def write_online_retail(store: Store, shared_data: Path) -> None:
    """One event for what an invoice sold and one for what it took back. Times are read as UTC, money is in pounds."""
    lines = pl.read_parquet(shared_data / "online_retail" / "online_retail.parquet")
    store.append(events(lines))


def events(lines: pl.DataFrame) -> pl.DataFrame:
    orders = (
        lines.with_columns(
            (pl.col("Quantity") * pl.col("UnitPrice")).round(4).cast(pl.Decimal(18, 4)).alias("amount"),
            (pl.col("Quantity") < 0).alias("returned"),
        )
        .group_by("InvoiceNo", "returned", maintain_order=True)
        .agg(
            pl.col("InvoiceDate").min().dt.replace_time_zone("UTC").alias("ts"),
            pl.col("CustomerID", "Country").first(),
            pl.col("StockCode").alias("product_ids"),
            pl.col("Description").fill_null("").alias("product_names"),
            pl.col("Quantity").alias("product_quantities"),
            pl.col("amount").alias("product_revenues"),
            pl.col("amount").sum().alias("revenue"),
        )
    )
    refunded = pl.col("returned") | (pl.col("revenue") < 0)
    name = pl.when(refunded).then(pl.lit("Order Refunded")).otherwise(pl.lit("Order Completed"))
    return orders.select(
        pl.concat_str("InvoiceNo", name, separator=" ").alias("event_id"),
        "ts",
        name.alias("name"),
        pl.lit("online retail").alias("source"),
        pl.col("CustomerID").cast(pl.String).fill_null("").alias("visitor_id"),
        pl.col("Country").alias("country"),
        pl.col("InvoiceNo").alias("order_id"),
        "revenue",
        pl.lit("GBP").alias("currency"),
        "product_ids",
        "product_names",
        pl.col("product_names").list.eval(pl.lit("")).alias("product_categories"),
        "product_quantities",
        "product_revenues",
    )
