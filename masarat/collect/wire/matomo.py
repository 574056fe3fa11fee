"""Matomo's tracking API: https://developer.matomo.org/api-reference/tracking-api

One move is a query, in the address or as a form, answered with a picture; many are {"requests": ["?idsite=1&rec=1…"]}. As with
Matomo, only who sends a token_auth may tell a visitor's address, or a time more than a day ago.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
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
    begin,
    fill,
    identity,
    order_event_id,
    read_time,
)
from masarat.collect.wire.campaign import add_campaign
from masarat.collect.wire.decoding import decode, encode, is_json, text
from masarat.collect.wire.names import MATOMO_PROPERTIES, renamed
from masarat.collect.wire.sender import ABSENT, tell
from masarat.events import Move

PICTURE = Reply(
    base64.b64decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="), content_type="image/gif"
)
NOTHING = Reply(status=204)
OLDEST_UNTOLD_SECONDS = 24 * 3600
REMEDY = 'Send {"requests": ["?idsite=1&rec=1&url=…"]}.'

# What has a column, is of the transport, or must not be kept: a secret, an address, an agent, a consent.
NOT_KEPT = frozenset(
    (
        "idsite",
        "rec",
        "rand",
        "apiv",
        "send_image",
        "url",
        "urlref",
        "uid",
        "_id",
        "cid",
        "cdt",
        "token_auth",
        "cip",
        "ua",
        "consent",
    )
)

# matomo.js sends consent=1 with all that happens after somebody agreed, where it had to ask.
CONSENT = {"1": msgspec.Raw(b"true"), "0": msgspec.Raw(b"false")}


class Bulk(msgspec.Struct):
    requests: list[str | dict[str, Any]]
    token_auth: Any = None


_bulk = msgspec.json.Decoder(Bulk)
_rows = msgspec.json.Decoder(list[list[Any]])


def track(request: Request) -> Taken:
    """One move, or many where the body is JSON."""
    if is_json(request.body):
        return _many(request)
    params = {**request.query, **_query(request.body.decode("utf-8", "replace"))}
    move = _move(params, request)
    return Taken(params["idsite"], [move], NOTHING if params.get("send_image") == "0" else PICTURE)


def _many(request: Request) -> Taken:
    """Moves of one site; what cannot be read, or is of another site, is set aside and counted."""
    found = decode(_bulk, request.body, "The body", REMEDY)
    taken = Taken("", [], Reply())
    for item in found.requests:
        try:
            _take(taken, item, text(found.token_auth), request)
        except BadBody as error:
            raw = msgspec.json.encode({"requests": [item]})
            taken.rejected.append(Rejected(raw, error.sentence, error.remedy, "/matomo.php"))
    told = {"status": "success", "tracked": len(taken.moves), "invalid": len(taken.rejected)}
    taken.reply = Reply(msgspec.json.encode(told))
    return taken


def _take(taken: Taken, item: str | dict[str, Any], token: str, request: Request) -> None:
    params = _query(item) if isinstance(item, str) else {name: text(value) for name, value in item.items()}
    if token:
        params.setdefault("token_auth", token)
    move = _move(params, request)
    if taken.key not in ("", params["idsite"]):
        raise BadBody("The request is of several sites.", "Send a request for each idsite.")
    taken.moves.append(move)
    taken.key = params["idsite"]


def _query(line: str) -> dict[str, str]:
    return dict(parse_qsl(line.removeprefix("?"), keep_blank_values=True, errors="replace"))


def _move(params: Mapping[str, str], request: Request) -> Move:
    if params.get("rec") != "1" or not params.get("idsite"):
        raise BadBody("The request lacks idsite or rec=1.", "Send idsite=…&rec=1.")
    who = (identity("user", params.get("uid")), identity("anon", params.get("cid") or params.get("_id")))
    move = begin(request, _name(params), [one for one in who if one], said=_said(params, request))
    move.url, move.referrer = params.get("url", ""), params.get("urlref", "")
    fill(move, encode(_properties(params, move.name)))
    address = params.get("cip", "") if params.get("token_auth") else ""
    consent = CONSENT.get(params.get("consent", ""), ABSENT)
    tell(move, agent=params.get("ua", ""), address=address, consent=consent)
    if move.name == "Order Completed":
        move.event_id = order_event_id(params["idsite"], move.order_id)
    add_campaign(move)
    return move


def _said(params: Mapping[str, str], request: Request) -> float | None:
    """The time that was sent, or how many seconds ago it was; none where it is now."""
    said = read_time(params.get("cdt", ""))
    if said is None and (ago := _number(params.get("cdo", ""))) is not None:
        said = request.received_at - ago
    if said and said < request.received_at - OLDEST_UNTOLD_SECONDS and not params.get("token_auth"):
        raise BadBody("The move is more than a day old.", "Send token_auth with old moves.")
    return said


def _name(params: Mapping[str, str]) -> str:
    """What a query tells of, by the parameters in it; an event is called by its category and action."""
    if goal := params.get("idgoal"):
        return "Goal Reached" if goal != "0" else "Order Completed" if params.get("ec_id") else "Cart Viewed"
    if event := f"{params.get('e_c', '')} {params.get('e_a', '')}".strip():
        return event
    return next((name for key, name in NAMES.items() if params.get(key)), "Page Viewed")


# The first of these that stands in a query names it.
NAMES: dict[str, str] = {
    "ping": "ping",
    "search": "Products Searched",
    "link": "Link Clicked",
    "download": "File Downloaded",
    "c_i": "Content Clicked",
    "c_n": "Content Viewed",
    "_pks": "Product Viewed",
    "_pkn": "Product Viewed",
    "_pkc": "Product List Viewed",
}


def _properties(params: Mapping[str, str], name: str) -> dict[str, Any]:
    """The parameters under Segment's names. An order's revenue is its total here; ours is without tax and shipping."""
    kept = {key: value for key, value in params.items() if key not in NOT_KEPT}
    found: dict[str, Any] = renamed(kept, MATOMO_PROPERTIES)
    if "ec_items" in found and (products := _products(found["ec_items"])) is not None:
        found["products"] = products
        del found["ec_items"]
    total = _number(params.get("revenue", ""))
    if name == "Order Completed" and total is not None:
        beside = sum(_number(params.get(key, "")) or 0 for key in ("ec_tx", "ec_sh"))
        found["total"], found["revenue"] = total, round(total - beside, 4)
    return found


def _products(rows: str) -> list[dict[str, Any]] | None:
    """Rows of [sku, name, category or categories, price, quantity] as products; none where they are no such rows."""
    try:
        found = decode(_rows, rows.encode("utf-8", "replace"), "ec_items")
    except BadBody:
        return None
    return [_product([*row, "", "", "", "", ""]) for row in found if row]


def _product(row: list[Any]) -> dict[str, Any]:
    sku, name, category, price, quantity = row[:5]
    if isinstance(category, list):
        category = next(map(text, category), "")
    price, count = _number(text(price)), _number(text(quantity))
    return {
        "product_id": text(sku),
        "name": text(name),
        "category": text(category),
        "price": price or 0.0,
        "quantity": 1.0 if count is None else count,
    }


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


ROUTES: dict[str, Handler] = {"/matomo.php": track, "/piwik.php": track}
