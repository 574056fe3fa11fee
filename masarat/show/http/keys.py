"""The write keys of sites and apps over HTTP: seen, made and revoked by who connects programs."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.collect import keys
from masarat.errors import BadParameter
from masarat.records.models import WriteKey
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters

LONGEST = 100


async def show(request: Request) -> dict[str, Any]:
    """The write keys, by source and age; those of webhooks, which have a secret beside, are not told. `revoked_at` is null of those in force."""
    state = request.app.state
    found = await state.work.run(lambda: keys.every(state.shop.records))
    return {"keys": [_told(key) for key in found if not key.secret]}


async def make(request: Request) -> dict[str, Any]:
    """A new key for a site or app: `{"source": "site", "origins": ["https://shop.example"]}`; without origins any site may use it."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    source, origins = body.pop("source", ""), body.pop("origins", [])
    if body or not isinstance(source, str) or not source.strip() or len(source) > LONGEST:
        raise BadParameter(
            "A key is made for a source.", 'Send {"source": "site"}; origins may be given beside.'
        )
    if not isinstance(origins, list) or not all(isinstance(one, str) for one in origins):
        raise BadParameter("origins is a list of addresses.", 'Write it like ["https://shop.example"].')
    key = await state.work.run(
        lambda: keys.add(state.shop.records, source.strip(), origins=origins, actor=actor)
    )
    return {"key": key, **await show(request)}


async def revoke(request: Request, key: str) -> dict[str, Any]:
    """End a key: it is refused within two seconds."""
    state, actor = request.app.state, actor_of(caller(request))
    await state.work.run(lambda: keys.revoke(state.shop.records, key, actor=actor))
    return await show(request)


def _told(key: WriteKey) -> dict[str, Any]:
    return {
        "key": key.key,
        "source": key.source,
        "origins": key.origins,
        "created_at": key.created_at.isoformat(),
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }
