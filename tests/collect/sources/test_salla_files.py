"""Salla's exports: orders whose lines are packed in one cell, products with their options, quantities, customers."""

from __future__ import annotations

import csv
import io
import json

import pytest
from polars import DataFrame

HEAD = ["رقم الطلب", "حالة الطلب", "اسم العميل", "رقم الجوال", "المدينة", "طريقة الدفع", "إجمالي الطلب", "تكلفة الشحن",
        "الضريبة", "قيمة خصم الكوبون", "رمز الكوبون", "تاريخ الطلب", "الفرع", "SKU", "اسماء المنتجات مع SKU", "skus_json"]  # fmt: skip
COFFEE, POT = "قهوة خولانية, 250 جم", 'دلة "نجد"'
NAMES = f"(SKU: CF-1) {COFFEE} (Qty: 2),\n(SKU: DL-9) {POT} (Qty: 1)"


def orders(packed, named=NAMES, total="250", tax="30", shipping="20", status="تم التنفيذ", **cells):
    row = {**dict.fromkeys(HEAD, ""), "رقم الطلب": "1001", "حالة الطلب": status, "اسم العميل": "سارة الحربي",
           "رقم الجوال": "966551234567", "المدينة": "الرياض", "طريقة الدفع": "مدى", "إجمالي الطلب": total, "تكلفة الشحن": shipping,
           "الضريبة": tax, "تاريخ الطلب": "03/04/2025 14:05", "الفرع": "['فرع العليا']", "SKU": "CF-1,DL-9",
           "اسماء المنتجات مع SKU": named, "skus_json": packed, **cells}  # fmt: skip
    return row


def written(*rows, encoding="utf-8-sig"):
    out = io.StringIO()
    writer = csv.DictWriter(out, HEAD)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


LINES = [[COFFEE, 2, "CF-1", 115.0, 60], [POT, 1, "DL-9", 20.0, 9]]  # 230 and 20 of 250, VAT in them
LOOK = (
    "name",
    "order_id",
    "revenue",
    "product_ids",
    "product_names",
    "product_quantities",
    "product_revenues",
)
AS_LINES = [("Order Completed", "1001", 200.0, ["CF-1", "DL-9"], [COFFEE, POT], [2, 1], [184.0, 16.0])]


@pytest.mark.parametrize(
    "packed",
    [
        json.dumps(LINES, ensure_ascii=False),
        json.dumps([[name, pieces, sku, str(price)] for name, pieces, sku, price, _ in LINES]),
        json.dumps([[7, name, sku, pieces, price, []] for name, pieces, sku, price, _ in LINES]),
        json.dumps(
            [{"name": name, "quantity": n, "sku": sku, "price": price} for name, n, sku, price, _ in LINES]
        ),
    ],
    ids=["name first", "texts", "number first", "objects"],
)
def test_each_line_packed_in_a_cell_is_a_line(packed, take, seen, facts):
    report = take(written(orders(packed)), "orders.csv")
    assert (report.source, report.kind, report.rejected, report.orders) == ("salla", "orders", 0, 1)
    assert seen(*LOOK) == AS_LINES  # 250 less 30 of VAT and 20 of shipping, by 230 to 20
    assert seen("at", "tax", "shipping", "branch", "payment") == [
        ("2025-04-03 14:05:00", 30.0, 20.0, "فرع العليا", "مدى")
    ]
    assert facts()[("phone:+966551234567", "name")] == "سارة الحربي"
    again = take(written(orders(packed)), "orders.csv")
    assert (again.added, again.restated) == (0, 0)


def test_packed_or_not_an_order_comes_to_the_same(take, seen):
    take(written(orders(json.dumps(LINES))), "packed.csv")
    packed = seen("order_id", "revenue", "tax", "shipping")
    report = take(
        "رقم الطلب,حالة الطلب,تاريخ الطلب,إجمالي الطلب,الضريبة,تكلفة الشحن,رقم الجوال\n"
        "1001,تم التنفيذ,03/04/2025 14:05,250,30,20,966551234567\n",
        "plain.csv",
    )
    assert (report.source, report.added) == ("salla", 0)
    assert seen("order_id", "revenue", "tax", "shipping") == packed


def test_a_bundle_is_one_line_and_prices_may_lack(take, seen):
    bundle = [["طقم ضيافة", 1, "SET-1", [["دلة", 1, "DL-9"], ["فنجان", 6, "FN-1"]]], [COFFEE, 2, "CF-1"]]
    take(written(orders(json.dumps(bundle))), "orders.csv")
    assert seen(*LOOK) == [
        ("Order Completed", "1001", 200.0, ["SET-1", "CF-1"], ["طقم ضيافة", COFFEE], [1, 2], [0, 0]),
    ]


def test_a_cell_that_is_no_list_leaves_names_and_total(take, seen):
    report = take(
        written(
            orders("[[broken", total="٢٥٠"), orders("", named="", status="ملغي", **{"رقم الطلب": "1002"})
        ),
        "o.csv",
    )
    assert report.rejected == 0
    assert seen(*LOOK) == [
        ("Order Completed", "1001", 200.0, ["CF-1", "DL-9"], [COFFEE, POT], [2, 1], [0, 0]),
        ("Order Cancelled", "1002", 0.0, [""], [""], [1], [0]),
    ]


def test_without_a_total_lines_come_to_their_prices(take, seen):
    text = 'رقم الطلب,حالة الطلب,رقم الجوال,تاريخ الطلب,skus_json\n1001,تم التوصيل,0551234567,03/04/2025,"[[""قهوة"",2,""CF-1"",40,40]]"\n'
    report = take(text.encode("windows-1256"), "orders.csv")
    assert (report.source, report.kind, report.rejected) == ("salla", "orders", 0)
    assert seen(*LOOK) == [("Order Completed", "1001", 80.0, ["CF-1"], ["قهوة"], [2], [80])]


def test_from_excel(take, seen, tmp_path):
    path = tmp_path / "orders.xlsx"
    DataFrame([orders(json.dumps(LINES))]).write_excel(path)
    report = take(path.read_bytes(), "orders.xlsx")
    assert (report.source, report.rejected) == ("salla", 0)
    assert seen(*LOOK) == AS_LINES


def test_products_below_their_banner_with_options(take, described):
    text = (
        "بيانات المنتج,,,,,,,,,,,\n"
        "No.,النوع ,أسم المنتج,تصنيف المنتج,سعر المنتج,الوصف,رمز المنتج sku,سعر التكلفة,السعر المخفض,تاريخ نهاية التخفيض,[1] الاسم,[1] القيمة\n"
        '11,منتج,عباية,ملابس > عبايات,٣٠٠,"<p>طويل</p>",AB,140.50,,31/12/2025,المقاس,\n'
        "12,خيار,,,320,,AB-L,150,,,المقاس,L\n"
        "13,منتج,قهوة خولانية,قهوة,115,,CF-1,60,99,,,\n"
    )
    report = take(text.encode("utf-8-sig"), "products.csv")
    assert (report.source, report.kind, report.rejected) == ("salla", "products", 0)
    assert described() == {
        "AB": ("عباية", "عباية", "ملابس > عبايات", 300.0, 140.5),
        "AB-L": ("عباية - L", "عباية - L", "", 320.0, 150.0),
        "CF-1": ("قهوة خولانية", "قهوة خولانية", "قهوة", 115.0, 60.0),
    }


def test_quantities_leave_prices_as_they_stand(take, seen, described):
    take("أسم المنتج,سعر المنتج,رمز المنتج sku,سعر التكلفة\nتنورة,100,SK,40\n", "products.csv")
    text = (
        "بيانات المنتج,,,,,الكميات\nNo.,النوع,أسم المنتج,رمز المنتج sku,كمية غير محدودة؟,الكمية\n"
        "1199592459,منتج,تنورة,SK,نعم,\n1309327095,خيار,تنورة - 40/42,SK-42,لا,٧\n1309327096,خيار,تنورة - 40/44,SK-44,لا,0\n"
    )
    report = take(text, "quantities.csv")
    assert (report.source, report.kind, report.rejected) == ("salla", "products", 0)
    assert sorted(seen("product_ids", "product_names", "product_quantities")) == [
        (["SK-42"], ["تنورة - 40/42"], [7]),
        (["SK-44"], ["تنورة - 40/44"], [0]),
    ]
    assert described()["SK"] == ("تنورة", "تنورة", "", 100.0, 40.0)


def test_customers(take, facts):
    text = "الاسم الأول,الاسم الأخير,رقم الجوال,البريد الإلكتروني,الجنس,تاريخ الميلاد,المدينة,الدولة,تاريخ التسجيل\nسارة,الحربي,966551234567,sara@example.com,أنثى,1990-04-02,الرياض,السعودية,03/04/2024\n"
    report = take(text, "customers.csv", preset="salla")
    assert (report.source, report.kind, report.rejected) == ("salla", "contacts", 0)
    told = facts()
    assert [
        told[("phone:+966551234567", name)] for name in ("name", "email", "city", "country", "gender")
    ] == [*("سارة الحربي", "sara@example.com", "الرياض", "السعودية", "أنثى")]
