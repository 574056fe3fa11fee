"""Run faults and say what held: `python -m tests.faults [FAULT …] --kills 1000 --cuts 1000 --schedules 10000 --rounds 1000`."""

from __future__ import annotations

import argparse
import sys

from tests.faults import (
    crowd,
    cut_server,
    fail_server,
    full_disk,
    fuzz,
    kill,
    kill_server,
    kill_worker,
    nth_call,
    power_cut,
    schedules,
    starved,
)
from tests.faults.result import Result

# The journal alone, then the whole server.
FAULTS = {
    "simulation": schedules.run,
    "nth-call": nth_call.run,
    "full-disk": full_disk.run,
    "kill": kill.run,
    "power-cut": power_cut.run,
    "kill-server": kill_server.run,
    "kill-worker": kill_worker.run,
    "cut-server": cut_server.run,
    "fail-server": fail_server.run,
    "starved": starved.run,
    "crowd": crowd.run,
    "malformed": fuzz.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", help=f"which: {', '.join(FAULTS)}; all where none is named")
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument(
        "--rounds", type=int, default=1000, help="deaths of the whole server; other faults in proportion"
    )
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=3600, help="of malformed bodies")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if unknown := set(options.faults) - FAULTS.keys():
        parser.error(f"There is no fault called {', '.join(unknown)}. Known: {', '.join(FAULTS)}.")
    failed = 0
    for name in options.faults or FAULTS:
        for result in _results(name, options):
            sys.stdout.write(f"{result}\n")
            sys.stdout.flush()
            failed += result.ok is False
    return int(failed > 0)


def _results(name: str, options: argparse.Namespace) -> list[Result]:
    try:
        return FAULTS[name](options)
    except Exception as error:  # so that the others are still made
        return [Result(name, False, repr(error))]


if __name__ == "__main__":
    sys.exit(main())
