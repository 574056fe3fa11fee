"""What leaves the server passes here: customers' data in it are shown as the caller's role may see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masarat.errors import NotAllowed
from masarat.records.masks import OWNER, Masks
from masarat.show.http.door import caller
from masarat.show.masking import Mask

LINES = ("application/x-ndjson", "text/event-stream")
DATA = "data: "
WHOLE: dict[str, Callable[[Mask, str], str]] = {
    "application/json": lambda mask, body: json.dumps(
        mask.document(json.loads(body)), ensure_ascii=False, separators=(",", ":")
    ),
    "text/html": Mask.text,
    "text/plain": Mask.text,
    "text/csv": Mask.text,
}


class Masking:
    """Middleware around the whole app. Files that are made whole (PDF, Excel) are masked before: see `rows_mask`."""

    def __init__(self, app: ASGIApp, masks: Masks) -> None:
        self.app, self.masks = app, masks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Outgoing(scope, self.masks, send))


class _Outgoing:
    """One response on its way out."""

    def __init__(self, scope: Scope, masks: Masks, send: Send) -> None:
        self.scope, self.masks, self.send = scope, masks, send
        self._mask = Mask({})
        self._type = ""
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] != "http.response.body" or not self._mask:
            await self.send(message)
        elif self._type in LINES:
            await self.send({**message, "body": self._lines(message.get("body", b""))})
        else:
            await self._gather(message)

    async def _begin(self, message: Message) -> None:
        kind = Headers(raw=message["headers"]).get("content-type", "").partition(";")[0].strip()
        if kind in WHOLE or kind in LINES:
            self._type, self._mask = kind, mask_of(Request(self.scope), self.masks)
        if self._mask and self._type in WHOLE:
            self._start = message
        else:
            await self.send(message)

    async def _gather(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = WHOLE[self._type](self._mask, self._body.decode()).encode() if self._body else b""
        MutableHeaders(raw=self._start["headers"])["content-length"] = str(len(body))
        await self.send(self._start)
        await self.send({"type": "http.response.body", "body": body})

    def _lines(self, body: bytes) -> bytes:
        """Lines of JSON, or of events whose data are JSON; each comes whole."""
        return "\n".join(map(self._line, body.decode().split("\n"))).encode()

    def _line(self, line: str) -> str:
        start = DATA if line.startswith(DATA) else ""
        found = line.removeprefix(start)
        return start + WHOLE["application/json"](self._mask, found) if found.startswith("{") else line


def mask_of(request: Request, masks: Masks) -> Mask:
    """How whoever asks sees customers."""
    who = caller(request)
    return Mask(masks.of(who.role) if who and who.role != OWNER else {})


def rows_mask(request: Request) -> Callable[[Any], Any] | None:
    """What shows the rows of an answer as whoever asks may see them, before they become sentences, pages and reports; None where all is seen."""
    mask = mask_of(request, request.app.state.masks)
    return mask.value if mask else None


def seen_as(request: Request) -> dict[str, str]:
    """How whoever asks sees customers, field by field; empty where all is seen."""
    who, masks = caller(request), request.app.state.masks
    return dict(masks.of(who.role)) if who and who.role != OWNER else {}


def refuse_masked(request: Request, why: str) -> None:
    """NotAllowed where whoever asks sees customers masked, for what cannot be masked."""
    if mask_of(request, request.app.state.masks):
        raise NotAllowed(f"Your role sees customers masked, and {why}.", "Ask an owner of the shop.")
