"""What only one program may do at a time, whichever process or machine it runs in, as long as they share their records."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from masarat.records import Records

LOCKS = "locks"  # directory of the lock files, beside SQLite's file


@contextmanager
def alone(records: Records, deed: str) -> Iterator[bool]:
    """Whether nobody else is at this deed. If so, nobody can be until the end, which the end of the process is too."""
    number = int.from_bytes(hashlib.blake2b(deed.encode(), digest_size=8).digest(), signed=True)
    known = records.engine.dialect.name == "postgresql"
    with (_in_postgresql if known else _on_disk)(records, number) as free:
        yield free


@contextmanager
def _in_postgresql(records: Records, number: int) -> Iterator[bool]:
    with records.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        free = bool(connection.scalar(select(func.pg_try_advisory_lock(number))))
        try:
            yield free
        finally:
            if free:
                connection.execute(select(func.pg_advisory_unlock(number)))


@contextmanager
def _on_disk(records: Records, number: int) -> Iterator[bool]:
    import fcntl  # POSIX only, as the embedded store is

    directory = records.settings.data / LOCKS
    directory.mkdir(mode=0o700, exist_ok=True)
    path = directory / f"{number & 0xFFFFFFFFFFFFFFFF:016x}"
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


__all__ = ["alone"]
