"""What the exports of well-known shops and books call their columns, for `--as`; anything else is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from masarat.errors import UnknownName

# Preset → field → headers it may have, best first. Fields left out are guessed as ever.
PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "auto": {},
    "orders": {},
    "salla": {
        "order_id": ("رقم الطلب", "reference_id"),
        "ts": ("تاريخ الطلب", "date"),
        "status": ("حالة الطلب", "status"),
        "name": ("اسم العميل",),
        "phone": ("رقم الجوال",),
        "city": ("المدينة",),
        "product_id": ("SKU",),
        "product_name": ("اسم المنتج",),
        "quantity": ("الكمية",),
        "order_total": ("إجمالي الطلب",),
        "currency": ("العملة",),
    },
    "shopify": {
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
        "order_total": ("Total",),
        "discount": ("Discount Amount",),
        "tax": ("Taxes",),
        "shipping": ("Shipping",),
        "refunded": ("Refunded Amount",),
        "currency": ("Currency",),
        "coupon": ("Discount Code",),
        "payment": ("Payment Method",),
        "channel": ("Source",),
    },
    "woocommerce": {
        "order_id": ("Order Number", "Order ID", "id"),
        "ts": ("Order Date", "date_created"),
        "status": ("Order Status", "status"),
        "order_total": ("Order Total Amount", "Order Total", "total"),
        "product_id": ("SKU", "Item SKU"),
        "product_name": ("Item Name", "Product Name"),
        "quantity": ("Quantity",),
        "unit_price": ("Item Cost",),
        "shipping": ("Order Shipping Amount", "shipping_total"),
        "tax": ("Order Total Tax Amount", "total_tax"),
        "email": ("Email (Billing)", "Billing Email"),
        "phone": ("Phone (Billing)", "Billing Phone"),
    },
    "zid": {
        "order_id": ("code", "رقم الطلب", "Order Code"),
        "ts": ("created_at", "تاريخ الطلب", "Order Date"),
        "status": ("order_status", "حالة الطلب"),
        "order_total": ("order_total", "إجمالي الطلب"),
        "payment": ("payment_method", "طريقة الدفع"),
    },
    "qoyod": {
        "order_id": ("reference", "الرقم المرجعي", "رقم الفاتورة"),
        "ts": ("issue_date", "تاريخ الإصدار"),
        "customer_id": ("contact_id",),
        "name": ("contact_name", "اسم العميل"),
        "product_id": ("product_id",),
        "product_name": ("product_name",),
        "quantity": ("quantity",),
        "unit_price": ("unit_price",),
        "line_total": ("line_total",),
        "status": ("status", "الحالة"),
    },
}


def columns_of(preset: str, header: Sequence[str]) -> dict[str, str]:
    """Field → column, as far as the preset knows columns of this header."""
    if preset not in PRESETS:
        raise UnknownName("preset", preset, list(PRESETS))
    names = {column.strip().casefold(): column for column in reversed(header)}
    found: dict[str, str] = {}
    for field, candidates in PRESETS[preset].items():
        column = next((names[c.casefold()] for c in candidates if c.casefold() in names), None)
        if column:
            found[field] = column
    return found
