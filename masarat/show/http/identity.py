"""Who is who over HTTP: one customer's identifiers with what links them, the log, and what people decide."""

from __future__ import annotations

from typing import Any

from fastapi.encoders import jsonable_encoder
from starlette.requests import Request

from masarat.errors import BadParameter, UnknownName
from masarat.resolve.identity import DEEDS
from masarat.show import identities
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters
from masarat.show.identities import do, look

MOST = 1_000  # records of the log in one answer


async def show(request: Request) -> Any:
    """The customer of an identifier: `?of=` an e-mail, a phone, or one like user:17."""
    shop, actor = request.app.state.shop, actor_of(caller(request))
    of = _named(request.query_params.get("of", ""))
    found = await request.app.state.work.run(lambda: look(shop, of, actor))
    return jsonable_encoder(found.to_json())


async def log(request: Request) -> Any:
    """What was merged, split and refused, the newest first: of one customer (`?of=`) or of all; at most `limit` records."""
    shop, given = request.app.state.shop, request.query_params
    limit = given.get("limit", "100")
    if not limit.isdecimal() or not 1 <= int(limit) <= MOST:
        raise BadParameter(f"{limit!r} is no limit.", f"Give a number from 1 to {MOST:,}.")
    actor = actor_of(caller(request))
    rows = await request.app.state.work.run(
        lambda: identities.log(shop, given.get("of", ""), actor, limit=int(limit))
    )
    return jsonable_encoder(rows)


async def decide(request: Request) -> dict[str, int]:
    """Decide who is who: `{"do": "merge", "one": "user:1", "other": "phone:+9665…", "why": "…"}`.

    Deeds: merge (two customers are one), never (two identifiers are two people), split (an identifier stands alone), undo (as if it had
    never been said), rebuild (after the rules have changed), fold. Back comes how many identifiers changed owners.
    """
    shop, actor = request.app.state.shop, actor_of(caller(request))
    body = await parameters(request)
    deed = body.pop("do", "")
    if deed not in DEEDS:
        raise UnknownName("deed", str(deed), list(DEEDS))
    if set(body) - {"one", "other", "why"} or not all(isinstance(value, str) for value in body.values()):
        raise BadParameter("Beside `do` there are the texts one, other and why.", "Leave the rest out.")
    return {"changed": await request.app.state.work.run(lambda: do(shop, deed, actor, **body))}


def _named(of: str) -> str:
    if not of.strip():
        raise BadParameter("Nobody is named.", "Give ?of=, an e-mail, a phone, or one like user:17.")
    return of
