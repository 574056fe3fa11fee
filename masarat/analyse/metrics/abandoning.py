"""Cart abandonment: the carts of the question `abandoned_carts`, with its 24 hours."""

from __future__ import annotations

from typing import Any

from masarat.analyse.carts import MOVES, carts, values
from masarat.analyse.frame import Frame
from masarat.analyse.metrics.base import Metric, Reading, Said

HOURS = 24


def _steps(frame: Frame) -> dict[str, str]:
    part = "breakdown" if frame.breakdown else "''"
    return {
        **carts(frame),
        "facts": f"""
SELECT customer_id AS who, toDate(left_at, {{timezone:String}}) AS day, {part} AS breakdown, state = 'abandoned' AS abandoned
FROM carts WHERE state != 'open'""",
    }


def _values(frame: Frame) -> dict[str, Any]:
    return frame.values | values(frame, HOURS)


CART_ABANDONMENT = Metric(
    "cart_abandonment", "percent", "less", ("consideration", "purchase"), Reading("carts", _steps, _values, MOVES),
    "countIf(abandoned)", "count()",
    en=Said("Cart abandonment", "Carts whose customer completed no order within 24 hours of their last move, divided by all carts whose hours are over"),
    ar=Said("التخلي عن السلة", "السلات التي لم يُتم صاحبها طلبًا خلال 24 ساعة من آخر حركة فيها، مقسومة على كل السلات التي انقضت ساعاتها"),
)  # fmt: skip
