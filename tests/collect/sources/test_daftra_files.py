"""Daftra: what its lists export, in Arabic and English, and replies of its API saved in files."""

from __future__ import annotations

import json

import pytest

from masarat.collect.sources import BY_NAME
from masarat.errors import BadFile


def item(name, quantity, price, **more):
    return {"item": name, "product_id": "31", "quantity": str(quantity), "unit_price": str(price), "tax1_percent": "15", **more}  # fmt: skip


def invoice(number, items, total, **more):
    return {
        "id": f"9{number}", "no": number, "draft": "0", "payment_status": "2", "currency_code": "SAR", "date": "2025-03-25", "client_id": "7",
        "client_business_name": "مؤسسة دلة", "client_email": "s@example.com", "client_phone2": "0551234567", "client_city": "الرياض",
        "summary_total": total, "summary_paid": total, "summary_unpaid": "0", "InvoiceItem": items, **more,
    }  # fmt: skip


PAID = [
    {
        "id": "51",
        "invoice_id": "91",
        "payment_method": "cash",
        "amount": "100.00",
        "date": "2025-03-26",
        "status": "1",
    },
    {
        "id": "52",
        "invoice_id": "91",
        "payment_method": "mada",
        "amount": "245.00",
        "date": "2025-03-27",
        "status": "0",
    },
]
TWO = [item("قهوة", 2, "50"), item("دلة", 1, "200", product_id="32")]


def within(record, name="Invoice"):
    """As the list of version 1 gives it."""
    return {
        "result": "successful",
        "code": 200,
        "data": [{name: record}],
        "pagination": {"page": 1, "next": None},
    }


def beside(record, name="Invoice"):
    lists = ("InvoiceItem", "Payment")
    return {
        name: {key: value for key, value in record.items() if key not in lists},
        **{key: record[key] for key in lists if key in record},
    }


def second(record):
    """As version 2 gives it."""
    renamed = {"InvoiceItem": "invoice_item", "Payment": "invoice_payment"}
    return {
        "data": [{renamed.get(key, key): value for key, value in record.items()}],
        "current_page": 1,
        "total": 1,
    }


def events(store, *more):
    columns = ", ".join(("name", "order_id", "toFloat64(revenue) AS net", "toFloat64(tax) AS vat", *more))
    return [tuple(row.values()) for row in store.select(f"SELECT {columns} FROM events ORDER BY name, order_id, revenue")]  # fmt: skip


@pytest.mark.parametrize("shape", [within, beside, second, lambda record: [beside(record)]])
def test_a_saved_invoice_with_its_payments(store, records, tmp_path, shape):
    from masarat.collect.choosing import Choices
    from masarat.collect.importing import import_files

    path = tmp_path / "invoices.json"
    path.write_text(json.dumps(shape(invoice("000001", TWO, "345.00", Payment=PAID)), ensure_ascii=False), "utf-8")  # fmt: skip
    reports = import_files(store, records, [path], Choices())
    assert [(r.source, r.kind, r.rejected, r.error) for r in reports] == [
        ("daftra", "orders", 0, ""),
        ("daftra", "payments", 0, ""),
    ]
    # A payment that has not come in yet is none.
    assert events(store, "visitor_id") == [
        ("Order Completed", "000001", 300, 45, "daftra:7"),
        ("Payment Received", "000001", 100, 0, "daftra:7"),
    ]
    assert store.select("SELECT product_ids, product_names, product_revenues FROM events WHERE name = 'Order Completed'") == [
        {"product_ids": ["31", "32"], "product_names": ["قهوة", "دلة"], "product_revenues": [100, 200]}
    ]  # fmt: skip
    again = import_files(store, records, [path], Choices())
    assert [(r.added, r.restated) for r in again] == [(0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("items", "total", "more", "net", "vat"),
    [
        ([item("قهوة", 1, "115")], "115", {}, 100, 15),  # the price holds its VAT
        ([item("قهوة", 1, "100")], "103.5", {}, 90, 13.5),  # a discount of 10 on all of it
        ([item("قهوة", 1, "100", tax1_percent="0")], "115", {"summary_tax1": "15"}, 100, 15),
        ([item("قهوة", 1, "100", tax1_percent="0")], "115", {"summary_tax": "0", "summary_subtotal": "100"}, 100, 15),
        ([item("قهوة", "٢", "٥٠٫٠٠")], "115", {}, 100, 15),
        ([item("قهوة", 1, "100", tax1_percent=None)], "100", {}, 100, 0),
    ],
)  # fmt: skip
def test_the_total_says_what_the_lines_come_to(take, store, items, total, more, net, vat):
    take(json.dumps(within(invoice("1", items, total, **more))), "invoices.json")
    assert events(store) == [("Order Completed", "1", net, vat)]


def test_a_draft_is_no_sale(take, store):
    reply = {
        "data": [{"Invoice": invoice("1", TWO, "345", draft="1")}, {"Invoice": invoice("2", TWO, "345")}]
    }
    take(json.dumps(reply), "invoices.json")
    assert events(store) == [("Order Completed", "2", 300, 45)]


@pytest.mark.parametrize("name", ["CreditNote", "RefundReceipt"])
def test_credit_notes_and_refund_receipts_take_back(take, store, name):
    """They are numbered on their own: 000001 is another document than invoice 000001."""
    take(json.dumps(within(invoice("000001", TWO, "345"))), "invoices.json")
    report = take(json.dumps(within(invoice("000001", TWO[:1], "115"), name)), "notes.json")
    assert (report.source, report.net) == ("daftra", {"SAR": -100})
    assert events(store) == [
        ("Order Completed", "000001", 300, 45),
        ("Order Refunded", "000001", -100, -15),
    ]


def test_payments_saved_on_their_own_count_once(take, store, records, tmp_path):
    take(json.dumps(within(invoice("000001", TWO, "345", Payment=PAID))), "a.json", kind="")
    report = take(json.dumps({"data": [{"InvoicePayment": PAID[0]}]}), "b.json")
    assert (report.kind, report.added) == ("payments", 0)
    assert [row for row in events(store) if row[0] == "Payment Received"] == [("Payment Received", "000001", 100, 0)]  # fmt: skip


def test_clients_and_products(take, store):
    client = {"id": "7", "client_number": "0007", "business_name": "", "first_name": "سارة", "last_name": "الحربي", "phone1": "", "phone2": "0551234567", "email": "S@example.com", "city": "الرياض", "country_code": "SA", "bn1": "311111111111113"}  # fmt: skip
    report = take(json.dumps(within(client, "Client")), "clients.json")
    assert (report.source, report.kind) == ("daftra", "contacts")
    told = {row["trait"]: row["value"] for row in store.select("SELECT trait, value FROM traits")}
    assert (told["name"], told["phone"], told["vat_number"]) == (
        "سارة الحربي",
        "+966551234567",
        "311111111111113",
    )
    product = {"id": "31", "name": "قهوة", "product_code": "CF-1", "unit_price": "50", "buy_price": "20.5", "stock_balance": "12"}  # fmt: skip
    report = take(json.dumps(within(product, "Product")), "products.json")
    assert (report.kind, report.written, report.added) == ("products", {"products": 2}, 1)
    assert store.select("SELECT product_id, price, cost FROM products ORDER BY product_id") == [
        {"product_id": "31", "price": 50, "cost": 20.5},
        {"product_id": "CF-1", "price": 50, "cost": 20.5},
    ]


TABLES = [
    "Invoice Number,Invoice Date,Client Name,Mobile,Status,Subtotal,Tax,Total,Paid,Currency\n"
    "000001,25/03/2025,Sara,0551234567,Unpaid,100,15,115,0,SAR\n000002,26/03/2025,Noura,,Draft,200,30,230,0,SAR\n",
    "شركة المثال\n\nرقم الفاتورة,تاريخ الفاتورة,اسم العميل,الجوال,الحالة,المجموع الفرعي,الضريبة,الإجمالي,المدفوع,العملة\n"
    "000001,25/03/2025,Sara,٠٥٥١٢٣٤٥٦٧,غير مدفوعة,١٠٠,١٥,١١٥,٠,ر.س\n,,,,,,,,,\n000002,26/03/2025,Noura,,مسودة,٢٠٠,٣٠,٢٣٠,٠,ر.س\n",
]


@pytest.mark.parametrize("text", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256"])
def test_exported_invoices(take, store, text, encoding):
    western = text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789."))
    report = take((western if encoding == "windows-1256" else text).encode(encoding), "invoices.csv")
    assert (report.source, report.kind, report.rejected) == ("daftra", "orders", 0)
    assert events(store, "visitor_id") == [("Order Completed", "000001", 100, 15, "phone:+966551234567")]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("orders", "Refund Receipt Number,Date,Client Name,Invoice Number,Subtotal,Tax,Total\n000001,25/03/2025,Sara,000009,100,15,115\n"),
        ("orders", "رقم المرتجع,التاريخ,اسم العميل,رقم الفاتورة,المجموع الفرعي,الضريبة,الإجمالي\n000001,25/03/2025,Sara,000009,١٠٠,١٥,١١٥\n"),
        ("payments", "Payment Number,Payment Date,Client Name,Invoice Number,Amount,Payment Method,Status\n51,25/03/2025,Sara,000001,115,mada,Completed\n"),
        ("payments", "رقم عملية الدفع,تاريخ الدفع,اسم العميل,رقم الفاتورة,المبلغ,طريقة الدفع,الحالة\n51,25/03/2025,Sara,000001,١١٥,مدى,مكتمل\n"),
        ("contacts", "Client Number,Business Name,First Name,Last Name,Email,Mobile\n0007,Dallah,Sara,Al-Harbi,s@example.com,'0551234567\n"),
        ("contacts", "رقم العميل,الاسم التجاري,الاسم الأول,الاسم الأخير,البريد الإلكتروني,الجوال\n٠٠٠٧,Dallah,Sara,Al-Harbi,s@example.com,٠٥٥١٢٣٤٥٦٧\n"),
        ("products", "Name,Product Code,Selling Price,Buy Price,Stock Balance\nقهوة,CF-1,50,20.5,12\n"),
        ("products", "اسم المنتج,كود المنتج,سعر البيع,سعر الشراء,رصيد المخزون\nقهوة,CF-1,٥٠,٢٠٫٥,١٢\n"),
        ("purchases", "Purchase Invoice Number,Date,Supplier,Item,Quantity,Unit Price\nP-1,25/03/2025,Dair,قهوة,10,20\n"),
        ("purchases", "رقم فاتورة الشراء,التاريخ,المورد,البند,الكمية,سعر الوحدة\nP-1,25/03/2025,Dair,قهوة,١٠,٢٠\n"),
    ],
)  # fmt: skip
def test_the_other_exports_are_recognised(take, store, kind, text):
    report = take(text, "export.csv")
    assert (report.source, report.kind, report.rejected) == ("daftra", kind, 0)
    assert report.added
    again = take(text, "export.csv")
    assert (again.added, again.restated) == (0, 0)
    if kind == "orders":
        assert events(store) == [("Order Refunded", "000001", -100, -15)]


def test_a_file_cut_short_is_one_sentence(take):
    with pytest.raises(BadFile, match="cut short"):
        take(json.dumps(within(invoice("1", TWO, "345")))[:-9], "invoices.json")


def test_nothing_that_can_be_read(take):
    with pytest.raises(BadFile, match="no number"):
        take(json.dumps(within(invoice("1", [item("قهوة", "two", "50")], "345"))), "invoices.json")


def test_the_sample_is_recognised(take):
    report = take(BY_NAME["daftra"].sample, "sample.csv")
    assert (report.source, report.added, report.net) == ("daftra", 2, {"SAR": 300})
