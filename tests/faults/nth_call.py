"""The n-th system call fails, for every n: a preloaded library makes write, fdatasync, fsync, … fail below one directory."""

from __future__ import annotations

import ctypes
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from masarat.errors import MasaratError
from masarat.journal import Flusher, Journal, Shelf
from tests.faults.lives import Engine
from tests.faults.result import Result

CALLS = ("write", "fdatasync", "fsync", "rename", "unlink")
EVER = (
    "write ftruncate",
    "fdatasync ftruncate",
    "fsync rename unlink",
    "write fdatasync fsync",
)  # a disk that stays broken


CANNOT = "needs a C compiler (cc) on Linux"


def compiled(place: Path) -> Path | None:
    """The library that makes calls fail, to be preloaded."""
    library, source = place / "fail_nth.so", Path(__file__).with_name("fail_nth.c")
    words = ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]
    try:
        subprocess.run(words, check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    return library


def run(options) -> list[Result]:
    with tempfile.TemporaryDirectory() as place:
        library = compiled(Path(place))
        if library is None:
            return [Result("the n-th call fails", None, CANNOT)]
        inside = [sys.executable, "-m", "tests.faults.nth_call", library]
        done = subprocess.run(
            inside, env={**os.environ, "LD_PRELOAD": str(library)}, capture_output=True, text=True
        )
    if done.returncode:
        return [Result("the n-th call fails", False, done.stderr.strip()[-300:])]
    return [Result(**row) for row in json.loads(done.stdout)]


def _every(library: ctypes.CDLL, call: str, for_good: bool) -> Result:
    acknowledged = refused = wrong = 0
    for n in itertools.count():
        with tempfile.TemporaryDirectory() as place:
            library.arm(place.encode(), call.encode(), n, for_good)
            kept, failed, bad = _life(Path(place) / "journal", library)
        acknowledged, refused, wrong = acknowledged + kept, refused + failed, wrong + bad
        if not library.was_met():
            break
    library.arm(b"", b"", -1, 0)
    says = f"n = 1 … {n}: {acknowledged:,} acknowledged, {refused} refused, {wrong} wrong"
    fault = f"all from the n-th {call} fail" if for_good else f"the n-th {call} fails"
    return Result(fault, not wrong and n > 0, says)


def _life(directory: Path, library: ctypes.CDLL) -> tuple[int, int, int]:
    """Append and flush by turns, with a store and a flusher opened anew; then, with a sound disk, everything must be in once. (acknowledged, refused, wrong)"""
    engine = Engine()
    acknowledged: set[str] = set()
    journal = Journal(directory, segment_bytes=300, reserve_bytes=0)
    for number in range(12):
        try:
            journal.append_sync(b'{"event_id":"e%d","pad":"%s"}\n' % (number, b"x" * 60), 1)
            acknowledged.add(f"e{number}")
        except MasaratError:
            pass
        if number % 3 == 2:
            _flush(directory, engine)
    journal.close()
    library.mend()
    _flush(directory, engine)
    wrong = sum(1 for name in acknowledged if engine.stored[name] != 1)
    wrong += sum(1 for times in engine.stored.values() if times > 1)
    return len(acknowledged), 12 - len(acknowledged), wrong


def _flush(directory: Path, engine: Engine) -> None:
    try:
        shelf = Shelf(directory)
        shelf.recover()
        Flusher(shelf, engine.sink, lambda *_: None).drain()
    except OSError:
        pass


if __name__ == "__main__":
    loaded = ctypes.CDLL(sys.argv[1])
    found = [_every(loaded, call, False) for call in CALLS] + [_every(loaded, calls, True) for calls in EVER]
    sys.stdout.write(json.dumps([vars(result) for result in found]))
