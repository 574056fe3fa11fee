"""The records: an ordinary database, SQLite in the data directory or any PostgreSQL by its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session as Transaction

from masarat.settings import Settings


class Records:
    """An open records database, migrated to the newest shape. Thread-safe: use one `transaction` at a time each."""

    def __init__(self, settings: Settings) -> None:
        url = settings.records_url
        settings.data.mkdir(parents=True, exist_ok=True)
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
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _careful_sqlite(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()


__all__ = ["Records", "Transaction"]
