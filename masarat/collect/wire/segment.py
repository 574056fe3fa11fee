"""Segment's HTTP tracking API, our native language: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/

Server libraries post to /v1/track … /v1/batch; the browser library (analytics-next) asks for its settings and posts text/plain to
/v1/t … /v1/b. Errors are `{code, message}`; a batch is taken item by item.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec

from masarat.collect.wire.base import (
    BadBody,
    Handler,
    Rejected,
    Reply,
    Request,
    Taken,
    fill,
    happened_at,
    identity,
    new_id,
    read_time,
)
from masarat.collect.wire.decoding import decode
from masarat.collect.wire.sender import ABSENT, tell
from masarat.events import Move

OK = Reply(b'{"success":true}')
LARGEST_CALL = 32 << 10
LARGEST_BATCH = 500 << 10
MOST_CALLS = 2500

Text = str | int | float | None


class Page(msgspec.Struct, rename="camel", gc=False):
    url: str | None = None
    referrer: str | None = None
    title: str | None = None


class Campaign(msgspec.Struct, gc=False):
    source: str | None = None
    medium: str | None = None
    name: str | None = None


class Context(msgspec.Struct, rename="camel", gc=False):
    page: Page | None = None
    campaign: Campaign | None = None
    user_agent: str | None = None
    ip: str | None = None
    session_id: Text = None  # our own SDK's
    cookieless: Any = None
    consent: msgspec.Raw = ABSENT


class Call(msgspec.Struct, rename="camel", gc=False):
    """One call of the spec; every field may be missing."""

    type: str | None = None
    message_id: str | None = None
    timestamp: Text = None
    original_timestamp: Text = None
    sent_at: Text = None
    user_id: Text = None
    anonymous_id: Text = None
    previous_id: Text = None
    group_id: Text = None
    event: str | None = None
    name: str | None = None
    properties: msgspec.Raw = msgspec.Raw(b"{}")
    traits: msgspec.Raw = msgspec.Raw(b"{}")
    context: Context | None = None
    write_key: str | None = None


class Around(msgspec.Struct, rename="camel"):
    """What calls of a batch share."""

    context: Context | None = None
    sent_at: Text = None
    write_key: str | None = None


class Batch(Around, rename="camel", kw_only=True):
    batch: list[Call]


class Unread(Around, rename="camel", kw_only=True):
    batch: list[msgspec.Raw]


NO_CONTEXT = Context()
_call = msgspec.json.Decoder(Call)
_batch = msgspec.json.Decoder(Batch)
_unread = msgspec.json.Decoder(Unread)


def batch(request: Request) -> Taken:
    """All calls at once; where one of them is wrong, each by itself, so that the others are taken."""
    if len(request.body) > LARGEST_BATCH:
        raise BadBody("The batch is larger than 500 KB.", "Send smaller batches.")
    try:
        found = decode(_batch, request.body, "The batch")
        sent_at, shared = read_time(found.sent_at), found.context or NO_CONTEXT
        moves = [_move(call, request, shared, sent_at, "") for call in found.batch]
    except BadBody:
        return _one_by_one(request)
    _check(len(moves))
    return Taken(_key(request, found.write_key), moves, OK)


def _one_by_one(request: Request) -> Taken:
    found = decode(_unread, request.body, "The batch", "Send {batch: [...]}.")
    _check(len(found.batch))
    taken = Taken(_key(request, found.write_key), [], OK)
    for raw in found.batch:
        _take(taken, bytes(raw), request, found.context or NO_CONTEXT, read_time(found.sent_at), "")
    return taken


def _check(calls: int) -> None:
    if calls > MOST_CALLS:
        raise BadBody(f"The batch has more than {MOST_CALLS} calls.", "Send smaller batches.")


def single(kind: str) -> Handler:
    """The handler of one call: track, identify, page, screen, group or alias."""

    def handle(request: Request) -> Taken:
        if len(request.body) > LARGEST_CALL:
            raise BadBody("The call is larger than 32 KB.", "Send fewer or shorter properties.")
        taken = Taken("", [], OK)
        call = _take(taken, request.body, request, NO_CONTEXT, None, kind)
        if taken.rejected:
            raise BadBody(taken.rejected[0].reason, taken.rejected[0].remedy)
        taken.key = _key(request, call.write_key if call else None)
        return taken

    return handle


def settings(request: Request) -> Taken:
    """What the browser library asks first: where to send."""
    key = request.path.split("/")[-2]
    host = request.headers.get("host", "")
    body: dict[str, Any] = {
        "integrations": {
            "Segment.io": {"apiKey": key, "apiHost": f"{host}/v1", "protocol": request.headers.get("x-forwarded-proto", "http")}
        },
        "plan": {"track": {"__default": {"enabled": True}}},
    }  # fmt: skip
    return Taken("", [], Reply(msgspec.json.encode(body)))


def _take(
    taken: Taken, raw: bytes, request: Request, shared: Context, sent_at: float | None, kind: str
) -> Call | None:
    """Read one call into a move, or into the rejected."""
    try:
        call = decode(_call, raw, "The call", "Send the fields of Segment's spec.")
        move = _move(call, request, shared, sent_at, kind)
    except BadBody as error:
        taken.rejected.append(Rejected(raw, error.sentence, error.remedy, "/v1/track"))
        return None
    taken.moves.append(move)
    return call


def _move(call: Call, request: Request, shared: Context, sent_at: float | None, kind: str) -> Move:
    kind = call.type or kind
    identifiers = _identifiers(call)
    said = read_time(call.timestamp if call.original_timestamp is None else call.original_timestamp)
    if call.sent_at is not None:
        sent_at = read_time(call.sent_at)
    move = Move(
        event_id=(call.message_id or new_id())[:100],
        ts=happened_at(said, sent_at, request.received_at),
        received_at=request.received_at,
        name=call.event if kind == "track" and call.event else _name(kind),
        visitor_id=identifiers[0] if identifiers else identity("user", call.previous_id),
        identifiers=identifiers,
    )
    own = call.context or NO_CONTEXT
    _add_context(move, own, shared)
    fill(move, call.traits if kind in ("identify", "group") else call.properties)
    if kind == "alias":
        move.identifiers.append(identity("user", call.previous_id))
    if kind == "group":
        move.props = msgspec.Raw(msgspec.json.encode({"group_id": call.group_id, "traits": call.traits}))
    _tell_sender(move, own, shared, request)
    return move


def _identifiers(call: Call) -> list[str]:
    """Whom the call names, the customer first."""
    user, anonymous = identity("user", call.user_id), identity("anon", call.anonymous_id)
    if user or anonymous:
        return [user, anonymous] if user and anonymous else [user or anonymous]
    if call.previous_id is None:
        raise BadBody("The call names nobody.", "Send userId or anonymousId.")
    return []


def _name(kind: str) -> str:
    if kind == "track":
        raise BadBody("A track call has no event.", "Send event: 'Order Completed'.")
    if kind not in NAMES:
        raise BadBody(
            f"{kind!r} is not a call of the spec.", "Use track, identify, page, screen, group or alias."
        )
    return NAMES[kind]


def _add_context(move: Move, own: Context, shared: Context) -> None:
    if page := own.page or shared.page:
        if page.url:
            move.url = page.url
        if page.referrer:
            move.referrer = page.referrer
    if campaign := own.campaign or shared.campaign:
        move.utm_source, move.utm_medium = campaign.source or "", campaign.medium or ""
        move.utm_campaign = campaign.name or ""
    session = own.session_id if own.session_id is not None else shared.session_id
    if session is not None:
        move.session_id = str(session)[:100]


def _tell_sender(move: Move, own: Context, shared: Context, request: Request) -> None:
    """Pass on what the context says of the visitor; a browser's own agent is in the request already."""
    agent = own.user_agent or shared.user_agent or ""
    if agent == request.headers.get("user-agent"):
        agent = ""
    address, consent = own.ip or shared.ip or "", own.consent or shared.consent
    cookieless = own.cookieless is True or shared.cookieless is True
    if agent or address or consent or cookieless:
        tell(move, agent=agent, address=address, consent=consent, cookieless=cookieless)


def _key(request: Request, in_body: str | None) -> str:
    """The write key: in the body, or as Basic (with or without its colon) or Bearer authorization."""
    if in_body:
        return in_body
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


NAMES = {
    "page": "Page Viewed",
    "screen": "Screen Viewed",
    "identify": "Customer Identified",
    "group": "Account Joined",
    "alias": "Identity Linked",
}
CALLS = {"track": "t", "identify": "i", "page": "p", "screen": "s", "group": "g", "alias": "a"}
ROUTES: dict[str, Handler] = {
    "/v1/batch": batch,
    "/v1/b": batch,
    **{f"/v1/{name}": single(name) for name in CALLS},
    **{f"/v1/{short}": single(name) for name, short in CALLS.items()},
    "/v1/projects/{key}/settings": settings,
}
