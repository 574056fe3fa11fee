"""Boards over HTTP: seen by whoever may ask, put together by few."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.analyse import find, read
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, boards
from masarat.records.boards import Card, card, check_cards, check_title
from masarat.records.models import BoardRecord
from masarat.show.auditing import actor_of
from masarat.show.http import form
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters
from masarat.show.http.render import says
from masarat.words import Speaker


async def show(request: Request) -> dict[str, Any]:
    """All boards by title: each with its id, version, and `cards` in their order."""
    state = request.app.state
    found = await state.work.run(lambda: boards.every(state.shop.records))
    return {"boards": [boards.to_json(one) for one in found], "most": boards.MOST_BOARDS}


async def make(request: Request) -> dict[str, Any]:
    """A new board: `{"title": "Monday morning", "cards": [{"question": "revenue", "parameters": {"period": "last_7_days"}}]}`.

    A card may have a `title` of its own, and be `wide`. At most 50 boards of 24 cards; parameters are texts, as in an address.
    """
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    title, cards = _read(body, says(request), known=[])
    return boards.to_json(await state.work.run(lambda: boards.add(state.shop.records, title, cards, actor)))


async def one(request: Request, number: int) -> dict[str, Any]:
    """One board."""
    state = request.app.state
    return boards.to_json(await state.work.run(lambda: boards.find(state.shop.records, number)))


async def change(request: Request, number: int) -> dict[str, Any]:
    """The board as it shall be: `{"version": 3, "title": "…", "cards": […]}`, of the version that was read; 409 where that is not the newest."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    version, records, page = body.pop("version", None), state.shop.records, says(request)
    if not isinstance(version, int) or isinstance(version, bool):
        raise BadParameter("version is a number.", "Give the one that the board had when you read it.")
    return boards.to_json(await state.work.run(lambda: _change(records, number, version, body, page, actor)))


async def remove(request: Request, number: int) -> dict[str, Any]:
    """Away with a board; back comes what it was, from which it can be made again."""
    state, actor = request.app.state, actor_of(caller(request))
    return boards.to_json(await state.work.run(lambda: boards.remove(state.shop.records, number, actor)))


def _change(
    records: Records, number: int, version: int, body: dict[str, Any], page: Speaker, actor: str
) -> BoardRecord:
    known = [card(each) for each in boards.find(records, number).cards]
    title, cards = _read(body, page, known)
    return boards.change(records, number, version, title, cards, actor)


def _read(body: dict[str, Any], page: Speaker, known: list[Card]) -> tuple[str, list[Card]]:
    """Title and cards of a body. New cards must be questions that can be asked so; old ones stay, even where no longer."""
    if unknown := set(body) - {"title", "cards"}:
        raise UnknownName("part of a board", min(unknown), ["cards", "title"])
    given = body.get("cards", [])
    if not isinstance(given, list):
        raise BadParameter("cards is a list.", "Leave it out for an empty board.")
    cards = check_cards([card(each) for each in given[: boards.MOST_CARDS + 1]])
    asked = [(each.question, each.parameters) for each in known]
    for each in cards:
        if (each.question, each.parameters) not in asked:
            kind = find(each.question)
            read(kind, form.given_parameters(kind, each.parameters, page))
    return check_title(body.get("title")), cards
