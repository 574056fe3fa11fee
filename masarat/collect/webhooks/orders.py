"""An order as a webhook tells it, made into moves by the very rules of files.

Every webhook of an order tells the whole order as it now stands, so each is a snapshot: the events that the order comes to at that
time. Their ids are those that a file of the same source would give, and a mark `@` behind them that differs with what was told;
`arriving` lets the newest snapshot stand in the log, once.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec
import polars as pl

from masarat.collect.fields import DTYPES, FIELD_NAMES
from masarat.collect.identity import order_keys
from masarat.collect.kinds.orders import PRODUCT_LISTS, read_orders
from masarat.collect.people import FACTS
from masarat.collect.webhooks.base import Shop
from masarat.collect.webhooks.people import Line, Person
from masarat.collect.wire.base import BadBody
from masarat.events import TIME, Move

Stage = Literal["", "shipped", "delivered"]
SNAPSHOT = re.compile(r"^([0-9a-f]{32})-([a-z]+)(?:-[A-Z]{3})?@[0-9a-f]{16}$")
STAGES = {"shipped": ("Order Shipped",), "delivered": ("Order Shipped", "Order Delivered")}
EXACT = 0.005  # lines and total that differ by less agree
COPIED = ("order_id", "currency", "coupon", "payment", "branch", "channel", "city", "country")
AMOUNTS = ("revenue", "tax", "shipping", "discount")


class Snapshot(msgspec.Struct):
    """What `arriving` must know of a snapshot beside its events; it travels in their properties."""

    as_of: float  # UTC seconds: when the order stood so
    kinds: list[str]  # all kinds of events that the order came to
    facts: dict[str, str]  # of the customer


@dataclass(slots=True)
class Order:
    """An order as it stands; `net` is what the goods came to without shipping and tax, None where only the lines say it."""

    number: str
    at: float | None
    as_of: float
    status: str  # one of fields.STATUSES
    said: str = ""  # the state in the shop's own word
    who: Person = field(default_factory=Person)
    lines: list[Line] = field(default_factory=list)
    net: float | None = None
    tax: float = 0.0
    shipping: float = 0.0
    discount: float = 0.0
    refunded: float = 0.0  # of the goods
    currency: str = ""
    coupon: str = ""
    payment: str = ""
    branch: str = ""
    channel: str = ""
    stage: Stage = ""
    stage_at: float | None = None
    gift: bool = False


def order_moves(shop: Shop, order: Order, received_at: float) -> list[Move]:
    """The moves of a snapshot: what the order comes to, and that it was shipped or delivered."""
    if not order.number:
        raise BadBody("The order has no number.", "Let the shop send the whole order.")
    if order.net is not None or order.lines or order.status in ("cancelled", "pending"):
        moves = _snapshot(shop, order, received_at)
        return moves + _stages(shop, order, received_at, moves[0].visitor_id)
    if not order.stage:
        raise BadBody(
            f"Order {order.number} says no amount.",
            "Let the shop send the whole order, or import it from a file.",
        )
    return _stages(shop, order, received_at, next(iter(order.who.identifiers(shop.source)), ""))


def _snapshot(shop: Shop, order: Order, received_at: float) -> list[Move]:
    found = read_orders(_rows(order, received_at), source=shop.source, currency=shop.currency)
    people = found.people.drop("event_id", "visitor_id", "ts").head(1).to_dicts()[0]
    snapshot = Snapshot(
        as_of=min(order.as_of, received_at),
        kinds=[one.rpartition("-")[2] for one in found.events["event_id"]],
        facts={name: value for name, value in people.items() if name in FACTS and value},
    )
    told = msgspec.json.encode([snapshot, found.events["revision"].to_list()])
    mark = hashlib.sha256(told).hexdigest()[:16]
    return [_move(row, order, shop, snapshot, mark, received_at) for row in found.events.to_dicts()]


def _rows(order: Order, received_at: float) -> pl.DataFrame:
    """The order as rows of a file: a row a line, the order's own values on each."""
    who = order.who
    traits = who.traits()
    own: dict[str, Any] = {
        "order_id": order.number,
        "ts": datetime.fromtimestamp(min(order.at or received_at, received_at), UTC),
        "status": order.status,
        "customer_id": "" if who.phone or who.email else who.id,
        **{name: traits.get(name, "") for name in FACTS},
        **{name: getattr(order, name) for name in ("currency", "coupon", "payment", "branch", "channel")},
        **{name: getattr(order, name) for name in ("tax", "shipping", "discount", "refunded")},
    }
    own = {name: value for name, value in own.items() if value not in ("", 0.0)}
    lines = [
        {
            "product_id": line.product_id,
            "product_name": line.name,
            "category": line.category,
            "quantity": line.quantity,
            "line_total": total,
        }
        for line, total in zip(order.lines, _totals(order), strict=True)
    ]
    if not lines:
        whole = (order.net or 0.0) + order.tax + order.shipping
        lines = [{} if order.net is None else {"order_total": whole}]
    names = [name for name in FIELD_NAMES if name in own or name in lines[0]]
    schema = {name: DTYPES[FIELD_NAMES[name].kind] for name in names}
    rows = [{**own, **line} for line in lines]
    if not {"line_total", "order_total"} & set(names):
        schema["order_total"] = pl.Float64()
    return pl.DataFrame(rows, schema=pl.Schema(schema)).with_columns(
        pl.col("ts").cast(TIME), props=pl.lit(_props(order))
    )


def _totals(order: Order) -> list[float]:
    """What each line came to: as the shop says, or where that is not what the goods came to (tax in the prices, a coupon on the
    whole order), its share of it.
    """
    totals = [line.total for line in order.lines]
    said = sum(totals)
    if order.net is None or min(totals, default=0) < 0 or not said or abs(said - order.net) < EXACT:
        return totals
    shares = [round(total * order.net / said, 4) for total in totals]
    largest = max(range(len(shares)), key=lambda place: abs(shares[place]))
    shares[largest] = round(shares[largest] + order.net - sum(shares), 4)
    return shares


def _props(order: Order) -> str:
    kept: dict[str, Any] = {"status": order.said} if order.said else {}
    if order.gift:
        kept["gift"] = True
    return msgspec.json.encode(kept).decode()


def _move(
    row: dict[str, Any], order: Order, shop: Shop, snapshot: Snapshot, mark: str, received_at: float
) -> Move:
    props = msgspec.json.decode(row.get("props") or "{}")
    move = Move(
        event_id=f"{row['event_id']}@{mark}",
        ts=row["ts"].timestamp(),
        received_at=received_at,
        name=row["name"],
        source=shop.source,
        visitor_id=row["visitor_id"],
        identifiers=order.who.identifiers(shop.source),
        props=msgspec.Raw(msgspec.json.encode({**props, "snapshot": snapshot})),
        **{name: row[name] for name in COPIED if row.get(name)},
    )
    for name in AMOUNTS:
        setattr(move, name, float(row.get(name, 0)))
    for name in PRODUCT_LISTS:
        values = row.get(name) or []
        setattr(move, name, [float(value) if isinstance(value, Decimal) else value for value in values])
    return move


def _stages(shop: Shop, order: Order, received_at: float, visitor: str) -> list[Move]:
    """Shipped and delivered, each once an order, when the shop first says so; who is delivered was shipped."""
    key = order_keys(pl.Series([order.number]), shop.source).item()
    return [
        Move(
            event_id=f"{key}-{name.removeprefix('Order ').lower()}",
            ts=min(order.stage_at or order.as_of, received_at),
            received_at=received_at,
            name=name,
            source=shop.source,
            visitor_id=visitor,
            identifiers=order.who.identifiers(shop.source),
            order_id=order.number,
        )
        for name in STAGES.get(order.stage, ())
    ]
