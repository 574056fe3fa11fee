"""Shopify: the exports of orders (a row a line, order cells on the first only), of customers, of products and of the inventory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import polars as pl

from masarat.collect.sheets import BROKEN, Remade, Sheet
from masarat.collect.sources.base import ALL_ELSE, Export, Source, each
from masarat.collect.sources.lines import cells, column_of

NOTHING_CHOSEN = "Default Title"  # the one variant of a product without options
AT, COUNTED = "Location", "On hand"
NOT_PLACES = re.compile(
    r"^(handle|title|option\d (name|value)|sku|barcode|hs code|coo|bin name)$", re.IGNORECASE
)


def reshapes(sheet: Sheet) -> Sheet | None:
    """Variants called as the lines of orders call them, without the rows that only hold pictures; shelves as a row each."""
    handle = column_of(sheet.header, "Handle", "URL handle")
    title, option = column_of(sheet.header, "Title"), column_of(sheet.header, "Option1 Value")
    if not (handle and title and option):
        return None
    counted = column_of(sheet.header, "On hand (current)", "On hand", "Available (not editable)", "Available")
    if column_of(sheet.header, "Variant Price", "Price"):
        by = partial(_variants, header=sheet.header, handle=handle, title=title)
        return Remade(sheet.file, sheet.header, None, of=sheet, by=by)
    if column_of(sheet.header, "COO", "HS Code") and (counted or not column_of(sheet.header, AT)):
        return _inventory(sheet, title, counted)
    return None


def _variants(
    batches: Iterator[pl.DataFrame], header: list[str], handle: str, title: str
) -> Iterator[pl.DataFrame]:
    """What stands on a product's first row only (title, vendor, type) on all of its rows; a title with what is chosen."""
    price, sku = column_of(header, "Variant Price", "Price"), column_of(header, "Variant SKU", "SKU")
    of_product = [
        found for name in ("Vendor", "Type", "Product Category") if (found := column_of(header, name))
    ]
    last: dict[str, str] = {}
    for batch in batches:
        told: dict[str, list[str]] = {name: [] for name in (title, *of_product)}
        columns = {name: cells(batch, name) for name in (handle, title, *of_product)}
        for place in range(batch.height):
            own = {name: column[place] for name, column in columns.items()}
            if own[handle] != last.get(handle):
                last = own
            for name, column in told.items():
                column.append(own[name] or last[name])
        options = [cells(batch, column_of(header, f"Option{n} Value")) for n in (1, 2, 3)]
        told[title] = [
            " - ".join(part for part in (name, _chosen(each)) if part)
            for name, each in zip(told[title], zip(*options, strict=True), strict=True)
        ]
        named = batch.with_columns(pl.Series(name, column, pl.String()) for name, column in told.items())
        sold = pl.Series([bool(p or s) for p, s in zip(cells(batch, price), cells(batch, sku), strict=True)])
        yield named.filter(sold | named[BROKEN].is_not_null() if BROKEN in named.columns else sold)


def _chosen(values: tuple[str, ...]) -> str:
    return " / ".join(value for value in values if value and value != NOTHING_CHOSEN)


def _inventory(sheet: Sheet, title: str, counted: str) -> Sheet:
    """A row a place and variant, whether places stand in a column (`Location`) or have one each, as they had before 2024."""
    header = sheet.header
    at = column_of(header, AT)
    places = [] if at else [name for name in header if not NOT_PLACES.match(name)]
    kept = [name for name in header if name not in (*places, at, counted)]

    def by(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        for batch in batches:
            options = [cells(batch, column_of(header, f"Option{n} Value")) for n in (1, 2, 3)]
            names = [
                " - ".join(part for part in (name, _chosen(each)) if part)
                for name, each in zip(cells(batch, title), zip(*options, strict=True), strict=True)
            ]
            named = batch.with_columns(pl.Series(title, names, pl.String()))
            if at:
                yield named.rename({at: AT, counted: COUNTED})
            else:
                yield named.unpivot(
                    places, index=[name for name in named.columns if name not in places],
                    variable_name=AT, value_name=COUNTED,
                )  # fmt: skip

    return Remade(sheet.file, [*kept, AT, COUNTED], None, of=sheet, by=by)


SHOPIFY = Source(
    "shopify",
    "Shopify",
    "شوبيفاي",
    "Orders, Customers, Products or Products → Inventory → Export in the shop's admin.",
    (
        Export(
            "orders",
            ("Name", "Lineitem name"),
            {
                "order_id": ("Name",),
                "ts": ("Created at",),
                "email": ("Email",),
                "phone": ("Phone", "Billing Phone"),
                "name": ("Billing Name",),
                "city": ("Billing City",),
                "country": ("Billing Country",),
                "status": ("Financial Status",),
                "product_id": ("Lineitem sku",),
                "product_name": ("Lineitem name",),
                "quantity": ("Lineitem quantity",),
                "unit_price": ("Lineitem price",),
                "order_total": ("Total", "Subtotal"),
                "discount": ("Discount Amount",),
                "tax": ("Taxes",),
                "shipping": ("Shipping",),
                "refunded": ("Refunded Amount",),
                "currency": ("Currency",),
                "coupon": ("Discount Code",),
                "payment": ("Payment Method",),
                "channel": ("Source",),
            },
            lacks=("customer_id",),  # `Id` is the order's
        ),
        Export(
            "contacts",
            ("First Name", "Last Name", "Email", "Accepts Email Marketing"),
            {
                "customer_id": ("Customer ID",),
                "first_name": ("First Name",),
                "last_name": ("Last Name",),
                "email": ("Email",),
                "phone": ("Phone", "Default Address Phone"),
                "company": ("Default Address Company", "Company"),
                "city": ("Default Address City", "City"),
                "country": ("Default Address Country Code", "Country Code", "Country"),
                "tags": ("Tags",),
            },
            lacks=("ts", "time", "name"),
        ),
        Export("products", ("Handle", "Title", "Variant Price"), {
            "product_id": ("Variant SKU",),
            "product_name": ("Title",),
            "category": ("Type", "Product Category", "Custom Product Type"),
            "unit_price": ("Variant Price",),
            "cost": ("Cost per item",),
            "stock": ("Variant Inventory Qty",),
            "supplier": ("Vendor",),
        }, lacks=("ts", "time", "branch", "batch", "expiry", "lead_days", "currency"), unread=ALL_ELSE),
        Export("products", ("URL handle", "Title", "Price", "Option1 value"), {
            "product_id": ("SKU",),
            "product_name": ("Title",),
            "category": ("Type", "Product category"),
            "unit_price": ("Price",),
            "cost": ("Cost per item",),
            "stock": ("Inventory quantity",),
            "supplier": ("Vendor",),
        }, lacks=("ts", "time", "branch", "batch", "expiry", "lead_days", "currency"), unread=ALL_ELSE),
        Export("products", ("Handle", "Title", "SKU", AT, COUNTED), {
            "product_id": ("SKU",),
            "product_name": ("Title",),
            "stock": (COUNTED,),
            "branch": (AT,),
        }, lacks=("ts", "time", "batch", "expiry", "lead_days", "currency", "category", "unit_price", "cost")),
    ),
    arranges=each(reshapes),
    sample="""Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Phone,Refunded Amount
#1001,sara@example.com,paid,SAR,30,5,4.5,39.5,2025-03-01 10:00:00 +0300,1,Cup,10,C1,Sara A,'966551234567,0
#1001,sara@example.com,,,,,,,,2,Pot,10,P1,,,
#1002,n@example.com,refunded,SAR,7,0,0,7,2025-03-02 10:00:00 +0300,1,Bag,7,B1,Noura,,7
""",
)  # fmt: skip
