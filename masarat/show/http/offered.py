"""What can be chosen in the controls of a question, asked for when somebody opens them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from masarat.analyse.base import event_title
from masarat.analyse.offered import moves_of, values_of
from masarat.show.http.render import says


async def values(request: Request, name: str) -> dict[str, Any]:
    """The values of a dimension (channel, city, …) with how many events have each, most of them first, at most 200."""
    state = request.app.state
    return {"values": await state.work.run(lambda: values_of(state.shop.store, name))}


async def moves(request: Request) -> dict[str, Any]:
    """The moves that customers made, by name and in words, with how often each was made."""
    state, page = request.app.state, says(request)
    found = await state.work.run(lambda: moves_of(state.shop.store))
    return {
        "moves": [
            {"name": name, "title": event_title(name, page.language), "events": count}
            for name, count in found
        ]
    }
