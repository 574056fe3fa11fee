"""The program, run and killed without warning, several times over: python -m tests.support.killed < runs.json

A run is {"arguments": […], "at_write": n} or {…, "after_seconds": s}, or with neither, to its end. Writes are counted where they
reach the disk (inserts, deletes, commits), each once before and once after. Every run is a process of its own, forked before the
engine is loaded; how each ended is printed as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import masarat.collect.importing
from masarat.records import Records
from masarat.show.cli import main
from masarat.show.commands import import_file  # noqa: F401  (read once, before the forks)
from masarat.store import Store


def kill_at_write(number: int) -> None:
    """Kill this process at the tick of this number."""
    left = [number]

    def tick() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for owner, name in ((Store, "_insert_arrow"), (Store, "delete"), (Records, "transaction")):
        setattr(owner, name, _counted(getattr(owner, name), tick))


def _counted(write: Callable[..., Any], tick: Callable[[], None]) -> Callable[..., Any]:
    def counted(*args: Any, **kwargs: Any) -> Any:
        tick()
        result = write(*args, **kwargs)
        tick()
        return result

    return counted


def run(arguments: list[str], at_write: int = 0, after_seconds: float = 0) -> int:
    """How the run ended: its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if at_write:
        kill_at_write(at_write)
    if after_seconds:
        signal.setitimer(
            signal.ITIMER_REAL, after_seconds
        )  # SIGALRM, which nobody handles, ends a process as SIGKILL does
    main(arguments)
    os._exit(0)


if __name__ == "__main__":
    masarat.collect.importing.ROWS_IN_MEMORY = 700
    print(json.dumps([run(**one) for one in json.load(sys.stdin)]))  # noqa: T201
