"""Umami's collection API: https://umami.is/docs/api/sending-stats

One event a request to /api/send, or an array of them to /api/batch. The tracker sends back what it was answered as x-umami-cache. The
ids in that answer last as long as a page stays open, so they are the tracker's alone: visits are told by the door's own rule.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urljoin

import msgspec

from masarat.collect.wire.base import (
    BadBody,
    Handler,
    Rejected,
    Reply,
    Request,
    Taken,
    begin,
    fill,
    identity,
    new_id,
    read_time,
)
from masarat.collect.wire.campaign import add_campaign
from masarat.collect.wire.decoding import decode, encode, first_text, items, members, text
from masarat.collect.wire.names import shop_name, shop_properties
from masarat.collect.wire.sender import tell
from masarat.errors import MasaratError
from masarat.events import Move

REMEDY = "Send {type: 'event', payload: {website, url}}."
ABSENT = msgspec.Raw(b"")
KEPT = ("hostname", "title", "language", "screen", "tag", "lcp", "inp", "cls", "fcp", "ttfb")


class Payload(msgspec.Struct):
    website: Any = None
    pixel: Any = None
    link: Any = None
    hostname: Any = None
    url: Any = None
    referrer: Any = None
    title: Any = None
    language: Any = None
    screen: Any = None
    tag: Any = None
    name: Any = None
    id: Any = None
    visitor: Any = msgspec.field(default=None, name="vid")
    ip: Any = None
    agent: Any = msgspec.field(default=None, name="userAgent")
    timestamp: Any = None
    lcp: Any = None
    inp: Any = None
    cls: Any = None
    fcp: Any = None
    ttfb: Any = None
    data: msgspec.Raw = ABSENT


class Call(msgspec.Struct):
    type: Any = "event"
    payload: Payload | None = None


_call = msgspec.json.Decoder(Call)
_told = msgspec.json.Decoder(dict[str, Any])


def send(request: Request) -> Taken:
    call = decode(_call, request.body, "The call", REMEDY)
    payload = _payload(call)
    return Taken(_key(payload), [_move(call, payload, request)], _reply(request))


def batch(request: Request) -> Taken:
    """Calls of one website; what cannot be read, or belongs to another, is set aside and told by its place."""
    taken, details = Taken("", [], Reply()), []
    raws = items(request.body, "The batch", "Send an array of calls.")
    for place, raw in enumerate(raws):
        try:
            _take(taken, bytes(raw), request)
        except BadBody as error:
            taken.rejected.append(Rejected(bytes(raw), error.sentence, error.remedy, "/api/send"))
            details.append({"index": place, "response": _error(error)})
    body = {"size": len(raws), "processed": len(taken.moves), "errors": len(details), "details": details}
    taken.reply = Reply(msgspec.json.encode(body))
    return taken


def refuse(error: MasaratError) -> Reply:
    return Reply(msgspec.json.encode(_error(error)), error.status)


def _error(error: MasaratError) -> dict[str, Any]:
    return {"error": {"message": str(error), "code": error.code, "status": error.status}}


def _take(taken: Taken, raw: bytes, request: Request) -> None:
    call = decode(_call, raw, "The call", REMEDY)
    payload = _payload(call)
    key = _key(payload)
    if taken.key not in ("", key):
        raise BadBody("The batch has calls of several websites.", "Send a batch for each.")
    taken.moves.append(_move(call, payload, request))
    taken.key = key


def _payload(call: Call) -> Payload:
    if call.payload is None:
        raise BadBody("The call has no payload.", REMEDY)
    return call.payload


def _key(payload: Payload) -> str:
    key = first_text((payload.website, payload.pixel, payload.link))
    if not key:
        raise BadBody("The call names no website.", REMEDY)
    return key


def _name(call: Call, payload: Payload) -> str:
    match call.type:
        case "event":
            name = text(payload.name)
            return shop_name(name) if name else "Page Viewed"
        case "identify":
            return "Customer Identified"
        case "performance":
            return "Web Vitals Measured"
        case _:
            raise BadBody("The call is of a type we do not know.", "Send event, identify or performance.")


def _move(call: Call, payload: Payload, request: Request) -> Move:
    who = (identity("user", text(payload.id)), identity("anon", text(payload.visitor)))
    move = begin(
        request,
        _name(call, payload),
        [one for one in who if one],
        said=read_time(text(payload.timestamp)),
    )
    fill(move, encode(_properties(payload)))
    tell(move, agent=text(payload.agent), address=text(payload.ip))
    site = text(payload.hostname)
    move.url, move.referrer = _whole(site, text(payload.url)), _whole(site, text(payload.referrer))
    if move.name == "Order Completed" and not move.order_id:
        move.order_id = move.event_id  # Umami's purchases have no number, and each is one order
    add_campaign(move)
    return move


def _properties(payload: Payload) -> dict[str, msgspec.Raw]:
    """The event's data, and beside it what the tracker tells of the page. Old trackers send the title escaped."""
    payload.title = unquote(text(payload.title)) or None
    around = {name: getattr(payload, name) for name in KEPT}
    return {
        **{name: encode(value) for name, value in around.items() if value is not None},
        **shop_properties(members(payload.data)),
    }


def _whole(site: str, address: str) -> str:
    """An address with its site, where it came without."""
    if not site or not address or address.startswith(("https://", "http://")):
        return address
    try:
        return urljoin(f"https://{site}", address)
    except ValueError:
        return address


def _reply(request: Request) -> Reply:
    """The ids of the tracker's visit: those that it brings, or new ones. Old trackers bring back the whole answer."""
    brought = request.headers.get("x-umami-cache", "")
    if brought.startswith("{"):
        brought = _cache_in(brought)
    session, _, visit = brought.partition(".")
    if not (session.isalnum() and visit.isalnum()):
        session, visit = new_id(), new_id()
    told = {"cache": f"{session}.{visit}", "sessionId": session, "visitId": visit}
    return Reply(msgspec.json.encode(told))


def _cache_in(answer: str) -> str:
    try:
        return text(decode(_told, answer.encode("utf-8", "replace"), "The cache").get("cache"))
    except BadBody:
        return ""


ROUTES: dict[str, Handler] = {"/api/send": send, "/api/batch": batch}
