"""The campaign that a page's address tells of, for formats that send only the address."""

from __future__ import annotations

from urllib.parse import parse_qsl

from masarat.events import Move

# Column → its names in a query, the first that is there; Matomo writes mtm_ and, long ago, pk_.
NAMES: dict[str, tuple[str, ...]] = {
    "utm_source": ("utm_source", "mtm_source", "pk_source"),
    "utm_medium": ("utm_medium", "mtm_medium", "pk_medium"),
    "utm_campaign": ("utm_campaign", "mtm_campaign", "pk_campaign"),
}


def add_campaign(move: Move) -> None:
    """Fill the campaign's columns that are still empty from the query of the move's address."""
    query = move.url.partition("?")[2].partition("#")[0]
    if "tm_" not in query and "pk_" not in query:
        return
    found = dict(parse_qsl(query, errors="replace"))
    for column, names in NAMES.items():
        if not getattr(move, column):
            setattr(move, column, next((found[name] for name in names if found.get(name)), ""))
