"""Pages for people: home, a question, all questions, and the API in words."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from masarat.analyse import ANALYSES, Analysis, find, read
from masarat.analyse.moves import Unseen
from masarat.analyse.segments import can_be_saved
from masarat.errors import MasaratError
from masarat.show.catalogue import manual
from masarat.show.http import form, questions
from masarat.show.http.door import caller
from masarat.show.http.face import Face, face
from masarat.show.http.masking import rows_mask
from masarat.show.http.render import language, page_words, render, says
from masarat.show.pictures import css
from masarat.words import Speaker, speaker

ON_HOME = 7  # one across, then pairs: questions, the first of ANALYSES that have a picture
HOME_PERIODS = ("all", "this_month", "last_month", "last_90_days", "this_year", "last_year")


async def home(request: Request) -> Response:
    """The main questions at a glance, over one period."""
    chosen = request.query_params.get("period", "all")
    kinds = [kind for kind in ANALYSES if kind.view != "table"][:ON_HOME]
    page = says(request)
    looks = await asyncio.gather(*(_glance(request, kind, chosen) for kind in kinds))
    cards = [
        {
            "kind": kind,
            "title": _own(kind, page).say("title"),
            "look": look,
            "url": form.url(kind.name, _not_all(chosen)),
        }
        for kind, look in zip(kinds, looks, strict=True)
    ]
    empty = all(isinstance(look, Face) and not look.answer.sample for look in looks)
    periods = [(name, form.choice_words("period", name, page, page)) for name in HOME_PERIODS]
    return render(
        request, "home.html", cards=cards, empty=empty, periods=periods, chosen=chosen, **greeting(request)
    )


def _not_all(period: str) -> dict[str, str]:
    return {} if period == "all" else {"period": period}


async def _glance(request: Request, kind: type[Analysis], period: str) -> Face | MasaratError:
    try:
        question = read(kind, {"period": period, "language": language(request)})
        shop = request.app.state.shop
        answer = await request.app.state.work.run(lambda: shop.ask(question, mask=rows_mask(request)))
        return face(answer, says(request), rows=0)
    except MasaratError as error:
        return error


def greeting(request: Request) -> dict[str, Any]:
    """Good morning, by name, with today in both calendars."""
    page, who = says(request), caller(request)
    now = datetime.now(request.app.state.shop.settings.zone)
    part = "morning" if 4 <= now.hour < 12 else "evening"
    hijri = speaker(page_words(), page.language, "hijri")
    return {
        "greeting": page.say(
            "greeting", part=page.say(f"greeting-{part}"), name=page.text(who.name if who else "")
        ),
        "today": f"{page.day(now.date())} · {hijri.day(now.date())}",
    }


async def question(request: Request, name: str) -> Response:
    """One answer under its control bar."""
    kind, page = find(name), says(request)
    given = form.given_texts(kind, request.query_params)
    if "from" in request.query_params or "to" in request.query_params:
        return RedirectResponse(form.url(name, given), 303)
    look, error = None, None
    try:
        asked = read(kind, form.given_parameters(kind, given, page))
        look = face(await questions.ask(request, asked), page)
    except MasaratError as refused:
        error = refused
    steps = await _steps(request, asked) if look else []
    own = _own(kind, page)
    return render(
        request,
        "question.html",
        error.status if error else 200,
        kind=kind,
        title=own.say("title"),
        about=own.say("about"),
        manual=manual(kind),
        controls=form.controls(kind, given, own, page),
        rare=form.RARE,
        events=form.events(page),
        look=look,
        error=error,
        steps=steps,
        link=urlencode({**given, "language": page.language}),
        can_be_saved=can_be_saved(kind),
        is_given=bool(given),
        rare_given=bool(given.keys() & set(form.RARE)),
    )


async def _steps(request: Request, question: Analysis) -> list[tuple[str, str]]:
    try:
        query = await request.app.state.work.run(lambda: request.app.state.shop.explain(question))
    except Unseen:  # the answer says so
        return []
    values = "\n".join(f"{name} = {value!r}" for name, value in query.values.items())
    return [*((name, sql.strip()) for name, sql in query.steps.items()), ("values", values)]


async def all_questions(request: Request) -> Response:
    """Every question with what it answers."""
    page = says(request)
    found = [{"name": kind.name, "title": own.say("title"), "about": own.say("about")}
             for kind in ANALYSES for own in (_own(kind, page),)]  # fmt: skip
    return render(request, "questions.html", questions=found)


async def docs(request: Request) -> Response:
    """The API in words, made from the same description that programs read."""
    return render(
        request, "docs.html", paths=request.app.openapi()["paths"], base=str(request.base_url).rstrip("/")
    )


def _own(kind: type[Analysis], page: Speaker) -> Speaker:
    return speaker(kind.words, page.language)


async def colours(request: Request) -> Response:
    """The colours of pages and pictures, light and dark."""
    return Response(css(), media_type="text/css")
