"""What stands before the app: events go to the door, past everything that pages need; all else goes to the app."""

from __future__ import annotations

import gc
import signal
from dataclasses import dataclass
from types import FrameType
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Server

from masarat.collect.door import find
from masarat.collect.receiving import Receiving


def calm() -> None:
    """Call it once everything is loaded: the collector of garbage need not look at that again, nor after every few events."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def leave_when_told(server: Server) -> None:
    """SIGTERM ends the server, also before it listens. It is told so, rather than interrupted: where an object is just being cleared
    away, Python drops an exception."""

    def leave(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    signal.signal(signal.SIGTERM, leave)


@dataclass(slots=True)
class Front:
    """The server's outermost ASGI application; without an app, a door alone."""

    receiving: Receiving
    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and find(scope["path"]) is not None:
            await self.receiving.door(scope, receive, send)
        elif self.app is not None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await _nothing_here(send)


async def _nothing_here(send: Send) -> None:
    body = b'{"code":"not_found","message":"This port only takes events."}'
    headers: Any = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": body})
