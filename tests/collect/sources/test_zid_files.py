"""Zid's exports of orders, a row a line, as it wrote them before 2025 and as it does since; products; customers."""

from __future__ import annotations

import pytest

LINES = (
    "id,order_status,source,customer_note,customer_name,customer_email,customer_mobile,payment_method,payment_status,shipping_method,"
    "shipping_city,coupon_code,sub_totals,vat,shipping,cod,discount,total,currency,product name,sku,quantity,order_products_cost,unit_price,"
    "added_at (Asia/Riyadh),last_update_at (Asia/Riyadh)\n"
    "2790027,تم التوصيل,catalog,,سارة الحربي,s@example.com,966551234567,بطاقة,paid,smsa,الرياض,EID,100,15,20,0,10,125,SAR,"
    "قهوة خولانية,CF-1,2,60,40,2025-03-25 07:03 PM,2025-03-27 10:00 AM\n"
    "2790027,تم التوصيل,catalog,,سارة الحربي,s@example.com,966551234567,بطاقة,paid,smsa,الرياض,EID,100,15,20,0,10,125,SAR,"
    "دلة,DL-9,1,9,20,2025-03-25 07:03 PM,2025-03-27 10:00 AM\n"
    "2790028,تم الإلغاء,pos,,نورة,,٠٥٠١١١٢٢٣٣,نقدا,pending,,جدة,,50,7.5,0,0,0,57.5,SAR,فنجان,FN-1,1,5,50,2025-03-26 11:30 AM,\n"
    ",,,,,,,,,,,,,,,,,,,,,,,,,\n"
)
SINCE = (
    "order_id,order_code,order_date,order_status_name,payment_method_name,customer_id,customer_name,customer_telephone,customer_email,"
    "city_name,order_currency_code,product_id,product_sku,product_name,product_name_ar,Quantity,net_price,gross_price,sub_total_value,"
    "vat_value,shipping_fees,total_value\n"
    "2790029,UmqBnu6JUb,2025-07-01 21:30:00,Delivered,Mada,77,سارة,966551234567,s@example.com,الرياض,SAR,9c1f,CF-1,Coffee,قهوة خولانية,2,40,46,80,12,0,92\n"
    "2790030,dyV6hS0VZi,2025-07-02 10:00:00,Returned,Mada,78,نورة,966501112233,,جدة,SAR,9c20,DL-9,Dallah,دلة,1,20,23,20,3,0,23\n"
)


@pytest.mark.parametrize("encoded", ["utf-8-sig", "windows-1256"])
def test_orders_a_row_a_line(encoded, take, seen, facts):
    text = LINES.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    report = take(text.encode(encoded), "orders.csv")
    assert (report.source, report.kind, report.rejected, report.orders) == ("zid", "orders", 0, 2)
    assert seen(
        "name", "at", "order_id", "revenue", "tax", "shipping", "channel", "product_ids", "product_revenues"
    ) == [
        (
            "Order Completed",
            "2025-03-25 19:03:00",
            "2790027",
            90.0,
            15.0,
            20.0,
            "catalog",
            ["CF-1", "DL-9"],
            [72.0, 18.0],
        ),
        ("Order Cancelled", "2025-03-26 11:30:00", "2790028", 0.0, 7.5, 0.0, "pos", ["FN-1"], [50.0]),
    ]  # 100 less 10, shared out by 80 to 20
    assert facts()[("phone:+966501112233", "city")] == "جدة"
    assert take(text.encode(encoded), "orders.csv").added == 0


def test_orders_as_they_are_exported_since_2025(take, seen):
    report = take(SINCE, "orders.csv")
    assert (report.source, report.rejected, report.returned) == ("zid", 0, 1)
    assert seen("name", "order_id", "visitor_id", "revenue", "tax", "product_names") == [
        ("Order Completed", "2790029", "zid:77", 80.0, 12.0, ["قهوة خولانية"]),
        ("Order Completed", "2790030", "zid:78", 20.0, 3.0, ["دلة"]),
        ("Order Refunded", "2790030", "zid:78", -20.0, -3.0, ["دلة"]),
    ]


def test_arabic_headers_of_a_zid_named_so(take, seen):
    text = "رقم الطلب,تاريخ الطلب,حالة الطلب,إجمالي الطلب,طريقة الدفع,جوال العميل\nA1,03/04/2025,تم التوصيل,١١٥٫٠٠,مدى,٠٥٥١٢٣٤٥٦٧\n"
    report = take(text, "orders.csv", preset="zid")
    assert (report.source, report.rejected) == ("zid", 0)
    assert seen("at", "order_id", "visitor_id", "revenue") == [
        ("2025-04-03 00:00:00", "A1", "phone:+966551234567", 115.0)
    ]


def test_products(take, seen, described):
    text = (
        "sku,barcode,name_ar,name_en,description_ar,price,sale_price,cost,quantity,published,has_variants,parent_sku,categories_ar\n"
        "CF-1,628,قهوة خولانية,Coffee,<p>طويل</p>,115,99,60,٤٠,TRUE,FALSE,,قهوة\n"
        "GIFT,,بطاقة هدية,,,100,,,Infinite,TRUE,FALSE,,\n"
    )
    report = take(text, "products.csv")
    assert (report.source, report.kind, report.rejected) == ("zid", "products", 0)
    assert described() == {
        "CF-1": ("Coffee", "قهوة خولانية", "قهوة", 115.0, 60.0),
        "GIFT": ("بطاقة هدية", "بطاقة هدية", "", 100.0, 0.0),
    }
    assert seen("product_ids", "product_quantities", "props") == [
        (["CF-1"], [40], {})
    ]  # what is endless is not counted


def test_customers(take, facts):
    text = "name,email,mobile,city,created_at\nسارة,s@example.com,966551234567,الرياض,2024-11-02 10:00\n"
    report = take(text, "customers.csv", preset="zid")
    assert (report.source, report.kind, report.rejected) == ("zid", "contacts", 0)
    assert facts()[("phone:+966551234567", "city")] == "الرياض"
