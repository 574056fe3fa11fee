"""All that the store holds of somebody, row by row: for whoever asks what is known of them."""

from __future__ import annotations

from typing import Any

import msgspec
import polars as pl

from masarat.events import COLUMNS
from masarat.store.erasing import OWN_FACTS, THEIRS, Whom
from masarat.store.store import Row, Store

UNTOLD = ("revision", "import_id")  # how we keep it, nothing about them


def facts(store: Store, whom: Whom) -> list[Row]:
    """Every fact with its source and time, older ones of a source too, the newest first."""
    return store.select(
        f"SELECT trait, value, source, ts, visitor_id AS identifier FROM traits WHERE {OWN_FACTS}"
        " ORDER BY ts DESC, trait, source, value",
        whom.values,
    )


def events(store: Store, whom: Whom) -> list[Row]:
    """Every move, the newest first, with what is filled in of it."""
    columns = ", ".join(f"toString({name}) AS {name}_" if name == "props" else name for name in COLUMNS)
    rows = store.select(
        f"SELECT {columns} FROM events WHERE {THEIRS} ORDER BY ts DESC, event_id", whom.values
    )
    return [_filled(row) for row in rows]


def since(store: Store) -> pl.DataFrame:
    """Every identifier in the store, with the earliest moment at which it was seen: name, ts."""
    return store.frame(
        """
        SELECT name, min(ts) AS ts FROM (
            SELECT visitor_id AS name, ts FROM events
            UNION ALL SELECT arrayJoin(identifiers) AS name, ts FROM events
            UNION ALL SELECT visitor_id AS name, ts FROM traits
            UNION ALL SELECT one AS name, ts FROM identity_links)
        WHERE name != '' GROUP BY name ORDER BY ts, name"""
    )


def _filled(row: dict[str, Any]) -> Row:
    props = msgspec.json.decode(row.pop("props_"))
    return {name: value for name, value in {**row, "props": props}.items() if value and name not in UNTOLD}
