"""The audit log over HTTP, for owners."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.records.audit import Filter, entries, to_json
from masarat.show.moments import maybe_moment


async def audit(request: Request) -> dict[str, Any]:
    """Who looked at, changed, took out or erased what, newest first.

    Parameters: `since` and `until` (days or moments), `actor` (any part of it), `action` (looked, changed, exported, erased), `whom` (an
    object's name, or an identifier of a customer), `limit` (1,000).
    """
    asked, state = _filter(request), request.app.state
    found = await state.work.run(lambda: entries(state.shop.records, asked))
    return {"entries": [to_json(entry) for entry in found]}


def _filter(request: Request) -> Filter:
    given, zone = request.query_params, request.app.state.shop.settings.zone
    limit = given.get("limit", "1000")
    if not limit.isdecimal():
        raise BadParameter(f"limit {limit!r} is not a number.", "Write it like 1000.")
    return Filter(
        since=maybe_moment(given.get("since"), zone),
        until=maybe_moment(given.get("until"), zone),
        actor=given.get("actor", ""),
        action=given.get("action", ""),
        whom=given.get("whom", ""),
        limit=int(limit),
    )
