"""What came in, when, and what became of it."""

from __future__ import annotations

from sqlalchemy import select

from masarat.collect.importing import RUNNING
from masarat.collect.reports import SourceSummary
from masarat.records import Records
from masarat.records.models import ImportRun


def history(records: Records, limit: int = 500) -> list[SourceSummary]:
    """The latest imports, newest first."""
    with records.transaction() as transaction:
        runs = transaction.scalars(
            select(ImportRun).order_by(ImportRun.started_at.desc(), ImportRun.id).limit(limit)
        )
        return [_summary(run) for run in runs]


def _summary(run: ImportRun) -> SourceSummary:
    return SourceSummary(
        import_id=run.id,
        source=run.source,
        file=run.file,
        started_at=run.started_at,
        ended_at=run.ended_at,
        rows=run.rows,
        rejected=run.rejected,
        unidentified=run.unidentified,
        added=run.events,
        known=run.known,
        restated=run.restated,
        first=run.first,
        last=run.last,
        state=_state(run),
        error=run.error,
    )


def _state(run: ImportRun) -> str:
    if run.ended_at is None:
        return "running" if run.id in RUNNING else "interrupted"
    return "failed" if run.error else "done"
