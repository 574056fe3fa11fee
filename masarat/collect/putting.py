"""Moves put into the store as they are, each once: orders as snapshots, the rest by their ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import xxhash

from masarat.collect.erased import sift
from masarat.collect.people import keep_told
from masarat.collect.webhooks.arriving import arrive, is_snapshot
from masarat.events import IDENTIFIED, Move
from masarat.records.tombstones import Gone
from masarat.store import Store
from masarat.store.lines import insert_text, known_ids

Hear = Callable[[Sequence[bytes]], None]

_encoder = msgspec.json.Encoder()


def put_moves(store: Store, moves: Sequence[Move], hear: Hear, gone: Gone | None = None) -> int:
    """How many of them are new. `hear` is given their lines, as it is those of the journal; who is `gone` stays so.

    Raises BadData where the store cannot hold one of them.
    """
    lines = {move.event_id: _encoder.encode(move) for move in moves}
    if gone is not None:
        lines = {event_id: kept[0] for event_id, line in lines.items() if (kept := sift([line], gone))}
    added = arrive(store, [line for event_id, line in lines.items() if is_snapshot(event_id)])
    plain = [event_id for event_id in lines if not is_snapshot(event_id)]
    known = known_ids(store, plain)
    fresh = [event_id for event_id in plain if event_id not in known]
    if fresh:
        text = b"\n".join(lines[event_id] for event_id in fresh) + b"\n"
        insert_text(store, text, token=xxhash.xxh3_128_hexdigest(text))
    told = [move.event_id for move in moves if move.name == IDENTIFIED and move.event_id in lines]
    keep_told(store, [lines[event_id] for event_id in told])
    if lines:
        hear(list(lines.values()))
    return added + len(fresh)
