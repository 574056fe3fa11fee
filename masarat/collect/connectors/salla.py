"""Salla's Admin API v2: orders with their items, customers, products (https://docs.salla.dev/421117m0).

The list of orders tells little, so each order is asked for, and its items. `updated_at` cannot be filtered by but sorted by: of what
changed, the newest come first, until one that did not. Customers can only be asked for by when they came to be; what changes of one is
told with the next order. A refresh token is good for one time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.connectors.shops import changed_since, contact, newer, snapshots
from masarat.collect.sources.saved import texts
from masarat.collect.webhooks.base import amount, at, moment, objects, text
from masarat.collect.webhooks.salla import order_of, person_of

ADDRESS = "https://api.salla.dev/admin/v2"
ACCOUNTS = "https://accounts.salla.sa"
PRODUCTS_A_PAGE = 60  # the most; orders and customers come as many as Salla likes


def _pages(asked: Asked) -> Iterator[Page]:
    keys = dict(asked.given)

    def renew() -> dict[str, str]:
        newer(
            asked, keys, keys["accounts"], "/oauth2/token", grant_type="refresh_token",
            refresh_token=keys["refresh_token"], client_id=keys["client_id"], client_secret=keys["client_secret"],
        )  # fmt: skip
        return {"Authorization": f"Bearer {keys['access_token']}"}

    known = keys.get("access_token")
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {known}"} if known else renew())}
    api = asked.open(keys["address"], headers=headers, renew=renew)
    return staged(
        asked,
        [
            Stage("customers", "contacts", lambda place, since: _customers(asked, api, place, since)),
            Stage("products", "products", lambda place, since: _products(api, place)),
            Stage("orders", "orders", lambda place, since: _orders(asked, api, place, since)),
        ],
    )


def _list(api: Api, path: str, number: int, **params: Any) -> tuple[list[dict[str, Any]], int | None]:
    """A page of a list, and the number of the next; None where it was the last."""
    found = api.get(path, page=number, **params)
    last = int(amount(at(found, "pagination", "totalPages")) or 0)
    return objects(at(found, "data")), number + 1 if number < last else None


def _customers(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    start = changed_since(since)
    params = {"date_from": f"{start:%Y-%m-%d}"} if start else {}
    items, following = _list(api, "/customers", int(place or 1), **params)
    return Batch(following, [contact(person_of(asked.shop, item)) for item in items])


def _products(api: Api, place: Any) -> Batch:
    items, following = _list(api, "/products", int(place or 1), per_page=PRODUCTS_A_PAGE)
    return Batch(following, [row for item in items for row in _sold(item)])


def _sold(item: dict[str, Any]) -> list[dict[str, str]]:
    """A product as a row, and each of its variants that has a code of its own; where there are some, they count the pieces."""
    about = {
        "product_name": item.get("name"),
        "category": text(*(each.get("name") for each in objects(item.get("categories")))),
    }
    own = text(item.get("sku"), item.get("id"))
    variants = [each for each in objects(item.get("skus")) if text(each.get("sku")) not in ("", own)]
    return [
        _row(own, about, item, None if variants else item.get("quantity")),
        *(_row(text(each["sku"]), about, each, each.get("stock_quantity")) for each in variants),
    ]


def _row(code: str, about: dict[str, Any], told: dict[str, Any], stock: Any) -> dict[str, str]:
    price = amount(told.get("sale_price")) or amount(told.get("price"))
    return texts(
        {
            "product_id": code,
            **about,
            "unit_price": price,
            "cost": amount(told.get("cost_price")) or None,
            "currency": at(told, "price", "currency"),
            "stock": None if told.get("unlimited_quantity") else amount(stock),
        }
    )


def _orders(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    """A page of orders, whole: all by their number, or those that changed, the latest first."""
    start = changed_since(since)
    items, following = _list(
        api, "/orders", int(place or 1), sort_by="updated_at-desc" if start else "id-asc"
    )
    orders: list[tuple[dict[str, Any], float | None]] = []
    for item in items:
        order = _whole(api, item)
        if order is None:
            continue  # deleted since
        changed = _changed(order, asked)
        if start and changed and changed < start.timestamp():
            following = None
            break
        orders.append((order, changed))
    return snapshots(asked, following, orders, order_of)


def _whole(api: Api, item: dict[str, Any]) -> dict[str, Any] | None:
    number = text(item.get("id"))
    found = at(api.get(f"/orders/{number}", none_is_404=True), "data")
    if not isinstance(found, dict):
        return None
    if not objects(found.get("items")):
        found["items"] = at(api.get("/orders/items", none_is_404=True, order_id=number), "data") or []
    return found


def _changed(order: dict[str, Any], asked: Asked) -> float | None:
    told = order.get("updated_at")
    return moment(at(told, "date") or told, text(at(told, "timezone")) or asked.shop.timezone)


SALLA = Connector(
    "salla",
    "Salla",
    "سلة",
    "Make a private app in Salla's partners portal with read access to orders, customers and products, install it in the shop, and give its "
    "client ID and secret and the refresh token that the shop's authorisation brought.",
    (
        Ask("client_id", "Client ID of the app", "معرّف التطبيق"),
        Ask("client_secret", "Client secret of the app", "المفتاح السري للتطبيق", secret=True),
        Ask("refresh_token", "Refresh token", "رمز التجديد", secret=True),
        Ask("address", "Address of the API", "عنوان الربط", default=ADDRESS),
        Ask("accounts", "Address that gives new tokens", "عنوان تجديد الرموز", default=ACCOUNTS),
    ),
    _pages,
    arabic_about="أنشئ تطبيقًا خاصًا في بوابة شركاء سلة بصلاحية قراءة الطلبات والعملاء والمنتجات، وثبّته في متجرك، ثم أعطِ معرّفه ومفتاحه السري ورمز التجديد الذي جاء مع التفويض.",
)
