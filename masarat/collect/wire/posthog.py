"""PostHog's capture API: https://posthog.com/docs/api/capture

Server libraries post {api_key, batch, sent_at} to /batch; posthog-js asks /array/TOKEN/config.js and /flags first, and posts the same or
an array or a single event to /e: gzip said by its bytes alone, or a form with data=base64. Errors carry their sentence in `detail`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import msgspec

from masarat.collect.wire.base import (
    BadBody,
    Handler,
    Rejected,
    Reply,
    Request,
    Taken,
    as_object,
    begin,
    fill,
    identity,
    read_time,
)
from masarat.collect.wire.campaign import add_campaign
from masarat.collect.wire.decoding import (
    decode,
    encode,
    first_text,
    from_base64,
    is_json,
    items,
    members,
    text,
)
from masarat.collect.wire.names import POSTHOG
from masarat.collect.wire.posthog_config import config, config_script, flags
from masarat.collect.wire.sender import tell
from masarat.errors import MasaratError
from masarat.events import Move

OK = Reply(b'{"status":1}')
LARGEST_REQUEST = 2 << 20  # but for /batch, which may be as large as the door takes
UUID_LENGTH = 36
ABSENT = msgspec.Raw(b"")
# What posthog-js says when somebody agrees; it says nothing when they refuse, but a server may.
OPTING = {"$opt_in": msgspec.Raw(b"true"), "$opt_out": msgspec.Raw(b"false")}
REMEDY = "Send {api_key, batch: [{event, distinct_id, properties}]}."


class TooMuch(BadBody):
    """More than an address takes at once; the SDKs halve their batch and send again."""

    status = 413
    code = "too_large"


class Event(msgspec.Struct):
    """One event; every field may be missing, of any type, or stand among the properties."""

    event: Any = None
    uuid: Any = None
    timestamp: Any = None
    sent_at: Any = None
    offset: Any = None
    distinct_id: Any = None
    distinct_id_: Any = msgspec.field(default=None, name="$distinct_id")
    api_key: Any = None
    token: Any = None
    token_: Any = msgspec.field(default=None, name="$token")
    properties: msgspec.Raw = msgspec.Raw(b"{}")
    set: msgspec.Raw = msgspec.field(default=ABSENT, name="$set")
    set_once: msgspec.Raw = msgspec.field(default=ABSENT, name="$set_once")
    unset: msgspec.Raw = msgspec.field(default=ABSENT, name="$unset")


class Properties(msgspec.Struct):
    """The properties that have a meaning of their own here."""

    distinct_id: Any = None
    token: Any = None
    alias: Any = None
    anonymous: Any = msgspec.field(default=None, name="$anon_distinct_id")
    device: Any = msgspec.field(default=None, name="$device_id")
    identified: Any = msgspec.field(default=None, name="$is_identified")
    profiled: Any = msgspec.field(default=None, name="$process_person_profile")
    session: Any = msgspec.field(default=None, name="$session_id")
    url: Any = msgspec.field(default=None, name="$current_url")
    referrer: Any = msgspec.field(default=None, name="$referrer")
    device_type: Any = msgspec.field(default=None, name="$device_type")
    utm_source: Any = None
    utm_medium: Any = None
    utm_campaign: Any = None


class Envelope(msgspec.Struct):
    """What may stand around events; without `batch` it is an event itself."""

    batch: msgspec.Raw = ABSENT
    sent_at: Any = None
    api_key: Any = None
    token: Any = None


_event = msgspec.json.Decoder(Event)
_properties = msgspec.json.Decoder(Properties)
_envelope = msgspec.json.Decoder(Envelope)


def batch(request: Request) -> Taken:
    """Events, however many and however wrapped. Of several the bad ones are set aside; a single bad one is refused."""
    body = _payload(request)
    if body.lstrip()[:1] == b"[":
        return _several(request, items(body, "The body", REMEDY), Envelope())
    found = decode(_envelope, body, "The body", REMEDY)
    if bytes(found.batch):
        return _several(request, items(bytes(found.batch), "The batch", REMEDY), found)
    taken = Taken("", [], _reply(request))
    _take(taken, body, request, None)
    return taken


def small(request: Request) -> Taken:
    if len(request.body) > LARGEST_REQUEST:
        raise TooMuch("The request is larger than 2 MB.", "Send smaller batches, or to /batch.")
    return batch(request)


def recording(request: Request) -> Taken:
    raise BadBody("Session recordings are not taken.", "Turn session recording off in the SDK.")


def refuse(error: MasaratError) -> Reply:
    body = {"type": "validation_error", "code": error.code, "detail": str(error), "attr": None}
    return Reply(msgspec.json.encode(body), error.status)


def _reply(request: Request) -> Reply:
    return Reply(status=204) if request.query.get("beacon") == "1" else OK


def _payload(request: Request) -> bytes:
    """The JSON of a request: its body, or the `data` of a form or of the query, as it is or as base64."""
    body = request.body
    if not body:
        body = request.query.get("data", "").encode(errors="replace")
    elif not is_json(body) and b"data=" in body:
        body = dict(parse_qsl(body.decode("utf-8", "replace"))).get("data", "").encode(errors="replace")
    if body and not is_json(body):
        body = from_base64(body)
    return body


def _several(request: Request, raws: list[msgspec.Raw], around: Envelope) -> Taken:
    taken = Taken(first_text((around.api_key, around.token)), [], _reply(request))
    for raw in raws:
        try:
            _take(taken, bytes(raw), request, around.sent_at)
        except BadBody as error:
            taken.rejected.append(Rejected(bytes(raw), error.sentence, error.remedy, "/batch"))
    _check_key(taken.key)
    return taken


def _take(taken: Taken, raw: bytes, request: Request, sent_at: Any) -> None:
    """Read one event into a move; the first key found is the request's."""
    event = decode(_event, raw, "The event", REMEDY)
    event.properties = as_object(bytes(event.properties))
    found = decode(_properties, bytes(event.properties), "The properties", REMEDY)
    taken.key = taken.key or first_text((event.api_key, event.token, event.token_, found.token))
    _check_key(taken.key)
    taken.moves.append(_move(event, found, request, sent_at))


def _check_key(key: str) -> None:
    if key.startswith("phx_"):
        raise BadBody("This is a personal API key.", "Send the project's write key.")


def _move(event: Event, found: Properties, request: Request, sent_at: Any) -> Move:
    name = text(event.event) or ("$identify" if request.path.endswith("/engage") else "")
    if not name:
        raise BadBody("The event has no name.", "Send event: 'Order Completed'.")
    name = POSTHOG.get(name, name)
    sent = read_time(
        first_text((sent_at, event.sent_at, request.query.get("sent_at"), request.query.get("_")))
    )
    move = begin(
        request,
        name,
        _identifiers(name, event, found),
        event_id=text(event.uuid),
        said=_said(event, sent, request),
        sent_at=sent,
    )
    move.url, move.referrer = text(found.url), text(found.referrer).removeprefix("$direct")
    move.session_id, move.device = text(found.session)[:100], text(found.device_type).lower()
    move.utm_source, move.utm_medium = text(found.utm_source), text(found.utm_medium)
    move.utm_campaign = text(found.utm_campaign)
    add_campaign(move)
    fill(move, _with_person(event))
    if name in OPTING:
        tell(move, consent=OPTING[name])
    return move


def _said(event: Event, sent: float | None, request: Request) -> float | None:
    """When the SDK says that it happened: a time, or so many milliseconds before it was sent."""
    said = read_time(text(event.timestamp))
    if said is None and isinstance(event.offset, int | float) and abs(event.offset) < 1e14:
        return (sent or request.received_at) - event.offset / 1000
    return said


def _identifiers(name: str, event: Event, found: Properties) -> list[str]:
    """Who it was. PostHog has one kind of id: it is a device's where the SDK tells that nobody was identified, else a customer's.

    One that begins with $ is nobody: $posthog_cookieless, or a group. So is the UUID that a server invents to describe a group.
    """
    who = first_text((event.distinct_id, event.distinct_id_, found.distinct_id))
    if not who:
        raise BadBody("The event names nobody.", "Send distinct_id.")
    if name == "Identity Linked":
        return list(dict.fromkeys(identity(_kind(one), one) for one in (who, text(found.alias)) if one))
    nameless = found.identified is False or found.profiled is False or who == text(found.device)
    invented = name == "$groupidentify" and found.identified is None and _kind(who) == "anon"
    nobody = invented or who.startswith("$")
    one = "" if nobody else identity("anon" if nameless else "user", who)
    return [name for name in (one, identity("anon", text(found.anonymous))) if name]


def _kind(one: str) -> str:
    """Of two ids that are linked: what looks like a UUID was made by a device."""
    return "anon" if len(one) == UUID_LENGTH and one.count("-") == 4 else "user"


def _with_person(event: Event) -> msgspec.Raw:
    """The properties, with what is said of the person beside them."""
    beside = {"$set": event.set, "$set_once": event.set_once, "$unset": event.unset}
    said = {name: raw for name, raw in beside.items() if bytes(raw)}
    return encode({**members(event.properties), **said}) if said else event.properties


ROUTES: dict[str, Handler] = {
    "/batch": batch,
    **dict.fromkeys(("/e", "/i/v0/e", "/capture", "/track", "/engage"), small),
    "/s": recording,
    "/flags": flags,
    "/decide": flags,
    "/array/{token}/config": config,
    "/array/{token}/config.js": config_script,
}
