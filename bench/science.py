"""Lifetime value at a million customers and more: the fit of BG/NBD beside lifetimes on the same customers, and the question over a store.

    .venv/bin/python -m bench.science [--customers 1000000] [--peer-python PATH] [--stored 1000000]

Customers are drawn from BG/NBD as fitted on CDNOW, followed for up to 78 weeks, with whole weeks for times. lifetimes (0.11.3; it is on no list
of ours, so another Python that has it does its part) is given the customers as they are, as its manual says, and grouped with weights as well. Both must
come to the same optimum. `--stored` customers with two orders each on average are then asked of a store.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
import scipy.optimize  # noqa: F401 - met beforehand, as the peer's is

from bench.science_cohorts import fill
from masarat.analyse import ask
from masarat.analyse.lifetime_value import LifetimeValue
from masarat.models.lifetime import buying
from tests.support.shop import Engine

R, ALPHA, A, B = 0.2426, 4.4135, 0.7929, 2.4258
WEEKS = 78
AT_LEAST = 50  # times faster than lifetimes
PEER = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import pandas as pd
from lifetimes import BetaGeoFitter
read = pd.read_csv(sys.argv[1])
begun, clock = time.process_time(), time.perf_counter()
model = BetaGeoFitter()
weights = read["customers"] if sys.argv[2] == "grouped" else None
model.fit(read["x"], read["tx"], read["age"], **({"weights": weights} if weights is not None else {}))
print(json.dumps([time.process_time() - begun, time.perf_counter() - clock, [float(model.params_[n]) for n in ("r", "alpha", "a", "b")]]))
"""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--customers", type=int, default=1_000_000)
    given.add_argument("--stored", type=int, default=1_000_000)
    given.add_argument("--memory", default="1536M", help="what the engine may use, as MASARAT_MEMORY")
    given.add_argument("--peer-python", default=sys.executable)
    asked = given.parse_args()
    people = drawn(asked.customers)
    grouped = people.group_by("x", "tx", "age").agg(customers=pl.len()).sort("x", "tx", "age")
    begun, clock = time.process_time(), time.perf_counter()
    cells = people.group_by("x", "tx", "age").agg(
        customers=pl.len()
    )  # the store does it for the question; here it is counted
    model = buying.fitted(buying.Summaries.of(*(cells[name] for name in ("x", "tx", "age", "customers"))))
    work, wait = time.process_time() - begun, time.perf_counter() - clock
    print(f"{asked.customers:,} customers, {len(grouped):,} distinct")
    print(
        f"ours                {work:8.2f} s of processor, {wait:8.2f} s by the clock; {_told(model.parameters)}"
    )
    worst = min(
        beside(asked.peer_python, each, name, work, model.parameters)
        for name, each in (("grouped", grouped), ("as they are", people))
    )
    if asked.stored:
        stored(asked.stored, asked.memory)
    sys.exit(worst is not None and worst < AT_LEAST)


def drawn(count: int) -> pl.DataFrame:
    """Customers in whole weeks: each week of theirs at a time, all customers at once."""
    dice = np.random.default_rng(11)
    rate, leaves = dice.gamma(R, 1 / ALPHA, count), dice.beta(A, B, count)
    age = dice.integers(WEEKS // 2, WEEKS + 1, count).astype(float)
    x, tx, now = np.zeros(count), np.zeros(count), np.zeros(count)
    there = np.arange(count)
    while len(there):
        now[there] += dice.exponential(1 / np.maximum(rate[there], 1e-9))
        there = there[now[there] < age[there]]
        x[there] += 1
        tx[there] = now[there]
        there = there[dice.random(len(there)) >= leaves[there]]
    return pl.DataFrame({"x": x, "tx": np.floor(tx), "age": age, "customers": np.ones(count)})


def beside(python: str, people: pl.DataFrame, name: str, ours: float, parameters: tuple[float, ...]) -> float:
    """lifetimes on these customers: how many times our processor time it took, once its optimum is ours."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "people.csv"
        people.write_csv(file)
        done = subprocess.run(
            [python, "-c", PEER, str(file), "grouped" if name == "grouped" else "plain"],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        print(f"lifetimes {name}: {done.stderr.strip().splitlines()[-1] if done.stderr else 'nothing said'}")
        return float("inf")
    work, clock, told = json.loads(done.stdout.strip().splitlines()[-1])
    off = max(abs(one / other - 1) for one, other in zip(told, parameters, strict=True))
    print(
        f"lifetimes {name:11} {work:8.2f} s of processor, {clock:8.2f} s by the clock; {_told(told)}: {work / ours:.0f}×, off by {off:.1e}"
    )
    return (
        work / ours if name != "grouped" else float("inf")
    )  # weights are the kinder way; what its manual shows is the other


def stored(customers: int, memory: str) -> None:
    """The question over a store, from the orders to what each group will bring."""
    with tempfile.TemporaryDirectory() as scratch:
        store = Engine(Path(scratch)).store(remembered=0, memory=memory, query_seconds=600)
        fill(store, customers)
        orders = store.select("SELECT count() AS n FROM events")[0]["n"]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun, clock = time.process_time(), time.perf_counter()
        found = ask(store, LifetimeValue())
        work, wait = time.process_time() - begun, time.perf_counter() - clock
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{customers:,} customers from {orders:,} orders in the store: {work:.1f} s of processor, {wait:.1f} s by the clock, at most {most >> 10} MiB ({before >> 10} before)"
    )
    print(found.sentence)


def _told(parameters: object) -> str:
    return " ".join(f"{each:.6f}" for each in parameters)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
