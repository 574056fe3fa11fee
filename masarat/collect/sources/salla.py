"""Salla: the exports of orders (a row an order, its lines packed in one cell, or a row a line), of products, quantities and customers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

import polars as pl

from masarat.collect.sheets import Remade, Sheet
from masarat.collect.sources.base import ALL_ELSE, Export, Source, each
from masarat.collect.sources.lines import Line, amounts, cells, column_of, shared, unpacked
from masarat.collect.values import as_text

NAME, SKU, PIECES, AMOUNT = "اسم المنتج", "SKU", "الكمية", "إجمالي المنتج"
PACKED, NAMED = "skus_json", "اسماء المنتجات مع SKU"
OPTION = "خيار"
# (SKU: CF-1) قهوة خولانية (Qty: 2)
_NAMED = re.compile(r"\(SKU:\s*([^)]*)\)\s*(.*?)\s*\(Qty:\s*(\d+)\)", re.DOTALL | re.IGNORECASE)


def reshapes(sheet: Sheet) -> Sheet | None:
    """Orders whose lines stand in one cell, a row a line; options below their product, with its name."""
    packed = [found for name in (PACKED, NAMED) if (found := column_of(sheet.header, name))]
    if packed and column_of(sheet.header, "رقم الطلب"):
        made = unpacked(sheet, packed, (NAME, SKU, PIECES, AMOUNT), partial(_lines, header=sheet.header))
        branch = column_of(sheet.header, "الفرع")
        return (
            Remade(made.file, made.header, None, of=made, by=partial(_branches, branch=branch))
            if branch
            else made
        )
    kind, name = column_of(sheet.header, "النوع"), column_of(sheet.header, "أسم المنتج")
    if kind and name and column_of(sheet.header, "رمز المنتج sku", "No."):
        by = partial(_options, kind=kind, name=name)
        return Remade(sheet.file, sheet.header, sheet.rows, of=sheet, by=by)
    return None


def _lines(batch: pl.DataFrame, header: Sequence[str]) -> list[Sequence[Line]]:
    """The lines of each order: what it comes to without VAT and shipping is shared out by their prices, which may hold VAT or not."""
    packed = cells(batch, column_of(header, PACKED))
    named = cells(batch, column_of(header, NAMED))
    totals = amounts(batch, column_of(header, "إجمالي الطلب"))
    taxes = amounts(batch, column_of(header, "الضريبة", "ضريبة القيمة المضافة"))
    shipping = amounts(batch, column_of(header, "تكلفة الشحن", "الشحن"))
    found: list[Sequence[Line]] = []
    for json_cell, text, total, tax, ship in zip(packed, named, totals, taxes, shipping, strict=True):
        lines = _packed(json_cell) or _named(text)
        net = None if total is None else total - (tax or 0) - (ship or 0)
        prices = [_price(line) for line in lines]
        for line, amount in zip(lines, shared(net, prices), strict=True):
            line[AMOUNT] = amount
        found.append(lines)
    return found


def _branches(batches: Iterator[pl.DataFrame], branch: str) -> Iterator[pl.DataFrame]:
    """['فرع العليا'] → فرع العليا"""
    return (batch.with_columns(pl.col(branch).str.replace(r"^\['(.*)'\]$", "${1}")) for batch in batches)


def _packed(cell: str) -> list[dict[str, str]]:
    """[["قهوة", 2, "CF-1", 115.0], …], or an object a line; nothing where it is no such list."""
    try:
        entries = json.loads(cell, strict=False)
    except ValueError:
        return []
    read = [_entry(entry) for entry in entries] if isinstance(entries, list) else []
    return [line for line in read if line]


def _entry(entry: Any) -> dict[str, str]:
    if isinstance(entry, dict):
        told = [entry.get(name) for name in ("name", "quantity", "sku", "price")]
    elif isinstance(entry, list) and len(entry) >= 3:
        # Some write a number of their own first: [id, name, sku, pieces, price].
        numbered = len(entry) >= 5 and _decimal(entry[1]) is None and _decimal(entry[3]) is not None
        told = [entry[place] for place in ((1, 3, 2, 4) if numbered else (0, 1, 2, 3)) if place < len(entry)]
    else:
        return {}
    name, pieces, sku, price = (*told, None)[:4]
    said = {NAME: name, PIECES: pieces, SKU: sku, "price": price if _decimal(price) is not None else None}
    return {column: str(value).strip() for column, value in said.items() if value is not None}


def _named(text: str) -> list[dict[str, str]]:
    return [{SKU: sku.strip(), NAME: name.strip(" -,"), PIECES: n} for sku, name, n in _NAMED.findall(text)]


def _price(line: Line) -> Decimal | None:
    price = _decimal(line.get("price"))
    return None if price is None else price * (_decimal(line.get(PIECES)) or Decimal(1))


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value is None or isinstance(value, bool | list | dict) else Decimal(str(value).strip())
    except InvalidOperation:
        return None


def _options(batches: Iterator[pl.DataFrame], kind: str, name: str) -> Iterator[pl.DataFrame]:
    """Options without a name of their own are called after their product and what was chosen."""
    product = ""
    for batch in batches:
        names: list[str] = []
        values = [
            as_text(batch[column]) for column in batch.columns if re.fullmatch(r"\[\d\] القيمة", column)
        ]
        for place, (what, own) in enumerate(zip(cells(batch, kind), cells(batch, name), strict=True)):
            if what != OPTION:
                product = own
            chosen = " / ".join(cell for column in values if (cell := column[place]))
            names.append(own or " - ".join(part for part in (product, chosen) if part))
        yield batch.with_columns(pl.Series(name, names, pl.String()))


_ORDERS = {
    "order_id": ("رقم الطلب", "reference_id"),
    "ts": ("تاريخ الطلب", "تاريخ إنشاء الطلب", "date"),
    "status": ("حالة الطلب", "status"),
    "name": ("اسم العميل",),
    "phone": ("رقم الجوال",),
    "email": ("البريد الإلكتروني",),
    "city": ("المدينة",),
    "country": ("الدولة",),
    "product_id": (SKU,),
    "product_name": (NAME,),
    "quantity": (PIECES,),
    "line_total": (AMOUNT,),
    "order_total": ("إجمالي الطلب",),
    "discount": ("قيمة خصم الكوبون", "الخصم"),
    "tax": ("الضريبة", "ضريبة القيمة المضافة"),
    "shipping": ("تكلفة الشحن", "الشحن"),
    "currency": ("العملة",),
    "coupon": ("رمز الكوبون", "كود الكوبون", "اسم الكوبون"),
    "payment": ("طريقة الدفع",),
    "branch": ("الفرع",),
    "channel": ("مصدر الطلب", "المصدر"),
}
_PRODUCTS = {
    "product_id": ("رمز المنتج sku", "SKU", "رمز التخزين"),
    "product_name": ("أسم المنتج", "اسم المنتج"),
    "category": ("تصنيف المنتج",),
    "unit_price": ("سعر المنتج",),
    "cost": ("سعر التكلفة",),
    "stock": ("الكمية", "الكمية المتوفرة"),
}

SALLA = Source(
    "salla",
    "Salla",
    "سلة",
    "Orders, Products or Customers → Export in the shop's panel.",
    (
        Export("orders", ("رقم الطلب", "حالة الطلب", "تاريخ الطلب", "إجمالي الطلب"), _ORDERS, dates="dmy"),
        Export("orders", ("رقم الطلب", "حالة الطلب", "تاريخ إنشاء الطلب", "إجمالي الطلب"), _ORDERS, dates="dmy"),
        Export("orders", ("رقم الطلب", "حالة الطلب", NAME, AMOUNT), _ORDERS, dates="dmy"),
        Export("products", ("أسم المنتج", "سعر المنتج", "رمز المنتج sku"), _PRODUCTS, lacks=("ts", "time", "expiry"), unread=ALL_ELSE),
        Export("products", ("No.", "النوع", "أسم المنتج", "الكمية"), _PRODUCTS, lacks=("ts", "time", "expiry"), unread=ALL_ELSE),
        Export(
            "contacts",
            (),
            {
                "customer_id": ("رقم العميل", "معرف العميل"),
                "first_name": ("الاسم الأول",),
                "last_name": ("الاسم الأخير", "اسم العائلة"),
                "name": ("اسم العميل", "الاسم"),
                "phone": ("رقم الجوال", "الجوال"),
                "email": ("البريد الإلكتروني",),
                "gender": ("الجنس",),
                "birthday": ("تاريخ الميلاد",),
                "city": ("المدينة",),
                "country": ("الدولة",),
                "tags": ("مجموعات العميل", "المجموعات"),
                "ts": ("تاريخ التسجيل", "تاريخ الإنضمام"),
            },
            dates="dmy",
        ),
    ),
    arranges=each(reshapes),
    sample="""رقم الطلب,حالة الطلب,تاريخ الطلب,اسم العميل,رقم الجوال,المدينة,اسم المنتج,SKU,الكمية,إجمالي الطلب,العملة
1001,تم التنفيذ,25/03/2025 14:05,سارة الحربي,966551234567,الرياض,قهوة خولانية,CF-1,2,230.00,SAR
1002,ملغي,26/03/2025 09:00,نورة,٠٥٠١١١٢٢٣٣,جدة,دلة,DL-9,1,"1,150.50",SAR
""",
)  # fmt: skip
