"""Pieces that somebody has set right: read, enriched and stored as if they came now, each once."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
import polars as pl

from masarat.collect import webhooks
from masarat.collect.enrich import Enricher, Rules
from masarat.collect.pieces import LIVE
from masarat.collect.putting import Hear, put_moves
from masarat.collect.webhooks.arriving import as_sent
from masarat.collect.wire import ROUTES, Request, Taken
from masarat.collect.wire.base import BadBody
from masarat.errors import BadData
from masarat.events import Move
from masarat.store import Store


def take_again(store: Store, rows: pl.DataFrame, texts: Sequence[str], hear: Hear) -> list[str]:
    """Take pieces of one source in as they are now written; what is still wrong with each, empty where it is in.

    `hear` is given the lines that went in, as it is those of the journal.
    """
    enrich = Enricher(Rules.of(store.settings), store.settings.data, time.time)
    wrong, read = [], []
    for again, source, text in zip(rows["file"], rows["source"], texts, strict=True):
        try:
            read.append(_read(store, enrich, text, again, source))
            wrong.append("")
        except BadData as error:
            read.append([])
            wrong.append(f"{error.sentence} {error.remedy}")
    try:
        put_moves(store, [move for moves in read for move in moves], hear)
    except BadData:  # one of them; so each by itself
        for place, moves in enumerate(read):
            try:
                put_moves(store, moves, hear)
            except BadData as error:
                wrong[place] = f"{error.sentence} {error.remedy}"
    return wrong


def _read(store: Store, enrich: Enricher, text: str, again: str, source: str) -> list[Move]:
    """The moves of a piece. Raises BadData with what is wrong now."""
    request = Request(
        method="POST", path=again, query={}, headers={}, body=text.encode(), received_at=time.time()
    )
    try:
        if again == LIVE:  # it was enriched before it was refused
            line = msgspec.json.decode(text, type=Move)
            line.source = source
            return [line]
        if platform := webhooks.BY_NAME.get(again.removeprefix(webhooks.PREFIX)):
            shop = webhooks.shop_of(source, store.settings)
            return _whole(webhooks.read(platform, request, shop))
        moves = _whole(ROUTES[again](request))
    except BadBody as error:
        raise BadData(error.sentence, error.remedy) from None
    except msgspec.MsgspecError as error:
        raise BadData(f"It is no event: {error}.", "Set it right and replay it.") from None
    for move in moves:
        as_sent(move)
    return enrich(moves, request, source)


def _whole(taken: Taken) -> list[Move]:
    if taken.rejected:
        raise BadData(taken.rejected[0].reason, taken.rejected[0].remedy)
    return taken.moves
