"""Moves split into the largest parts and the others: the steps behind breakdown.

Where a move is of one part, moves are read once: each part is counted in each bucket, and buckets, parts and the others are put
together from these. A move of several parts (the products of an order) must count once among the others: there the first pass finds the
largest parts, and the second counts.
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

# What is kept of a part in a bucket, of all figures that a measure of this kind may show, and each figure of several such cells.
CELLS_OF_SALES = (
    "countIf(is_order) AS sold, sum(net) AS amount, sumIf(net, is_order) AS paid, count() AS sampled"
)
CELLS_OF_CONVERSION = "uniqExactState(customer_id) AS people, uniqExactStateIf(customer_id, converted) AS won, count() AS sampled"
CELLS_OF_MOVES = "uniqExactState(customer_id) AS people, uniqExactStateIf(session_id, session_id != '') AS visits, count() AS sampled"
OF_CELLS: dict[str, str] = {
    "events": "sum(sampled)",
    "customers": "uniqExactMerge(people)",
    "sessions": "uniqExactMerge(visits)",
    "per_customer": "sum(sampled) / uniqExactMerge(people)",
    "orders": "sum(sold)",
    "revenue": "toFloat64(sum(amount))",
    "average_order": "toFloat64(sum(paid)) / nullIf(sum(sold), 0)",
    "conversions": "uniqExactMerge(won)",
    "conversion": "uniqExactMerge(won) / uniqExactMerge(people)",
}

# Each figure of moves of several parts: of a part, and of the whole, where a move must count once.
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
    if field in LISTS:
        return _of_lists(frame, steps, measure, field, by)
    return {
        **_counted(frame, steps, measure, "part", told(field, "field")),
        "cells": f"SELECT {frame.bucket(by)} AS start, part, {_cells(measure)}\nFROM counted GROUP BY start, part",
        "ranked": f"""
SELECT *, dense_rank() OVER (ORDER BY size DESC, part) AS rank
FROM (SELECT *, {OF_CELLS[SHOWS[measure][-1]]} OVER (PARTITION BY part) AS size FROM cells)""",
        "placed": """
SELECT * EXCEPT part, rank > {top:UInt32} AS rest, if(rest, '', ranked.part) AS part, max(rank) OVER () AS parts FROM ranked""",
        "found": f"""
SELECT grouping(start) + grouping(part) AS level, start, rest, part,
       {", ".join(f"{OF_CELLS[name]} AS {name}" for name in SHOWS[measure])}, max(placed.parts) AS parts, sum(sampled) AS sample
FROM placed GROUP BY GROUPING SETS ((start, rest, part), (rest, part), ())
ORDER BY level, start, rest, part""",
    }


def _of_lists(
    frame: Frame, steps: Sequence[Step], measure: Measure, field: str, by: Bucket
) -> dict[str, str]:
    """The same of moves of several parts."""
    size, _ = FIGURES[SHOWS[measure][-1]]
    amount = _amount(field) if measure in MONEY else "0"
    shown = "has(shown.1, part)"
    counted = "(SELECT customer_id, parts FROM moves WHERE is_step)" if measure == "conversion" else "counted"
    return {
        **_counted(frame, steps, measure, "parts", _parts(field)),
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
    """SQL for what a move tells in a field of several values, as a list that is never empty."""
    names = f"arrayMap(name -> toString(name), {LISTS[field]})"
    if field == "product":
        names = "arrayMap((name, id) -> toString(if(name = '', id, name)), product_names, product_ids)"
    return f"if(empty(product_ids), [''], {names})"


def _amount(field: str) -> str:
    """SQL for what a sale brought of the part `item`: its lines."""
    lines = "if(empty(product_ids), [net], product_revenues)"
    return f"arraySum((part, line) -> if(part = item, line, toDecimal64(0, 4)), parts, {lines})"


def _figures(measure: Measure) -> str:
    return ", ".join(
        f"if(grouping(part) = 1, {whole}, {part}) AS {name}" if whole else f"{part} AS {name}"
        for name in SHOWS[measure]
        for part, whole in [FIGURES[name]]
    )


def _cells(measure: Measure) -> str:
    if measure in MONEY:
        return CELLS_OF_SALES
    return CELLS_OF_CONVERSION if measure == "conversion" else CELLS_OF_MOVES


def _counted(frame: Frame, steps: Sequence[Step], measure: Measure, column: str, told: str) -> dict[str, str]:
    """The steps up to `counted`: one row a move or sale that counts, with its day, and with what it tells in a column of this name."""
    if measure in MONEY:
        sales = frame.sales(more={column: told, "chosen": steps[0].fits(0)})
        return {
            "sales": sales,
            "counted": f"SELECT day, is_order, net, product_ids, product_revenues, {column} FROM sales WHERE chosen",
        }
    if measure != "conversion":
        return {
            "moves": moves(frame, steps[0].sql(0), more={column: told}),
            "counted": f"SELECT day, customer_id, session_id, {column} FROM moves",
        }
    step, to = steps[0].sql(0), steps[1].sql(1)
    is_step = f"{step} AND day <= {{last_day:Date}}{frame.only()}"
    return {
        "moves": moves(
            replace(frame, segment=()),
            f"({step}) OR ({to})",
            more={
                "is_step": is_step,
                "is_to": to,
                "at": "toUnixTimestamp64Milli(ts)",
                # What keeps a move from being its own sequel: who asks after two kinds of moves need not have their ids read.
                "mark": "cityHash64(event_id)" if steps[0].name == steps[1].name else "toUInt64(is_to)",
                "told": told,
            },
        ),
        "followed": FOLLOW,
        "counted": CONVERTED.format(column=column),
    }


# The moves of each customer: steps and second moves, an array for each thing that is known of them.
FOLLOW = f"""
SELECT customer_id, groupArrayIf({FOLLOWED})(at, is_step) AS steps, groupArrayIf({FOLLOWED})(mark, is_step) AS step_marks,
       groupArrayIf({FOLLOWED})(told, is_step) AS step_told,
       groupArrayIf({FOLLOWED})(at, is_to) AS tos, groupArrayIf({FOLLOWED})(mark, is_to) AS to_marks
FROM moves GROUP BY customer_id HAVING notEmpty(steps)"""

CONVERTED = """
SELECT customer_id, toDate(fromUnixTimestamp64Milli(step, {{timezone:String}})) AS day, told AS {column},
       arrayExists((to, to_mark) -> to BETWEEN step AND step + {{days:Int64}} * 86400000 AND to_mark != mark, tos, to_marks) AS converted
FROM followed ARRAY JOIN steps AS step, step_marks AS mark, step_told AS told"""
