"""Which sources there are: whatever was read as one, took anything in, or has a key to write."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, union

from masarat.records import Transaction
from masarat.records.models import Connection, ImportRun, Source, WriteKey


def sources(t: Transaction) -> list[str]:
    """The names of all, in order."""
    named = (select(Source.name), select(ImportRun.source).distinct(), select(WriteKey.source).distinct())
    return sorted(t.scalars(union(*named)))


def known_as(t: Transaction, programs: Collection[str]) -> set[str]:
    """The sources that are one of these programs, whatever they are called: by their files, or by how they are connected."""
    of_files = t.scalars(select(Source.name).where(Source.preset.in_(programs)))
    asked = t.scalars(select(Connection.name).where(Connection.connector.in_(programs)))
    return {*of_files, *asked}
