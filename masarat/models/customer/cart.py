"""The carts of one customer, by the rule of the question about abandoned carts (`analyse/carts.py`); a test holds both to each other.

A cart is a run of moves from the first thing put in to an order or to silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from masarat.models.customer.move import Move

ADDED = ("Product Added", "Wishlist Product Added to Cart")
WHOLE = ("Cart Viewed", "Checkout Started", "Order Pending")  # may tell what the whole cart holds
REMOVED, BOUGHT = "Product Removed", "Order Completed"
SILENCE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Cart:
    """When its last thing was done, what it was worth, and what became of it."""

    left_at: datetime
    value: float
    state: Literal["bought", "abandoned", "open"]


def carts(moves: Sequence[Move], currency: str, now: datetime) -> list[Cart]:
    """Every cart with something in it; moves in the order of time."""
    found = (_cart(run, now) for run in _runs(moves, currency))
    return [cart for cart in found if cart]


def _runs(moves: Sequence[Move], currency: str) -> Iterator[list[Move]]:
    """The moves of each cart, with the order that may end it."""
    run: list[Move] = []
    for move in sorted(filter(lambda move: _counts(move, currency), moves), key=_place):
        if move.name != BOUGHT and run and (run[-1].name == BOUGHT or move.ts > run[-1].ts + SILENCE):
            yield run
            run = []
        if run or move.name != BOUGHT:
            run.append(move)
    if run:
        yield run


def _counts(move: Move, currency: str) -> bool:
    return move.name == BOUGHT or (move.name in (*ADDED, REMOVED, *WHOLE) and move.currency in (currency, ""))


def _place(move: Move) -> tuple[datetime, bool]:
    return move.ts, move.name == BOUGHT


def _cart(run: Sequence[Move], now: datetime) -> Cart | None:
    handled = [move for move in run if move.name != BOUGHT]
    put = [move for move in handled if move.name not in WHOLE]
    whole = [move for move in handled if move.name in WHOLE]
    pieces = sum(_sign(move) * _pieces(move) for move in put)
    worth = max((_worth(move) for move in whole), default=0.0)
    if pieces <= 0 and worth <= 0 and not any(map(_pieces, whole)):
        return None
    value = max(sum(_sign(move) * _worth(move) for move in put), worth, 0.0)
    over = handled[-1].ts + SILENCE
    ordered = [move.ts for move in run if move.name == BOUGHT]
    bought = bool(ordered) and ordered[0] <= over
    return Cart(handled[-1].ts, value, "bought" if bought else "open" if over > now else "abandoned")


def _sign(move: Move) -> int:
    return -1 if move.name == REMOVED else 1


def _worth(move: Move) -> float:
    return max(abs(move.revenue), abs(sum(move.amounts)))


def _pieces(move: Move) -> float:
    if move.quantities:
        return abs(sum(move.quantities))
    return max(len(move.titles), int(move.name in ADDED))
