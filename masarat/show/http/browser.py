"""The app in the browser: its one page, at every address below `/app`, and the parts that page loads.

It is built from web/app by `make setup` and ships in the wheel. Scripts and styles come from this server alone; the styles that the
app makes while it runs carry a word that each page is given anew.
"""

from __future__ import annotations

import json
import secrets
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from masarat.errors import MasaratError
from masarat.settings import Language
from masarat.show.http import pulse, script
from masarat.show.http.drawn import drawn
from masarat.show.http.render import language, remember_language

PAGES = {
    "": "pulse",
    "ask": "question",
    "customers": "customers",
    "customer": "customer",
    "journey": "journey",
}  # the first part of an address
APP = Path(__file__).parents[1] / "app"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class AppMissing(MasaratError):
    """The app was not built when this copy of Masarat was set up."""

    status = 503
    code = "app_missing"


KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
MONTHS = "public, max-age=31536000, immutable"  # a part's name changes with what is in it


class NoSuchPart(MasaratError):
    status = 404
    code = "not_found"


async def asset(request: Request, name: str) -> Response:
    """A part of the app, packed where the browser can unpack it."""
    file = APP / "assets" / name
    if file.parent != APP / "assets" or file.suffix not in KINDS or not file.is_file():
        raise NoSuchPart("There is no such part of the app.", "Load the page anew.")
    headers = {"Content-Type": KINDS[file.suffix], "Cache-Control": MONTHS, "Vary": "Accept-Encoding"}
    return script.sent(request, script.read(file), headers)


async def page(request: Request, path: str = "") -> Response:
    """The page, in the reader's language from its first byte."""
    wanted, nonce = language(request), secrets.token_urlsafe(16)
    first = "" if path else await drawn(request, wanted, request.query_params.get("period", ""))
    text = (
        _page()
        .replace("{nonce}", nonce)
        .replace("{language}", wanted)
        .replace("{direction}", "rtl" if wanted == "ar" else "ltr")
        .replace("</head>", f"{_early(wanted, path)}{_begun(request, wanted, path)}</head>")
        .replace("{digits}", request.app.state.shop.settings.digits)
        .replace('<div id="app">', f'{first}<div id="app">')
    )
    response = HTMLResponse(text, headers={"Content-Security-Policy": POLICY.format(nonce=nonce)})
    remember_language(request, response)
    return response


@cache
def _early(language: Language, path: str) -> str:
    """Links by which the browser fetches the reader's words and the page asked for while the rest is still on its way."""
    file = APP / ".vite" / "manifest.json"
    built = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    wanted = [f"words/app.{language}.ftl", f"src/pages/{PAGES.get(path.partition('/')[0], '')}.tsx"]
    begun = [name for name in built if any(name.partition("?")[0].endswith(each) for each in wanted)]
    parts: dict[str, None] = {}
    while begun:
        part = built[begun.pop()]
        if not part.get("isEntry") and part["file"] not in parts:
            parts[part["file"]] = None
            begun += part.get("imports", [])
    return "".join(f'<link rel="modulepreload" href="/{part}" />' for part in parts)


def _begun(request: Request, wanted: Language, path: str) -> str:
    """Links by which the browser asks what the first page will ask, while its scripts are still on their way."""
    if path:
        return ""
    links = pulse.addresses(wanted, request.query_params.get("period", ""))
    return "".join(
        f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{escape(link)}" />' for link in links
    )


@cache
def _page() -> str:
    file = APP / "index.html"
    if not file.is_file():
        raise AppMissing("The app is not here.", "Build it: make setup (it needs npm).")
    return file.read_text("utf-8")
