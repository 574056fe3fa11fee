"""Qoyod: what its lists export, in Arabic and English, and replies of its API saved in files."""

from __future__ import annotations

import json

import pytest

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.collect.sources import BY_NAME
from masarat.errors import BadFile


def line(product, quantity, price, **more):
    return {
        "product_id": product, "product_name": f"منتج {product}", "quantity": str(quantity), "unit_price": str(price),
        "tax_percent": "15.0", **more,
    }  # fmt: skip


def invoice(reference, lines, total, **more):
    return {
        "id": 9, "reference": reference, "contact_id": 7, "contact_name": "سارة الحربي", "issue_date": "2025-03-25",
        "due_date": "2025-04-25", "status": "Approved", "total": total, "due_amount": total, "qrcode_string": "AQ==",
        "line_items": lines, "payments": [], "allocations": [], **more,
    }  # fmt: skip


INVOICES = {
    "invoices": [
        invoice("INV-1", [line(31, "2.0", "50.00"), line(32, 1, "125.0", discount_percent="20.0")], "230.0"),
        invoice("INV-2", [line(31, 1, "115.0", is_inclusive=True)], "115.0", status="Paid"),
        invoice("INV-3", [line(31, 1, "50.0")], "57.5", status="Draft"),
        invoice("INV-4", [line(31, 1, "50.0")], "57.5", status="Void"),
    ]
}
CREDIT_NOTES = {"credit_notes": [invoice("CN-1", [line(31, 1, "50.00")], "57.5", invoice_id=9)]}
RECEIPTS = {
    "receipts": [
        {"id": 5, "reference": "RCT-5", "date": "2025-03-26", "amount": "230.0", "contact_id": 7, "kind": "received"},
        {"id": 6, "reference": "RCT-6", "date": "2025-03-27", "amount": "999.0", "contact_id": 8, "kind": "paid"},
    ]
}  # fmt: skip
# The same receipt, as the payment of an invoice.
INVOICE_PAYMENTS = {
    "receipts": [
        {"id": 5, "reference": "RCT-5", "date": "2025-03-26", "amount": "230.0", "invoice_id": 9, "description": "نقدًا"}
    ]
}  # fmt: skip


def events(store):
    rows = store.select("SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS vat FROM events ORDER BY name, order_id")  # fmt: skip
    return [tuple(row.values()) for row in rows]


def test_saved_invoices(take, store):
    report = take(json.dumps(INVOICES, ensure_ascii=False), "invoices.json")
    assert (report.source, report.kind, report.rejected, report.error) == ("qoyod", "orders", 0, "")
    # The draft is nothing; the void one is called off; 115 with VAT in it is 100.
    assert events(store) == [
        ("Order Cancelled", "INV-4", 0, 7.5),
        ("Order Completed", "INV-1", 200, 30),
        ("Order Completed", "INV-2", 100, 15),
    ]
    found = store.select(
        "SELECT product_ids, product_quantities, product_revenues, visitor_id FROM events WHERE order_id = 'INV-1'"
    )
    assert found == [
        {
            "product_ids": ["31", "32"], "product_quantities": [2, 1], "product_revenues": [100, 100],
            "visitor_id": "qoyod:7",
        }
    ]  # fmt: skip
    again = take(json.dumps(INVOICES), "the same.json")
    assert (again.added, again.restated) == (0, 0)


def test_a_discount_of_the_whole_document_is_shared(take, store):
    reply = {
        "invoices": [invoice("INV-1", [line(31, 1, 100), line(32, 1, 300)], "414.0")]
    }  # 40 less, then VAT
    take(json.dumps(reply), "invoices.json")
    assert events(store) == [("Order Completed", "INV-1", 360, 54)]
    assert store.select("SELECT product_revenues FROM events") == [{"product_revenues": [90, 270]}]


def test_credit_notes_are_negative_and_numbered_on_their_own(take, store):
    take(json.dumps(INVOICES), "invoices.json")
    notes = {"credit_notes": [*CREDIT_NOTES["credit_notes"], invoice("INV-1", [line(31, 1, 10)], "11.5")]}
    report = take(json.dumps(notes), "notes.json")
    assert report.net == {"SAR": -60}
    assert [row for row in events(store) if row[0] == "Order Refunded"] == [
        ("Order Refunded", "CN-1", -50, -7.5),
        ("Order Refunded", "INV-1", -10, -1.5),
    ]
    assert ("Order Completed", "INV-1", 200, 30) in events(store)


def test_a_note_that_was_made_void_no_longer_takes_back(take, store):
    take(json.dumps(CREDIT_NOTES), "notes.json")
    take(json.dumps(CREDIT_NOTES).replace("Approved", "Void"), "notes.json")
    assert [row[:3] for row in events(store)] == [("Order Cancelled", "CN-1", 0)]


def test_receipts_and_invoice_payments_count_once(take, store, records, tmp_path):
    take(json.dumps(RECEIPTS), "receipts.json")
    again = take(json.dumps(INVOICE_PAYMENTS), "invoice_payments.json")
    assert again.added == 0
    assert events(store) == [("Payment Received", "", 230, 0)]


def test_receipts_and_invoice_payments_in_one_import_count_once(store, records, tmp_path):
    for name, reply in (("a.json", INVOICE_PAYMENTS), ("b.json", RECEIPTS)):
        (tmp_path / name).write_text(json.dumps(reply), "utf-8")
    report = import_files(store, records, [tmp_path / "a.json", tmp_path / "b.json"], Choices())[0]
    assert (report.kind, report.rows, report.added, report.rejected) == ("payments", 3, 1, 1)
    assert events(store) == [("Payment Received", "", 230, 0)]


def test_exported_receipts_and_invoice_payments_count_once(take, store):
    take("رقم السند,تاريخ السند,نوع السند,اسم العميل,المبلغ\nRCT-5,26/03/2025,قبض,سارة,٢٣٠٫٠٠\nRCT-6,27/03/2025,صرف,مورد,999\n", "a.csv")  # fmt: skip
    report = take("Payment Reference,Payment Date,Invoice Reference,Customer,Amount\nRCT-5,26/03/2025,INV-1,سارة,230.00\n", "b.csv")  # fmt: skip
    assert (report.source, report.kind, report.added) == ("qoyod", "payments", 0)
    assert events(store) == [("Payment Received", "INV-1", 230, 0)]


def test_saved_customers_and_products(take, store):
    customers = {
        "customers": [
            {"id": 7, "name": "سارة", "organization": "مؤسسة دلة", "phone_number": "0551234567", "email": "S@example.com", "tax_number": "311111111111113"}
        ]
    }  # fmt: skip
    report = take(json.dumps(customers), "customers.json")
    assert (report.source, report.kind) == ("qoyod", "contacts")
    assert {
        row["trait"]: row["value"] for row in store.select("SELECT trait, value FROM traits")
    } == {"name": "سارة", "company": "مؤسسة دلة", "phone": "+966551234567", "email": "s@example.com", "vat_number": "311111111111113"}  # fmt: skip
    products = {
        "products": [
            {"id": 31, "sku": "CF-1", "name_ar": "قهوة", "name_en": "Coffee", "selling_price": "50.0", "buying_price": "20.5",
             "inventories": [{"id": 1, "name": "الرياض", "stock": "12.0"}, {"id": 2, "name": "جدة", "stock": "3.0"}]}
        ]
    }  # fmt: skip
    report = take(json.dumps(products), "products.json")
    assert (report.kind, report.written) == ("products", {"products": 2})
    assert store.select("SELECT product_id, name_ar, price, cost FROM products ORDER BY product_id") == [
        {"product_id": "31", "name_ar": "قهوة", "price": 50, "cost": 20.5},
        {"product_id": "CF-1", "name_ar": "قهوة", "price": 50, "cost": 20.5},
    ]
    assert store.select("SELECT branch, product_ids, product_quantities FROM events WHERE name = 'Stock Counted' ORDER BY branch") == [
        {"branch": "الرياض", "product_ids": ["31"], "product_quantities": [12]},
        {"branch": "جدة", "product_ids": ["31"], "product_quantities": [3]},
    ]  # fmt: skip


def test_what_was_ordered_and_what_was_billed(take, store):
    orders = {"orders": [invoice("PO-1", [line(31, 10, "20")], "230.0", contact_name="مزارع الداير"), invoice("PO-2", [line(31, 1, 20)], "23", status="Draft")]}  # fmt: skip
    bills = {"bills": [invoice("BILL-1", [line(31, 10, "20")], "230.0", contact_name="مزارع الداير")]}
    assert take(json.dumps(orders), "orders.json").kind == "purchases"
    assert take(json.dumps(bills), "bills.json").kind == "purchases"
    found = store.select("SELECT name, order_id, product_quantities, toString(props.supplier) AS supplier, toString(props.unit_cost) AS cost FROM events ORDER BY name")  # fmt: skip
    assert [tuple(row.values()) for row in found] == [
        ("Stock Arrived", "BILL-1", [10], "مزارع الداير", "20"),
        ("Stock Ordered", "PO-1", [10], "مزارع الداير", "20"),
    ]


TABLES = {
    "orders": (
        "reference,issue_date,contact_id,contact_name,status,product_id,product_name,quantity,unit_price,line_total\n"
        "INV-1,2025-03-25,7,Sara,Approved,31,قهوة,2,50.00,100.00\nINV-1,2025-03-25,7,Sara,Approved,32,دلة,1,200.00,200.00\n",
        "Reference,Issue Date,Customer,Status,Amount Before Tax,VAT,Total,Due Amount\nINV-1,25/03/2025,Sara,Paid,300.00,45.00,345.00,0\n",
        "شركة المثال\n\nالرقم المرجعي,تاريخ الإصدار,اسم العميل,الحالة,المجموع قبل الضريبة,الضريبة,الإجمالي,المبلغ المستحق\n"
        "INV-1,25/03/2025,Sara,غير مدفوعة,٣٠٠٫٠٠,٤٥٫٠٠,٣٤٥٫٠٠,٣٤٥٫٠٠\n,,,,,,,\nالإجمالي,,,,٣٠٠٫٠٠,٤٥٫٠٠,٣٤٥٫٠٠,٣٤٥٫٠٠\n",
    ),
    "credit": (
        "Credit Note Reference,Issue Date,Customer,Invoice Reference,Status,Product,Quantity,Unit Price,Total,Tax Amount\n"
        "CN-1,25/03/2025,Sara,INV-1,Approved,Pot,2,50,115,15\n",
        "رقم الإشعار الدائن,تاريخ الإصدار,اسم العميل,رقم الفاتورة,الحالة,اسم المنتج,الكمية,سعر الوحدة,الإجمالي,مبلغ الضريبة\n"
        "CN-1,25/03/2025,Sara,INV-1,معتمد,Pot,٢,٥٠,١١٥,١٥\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", TABLES["orders"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256"])
def test_exported_invoices(take, store, text, encoding):
    western = text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789."))
    report = take((western if encoding == "windows-1256" else text).encode(encoding), "invoices.csv")
    assert (report.source, report.kind, report.error) == ("qoyod", "orders", "")
    assert report.rejected == text.count("الإجمالي,,,")
    assert [row[:3] for row in events(store)] == [("Order Completed", "INV-1", 300)]


@pytest.mark.parametrize(
    ("header", "name", "number"),
    [
        ("رقم الفاتورة,الرقم المرجعي", "Order Completed", "INV-7"),
        ("Invoice Number,Reference", "Order Completed", "INV-7"),
        ("رقم الإشعار الدائن,الرقم المرجعي", "Order Refunded", "CN-7"),
        ("Credit Note Number,Reference", "Order Refunded", "CN-7"),
    ],
)
def test_a_number_of_its_own_beside_that_of_the_shops_order(take, store, header, name, number):
    """Two invoices, of which one tells the shop's number; neither is lost, though the other has no reference."""
    due = ("المبلغ المستحق", 0, 0) if number == "INV-7" else ("ملاحظات", "", "")
    text = (
        f"{header},تاريخ الإصدار,اسم العميل,رقم الجوال,الحالة,المجموع قبل الضريبة,الضريبة,الإجمالي,{due[0]}\n"
        f"{number},#1001,25/03/2025,سارة,0551234567,مدفوعة,100,15,115,{due[1]}\n"
        f"{number}8,,25/03/2025,نورة,,مدفوعة,20,3,23,{due[2]}\n"
    )
    report = take(text, "invoices.csv")
    assert (report.source, report.kind, report.rejected) == ("qoyod", "orders", 0)
    found = store.select(
        "SELECT name, order_id, ifNull(toString(props.reference), '') AS shop FROM events ORDER BY order_id"
    )
    assert [tuple(row.values()) for row in found] == [(name, number, "#1001"), (name, f"{number}8", "")]


@pytest.mark.parametrize("text", TABLES["credit"])
def test_exported_credit_notes(take, store, text):
    report = take(text, "notes.csv")
    assert (report.source, report.net) == ("qoyod", {"SAR": -100})
    assert events(store) == [("Order Refunded", "CN-1", -100, -15)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("contacts", "Name,Organization,Phone Number,Email,Tax Number\nSara,Dallah,'0551234567,s@example.com,3111\n"),
        ("contacts", "الاسم,المنشأة,رقم الهاتف,البريد الإلكتروني,الرقم الضريبي\nSara,Dallah,٠٥٥١٢٣٤٥٦٧,s@example.com,٣١١١\n"),
        ("products", "SKU,Arabic Name,Selling Price,Buying Price,Category\nCF-1,قهوة,50,20.5,قهوة\n"),
        ("products", "رمز المنتج,الاسم العربي,سعر البيع,سعر الشراء,التصنيف\nCF-1,قهوة,٥٠,٢٠٫٥,قهوة\n"),
        ("purchases", "Purchase Order Reference,Issue Date,Vendor,Product,Quantity,Unit Price,Status\nPO-1,25/03/2025,Dair,Pot,10,20,Approved\n"),
        ("purchases", "رقم أمر الشراء,تاريخ الإصدار,المورد,المنتج,الكمية,سعر الوحدة,الحالة\nPO-1,25/03/2025,Dair,Pot,١٠,٢٠,معتمد\n"),
        ("purchases", "Bill Reference,Issue Date,Vendor,Product,Quantity,Unit Price,Status\nB-1,25/03/2025,Dair,Pot,10,20,Paid\n"),
        ("purchases", "رقم فاتورة المشتريات,تاريخ الإصدار,المورد,المنتج,الكمية,سعر الوحدة,الحالة\nB-1,25/03/2025,Dair,Pot,١٠,٢٠,مدفوعة\n"),
    ],
)  # fmt: skip
def test_the_other_exports_are_recognised(take, store, kind, text):
    report = take(text, "export.csv")
    assert (report.source, report.kind, report.rejected) == ("qoyod", kind, 0)
    assert report.added or report.written
    again = take(text, "export.csv")
    assert (again.added, again.restated) == (0, 0)
    if "Bill" in text or "فاتورة المشتريات" in text:
        assert [row[0] for row in events(store)] == ["Stock Arrived"]


def test_a_file_cut_short_is_one_sentence(take):
    text = json.dumps(INVOICES)
    with pytest.raises(BadFile, match="cut short"):
        take(text[:-20], "invoices.json")


def test_an_amount_that_is_none_does_not_stop_the_others(take, store):
    bad = invoice("INV-9", [line(31, "two", "50")], "115.0")
    report = take(json.dumps({"invoices": [bad, *INVOICES["invoices"][:1]]}), "invoices.json")
    assert (report.rejected, report.added) == (1, 1)


def test_other_programs_replies_are_not_taken_for_its(take):
    report = take(
        '{"orders": [{"id": 1, "created_at": "2025-03-25", "total": 10, "email": "a@b.sa"}]}', "o.json"
    )
    assert report.source == "shop"


def test_the_sample_is_recognised(take):
    report = take(BY_NAME["qoyod"].sample, "sample.csv")
    assert (report.source, report.added, report.net) == ("qoyod", 2, {"SAR": 300})
