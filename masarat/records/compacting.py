"""What was deleted from the records, gone from the disk too: databases keep deleted bytes until somebody overwrites them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text

from masarat.records import Records


def compact(records: Records, tables: Iterable[str]) -> None:
    """Write the database anew without what was deleted: SQLite as a whole, PostgreSQL the tables named."""
    with records.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if records.engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA secure_delete = ON"))
            connection.execute(text("VACUUM"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return
        for table in sorted(set(tables)):
            connection.execute(text(f"VACUUM (FULL) {table}"))
