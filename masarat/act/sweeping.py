"""Delete what is kept for longer than the merchant said: moves, facts and quarantined rows of a source, by when they happened."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from masarat.act.erasing import ONE_AT_A_TIME, RULES
from masarat.records import Records
from masarat.records.audit import note
from masarat.records.retention import periods
from masarat.store import Store, erasing

TABLES = ("events", "traits", "quarantine")


@dataclass(frozen=True)
class Swept:
    """One source: what is older than its period, by table."""

    source: str
    days: int
    before: datetime
    events: int
    traits: int
    quarantine: int

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "before": self.before.isoformat(timespec="seconds")}


def sweep(
    store: Store, records: Records, *, dry_run: bool = False, actor: str = RULES, now: datetime | None = None
) -> list[Swept]:
    """What was deleted of each source that has a period, or would be. `now` is for tests."""
    at = now or datetime.now(UTC)
    found = [
        _found(store, source, days, at - timedelta(days=days)) for source, days in periods(records).items()
    ]
    if not dry_run:
        with ONE_AT_A_TIME:
            for one in found:
                _delete(store, records, one, actor)
            if any(one.events or one.traits or one.quarantine for one in found):
                erasing.drop_old_files(store, TABLES)
    return found


def _found(store: Store, source: str, days: int, before: datetime) -> Swept:
    counts = {table: erasing.count_old(store, table, source, before) for table in TABLES}
    return Swept(source, days, before, **counts)


def _delete(store: Store, records: Records, one: Swept, actor: str) -> None:
    """With a note of it, where there was anything."""
    counts = {table: getattr(one, table) for table in TABLES}
    if not any(counts.values()):
        return
    for table in TABLES:
        erasing.remove_old(store, table, one.source, one.before)
    with records.transaction() as t:
        note(t, actor, "erased", "source", [one.source], deed="older than kept", days=one.days, **counts)
