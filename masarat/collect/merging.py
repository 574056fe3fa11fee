"""Two versions of one order made one.

Files overlap, and a file may show only part of an order; so an order is merged product by product. Where one version's lines of a
product are all among the other's, the larger stands. Where they differ, the newer file has corrected them.
"""

from __future__ import annotations

import polars as pl

from masarat.collect.kinds.orders import PRODUCT_LISTS
from masarat.events import COLUMNS

KEPT_WHERE_BLANK = ("visitor_id", "order_id", "channel", "country", "city", "coupon", "payment", "branch")


def merge(stood: pl.DataFrame, new: pl.DataFrame, *, adding: bool = False) -> pl.DataFrame:
    """The events of `new` (the ids of `stood`, in any order) as they are to be written, all columns of the log.

    Those that show only part of what stands are left out. With `adding`, the lines of `new` are further ones.
    """
    both = _newer_wins(stood, new)
    tells_lines = set(PRODUCT_LISTS) <= set(new.columns)
    told = (stood, new) if tells_lines else (stood.clear(), stood.clear())
    lines = _merged_lines(_lines(told[0], "old"), _lines(told[1], "new"), adding)
    change = lines.group_by("event_id").agg(
        more=(pl.col("product_revenues") * (pl.col("count") - pl.col("new"))).sum(),
        in_part=(pl.col("count") == pl.col("old")).all() & (pl.col("old") > pl.col("new")).any(),
        as_given=(pl.col("count") == pl.col("new")).all(),
    )
    both = both.join(change, on="event_id", how="left").filter(~pl.col("in_part").fill_null(False))
    if tells_lines:
        both = both.drop(PRODUCT_LISTS).join(_arrays(lines), on="event_id", how="left")
        both = both.with_columns(pl.col(PRODUCT_LISTS).fill_null([]))
    before = pl.col("stood_revenue") if adding else pl.col("more").fill_null(0)
    sold = pl.col("kind").is_in(["completed", "refunded"])
    as_given = pl.col("as_given").fill_null(True) & (not adding)
    return both.select(
        *(pl.col(name) for name in COLUMNS if name not in ("revenue", "revision")),
        pl.when(sold)
        .then(pl.col("revenue") + before)
        .otherwise("revenue")
        .cast(COLUMNS["revenue"])
        .alias("revenue"),
        pl.when(as_given)
        .then("revision")
        .otherwise(pl.col("revision") ^ pl.col("stood_revision"))
        .alias("revision"),
        "key",
        "kind",
    )


def _newer_wins(stood: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Each event with the newer file's columns, the older's where the newer has none or leaves them blank."""
    both = new.join(stood.rename(lambda name: f"stood_{name}"), left_on="event_id", right_on="stood_event_id")
    missing = [name for name in COLUMNS if name not in new.columns]
    blank = [name for name in KEPT_WHERE_BLANK if name in new.columns]
    return both.with_columns(
        *(pl.col(f"stood_{name}").alias(name) for name in missing),
        *(pl.when(pl.col(name) == "").then(f"stood_{name}").otherwise(name).alias(name) for name in blank),
    )


def _lines(events: pl.DataFrame, name: str) -> pl.DataFrame:
    """The different lines of each event, with how often each stands there."""
    lines = (
        events.filter(pl.col("product_ids").list.len() > 0)
        .select("event_id", *PRODUCT_LISTS)
        .explode(PRODUCT_LISTS)
    )
    return lines.group_by("event_id", *PRODUCT_LISTS, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias(name)
    )


def _merged_lines(old: pl.DataFrame, new: pl.DataFrame, adding: bool) -> pl.DataFrame:
    """Every line of either version with how often it stands in the old one, in the new one, and is to stand."""
    line = ["event_id", *PRODUCT_LISTS]
    both = new.join(old, on=line, how="full", coalesce=True, maintain_order="left_right")
    both = both.with_columns(pl.col("old", "new").fill_null(0))
    if adding:
        return both.with_columns(count=pl.col("old") + pl.col("new"))
    product = ["event_id", "product_ids"]
    new_among_old = (pl.col("new") <= pl.col("old")).all().over(product)
    return both.with_columns(count=pl.when(new_among_old).then("old").otherwise("new"))


def _arrays(lines: pl.DataFrame) -> pl.DataFrame:
    return (
        lines.filter(pl.col("count") > 0)
        .select("event_id", *(pl.col(name).repeat_by("count") for name in PRODUCT_LISTS))
        .explode(PRODUCT_LISTS)
        .group_by("event_id", maintain_order=True)
        .agg(PRODUCT_LISTS)
    )
