"""Pieces of requests that could not be taken: kept in quarantine as they came, until somebody sets them right (`replaying`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import polars as pl
import xxhash

from masarat.collect.wire import Rejected
from masarat.events import TIME
from masarat.store import Store, quarantined

CELL = "event"  # the column in which the exported quarantine shows a piece
LIVE = "live"  # the "file" of a piece that is a line of the journal


class Piece(msgspec.Struct, kw_only=True):
    """One piece, as the door writes it down before it answers."""

    source: str
    raw: str
    reason: str
    remedy: str
    again: str = ""  # the path that takes it as a whole body; empty: it is a line of the journal
    at: float  # UTC seconds


def piece_of(rejected: Rejected, source: str, at: float) -> Piece:
    raw = rejected.raw.decode("utf-8", "backslashreplace")
    return Piece(
        source=source, raw=raw, reason=rejected.reason, remedy=rejected.remedy, again=rejected.again, at=at
    )


def keep(store: Store, pieces: Sequence[Piece]) -> None:
    """Put pieces into quarantine. One that was here before stays as it is, whatever became of it."""
    keyed = {_key(piece): piece for piece in pieces}
    for source in {piece.source for piece in pieces}:
        of_source = [key for key, piece in keyed.items() if piece.source == source]
        for key in quarantined.known(store, source, of_source):
            del keyed[key]
    rows = [
        {
            "row_key": key,
            "source": piece.source,
            "import_id": "",
            "file": piece.again or LIVE,
            "row_number": number,
            "raw": msgspec.json.encode({CELL: piece.raw}).decode(),
            "field": "",
            "reason": piece.reason,
            "remedy": piece.remedy,
            "ts": datetime.fromtimestamp(piece.at, UTC),
        }
        for number, (key, piece) in enumerate(keyed.items(), 1)
    ]
    if rows:
        store.insert("quarantine", pl.DataFrame(rows, schema_overrides={"row_number": pl.UInt64, "ts": TIME}))


def _key(piece: Piece) -> str:
    return xxhash.xxh3_128_hexdigest(f"{piece.source}\x1f{piece.raw}".encode())
