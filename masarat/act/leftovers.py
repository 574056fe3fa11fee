"""Where somebody may still stand beside store and records: what waits in the journal, and files that a crash left behind."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from masarat.act.traces import Traces
from masarat.collect.receiving import EVENTS, REJECTED, Draining, journal_directory
from masarat.errors import StoreBusy
from masarat.journal import RealDisk
from masarat.journal.shelf import QUARANTINE
from masarat.settings import Settings
from masarat.store import Store

WAIT_SECONDS = 60.0
LOOK_SECONDS = 0.05
DAY_SECONDS = 86_400.0


def drain(draining: Draining) -> None:
    """Bring in what waits, where no server does: in this thread."""
    for shelf, flusher in zip(draining.shelves, (draining.events, draining.rejected), strict=True):
        shelf.recover()
        flusher.drain()


def wait_until_in(settings: Settings) -> None:
    """Back once the server has brought in all that waits now. StoreBusy where it does not come to it in a minute."""
    waiting, until = set(_segments(settings)), time.monotonic() + WAIT_SECONDS
    while waiting & set(_segments(settings)):
        if time.monotonic() > until:
            raise StoreBusy(
                "Events wait for the store for more than a minute.",
                "Start the server, or look at /v1/receiving; then erase again: it is completed.",
            )
        time.sleep(LOOK_SECONDS)


def set_aside(settings: Settings, traces: Traces) -> list[Path]:
    """Bytes that the journal set aside unread, and drafts that no living process writes, in which they stand."""
    directories = [journal_directory(settings) / name for name in (EVENTS, REJECTED)]
    files = [path for one in directories for path in (*one.glob(f"{QUARANTINE}/*.bytes"), *one.glob("*.new"))]
    return [path for path in files if not RealDisk().is_held(path) and traces.in_bytes(path.read_bytes())]


def clear(store: Store) -> int:
    """Remove uploads, spilled rows and lines on their way that a process left behind when it died; returns how many files."""
    found = list(_left(store.settings.data, _since(store)))
    for path in found:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(found)


def _left(data: Path, since: float) -> Iterator[Path]:
    for path in (*data.glob("uploads/*"), *data.glob("tmp*.jsonl"), *data.glob("tmp/*")):
        if path.stat().st_mtime < since:
            yield path
    for path in data.glob("spill-*-*"):
        if not _lives(int(path.name.split("-")[1])):
            yield path


def _since(store: Store) -> float:
    """When this process took the store: what is older was left by another."""
    return (
        store.lock.path.stat().st_mtime
        if store.embedded and store.lock.path.exists()
        else time.time() - DAY_SECONDS
    )


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _segments(settings: Settings) -> Iterator[Path]:
    for name in (EVENTS, REJECTED):
        yield from (journal_directory(settings) / name).glob("*.jsonl")
