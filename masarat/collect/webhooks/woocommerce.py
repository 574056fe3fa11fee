"""WooCommerce's webhooks: https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks

The body is the order, customer or product itself, signed with HMAC-SHA256 in base64 in X-WC-Webhook-Signature. When a webhook is switched on it
knocks once with `webhook_id=…`, unsigned, and wants to be answered. Amounts are texts; those of lines are after discounts and before tax.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from masarat.collect.states import status_of
from masarat.collect.webhooks import people
from masarat.collect.webhooks.base import (
    Shop,
    amount,
    at,
    currency,
    moment,
    objects,
    read_object,
    same,
    signature,
    text,
    total_of,
)
from masarat.collect.webhooks.orders import Order, order_moves
from masarat.collect.wire.base import Reply, Request, Taken
from masarat.events import Move

NAME = "woocommerce"
KNOCK = re.compile(rb"^webhook_id=\d+$")
STATES = {"trash": "cancelled", "checkout-draft": "pending"}


def verify(request: Request, secret: str) -> None:
    """Raises NotAllowed unless the shop sent it; a knock says nothing and needs no signature."""
    if KNOCK.match(request.body):
        return
    given = request.headers.get("x-wc-webhook-signature", "")
    same(given, base64.b64encode(signature(request.body, secret)).decode(), secret)


def topic(request: Request) -> str:
    return "knock" if KNOCK.match(request.body) else text(request.headers.get("x-wc-webhook-topic"))


def read(request: Request, shop: Shop) -> Taken:
    moves = [] if KNOCK.match(request.body) else _moves(read_object(request), shop, request.received_at)
    return Taken("", moves, Reply(b"{}"))


def _moves(body: dict[str, Any], shop: Shop, received_at: float) -> list[Move]:
    told_at = time_of(body, "date_modified", shop) or received_at
    if "status" in body and ("line_items" in body or "order_key" in body):
        return order_moves(shop, order_of(body, shop, told_at), received_at)
    if "stock_quantity" in body:
        return people.stock_counted(shop, _stock(body), ts=told_at, received_at=received_at)
    if "billing" in body:
        return people.identified(
            shop, person_of(shop, body, id=body.get("id")), ts=told_at, received_at=received_at
        )
    return []


def order_of(body: dict[str, Any], shop: Shop, as_of: float) -> Order:
    """An order as the platform tells it, in a webhook or when asked; `as_of` is when it stood so."""
    total, tax = amount(body.get("total")), amount(body.get("total_tax")) or 0.0
    shipping = amount(body.get("shipping_total")) or 0.0
    lines = [_line(line) for line in objects(body.get("line_items"))]
    said = text(body.get("status"))
    net = sum(line.total for line in lines) if lines else None if total is None else total - tax - shipping
    paid_back = abs(total_of(objects(body.get("refunds")), "total"))
    return Order(
        number=text(body.get("number"), body.get("id")),
        at=time_of(body, "date_created", shop),
        as_of=as_of,
        status=STATES.get(said) or status_of(said),
        said=said,
        who=person_of(shop, body, id=body.get("customer_id")),
        lines=lines,
        net=net,
        tax=tax,
        shipping=shipping,
        discount=amount(body.get("discount_total")) or 0.0,
        refunded=paid_back * min(max(1 - tax / total, 0), 1) if total else 0.0,  # it is told with its tax
        currency=currency(shop, body.get("currency")),
        coupon=text(*(line.get("code") for line in objects(body.get("coupon_lines")))),
        payment=text(body.get("payment_method_title"), body.get("payment_method")),
        channel=text(body.get("created_via")),
    )


def person_of(shop: Shop, body: dict[str, Any], *, id: Any) -> people.Person:
    """The one who pays; what is shipped may go to somebody else."""
    billing = at(body, "billing")
    first, last = (text(at(billing, name), body.get(name)) for name in ("first_name", "last_name"))
    return people.person(
        shop,
        id=id,
        name=f"{first} {last}".strip(),
        email=text(at(billing, "email"), body.get("email")),
        phone=at(billing, "phone"),
        city=at(billing, "city"),
        country=at(billing, "country"),
    )


def _line(line: dict[str, Any]) -> people.Line:
    return people.Line(
        text(line.get("sku"), line.get("variation_id") or None, line.get("product_id")),
        text(line.get("name")),
        amount(line.get("quantity")) or 0.0,
        amount(line.get("total")) or 0.0,
    )


def _stock(body: dict[str, Any]) -> list[people.Line]:
    quantity = amount(body.get("stock_quantity"))
    code = text(body.get("sku"), body.get("id"))
    category = text(*(item.get("name") for item in objects(body.get("categories"))))
    return (
        [people.Line(code, text(body.get("name")), quantity, category=category)]
        if quantity is not None and code
        else []
    )


def time_of(body: dict[str, Any], name: str, shop: Shop) -> float | None:
    """The time in UTC where it is told, else the shop's own."""
    return moment(body.get(f"{name}_gmt"), "UTC") or moment(body.get(name), shop.timezone)
