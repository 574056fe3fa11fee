"""What comes in of somebody who was erased: an old file once more, a late event, a backup. It stays erased.

Sales stay as sales of nobody, as the erasure left them, so that the same order coming again is known and changes nothing; the rest is
refused. Who comes after the erasure is a new customer (`records/tombstones.py`).
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
import polars as pl

from masarat.collect.kinds.base import Told
from masarat.collect.phones import phone_of
from masarat.events import Move
from masarat.records.tombstones import Gone
from masarat.words.folding import fold

# What remains of somebody who was erased, without them: the law asks for invoices for years.
SALES = ("Order Completed", "Order Refunded", "Order Cancelled", "Order Pending", "Payment Received")
PERSONAL = ("visitor_id", "session_id", "url", "referrer", "city", "coupon")
KEPT = (
    "as_of",
    "order_amount",
    "order_quantity",
)  # properties that say something of an order and nothing of a person
SNAPSHOT = "snapshot"


class _Who(msgspec.Struct, gc=False):
    name: str
    ts: float
    visitor_id: str = ""
    identifiers: list[str] = []


_who = msgspec.json.Decoder(_Who)
_move = msgspec.json.Decoder(Move)
_encode = msgspec.json.Encoder().encode


def sift(lines: list[bytes], gone: Gone) -> list[bytes]:
    """Lines of the journal without those of somebody who was erased before, their sales without them; the very list where nothing changes."""
    if not gone:
        return lines
    kept = [_sifted(line, gone) for line in lines]
    if all(one is line for one, line in zip(kept, lines, strict=True)):
        return lines
    return [line for line in kept if line]


def _sifted(line: bytes, gone: Gone) -> bytes:
    who = _who.decode(line)
    stone = gone.takes((who.visitor_id, *who.identifiers), who.ts)
    if stone is None:
        return line
    everything = stone[1]
    return _encode(_of_nobody(_move.decode(line))) if who.name in SALES and not everything else b""


def _of_nobody(move: Move) -> Move:
    told = dict.fromkeys(PERSONAL, "")
    return msgspec.structs.replace(
        move, **told, identifiers=[], props=msgspec.Raw(bare(bytes(move.props)).encode())
    )


def sift_told(told: Told, gone: Gone) -> Told:
    """What a file told, without what it told of somebody who was erased before: their sales stay as sales of nobody, where these were kept."""
    events = told.events
    if not gone or not any(map(gone.of, _names(events))):
        return told
    stones = [gone.takes(*row) for row in _who_and_when(events)]
    theirs = pl.Series([stone is not None for stone in stones])
    everything = pl.Series([stone is not None and stone[1] for stone in stones])
    refused = everything | ~events["name"].is_in(SALES)
    ids = events.filter(theirs)["event_id"]
    events = pl.concat([events.filter(~theirs), anonymous(events.filter(theirs & ~refused))])
    people = told.people.filter(~pl.col("event_id").is_in(ids.implode()))
    return replace(told, events=events, people=people, erased=len(ids))


def sift_bad(bad: pl.DataFrame, source: str, country: str, gone: Gone) -> pl.DataFrame:
    """Rows that cannot be read, without those in which somebody stands who was erased; when it was, such a row does not say."""
    if not gone or bad.is_empty():
        return bad
    return bad.filter(pl.Series([not _named(raw, source, country, gone) for raw in bad["raw"]]))


def _named(raw: str, source: str, country: str, gone: Gone) -> bool:
    cells = (str(value).strip() for value in msgspec.json.decode(raw, type=dict).values() if value)
    return any(
        gone.of(name)
        for cell in cells
        for name in (f"{source}:{cell}", f"email:{cell.lower()}", f"phone:{phone_of(fold(cell), country)}")
    )


def _who_and_when(events: pl.DataFrame) -> list[tuple[list[str], float]]:
    more = events["identifiers"].to_list() if "identifiers" in events.columns else [None] * events.height
    times = (events["ts"].dt.epoch("ms") / 1000).to_list()
    return [
        ([who, *(names or [])], ts) for who, names, ts in zip(events["visitor_id"], more, times, strict=True)
    ]


def _names(events: pl.DataFrame) -> list[str]:
    """Every identifier in these events, once."""
    more = [events["identifiers"].explode()] if "identifiers" in events.columns else []
    return [name for name in pl.concat([events["visitor_id"], *more]).unique() if name]


def anonymous(events: pl.DataFrame) -> pl.DataFrame:
    """Events of nobody: what they say of goods and money, and nothing of whose they were."""
    blank = [pl.lit("").alias(name) for name in PERSONAL if name in events.columns]
    if "identifiers" in events.columns:
        blank.append(pl.lit([], pl.List(pl.String())).alias("identifiers"))
    if "props" in events.columns:
        props = [bare(text.encode()) for text in events["props"]]
        return events.with_columns(*blank, pl.Series("props", props, dtype=pl.String))
    return events.with_columns(*blank)


def bare(props: bytes) -> str:
    """Properties of an order without what may tell of a person; a snapshot keeps its place in time."""
    try:
        told = msgspec.json.decode(props, type=dict)
    except msgspec.MsgspecError:
        return "{}"
    kept = {name: told[name] for name in KEPT if name in told}
    if isinstance(snapshot := told.get(SNAPSHOT), dict):
        kept[SNAPSHOT] = {**snapshot, "facts": {}}
    return _encode(kept).decode()
