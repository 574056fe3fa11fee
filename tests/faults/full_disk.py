"""A full disk: 1 MB of tmpfs, filled by events, and by somebody else."""

from __future__ import annotations

import itertools
from pathlib import Path

from masarat.errors import MasaratError
from masarat.journal import Flusher, Journal, Shelf, Unavailable
from tests.faults.lives import Engine
from tests.faults.mounts import command, in_own_mounts
from tests.faults.result import Result


def run(options) -> list[Result]:
    return in_own_mounts("full disk", _fill)


def _fill(place: Path) -> list[Result]:
    results = [
        _by_events(_mounted(place / "events"), reserve=128 << 10),
        _by_others(_mounted(place / "others")),
    ]
    command("umount", place / "events")
    command("umount", place / "others")
    return results


def _mounted(place: Path) -> Path:
    place.mkdir()
    command("mount", "-t", "tmpfs", "-o", "size=1m", "none", place)
    return place


def _by_events(place: Path, *, reserve: int) -> Result:
    """Events until they are refused; then the store takes them, and the door opens again by itself."""
    journal = Journal(place / "journal", reserve_bytes=reserve, segment_bytes=1 << 16)
    numbers = itertools.count()
    acknowledged = _append_until_refused(journal, numbers)
    journal.close()
    engine, shelf = Engine(), Shelf(place / "journal")
    Flusher(shelf, engine.sink, lambda *_: None).drain()
    reopened = Journal(place / "journal", reserve_bytes=reserve)
    again = _append_until_refused(reopened, numbers)
    reopened.close()
    Flusher(shelf, engine.sink, lambda *_: None).drain()
    return _judge("disk full of events", acknowledged | again, engine, bool(again))


def _by_others(place: Path) -> Result:
    """Every write meets a disk that somebody else filled; nothing is acknowledged until there is room."""
    journal = Journal(place / "journal", reserve_bytes=0, segment_bytes=1 << 14)
    numbers = itertools.count()
    acknowledged = {_append(journal, next(numbers)) for _ in range(50)}
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while _wrote(file, bytes(1 << 12)):
            pass
    acknowledged |= _append_until_refused(journal, numbers)
    ballast.unlink()
    acknowledged.add(_append(journal, next(numbers)))
    journal.close()
    engine = Engine()
    Flusher(Shelf(place / "journal"), engine.sink, lambda *_: None).drain()
    return _judge("disk full of others", acknowledged, engine, True)


def _append(journal: Journal, number: int) -> str:
    journal.append_sync(b'{"event_id":"e%d","pad":"%s"}\n' % (number, b"x" * 900), 1)
    return f"e{number}"


def _append_until_refused(journal: Journal, numbers: itertools.count) -> set[str]:
    acknowledged = set()
    while True:
        try:
            acknowledged.add(_append(journal, next(numbers)))
        except Unavailable:
            return acknowledged
        except MasaratError as error:
            raise AssertionError(f"refused with {error!r}") from error


def _wrote(file, data: bytes) -> bool:
    try:
        return file.write(data) > 0
    except OSError:
        return False


def _judge(fault: str, acknowledged: set[str], engine: Engine, went_on: bool) -> Result:
    wrong = sum(1 for name in acknowledged if engine.stored[name] != 1)
    return Result(
        fault,
        not wrong and went_on and bool(acknowledged),
        f"{len(acknowledged):,} acknowledged, {wrong} of them not stored exactly once; it goes on after: {went_on}",
    )
