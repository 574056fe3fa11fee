"""What one process needs to take events in, and what the one that owns the store needs to bring them there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from masarat.collect.door import Door
from masarat.collect.enrich import Enricher, Rules
from masarat.collect.intake import Intake, Watch
from masarat.collect.keys import Keys, load
from masarat.collect.pieces import Piece, keep
from masarat.journal import Disk, Flusher, Journal, Segment, Shelf, Unavailable
from masarat.records import Records
from masarat.records.tombstones import Gone, nobody
from masarat.settings import Settings
from masarat.store import Store
from masarat.store.visits import recent_visits

EVENTS, REJECTED = "events", "rejected"


def journal_directory(settings: Settings) -> Path:
    return settings.data / "journal"


class Receiving:
    """A door with journals of its own; any number of processes may have one, each under its own worker's name."""

    def __init__(
        self,
        settings: Settings,
        records: Records,
        *,
        worker: str = "0",
        clock: Callable[[], float] = time.time,
        disk: Disk | None = None,
    ) -> None:
        directory = journal_directory(settings)
        self.events, self.rejected = (
            Journal(
                directory / name,
                worker=worker,
                disk=disk,
                backlog_bytes=settings.backlog,
                reserve_bytes=settings.reserve,
            )
            for name in (EVENTS, REJECTED)
        )
        self.enricher = Enricher(Rules.of(settings), settings.data, clock)
        self.door = Door(
            self.events, self.rejected, Keys(load(records)), self.enricher, settings, clock=clock
        )

    def remember(self, store: Store) -> None:
        """Take up the visits that were going on when the last server stopped."""
        rules = self.enricher.rules
        since = datetime.now(UTC) - timedelta(minutes=rules.session_gap_minutes)
        self.enricher.sessions.remember(recent_visits(store, since, rules.session_memory))

    def state(self) -> dict[str, Any]:
        """What went through since start, for people who watch over it."""
        return {
            **asdict(self.door.counts),
            **asdict(self.enricher.counts),
            "waiting_bytes": self.events.backlog,
        }

    def close(self) -> None:
        """Write what is pending; later requests are told to come again."""
        self.events.close()
        self.rejected.close()


class Draining:
    """Brings what all doors wrote into the store; only the process that owns the store has one."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        watch: Watch | None = None,
        gone: Callable[[], Gone] = nobody,
    ) -> None:
        directory = journal_directory(settings)
        self.store = store
        self.intake = Intake(store, watch, gone)
        with _one_sentence(directory):
            self.shelves = (Shelf(directory / EVENTS), Shelf(directory / REJECTED))
        self.events = Flusher(self.shelves[0], self.intake.take, self.intake.reject)
        self.rejected = Flusher(self.shelves[1], self._keep, self.intake.reject)
        self._pieces = msgspec.json.Decoder(Piece)

    def start(self) -> None:
        for shelf, flusher in zip(self.shelves, (self.events, self.rejected), strict=True):
            with _one_sentence(shelf.directory):
                shelf.recover()
            flusher.start()

    def state(self) -> dict[str, Any]:
        """How far the store is, and what keeps it from taking more."""
        return {
            "stored": self.events.inserted - self.intake.repeated - self.intake.erased,
            "repeated": self.intake.repeated,
            "erased": self.intake.erased,
            "quarantined": self.events.rejected + self.rejected.inserted,
            "retries": self.events.retries + self.rejected.retries,
            "trouble": self.events.trouble or self.rejected.trouble,
        }

    def stop(self) -> None:
        """Finish what is in hand; the rest is taken up at the next start."""
        self.events.stop()
        self.rejected.stop()

    def _keep(self, segment: Segment) -> None:
        keep(self.store, [self._pieces.decode(line) for line in segment.lines()])
        self.store.settle()


@contextmanager
def _one_sentence(directory: Path) -> Iterator[None]:
    """A disk that fails while we start is said as every other error is."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"The journal in {directory} cannot be opened: {error.strerror or error}.",
            "Free space on the disk, or look at its health; what lies there is kept.",
        ) from error
