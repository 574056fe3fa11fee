"""For how many days what came from a source is kept. A source that is not named here is kept without end."""

from __future__ import annotations

from sqlalchemy import select

from masarat.errors import BadParameter
from masarat.records import Records
from masarat.records.audit import note
from masarat.records.models import Retention, now

MOST_DAYS = 36_525  # a century


def periods(records: Records) -> dict[str, int]:
    """Source → days."""
    with records.transaction() as t:
        return {one.source: one.days for one in t.scalars(select(Retention).order_by(Retention.source))}


def keep(records: Records, source: str, days: int | None, actor: str) -> None:
    """Keep what comes from a source for so many days; None: without end."""
    if not source.strip():
        raise BadParameter("No source is named.", "Name one of masarat sources.")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise BadParameter(f"{days} days is out of bounds.", f"Write a number from 1 to {MOST_DAYS:,}.")
    with records.transaction() as t:
        if days is not None:
            t.merge(Retention(source=source, days=days, set_at=now()))
        elif known := t.get(Retention, source):
            t.delete(known)
        note(t, actor, "changed", "retention", [source], days=days)
