"""Frames turned into rows of the event log."""

from __future__ import annotations

import polars as pl

from masarat.demo.choice import Choice
from masarat.demo.names import BRANCHES, CITIES
from masarat.demo.orders import PAYMENTS
from masarat.demo.people import ALL_CHANNELS, visitor
from masarat.demo.purchases import DEVICES
from masarat.events import COLUMNS

CONTEXT = (
    "channel",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "referrer",
    "device",
    "country",
    "city",
    "branch",
)
PRODUCTS = ("product_ids", "product_names", "product_categories", "product_quantities", "product_revenues")


def moves(frame: pl.DataFrame, name: str, source: str, key: pl.Expr, **columns: pl.Expr) -> pl.DataFrame:
    """One event a row. `key` makes the event's id within its name; `ts` (UTC ms) and `visitor_id` are taken from the frame.

    Columns of the frame that the log knows come along as they are; `columns` adds to them or stands in their place.
    """
    kept = [column for column in COLUMNS if column in frame.columns and column not in ("name", "source")]
    code = name.lower().replace(" ", "-")
    return frame.select(
        *[column for column in kept if column not in columns],
        event_id=pl.lit(f"{code}:") + key.cast(pl.String),
        name=pl.lit(name),
        source=pl.lit(source),
        **columns,
    )


def props(**values: pl.Expr) -> pl.Expr:
    """A JSON object; the store keeps no path for what is null."""
    named = [value.alias(name) for name, value in values.items()]
    return pl.struct(named).struct.json_encode()


def described(choice: Choice, frame: pl.DataFrame) -> pl.DataFrame:
    """Row numbers of channel, device, city and branch in words, the visitor named."""
    ar = choice.language == "ar"
    flash = len(ALL_CHANNELS) - 1
    campaigns = [channel.utm_campaign for channel in ALL_CHANNELS]
    campaigns[flash] = choice.truths.churning_campaign
    marks = {
        "channel": ([channel.name for channel in ALL_CHANNELS], "channel", "store"),
        "utm_source": ([channel.utm_source for channel in ALL_CHANNELS], "channel", ""),
        "utm_medium": ([channel.utm_medium for channel in ALL_CHANNELS], "channel", ""),
        "utm_campaign": (campaigns, "channel", ""),
        "referrer": ([channel.referrer for channel in ALL_CHANNELS], "channel", ""),
        "device": (list(DEVICES), "device", ""),
        "city": ([city.arabic if ar else city.english for city in CITIES], "city", ""),
        "country": ([city.country_arabic if ar else city.country for city in CITIES], "city", ""),
        "branch": ([names[ar] for names in BRANCHES.values()], "branch", ""),
    }
    named = {name: _word(words, column, other) for name, (words, column, other) in marks.items()}
    who = visitor(pl.col("customer"))
    if "visitor_id" in frame.columns:  # strangers have theirs
        who = pl.coalesce("visitor_id", who)
    return frame.with_columns(visitor_id=who, **named)


def payment(choice: Choice) -> pl.Expr:
    """The way of payment as the shop writes it."""
    arabic = {name: arabic for name, (arabic, _, _) in PAYMENTS.items()}
    return pl.col("paid_by").replace(arabic) if choice.language == "ar" else pl.col("paid_by")


def _word(words: list[str], column: str, other: str) -> pl.Expr:
    return pl.col(column).replace_strict(dict(enumerate(words)), default=other, return_dtype=pl.String)


def line_arrays(lines: pl.DataFrame, *, sign: int = 1) -> pl.DataFrame:
    """The lines of each intention as the log's five arrays."""
    return lines.group_by("intent", maintain_order=True).agg(
        product_ids="product_id",
        product_names="product_name",
        product_categories="category",
        product_quantities=pl.col("quantity") * sign,
        product_revenues=pl.col("revenue") * sign,
    )
