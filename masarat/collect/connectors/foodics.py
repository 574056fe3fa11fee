"""Foodics, tills of restaurants: orders with what was eaten, where, by whom and how it was paid; what came back (https://apidocs.foodics.com).

Lists of orders end after 500 by page, so they go on behind the last reference. Whether prices hold VAT is up to each business; what an
order came to without it is its total less its taxes, and its lines share that by their own amounts. A day ends when the till is closed,
often after midnight: an order stands in its business day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.sources.lines import shared
from masarat.collect.sources.saved import number, texts

ADDRESS = "https://api.foodics.com/v5"
INCLUDE = (
    *("branch", "customer", "original_order", "payments.payment_method", "charges.charge", "charges.taxes"),
    *("products.product.category", "products.taxes", "products.options.taxes"),
    *("combos.products.product.category", "combos.products.taxes", "combos.products.options.taxes"),
)
OVERLAP = timedelta(days=1)  # of what changed since a moment, only the day is asked for
PENDING, ACTIVE, DECLINED, CLOSED, RETURNED, VOID = 1, 2, 3, 4, 5, 7
STATES = {PENDING: "pending", ACTIVE: "pending", DECLINED: "cancelled", CLOSED: "completed", RETURNED: "completed", VOID: "cancelled"}  # fmt: skip
KINDS = {1: "dine in", 2: "pick up", 3: "delivery", 4: "drive thru"}
DELIVERY = 3
NOT_SOLD = (4, 5, 7)  # lines moved to another order, void or declined


def _pages(asked: Asked) -> Iterator[Page]:
    headers = {"Authorization": f"Bearer {asked.given['token']}", "Accept": "application/json"}
    api = asked.open(asked.given["address"], headers=headers)
    zone = ZoneInfo(asked.shop.timezone)
    return staged(asked, [Stage("orders", "orders", lambda place, since: _orders(api, place, since, zone))])


def _orders(api: Api, place: Any, since: str, zone: ZoneInfo) -> Batch:
    params: dict[str, Any] = {"sort": "reference", "filter[reference_after]": place or 0}
    if since:
        params["filter[updated_after]"] = f"{datetime.fromisoformat(since) - OVERLAP:%Y-%m-%d}"
    said = api.get("/orders", include=",".join(INCLUDE), **params)
    orders = said.get("data") or []
    meta = said.get("meta") or {}
    last = next((one["reference"] for one in reversed(orders) if one.get("reference")), None)
    over = meta.get("current_page", 0) >= meta.get("last_page", 1) or last == place
    return Batch(None if over else last, [row for one in orders for row in _order(one, zone)])


def _order(order: Mapping[str, Any], zone: ZoneInfo) -> list[dict[str, str]]:
    lines = [*(order.get("products") or [])]
    for combo in order.get("combos") or []:
        lines += combo.get("products") or []
    state = STATES.get(order.get("status", 0), "")
    sold = [line for line in lines if line.get("status") not in NOT_SOLD]
    if state == "completed" and lines and not sold:
        state = "cancelled"  # as tills wrote a void order until 2021
    if not state or (order.get("total_price") is None and not lines):
        return []
    sign = -1 if order.get("status") == RETURNED else 1
    lines = lines if state == "cancelled" else sold
    charges = order.get("charges") or []
    tax = sum(map(_taxes, (*lines, *charges)), Decimal(0))
    fees = [(one, number(one.get("tax_exclusive_amount", one.get("amount")))) for one in charges]
    extra = sum((amount for _, amount in fees), Decimal(0))
    net = abs(number(order.get("total_price"))) - tax - extra
    head = _head(order, zone) | {
        "status": state,
        "tax": round(sign * tax, 4),
        "shipping": round(sign * extra, 4) if order.get("type") == DELIVERY else None,
    }
    own = [number(line.get("tax_exclusive_total_price", line.get("total_price"))) for line in lines]
    amounts = own if state == "cancelled" else [number(part) for part in shared(net, own)]
    rows = [head | _line(line, sign, amount) for line, amount in zip(lines, amounts, strict=True)]
    if order.get("type") != DELIVERY:
        rows += [head | _fee(one, sign, amount) for one, amount in fees if amount]
    return [texts(row) for row in rows or [head | _line({}, sign, net)]]


def _head(order: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    customer, branch = order.get("customer") or {}, order.get("branch") or {}
    payments = order.get("payments") or []
    methods = [(one.get("payment_method") or {}).get("name") for one in payments]
    tips = sum(number(one.get("tips")) for one in payments)
    phone = str(customer.get("phone") or "").lstrip("0")
    return {
        "order_id": order.get("reference") or order.get("id"),
        "ts": _when(order, zone),
        "customer_id": customer.get("id"),
        "name": customer.get("name"),
        "email": customer.get("email"),
        "phone": f"+{customer.get('dial_code') or ''}{phone}"
        if phone and customer.get("dial_code")
        else phone,
        "branch": branch.get("name"),
        "channel": KINDS.get(order.get("type", 0)),
        "payment": ", ".join(dict.fromkeys(filter(None, methods))),
        "business_date": order.get("business_date"),
        "original": (order.get("original_order") or {}).get("reference"),
        "guests": order.get("guests"),
        "tips": tips or None,
    }


def _when(order: Mapping[str, Any], zone: ZoneInfo) -> str | None:
    """When it was opened; the last minute of its business day where midnight had passed."""
    said = order.get("opened_at") or order.get("created_at") or order.get("closed_at")
    day = order.get("business_date")
    if not said:
        return day
    moment = datetime.fromisoformat(said).replace(tzinfo=UTC).astimezone(zone)
    if day and f"{moment:%Y-%m-%d}" > day:
        moment = datetime.fromisoformat(f"{day}T23:59:00").replace(tzinfo=zone)
    return moment.isoformat()


def _line(line: Mapping[str, Any], sign: int, amount: Decimal) -> dict[str, Any]:
    product = line.get("product") or {}
    return {
        "product_id": product.get("sku") or product.get("id"),
        "product_name": product.get("name"),
        "category": (product.get("category") or {}).get("name"),
        "quantity": sign * abs(number(line.get("quantity", 1))),
        "line_total": round(sign * amount, 4),
    }


def _fee(charge: Mapping[str, Any], sign: int, amount: Decimal) -> dict[str, Any]:
    told = charge.get("charge") or {}
    return {
        "product_id": told.get("id"),
        "product_name": told.get("name"),
        "category": None,
        "quantity": sign,
        "line_total": round(sign * amount, 4),
    }


def _taxes(thing: Mapping[str, Any]) -> Decimal:
    """Of a line or a charge, with what was chosen for it."""
    own = (number((tax.get("pivot") or tax).get("amount")) for tax in thing.get("taxes") or [])
    return sum((*own, *map(_taxes, thing.get("options") or [])), Decimal(0))


FOODICS = Connector(
    "foodics",
    "Foodics",
    "فودكس",
    "Foodics gives an access token to an application of yours (developers.foodics.com), which the owner lets in with the scope orders.list.",
    (
        Ask("token", "Access token", "رمز الوصول", secret=True),
        Ask("address", "Address of the API", "عنوان الربط", default=ADDRESS),
    ),
    _pages,
    arabic_about="تعطي فودكس رمز وصول لتطبيق لك (developers.foodics.com) يأذن له المالك بالصلاحية orders.list.",
)
