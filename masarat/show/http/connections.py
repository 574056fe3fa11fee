"""Connections over HTTP: what is connected, and asking one now."""

from __future__ import annotations

from typing import Any

from fastapi.encoders import jsonable_encoder
from starlette.requests import Request

from masarat.errors import BadParameter
from masarat.show.auditing import actor_of, note_sync
from masarat.show.http.door import caller
from masarat.show.http.questions import parameters


async def show(request: Request) -> Any:
    """Every connection: the program it asks, how often, the last time with its rows and what was new, and since when it is silent."""
    return jsonable_encoder(await request.app.state.work.run(request.app.state.shop.connections))


async def sync(request: Request) -> Any:
    """Ask a connection now for what is new; with `{"again": true}` for everything. The reply comes when it is done, and it is done even if
    nobody waits for it.
    """
    shop, name, actor = request.app.state.shop, request.path_params["name"], actor_of(caller(request))
    body = await parameters(request)
    again = body.pop("again", False)
    if body or not isinstance(again, bool):
        raise BadParameter("This is no wish for a sync.", 'Send {} or {"again": true}.')
    work, syncing = request.app.state.work, request.app.state.syncing
    await work.run(lambda: note_sync(shop.records, actor, name, again=again))
    return jsonable_encoder(await syncing.run(lambda: shop.sync(name, again=again, stop=shop.stopping)))
