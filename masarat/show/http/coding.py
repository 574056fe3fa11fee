"""One's own second factor over HTTP: turned on with the password and a first code, turned off with a code, new recovery codes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

import segno
from starlette.requests import Request

from masarat.errors import NotAllowed
from masarat.show import totp
from masarat.show.http.door import accounts, address
from masarat.show.http.users import email_of, texts_of

T = TypeVar("T")


async def show(request: Request) -> dict[str, Any]:
    """Whether codes are asked of oneself (`on`), and how many recovery codes are left."""
    return asdict(await asyncio.to_thread(accounts(request).second.state, email_of(request)))


async def begin(request: Request) -> dict[str, str]:
    """Make a secret for the app on the phone: `{"password": "…"}`. Nothing is asked until a first code is confirmed.
    `picture` is the link as a QR code (SVG)."""
    email, (password,) = email_of(request), await texts_of(request, "password")
    all_ = accounts(request)

    def make() -> str:
        all_.refuse_wrong_password(email, password)
        return all_.second.begin(email)

    secret = await _guarded(request, make)
    link = totp.link(secret, email.split("@")[0])
    drawn = segno.make(link, error="m").svg_inline(
        scale=4, border=2, dark="#000", light="#fff", omitsize=True
    )
    return {"secret": secret, "link": link, "picture": drawn}


async def confirm(request: Request) -> dict[str, list[str]]:
    """Show that the app has the secret: `{"code": "123456"}`. From now on codes are asked; back come ten recovery codes, this once."""
    email, (code,) = email_of(request), await texts_of(request, "code")
    return {"recovery": await _guarded(request, lambda: accounts(request).second.confirm(email, code))}


async def renew(request: Request) -> dict[str, list[str]]:
    """Ten other recovery codes: `{"code": "123456"}`; those before open nothing any more."""
    email, (code,) = email_of(request), await texts_of(request, "code")
    return {"recovery": await _guarded(request, lambda: accounts(request).second.renew(email, code))}


async def remove(request: Request) -> dict[str, Any]:
    """Ask oneself for no more codes: `{"code": "…"}`, of the phone or a recovery code."""
    email, (code,) = email_of(request), await texts_of(request, "code")
    await _guarded(request, lambda: accounts(request).second.remove(email, code))
    return await show(request)


async def _guarded(request: Request, deed: Callable[[], T]) -> T:
    """Do it, and count what was guessed wrong as at the sign-in. Nothing here forgives tries at the door: see `Attempts`."""
    email, attempts = email_of(request), request.app.state.attempts
    attempts.check(email, address(request))
    try:
        return await asyncio.to_thread(deed)
    except NotAllowed:
        attempts.failed(email, address(request))
        raise
