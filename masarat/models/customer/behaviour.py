"""What a customer did: when they were here, what they looked at, which carts they left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from masarat.models.customer.cart import carts
from masarat.models.customer.move import Move, favourites, usual

PAGES = ("Page Viewed", "Screen Viewed")


def behaviour(moves: Sequence[Move], currency: str, now: datetime) -> dict[str, Any]:
    """The figures about what was done; `moves` tells how often each name came."""
    seen = [move for move in moves if move.session_id]
    left = [cart for cart in carts(moves, currency, now) if cart.state == "abandoned"]
    return {
        "moves": Counter(move.name for move in moves),
        "first_seen": moves[0].ts if moves else None,
        "last_seen": moves[-1].ts if moves else None,
        "visits": len({move.session_id for move in seen}),
        "last_visit": seen[-1].ts if seen else None,
        "pages": sum(move.name in PAGES for move in moves),
        "channel": usual(move.channel for move in _firsts(seen)),
        "device": usual(move.device for move in _firsts(seen)),
        "searches": favourites((move.query for move in reversed(moves)), most=5),
        "abandoned_carts": len(left),
        "abandoned_value": round(sum(cart.value for cart in left), 4),
    }


def _firsts(seen: Sequence[Move]) -> list[Move]:
    """The first move of every visit: long visits count no more than short ones."""
    begun: dict[str, Move] = {}
    for move in seen:
        begun.setdefault(move.session_id, move)
    return list(begun.values())
