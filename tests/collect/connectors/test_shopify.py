"""Shopify as its documentation describes it: REST by id, GraphQL with a price, tokens of a day or for ever."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs

import pytest

from masarat.collect import connections
from masarat.collect.connectors import shopify
from masarat.collect.connectors.api import Refused
from masarat.collect.webhooks import Shop
from masarat.collect.webhooks.shopify import order_of
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program
from tests.support.shop import standing
from tests.support.webhooks import CHANGED, shopify_order, told_again

TOKEN = "shpat_right"


def order(number, **fields):
    return shopify_order(id=number, name=f"#{number}", updated_at=f"2025-03-0{number}T12:00:00+03:00", **fields)  # fmt: skip


def money(amount):
    return {"shopMoney": {"amount": amount, "currencyCode": "SAR"}}


PAID = {"id": "gid://shopify/OrderTransaction/71", "kind": "SALE", "status": "SUCCESS", "test": False, "processedAt": "2025-03-01T08:00:00Z", "formattedGateway": "mada", "amountSet": money("153.00")}  # fmt: skip
BACK = {**PAID, "id": "gid://shopify/OrderTransaction/72", "kind": "REFUND", "processedAt": "2025-03-02T08:00:00Z", "amountSet": money("11.50")}  # fmt: skip
NO_MONEY = [{**PAID, "id": "gid://shopify/OrderTransaction/73", **more} for more in ({"kind": "AUTHORIZATION"}, {"status": "FAILURE"}, {"test": True})]  # fmt: skip
CUSTOMERS = [
    {"id": 207, "first_name": "سارة", "last_name": "العتيبي", "email": "Sara@Example.SA", "phone": "+966501234567", "tags": "vip", "default_address": {"city": "الرياض", "country_code": "SA", "company": "دار"}, "updated_at": "2025-03-01T12:00:00+03:00"},
    {"id": 208, "first_name": "نورة", "email": None, "phone": "0557777777", "updated_at": "2025-03-01T12:00:00+03:00"},
    {"id": 209, "first_name": "سعد", "email": "s@x.sa", "updated_at": "2025-03-01T12:00:00+03:00"},
]  # fmt: skip


def variant(number, sku, title, cost, tracked=True):
    return {
        "legacyResourceId": str(number), "sku": sku, "title": title, "price": "57.50", "inventoryQuantity": 7, "updated_at": "2025-03-01T12:00:00+03:00",
        "inventoryItem": {"tracked": tracked, "unitCost": cost and {"amount": cost, "currencyCode": "SAR"}},
        "product": {"title": "بن", "productType": "قهوة"},
    }  # fmt: skip


class Shopify:
    """A shop."""

    def __init__(self):
        refunds = [{"refund_line_items": [{"subtotal": 11.5, "total_tax": 1.5}]}]
        self.orders = [order(1), order(2, financial_status="partially_refunded", refunds=refunds), order(3, financial_status="pending")]  # fmt: skip
        self.variants = [variant(11, "A", "Default Title", "20.00"), variant(12, None, "كبير", None, tracked=False), variant(13, "C", "صغير", "9")]  # fmt: skip
        self.transactions = {1: [PAID, *NO_MONEY], 2: [BACK]}
        self.token, self.given_out = TOKEN, 0

    def answer(self, call):
        if call.path == "/admin/oauth/access_token":
            form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
            if form != {"grant_type": "client_credentials", "client_id": "app", "client_secret": "shpss_secret"}:  # fmt: skip
                return Said({"error": "invalid_client"}, 400)
            self.given_out += 1
            self.token = f"day-{self.given_out}"
            return Said({"access_token": self.token, "scope": "read_orders", "expires_in": 86399})
        if call.headers.get("x-shopify-access-token") != self.token:
            return Said({"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}, 401)  # fmt: skip
        name = call.path.rpartition("/")[2].removesuffix(".json")
        assert call.path.startswith(f"/admin/api/{shopify.VERSION}/")
        return self.graphql(json.loads(call.body)) if name == "graphql" else self.rest(name, call.query)

    def rest(self, name, query):
        if name == "orders":
            assert query["status"] == "any"
        kept = {"orders": self.orders, "customers": CUSTOMERS}[name]
        found = [one for one in kept if one["id"] > int(query["since_id"]) and one["updated_at"] >= query.get("updated_at_min", "")]  # fmt: skip
        return Said({name: found[: int(query["limit"])]}, headers={"x-shopify-shop-api-call-limit": "1/40"})

    def graphql(self, body):
        asked, variables = body["query"], body["variables"]
        name = "productVariants" if "productVariants" in asked else "orders"
        kept = self.variants if name == "productVariants" else [
            {"legacyResourceId": str(one["id"]), "name": one["name"], "email": one["email"], "phone": one["phone"], "customer": {"legacyResourceId": "207119551"}, "updated_at": one["updated_at"], "transactions": self.transactions.get(one["id"], [])}
            for one in self.orders
        ]  # fmt: skip
        query = variables["query"] or ""
        after = int((re.findall(r"id:>(\d+)", query) or ["0"])[0])
        since = (re.findall(r"updated_at:>='([^']+)'", query) or [""])[0]
        found = [one for one in kept if int(one["legacyResourceId"]) > after and one["updated_at"] >= since]
        first = variables["first"]
        return Said({"data": {name: {"pageInfo": {"hasNextPage": len(found) > first}, "nodes": found[:first]}}})  # fmt: skip


@pytest.fixture
def shop():
    return Shopify()


@pytest.fixture
def served(shop):
    with program(shop.answer) as running:
        yield running


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch):
    monkeypatch.setattr(shopify, "A_PAGE", 2)
    monkeypatch.setattr(shopify, "NODES", 2)


def given(served, secret=TOKEN):
    return {"address": served.url, "client_id": "app", "secret": secret}


def test_everything_comes_in_and_once(served, ask, store):
    run = ask("shopify", **given(served))
    assert (run.error, run.rejected) == ("", 0)
    rows = standing(store)
    told = [(row["name"], row["order_id"], row["revenue"]) for row in rows if row["order_id"]]
    assert told == [
        ("Order Completed", "#1", 120), ("Order Completed", "#2", 120), ("Order Pending", "#3", 0), ("Order Refunded", "#2", -10),
        ("Payment Received", "#1", 153), ("Payment Received", "#2", -11.5),
    ]  # fmt: skip
    assert [row["visitor_id"] for row in rows if row["name"] == "Customer Identified"] == [f"shopify:{n}" for n in (207, 208, 209)]  # fmt: skip
    assert store.select("SELECT product_id, name, category, toFloat64(price) AS price, toFloat64(cost) AS cost FROM products ORDER BY product_id") == [
        {"product_id": "12", "name": "بن - كبير", "category": "قهوة", "price": 57.5, "cost": 0},
        {"product_id": "A", "name": "بن", "category": "قهوة", "price": 57.5, "cost": 20},
        {"product_id": "C", "name": "بن - صغير", "category": "قهوة", "price": 57.5, "cost": 9},
    ]  # fmt: skip
    assert [row["product_ids"] for row in rows if row["name"] == "Stock Counted"] == [["A"], ["C"]]
    again = ask("shopify", again=True)
    assert (again.added, again.restated, standing(store)) == (0, 0, rows)


def test_an_order_that_a_webhook_told_is_the_same(served, shop, ask, store):
    ask("shopify", **given(served))
    rows, own = standing(store), Shop("shopify")
    assert told_again(store, own, zip(shop.orders, CHANGED, strict=True), order_of) == 0
    assert standing(store) == rows


def test_the_next_time_only_what_changed(served, shop, ask, store):
    ask("shopify", **given(served))
    served.calls.clear()
    shop.orders[2] = {**order(3), "updated_at": "2125-01-01T00:00:00Z"}
    run = ask("shopify")
    rest = [call.query for call in served.calls if not call.path.endswith("graphql.json")]
    assert all(query["updated_at_min"].endswith("Z") for query in rest)
    asked = [json.loads(call.body)["variables"]["query"] for call in served.calls if call.path.endswith("graphql.json")]  # fmt: skip
    assert all(query.startswith("updated_at:>='") for query in asked)
    assert (run.error, len(served.calls), run.rows) == ("", 4, 1)
    assert [row["name"] for row in standing(store) if row["order_id"] == "#3"] == ["Order Completed"]


def test_tokens_of_a_day_are_asked_for_again(served, shop, listen, records):
    listen("shopify", **given(served, "shpss_secret"))
    listen("shopify")
    assert shop.given_out == 1
    shop.token = "run out"
    assert listen("shopify").error == ""
    assert shop.given_out == 2
    kept = connections.find(records, "shopify")
    assert connections.given_to(kept, records)["access_token"] == "day-2"
    assert "day-2" not in kept.sealed + str(kept.given)


def test_wrong_keys_are_refused(served, ask):
    with pytest.raises(Refused, match="refuses the key"):
        ask("shopify", **given(served, "shpat_wrong"))
    with pytest.raises(Refused, match="refuses the key"):
        ask("shopify", **given(served, "shpss_wrong"))


def test_a_scope_that_is_missing_is_said(served, shop, ask):
    denied = {"data": None, "errors": [{"message": "Access denied for productVariants field.", "extensions": {"code": "ACCESS_DENIED"}}]}  # fmt: skip
    shop.graphql = lambda body: Said(denied)
    with pytest.raises(Refused, match="Access denied for productVariants"):
        ask("shopify", **given(served))


def test_limits_are_waited_for(served, shop, listen, waits):
    """REST says how long; of GraphQL's price 300 of 400 are lacking, and 100 come back a second."""
    price = {"requestedQueryCost": 400, "throttleStatus": {"maximumAvailable": 2000.0, "currentlyAvailable": 100, "restoreRate": 100.0}}  # fmt: skip
    throttled = {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}], "extensions": {"cost": price}}  # fmt: skip
    answers, answer = [Said(throttled)], shop.graphql
    shop.graphql = lambda body: answers.pop() if answers else answer(body)
    served.first = [Said({}, 429, {"retry-after": "2.0"})]
    assert listen("shopify", **given(served)).error == ""
    assert waits == [2, 3]


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on_and_ends_the_same(served, told, records):
    cuts = list(told_the_same_wherever_cut(served, told, records, "shopify", given(served)))
    assert all(more <= len(cuts) - cut + 1 for cut, more in cuts), "of a page, and of a token, once more"
