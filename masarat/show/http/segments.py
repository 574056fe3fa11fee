"""Saved segments over HTTP, for programs and as a page: seen by whoever may ask, made by few."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from masarat.analyse import find, read
from masarat.errors import BadParameter, MasaratError
from masarat.records.segments import check_name, name_of
from masarat.show.auditing import actor_of
from masarat.show.http import form
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters
from masarat.show.http.render import render, says
from masarat.words import speaker


async def show(request: Request) -> dict[str, Any]:
    """The saved segments, the newest first: name, title, the question and parameters each came from, size, made_at."""
    return {"segments": await request.app.state.work.run(request.app.state.shop.segments.every)}


async def save(request: Request) -> dict[str, Any]:
    """Save whom an answer is about: `{"name": "vip", "title": "…", "question": "top_customers", "parameters": {"period": "2025"}}`.

    All customers of the answer are kept, not only those that its `limit` shows. With `"dry_run": true` only count them. Ask about them in any
    question with `"segment": "in=vip"`.
    """
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    name, title, question = (body.pop(key, "") for key in ("name", "title", "question"))
    given, dry_run = body.pop("parameters", {}), body.pop("dry_run", False)
    texts = all(isinstance(text, str) for text in (name, title, question))
    if body or not texts or not isinstance(given, dict) or not isinstance(dry_run, bool):
        raise BadParameter(
            "name, title and question are texts, parameters an object, dry_run true or false.",
            "Leave the rest out.",
        )
    asked = read(find(question), given)
    return {"segment": await state.work.run(
        lambda: state.shop.segments.save(name, asked, title=title, actor=actor, dry_run=dry_run)
    )}  # fmt: skip


async def renew(request: Request, name: str) -> dict[str, Any]:
    """Make a segment anew from its question, as that is answered now; `was` is its size before. With `{"dry_run": true}` only count."""
    state, actor, dry_run = request.app.state, actor_of(caller(request)), await _dry_run(request)
    return {"segment": await state.work.run(
        lambda: state.shop.segments.renew(name, actor=actor, dry_run=dry_run)
    )}  # fmt: skip


async def remove(request: Request, name: str) -> dict[str, Any]:
    """Forget a segment; its customers stay. With `{"dry_run": true}` only show it."""
    state, actor, dry_run = request.app.state, actor_of(caller(request)), await _dry_run(request)
    return {"segment": await state.work.run(
        lambda: state.shop.segments.remove(name, actor=actor, dry_run=dry_run)
    )}  # fmt: skip


async def _dry_run(request: Request) -> bool:
    body = await parameters(request)
    dry_run = body.pop("dry_run", False)
    if body or not isinstance(dry_run, bool):
        raise BadParameter("Only dry_run is asked for, true or false.", "Leave the rest out.")
    return dry_run


# The page


async def page(request: Request) -> Response:
    """The saved segments, each with where it came from and the questions it is asked in."""
    return await _page(request, None)


async def keep(request: Request, name: str) -> Response:
    """Save the answer that a page shows, under the name of its form; the question's parameters are in the URL."""
    state, actor, kind, speak = request.app.state, actor_of(caller(request)), find(name), says(request)
    try:
        async with request.form() as sent:
            title = str(sent.get("title", "")).strip()
        called = check_name(name_of(title))
        asked = read(kind, form.given_parameters(kind, form.given_texts(kind, request.query_params), speak))
        await state.work.run(lambda: state.shop.segments.save(called, asked, title=title, actor=actor))
    except MasaratError as error:
        return await _page(request, error)
    return RedirectResponse("/segments", 303)


async def change(request: Request, name: str) -> Response:
    """Renew or remove a segment, as the button of the form says."""
    state, actor = request.app.state, actor_of(caller(request))
    async with request.form() as sent:
        deed = sent.get("do", "")
    try:
        if deed not in ("renew", "remove"):
            raise BadParameter(f"{deed!r} is nothing to be done with a segment.", "Choose renew or remove.")
        deeds = {"renew": state.shop.segments.renew, "remove": state.shop.segments.remove}
        await state.work.run(lambda: deeds[str(deed)](name, actor=actor))
    except MasaratError as error:
        return await _page(request, error)
    return RedirectResponse("/segments", 303)


async def _page(request: Request, error: MasaratError | None) -> Response:
    shop, speak = request.app.state.shop, says(request)
    found = await request.app.state.work.run(shop.segments.every)
    for each in found:
        kind = find(each["question"])
        each["asked"] = speaker(kind.words, speak.language).say("title")
        each["link"] = form.url(kind.name, form.texts(kind, each["parameters"]))
        each["made"] = datetime.fromisoformat(each["made_at"]).astimezone(shop.settings.zone)
        each["use"] = form.url("customers", {"segment": f"in={each['name']}"})
    return render(
        request,
        "segments.html",
        error.status if error else 200,
        segments=found,
        error=error,
        speak=speak,
    )
