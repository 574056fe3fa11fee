"""GA4's Measurement Protocol: https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference

A hit never gets an error for what it says: what cannot be read goes to quarantine, and /debug/mp/collect tells what that would be.
A wrong key and a full journal do get one, for an event that was not kept must not look as if it were.
"""

from __future__ import annotations

from typing import Any

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
    order_event_id,
    read_time,
)
from masarat.collect.wire.campaign import add_campaign
from masarat.collect.wire.decoding import decode, encode, first_text, items, members, text, text_of
from masarat.collect.wire.names import GA4, shop_properties
from masarat.collect.wire.sender import tell
from masarat.events import Move

PATH = "/mp/collect"
MOST_EVENTS = 25
NOTHING = Reply(status=204)
REMEDY = "Send {client_id, events: [{name, params}]}."
ABSENT = msgspec.Raw(b"")


class Hit(msgspec.Struct):
    """A request; the device of an app stands where the client of a site does."""

    client_id: Any = None
    app_instance_id: Any = None
    user_id: Any = None
    timestamp_micros: Any = None
    ip_override: Any = None
    user_agent: Any = None
    user_location: Any = None
    device: Any = None
    user_properties: msgspec.Raw = ABSENT
    consent: msgspec.Raw = ABSENT
    events: msgspec.Raw = ABSENT


class Event(msgspec.Struct):
    name: str
    params: msgspec.Raw = ABSENT
    timestamp_micros: Any = None


_hit = msgspec.json.Decoder(Hit)
_event = msgspec.json.Decoder(Event)


def collect(request: Request) -> Taken:
    """The events of a hit, each a move; whatever is wrong with them is set aside."""
    taken = Taken(request.query.get("api_secret", ""), [], NOTHING)
    try:
        hit = decode(_hit, request.body, "The hit", REMEDY)
        raws = _events(hit)
    except BadBody as error:
        taken.rejected.append(Rejected(request.body, error.sentence, error.remedy, PATH))
        return taken
    for place, raw in enumerate(raws):
        try:
            _check(hit, place)
            taken.moves.append(_move(hit, decode(_event, raw, "The event", REMEDY), request))
        except BadBody as error:
            alone = encode({**members(request.body), "events": [msgspec.Raw(raw)]})
            taken.rejected.append(Rejected(bytes(alone), error.sentence, error.remedy, PATH))
    return taken


def debug(request: Request) -> Taken:
    """What would be wrong with the hit; nothing is taken."""
    messages = [
        {"fieldPath": "events", "description": bad.reason, "validationCode": "VALUE_INVALID"}
        for bad in collect(request).rejected
    ]
    return Taken("", [], Reply(msgspec.json.encode({"validationMessages": messages})))


def _events(hit: Hit) -> list[bytes]:
    """The events of a hit, unread; some libraries send a single one without its brackets."""
    raw = bytes(hit.events)
    if not raw:
        raise BadBody("The hit has no events.", REMEDY)
    return [raw] if raw.startswith(b"{") else [bytes(item) for item in items(raw, "events", REMEDY)]


def _check(hit: Hit, place: int) -> None:
    if place >= MOST_EVENTS:
        raise BadBody(f"The hit has more than {MOST_EVENTS} events.", "Send the rest in another hit.")
    if not first_text((hit.client_id, hit.app_instance_id, hit.user_id)):
        raise BadBody("The hit names nobody.", "Send client_id.")


def _move(hit: Hit, event: Event, request: Request) -> Move:
    if not event.name:
        raise BadBody("The event has no name.", REMEDY)
    params = members(event.params)
    client = first_text((hit.client_id, hit.app_instance_id))
    move = begin(
        request,
        GA4.get(event.name, event.name),
        [one for one in (identity("user", text(hit.user_id)), identity("anon", client)) if one],
        said=read_time(first_text((event.timestamp_micros, hit.timestamp_micros))),
    )
    fill(move, encode({**_around(hit, request), **shop_properties(params)}))
    tell(move, agent=text(hit.user_agent), address=text(hit.ip_override), consent=hit.consent)
    if session := text_of(params, "session_id"):
        move.session_id = (
            f"{client}.{session}"[
                :100
            ]  # GA4 numbers sessions by the second, so two clients may share a number
        )
    if move.name == "Order Completed" and move.order_id:
        move.event_id = order_event_id(_site(request), move.order_id)
    _add_place(move, hit)
    _add_campaign(move, params)
    return move


def _site(request: Request) -> str:
    return request.query.get("measurement_id") or request.query.get("firebase_app_id", "")


def _around(hit: Hit, request: Request) -> dict[str, msgspec.Raw]:
    """What a hit says beside its events, for the properties of each."""
    beside = {"user_properties": hit.user_properties, "consent": hit.consent}
    return {
        "measurement_id": encode(_site(request)),
        **{name: raw for name, raw in beside.items() if bytes(raw)},
    }


def _add_place(move: Move, hit: Hit) -> None:
    if isinstance(hit.user_location, dict):
        move.country, move.city = (
            text(hit.user_location.get("country_id")),
            text(hit.user_location.get("city")),
        )
    if isinstance(hit.device, dict):
        move.device = text(hit.device.get("category"))


def _add_campaign(move: Move, params: dict[str, msgspec.Raw]) -> None:
    """The campaign as an event names it, or as the page's address does."""
    move.utm_source, move.utm_medium = text_of(params, "source"), text_of(params, "medium")
    move.utm_campaign = text_of(params, "campaign")
    add_campaign(move)


ROUTES: dict[str, Handler] = {PATH: collect, "/debug/mp/collect": debug}
