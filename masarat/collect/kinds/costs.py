"""What was spent to bring customers: reports of advertisers, or a sheet with day, channel, campaign and amount."""

from __future__ import annotations

import polars as pl

from masarat.collect.amounts import SCALE, money, units
from masarat.collect.kinds.base import NOBODY, NOTHING, Kind, Need, Origin, Told, day_of, has
from masarat.events import TIME

KEYS = ("day", "channel", "campaign", "ad_group", "ad", "currency")
DAYS_MOST = 400  # days over which one amount is spread


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """Rows of the table `costs`: one a day, channel, campaign and ad; what a row says of several days is spread over them evenly."""
    told = rows.select(
        day=day_of(rows, "ts", origin),
        days=_days(rows),
        channel=_words(rows, "channel"),
        campaign=_words(rows, "campaign"),
        ad_group=_words(rows, "ad_group"),
        ad=_words(rows, "ad"),
        currency=has(rows, "currency", origin.currency).fill_null(origin.currency),
        amount=units(has(rows, "spend", 0.0).cast(pl.Float64).fill_null(0.0)),
        impressions=_count(rows, "impressions"),
        clicks=_count(rows, "clicks"),
    )
    summed = (
        _spread(told).group_by(KEYS, maintain_order=True).agg(pl.col("amount", "impressions", "clicks").sum())
    )
    costs = summed.with_columns(
        amount=money(pl.col("amount")),
        impressions=pl.col("impressions").cast(pl.UInt64),
        clicks=pl.col("clicks").cast(pl.UInt64),
        source=pl.lit(origin.source),
        ts=pl.lit(origin.at).cast(TIME),
    )
    return Told(NOTHING, NOBODY, tables={"costs": costs} if costs.height else {})


def _words(rows: pl.DataFrame, name: str) -> pl.Expr:
    return has(rows, name).fill_null("")


def _count(rows: pl.DataFrame, name: str) -> pl.Expr:
    return has(rows, name, 0.0).cast(pl.Float64).fill_null(0.0).clip(0).round().cast(pl.Int64)


def _days(rows: pl.DataFrame) -> pl.Expr:
    if "until" not in rows.columns:
        return pl.lit(1, pl.Int64)
    return ((pl.col("until") - pl.col("ts")).dt.total_days() + 1).fill_null(1).clip(1, DAYS_MOST)


def _spread(told: pl.DataFrame) -> pl.DataFrame:
    """One row a day; what does not divide goes to the first days, so that the sum stays."""
    if told.select((pl.col("days") == 1).all()).item():
        return told.drop("days")
    each = told.with_columns(nth=pl.int_ranges(0, pl.col("days"))).explode("nth")
    shares = [
        (pl.col(name) // pl.col("days") + (pl.col("nth") < pl.col(name) % pl.col("days"))).alias(name)
        for name in ("impressions", "clicks")
    ]
    # Amounts are counted in ten-thousandths: of those a halala is the least that is paid.
    halalas = pl.col("amount") // (SCALE // 100)
    rest = pl.col("amount") - halalas * (SCALE // 100)
    amount = (halalas // pl.col("days") + (pl.col("nth") < halalas % pl.col("days"))) * (SCALE // 100)
    first = pl.when(pl.col("nth") == 0).then(rest).otherwise(0)
    return each.with_columns(
        *shares, amount=amount + first, day=pl.col("day") + pl.duration(days="nth")
    ).drop("days", "nth")


COSTS = Kind(
    "costs",
    "what advertising cost, a row a day or period, channel and campaign",
    ("ts", "until", "channel", "campaign", "ad_group", "ad", "spend", "currency", "impressions", "clicks"),
    (
        Need(("ts",), "no column with days", "Export it broken down by day, or say which column holds them: --map ts=COLUMN."),
        Need(("spend",), "no column with what was spent", "Say which one holds it: --map spend=COLUMN."),
    ),
    _read,
    each=Need(("spend",), "The row has no amount.", "Fill in what was spent."),
    telling=("campaign", "spend", "impressions"),
    parts=("campaign", "ad_group", "ad"),
)  # fmt: skip
