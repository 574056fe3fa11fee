"""Coming in and going out: the sign-in page, and the one-time page that makes the first owner."""

from __future__ import annotations

import asyncio
import hmac

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from masarat.errors import BadParameter, MasaratError, NotSignedIn
from masarat.show.accounts import CodeNeeded, check_password
from masarat.show.http.door import COOKIE, accounts, address, caller, check_origin, give_cookie
from masarat.show.http.form import fields_of
from masarat.show.http.render import language, render

HOME = "/app"  # where they begin
HOMES = {
    "sales": "/app/customers",
    "support": "/app/customers",
    "finance": "/app/s/sales",
}  # where what they came for is


async def sign_in_page(request: Request) -> Response:
    """The form; whoever is signed in already goes home."""
    if found := caller(request):
        return RedirectResponse(HOMES.get(found.role, HOME), 303)
    nobody = await asyncio.to_thread(accounts(request).is_empty)
    return _form(request, nobody=nobody, changed=bool(request.query_params.get("changed")))


async def sign_in(request: Request) -> Response:
    """Let in, or say once more the same sentence, whatever was wrong."""
    check_origin(request)
    form = await fields_of(request)
    attempts, email = request.app.state.attempts, form.get("email", "")
    try:
        attempts.check(email, address(request))
        secret = await asyncio.to_thread(
            accounts(request).sign_in, email, form.get("password", ""), agent=_agent(request)
        )
    except CodeNeeded as half:  # no try is forgiven yet: the code can be guessed as well
        waiting = request.app.state.halfway.wait(half.user)
        return render(request, "signin_code.html", error=None, waiting=waiting, next=_way(request))
    except MasaratError as error:
        if isinstance(error, NotSignedIn):
            attempts.failed(email, address(request))
        return _form(request, error=error, email=email)
    attempts.succeeded(email, address(request))
    return _inside(request, secret, _way(request) or _home(request, secret))


async def sign_in_code(request: Request) -> Response:
    """After the password: let in who gives the code of their phone, or a recovery code. Wrong ones count as wrong passwords do."""
    check_origin(request)
    form = await fields_of(request)
    attempts, halfway, waiting = (
        request.app.state.attempts,
        request.app.state.halfway,
        form.get("waiting", ""),
    )
    user = halfway.who(waiting)
    if user is None:
        late = NotSignedIn("It took too long between the password and the code.", "Sign in once more.")
        return _form(request, error=late)
    try:
        attempts.check(user.email, address(request))
        secret = await asyncio.to_thread(
            accounts(request).sign_in_coded, user, form.get("code", ""), agent=_agent(request)
        )
    except MasaratError as error:
        if isinstance(error, NotSignedIn):
            attempts.failed(user.email, address(request))
        page = {"error": error, "waiting": waiting, "next": _way(request)}
        return render(request, "signin_code.html", error.status, **page)
    halfway.leave(waiting)
    attempts.succeeded(user.email, address(request))
    return _inside(request, secret, _way(request) or _home(request, secret))


def _form(
    request: Request,
    *,
    error: MasaratError | None = None,
    email: str = "",
    nobody: bool = False,
    changed: bool = False,
) -> Response:
    page = {"error": error, "email": email, "nobody": nobody, "changed": changed, "next": _way(request)}
    return render(request, "signin.html", error.status if error else 200, **page)


async def sign_out(request: Request) -> Response:
    await asyncio.to_thread(accounts(request).sign_out, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/signin", 303)
    response.delete_cookie(COOKIE)
    return response


async def setup_page(request: Request, token: str) -> Response:
    """The page of the link printed at first start."""
    await _check_token(request, token)
    return render(request, "setup.html", error=None, email="", name="")


async def set_up(request: Request, token: str) -> Response:
    """Make the first owner and let him in."""
    check_origin(request)
    await _check_token(request, token)
    form = await fields_of(request)
    email, name, password = (form.get(key, "") for key in ("email", "name", "password"))
    try:
        if check_password(password) != form.get("again", ""):
            raise BadParameter("The two passwords differ.", "Write the same one twice.")
        user = await asyncio.to_thread(
            accounts(request).add_first, email, password, name=name, language=language(request)
        )
    except BadParameter as error:
        return render(request, "setup.html", error.status, error=error, email=email, name=name)
    request.app.state.setup = ""
    secret = await asyncio.to_thread(accounts(request).open_session, user, agent=_agent(request))
    return _inside(request, secret, HOME)


async def _check_token(request: Request, token: str) -> None:
    """The link works once, and only while nobody has an account."""
    expected = request.app.state.setup
    if expected and hmac.compare_digest(token.encode(), expected.encode()):
        if await asyncio.to_thread(accounts(request).is_empty):
            return
        request.app.state.setup = ""
    raise NotSignedIn("This link is no longer good.", "Sign in, or start the server anew for another link.")


def _home(request: Request, secret: str) -> str:
    """Where who has just come in begins."""
    user = accounts(request).by_session(secret)
    return HOMES.get(user.role, HOME) if user else HOME


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _way(request: Request) -> str:
    """Where to go after signing in: a path of our own, never another site."""
    path = request.query_params.get("next", "")
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else ""


def _inside(request: Request, secret: str, path: str) -> Response:
    response = RedirectResponse(path, 303)
    give_cookie(request, response, secret)
    return response
