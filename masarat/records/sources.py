"""Which sources there are: whatever was read as one, took anything in, or has a key to write."""

from __future__ import annotations

from sqlalchemy import select, union

from masarat.records import Transaction
from masarat.records.models import ImportRun, Source, WriteKey


def sources(t: Transaction) -> list[str]:
    """The names of all, in order."""
    named = (select(Source.name), select(ImportRun.source).distinct(), select(WriteKey.source).distinct())
    return sorted(t.scalars(union(*named)))
