"""Daftra as those who use its API describe it: wrappers, amounts as texts, lines by one call each, nothing that asks what changed."""

from __future__ import annotations

import json

import pytest

from masarat.collect.connectors import daftra
from masarat.collect.connectors.api import Refused
from tests.support.cutting import told_the_same_wherever_cut
from tests.support.programs import Said, program

LINES = [
    {"product_id": "31", "item": "فنجان", "quantity": "2", "unit_price": "50.00"},
    {"product_id": "32", "item": "دلة", "quantity": "1", "unit_price": "100.00"},
]


def document(number, total="207.00", tax="27.00", lines=LINES, **more):
    return {"id": str(number), "no": f"{number:06}", "date": f"2025-03-{number:02}", "client_id": "7", "client_business_name": "شركة النور", "draft": "0",
            "currency_code": "SAR", "summary_total": total, "summary_tax1": tax, "summary_tax2": None, "InvoiceItem": lines, **more}  # fmt: skip


class Account:
    def __init__(self):
        self.lists = {
            "clients": ("Client", [{"id": "7", "business_name": "شركة النور", "first_name": "نورة", "last_name": "", "email": "n@example.com", "phone1": "0551234567", "created": "2025-01-01 10:00:00"}]),
            "products": ("Product", [{"id": "31", "name": "فنجان", "unit_price": "50.00", "buy_price": "20.00", "product_code": "CUP"}]),
            # ten per cent off 200, then VAT
            "invoices": ("Invoice", [document(1), document(2), document(3, draft="1")]),
            "refund_receipts": ("RefundReceipt", [document(9, "57.50", "7.50", LINES[:1], no="RR-9", subscription_id="1")]),
            "invoice_payments": ("InvoicePayment", [
                {"id": "5", "invoice_id": "1", "amount": "207.00", "payment_method": "bank", "date": "2025-03-02 10:00:00", "transaction_id": "T1"},
                {"id": "6", "invoice_id": "2", "amount": "0.00", "date": "2025-03-02 10:00:00"},
            ]),
        }  # fmt: skip

    def __call__(self, call):
        if call.headers.get("apikey") != "right":
            return Said({"result": "failed", "code": 401}, 401)
        name, _, one = call.path.removeprefix("/api2/").removesuffix(".json").partition("/")
        wrap, items = self.lists[name]
        if one:
            found = dict(next(item for item in items if item["id"] == one))
            return Said({"code": 200, "data": {"InvoiceItem": found.pop("InvoiceItem"), wrap: found}})
        size, number = int(call.query["limit"]), int(call.query["page"])
        page = items[size * (number - 1) : size * number]
        if not page:
            return Said({"result": "failed", "code": 404}, 404)
        data = [
            {wrap: {name: value for name, value in item.items() if name != "InvoiceItem"}} for item in page
        ]
        return Said({"code": 200, "data": data, "pagination": {"page": number, "page_count": -(-len(items) // size)}})  # fmt: skip


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(daftra, "A_PAGE", 2)
    monkeypatch.setattr(daftra, "DOCUMENTS", 2)
    return Account()


@pytest.fixture
def account(made):
    with program(made) as served:
        yield served


def given(account, key="right"):
    return {"address": account.url, "api_key": key}


def log(store):
    return store.select(
        "SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS tax, product_ids, "
        "arrayMap(x -> toFloat64(x), product_revenues) AS parts FROM events ORDER BY name, order_id"
    )


def test_everything_comes_in_and_once(account, ask, store):
    run = ask("daftra", **given(account))
    assert (run.error, run.rejected) == ("", 0)
    rows = log(store)
    assert [(row["name"], row["order_id"], row["net"], row["tax"]) for row in rows] == [
        ("Customer Identified", "", 0, 0),
        ("Order Completed", "000001", 180, 27),
        ("Order Completed", "000002", 180, 27),
        ("Order Refunded", "RR-9", -50, -7.5),
        ("Payment Received", "", 207, 0),
    ]
    assert sorted(zip(rows[1]["product_ids"], rows[1]["parts"], strict=True)) == [("31", 90), ("32", 90)]
    # Under the number that invoices name, and under the code that shops do.
    costs = store.select("SELECT product_id, toFloat64(cost) AS cost FROM products ORDER BY product_id")
    assert [tuple(row.values()) for row in costs] == [("31", 20), ("CUP", 20)]
    again = ask("daftra", again=True)
    assert (again.added, again.restated, log(store)) == (0, 0, rows)


def test_the_next_time_only_documents_that_may_have_changed(account, made, ask):
    ask("daftra", **given(account))
    account.calls.clear()
    made.lists["invoices"][1][1]["modified"] = "2999-01-01 00:00:00"
    ask("daftra")
    assert [path for path in account.paths() if path.count("/") > 2] == ["/api2/invoices/2.json"]


def test_an_empty_list_may_be_a_404(account, made, listen):
    made.lists["refund_receipts"] = ("RefundReceipt", [])
    assert listen("daftra", **given(account)).error == ""


@pytest.mark.long
def test_cut_off_anywhere_it_goes_on(account, told, records):
    cuts = list(told_the_same_wherever_cut(account, told, records, "daftra", given(account)))
    assert all(more <= cuts[0][1] - cut + 2 for cut, more in cuts), "a page of documents at most once more"


def test_too_many_requests_are_waited_for(account, listen, waits):
    account.first = [Said({}, 429, {"retry-after": "9"})]
    assert listen("daftra", **given(account)).error == ""
    assert waits == [9]


def test_a_wrong_key_is_said(account, ask):
    with pytest.raises(Refused):
        ask("daftra", **given(account, "wrong"))


def test_what_a_saved_reply_told_already_is_known(account, made, ask, take, store):
    """Invoices, refunds, products and clients under one name: nothing is new, and nothing is told otherwise."""
    for wrap, items in made.lists.values():
        take(json.dumps({"data": [{wrap: item} for item in items]}), f"{wrap}.json", source="daftra", kind="")
    rows = log(store)
    assert len(rows) == 5
    run = ask("daftra", **given(account))
    assert (run.error, run.added, run.restated, log(store)) == ("", 0, 0, rows)
