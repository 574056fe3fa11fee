"""What runs on the peer's side of `bench.peers`, with the python that has the peers: one task, its figures and its cost as a line of JSON.

    /path/of/python bench/peer_side.py TASK EVENTS.parquet

Reading and preparing is not timed: each peer begins with the events in the shape it likes best.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

WEEK = "INTERVAL 7 DAY"
STEPS = ("Product Viewed", "Product Added", "Checkout Started", "Order Completed")
DEPTH = 5  # steps of a matrix
ROUNDS = 3

Task = Callable[[], list[Any]]


def duckdb_windows(path: str) -> Task:
    """How far customers come: of each step the latest beginning that leads there, by windows over one order."""
    return _duckdb(
        path,
        f"""
WITH one AS (SELECT customer, ts, step, max(CASE WHEN step = 1 THEN ts END) OVER walk AS began
             FROM moves WINDOW walk AS (PARTITION BY customer ORDER BY ts)),
two AS (SELECT *, max(CASE WHEN step = 2 AND ts <= began + {WEEK} THEN began END) OVER walk AS came
        FROM one WINDOW walk AS (PARTITION BY customer ORDER BY ts)),
three AS (SELECT *, max(CASE WHEN step = 3 AND ts <= came + {WEEK} THEN came END) OVER walk AS closed
          FROM two WINDOW walk AS (PARTITION BY customer ORDER BY ts)),
far AS (SELECT customer, max(CASE WHEN step = 4 AND ts <= closed + {WEEK} THEN 4 WHEN closed IS NOT NULL THEN 3
                                  WHEN came IS NOT NULL THEN 2 WHEN began IS NOT NULL THEN 1 END) AS level
        FROM three GROUP BY customer)
SELECT level, count(*) FROM far WHERE level > 0 GROUP BY level ORDER BY level""",
    )


def duckdb_asof(path: str) -> Task:
    """The same by ASOF joins: each move of a step with the last one of the step before that a beginning leads to."""
    return _duckdb(
        path,
        f"""
WITH one AS (SELECT customer, ts, ts AS began FROM moves WHERE step = 1),
two AS (SELECT m.customer, m.ts, o.began FROM moves m ASOF JOIN one o ON m.customer = o.customer AND m.ts >= o.ts
        WHERE m.step = 2 AND m.ts <= o.began + {WEEK}),
three AS (SELECT m.customer, m.ts, o.began FROM moves m ASOF JOIN two o ON m.customer = o.customer AND m.ts >= o.ts
          WHERE m.step = 3 AND m.ts <= o.began + {WEEK}),
four AS (SELECT m.customer, m.ts, o.began FROM moves m ASOF JOIN three o ON m.customer = o.customer AND m.ts >= o.ts
         WHERE m.step = 4 AND m.ts <= o.began + {WEEK}),
far AS (SELECT customer, max(level) AS level FROM (
          SELECT DISTINCT customer, 1 AS level FROM one UNION ALL SELECT DISTINCT customer, 2 FROM two
          UNION ALL SELECT DISTINCT customer, 3 FROM three UNION ALL SELECT DISTINCT customer, 4 FROM four) GROUP BY customer)
SELECT level, count(*) FROM far GROUP BY level ORDER BY level""",
    )


def duckdb_lists(path: str) -> Task:
    """The same by one pass over each customer's moves in their order, folded with list_reduce."""
    beginning = "CASE WHEN move.step = {n} AND {before} IS NOT NULL AND move.ts <= {before} + 604800000 THEN {before} ELSE {own} END"
    return _duckdb(
        path,
        f"""
WITH walks AS (
    SELECT customer, list({{'step': step, 'ts': epoch_ms(ts), 'a': NULL::BIGINT, 'b': NULL::BIGINT, 'c': NULL::BIGINT, 'd': NULL::BIGINT}}
                          ORDER BY ts) AS moves FROM moves GROUP BY customer),
folded AS (
    SELECT list_reduce(list_prepend({{'step': 0, 'ts': 0::BIGINT, 'a': NULL::BIGINT, 'b': NULL::BIGINT, 'c': NULL::BIGINT, 'd': NULL::BIGINT}}, moves),
        lambda done, move: {{'step': 0, 'ts': move.ts,
            'a': CASE WHEN move.step = 1 THEN move.ts ELSE done.a END,
            'b': {beginning.format(n=2, before="done.a", own="done.b")},
            'c': {beginning.format(n=3, before="done.b", own="done.c")},
            'd': {beginning.format(n=4, before="done.c", own="done.d")}}}) AS far FROM walks)
SELECT CASE WHEN far.d IS NOT NULL THEN 4 WHEN far.c IS NOT NULL THEN 3 WHEN far.b IS NOT NULL THEN 2 ELSE 1 END AS level, count(*)
FROM folded WHERE far.a IS NOT NULL GROUP BY level ORDER BY level""",
    )


def _duckdb(path: str, sql: str) -> Task:
    """DuckDB over its own table, in the order of customers and times, as ours stands."""
    import duckdb

    base = duckdb.connect()
    base.execute("SET memory_limit = '3GB'; SET threads = 2")
    base.execute(f"CREATE TABLE events AS SELECT * FROM read_parquet('{path}') ORDER BY customer, ts")
    steps = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(STEPS, 1))
    names = ", ".join(f"'{name}'" for name in STEPS)
    base.execute(
        f"CREATE VIEW moves AS SELECT customer, ts, CASE name {steps} END AS step FROM events WHERE name IN ({names})"
    )
    return lambda: [list(row) for row in base.execute(sql).fetchall()]


def pm4py_graph(path: str) -> Task:
    """pm4py's directly-follows graph: how often, and nothing else."""
    import pm4py

    log = _log(path)
    return lambda: sorted([here, after, times] for (here, after), times in pm4py.discover_dfg(log)[0].items())


def pm4py_all(path: str) -> Task:
    """What flow_graph tells, with pm4py: the graph with begins and ends, the median times, the variants."""
    import pm4py

    log = _log(path)

    def work() -> list[Any]:
        graph, _, _ = pm4py.discover_dfg(log)
        pm4py.discover_performance_dfg(log, perf_aggregation_key="median")
        pm4py.get_variants(log)
        return sorted([here, after, times] for (here, after), times in graph.items())

    return work


def _log(path: str) -> Any:
    import pandas as pd
    import pm4py

    events = pd.read_parquet(path) if _has_pyarrow() else _by_duckdb(path)
    events["visit"] = events["customer"].astype(str) + "/" + events["visit"].astype(str)
    log = events.rename(
        columns={"visit": "case:concept:name", "name": "concept:name", "ts": "time:timestamp"}
    )
    return pm4py.format_dataframe(
        log[["case:concept:name", "concept:name", "time:timestamp"]],
        case_id="case:concept:name",
        activity_key="concept:name",
        timestamp_key="time:timestamp",
    )


def _has_pyarrow() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def _by_duckdb(path: str) -> Any:
    import duckdb

    return duckdb.sql(f"SELECT * FROM read_parquet('{path}')").df()


def pandas_matrix(path: str) -> Task:
    """The step matrix as retentioneering computes it: events of a visit numbered, then a pivot of step by event."""
    events = _by_duckdb(path).sort_values(["customer", "visit", "ts"], ignore_index=True)
    events["visit"] = events["customer"].astype(str) + "/" + events["visit"].astype(str)

    def work() -> list[Any]:
        numbered = events.assign(step=events.groupby("visit").cumcount() + 1)
        kept = numbered[numbered["step"] <= DEPTH]
        matrix = kept.pivot_table(
            index="name", columns="step", values="visit", aggfunc="nunique", fill_value=0
        )
        return sorted([name, int(step), int(n)] for (name, step), n in matrix.stack().items() if n)

    return work


def retentioneering_matrix(path: str) -> Task:
    """retentioneering's own step matrix, in shares of visits."""
    from retentioneering import Eventstream

    events = _by_duckdb(path)
    events["visit"] = events["customer"].astype(str) + "/" + events["visit"].astype(str)
    visits = events["visit"].nunique()
    log = events.rename(columns={"visit": "user_id", "name": "event", "ts": "timestamp"})
    stream = Eventstream(log[["user_id", "event", "timestamp"]])

    def work() -> list[Any]:
        matrix = stream.step_matrix_data(max_steps=DEPTH)
        told = [
            [name, step, round(share * visits)]
            for name, row in matrix.iterrows()
            for step, share in row.items()
            if step and round(share * visits) and not str(name).startswith("path_")
        ]
        return sorted(told)

    return work


TASKS: dict[str, Callable[[str], Task]] = {
    each.__name__: each
    for each in (
        duckdb_windows,
        duckdb_asof,
        duckdb_lists,
        pm4py_graph,
        pm4py_all,
        pandas_matrix,
        retentioneering_matrix,
    )
}


def main() -> None:
    task, path = sys.argv[1:]
    work = TASKS[task](path)
    best = None
    for _ in range(ROUNDS):
        clock, worked = time.perf_counter(), time.process_time()
        figures = work()
        took = (time.process_time() - worked, time.perf_counter() - clock)
        best = min(best, took) if best else took
    assert best
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"figures": figures, "work": best[0], "clock": best[1], "peak_mb": peak}))


if __name__ == "__main__":
    main()
