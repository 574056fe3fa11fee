"""Odoo: sales orders, invoices that no order stands behind, credit notes, customers and products.

With a key alone by its JSON-2 API (from Odoo 19 on), with a user's name too by JSON-RPC, which every version has. What an invoice of a
sales order says was sold already, so of invoices only lines that belong to no order are read; credit notes are read whole. Which fields
there are hangs on the modules a company uses: each model is asked for those it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from masarat.collect.connectors.api import Api, Refused, Unanswered
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.sources.saved import texts

A_PAGE = 200
OVERLAP = timedelta(minutes=10)
REFUSALS = ("AccessDenied", "AccessError", "SessionExpiredException")
PARTNER = ("name", "email", "phone", "mobile", "vat", "city", "country_id", "parent_name", "lang", "create_date")  # fmt: skip
PRODUCT = ("default_code", "name", "categ_id", "list_price", "standard_price", "qty_available")
ORDER = ("name", "date_order", "partner_id", "amount_tax", "state", "currency_id", "team_id", "client_order_ref")  # fmt: skip
ORDER_LINE = ("order_id", "product_id", "name", "product_uom_qty", "price_subtotal", "display_type")
MOVE = ("name", "move_type", "invoice_date", "partner_id", "amount_tax", "state", "currency_id", "reversed_entry_id", "team_id")  # fmt: skip
MOVE_LINE = ("move_id", "product_id", "name", "quantity", "price_subtotal", "price_total", "display_type", "sale_line_ids", "exclude_from_invoice_tab")  # fmt: skip
STATES = {"sale": "completed", "done": "completed", "posted": "completed", "cancel": "cancelled"}
Row = dict[str, str]
Record = Mapping[str, Any]


def _pages(asked: Asked) -> Iterator[Page]:
    odoo = _Odoo(asked)
    stages = [
        Stage("partners", "contacts", odoo.listed("res.partner", PARTNER, _customers(odoo), _contact)),
        Stage("products", "products", odoo.listed("product.product", PRODUCT, [], _product)),
        Stage("moves", "orders", odoo.moves),
    ]
    if odoo.sells:
        stages.insert(2, Stage("orders", "orders", odoo.orders))
    return staged(asked, stages)


def _customers(odoo: _Odoo) -> list[Any]:
    return [["customer_rank", ">", 0]] if "customer_rank" in odoo.fields("res.partner") else []


class _Odoo:
    """One database, by whichever API it is asked."""

    def __init__(self, asked: Asked) -> None:
        given = asked.given
        self.database, self.key, self.user = given.get("database", ""), given["key"], given.get("user", "")
        headers = {"X-Odoo-Database": self.database} if self.database else {}
        if not self.user:
            headers["Authorization"] = f"bearer {self.key}"
        self.api: Api = asked.open(given["address"].rstrip("/"), headers=headers)
        self._uid: int | None = None
        self._fields: dict[str, frozenset[str]] = {}

    @property
    def sells(self) -> bool:
        """Whether it has sales orders at all."""
        return "sale_line_ids" in self.fields("account.move.line")

    def fields(self, model: str) -> frozenset[str]:
        if model not in self._fields:
            self._fields[model] = frozenset(self.call(model, "fields_get", attributes=["type"]))
        return self._fields[model]

    def call(self, model: str, method: str, **named: Any) -> Any:
        if not self.user:
            return self.api.ask("POST", f"/json/2/{model}/{method}", json=named)[0]
        if self._uid is None:
            self._uid = self._rpc("common", "login", [self.database, self.user, self.key])
            if not self._uid:
                raise Refused(
                    "Odoo refuses the user or the key.", "Check the database, the user and the API key."
                )
        return self._rpc("object", "execute_kw", [self.database, self._uid, self.key, model, method, [], named])  # fmt: skip

    def _rpc(self, service: str, method: str, args: list[Any]) -> Any:
        params = {"service": service, "method": method, "args": args}
        asked = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        said = self.api.ask("POST", "/jsonrpc", json=asked)[0]
        if error := said.get("error"):
            data = error.get("data") or {}
            told = data.get("message") or error.get("message") or "an error"
            if str(data.get("name", "")).rpartition(".")[2] in REFUSALS:
                raise Refused(f"Odoo refuses: {told}", "Check the user's rights and the API key.")
            raise Unanswered(f"Odoo answers: {told}", "Check the database and the address.")
        return said.get("result")

    def read(self, model: str, wanted: Sequence[str], domain: list[Any], limit: int = 0) -> list[Record]:
        """Records by their numbers, with those of the wanted fields that this database has."""
        fields = [name for name in wanted if name in self.fields(model)]
        named: dict[str, Any] = {"domain": domain, "fields": fields, "order": "id"}
        found: list[Record] = self.call(model, "search_read", **named, **({"limit": limit} if limit else {}))
        return found

    def by_id(self, model: str, wanted: Sequence[str], records: Sequence[Record], name: str) -> dict[int, Record]:  # fmt: skip
        """The records that others name, by their numbers; those put away too."""
        numbers = sorted({_number(one.get(name)) for one in records} - {0})
        domain = [["id", "in", numbers], ["active", "in", [True, False]]]
        return {one["id"]: one for one in self.read(model, wanted, domain)} if numbers else {}

    def page(self, model: str, wanted: Sequence[str], domain: list[Any], place: Any, since: str) -> tuple[list[Record], Any]:  # fmt: skip
        """A page of what changed since then, behind a number; and the last number, unless the list is over."""
        changed = [["write_date", ">=", _moment(since)]] if since else []
        found = self.read(model, wanted, [["id", ">", int(place or 0)], *changed, *domain], A_PAGE)
        return found, found[-1]["id"] if len(found) >= A_PAGE else None

    def listed(self, model: str, wanted: Sequence[str], domain: list[Any], row: Callable[[Record], Row]) -> Callable[[Any, str], Batch]:  # fmt: skip
        def fetch(place: Any, since: str) -> Batch:
            found, following = self.page(model, wanted, domain, place, since)
            return Batch(following, [row(one) for one in found])

        return fetch

    def orders(self, place: Any, since: str) -> Batch:
        """Sales orders; quotations are none yet."""
        orders, following = self.page("sale.order", ORDER, [["state", "in", ["sale", "done", "cancel"]]], place, since)  # fmt: skip
        inside = [["order_id", "in", [one["id"] for one in orders]]]
        lines = self.read("sale.order.line", ORDER_LINE, inside) if orders else []
        lines = [line for line in lines if not line.get("display_type")]
        return Batch(following, self._rows(orders, lines, "order_id", "product_uom_qty", "date_order"))

    def moves(self, place: Any, since: str) -> Batch:
        """Credit notes, and of invoices the lines that no sales order stands behind."""
        domain = [["move_type", "in", ["out_invoice", "out_refund"]], ["state", "in", ["posted", "cancel"]]]
        moves, following = self.page("account.move", MOVE, domain, place, since)
        inside = [["move_id", "in", [one["id"] for one in moves]]]
        lines = self.read("account.move.line", MOVE_LINE, inside) if moves else []
        back = {one["id"] for one in moves if one.get("move_type") == "out_refund"}
        lines = [
            line
            for line in lines
            if line.get("display_type") in ("product", False, None)
            and not line.get("exclude_from_invoice_tab")
            and (_number(line.get("move_id")) in back or not line.get("sale_line_ids"))
        ]
        return Batch(following, self._rows(moves, lines, "move_id", "quantity", "invoice_date"))

    def _rows(self, heads: list[Record], lines: list[Record], of: str, pieces: str, when: str) -> list[Row]:
        partners = self.by_id("res.partner", PARTNER, heads, "partner_id")
        products = self.by_id("product.product", PRODUCT, lines, "product_id")
        rows: list[Row] = []
        for head in heads:
            if head.get("name") in (False, None, "/"):
                continue  # called off before it had a number
            own = [line for line in lines if _number(line.get(of)) == head["id"]]
            sign = -1 if head.get("move_type") == "out_refund" else 1
            tax = _tax(head, own)
            about = _head(head, partners.get(_number(head.get("partner_id")), {}), when) | {"tax": round(sign * tax, 4)}  # fmt: skip
            for line in own:
                product = products.get(_number(line.get("product_id")), {})
                rows.append(texts(about | _line(line, product, sign, pieces)))
        return rows


def _tax(head: Record, lines: list[Record]) -> float:
    """Of the lines that are read, where lines tell it; else of the whole."""
    if all("price_total" in line for line in lines):
        return sum(float(line["price_total"]) - float(line["price_subtotal"]) for line in lines)
    return abs(float(head.get("amount_tax") or 0))


def _head(head: Record, partner: Record, when: str) -> dict[str, Any]:
    return {
        "order_id": _told(head.get("name")),
        "ts": _when(head.get(when)),
        "customer_id": _number(head.get("partner_id")) or None,
        "name": _told(partner.get("name")) or _title(head.get("partner_id")),
        "email": _told(partner.get("email")),
        "phone": _told(partner.get("phone")) or _told(partner.get("mobile")),
        "city": _told(partner.get("city")),
        "country": _title(partner.get("country_id")),
        "currency": _title(head.get("currency_id")),
        "status": STATES.get(str(head.get("state")), "pending"),
        "channel": _title(head.get("team_id")),
        "original": _number_of(head.get("reversed_entry_id")),
        "reference": _told(head.get("client_order_ref")),
    }


def _line(line: Record, product: Record, sign: int, pieces: str) -> dict[str, Any]:
    return {
        "product_id": _told(product.get("default_code")) or _number(line.get("product_id")) or None,
        "product_name": _told(product.get("name")) or _told(line.get("name")),
        "category": _title(product.get("categ_id")),
        "quantity": sign * float(line.get(pieces) or 0),
        "line_total": round(sign * float(line.get("price_subtotal") or 0), 4),
    }


def _contact(item: Record) -> Row:
    return texts(
        {
            "customer_id": item["id"],
            "name": _told(item.get("name")),
            "company": _told(item.get("parent_name")),
            "email": _told(item.get("email")),
            "phone": _told(item.get("phone")) or _told(item.get("mobile")),
            "vat_number": _told(item.get("vat")),
            "city": _told(item.get("city")),
            "country": _title(item.get("country_id")),
            "language": _told(item.get("lang")),
            "ts": _when(item.get("create_date")),
        }
    )


def _product(item: Record) -> Row:
    return texts(
        {
            "product_id": _told(item.get("default_code")) or item["id"],
            "product_name": _told(item.get("name")),
            "category": _title(item.get("categ_id")),
            "unit_price": item.get("list_price"),
            "cost": item.get("standard_price"),
            "stock": item.get("qty_available"),
        }
    )


def _told(value: Any) -> Any:
    """What is empty is said as false."""
    return None if value is False else value


def _number(value: Any) -> int:
    """Of a record that another one names, as [number, title]."""
    return int(value[0]) if isinstance(value, list) and value else int(value or 0)


def _title(value: Any) -> str | None:
    return str(value[1]) if isinstance(value, list) and len(value) > 1 else None


def _number_of(move: Any) -> str | None:
    """The number of an invoice that another names: its title, without the reference that Odoo puts behind it, as in "INV/2025/1 (PO-7)"."""
    title = _title(move)
    return title.partition(" (")[0] if title else None


def _when(value: Any) -> str | None:
    """Moments are UTC; days are days of the shop."""
    if not value:
        return None
    return value if len(value) <= 10 else datetime.fromisoformat(value).replace(tzinfo=UTC).isoformat()


def _moment(since: str) -> str:
    return f"{datetime.fromisoformat(since).astimezone(UTC) - OVERLAP:%Y-%m-%d %H:%M:%S}"


ODOO = Connector(
    "odoo",
    "Odoo",
    "أودو",
    "The API key is in Odoo under Preferences → Account security → New API key. Before Odoo 19, give the user's login and the database too.",
    (
        Ask("address", "Address of Odoo", "عنوان أودو"),
        Ask("key", "API key", "مفتاح الربط", secret=True),
        Ask("database", "Database", "قاعدة البيانات", optional=True),
        Ask("user", "Login of the user (before Odoo 19)", "اسم المستخدم (قبل أودو ١٩)", optional=True),
    ),
    _pages,
    arabic_about="مفتاح الربط في أودو: التفضيلات ← أمان الحساب ← مفتاح API جديد. وقبل أودو 19 أعطِ اسم المستخدم وقاعدة البيانات أيضًا.",
)
