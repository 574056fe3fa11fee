"""Daftra: exports of invoices, credit notes, payments, clients, products and purchases, and replies of its API, saved or asked for
(`connectors.daftra`).

A record of the API stands under its name, {"Invoice": {…}, "InvoiceItem": […], "Payment": […]}, with its lists beside it or within it;
version 2 writes the same without the name, in small letters. Source: https://docs.daftara.dev
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from masarat.collect.sheets import Sheet
from masarat.collect.sources.base import Export, Source
from masarat.collect.sources.saved import (
    Item,
    Read,
    first,
    looks_like,
    number,
    parsed,
    sheets_of,
    those,
    vat_within,
)
from masarat.collect.states import BILL, CREDIT

NAME = "daftra"
SIGNS = (  # words that replies of its API have together
    (b"Invoice", b"summary_total"),
    (b"Invoice", b"InvoiceItem"),
    (b"CreditNote", b"InvoiceItem"),
    (b"RefundReceipt", b"InvoiceItem"),
    (b"invoice_item", b"summary_total"),
    (b"Client", b"business_name"),
    (b"Product", b"product_code"),
    (b"InvoicePayment", b"invoice_id"),
    (b"PurchaseOrder", b"PurchaseOrderItem"),
    (b"PurchaseInvoice", b"supplier_id"),
)
LINES = ("InvoiceItem", "CreditNoteItem", "RefundReceiptItem", "invoice_item", "invoice_items")
WITHIN = {"InvoicePayment": "Payment"}  # another name of a wrapper
CAME_IN = ("", "1", "completed", "مكتمل")
Row = dict[str, Any]


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The records in a saved reply of the API; None for what is none."""
    return sheets_of(name, NAME, _records(parsed(path, name))) if looks_like(path, head, *SIGNS) else None


def _records(reply: Any) -> Iterator[tuple[str, Read, Item]]:
    if isinstance(reply, Mapping) and "data" in reply and not RECORDS.keys() & reply.keys():
        reply = reply["data"]
    for each in reply if isinstance(reply, list) else [reply]:
        names = [
            name for name in RECORDS if isinstance(each, Mapping) and isinstance(each.get(name), Mapping)
        ]
        named = names[:1]  # what stands beside it belongs to it: the client of an invoice is no contact more
        for name in named:
            yield from ((kind, read, opened(each, name)) for kind, read in RECORDS[name])
        if not named and isinstance(each, Mapping) and "summary_total" in each:
            yield from ((kind, read, each) for kind, read in RECORDS["Invoice"])


def opened(record: Item, name: str) -> Item:
    """What lies in the wrapper of its name and beside it, as one; the record itself where it has no wrapper."""
    wraps = (name, WITHIN.get(name, ""))
    inside: Item = next((record[wrap] for wrap in wraps if isinstance(record.get(wrap), Mapping)), {})
    return {**record, **inside}


def is_draft(item: Item) -> bool:
    return str(item.get("draft", "")).lower() in ("1", "true")


def _invoice(item: Item) -> Iterator[Row]:
    return _lines(item, "invoice")


def _credit(item: Item) -> Iterator[Row]:
    return _lines(item, CREDIT)


def _lines(item: Item, document: str) -> Iterator[Row]:
    """A row a line before discounts; the document's total says what it comes to."""
    lines = [opened(line, "InvoiceItem") for line in those(item, *LINES)]
    total = first(item, "summary_total", "total_amount", "total")
    head = {
        **_client(item),
        "order_id": first(item, "no", "number", "id"),
        "ts": first(item, "date", "issue_date"),
        "currency": item.get("currency_code"),
        "status": "draft" if is_draft(item) else "",
        "document": document,
        "order_total": total,
        "tax": _vat(item, lines, total),
        "shipping": item.get("shipping_amount"),
        "branch": first(item, "branch_name", "branch_id"),
        "invoice_id": item.get("subscription_id") if document == CREDIT else item.get("id"),
    }
    for line in lines or [{}]:
        yield {
            **head,
            "product_id": first(line, "product_code", "product_id"),
            "product_name": first(line, "item", "product_name", "name", "description"),
            "quantity": line.get("quantity"),
            "line_total": _worth(line) if line else None,
        }


def _vat(item: Item, lines: list[Item], total: Any) -> Decimal | None:
    """As the document says it; else by its lines; else what its total has over its subtotal."""
    told = [
        number(item.get(name)) for name in ("summary_tax", "summary_tax1", "summary_tax2", "summary_tax3")
    ]
    if any(told):
        return told[0] or sum(told[1:], Decimal(0))
    of_lines = sum((_tax(line) for line in lines), Decimal(0))
    if of_lines:
        return vat_within(total, sum((_worth(line) for line in lines), Decimal(0)), of_lines)
    before = first(item, "summary_subtotal")
    over = number(total) - number(before)
    return max(over, Decimal(0)) if before is not None and total is not None else None


def _worth(line: Item) -> Decimal:
    return number(first(line, "quantity") or 1) * number(first(line, "unit_price", "price"))


def _tax(line: Item) -> Decimal:
    percent = number(line.get("tax1_percent")) + number(line.get("tax2_percent"))
    told = number(line.get("tax1_value")) + number(line.get("tax2_value"))
    return _worth(line) * percent / 100 if percent else told


def _client(item: Item) -> Row:
    """Who an invoice is for: as it was written on it, or as the client beside it says."""
    beside = those(item, "Client", "client")
    client: Item = beside[0] if beside else {}
    person = " ".join(
        str(first(item, f"client_{part}") or "") for part in ("first_name", "last_name")
    ).strip()
    return {
        "customer_id": first(item, "client_id") or client.get("id"),
        "name": first(item, "client_business_name") or person or client.get("business_name"),
        "email": first(item, "client_email") or client.get("email"),
        "phone": first(item, "client_phone2", "client_phone1") or first(client, "phone2", "phone1"),
        "city": first(item, "client_city") or client.get("city"),
        "country": first(item, "client_country_code") or client.get("country_code"),
    }


def _payments(item: Item) -> Iterator[Row]:
    """The payments of an invoice."""
    for each in those(item, "Payment", "InvoicePayment", "invoice_payment", "payments"):
        yield from _payment({**each, "invoice_no": first(item, "no", "id"), "of": _client(item)})


def _payment(item: Item) -> Iterator[Row]:
    status = "" if item.get("status") is None else str(item["status"])
    if status.lower() not in CAME_IN or not number(item.get("amount")):
        return
    yield {
        **{name: value for name, value in item.get("of", {}).items() if name not in ("city", "country")},
        "payment_id": first(item, "id"),
        "ts": first(item, "date", "created"),
        "paid": item.get("amount"),
        "order_id": item.get("invoice_no"),
        "currency": item.get("currency_code"),
        "payment": item.get("payment_method"),
        "invoice_id": item.get("invoice_id"),
        "reference": item.get("transaction_id"),
    }


def _contact(item: Item) -> Iterator[Row]:
    yield {
        "customer_id": item.get("id"),
        "name": item.get("business_name"),
        "company": item.get("business_name"),
        "first_name": item.get("first_name"),
        "last_name": item.get("last_name"),
        "email": item.get("email"),
        "phone": first(item, "phone2", "phone1"),
        "city": item.get("city"),
        "country": item.get("country_code"),
        "vat_number": first(item, "bn1", "tax_number"),
        "client_number": item.get("client_number"),
        "ts": item.get("created"),
    }


def _product(item: Item) -> Iterator[Row]:
    """Under its number, as invoices name it; and under its code, as shops do."""
    told = {
        "product_name": item.get("name"),
        "category": item.get("category"),
        "unit_price": item.get("unit_price"),
        "cost": first(item, "average_price", "buy_price"),
    }
    yield {"product_id": item.get("id"), **told, "stock": item.get("stock_balance")}
    if first(item, "product_code"):
        yield {"product_id": item["product_code"], **told}


def _order(item: Item) -> Iterator[Row]:
    return _bought(item, "")


def _bill(item: Item) -> Iterator[Row]:
    return _bought(item, BILL)


def _bought(item: Item, document: str) -> Iterator[Row]:
    for line in those(item, "PurchaseOrderItem", "PurchaseInvoiceItem", "InvoiceItem"):
        yield {
            "order_id": first(item, "no", "id"),
            "ts": first(item, "date"),
            "supplier": first(item, "supplier_business_name", "supplier_first_name", "supplier_id"),
            "product_id": first(line, "product_code", "product_id"),
            "product_name": first(line, "item", "product_name", "name"),
            "quantity": line.get("quantity"),
            "cost": first(line, "unit_price", "price"),
            "currency": item.get("currency_code"),
            "outcome": "draft" if is_draft(item) else "",
            "document": document,
        }


# Name of a record → the tables that it tells of, and how it is read.
RECORDS: dict[str, list[tuple[str, Read]]] = {
    "Invoice": [("orders", _invoice), ("payments", _payments)],
    "CreditNote": [("orders", _credit)],
    "RefundReceipt": [("orders", _credit)],
    "PurchaseOrder": [("purchases", _order)],
    "PurchaseInvoice": [("purchases", _bill)],
    "InvoicePayment": [("payments", _payment)],
    "Product": [("products", _product)],
    "Client": [("contacts", _contact)],
}

DOCUMENT = {
    "ts": ("Date", "Invoice Date", "Issue Date", "التاريخ", "تاريخ الفاتورة", "تاريخ الإصدار"),
    "customer_id": ("Client Number", "Client No", "Client ID", "رقم العميل", "كود العميل"),
    "name": ("Client", "Client Name", "Business Name", "العميل", "اسم العميل", "الاسم التجاري"),
    "email": ("Client Email", "Email", "البريد الإلكتروني", "بريد العميل"),
    "phone": ("Mobile", "Client Mobile", "Telephone", "Client Phone", "الجوال", "رقم الجوال", "جوال العميل", "الهاتف"),
    "city": ("City", "Client City", "المدينة"),
    "product_id": ("Product Code", "SKU", "كود المنتج", "رمز المنتج"),
    "product_name": ("Item", "Product", "Product Name", "البند", "المنتج", "اسم المنتج"),
    "quantity": ("Quantity", "Qty", "الكمية"),
    "unit_price": ("Unit Price", "سعر الوحدة"),
    "line_total": ("Subtotal", "Sub Total", "Item Subtotal", "المجموع الفرعي", "الإجمالي قبل الضريبة", "المجموع قبل الضريبة"),
    "order_total": ("Total", "Invoice Total", "الإجمالي", "إجمالي الفاتورة"),
    "tax": ("Tax", "Taxes", "Total Tax", "VAT", "الضريبة", "الضرائب", "إجمالي الضرائب", "القيمة المضافة"),
    "currency": ("Currency", "العملة"),
    "branch": ("Branch", "الفرع"),
}  # fmt: skip
APART = (
    *("Paid", "Paid Amount", "Unpaid", "Amount Due", "Balance Due", "المدفوع", "المبلغ المدفوع", "غير المدفوع", "المبلغ المستحق", "المتبقي"),
    *("Payment Status", "حالة الدفع", "Due Date", "تاريخ الاستحقاق", "Discount", "الخصم"),
)  # fmt: skip
CLIENT = "Client|Client Name|Client Number|Client No|Business Name|العميل|اسم العميل|رقم العميل|كود العميل|الاسم التجاري"
DUE = "Paid|Unpaid|Amount Due|Balance Due|المدفوع|غير المدفوع|المبلغ المستحق|المتبقي"

DAFTRA = Source(
    NAME,
    "Daftra",
    "دفترة",
    "In each list (sales → invoices, credit notes, refund receipts; clients; products; purchases) → Export; or a reply of its API, saved.",
    (
        Export(
            "orders",
            ("Invoice Number|Invoice No|رقم الفاتورة", CLIENT, "Total|Invoice Total|الإجمالي|إجمالي الفاتورة", DUE),
            {"order_id": ("Invoice Number", "Invoice No", "رقم الفاتورة"), "status": ("Status", "الحالة", "حالة الفاتورة"), **DOCUMENT},
            values={"document": "invoice"},
            apart=APART,
        ),
        Export(
            "orders",
            ("Refund Receipt Number|Refund Number|Refund No|رقم الإشعار|رقم المرتجع|رقم فاتورة المرتجع|رقم الفاتورة المرتجعة", CLIENT),
            {
                "order_id": ("Refund Receipt Number", "Refund Number", "Refund No", "رقم الإشعار", "رقم المرتجع", "رقم فاتورة المرتجع", "رقم الفاتورة المرتجعة"),
                "status": ("Status", "الحالة"),
                **DOCUMENT,
            },
            values={"document": CREDIT},
            apart=(*APART, "Invoice Number", "رقم الفاتورة"),
        ),
        Export(
            "payments",
            ("Payment Number|Payment No|Payment ID|رقم الدفعة|رقم عملية الدفع", "Invoice Number|Invoice No|رقم الفاتورة", CLIENT, "Payment Method|طريقة الدفع|وسيلة الدفع"),
            {
                "payment_id": ("Payment Number", "Payment No", "Payment ID", "رقم الدفعة", "رقم عملية الدفع"),
                "ts": ("Date", "Payment Date", "التاريخ", "تاريخ الدفع"),
                "paid": ("Amount", "المبلغ"),
                "order_id": ("Invoice Number", "Invoice No", "رقم الفاتورة"),
                "payment": ("Payment Method", "طريقة الدفع", "وسيلة الدفع"),
                "status": ("Status", "الحالة"),
                "currency": ("Currency", "العملة"),
                "customer_id": DOCUMENT["customer_id"],
                "name": DOCUMENT["name"],
            },
        ),
        Export(
            "contacts",
            ("Client Number|Client No|رقم العميل|كود العميل", "Business Name|الاسم التجاري", "Email|البريد الإلكتروني"),
            {
                "customer_id": DOCUMENT["customer_id"],
                "company": ("Business Name", "الاسم التجاري"),
                "first_name": ("First Name", "الاسم الأول"),
                "last_name": ("Last Name", "الاسم الأخير", "اسم العائلة"),
                "email": ("Email", "البريد الإلكتروني"),
                "phone": ("Mobile", "Phone 2", "Telephone", "Phone 1", "الجوال", "رقم الجوال", "الهاتف"),
                "city": ("City", "المدينة"),
                "country": ("Country", "Country Code", "الدولة"),
                "vat_number": ("Tax Number", "VAT Number", "الرقم الضريبي"),
            },
        ),
        Export(
            "products",
            ("Product Code|كود المنتج|رمز المنتج", "Name|Product Name|الاسم|اسم المنتج", "Buy Price|Purchase Price|Average Price|سعر الشراء|متوسط سعر الشراء", "Selling Price|Unit Price|Price|سعر البيع|سعر الوحدة|السعر"),
            {
                "product_id": DOCUMENT["product_id"],
                "product_name": ("Name", "Product Name", "الاسم", "اسم المنتج"),
                "category": ("Category", "التصنيف"),
                "unit_price": ("Selling Price", "Unit Price", "Price", "سعر البيع", "سعر الوحدة", "السعر"),
                "cost": ("Average Price", "Buy Price", "Purchase Price", "متوسط سعر الشراء", "سعر الشراء"),
                "stock": ("Stock Balance", "Stock", "رصيد المخزون", "المخزون", "الكمية المتاحة"),
                "supplier": ("Supplier", "المورد"),
            },
        ),
        Export(
            "purchases",
            ("Purchase Invoice Number|Purchase Invoice No|رقم فاتورة الشراء|رقم فاتورة المشتريات", "Supplier|Supplier Name|المورد|اسم المورد"),
            {
                "order_id": ("Purchase Invoice Number", "Purchase Invoice No", "رقم فاتورة الشراء", "رقم فاتورة المشتريات"),
                "ts": DOCUMENT["ts"],
                "supplier": ("Supplier", "Supplier Name", "المورد", "اسم المورد"),
                "product_id": DOCUMENT["product_id"],
                "product_name": DOCUMENT["product_name"],
                "quantity": DOCUMENT["quantity"],
                "cost": DOCUMENT["unit_price"],
                "currency": DOCUMENT["currency"],
                "outcome": ("Status", "الحالة"),
            },
            values={"document": BILL},
            apart=APART,
        ),
    ),
    opens=opens,
    sample="""رقم الفاتورة,تاريخ الفاتورة,اسم العميل,الجوال,الحالة,المجموع الفرعي,الضريبة,الإجمالي,المدفوع,العملة
000001,25/03/2025,سارة الحربي,0551234567,مدفوعة,100,15,115,115,SAR
000002,26/03/2025,نورة,0501112233,غير مدفوعة,200,30,230,0,SAR
000003,26/03/2025,نورة,0501112233,مسودة,200,30,230,0,SAR
""",
)  # fmt: skip
