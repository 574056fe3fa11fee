"""Every failure in one shape: for programs JSON, for people a page with the same sentence and a way on."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from masarat.errors import BadParameter, MasaratError, NotSignedIn
from masarat.show.http.render import render


class NotFound(MasaratError):
    status = 404
    code = "not_found"


class Broken(MasaratError):
    """A bug of ours, met by somebody."""

    status = 500
    code = "broken"


def install(app: FastAPI) -> None:
    """Teach the app to say its errors."""
    app.add_exception_handler(MasaratError, _ours)
    app.add_exception_handler(HTTPException, _routing)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(Exception, _bug)


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks, not a program."""
    api = request.url.path.startswith(("/v1/", "/health", "/ready", "/openapi.json"))
    return not api and "text/html" in request.headers.get("accept", "")


def say(request: Request, error: MasaratError) -> Response:
    if not wants_page(request):
        headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
        return JSONResponse(error.to_json(), error.status, headers)
    if isinstance(error, NotSignedIn):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse("/signin" + (f"?next={quote(path)}" if path != "/" else ""), 303)
    return render(request, "error.html", error.status, error=error)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MasaratError)
    return say(request, error)


async def _routing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        found = NotFound(f"{request.url.path} does not answer {request.method}.", "See /openapi.json.")
    else:
        found = NotFound(f"There is nothing at {request.url.path}.", "Start again from the home page.")
    return say(request, found)


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    path = ".".join(map(str, first["loc"]))
    return say(request, BadParameter(f"{path}: {first['msg']}.", "See /openapi.json."))


async def _bug(request: Request, error: Exception) -> Response:
    return say(
        request, Broken("Something broke on our side.", "Try again; the server's log has the details.")
    )
