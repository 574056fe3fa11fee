"""Salla's webhooks: https://docs.salla.dev/421119m0

Body `{event, merchant, created_at, data}`, signed with HMAC-SHA256 in hex in X-Salla-Signature (strategy Signature), or a fixed token
in Authorization (strategy Token). An order's number is its reference_id, as in Salla's exports.
"""

from __future__ import annotations

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

NAME = "salla"
# Salla's states whose English names say less than the Arabic names that its exports give.
STATES = {
    "under_review": "pending",  # بانتظار المراجعة
    "restored": "refunded",  # مسترجع
    "restoring": "refunded",  # قيد الاسترجاع
}
STAGES: dict[str, Stage] = {"shipped": "shipped", "delivering": "shipped", "delivered": "delivered"}


def verify(request: Request, secret: str) -> None:
    """Raises NotAllowed unless Salla sent it."""
    if given := request.headers.get("x-salla-signature", ""):
        same(given.lower(), signature(request.body, secret).hex(), secret)
    else:
        same(request.headers.get("authorization", "").removeprefix("Bearer "), secret, secret)


def topic(request: Request) -> str:
    return text(read_object(request).get("event"))


def read(request: Request, shop: Shop) -> Taken:
    body = read_object(request)
    event, data = text(body.get("event")), body.get("data")
    told_at = moment(body.get("created_at"), shop.timezone) or request.received_at
    return Taken("", _moves(event, data, shop, told_at, request.received_at), Reply(b"{}"))


def _moves(event: str, data: Any, shop: Shop, told_at: float, received_at: float) -> list[Move]:
    if event.startswith("order."):
        order = data["order"] if isinstance(at(data, "order"), dict) else data
        if event == "order.deleted" or not at(order, "status"):
            return []
        return order_moves(shop, order_of(order, shop, told_at), received_at)
    if event in ("customer.created", "customer.updated", "customer.login"):
        return people.identified(shop, person_of(shop, data), ts=told_at, received_at=received_at)
    if event == "abandoned.cart":
        return _cart(data, shop, told_at, received_at)
    if event.startswith("product."):
        return people.stock_counted(shop, _stock(data), ts=told_at, received_at=received_at)
    return []


def order_of(data: Any, shop: Shop, as_of: float) -> Order:
    """An order as the platform tells it, in a webhook or when asked; `as_of` is when it stood so."""
    amounts = at(data, "amounts")
    slug = text(at(data, "status", "slug"), at(data, "status"))
    total = amount(at(amounts, "total"), at(data, "total"))
    tax = amount(at(amounts, "tax")) or 0.0
    shipping = amount(at(amounts, "shipping_cost")) or 0.0
    fee = amount(at(amounts, "cash_on_delivery")) or 0.0
    discounts = at(amounts, "discounts")
    gift = bool(at(data, "is_gift") or at(data, "gift"))
    return Order(
        number=text(at(data, "reference_id"), at(data, "id")),
        at=moment(at(data, "date", "date"), text(at(data, "date", "timezone")) or shop.timezone),
        as_of=as_of,
        status=STATES.get(slug) or status_of(slug),
        said=text(at(data, "status", "customized", "name"), at(data, "status", "name"), slug),
        who=person_of(shop, at(data, "customer"), gift=gift),
        lines=[_line(item) for item in objects(at(data, "items"))],
        net=None if total is None else total - tax - shipping - fee,
        tax=tax,
        shipping=shipping,
        discount=total_of(objects(discounts), "discount")
        if isinstance(discounts, list)
        else abs(amount(discounts) or 0.0),
        currency=currency(shop, at(data, "currency"), at(amounts, "total", "currency")),
        coupon=text(at(data, "coupon", "code"), *(item.get("code") for item in objects(discounts))),
        payment=text(at(data, "payment_method")),
        branch=text(at(data, "branch", "name")),
        channel=text(at(data, "source")),
        stage=STAGES.get(slug, ""),
        stage_at=as_of,
        gift=gift,
    )


def person_of(shop: Shop, data: Any, *, gift: bool = False) -> people.Person:
    """The customer; never the receiver. Where the order is a gift its city is the receiver's."""
    code, mobile = text(at(data, "mobile_code")), text(at(data, "mobile"))
    return people.person(
        shop,
        id=at(data, "id"),
        name=" ".join(filter(None, (text(at(data, "first_name")), text(at(data, "last_name")))))
        or at(data, "full_name"),
        email=at(data, "email"),
        phone=code + mobile if code and not mobile.startswith(("0", "+")) else mobile,
        city="" if gift else at(data, "city"),
        country="" if gift else at(data, "country_code"),
        gender=at(data, "gender"),
        birthday=at(data, "birthday", "date") or at(data, "birthday"),
    )


def _line(item: dict[str, Any]) -> people.Line:
    quantity = amount(item.get("quantity")) or 0.0
    price = amount(at(item, "amounts", "price_without_tax"), item.get("price")) or 0.0
    total = amount(at(item, "amounts", "total"))
    tax = amount(at(item, "amounts", "tax")) or 0.0
    return people.Line(
        text(
            item.get("sku"),
            at(item, "product", "sku"),
            at(item, "product", "id"),
            item.get("product_id"),
            item.get("id"),
        ),
        text(item.get("name"), at(item, "product", "name"), item.get("product_name")),
        quantity,
        price * quantity if total is None else total - tax,
    )


def _cart(data: Any, shop: Shop, told_at: float, received_at: float) -> list[Move]:
    return people.checkout_started(
        shop,
        person_of(shop, at(data, "customer")),
        [_line(item) for item in objects(at(data, "items"))],
        cart=text(at(data, "id")),
        worth=amount(at(data, "total")) or 0.0,
        money=currency(shop, at(data, "currency"), at(data, "total", "currency")),
        url=text(at(data, "checkout_url")),
        ts=moment(at(data, "updated_at", "date"), shop.timezone)
        or moment(at(data, "updated_at"), shop.timezone)
        or told_at,
        received_at=received_at,
    )


def _stock(data: Any) -> list[people.Line]:
    quantity = amount(at(data, "quantity"))
    code = text(at(data, "sku"), at(data, "id"))
    if quantity is None or not code or at(data, "unlimited_quantity"):
        return []
    return [people.Line(code, text(at(data, "name")), quantity)]
