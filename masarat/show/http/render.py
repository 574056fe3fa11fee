"""Pages as people get them: a template, in their language, with what every page shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

import masarat.words
from masarat.settings import Language
from masarat.show.accounts import Caller
from masarat.show.roles import may
from masarat.show.typeface import FONTS
from masarat.words import Speaker, Words, speaker

HERE = Path(__file__).parents[1] / "pages"
LANGUAGE_COOKIE = "language"
YEAR = 365 * 86400


@cache
def page_words() -> Words:
    """What the pages themselves say."""
    here = Path(masarat.words.__file__).parent
    return Words(*((here / f"pages.{language}.ftl").read_text("utf-8") for language in ("en", "ar")))


@cache
def templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def language(request: Request) -> Language:
    """Asked for in the URL, chosen before, set for the user, or the browser's own; at last the shop's."""
    caller: Caller | None = getattr(request.state, "caller", None)
    wishes = (
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        caller.language if caller else "",
        request.headers.get("accept-language", "")[:2].lower(),
    )
    shops: Language = request.app.state.shop.settings.language
    return next((known for wish in wishes for known in get_args(Language) if wish == known), shops)


def says(request: Request) -> Speaker:
    return speaker(page_words(), language(request))


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page from its template; a language asked for in the URL is remembered."""
    speak = says(request)
    caller: Caller | None = getattr(request.state, "caller", None)
    text = templates().get_template(template).render(
        say=speak.say,
        language=speak.language,
        direction="rtl" if speak.language == "ar" else "ltr",
        other_language="en" if speak.language == "ar" else "ar",
        other_url=_in_language(request, "en" if speak.language == "ar" else "ar"),
        caller=caller,
        may=lambda permission: caller is not None and may(caller.role, permission),
        path=request.url.path,
        has_fonts=(FONTS / "IBMPlexSansArabic-Regular.woff2").is_file(),
        **values,
    )  # fmt: skip
    response = HTMLResponse(text, status)
    remember_language(request, response)
    return response


def remember_language(request: Request, response: Response) -> None:
    """The language that the URL asks for is this browser's from now on."""
    if (wanted := language(request)) == request.query_params.get("lang"):
        response.set_cookie(LANGUAGE_COOKIE, wanted, max_age=YEAR, samesite="lax", httponly=True)


def _in_language(request: Request, wanted: Language) -> str:
    """The same page in another language."""
    asked = {name: value for name, value in request.query_params.items() if name != "lang"}
    return f"?{urlencode(asked | {'lang': wanted})}"
