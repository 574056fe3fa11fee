"""Reach: how many people were here at all, on the web, at the till, on the phone."""

from __future__ import annotations

from typing import Any

from masarat.analyse.frame import Frame
from masarat.analyse.metrics.base import Metric, Reading, Said
from masarat.analyse.moves import moves
from masarat.events import DONE_TO_THEM


def _steps(frame: Frame) -> dict[str, str]:
    return {
        "moves": moves(frame, "name NOT IN {done_to_them:Array(String)}"),
        "facts": "SELECT customer_id AS who, day, breakdown FROM moves",
    }


def _values(frame: Frame) -> dict[str, Any]:
    return frame.values | {"done_to_them": list(DONE_TO_THEM)}


REACH = Metric(
    "reach", "count", "more", ("awareness",), Reading("moves", _steps, _values, ()), "uniqExact(who)", "count()",
    en=Said("Reach", "Different people who made any move of their own: visitors and customers, known or not"),
    ar=Said("الوصول", "المختلفون ممن كانت لهم أي حركة من عندهم: من زوار وعملاء، عُرفوا أم لم يُعرفوا"),
    counts=True, by_days=True,
)  # fmt: skip
