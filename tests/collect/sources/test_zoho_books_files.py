"""Zoho Books: the files of its exports and of its backup."""

from __future__ import annotations

import io
import zipfile

import pytest

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.collect.sources import BY_NAME
from masarat.errors import BadFile

HEAD = (
    "Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer ID,Customer Name,Is Inclusive Tax,Currency Code,Item Name,SKU,"
    "Quantity,Discount,Item Price,Item Total,Item Tax,Item Tax %,Item Tax Amount,Shipping Charge,Shipping Charge Tax Amount,"
    "Entity Discount Amount,Adjustment,Total,Balance,Due Date,Notes,Tax ID,Project Name\n"
)
# 2×50 and 200, both with 15 %; shipping 20 with 3 of VAT: 300 + 45 + 23 = 368. Discount is a percent that the line's total has taken off.
INVOICES = HEAD + (
    "2025-03-25,9001,INV-1,Sent,71,سارة,false,SAR,قهوة,CF-1,2,0,50,100,VAT,15,15,20,3,0,,368,368,2025-04-25,,5,\n"
    "2025-03-25,9001,INV-1,Sent,71,سارة,false,SAR,دلة,DL-9,1,20,250,200,VAT,15,30,20,3,0,,368,368,2025-04-25,,5,\n"
    "2025-03-26,9002,INV-2,Draft,72,نورة,false,SAR,دلة,DL-9,1,0,200,200,VAT,15,30,0,0,0,,230,230,,,5,\n"
    "2025-03-26,9003,INV-3,Void,72,نورة,false,SAR,دلة,DL-9,1,0,200,200,VAT,15,30,0,0,0,,230,0,,,5,\n"
    "2025-03-27,9004,INV-4,Paid,72,نورة,false,USD,خدمة,,1,0,80,80,,0,,0,0,0,,80,0,,,,\n"
)


def events(store):
    rows = store.select("SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS vat, currency FROM events ORDER BY name, order_id, revenue")  # fmt: skip
    return [tuple(row.values()) for row in rows]


def test_invoices(take, store):
    report = take(INVOICES, "Invoice.csv")
    assert (report.source, report.kind, report.rejected, report.error) == ("zoho_books", "orders", 0, "")
    assert events(store) == [
        ("Order Cancelled", "INV-3", 0, 30, "SAR"),
        ("Order Completed", "INV-1", 300, 48, "SAR"),
        ("Order Completed", "INV-4", 80, 0, "USD"),
    ]
    found = store.select(
        "SELECT product_ids, product_quantities, product_revenues, shipping, visitor_id FROM events WHERE order_id = 'INV-1'"
    )
    assert found == [
        {"product_ids": ["CF-1", "DL-9"], "product_quantities": [2, 1], "product_revenues": [100, 200], "shipping": 20, "visitor_id": "zoho_books:71"}
    ]  # fmt: skip
    again = take(INVOICES, "Invoice.csv")
    assert (again.added, again.restated) == (0, 0)


@pytest.mark.parametrize(
    ("cells", "net", "vat"),
    [
        # Discount of the whole invoice: 100 − 10, and VAT on what is left.
        ("false,SAR,قهوة,CF-1,2,0,50,100,VAT,15,13.5,0,0,10,,103.5,0,,,5,", 90, 13.5),
        # Prices that hold their VAT.
        ("true,SAR,قهوة,CF-1,2,0,57.5,115,VAT,15,15,0,0,0,,115,0,,,5,", 100, 15),
        # Rounded down by hand.
        ("false,SAR,قهوة,CF-1,2,0,50,100,VAT,15,15,0,0,0,-0.4,114.6,0,,,5,", 99.6, 15),
    ],
)
def test_the_total_says_what_the_lines_come_to(take, store, cells, net, vat):
    take(HEAD + f"2025-03-25,9001,INV-1,Paid,71,سارة,{cells}\n", "Invoice.csv")
    assert events(store) == [("Order Completed", "INV-1", net, vat, "SAR")]


def test_an_export_without_totals_of_lines(take, store):
    take(
        "Invoice Number,Invoice Date,Invoice Status,Customer Name,Item Name,SKU,Quantity,Item Price,Discount,Item Tax Amount,Total,Currency Code\n"
        "INV-1,25/03/2025,Paid,سارة,قهوة,CF-1,2,50,10,13.5,333.5,SAR\nINV-1,25/03/2025,Paid,سارة,دلة,DL-9,1,200,0,30,333.5,SAR\n",
        "Invoice.csv",
    )  # fmt: skip
    assert events(store) == [("Order Completed", "INV-1", 290, 43.5, "SAR")]


def test_credit_notes_take_back(take, store):
    notes = INVOICES.replace("Invoice Number", "Credit Note Number").replace("Invoice Date", "Credit Note Date").replace("Invoice Status", "Credit Note Status").replace("INV-", "CN-").replace("Sent", "Open")  # fmt: skip
    report = take(notes, "Credit_Note.csv")
    assert (report.source, report.net) == ("zoho_books", {"SAR": -300, "USD": -80})
    assert ("Order Refunded", "CN-1", -300, -48, "SAR") in events(store)
    assert [row for row in events(store) if row[0] == "Order Completed"] == []


def test_a_payment_is_its_parts_and_what_is_left(take, store):
    text = (
        "Payment Number,CustomerPayment ID,Mode,CustomerID,Amount,Currency Code,Customer Name,Date,Payment Status,InvoicePayment ID,Amount Applied to Invoice,Invoice Number\n"
        "1,7001,Bank Transfer,71,1000,SAR,سارة,2025-03-26,Paid,1,368,INV-1\n"
        "1,7001,Bank Transfer,71,1000,SAR,سارة,2025-03-26,Paid,2,500,INV-7\n"
        "2,7002,Cash,72,80,SAR,نورة,2025-03-27,Paid,,,\n"
        "3,7003,Cash,72,99,SAR,نورة,2025-03-27,Draft,3,99,INV-9\n"
    )
    report = take(text, "Customer_Payment.csv")
    assert (report.source, report.kind, report.rejected) == ("zoho_books", "payments", 1)
    assert [row[:3] for row in events(store)] == [
        ("Payment Received", "", 80),
        ("Payment Received", "", 132),
        ("Payment Received", "INV-1", 368),
        ("Payment Received", "INV-7", 500),
    ]
    again = take(text, "Customer_Payment.csv")
    assert (again.added, again.restated) == (0, 0)


def test_contacts_and_items(take, store):
    contacts = (
        "Created Time,Display Name,Company Name,First Name,Last Name,Phone,Currency Code,Status,Accounts Receivable,Billing City,Billing Country,EmailID,MobilePhone,Contact ID,Contact Type\n"
        "2025-01-01,سارة الحربي,مؤسسة دلة,سارة,الحربي,,SAR,Active,Accounts Receivable,الرياض,Saudi Arabia,S@example.com,'0551234567,71,customer\n"
    )
    report = take(contacts.encode("utf-8-sig"), "Contacts.csv")
    assert (report.source, report.kind, report.rejected) == ("zoho_books", "contacts", 0)
    told = {row["trait"]: row["value"] for row in store.select("SELECT trait, value FROM traits")}
    assert told == {
        "name": "سارة الحربي", "company": "مؤسسة دلة", "email": "s@example.com", "phone": "+966551234567",
        "city": "الرياض", "country": "Saudi Arabia",
    }  # fmt: skip
    items = (
        "Item ID,Item Name,SKU,Description,Rate,Product Type,Status,Usage unit,Purchase Rate,Vendor,Stock On Hand,Item Type\n"
        "21,قهوة خولانية,CF-1,,SAR 115.00,goods,Active,kg,SAR 60.50,مزارع الداير,40,Inventory\n"
    )
    report = take(items, "Item.csv")
    assert (report.source, report.kind) == ("zoho_books", "products")
    assert store.select("SELECT product_id, name_ar, price, cost FROM products") == [
        {"product_id": "CF-1", "name_ar": "قهوة خولانية", "price": 115, "cost": 60.5}
    ]


def test_purchase_orders_and_bills(take, store):
    take(
        "Purchase Order ID,Purchase Order Date,Delivery Date,Purchase Order Number,Purchase Order Status,Vendor Name,Currency Code,Item Price,Item Name,SKU,QuantityOrdered,Total\n"
        "1,2025-03-01,2025-03-20,PO-1,Billed,الداير,SAR,20,قهوة,CF-1,10,230\n2,2025-03-02,,PO-2,Cancelled,الداير,SAR,20,قهوة,CF-1,5,115\n",
        "Purchase_Order.csv",
    )
    report = take(
        "Bill Date,Due Date,Bill ID,Vendor Name,Bill Number,Purchase Order Number,Currency Code,Total,Bill Status,Item Name,Quantity,Item Total,SKU,Rate\n"
        "2025-03-15,,1,الداير,B-1,PO-1,SAR,230,Overdue,قهوة,10,200,CF-1,20\n",
        "Bill.csv",
    )
    assert (report.source, report.kind) == ("zoho_books", "purchases")
    found = store.select("SELECT name, order_id, product_ids, product_quantities, toString(props.unit_cost) AS cost FROM events ORDER BY name")  # fmt: skip
    assert [tuple(row.values()) for row in found] == [
        ("Stock Arrived", "B-1", ["CF-1"], [10], "20"),
        ("Stock Ordered", "PO-1", ["CF-1"], [10], "20"),
    ]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Estimate Date,Estimate ID,Estimate Number,Estimate Status,Customer Name,Item Name,Quantity,Item Price,Total", "estimates"),
        ("SalesOrder ID,Order Date,SalesOrder Number,Status,Customer Name,Item Name,QuantityOrdered,Item Price,Total", "sales orders"),
        ("Payment Number,VendorPayment ID,Mode,Amount,Date,Vendor Name,Bill Date,Bill Number", "payments to suppliers"),
        ("Contact ID,Contact Name,Company Name,Display Name,EmailID,Phone,MobilePhone,Status,Accounts Payable", "suppliers"),
        ("Expense Date,Expense Account,Vendor,Currency Code,Expense Amount,Total,Customer Name", "expenses"),
        ("Date,Credit Note Number,Customer Name,Mode of Refund,Amount", "money paid back"),
    ],
)  # fmt: skip
def test_what_tells_no_sale_is_refused_by_name(take, header, sentence):
    row = ",".join("2025-03-25" if "Date" in name else "1" for name in header.split(","))
    with pytest.raises(BadFile, match=f"holds {sentence}, as Zoho Books writes them"):
        take(f"{header}\n{row}\n", "export.csv")


def test_a_person_may_say_otherwise(take, store):
    take(
        "SalesOrder ID,Order Date,SalesOrder Number,Status,Customer Name,Item Name,Quantity,Item Price,Total\n1,2025-03-25,SO-1,invoiced,سارة,قهوة,2,50,100\n",
        "Sales_Order.csv",
        kind="orders",
    )
    assert [(row[0], row[2]) for row in events(store)] == [("Order Completed", 100)]


def test_a_backup_comes_in_whole(store, records, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Invoice.csv", INVOICES)
        archive.writestr(
            "Estimate.csv", "Estimate Date,Estimate Number,Customer Name,Total\n2025-03-25,E-1,سارة,100\n"
        )
    (tmp_path / "backup.zip").write_bytes(packed.getvalue())
    reports = import_files(store, records, [tmp_path / "backup.zip"], Choices())
    assert [(r.added, bool(r.error)) for r in reports] == [(3, False), (0, True)]


@pytest.mark.parametrize("spoil", ["empty lines", "D/M/Y", "windows", "total"])
def test_as_spreadsheets_save_it(take, store, spoil):
    text = INVOICES
    if spoil == "empty lines":
        text = text.replace("\n", "\n,,,,,,,,,,,,,,,,,,,,,,,,,,\n")
    elif spoil == "D/M/Y":
        text = text.replace("2025-03-25,", "25/03/2025,").replace("2025-03-26,", "26/03/2025,").replace("2025-03-27,", "27/03/2025,")  # fmt: skip
    elif spoil == "total":
        text += "Total,,,,,,,,,,,,,780,,,105,,,,,908,,,,,\n"
    report = take(text.encode("windows-1256") if spoil == "windows" else text, "Invoice.csv")
    assert (report.source, report.rejected) == ("zoho_books", 1 if spoil == "total" else 0)
    assert ("Order Completed", "INV-1", 300, 48, "SAR") in events(store)


def test_a_file_cut_short_loses_only_its_last_row(take, store):
    report = take(INVOICES[:-60], "Invoice.csv")
    assert (report.rejected, report.orders) == (1, 2)


def test_the_sample_is_recognised(take, store):
    report = take(BY_NAME["zoho_books"].sample, "sample.csv")
    assert (report.source, report.added, report.net) == ("zoho_books", 2, {"SAR": 500})
