"""Daftra, API 2: invoices and refund receipts line by line, what was paid, clients and products (https://docs.daftara.dev).

What it tells is read as when a reply was saved in a file (`sources.daftra`). Lists tell no lines and cannot be asked what changed, so each
is read through, and of documents only those that may have changed since are asked for by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.sources.daftra import RECORDS, is_draft, opened
from masarat.collect.sources.saved import Item, texts

A_PAGE = 100
DOCUMENTS = 20  # a page, where each is asked for by itself
OVERLAP = timedelta(days=1)  # their clocks name no zone
OPEN_DAYS = timedelta(days=45)  # so long a document may change that does not tell when it did
# List → (kind of table, name of its records, whether each is asked for by itself, for its lines).
LISTS = {
    "clients": ("contacts", "Client", False),
    "products": ("products", "Product", False),
    "invoices": ("orders", "Invoice", True),
    "refund_receipts": ("orders", "RefundReceipt", True),
    "invoice_payments": ("payments", "InvoicePayment", False),
}


def _pages(asked: Asked) -> Iterator[Page]:
    headers = {"APIKEY": asked.given["api_key"], "Accept": "application/json"}
    daftra = _Daftra(asked.open(asked.given["address"].rstrip("/"), headers=headers))
    return staged(asked, [Stage(name, kind, daftra.list(name)) for name, (kind, *_) in LISTS.items()])


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

    def list(self, name: str) -> Callable[[Any, str], Batch]:
        """A list, of which a page brings what may have changed."""
        kind, record, has_lines = LISTS[name]

        def fetch(place: Any, since: str) -> Batch:
            found, following = self.page(name, place, DOCUMENTS if has_lines else A_PAGE)
            items = [item for item in (opened(one, record) for one in found) if _is_after(item, since)]
            if has_lines:
                items = [self.whole(name, record, item) for item in items if not is_draft(item)]
            return Batch(following, [row for item in items for row in _rows(kind, record, item)])

        return fetch

    def whole(self, name: str, record: str, item: Item) -> Item:
        """A document with its lines."""
        told = self.api.get(f"/api2/{name}/{item['id']}.json")
        return opened(told.get("data") or told, record)


def _rows(kind: str, record: str, item: Item) -> Iterator[dict[str, str]]:
    return (texts(row) for told, read in RECORDS[record] if told == kind for row in read(item))


def _is_after(item: Item, since: str) -> bool:
    """Whether it may have changed since then."""
    if not since:
        return True
    begun = datetime.fromisoformat(since).replace(tzinfo=None)
    if changed := item.get("modified"):
        return datetime.fromisoformat(changed).replace(tzinfo=None) >= begun - OVERLAP
    day = item.get("date")
    return not day or datetime.fromisoformat(day).replace(tzinfo=None) >= begun - OPEN_DAYS


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
    arabic_about="مفتاح الربط في دفترة: الإعدادات ← API؛ والعنوان عنوان حسابك: https://COMPANY.daftra.com.",
)
