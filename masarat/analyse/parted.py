"""Moves split into the largest parts and the others: the steps behind breakdown.

The first pass finds the largest parts, the second counts them over time: however many values there are, only the first pass sees
them, a number each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.moves import LISTS, Step, moves, told
from masarat.analyse.period import Period

Measure = Literal[
    "events", "customers", "sessions", "per_customer", "orders", "revenue", "average_order", "conversion"
]
# What each measure shows: itself first, and last what makes a part large.
SHOWS: dict[Measure, tuple[str, ...]] = {
    "events": ("events",),
    "customers": ("customers",),
    "sessions": ("sessions",),
    "per_customer": ("per_customer", "customers"),
    "orders": ("orders",),
    "revenue": ("revenue",),
    "average_order": ("average_order", "orders"),
    "conversion": ("conversion", "conversions", "customers"),
}
MONEY = ("orders", "revenue", "average_order")
ADDS = ("events", "sessions", "orders", "revenue")  # whose parts may be told as shares of the whole
FOLLOWED = 5000  # moves of one customer

# Each figure of a part, and of the whole where a move of several parts must count once.
FIGURES: dict[str, tuple[str, str]] = {
    "events": ("count()", "countIf(nth = 1)"),
    "customers": ("uniqExact(customer_id)", ""),
    "sessions": ("uniqExactIf(session_id, session_id != '')", ""),
    "per_customer": ("count() / uniqExact(customer_id)", "countIf(nth = 1) / uniqExact(customer_id)"),
    "orders": ("countIf(is_order)", "countIf(is_order AND nth = 1)"),
    "revenue": ("toFloat64(sum(amount))", "toFloat64(sumIf(net, nth = 1))"),
    "average_order": (
        "toFloat64(sumIf(amount, is_order)) / nullIf(countIf(is_order), 0)",
        "toFloat64(sumIf(net, is_order AND nth = 1)) / nullIf(countIf(is_order AND nth = 1), 0)",
    ),
    "conversions": ("uniqExactIf(customer_id, converted)", ""),
    "conversion": ("uniqExactIf(customer_id, converted) / uniqExact(customer_id)", ""),
}


def parted(frame: Frame, steps: Sequence[Step], measure: Measure, field: str, by: Bucket) -> dict[str, str]:
    """The steps up to `found`: level (0 a part in a bucket, 1 a part, 2 all), start, rest, part, the measure's figures, parts, sample."""
    size, _ = FIGURES[SHOWS[measure][-1]]
    amount = _amount(field) if measure in MONEY else "0"
    shown = "has(shown.1, part)"
    counted = "(SELECT customer_id, parts FROM moves WHERE is_step)" if measure == "conversion" else "counted"
    return {
        **_counted(frame, steps, measure, _parts(field)),
        "top": f"""
SELECT item AS part, {size} AS size, count() OVER () AS parts
FROM (SELECT *, item, {amount} AS amount FROM {counted} ARRAY JOIN arrayDistinct(parts) AS item)
GROUP BY part ORDER BY size DESC, part LIMIT {{top:UInt32}}""",
        "listed": "SELECT (arraySort(groupArray(part)), max(parts)) AS shown FROM top",
        "folded": f"""
SELECT * EXCEPT parts, (SELECT shown FROM listed) AS shown,
       arrayMap(part -> (NOT {shown}, if({shown}, part, '')), parts) AS parts
FROM counted""",
        "placed": f"""
SELECT *, nth, item.1 AS rest, item.2 AS part, {amount} AS amount, {frame.bucket(by)} AS start
FROM folded ARRAY JOIN arrayDistinct(parts) AS item, arrayEnumerate(arrayDistinct(parts)) AS nth""",
        "found": f"""
SELECT grouping(start) + grouping(part) AS level, start, rest, part, {_figures(measure)},
       max(shown.2) AS parts, countIf(nth = 1) AS sample
FROM placed GROUP BY GROUPING SETS ((start, rest, part), (rest, part), ())
ORDER BY level, start, rest, part""",
    }


def values(frame: Frame, measure: Measure, days: int) -> dict[str, Any]:
    """What the steps bind, but for the step's own values, the field and the number of parts."""
    last = frame.period.last
    reach = (
        last + timedelta(days=days) if measure == "conversion" else last
    )  # as far as the second move is looked for
    far = replace(frame, period=Period(frame.period.first, reach))
    return far.values | {"last_day": last, "days": days}


def _parts(field: str) -> str:
    """SQL for what a move tells in the field, as a list that is never empty."""
    if field == "product":
        names = "arrayMap((name, id) -> toString(if(name = '', id, name)), product_names, product_ids)"
    elif field in LISTS:
        names = f"arrayMap(name -> toString(name), {LISTS[field]})"
    else:
        return f"[toString({told(field, 'field')})]"
    return f"if(empty(product_ids), [''], {names})"


def _amount(field: str) -> str:
    """SQL for what a sale brought of the part `item`: of a list, its lines."""
    if field not in LISTS:
        return "net"
    lines = "if(empty(product_ids), [net], product_revenues)"
    return f"arraySum((part, line) -> if(part = item, line, toDecimal64(0, 4)), parts, {lines})"


def _figures(measure: Measure) -> str:
    return ", ".join(
        f"if(grouping(part) = 1, {whole}, {part}) AS {name}" if whole else f"{part} AS {name}"
        for name in SHOWS[measure]
        for part, whole in [FIGURES[name]]
    )


def _counted(frame: Frame, steps: Sequence[Step], measure: Measure, parts: str) -> dict[str, str]:
    """The steps up to `counted`: one row a move or sale that counts, with `parts` and its day."""
    if measure in MONEY:
        sales = frame.sales(more={"parts": parts, "chosen": steps[0].fits(0)})
        return {
            "sales": sales,
            "counted": "SELECT day, is_order, net, product_ids, product_revenues, parts FROM sales WHERE chosen",
        }
    if measure != "conversion":
        return {
            "moves": moves(frame, steps[0].sql(0), more={"parts": parts}),
            "counted": "SELECT day, customer_id, session_id, parts FROM moves",
        }
    step, to = steps[0].sql(0), steps[1].sql(1)
    is_step = f"{step} AND day <= {{last_day:Date}}{frame.only()}"
    return {
        "moves": moves(
            replace(frame, segment=()),
            f"({step}) OR ({to})",
            more={"is_step": is_step, "is_to": to, "parts": parts},
        ),
        "followed": FOLLOW,
        "counted": CONVERTED,
    }


# The moves of each customer: steps and second moves, each with its moment and a mark by which a move is not its own sequel.
FOLLOW = f"""
SELECT customer_id, groupArrayIf({FOLLOWED})((toUnixTimestamp64Milli(ts) AS ms, cityHash64(event_id) AS mark, day, parts), is_step) AS steps,
       groupArrayIf({FOLLOWED})((ms, mark), is_to) AS tos
FROM moves GROUP BY customer_id HAVING notEmpty(steps)"""

CONVERTED = """
SELECT customer_id, step.3 AS day, step.4 AS parts,
       arrayExists(to -> to.1 BETWEEN step.1 AND step.1 + {days:Int64} * 86400000 AND to.2 != step.2, tos) AS converted
FROM followed ARRAY JOIN steps AS step"""
