"""SQL of people: what it answers, and what it never does."""

from __future__ import annotations

import pytest

from masarat.errors import MasaratError
from masarat.store.console import MOST_ROWS, Console
from masarat.store.statement import BadStatement
from tests.support.shop import event, order, write


@pytest.fixture
def console(store):
    write(store, [
        order("user:1", "2025-01-01 10:00", 80, items=[("قهوة", 1, 80)]),
        order("user:2", "2025-01-02 10:00", 20.5),
        event("Page Viewed", "user:1", "2025-01-01 09:00"),
    ])  # fmt: skip
    return Console(store)


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT count(), sum(revenue) FROM events", [["3", "100.5000"]]),
        ("select name, COUNT(*) as n from events group by name order by n desc;", [["Order Completed", "2"], ["Page Viewed", "1"]]),
        ("WITH a AS (SELECT visitor_id FROM events) SELECT uniqExact(visitor_id) FROM a", [["2"]]),
        ("-- a word before\nSELECT 'it''s; -- no' /* ; */", [["it's; -- no"]]),
        ("SELECT arrayMap(x -> x + 1, [1, 2]), NULL, 'قهوة'", [["[2, 3]", None, "قهوة"]]),
        ("SELECT product_names FROM events WHERE notEmpty(product_names) LIMIT 1", [['["قهوة"]']]),
        ("SELECT name, row_number() OVER (ORDER BY ts) FROM events ORDER BY ts LIMIT 1", [["Page Viewed", "1"]]),
    ],
)  # fmt: skip
def test_what_reads_is_answered(console, sql, rows):
    assert console.run(sql).rows == rows


def test_tables_are_told_with_their_columns(console):
    tables = {table.name: table for table in console.tables()}
    assert {"ts", "name", "revenue"} <= {column.name for column in tables["events"].columns}
    assert all(table.about for table in tables.values())
    assert console.run("SHOW TABLES").rows
    assert ["ts"] in [row[:1] for row in console.run("DESCRIBE events").rows]
    assert console.run("EXPLAIN SELECT * FROM events").rows


def test_rows_are_bounded(console):
    found = console.run("SELECT number FROM numbers(20000)")
    assert (len(found.rows), found.more) == (MOST_ROWS, True)


@pytest.mark.parametrize(
    "sql",
    [
        "", ";", "INSERT INTO events SELECT * FROM events", "DROP TABLE events", "TRUNCATE TABLE events", "ALTER TABLE events DELETE WHERE 1",
        "CREATE TABLE x (a Int8) ENGINE = Memory", "CREATE VIEW v AS SELECT 1", "SET readonly = 0", "KILL QUERY WHERE 1", "OPTIMIZE TABLE events",
        "SYSTEM SHUTDOWN", "GRANT ALL ON *.* TO default", "ATTACH TABLE x", "BACKUP TABLE events TO Disk('a', 'b')", "EXCHANGE TABLES a AND b",
        "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE events", "SELECT * FROM system.tables", "SELECT * FROM system.users", "SELECT * FROM information_schema.tables",
        "SELECT * FROM file('/etc/passwd', 'LineAsString')", "SELECT file('/etc/passwd')", "SELECT * FROM url('http://127.0.0.1/', 'CSV', 'a String')",
        "SELECT * FROM s3('http://127.0.0.1/x', 'CSV', 'a String')", "SELECT * FROM remote('127.0.0.1', system.one)", "SELECT * FROM cluster('two', system.one)",
        "SELECT * FROM clusterAllReplicas('two', system, one)", "SELECT * FROM merge('.*', '.*')", "SELECT * FROM mysql('h:1', 'd', 't', 'u', 'p')",
        "SELECT * FROM postgresql('h:1', 'd', 't', 'u', 'p')", "SELECT * FROM executable('id', TSV, 'a String')", "SELECT * FROM input('a String')",
        "SELECT * FROM dictionary('identity')", "SELECT * FROM view(SELECT * FROM system.users)", "SELECT * FROM viewExplain('EXPLAIN', '', (SELECT 1))",
        "SELECT * FROM python('x')", "SELECT * FROM Python(x)", "SELECT 1 INTO OUTFILE '/tmp/never'", "SELECT 1 FORMAT CSV", "SELECT 1 SETTINGS max_execution_time = 0",
        "SELECT * FROM (SELECT 1 SETTINGS readonly = 0)", "SELECT sleep(1)", "SELECT sleepEachRow(1) FROM numbers(3)", "SELECT getSetting('readonly')",
        "SELECT hostName()", "SELECT version()", "SELECT currentUser()", "SELECT getMacro('x')", "SELECT dictGet('other.one', 'a', 1)", "SELECT joinGet('a', 'b', 1)",
        "SELECT catboostEvaluate('/x', 1)", "SELECT demangle('x')", "SELECT addressToLine(1)", "SELECT * FROM events JOIN system.users u ON 1",
        "SELECT name FROM events WHERE name IN system.users", "SELECT name FROM events WHERE name IN (SELECT name FROM system.users)",
        "SELECT (SELECT count() FROM system.users)", "WITH a AS (SELECT * FROM system.users) SELECT * FROM a", "EXPLAIN SELECT * FROM system.users",
        "SELECT * FROM events UNION ALL SELECT * FROM system.users", "SELECT 1 AS `x` FROM `system`.`users`", "/* SELECT 1 */ DROP TABLE events",
        "SELECT 'unclosed", "SELECT (1", "SELECT 1)", "SELECT \x00", "SELECT * FROM (\n) ; DROP TABLE events; --", "SELECT " + "1," * 40_000 + "1",
        "SELECT 1) FROM numbers(1) UNION ALL SELECT * FROM (SELECT 1", "SELECT chdb()", "DESCRIBE system.users", "DESCRIBE file('/etc/passwd')", "SHOW DATABASES",
    ],
)  # fmt: skip
def test_what_would_do_more_is_refused(console, store, sql):
    before = len(store.select("SELECT 1 FROM events"))
    with pytest.raises(MasaratError) as caught:
        console.run(sql)
    assert isinstance(caught.value, BadStatement), caught.value
    assert caught.value.remedy
    assert len(store.select("SELECT 1 FROM events")) == before


def test_a_mistake_is_placed(console):
    with pytest.raises(BadStatement, match="line 2"):
        console.run("SELECT 1,\n  nothing_such FROM events")
    with pytest.raises(BadStatement, match="cannot be read"):
        console.run("SELECT FROM WHERE")


def test_what_takes_too_long_or_too_much_ends(console):
    with pytest.raises(MasaratError):
        console.run("SELECT groupArray(number) FROM numbers(10000000000)")
    with pytest.raises(MasaratError):
        console.run("SELECT repeat('x', 1000000) FROM numbers(1000)")
