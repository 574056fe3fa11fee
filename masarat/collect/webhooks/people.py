"""Whom a webhook names, and the moves that are about them or about no order: customers, carts that were left, stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
import polars as pl
import xxhash

from masarat.collect.phones import read_phone
from masarat.collect.values import read_email
from masarat.collect.webhooks.base import Shop, bounded, text
from masarat.collect.wire.base import identity
from masarat.events import Move


@dataclass(slots=True)
class Person:
    """A customer as the shop knows them; e-mail and phone in the one form in which all sources have them."""

    id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    country: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def identifiers(self, source: str) -> list[str]:
        """Phone and e-mail before the shop's own number: the shop's files have no number, and are to name the same customer."""
        found = (
            identity("phone", self.phone),
            identity("email", self.email),
            identity(source, self.id),
        )
        return [one for one in found if one]

    def traits(self) -> dict[str, str]:
        own = {name: getattr(self, name) for name in ("name", "email", "phone", "city", "country")}
        return {name: value for name, value in {**own, **self.more}.items() if value}


def person(
    shop: Shop,
    *,
    id: Any = None,
    name: Any = None,
    email: Any = None,
    phone: Any = None,
    city: Any = None,
    country: Any = None,
    **more: Any,
) -> Person:
    number = text(id)
    return Person(
        id="" if number == "0" else number,  # WooCommerce's guests
        name=text(name),
        email=str(read_email(pl.Series([text(email)])).item()),
        phone=str(read_phone(pl.Series([text(phone)]), shop.country).item()),
        city=text(city),
        country=text(country),
        more={name: text(value) for name, value in more.items()},
    )


@dataclass(slots=True)
class Line:
    """A product in an order, a cart or the stock; `total` is of the line, after discounts as far as the shop says."""

    product_id: str
    name: str
    quantity: float = 1.0
    total: float = 0.0
    category: str = ""

    def __post_init__(self) -> None:
        self.total = bounded(self.total)


def new_id(shop: Shop, *parts: str) -> str:
    """An event's id from what it says, so that saying it again adds nothing."""
    return xxhash.xxh3_128_hexdigest("\x1f".join((shop.source, *parts)).encode())


def identified(shop: Shop, who: Person, *, ts: float, received_at: float) -> list[Move]:
    """Customer Identified with the traits as they are now; the same traits twice are one event."""
    identifiers = who.identifiers(shop.source)
    if not identifiers:
        return []
    props = msgspec.json.encode(who.traits())
    return [
        Move(
            event_id=new_id(shop, "customer", identifiers[0], who.id, props.decode()),
            ts=min(ts, received_at),
            received_at=received_at,
            name="Customer Identified",
            source=shop.source,
            visitor_id=identifiers[0],
            identifiers=identifiers,
            city=who.city,
            country=who.country,
            props=msgspec.Raw(props),
        )
    ]


def checkout_started(
    shop: Shop,
    who: Person,
    lines: list[Line],
    *,
    cart: str,
    worth: float,
    money: str,
    url: str,
    ts: float,
    received_at: float,
) -> list[Move]:
    """A cart that was left on the way to the till; the same cart with the same things in it is one event."""
    identifiers = who.identifiers(shop.source)
    if not identifiers or not cart:
        return []
    content = "|".join(f"{line.product_id}*{line.quantity:g}" for line in lines)
    move = Move(
        event_id=new_id(shop, "cart", cart, f"{worth:.4f}", content),
        ts=min(ts, received_at),
        received_at=received_at,
        name="Checkout Started",
        source=shop.source,
        visitor_id=identifiers[0],
        identifiers=identifiers,
        revenue=worth,
        currency=money,
        url=url,
        props=msgspec.Raw(msgspec.json.encode({"cart_id": cart})),
    )
    return [with_lines(move, lines)]


def stock_counted(shop: Shop, lines: list[Line], *, ts: float, received_at: float) -> list[Move]:
    """How many pieces there are of a product, as the shop says whenever it changes one."""
    if not lines:
        return []
    content = "|".join(f"{line.product_id}={line.quantity:g}" for line in lines)
    move = Move(
        event_id=new_id(shop, "stock", f"{ts:.3f}", content),
        ts=min(ts, received_at),
        received_at=received_at,
        name="Stock Counted",
        source=shop.source,
        visitor_id="",
    )
    return [with_lines(move, lines)]


def with_lines(move: Move, lines: list[Line]) -> Move:
    move.product_ids = [line.product_id or line.name for line in lines]
    move.product_names = [line.name for line in lines]
    move.product_categories = [line.category for line in lines]
    move.product_quantities = [line.quantity for line in lines]
    move.product_revenues = [line.total for line in lines]
    return move
