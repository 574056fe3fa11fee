"""Foodics: orders as its API gives them, saved as JSON, and as its console exports them.

A return is an order of its own that names the one it is of (`original`): its amounts are negative here. A day of a till ends when the
till is closed: what is sold after midnight belongs to the day before (`business_date`).
Source: https://developers.foodics.com (Accounting/ERP guide, orders)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from masarat.collect.sheets import SAVE_AGAIN, Remade, Sheet
from masarat.collect.sources.base import Export, Source, each
from masarat.collect.sources.documents import sheet_of
from masarat.collect.sources.lines import cells, column_of, shared
from masarat.collect.values import as_text, western
from masarat.errors import BadFile

NAME = "foodics"
LARGEST = 256 << 20  # bytes of one file: pages of the API are small
SIGNS = (b'"business_date"', b'"kitchen_notes"', b'"total_price"')
LOOKED_AT = 1 << 20
STATES = {1: "pending", 2: "pending", 3: "cancelled", 4: "completed", 5: "completed", 7: "cancelled"}
RETURNED, JOINED = 5, 6  # a joined order went on as part of another
UNSOLD = (5, 7)  # lines that were voided or declined
TYPES = {1: "dine in", 2: "pick up", 3: "delivery", 4: "drive thru"}
SOURCES_OF = {1: "cashier", 2: "api", 3: "call center"}
DELIVERY = ("deliver", "توصيل", "شحن")


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The lines of orders saved from the API; None for any other file."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return None
    with path.open("rb") as file:
        begun = file.read(LOOKED_AT)
    if not all(sign in begun for sign in SIGNS):
        return None
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than {LARGEST >> 20} MB.", "Save fewer pages of orders in one file.")
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except ValueError:
        raise BadFile(f"{name} is cut short or damaged: it is not whole JSON.", SAVE_AGAIN) from None
    rows = [row for order in _orders(found) if order.get("status") != JOINED for row in _rows(order)]
    return [sheet_of(name, NAME, "orders", rows)]


def _orders(found: Any) -> list[Mapping[str, Any]]:
    """The orders of a page ({"data": […]}), of several, or the one that was asked for ({"order": {…}})."""
    if isinstance(found, list):
        return [order for each in found for order in _orders(each)]
    if not isinstance(found, dict):
        return []
    inside = found.get("data", found.get("orders", found.get("order")))
    return [found] if inside is None else _orders(inside)


def _rows(order: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """A row a line that was sold, combos by what is in them; the order's discount is shared out over its lines."""
    sold = [
        line for line in _lines(order) if line.get("status") not in UNSOLD and not line.get("void_reason")
    ]
    sign = -1 if order.get("status") == RETURNED else 1
    prices = [_amount(line, "tax_exclusive_total_price", "total_price") for line in sold]
    off = _amount(order, "tax_exclusive_discount_amount", "discount_amount")
    amounts = shared(sum(prices, Decimal(0)) - off, prices) if off else [str(price) for price in prices]
    head = _head(order, sign)
    for line, amount in zip(sold, amounts, strict=True):
        product = _object(line.get("product"))
        category = _object(product.get("category"))
        yield {
            **head,
            "product_id": _text(product, "sku"),
            "product_name": _text(product, "name_localized") or _text(product, "name"),
            "category": _text(category, "name_localized") or _text(category, "name"),
            "quantity": str(sign * abs(_amount(line, "quantity"))),
            "line_total": str(sign * Decimal(amount or 0)),
        }
    if not sold:
        yield head


def _lines(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    combos = _objects(order.get("combos"))
    return [
        *_objects(order.get("products")),
        *(line for combo in combos for line in _objects(combo.get("products"))),
    ]


def _head(order: Mapping[str, Any], sign: int) -> dict[str, str]:
    customer, branch = _object(order.get("customer")), _object(order.get("branch"))
    address = _object(order.get("customer_address"))
    charges = _objects(order.get("charges"))
    delivery = [charge for charge in charges if _is_delivery(charge)]
    opened = _text(order, "opened_at") or _text(order, "created_at")
    payments = [_object(payment.get("payment_method")) for payment in _objects(order.get("payments"))]
    original = _object(order.get("original_order"))
    return {
        "order_id": _text(order, "reference") or _text(order, "id"),
        "ts": f"{opened}+00:00" if opened else _text(order, "business_date"),
        "business_day": _text(order, "business_date"),
        "status": STATES.get(int(order.get("status") or 4), "completed"),
        "customer_id": _text(customer, "id"),
        "name": _text(customer, "name"),
        "phone": _phone(customer),
        "email": _text(customer, "email"),
        "city": _text(_object(address.get("delivery_zone")), "name"),
        "order_total": str(sign * _amount(order, "total_price")),
        "discount": str(_amount(order, "tax_exclusive_discount_amount", "discount_amount")),
        "tax": str(sign * sum((_taxes(part) for part in (*_lines(order), *charges)), Decimal(0))),
        "shipping": str(
            sign * sum((_amount(c, "tax_exclusive_amount", "amount") for c in delivery), Decimal(0))
        ),
        "payment": " + ".join(dict.fromkeys(_text(method, "name") for method in payments)),
        "branch": _text(branch, "name"),
        "channel": SOURCES_OF.get(int(order.get("source") or 0), ""),
        "coupon": _text(_object(order.get("coupon")), "code")
        or _text(_object(order.get("promotion")), "name"),
        "order_type": TYPES.get(int(order.get("type") or 0), ""),
        "original": _text(original, "reference") or _text(original, "id"),
    }


def _taxes(part: Mapping[str, Any]) -> Decimal:
    """The VAT of a line with its options, or of a charge."""
    own = [_object(tax.get("pivot")) for tax in _objects(part.get("taxes"))]
    options = (_taxes(option) for option in _objects(part.get("options")))
    return sum((_amount(tax, "amount") for tax in own), Decimal(0)) + sum(options, Decimal(0))


def _is_delivery(charge: Mapping[str, Any]) -> bool:
    named = _object(charge.get("charge"))
    said = f"{_text(named, 'name')} {_text(named, 'name_localized')}".casefold()
    return any(word in said for word in DELIVERY)


def _phone(customer: Mapping[str, Any]) -> str:
    phone, code = _text(customer, "phone"), _text(customer, "dial_code").lstrip("+0")
    return f"+{code}{phone.lstrip('0')}" if phone and code and not phone.startswith("+") else phone


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(of: Mapping[str, Any], name: str) -> str:
    value = of.get(name)
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _amount(of: Mapping[str, Any], *names: str) -> Decimal:
    """The first of these amounts that is told."""
    for name in names:
        try:
            if of.get(name) is not None:
                return Decimal(str(of[name]))
        except InvalidOperation:
            continue
    return Decimal(0)


def reshapes(sheet: Sheet) -> Sheet | None:
    """The console's export: a returned order takes back, whatever the sign its amounts are written with."""
    if not any(export.is_in(sheet.header) for export in EXPORTS):
        return None
    state = column_of(sheet.header, "Status", "الحالة", "حالة الطلب")
    signed = [found for names in _AMOUNTS if (found := column_of(sheet.header, *names))]
    if not (state and signed):
        return None
    return Remade(
        sheet.file, sheet.header, sheet.rows, of=sheet, by=partial(_returned, state=state, signed=signed)
    )


def _returned(batches: Iterator[pl.DataFrame], state: str, signed: Sequence[str]) -> Iterator[pl.DataFrame]:
    for batch in batches:
        states = [said.casefold() for said in cells(batch, state)]
        back = pl.Series(
            ["return" in said or "مرتجع" in said or "مسترجع" in said for said in states], dtype=pl.Boolean()
        )
        plain = {name: western(as_text(batch[name])) for name in signed}
        yield batch.with_columns(
            pl.Series(name, ("-" + amount.str.strip_chars("'-−() ")).zip_with(back & (amount != ""), amount))
            for name, amount in plain.items()
        ).with_columns(
            pl.Series(state, pl.Series(states).zip_with(~back, pl.Series(["completed"] * len(states))))
        )


_TOTAL = ("Total", "Total Price", "Final Price", "Grand Total", "الإجمالي", "السعر الإجمالي", "المجموع")
_TAX = ("Taxes", "Total Taxes", "Tax", "VAT", "الضرائب", "الضريبة", "إجمالي الضرائب")
_PIECES, _PRICE = ("Quantity", "الكمية"), ("Product Total", "Total Product Price", "إجمالي المنتج")
_AMOUNTS = (_TOTAL, _TAX, _PIECES, _PRICE)
_COLUMNS = {
    "order_id": ("Order Reference", "Reference", "الرقم المرجعي للطلب", "الرقم المرجعي", "مرجع الطلب", "المرجع"),
    "ts": ("Opened At", "Order Time", "Created At", "Time", "Closed At", "وقت الفتح", "وقت الطلب", "تاريخ الإنشاء", "وقت الإغلاق", "Business Date", "تاريخ العمل", "يوم العمل"),
    "business_day": ("Business Date", "تاريخ العمل", "يوم العمل"),
    "branch": ("Branch", "Branch Name", "الفرع", "اسم الفرع"),
    "name": ("Customer Name", "Customer", "اسم العميل", "العميل"),
    "phone": ("Customer Phone", "Phone", "هاتف العميل", "رقم هاتف العميل", "جوال العميل"),
    "status": ("Status", "الحالة", "حالة الطلب"),
    "product_id": ("Product SKU", "SKU", "رمز المنتج"),
    "product_name": ("Product", "Product Name", "المنتج", "اسم المنتج"),
    "category": ("Category", "Category Name", "الفئة", "التصنيف"),
    "quantity": _PIECES,
    "line_total": _PRICE,
    "order_total": _TOTAL,
    "discount": ("Discount", "Discounts", "Discount Amount", "الخصم", "الخصومات"),
    "tax": _TAX,
    "payment": ("Payment Method", "Payment Methods", "طريقة الدفع", "طرق الدفع"),
    "channel": ("Source", "المصدر"),
}  # fmt: skip
EXPORTS = (
    Export("orders", ("Reference", "Business Date", "Branch"), _COLUMNS, lacks=("time",)),
    Export("orders", ("Order Reference", "Business Date"), _COLUMNS, lacks=("time",)),
    Export("orders", ("المرجع", "تاريخ العمل", "الفرع"), _COLUMNS, lacks=("time",), dates="dmy"),
    Export("orders", ("الرقم المرجعي", "تاريخ العمل", "الفرع"), _COLUMNS, lacks=("time",), dates="dmy"),
    Export("orders", ("الرقم المرجعي", "يوم العمل", "الفرع"), _COLUMNS, lacks=("time",), dates="dmy"),
)

FOODICS = Source(
    NAME,
    "Foodics",
    "فودكس",
    "Orders → Export in the console, or pages of orders of the API saved as JSON.",
    EXPORTS,
    opens=opens,
    arranges=each(reshapes),
    sample="""Reference,Business Date,Branch,Customer Name,Customer Phone,Type,Source,Status,Discount,Taxes,Total,Opened At
1201,2025-03-25,فرع العليا,سارة,0551234567,Dine In,Cashier,Closed,0,3,23,2025-03-25 21:10:00
1202,2025-03-25,فرع العليا,,,Pick Up,Cashier,Closed,0,1.5,11.5,2025-03-26 00:40:00
1203,2025-03-26,فرع العليا,,,Pick Up,Cashier,Returned,0,1.5,11.5,2025-03-26 10:00:00
""",
)
