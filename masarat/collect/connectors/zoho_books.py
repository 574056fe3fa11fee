"""Zoho Books, API v3: invoices and credit notes line by line, what customers paid, customers, items (https://www.zoho.com/books/api/v3).

Lists tell no lines, so every invoice is asked for by itself; and their filter by time of change looks for that very second, so lists are
read from the newest change back to where the last sync began. The access token lives an hour and is had for the refresh token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from masarat.collect.connectors.api import Api, Refused
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.sources.lines import shared
from masarat.collect.sources.saved import number, texts

ADDRESS, ACCOUNTS = "https://www.zohoapis.com", "https://accounts.zoho.com"
A_PAGE = 200
DOCUMENTS = 25  # a page, where each is asked for by itself
OVERLAP = timedelta(minutes=10)
NOT_YET = ("draft", "pending_approval", "approved", "rejected")
Row = dict[str, str]
Item = Mapping[str, Any]


def _pages(asked: Asked) -> Iterator[Page]:
    api = _opened(asked)
    books = _Books(api, asked.given["organization_id"])
    return staged(
        asked,
        [
            Stage("contacts", "contacts", books.listed("contacts", _contact)),
            Stage("items", "products", books.listed("items", _product)),
            Stage("invoices", "orders", books.documents("invoices", "invoice", 1)),
            Stage("creditnotes", "orders", books.documents("creditnotes", "creditnote", -1)),
            Stage("customerpayments", "payments", books.listed("customerpayments", _payment)),
        ],
    )


def _opened(asked: Asked) -> Api:
    given = asked.given
    accounts = asked.open(given["accounts"])

    def renew() -> Mapping[str, str]:
        form = {name: given[name] for name in ("client_id", "client_secret", "refresh_token")}
        said = accounts.ask("POST", "/oauth/v2/token", data={**form, "grant_type": "refresh_token"})[0]
        if not said.get("access_token"):
            raise Refused(
                f"Zoho gives no access: {said.get('error', 'no token')}.",
                "Make a new refresh token in the Zoho API console, and give the address of your own region.",
            )
        asked.keep({"access_token": said["access_token"]})
        return {"Authorization": f"Zoho-oauthtoken {said['access_token']}"}

    kept = given.get("access_token")
    headers = {"Authorization": f"Zoho-oauthtoken {kept}"} if kept else renew()
    return asked.open(given["address"], headers=headers, renew=renew)


class _Books:
    """The books of one organization."""

    def __init__(self, api: Api, organization: str) -> None:
        self.api, self.organization = api, organization

    def get(self, path: str, **params: Any) -> Any:
        return self.api.get(f"/books/v3/{path}", organization_id=self.organization, **params)

    def listed(self, name: str, read: Callable[[Item], list[Row]]) -> Callable[[Any, str], Batch]:
        """A list whose rows tell all that there is."""

        def fetch(place: Any, since: str) -> Batch:
            found, following = self._page(name, place, since, A_PAGE)
            return Batch(following, [row for one in found for row in read(one)])

        return fetch

    def documents(self, name: str, one: str, sign: int) -> Callable[[Any, str], Batch]:
        """A list of which each is asked for by itself, for its lines."""

        def fetch(place: Any, since: str) -> Batch:
            found, following = self._page(name, place, since, DOCUMENTS)
            told = [item for item in found if item.get("status") not in NOT_YET]
            whole = [self.get(f"{name}/{item[f'{one}_id']}")[one] for item in told]
            return Batch(following, [row for each in whole for row in _document(each, f"{one}_number", sign)])

        return fetch

    def _page(self, name: str, place: Any, since: str, size: int) -> tuple[list[Item], int | None]:
        """What changed since then, of one page; and the next, unless this one went back so far."""
        here = int(place or 1)
        said = self.get(name, page=here, per_page=size, sort_column="last_modified_time", sort_order="D")
        found = said.get(name) or []
        fresh = [one for one in found if _is_after(one.get("last_modified_time"), since)]
        more = (said.get("page_context") or {}).get("has_more_page") and len(fresh) == len(found)
        return fresh, here + 1 if more else None


def _is_after(changed: str | None, since: str) -> bool:
    """Whether it changed since then; what does not tell may have."""
    if not since or not changed:
        return True
    return datetime.fromisoformat(changed) >= datetime.fromisoformat(since) - OVERLAP


def _contact(item: Item) -> list[Row]:
    if item.get("contact_type", "customer") != "customer":
        return []
    return [
        texts(
            {
                "customer_id": item.get("contact_id"),
                "name": item.get("contact_name"),
                "company": item.get("company_name"),
                "email": item.get("email"),
                "phone": item.get("mobile") or item.get("phone"),
                "language": item.get("language_code"),
                "vat_number": item.get("tax_reg_no") or item.get("vat_reg_no"),
                "ts": item.get("created_time"),
            }
        )
    ]


def _product(item: Item) -> list[Row]:
    return [
        texts(
            {
                "product_id": item.get("sku") or item.get("item_id"),
                "product_name": item.get("name"),
                "category": item.get("category_name"),
                "unit_price": item.get("rate"),
                "cost": item.get("purchase_rate"),
                "stock": item.get("stock_on_hand"),
            }
        )
    ]


def _payment(item: Item) -> list[Row]:
    return [
        texts(
            {
                "payment_id": item.get("payment_id"),
                "ts": item.get("date"),
                "paid": item.get("amount"),
                "currency": item.get("currency_code"),
                "payment": item.get("payment_mode"),
                "order_id": item.get("invoice_numbers"),
                "customer_id": item.get("customer_id"),
                "name": item.get("customer_name"),
                "reference": item.get("reference_number"),
            }
        )
    ]


def _document(item: Item, numbered: str, sign: int) -> list[Row]:
    """A row a line: net of discounts, without VAT and shipping."""
    lines = item.get("line_items") or []
    tax = number(item.get("tax_total"))
    shipping = number(item.get("shipping_charge_exclusive_of_tax") or item.get("shipping_charge"))
    net = number(item.get("total")) - tax - shipping
    amounts = map(number, shared(net, [number(line.get("item_total")) for line in lines]))
    head = {
        "order_id": item.get(numbered),
        "ts": item.get("date"),
        "customer_id": item.get("customer_id"),
        "name": item.get("customer_name"),
        "currency": item.get("currency_code"),
        "status": "cancelled" if item.get("status") == "void" else "completed",
        "tax": round(sign * tax, 4),
        "shipping": round(sign * shipping, 4),
        "branch": item.get("branch_name") or item.get("location_name"),
        "state": item.get("status"),
        "due_date": item.get("due_date"),
        "reference": item.get("reference_number"),
    }
    return [
        texts(
            {
                **head,
                "product_id": line.get("sku") or line.get("item_id"),
                "product_name": line.get("name") or line.get("description"),
                "quantity": sign * abs(number(line.get("quantity"))),
                "line_total": round(sign * amount, 4),
            }
        )
        for line, amount in zip(lines, amounts, strict=True)
    ]


ZOHO_BOOKS = Connector(
    "zoho_books",
    "Zoho Books",
    "زوهو بوكس",
    "Make a self client in the API console of your region (api-console.zoho.com, .sa, …) with the scope ZohoBooks.fullaccess.READ, and take a "
    "refresh token with it. Of Saudi Arabia the addresses are https://www.zohoapis.sa and https://accounts.zoho.sa.",
    (
        Ask("organization_id", "Organization ID", "رقم المنشأة"),
        Ask("client_id", "Client ID", "معرّف التطبيق"),
        Ask("client_secret", "Client secret", "سر التطبيق", secret=True),
        Ask("refresh_token", "Refresh token", "رمز التجديد", secret=True),
        Ask("address", "Address of the API", "عنوان الربط", default=ADDRESS),
        Ask("accounts", "Address that gives tokens", "عنوان الدخول", default=ACCOUNTS),
    ),
    _pages,
    arabic_about="أنشئ Self Client في لوحة API لمنطقتك (api-console.zoho.sa للسعودية) بالصلاحية ZohoBooks.fullaccess.READ وخذ منه رمز تجديد. وعنوانا السعودية: https://www.zohoapis.sa وhttps://accounts.zoho.sa.",
)
