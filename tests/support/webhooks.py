"""Webhooks as the shops send them: bodies after the documented formats, signed, and what comes of them in the store."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from masarat.collect.webhooks import Post, Shop, receive
from masarat.collect.webhooks.arriving import arrive, is_snapshot
from masarat.collect.webhooks.orders import order_moves
from masarat.collect.wire.base import Request, Taken
from masarat.events import Move
from masarat.store import Store

NOW = 1_750_000_000.0  # 2025-06-15 15:06:40 UTC
SECRET = "سر-طويل-0123456789"
SHOP = Shop("shop")


def signed(body: bytes, *, hexadecimal: bool = False) -> str:
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
    return digest.hex() if hexadecimal else base64.b64encode(digest).decode()


def request(platform: str, body: Any, *, at: float = NOW, **headers: str) -> Request:
    """A signed request; a header that is given wins."""
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    right = {
        "salla": {"x-salla-signature": signed(raw, hexadecimal=True)},
        "zid": {"authorization": "Basic " + base64.b64encode(f"masarat:{SECRET}".encode()).decode()},
        "shopify": {"x-shopify-hmac-sha256": signed(raw), "x-shopify-topic": "orders/updated"},
        "woocommerce": {"x-wc-webhook-signature": signed(raw), "x-wc-webhook-topic": "order.updated"},
    }[platform]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("POST", f"/hooks/{platform}/KEY", {}, {**right, **named}, raw, at)


def taken(platform: str, body: Any, *, at: float = NOW, post: Post | None = None, **headers: str) -> Taken:
    return receive(request(platform, body, at=at, **headers), SHOP, SECRET, post or Post())


def moves(platform: str, body: Any, **more: Any) -> list[Move]:
    found = taken(platform, body, **more)
    assert not found.rejected, found.rejected
    return found.moves


def props(move: Move) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(move.props)
    return found


def lines(found: list[Move]) -> list[bytes]:
    """As the journal keeps them; only those that `arrive` takes."""
    return [msgspec.json.encode(move) for move in found if is_snapshot(move.event_id)]


def come(store: Any, *bodies: tuple[str, Any], at: float = NOW) -> int:
    """Webhooks that come in one after the other, each through a segment of its own."""
    return sum(arrive(store, lines(moves(platform, body, at=at))) for platform, body in bodies)


def standing(store: Any) -> list[tuple[str, str, float]]:
    """What stands of all orders."""
    rows = store.select("SELECT order_id, name, revenue FROM events ORDER BY order_id, name, event_id")
    return [(row["order_id"], row["name"], float(row["revenue"])) for row in rows]


# Bodies


def salla_order(
    slug: str = "in_progress", *, at: str = "2025-03-01T12:00:00+03:00", **data: Any
) -> dict[str, Any]:
    """Two of بن at 50 and one فلتر at 20, no tax; with shipping of 15."""
    order = {
        "id": 77001,
        "reference_id": 1001,
        "date": {"date": "2025-03-01 11:00:00.000000", "timezone": "Asia/Riyadh"},
        "source": "store",
        "status": {"id": 1, "name": "حالة", "slug": slug},
        "payment_method": "mada",
        "currency": "SAR",
        "amounts": {
            "sub_total": {"amount": 120, "currency": "SAR"},
            "shipping_cost": {"amount": 15, "currency": "SAR"},
            "tax": {"percent": "0.00", "amount": {"amount": 0, "currency": "SAR"}},
            "total": {"amount": 135, "currency": "SAR"},
        },
        "customer": {
            "id": 5, "first_name": "سارة", "last_name": "العتيبي", "mobile": 501234567, "mobile_code": "+966",
            "email": "Sara@Example.SA", "city": "الرياض",
        },
        "items": [
            {"id": 1, "name": "بن", "sku": "A", "quantity": 2, "amounts": {"total": {"amount": 100, "currency": "SAR"}}},
            {"id": 2, "name": "فلتر", "sku": "B", "quantity": 1, "amounts": {"total": {"amount": 20, "currency": "SAR"}}},
        ],
        **data,
    }  # fmt: skip
    return {"event": "order.updated", "merchant": 1, "created_at": at, "data": order}


def shopify_order(**fields: Any) -> dict[str, Any]:
    """Two at 57.50 and one at 23, tax of 15 % in the prices: 120 of goods; shipping apart."""
    return {
        "id": 450789469,
        "name": "#1001",
        "created_at": "2025-03-01T11:00:00+03:00",
        "updated_at": "2025-03-01T12:00:00+03:00",
        "cancelled_at": None,
        "financial_status": "paid",
        "fulfillment_status": None,
        "currency": "SAR",
        "taxes_included": True,
        "subtotal_price": "138.00",
        "total_tax": "18.00",
        "total_price": "153.00",
        "total_shipping_price_set": {"shop_money": {"amount": "15.00", "currency_code": "SAR"}},
        "email": "Sara@Example.SA",
        "phone": "+966501234567",
        "customer": {"id": 207119551, "first_name": "سارة", "last_name": "العتيبي"},
        "billing_address": {
            "name": "سارة العتيبي",
            "city": "الرياض",
            "country_code": "SA",
            "phone": "0501234567",
        },
        "shipping_address": {"name": "نورة الحربي", "city": "جدة", "phone": "0559999999"},
        "line_items": [
            {"sku": "A", "name": "بن", "quantity": 2, "price": "57.50", "tax_lines": [{"price": "15.00"}]},
            {"sku": "B", "name": "فلتر", "quantity": 1, "price": "23.00", "tax_lines": [{"price": "3.00"}]},
        ],
        "refunds": [],
        "fulfillments": [],
        **fields,
    }


def woo_order(status: str = "processing", **fields: Any) -> dict[str, Any]:
    """120 of goods, 18 of tax, 15 of shipping."""
    return {
        "id": 727,
        "number": "1001",
        "order_key": "wc_order_58d2d042d1d",
        "status": status,
        "currency": "SAR",
        "date_created": "2025-03-01T11:00:00",
        "date_created_gmt": "2025-03-01T08:00:00",
        "date_modified_gmt": "2025-03-01T09:00:00",
        "discount_total": "0.00",
        "shipping_total": "15.00",
        "total_tax": "18.00",
        "total": "153.00",
        "customer_id": 26,
        "billing": {
            "first_name": "سارة", "last_name": "العتيبي", "city": "الرياض", "country": "SA", "email": "Sara@Example.SA",
            "phone": "٠٥٠١٢٣٤٥٦٧",
        },
        "shipping": {"first_name": "نورة", "last_name": "الحربي", "phone": "0559999999"},
        "payment_method_title": "الدفع عند الاستلام",
        "line_items": [
            {"sku": "A", "name": "بن", "quantity": 2, "total": "100.00", "total_tax": "15.00"},
            {"sku": "B", "name": "فلتر", "quantity": 1, "total": "20.00", "total_tax": "3.00"},
        ],
        "refunds": [],
        **fields,
    }  # fmt: skip


def zid_order(code: str = "new", **fields: Any) -> dict[str, Any]:
    """120 of goods, 18 of tax, 15 of shipping; times are the shop's own."""
    return {
        "id": 880011,
        "code": "1001",
        "order_status": {"code": code, "name": "حالة الطلب"},
        "payment_status": "paid",
        "order_total": "153.00",
        "currency_code": "SAR",
        "created_at": "2025-03-01 11:00:00",
        "updated_at": "2025-03-01 12:00:00",
        "is_gift_order": False,
        "customer": {"id": 9, "name": "سارة العتيبي", "email": "Sara@Example.SA", "mobile": "966501234567"},
        "consignee": {"name": "نورة الحربي", "mobile": "966559999999"},
        "payment": {
            "method": {"code": "mada", "name": "مدى"},
            "invoice": [
                {"code": "shipping", "value": "15.00"}, {"code": "vat", "value": "18.00"}, {"code": "total", "value": "153.00"},
            ],
        },
        "products": [
            {"id": "p1", "sku": "A", "name": {"ar": "بن", "en": "Beans"}, "quantity": 2, "price": 57.5},
            {"id": "p2", "sku": "B", "name": "فلتر", "quantity": 1, "price": 23},
        ],
        **fields,
    }  # fmt: skip


ORDERS = {
    "salla": salla_order(),
    "zid": zid_order(),
    "shopify": shopify_order(),
    "woocommerce": woo_order(),
}


def told_again(
    store: Store, shop: Shop, orders: Iterable[tuple[Any, float]], order_of: Callable[..., Any]
) -> int:
    """How many events are new when a platform's webhooks tell these orders, each as of a moment."""
    return sum(arrive(store, lines(order_moves(shop, order_of(body, shop, at), NOW))) for body, at in orders)


# Moments after 1 to 3 March 2025, 12:00 in Riyadh, when the first three orders of a platform were changed last.
CHANGED = (1_740_819_600.0, 1_740_906_000.0, 1_740_992_400.0)
