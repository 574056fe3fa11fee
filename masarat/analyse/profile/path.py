"""One customer's way through the stages of the journey, by the same steps as the question `journey`, read by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from masarat.analyse.base import event_title
from masarat.analyse.profile.scores import whole_history
from masarat.analyse.stages import Rules
from masarat.events import hash_of
from masarat.records.stages import Journey
from masarat.store import Query, Row, Store
from masarat.words import Speaker

THEIRS = "events.customer_id IN {members:Array(UInt64)}"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stay:
    """A stage that somebody came into: from when (UTC), until when (none: still), and the moves that brought them there."""

    key: str
    title: str
    since: datetime
    until: datetime | None
    moved_by: Sequence[str]

    def to_json(self) -> dict[str, Any]:
        return {
            "stage": self.key,
            "title": self.title,
            "since": self.since.isoformat(timespec="seconds"),
            "until": self.until.isoformat(timespec="seconds") if self.until else None,
            "moved_by": list(self.moved_by),
        }


def read_path(
    store: Store, members: Sequence[str], rows: Sequence[Row], journey: Journey, now: datetime, speak: Speaker
) -> list[Stay]:
    """Every stage in the order of time, of the customer with these identifiers, who did `rows` (see `reading`)."""
    rules, frame = Rules(journey), whole_history(store, now)
    query = Query(
        steps={**rules.people(frame, THEIRS), "path": "SELECT path FROM paths ORDER BY customer_id"},
        values=rules.values(frame) | {"members": [hash_of(member) for member in members]},
        rows="path",
    )
    turns = [(int(at), int(place)) for row in store.rows(query)[:1] for at, place in row["path"]]
    titles, ends = rules.titles(speak), [at for at, _ in turns[1:]]
    return [
        Stay(
            journey.keys[place - 1],
            titles[place - 1],
            _utc(at),
            _utc(end) if end else None,
            _done_at(rows, at, speak),
        )
        for (at, place), end in zip(turns, [*ends, 0], strict=True)
    ]


def _done_at(rows: Sequence[Row], at: int, speak: Speaker) -> list[str]:
    """The names of the moves of that very moment; none where silence moved them."""
    return [
        event_title(name, speak.language)
        for name in dict.fromkeys(row["name"] for row in rows if row["at_ms"] == at)
    ]


def _utc(at: int) -> datetime:
    return EPOCH + timedelta(milliseconds=at)
