"""What a customer bought, paid and gave back. What a sale is: as in every question about money (`analyse/frame.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from masarat.models.customer.move import Move, favourites, mean, usual
from masarat.models.customer.rhythm import rhythm
from masarat.words.folding import fold

ON_DELIVERY = tuple(
    map(fold, ("cash on delivery", "cod", "الدفع عند الاستلام", "عند الاستلام", "دفع نقدي عند الاستلام"))
)
DIGITS = 4  # of money in the store


def spending(moves: Sequence[Move], currency: str, zone: ZoneInfo) -> dict[str, Any]:
    """The figures about money, in one currency; days are the shop's own."""
    orders = [move for move in moves if _is_order(move) and move.currency == currency]
    refunds = [move for move in moves if move.name == "Order Refunded" and move.currency == currency]
    gross, back = _sum(orders), abs(_sum(refunds))
    worth = [order.revenue for order in orders]
    pace = rhythm(order.ts.astimezone(zone).date() for order in orders)
    return {
        "orders": len(orders),
        "gross": gross,
        "refunds": back,
        "net": round(gross - back, DIGITS),
        "aov": gross / len(orders) if orders else None,
        "median": float(median(worth)) if orders else None,
        "first_order": orders[0].ts if orders else None,
        "last_order": orders[-1].ts if orders else None,
        "days_between": pace.days_between,
        "next_order": pace.next_on,
        "products": favourites(title for order in orders for title in dict.fromkeys(order.titles)),
        "categories": favourites(group for order in orders for group in dict.fromkeys(order.categories)),
        "order_channel": usual(order.channel for order in orders),
        "branch": usual(order.branch for order in orders),
        "order_city": usual(order.city for order in orders),
        "payment": usual(order.payment for order in orders),
        "payment_shares": _shares(orders),
        "return_rate": back / gross if gross else None,
        "returned_orders": _returned(orders, refunds),
        **_on_delivery(orders, moves),
        "other_currencies": sorted({move.currency for move in moves if _is_sale(move)} - {currency, ""}),
    }


def _is_order(move: Move) -> bool:
    return move.name == "Order Completed" and move.revenue > 0


def _is_sale(move: Move) -> bool:
    return _is_order(move) or move.name == "Order Refunded"


def _sum(moves: Sequence[Move]) -> float:
    return round(fsum(move.revenue for move in moves), DIGITS)


def _shares(orders: Sequence[Move]) -> dict[str, float] | None:
    """The share of orders by each way of paying, the most frequent first; of those that tell it."""
    told = [order.payment for order in orders if order.payment]
    ways = sorted(set(told), key=lambda way: (-told.count(way), way))
    return {way: told.count(way) / len(told) for way in ways} or None


def _returned(orders: Sequence[Move], refunds: Sequence[Move]) -> float | None:
    """The share of orders of which anything came back; refunds under numbers of their own count as one order each."""
    if not orders:
        return None
    return min(len({refund.order_id for refund in refunds}), len(orders)) / len(orders)


def _on_delivery(orders: Sequence[Move], moves: Sequence[Move]) -> dict[str, Any]:
    """How many parcels were refused, and what share that is of those to be paid on delivery (kept and refused)."""
    refused = {move.order_id for move in moves if move.name == "Delivery Refused"}
    to_pay = {order.order_id for order in orders if fold(order.payment) in ON_DELIVERY} | refused
    return {"refused": len(refused), "refused_share": mean([number in refused for number in sorted(to_pay)])}
