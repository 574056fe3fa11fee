"""What every kind of table shares: what it needs, and what its rows come to.

A kind is one file with a `Kind` and one line in `KINDS`. Its `read` is given typed rows (columns as in `fields.FIELDS`, those that a
table lacks absent, plus `props`: what no field took) and gives what they tell. It reads no file and writes nothing, and the same rows
always come to the same ids: that is what lets a file come in again, whole or in part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from masarat.collect.fields import FIELD_NAMES
from masarat.collect.identity import digest
from masarat.collect.people import TOLD_FACTS, identifiers, visitors
from masarat.events import COLUMNS, TIME

KEY = "key"  # of a row: 32 letters that begin the ids of its events
_CODED = r"^\[([^\]\s]+)\]\s+(.+)$"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from, and what holds for those that do not say."""

    source: str
    currency: str  # ISO 4217
    timezone: str  # in which its days are
    at: datetime  # when they are taken in, UTC: the time of what tells none


@dataclass(slots=True)
class Told:
    """What a stretch of rows came to: events for the log and, by the same event ids, what they tell about customers."""

    events: pl.DataFrame
    people: pl.DataFrame
    unidentified: int = 0  # rows that name no customer
    cancelled: int = 0  # rows of orders called off, taken back or undone
    returned: int = 0  # rows whose goods or money came back
    erased: int = 0  # events of customers who were erased, now of nobody or left out
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)  # rows of `products` and `costs`


@dataclass(frozen=True, slots=True)
class Need:
    """One of these fields must be there; where none is, `lacks` is said, with the remedy."""

    fields: tuple[str, ...]
    lacks: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """Rows that stand in tables of a kind and are none of it: those of which `is_one` says so of this field."""

    field: str
    is_one: Callable[[pl.Series], pl.Series]
    reason: str  # follows what stands in the cell: “Vendor Bill” …
    remedy: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table."""

    name: str  # as in --kind
    about: str  # what a row is, in a few words
    fields: tuple[str, ...]  # names from fields.FIELDS, in which a table of this kind is read
    needs: tuple[Need, ...]
    read: Callable[[pl.DataFrame, Origin], Told]
    each: Need  # what every row must have; what it has beside, a row may lack
    telling: tuple[str, ...] = ()  # fields whose headers say that a table is of this kind
    parts: tuple[str, ...] = ()  # fields that say what a row is of, where a total says that it is one
    strangers: tuple[Stranger, ...] = ()
    together: str = "order_id"  # rows that say the same here are read together
    asks: bool = False  # whether its columns may be questions, whose words are about anything
    spoken: Mapping[str, str] = field(
        default_factory=dict
    )  # field that a table lacks → the one whose header says it

    def __post_init__(self) -> None:
        unknown = [name for name in self.fields if name not in FIELD_NAMES]
        assert not unknown, f"{self.name}: {unknown} are not in fields.FIELDS"

    @property
    def is_dated(self) -> bool:
        """Whether every row must say when."""
        return any("ts" in need.fields for need in self.needs)


DATED = Need(("ts",), "no column with dates", "Say which one holds them: --map ts=COLUMN.")


def has(rows: pl.DataFrame, name: str, default: object = "") -> pl.Expr:
    """A column, or what stands for it where the table lacks it."""
    return pl.col(name) if name in rows.columns else pl.lit(default)


def named(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `name` made of first and family name, where it is not given."""
    halves = [pl.col(name).fill_null("") for name in ("first_name", "last_name") if name in rows.columns]
    if not halves:
        return rows
    both = pl.concat_str(halves, separator=" ").str.strip_chars()
    given = pl.col("name").fill_null("") if "name" in rows.columns else pl.lit("")
    return rows.with_columns(name=pl.when(given != "").then(given).otherwise(both))


def day_of(rows: pl.DataFrame, name: str, origin: Origin) -> pl.Expr:
    """The day of a time where the table's days are; null where it has none."""
    if name not in rows.columns:
        return pl.lit(None, pl.Date)
    return pl.col(name).dt.convert_time_zone(origin.timezone).dt.date()


def with_codes(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose products are named `[code] name` and have no code of their own, with both apart."""
    if "product_name" not in rows.columns or "product_id" in rows.columns:
        return rows
    if not rows["product_name"].str.starts_with("[").any():
        return rows
    parts = pl.col("product_name").str.extract_groups(_CODED)
    code, name = parts.struct.field("1"), parts.struct.field("2")
    return rows.with_columns(product_id=code.fill_null(""), product_name=pl.coalesce(name, "product_name"))


def keyed(rows: pl.DataFrame, kind: str, source: str, *names: str) -> pl.DataFrame:
    """Rows with KEY, made from the fields that name a row of this kind; rows that say the very same are told apart by their place."""
    parts = [_text(rows, name) for name in names]
    texts = rows.select(text=pl.concat_str([pl.lit(f"{source}\x1f{kind}"), *parts], separator="\x1f"))
    nth = texts.select(pl.int_range(pl.len()).over("text")).to_series()
    again = pl.when(nth > 0).then(pl.format("\x1f{}", nth)).otherwise(pl.lit(""))
    named = texts.select(pl.col("text") + again).to_series()
    return rows.with_columns(digest(named).alias(KEY))


def _text(rows: pl.DataFrame, name: str) -> pl.Expr:
    if name not in rows.columns:
        return pl.lit("")
    value = pl.col(name)
    if rows.schema[name].is_temporal():
        value = value.dt.epoch("ms")
    return value.cast(pl.String).fill_null("")


def events_of(
    rows: pl.DataFrame,
    origin: Origin,
    name: str,
    ending: str,
    *,
    ts: pl.Expr | None = None,
    columns: Mapping[str, pl.Expr] | None = None,
    props: Mapping[str, pl.Expr] | None = None,
) -> pl.DataFrame:
    """One event a row: its id is KEY and the ending, its person whoever the row names, its other columns and properties as given.

    `rows` have KEY (see `keyed`). A property that is null or empty is left out; what the table had beyond its fields stays.
    """
    said = (has(rows, "ts", None) if ts is None else ts).cast(TIME)
    when = said.fill_null(pl.lit(origin.at).cast(TIME))
    events = rows.select(
        (pl.col(KEY) + f"-{ending}").alias("event_id"),
        when.alias("ts"),
        pl.lit(name).alias("name"),
        pl.lit(origin.source).alias("source"),
        visitors(rows, origin.source),
        *identifiers(rows, origin.source),
        **{column: each.cast(COLUMNS[column]) for column, each in (columns or {}).items()},
        props=_props(rows, props or {}),
    )
    if "ts" in rows.columns:  # what tells no time is no other when it comes in later
        return events.with_columns(
            revision=_revision(events.with_columns(rows.with_columns(ts=said)["ts"]), rows)
        )
    return events.with_columns(revision=_revision(events.drop("ts"), rows))


def _props(rows: pl.DataFrame, more: Mapping[str, pl.Expr]) -> pl.Expr:
    kept = has(rows, "props", "{}")
    inside = [pl.when(kept != "{}").then(kept.str.strip_prefix("{").str.strip_suffix("}"))]
    for name, value in more.items():
        given = value.is_not_null() & (value.cast(pl.String, strict=False) != "")
        inside.append(
            pl.when(given).then(pl.struct(value.alias(name)).struct.json_encode().str.slice(1).str.head(-1))
        )
    return pl.lit("{") + pl.concat_str(inside, separator=",", ignore_nulls=True) + pl.lit("}")


def _revision(events: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """A fingerprint of what an event rests on."""
    hashed = events.select(pl.struct(pl.all()).struct.json_encode()).to_series().hash()
    facts = [name for name in TOLD_FACTS if name in rows.columns]
    return hashed + rows.select(facts).hash_rows(seed=1) if facts else hashed


def people_of(rows: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """What rows tell about the persons of their events, row by row."""
    facts = [name for name in TOLD_FACTS if name in rows.columns]
    blank = [pl.when(pl.col(name) != "").then(name).alias(name) for name in facts]
    return pl.concat([events.select("event_id", "visitor_id", "ts"), rows.select(blank)], how="horizontal")


NOTHING = pl.DataFrame(schema={name: COLUMNS[name] for name in ("event_id", "ts", "name", "source", "visitor_id", "revision")})  # fmt: skip
NOBODY = pl.DataFrame(schema={"event_id": pl.String(), "visitor_id": pl.String(), "ts": TIME})
