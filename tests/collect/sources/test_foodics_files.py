"""Foodics: orders of its API saved as JSON, and the export of its console."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from masarat.errors import BadFile

VAT = {"taxes": [{"pivot": {"amount": 3, "rate": 15}}]}
COFFEE = {
    "product": {
        "sku": "sk-1",
        "name": "Coffee",
        "name_localized": "قهوة خولانية",
        "category": {"name": "Drinks", "name_localized": "مشروبات"},
    },
    "quantity": 2,
    "status": 3,
    "total_price": 23,
    "tax_exclusive_total_price": 20,
    "options": [{"taxes": [{"pivot": {"amount": 0.75}}]}],
    "taxes": [{"pivot": {"amount": 2.25}}],
}
CAKE = {
    "product": {"sku": "sk-2", "name": "Cake", "name_localized": None},
    "quantity": 1,
    "tax_exclusive_total_price": 5,
    "total_price": 5.75,
    "taxes": [{"pivot": {"amount": 0.75}}],
}
ORDER = {
    "id": "8f9a",
    "reference": 1201,
    "status": 4,
    "type": 3,
    "source": 2,
    "business_date": "2025-03-25",
    "opened_at": "2025-03-25 19:03:00",
    "kitchen_notes": None,
    "total_price": 41.75,
    "tax_exclusive_discount_amount": 5,
    "branch": {"name": "فرع العليا"},
    "customer": {"id": "c-77", "name": "سارة", "dial_code": 966, "phone": "0551234567", "email": None},
    "products": [COFFEE],
    "combos": [{"products": [CAKE]}],
    "charges": [
        {
            "amount": 11.5,
            "tax_exclusive_amount": 10,
            "charge": {"name": "Delivery Fee"},
            "taxes": [{"pivot": {"amount": 1.5}}],
        }
    ],
    "payments": [
        {"payment_method": {"name": "Mada"}},
        {"payment_method": {"name": "Cash"}},
        {"payment_method": {"name": "Cash"}},
    ],
}
AT_TILL = {
    **{name: ORDER[name] for name in ("branch", "kitchen_notes")},
    "reference": 1202,
    "status": 4,
    "source": 1,
    "business_date": "2025-03-25",
    "opened_at": "2025-03-25 22:40:00",  # 01:40 of the 26th in Riyadh: the till is still open
    "total_price": 23,
    "customer": None,
    "products": [COFFEE, {**CAKE, "status": 5, "void_reason": {"name": "Mistake"}}],
}
RETURN = {
    **ORDER,
    "id": "8f9b",
    "reference": 1203,
    "status": 5,
    "business_date": "2025-03-27",
    "opened_at": "2025-03-27 10:00:00",
    "total_price": 23,
    "tax_exclusive_discount_amount": 0,
    "combos": [],
    "charges": [],
    "original_order": {"id": "8f9a", "reference": 1201},
}


def page(*orders):
    return json.dumps(
        {"data": list(orders), "links": {"next": None}, "meta": {"current_page": 1}}, ensure_ascii=False
    )


def test_an_order_of_the_api(take, seen, facts):
    report = take(page(ORDER), "orders.json")
    assert (report.source, report.kind, report.rejected, report.orders) == ("foodics", "orders", 0, 1)
    assert seen(
        "name", "at", "visitor_id", "order_id", "revenue", "tax", "shipping", "payment", "branch", "channel"
    ) == [
        # 20 + 5 less 5; tax 2.25 + 0.75 + 0.75 + 1.5; the time is in UTC
        (
            "Order Completed",
            "2025-03-25 22:03:00",
            "foodics:c-77",
            "1201",
            20.0,
            5.25,
            10.0,
            "Mada + Cash",
            "فرع العليا",
            "api",
        ),
    ]
    assert seen("product_ids", "product_names", "product_quantities", "product_revenues") == [
        (["sk-1", "sk-2"], ["قهوة خولانية", "Cake"], [2, 1], [16.0, 4.0]),  # 20 shared out by 20 to 5
    ]
    assert facts()[("foodics:c-77", "phone")] == "+966551234567"
    assert take(page(ORDER), "orders.json").added == 0


def test_one_without_a_customer_after_midnight_is_of_the_day_before(take, seen):
    report = take(page(AT_TILL), "orders.json")
    assert (report.rejected, report.unidentified) == (0, 1)
    assert seen("at", "revenue", "channel", "product_ids") == [
        ("2025-03-25 23:59:59", 20.0, "cashier", ["sk-1"])
    ]  # cake: voided


def test_a_return_names_the_order_it_is_of(take, seen):
    report = take(page(ORDER, RETURN), "orders.json")
    assert (report.rejected, report.orders, report.returned) == (0, 2, 1)
    name, revenue, tax, ids, quantities, props = seen(
        "name", "revenue", "tax", "product_ids", "product_quantities", "props"
    )[1]
    assert (name, revenue, tax, ids, quantities) == ("Order Refunded", -20.0, -3.0, ["sk-1"], [-2])
    assert props["original"] == "1201"


@pytest.mark.parametrize(
    ("status", "name"), [(7, "Order Cancelled"), (3, "Order Cancelled"), (1, "Order Pending"), (6, None)]
)
def test_what_a_status_means(status, name, take, seen):
    take(page(ORDER | {"reference": 1300}, AT_TILL | {"status": status}), "orders.json")
    assert [seen_as for seen_as, order in seen("name", "order_id") if order == "1202"] == [name] * (
        name is not None
    )


@pytest.mark.parametrize(
    "saved",
    [
        json.dumps({"order": ORDER}),  # what a webhook sends
        json.dumps([json.loads(page(ORDER)), json.loads(page(AT_TILL))]),  # pages one after the other
        "\ufeff" + json.dumps(ORDER, indent=2),
    ],
)
def test_other_shapes_of_the_same(saved, take, seen):
    assert take(saved, "saved.json").source == "foodics"
    assert ("1201", 20.0) in seen("order_id", "revenue")


def test_one_cut_short_is_said_so(take, seen):
    with pytest.raises(BadFile) as caught:
        take(page(ORDER, RETURN)[:-40], "orders.json")
    assert str(caught.value).startswith("orders.json is cut short or damaged")
    assert seen() == []


CONSOLE = (
    "Reference,Business Date,Branch,Customer Name,Customer Phone,Type,Source,Status,Discount,Taxes,Total,Opened At\n"
    "1201,25/03/2025,Olaya,O'Hara,0551234567,Dine In,Cashier,Closed,0,3,23,25/03/2025 21:10\n"
    "1202,25/03/2025,Olaya,,,Pick Up,Cashier,Closed,0,1.5,11.5,26/03/2025 00:40\n"
    ",,,,,,,,,,,\n"
    "1203,26/03/2025,Olaya,,,Pick Up,Cashier,Returned,0,1.5,11.5,26/03/2025 10:00\n"
    "Total,,,,,,,,0,6,46,\n"
)
IN_ARABIC = (
    "المرجع,تاريخ العمل,الفرع,اسم العميل,هاتف العميل,الحالة,الضرائب,الإجمالي\n"
    "1201,٠٣/٠٤/٢٠٢٥,فرع العليا,سارة,٠٥٥١٢٣٤٥٦٧,مغلق,٣,٢٣\n"
    "1202,٠٤/٠٤/٢٠٢٥,فرع العليا,,,مرتجع,١٫٥,١١٫٥\n"
)


def test_the_export_of_the_console(take, seen, waiting):
    report = take(CONSOLE, "orders.csv")
    assert (report.source, report.kind, report.orders, report.unidentified) == ("foodics", "orders", 3, 2)
    assert seen("name", "at", "visitor_id", "order_id", "revenue", "tax", "branch") == [
        ("Order Completed", "2025-03-25 21:10:00", "phone:+966551234567", "1201", 20.0, 3.0, "Olaya"),
        ("Order Completed", "2025-03-25 23:59:59", "", "1202", 10.0, 1.5, "Olaya"),
        ("Order Refunded", "2025-03-26 10:00:00", "", "1203", -10.0, -1.5, "Olaya"),
    ]
    assert len(waiting()) == report.rejected == 1  # its total row
    assert take(CONSOLE, "orders.csv").added == 0


@pytest.mark.parametrize("encoded", ["utf-8-sig", "windows-1256"])
def test_the_export_of_a_console_in_arabic(encoded, take, seen):
    text = (
        IN_ARABIC.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789."))
        if encoded == "windows-1256"
        else IN_ARABIC
    )
    report = take(text.encode(encoded), "طلبات.csv")
    assert (report.source, report.rejected, report.unidentified) == ("foodics", 0, 1)
    assert seen("name", "at", "visitor_id", "revenue", "tax") == [
        ("Order Completed", "2025-04-03 00:00:00", "phone:+966551234567", 20.0, 3.0),
        ("Order Refunded", "2025-04-04 00:00:00", "", -10.0, -1.5),
    ]


def test_a_workbook_of_the_console(take, seen):
    made = openpyxl.Workbook()
    for line in CONSOLE.splitlines():
        made.active.append(
            [
                float(cell) if cell.replace(".", "").isdigit() and cell[0] != "0" else cell
                for cell in line.split(",")
            ]
        )
    made.save(book := io.BytesIO())
    assert take(book.getvalue(), "orders.xlsx").source == "foodics"
    assert seen("name", "order_id", "revenue") == [
        ("Order Completed", "1201", 20.0),
        ("Order Completed", "1202", 10.0),
        ("Order Refunded", "1203", -10.0),
    ]
