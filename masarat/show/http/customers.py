"""One customer over HTTP: all that is known, the timeline, and what people add.

An identifier in a path is an e-mail, a phone, or one like user:17, with what a path cannot have written as %….
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast, get_args
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from masarat.act.customers import Customers
from masarat.analyse.profile.timeline import Asked
from masarat.errors import BadParameter, UnknownName
from masarat.settings import Language
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.masking import refuse_masked
from masarat.show.http.questions import parameters
from masarat.show.http.uploads import receive
from masarat.show.moments import maybe_moment

T = TypeVar("T")


async def show(request: Request, identifier: str) -> Any:
    """All that is known of the customer of an identifier, whoever they were merged from; `language` ar or en.

    `facts` has an entry a fact: its `kind` (demographic, transactional, behavioural, psychographic), `value` for programs, `text` for people,
    `how` it came to be, and all `values` that were told. Beside them: consents, notes, tags, relations, suggestions, files, and
    the newest lines of the timeline.
    """
    language, actor = _language(request), _actor(request)
    return await _do(request, lambda customers: customers.show(identifier, language=language, actor=actor))


async def timeline(request: Request, identifier: str) -> Any:
    """A page of all that happened, newest first: at most `limit` lines; `before` takes `next` of the page before.

    Filters: `kind` (visits, carts, orders, payments, service, surveys, messages, identity, consent, notes, other), `name` and `source`, each as often
    as needed; `since` and `until` (before this); `text`, which stands in a product, a page, an order number or what was said.
    """
    language, actor, asked = _language(request), _actor(request), _asked(request)
    return await _do(
        request, lambda customers: customers.timeline(identifier, asked, language=language, actor=actor)
    )


async def outlook(request: Request, identifier: str) -> Any:
    """What lies ahead with the customer; `language` ar or en.

    `risk` is null unless `at_risk` lists them: `chance` of no order within `days`, `at_stake`, `because`, `action`. `value` is what
    `customer_value` expects of them, null where it does not list them. `offers` are what `next_product` offers them, each with its reason.
    """
    shop, language, actor = request.app.state.shop, _language(request), _actor(request)

    def look() -> Any:
        ours = shop.customers.looked(identifier, actor)
        return shop.outlook.of(ours, language)

    return await request.app.state.work.run(look)


# What people add


async def write_note(request: Request, identifier: str) -> Any:
    """Note something: `{"text": "…"}`."""
    (text,), actor = await _texts(request, "text"), _actor(request)
    return await _do(request, lambda customers: customers.note(identifier, text, actor))


async def delete_note(request: Request, identifier: str, number: int) -> Any:
    """Put a note aside; it can be restored."""
    actor = _actor(request)
    return await _do(request, lambda customers: customers.delete_note(identifier, number, actor))


async def restore_note(request: Request, identifier: str, number: int) -> Any:
    """Bring a note back that was put aside."""
    actor = _actor(request)
    return await _do(
        request, lambda customers: customers.delete_note(identifier, number, actor, restore=True)
    )


async def tag(request: Request, identifier: str) -> dict[str, Any]:
    """Tag the customer: `{"tag": "vip"}`; back come all their tags."""
    (word,), actor = await _texts(request, "tag"), _actor(request)
    return {"tags": await _do(request, lambda customers: customers.tag(identifier, [word], actor))}


async def untag(request: Request, identifier: str) -> dict[str, Any]:
    """Take the tag `?tag=` off."""
    word, actor = _query(request, "tag"), _actor(request)
    return {"tags": await _do(request, lambda customers: customers.untag(identifier, [word], actor))}


async def tags(request: Request) -> dict[str, Any]:
    """Every tag with how many customers carry it, the most used first."""
    return {"tags": await _do(request, lambda customers: customers.tags())}


async def relate(request: Request, identifier: str) -> Any:
    """Put two customers into a relation: `{"with": "phone:+9665…", "kind": "household"}`, and `role` and `since` where they are known.

    Kinds: household, company (the customer of the path is the company, the other its contact), family, friend, other.
    """
    other, kind, role, since = await _texts(request, "with", "kind", role="", since="")
    actor, day = _actor(request), _day(since)
    return await _do(
        request, lambda customers: customers.relate(identifier, other, kind, actor, role=role, since=day)
    )


async def unrelate(request: Request, identifier: str) -> dict[str, int]:
    """Take back the relations with the customer `?with=`, or those of a `kind`."""
    other, actor, kind = _query(request, "with"), _actor(request), request.query_params.get("kind", "")
    return {
        "removed": await _do(
            request, lambda customers: customers.unrelate(identifier, other, actor, kind=kind)
        )
    }


async def write_fact(request: Request, identifier: str) -> dict[str, str]:
    """Write a fact by hand: `{"fact": "city", "value": "جدة"}`. It stands before what sources tell, unless a rule says otherwise."""
    (fact, value), actor = await _texts(request, "fact", "value"), _actor(request)
    await _do(request, lambda customers: customers.write_fact(identifier, fact, value, actor))
    return {"fact": fact, "value": value}


async def remove_fact(request: Request, identifier: str) -> dict[str, str]:
    """Take back what was written by hand of `?fact=`."""
    fact, actor = _query(request, "fact"), _actor(request)
    await _do(request, lambda customers: customers.remove_fact(identifier, fact, actor))
    return {"fact": fact}


async def rules(request: Request) -> dict[str, Any]:
    """By which rule a fact stands where sources disagree: what was chosen; under an empty name, what holds for all others."""
    return {"rules": await _do(request, lambda customers: customers.rules())}


async def choose(request: Request) -> dict[str, Any]:
    """Choose: `{"fact": "city", "rule": "most_trusted", "trusted": ["salla", "web"]}`; an empty rule takes the choice back."""
    body, actor = await parameters(request), _actor(request)
    fact, rule, trusted = body.pop("fact", ""), body.pop("rule", ""), body.pop("trusted", [])
    texts = [fact, rule, *(trusted if isinstance(trusted, list) else [None])]
    if body or not all(isinstance(text, str) for text in texts):
        raise BadParameter("There are fact, rule, and trusted, a list of sources.", "Leave the rest out.")
    await _do(request, lambda customers: customers.choose(fact, rule, actor, trusted=trusted))
    return await rules(request)


# Files


async def attach(request: Request, identifier: str) -> Any:
    """Attach a file, at most 10 MiB: multipart, in the field `file`."""
    actor, upload = _actor(request), await receive(request)
    try:
        return await _do(
            request, lambda customers: [customers.attach(identifier, file, actor) for file in upload.files]
        )
    finally:
        upload.remove()


async def file(request: Request, identifier: str, number: int) -> Response:
    """A file as it was attached, to be kept and not shown: no browser runs what is in it."""
    refuse_masked(request, "nobody can mask a file")
    actor = _actor(request)
    name, path = await _do(request, lambda customers: customers.file(identifier, number, actor))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return FileResponse(path, media_type="application/octet-stream", headers=headers)


async def detach(request: Request, identifier: str, number: int) -> dict[str, int]:
    """Delete a file for good."""
    actor = _actor(request)
    await _do(request, lambda customers: customers.detach(identifier, number, actor))
    return {"deleted": number}


# What is asked


async def _do(request: Request, work: Callable[[Customers], T]) -> T:
    """Done beside the event loop."""
    state = request.app.state
    found: T = await state.work.run(lambda: work(state.shop.customers))
    return found


def _actor(request: Request) -> str:
    return actor_of(caller(request))


def _language(request: Request) -> Language:
    asked = request.query_params.get("language") or request.app.state.shop.settings.language
    if asked not in get_args(Language):
        raise UnknownName("language", asked, list(get_args(Language)))
    return cast(Language, asked)


def _asked(request: Request) -> Asked:
    given, zone = request.query_params, request.app.state.shop.settings.zone
    limit = given.get("limit", "50")
    if not limit.isdecimal():
        raise BadParameter(f"{limit!r} is no limit.", "Give a number.")
    return Asked(
        kinds=given.getlist("kind"),
        names=given.getlist("name"),
        sources=given.getlist("source"),
        since=maybe_moment(given.get("since"), zone),
        until=maybe_moment(given.get("until"), zone),
        text=given.get("text", ""),
        before=given.get("before", ""),
        limit=int(limit),
    ).check()


def _query(request: Request, name: str) -> str:
    if not (found := request.query_params.get(name, "").strip()):
        raise BadParameter(f"{name} is missing.", f"Give ?{name}=.")
    return found


async def _texts(request: Request, *needed: str, **more: str) -> list[str]:
    """Members of the body in this order, all of them texts; those with a value here may be left out."""
    body = await parameters(request)
    found = [body.pop(name, None) for name in needed] + [
        body.pop(name, usual) for name, usual in more.items()
    ]
    if body or not all(isinstance(text, str) for text in found):
        raise BadParameter(f"The body has the texts {', '.join((*needed, *more))}.", "Leave the rest out.")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadParameter(f"{text!r} is not a date.", "Write it like 2025-03-01.") from None
