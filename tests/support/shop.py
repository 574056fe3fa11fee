"""A small shop for tests: events written by hand, asked about in both sizes of the store."""

from __future__ import annotations

import itertools
import socket
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar

import clickhouse_connect
import polars as pl

from masarat.analyse import Analysis, Answer, ask, explain
from masarat.analyse.told import NOTHING, Told
from masarat.events import COLUMNS
from masarat.settings import Settings
from masarat.store import Store, schema

SHARED = Path(__file__).parents[3] / "shared" / "data"

OFTEN = 2  # so often a process compares the answers to one text of SQL
DICTIONARIES = ("identity", "identity_known", "twins")
TWO_SHARDS = """<clickhouse>
  <tcp_port>{port}</tcp_port>
  <max_server_memory_usage>3221225472</max_server_memory_usage>
  <remote_servers><two>
    <shard><replica><host>127.0.0.1</host><port>{port}</port></replica></shard>
    <shard><replica><host>127.0.0.1</host><port>{port}</port></replica></shard>
  </two></remote_servers>
</clickhouse>"""


class Engine:
    """The one embedded engine of a test process, with a cluster of two shards that are both itself.

    Making a store's tables takes a third of a second: a database that a test is done with is emptied and serves again.
    """

    made: ClassVar[list[tuple[Engine, Store]]] = []  # every store that stands, in the order of their making
    planned: ClassVar[Counter[str]] = Counter()  # how often each SQL was asked of the cluster

    def __init__(self, directory: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = directory / "engine.xml"
        config.write_text(TWO_SHARDS.format(port=port))
        self.directory = directory
        self._dsn = f"chdb:///{directory / 'store'}"
        self._options = {"config-file": str(config)}
        self._names = itertools.count()
        self._empty: list[str] = []  # databases of empty tables
        self._shape: Sequence[Any] = ()  # what stands in a new database
        self._keep = self.connect()  # an engine with no client open forgets its path

    def connect(self):
        return clickhouse_connect.get_client(dsn=self._dsn, chdb_options=self._options)

    def store(self, **settings: Any) -> Store:
        """An empty store in a database of its own."""
        chosen = Settings(data=self.directory, **settings)
        if self._empty:
            made: Store = _Standing(chosen, database=self._empty.pop(), open_client=self.connect)
        else:
            made = Store(chosen, database=f"shop_{next(self._names)}", open_client=self.connect)
            self._shape = self._shape or self._standing(made.database)
        self.made.append((self, made))
        return made

    @classmethod
    def drop_since(cls, number: int) -> None:
        """Away with the stores made after so many: tables that nobody asks still take the engine's time."""
        for engine, store in cls.made[number:]:
            store.close()
            engine._take_back(store.database)
        del cls.made[number:]

    def _take_back(self, database: str) -> None:
        """Empty, to be used again; dropped where a test changed its tables."""
        if self._standing(database) != self._shape:
            for each in (_twin_of(database), database):
                self._keep.command(f"DROP DATABASE IF EXISTS {each}")
            return
        filled = self._keep.query(
            f"SELECT DISTINCT table FROM system.parts WHERE database = '{database}' AND active AND table != 'schema_version'"
        )
        for (table,) in filled.result_rows:
            self._keep.command(f"TRUNCATE TABLE {database}.{table}")
        for name in DICTIONARIES:
            self._keep.command(f"SYSTEM RELOAD DICTIONARY {database}.{name}")
        self._empty.append(database)

    def _standing(self, database: str) -> Sequence[Any]:
        """Every table of a database as it is made, and the versions it went through."""
        tables = self._keep.query(
            f"SELECT name, replace(create_table_query, '{database}', '') FROM system.tables WHERE database = '{database}' ORDER BY name"
        )
        versions = self._keep.query(f"SELECT version FROM {database}.schema_version")
        return [*tables.result_rows, *versions.result_rows]


class _Standing(Store):
    """A store whose tables are there already when it is opened."""

    def create(self) -> None:
        self.__class__ = Store


def _twin_of(database: str) -> str:
    return f"{database}_two"


def in_two_sizes(store: Store) -> Store:
    """The same data behind Distributed tables over two shards, through ClickHouse's real distributed planner."""
    if "twin" in store.__dict__:
        return _looking_anew(store.__dict__["twin"])
    twin = Store.__new__(Store)
    twin.__dict__.update(store.__dict__)
    twin.database = _twin_of(store.database)
    twin._threads = threading.local()
    store.__dict__["twin"] = twin
    if twin.select(
        "SELECT 1 FROM system.tables WHERE database = {name:String} LIMIT 1", {"name": twin.database}
    ):
        return _looking_anew(twin)  # it served a test before
    for table in schema.tables():
        source, name = f"{store.database}.{table.name}", f"{twin.database}.{table.name}"
        if table.place == "everywhere":
            final = " FINAL" if "Replacing" in table.sql else ""  # which a view does not hand on to its table
            twin.command(f"CREATE VIEW {name} AS SELECT * FROM {source}{final}")
            continue
        twin.command(
            f"CREATE VIEW {name}_local AS SELECT * FROM {source} WHERE intHash64(customer_id) % 2 + 1 = shardNum()"
        )
        twin.command(
            f"CREATE TABLE {name} AS {source} ENGINE = Distributed('two', {twin.database}, {table.name}_local)"
        )
    for sql in schema.statements(twin.database):
        if sql.startswith("CREATE DICTIONARY"):
            twin.command(sql)
    return twin


def _looking_anew(twin: Store) -> Store:
    """With what its dictionaries say now; a server reads them again by itself."""
    for name in DICTIONARIES:
        twin.command(f"SYSTEM RELOAD DICTIONARY {name}")
    return twin


def answer(
    store: Store, question: Analysis, *, today: date = date(2025, 6, 30), told: Told = NOTHING
) -> Answer:
    """The answer, after making sure that the cluster gives the very same one.

    What a cluster plans depends on the text of the SQL: each text is asked of the cluster over the data of a few tests, not of all.
    """
    small = ask(store, question, today=today, told=told)
    text = repr(explain(store, question, today=today, told=told).steps)
    Engine.planned[text] += 1
    if Engine.planned[text] > OFTEN:
        return small
    large = ask(in_two_sizes(store), question, today=today, told=told)
    assert large == small, f"{question.name}: two shards answer differently"
    return small


def standing(store: Store) -> list[dict[str, Any]]:
    """What stands in the log, whichever way it came."""
    return store.select(
        "SELECT name, order_id, toFloat64(revenue) AS revenue, toFloat64(tax) AS tax, visitor_id, product_ids "
        "FROM events ORDER BY name, order_id, visitor_id, product_ids, revenue"
    )


def when(text: str) -> datetime:
    """'2025-03-01' or '2025-03-01 10:30', UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def event(name: str, who: str, ts: str, **columns: Any) -> dict[str, Any]:
    """One event by hand; ids are filled in by `write`."""
    return {"name": name, "visitor_id": who, "ts": when(ts), "source": "test", "currency": "SAR", **columns}


def order(who: str, ts: str, revenue: float, **columns: Any) -> dict[str, Any]:
    """A completed order; `items` as [(product, quantity, line revenue), …] fills the product arrays."""
    return event("Order Completed", who, ts, revenue=revenue, **_items(columns))


def refund(who: str, ts: str, amount: float, **columns: Any) -> dict[str, Any]:
    """Money given back; `amount` is positive."""
    return event("Order Refunded", who, ts, revenue=-amount, **_items(columns))


def _items(columns: dict[str, Any]) -> dict[str, Any]:
    items = columns.pop("items", None)
    if items is None:
        return columns
    return {
        **columns,
        "product_ids": [item[0] for item in items],
        "product_names": [item[0] for item in items],
        "product_categories": ["" for _ in items],
        "product_quantities": [item[1] for item in items],
        "product_revenues": [item[2] for item in items],
    }


def write(store: Store, events: Iterable[dict[str, Any]]) -> None:
    """Put hand-made events into the store, in the order given."""
    rows = [{"event_id": f"e{i}", "order_id": f"o{i}", **e} for i, e in enumerate(events)]
    used = {name for row in rows for name in row}
    schema_ = {name: dtype for name, dtype in COLUMNS.items() if name in used}
    defaults = {name: _default(dtype) for name, dtype in schema_.items()}
    frame = pl.DataFrame([{**defaults, **row} for row in rows], schema=_loose(schema_))
    store.append(frame.cast(schema_))


def _default(dtype: pl.DataType) -> Any:
    if isinstance(dtype, pl.List):
        return []
    return "" if dtype == pl.String else 0


def _loose(schema_: dict[str, pl.DataType]) -> dict[str, Any]:
    """Decimals are read from floats first, as polars wants."""

    def loosen(dtype: Any) -> Any:
        if isinstance(dtype, pl.List):
            return pl.List(loosen(dtype.inner))
        return pl.Float64 if isinstance(dtype, pl.Decimal) else dtype

    return {name: loosen(dtype) for name, dtype in schema_.items()}
