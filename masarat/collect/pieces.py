"""Pieces of requests that could not be taken: kept in quarantine as they came, and taken once somebody has set them right."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import polars as pl
import xxhash

from masarat.collect.wire import ROUTES, Rejected, Request
from masarat.collect.wire.base import BadBody
from masarat.errors import BadData
from masarat.events import TIME, Move
from masarat.store import Store, quarantined
from masarat.store.lines import insert_lines, known_ids

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


def take_again(store: Store, rows: pl.DataFrame, texts: Sequence[str]) -> list[str]:
    """Take pieces of one source in as they are now written; what is still wrong with each, empty where it is in."""
    wrong, read = [], []
    for file, source, text in zip(rows["file"], rows["source"], texts, strict=True):
        try:
            read.append(_read(text, file, source))
            wrong.append("")
        except BadData as error:
            read.append([])
            wrong.append(f"{error.sentence} {error.remedy}")
    try:
        _insert(store, [move for moves in read for move in moves])
    except BadData:  # one of them; so each by itself
        for place, moves in enumerate(read):
            try:
                _insert(store, moves)
            except BadData as error:
                wrong[place] = f"{error.sentence} {error.remedy}"
    return wrong


def _read(text: str, again: str, source: str) -> list[Move]:
    """The moves of a piece. Raises BadData with what is wrong now."""
    try:
        if again == LIVE:
            moves = [msgspec.json.decode(text, type=Move)]
        else:
            now = time.time()
            request = Request(
                method="POST", path=again, query={}, headers={}, body=text.encode(), received_at=now
            )
            taken = ROUTES[again](request)
            moves = taken.moves
            if taken.rejected:
                raise BadData(taken.rejected[0].reason, taken.rejected[0].remedy)
    except BadBody as error:
        raise BadData(error.sentence, error.remedy) from None
    except msgspec.MsgspecError as error:
        raise BadData(f"It is no event: {error}.", "Set it right and replay it.") from None
    for move in moves:
        move.source = source
    return moves


def _insert(store: Store, moves: Sequence[Move]) -> None:
    known = known_ids(store, [move.event_id for move in moves])
    fresh = {move.event_id: move for move in moves if move.event_id not in known}
    if fresh:
        lines = msgspec.json.Encoder().encode_lines(list(fresh.values()))
        with tempfile.NamedTemporaryFile(dir=store.settings.data, suffix=".jsonl") as file:
            Path(file.name).write_bytes(lines)
            insert_lines(store, Path(file.name), token=xxhash.xxh3_128_hexdigest(lines))
