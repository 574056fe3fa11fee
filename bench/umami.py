"""The six questions whose seconds Umami 3.1 on PostgreSQL needs over 10 million events and 90 days are known: ours, over as many.

    .venv/bin/python -m bench.umami [--events 10000000]

Theirs were measured on another machine, so the ratio says an order of magnitude and no more. Best of three rounds by the clock, which on
a busy machine is too long, and of processor time beside it. What the process held at most is told at the end.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.behaviour import _took, fill
from bench.races import STEPS
from masarat.analyse import Analysis, ask
from masarat.analyse.breakdown import Breakdown
from masarat.analyse.funnel import Funnel
from masarat.analyse.paths import Paths
from masarat.analyse.retention import Retention
from masarat.analyse.sessions import Sessions
from tests.support.shop import Engine

MONTHS = 3
ROUNDS = 3
AT_LEAST = 10.0

# What it is there, the seconds it takes there, and the question that tells it here.
ASKED: tuple[tuple[str, float, Analysis], ...] = (
    ("stats", 7.5, Sessions(by="month")),
    ("page views by day", 8.5, Breakdown(step="Page Viewed", measure="events", dimension="device", by="day")),
    ("funnel", 2.7, Funnel(steps=STEPS, within="7d")),
    ("retention", 11.9, Retention(start="Page Viewed", back="Page Viewed", by="day", periods=30)),
    ("five-step journey", 44.7, Paths(depth=5)),
    ("breakdown by country", 26.9, Breakdown(step="Page Viewed", measure="customers", dimension="country")),
)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--events", type=int, default=10_000_000)
    asked = given.parse_args()
    slow = []
    with tempfile.TemporaryDirectory() as scratch:
        store = Engine(Path(scratch)).store(remembered=0)
        fill(store, asked.events, MONTHS)
        for name, theirs, question in ASKED:
            assert ask(store, question).rows, name
            rounds = [_took(partial(ask, store, question)) for _ in range(ROUNDS)]
            clock, work = map(min, zip(*rounds, strict=True))
            print(
                f"{name:22} {clock:6.2f} s by the clock, {work:6.2f} s of processor; Umami {theirs:5.1f} s = {theirs / clock:5.1f}×",
                flush=True,
            )
            slow += [name] if theirs / clock < AT_LEAST else []
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB at most")
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
