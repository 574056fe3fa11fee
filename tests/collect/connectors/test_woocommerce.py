"""WooCommerce as its documentation describes it: Basic authorization, pages counted in a header, times in GMT."""

from __future__ import annotations

import base64

import pytest

from masarat.collect.connectors import woocommerce
from masarat.collect.connectors.api import Refused, Unanswered
from masarat.collect.webhooks import Shop
from masarat.collect.webhooks.woocommerce import order_of
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program
from tests.support.shop import standing
from tests.support.webhooks import CHANGED, told_again, woo_order

KEY = "Basic " + base64.b64encode(b"ck_1:cs_1").decode()


def order(number, status="processing", **fields):
    return woo_order(status, id=700 + number, number=str(1000 + number), date_modified_gmt=f"2025-03-0{number}T09:00:00", **fields)  # fmt: skip


def customer(number, registered, **fields):
    return {"id": number, "first_name": "سارة", "last_name": "العتيبي", "email": f"c{number}@x.sa", "date_created_gmt": registered, "billing": {"phone": "", "city": "", "country": "SA", "company": ""}, **fields}  # fmt: skip


class Woo:
    """A shop."""

    def __init__(self):
        self.orders = [order(1), order(2, refunds=[{"id": 9, "reason": "", "total": "-15.30"}]), order(3, "pending")]  # fmt: skip
        self.customers = [
            customer(26, "2025-01-01T00:00:00", billing={"phone": "٠٥٠١٢٣٤٥٦٧", "city": "الرياض", "country": "SA", "company": "دار"}),
            customer(27, "2025-01-02T00:00:00"), customer(28, "2025-01-03T00:00:00"),
        ]  # fmt: skip
        cost = {"values": [{"defined_value": 20, "effective_value": 20}], "total_value": 20}
        self.products = [
            {"id": 11, "sku": "A", "name": "بن", "type": "simple", "price": "50.00", "manage_stock": True, "stock_quantity": 7, "categories": [{"id": 1, "name": "قهوة"}], "cost_of_goods_sold": cost, "date_modified_gmt": "2025-03-01T09:00:00"},
            {"id": 12, "sku": "C", "name": "كوب", "type": "variable", "price": "20", "manage_stock": False, "stock_quantity": None, "categories": [], "date_modified_gmt": "2025-03-01T09:00:00"},
            {"id": 13, "sku": "", "name": "دلة", "type": "simple", "price": "125.00", "manage_stock": False, "stock_quantity": None, "categories": [], "date_modified_gmt": "2025-03-01T09:00:00"},
        ]  # fmt: skip
        self.variations = [
            {"id": 121, "sku": "C-1", "price": "20.00", "manage_stock": True, "stock_quantity": 3, "attributes": [{"name": "اللون", "option": "أحمر"}]},
            {"id": 122, "sku": "C-2", "price": "22.00", "manage_stock": "parent", "stock_quantity": 9, "attributes": [{"name": "اللون", "option": "أزرق"}]},
            {"id": 123, "sku": "C-3", "price": "24.00", "manage_stock": False, "stock_quantity": None, "attributes": []},
        ]  # fmt: skip

    def answer(self, call):
        if call.headers.get("authorization") != KEY:
            return Said({"code": "woocommerce_rest_cannot_view", "message": "Sorry, you cannot list resources.", "data": {"status": 401}}, 401)  # fmt: skip
        name = call.path.removeprefix("/wp-json/wc/v3/")
        kept = {"orders": self.orders, "customers": self.customers, "products": self.products, "products/12/variations": self.variations}.get(name)  # fmt: skip
        if kept is None:
            return Said({"code": "rest_no_route", "message": "No route was found matching the URL and request method.", "data": {"status": 404}}, 404)  # fmt: skip
        query = call.query
        if since := query.get("modified_after"):
            assert query["dates_are_gmt"] == "true"
            kept = [one for one in kept if one["date_modified_gmt"] > since]
        if query.get("order") == "desc":
            kept = kept[::-1]
        number, size = int(query["page"]), int(query["per_page"])
        pages = {"x-wp-total": str(len(kept)), "x-wp-totalpages": str(-(-len(kept) // size))}
        return Said(kept[(number - 1) * size : number * size], headers=pages)


@pytest.fixture
def shop():
    return Woo()


@pytest.fixture
def served(shop):
    with program(shop.answer) as running:
        yield running


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch):
    monkeypatch.setattr(woocommerce, "A_PAGE", 2)


def given(served, key="ck_1"):
    return {"address": f"{served.url}/", "consumer_key": key, "consumer_secret": "cs_1"}


def test_everything_comes_in_and_once(served, ask, store):
    """Of 153 with 18 of tax 15.30 came back: 13.50 of goods."""
    run = ask("woocommerce", **given(served))
    assert (run.error, run.rejected) == ("", 0)
    rows = standing(store)
    told = [(row["name"], row["order_id"], row["revenue"], row["tax"]) for row in rows if row["order_id"]]
    assert told == [
        ("Order Completed", "1001", 120, 18), ("Order Completed", "1002", 120, 18), ("Order Pending", "1003", 0, 18),
        ("Order Refunded", "1002", -13.5, 0),
    ]  # fmt: skip
    assert [row["visitor_id"] for row in rows if row["name"] == "Customer Identified"] == [f"woocommerce:{n}" for n in (26, 27, 28)]  # fmt: skip
    assert store.select("SELECT product_id, name, category, toFloat64(price) AS price, toFloat64(cost) AS cost FROM products ORDER BY product_id") == [
        {"product_id": "13", "name": "دلة", "category": "", "price": 125, "cost": 0},
        {"product_id": "A", "name": "بن", "category": "قهوة", "price": 50, "cost": 20},
        {"product_id": "C-1", "name": "كوب - أحمر", "category": "", "price": 20, "cost": 0},
        {"product_id": "C-2", "name": "كوب - أزرق", "category": "", "price": 22, "cost": 0},
        {"product_id": "C-3", "name": "كوب", "category": "", "price": 24, "cost": 0},
    ]  # fmt: skip
    assert [row["product_ids"] for row in rows if row["name"] == "Stock Counted"] == [["A"], ["C-1"]]
    again = ask("woocommerce", again=True)
    assert (again.added, again.restated, standing(store)) == (0, 0, rows)


def test_an_order_that_a_webhook_told_is_the_same(served, shop, ask, store):
    ask("woocommerce", **given(served))
    rows, own = standing(store), Shop("woocommerce")
    assert told_again(store, own, zip(shop.orders, CHANGED, strict=True), order_of) == 0
    assert standing(store) == rows


def test_the_next_time_only_what_changed(served, shop, ask, store):
    ask("woocommerce", **given(served))
    served.calls.clear()
    shop.orders[2] = {**order(3), "date_modified_gmt": "2125-01-01T00:00:00"}
    shop.customers.append(customer(29, "2125-01-01T00:00:00"))
    run = ask("woocommerce")
    assert (run.error, served.paths()) == ("", [f"/wp-json/wc/v3/{name}" for name in ("customers", "products", "orders")])  # fmt: skip
    assert run.rows == 2
    assert [row["name"] for row in standing(store) if row["order_id"] == "1003"] == ["Order Completed"]
    assert "woocommerce:29" in [row["visitor_id"] for row in standing(store)]


def test_a_wrong_key_is_refused(served, ask):
    with pytest.raises(Refused, match="refuses the key"):
        ask("woocommerce", **given(served, key="ck_2"))


def test_a_shop_without_the_api_is_said(served, ask):
    with pytest.raises(Unanswered, match="rest_no_route"):
        ask("woocommerce", **{**given(served), "address": f"{served.url}/blog"})


def test_a_product_deleted_meanwhile_has_no_variations(served, shop, listen):
    shop.products[1]["id"] = 99
    assert listen("woocommerce", **given(served)).error == ""


def test_a_busy_shop_is_waited_for(served, listen, waits):
    served.first = [Said({}, 429, {"retry-after": "5"}), Said(b"<html>", 502)]
    assert listen("woocommerce", **given(served)).error == ""
    assert waits == [5, 2]


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on_and_ends_the_same(served, told, records):
    cuts = list(told_the_same_wherever_cut(served, told, records, "woocommerce", given(served)))
    assert all(more <= len(cuts) - cut + 3 for cut, more in cuts), "of a page, and of a token, once more"
