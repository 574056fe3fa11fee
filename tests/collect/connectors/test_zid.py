"""Zid as its documentation describes it: two tokens, pages of its own size, products under other names of the tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from masarat.collect import connections
from masarat.collect.connectors.api import Refused
from masarat.collect.webhooks import Shop
from masarat.collect.webhooks.zid import order_of
from masarat.records.models import Connection
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program
from tests.support.shop import standing
from tests.support.webhooks import CHANGED, told_again, zid_order

A_PAGE = 2  # whatever is asked for


def order(number, code="new", **fields):
    own = {"id": 8800 + number, "code": str(1000 + number), "updated_at": f"2025-03-0{number} 12:00:00"}
    return zid_order(code) | own | fields


CUSTOMERS = [
    {"id": 9, "name": "سارة العتيبي", "email": "Sara@Example.SA", "mobile": "966501234567", "gender": "female", "city": {"id": 1, "name": "الرياض", "country_code": "SA"}, "business_name": None, "tax_number": None},
    {"id": 10, "name": "دار البن", "email": "", "mobile": "966557777777", "type": "business", "business_name": "دار البن", "tax_number": "300000000000003", "city": None},
    {"id": 11, "name": "سعد", "email": "s@x.sa", "mobile": None, "city": None},
]  # fmt: skip
PRODUCTS = [
    {"id": "p1", "sku": "A", "name": {"ar": "بن", "en": "Beans"}, "price": 60, "sale_price": 50, "cost": 20, "quantity": 7, "is_infinite": False, "categories": [{"name": {"ar": "قهوة", "en": "Coffee"}}], "currency": "SAR"},
    {"id": "p2", "sku": "B", "name": "فلتر", "price": 20, "sale_price": None, "cost": None, "quantity": None, "is_infinite": True, "categories": []},
    {"id": "p3", "sku": "", "name": "كوب", "price": 25, "quantity": 2, "variants": [{"id": "v1", "sku": "C-1", "price": 26, "cost": 9, "quantity": 2}]},
]  # fmt: skip


class Zid:
    """A shop; of its third order the list tells neither products nor invoice."""

    def __init__(self):
        self.orders = [order(1), order(2, "delivered"), order(3, "cancelled")]
        self.bearer, self.manager, self.renewals = "app", "shop", 0

    def answer(self, call):
        if call.path == "/oauth/token":
            return self.renew({name: values[0] for name, values in parse_qs(call.body.decode()).items()})
        given = call.headers.get("authorization"), call.headers.get("x-manager-token")
        if given != (f"Bearer {self.bearer}", self.manager):
            return Said({"status": "error", "message": {"type": "error", "code": "401", "name": "Unauthenticated"}}, 401)  # fmt: skip
        if call.path == "/managers/account/profile":
            return Said({"status": "object", "user": {"id": 1, "store": {"id": 3, "title": "متجر"}}})
        if call.path.endswith("/view"):
            found = [one for one in self.orders if str(one["id"]) == call.path.split("/")[-2]]
            return Said({"status": "object", "order": found[0]} if found else {}, 200 if found else 404)
        return self.products(call) if call.path == "/products/" else self.page(call)

    def page(self, call):
        name = call.path.rpartition("/")[2]
        kept = CUSTOMERS
        if name == "orders":
            assert call.query["payload_type"] == "default"
            since = call.query.get("date_from", "")
            assert not since or call.query["date_attribute"] == "updated_at"
            kept = [one for one in self.orders if one["updated_at"].replace(" ", "T") >= since[:19]]
            light = ("id", "code", "order_status", "order_total", "updated_at")
            kept = [one if one["id"] != 8803 else {key: one[key] for key in light} for one in kept]
        number = int(call.query["page"])
        total = {"orders": "total_order_count", "customers": "total_customers_count"}[name]
        return Said({"status": "object", name: kept[(number - 1) * A_PAGE : number * A_PAGE], total: len(kept)})  # fmt: skip

    def products(self, call):
        named = [call.headers.get(name) for name in ("access-token", "store-id", "role")]
        assert named == [self.manager, "3", "Manager"]
        number = int(call.query["page"])
        more = "https://api.zid.sa/v1/products/?page=2" if number * A_PAGE < len(PRODUCTS) else None
        return Said({"count": len(PRODUCTS), "next": more, "results": PRODUCTS[(number - 1) * A_PAGE : number * A_PAGE]})  # fmt: skip

    def renew(self, form):
        wanted = {"grant_type": "refresh_token", "refresh_token": "r0", "client_id": "1", "client_secret": "secret", "redirect_uri": "https://x.sa/back"}  # fmt: skip
        if form != wanted:
            return Said({"error": "invalid_grant"}, 400)
        self.renewals += 1
        self.bearer, self.manager = "app-2", "shop-2"
        return Said({"access_token": "shop-2", "Authorization": "app-2", "refresh_token": "r1", "expires_in": 31536000})  # fmt: skip


@pytest.fixture
def shop():
    return Zid()


@pytest.fixture
def served(shop):
    with program(shop.answer) as running:
        yield running


def given(served, **more):
    return {"authorization": "app", "manager_token": "shop", "address": served.url, "oauth": served.url, **more}  # fmt: skip


APP = {"refresh_token": "r0", "client_id": "1", "client_secret": "secret", "redirect_uri": "https://x.sa/back"}  # fmt: skip


def test_everything_comes_in_and_once(served, ask, store):
    run = ask("zid", **given(served))
    assert (run.error, run.rejected) == ("", 0)
    rows = standing(store)
    told = [(row["name"], row["order_id"], row["revenue"], row["tax"]) for row in rows if row["order_id"]]
    assert told == [
        ("Order Cancelled", "1003", 0, 18), ("Order Completed", "1001", 120, 18), ("Order Completed", "1002", 120, 18),
        ("Order Delivered", "1002", 0, 0), ("Order Shipped", "1002", 0, 0),
    ]  # fmt: skip
    assert sorted(row["visitor_id"] for row in rows if row["name"] == "Customer Identified") == ["zid:10", "zid:11", "zid:9"]  # fmt: skip
    assert store.select("SELECT product_id, name, category, toFloat64(price) AS price, toFloat64(cost) AS cost FROM products ORDER BY product_id") == [
        {"product_id": "A", "name": "بن", "category": "قهوة", "price": 50, "cost": 20},
        {"product_id": "B", "name": "فلتر", "category": "", "price": 20, "cost": 0},
        {"product_id": "C-1", "name": "كوب", "category": "", "price": 26, "cost": 9},
        {"product_id": "p3", "name": "كوب", "category": "", "price": 25, "cost": 0},
    ]  # fmt: skip
    assert [row["product_ids"] for row in rows if row["name"] == "Stock Counted"] == [["A"], ["C-1"]]
    again = ask("zid", again=True)
    assert (again.added, again.restated, standing(store)) == (0, 0, rows)


def test_an_order_that_a_webhook_told_is_the_same(served, shop, ask, store):
    """Times are the shop's own."""
    ask("zid", **given(served))
    rows, own = standing(store), Shop("zid")
    assert told_again(store, own, zip(shop.orders, CHANGED, strict=True), order_of) == 0
    assert standing(store) == rows


def test_the_next_time_only_what_changed(served, shop, ask, store):
    ask("zid", **given(served))
    served.calls.clear()
    shop.orders[0] = {**order(1, "refunded", payment_status="refunded"), "updated_at": "2125-01-01 12:00:00"}
    run = ask("zid")
    assert (run.error, served.paths().count("/managers/store/orders")) == ("", 1)
    told = [(row["name"], row["revenue"]) for row in standing(store) if row["order_id"] == "1001"]
    assert told == [("Order Completed", 120), ("Order Refunded", -120)]


def test_customers_are_read_once_a_day(served, listen, records):
    listen("zid", **given(served))
    served.calls.clear()
    listen("zid")
    assert "/managers/store/customers" not in served.paths()
    with records.transaction() as transaction:
        yesterday = datetime.now(UTC) - timedelta(days=1)
        transaction.get_one(Connection, "zid").cursor = {"since": yesterday.isoformat()}
    listen("zid")
    assert served.paths().count("/managers/store/customers") == 2


def test_tokens_that_ran_out_are_renewed_and_kept(served, shop, listen, records):
    shop.bearer = "another"
    listen("zid", **given(served, **APP))
    found = connections.find(records, "zid")
    kept = connections.given_to(found, records)
    assert (shop.renewals, kept["authorization"], kept["access_token"], kept["refresh_token"]) == (1, "app-2", "shop-2", "r1")  # fmt: skip
    assert not [one for one in ("app-2", "shop-2", "secret") if one in found.sealed + str(found.given)]
    assert (listen("zid").error, shop.renewals) == ("", 1)


def test_either_token_may_be_refused(served, ask):
    """Without the app's keys nothing is renewed; with a refresh token that was used, neither."""
    for more in ({"authorization": "wrong"}, {"manager_token": "wrong"}, {"manager_token": "wrong", **APP, "refresh_token": "used"}):  # fmt: skip
        with pytest.raises(Refused, match="refuses the key"):
            ask("zid", **given(served, **more))
    assert served.paths().count("/oauth/token") == 1


def test_too_many_requests_are_waited_for(served, listen, waits):
    """Zid does not say how long."""
    served.first = [Said({}, 429), Said({}, 429)]
    assert listen("zid", **given(served)).error == ""
    assert waits == [1, 2]


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on_and_ends_the_same(served, told, records):
    cuts = list(told_the_same_wherever_cut(served, told, records, "zid", given(served)))
    assert all(more <= len(cuts) - cut + 3 for cut, more in cuts), "of a page, and of a token, once more"
