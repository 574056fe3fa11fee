"""The n-th write or sync of the served process fails, for every n: nothing is acknowledged that is not kept."""

from __future__ import annotations

import ctypes
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from tests.faults.forked import Forked, new_shop
from tests.faults.kill_server import last
from tests.faults.nth_call import CANNOT, compiled
from tests.faults.result import Result
from tests.faults.sender import Sender

CALLS = ("write", "fdatasync", "fsync", "rename", "unlink")
FAULT = "a call of the server fails"


def run(options) -> list[Result]:
    with tempfile.TemporaryDirectory() as place:
        library = compiled(Path(place))
        if library is None:
            return [Result(FAULT, None, CANNOT)]
        words = [
            sys.executable,
            "-m",
            "tests.faults.fail_server",
            library,
            str(options.rounds),
            str(options.seed),
        ]
        environment = {**os.environ, "LD_PRELOAD": str(library)}
        done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        return [Result(FAULT, False, done.stderr.strip()[-2000:])]
    return [Result(**row) for row in json.loads(done.stdout)]


def _calls(call: str, numbers: Iterable[int], for_good: bool, library: ctypes.CDLL, seed: int) -> Result:
    """One life for every number, over one directory; then one on a sound disk."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "shop"
        sender = Sender(new_shop(data), Random(seed), clients=2)
        lives = 0
        for number in numbers:
            _life(Forked(data, before=_armed(library, data, call, number, for_good)), sender)
            lives += 1
        last(data, sender)
        found = sender.judge(data)
    ever = "all from the n-th on" if for_good else "the n-th"
    return Result(FAULT, found.holds, f"{ever} {call}, {lives} n: {found}")


def _armed(library: ctypes.CDLL, data: Path, call: str, number: int, for_good: bool) -> Callable[[], None]:
    """Only what is below the journal fails: without its records no server starts."""
    return lambda: library.arm(str(data / "journal").encode(), call.encode(), number, for_good)


def _life(server: Forked, sender: Sender) -> None:
    if port := server.port():
        sender.load(port, 1.5, server.end)
    else:
        server.end()


def main(library: ctypes.CDLL, rounds: int, seed: int) -> list[Result]:
    """As many lives as rounds, some of each kind, at numbers spread over the first of them, where starts and rotations are."""
    kinds = list(itertools.product(CALLS, (False, True)))
    each = max(1, rounds // len(kinds))
    random = Random(seed)
    if rounds < len(kinds):
        kinds = random.sample(kinds, rounds)
    return [
        _calls(call, random.sample(range(4 * each + 8), each), ever, library, seed) for call, ever in kinds
    ]


if __name__ == "__main__":
    found = main(ctypes.CDLL(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps([vars(result) for result in found]))
