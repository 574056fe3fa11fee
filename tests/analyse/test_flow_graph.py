"""The flow graph against two published logs of process mining, with their cases as customers."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime

import polars as pl
import pytest

from masarat.analyse.flow_graph import FlowGraph
from tests.support.shop import answer, event, write


def log(store, path):
    """A log in the store: its order is kept, as the ids of its moves grow."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    store.append(
        pl.DataFrame(
            {
                "event_id": [f"{index:06}" for index in range(len(rows))],
                "ts": [datetime.fromisoformat(row["time:timestamp"]) for row in rows],
                "name": [row["concept:name"] for row in rows],
                "source": "log",
                "visitor_id": [f"user:{row['case:concept:name']}" for row in rows],
            }
        ).with_columns(ts=pl.col("ts").cast(pl.Datetime("ms", "UTC")))
    )
    return store


def listed(found, part):
    return {" → ".join(row["path"]): row["times"] for row in found.rows if row["part"] == part}


def numbers(found):
    return {each.name: each.value for each in found.numbers}


@pytest.mark.shared
def test_the_running_example_comes_out(engine, shared_data):
    store = log(engine.store(timezone="UTC"), shared_data / "process_logs" / "running-example.csv")
    found = answer(store, FlowGraph(language="en"))
    assert numbers(found) == {
        "walks": 6, "customers": 6, "moves": 42, "links": 16, "transitions": 36, "variants": 6,
    }  # fmt: skip
    links = listed(found, "Link")
    assert sorted(links.values()) == [1] * 6 + [2] * 4 + [3] * 4 + [4, 6]
    assert {link: times for link, times in links.items() if times > 1} == {
        "check ticket → decide": 6,
        "examine casually → check ticket": 4,
        "decide → pay compensation": 3,
        "decide → reinitiate request": 3,
        "decide → reject request": 3,
        "register request → examine casually": 3,
        "check ticket → examine casually": 2,
        "examine casually → decide": 2,
        "examine thoroughly → check ticket": 2,
        "register request → check ticket": 2,
    }
    assert listed(found, "Begins") == {"register request": 6}
    assert listed(found, "Ends") == {"pay compensation": 3, "reject request": 3}
    cell = next(
        row for row in found.picture.rows if row["place"] == "check ticket" and row["next"] == "decide"
    )
    assert cell["times"] == 6


@pytest.mark.shared
def test_the_receipt_log_comes_out(engine, shared_data):
    """The moves of one customer are a case; times are those of the moves themselves."""
    path = shared_data / "process_logs" / "receipt.csv.gz"
    found = answer(log(engine.store(timezone="UTC"), path), FlowGraph(language="en", limit=1000))
    assert [numbers(found)[name] for name in ("walks", "moves", "variants")] == [1434, 8577, 116]
    assert sum(listed(found, "Variant").values()) == 1434
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = pl.DataFrame(list(csv.DictReader(file))).select(
            case="case:concept:name", place="concept:name",
            at=pl.col("time:timestamp").str.to_datetime(time_zone="UTC", format="%+"),
        )  # fmt: skip
    pairs = rows.sort("case", "at", maintain_order=True).with_columns(
        after=pl.col("place").shift(-1).over("case"),
        seconds=(pl.col("at").dt.truncate("1ms").shift(-1).over("case") - pl.col("at").dt.truncate("1ms")).dt.total_milliseconds() / 1000,
    ).drop_nulls("after")  # fmt: skip
    expected = pairs.group_by("place", "after").agg(times=pl.len(), median=pl.col("seconds").median())
    told = {
        tuple(row["path"]): (row["times"], row["median_time"]) for row in found.rows if row["part"] == "Link"
    }
    assert len(told) == len(expected)
    for place, after, times, median in expected.rows():
        assert told[place, after] == (times, pytest.approx(median)), (place, after)


def test_a_few_moves_by_hand(store):
    """Two visits of one customer: A A B, five and ten minutes apart, then B; another's visit at one moment."""
    write(
        store,
        [
            event("A", "user:1", "2025-03-01 10:00", session_id="v1"),
            event("A", "user:1", "2025-03-01 10:05", session_id="v1"),
            event("B", "user:1", "2025-03-01 10:15", session_id="v1"),
            event("B", "user:1", "2025-03-02 10:15", session_id="v2"),
            event("B", "user:2", "2025-03-02 10:15", session_id="v3", event_id="y"),
            event("A", "user:2", "2025-03-02 10:15", session_id="v3", event_id="x"),
        ],
    )
    whole = answer(store, FlowGraph(language="en"))
    assert listed(whole, "Link") == {"A → B": 2, "A → A": 1, "B → B": 1}
    times = {" ".join(row["path"]): row["median_time"] for row in whole.rows if row["part"] == "Link"}
    assert times == {"A B": 300.0, "A A": 300.0, "B B": 86_400.0}
    assert "2 sequences took 2 different ways" in whole.sentence
    visits = answer(store, FlowGraph(language="ar", within="visit", folded=True))
    assert listed(visits, "انتقال") == {"A → B": 2}
    assert listed(visits, "تسلسل كامل") == {"A → B": 2, "B": 1}
    assert numbers(visits)["moves"] == 5
    none = answer(store, FlowGraph(language="en", period="2025-03-03"))
    assert none.rows == []
    assert "known from" in none.sentence
