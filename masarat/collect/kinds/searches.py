"""What people searched for before they came: queries and pages of a search engine's console, a row each."""

from __future__ import annotations

import polars as pl

from masarat.collect.kinds.base import NOBODY, Kind, Need, Origin, Told, day_of, events_of, has, keyed
from masarat.events import TIME


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """`Search Result Shown` of nobody: query or page with how often it was shown and clicked, and its average place.

    A report names no day where it sums several: then it is of the day it came in, and the same report again on that day is known.
    """
    at = pl.lit(origin.at).cast(TIME)
    rows = rows.with_columns(at=has(rows, "ts", None).cast(TIME).fill_null(at))
    rows = rows.with_columns(day=day_of(rows, "at", origin))
    rows = keyed(rows, "searches", origin.source, "query", "page", "country", "device", "day").drop("day")
    shown = events_of(
        rows,
        origin,
        "Search Result Shown",
        "shown",
        ts=pl.col("at"),
        columns={"url": has(rows, "page").fill_null(""), "channel": pl.lit("organic search")},
        props={
            "query": has(rows, "query"),
            "impressions": has(rows, "impressions", None).cast(pl.Float64),
            "clicks": has(rows, "clicks", None).cast(pl.Float64),
            "position": has(rows, "position", None).cast(pl.Float64),
        },
    )
    return Told(shown, NOBODY)


SEARCHES = Kind(
    "searches",
    "queries and pages of a search engine, a row each",
    ("query", "page", "ts", "country", "device", "clicks", "impressions", "position"),
    (
        Need(("query", "page"), "no column with queries or pages", "Say which one holds them: --map query=COLUMN."),
        Need(("impressions", "clicks"), "no column with impressions or clicks", "Say which one holds them: --map clicks=COLUMN."),
    ),
    _read,
    each=Need(("query", "page"), "The row names no query and no page.", "Fill in one of them."),
    telling=("query", "page", "position"),
)  # fmt: skip
