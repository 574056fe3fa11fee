"""Product sheets, stock counts and purchase orders as merchants write them themselves."""

from __future__ import annotations

import pytest

SHEET = (
    "رمز الصنف,اسم الصنف,السعر,التكلفة,المورد\nCF-1,قهوة خولانية,115,60,مزارع الداير\nDL-9,دلة,300,150,نجد\n"
)
COUNT = (
    "الجرد السنوي,,,,,\n"
    ",,,,,\n"
    "رمز الصنف,اسم الصنف,الفرع,الكمية,تاريخ الصلاحية,تاريخ الجرد\n"
    "CF-1,قهوة خولانية,العليا,40 حبة,31/12/2025,25/03/2025\n"
    "CF-1,قهوة خولانية,العليا,25 حبة,03/2026,25/03/2025\n"
    "CF-1,قهوة خولانية,النخيل,-3,,25/03/2025\n"
    ",,,,,\n"
    "DL-9,دلة,العليا,غير محدود,,25/03/2025\n"
    "الإجمالي,,,62,,\n"
)
ORDERED = (
    "رقم أمر الشراء,التاريخ,المورد,الصنف,الكمية,السعر,تاريخ التسليم المتوقع,الكمية المستلمة,تاريخ الاستلام\n"
    "PO-1,01/03/2025,نجد,دلة,50 حبة,150,25/03/2025,40,28/03/2025\n"
    ",,,فنجان,100,5,,,\n"
    "PO-2,13/03/2025,مزارع الداير,قهوة,20 كجم,60,,0,15/03/2025\n"
    "الإجمالي,,,,170,,,,\n"
)


@pytest.mark.parametrize("encoded", ["utf-8-sig", "windows-1256"])
def test_a_count_of_branches_and_batches(encoded, take, seen, waiting):
    report = take(COUNT.encode(encoded), "جرد.csv")
    assert (report.kind, report.rows, report.rejected, report.added) == ("products", 5, 1, 2)
    first, second = seen(
        "name", "at", "branch", "product_ids", "product_names", "product_quantities", "props"
    )
    assert first[:6] == ("Stock Counted", "2025-03-25 00:00:00", "العليا", ["CF-1"], ["قهوة خولانية"], [65])
    assert first[6]["batches"] == [
        {"batch": "", "expiry": "2025-12-31", "quantity": 40},
        {"batch": "", "expiry": "2026-03-31", "quantity": 25},  # a month alone: to its last day
    ]
    assert first[6]["expiry"] == "2025-12-31"  # what goes first
    assert second == ("Stock Counted", "2025-03-25 00:00:00", "النخيل", ["CF-1"], ["قهوة خولانية"], [-3], {})
    assert waiting() == [(9, "A total row.")]
    assert take(COUNT.encode(encoded), "جرد.csv").added == 0


def test_a_count_leaves_prices_and_costs_as_they_are(take, described):
    take(SHEET, "sheet.csv")
    take(COUNT, "جرد.csv")
    assert described() == {
        "CF-1": ("قهوة خولانية", "قهوة خولانية", "", 115.0, 60.0),
        "DL-9": ("دلة", "دلة", "", 300.0, 150.0),
    }


def test_rows_of_one_product(take, seen):
    take(
        "sku,product name,branch,shelf,qty on hand,count date\n"
        "A,Cup,Main,1,5,2025-03-25\nA,Cup,Main,2,5,2025-03-25\n"  # on two shelves
        "B,Pot,Main,1,7,2025-03-25\nB,Pot,Main,1,7,2025-03-25\n"  # twice the same row
        "C,Jug,Main,1,3,2025-03-25 09:00\nC,Jug,Main,1,4,2025-03-25 17:00\n"  # counted again
    )
    assert [(ids, quantities) for ids, quantities in seen("product_ids", "product_quantities")] == [
        (["A"], [10]),
        (["B"], [7]),
        (["C"], [4]),
    ]


def test_batches_by_their_number(take, seen):
    take("sku,batch number,expiry date,quantity on hand\nA,L1,2025-06-30,10\nA,L2,,5\nA,L1,2025-06-30,10\n")
    [(quantities, props)] = seen("product_quantities", "props")
    assert quantities == [15]
    assert props["batches"] == [
        {"batch": "L1", "expiry": "2025-06-30", "quantity": 10},
        {"batch": "L2", "expiry": "", "quantity": 5},
    ]


def test_a_later_count_of_the_same_day_holds(take, seen):
    take("sku,branch,qty on hand,count date\nA,Main,5,2025-03-25\nB,Main,2,2025-03-25\n", "a.csv")
    report = take("sku,branch,qty on hand,count date\nA,Main,4,2025-03-25\n", "b.csv")
    assert (report.added, report.restated) == (0, 1)
    assert seen("product_ids", "product_quantities") == [(["A"], [4]), (["B"], [2])]


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("40 حبة", 40),
        ("٤٠ حبة", 40),
        ("12 pcs", 12),
        ("1,250 kg", 1250),
        ("-3 حبة", -3),
        ("0", 0),
        ("غير محدود", None),
    ],
)
def test_how_many_there_are(written, counted, take, seen):
    report = take(f'sku,product name,qty on hand\nA,Cup,"{written}"\nB,Pot,1\n')
    assert report.rejected == 0
    assert seen("product_ids", "product_quantities") == [(["A"], [counted])] * (counted is not None) + [
        (["B"], [1])
    ]


def test_what_leaves_open_how_many_there_are_waits(take, waiting):
    assert take("sku,product name,qty on hand\nA,Cup,3 كرتون × 12\nB,Pot,1\n").rejected == 1
    assert waiting() == [(2, "“3 كرتون × 12” in qty on hand is not a number.")]


def test_purchases(take, seen, waiting):
    report = take(ORDERED, "po.csv")
    assert (report.kind, report.rejected, report.added) == ("purchases", 1, 4)
    found = seen("name", "at", "order_id", "product_ids", "product_quantities")
    assert found == [
        ("Stock Ordered", "2025-03-01 00:00:00", "PO-1", ["دلة"], [50]),
        ("Stock Ordered", "2025-03-01 00:00:00", "PO-1", ["فنجان"], [100]),
        ("Stock Ordered", "2025-03-13 00:00:00", "PO-2", ["قهوة"], [20]),
        (
            "Stock Arrived",
            "2025-03-28 00:00:00",
            "PO-1",
            ["دلة"],
            [40],
        ),  # the cups did not come, nor the coffee
    ]
    props = seen("props")
    assert [(one[0]["supplier"], one[0]["unit_cost"]) for one in props] == [
        ("نجد", 150),
        ("نجد", 5),
        ("مزارع الداير", 60),
        ("نجد", 150),
    ]
    assert props[0][0]["expected"] == "2025-03-25"
    assert waiting() == [(5, "A total row.")]
    assert take(ORDERED, "po.csv").added == 0


def test_what_one_costs_comes_from_the_total_of_its_line(take, seen):
    take("PO number,date,vendor,item,qty,line total\nP1,2025-03-01,Najd,Cup,40,100\n")
    assert [one[0]["unit_cost"] for one in seen("props")] == [2.5]


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("رقم الفاتورة,التاريخ,اسم المورد,الصنف,الكمية,السعر", "1,2025-03-01,نجد,دلة,50,150", "purchases"),
        (
            "رقم الفاتورة,التاريخ,العميل,اسم المورد,الصنف,الكمية,السعر",
            "1,2025-03-01,سارة,نجد,دلة,50,150",
            "orders",
        ),
    ],
)
def test_bills_of_suppliers_are_purchases_where_no_customer_is_named(header, row, kind, take):
    assert take(f"{header}\n{row}\n").kind == kind
