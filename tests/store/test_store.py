import threading
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.analyse.new_and_returning import NewAndReturning
from masarat.errors import QueryTooLong, StoreMissing
from masarat.events import COLUMNS, TIME
from masarat.settings import Settings
from masarat.store import Query, Store, schema
from masarat.store.schema import MIGRATIONS, on_cluster
from tests.support.shop import answer, order, write

AWKWARD = [
    "",
    "'",
    "''",
    "\\",
    "\\N",
    "\t",
    "\n",
    "\r",
    "a'b\\c\td\ne",
    "\0",
    "عميل",
    "😀",
    '"',
    "`",
    "{x:String}",
    "%s",
    "--",
    "/*",
    ";",
    "NULL",
    "\u2067",
]


@pytest.fixture(scope="module")
def shared(engine):
    """One store for all that is only asked."""
    return engine.store()


@given(st.text() | st.sampled_from(AWKWARD))
@settings(max_examples=150)
def test_any_text_survives_binding(shared, text):
    assert _bound(shared, "String", text) == text


@given(st.lists(st.text() | st.sampled_from(AWKWARD), max_size=5))
@settings(max_examples=100)
def test_any_list_survives_binding(shared, texts):
    assert _bound(shared, "Array(String)", texts) == texts


@given(st.none() | st.text())
@settings(max_examples=50)
def test_nothing_is_not_text(shared, text):
    assert _bound(shared, "Nullable(String)", text) == text


@given(st.integers(-(2**63), 2**63 - 1))
@settings(max_examples=50)
def test_any_number_survives_binding(shared, number):
    assert _bound(shared, "Int64", number) == number


def _bound(store, kind, value):
    return store.select(f"SELECT {{v:{kind}}} AS v", {"v": value})[0]["v"]


def test_steps_can_be_printed_and_run_alone(store):
    query = Query({"one": "SELECT 1 AS n", "two": "SELECT n + {more:Int64} AS n FROM one"}, {"more": 4})
    assert store.rows(query, "one") == [{"n": 1}]
    assert store.rows(query) == [{"n": 5}]
    assert query.sql("two") == "WITH one AS (\nSELECT 1 AS n\n)\nSELECT n + {more:Int64} AS n FROM one"


def test_what_is_not_a_number_is_nothing(store):
    assert store.select("SELECT 0 / 0 AS a, 1 / 0 AS b, [0 / 0, 1] AS c") == [
        {"a": None, "b": None, "c": [None, 1.0]}
    ]


def test_append_refuses_columns_it_does_not_know(store):
    frame = pl.DataFrame({"event_id": ["1"], "when": ["x"]})
    with pytest.raises(ValueError, match="unknown columns \\['when'\\]"):
        store.append(frame)


def test_every_column_survives_a_round_trip(store):
    when = datetime(2025, 3, 1, 12, 30, 15, 123000, tzinfo=UTC)
    awkward = "a'b\\c\td\ne عربي 😀"
    row = {
        name: when if dtype == TIME else [awkward] if dtype == pl.List(pl.String) else awkward
        for name, dtype in COLUMNS.items()
        if dtype in (TIME, pl.String(), pl.List(pl.String()))
    }
    row |= {
        "props": '{"k":"ق\\"v"}',
        "revenue": 12.3456,
        "product_quantities": [2.5],
        "product_revenues": [-0.0001],
    }
    write(store, [row])
    found = store.select("SELECT *, toString(props) AS text FROM events")[0]
    for name in row.keys() - {"props", "ts", "received_at"}:
        assert found[name] == row[name], name
    assert store.select("SELECT toUnixTimestamp64Milli(ts) AS t FROM events")[0]["t"] == int(
        when.timestamp() * 1000
    )
    assert found["text"] == '{"k":"ق\\"v"}'


def test_the_same_token_adds_nothing_twice(store):
    frame = pl.DataFrame(
        {
            "event_id": ["1"],
            "ts": [datetime(2025, 1, 1, tzinfo=UTC)],
            "name": ["X"],
            "source": ["t"],
            "visitor_id": ["a"],
        }
    )
    for _ in range(3):
        store.append(frame, token="segment-1")
    assert store.select("SELECT count() AS n FROM events") == [{"n": 1}]


def test_nobody_has_customer_zero(store):
    write(store, [order("", "2025-01-01", 1), order("a", "2025-01-01", 1), order("a", "2025-01-02", 1)])
    rows = store.select("SELECT visitor_id, customer_id FROM events ORDER BY ts, visitor_id")
    assert rows[0]["customer_id"] == 0
    assert rows[1]["customer_id"] == rows[2]["customer_id"] != 0


def test_delete_takes_what_was_named(store):
    write(store, [order("a", f"2025-01-0{day}", day) for day in (1, 2, 3)])
    store.delete("events", "event_id IN {ids:Array(String)}", {"ids": ["e0", "it's"]})
    assert store.select("SELECT event_id FROM events ORDER BY event_id") == [
        {"event_id": "e1"},
        {"event_id": "e2"},
    ]


def test_a_question_can_be_cancelled(store):
    failure = []

    def ask_for_long():
        try:
            store.select(
                "SELECT sum(sleepEachRow(0.01)) FROM numbers(2000) SETTINGS max_block_size = 1", tag="slow"
            )
        except QueryTooLong as error:
            failure.append(error.sentence)

    thread = threading.Thread(target=ask_for_long)
    thread.start()
    running = "SELECT count() AS n FROM system.processes WHERE Settings['log_comment'] = 'slow'"
    while thread.is_alive() and not store.select(running)[0]["n"]:
        pass
    store.cancel("slow")
    thread.join(timeout=30)
    assert failure == ["The question was cancelled."]


def test_a_question_has_a_time_limit(engine):
    with engine.store(query_seconds=1) as store, pytest.raises(QueryTooLong, match="took too long"):
        store.select("SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))")


def test_a_question_has_a_memory_limit(engine):
    with engine.store(memory="40M") as store, pytest.raises(QueryTooLong, match="more memory"):
        store.select("SELECT length(groupArray(toString(number))) FROM numbers(10000000)")


def test_migrations_run_once_and_in_order(store):
    steps = [
        *MIGRATIONS,
        ["CREATE TABLE moved (a UInt8) ENGINE = MergeTree ORDER BY a"],
        ["ALTER TABLE moved ADD COLUMN b UInt8"],
    ]
    stood = len(MIGRATIONS) + 1
    store.migrate(steps[:-1])
    store.migrate(steps)
    store.migrate(steps)
    assert [
        row["version"] for row in store.select("SELECT version FROM schema_version ORDER BY version")
    ] == [stood, stood + 1, stood + 2]
    assert store.select(
        "SELECT count() AS n FROM system.columns WHERE database = currentDatabase() AND table = 'moved'"
    ) == [{"n": 2}]


def test_a_store_from_before_customers_were_resolved_is_brought_up(store):
    """Its events have no owner: they get the one their customer number says."""
    write(store, [order("user:1", "2025-06-01", 10)])
    store.command("ALTER TABLE events DROP COLUMN owner")
    store.command("TRUNCATE TABLE schema_version")
    store.command("INSERT INTO schema_version (version) VALUES (1)")
    store.create()
    owned = "SELECT count() AS n FROM events WHERE owner = customer_id AND owner != 0"
    assert store.select(owned) == [{"n": 1}]
    assert sum(row["new_customers"] for row in answer(store, NewAndReturning()).rows) == 1


def test_migrations_of_a_cluster_change_the_local_tables_first():
    spread = on_cluster("ALTER TABLE events ADD COLUMN a UInt8", "main")
    assert spread == [
        "ALTER TABLE events_local ON CLUSTER main ADD COLUMN a UInt8",
        "ALTER TABLE events ON CLUSTER main ADD COLUMN a UInt8",
    ]
    whole = on_cluster("ALTER TABLE costs ADD COLUMN a UInt8", "main")
    assert whole == ["ALTER TABLE costs ON CLUSTER main ADD COLUMN a UInt8"]


def test_views_of_a_cluster_run_on_every_server_from_and_into_its_own_tables():
    views = {sql.split()[6]: sql for sql in schema.cluster_ddl("main", "shop") if "MATERIALIZED VIEW" in sql}
    assert "FROM shop.traits_local" in views["shop.search_of_visitors"]
    assert "TO shop.search_local AS" in views["shop.search_names"]
    assert "TO shop.search_words AS" in views["shop.search_sounds"], "what is whole everywhere has no local"
    assert schema.on_cluster("INSERT INTO search_told SELECT 1", "main") == [
        "INSERT INTO search_told SELECT 1"
    ]


def test_a_newer_store_is_not_touched(store):
    store.command("INSERT INTO schema_version (version) VALUES (99)")
    with pytest.raises(StoreMissing, match="newer Masarat"):
        store.migrate(())


def test_the_dictionary_names_the_columns_that_writers_give():
    events = next(table for table in schema.tables() if table.name == "events")
    assert list(schema.columns(events)) == [
        *[
            "event_id",
            "ts",
            "received_at",
            "name",
            "source",
            "import_id",
            "visitor_id",
            "identifiers",
            "customer_id",
            "owner",
        ],
        *[
            name
            for name in COLUMNS
            if name
            not in (
                "event_id",
                "ts",
                "received_at",
                "name",
                "source",
                "import_id",
                "visitor_id",
                "identifiers",
            )
        ],
    ]


def test_a_servers_dictionaries_are_read_as_its_user(store):
    there = Store.__new__(Store)
    there.embedded, there.settings = False, Settings(store="clickhouse://shop:it%27s@host/db")
    for sql in schema.statements("db"):
        signed = there._signed(sql)
        assert ("USER 'shop' PASSWORD 'it\\'s'" in signed) == sql.startswith("CREATE DICTIONARY")
        store.select("SELECT formatQuerySingleLine({sql:String}) AS text", {"sql": signed})


def test_cluster_tables_are_accepted_by_the_engine(store):
    """The engine reads every statement; without a keeper it can go no further."""
    statements = schema.cluster_ddl("two", "shop")
    twice = sum(table.place == "sharded" for table in schema.tables())
    assert len(statements) == 1 + len(list(schema.statements("shop"))) + twice + 1
    for statement in statements:
        shown = store.select("SELECT formatQuerySingleLine({sql:String}) AS text", {"sql": statement})[0][
            "text"
        ]
        assert "ON CLUSTER two" in shown
        if "ENGINE" in shown:
            kept = ("Replicated", "Distributed('two'", "Distributed(two", "Null")
            assert any(engine in shown for engine in kept)
