"""One event of GA4's export to BigQuery as the move that the door makes of the same hit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import xxhash

from masarat.collect.enrich.channel import arrival, channel_of
from masarat.collect.wire.base import BadBody, fill, identity
from masarat.collect.wire.campaign import add_campaign
from masarat.collect.wire.decoding import encode, text
from masarat.collect.wire.names import GA4, shop_properties
from masarat.events import Move

Record = Mapping[str, Any]

UNSAID = ("", "(not set)", "(data deleted)")
VALUES = {"string_value": str, "int_value": int, "float_value": float, "double_value": float}
ITEM_NUMBERS = ("price", "quantity", "item_revenue")
REMEDY = "Export the table events_YYYYMMDD as it is."
EARLIEST, LATEST = 86_400_000_000, 5_648_745_600_000_000  # microseconds: days that the store can count

_encode = msgspec.json.Encoder(order="deterministic").encode


def micros_of(event: Record) -> int:
    """When it happened, in microseconds UTC. Raises BadBody where it does not say so."""
    try:
        micros = int(event.get("event_timestamp") or 0)
    except (TypeError, ValueError):
        micros = 0
    if not EARLIEST <= micros < LATEST:
        raise BadBody("The event has no time: event_timestamp is missing or no microseconds.", REMEDY)
    return micros


def move_of(event: Record) -> Move:
    """The move, its id made from what the event says: the same in every export and in either format. Raises BadBody."""
    name, micros = text(event.get("event_name")), micros_of(event)
    if not name:
        raise BadBody("The event has no name.", REMEDY)
    params, items = _params(event.get("event_params")), [_item(item) for item in _listed(event.get("items"))]
    client = _said(event, "user_pseudo_id")
    named = [one for one in (identity("user", _said(event, "user_id")), identity("anon", client)) if one]
    move = Move(
        event_id=xxhash.xxh3_128_hexdigest(
            _encode([_said(event, "stream_id"), client, micros, name, params, items])
        ),
        ts=micros / 1e6,
        name=GA4.get(name, name),
        visitor_id=named[0] if named else "",
        identifiers=named,
    )
    fill(move, encode({**_around(event), **_properties(event, params, items)}))
    if move.name == "Order Completed" and move.order_id:
        move.event_id = xxhash.xxh3_128_hexdigest(f"order\x1f{move.order_id}".encode())
    if session := text(params.get("ga_session_id")):
        move.session_id = f"{client}.{session}"[:100]
    move.device = _said(event, "device", "category")
    move.country, move.city = _said(event, "geo", "country"), _said(event, "geo", "city")
    _add_campaign(move, event, params)
    return move


def _properties(event: Record, params: Record, items: Sequence[Record]) -> dict[str, msgspec.Raw]:
    """Its parameters under Segment's names, with what an order came to."""
    told = dict(params)
    for name, within in (
        ("transaction_id", "transaction_id"),
        ("tax", "tax_value"),
        ("shipping", "shipping_value"),
    ):
        if told.get(name) in (None, *UNSAID) and (said := _said(event, "ecommerce", within)):
            told[name] = said
    if told.get("transaction_id") in UNSAID:
        del told["transaction_id"]
    came_to = {"purchase": "purchase_revenue", "refund": "refund_value"}.get(str(event["event_name"]))
    if came_to and (said := _said(event, "ecommerce", came_to)):
        told["revenue"] = float(said)
    if items:
        told["items"] = items
    return shop_properties({name: encode(value) for name, value in told.items()})


def _around(event: Record) -> dict[str, Any]:
    """What stands beside its parameters, for the properties."""
    traits = _params(event.get("user_properties"))
    told: dict[str, Any] = {name: _said(event, name) for name in ("stream_id", "platform")}
    if traits:
        told["user_properties"] = {name: {"value": value} for name, value in traits.items()}
    return {name: value for name, value in told.items() if value}


def _params(repeated: Any) -> dict[str, Any]:
    """Key → value of event_params or user_properties, of whichever type it is."""
    found = {}
    for pair in _listed(repeated):
        value = pair.get("value") or {}
        typed = ((kind, value.get(name)) for name, kind in VALUES.items())
        said = next(((kind, one) for kind, one in typed if one is not None), None)
        if said and pair.get("key"):
            found[str(pair["key"])] = _cast(*said)
    return found


def _item(item: Record) -> dict[str, Any]:
    """A product without what is not said of it; numbers as numbers, and its price also where only its amount is said."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        if name in ITEM_NUMBERS and value is not None:
            found[name] = _cast(float, value)
        elif isinstance(value, str) and value not in UNSAID:
            found[name] = value
    if "price" not in found and found.get("item_revenue") and found.get("quantity"):
        found["price"] = found["item_revenue"] / found["quantity"]
    return found


def _cast(kind: type, value: Any) -> Any:
    """JSON writes whole numbers as texts, Parquet as numbers."""
    try:
        return kind(value)
    except (TypeError, ValueError):
        return str(value)


def _listed(repeated: Any) -> Iterator[Record]:
    if isinstance(repeated, list):
        yield from (one for one in repeated if isinstance(one, dict))


def _said(record: Record, *path: str) -> str:
    """The text at the end of a path; empty where nothing is said."""
    found: Any = record
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return "" if found is None or str(found).strip() in UNSAID else str(found).strip()


def _add_campaign(move: Move, event: Record, params: Record) -> None:
    """The campaign that the event itself tells of, and the channel of its visit as GA4 knows it, else as its page tells."""
    own = [
        [_said(event, "collected_traffic_source", f"manual_{name}") for name in ("source", "medium", "campaign_name")],
        [text(params.get(name)) for name in ("source", "medium", "campaign")],
    ]  # fmt: skip
    move.utm_source, move.utm_medium, move.utm_campaign = next(filter(any, own), ("", "", ""))
    add_campaign(move)
    last = event.get("session_traffic_source_last_click") or {}
    visit = (
        [_said(last, campaign, name) for name in ("source", "medium", "campaign_name")]
        for campaign in ("cross_channel_campaign", "manual_campaign")
    )
    known = next(filter(any, visit), None)
    move.channel = channel_of(*known) if known else arrival(move, frozenset()).channel
