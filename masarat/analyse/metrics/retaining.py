"""Retention: of the customers of one calendar month, who ordered in the next. The share that `retention` gives with begins=recurring and by=month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from masarat.analyse.frame import Frame
from masarat.analyse.metrics.base import Metric, Reading, Said
from masarat.analyse.moves import moves
from masarat.analyse.period import Period

ORDER = "Order Completed"
AROUND = timedelta(days=62)  # two months, on either side
EPOCH = date(1970, 1, 1)


def _steps(frame: Frame) -> dict[str, str]:
    """One row a customer and month with an order; it belongs to the last day of the month after, and counts once that is over."""
    since = "ts >= fromUnixTimestamp64Milli({month_before:Int64}, 'UTC')"
    return {
        "moves": moves(frame, f"name = '{ORDER}' AND {since}", history=True),
        "months": f"""
SELECT customer_id, indexOf({{month_starts:Array(UInt16)}}, toUInt16({frame.bucket("month")})) AS month,
       argMin(breakdown, (ts, event_id)) AS part
FROM moves GROUP BY customer_id, month""",
        "paths": """
SELECT customer_id, arraySort(groupArray((month, part))) AS path FROM months WHERE month > 0 GROUP BY customer_id""",
        "facts": """
SELECT customer_id AS who, toDate({month_starts:Array(UInt16)}[step.1 + 2] - 1) AS day, step.2 AS breakdown,
       has(path.1, step.1 + 1) AS back
FROM paths ARRAY JOIN path AS step
WHERE step.1 + 2 <= length({month_starts:Array(UInt16)}) AND day BETWEEN {first_day:Date} AND {seen_day:Date}""",
    }


def _starts(frame: Frame) -> list[date]:
    """The first days of the months from two before the period to two after it."""
    wide = Period(frame.period.first - AROUND, frame.period.last + AROUND)
    return replace(frame, period=wide).buckets("month")


def _values(frame: Frame) -> dict[str, Any]:
    starts, span = _starts(frame), frame.facts.span(())
    since, _ = Period(starts[0], starts[0]).bounds(frame.settings.zone)
    return frame.values | {
        "month_starts": [(day - EPOCH).days for day in starts],
        "month_before": int(since.timestamp() * 1000),
        "first_day": frame.period.first,
        "seen_day": min(frame.period.last, span[1]) if span else frame.period.last,
    }


RETENTION = Metric(
    "retention", "percent", "more", ("retention",), Reading("months", _steps, _values, (ORDER,)), "countIf(back)", "count()",
    en=Said("Retention", "Of the customers with an order in a calendar month, those with an order in the next, by the last day of that next month"),
    ar=Said("الاحتفاظ بالعملاء", "ممن طلبوا في شهر، من طلبوا في الشهر التالي، ويُحسب ذلك لآخر يوم من الشهر التالي"),
)  # fmt: skip
