"""Snapshots of orders on their way from the journal into the store: of every order the newest one stands, once.

A journal only adds, and an order changes: it is paid, edited, cancelled, refunded. Its snapshot therefore replaces what stands of the
order, whether a webhook or a file brought that: events that changed are written anew, those of states that the order has left are removed.
A snapshot older than the one that stands (a retry that comes late, a replay) changes nothing, so the order in which webhooks come does
not matter, nor how often; the figures are those of the newest.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import polars as pl
import xxhash

from masarat.collect.kinds.base import Told
from masarat.collect.kinds.orders import NAMES, PRODUCT_LISTS
from masarat.collect.merging import KEPT_WHERE_BLANK
from masarat.collect.people import FACTS
from masarat.collect.restate import Restating, _after, _leftovers
from masarat.collect.webhooks.orders import SNAPSHOT, Snapshot
from masarat.collect.writing import write
from masarat.errors import BadData
from masarat.events import COLUMNS, MONEY, Move
from masarat.store import Store, standing

WAITING = ["pending"]  # all that an order comes to until it is paid
_ONE_AT_A_TIME = threading.Lock()  # a webhook and a sync at once would each miss what the other writes
_move = msgspec.json.Decoder(Move)
_encoder = msgspec.json.Encoder()


@dataclass(slots=True)
class _Told:
    """One event of a snapshot."""

    key: str
    move: Move
    props: dict[str, Any]
    snapshot: Snapshot
    revision: int


def is_snapshot(event_id: str) -> bool:
    """Whether a line of the journal with this id is to go through `arrive`."""
    return SNAPSHOT.match(event_id) is not None


def as_sent(move: Move) -> None:
    """What no webhook sent may not pass for a snapshot, whatever id it brings: only webhooks replace orders."""
    if "@" in move.event_id and is_snapshot(move.event_id):
        move.event_id = f"sent:{move.event_id}"


def arrive(store: Store, lines: Iterable[bytes]) -> int:
    """Bring snapshots into the store, and say how many events were written; the same lines again add nothing.

    Raises BadData where a line is no snapshot after all (anybody with a key may send an id that looks like one).
    """
    by_source: dict[str, list[_Told]] = {}
    for line in lines:
        told = _read(line)
        by_source.setdefault(told.move.source, []).append(told)
    with _ONE_AT_A_TIME:
        return sum(_arrive(store, source, _newest(told)) for source, told in by_source.items())


def _read(line: bytes) -> _Told:
    """Its event's own id, and the snapshot taken out of its properties."""
    try:
        move = _move.decode(line)
        props = msgspec.json.decode(move.props, type=dict)
        snapshot = msgspec.convert(props.pop("snapshot", None), Snapshot)
    except msgspec.MsgspecError as error:
        raise BadData(f"The line looks like an order but tells none: {error}.") from error
    found = SNAPSHOT.match(move.event_id)
    assert found, "ask `is_snapshot` first"
    move.event_id = move.event_id.partition("@")[0]
    same = msgspec.structs.replace(move, received_at=0.0, props=msgspec.Raw(_encoder.encode(props)))
    revision = xxhash.xxh3_64_intdigest(_encoder.encode([same, snapshot.facts]))
    return _Told(found[1], move, {**props, "as_of": snapshot.as_of}, snapshot, revision)


def _newest(told: list[_Told]) -> dict[str, list[_Told]]:
    """Of each order the events of its newest snapshot; of two from the same moment, of the one that does not wait, or came later."""
    kept: dict[str, list[_Told]] = {}
    for one in told:
        known = kept.get(one.key)
        mine, its = _place(one), _place(known[0] if known else one)
        if mine > its or not known:
            kept[one.key] = [one]
        elif mine == its and one.move.event_id not in {other.move.event_id for other in known}:
            known.append(one)
    return kept


def _place(told: _Told) -> tuple[float, bool, float]:
    return told.snapshot.as_of, told.snapshot.kinds != WAITING, told.move.received_at


def _arrive(store: Store, source: str, orders: dict[str, list[_Told]]) -> int:
    heads = standing.heads(store, source, pl.Series(list(orders), dtype=pl.String))
    heads = heads.with_columns(key=standing.key_of("event_id"), kind=standing.kind_of("event_id")).filter(
        pl.col("kind").is_in(list(NAMES))
    )
    stood = {
        row["event_id"]: row for row in standing.newest(store, source, heads["event_id"].to_list()).to_dicts()
    }
    current = [
        one for key, told in orders.items() if not _late(told, heads.filter(key=key), stood) for one in told
    ]
    same = dict(heads.select("event_id", "revision").iter_rows())
    changed = [one for one in current if same.get(one.move.event_id) != one.revision]
    kinds = {one.key: one.snapshot.kinds for one in current}
    fallen = [
        one
        for one, key, kind in heads.select("event_id", "key", "kind").iter_rows()
        if kind not in kinds.get(key, [kind])
    ]
    if not changed and not fallen:
        return 0
    at = _after(heads)
    try:
        events = _frame([_row(one, stood.get(one.move.event_id), at) for one in changed])
    except (OverflowError, ValueError, pl.exceptions.PolarsError) as error:
        raise BadData(f"The log cannot hold an order's amounts or times: {error}.") from error
    replaced = [one.move.event_id for one in changed if one.move.event_id in same] + fallen
    planned = Restating(source, at, events, events.clear(), replaced, _leftovers(heads))
    write(store, [(Told(events, _people(changed)), planned)], "")
    return len(changed)


def _late(told: list[_Told], heads: pl.DataFrame, stood: dict[str, dict[str, Any]]) -> bool:
    """Whether a newer snapshot stands; or one of the same second, or a file, which tells no time, and the order had gone on from waiting."""
    times = [_as_of(stood[one]) for one in heads["event_id"]]
    known = [time for time in times if time is not None]
    if known and told[0].snapshot.as_of != max(known):
        return told[0].snapshot.as_of < max(known)
    return told[0].snapshot.kinds == WAITING and bool(set(heads["kind"]) - set(WAITING))


def _as_of(event: dict[str, Any]) -> float | None:
    found = msgspec.json.decode(event["props"]).get("as_of")
    return float(found) if isinstance(found, int | float) else None


def _row(told: _Told, stood: dict[str, Any] | None, at: datetime) -> dict[str, Any]:
    """The event as a row of the log. What a snapshot leaves out keeps standing: products too, where the amount is the same."""
    move = told.move
    row = {name: getattr(move, name) for name in Move.__struct_fields__}
    row |= {
        "ts": datetime.fromtimestamp(move.ts, UTC),
        "received_at": at,
        "revision": told.revision,
        "props": _encoder.encode(told.props).decode(),
        "import_id": "",
    }
    if stood:
        row |= {name: stood[name] for name in KEPT_WHERE_BLANK if not row[name]}
        if not move.product_ids and abs(float(stood["revenue"]) - move.revenue) < 0.0001:
            row |= {name: [_plain(value) for value in stood[name]] for name in PRODUCT_LISTS}
    return row


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else float(value)


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Amounts are read as floats first, as they came."""
    floats = {MONEY: pl.Float64(), pl.List(MONEY): pl.List(pl.Float64())}
    schema = {name: floats.get(dtype, dtype) for name, dtype in COLUMNS.items()}
    return pl.DataFrame(rows, schema=pl.Schema(schema)).cast(pl.Schema(COLUMNS))


def _people(told: list[_Told]) -> pl.DataFrame:
    rows = [
        {
            "event_id": one.move.event_id,
            "visitor_id": one.move.visitor_id,
            "ts": datetime.fromtimestamp(one.move.ts, UTC),
            **{name: one.snapshot.facts.get(name) for name in FACTS},
        }
        for one in told
    ]
    texts = dict.fromkeys(("event_id", "visitor_id", *FACTS), pl.String())
    return pl.DataFrame(rows, schema=pl.Schema({**texts, "ts": COLUMNS["ts"]}))
