"""Lifetime value so far: what the customers won until now have brought."""

from __future__ import annotations

from typing import Any

from masarat.analyse.frame import SALES, Frame
from masarat.analyse.metrics.base import Metric, Reading, Said


def _steps(frame: Frame) -> dict[str, str]:
    """One row a customer and day; what came before the period stands on its first day. A customer belongs to the part of the first order."""
    return {
        "sales": frame.sales(history=True),
        "spent": """
SELECT customer_id, greatest(day, {first_day:Date}) AS day, sum(net) AS net, countIf(is_order) AS orders,
       argMinIf(breakdown, (ts, event_id), is_order) AS part
FROM sales WHERE customer_id != 0 GROUP BY customer_id, day""",
        "lives": """
SELECT customer_id, day, net, minIf(day, orders > 0) OVER (PARTITION BY customer_id) AS begun,
       sum(orders) OVER (PARTITION BY customer_id) AS times, argMin(part, (orders = 0, day)) OVER (PARTITION BY customer_id) AS first_part
FROM spent""",
        "facts": """
SELECT customer_id AS who, day, first_part AS breakdown, net, day = begun AS begins FROM lives WHERE times > 0""",
    }


def _values(frame: Frame) -> dict[str, Any]:
    return frame.values | {"first_day": frame.period.first}


LIFETIME_VALUE = Metric(
    "lifetime_value", "money", "more", ("retention", "advocacy"), Reading("lives", _steps, _values, SALES[:1]),
    "sum(net)", "countIf(begins)",
    en=Said("Lifetime value so far", "Net revenue of all identified customers up to then, divided by those who had ordered by then (CLV, historic)"),
    ar=Said("قيمة عمر العميل حتى الآن", "صافي إيرادات كل العملاء المعروفين حتى ذلك الحين مقسومًا على من طلب منهم حتى حينه (CLV تاريخية)"),
    runs=True,
)  # fmt: skip
