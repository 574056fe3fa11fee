"""Opening the records' database by its address: SQLite or PostgreSQL, told apart by how the address begins.

PostgreSQL is reached with psycopg, the extra `masarat[postgres]`, so an address may say whatever libpq understands (`?sslmode=verify-full`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from masarat.errors import BadParameter, MasaratError

POSTGRESQL = ("postgres", "postgresql")
LIKE = "Write it like postgresql://user:password@host:5432/database."


class RecordsMissing(MasaratError):
    """The database of the records cannot be reached, or nothing here knows how to speak to it."""

    status = 503
    code = "records_missing"


class RecordsNewer(MasaratError):
    """The records were changed by a later version of Masarat."""

    status = 409
    code = "records_newer"


def open_engine(address: str) -> Engine:
    """An engine for this address, which has answered once. BadParameter or RecordsMissing where there is none."""
    url = _read(address)
    try:
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    except NoSuchModuleError:
        raise BadParameter(f"{url.drivername!r} is no database that keeps the records.", LIKE) from None
    except ModuleNotFoundError as error:
        raise RecordsMissing(
            f"The records' database needs the library {error.name}, and it is not installed.",
            "Install it: pip install 'masarat[postgres]'.",
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _careful_sqlite)
    _greet(engine)
    return engine


def _read(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise BadParameter("MASARAT_RECORDS is not the address of a database.", LIKE) from None
    return url.set(drivername="postgresql+psycopg") if url.drivername in POSTGRESQL else url


def _greet(engine: Engine) -> None:
    try:
        engine.connect().close()
    except DBAPIError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise RecordsMissing(
            f"The records at {place} cannot be opened: {_reason(error)}.",
            "Check MASARAT_RECORDS, and that the database runs.",
        ) from None


def _reason(error: DBAPIError) -> str:
    """What the database says itself, without what the library adds on further lines."""
    return str(error.orig).strip().splitlines()[0].rstrip(".")


def _careful_sqlite(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()
