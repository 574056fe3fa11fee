"""Databases asked with a query of the shop's own: a file of SQLite, a PostgreSQL of the tests' own; MySQL only as far as without one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg
import pytest

from masarat.collect import connections
from masarat.collect.connectors import database
from masarat.collect.connectors.api import Refused, Unanswered
from masarat.collect.syncing import sync
from masarat.errors import BadParameter
from masarat.records.models import Connection

TABLE = "CREATE TABLE sales (order_id TEXT, order_date TIMESTAMP, sku TEXT, quantity INTEGER, unit_price NUMERIC(10,2), phone TEXT, changed TIMESTAMP)"
ROWS = [
    ("A1", "2025-03-01 10:00:00", "CUP", 2, 10, "0551234567", "2025-03-01 10:00:00"),
    ("A1", "2025-03-01 10:00:00", "POT", 1, 25, "0551234567", "2025-03-01 10:00:00"),
    ("A2", "2025-03-02 10:00:00", "CUP", 1, 10, "0557654321", "2025-03-02 10:00:00"),
    ("A3", "2025-03-03 10:00:00", "CUP", 3, 10, "0551234567", "2025-03-03 10:00:00"),
    ("A3", "2025-03-03 10:00:00", "CUP", 3, 10, "0551234567", "2025-03-03 10:00:00"),
]
QUERY = "SELECT order_id, order_date, sku, quantity, unit_price, phone FROM sales WHERE changed >= {since} ORDER BY order_id; "
SOLD = [("A1", 45.0), ("A2", 10.0), ("A3", 60.0)]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(database, "A_BATCH", 1)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute(TABLE)
        made.executemany("INSERT INTO sales VALUES (?,?,?,?,?,?,?)", ROWS)
    return path


def insert(file, *row):
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("INSERT INTO sales VALUES (?,?,?,?,?,?,?)", row)


def sold(store):
    rows = store.select("SELECT order_id, toFloat64(revenue) AS revenue FROM events WHERE name = 'Order Completed' ORDER BY order_id")  # fmt: skip
    return [(row["order_id"], row["revenue"]) for row in rows]


def test_a_file_of_sqlite_comes_in_once(file, ask, store):
    run = ask("database", address=f"sqlite:///{file}", query=QUERY)
    assert (run.error, run.rows, run.rejected, run.added) == ("", 5, 0, 3)
    assert sold(store) == SOLD, "lines of an order are taken in together, equal ones too"
    assert ask("database", again=True).added == 0
    assert sold(store) == SOLD


def test_the_next_time_only_what_changed(file, ask, store, records):
    ask("database", address=str(file), query=QUERY)
    assert connections.find(records, "database").cursor.keys() == {"since"}
    insert(file, "A4", "2025-03-04 10:00:00", "CUP", 1, 10, "", "2999-01-01 00:00:00")
    run = ask("database")
    assert (run.rows, run.added) == (1, 1)
    assert sold(store) == [*SOLD, ("A4", 10.0)]


@pytest.mark.parametrize(
    "query", [QUERY, QUERY.replace("ORDER BY order_id", "")], ids=["ordered", "as it comes"]
)
def test_cut_off_anywhere_it_goes_on(file, engine, records, query, monkeypatch):
    for cut in range(3):
        made, store = len(engine.made), engine.store()
        given = {"address": str(file), "query": query}
        connections.connect(records, f"cut{cut}", "database", given)
        batches = database._batches

        def broken(*asked, cut=cut, batches=batches):
            for number, batch in enumerate(batches(*asked)):
                if number == cut:
                    raise Unanswered("The line is dead.", "Try again.")
                yield batch

        with monkeypatch.context() as patched:
            patched.setattr(database, "_batches", broken)
            with pytest.raises(Unanswered):
                sync(store, records, f"cut{cut}", list)
        assert len(sold(store)) == cut
        run = sync(store, records, f"cut{cut}", list)
        assert sold(store) == SOLD
        assert run.added == 3 - cut
        assert run.known == (0 if "ORDER" in query else cut), "an ordered query goes on where it was"
        engine.drop_since(made)


def test_numbers_that_are_ordered_as_texts_are_all_read_after_a_cut(tmp_path, told, records, monkeypatch):
    """As texts 10 and 11 come before 8 and 9; and where the last one read is gone, all are read again."""
    path = tmp_path / "till.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE sales (order_id TEXT, total REAL)")
        made.executemany("INSERT INTO sales VALUES (?, 1)", [("8",), ("9",), ("10",), ("11",)])
    connections.connect(
        records, "till", "database", {"address": str(path), "query": "SELECT * FROM sales ORDER BY order_id"}
    )

    def numbers():
        told.clear()
        assert sync(None, records, "till", list).error == ""
        return [row["order_id"] for page in told for row in page.rows]

    def cut_behind(place):
        with records.transaction() as transaction:
            transaction.get_one(Connection, "till").cursor = {
                "since": "",
                "begun": "2025-03-01T00:00:00+00:00",
                "place": place,
            }

    assert numbers() == ["10", "11", "8", "9"]
    cut_behind("11")
    assert numbers() == ["8", "9"]
    cut_behind("10x")
    assert numbers() == ["10", "11", "8", "9"]


def test_rows_that_nothing_tells_apart_are_not_heaped_up(file, ask, monkeypatch):
    monkeypatch.setattr(database, "MOST_ALIKE", 1)
    with pytest.raises(BadParameter, match="More than 1 rows have the same order_id"):
        ask("database", address=str(file), query=QUERY)


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM sales",
        "UPDATE sales SET quantity = 0",
        "SELECT 1; DELETE FROM sales",
        "/* SELECT */ DELETE FROM sales",
        "PRAGMA user_version = 7",
        "",
    ],
)
def test_only_what_reads_is_run(file, ask, query):
    with pytest.raises(BadParameter):
        ask("database", address=str(file), query=query)
    with closing(sqlite3.connect(file)) as made:
        assert made.execute("SELECT count(*), sum(quantity) FROM sales").fetchone() == (5, 10)


def test_semicolons_colons_and_percents_in_texts_are_only_texts(file, ask, store):
    query = "SELECT order_id, order_date, quantity * unit_price AS total FROM sales WHERE sku <> ':since; 50%' AND order_id = 'A2'"
    assert ask("database", address=str(file), query=query).rows == 1
    assert sold(store) == [("A2", 10.0)]


def test_the_kind_may_be_said(file, ask, store):
    ask("database", address=str(file), query="SELECT phone, phone AS name FROM sales", kind="contacts")
    assert store.select("SELECT name, count() AS n FROM events GROUP BY name") == [{"name": "Customer Identified", "n": 2}]  # fmt: skip


def test_what_cannot_be_asked_is_said(tmp_path, ask, monkeypatch):
    with pytest.raises(BadParameter, match="no database"):
        ask("database", address=str(tmp_path / "none.db"), query=QUERY)
    with pytest.raises(BadParameter, match="no database we can ask"):
        ask("database", address="oracle://user@host/x", query=QUERY)
    monkeypatch.setattr(database, "find_spec", lambda name: None)
    with pytest.raises(BadParameter, match="no driver for mysql here"):
        ask("database", address="mysql://user:word@host/x", query=QUERY)


def test_a_query_that_fails_is_said(file, ask):
    with pytest.raises(Unanswered, match="no such table: elsewhere"):
        ask("database", address=str(file), query="SELECT * FROM elsewhere")


def test_postgresql_is_read_and_never_written(postgres, ask, store):
    with postgres.database() as address:
        with psycopg.connect(address, autocommit=True) as made:
            made.execute(TABLE)
            for row in ROWS:
                made.execute("INSERT INTO sales VALUES (%s,%s,%s,%s,%s,%s,%s)", row)
            made.execute("CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM sales; SELECT 1'")
        query = QUERY.replace("changed >=", "changed::timestamptz >=")
        assert ask("database", address=address, query=query).error == ""
        assert sold(store) == SOLD
        assert ask("database").rows == 0
        for writes in ("SELECT wipe()", "WITH gone AS (DELETE FROM sales RETURNING *) SELECT * FROM gone"):
            with pytest.raises(Unanswered, match=r"read-only transaction|data-modifying"):
                ask("database", address=address, query=writes)
        with psycopg.connect(address) as made:
            assert made.execute("SELECT count(*) FROM sales").fetchone() == (5,)


def test_a_wrong_password_is_said_and_not_shown(postgres, ask, records):
    with pytest.raises(Refused, match="password authentication failed"):
        ask("database", address=postgres.url(password="hush-hush"), query=QUERY)
    assert "hush-hush" not in connections.runs(records, "database")[0].error
    found = connections.find(records, "database")
    assert "hush-hush" not in str(found.given) + found.sealed
