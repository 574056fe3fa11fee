"""The embedded store as it stands now, copied beside its disk, and brought back from there."""

from __future__ import annotations

from pathlib import Path

from masarat.errors import BadParameter
from masarat.store.store import Store, literal

FOLDER = "store"


def save(store: Store, directory: Path) -> int:
    """Copy the whole store into a folder of `directory`; back comes how many events it holds. Writing goes on meanwhile."""
    _only_embedded(store)
    to = literal(str((directory / FOLDER).resolve()))
    store.select(f"BACKUP DATABASE {store.database} TO File({to})", settings={"max_execution_time": 0})
    return _events(store)


def bring_back(store: Store, directory: Path) -> int:
    """Let the store be what `save` copied there, in the newest shape; back comes how many events it holds. What it held before is gone."""
    _only_embedded(store)
    came = literal(str((directory / FOLDER).resolve()))
    store.command(f"DROP DATABASE {store.database} SYNC")
    store.select(f"RESTORE DATABASE {store.database} FROM File({came})", settings={"max_execution_time": 0})
    store.create()
    return _events(store)


def _events(store: Store) -> int:
    (found,) = store.select("SELECT count() AS n FROM events")
    return int(found["n"])


def _only_embedded(store: Store) -> None:
    if not store.embedded:
        raise BadParameter(
            "The events lie on a ClickHouse server, which keeps backups of its own.",
            f"Back up its database there: BACKUP DATABASE {store.database} TO …; and the records beside it.",
        )
