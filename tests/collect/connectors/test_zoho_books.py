"""Zoho Books as its documentation, and those who measured it, describe it: newest change first, lines by one call each, tokens of an hour."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from masarat.collect import connections
from masarat.collect.connectors import zoho_books
from masarat.collect.connectors.api import Refused
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program

GIVEN = {"organization_id": "10", "client_id": "app", "client_secret": "app-secret", "refresh_token": "renew-me"}  # fmt: skip
EARLY = "2025-04-01T10:00:00+0300"


def invoice(number, **more):
    return {
        "invoice_id": f"i{number}", "invoice_number": f"INV-{number}", "date": f"2025-03-{number:02}", "customer_id": "c1", "customer_name": "شركة النور",
        "status": "paid", "currency_code": "SAR", "total": 241.5, "tax_total": 31.5, "shipping_charge": 10, "last_modified_time": EARLY,
        "line_items": [
            {"item_id": "p1", "sku": "CUP", "name": "فنجان", "quantity": 2, "item_total": 100},
            {"item_id": "p2", "sku": "", "name": "دلة", "quantity": 1, "item_total": 150},
        ], **more,
    }  # fmt: skip


class Books:
    """The books and the address that gives tokens, in one."""

    def __init__(self):
        self.tokens, self.dead = 0, set()
        self.lists = {
            "contacts": [
                {"contact_id": "c1", "contact_name": "شركة النور", "company_name": "النور", "contact_type": "customer", "email": "n@example.com",
                 "mobile": "0551234567", "created_time": "2025-01-01T10:00:00+0300", "last_modified_time": EARLY},
                {"contact_id": "v1", "contact_name": "مورد", "contact_type": "vendor", "last_modified_time": EARLY},
            ],
            "items": [{"item_id": "p1", "sku": "CUP", "name": "فنجان", "rate": 60, "purchase_rate": 25, "last_modified_time": EARLY}],
            "invoices": [invoice(1), invoice(2, status="void"), invoice(3, status="draft"), invoice(4)],
            "creditnotes": [{
                "creditnote_id": "n1", "creditnote_number": "CN-1", "date": "2025-03-20", "customer_id": "c1", "status": "closed", "total": 57.5,
                "tax_total": 7.5, "last_modified_time": EARLY, "line_items": [{"item_id": "p1", "sku": "CUP", "quantity": 1, "item_total": 50}],
            }],
            "customerpayments": [{
                "payment_id": "r1", "date": "2025-03-02", "amount": 241.5, "customer_id": "c1", "payment_mode": "Bank Transfer",
                "invoice_numbers": "INV-1", "last_modified_time": EARLY,
            }],
        }  # fmt: skip

    def __call__(self, call):
        if call.path == "/oauth/v2/token":
            form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
            if form != {
                **{name: GIVEN[name] for name in GIVEN if name != "organization_id"},
                "grant_type": "refresh_token",
            }:
                return Said({"error": "invalid_code"})
            self.tokens += 1
            return Said({"access_token": f"token-{self.tokens}", "expires_in": 3600})
        token = call.headers.get("authorization", "").removeprefix("Zoho-oauthtoken ")
        if not token.startswith("token-") or token in self.dead:
            return Said({"code": 14, "message": "Invalid value passed for authtoken."}, 401)
        assert call.query["organization_id"] == "10"
        name, _, one = call.path.removeprefix("/books/v3/").partition("/")
        if one:
            found = next(item for item in self.lists[name] if one in item.values())
            return Said({"code": 0, name.removesuffix("s"): found})
        assert (call.query["sort_column"], call.query["sort_order"]) == ("last_modified_time", "D")
        items = sorted(self.lists[name], key=lambda item: item["last_modified_time"], reverse=True)
        size, at = int(call.query["per_page"]), int(call.query["page"])
        page = [
            {key: value for key, value in item.items() if key != "line_items"}
            for item in items[size * (at - 1) : size * at]
        ]
        return Said({"code": 0, name: page, "page_context": {"page": at, "has_more_page": size * at < len(items)}})  # fmt: skip


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(zoho_books, "A_PAGE", 2)
    monkeypatch.setattr(zoho_books, "DOCUMENTS", 2)
    return Books()


@pytest.fixture
def books(made):
    with program(made) as served:
        yield served


def given(books, **more):
    return {**GIVEN, "address": books.url, "accounts": books.url, **more}


def log(store):
    return store.select(
        "SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS tax, toFloat64(shipping) AS shipping, payment, product_ids, "
        "arrayMap(x -> toFloat64(x), product_revenues) AS parts FROM events ORDER BY name, order_id"
    )


def test_everything_comes_in_and_once(books, ask, store):
    run = ask("zoho_books", **given(books))
    assert (run.error, run.rejected) == ("", 0)
    rows = log(store)
    told = [(row["name"], row["order_id"], row["net"], row["tax"], row["shipping"]) for row in rows]
    assert told == [
        ("Customer Identified", "", 0, 0, 0),
        ("Order Cancelled", "INV-2", 0, 31.5, 10),
        ("Order Completed", "INV-1", 200, 31.5, 10),
        ("Order Completed", "INV-4", 200, 31.5, 10),
        ("Order Refunded", "CN-1", -50, -7.5, 0),
        ("Payment Received", "INV-1", 241.5, 0, 0),
    ]
    assert sorted(zip(rows[2]["product_ids"], rows[2]["parts"], strict=True)) == [("CUP", 80), ("p2", 120)]
    assert store.select("SELECT product_id, toFloat64(cost) AS cost FROM products") == [{"product_id": "CUP", "cost": 25}]  # fmt: skip
    assert not [path for path in books.paths() if path.endswith("/i3")], "a draft is not asked for"
    again = ask("zoho_books", again=True)
    assert (again.added, again.restated, log(store)) == (0, 0, rows)


def test_the_next_time_only_what_changed(books, made, ask, store):
    ask("zoho_books", **given(books))
    books.calls.clear()
    made.lists["invoices"].append(invoice(5, last_modified_time="2999-01-01T00:00:00+0300"))
    run = ask("zoho_books")
    assert (run.rows, run.added) == (2, 1)
    documents = [path for path in books.paths() if path.count("/") > 3]
    assert documents == ["/books/v3/invoices/i5"]
    assert len(books.calls) == 6, "one page of each list is enough"


def test_a_token_that_ran_out_is_renewed_and_kept(books, made, listen, records, waits):
    listen("zoho_books", **given(books))
    assert made.tokens == 1
    listen("zoho_books")
    assert made.tokens == 1, "the token of the last sync still serves"
    made.dead.add("token-1")
    assert listen("zoho_books").error == ""
    assert made.tokens == 2
    found = connections.find(records, "zoho_books")
    assert connections.given_to(found, records)["access_token"] == "token-2"
    assert "token-2" not in found.sealed + str(found.given)


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on(books, told, records):
    for cut, more in told_the_same_wherever_cut(books, told, records, "zoho_books", given(books)):
        assert more <= 15 - cut + 3, "a page of documents at most is asked for again"


def test_too_many_requests_are_waited_for(books, listen, waits):
    books.first = [Said({"access_token": "token-0"}), Said({"code": 44}, 429, {"retry-after": "30"})]
    assert listen("zoho_books", **given(books)).error == ""
    assert waits == [30]


def test_a_wrong_refresh_token_is_said(books, ask, records):
    with pytest.raises(Refused, match="invalid_code"):
        ask("zoho_books", **given(books, refresh_token="wrong-one"))
    assert "wrong-one" not in connections.runs(records, "zoho_books")[0].error
