"""Which orders are their customer's first ever, and what was spent to bring them: the steps of questions about new and returning customers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from masarat.analyse.frame import Frame

COST_DIMENSIONS = ("channel", "campaign")  # what advertising costs are known by

COSTS = """
UNION ALL
SELECT day, {part}, 0, false, 0, 0, false, false, true, amount FROM costs WHERE {where}"""


def first_orders(frame: Frame, *, with_costs: bool = False) -> dict[str, str]:
    """The steps up to `moves`: one row an order or refund of the period with is_new and is_returning; with costs, one row a cost too.

    An order is new where it is its customer's first ever, before the period and outside the segment too; a refund goes with the order before it.
    They bind what `values` gives.
    """
    costs = COSTS.format(part=_cost_part(frame), where=costs_of(frame)) if with_costs else ""
    return {
        "sales": frame.sales(),
        "history": replace(frame, segment=(), breakdown="").sales(history=True),
        "firsts": """
SELECT customer_id, arraySort(groupArray((ts, event_id))) AS ordered, length(ordered) AS times, ordered[2] AS second
FROM history WHERE is_order AND customer_id != 0 GROUP BY customer_id""",
        "moves": f"""
SELECT day, breakdown, customer_id, is_order, net, discount,
       times = 1 OR times > 1 AND (ts, event_id) < second AS is_new,
       customer_id != 0 AND NOT is_new AS is_returning, false AS is_cost, toDecimal64(0, 4) AS cost
FROM sales GLOBAL LEFT JOIN firsts USING (customer_id){costs}""",
    }


def values(frame: Frame) -> dict[str, Any]:
    return frame.values | {"first_day": frame.period.first, "last_day": frame.period.last}


def costs_apply(frame: Frame) -> bool:
    """Whether what was spent is known in this frame: costs know of nothing but channel and campaign."""
    asked = {name for name, _, _ in frame.segment} | {frame.breakdown or "channel"}
    return asked <= set(COST_DIMENSIONS)


def _cost_part(frame: Frame) -> str:
    """The part of the breakdown that a cost belongs to."""
    return frame.breakdown if frame.breakdown in COST_DIMENSIONS else "''"


def costs_of(frame: Frame) -> str:
    """The condition that a cost is one of this frame."""
    if not costs_apply(frame):
        return "false"
    conditions = [
        f"{name} {'IN' if wanted else 'NOT IN'} {{segment_{index}:Array(String)}}"
        for index, (name, wanted, _) in enumerate(frame.segment)
    ]
    days = "day BETWEEN {first_day:Date} AND {last_day:Date} AND currency = {currency:String}"
    return " AND ".join([days, *conditions])
