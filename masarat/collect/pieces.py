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

from masarat.collect import webhooks
from masarat.collect.webhooks.arriving import arrive, is_snapshot
from masarat.collect.wire import ROUTES, Rejected, Request
from masarat.collect.wire.base import BadBody
from masarat.errors import BadData
from masarat.events import TIME, Move
from masarat.settings import Settings
from masarat.store import Store, quarantined
from masarat.store.lines import insert_lines, known_ids

CELL = "event"  # the column in which the exported quarantine shows a piece
_encoder = msgspec.json.Encoder()
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
            read.append(_read(text, file, source, store.settings))
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


def _read(text: str, again: str, source: str, settings: Settings) -> list[Move]:
    """The moves of a piece. Raises BadData with what is wrong now."""
    try:
        if again == LIVE:
            moves = [msgspec.json.decode(text, type=Move)]
        else:
            now = time.time()
            request = Request(
                method="POST", path=again, query={}, headers={}, body=text.encode(), received_at=now
            )
            platform = webhooks.BY_NAME.get(again.removeprefix(webhooks.PREFIX))
            taken = (
                webhooks.read(platform, request, shop_of(source, settings))
                if platform
                else ROUTES[again](request)
            )
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
    snapshots = [move for move in moves if is_snapshot(move.event_id)]
    arrive(store, [_encoder.encode(move) for move in snapshots])
    plain = {move.event_id: move for move in moves if not is_snapshot(move.event_id)}
    for known in known_ids(store, list(plain)):
        del plain[known]
    if plain:
        lines = _encoder.encode_lines(list(plain.values()))
        with tempfile.NamedTemporaryFile(dir=store.settings.data, suffix=".jsonl") as file:
            Path(file.name).write_bytes(lines)
            insert_lines(store, Path(file.name), token=xxhash.xxh3_128_hexdigest(lines))


def shop_of(source: str, settings: Settings) -> webhooks.Shop:
    """The shop that a source's webhooks speak of, as far as the settings know it."""
    return webhooks.Shop(source, settings.currency, settings.country, settings.timezone)
