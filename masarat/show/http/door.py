"""Who is asking, and may they: every route names one permission, and this is where it is held."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from masarat.errors import NotAllowed, NotSignedIn
from masarat.records.audit import COMMAND_LINE
from masarat.show.accounts import SESSION_DAYS, Accounts, Caller
from masarat.show.roles import Permission, may

COOKIE = "masarat"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def allow(permission: Permission) -> Callable[[Request], None]:
    """A dependency that lets in whoever has the permission, and remembers who it is in `request.state.caller`."""

    def check(request: Request) -> None:
        caller = find_caller(request)
        request.state.caller = caller
        if permission == "open":
            return
        if caller is None:
            raise NotSignedIn("You are not signed in.", "Sign in, or send a key: Authorization: Bearer msr_…")
        if not may(caller.role, permission):
            raise NotAllowed(
                f"The role {caller.role} may not do this ({permission}).", "Ask an owner of the shop."
            )

    return check


def find_caller(request: Request) -> Caller | None:
    """Whoever the key or the cookie of the request stands for."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret:
        return _by_bearer(request, secret.strip())
    if secret := request.cookies.get(COOKIE, ""):
        check_origin(request)
        return accounts(request).by_session(secret)
    return None


def _by_bearer(request: Request, secret: str) -> Caller | None:
    beside = request.app.state.token
    if beside and hmac.compare_digest(secret.encode(), beside.encode()):
        return Caller("command line", "owner", actor=COMMAND_LINE)
    return accounts(request).by_key(secret)


def check_origin(request: Request) -> None:
    """A form of another site cannot act as somebody signed in here: what changes something must come from our own pages."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc != request.headers.get("host", ""):
        raise NotAllowed("This request comes from another site.", "Open Masarat's own page and try there.")


def accounts(request: Request) -> Accounts:
    found: Accounts = request.app.state.accounts
    return found


def caller(request: Request) -> Caller | None:
    """Who was let in; none on open pages before sign-in."""
    found: Caller | None = getattr(request.state, "caller", None)
    return found


def address(request: Request) -> str:
    return request.client.host if request.client else ""


def give_cookie(request: Request, response: Response, secret: str) -> None:
    response.set_cookie(
        COOKIE,
        secret,
        max_age=SESSION_DAYS * 86400,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
