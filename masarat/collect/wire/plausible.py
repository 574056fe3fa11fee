"""Plausible's events API: https://plausible.io/docs/events-api

One event a request, as JSON that calls itself text/plain, with long names or one-letter ones. Nobody is named in it: who it was is
told by the door, from a hash that changes daily.
"""

from __future__ import annotations

from typing import Any

import msgspec

from masarat.collect.wire.base import BadBody, Handler, Reply, Request, Taken, begin, fill
from masarat.collect.wire.campaign import add_campaign
from masarat.collect.wire.decoding import decode, encode, first_text, members, text
from masarat.collect.wire.names import PLAUSIBLE, PLAUSIBLE_LINKS, renamed, shop_name, shop_properties
from masarat.errors import MasaratError
from masarat.events import Move

ACCEPTED = Reply(b"ok", 202, "text/plain; charset=utf-8")
REMEDY = 'Send {"name": "pageview", "url": "https://…", "domain": "…"}.'
ABSENT = msgspec.Raw(b"")
LINKS = ("Link Clicked", "File Downloaded")


class Event(msgspec.Struct):
    """An event under both spellings."""

    name: Any = None
    n: Any = None
    url: Any = None
    u: Any = None
    domain: Any = None
    d: Any = None
    referrer: Any = None
    r: Any = None
    props: msgspec.Raw = ABSENT
    p: msgspec.Raw = ABSENT
    meta: msgspec.Raw = ABSENT
    m: msgspec.Raw = ABSENT
    revenue: msgspec.Raw = ABSENT
    dollar: msgspec.Raw = msgspec.field(default=ABSENT, name="$")
    scroll_depth: Any = msgspec.field(default=None, name="sd")
    engaged_ms: Any = msgspec.field(default=None, name="e")
    width: Any = msgspec.field(default=None, name="w")


class Revenue(msgspec.Struct):
    amount: Any = None
    currency: Any = None


_event = msgspec.json.Decoder(Event)
_revenue = msgspec.json.Decoder(Revenue)
_text = msgspec.json.Decoder(str)


def event(request: Request) -> Taken:
    found = decode(_event, request.body, "The event", REMEDY)
    key = first_text((found.domain, found.d)).partition(",")[0].strip()
    if not key:
        raise BadBody("The event has no domain.", REMEDY)
    return Taken(key, [_move(found, request)], ACCEPTED)


def refuse(error: MasaratError) -> Reply:
    return Reply(msgspec.json.encode({"errors": {"event": [str(error)]}}), error.status)


def _move(found: Event, request: Request) -> Move:
    name, url = first_text((found.name, found.n)), first_text((found.url, found.u))
    if not name or not url:
        raise BadBody(f"The event has no {'url' if name else 'name'}.", REMEDY)
    move = begin(request, PLAUSIBLE.get(name) or shop_name(name), [])
    fill(move, encode(_properties(found, move.name)))
    move.url, move.referrer = (
        url,
        first_text((found.referrer, found.r)),
    )  # props may have a url of their own
    if move.name == "Order Completed" and not move.order_id:
        move.order_id = move.event_id  # Plausible's purchases have no number, and each is one order
    add_campaign(move)
    return move


def _properties(found: Event, name: str) -> dict[str, msgspec.Raw]:
    """The properties as they came, the amount under Segment's names, and what the tracker measured."""
    props = next((raw for raw in (found.props, found.p, found.meta, found.m) if bytes(raw)), ABSENT)
    said = members(_unquoted(props))
    measured = {
        "scroll_depth": found.scroll_depth,
        "engaged_ms": found.engaged_ms,
        "screen_width": found.width,
    }
    return {
        "domain": encode(first_text((found.domain, found.d))),
        **{name: encode(value) for name, value in measured.items() if value is not None},
        **_money(next((raw for raw in (found.revenue, found.dollar) if bytes(raw)), ABSENT)),
        **(renamed(said, PLAUSIBLE_LINKS) if name in LINKS else shop_properties(said)),
    }


def _money(raw: msgspec.Raw) -> dict[str, msgspec.Raw]:
    plain = _unquoted(raw)
    if not bytes(plain).startswith(b"{"):
        return {} if bytes(raw) in (b"", b"null") else {"revenue": raw}
    found = decode(_revenue, bytes(plain), "The revenue", 'Send {"currency": "SAR", "amount": 12.5}.')
    return {"revenue": encode(found.amount), "currency": encode(text(found.currency))}


def _unquoted(raw: msgspec.Raw) -> msgspec.Raw:
    """The JSON of an object that was sent as a text; anything else as it came."""
    if not bytes(raw).startswith(b'"'):
        return raw
    inner = decode(_text, bytes(raw), "The properties").encode("utf-8", "replace")
    try:
        return encode(members(inner)) if inner.lstrip().startswith(b"{") else raw
    except BadBody:
        return raw


ROUTES: dict[str, Handler] = {"/api/event": event}
