"""From the journal into the store: every accepted event once, whatever was sent twice."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
import xxhash

from masarat.collect.seen import DAYS, Hashes, Seen, hashes
from masarat.errors import BadData
from masarat.journal import Poisoned, Segment
from masarat.store import Store
from masarat.store.lines import ids_received, insert_lines, known_ids


class _Id(msgspec.Struct):
    event_id: str


class Intake:
    """The flusher's sink. Not thread-safe: there is one flusher.

    An event id that stands twice in a segment, or was stored in the last 30 days, is left out and counted in `repeated`.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.repeated = 0
        self._seen = Seen()
        self._ids = msgspec.json.Decoder(_Id)
        self._remember_stored()

    def take(self, segment: Segment) -> None:
        """Put a segment's events into the store. Raises Poisoned where the engine will never take one of them."""
        content = segment.path.read_bytes()
        lines = [line for line in content.split(b"\n") if line.strip()]
        ids = [self._ids.decode(line).event_id for line in lines]
        found = hashes(ids)
        fresh = self._fresh(ids, found)
        try:
            if len(fresh) == len(lines):
                insert_lines(self.store, segment.path, token=segment.token)
            elif fresh:
                with tempfile.NamedTemporaryFile(dir=self.store.settings.data, suffix=".jsonl") as file:
                    Path(file.name).write_bytes(b"\n".join(lines[index] for index in fresh) + b"\n")
                    insert_lines(self.store, Path(file.name), token=segment.token)
        except BadData as error:
            raise Poisoned(error.sentence) from error
        self.repeated += len(lines) - len(fresh)
        self._seen.add(found, datetime.now(UTC).date())

    def reject(self, line: bytes, reason: str, token: str) -> None:
        """Keep a line that the engine refuses, with the reason, until somebody repairs it."""
        keep(
            self.store,
            [(line, reason, "Repair the event and send it again.")],
            source=_source(line),
            token=token,
        )

    def _fresh(self, ids: Sequence[str], found: Hashes) -> list[int]:
        """The places of events that are neither in the store nor earlier in the segment."""
        maybe = np.nonzero(self._seen.maybe(found))[0]
        known = known_ids(self.store, [ids[int(place)] for place in maybe]) if maybe.size else set()
        fresh: dict[str, int] = {}
        for place, one in enumerate(ids):
            if one not in known:
                fresh.setdefault(one, place)
        return list(fresh.values())

    def _remember_stored(self) -> None:
        since = datetime.now(UTC).date() - timedelta(days=DAYS)
        for day, ids in ids_received(self.store, since):
            self._seen.add(hashes(ids), day)


def keep(store: Store, bad: Sequence[tuple[bytes, str, str]], *, source: str, token: str = "") -> None:
    """Put pieces that could not be taken (bytes, reason, remedy) into quarantine; the same piece stands there once."""
    now = datetime.now(UTC)
    store.insert(
        "quarantine",
        pl.DataFrame(
            {
                "row_key": [xxhash.xxh3_128_hexdigest(raw) for raw, _, _ in bad],
                "source": [source] * len(bad),
                "import_id": [""] * len(bad),
                "file": [token] * len(bad),
                "row_number": pl.Series([0] * len(bad), dtype=pl.UInt64),
                "raw": [raw.decode("utf-8", "replace") for raw, _, _ in bad],
                "field": [""] * len(bad),
                "reason": [reason for _, reason, _ in bad],
                "remedy": [remedy for _, _, remedy in bad],
                "ts": pl.Series([now] * len(bad), dtype=pl.Datetime("ms", "UTC")),
            }
        ),
    )


def _source(line: bytes) -> str:
    try:
        return str(msgspec.json.decode(line).get("source", ""))
    except (msgspec.MsgspecError, AttributeError):
        return ""
