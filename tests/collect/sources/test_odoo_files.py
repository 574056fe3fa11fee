"""Odoo: exports with labels in English and Arabic and with technical names, lines below what they belong to."""

from __future__ import annotations

import io

import polars as pl
import pytest

from masarat.collect.sources import BY_NAME

ORDERS = {
    "english": (
        "Order Reference,Order Date,Customer,Customer/Email,Status,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Discount (%),Order Lines/Subtotal,Total,Taxes\n"
        "S1,2025-03-25 10:00:00,Sara,sara@example.com,Sales Order,[CF-1] قهوة,2,50,0,100,345,45\n"
        ",,,,,[DL-9] دلة,1,250,20,200,,\n"
        "S2,2025-03-26 10:00:00,Noura,,Quotation Sent,[DL-9] دلة,1,250,0,250,287.5,37.5\n"
        "S3,2025-03-26 11:00:00,Noura,,Cancelled,[DL-9] دلة,1,250,0,250,287.5,37.5\n"
    ),
    "arabic": (
        "مرجع الطلب ,تاريخ الطلب ,العميل,العميل/البريد الإلكتروني,الحالة,بنود الطلب /المنتج,بنود الطلب /الكمية,بنود الطلب /سعر الوحدة,بنود الطلب /الخصم (%),الإجمالي,الضرائب\n"
        "S1,25/03/2025 10:00:00,Sara,sara@example.com,أمر البيع,[CF-1] قهوة,٢,٥٠,٠,٣٤٥,٤٥\n"
        ",,,,,[DL-9] دلة,١,٢٥٠,٢٠,,\n"
        "S2,26/03/2025 10:00:00,Noura,,عرض سعر,[DL-9] دلة,١,٢٥٠,٠,٢٨٧٫٥,٣٧٫٥\n"
        "S3,26/03/2025 11:00:00,Noura,,تم الإلغاء,[DL-9] دلة,١,٢٥٠,٠,٢٨٧٫٥,٣٧٫٥\n"
    ),
    "technical": (
        "id,name,date_order,partner_id,partner_id/email,state,order_line/product_id,order_line/product_uom_qty,order_line/price_unit,order_line/price_subtotal,amount_total,amount_tax\n"
        "__export__.1,S1,2025-03-25 10:00:00,Sara,sara@example.com,sale,[CF-1] قهوة,2,50,100,345,45\n"
        ",,,,,,[DL-9] دلة,1,250,200,,\n"
        "__export__.2,S2,2025-03-26 10:00:00,Noura,,draft,[DL-9] دلة,1,250,250,287.5,37.5\n"
        "__export__.3,S3,2025-03-26 11:00:00,Noura,,cancel,[DL-9] دلة,1,250,250,287.5,37.5\n"
    ),
}  # fmt: skip
MOVES = {
    "english": (
        "Number,Type,Partner,Invoice/Bill Date,Status,Payment Status,Invoice lines/Product,Invoice lines/Quantity,Invoice lines/Unit Price,Invoice lines/Subtotal,Tax,Total\n"
        "INV/2025/0001,Customer Invoice,Sara,2025-03-25,Posted,Not Paid,[CF-1] قهوة,2,50,100,45,345\n"
        ",,,,,,[DL-9] دلة,1,200,200,,\n"
        "RINV/2025/0001,Customer Credit Note,Sara,2025-03-27,Posted,Paid,[DL-9] دلة,1,200,200,30,230\n"
        "/,Customer Invoice,Noura,2025-03-27,Draft,Not Paid,[DL-9] دلة,1,200,200,30,230\n"
        "BILL/2025/0001,Vendor Bill,Dair,2025-03-27,Posted,Paid,[CF-1] قهوة,10,20,200,30,230\n"
        "MISC/2025/0001,Journal Entry,,2025-03-27,Posted,Not Paid,,,,,0,99\n"
    ),
    "arabic": (
        "الرقم,النوع,الشريك,تاريخ الفاتورة ,الحالة,حالة الدفع,بنود الفاتورة/المنتج,بنود الفاتورة/الكمية,بنود الفاتورة/سعر الوحدة,بنود الفاتورة/الناتج الفرعي,الضريبة,الإجمالي\n"
        "INV/2025/0001,فاتورة العميل,Sara,25/03/2025,تم الترحيل,غير مدفوع,[CF-1] قهوة,٢,٥٠,١٠٠,٤٥,٣٤٥\n"
        ",,,,,,[DL-9] دلة,١,٢٠٠,٢٠٠,,\n"
        "RINV/2025/0001,الإشعار الدائن للعميل,Sara,27/03/2025,تم الترحيل,مدفوع,[DL-9] دلة,١,٢٠٠,٢٠٠,٣٠,٢٣٠\n"
        "/,فاتورة العميل,Noura,27/03/2025,مسودة,غير مدفوع,[DL-9] دلة,١,٢٠٠,٢٠٠,٣٠,٢٣٠\n"
        "BILL/2025/0001,فاتورة المورد,Dair,27/03/2025,تم الترحيل,مدفوع,[CF-1] قهوة,١٠,٢٠,٢٠٠,٣٠,٢٣٠\n"
        "MISC/2025/0001,قيد يومية,,27/03/2025,تم الترحيل,غير مدفوع,,,,,٠,٩٩\n"
    ),
    "technical": (
        "id,name,move_type,partner_id,invoice_date,state,payment_state,invoice_line_ids/product_id,invoice_line_ids/quantity,invoice_line_ids/price_unit,invoice_line_ids/price_subtotal,amount_tax,amount_total\n"
        "x.1,INV/2025/0001,out_invoice,Sara,2025-03-25,posted,not_paid,[CF-1] قهوة,2,50,100,45,345\n"
        ",,,,,,,[DL-9] دلة,1,200,200,,\n"
        "x.2,RINV/2025/0001,out_refund,Sara,2025-03-27,posted,reversed,[DL-9] دلة,1,200,200,30,230\n"
        "x.3,/,out_invoice,Noura,2025-03-27,draft,not_paid,[DL-9] دلة,1,200,200,30,230\n"
        "x.4,BILL/2025/0001,in_invoice,Dair,2025-03-27,posted,paid,[CF-1] قهوة,10,20,200,30,230\n"
        "x.5,MISC/2025/0001,entry,,2025-03-27,posted,not_paid,,,,,0,99\n"
    ),
}  # fmt: skip


def events(store):
    rows = store.select("SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS vat FROM events ORDER BY name, order_id")  # fmt: skip
    return [tuple(row.values()) for row in rows]


def lines(store, order):
    rows = store.select("SELECT product_ids, product_names, product_quantities, product_revenues FROM events WHERE order_id = {order:String}", {"order": order})  # fmt: skip
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize("language", ORDERS)
def test_sales_orders_with_their_lines(take, store, language):
    report = take(ORDERS[language], "sale.order.csv")
    assert (report.source, report.kind, report.rejected, report.error) == ("odoo", "orders", 0, "")
    # A quotation is no sale. The discount of a line is a percent: it is in the subtotal, or in the order's total.
    assert events(store) == [("Order Cancelled", "S3", 0, 37.5), ("Order Completed", "S1", 300, 45)]
    (found,) = lines(store, "S1")
    assert found[:3] == (["CF-1", "DL-9"], ["قهوة", "دلة"], [2, 1])
    assert round(sum(found[3]), 2) == 300
    again = take(ORDERS[language], "sale.order.csv")
    assert (again.added, again.restated) == (0, 0)


def test_a_workbook(take, store):
    book = io.BytesIO()
    pl.read_csv(ORDERS["english"].encode(), infer_schema=False).write_excel(book)
    report = take(book.getvalue(), "sale.order.xlsx")
    assert (report.source, report.net) == ("odoo", {"SAR": 300})


@pytest.mark.parametrize("language", MOVES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_invoices_and_refunds(take, store, language, encoding):
    report = take(MOVES[language].encode(encoding), "account.move.csv")
    assert (report.source, report.kind, report.rejected, report.error) == ("odoo", "orders", 2, "")
    assert events(store) == [
        ("Order Completed", "INV/2025/0001", 300, 45),
        ("Order Refunded", "RINV/2025/0001", -200, -30),
    ]
    assert lines(store, "RINV/2025/0001") == [(["DL-9"], ["دلة"], [-1], [-200])]
    reasons = {row["reason"] for row in store.select("SELECT reason FROM quarantine")}
    assert all("is no sale" in reason for reason in reasons)
    again = take(MOVES[language].encode(encoding), "account.move.csv")
    assert (again.added, again.restated) == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Untaxed Amount Signed,Total Signed,Payment Status,Status\n"
        "INV/2025/0001,Sara,2025-03-25,2025-04-25,300.00,345.00,Not Paid,Posted\nRINV/2025/0001,Sara,2025-03-27,,-200.00,-230.00,Paid,Posted\n",
        "name,invoice_partner_display_name,invoice_date,amount_untaxed_signed,amount_total_signed,payment_state,state\n"
        "INV/2025/0001,Sara,2025-03-25,300.00,345.00,not_paid,posted\nRINV/2025/0001,Sara,2025-03-27,-200.00,-230.00,paid,posted\n",
        "الرقم,الشريك,تاريخ الفاتورة,المبلغ دون الضريبة,الإجمالي,حالة الدفع,الحالة\n"
        "INV/2025/0001,Sara,25/03/2025,٣٠٠٫٠٠,٣٤٥٫٠٠,غير مدفوع,تم الترحيل\nRINV/2025/0001,Sara,27/03/2025,-٢٠٠٫٠٠,-٢٣٠٫٠٠,مدفوع,تم الترحيل\n",
    ],
)  # fmt: skip
def test_the_list_of_invoices(take, store, text):
    report = take(text, "account.move.csv")
    assert (report.source, report.rejected) == ("odoo", 0)
    assert [row[:3] for row in events(store)] == [
        ("Order Completed", "INV/2025/0001", 300),
        ("Order Refunded", "RINV/2025/0001", -200),
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("contacts", "External ID,Name,Is a Company,Email,Mobile,City,Country,Tax ID\n__export__.7,Sara,False,s@example.com,'0551234567,الرياض,Saudi Arabia,3111\n"),
        ("contacts", "المعرف الخارجي,الاسم,هي شركة,البريد الإلكتروني,رقم الهاتف المحمول,المدينة,الدولة,الرقم الضريبي\nx.7,Sara,False,s@example.com,٠٥٥١٢٣٤٥٦٧,الرياض,السعودية,٣١١١\n"),
        ("contacts", "id,name,is_company,email,mobile,city,country_id,vat\nx.7,Sara,False,s@example.com,0551234567,الرياض,Saudi Arabia,3111\n"),
        ("products", "Internal Reference,Name,Sales Price,Cost,Quantity On Hand,Product Category\nCF-1,قهوة,115,60.5,40,All / قهوة\n"),
        ("products", "المرجع الداخلي,الاسم,سعر المبيعات,التكلفة,الكمية في اليد,فئة المنتج\nCF-1,قهوة,١١٥,٦٠٫٥,٤٠,قهوة\n"),
        ("products", "id,default_code,name,list_price,standard_price,qty_available,categ_id\nx.1,CF-1,قهوة,115,60.5,40,قهوة\n"),
    ],
)  # fmt: skip
def test_contacts_and_products(take, store, kind, text):
    report = take(text, "export.csv")
    assert (report.source, report.kind, report.rejected) == ("odoo", kind, 0)
    if kind == "contacts":
        told = {row["trait"]: row["value"] for row in store.select("SELECT trait, value FROM traits")}
        assert (told["name"], told["phone"], told["email"], told["city"]) == ("Sara", "+966551234567", "s@example.com", "الرياض")  # fmt: skip
        assert told["vat_number"] in ("3111", "٣١١١")
    else:
        assert store.select("SELECT product_id, name_ar, price, cost FROM products") == [
            {"product_id": "CF-1", "name_ar": "قهوة", "price": 115, "cost": 60.5}
        ]
        assert store.select("SELECT name, product_ids, product_quantities FROM events") == [
            {"name": "Stock Counted", "product_ids": ["CF-1"], "product_quantities": [40]}
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Order Reference,Vendor,Order Deadline,Expected Arrival,Status,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price\n"
        "P1,الداير,2025-03-01,2025-03-20,Purchase Order,[CF-1] قهوة,10,20\n,,,,,[DL-9] دلة,5,90\nP2,الداير,2025-03-02,,RFQ,[CF-1] قهوة,1,20\n",
        "مرجع الطلب,المورد,الموعد النهائي للطلب,الوصول المتوقع,الحالة,بنود الطلب/المنتج,بنود الطلب/الكمية,بنود الطلب/سعر الوحدة\n"
        "P1,الداير,01/03/2025,20/03/2025,أمر الشراء,[CF-1] قهوة,١٠,٢٠\n,,,,,[DL-9] دلة,٥,٩٠\nP2,الداير,02/03/2025,,طلب عرض سعر,[CF-1] قهوة,١,٢٠\n",
        "id,name,partner_id,date_order,date_planned,state,order_line/product_id,order_line/product_qty,order_line/price_unit\n"
        "x.1,P1,الداير,2025-03-01,2025-03-20,purchase,[CF-1] قهوة,10,20\n,,,,,,[DL-9] دلة,5,90\nx.2,P2,الداير,2025-03-02,,draft,[CF-1] قهوة,1,20\n",
    ],
)  # fmt: skip
def test_purchase_orders(take, store, text):
    report = take(text, "purchase.order.csv")
    assert (report.source, report.kind, report.rejected) == ("odoo", "purchases", 0)
    found = store.select("SELECT name, order_id, product_ids, product_names, product_quantities, toString(props.supplier) AS supplier, toString(props.expected) AS expected, toString(props.unit_cost) AS cost FROM events ORDER BY product_ids")  # fmt: skip
    assert [tuple(row.values()) for row in found] == [
        ("Stock Ordered", "P1", ["CF-1"], ["قهوة"], [10], "الداير", "2025-03-20", "20"),
        ("Stock Ordered", "P1", ["DL-9"], ["دلة"], [5], "الداير", "2025-03-20", "90"),
    ]


def test_the_sample_is_recognised(take, store):
    report = take(BY_NAME["odoo"].sample, "sample.csv")
    assert (report.source, report.added, report.net) == ("odoo", 2, {"SAR": 60})
