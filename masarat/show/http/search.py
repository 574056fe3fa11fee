"""Customers found over HTTP, by anything they are known by."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.analyse.search import AT_MOST
from masarat.errors import BadParameter
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller


async def find(request: Request) -> dict[str, Any]:
    """The customers whom `search` may mean, the nearest first: at most `limit` (10 unless given).

    Any identifier, whole or its beginning; part of an e-mail; a phone in any form, its beginning or its last four digits; part of a name
    in either script. Of several words a customer has every one. `because` tells which names and identifiers matched, `more` that others match too.
    """
    shop, actor = request.app.state.shop, actor_of(caller(request))
    text, limit = request.query_params.get("search", ""), request.query_params.get("limit", "10")
    if not limit.isdecimal() or not limit.isascii():
        raise BadParameter(f"{limit!r} is no limit.", f"Give a number from 1 to {AT_MOST}.")
    found: dict[str, Any] = await request.app.state.work.run(
        lambda: shop.customers.find(text, limit=int(limit), actor=actor)
    )
    return found
