"""Connections over HTTP: what can be connected, what is, connecting and disconnecting, and asking one now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fastapi.encoders import jsonable_encoder
from starlette.requests import Request

from masarat.collect import connections
from masarat.collect.connectors import CONNECTORS, connector_of
from masarat.errors import BadParameter, NotAllowed
from masarat.records.models import Connection
from masarat.show.auditing import actor_of, note_sync
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters
from masarat.show.http.sample import not_meanwhile


async def show(request: Request) -> Any:
    """Every connection: the program it asks, how often, the last time with its rows and what was new, and since when it is silent."""
    return jsonable_encoder(await request.app.state.work.run(request.app.state.shop.connections))


async def programs(request: Request) -> Any:
    """Every program that can be connected: what it must be given, and where that is found."""
    return [
        {
            "name": each.name,
            "title": each.title,
            "arabic": each.arabic,
            "about": each.about,
            "arabic_about": each.arabic_about,
            "every_minutes": each.every_minutes,
            "asks": [asdict(ask) for ask in each.asks],
        }
        for each in CONNECTORS
        if not each.here
    ]


async def connect(request: Request) -> dict[str, Any]:
    """Connect a program, or give a connection anew what it needs: `{"connector": "qoyod", "given": {"api_key": "…"}}`, with `name` where it
    is to have another name than the program's, and `every_minutes` (0: only when asked). Secrets are encrypted, and shown to nobody again.
    """
    body = await parameters(request)
    connector, name, given = body.pop("connector", ""), body.pop("name", ""), body.pop("given", {})
    every = body.pop("every_minutes", None)
    texts = isinstance(given, dict) and all(
        isinstance(one, str) for one in (connector, name, *given.values())
    )
    number = every is None or (isinstance(every, int) and not isinstance(every, bool))
    if body or not (texts and number and connector):
        raise BadParameter(
            "This is no connection.", 'Send {"connector": "qoyod", "given": {"api_key": "…"}}.'
        )
    made = await connected(request, connector, name, given, every)
    return {"name": made.name, "connector": made.connector, "every_minutes": made.every_minutes}


async def connected(
    request: Request, program: str, name: str, given: Mapping[str, str], every: int | None
) -> Connection:
    """The connection, made; a program that may read files of this machine is connected on it, and a key goes over https:// alone."""
    not_meanwhile(request)
    shop, actor = request.app.state.shop, actor_of(caller(request))
    if connector_of(program).here:
        raise NotAllowed(
            f"{program} may read files of the machine that Masarat runs on.",
            f"Connect it there: masarat connect {program}",
        )
    made: Connection = await request.app.state.work.run(
        lambda: connections.connect(
            shop.records, name or program, program, given, every_minutes=every, actor=actor
        )
    )
    return made


async def disconnect(request: Request) -> dict[str, str]:
    """Forget a connection with its secrets and its runs; what it brought stays."""
    name: str = request.path_params["name"]
    await forget(request, name)
    return {"disconnected": name}


async def forget(request: Request, name: str) -> None:
    shop, actor = request.app.state.shop, actor_of(caller(request))
    await request.app.state.work.run(lambda: connections.disconnect(shop.records, name, actor=actor))


async def sync(request: Request) -> Any:
    """Ask a connection now for what is new; with `{"again": true}` for everything. The reply comes when it is done, and it is done even if
    nobody waits for it.
    """
    shop, name, actor = request.app.state.shop, request.path_params["name"], actor_of(caller(request))
    body = await parameters(request)
    again = body.pop("again", False)
    if body or not isinstance(again, bool):
        raise BadParameter("This is no wish for a sync.", 'Send {} or {"again": true}.')
    not_meanwhile(request)
    work, syncing = request.app.state.work, request.app.state.syncing
    await work.run(lambda: note_sync(shop.records, actor, name, again=again))
    return jsonable_encoder(await syncing.run(lambda: shop.sync(name, again=again, stop=shop.stopping)))
