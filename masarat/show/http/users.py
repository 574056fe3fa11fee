"""People over HTTP: who has an account and in which role, for owners; and one's own account, its password and browsers."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter, NotAllowed
from masarat.records.models import User
from masarat.show.auditing import actor_of
from masarat.show.http.door import COOKIE, accounts, address, caller
from masarat.show.http.questions import parameters

WORDS = 12  # letters of a password that is made up: 71 bits


async def show(request: Request) -> dict[str, Any]:
    """Everybody with an account, in the order they came; `disabled_at` is null of those who may sign in."""
    found = await asyncio.to_thread(accounts(request).users)
    coded = await asyncio.to_thread(accounts(request).second.everybody)
    return {"users": [{**_told(user), "codes": user.id in coded} for user in found]}


async def add(request: Request) -> dict[str, Any]:
    """A new account: `{"email": "sara@example.com", "role": "marketer", "name": "سارة"}`. Back comes a made-up `password`, this once."""
    (email, role, name), actor = await texts_of(request, "email", "role", "name"), actor_of(caller(request))
    password = secrets.token_urlsafe(WORDS)
    await asyncio.to_thread(lambda: accounts(request).add(email, role, password, name=name, actor=actor))
    return {"password": password, **await show(request)}


async def change(request: Request, email: str) -> dict[str, Any]:
    """Change an account: `{"do": "role", "role": "analyst"}`, `{"do": "disable"}`, `{"do": "enable"}`, or `{"do": "password"}`, which makes up
    another password (told this once) and signs all their browsers out; `{"do": "codes off"}` for whom the phone with the codes is lost."""
    (deed, role), actor = await texts_of(request, "do", "role"), actor_of(caller(request))
    all_, password = accounts(request), secrets.token_urlsafe(WORDS)
    deeds = {
        "role": lambda: all_.change_role(email, role, actor=actor),
        "disable": lambda: all_.disable(email, actor=actor),
        "enable": lambda: all_.enable(email, actor=actor),
        "password": lambda: all_.change_password(email, password, actor=actor),
        "codes off": lambda: all_.second.reset(email, actor=actor),
    }
    if deed not in deeds:
        raise BadParameter(
            f"{deed!r} is nothing to be done with an account.", f"Do one of: {', '.join(deeds)}."
        )
    if deed == "codes off" and actor == f"user:{email.strip().lower()}":
        raise NotAllowed("These are your own codes.", "Turn them off in your account, with a code.")
    await asyncio.to_thread(deeds[deed])
    return {**({"password": password} if deed == "password" else {}), **await show(request)}


async def own(request: Request) -> dict[str, Any]:
    """One's own account: e-mail, role, and the browsers signed in, `current` the one that asks."""
    email = email_of(request)
    found = await asyncio.to_thread(accounts(request).sessions, email, request.cookies.get(COOKIE, ""))
    return {
        "email": email,
        "role": _who(request).role,
        "sessions": [
            {
                "id": each.id,
                "agent": each.agent,
                "created_at": each.created_at.isoformat(),
                "seen_at": (each.seen_at or each.created_at).isoformat(),
                "current": current,
            }
            for each, current in found
        ],
    }


async def own_password(request: Request) -> dict[str, bool]:
    """Change one's own password: `{"old": "…", "new": "…"}`; every browser is signed out, this one too."""
    email, attempts = email_of(request), request.app.state.attempts
    old, new = await texts_of(request, "old", "new")
    attempts.check(email, address(request))
    try:
        await asyncio.to_thread(accounts(request).change_own_password, email, old, new)
    except NotAllowed:
        attempts.failed(email, address(request))
        raise
    attempts.succeeded(email, address(request))
    return {"changed": True}


async def sign_out_one(request: Request, number: int) -> dict[str, Any]:
    """Sign one of one's own browsers out."""
    await asyncio.to_thread(lambda: accounts(request).end_sessions(email_of(request), number=number))
    return await own(request)


async def sign_out_others(request: Request) -> dict[str, Any]:
    """Sign all of one's own browsers out but this one."""
    kept = request.cookies.get(COOKIE, "")
    await asyncio.to_thread(lambda: accounts(request).end_sessions(email_of(request), keep=kept))
    return await own(request)


def _told(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "created_at": user.created_at.isoformat(),
        "disabled_at": user.disabled_at.isoformat() if user.disabled_at else None,
    }


def _who(request: Request) -> Any:
    who = caller(request)
    if who is None or not who.actor.startswith("user:"):
        raise NotAllowed(
            "Only people have an account of their own.", "Sign in with an e-mail and a password."
        )
    return who


def email_of(request: Request) -> str:
    """The e-mail of who is signed in. NotAllowed of a program's key."""
    found: str = _who(request).actor.removeprefix("user:")
    return found


async def texts_of(request: Request, *names: str) -> list[str]:
    """The texts of a JSON object, in this order, and nothing beside them; one that is missing is empty."""
    body = await parameters(request)
    found = [body.pop(name, "") for name in names]
    if body or not all(isinstance(text, str) for text in found):
        raise BadParameter(f"{', '.join(names)} are texts.", "Leave the rest out.")
    return found
