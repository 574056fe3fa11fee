"""SQL that somebody writes, run so that it can only read: judged first (`statement.py`), then asked through a client of its own that is set to
the engine's read-only mode, with limits of time, memory and size that nothing in the statement can lift.
"""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from time import monotonic
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from masarat.errors import MasaratError, QueryTooLong
from masarat.store import schema
from masarat.store.statement import (
    FURTHER,
    KINDS,
    NEVER,
    BadStatement,
    Rules,
    Statement,
    judge,
    place,
    read,
    tree,
)
from masarat.store.store import CANCELLED, MEMORY, TIMEOUT, Store

MOST_ROWS = 10_000
MOST_BYTES = 16 << 20
MOST_SECONDS = 30
MOST_MEMORY = 2 << 30
AT_ONCE = 2  # statements run side by side; the shop's own questions come first
TOO_MUCH = 396

FIGURE = re.compile(r"(?:Nullable\(|LowCardinality\()*(?:U?Int|Float|Decimal|BFloat)\d*")
SAID = re.compile(r"^(?:Code: \d+\. )?(?:DB::Exception: )?(?:Code: \d+\. DB::Exception: )?")
POSITION = re.compile(r"\(line (\d+), col (\d+)\)")
ABOUT = re.compile(r"(?:identifier|name|column|function) [`'](?P<name>[^`']+)[`']")
WRAPPED_LINES = 1  # the line before the statement in what the engine takes apart


class Busy(MasaratError):
    """As many statements run as may."""

    status = 503
    code = "busy"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `type` as the engine has it, `figure` whether it is a number; `about` where schema.sql says what it is."""

    name: str
    type: str
    figure: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A table that can be read."""

    name: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Rows as texts, None where there is nothing; `more` says that there were further ones; seconds, and rows and bytes read."""

    columns: tuple[Column, ...]
    rows: list[list[str | None]]
    more: bool
    seconds: float
    read_rows: int
    read_bytes: int


class Console:
    """What runs the SQL of people against one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def run(self, text: str, tag: str = "") -> Result:
        """The result of one statement that only reads. `tag` lets `Store.cancel` find it.

        Raises BadStatement (what is wrong, and where), QueryTooLong, Busy.
        """
        statement = read(text)
        if statement.verb == "SHOW":
            shown = [[table.name, table.about] for table in self.tables()]
            return _made(("name", "about"), shown)
        if statement.verb == "DESCRIBE":
            return self._described(statement)
        self._judge(statement)
        if not self._places.acquire(blocking=False):
            raise Busy(f"{AT_ONCE} statements run already.", "Wait until one has ended.")
        try:
            return self._asked(statement, tag)
        finally:
            self._places.release()

    def tables(self) -> list[Described]:
        """The tables that can be read, in the order of schema.sql, with what it says of them."""
        rows = self.store.select(
            "SELECT table, name, type FROM system.columns WHERE database = {database:String} ORDER BY table, position",
            {"database": self.store.database},
        )
        told = dictionary()
        return [
            Described(
                name,
                about,
                tuple(
                    Column(row["name"], row["type"], _is_figure(row["type"]), columns.get(row["name"], ""))
                    for row in rows
                    if row["table"] == name
                ),
            )
            for name, (about, columns) in told.items()
        ]

    @cached_property
    def rules(self) -> Rules:
        """What may be read, and which of the engine's functions only compute."""
        rows = self.store.select(
            "SELECT name, categories, alias_to, case_insensitive, is_aggregate FROM system.functions WHERE origin = 'System'"
        )
        kinds = {row["name"]: row["categories"] for row in rows}
        functions, loose = {}, set()
        for row in rows:
            real = row["alias_to"] or row["name"]
            kind = kinds.get(real, "")
            allowed = bool(row["is_aggregate"]) or kind in KINDS or kind == "Dictionary"
            functions[row["name"]] = (allowed or real in FURTHER) and real not in NEVER
            if row["case_insensitive"]:
                functions[row["name"].lower()] = functions[row["name"]]
                loose.add(row["name"].lower())
        lookups = tuple(
            re.findall(r"^CREATE DICTIONARY IF NOT EXISTS (\w+)", schema.SCHEMA.read_text("utf-8"), re.M)
        )
        aggregates = frozenset(row["name"] for row in rows if row["is_aggregate"])
        tables = (*dictionary(), *lookups)
        return Rules(self.store.database, tables, lookups, functions, frozenset(loose), aggregates)

    def _described(self, statement: Statement) -> Result:
        name = statement.asked.removeprefix(f"{self.store.database}.")
        known = {table.name: table for table in self.tables()}
        if name not in known:
            raise BadStatement(f"There is no table {name[:60]!r} to read.", f"Known: {', '.join(known)}.")
        return _made(
            ("name", "type", "about"), [[one.name, one.type, one.about] for one in known[name].columns]
        )

    def _judge(self, statement: Statement) -> None:
        """In brackets nothing but a question can be read, and nothing can stand behind it."""
        asked = statement.asked or statement.sql
        with _said(asked, WRAPPED_LINES):
            found = self.store.client.query(f"EXPLAIN AST SELECT * FROM (\n{asked}\n)")
        lines = [row[0] for row in found.result_rows]
        if lines and lines[-1].strip() == "Identifier Native":  # the format in which the client asks
            lines.pop()
        judge(statement, tree(lines), self.rules)

    def _asked(self, statement: Statement, tag: str) -> Result:
        began = monotonic()
        client = self.store._open_client()
        try:
            client.database = self.store.database
            with _said(statement.sql):
                self._limit(client, tag)
                found = client.query(statement.sql)
                rows = found.result_rows
        finally:
            client.close()
        columns = tuple(
            Column(name, kind.name, _is_figure(kind.name))
            for name, kind in zip(found.column_names, found.column_types, strict=True)
        )
        cells = [[_cell(value) for value in row] for row in rows[:MOST_ROWS]]
        summary = found.summary or {}
        return Result(
            columns,
            cells,
            len(rows) > MOST_ROWS,
            round(monotonic() - began, 3),
            int(summary.get("read_rows", 0)),
            int(summary.get("read_bytes", 0)),
        )

    def _limit(self, client: Client, tag: str) -> None:
        """Bounds first, then read-only: from then on no setting can be changed, by whatever is asked."""
        memory = min(self.store.settings.memory // 2, MOST_MEMORY)
        limits: dict[str, Any] = {
            "max_execution_time": min(self.store.settings.query_seconds, MOST_SECONDS),
            "max_memory_usage": memory,
            "max_bytes_before_external_group_by": memory // 2,
            "max_bytes_before_external_sort": memory // 2,
            "limit": MOST_ROWS + 1,
            "max_result_bytes": MOST_BYTES,
            "result_overflow_mode": "throw",
            "allow_introspection_functions": 0,
            "allow_ddl": 0,
            "final": 1,
            "log_comment": tag or "masarat-sql",
            "readonly": 1,
        }
        for name, value in limits.items():
            client.set_client_setting(name, value)


def dictionary() -> dict[str, tuple[str, dict[str, str]]]:
    """What schema.sql says of each table and column."""
    text = schema.SCHEMA.read_text("utf-8")
    found = {}
    for lines, name, body in re.findall(
        r"((?:^-- [^\n]*\n)+)^-- @(?:sharded|everywhere)\nCREATE TABLE IF NOT EXISTS (\w+) \((.*?)^\)",
        text,
        re.M | re.S,
    ):
        about = " ".join(line.removeprefix("-- ") for line in lines.splitlines())
        columns = dict(re.findall(r"^    (\w+) .*? -- (.*)$", body, re.M))
        found[name] = (about, columns)
    return found


def _made(names: tuple[str, ...], rows: list[list[str]]) -> Result:
    columns = tuple(Column(name, "String", False) for name in names)
    return Result(columns, [list(row) for row in rows], False, 0.0, 0, 0)


@contextmanager
def _said(text: str, lines_before: int = 0) -> Iterator[None]:
    """The engine's refusals as ours: one sentence, with the place where the engine tells one."""
    try:
        yield
    except ClickHouseError as error:
        code = getattr(error, "code", None)
        if code == TIMEOUT:
            raise QueryTooLong(
                "The statement took too long.", "Ask about fewer days, or count instead of listing."
            ) from error
        if code == MEMORY:
            raise QueryTooLong(
                "The statement needs more memory than allowed.", "Ask about fewer days."
            ) from error
        if code == CANCELLED:
            raise QueryTooLong("The statement was cancelled.", "Run it again.") from error
        if code == TOO_MUCH:
            raise BadStatement(
                f"The result is larger than {MOST_BYTES >> 20} MB.", "Ask for fewer columns or rows."
            ) from error
        raise BadStatement(*_sentence(str(error), text, lines_before)) from error


def _sentence(said: str, text: str, lines_before: int) -> tuple[str, str]:
    """What the engine says, without what only its makers need; and where."""
    said = SAID.sub("", said)
    found = POSITION.search(said)
    if said.startswith("Syntax error"):
        where = ""
        if found:
            line, column = int(found[1]) - lines_before, int(found[2])
            last = len(text.splitlines())
            where = f" at line {line}, column {column}" if 1 <= line <= last else " at its end"
        return f"The statement cannot be read{where}.", "Look at what stands just before that place."
    said = re.split(
        r"\.? (?:In scope|Expected one of|while executing|\(version)|: while executing|: While ", said
    )[0]
    said = re.sub(r"\s*\([A-Z_]+\)\s*$", "", said).strip().rstrip(".")[:400]
    about = ABOUT.search(said)
    at = text.find(about["name"]) if about else -1
    return (f"{said} ({place(text, at)})." if at >= 0 else f"{said}."), "Mend it and run it again."


def _is_figure(kind: str) -> bool:
    return bool(FIGURE.match(kind))


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
