"""Shopify's exports of customers, products and inventory, and how they meet its orders."""

from __future__ import annotations

import pytest

CUSTOMERS = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address City,"
    "Default Address Country Code,Default Address Phone,Phone,Total Spent,Total Orders,Note,Tags\n"
    "'9013808660771,سارة,الحربي,Sara@Example.com,yes,,الرياض,SA,,'+966551234567,230.00,2,,\"vip, riyadh\"\n"
    "'9013808660772,Noura,,,no,,جدة,SA,,٠٥٠١١١٢٢٣٣,0.00,0,,\n"
    "\n"
)
HEAD = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,"
    "Variant Inventory Qty,Variant Price,Cost per item,Image Src,Status\n"
)
PRODUCTS = HEAD + (
    'abaya,عباية,"<p>long, long</p>",Najd,Clothes,,Size,S,Color,Black,AB-S,12,300.00,140.50,https://x/1.jpg,active\n'
    "abaya,,,,,,,M,,Black,AB-M,-2,300.00,140.50,https://x/2.jpg,active\n"
    "abaya,,,,,,,,,,,,,,https://x/3.jpg,\n"
    "abaya,,,,,,,L,,Red,,5,320.00,,,active\n"
    "cup,Cup,,Jubail,Home,,Title,Default Title,,,CUP,0,20,7,,active\n"
    "cup,,,,,,,,,,,,,,https://x/4.jpg,\n"
)
NEWER = (
    "Title,URL handle,Description,Vendor,Product category,Type,Tags,Status,SKU,Barcode,Option1 name,Option1 value,"
    "Option2 name,Option2 value,Price,Compare-at price,Cost per item,Inventory quantity,Product image URL\n"
    "عباية,abaya,<p>long</p>,Najd,,Clothes,,Active,AB-S,628,Size,S,Color,Black,300.00,350,140.50,12,https://x/1.jpg\n"
    ",abaya,,,,,,,AB-M,629,,M,,Black,300.00,,140.50,-2,\n"
    ",abaya,,,,,,,,,,,,,,,,,https://x/3.jpg\n"
)
INVENTORY = (
    "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,SKU,HS Code,COO,Location,Bin name,"
    "Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)\n"
    "abaya,عباية,Size,S,,,AB-S,,,فرع العليا,,0,0,2,10,12,\n"
    "abaya,عباية,Size,S,,,AB-S,,,المستودع,,0,0,0,30,30,\n"
    "cup,Cup,Title,Default Title,,,CUP,,,فرع العليا,,0,0,0,-1,-1,\n"
    "cup,Cup,Title,Default Title,,,CUP,,,المستودع,,not stocked,not stocked,not stocked,not stocked,not stocked,\n"
)
OLDER = (
    "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,فرع العليا,المستودع\n"
    "abaya,عباية,Size,S,AB-S,,,12,30\ncup,Cup,Title,Default Title,CUP,,,-1,not stocked\n"
)


def test_orders_of_one_customer_are_one_customers(take, seen):
    """`Id` is the order's own number."""
    head = "Name,Email,Financial Status,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Id,Phone\n"
    rows = "".join(
        f"#{n},,paid,30,0,4.5,34.5,2025-03-0{n} 10:00:00 +0300,1,Cup,30,500000000{n},'+966551234567\n"
        for n in (1, 2)
    )
    report = take(head + rows, "orders_export_1.csv")
    assert (report.source, report.kind, report.customers) == ("shopify", "orders", 1)
    assert seen("order_id", "visitor_id") == [("#1", "phone:+966551234567"), ("#2", "phone:+966551234567")]


def test_customers(take, facts, seen):
    report = take(CUSTOMERS, "customers_export.csv")
    assert (report.source, report.kind, report.rejected, report.added) == ("shopify", "contacts", 0, 2)
    told = facts()
    sara, noura = "shopify:9013808660771", "shopify:9013808660772"
    assert [told[(sara, fact)] for fact in ("name", "email", "phone", "city", "tags")] == [
        *("سارة الحربي", "sara@example.com", "+966551234567", "الرياض", "vip, riyadh")
    ]
    assert (told[(noura, "name")], told[(noura, "phone")]) == ("Noura", "+966501112233")
    assert take(CUSTOMERS, "customers_export.csv").added == 0


@pytest.mark.parametrize("encoded", ["utf-8", "utf-8-sig", "windows-1256"])
def test_products_with_their_variants(encoded, take, seen, described):
    report = take(PRODUCTS.encode(encoded), "products_export.csv")
    assert (report.source, report.kind, report.rows, report.rejected) == ("shopify", "products", 4, 0)
    loose = "عباية - L / Red"  # without a code it is called as lines of orders call it
    assert described() == {
        "AB-S": ("عباية - S / Black", "عباية - S / Black", "Clothes", 300.0, 140.5),
        "AB-M": ("عباية - M / Black", "عباية - M / Black", "Clothes", 300.0, 140.5),
        loose: (loose, loose, "Clothes", 320.0, 0.0),
        "CUP": ("Cup", "", "Home", 20.0, 7.0),
    }
    counted = sorted((row["product_ids"][0], row["product_quantities"][0], row["props"]) for row in seen())
    assert counted == [
        ("AB-M", -2, {"supplier": "Najd"}),
        ("AB-S", 12, {"supplier": "Najd"}),
        ("CUP", 0, {"supplier": "Jubail"}),
        (loose, 5, {"supplier": "Najd"}),
    ]
    assert take(PRODUCTS.encode(encoded), "products_export.csv").added == 0


def test_products_as_they_are_exported_since_2024(take, seen, described):
    report = take(NEWER, "products_export_1.csv")
    assert (report.source, report.kind, report.rejected) == ("shopify", "products", 0)
    assert described() == {
        "AB-S": ("عباية - S / Black", "عباية - S / Black", "Clothes", 300.0, 140.5),
        "AB-M": ("عباية - M / Black", "عباية - M / Black", "Clothes", 300.0, 140.5),
    }
    assert sorted(seen("product_ids", "product_quantities")) == [(["AB-M"], [-2]), (["AB-S"], [12])]


@pytest.mark.parametrize("text", [INVENTORY, OLDER], ids=["a row a place", "a column a place"])
def test_inventory_by_place_leaves_prices_as_they_stand(text, take, seen, described):
    take(PRODUCTS, "products_export.csv")
    report = take(text, "inventory_export.csv")
    assert (report.source, report.kind, report.rejected) == ("shopify", "products", 0)
    by_place = sorted(
        (row["branch"], row["product_ids"][0], row["product_quantities"][0])
        for row in seen()
        if row["branch"]
    )
    assert by_place == [("المستودع", "AB-S", 30), ("فرع العليا", "AB-S", 12), ("فرع العليا", "CUP", -1)]
    assert described()["AB-S"][3:] == (300.0, 140.5)
    assert described()["CUP"] == ("Cup", "", "Home", 20.0, 7.0)


def test_a_list_of_pictures_alone_has_nothing_to_take(take, seen, described):
    report = take(HEAD + "abaya,,,,,,,,,,,,,,https://x/3.jpg,\n", "products_export.csv")
    assert (report.rows, seen(), described()) == (0, [], {})
