"""The review queue over HTTP: pairs of customers who may be one, answers to them, and a new look."""

from __future__ import annotations

from typing import Any, cast, get_args

from fastapi.encoders import jsonable_encoder
from starlette.requests import Request

from masarat.act.reviewing import PAGE
from masarat.errors import BadParameter, UnknownName
from masarat.settings import Language
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters


async def show(request: Request) -> Any:
    """Pairs of customers who may be one, the likeliest first, each with what is known of both sides and the reasons in words.

    Parameters: `language` (ar or en), `state` (waiting; or accepted, rejected, left, the newest first), `limit` (50), `offset` (0). `count`
    tells how many there are in all, `refreshed_at` when somebody looked last, `left_out` how many pairs the queue had no place for.
    """
    shop, actor, given = request.app.state.shop, actor_of(caller(request)), request.query_params
    language = _language(given.get("language"), shop.settings.language)
    asked = {
        "state": given.get("state", "waiting"),
        "limit": _number("limit", given.get("limit", "50")),
        "offset": _number("offset", given.get("offset", "0")),
        "actor": actor,
    }
    return jsonable_encoder(await request.app.state.work.run(lambda: shop.review.page(language, **asked)))


async def answer(request: Request) -> dict[str, int]:
    """Answer a pair: `{"id": 12, "answer": "accept", "why": "she called"}`. Back comes how many identifiers changed owners.

    accept: they are one customer. reject: they are two, and nothing links them any more. leave: nobody is asked again, and nothing is
    decided. undo: the answer is taken back, all is as before, and the pair waits again.
    """
    shop, actor = request.app.state.shop, actor_of(caller(request))
    body = await parameters(request)
    number, said, why = body.pop("id", None), body.pop("answer", None), body.pop("why", "")
    if body or type(number) is not int or not isinstance(said, str) or not isinstance(why, str):
        raise BadParameter("This is no answer to a pair.", 'Send {"id": 12, "answer": "accept", "why": "…"}.')
    work = request.app.state.work
    return {"changed": await work.run(lambda: shop.review.answer(number, said, why=why, actor=actor))}


async def refresh(request: Request) -> Any:
    """Look at all customers anew: those of whom there is no doubt are merged, the rest waits. With `{"dry_run": true}` nothing is changed.

    This takes a minute for 200,000 customers, and is finished even if nobody waits for the reply. Back comes how many customers were
    compared (`customers`), pairs merged, `waiting`, `left_out` and `skipped`, and in `merges` the pairs merged with the reasons.
    """
    shop, actor = request.app.state.shop, actor_of(caller(request))
    body = await parameters(request)
    language = _language(body.pop("language", None), shop.settings.language)
    dry_run = body.pop("dry_run", False)
    if body or not isinstance(dry_run, bool):
        raise BadParameter("A look takes `dry_run` (true or false) and `language`.", "Leave the rest out.")
    work = request.app.state.work
    found = await work.run(lambda: shop.review.refresh(language, dry_run=dry_run, actor=actor))
    return found.to_json()


def _language(given: object, usual: Language) -> Language:
    if given and given not in get_args(Language):
        raise UnknownName("language", str(given), list(get_args(Language)))
    return cast(Language, given or usual)


def _number(name: str, text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise BadParameter(f"{text!r} is no {name}.", f"Give a number; at most {PAGE} pairs come at once.")
    return int(text)
