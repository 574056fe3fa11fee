"""Shopify's webhooks: https://shopify.dev/docs/apps/build/webhooks

The body is the order, checkout, customer or product itself, signed with HMAC-SHA256 in base64 in X-Shopify-Hmac-Sha256; which of them
it is its own fields tell. An order's number is its name (`#1001`), as in Shopify's exports. Every change of an order, a refund too, comes with
the whole order (orders/updated), so a refund on its own (refunds/create) counts nothing.
"""

from __future__ import annotations

import base64
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
from masarat.collect.webhooks.orders import Order, Stage, order_moves
from masarat.collect.wire.base import Reply, Request, Taken
from masarat.events import Move

NAME = "shopify"


def verify(request: Request, secret: str) -> None:
    """Raises NotAllowed unless Shopify sent it."""
    given = request.headers.get("x-shopify-hmac-sha256", "")
    same(given, base64.b64encode(signature(request.body, secret)).decode(), secret)


def topic(request: Request) -> str:
    return text(request.headers.get("x-shopify-topic"))


def read(request: Request, shop: Shop) -> Taken:
    return Taken("", _moves(read_object(request), shop, request.received_at), Reply(b"{}"))


def _moves(body: dict[str, Any], shop: Shop, received_at: float) -> list[Move]:
    told_at = moment(body.get("updated_at"), shop.timezone) or received_at
    if "financial_status" in body:
        return order_moves(shop, order_of(body, shop, told_at), received_at)
    if "abandoned_checkout_url" in body:
        return _checkout(body, shop, told_at, received_at)
    if "variants" in body:
        return people.stock_counted(shop, _stock(body), ts=told_at, received_at=received_at)
    if {"first_name", "last_name", "email"} & set(body) and "line_items" not in body:
        return people.identified(
            shop, person_of(shop, {"customer": body}), ts=told_at, received_at=received_at
        )
    return []


def order_of(body: dict[str, Any], shop: Shop, as_of: float) -> Order:
    """An order as the platform tells it, in a webhook or when asked; `as_of` is when it stood so."""
    lines = objects(body.get("line_items"))
    said = text(body.get("financial_status"))
    status = status_of(said)
    if body.get("cancelled_at") and status != "refunded":
        status = "cancelled"
    stage, stage_at = _stage(body, shop)
    return Order(
        number=text(body.get("name"), body.get("id")),
        at=moment(body.get("created_at"), shop.timezone),
        as_of=as_of,
        status=status,
        said=said,
        who=person_of(shop, body),
        lines=[_line(line, body) for line in lines],
        net=None if lines else amount(body.get("subtotal_price")),  # which knows nothing of lines added later
        tax=amount(body.get("total_tax")) or 0.0,
        shipping=amount(at(body, "total_shipping_price_set", "shop_money"))
        or total_of(objects(body.get("shipping_lines")), "price"),
        discount=amount(body.get("total_discounts")) or 0.0,
        refunded=sum(_refunded(refund, body) for refund in objects(body.get("refunds"))),
        currency=currency(shop, body.get("currency")),
        coupon=text(*(code.get("code") for code in objects(body.get("discount_codes")))),
        payment=text(*_names(body.get("payment_gateway_names")), body.get("gateway")),
        channel=text(body.get("source_name")),
        stage=stage,
        stage_at=stage_at,
    )


def person_of(shop: Shop, body: dict[str, Any]) -> people.Person:
    """The one who pays; what is shipped may go to somebody else."""
    own = at(body, "customer")
    billing = at(body, "billing_address") or at(own, "default_address")
    full = " ".join(filter(None, (text(at(own, "first_name")), text(at(own, "last_name")))))
    return people.person(
        shop,
        id=at(own, "id"),
        name=text(at(billing, "name")) or full,
        email=text(body.get("email"), body.get("contact_email"), at(own, "email")),
        phone=text(body.get("phone"), at(own, "phone"), at(billing, "phone")),
        city=at(billing, "city"),
        country=at(billing, "country_code"),
    )


def _line(line: dict[str, Any], body: dict[str, Any]) -> people.Line:
    quantity = amount(line.get("quantity")) or 0.0
    off = total_of(objects(line.get("discount_allocations")), "amount")
    return people.Line(
        text(line.get("sku"), line.get("variant_id"), line.get("product_id")),
        text(line.get("name"), line.get("title")),
        quantity,
        (amount(line.get("price")) or 0.0) * quantity - off - _tax_within(line, body),
    )


def _tax_within(line: dict[str, Any], body: dict[str, Any]) -> float:
    """The tax in a line's price, where the shop's prices include it."""
    return total_of(objects(line.get("tax_lines")), "price") if body.get("taxes_included") else 0.0


def _refunded(refund: dict[str, Any], body: dict[str, Any]) -> float:
    """What a refund gave back of the goods: its lines and what was corrected by hand; else the money, if no line is named."""
    items = objects(refund.get("refund_line_items"))
    if items:
        goods = total_of(items, "subtotal")
        tax = total_of(items, "total_tax") if body.get("taxes_included") else 0.0
        by_hand = [
            item
            for item in objects(refund.get("order_adjustments"))
            if item.get("kind") == "refund_discrepancy"
        ]
        return goods - tax - total_of(by_hand, "amount")
    paid = [
        item
        for item in objects(refund.get("transactions"))
        if item.get("kind") == "refund" and item.get("status") == "success"
    ]
    return total_of(paid, "amount")


def _stage(body: dict[str, Any], shop: Shop) -> tuple[Stage, float | None]:
    """How far the goods have come, and when; a fulfilment that was called off counts for nothing."""
    sent = [item for item in objects(body.get("fulfillments")) if item.get("status") != "cancelled"]
    arrived = [item for item in sent if item.get("shipment_status") == "delivered"]
    if arrived:
        return "delivered", moment(arrived[0].get("updated_at"), shop.timezone)
    if sent:
        return "shipped", moment(sent[0].get("created_at"), shop.timezone)
    return ("shipped" if body.get("fulfillment_status") == "fulfilled" else ""), None


def _checkout(body: dict[str, Any], shop: Shop, told_at: float, received_at: float) -> list[Move]:
    if body.get("completed_at"):
        return []  # its order tells
    return people.checkout_started(
        shop,
        person_of(shop, body),
        [_line(line, body) for line in objects(body.get("line_items"))],
        cart=text(body.get("token"), body.get("id")),
        worth=amount(body.get("subtotal_price"), body.get("total_price")) or 0.0,
        money=currency(shop, body.get("currency")),
        url="",  # it opens the customer's own checkout
        ts=told_at,
        received_at=received_at,
    )


def _stock(body: dict[str, Any]) -> list[people.Line]:
    title = text(body.get("title"))
    category = text(body.get("product_type"))
    return [
        people.Line(
            text(variant.get("sku"), variant.get("id")),
            title
            if text(variant.get("title")) in ("", "Default Title")
            else f"{title} - {text(variant.get('title'))}",
            amount(variant.get("inventory_quantity")) or 0.0,
            category=category,
        )
        for variant in objects(body.get("variants"))
        if amount(variant.get("inventory_quantity")) is not None and variant.get("inventory_management")
    ]


def _names(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []
