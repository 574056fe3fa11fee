"""Run faults and say what held: `python -m tests.faults [FAULT …] --kills 1000 --cuts 1000 --schedules 10000`."""

from __future__ import annotations

import argparse
import sys

from tests.faults import full_disk, kill, nth_call, power_cut, schedules

FAULTS = {
    "simulation": schedules.run,
    "nth-call": nth_call.run,
    "full-disk": full_disk.run,
    "kill": kill.run,
    "power-cut": power_cut.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", help=f"which: {', '.join(FAULTS)}; all where none is named")
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if unknown := set(options.faults) - FAULTS.keys():
        parser.error(f"There is no fault called {', '.join(unknown)}. Known: {', '.join(FAULTS)}.")
    failed = 0
    for name in options.faults or FAULTS:
        for result in FAULTS[name](options):
            sys.stdout.write(f"{result}\n")
            sys.stdout.flush()
            failed += result.ok is False
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
