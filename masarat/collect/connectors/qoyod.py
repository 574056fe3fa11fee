"""Qoyod's API 2.0: invoices, credit notes, receipts, customers, products (https://apidoc.qoyod.com).

An empty list is answered with 404. Amounts are texts. `invoice_payments` repeat `receipts`, so only receipts are read: both would count
the same cash twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.sources.qoyod_lists import LISTS
from masarat.collect.sources.saved import Read, texts

ADDRESS = "https://api.qoyod.com/2.0"
A_PAGE = 100
ASKED = ("customers", "products", "invoices", "credit_notes", "receipts")
OVERLAP = timedelta(
    days=45
)  # invoices are asked for by their date of issue: of so many days they may still have changed


def _pages(asked: Asked) -> Iterator[Page]:
    headers = {"API-KEY": asked.given["api_key"], "Accept": "application/json"}
    api = asked.open(asked.given["address"], headers=headers)
    return staged(asked, [_stage(api, name) for name in ASKED])


def _stage(api: Api, name: str) -> Stage:
    kind, read = LISTS[name]
    return Stage(
        name, kind, lambda place, since: _list(api, name, place, since if kind == "orders" else "", read)
    )


def _list(api: Api, name: str, place: Any, since: str, read: Read) -> Batch:
    """A page of one list as rows; since when something was issued is asked only of what has a date of issue."""
    number = int(place or 1)
    params: dict[str, Any] = {"page": number, "per_page": A_PAGE}
    if since:
        params["q[issue_date_gteq]"] = f"{datetime.fromisoformat(since) - OVERLAP:%Y-%m-%d}"
    found = api.get(f"/{name}", none_is_404=True, **params)
    items = found.get(name, []) if isinstance(found, Mapping) else []
    rows = [texts(row) for item in items for row in read(item)]
    return Batch(number + 1 if len(items) >= A_PAGE else None, rows)


QOYOD = Connector(
    "qoyod",
    "Qoyod",
    "قيود",
    "The API key is in Qoyod under Settings → General settings → API key.",
    (
        Ask("api_key", "API key", "مفتاح الربط", secret=True),
        Ask("address", "Address of the API", "عنوان الربط", default=ADDRESS),
    ),
    _pages,
    arabic_about="مفتاح الربط في قيود: الإعدادات ← الإعدادات العامة ← API key.",
)
