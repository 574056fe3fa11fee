"""The keys of programs over HTTP: seen, made and revoked by owners. With one a program asks as a person of its role would."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.records.models import ApiKey
from masarat.show.auditing import actor_of
from masarat.show.http.door import accounts, caller
from masarat.show.http.users import texts_of


async def show(request: Request) -> dict[str, Any]:
    """The keys of programs in the order they were made, each by its name and beginning; `revoked_at` is null of those in force."""
    return {"keys": [_told(key) for key in await asyncio.to_thread(accounts(request).all_keys)]}


async def make(request: Request) -> dict[str, Any]:
    """A new key: `{"name": "till", "role": "viewer"}`. Back comes the `key`, this once."""
    (name, role), actor = await texts_of(request, "name", "role"), actor_of(caller(request))
    if not name.strip():
        raise BadParameter("A key needs a name.", "Call it after the program that will use it.")
    key = await asyncio.to_thread(lambda: accounts(request).add_key(name.strip(), role, actor=actor))
    return {"key": key, **await show(request)}


async def revoke(request: Request, name: str) -> dict[str, Any]:
    """End a key, by its beginning (or all keys of a name), at once."""
    actor = actor_of(caller(request))
    await asyncio.to_thread(lambda: accounts(request).revoke_key(name, actor=actor))
    return await show(request)


def _told(key: ApiKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "role": key.role,
        "beginning": key.prefix,
        "created_at": key.created_at.isoformat(),
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }
