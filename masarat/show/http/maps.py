"""Journey maps over HTTP: seen by whoever may ask, drawn by few; every version can be read again."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.records import maps
from masarat.show.auditing import actor_of
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters


async def show(request: Request) -> dict[str, Any]:
    """All maps by title, each with its persona, stages and version."""
    state = request.app.state
    return {
        "maps": [maps.to_json(one) for one in await state.work.run(lambda: maps.every(state.shop.records))]
    }


async def make(request: Request) -> dict[str, Any]:
    """A new map: `{"title": "…", "persona": {"name": "…", "about": "…"}, "stages": [{"title": "…", "goal": "…", "emotion": 1}]}`.

    A stage has the texts title, goal, touchpoints, friction, expectation, opportunity and owner, an emotion from −2 to 2, and the `key` of a
    stage of the journey where it is one.
    """
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    drawn = maps.read(body)
    return maps.to_json(await state.work.run(lambda: maps.add(state.shop.records, drawn, actor)))


async def one(request: Request, number: int) -> dict[str, Any]:
    """One map."""
    state = request.app.state
    return maps.to_json(await state.work.run(lambda: maps.find(state.shop.records, number)))


async def change(request: Request, number: int) -> dict[str, Any]:
    """The map as it shall be, with the `version` that was read; 409 where that is not the newest."""
    state, actor, body = request.app.state, actor_of(caller(request)), await parameters(request)
    version = body.pop("version", None)
    if type(version) is not int:
        raise BadParameter("version is a number.", "Give the one that the map had when you read it.")
    drawn = maps.read(body)
    return maps.to_json(
        await state.work.run(lambda: maps.change(state.shop.records, number, version, drawn, actor))
    )


async def remove(request: Request, number: int) -> dict[str, Any]:
    """Away with a map; back comes what it was, from which it can be made again."""
    state, actor = request.app.state, actor_of(caller(request))
    return maps.to_json(await state.work.run(lambda: maps.remove(state.shop.records, number, actor)))


async def versions(request: Request, number: int) -> dict[str, Any]:
    """What the map was, the newest first: who made each version and when."""
    state = request.app.state
    found = await state.work.run(lambda: maps.versions(state.shop.records, number))
    return {
        "versions": [
            {
                "version": each.version,
                "title": each.title,
                "persona": each.persona,
                "stages": each.stages,
                "author": each.author,
                "at": each.at.isoformat(),
            }
            for each in found
        ]
    }
