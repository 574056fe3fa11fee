"""The records: an ordinary database, SQLite in the data directory or any PostgreSQL by its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, column, func, inspect, select, table
from sqlalchemy.orm import Session as Transaction

from masarat.records.fitting import watch
from masarat.records.opening import RecordsNewer, open_engine
from masarat.settings import Settings, make_directory

if TYPE_CHECKING:
    from masarat.records.consent import Consents
    from masarat.records.tombstones import Tombstones

MIGRATIONS = Path(__file__).with_name("migrations")
ONE_MIGRATES = 0x6D736172  # PostgreSQL's lock while one of several programs brings the database up to date
NEWEST = max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


class Records:
    """An open records database, migrated to the newest shape. Thread-safe: use one `transaction` at a time each."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        make_directory(settings.data)
        self.engine: Engine = open_engine(settings.records_url)
        try:
            self._migrate()
            self._take_up()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All of it or nothing of it."""
        with Transaction(self.engine, expire_on_commit=False) as transaction, transaction.begin():
            watch(transaction)
            yield transaction

    @cached_property
    def consent(self) -> Consents:
        """Who agreed to what."""
        from masarat.records.consent import Consents

        return Consents(self)

    @cached_property
    def tombstones(self) -> Tombstones:
        """Who was erased and stays so."""
        from masarat.records.tombstones import Tombstones

        return Tombstones(self)

    def close(self) -> None:
        self.engine.dispose()

    def _take_up(self) -> None:
        from masarat.records.choices import take_up

        take_up(self)

    def _migrate(self) -> None:
        with self.engine.begin() as connection:
            if _is_newest(connection):
                return
        with self.engine.begin() as connection:
            _alone(connection)
            if _is_newest(connection):  # somebody else was quicker
                return
            from alembic import command  # here, because it takes its time and is seldom needed
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _alone(connection: Connection) -> None:
    """From here to the end of the transaction only we change tables, and all of it or nothing: SQLite does so only when told."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ONE_MIGRATES)))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_newest(connection: Connection) -> bool:
    """Whether the database has seen all migrations. Raises RecordsNewer where it has seen later ones."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    newest: Any = func.max(column("version_num"))
    version = str(connection.execute(select(newest).select_from(table("alembic_version"))).scalar() or "")
    if version > NEWEST:
        raise RecordsNewer(
            f"A newer version of Masarat has changed these records (to {version}; this one knows {NEWEST}).",
            "Use that version, or go back to a backup of the records.",
        )
    return version == NEWEST


__all__ = ["Records", "Transaction"]
