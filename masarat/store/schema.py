"""schema.sql turned into tables, dictionaries and views: embedded, or a cluster's DDL; and the migrations between versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SCHEMA = Path(__file__).with_name("schema.sql")

VERSION_TABLE = """
CREATE TABLE IF NOT EXISTS schema_version (version UInt32, applied_at DateTime DEFAULT now())
ENGINE = MergeTree ORDER BY version"""

Place = Literal["sharded", "everywhere"]


@dataclass(frozen=True, slots=True)
class Table:
    """One CREATE TABLE of schema.sql."""

    name: str
    place: Place
    sql: str


def tables(text: str | None = None) -> Iterator[Table]:
    """The tables of schema.sql, in its order."""
    text = SCHEMA.read_text("utf-8") if text is None else text
    pattern = re.compile(
        r"^-- @(sharded|everywhere)\n(CREATE TABLE IF NOT EXISTS (\w+) .*?)\s*;$", re.M | re.S
    )
    for place, sql, name in pattern.findall(text):
        yield Table(name, place, sql)


def statements(database: str, text: str | None = None) -> Iterator[str]:
    """All that schema.sql creates in a database of one machine, in its order: tables, and the dictionaries that look things up in them."""
    text = SCHEMA.read_text("utf-8") if text is None else text
    for sql in re.findall(r"^-- @\w+\n(CREATE .*?)\s*;$", text, re.M | re.S):
        yield sql.replace("{database}", database)


def refills(target: str) -> tuple[str, ...]:
    """The statements that bring what stands to a table through each of the views that fill it."""
    views = re.findall(
        rf"VIEW IF NOT EXISTS \w+ TO {target} AS\n(.*?);$", SCHEMA.read_text("utf-8"), re.M | re.S
    )
    return tuple(f"INSERT INTO {target} {select}" for select in views)


# Each later change of schema.sql adds one entry: the statements that bring an older store to the new shape, in order.
# Version 1 is schema.sql as first released; a store at version n has seen MIGRATIONS[: n - 1].
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "ALTER TABLE events ADD COLUMN IF NOT EXISTS owner UInt64"
        " DEFAULT dictGetOrDefault('identity_known', 'owner', customer_id, customer_id) CODEC(ZSTD(1)) AFTER customer_id",
    ),
    refills("search_told"),
)


def on_cluster(statement: str, cluster: str) -> list[str]:
    """The statements that change a table on every server: where it is spread, the local tables first. Rows find their servers themselves."""
    if not statement.startswith("ALTER TABLE"):
        return [statement]
    name = re.findall(r"^ALTER TABLE (\w+)", statement)[0]
    spread = any(table.name == name and table.place == "sharded" for table in tables())
    names = (f"{name}_local", name) if spread else (name,)
    return [statement.replace(f"TABLE {name}", f"TABLE {each} ON CLUSTER {cluster}", 1) for each in names]


def columns(table: Table) -> dict[str, str]:
    """Column → its comment in the dictionary."""
    found: dict[str, str] = {}
    for line in table.sql.splitlines()[1:]:
        match = re.match(r"    (\w+)\s+[A-Z]\w+.*?(?:--\s*(.*))?$", line)
        if match:
            found[match[1]] = match[2] or ""
    return found


def cluster_ddl(cluster: str, database: str = "masarat") -> list[str]:
    """The same tables for a ClickHouse cluster: replicated, and spread by customer where there is one.

    The placeholders {shard} and {replica} are the servers' own macros.
    """
    ddls = [f"CREATE DATABASE IF NOT EXISTS {database} ON CLUSTER {cluster}"]
    by_name = {table.name: table for table in tables()}
    for sql in statements(database):
        name = re.findall(r"EXISTS (\w+)", sql)[0]
        if name not in by_name:
            beside = _looked_up if sql.startswith("CREATE DICTIONARY") else _on_each_server
            ddls.append(beside(sql, name, cluster, database))
            continue
        table = by_name[name]
        local = f"{table.name}_local" if table.place == "sharded" else table.name
        shard = "{shard}/" if table.place == "sharded" else ""
        path = f"'/clickhouse/tables/{shard}{database}/{local}', '{{replica}}'"
        ddl = sql.replace(f"EXISTS {table.name} (", f"EXISTS {database}.{local} ON CLUSTER {cluster} (", 1)
        ddl = _replicate(ddl, path)
        ddl = ddl.replace("non_replicated_deduplication_window", "replicated_deduplication_window")
        ddls.append(ddl)
        if table.place == "sharded":
            ddls.append(
                f"CREATE TABLE IF NOT EXISTS {database}.{table.name} ON CLUSTER {cluster} AS {database}.{local}\n"
                f"ENGINE = Distributed({cluster}, {database}, {local}, intHash64(customer_id))"
            )
    version = VERSION_TABLE.strip().replace(
        "EXISTS schema_version", f"EXISTS {database}.schema_version ON CLUSTER {cluster}"
    )
    path = f"'/clickhouse/tables/{database}/schema_version', '{{replica}}'"
    ddls.append(version.replace("ENGINE = MergeTree", f"ENGINE = ReplicatedMergeTree({path})"))
    return ddls


def _looked_up(sql: str, name: str, cluster: str, database: str) -> str:
    """A dictionary on every shard; where others write the table it is read again within a minute."""
    ddl = sql.replace(f"EXISTS {name} ", f"EXISTS {database}.{name} ON CLUSTER {cluster} ", 1)
    return ddl.replace("LIFETIME(0)", "LIFETIME(MIN 30 MAX 60)")


def _on_each_server(sql: str, name: str, cluster: str, database: str) -> str:
    """A view from local tables into local tables, or a table through which rows only pass."""
    local = {table.name: f"{table.name}_local" for table in tables() if table.place == "sharded"}
    ddl = re.sub(r"\b(FROM|TO) (\w+)", lambda at: f"{at[1]} {database}.{local.get(at[2], at[2])}", sql)
    return ddl.replace(f"EXISTS {name} ", f"EXISTS {database}.{name} ON CLUSTER {cluster} ", 1)


def _replicate(ddl: str, path: str) -> str:
    """The engine's replicated twin, its path before its own arguments."""
    match = re.search(r"ENGINE = (\w*)MergeTree(?:\((.*?)\))?", ddl)
    assert match, "every table of schema.sql is a MergeTree"
    arguments = ", ".join(filter(None, (path, match[2])))
    return ddl.replace(match[0], f"ENGINE = Replicated{match[1]}MergeTree({arguments})")
