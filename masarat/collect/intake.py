"""From the journal into the store: every accepted event once, whatever was sent twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np

from masarat.collect.erased import sift
from masarat.collect.people import keep_told
from masarat.collect.pieces import Piece, keep
from masarat.collect.seen import DAYS, Hashes, Seen, hashes
from masarat.collect.webhooks.arriving import arrive, is_snapshot
from masarat.errors import BadData
from masarat.events import IDENTIFIED
from masarat.journal import Poisoned, Segment
from masarat.records.tombstones import Gone, nobody
from masarat.store import Store
from masarat.store.lines import ids_received, insert_lines, insert_text, known_ids

Watch = Callable[[Sequence[bytes]], object]  # told of a segment's lines once they are in the store


class _Head(msgspec.Struct, gc=False):
    """What must be known of a line before the engine reads it."""

    event_id: str
    name: str
    visitor_id: str = ""


class Intake:
    """The flusher's sink. Not thread-safe: there is one flusher.

    An event id that stands twice in a segment, or was stored in the last 30 days, is left out and counted in `repeated`. `watch` hears
    of all lines, repeated ones too: what it failed at before a crash is done then. Lines of somebody whom `gone` knows as erased are left
    out before all else and counted in `erased`.
    """

    def __init__(self, store: Store, watch: Watch | None = None, gone: Callable[[], Gone] = nobody) -> None:
        self.store = store
        self._watch = watch
        self._gone = gone
        self.repeated = self.erased = 0
        self._seen = Seen()
        self._heads = msgspec.json.Decoder(_Head)
        self._remember_stored()

    def take(self, segment: Segment) -> None:
        """Put a segment's events into the store. Raises Poisoned where the engine will never take one of them."""
        given = [line for line in segment.path.read_bytes().split(b"\n") if line.strip()]
        lines = sift(given, self._gone())
        heads = [self._heads.decode(line) for line in lines]
        ids = [head.event_id for head in heads]
        found = hashes(ids)
        snapshots = {place for place, one in enumerate(ids) if "@" in one and is_snapshot(one)}
        fresh = [place for place in self._fresh(heads, found) if place not in snapshots]
        try:
            arrive(self.store, [lines[place] for place in sorted(snapshots)])
            if lines is given and len(fresh) == len(lines):
                insert_lines(self.store, segment.path, token=segment.token)
            elif fresh:
                content = b"\n".join(lines[index] for index in fresh) + b"\n"
                insert_text(self.store, content, token=segment.token)
        except BadData as error:
            raise Poisoned(error.sentence) from error
        told = (line for line, head in zip(lines, heads, strict=True) if head.name == IDENTIFIED)
        keep_told(self.store, list(told))
        if self._watch:
            self._watch(lines)
        self.store.settle()
        self.repeated += len(lines) - len(fresh) - len(snapshots)
        self.erased += len(given) - len(lines)
        self._seen.add(found, datetime.now(UTC).date())

    def reject(self, line: bytes, reason: str, token: str) -> None:
        """Keep a line that the engine refuses, with the reason, until somebody sets it right."""
        raw = line.decode("utf-8", "backslashreplace").rstrip("\n")
        remedy = "Set the event right and replay it."
        keep(self.store, [Piece(source=_source(line), raw=raw, reason=reason, remedy=remedy, at=time.time())])
        self.store.settle()

    def _fresh(self, heads: Sequence[_Head], found: Hashes) -> list[int]:
        """The places of events that are neither in the store nor earlier in the segment."""
        maybe = [heads[int(place)] for place in np.nonzero(self._seen.maybe(found))[0]]
        known = known_ids(self.store, [one.event_id for one in maybe], [one.visitor_id for one in maybe])
        fresh: dict[str, int] = {}
        for place, head in enumerate(heads):
            if head.event_id not in known:
                fresh.setdefault(head.event_id, place)
        return list(fresh.values())

    def _remember_stored(self) -> None:
        since = datetime.now(UTC).date() - timedelta(days=DAYS)
        for day, found in ids_received(self.store, since):
            self._seen.add(found, day)


def _source(line: bytes) -> str:
    try:
        return str(msgspec.json.decode(line).get("source", ""))
    except (msgspec.MsgspecError, AttributeError):
        return ""
