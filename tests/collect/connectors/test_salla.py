"""Salla as its documentation describes it: bearer tokens that run out, pages by number, orders whose list tells little."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from masarat.collect import connections
from masarat.collect.connectors.api import Refused
from masarat.collect.webhooks import Shop
from masarat.collect.webhooks.salla import order_of
from masarat.store import quarantined
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program
from tests.support.shop import standing
from tests.support.webhooks import CHANGED, salla_order, told_again

A_PAGE = 2


def moment(day, hour=12):
    return {"date": f"2025-03-{day:02} {hour}:00:00.000000", "timezone_type": 3, "timezone": "Asia/Riyadh"}


def order(number, day, slug="in_progress", **data):
    """120 of goods and 15 of shipping, of number 1000 and so many."""
    whole = salla_order(slug, reference_id=1000 + number, **data)["data"]
    return {**whole, "id": 77000 + number, "updated_at": moment(day)}


CUSTOMERS = [
    {"id": 5, "first_name": "سارة", "last_name": "العتيبي", "mobile": 501234567, "mobile_code": "+966", "email": "Sara@Example.SA", "gender": "female", "city": "الرياض", "country_code": "SA", "updated_at": moment(1)},
    {"id": 6, "first_name": "نورة", "last_name": "", "mobile": 557777777, "mobile_code": "966", "email": "", "city": "جدة", "updated_at": moment(1)},
    {"id": 7, "first_name": "سعد", "last_name": "", "mobile": 0, "mobile_code": "", "email": "s@x.sa", "updated_at": moment(1)},
]  # fmt: skip
PRODUCTS = [
    {"id": 11, "sku": "A", "name": "بن", "price": {"amount": 60, "currency": "SAR"}, "sale_price": {"amount": 50, "currency": "SAR"}, "cost_price": "20", "quantity": "7", "categories": [{"name": "قهوة"}], "skus": []},
    {
        "id": 12, "sku": "", "name": "كوب", "price": {"amount": 20, "currency": "SAR"}, "sale_price": {"amount": 0}, "cost_price": None, "quantity": 4,
        "skus": [{"id": 1, "sku": "C-1", "price": {"amount": 25, "currency": "SAR"}, "cost_price": {"amount": 9}, "stock_quantity": 4}, {"id": 2, "sku": ""}],
    },
]  # fmt: skip


class Salla:
    """A shop; its first access token has run out."""

    def __init__(self):
        self.orders = [order(1, 1), order(2, 2, "delivered"), order(3, 3, "canceled")]
        self.access, self.refresh, self.renewals = "worn", "r0", 0

    def answer(self, call):
        if call.path == "/oauth2/token":
            return self.renew({name: values[0] for name, values in parse_qs(call.body.decode()).items()})
        if call.headers.get("authorization") != f"Bearer {self.access}":
            return Said({"status": 401, "success": False, "error": {"code": "Unauthorized", "message": "The access token is invalid"}}, 401)  # fmt: skip
        if call.path == "/orders/items":
            return Said({"data": self.find(call.query["order_id"])["items"]})
        if call.path.startswith("/orders/"):
            found = self.find(call.path.rpartition("/")[2])
            light = {name: value for name, value in found.items() if name != "items"}
            return Said({"status": 200, "success": True, "data": light}) if found else Said({}, 404)
        return self.page(call)

    def find(self, number):
        return next((one for one in self.orders if str(one["id"]) == number), {})

    def page(self, call):
        kept = {"/customers": CUSTOMERS, "/products": PRODUCTS}.get(call.path) or [
            {"id": one["id"], "reference_id": one["reference_id"], "items": [{"name": "بن", "quantity": 2}]}
            for one in sorted(
                self.orders,
                key=lambda one: one["updated_at"]["date"] if call.query["sort_by"] == "updated_at-desc" else -one["id"],
                reverse=True,
            )
        ]  # fmt: skip
        number = int(call.query["page"])
        pages = max(1, -(-len(kept) // A_PAGE))
        found = kept[(number - 1) * A_PAGE : number * A_PAGE]
        told = {"count": len(found), "total": len(kept), "perPage": A_PAGE, "currentPage": number, "totalPages": pages}  # fmt: skip
        return Said({"status": 200, "success": True, "data": found, "pagination": told})

    def renew(self, form):
        if form != {"grant_type": "refresh_token", "refresh_token": self.refresh, "client_id": "app", "client_secret": "secret"}:  # fmt: skip
            return Said({"error": "invalid_grant", "error_description": "The refresh token is invalid"}, 400)
        self.renewals += 1
        self.access, self.refresh = f"a{self.renewals}", f"r{self.renewals}"
        return Said({"access_token": self.access, "refresh_token": self.refresh, "expires": 1_900_000_000, "token_type": "bearer"})  # fmt: skip


@pytest.fixture
def shop():
    return Salla()


@pytest.fixture
def served(shop):
    with program(shop.answer) as running:
        yield running


def given(served, **more):
    return {"client_id": "app", "client_secret": "secret", "refresh_token": "r0", "address": served.url, "accounts": served.url, **more}  # fmt: skip


def test_everything_comes_in_and_once(served, ask, store):
    run = ask("salla", **given(served))
    assert (run.error, run.rejected) == ("", 0)
    rows = standing(store)
    told = [(row["name"], row["order_id"], row["revenue"]) for row in rows if row["order_id"]]
    assert told == [
        ("Order Cancelled", "1003", 0), ("Order Completed", "1001", 120), ("Order Completed", "1002", 120),
        ("Order Delivered", "1002", 0), ("Order Shipped", "1002", 0),
    ]  # fmt: skip
    assert next(row for row in rows if row["order_id"] == "1001")["product_ids"] == ["A", "B"]
    assert [row["visitor_id"] for row in rows if row["name"] == "Customer Identified"] == ["salla:5", "salla:6", "salla:7"]  # fmt: skip
    assert store.select("SELECT product_id, name, category, toFloat64(price) AS price, toFloat64(cost) AS cost FROM products ORDER BY product_id") == [
        {"product_id": "12", "name": "كوب", "category": "", "price": 20, "cost": 0},
        {"product_id": "A", "name": "بن", "category": "قهوة", "price": 50, "cost": 20},
        {"product_id": "C-1", "name": "كوب", "category": "", "price": 25, "cost": 9},
    ]  # fmt: skip
    counted = store.select("SELECT product_ids[1] AS code, toFloat64(product_quantities[1]) AS pieces FROM events WHERE name = 'Stock Counted' ORDER BY code")  # fmt: skip
    assert counted == [{"code": "A", "pieces": 7}, {"code": "C-1", "pieces": 4}]
    again = ask("salla", again=True)
    assert (again.added, again.restated, standing(store)) == (0, 0, rows)


def test_what_customers_say_is_kept(served, ask, store):
    ask("salla", **given(served))
    told = store.select("SELECT trait, value FROM traits WHERE visitor_id = 'salla:5' ORDER BY trait")
    assert {row["trait"]: row["value"] for row in told} == {
        "name": "سارة العتيبي", "phone": "+966501234567", "email": "sara@example.sa", "city": "الرياض", "country": "SA", "gender": "female",
    }  # fmt: skip


def test_an_order_that_a_webhook_told_is_the_same(served, shop, ask, store):
    """A webhook of the connection's own key is told a moment after the change."""
    shop.orders = shop.orders[:1]
    ask("salla", **given(served))
    rows = standing(store)
    own = Shop("salla")
    assert told_again(store, own, [(shop.orders[0], CHANGED[0] + 1)], order_of) == 0
    assert standing(store) == rows


def test_a_token_that_ran_out_is_renewed_once_and_kept(served, shop, listen, records):
    listen("salla", **given(served))
    assert shop.renewals == 1
    kept = connections.given_to(connections.find(records, "salla"), records)
    assert (kept["access_token"], kept["refresh_token"]) == ("a1", "r1")
    listen("salla")
    assert shop.renewals == 1
    shop.access = "worn again"
    listen("salla")
    kept = connections.given_to(connections.find(records, "salla"), records)
    assert (shop.renewals, kept["access_token"], kept["refresh_token"]) == (2, "a2", "r2")
    found = connections.find(records, "salla")
    assert not [one for one in ("a2", "r2", "secret") if one in found.sealed + str(found.given)]


def test_a_refresh_token_that_was_used_is_refused(served, ask, records):
    with pytest.raises(Refused, match="refuses the key"):
        ask("salla", **given(served, refresh_token="used"))
    assert "refuses" in connections.runs(records, "salla")[0].error


def test_the_next_time_only_what_changed(served, shop, ask, store):
    """Orders are asked for from the latest change on, until one that is older than the last sync."""
    ask("salla", **given(served))
    served.calls.clear()
    shop.orders[1] = order(2, 2, "restored") | {"updated_at": {"date": "2125-01-01 00:00:00", "timezone": "Asia/Riyadh"}}  # fmt: skip
    run = ask("salla")
    assert [call.path for call in served.calls if call.path.startswith("/orders")] == [
        "/orders", "/orders/77002", "/orders/items", "/orders/77003", "/orders/items",
    ]  # fmt: skip
    assert [call.query["date_from"] for call in served.calls if call.path == "/customers"]
    assert run.error == ""
    told = [(row["name"], row["order_id"], row["revenue"]) for row in standing(store) if row["order_id"] == "1002"]  # fmt: skip
    assert told == [
        ("Order Completed", "1002", 120), ("Order Delivered", "1002", 0), ("Order Refunded", "1002", -120), ("Order Shipped", "1002", 0),
    ]  # fmt: skip


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on_and_ends_the_same(served, shop, told, records, monkeypatch):
    monkeypatch.setattr(shop, "access", "right")
    monkeypatch.setattr(shop, "renew", lambda form: Said({"access_token": "right", "refresh_token": "r0"}))
    cuts = list(told_the_same_wherever_cut(served, told, records, "salla", given(served)))
    assert all(more <= len(cuts) - cut + 5 for cut, more in cuts), "of a page, and of a token, once more"


def test_too_many_requests_are_waited_for(served, listen, waits):
    """A limit says when it is lifted, in seconds since 1970 or from now; the first request renews the token."""
    served.first = [Said({}, 429, {"retry-after": "3"}), Said({}, 503)]
    assert listen("salla", **given(served)).error == ""
    assert waits == [3, 2]


def test_an_order_that_was_deleted_meanwhile_is_left_out(served, shop, listen):
    """The list still has it."""
    listen("salla", **given(served))
    listed = shop.orders
    shop.find = lambda number: {} if number == "77001" else next(one for one in listed if str(one["id"]) == number)  # fmt: skip
    assert listen("salla", again=True).error == ""


def test_an_order_without_amounts_waits_in_quarantine(served, shop, ask, store):
    bare = {name: value for name, value in order(4, 4).items() if name != "amounts"} | {"items": []}
    shop.orders.append(bare)
    run = ask("salla", **given(served))
    assert (run.error, run.rejected) == ("", 1)
    assert ask("salla", again=True).rejected == 1
    assert quarantined.waiting(store, "salla").height == 1, "it comes again and says the same"
    assert not [row for row in standing(store) if row["order_id"] == "1004"]
