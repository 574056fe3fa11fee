"""What every wire format shares: a request as it came, what was taken from it, and the reply its SDK expects.

A format is one file that exports ROUTES, path → function(Request) → Taken. It knows its own bodies and replies and nothing of
keys, limits, journals or stores: those are the door's.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from masarat.errors import MasaratError
from masarat.events import Move

# An event's own clock may be trusted this far; beyond, it is taken as having happened when it arrived.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
LONGEST_ID = 200


class BadBody(MasaratError):
    """A body that cannot be read as the format its address says."""

    status = 400
    code = "invalid_request"


@dataclass(slots=True)
class Request:
    """One HTTP request, its body unpacked. Header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    received_at: float  # UTC seconds
    address: str = ""  # of the client


@dataclass(slots=True)
class Reply:
    """What the SDK is answered once its events are durable."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Rejected:
    """A part of a request that could not be taken; it goes to quarantine with its bytes.

    `again` is the path that takes such a part as a whole body, once somebody has repaired it.
    """

    raw: bytes
    reason: str
    remedy: str
    again: str = ""


@dataclass(slots=True)
class Taken:
    """What a format read from one request: whose key it carried, the moves, what was rejected, and the reply."""

    key: str
    moves: list[Move]
    reply: Reply
    rejected: list[Rejected] = field(default_factory=list)


Handler = Callable[[Request], Taken]


# Times


def read_time(text: str | float | None) -> float | None:
    """UTC seconds from ISO 8601 text or a number of seconds, milliseconds or microseconds; none where it is neither."""
    if text is None or text == "":
        return None
    if not isinstance(text, str):
        return _read_number(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            return _read_number(float(text))
        except ValueError:
            return None
    return moment.timestamp() if moment.tzinfo else moment.replace(tzinfo=UTC).timestamp()


def _read_number(number: float) -> float | None:
    if not abs(number) < 1e17:
        return None
    scale = 1e6 if number > 1e14 else 1e3 if number > 1e11 else 1
    return number / scale


def happened_at(said: float | None, sent_at: float | None, received_at: float) -> float:
    """When it happened by our clock: received − (sent − said), never in the future (Segment's rule against wrong clocks)."""
    if said is None or said <= EARLIEST:
        return received_at
    ts = said if sent_at is None else received_at - (sent_at - said)
    if ts > received_at:
        return received_at
    return ts if ts > EARLIEST else EARLIEST


# Identifiers


def identity(kind: str, value: object) -> str:
    """'user:17'; empty where there is no value. Numbers become text, and what is too long is cut."""
    if value is None:
        return ""
    text = str(value).strip()
    return f"{kind}:{text[:LONGEST_ID]}" if text else ""


def new_id() -> str:
    return uuid.uuid4().hex


def order_event_id(site: str, order_id: str) -> str:
    """The event id of an order in formats that have none: a thank-you page loaded twice is one order."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site}\n{order_id}").hex


# Moves


def begin(
    request: Request,
    name: str,
    identifiers: list[str],
    *,
    event_id: str = "",
    said: float | None = None,
    sent_at: float | None = None,
) -> Move:
    """A move with its name, its time by our clock and who made it; nobody named is left for the door to tell."""
    return Move(
        event_id=event_id[:100] or new_id(),
        ts=happened_at(said, sent_at, request.received_at),
        received_at=request.received_at,
        name=name,
        visitor_id=identifiers[0] if identifiers else "",
        identifiers=identifiers,
    )


# Segment's property names, which every format is turned into


class Product(msgspec.Struct, gc=False):
    """A product as Segment writes it; numbers may come as text."""

    product_id: str = ""
    sku: str = ""
    name: str = ""
    category: str = ""
    price: float = 0.0
    quantity: float = 1.0


class Properties(msgspec.Struct, gc=False):
    """The properties that have a column of their own; all others stay in props."""

    order_id: str = ""
    revenue: float | None = None
    total: float | None = None
    value: float | None = None
    subtotal: float | None = None
    currency: str = ""
    discount: float = 0.0
    tax: float = 0.0
    shipping: float = 0.0
    coupon: str = ""
    payment_method: str = ""
    affiliation: str = ""
    url: str = ""
    referrer: str = ""
    email: str = ""
    phone: str = ""
    products: list[Product] | None = None
    product_id: str = ""
    sku: str = ""
    name: str = ""
    category: str = ""
    price: float = 0.0
    quantity: float = 1.0


_properties = msgspec.json.Decoder(Properties, strict=False)
_NULLS = re.compile(rb'"[a-z_]+"\s*:\s*null\s*,?')

REFUNDS = ("Order Refunded",)
LINES = frozenset((
    "Product Added", "Product Removed", "Product Viewed", "Product Clicked", "Product Reviewed", "Product Shared",
    "Product Added to Wishlist", "Product Removed from Wishlist", "Wishlist Product Added to Cart",
))  # fmt: skip


def fill(move: Move, raw: bytes | msgspec.Raw) -> None:
    """Put the known properties of a JSON object into the move's columns, and the whole object into props.

    Money is signed as it moves: a refund's revenue and quantities become negative whichever sign they came with.
    """
    move.props = props = as_object(raw)
    found = read_properties(props)
    if (amount := _amount(found)) is not None:
        move.revenue = -abs(amount) if move.name in REFUNDS else amount
    if found.currency:
        move.currency = found.currency.upper()[:3]
    if found.order_id:
        move.order_id = found.order_id
    if found.discount or found.tax or found.shipping:
        move.discount, move.tax, move.shipping = found.discount, found.tax, found.shipping
    if found.coupon or found.payment_method or found.affiliation:
        move.coupon, move.payment, move.branch = found.coupon, found.payment_method, found.affiliation
    if found.url:
        move.url = found.url
    if found.referrer:
        move.referrer = found.referrer
    if found.products:
        _add_products(move, found.products, -1 if move.name in REFUNDS else 1)
    elif found.products is None and move.name in LINES:
        _add_product(move, found)


def _add_products(move: Move, products: list[Product], sign: int) -> None:
    move.product_ids = [product.sku or product.product_id or product.name for product in products]
    move.product_names = [product.name for product in products]
    move.product_categories = [product.category for product in products]
    move.product_quantities = [sign * product.quantity for product in products]
    move.product_revenues = [sign * product.price * product.quantity for product in products]


def _add_product(move: Move, found: Properties) -> None:
    """The one product that the event itself is about."""
    code = found.sku or found.product_id or found.name
    if code:
        move.product_ids, move.product_names = [code], [found.name]
        move.product_categories = [found.category]
        move.product_quantities, move.product_revenues = [found.quantity], [found.price * found.quantity]


def _amount(found: Properties) -> float | None:
    if found.revenue is not None:
        return found.revenue
    if found.subtotal is not None:
        return found.subtotal
    return found.value if found.total is None else found.total


def as_object(raw: bytes | msgspec.Raw) -> msgspec.Raw:
    """Any JSON value as an object on one line: nothing becomes {}, and what is no object stands under "value"."""
    text = bytes(raw).strip()
    if 10 in text or 13 in text:  # line ends: a line of the journal has one
        text = text.replace(b"\n", b" ").replace(b"\r", b" ")
    if text[:1] == b"{":
        return msgspec.Raw(text)
    return msgspec.Raw(b"{}" if text in (b"", b"null") else b'{"value":' + text + b"}")


def read_properties(raw: bytes | msgspec.Raw) -> Properties:
    """The known properties, each read as far as it can be: a field of the wrong type is left at its default."""
    try:
        return _properties.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        pass
    try:
        loose = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return Properties()
    found = Properties()
    if not isinstance(loose, dict):
        return found
    for name in _TYPES:
        if loose.get(name) is None:
            continue
        try:
            setattr(found, name, msgspec.convert(loose[name], _TYPES[name], strict=False))
        except msgspec.ValidationError:
            continue
    return found


_TYPES = {item.name: item.type for item in msgspec.structs.fields(Properties)}
