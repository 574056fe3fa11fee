"""Saved segments over HTTP, for programs and as a page: seen by whoever may ask, made by few."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from masarat.analyse import find, read
from masarat.analyse.rule import read_rule
from masarat.analyse.rule_customers import RuleCustomers
from masarat.analyse.rule_words import WORDS, in_words
from masarat.errors import BadParameter, MasaratError
from masarat.records.segments import check_name, name_of
from masarat.show.auditing import actor_of
from masarat.show.http import form
from masarat.show.http.door import caller
from masarat.show.http.questions import ask, parameters
from masarat.show.http.render import render, says
from masarat.words import LANGUAGES, speaker

SHOWN = 10  # customers of a rule that is tried


async def show(request: Request) -> dict[str, Any]:
    """The saved segments, the newest first: name, title, the question and parameters each came from, size, made_at."""
    return {"segments": await request.app.state.work.run(request.app.state.shop.segments.every)}


async def save(request: Request) -> dict[str, Any]:
    """Save whom an answer is about: `{"name": "vip", "title": "…", "question": "top_customers", "parameters": {"period": "2025"}}`.

    All customers of the answer are kept, not only those that its `limit` shows; without a name it is made of the title. With `"dry_run": true` only count them. Ask about them in any
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
        lambda: state.shop.segments.save(name or name_of(title), asked, title=title, actor=actor, dry_run=dry_run)
    )}  # fmt: skip


async def try_(request: Request) -> dict[str, Any]:
    """Whom a rule is true of now, without saving: `{"rule": "did Order Completed at least 3 times and city is Riyadh"}`.

    Back come the rule in words (`ar`, `en`), the sentence, `customers`, `buyers`, `share_of_customers`, `revenue`, `share`, and the first ten of
    them (`rows`). More of them: the question `rule_customers`.
    """
    body = await parameters(request)
    rule, language = body.pop("rule", None), body.pop("language", "")
    if body or not isinstance(rule, str):
        raise BadParameter("rule is a text; language may be ar or en.", "Leave the rest out.")
    found = await ask(request, read(RuleCustomers, {"rule": rule, "limit": SHOWN, "language": language}))
    read_as = read_rule(rule)
    said = {language: in_words(read_as, speaker(WORDS, language)) for language in LANGUAGES}
    figures = {number.name: number.value for number in found.numbers}
    return {
        "rule": said,
        "sentence": found.sentence,
        **figures,
        "currency": found.currency,
        "rows": found.rows,
    }


async def found(request: Request) -> dict[str, Any]:
    """Keep the groups that found_segments finds as name_1, name_2, …: `{"name": "groups", "parameters": {"period": "2025"}}`; `dry_run` only counts."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    name, given, dry_run = body.pop("name", ""), body.pop("parameters", {}), body.pop("dry_run", False)
    if body or not isinstance(name, str) or not isinstance(given, dict) or not isinstance(dry_run, bool):
        raise BadParameter(
            "name is a text, parameters an object, dry_run true or false.", "Leave the rest out."
        )
    return {"segments": await state.work.run(
        lambda: state.shop.segments.save_found(check_name(name), actor=actor, dry_run=dry_run, **given)
    )}  # fmt: skip


async def refresh(request: Request) -> dict[str, Any]:
    """Make the segments of rules anew, those in `{"names": […]}` or all; `was` is the size before, `error` why one stays as it was."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    names = body.pop("names", [])
    if body or not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadParameter("names is a list of names.", "Leave the rest out.")
    return {"segments": await state.work.run(lambda: state.shop.segments.refresh(names, actor=actor))}


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


async def keep_found(request: Request) -> Response:
    """Save the groups that were found, under the name of the form."""
    state, actor, speak = request.app.state, actor_of(caller(request)), says(request)
    try:
        async with request.form() as sent:
            called = check_name(name_of(str(sent.get("title", ""))))
        kept = await state.work.run(
            lambda: state.shop.segments.save_found(called, actor=actor, language=speak.language)
        )
        if not kept:
            raise BadParameter(speak.say("segment-none-found"), "")
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
    rule, tried = request.query_params.get("rule", "").strip(), None
    if rule:
        try:
            tried = await ask(
                request, read(RuleCustomers, {"rule": rule, "limit": SHOWN, "language": speak.language})
            )
        except MasaratError as wrong:
            error = error or wrong
    found = await request.app.state.work.run(shop.segments.every)
    for each in found:
        kind = find(each["question"])
        each["asked"] = speaker(kind.words, speak.language).say("title")
        each["link"] = form.url(kind.name, form.texts(kind, each["parameters"]))
        each["made"] = datetime.fromisoformat(each["made_at"]).astimezone(shop.settings.zone)
        each["rule"] = each["parameters"].get("rule", "")
        each["use"] = form.url("customers", {"segment": f"in={each['name']}"})
    return render(
        request,
        "segments.html",
        error.status if error else 200,
        segments=found,
        rule=rule,
        tried=tried,
        save_at=f"/ask/{RuleCustomers.name}/segment?{urlencode({'rule': rule})}",
        all_at=form.url(RuleCustomers.name, {"rule": rule}),
        error=error,
        speak=speak,
    )
