"""What insights scans: every measure, by every dimension, in stretches of days. One row a cell.

A cell is a measure (net revenue, conversion of visits, …) of a part (device: mobile; all together has no dimension). Four readings of the
log make them all: sales, first orders, visits with their pages, and what was told after (tickets, answers, deliveries, searches). The
number of cells does not grow with events: of each dimension the largest parts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from masarat.analyse.frame import Frame
from masarat.analyse.like_days import Days
from masarat.analyse.moves import moves
from masarat.analyse.places import EPOCH
from masarat.analyse.visits import MOMENT, VIEWS, VISIT
from masarat.models.changes import Kind
from masarat.store import Query

PARTS = 100  # of a dimension, the largest
Stake = Literal["money", "order", "value", "visit", "conversion", "lost_order", "lost_visit", "none"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: how it is compared, how it is written, whether more of it is good, what its change is worth, and what it is part of."""

    kind: Kind
    written: Literal["money", "count", "percent", "number"]
    good: int  # 1: more is better, −1: worse
    stake: Stake
    part_of: tuple[str, ...] = ()  # whose change it would bring along, nearest first


MEASURES: dict[str, Measure] = {
    "net": Measure("sum", "money", 1, "money"),
    "orders": Measure("sum", "count", 1, "order", ("net",)),
    "aov": Measure("mean", "money", 1, "value", ("net",)),
    "given_back": Measure("mean", "percent", -1, "lost_order", ("net",)),
    "new_customers": Measure("sum", "count", 1, "order", ("orders", "net")),
    "visits": Measure("sum", "count", 1, "visit", ("orders", "net")),
    "conversion": Measure("share", "percent", 1, "conversion", ("orders", "net")),
    "carts_left": Measure("share", "percent", -1, "lost_order", ("conversion", "orders", "net")),
    "failed_payments": Measure(
        "share", "percent", -1, "lost_order", ("conversion", "carts_left", "orders", "net")
    ),
    "reloads": Measure(
        "share", "percent", -1, "lost_visit", ("failed_payments", "conversion", "carts_left", "orders", "net")
    ),
    "errors": Measure("share", "percent", -1, "lost_visit", ("conversion", "carts_left", "orders", "net")),
    "views": Measure("sum", "count", 1, "none", ("visits",)),
    "page_reloads": Measure("mean", "percent", -1, "none", ("reloads",)),
    "tickets": Measure("sum", "count", -1, "lost_order"),
    "nps": Measure("mean", "number", 1, "none"),
    "csat": Measure("mean", "number", 1, "none"),
    "found_nothing": Measure("share", "percent", -1, "lost_visit"),
    "late": Measure("share", "percent", -1, "lost_order"),
    "refused": Measure("share", "percent", -1, "lost_order", ("given_back",)),
}

SIDES = ("channel", "campaign", "city", "device", "payment", "branch")  # what a sale tells of itself
OF_VISITS = ("channel", "campaign", "city", "device")
COLUMN = {"campaign": "utm_campaign"}
AFTER = ("Ticket Opened", "Survey Answered", "Products Searched", "Order Delivered", "Delivery Refused")


def scan(frame: Frame, days: Days) -> Query:
    """Rows: dimension, part (both empty for all together), measure, and per stretch of days (by its first) amount, of and squares."""
    whole = replace(frame, period=days.reach, before=None)
    narrow = "name IN {after:Array(String)}"
    names = "arrayMap((name, id) -> toString(if(name = '', id, name)), product_names, product_ids)"
    return Query(
        steps={
            "sales": whole.sales(
                more={
                    "sides": _sides(SIDES),
                    "names": names,
                    "groups": "arrayMap(category -> toString(category), product_categories)",
                }
            ),
            "sold": SOLD,
            "of_sales": OF_SALES,
            "ever": whole.sales(more={"sides": _sides(SIDES)}, history=True),
            "firsts": FIRSTS,
            "visited": moves(whole, "session_id != ''", more=_of_moves() | {"told": _told(OF_VISITS)}),
            "visits": VISITS,
            "alike": ALIKE,
            "of_visits": OF_VISITS_STEP,
            "paged": moves(
                whole, "name IN {views:Array(String)} OR name = 'Page Reloaded'", more=_of_moves()
            ),
            "of_pages": OF_PAGES,
            "after": moves(whole, narrow, more=_of_after() | {"sides": _sides(SIDES)}),
            "of_after": OF_AFTER,
            "told": TOLD,
            "cells": CELLS,
        },
        values=whole.values | _bound(days),
        rows="cells",
    )


def _bound(days: Days) -> dict[str, Any]:
    edges = [(day - EPOCH).days for day in days.edges]
    return {"edges": edges, "views": list(VIEWS), "after": list(AFTER), "parts": PARTS}


def _sides(names: tuple[str, ...]) -> str:
    """SQL for what an event tells of itself: pairs of dimension and part, all together first."""
    pairs = ", ".join(f"('{name}', toString({COLUMN.get(name, name)}))" for name in names)
    return f"arrayFilter(side -> side.1 = '' OR side.2 != '', [('', ''), {pairs}])"


def _told(names: tuple[str, ...]) -> str:
    """The same as one value, which is quicker to group by."""
    return f"({', '.join(COLUMN.get(name, name) for name in names)})"


def _split(names: tuple[str, ...]) -> str:
    """SQL for the pairs of `_sides` from what `_told` put together."""
    pairs = ", ".join(f"('{name}', toString(told.{place}))" for place, name in enumerate(names, 1))
    return f"arrayFilter(side -> side.1 = '' OR side.2 != '', [('', ''), {pairs}])"


def _of_moves() -> dict[str, str]:
    return {
        "moment": MOMENT,
        "is_reload": "name = 'Page Reloaded' OR (name IN {views:Array(String)} AND toString(props.reload) = 'true')",
    }


def _of_after() -> dict[str, str]:
    """Scores in hundredths, so that sums are whole numbers."""
    return {
        "survey": "lower(toString(props.survey))",
        "score": "toInt64OrNull(toString(round(toFloat64OrNull(toString(props.score)) * 100)))",
        "results": "toFloat64OrNull(toString(props.results))",
        "late_days": "toFloat64OrNull(toString(props.late_days))",
    }


_BIN = "roundDown(toUInt16(day), {edges:Array(UInt16)})"
_SQUARED = "toFloat64(sum(toDecimal128({0}, 4) * toDecimal128({0}, 4)))"
_TOLD = "dimension, part, bin, item.1 AS measure, item.2 AS amount, item.3 AS of, item.4 AS squares"

# One row a sale and part of it: products and categories with what their lines brought.
SOLD = f"""
SELECT {_BIN} AS bin, is_order, refund > 0 AS is_refund, gross, net, side.1 AS dimension, side.2 AS part,
       multiIf(dimension = 'product', arraySum((name, line) -> if(name = part, line, toDecimal64(0, 4)), names, product_revenues),
               dimension = 'category', arraySum((name, line) -> if(name = part, line, toDecimal64(0, 4)), groups, product_revenues),
               net) AS amount
FROM sales
ARRAY JOIN arrayDistinct(arrayConcat(sides, arrayMap(name -> ('product', name), names),
                                     arrayFilter(side -> side.2 != '', arrayMap(name -> ('category', name), groups)))) AS side"""

OF_SALES = f"""
SELECT {_TOLD}
FROM (
    SELECT dimension, part, bin, toFloat64(countIf(is_order)) AS orders, toFloat64(countIf(is_refund)) AS refunds,
           [('net', toFloat64(sum(amount)), toFloat64(count()), {_SQUARED.format("amount")}),
            ('orders', orders, orders, orders), ('given_back', refunds, orders, refunds),
            ('aov', toFloat64(sum(gross)), if(dimension IN ('product', 'category'), 0, orders), {_SQUARED.format("gross")})] AS items
    FROM sold GROUP BY dimension, part, bin
)
ARRAY JOIN items AS item"""

# Customers by the day of their first order ever, and what that order told of itself.
FIRSTS = f"""
SELECT side.1 AS dimension, side.2 AS part, {_BIN} AS bin, 'new_customers' AS measure,
       toFloat64(count()) AS amount, toFloat64(count()) AS of, toFloat64(count()) AS squares
FROM (
    SELECT first.1 AS day, first.3 AS sides
    FROM (
        SELECT customer_id, argMin((day, in_period, sides), (ts, event_id)) AS first FROM ever
        WHERE is_order AND customer_id != 0 GROUP BY customer_id
    )
    WHERE first.2
)
ARRAY JOIN sides AS side
GROUP BY dimension, part, bin"""

VISITS = f"""
SELECT customer_id, {VISIT} AS visit, toDate(min(local)) AS day, argMin(told, moment) AS told,
       countIf(name = 'Order Completed') > 0 AS bought, countIf(name = 'Product Added') > 0 AS filled,
       countIf(name = 'Payment Failed') > 0 AS failed, countIf(name = 'Checkout Started') > 0 OR failed AS paying,
       countIf(is_reload) > 0 AS reloaded, countIf(name IN ('Error Seen', 'Rage Clicked', 'Dead Clicked')) > 0 AS troubled
FROM visited GROUP BY customer_id, visit"""

# Visits that tell the same of themselves are counted together before they are split.
ALIKE = f"""
SELECT told, {_BIN} AS bin, count() AS seen, countIf(bought) AS buys, countIf(filled) AS carts, countIf(filled AND NOT bought) AS forgotten,
       countIf(paying) AS payers, countIf(failed) AS fails, countIf(reloaded) AS loads, countIf(troubled) AS troubles
FROM visits GROUP BY told, bin"""

OF_VISITS_STEP = f"""
SELECT {_TOLD}
FROM (
    SELECT side.1 AS dimension, side.2 AS part, bin, toFloat64(sum(seen)) AS n, toFloat64(sum(buys)) AS bought, toFloat64(sum(carts)) AS filled,
           toFloat64(sum(forgotten)) AS left_full, toFloat64(sum(payers)) AS paying, toFloat64(sum(fails)) AS failed,
           toFloat64(sum(loads)) AS reloaded, toFloat64(sum(troubles)) AS troubled,
           [('visits', n, n, n), ('conversion', bought, n, bought), ('carts_left', left_full, filled, left_full),
            ('failed_payments', failed, paying, failed), ('reloads', reloaded, n, reloaded), ('errors', troubled, n, troubled)] AS items
    FROM alike ARRAY JOIN {_split(OF_VISITS)} AS side GROUP BY dimension, part, bin
)
ARRAY JOIN items AS item"""

OF_PAGES = f"""
SELECT {_TOLD}
FROM (
    SELECT 'page' AS dimension, page AS part, {_BIN} AS bin, toFloat64(count()) AS seen, toFloat64(countIf(is_reload)) AS loads,
           seen - loads AS fresh,
           [('views', fresh, fresh, fresh), ('page_reloads', loads, seen, loads)] AS items
    FROM paged WHERE page != '' GROUP BY part, bin
)
ARRAY JOIN items AS item"""

# Of answers to an NPS survey, 9 and 10 count as 100 and 0 to 6 as −100.
OF_AFTER = f"""
SELECT {_TOLD}
FROM (
    SELECT dimension, part, bin, toFloat64(countIf(name = 'Ticket Opened')) AS opened,
           toFloat64(countIf(is_nps)) AS opinions, toFloat64(countIf(is_csat)) AS marks,
           toFloat64(countIf(searched)) AS searches, toFloat64(countIf(searched AND results = 0)) AS vain,
           toFloat64(countIf(timed)) AS arrived, toFloat64(countIf(timed AND late_days > 0)) AS waited,
           toFloat64(countIf(name = 'Delivery Refused')) AS turned_away,
           toFloat64(countIf(name IN ('Order Delivered', 'Delivery Refused'))) AS brought,
           [('tickets', opened, opened, opened), ('nps', toFloat64(sumIf(opinion, is_nps)), opinions, toFloat64(sumIf(opinion * opinion, is_nps))),
            ('csat', toFloat64(sumIf(mark, is_csat)) / 100, marks, toFloat64(sumIf(mark * mark, is_csat)) / 10000),
            ('found_nothing', vain, searches, vain), ('late', waited, arrived, waited), ('refused', turned_away, brought, turned_away)] AS items
    FROM (
        SELECT side.1 AS dimension, side.2 AS part, {_BIN} AS bin, name, ifNull(results, -1) AS results, ifNull(late_days, 0) AS late_days,
               ifNull(score, 0) AS mark, survey = 'nps' AND score IS NOT NULL AS is_nps, survey = 'csat' AND score IS NOT NULL AS is_csat,
               multiIf(mark >= 900, 100, mark >= 700, 0, -100) AS opinion, name = 'Products Searched' AND results >= 0 AS searched,
               name = 'Order Delivered' AND isNotNull(after.late_days) AS timed
        FROM after ARRAY JOIN sides AS side
    )
    GROUP BY dimension, part, bin
)
ARRAY JOIN items AS item"""

TOLD = "\nUNION ALL\n".join(
    f"SELECT dimension, part, bin, measure, amount, of, squares FROM {step}"
    for step in ("of_sales", "firsts", "of_visits", "of_pages", "of_after")
)

CELLS = """
SELECT dimension, part, measure, arraySort(groupArray((bin, amount, of, squares))) AS found
FROM told GROUP BY dimension, part, measure HAVING sum(of) > 0
ORDER BY dimension, measure, sum(of) DESC, part LIMIT {parts:UInt32} BY dimension, measure"""
