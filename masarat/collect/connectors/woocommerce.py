"""WooCommerce's REST API v3: orders with their refunds, customers, products (https://woocommerce.github.io/woocommerce-rest-api-docs).

Key and secret are sent as Basic authorization, which WooCommerce takes over HTTPS alone. A refund changes its order's date, so orders that
changed bring it. Customers cannot be asked for by when they changed: of those that are there only new ones are asked for, and what changes of
one is told with the next order. Stock that an order takes does not change a product's date: webhooks tell it, or `--again`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.connectors.shops import changed_since, contact, snapshots
from masarat.collect.sources.saved import texts
from masarat.collect.webhooks.base import amount, at, objects, text
from masarat.collect.webhooks.woocommerce import order_of, person_of, time_of

PATH = "/wp-json/wc/v3"
A_PAGE = 100  # the most


def _pages(asked: Asked) -> Iterator[Page]:
    key = (asked.given["consumer_key"], asked.given["consumer_secret"])
    api = asked.open(asked.given["address"].rstrip("/"), headers={"Accept": "application/json"}, auth=key)
    return staged(
        asked,
        [
            Stage("customers", "contacts", lambda place, since: _customers(asked, api, place, since)),
            Stage("products", "products", lambda place, since: _products(api, place, since)),
            Stage("orders", "orders", lambda place, since: _orders(asked, api, place, since)),
        ],
    )


def _list(
    api: Api, path: str, number: int, *, none_is_404: bool = False, **params: Any
) -> tuple[list[dict[str, Any]], int | None]:
    """A page of a list, and the number of the next; None where it was the last."""
    found, headers = api.ask(
        "GET",
        f"{PATH}/{path}",
        none_is_404=none_is_404,
        params={"page": number, "per_page": A_PAGE, **params},
    )
    last = headers.get("x-wp-totalpages", "")
    return objects(found), number + 1 if last.isdigit() and number < int(last) else None


def _changed(since: str) -> dict[str, Any]:
    """What asks for what changed, by the id, which stays."""
    start = changed_since(since)
    sorting = {"orderby": "id", "order": "asc"}
    if start is None:
        return sorting
    return {**sorting, "modified_after": f"{start:%Y-%m-%dT%H:%M:%S}", "dates_are_gmt": "true"}


def _orders(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    items, following = _list(api, "orders", int(place or 1), **_changed(since))
    told = ((item, time_of(item, "date_modified", asked.shop)) for item in items)
    return snapshots(asked, following, told, order_of)


def _customers(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    """All customers by when they registered; or the latest first, until one that was there."""
    start = changed_since(since)
    order = "desc" if start else "asc"
    items, following = _list(
        api, "customers", int(place or 1), role="all", orderby="registered_date", order=order
    )
    rows = []
    for item in items:
        registered = time_of(item, "date_created", asked.shop)
        if start and registered and registered < start.timestamp():
            following = None
            break
        rows.append(
            contact(person_of(asked.shop, item, id=item.get("id")))
            | texts({"company": at(item, "billing", "company")})
        )
    return Batch(following, rows)


def _products(api: Api, place: Any, since: str) -> Batch:
    items, following = _list(api, "products", int(place or 1), **_changed(since))
    return Batch(following, [row for item in items for row in _sold(api, item)])


def _sold(api: Api, item: dict[str, Any]) -> list[dict[str, str]]:
    """A product as a row; one that comes in variations as a row each."""
    category = text(*(each.get("name") for each in objects(item.get("categories"))))
    if item.get("type") != "variable":
        return [_row(item, text(item.get("name")), category)]
    rows, number = [], 1 if item.get("id") else None
    while number:
        found, number = _list(api, f"products/{item['id']}/variations", number, none_is_404=True)
        rows += [_row(each, _named(item, each), category) for each in found]
    return rows


def _named(item: dict[str, Any], variation: dict[str, Any]) -> str:
    options = [text(each.get("option")) for each in objects(variation.get("attributes"))]
    return " - ".join([text(item.get("name")), *filter(None, [", ".join(filter(None, options))])])


def _row(told: dict[str, Any], name: str, category: str) -> dict[str, str]:
    return texts(
        {
            "product_id": text(told.get("sku"), told.get("id")),
            "product_name": name,
            "category": category,
            "unit_price": amount(told.get("price")),
            "cost": amount(at(told, "cost_of_goods_sold", "total_value")),
            "stock": amount(told.get("stock_quantity")) if told.get("manage_stock") is True else None,
        }
    )


WOOCOMMERCE = Connector(
    "woocommerce",
    "WooCommerce",
    "ووكومرس",
    "Make a key with read permission in WordPress under WooCommerce → Settings → Advanced → REST API, and give it with its secret.",
    (
        Ask("address", "Address of the shop (https://…)", "عنوان المتجر"),
        Ask("consumer_key", "Consumer key (ck_…)", "مفتاح المستهلك", secret=True),
        Ask("consumer_secret", "Consumer secret (cs_…)", "سر المستهلك", secret=True),
    ),
    _pages,
    arabic_about="أنشئ مفتاحًا بصلاحية القراءة في ووردبريس: WooCommerce ← الإعدادات ← متقدم ← REST API، وأعطه مع سره.",
)
