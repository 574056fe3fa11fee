"""What people can choose from where a question asks for a part of the shop or a move: what there is, most of it first."""

from __future__ import annotations

from masarat.analyse.frame import DIMENSIONS, dimension, facts
from masarat.store import Row, Store

MOST = 200


def values_of(store: Store, name: str) -> list[Row]:
    """The values of a dimension with how many events have each (`value`, `events`), at most 200. UnknownName where there is no such."""
    if not name:
        return []
    return store.select(
        f"""
        SELECT toString({DIMENSIONS[dimension(name)]}) AS value, count() AS events
        FROM events WHERE value != '' GROUP BY value ORDER BY events DESC, value LIMIT {{most:UInt32}}""",
        {"most": MOST},
    )


def moves_of(store: Store) -> list[tuple[str, int]]:
    """The moves that were made, with how often, most often first."""
    counts = facts(store, store.settings.timezone).counts
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
