"""The n-th write or sync of the served process fails, once or for good: nothing is acknowledged that is not kept."""

from __future__ import annotations

import ctypes
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from random import Random

from masarat.journal.disk import RealFile
from tests.faults.forked import Forked, new_shop
from tests.faults.kill_server import last
from tests.faults.nth_call import CANNOT, compiled
from tests.faults.result import Result
from tests.faults.sender import Judgement, Sender

CALLS = ("write", "fdatasync", "fsync", "rename", "unlink")
LEAST = 12  # n that a short run chooses from: a start, some groups, a rotation
FAULT = "a call of the server fails"

Failure = tuple[int, str, bool]  # n, the call, and whether all further ones fail too


def run(options) -> list[Result]:
    with tempfile.TemporaryDirectory() as place:
        library = compiled(Path(place))
        if library is None:
            return [Result(FAULT, None, CANNOT)]
        words = [str(library), str(max(1, options.rounds // 5)), str(options.seed)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.fail_server", *words],
            env={**os.environ, "LD_PRELOAD": str(library)},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        return [Result(FAULT, False, done.stderr.strip()[-2000:])]
    return [Result(**row) for row in json.loads(done.stdout)]


def _all(library: ctypes.CDLL, lives: int, seed: int) -> list[Result]:
    random = Random(seed)
    kinds = tuple(itertools.product(CALLS, (False, True)))
    numbers = range(max(LEAST, -(-lives // len(kinds))))
    failures: list[Failure] = [(number, *kind) for number, kind in itertools.product(numbers, kinds)]
    if lives < len(failures):
        failures = random.sample(failures, lives)
    real = _shop(failures, library, random)
    control = _shop([(3, "write", True)], library, random, _never_mind)
    return [
        Result(FAULT, real.holds, f"{len(failures)} failures, n up to {len(numbers)}: {real}"),
        Result(f"{FAULT}, control", control.lost > 0, f"must lose: {control}"),
    ]


def _never_mind() -> None:
    """The control: a journal that does not look whether it was written."""
    write = RealFile.write

    def careless(self, data):
        with suppress(OSError):
            write(self, data)

    RealFile.write = careless


def _shop(
    failures: Iterable[Failure],
    library: ctypes.CDLL,
    random: Random,
    before: Callable[[], None] = lambda: None,
) -> Judgement:
    """One life for every failure, over one directory; then one on a sound disk."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "shop"
        sender = Sender(new_shop(data), random, clients=2)
        for number, call, for_good in failures:

            def arm(number=number, call=call, for_good=for_good) -> None:
                """Only below the journal: without its records no server starts."""
                before()
                library.arm(str(data / "journal").encode(), call.encode(), number, for_good)

            _life(Forked(data, before=arm), sender)
        last(data, sender)
        return sender.judge(data)


def _life(server: Forked, sender: Sender) -> None:
    if port := server.port():
        sender.load(port, 1.5, server.end)
    else:  # it would not start on such a disk
        server.end()


if __name__ == "__main__":
    found = _all(ctypes.CDLL(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps([vars(result) for result in found]))
