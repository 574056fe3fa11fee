"""The door: a bare ASGI callable that takes events in any of the languages of `wire`, and acknowledges what is durable.

request → body, bounded and unpacked → its language → key, origin, limit → enrichment → journal (synced) → the reply its SDK
expects. Nothing is acknowledged before it is on the disk; what cannot be taken is refused with a reason or kept in quarantine.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from masarat.collect import webhooks
from masarat.collect.keys import Keys
from masarat.collect.pieces import piece_of
from masarat.collect.webhooks.arriving import as_sent
from masarat.collect.wire import ROUTES, WIRES, Handler, Reply, Request, Taken
from masarat.errors import MasaratError
from masarat.events import Move
from masarat.journal import Journal
from masarat.records.secrets import unseal
from masarat.settings import Settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Enrich = Callable[[list[Move], Request, str], list[Move]]

LARGEST_BODY = 20 << 20  # as sent, and unpacked
MOST_ARRIVING = 256 << 20  # bytes of all bodies that are on their way at once
SLOWEST_BODY_SECONDS = 30.0
GZIP = b"\x1f\x8b"
ALLOWED_HEADERS = "authorization, content-type, content-encoding, x-umami-cache, x-requested-with"

_templates = {
    (path.partition("{")[0], path.partition("}")[2]): handler
    for path, handler in ROUTES.items()
    if "{" in path
}
_refusals = {path: wire.refuse for wire in WIRES if hasattr(wire, "refuse") for path in wire.ROUTES}
_encoder = msgspec.json.Encoder()


class TooLarge(MasaratError):
    status = 413
    code = "too_large"


class TooSlow(MasaratError):
    status = 408
    code = "too_slow"


class Crowded(MasaratError):
    status = 503
    code = "crowded"
    retry_after = 5


class BadPacking(MasaratError):
    status = 400
    code = "bad_packing"


@dataclass(slots=True)
class Counts:
    """What went through since start."""

    requests: int = 0
    accepted: int = 0
    rejected: int = 0
    refused: int = 0


def find(path: str) -> Handler | None:
    """The handler of a path, its trailing slash aside; templates such as /v1/projects/{key}/settings too, and webhooks."""
    path = path.rstrip("/")
    if handler := ROUTES.get(path):
        return handler
    if path.startswith(webhooks.PREFIX):
        return _hook if webhooks.find(path) else None
    for (start, end), handler in _templates.items():
        middle = path[len(start) : len(path) - len(end)]
        if path.startswith(start) and path.endswith(end) and middle and "/" not in middle:
            return handler
    return None


def _hook(request: Request) -> Taken:
    """Stands for webhooks, whose keys must be known before they are read: see `Door._take_hook`."""
    raise AssertionError("a webhook is read with its key's secret")


@dataclass(slots=True)
class Door:
    """The ASGI application of the collection paths; `find` tells whether a path is one of them."""

    journal: Journal
    rejected: Journal  # what could not be taken, on its way to quarantine
    keys: Keys
    enrich: Enrich
    settings: Settings
    clock: Callable[[], float] = time.time
    counts: Counts = field(default_factory=Counts)
    post: webhooks.Post = field(default_factory=webhooks.Post)
    arriving: int = 0  # bytes of bodies that are not complete

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = find(scope["path"])
        assert handler is not None, "ask `find` first"
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get("origin", "")
        if scope["method"] == "OPTIONS":
            await _reply(send, Reply(status=204), origin, headers.get("access-control-request-headers", ""))
            return
        self.counts.requests += 1
        try:
            request = await self._request(scope, headers, receive)
            take = self._take_hook(request) if handler is _hook else self._take(handler, request, origin)
            reply = await take
        except MasaratError as error:
            self.counts.refused += 1
            reply = _refusal(scope["path"], error)
        await _reply(send, reply, origin)

    async def _request(self, scope: Scope, headers: dict[str, str], receive: Receive) -> Request:
        try:
            async with asyncio.timeout(SLOWEST_BODY_SECONDS):
                body = await self._read(receive)
        except TimeoutError:
            raise TooSlow("The request did not arrive in 30 seconds.", "Send it again.") from None
        return Request(
            method=scope["method"],
            path=scope["path"].rstrip("/"),
            query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
            headers=headers,
            body=unpack(body, headers.get("content-encoding", "")),
            received_at=self.clock(),
            address=(scope.get("client") or ("",))[0],
        )

    async def _read(self, receive: Receive) -> bytes:
        """The whole body, refused as soon as it, or all bodies together, are too large."""
        parts: list[bytes] = []
        size = 0
        try:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise TooSlow("The client went away.", "Send it again.")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                self.arriving += len(parts[-1])
                if size > LARGEST_BODY:
                    raise TooLarge("The request is larger than 20 MB.", "Send smaller batches.")
                if self.arriving > MOST_ARRIVING:
                    raise Crowded("Too much arrives at once.", "Send it again in a moment.")
                if not message.get("more_body"):
                    return parts[0] if len(parts) == 1 else b"".join(parts)
        except MasaratError:
            parts.clear()  # an error outlives its request by some time, and would hold them
            raise
        finally:
            self.arriving -= size

    async def _take(self, handler: Handler, request: Request, origin: str) -> Reply:
        taken = handler(request)
        if not taken.moves and not taken.rejected:
            return taken.reply
        source = self.keys.source_of(taken.key, origin, len(taken.moves) or 1)
        moves = self.enrich(taken.moves, request, source)
        for move in moves:
            as_sent(move)
            if move.revenue and not move.currency:  # some formats never say it
                move.currency = self.settings.currency
        await self._write(moves, taken, source, request.received_at)
        return taken.reply

    async def _take_hook(self, request: Request) -> Reply:
        """A webhook is read in a thread: its snapshots take the time of many events."""
        entry = self.keys.entry(request.path.rpartition("/")[2], "", 1)
        shop = webhooks.shop_of(entry.source, self.settings)
        secret = unseal(entry.secret, self.settings)
        taken = await asyncio.to_thread(webhooks.receive, request, shop, secret, self.post)
        await self._write(taken.moves, taken, entry.source, request.received_at)
        self.post.keep(request)
        return taken.reply

    async def _write(self, moves: list[Move], taken: Taken, source: str, at: float) -> None:
        """Back once the moves, and what could not be taken, are durable."""
        if taken.rejected:
            pieces = [piece_of(rejected, source, at) for rejected in taken.rejected]
            await self.rejected.append(_encoder.encode_lines(pieces), len(pieces))
            self.counts.rejected += len(pieces)
        if moves:
            await self.journal.append(_encoder.encode_lines(moves), len(moves))
            self.counts.accepted += len(moves)


def unpack(body: bytes, encoding: str) -> bytes:
    """The body without its packing: gzip by its header or by its first bytes (some SDKs do not say), deflate by its header."""
    if body[:2] == GZIP:
        packing = zlib.MAX_WBITS | 16
    elif encoding.strip().lower() == "deflate":
        packing = zlib.MAX_WBITS
    else:
        return body
    unpacker = zlib.decompressobj(packing)
    try:
        plain = unpacker.decompress(body, LARGEST_BODY + 1)
    except zlib.error as error:
        raise BadPacking(
            f"The packed body cannot be unpacked: {error}.", "Send gzip, or nothing packed."
        ) from None
    if len(plain) > LARGEST_BODY:
        raise TooLarge("The request unpacks to more than 20 MB.", "Send smaller batches.")
    if not unpacker.eof:
        raise BadPacking("The packed body ends too early.", "Send it again.")
    return plain


def _refusal(path: str, error: MasaratError) -> Reply:
    """The error as the SDK of this path reads errors; ours where it has no way of its own."""
    refuse = _refusals.get(path.rstrip("/"))
    reply: Reply = refuse(error) if refuse else _plain_refusal(error)
    retry_after = getattr(error, "retry_after", 0)
    if retry_after and reply.status in (429, 503):
        reply.headers = (*reply.headers, ("retry-after", str(retry_after)))
    return reply


def _plain_refusal(error: MasaratError) -> Reply:
    body = {"code": error.code, "message": f"{error.sentence} {error.remedy}".strip()}
    return Reply(_encoder.encode(body), error.status)


async def _reply(send: Send, reply: Reply, origin: str, asked: str = "") -> None:
    headers = [("content-type", reply.content_type), ("content-length", str(len(reply.body))), *reply.headers]
    headers += _cors(origin, asked)
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": reply.status, "headers": raw})
    await send({"type": "http.response.body", "body": reply.body})


def _cors(origin: str, asked: str) -> list[tuple[str, str]]:
    """Any page may send, with the headers its SDK asks for: whose key it carries and from where is checked, not hidden."""
    if not origin:
        return []
    return [
        ("access-control-allow-origin", origin),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "GET, POST, OPTIONS"),
        ("access-control-allow-headers", asked or ALLOWED_HEADERS),
        ("access-control-expose-headers", "retry-after"),
        ("access-control-max-age", "86400"),
        ("vary", "origin"),
    ]
