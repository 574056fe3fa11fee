"""Questions about behaviour against other tools on the same events: DuckDB, pm4py, and the step matrix of retentioneering in pandas.

    .venv/bin/python -m bench.peers [--events 2000000] [--log 1000000] [--peer-python /path/of/python] [--only funnel]

The peers are no dependency of ours: `--peer-python` names a python that has duckdb, pm4py and pandas (default: this one). Each runs in a
process of its own, on a Parquet file of the same events, and begins with them in the shape it likes best: reading is not timed, and
the best of three rounds counts. Before anything is told, the figures must agree. retentioneering, whose packages
are of other versions, has a python of its own, and is left out where none is named. The funnel is asked of `--events`; the process log and
the step matrix of `--log`, since they stand whole in memory there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.behaviour import ROUNDS, _took, fill
from bench.races import OWNER, STEPS
from masarat.analyse import Analysis, Answer, ask
from masarat.analyse.flow_graph import FlowGraph
from masarat.analyse.funnel import Funnel
from masarat.analyse.paths import Paths
from masarat.store import Store
from tests.support.shop import Engine

SIDE = Path(__file__).with_name("peer_side.py")
DEPTH = 6  # so that a path tells the links out of five steps


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--events", type=int, default=2_000_000)
    given.add_argument("--log", type=int, default=1_000_000)
    given.add_argument("--peer-python", default=sys.executable)
    given.add_argument("--retentioneering-python", default="", help="one that has retentioneering, too")
    given.add_argument("--only", default="")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(Path(scratch))
        for events, names in ((asked.events, ("funnel",)), (asked.log, ("flow_graph", "paths"))):
            if not any(asked.only in name for name in names):
                continue
            store = engine.store(remembered=0)
            fill(store, events)
            path = Path(scratch) / f"{events}.parquet"
            export(store, path)
            for name in names:
                if asked.only in name:
                    others = {"retentioneering_matrix": asked.retentioneering_python}
                    race(store, path, name, {**dict.fromkeys(SIDES, asked.peer_python), **others}, events)


def race(store: Store, path: Path, name: str, pythons: dict[str, str], events: int) -> None:
    """Ours first, then each of its peers; a line each."""
    question, figures, peers = RACES[name]
    ours = figures(ask(store, question))
    work, clock = _best(partial(ask, store, question))
    print(f"{name}, {events:,} events: {work:.2f} s of processor, {clock:.2f} s by the clock", flush=True)
    for peer in peers:
        if not pythons[peer]:
            print(f"  {peer:22} not asked: no python that has it", flush=True)
            continue
        told = beside(pythons[peer], peer, path)
        assert told["figures"] == ours, f"{peer}: {told['figures'][:5]}, ours {ours[:5]}"
        print(
            f"  {peer:22} {told['work']:7.2f} s of processor = {told['work'] / work:5.1f}×; {told['clock']:7.2f} s by the clock"
            f" = {told['clock'] / clock:5.1f}×; {told['peak_mb']:,} MB at most",
            flush=True,
        )


def beside(python: str, task: str, path: Path) -> dict[str, Any]:
    """What a peer tells of one task."""
    ran = subprocess.run(
        [python, str(SIDE), task, str(path)],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "RETENTIONEERING_NO_TRACK": "1", "HOME": str(path.parent)},
    )
    if ran.returncode:
        raise SystemExit(f"{task} did not run with {python}: {ran.stderr.strip()[-500:]}")
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def export(store: Store, path: Path) -> None:
    """Whose, when, what and in which visit, as a Parquet file."""
    store.frame(
        f"SELECT {OWNER} AS customer, ts, toString(name) AS name, session_id AS visit FROM events ORDER BY customer, ts, name"
    ).write_parquet(path)


def _best(work: Callable[[], object]) -> tuple[float, float]:
    took = [_took(work) for _ in range(ROUNDS)]
    return min(worked for _, worked in took), min(clock for clock, _ in took)


def _levels(answer: Answer) -> list[Any]:
    reached = [row["customers"] for row in answer.rows] + [0]
    return [[level, here - after] for level, (here, after) in enumerate(pairwise(reached), 1)]


def _links(answer: Answer) -> list[Any]:
    """Links by the names of events; a path is written with an arrow between."""
    return sorted(
        [*row["path"], row["times"]] for row in answer.rows if row["part"] == answer.rows[0]["part"]
    )


def _matrix(answer: Answer) -> list[Any]:
    """How many visits are where at each step: the links out of it, together."""
    told: dict[tuple[str, int], int] = {}
    for row in answer.picture.rows:
        told[row["place"], row["step"]] = told.get((row["place"], row["step"]), 0) + row["paths"]
    return sorted([place, step, paths] for (place, step), paths in told.items() if step < DEPTH)


RACES: dict[str, tuple[Analysis, Callable[[Answer], list[Any]], tuple[str, ...]]] = {
    "funnel": (Funnel(steps=STEPS, within="7d"), _levels, ("duckdb_windows", "duckdb_asof", "duckdb_lists")),
    "flow_graph": (FlowGraph(within="visit", limit=400), _links, ("pm4py_graph", "pm4py_all")),
    "paths": (
        Paths(of="event", folded=False, depth=DEPTH, min_share=0, limit=10),
        _matrix,
        ("pandas_matrix", "retentioneering_matrix"),
    ),
}
SIDES = [peer for _, _, peers in RACES.values() for peer in peers]

if __name__ == "__main__":
    main()
