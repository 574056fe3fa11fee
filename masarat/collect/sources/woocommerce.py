"""WooCommerce: orders as its usual export plugins and its own analytics write them, its exports of products and of customers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import polars as pl

from masarat.collect.sheets import Sheet
from masarat.collect.sources.base import ALL_ELSE, Export, Source, each
from masarat.collect.sources.lines import Line, cells, column_of, unpacked

ITEM, SKU, PIECES, AMOUNT = "line name", "line sku", "line quantity", "line total"
_PACKED = re.compile(
    r"^line_item_\d+$"
)  # name:Cup|product_id:7|sku:C1|quantity:2|total:20.00|sub_total:20.00
_SPREAD = re.compile(r"^Product Item (\d+) (Name|SKU|Quantity|Total)$", re.IGNORECASE)
_PARTS = {"name": ITEM, "sku": SKU, "quantity": PIECES, "total": AMOUNT}


def reshapes(sheet: Sheet) -> Sheet | None:
    """Orders whose lines stand beside each other, a column a line or some columns each: a row a line."""
    packed = [name for name in sheet.header if _PACKED.match(name) or _SPREAD.match(name)]
    if not packed or not column_of(sheet.header, "order_number", "order_id"):
        return None
    return unpacked(sheet, packed, (ITEM, SKU, PIECES, AMOUNT), partial(_lines, packed=packed))


def _lines(batch: pl.DataFrame, packed: Sequence[str]) -> list[Sequence[Line]]:
    columns = {name: cells(batch, name) for name in packed}
    return [
        _of_order({name: column[place] for name, column in columns.items()}) for place in range(batch.height)
    ]


def _of_order(row: dict[str, str]) -> list[Line]:
    spread: dict[str, dict[str, str]] = {}
    for name, cell in row.items():
        if (column := _SPREAD.match(name)) and cell:
            spread.setdefault(column[1], {})[_PARTS[column[2].casefold()]] = cell
        elif cell and not column:
            spread[name] = _item(cell)
    return [line for line in spread.values() if line.get(ITEM) or line.get(SKU)]


def _item(cell: str) -> dict[str, str]:
    """The parts of one packed line; its name may hold colons."""
    told = (part.partition(":") for part in cell.split("|"))
    return {_PARTS[name]: value for name, _, value in told if name in _PARTS}


_BILLED = {
    "email": ("Email (Billing)", "Billing Email", "billing_email", "customer_email", "Customer User Email"),
    "phone": ("Phone (Billing)", "Billing Phone", "billing_phone"),
    "name": ("Full Name (Billing)",),
    "first_name": ("First Name (Billing)", "billing_first_name"),
    "last_name": ("Last Name (Billing)", "billing_last_name"),
    "city": ("City (Billing)", "billing_city"),
    "country": ("Country Code (Billing)", "Country Name (Billing)", "billing_country"),
    "customer_id": ("Customer User Id", "customer_user"),
}

WOOCOMMERCE = Source(
    "woocommerce",
    "WooCommerce",
    "ووكومرس",
    "An export plugin's CSV of orders; Analytics → Orders or Customers → Download; Products → Export.",
    (
        Export("orders", ("Order Number", "Order Status", "Order Total Amount"), {
            "order_id": ("Order Number", "Order ID", "id"),
            "ts": ("Order Date", "date_created"),
            "status": ("Order Status", "status"),
            "order_total": ("Order Total Amount", "Order Total", "total"),
            "product_id": ("SKU", "Item SKU"),
            "product_name": ("Item Name", "Product Name"),
            "quantity": ("Quantity", "Quantity (- Refund)"),
            "unit_price": ("Item Cost",),
            "line_total": ("Order Line Total", "Item Total"),
            "discount": ("Cart Discount Amount",),
            "shipping": ("Order Shipping Amount", "shipping_total"),
            "tax": ("Order Total Tax Amount", "total_tax"),
            "refunded": ("Order Refund Amount",),
            "currency": ("Currency", "Order Currency"),
            "coupon": ("Coupon Code", "Coupons Used"),
            "payment": ("Payment Method Title", "Payment Method"),
            **_BILLED,
        }),
        Export("orders", ("order_number", "order_date", "billing_email", "shipping_total", "order_total"), {
            "order_id": ("order_number", "order_id"),
            "ts": ("order_date",),
            "status": ("status",),
            "product_id": (SKU,),
            "product_name": (ITEM,),
            "quantity": (PIECES,),
            "line_total": (AMOUNT,),
            "order_total": ("order_total",),
            "discount": ("discount_total", "cart_discount"),
            "shipping": ("shipping_total",),
            "tax": ("tax_total",),
            "currency": ("order_currency",),
            "coupon": ("coupon_items",),
            "payment": ("payment_method_title", "payment_method"),
            **_BILLED,
        }, lacks=("refunded", "unit_price", "branch", "channel", "category")),
        Export("orders", ("Order #", "Customer type", "Product(s)", "Items sold"), {
            "order_id": ("Order #",),
            "ts": ("Date",),
            "status": ("Status",),
            "name": ("Customer",),
            "quantity": ("Items sold",),
            "order_total": ("Net Sales", "N. Revenue"),
            "coupon": ("Coupon(s)",),
            "channel": ("Attribution",),
        }, lacks=("product_id", "product_name", "unit_price", "line_total", "category")),
        Export("contacts", ("Username", "Last Active", "Sign Up", "Email", "AOV"), {
            "name": ("Name",),
            "email": ("Email",),
            "country": ("Country / Region",),
            "city": ("City",),
            "ts": ("Sign Up",),
        }, lacks=("customer_id", "company", "tags", "time")),
        Export("products", ("ID", "Type", "SKU", "Regular price", "Categories"), {
            "product_id": ("SKU",),
            "product_name": ("Name",),
            "category": ("Categories",),
            "unit_price": ("Regular price",),
            "cost": ("Cost of goods", "Cost Of Goods", "Meta: _wc_cog_cost"),
            "stock": ("Stock",),
        }, lacks=("ts", "time", "branch", "batch", "expiry", "lead_days", "currency", "supplier"), unread=ALL_ELSE),
        Export("products", ("المعرّف", "النوع", "السعر الافتراضي", "التصنيفات"), {
            "product_id": ("رمز المنتج (SKU)", "رمز المنتج", "SKU"),
            "product_name": ("الاسم",),
            "category": ("التصنيفات",),
            "unit_price": ("السعر الافتراضي", "السعر العادي"),
            "stock": ("المخزون",),
        }, lacks=("ts", "time", "branch", "batch", "expiry", "lead_days", "currency", "supplier"), unread=ALL_ELSE),
    ),
    arranges=each(reshapes),
    sample="""Order Number,Order Status,Order Date,Email (Billing),Phone (Billing),SKU,Item Name,Quantity,Item Cost,Order Shipping Amount,Order Total Amount,Order Total Tax Amount
501,completed,2025-03-01 10:00,sara@example.com,0551234567,C1,فنجان,2,10,5,28.75,3.75
502,cancelled,2025-03-02 11:30,n@example.com,,B1,Bag,1,7,0,8.05,1.05
""",
)  # fmt: skip
