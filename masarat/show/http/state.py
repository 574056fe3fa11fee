"""How the server is, and what it can be asked: open to whoever watches over it, and to programs."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


async def health(request: Request) -> dict[str, bool]:
    """Whether the process is alive."""
    return {"alive": True}


async def ready(request: Request) -> Response:
    """Whether the store answers. Says nothing else."""
    try:
        answers = await request.app.state.work.run(request.app.state.shop.store.answers)
    except Exception:  # whatever the reason, whoever asks from outside learns only this
        answers = False
    return JSONResponse({"ready": answers}, 200 if answers else 503)


async def receiving(request: Request) -> dict[str, Any]:
    """What the door of this process took since it started, and how far the store is with it."""
    state = request.app.state
    return {"door": state.receiving.state(), "store": state.draining.state()}


async def openapi(request: Request) -> dict[str, Any]:
    """This description of the API."""
    found: dict[str, Any] = request.app.openapi()
    return found
