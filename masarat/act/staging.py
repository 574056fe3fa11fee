"""Other stages of the journey: tried out on the customers there are, then kept."""

from __future__ import annotations

from datetime import UTC, datetime

from masarat.analyse.profile.scores import whole_history
from masarat.analyse.stages import Rules
from masarat.records import Records
from masarat.records.stages import Journey, keep, standing
from masarat.store import Query, Row, Store

SIZES = "SELECT path[-1].2 AS place, count() AS customers FROM paths GROUP BY place"


def set_stages(
    store: Store, records: Records, journey: Journey, actor: str, *, dry_run: bool = False
) -> list[Row]:
    """Let these stages hold, for the past too; with `dry_run` nothing is kept. Back comes a row a stage of either: how many customers it
    had and has. BadParameter where a step of theirs cannot be read."""
    was, now = sizes(store, standing(records)), sizes(store, journey)
    if not dry_run:
        keep(records, journey, actor)
    keys = dict.fromkeys([*now, *was])
    return [{"stage": key, "before": was.get(key), "after": now.get(key)} for key in keys]


def sizes(store: Store, journey: Journey) -> dict[str, int]:
    """How many customers each stage has now."""
    rules, frame = Rules(journey), whole_history(store, datetime.now(UTC))
    query = Query(steps={**rules.people(frame), "sizes": SIZES}, values=rules.values(frame), rows="sizes")
    found = {row["place"]: row["customers"] for row in store.rows(query)}
    return {key: found.get(place, 0) for place, key in enumerate(journey.keys, 1)}
