"""The only place that speaks to ClickHouse: questions in, rows out; events in, and nothing twice.

The engine is either embedded (chDB, one directory, one process) or a server or cluster; the SQL is the same.
"""

from __future__ import annotations

import math
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

import clickhouse_connect
import polars as pl
import pyarrow as pa
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from masarat.errors import BadParameter, QueryTooLong, StoreMissing
from masarat.events import COLUMNS, REQUIRED
from masarat.settings import Settings
from masarat.store import schema
from masarat.store.lock import Lock
from masarat.store.memory import Memory
from masarat.store.query import Query
from masarat.store.syncing import sync_directory

Row = dict[str, Any]
A = TypeVar("A")
T = TypeVar("T")

# An insert runs on one core: from this many rows on, two run side by side.
PARALLEL_ROWS = 50_000

# An insert writes the blocks it is given, none put together with the next.
AS_GIVEN = {"min_insert_block_size_rows": 1, "min_insert_block_size_bytes": 1, "max_threads": 1}

# Engine errors a person can do something about.
TIMEOUT, MEMORY, CANCELLED = 159, 241, 394


class Store:
    """An open event store.

    Thread-safe: every thread gets a client of its own. Close it when done; an embedded store lets nobody else in meanwhile.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        database: str = "",
        engine_config: str = "",
        open_client: Callable[[], Client] | None = None,
    ) -> None:
        """Open (and create or migrate) the store of these settings.

        `database`, `engine_config` and `open_client` are for tests: another database of the same engine, engine settings as XML, and
        a ready-made way to connect.
        """
        self.settings = settings
        url = urlsplit(settings.store_url)
        self.embedded = url.scheme == "chdb"
        self.database = database or ("masarat" if self.embedded else url.path.strip("/") or "masarat")
        self.lock = Lock(settings.data)
        self._threads = threading.local()
        self._clients: list[Client] = []
        self._guard = threading.Lock()
        self.memory = Memory(settings.remembered if self.embedded else 0)  # others may write to a server
        self._pair = ThreadPoolExecutor(2)  # two inserts at once, each on a client of its own
        self._two = ThreadPoolExecutor(2)  # and two pieces of work, which may insert
        if open_client is not None:
            self._open_client = open_client
        elif self.embedded:
            self._prepare_embedded(Path(url.path), engine_config)
        elif url.scheme in ("clickhouse", "clickhouses"):
            self._open_client = lambda: _connect_server(settings, url.hostname or "localhost")
        else:
            raise BadParameter(
                f"MASARAT_STORE={settings.store!r} is not a store address.",
                "Write chdb:///directory or clickhouse://user:password@host:8123/database.",
            )
        try:
            self.create()
        except BaseException:
            self.close()
            raise

    # Reading

    def rows(self, query: Query, step: str = "", *, tag: str = "") -> list[Row]:
        """The rows of one step of a query (by default its last), as dicts in the engine's order.

        Decimals come as floats, and what is not a number as None: these are answers, not books. `tag` lets `cancel` find it.
        Raises QueryTooLong where the limits of time or memory are met.
        """
        sql, values, settings = query.sql(step), query.values, query.settings
        asked = (self.database, sql, repr(values), repr(settings))
        return self.memory.recall(asked, lambda: self.select(sql, values, settings=settings, tag=tag))

    def select(
        self,
        sql: str,
        values: Mapping[str, Any] | None = None,
        *,
        settings: Mapping[str, Any] | None = None,
        tag: str = "",
    ) -> list[Row]:
        """The rows of one SELECT with bound values."""
        result = _guarded(
            lambda: self.client.query(
                sql, parameters=dict(values or {}), settings=self._limits(settings, tag)
            )
        )
        names = result.column_names
        return [dict(zip(names, map(_plain, row), strict=True)) for row in result.result_rows]

    def frame(
        self,
        sql: str,
        values: Mapping[str, Any] | None = None,
        *,
        settings: Mapping[str, Any] | None = None,
    ) -> pl.DataFrame:
        """The rows of one SELECT as a polars frame, exact decimals kept."""
        # Written into the statement: given beside it, each would be a statement of its own before and after, 14 ms in all.
        given = clause(self._limits({"output_format_arrow_string_as_string": 1, **(settings or {})}, ""))
        asked = f"{sql}\nSETTINGS {given}"
        table = _guarded(lambda: self.client.query_arrow(asked, parameters=dict(values or {})))
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        return frame

    def cancel(self, tag: str) -> None:
        """Stop the running queries that carry this tag."""
        _guarded(
            lambda: self.client.command(
                "KILL QUERY WHERE Settings['log_comment'] = {tag:String} SYNC", parameters={"tag": tag}
            )
        )

    def answers(self) -> bool:
        """Whether the engine is there and answers."""
        return bool(self.client.ping())

    # Writing

    def append(self, events: pl.DataFrame, *, token: str = "") -> int:
        """Add events; columns as in `events.COLUMNS`, those left out take their defaults. Returns how many were given.

        The same `token` given again adds nothing: an insert that may have succeeded can be repeated safely.
        """
        missing = [name for name in REQUIRED if name not in events.columns]
        unknown = [name for name in events.columns if name not in COLUMNS]
        if missing or unknown:
            raise ValueError(f"append: missing columns {missing}, unknown columns {unknown}")
        return self.insert(
            "events", events.cast({name: COLUMNS[name] for name in events.columns}), token=token
        )

    def insert(self, table: str, frame: pl.DataFrame, *, token: str = "") -> int:
        """Add the rows of a frame to a table, columns matched by name. Returns how many were given."""
        if frame.is_empty():
            return 0
        settings: dict[str, Any] = {"max_partitions_per_insert_block": 0}
        if token:
            settings |= {"insert_deduplication_token": token, "deduplicate_insert_select": "force_enable"}
        else:
            settings["insert_deduplicate"] = 0  # rows need not be hashed where nobody will ask
        if self.embedded and not token:
            settings |= AS_GIVEN | {"max_block_size": frame.height}
            arrow = _arrow_by_month if table == "events" else _arrow
            if frame.height < PARALLEL_ROWS:
                self._insert_arrow(table, arrow(frame), settings)
            else:
                half = frame.height // 2
                parts = (frame[:half], frame[half:])
                list(self._pair.map(lambda part: self._insert_arrow(table, arrow(part), settings), parts))
        elif self.embedded:
            self._insert_arrow(table, _arrow(frame), settings)
        else:
            _guarded(lambda: self.client.insert_arrow(table, _arrow(frame), settings=settings))
        return frame.height

    def _insert_arrow(self, table: str, given: pa.Table, settings: Mapping[str, Any]) -> None:
        """Rows that the embedded engine reads where they lie, in this process's memory: it finds `given` here by its name."""
        columns = ", ".join(given.column_names)
        sql = (
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM Python(given) SETTINGS {clause(settings)}"
        )
        with self.memory.writing():
            _guarded(lambda: self.client.command(sql))

    def delete(self, table: str, where: str, values: Mapping[str, Any] | None = None) -> None:
        """Remove rows; on a cluster from the local table of every shard. `where` binds its values like any query."""
        cluster = self.settings.cluster
        sharded = {t.name for t in schema.tables() if t.place == "sharded"}
        target = f"{table}_local ON CLUSTER {cluster}" if cluster and table in sharded else table
        self.command(
            f"DELETE FROM {target} WHERE {where} SETTINGS lightweight_delete_mode = 'lightweight_update'",
            values,
        )

    def side_by_side(self, work: Callable[[A], T], parts: Sequence[A]) -> list[T]:
        """`work` done on every part, on two at a time: each of the two threads keeps a client of its own."""
        return list(self._two.map(work, parts)) if len(parts) > 1 else [work(part) for part in parts]

    def command(self, sql: str, values: Mapping[str, Any] | None = None) -> None:
        """Run one statement that returns nothing."""
        with self.memory.writing():
            _guarded(lambda: self.client.command(sql, parameters=dict(values or {})))

    def settle(self) -> None:
        """Back once what was written survives a power cut. A server keeps its own promise; the embedded engine's files are synced."""
        if self.embedded:
            sync_directory(self.settings.data)

    # Opening and closing

    @property
    def client(self) -> Client:
        """This thread's own client."""
        client: Client | None = getattr(self._threads, "client", None)
        if client is None:
            client = self._open_client()
            with self._guard:
                self._clients.append(client)
            if self.database:
                client.command(f"CREATE DATABASE IF NOT EXISTS {self.database}")
                client.database = self.database
            self._threads.client = client
        return client

    def close(self) -> None:
        self._two.shutdown()
        self._pair.shutdown()
        with self._guard:
            for client in self._clients:
                client.close()
            self._clients.clear()
        self._threads = threading.local()
        self.lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare_embedded(self, path: Path, engine_config: str) -> None:
        try:
            import chdb  # noqa: F401
        except ImportError:
            raise StoreMissing(
                "The embedded engine (chDB) has no build for this system; it runs on Linux (glibc) and macOS.",
                "Use WSL or a Debian-based container, or set MASARAT_STORE to a ClickHouse server.",
            ) from None
        self.lock.take()
        config = self.settings.data / "engine.xml"
        config.write_text(engine_config or _engine_config(self.settings))
        path.mkdir(parents=True, exist_ok=True)
        options = {"config-file": str(config.resolve())}
        self._open_client = lambda: clickhouse_connect.get_client(dsn=f"chdb:///{path}", chdb_options=options)

    def create(self) -> None:
        """The tables that are not there yet, in their newest shape."""
        if not self.embedded and self.settings.cluster:
            for statement in schema.cluster_ddl(self.settings.cluster, self.database):
                self.command(self._signed(statement))
        else:
            for sql in schema.statements(self.database):
                self.command(self._signed(sql))
            self.command(schema.VERSION_TABLE)
        self.migrate(schema.MIGRATIONS)

    def _signed(self, sql: str) -> str:
        """A server's dictionaries read its own tables as the user whom we are."""
        url = urlsplit(self.settings.store_url)
        if self.embedded or not url.username:
            return sql
        user, password = literal(unquote(url.username)), literal(unquote(url.password or ""))
        return sql.replace("SOURCE(CLICKHOUSE(", f"SOURCE(CLICKHOUSE(USER {user} PASSWORD {password} ")

    def migrate(self, migrations: Sequence[Sequence[str]]) -> None:
        """Bring an older store to the newest shape, one version after the other; each is recorded once done."""
        found = self.select("SELECT max(version) AS version FROM schema_version")[0]["version"]
        newest = len(migrations) + 1
        if not found:  # a fresh store has the newest shape already
            self.command("INSERT INTO schema_version (version) VALUES ({v:UInt32})", {"v": newest})
            return
        if found > newest:
            raise StoreMissing(
                f"This store was written by a newer Masarat (schema {found}, we know {newest}).",
                "Upgrade Masarat.",
            )
        for version in range(found + 1, newest + 1):
            for statement in migrations[version - 2]:
                cluster = "" if self.embedded else self.settings.cluster
                for each in schema.on_cluster(statement, cluster) if cluster else [statement]:
                    self.command(each)
            self.command("INSERT INTO schema_version (version) VALUES ({v:UInt32})", {"v": version})

    def _limits(self, extra: Mapping[str, Any] | None, tag: str) -> dict[str, Any]:
        limits: dict[str, Any] = {
            "max_execution_time": self.settings.query_seconds,
            "max_memory_usage": int(self.settings.memory * 0.9),
            "max_bytes_before_external_group_by": int(self.settings.memory * 0.4),
            "max_bytes_before_external_sort": int(self.settings.memory * 0.4),
            "final": 1,
            "log_comment": tag or f"masarat-{uuid.uuid4().hex[:12]}",
        }
        return limits | dict(extra or {})


def _guarded(call: Callable[[], T]) -> T:
    """The call's result, or the engine's refusal as one of our errors."""
    try:
        return call()
    except ClickHouseError as error:
        code = getattr(error, "code", None)
        if code == TIMEOUT:
            raise QueryTooLong(
                "The question took too long.", "Ask about a shorter period, or raise MASARAT_QUERY_SECONDS."
            ) from error
        if code == MEMORY:
            raise QueryTooLong(
                "The question needs more memory than allowed.",
                "Ask about a shorter period, or raise MASARAT_MEMORY.",
            ) from error
        if code == CANCELLED:
            raise QueryTooLong("The question was cancelled.", "Ask again.") from error
        raise


def _engine_config(settings: Settings) -> str:
    backups = escape(str(settings.backups_directory.resolve()))
    return (
        "<clickhouse>\n"
        f"  <max_server_memory_usage>{settings.memory}</max_server_memory_usage>\n"
        f"  <backups><allowed_path>{backups}</allowed_path></backups>\n"
        "  <mark_cache_size>67108864</mark_cache_size>\n"
        "</clickhouse>\n"
    )


def _connect_server(settings: Settings, host: str) -> Client:
    try:
        return clickhouse_connect.get_client(dsn=settings.store_url, database="default")
    except ClickHouseError as error:
        raise StoreMissing(
            f"The ClickHouse server at {host} does not answer: {error}", "Check MASARAT_STORE and the server."
        ) from error


def _arrow(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def _arrow_by_month(frame: pl.DataFrame) -> pa.Table:
    """The same rows, each month's in a block of its own, which the engine need not take apart again for its monthly partitions."""
    months = frame["ts"].dt.truncate("1mo")
    runs = months.rle().struct.field("len").to_list()
    if len(runs) == months.n_unique():  # in the order of time, as most files are
        table = _arrow(frame)
        parts = [table.slice(end - rows, rows) for end, rows in zip(accumulate(runs), runs, strict=True)]
    else:
        whole = frame.with_columns(month=months)
        parts = [_arrow(part) for part in whole.partition_by("month", include_key=False)]
    return pa.concat_tables(parts)


AS_THEY_LIE = {"final": 0}  # rows that a newer one replaces may come as well: quicker, where they do no harm


def clause(settings: Mapping[str, Any]) -> str:
    """Settings as they are written behind SETTINGS."""
    return ", ".join(f"{name} = {literal(value)}" for name, value in settings.items())


def literal(value: object) -> str:
    """A setting or a path of our own as an SQL literal; users' values are bound, never written."""
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return text if isinstance(value, int) else f"'{text}'"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
