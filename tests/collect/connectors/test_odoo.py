"""Odoo by both of its APIs: records by their numbers, false for what is empty, fields that hang on modules."""

from __future__ import annotations

import json

import pytest

from masarat.collect import connections
from masarat.collect.connectors import odoo
from masarat.collect.connectors.api import Refused, Unanswered
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program

EARLY = "2025-04-01 07:00:00"


def order(number, state="sale", **more):
    return {"id": number, "name": f"S0000{number}", "date_order": f"2025-03-{number:02} 21:30:00", "partner_id": [7, "Sara"], "amount_tax": 30,
            "state": state, "currency_id": [1, "SAR"], "team_id": [2, "Website"], "client_order_ref": False, "write_date": EARLY, **more}  # fmt: skip


def move(number, kind="out_invoice", state="posted", **more):
    return {"id": number, "name": f"{kind[4:7].upper()}/{number}", "move_type": kind, "invoice_date": f"2025-03-{number:02}", "partner_id": [7, "Sara"],
            "amount_tax": 99, "state": state, "currency_id": [1, "SAR"], "reversed_entry_id": False, "write_date": EARLY, **more}  # fmt: skip


def moved(number, of, net, **more):
    return {"id": number, "move_id": [of, "x"], "product_id": [31, "[CUP] Cup"], "name": "Cup", "quantity": 1, "price_subtotal": net,
            "price_total": net * 1.15, "display_type": "product", "sale_line_ids": [], **more}  # fmt: skip


def models():
    lines = [{"id": 10 * n + m, "order_id": [n, "x"], "product_id": [30 + m, "x"], "name": "x", "product_uom_qty": m, "price_subtotal": 100 * m, "display_type": False}
             for n in range(1, 6) for m in (1, 2)]  # fmt: skip
    return {
        "res.partner": [
            {"id": 7, "name": "سارة", "email": "s@example.com", "phone": "0551234567", "vat": False, "city": "الرياض", "country_id": [1, "Saudi Arabia"],
             "parent_name": False, "lang": "ar_001", "create_date": "2025-01-01 10:00:00", "customer_rank": 3, "write_date": EARLY, "active": True},
            {"id": 8, "name": "مورد", "email": False, "phone": False, "customer_rank": 0, "write_date": EARLY, "active": True},
        ],
        "product.product": [
            {"id": 31, "default_code": "CUP", "name": "فنجان", "categ_id": [1, "Goods"], "list_price": 100, "standard_price": 40, "write_date": EARLY, "active": True},
            {"id": 32, "default_code": False, "name": "دلة", "categ_id": [1, "Goods"], "list_price": 100, "standard_price": 50, "write_date": EARLY, "active": False},
        ],
        "sale.order": [order(1), order(2, "draft"), order(3, "cancel"), order(4), order(5)],
        "sale.order.line": [*lines, {"id": 99, "order_id": [1, "x"], "product_id": False, "name": "Section", "product_uom_qty": 0, "price_subtotal": 0, "display_type": "line_section"}],
        "account.move": [move(1), move(2), move(3, "out_refund", reversed_entry_id=[1, "INV/1 (the customer's PO-7)"]), move(4, state="draft"), move(5, state="cancel", name="/")],
        "account.move.line": [
            # the first invoices a sales order, and 20 that it did not name
            moved(1, 1, 300, sale_line_ids=[11, 12]), moved(2, 1, 20), moved(3, 1, -368, display_type="payment_term"),
            moved(4, 2, 50), moved(5, 3, 100, sale_line_ids=[11]), moved(6, 5, 10),
        ],
    }  # fmt: skip


class Server:
    def __init__(self):
        self.models = models()

    def __call__(self, call):
        body = json.loads(call.body)
        if call.path == "/jsonrpc":
            return Said({"jsonrpc": "2.0", "id": 1, **self.rpc(**body["params"])})
        if call.headers.get("authorization") != "bearer right":
            return Said({"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey"}, 401)
        assert call.headers["x-odoo-database"] == "shop"
        _, _, _, model, method = call.path.split("/")
        if model not in self.models:
            return Said({"name": "werkzeug.exceptions.NotFound", "message": f"no model {model}"}, 404)
        return Said(getattr(self, method)(model, **body))

    def rpc(self, service, method, args):
        if service == "common":
            return {"result": 2 if args == ["shop", "sara", "right"] else False}
        database, user, key, model, method, positional, named = args
        assert (database, user, key, positional) == ("shop", 2, "right", [])
        if model not in self.models:
            return {"error": {"message": "Odoo Server Error", "data": {"name": "builtins.KeyError", "message": f"no {model}"}}}  # fmt: skip
        return {"result": getattr(self, method)(model, **named)}

    def fields_get(self, model, attributes):
        return {name: {"type": "char"} for one in self.models[model] for name in one}

    def search_read(self, model, domain, fields, order, limit=None):
        unknown = set(fields) - set(self.fields_get(model, []))
        assert not unknown
        assert order == "id"
        if not any(name == "active" for name, _, _ in domain):
            domain = [*domain, ["active", "!=", False]]
        found = [one for one in self.models[model] if all(self.holds(one, *each) for each in domain)]
        return [{name: one.get(name, False) for name in ("id", *fields)} for one in found[:limit]]

    @staticmethod
    def holds(one, name, sign, value):
        own = one.get(name)
        own = own[0] if isinstance(own, list) and name.endswith("_id") else own
        return {
            ">": lambda: own > value,
            ">=": lambda: own >= value,
            "in": lambda: own in value,
            "!=": lambda: own != value,
        }[sign]()


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(odoo, "A_PAGE", 2)
    return Server()


@pytest.fixture
def server(made):
    with program(made) as served:
        yield served


def given(server, **more):
    return {"address": server.url, "key": "right", "database": "shop", **more}


def log(store):
    return store.select(
        "SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS tax, toString(ts) AS ts, channel, product_ids, "
        "JSONExtractString(props, 'original') AS original, visitor_id != '' AS somebody FROM events ORDER BY name, order_id"
    )


@pytest.mark.parametrize("more", [{}, {"user": "sara"}], ids=["JSON-2", "JSON-RPC"])
def test_what_was_sold_comes_in_once(server, ask, store, more):
    run = ask("odoo", **given(server, **more))
    assert (run.error, run.rejected) == ("", 0)
    rows = log(store)
    assert [(row["name"], row["order_id"], row["net"], row["tax"]) for row in rows] == [
        ("Customer Identified", "", 0, 0),
        ("Order Cancelled", "S00003", 0, 30),
        ("Order Completed", "INV/1", 20, 3),
        ("Order Completed", "INV/2", 50, 7.5),
        ("Order Completed", "S00001", 300, 30),
        ("Order Completed", "S00004", 300, 30),
        ("Order Completed", "S00005", 300, 30),
        ("Order Refunded", "REF/3", -100, -15),
    ]
    assert rows[-1]["original"] == "INV/1"
    assert sorted(rows[4]["product_ids"]) == ["32", "CUP"], "products put away are still known"
    assert rows[4]["ts"].startswith("2025-03-01 21:30:00"), "its moments are UTC"
    assert rows[4]["channel"] == "Website"
    assert all(row["somebody"] for row in rows)
    assert store.select("SELECT product_id, toFloat64(cost) AS cost FROM products") == [{"product_id": "CUP", "cost": 40}]  # fmt: skip
    again = ask("odoo", again=True)
    assert (again.added, again.restated, log(store)) == (0, 0, rows)


def test_the_next_time_only_what_changed(server, made, ask, records):
    ask("odoo", **given(server))
    assert connections.find(records, "odoo").cursor.keys() == {"since"}
    made.models["sale.order"][1] |= {"state": "sale", "write_date": "2999-01-01 00:00:00"}
    run = ask("odoo")
    assert (run.rows, run.added) == (2, 1)


def test_without_the_sales_module_invoices_are_all(server, made, ask, store):
    for line in made.models["account.move.line"]:
        del line["sale_line_ids"]
    del made.models["sale.order"], made.models["sale.order.line"]
    ask("odoo", **given(server))
    sold = {row["order_id"]: row["net"] for row in log(store) if row["name"] == "Order Completed"}
    assert sold == {"INV/1": 320, "INV/2": 50}


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on(server, told, records):
    cuts = list(told_the_same_wherever_cut(server, told, records, "odoo", given(server)))
    asked = cuts[0][1]  # nothing was done before the first request
    assert all(more <= asked - cut + 10 for cut, more in cuts), "a page, and what fields there are, once more"


def test_too_many_requests_are_waited_for(server, listen, waits):
    server.first = [Said({}, 429, {"retry-after": "5"})]
    assert listen("odoo", **given(server)).error == ""
    assert waits == [5]


@pytest.mark.parametrize(
    "more", [{"key": "wrong"}, {"key": "wrong", "user": "sara"}], ids=["JSON-2", "JSON-RPC"]
)
def test_a_wrong_key_is_said(server, ask, more):
    with pytest.raises(Refused):
        ask("odoo", **given(server, **more))


def test_what_it_answers_instead_is_said(server, made, ask):
    del made.models["account.move.line"]
    with pytest.raises(Unanswered, match=r"no account\.move\.line"):
        ask("odoo", **given(server, user="sara"))
