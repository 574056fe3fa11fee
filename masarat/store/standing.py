"""What stands in the log already of orders that come in again, and how what they replace is removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from masarat.events import COLUMNS, TIME
from masarat.store.store import Store

FEW = 2_000  # as many keys are asked for by name; more, by ranges of keys
RANGE = 500_000  # standing events looked at in one go
CHUNK = 5_000  # ids in one statement

HEADS = {
    "event_id": pl.String(),
    "revision": pl.UInt64(),
    "received_at": TIME,
    "copies": pl.UInt64(),
    "import_id": pl.String(),
}


def heads(store: Store, source: str, keys: pl.Series) -> pl.DataFrame:
    """For every event of these orders that stands: its newest revision, when and by which import it came, and how many copies there are.

    An order's key is what the ids of its events begin with, up to the hyphen. More than one copy is left only by a crash.
    """
    found = [_heads(store, source, where, values) for where, values in _ranges(store, source, keys)]
    frame = pl.concat(found) if found else pl.DataFrame(schema=HEADS)
    return frame.filter(key_of("event_id").is_in(keys.unique().implode()))


def key_of(column: str) -> pl.Expr:
    """The order's key in an event's id."""
    return pl.col(column).str.splitn("-", 2).struct[0]


def kind_of(column: str) -> pl.Expr:
    """What became of the order, after the key: completed, refunded, cancelled, pending."""
    return pl.col(column).str.splitn("-", 3).struct[1]


def newest(store: Store, source: str, event_ids: Sequence[str]) -> pl.DataFrame:
    """The newest copy of each of these events, all columns of the log."""
    columns = ", ".join("toString(props) AS props" if name == "props" else name for name in COLUMNS)
    found = [
        store.frame(
            f"SELECT {columns} FROM events WHERE source = {{source:String}} AND event_id IN {{ids:Array(String)}}"
            " ORDER BY event_id, received_at DESC LIMIT 1 BY event_id",
            {"source": source, "ids": ids},
        )
        for ids in chunks(event_ids)
    ]
    return pl.concat(found).cast(pl.Schema(COLUMNS)) if found else pl.DataFrame(schema=COLUMNS)


def remove(store: Store, source: str, event_ids: Sequence[str], before: datetime) -> None:
    """Remove the copies of these events that came in before a time."""
    for ids in chunks(event_ids):
        store.delete(
            "events",
            "source = {source:String} AND event_id IN {ids:Array(String)} AND received_at < {before:DateTime64(3, 'UTC')}",
            {"source": source, "ids": ids, "before": before},
        )


def _heads(store: Store, source: str, where: str, values: dict[str, Any]) -> pl.DataFrame:
    frame = store.frame(
        "SELECT event_id, argMax(events.revision, (events.received_at, events.revision)) AS revision,"
        " max(events.received_at) AS received_at, count() AS copies,"
        " argMax(toString(events.import_id), (events.received_at, events.revision)) AS import_id"
        f" FROM events WHERE source = {{source:String}} AND {where} GROUP BY event_id",
        {"source": source, **values},
    )
    return frame.cast(dict(HEADS.items()))


def _ranges(store: Store, source: str, keys: pl.Series) -> Iterator[tuple[str, dict[str, Any]]]:
    """Conditions that together reach every key."""
    distinct = keys.unique()
    if len(distinct) <= FEW:
        yield "substringIndex(event_id, '-', 1) IN {keys:Array(String)}", {"keys": distinct.to_list()}
        return
    low, high = str(distinct.min()), str(distinct.max()) + "~"
    values: dict[str, Any] = {"source": source, "low": low, "high": high}
    within = "event_id >= {low:String} AND event_id < {high:String}"
    standing = store.select(
        f"SELECT count() AS n FROM events WHERE source = {{source:String}} AND {within}", values
    )[0]["n"]
    if not standing:
        return
    cuts = distinct.sort().gather_every(max(1, len(distinct) // (standing // RANGE + 1))).to_list()
    for start, end in zip(cuts, [*cuts[1:], high], strict=True):
        yield within, {"low": start, "high": end}


def chunks(ids: Sequence[str]) -> Iterator[list[str]]:
    """Lists that fit into one statement."""
    for start in range(0, len(ids), CHUNK):
        yield list(ids[start : start + CHUNK])
