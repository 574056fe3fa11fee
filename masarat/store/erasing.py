"""Rows taken out of the store so that no byte of them stays: written anew without them, and the old files dropped at once.

A mutation's condition is kept on the disk as text, so it never says whom it is about: identifiers and row keys stand in it as hashes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from masarat.errors import StoreBusy
from masarat.events import COLUMNS, hash_of
from masarat.store import schema
from masarat.store.identities import look_up_anew
from masarat.store.standing import chunks
from masarat.store.store import AS_THEY_LIE, Store

GONE_SECONDS = 60.0  # old files that a running question still reads wait for it
LOOK_SECONDS = 0.1
AS_STORED = {"final": 0, "apply_deleted_mask": 0, "apply_patch_parts": 0, "max_execution_time": 0}

SEEN = "{column} != '' AND xxHash64({column}) IN {{ids:Array(UInt64)}}"


def _any(*columns: str) -> str:
    return " OR ".join(f"({SEEN.format(column=column)})" for column in columns)


# Where it stands who somebody is, and how they are found there by the hashes of their identifiers.
PLACES: dict[str, str] = {
    "identity_links": _any("one", "other"),
    "identity_decisions": _any("one", "other"),
    "identity_log": _any("identifier", "was", "owner", "one", "other"),
    "identity_overrides": "from_id IN {ids:Array(UInt64)} OR owner IN {ids:Array(UInt64)}",
}
OWN_FACTS = "customer_id IN {ids:Array(UInt64)}"
THEIRS = "customer_id IN {ids:Array(UInt64)}"
NAMED = "arrayExists(each -> xxHash64(each) IN {ids:Array(UInt64)}, identifiers)"
TEXTS = ("url", "referrer", "toString(props)")
KEY = "cityHash64(event_id, source, toUnixTimestamp64Milli(received_at))"  # of one row of the log


@dataclass(frozen=True)
class Whom:
    """A customer: all identifiers, and a pattern (RE2) of their e-mails and phones as these stand in texts; empty where they have none."""

    identifiers: tuple[str, ...]
    pattern: str = ""

    @property
    def values(self) -> dict[str, Any]:
        return {"ids": [hash_of(each) for each in self.identifiers], "pattern": self.pattern}


def facts_of(store: Store, identifiers: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every fact that was ever told with these identifiers, older ones too: trait, value."""
    ids = {"ids": [hash_of(each) for each in identifiers]}
    return store.select(
        f"SELECT DISTINCT trait, value FROM traits WHERE {OWN_FACTS}", ids, settings=AS_THEY_LIE
    )


def count(store: Store, table: str, where: str, whom: Whom) -> int:
    """How many rows stand of somebody; those that were replaced or deleted and still lie on the disk count too."""
    return _count(store, table, where, whom.values)


def count_facts(store: Store, whom: Whom) -> int:
    """Facts of theirs, and of others who told their e-mail or phone."""
    return _count(store, "traits", f"{OWN_FACTS} OR {_facts_mentioning(whom)}", whom.values)


def months(store: Store, whom: Whom) -> Iterator[int]:
    """The months in which they, or others' events that name them, stand."""
    where = f"({THEIRS}) OR ({mentioning(whom)})"
    rows = store.select(
        f"SELECT DISTINCT toYYYYMM(ts) AS month FROM events WHERE {where} ORDER BY month",
        whom.values,
        settings=AS_STORED,
    )
    yield from (int(row["month"]) for row in rows)


def own_events(store: Store, whom: Whom, month: int, names: tuple[str, ...]) -> pl.DataFrame:
    """Their events of these names in a month, all columns of the log."""
    return _events(
        store, f"({THEIRS}) AND name IN {{names:Array(String)}}", whom, month, {"names": list(names)}
    )


def mentions(store: Store, whom: Whom, month: int) -> pl.DataFrame:
    """Events of others that name them, in a month: with all columns of the log, and each row's KEY as `key`."""
    return _events(store, mentioning(whom), whom, month, {})


def written_already(store: Store, events: pl.DataFrame) -> pl.DataFrame:
    """Those of these rows that stand in the log just so: same event, same time of arrival."""
    found = [
        store.frame(
            "SELECT DISTINCT event_id, source, received_at FROM events WHERE event_id IN {ids:Array(String)}",
            {"ids": ids},
        )
        for ids in chunks(events["event_id"].to_list())
    ]
    none = events.select("event_id", "source", "received_at").clear()
    return pl.concat([none, *(frame.cast(none.schema) for frame in found)])


def remove_events(store: Store, whom: Whom, keys: list[int]) -> None:
    """Their events, and the rows of these keys."""
    remove(store, "events", f"({THEIRS}) OR {KEY} IN {{keys:Array(UInt64)}}", {**whom.values, "keys": keys})


def remove_facts(store: Store, whom: Whom) -> None:
    """What they told, and where others told their e-mail or phone."""
    others = store.select(
        f"SELECT DISTINCT xxHash64(value) AS hash FROM traits WHERE {_facts_mentioning(whom)}",
        whom.values,
        settings=AS_STORED,
    )
    facts = {**whom.values, "facts": [row["hash"] for row in others]}
    remove(store, "traits", f"{OWN_FACTS} OR xxHash64(value) IN {{facts:Array(UInt64)}}", facts)


def remove_identity(store: Store, whom: Whom) -> None:
    """Who they are: links, decisions, what was recorded of it, and last whose their identifiers are."""
    for table, where in PLACES.items():
        remove(store, table, where, whom.values)
    look_up_anew(store)


def remove(store: Store, table: str, where: str, values: Mapping[str, Any]) -> None:
    """Write a table anew without some rows, whether they still count or not; back once it is done."""
    if not _count(store, table, where, values):
        return
    store.command(
        f"ALTER TABLE {_target(store, table)} DELETE WHERE {where} SETTINGS mutations_sync = 2", values
    )


OLD = "source = {source:String} AND ts < {before:DateTime64(3, 'UTC')}"


def count_old(store: Store, table: str, source: str, before: datetime) -> int:
    """How many rows of a source are older than this."""
    return _count(store, table, OLD, {"source": source, "before": before})


def remove_old(store: Store, table: str, source: str, before: datetime) -> None:
    remove(store, table, OLD, {"source": source, "before": before})


def drop_old_files(store: Store, tables: Sequence[str]) -> None:
    """Away with the files that were written anew, which the engine else keeps for eight minutes. StoreBusy where a question reads one still."""
    for table in tables:
        target = _target(store, table)
        store.command(f"ALTER TABLE {target} MODIFY SETTING old_parts_lifetime = 0")
        try:
            _wait_until_gone(store, table)
        finally:
            store.command(f"ALTER TABLE {target} RESET SETTING old_parts_lifetime")
    store.settle()


def _wait_until_gone(store: Store, table: str) -> None:
    """Tell the engine to clear up until it has: it passes over files that fell out of use within the same second."""
    cluster = f" ON CLUSTER {store.settings.cluster}" if store.settings.cluster else ""
    name = _target(store, table).split()[0]
    until = time.monotonic() + GONE_SECONDS
    while _has_old_files(store, name):
        if time.monotonic() > until:
            raise StoreBusy(
                f"Old files of the table {table} are still being read.",
                "Try again in a minute: nothing is lost by it.",
            )
        store.command(f"SYSTEM START CLEANUP{cluster} {store.database}.{name}")
        time.sleep(LOOK_SECONDS)


def _has_old_files(store: Store, table: str) -> bool:
    return bool(
        store.select(
            "SELECT 1 FROM system.parts WHERE database = {database:String} AND table = {table:String} AND NOT active"
            " AND NOT startsWith(name, 'patch-') LIMIT 1",
            {"database": store.database, "table": table},
            settings=AS_THEY_LIE,
        )
    )


def _target(store: Store, table: str) -> str:
    """The table, or on a cluster the local table of every shard."""
    sharded = {each.name for each in schema.tables() if each.place == "sharded"}
    cluster = store.settings.cluster
    return f"{table}_local ON CLUSTER {cluster}" if cluster and table in sharded else table


def mentioning(whom: Whom) -> str:
    """The condition of events of others that name somebody."""
    texts = " OR ".join(f"match({text}, {{pattern:String}})" for text in TEXTS) if whom.pattern else "0"
    return f"NOT ({THEIRS}) AND ({NAMED} OR {texts})"


def _facts_mentioning(whom: Whom) -> str:
    return f"NOT ({THEIRS}) AND match(value, {{pattern:String}})" if whom.pattern else "0"


def _count(store: Store, table: str, where: str, values: Mapping[str, Any]) -> int:
    sql = f"SELECT count() AS n FROM {table} WHERE {where}"
    return int(store.select(sql, values, settings=AS_STORED)[0]["n"])


def _events(store: Store, where: str, whom: Whom, month: int, more: Mapping[str, Any]) -> pl.DataFrame:
    columns = ", ".join(f"toString({name}) AS {name}_" if name == "props" else name for name in COLUMNS)
    found = store.frame(
        f"SELECT {columns}, {KEY} AS key FROM events"
        f" WHERE toYYYYMM(ts) = {{month:UInt32}} AND ({where}) ORDER BY event_id, received_at",
        {**whom.values, **more, "month": month},
    )
    return found.rename({"props_": "props"}).cast(pl.Schema({**COLUMNS, "key": pl.UInt64()}))
