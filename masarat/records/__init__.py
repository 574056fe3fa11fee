"""The records: an ordinary database, SQLite in the data directory or any PostgreSQL by its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, column, create_engine, event, func, inspect, select, table
from sqlalchemy.orm import Session as Transaction

from masarat.settings import Settings

MIGRATIONS = Path(__file__).with_name("migrations")
NEWEST = max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


class Records:
    """An open records database, migrated to the newest shape. Thread-safe: use one `transaction` at a time each."""

    def __init__(self, settings: Settings) -> None:
        url = settings.records_url
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.engine: Engine = create_engine(url)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _careful_sqlite)
        self._migrate()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All of it or nothing of it."""
        with Transaction(self.engine, expire_on_commit=False) as transaction, transaction.begin():
            yield transaction

    def close(self) -> None:
        self.engine.dispose()

    def _migrate(self) -> None:
        with self.engine.begin() as connection:
            if _version(connection) == NEWEST:
                return
            from alembic import command  # here, because it takes its time and is seldom needed
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _version(connection: Connection) -> str:
    """The migration that the database has seen last; empty where it has seen none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(
        connection.execute(
            select(func.max(column("version_num"))).select_from(table("alembic_version"))
        ).scalar()
    )


def _careful_sqlite(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()


__all__ = ["Records", "Transaction"]
