"""Daftra, API 2: invoices and refund receipts line by line, what was paid, clients and products (https://docs.daftara.dev).

Everything lies in a wrapper of its name: {"Invoice": {…}}. Lists tell no lines and cannot be asked what changed, so each is read through,
and of documents only those that may have changed since are asked for by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import (
    Ask,
    Asked,
    Batch,
    Connector,
    Page,
    Stage,
    amount_of,
    shared,
    staged,
    texts,
)

A_PAGE = 100
DOCUMENTS = 20  # a page, where each is asked for by itself
OVERLAP = timedelta(days=1)  # their clocks name no zone
OPEN_DAYS = timedelta(days=45)  # so long a document may change that does not tell when it did
Row = dict[str, str]
Item = Mapping[str, Any]


def _pages(asked: Asked) -> Iterator[Page]:
    headers = {"APIKEY": asked.given["api_key"], "Accept": "application/json"}
    daftra = _Daftra(asked.open(asked.given["address"].rstrip("/"), headers=headers))
    return staged(
        asked,
        [
            Stage("clients", "contacts", daftra.listed("clients", ("Client",), _client)),
            Stage("products", "products", daftra.listed("products", ("Product",), _product)),
            Stage("invoices", "orders", daftra.documents("invoices", "Invoice", 1)),
            Stage("refunds", "orders", daftra.documents("refund_receipts", "RefundReceipt", -1)),
            Stage(
                "payments",
                "payments",
                daftra.listed("invoice_payments", ("InvoicePayment", "Payment"), _payment),
            ),
        ],
    )


class _Daftra:
    """One account."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def page(self, name: str, place: Any, size: int) -> tuple[list[Item], int | None]:
        """A page of a list, and the number of the next."""
        number = int(place or 1)
        said = self.api.get(f"/api2/{name}.json", none_is_404=True, page=number, limit=size) or {}
        found = said.get("data") or []
        paging = said.get("pagination") or {}
        count = int(paging.get("page_count") or 0)
        more = number < count if count else bool(paging.get("next")) or len(found) >= size
        return found, number + 1 if found and more else None

    def listed(self, name: str, wraps: tuple[str, ...], read: Callable[[Item], list[Row]]) -> Callable[[Any, str], Batch]:  # fmt: skip
        """A list whose rows tell all that there is."""

        def fetch(place: Any, since: str) -> Batch:
            found, following = self.page(name, place, A_PAGE)
            items = [_inside(one, *wraps) for one in found]
            return Batch(following, [row for item in items if _is_after(item, since) for row in read(item)])

        return fetch

    def documents(self, name: str, wrap: str, sign: int) -> Callable[[Any, str], Batch]:
        """A list of which each is asked for by itself, for its lines."""

        def fetch(place: Any, since: str) -> Batch:
            found, following = self.page(name, place, DOCUMENTS)
            rows: list[Row] = []
            for item in (_inside(one, wrap) for one in found):
                if not _is_draft(item) and _is_after(item, since):
                    whole = self.api.get(f"/api2/{name}/{item['id']}.json")
                    rows += _document(whole.get("data") or whole, wrap, sign)
            return Batch(following, rows)

        return fetch


def _inside(one: Item, *wraps: str) -> Item:
    """What lies in the wrapper, or the thing itself where it has none."""
    return next((one[wrap] for wrap in wraps if isinstance(one.get(wrap), Mapping)), one)


def _is_draft(item: Item) -> bool:
    return str(item.get("draft") or "0").lower() in ("1", "true")


def _is_after(item: Item, since: str) -> bool:
    """Whether it may have changed since then."""
    if not since:
        return True
    begun = datetime.fromisoformat(since).replace(tzinfo=None)
    if changed := item.get("modified"):
        return datetime.fromisoformat(changed).replace(tzinfo=None) >= begun - OVERLAP
    day = item.get("date")
    return not day or datetime.fromisoformat(day).replace(tzinfo=None) >= begun - OPEN_DAYS


def _client(item: Item) -> list[Row]:
    halves = (item.get("first_name"), item.get("last_name"))
    return [
        texts(
            {
                "customer_id": item.get("id"),
                "name": " ".join(half for half in halves if half) or item.get("business_name"),
                "company": item.get("business_name"),
                "email": item.get("email"),
                "phone": item.get("phone2") or item.get("phone1"),
                "city": item.get("city"),
                "country": item.get("country_code"),
                "vat_number": item.get("bn1"),
                "ts": item.get("created"),
            }
        )
    ]


def _product(item: Item) -> list[Row]:
    return [
        texts(
            {
                "product_id": item.get("id"),
                "product_name": item.get("name"),
                "category": item.get("category"),
                "unit_price": item.get("unit_price"),
                "cost": item.get("buy_price"),
                "stock": item.get("stock_balance"),
                "sku": item.get("product_code"),
            }
        )
    ]


def _payment(item: Item) -> list[Row]:
    if amount_of(item.get("amount")) <= 0:
        return []
    return [
        texts(
            {
                "payment_id": item.get("id"),
                "ts": item.get("date") or item.get("created"),
                "paid": item.get("amount"),
                "currency": item.get("currency_code"),
                "payment": item.get("payment_method"),
                "daftra_invoice": item.get("invoice_id"),
                "reference": item.get("transaction_id"),
            }
        )
    ]


def _document(whole: Item, wrap: str, sign: int) -> list[Row]:
    """A row a line: net of discounts, without VAT."""
    item = _inside(whole, wrap)
    lines = [_inside(line, "InvoiceItem") for line in whole.get("InvoiceItem") or item.get("InvoiceItem") or []]  # fmt: skip
    taxes = [amount_of(item.get(f"summary_tax{number}")) for number in (1, 2, 3)]
    tax = sum(taxes) or amount_of(item.get("summary_tax"))
    shipping = amount_of(item.get("shipping_amount"))
    net = abs(amount_of(item.get("summary_total"))) - tax - shipping
    amounts = shared(net, [amount_of(line.get("quantity", 1)) * amount_of(line.get("unit_price")) for line in lines])  # fmt: skip
    head = {
        "order_id": item.get("no") or item.get("id"),
        "ts": item.get("date"),
        "customer_id": item.get("client_id"),
        "name": item.get("client_business_name"),
        "currency": item.get("currency_code"),
        "tax": round(sign * tax, 4),
        "shipping": round(sign * shipping, 4),
        "daftra_invoice": item.get("subscription_id") if sign < 0 else item.get("id"),
    }
    return [
        texts(
            {
                **head,
                "product_id": line.get("product_id"),
                "product_name": line.get("item") or line.get("name"),
                "quantity": sign * abs(amount_of(line.get("quantity", 1))),
                "line_total": round(sign * amount, 4),
            }
        )
        for line, amount in zip(lines, amounts, strict=True)
    ]


DAFTRA = Connector(
    "daftra",
    "Daftra",
    "دفترة",
    "The API key is in Daftra under Settings → API; the address is that of your account: https://COMPANY.daftra.com.",
    (
        Ask("address", "Address of the account", "عنوان الحساب"),
        Ask("api_key", "API key", "مفتاح الربط", secret=True),
    ),
    _pages,
)
