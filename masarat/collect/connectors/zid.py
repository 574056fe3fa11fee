"""Zid's merchant API: orders, customers, products (https://docs.zid.sa).

Two tokens: `Authorization` lets the app in, `X-Manager-Token` into the shop. Both last a year; with the app's keys they are renewed. An order
of which the list leaves out the products or the invoice (tax, shipping) is asked for itself. Customers cannot be asked for by when they
changed, so the first sync of a day reads them all; in between orders tell of them. An app may ask 60 times a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.connectors.shops import changed_since, contact, newer, snapshots
from masarat.collect.sources.saved import texts
from masarat.collect.webhooks.base import amount, at, moment, objects, text
from masarat.collect.webhooks.zid import name_of, order_of, person_of

ADDRESS = "https://api.zid.sa/v1"
OAUTH = "https://oauth.zid.sa"
A_PAGE = 100  # the most of orders
OVERLAP = timedelta(days=1)  # in which zone Zid reads a date it does not say
APP = ("refresh_token", "client_id", "client_secret", "redirect_uri")  # what tokens are renewed with


def _pages(asked: Asked) -> Iterator[Page]:
    keys = dict(asked.given)

    def renew() -> dict[str, str]:
        form = {name: keys[name] for name in APP}
        newer(asked, keys, keys["oauth"], "/oauth/token", grant_type="refresh_token", **form)
        return _tokens(keys)

    api = asked.open(
        keys["address"],
        headers={"Accept": "application/json", "Accept-Language": "ar", **_tokens(keys)},
        renew=renew if all(keys.get(name) for name in APP) else None,
    )
    return staged(
        asked,
        [
            Stage("customers", "contacts", lambda place, since: _customers(asked, api, place, since)),
            Stage("products", "products", lambda place, since: _products(api, keys, place)),
            Stage("orders", "orders", lambda place, since: _orders(asked, api, place, since)),
        ],
    )


def _tokens(keys: dict[str, str]) -> dict[str, str]:
    """The headers of both tokens; what Zid calls access token is the manager's."""
    bearer = keys["authorization"].removeprefix("Bearer ")
    return {
        "Authorization": f"Bearer {bearer}",
        "X-Manager-Token": keys.get("access_token") or keys["manager_token"],
    }


def _list(
    api: Api, path: str, name: str, total: str, place: Any, **params: Any
) -> tuple[list[dict[str, Any]], list[int] | None]:
    """A page of a list, and the place behind it: the next page, and how many were seen. It is over with an empty page, or once all were
    seen that there are: how many come in a page is Zid's to say."""
    number, seen = place or (1, 0)
    found = api.get(path, page=number, per_page=A_PAGE, **params)
    items, there = objects(at(found, name)), amount(at(found, total))
    seen += len(items)
    return items, [number + 1, seen] if items and not (there and seen >= there) else None


def _customers(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    if not place and since and datetime.fromisoformat(since).date() == asked.now.date():
        return Batch(None)
    items, following = _list(api, "/managers/store/customers", "customers", "total_customers_count", place)
    return Batch(following, [_customer(asked, item) for item in items])


def _customer(asked: Asked, item: dict[str, Any]) -> dict[str, str]:
    more = {"company": item.get("business_name"), "vat_number": item.get("tax_number")}
    return contact(person_of(asked.shop, item)) | texts(more)


def _orders(asked: Asked, api: Api, place: Any, since: str) -> Batch:
    start = changed_since(since, OVERLAP)
    params = {"payload_type": "default", "sort_by": "asc"}
    if start:
        params |= {"date_attribute": "updated_at", "date_from": f"{start:%Y-%m-%dT%H:%M:%S}.000+0000"}
    items, following = _list(api, "/managers/store/orders", "orders", "total_order_count", place, **params)
    whole = [order for item in items if (order := _whole(api, item)) is not None]
    told = ((order, moment(order.get("updated_at"), asked.shop.timezone)) for order in whole)
    return snapshots(asked, following, told, order_of)


def _whole(api: Api, item: dict[str, Any]) -> dict[str, Any] | None:
    """The order with its products and invoice; None where it was deleted meanwhile."""
    if objects(item.get("products")) and objects(at(item, "payment", "invoice")):
        return item
    found = at(api.get(f"/managers/store/orders/{item.get('id')}/view", none_is_404=True), "order")
    return found if isinstance(found, dict) else None


def _products(api: Api, keys: dict[str, str], place: Any) -> Batch:
    """Products want the tokens under other names, and the shop's number."""
    if "store" not in keys:
        profile = api.get("/managers/account/profile")
        keys["store"] = text(at(profile, "user", "store", "id"), at(profile, "store", "id"))
    headers = {"Access-Token": _tokens(keys)["X-Manager-Token"], "Role": "Manager", "Store-Id": keys["store"]}
    number = int(place or 1)
    found, _ = api.ask("GET", "/products/", params={"page": number, "page_size": A_PAGE}, headers=headers)
    rows = [row for item in objects(at(found, "results")) for row in _sold(item)]
    return Batch(number + 1 if text(at(found, "next")) else None, rows)


def _sold(item: dict[str, Any]) -> list[dict[str, str]]:
    """A product as a row, and each of its variants; where it has some, they count the pieces."""
    category = text(*(name_of(each.get("name")) for each in objects(item.get("categories"))))
    variants = objects(item.get("variants"))
    return [
        texts(
            {
                "product_id": text(part.get("sku"), part.get("id")),
                "product_name": name_of(part.get("name")) or name_of(item.get("name")),
                "category": category,
                "unit_price": amount(part.get("sale_price")) or amount(part.get("price")),
                "cost": amount(part.get("cost")) or None,
                "currency": item.get("currency"),
                "stock": None
                if part.get("is_infinite") or (variants and part is item)
                else amount(part.get("quantity")),
            }
        )
        for part in (item, *variants)
    ]


ZID = Connector(
    "zid",
    "Zid",
    "زد",
    "Make an app in Zid's partner dashboard with read access to orders, customers and products, install it in the shop, and give both tokens "
    "that this brought; with the refresh token and the app's keys, they are renewed every year without you.",
    (
        Ask("authorization", "Authorization token", "رمز التطبيق (Authorization)", secret=True),
        Ask("manager_token", "Manager token (access_token)", "رمز المتجر (X-Manager-Token)", secret=True),
        Ask("refresh_token", "Refresh token", "رمز التجديد", secret=True, optional=True),
        Ask("client_id", "Client ID of the app", "معرّف التطبيق", optional=True),
        Ask("client_secret", "Client secret of the app", "المفتاح السري للتطبيق", secret=True, optional=True),
        Ask("redirect_uri", "Redirect URI of the app", "رابط إعادة التوجيه", optional=True),
        Ask("address", "Address of the API", "عنوان الربط", default=ADDRESS),
        Ask("oauth", "Address that gives new tokens", "عنوان تجديد الرموز", default=OAUTH),
    ),
    _pages,
    arabic_about="أنشئ تطبيقًا في لوحة شركاء زد بصلاحية قراءة الطلبات والعملاء والمنتجات، وثبّته في متجرك، ثم أعطِ الرمزين اللذين جاءا معه؛ وإن أعطيت رمز التجديد ومفاتيح التطبيق تجدّدت الرموز كل سنة وحدها.",
)
