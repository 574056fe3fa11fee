"""The same order again: what stands already, what an order seen in part adds, what a correction replaces.

New rows are written before those they replace are removed, so a crash in between loses nothing; what it leaves behind twice is
cleared when the orders come in again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import polars as pl

from masarat.collect.merging import merge
from masarat.events import TIME
from masarat.store import Store, standing

# Which standing kinds of an order fall when another kind comes in without them: a cancelled order was no sale after all, a sold
# one is not cancelled, and what has become anything else no longer waits for its payment.
FALLS = pl.DataFrame(
    [
        ("cancelled", "completed"),
        ("cancelled", "refunded"),
        ("cancelled", "pending"),
        ("completed", "cancelled"),
        ("completed", "pending"),
        ("refunded", "pending"),
    ],
    schema=["kind", "falls"],
    orient="row",
)


@dataclass(slots=True)
class Restating:
    """What is to be done so that the log says what the orders say."""

    source: str
    at: datetime  # when the rows come in: later than all that stands of the orders
    fresh: pl.DataFrame  # to be written: events that are new
    changed: pl.DataFrame  # to be written: events as they are now
    replaced: list[str] = field(default_factory=list)  # events whose earlier copies are to go
    leftovers: dict[datetime, list[str]] = field(
        default_factory=dict
    )  # copies older than this are of a crash
    added: int = 0
    known: int = 0
    restated: int = 0


def plan(
    store: Store, events: pl.DataFrame, *, source: str, import_id: str, adding: bool = False
) -> Restating:
    """Compare orders of a source with what stands of them; nothing is written.

    With `adding` the lines are further ones of the same orders (rows set right and replayed) and are added to what stands; what
    this very import has added before is known.
    """
    events = _keyed(events)
    heads = _keyed(standing.heads(store, source, events["key"]))
    at = _after(heads)
    stamp = {"received_at": pl.lit(at, TIME), "import_id": pl.lit(import_id)}
    if heads.is_empty():
        fresh = events.drop("key", "kind").with_columns(**stamp)
        return Restating(source, at, fresh, fresh.clear(), added=fresh.height)
    late = _late(events, heads)
    fallen = _fallen(events, heads)
    compared = events.join(late, on="event_id", how="anti").join(
        heads.select("event_id", stood="revision", by="import_id"), on="event_id", how="left"
    )
    fresh = compared.filter(pl.col("stood").is_null())
    same = (pl.col("by") == import_id) if adding else (pl.col("stood") == pl.col("revision"))
    changed = compared.filter(pl.col("stood").is_not_null() & ~same).select(events.columns)
    restated = changed.clear()
    if changed.height:
        stood = standing.newest(store, source, changed["event_id"].to_list())
        restated = merge(stood, changed, adding=adding)
    return Restating(
        source,
        at,
        fresh.select(events.columns).drop("key", "kind").with_columns(**stamp),
        restated.drop("key", "kind").with_columns(**stamp),
        [*restated["event_id"], *fallen],
        _leftovers(heads),
        added=fresh.height,
        known=events.height - fresh.height - restated.height,
        restated=restated.height + len(fallen),
    )


def restate(store: Store, planned: Restating) -> None:
    """Do it: first what is new, then away with what it replaces."""
    store.append(planned.fresh)
    store.append(planned.changed)
    standing.remove(store, planned.source, planned.replaced, planned.at)
    for newest, ids in planned.leftovers.items():
        standing.remove(store, planned.source, ids, newest)


def _keyed(frame: pl.DataFrame) -> pl.DataFrame:
    """With the order's key and the event's kind, both parts of its id."""
    return frame.with_columns(key=standing.key_of("event_id"), kind=standing.kind_of("event_id"))


def _after(heads: pl.DataFrame) -> datetime:
    """Now, or a moment after the newest of what stands, should the clock have gone back."""
    now = datetime.now(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    newest = heads["received_at"].max()
    return max(now, newest + timedelta(milliseconds=1)) if isinstance(newest, datetime) else now


def _late(events: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    """Orders said to be pending that are known to have gone on: an older file tells nothing new."""
    gone_on = heads.filter(pl.col("kind") != "pending")
    return events.filter(pl.col("kind") == "pending").join(gone_on, on="key", how="semi").select("event_id")


def _fallen(events: pl.DataFrame, heads: pl.DataFrame) -> list[str]:
    """Standing events of states that their orders have left."""
    now = events.select("key", "kind")
    falling = now.join(FALLS, on="kind").select("key", kind="falls")
    fallen = heads.join(falling, on=["key", "kind"], how="semi").join(now, on=["key", "kind"], how="anti")
    return fallen["event_id"].to_list()


def _leftovers(heads: pl.DataFrame) -> dict[datetime, list[str]]:
    doubled = heads.filter(pl.col("copies") > 1).group_by("received_at").agg("event_id")
    return dict(doubled.iter_rows())
