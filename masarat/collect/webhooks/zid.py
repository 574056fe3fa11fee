"""Zid's webhooks: https://docs.zid.sa/webhooks

Zid signs nothing. What tells a webhook of Zid's from another's is a secret in the address that the shop gave it (`target_url`): as
`?token=SECRET`, or as `https://name:SECRET@…`, which comes as Basic authorization. The body is the order, cart, customer or product
itself, or stands under `payload` or `data`; its own fields tell which. An order's number is its code, as in Zid's exports.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from masarat.collect.states import status_of
from masarat.collect.webhooks import people
from masarat.collect.webhooks.base import Shop, amount, at, currency, moment, objects, read_object, same, text
from masarat.collect.webhooks.orders import Order, Stage, order_moves
from masarat.collect.wire.base import Reply, Request, Taken
from masarat.events import Move

NAME = "zid"
STATES = {"reversed": "refunded", "reversed_order": "refunded"}
STAGES: dict[str, Stage] = {"indelivery": "shipped", "in_delivery": "shipped", "delivered": "delivered"}
PAID_BACK = {"refunded": "refunded", "voided": "cancelled"}


def verify(request: Request, secret: str) -> None:
    """Raises NotAllowed unless the request carries the secret of the address."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    given = _password(value) if scheme.lower() == "basic" else value
    same(given or request.query.get("token", ""), secret, secret)


def _password(value: str) -> str:
    """The password of Basic authorization; where it is no name and password, what stands there."""
    try:
        _, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return value
    return password if colon else value


def topic(request: Request) -> str:
    return text(read_object(request).get("event"))


def read(request: Request, shop: Shop) -> Taken:
    body = read_object(request)
    inner = next((body[name] for name in ("payload", "data") if isinstance(body.get(name), dict)), body)
    return Taken("", _moves(inner, shop, request.received_at), Reply(b"{}"))


def _moves(body: dict[str, Any], shop: Shop, received_at: float) -> list[Move]:
    told_at = moment(body.get("updated_at"), shop.timezone) or received_at
    if "order_status" in body:
        return order_moves(shop, order_of(body, shop, told_at), received_at)
    if "cart_total" in body or "phase" in body:
        return _cart(body, shop, told_at, received_at)
    if "sku" in body and "quantity" in body:
        return people.stock_counted(shop, _stock(body), ts=told_at, received_at=received_at)
    if "mobile" in body or "email" in body:
        return people.identified(shop, person_of(shop, body), ts=told_at, received_at=received_at)
    return []


def order_of(body: dict[str, Any], shop: Shop, as_of: float) -> Order:
    """An order as the platform tells it, in a webhook or when asked; `as_of` is when it stood so."""
    said = text(at(body, "order_status", "code"), body.get("order_status"))
    code = said.casefold()
    paid = text(at(body, "payment_status", "code"), body.get("payment_status")).casefold()
    total = amount(body.get("order_total"), body.get("order_total_string"))
    tax, shipping = _of_invoice(body, "vat", "tax"), _of_invoice(body, "shipping")
    fee = _of_invoice(body, "cod", "cash_on_delivery")
    gift = bool(body.get("is_gift_order"))
    who = person_of(shop, body.get("customer"))
    if gift:
        who.city = who.country = ""
    return Order(
        number=text(body.get("code"), body.get("id")),
        at=moment(body.get("created_at"), shop.timezone),
        as_of=as_of,
        status=PAID_BACK.get(paid) or STATES.get(code) or status_of(said),
        said=said,
        who=who,
        lines=[_line(item) for item in objects(body.get("products"))],
        net=None if total is None else total - tax - shipping - fee,
        tax=tax,
        shipping=shipping,
        discount=abs(_of_invoice(body, "coupon", "discount")),
        currency=currency(shop, body.get("currency_code")),
        coupon=text(at(body, "coupon", "code")),
        payment=text(at(body, "payment", "method", "name"), at(body, "payment", "method", "code")),
        channel=text(body.get("source")),
        stage=STAGES.get(code, ""),
        stage_at=as_of,
        gift=gift,
    )


def _of_invoice(body: dict[str, Any], *codes: str) -> float:
    """The amount of a line of the order's invoice (its sums, shipping, tax and fees), by the line's code."""
    for line in objects(at(body, "payment", "invoice")):
        if text(line.get("code")).casefold() in codes:
            return amount(line.get("value")) or 0.0
    return 0.0


def person_of(shop: Shop, data: Any) -> people.Person:
    """The customer; never the consignee, who may be somebody else and on a gift always is."""
    return people.person(
        shop,
        id=at(data, "id"),
        name=at(data, "name"),
        email=at(data, "email"),
        phone=text(at(data, "mobile"), at(data, "telephone")),
        city=text(name_of(at(data, "city", "name")), name_of(at(data, "city"))),
        country=text(at(data, "city", "country_code"), at(data, "country", "code")),
        gender=at(data, "gender"),
        birthday=at(data, "birth_date"),
    )


def _line(item: dict[str, Any]) -> people.Line:
    quantity = amount(item.get("quantity")) or 0.0
    price = (
        amount(item.get("net_sale_price"), item.get("net_price"), item.get("sale_price"), item.get("price"))
        or 0.0
    )
    total = amount(item.get("total"))
    return people.Line(
        text(item.get("sku"), item.get("id")),
        name_of(item.get("name")),
        quantity,
        price * quantity if total is None else total,
    )


def _cart(body: dict[str, Any], shop: Shop, told_at: float, received_at: float) -> list[Move]:
    """A cart that was left; one that became an order after all is told by its order."""
    if text(body.get("phase")).casefold() == "completed" or body.get("order_id"):
        return []
    named = {
        "id": "customer_id",
        "name": "customer_name",
        "email": "customer_email",
        "mobile": "customer_mobile",
    }
    own = body.get("customer")
    return people.checkout_started(
        shop,
        person_of(
            shop, own if isinstance(own, dict) else {name: body.get(key) for name, key in named.items()}
        ),
        [_line(item) for item in objects(body.get("products"))],
        cart=text(body.get("id"), body.get("cart_id")),
        worth=amount(body.get("cart_total")) or 0.0,
        money=currency(shop, body.get("currency_code"), body.get("currency")),
        url="",
        ts=told_at,
        received_at=received_at,
    )


def _stock(body: dict[str, Any]) -> list[people.Line]:
    quantity = amount(body.get("quantity"))
    code = text(body.get("sku"), body.get("id"))
    if quantity is None or not code or body.get("is_infinite"):
        return []
    return [people.Line(code, name_of(body.get("name")), quantity)]


def name_of(value: Any) -> str:
    """A name, of which Zid may give one for each language."""
    return text(at(value, "ar"), at(value, "en"), value)
