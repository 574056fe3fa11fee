"""What Qoyod's API tells, as rows: the same whether it is asked (`connectors.qoyod`) or a reply was saved in a file (`sources.qoyod`).

Amounts are texts. `invoice_payments` are `receipts` once more, with the same reference: a payment keeps it, and so counts once.
Source: https://apidoc.qoyod.com
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from masarat.collect.sources.saved import Item, Read, first, number, those, vat_within
from masarat.collect.states import BILL, CREDIT

Row = dict[str, Any]


def customer(item: Item) -> Iterator[Row]:
    yield {
        "customer_id": item.get("id"),
        "name": item.get("name"),
        "company": item.get("organization"),
        "email": first(item, "email", "secondary_email"),
        "phone": first(item, "phone_number", "secondary_phone_number"),
        "vat_number": item.get("tax_number"),
    }


def product(item: Item) -> Iterator[Row]:
    """Under its number, as invoices name it; and under its code, as shops do."""
    told = {
        "product_name": first(item, "name_ar", "name_en", "name"),
        "unit_price": item.get("selling_price"),
        "cost": item.get("buying_price"),
    }
    stock = [
        {
            "branch": first(each, "name", "ar_name", "inventory_name", "id"),
            "stock": first(each, "stock", "quantity"),
        }
        for each in those(item, "inventories")
    ]
    counted = [each for each in stock if each["stock"] is not None]
    if not counted and item.get("track_quantity"):
        counted = [{"stock": item.get("quantity")}]
    for each in counted or [{}]:
        yield {"product_id": item.get("id"), **told, **each}
    if item.get("sku") and str(item["sku"]) != str(item.get("id")):
        yield {"product_id": item["sku"], **told}


def invoice(item: Item) -> Iterator[Row]:
    return _lines(item, "invoice")


def credit_note(item: Item) -> Iterator[Row]:
    return _lines(item, CREDIT)


def _lines(item: Item, document: str) -> Iterator[Row]:
    """A row a line: net of discount, without VAT."""
    lines = those(item, "line_items")
    net = sum((_net(line) for line in lines), Decimal(0))
    vat = sum((_net(line) * _rate(line) for line in lines), Decimal(0))
    head = {
        "order_id": first(item, "reference", "id"),
        "ts": item.get("issue_date"),
        "customer_id": item.get("contact_id"),
        "name": first(item, "contact_name", "customer_name"),
        "status": item.get("status"),
        "document": document,
        "order_total": item.get("total"),
        "tax": vat_within(item.get("total"), net, vat) if lines else None,
        "due_date": item.get("due_date"),
        "invoice_id": item.get("invoice_id") if document == CREDIT else item.get("id"),
    }
    for line in lines or [{}]:
        yield {
            **head,
            "product_id": line.get("product_id"),
            "product_name": first(line, "product_name", "description"),
            "quantity": line.get("quantity"),
            "line_total": _net(line) if line else None,
            "branch": first(line, "inventory_id") or item.get("inventory_id"),
        }


def _rate(line: Item) -> Decimal:
    return number(line.get("tax_percent")) / 100


def _net(line: Item) -> Decimal:
    pieces = number(first(line, "quantity") or 1)
    percent, off = number(line.get("discount_percent")), number(line.get("discount_amount"))
    whole = pieces * number(line.get("unit_price"))
    left = whole * (1 - percent / 100) if percent else whole - off
    return left / (1 + _rate(line)) if line.get("is_inclusive") in (True, "true", 1, "1") else left


def receipt(item: Item) -> Iterator[Row]:
    """Money that came in; what was paid to suppliers stands among the receipts too, and is told by its kind."""
    paid_out = str(item.get("kind", "")).strip().lower() in ("paid", "1")
    yield {
        "payment_id": first(item, "reference", "id"),
        "ts": first(item, "date", "issue_date"),
        "paid": item.get("amount"),
        "customer_id": item.get("contact_id"),
        "name": item.get("contact_name"),
        "direction": "out" if paid_out else "",
        "invoice_id": item.get("invoice_id"),
    }


def purchase_order(item: Item) -> Iterator[Row]:
    return _bought(item, "")


def bill(item: Item) -> Iterator[Row]:
    return _bought(item, BILL)


def _bought(item: Item, document: str) -> Iterator[Row]:
    for line in those(item, "line_items"):
        pieces = number(first(line, "quantity") or 1)
        yield {
            "order_id": first(item, "reference", "id"),
            "ts": item.get("issue_date"),
            "supplier": first(item, "contact_name", "vendor_name", "contact_id"),
            "product_id": line.get("product_id"),
            "product_name": first(line, "product_name", "description"),
            "quantity": pieces,
            "cost": _net(line) / pieces if pieces else None,
            "outcome": item.get("status"),
            "document": document,
        }


# Name of a list → (kind of table, how a record is read). A single record stands under the second name.
LISTS: dict[str, tuple[str, Read]] = {
    "customers": ("contacts", customer),
    "products": ("products", product),
    "invoices": ("orders", invoice),
    "credit_notes": ("orders", credit_note),
    "receipts": ("payments", receipt),
    "invoice_payments": ("payments", receipt),
    "orders": ("purchases", purchase_order),
    "bills": ("purchases", bill),
}
