"""One customer in figures: pure arithmetic over what they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from masarat.models.customer.behaviour import behaviour
from masarat.models.customer.mind import mind
from masarat.models.customer.move import Move
from masarat.models.customer.spending import spending


def figures(moves: Sequence[Move], currency: str, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """Every computed trait by its name; none where nothing is known. Moves in the order of time."""
    return spending(moves, currency, zone) | behaviour(moves, currency, now) | mind(moves)


__all__ = ["Move", "figures"]
