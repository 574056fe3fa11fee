"""Invoices, notes, payments and bills of any program: what their kind, their state and their total say."""

from __future__ import annotations

import pytest

from masarat.collect.states import issued_status_of, read_document
from masarat.errors import BadFile

HEAD = "invoice number,invoice date,invoice type,status,sku,quantity,unit price,item tax amount,total\n"


def events(store):
    rows = store.select("SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS vat FROM events ORDER BY name, order_id, revenue")  # fmt: skip
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("out_invoice", "invoice"), ("Customer Invoice", "invoice"), ("فاتورة ضريبية مبسطة", "invoice"), ("out_receipt", "invoice"),
        ("out_refund", "credit note"), ("Customer Credit Note", "credit note"), ("إشعار دائن", "credit note"), ("مرتجع مبيعات", "credit note"),
        ("Debit Note", "debit note"), ("إشعار مدين", "debit note"),
        ("in_invoice", "bill"), ("in_refund", "bill"), ("Vendor Credit Note", "bill"), ("فاتورة المورّد", "bill"),
        ("entry", "entry"), ("قيد يومية", "entry"), ("عرض سعر", "quotation"),
        # Ways of paying, not kinds of documents.
        ("Credit", "Credit"), ("Credit Sales", "Credit Sales"), ("آجل", "آجل"), ("B2B", "B2B"), ("", ""),
    ],
)  # fmt: skip
def test_kinds_of_documents(text, document):
    import polars as pl

    assert read_document(pl.Series([text])).to_list() == [document]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Paid", "completed"), ("Unpaid", "completed"), ("not_paid", "completed"), ("Overdue", "completed"), ("غير مدفوعة", "completed"),
        ("posted", "completed"), ("تم الإبلاغ", "completed"), ("Refunded", "completed"), ("", "completed"),
        ("Draft", "pending"), ("مسودة", "pending"), ("Pending Approval", "pending"), ("طلب عرض سعر", "pending"),
        ("Void", "cancelled"), ("ملغاة", "cancelled"), ("تم الإلغاء", "cancelled"), ("Rejected", "cancelled"),
    ],
)  # fmt: skip
def test_an_invoice_is_a_sale_paid_or_not(text, state):
    assert issued_status_of(text) == state


def test_one_file_of_invoices_and_notes(take, store):
    report = take(
        HEAD
        + "1,2025-03-25,Invoice,Unpaid,A,2,10,3,23\n"
        + "1,2025-03-26,Credit Note,Paid,A,1,10,1.5,11.5\n"
        + "2,2025-03-26,Credit Note,Paid,A,-1,-10,-1.5,-11.5\n"
        + "3,2025-03-26,Debit Note,Paid,A,1,10,1.5,11.5\n"
        + "4,2025-03-26,Vendor Bill,Paid,A,9,10,13.5,103.5\n"
        + "5,2025-03-26,Invoice,Draft,A,9,10,13.5,103.5\n"
    )
    assert (report.rejected, report.net) == (1, {"SAR": 10})
    assert events(store) == [
        ("Order Completed", "1", 20, 3),
        ("Order Completed", "3", 10, 1.5),
        ("Order Refunded", "1", -10, -1.5),
        ("Order Refunded", "2", -10, -1.5),
    ]
    assert store.select("SELECT reason, field FROM quarantine") == [
        {"reason": "“Vendor Bill” is no sale.", "field": "document"}
    ]
    assert store.select(
        "SELECT DISTINCT toString(props.document) AS document FROM events ORDER BY document"
    ) == [
        {"document": "credit note"},
        {"document": "debit note"},
        {"document": "invoice"},
    ]


def test_a_file_of_drafts_alone_tells_nothing(take, store):
    report = take(HEAD + "5,2025-03-26,Invoice,Draft,A,9,10,13.5,103.5\n")
    assert (report.rows, report.rejected, report.added, events(store)) == (1, 0, 0, [])


def test_a_fee_kept_back_stays_on_its_note(take, store):
    take(HEAD + "1,2025-03-26,Credit Note,Paid,A,2,10,0,17\n1,2025-03-26,Credit Note,Paid,FEE,1,-3,0,17\n")
    assert events(store) == [("Order Refunded", "1", -17, 0)]
    found = store.select("SELECT product_ids, product_quantities, product_revenues FROM events")
    assert found == [
        {"product_ids": ["A", "FEE"], "product_quantities": [-2, 1], "product_revenues": [-20, 3]}
    ]


@pytest.mark.parametrize(
    ("rows", "net"),
    [
        ("1,2025-03-25,Invoice,Paid,A,2,10,1.5,11.5\n", 10),  # half of it discounted
        ("1,2025-03-25,Invoice,Paid,A,2,11.5,3,23\n", 20),  # prices hold their VAT
        ("1,2025-03-25,Invoice,Paid,A,2,10,3,\n", 20),  # no total
        ("1,2025-03-25,Invoice,Paid,A,2,10,3,23.01\n", 20),  # rounded
        ("1,2025-03-25,Invoice,Paid,A,2,10,3,230\n", 20),  # most of its lines are missing
        ("1,2025-03-25,Invoice,Paid,A,2,10,0,0\n", 0),  # given away
    ],
)
def test_the_total_settles_what_lines_come_to(take, store, rows, net):
    take(HEAD + rows)
    assert [row[2] for row in events(store)] == [net]


def test_what_is_shared_out_adds_up(take, store):
    rows = "".join(f"1,2025-03-25,Invoice,Paid,{sku},1,10,0,10\n" for sku in "ABC")
    take(HEAD + rows)
    (found,) = store.select("SELECT product_revenues, toFloat64(revenue) AS net FROM events")
    assert found["net"] == 10
    assert sorted(found["product_revenues"]) == [3.3333, 3.3333, 3.3334]


def test_a_plain_order_that_is_not_paid_still_waits(take, store):
    take("order number,order date,status,sku,quantity,unit price\n1,2025-03-25,unpaid,A,2,10\n")
    assert events(store) == [("Order Pending", "1", 0, 0)]


PAYMENTS = "receipt number,date,invoice number,amount paid,type\n"


def test_a_payment_that_stands_there_twice_is_one(take, store):
    report = take(PAYMENTS + "R-1,2025-03-25,,115,\nR-1,2025-03-25,INV-7,115,\nR-2,2025-03-25,INV-8,115,\n")
    assert (report.kind, report.added) == ("payments", 2)
    assert [row[:3] for row in events(store)] == [
        ("Payment Received", "INV-7", 115),
        ("Payment Received", "INV-8", 115),
    ]


def test_two_amounts_under_one_number_are_two(take, store):
    text = PAYMENTS + "R-1,2025-03-25,INV-7,100,\nR-1,2025-03-25,INV-7,50,\nR-1,2025-03-25,INV-8,50,\n"
    take(text)
    assert sum(row[2] for row in events(store)) == 200
    assert take(text).added == 0


def test_payments_without_numbers_are_told_by_what_they_say(take, store):
    text = PAYMENTS + ",2025-03-25,INV-7,100,\nR-9,2025-03-25,INV-8,70,\n,2025-03-26,INV-7,30,\n"
    assert take(text).added == 3
    assert take(PAYMENTS + ",2025-03-26,INV-7,30,\n").added == 0


@pytest.mark.parametrize("word", ["Outbound", "Send Money", "سند صرف", "صادر"])
def test_money_that_went_out_is_no_payment(take, store, word):
    report = take(PAYMENTS + f"R-1,2025-03-25,INV-7,115,{word}\nR-2,2025-03-25,INV-8,70,Inbound\n")
    assert (report.rejected, [row[2] for row in events(store)]) == (1, [70])
    assert "is money that went out" in store.select("SELECT reason FROM quarantine")[0]["reason"]


def test_a_bill_is_no_second_order_of_the_same(take, store):
    head = "bill number,date,supplier,sku,quantity,unit cost,status,document type\n"
    take(head + "P-1,2025-03-01,Najd,A,5,10,Approved,\nP-2,2025-03-02,Najd,A,5,10,Draft,\n")
    take(head + "B-1,2025-03-09,Najd,A,5,10,Unpaid,Vendor Bill\n")
    rows = store.select("SELECT name, order_id, toString(ts, 'Asia/Riyadh') AS at FROM events ORDER BY name")
    assert [(row["name"], row["order_id"], row["at"][:10]) for row in rows] == [
        ("Stock Arrived", "B-1", "2025-03-09"),
        ("Stock Ordered", "P-1", "2025-03-01"),
    ]


def test_a_code_in_brackets_is_the_products(take, store):
    take(
        "order number,order date,product,quantity,unit price\n1,2025-03-25,[CF-1] قهوة خولانية,2,10\n1,2025-03-25,دلة,1,5\n"
    )
    assert store.select("SELECT product_ids, product_names FROM events") == [
        {"product_ids": ["CF-1", "دلة"], "product_names": ["قهوة خولانية", "دلة"]}
    ]


def test_a_table_that_is_of_no_use_says_so(take):
    with pytest.raises(BadFile, match="holds journal entries"):
        take("Journal Number,Journal Date,Account,Debit,Credit,Total\n1,2025-03-25,Cash,10,,10\n")
