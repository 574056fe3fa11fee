"""Qoyod: exports of invoices, credit notes, payments, customers, products and purchases, and saved replies of its API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from masarat.collect.sheets import Sheet
from masarat.collect.sources.base import Export, Source
from masarat.collect.sources.qoyod_lists import LISTS
from masarat.collect.sources.saved import Item, Read, looks_like, parsed, sheets_of, those
from masarat.collect.states import BILL, CREDIT

SIGNS = (  # words that records of its API have together
    (b"issue_date", b"contact_id", b"line_items"),
    (b"phone_number", b"tax_number", b"organization"),
    (b"sku", b"name_ar", b"selling_price"),
    (b"receipts", b"reference", b"amount"),
    (b"invoice_payments", b"reference", b"amount"),
)


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The lists in a saved reply of the API; None for what is none."""
    return sheets_of(name, "qoyod", _records(parsed(path, name))) if looks_like(path, head, *SIGNS) else None


def _records(reply: Any) -> Iterator[tuple[str, Read, Item]]:
    for page in reply if isinstance(reply, list) else [reply]:
        for name, (kind, read) in LISTS.items():
            for item in those(page, name, name.removesuffix("s")) if isinstance(page, dict) else ():
                yield kind, read, item
        if isinstance(page, dict):
            yield from (("contacts", LISTS["customers"][1], item) for item in those(page, "contact"))


REFERENCE = ("reference", "Reference", "الرقم المرجعي", "المرجع")
NUMBER = ("Invoice Number", "رقم الفاتورة")  # its own, where the reference is that of the shop's order
DOCUMENT = {
    "ts": ("issue_date", "Issue Date", "تاريخ الإصدار", "Date", "التاريخ"),
    "customer_id": ("contact_id", "Customer ID", "رقم العميل"),
    "name": ("contact_name", "customer_name", "Customer", "Customer Name", "Contact", "اسم العميل", "العميل"),
    "phone": ("phone_number", "Phone Number", "Customer Phone", "رقم الهاتف", "رقم الجوال"),
    "email": ("email", "Email", "البريد الإلكتروني"),
    "status": ("status", "Status", "الحالة", "حالة الفاتورة"),
    "product_id": ("product_id", "SKU", "Product SKU", "رمز المنتج", "رمز التخزين"),
    "product_name": ("product_name", "Product", "Product Name", "اسم المنتج", "المنتج"),
    "quantity": ("quantity", "Quantity", "الكمية"),
    "unit_price": ("unit_price", "Unit Price", "سعر الوحدة"),
    "line_total": ("line_total", "Subtotal", "Amount Before Tax", "الإجمالي قبل الضريبة", "المجموع قبل الضريبة", "المبلغ قبل الضريبة"),
    "order_total": ("total", "Total", "Total Amount", "الإجمالي", "المجموع", "المبلغ الإجمالي", "إجمالي الفاتورة"),
    "tax": ("tax", "Tax", "Tax Amount", "VAT", "VAT Amount", "الضريبة", "مبلغ الضريبة", "ضريبة القيمة المضافة"),
    "branch": ("inventory_id", "Inventory", "Location", "Warehouse", "المستودع", "الموقع"),
    "currency": ("currency", "Currency", "العملة"),
}  # fmt: skip
# Columns of money and days that are not the document's own.
APART = (
    *("due_date", "Due Date", "تاريخ الاستحقاق", "due_amount", "Due Amount", "Amount Due", "المبلغ المستحق", "المبلغ المتبقي"),
    *("paid_amount", "Paid Amount", "Amount Paid", "المبلغ المدفوع", "qrcode_string", "Payment Status", "حالة الدفع"),
    *("Discount", "discount_percent", "الخصم", "tax_percent", "Tax %", "نسبة الضريبة"),
)  # fmt: skip
PAYMENT = {
    "ts": ("date", "Date", "Payment Date", "التاريخ", "تاريخ الدفع", "تاريخ السند"),
    "paid": ("amount", "Amount", "المبلغ"),
    "order_id": (
        "Invoice Reference",
        "Invoice",
        "Invoice Number",
        "مرجع الفاتورة",
        "رقم الفاتورة",
        "الفاتورة",
    ),
    "payment": ("Payment Method", "Account", "طريقة الدفع", "الحساب"),
    "direction": ("kind", "Kind", "Receipt Type", "نوع السند", "النوع"),
    "customer_id": ("contact_id", "Customer ID", "رقم العميل"),
    "name": ("contact_name", "Customer", "Customer Name", "Contact", "اسم العميل", "العميل"),
}
PURCHASE = {
    "ts": ("issue_date", "Issue Date", "تاريخ الإصدار", "Date", "التاريخ"),
    "supplier": ("vendor_name", "Vendor", "Vendor Name", "Supplier", "المورد", "اسم المورد"),
    "product_id": ("product_id", "SKU", "Product SKU", "رمز المنتج"),
    "product_name": ("product_name", "Product", "Product Name", "اسم المنتج", "المنتج"),
    "quantity": ("quantity", "Quantity", "الكمية"),
    "cost": ("unit_price", "Unit Price", "سعر الوحدة", "Buying Price", "سعر الشراء"),
    "expected_at": ("delivery_date", "Delivery Date", "Expected Date", "تاريخ التسليم", "تاريخ التوريد"),
    "outcome": ("status", "Status", "الحالة"),
}
RECEIPT = (
    "Receipt Reference",
    "Receipt Number",
    "Payment Reference",
    "مرجع السند",
    "رقم السند",
    "مرجع الدفعة",
    "رقم الدفعة",
)
NOTE = (
    "Credit Note Reference",
    "Credit Note Number",
    "رقم الإشعار الدائن",
    "مرجع الإشعار الدائن",
    "رقم إشعار الدائن",
)
ORDERED = ("Purchase Order Reference", "Purchase Order Number", "رقم أمر الشراء", "مرجع أمر الشراء")
BILLED = ("Bill Reference", "Bill Number", "رقم فاتورة الشراء", "مرجع فاتورة الشراء", "رقم فاتورة المشتريات")


def _any(*names: str) -> str:
    return "|".join(names)


QOYOD = Source(
    "qoyod",
    "Qoyod",
    "قيود",
    "In each list (sales → invoices, credit notes, receipts; contacts; products; purchases) → Export; or a reply of its API, saved.",
    (
        Export(
            "orders",
            (_any(*REFERENCE), "issue_date|Issue Date|تاريخ الإصدار", _any(*APART[3:8])),
            {"order_id": (*NUMBER, *REFERENCE), "reference": REFERENCE, **DOCUMENT, "document": ("Document Type", "نوع المستند")},
            values={"document": "invoice"},
            apart=APART,
        ),
        Export(
            "orders",
            ("reference", "issue_date", "contact_id"),
            {"order_id": ("reference",), **DOCUMENT},
            values={"document": "invoice"},
            apart=APART,
        ),
        Export(
            "orders",
            (_any(*NOTE), "issue_date|Issue Date|تاريخ الإصدار"),
            {"order_id": NOTE, "reference": REFERENCE, **DOCUMENT},
            values={"document": CREDIT},
            apart=(*APART, "Invoice Reference", "مرجع الفاتورة", "رقم الفاتورة"),
        ),
        Export(
            "payments",
            (_any(*RECEIPT, "Reference", "reference"), "Kind|kind|نوع السند", "Amount|amount|المبلغ"),
            {"payment_id": (*RECEIPT, *REFERENCE), **PAYMENT},
            apart=("Unallocated Amount", "المبلغ غير المخصص"),
        ),
        Export(
            "payments",
            (_any(*RECEIPT, "Reference", "reference"), "Invoice Reference|مرجع الفاتورة", "Amount|amount|المبلغ"),
            {"payment_id": (*RECEIPT, *REFERENCE), **PAYMENT},
        ),
        Export(
            "contacts",
            ("organization|Organization|المنشأة|المؤسسة", "tax_number|Tax Number|الرقم الضريبي", "phone_number|Phone Number|رقم الهاتف"),
            {
                "customer_id": ("id", "ID", "رقم العميل"),
                "name": ("name", "Name", "الاسم", "اسم العميل"),
                "company": ("organization", "Organization", "المنشأة", "المؤسسة"),
                "phone": ("phone_number", "Phone Number", "رقم الهاتف"),
                "email": ("email", "Email", "البريد الإلكتروني"),
                "vat_number": ("tax_number", "Tax Number", "الرقم الضريبي"),
                "city": ("billing_city", "City", "المدينة"),
            },
        ),
        Export(
            "products",
            ("name_ar|Arabic Name|Name (Arabic)|الاسم العربي|الاسم بالعربية", "selling_price|Selling Price|سعر البيع"),
            {
                "product_id": ("sku", "SKU", "رمز المنتج", "رمز التخزين"),
                "product_name": ("name_ar", "Arabic Name", "Name (Arabic)", "الاسم العربي", "الاسم بالعربية"),
                "category": ("category", "Category", "التصنيف", "الفئة"),
                "unit_price": ("selling_price", "Selling Price", "سعر البيع"),
                "cost": ("buying_price", "Buying Price", "Purchase Price", "سعر الشراء"),
                "stock": ("quantity", "Quantity", "Stock", "الكمية", "المخزون"),
            },
        ),
        Export("purchases", (_any(*ORDERED), _any(*PURCHASE["supplier"])), {"order_id": ORDERED, **PURCHASE}),
        Export(
            "purchases",
            (_any(*BILLED), _any(*PURCHASE["supplier"])),
            {"order_id": BILLED, **PURCHASE},
            values={"document": BILL},
        ),
    ),
    opens=opens,
    sample="""الرقم المرجعي,تاريخ الإصدار,اسم العميل,الحالة,المجموع قبل الضريبة,الضريبة,الإجمالي,المبلغ المستحق
INV-1,25/03/2025,سارة,مدفوعة,100.00,15.00,115.00,0.00
INV-2,26/03/2025,نورة,معتمدة,200.00,30.00,230.00,230.00
INV-3,26/03/2025,نورة,مسودة,50.00,7.50,57.50,57.50
""",
)  # fmt: skip
