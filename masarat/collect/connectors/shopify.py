"""Shopify's Admin API: orders with their refunds, customers, payments, products with their cost (https://shopify.dev/docs/api).

Orders and customers are asked for as REST, whose orders are those of the webhooks; what REST has given up (products) or tells only order
by order (transactions) as GraphQL. Every list is read by id from where it was, so that nothing shifts while it is read and no
cursor runs out. Without the scope read_all_orders Shopify gives the orders of the last 60 days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from masarat.collect.connectors.api import Api, Refused, Unanswered
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.connectors.shops import changed_since, contact, newer, snapshots
from masarat.collect.sources.saved import texts
from masarat.collect.webhooks.base import amount, at, moment, objects, text
from masarat.collect.webhooks.shopify import order_of, person_of

VERSION = "2026-07"
A_PAGE = 250  # the most, of REST
NODES = 50  # of GraphQL, where what is asked within each has its price too
OF_AN_ORDER = 15  # transactions
BOUGHT = {"SALE": 1, "CAPTURE": 1, "REFUND": -1, "CHANGE": -1}  # kinds in which money moves

VARIANTS = """query ($first: Int!, $query: String) {
  productVariants(first: $first, sortKey: ID, query: $query) { pageInfo { hasNextPage } nodes {
    legacyResourceId sku title price inventoryQuantity
    inventoryItem { tracked unitCost { amount currencyCode } }
    product { title productType }
  } }
}"""
TRANSACTIONS = """query ($first: Int!, $query: String, $each: Int!) {
  orders(first: $first, sortKey: ID, query: $query) { pageInfo { hasNextPage } nodes {
    legacyResourceId name email phone customer { legacyResourceId }
    transactions(first: $each) {
      id kind status test processedAt formattedGateway amountSet { shopMoney { amount currencyCode } }
    }
  } }
}"""


def _pages(asked: Asked) -> Iterator[Page]:
    keys = dict(asked.given)
    permanent = keys["secret"] if keys["secret"].startswith("shpat_") else ""

    def renew() -> dict[str, str]:
        newer(
            asked, keys, keys["address"], "/admin/oauth/access_token",
            grant_type="client_credentials", client_id=keys["client_id"], client_secret=keys["secret"],
        )  # fmt: skip
        return {"X-Shopify-Access-Token": keys.get("access_token", "")}

    known = permanent or keys.get("access_token")
    headers = {"X-Shopify-Access-Token": known} if known else renew()
    api = asked.open(
        keys["address"],
        headers={"Accept": "application/json", **headers},
        renew=None if permanent else renew,
    )
    return staged(
        asked,
        [
            Stage("customers", "contacts", lambda place, since: _customers(asked, api, place, since)),
            Stage("variants", "products", lambda place, since: _variants(api, place, since)),
            Stage("orders", "orders", lambda place, since: _orders(asked, api, place, since)),
            Stage("transactions", "payments", lambda place, since: _transactions(api, place, since)),
        ],
    )


def _list(
    api: Api, name: str, place: Any, since: str, **params: Any
) -> tuple[list[dict[str, Any]], int | None]:
    """A page of a list of REST, and the id behind which the next begins."""
    start = changed_since(since)
    asked_for = {"limit": A_PAGE, "since_id": int(place or 0), **params}
    if start:
        asked_for["updated_at_min"] = _iso(start)
    items = objects(at(api.get(f"/admin/api/{VERSION}/{name}.json", **asked_for), name))
    return items, int(items[-1]["id"]) if len(items) >= A_PAGE else None


def _customers(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    items, following = _list(api, "customers", place, since)
    return Batch(following, [_customer(asked, item) for item in items])


def _customer(asked: Asked, item: dict[str, Any]) -> dict[str, str]:
    more = {"company": at(item, "default_address", "company"), "tags": item.get("tags")}
    return contact(person_of(asked.shop, {"customer": item})) | texts(more)


def _orders(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    items, following = _list(api, "orders", place, since, status="any")
    told = ((item, moment(item.get("updated_at"), asked.shop.timezone)) for item in items)
    return snapshots(asked, following, told, order_of)


def _variants(api: Api, place: Any, since: str) -> Batch:
    nodes, following = _nodes(api, VARIANTS, "productVariants", place, since)
    return Batch(following, [_variant(node) for node in nodes])


def _variant(node: dict[str, Any]) -> dict[str, str]:
    title, own = text(at(node, "product", "title")), text(node.get("title"))
    cost = at(node, "inventoryItem", "unitCost")
    return texts(
        {
            "product_id": text(node.get("sku"), node.get("legacyResourceId")),
            "product_name": title if own in ("", "Default Title") else f"{title} - {own}",
            "category": text(at(node, "product", "productType")),
            "unit_price": amount(node.get("price")),
            "cost": amount(cost),
            "currency": at(cost, "currencyCode"),
            "stock": amount(node.get("inventoryQuantity")) if at(node, "inventoryItem", "tracked") else None,
        }
    )


def _transactions(api: Api, place: Any, since: str) -> Batch:
    nodes, following = _nodes(api, TRANSACTIONS, "orders", place, since, each=OF_AN_ORDER)
    return Batch(following, [row for node in nodes for row in _paid(node)])


def _paid(order: dict[str, Any]) -> list[dict[str, str]]:
    """What was paid of an order and what was given back, that negative."""
    return [
        texts(
            {
                "payment_id": text(one.get("id")).rpartition("/")[2],
                "ts": one.get("processedAt"),
                "order_id": order.get("name"),
                "paid": BOUGHT[one["kind"]] * (amount(at(one, "amountSet", "shopMoney")) or 0.0),
                "currency": at(one, "amountSet", "shopMoney", "currencyCode"),
                "payment": one.get("formattedGateway"),
                "customer_id": at(order, "customer", "legacyResourceId"),
                "email": order.get("email"),
                "phone": order.get("phone"),
            }
        )
        for one in objects(order.get("transactions"))
        if one.get("kind") in BOUGHT and one.get("status") == "SUCCESS" and not one.get("test")
    ]


def _nodes(
    api: Api, query: str, name: str, place: Any, since: str, **variables: Any
) -> tuple[list[dict[str, Any]], int | None]:
    """A page of a list of GraphQL, and the id behind which the next begins."""
    start = changed_since(since)
    wanted = [f"id:>{int(place)}"] if place else []
    wanted += [f"updated_at:>='{_iso(start)}'"] if start else []
    body = {"query": query, "variables": {"first": NODES, "query": " AND ".join(wanted) or None, **variables}}
    found, _ = api.ask("POST", f"/admin/api/{VERSION}/graphql.json", json=body, busy=_throttled)
    if not isinstance(at(found, "data", name), dict):
        raise _refusal(found)
    nodes = objects(at(found, "data", name, "nodes"))
    more = nodes and at(found, "data", name, "pageInfo", "hasNextPage")
    return nodes, int(nodes[-1]["legacyResourceId"]) if more else None


def _throttled(found: Any) -> float | None:
    """Seconds until the price of what was asked is there again, where GraphQL says that it is not."""
    codes = [at(error, "extensions", "code") for error in objects(at(found, "errors"))]
    if "THROTTLED" not in codes:
        return None
    cost = at(found, "extensions", "cost")
    lacking = (amount(at(cost, "requestedQueryCost")) or 0.0) - (
        amount(at(cost, "throttleStatus", "currentlyAvailable")) or 0.0
    )
    return max(1.0, lacking / (amount(at(cost, "throttleStatus", "restoreRate")) or 50.0))


def _refusal(found: Any) -> Refused | Unanswered:
    errors = objects(at(found, "errors"))
    said = "; ".join(text(error.get("message")) for error in errors) or "nothing"
    if any(at(error, "extensions", "code") == "ACCESS_DENIED" for error in errors):
        return Refused(
            f"Shopify does not let the app in: {said}",
            "Give it the scopes read_orders, read_customers, read_products and read_inventory.",
        )
    return Unanswered(f"Shopify answers: {said}", "Nothing is lost: the next sync goes on from here.")


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


SHOPIFY = Connector(
    "shopify",
    "Shopify",
    "شوبيفاي",
    "Make an app in Shopify's Dev Dashboard with the scopes read_orders, read_all_orders, read_customers, read_products and read_inventory, "
    "install it in the shop, and give its client ID and secret; or the access token (shpat_…) of an app made in the shop before 2026.",
    (
        Ask("address", "Address of the shop (https://….myshopify.com)", "عنوان المتجر"),
        Ask("client_id", "Client ID (API key) of the app", "معرّف التطبيق"),
        Ask("secret", "Client secret, or access token", "المفتاح السري أو رمز الوصول", secret=True),
    ),
    _pages,
    arabic_about="أنشئ تطبيقًا في لوحة مطوري شوبيفاي (Dev Dashboard) بالصلاحيات read_orders وread_all_orders وread_customers وread_products وread_inventory، وثبّته في متجرك، ثم أعطِ معرّفه ومفتاحه السري؛ أو رمز الوصول (shpat_…) لتطبيق أُنشئ في المتجر قبل 2026.",
)
