"""Customers by when and how they joined, and what they brought by age: the steps behind cohorts, one row a cohort and reach.

The period says who counts: those whose first order ever lies in it. What they bring is followed to the end of the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from masarat.analyse.first_orders import costs_of
from masarat.analyse.frame import DIMENSIONS, Frame
from masarat.analyse.margins import with_margins
from masarat.analyse.period import Period
from masarat.analyse.products import CATALOGUE

By = Literal[
    "month",
    "quarter",
    "week",
    "first_product",
    "first_category",
    "coupon",
    "channel",
    "campaign",
    "city",
    "country",
    "branch",
    "device",
    "source",
]
TIMES: tuple[By, ...] = ("month", "quarter", "week")
MONEY = ("gross", "net", "margin", "known")
CODE = "upperUTF8(trimBoth(toString(coupon)))"  # codes are the same in capitals and small letters
EVERY = 1_000_000  # no cohort in time is put with the others


def followed(frame: Frame) -> Frame:
    """The same frame, but up to the last day of the log: as long as customers can be followed."""
    return replace(frame, period=Period(frame.period.first, followed_until(frame)))


def followed_until(frame: Frame) -> date:
    span = frame.facts.span(())
    return span[1] if span else frame.period.last


def first_sale(frame: Frame, more: dict[str, str]) -> str:
    """The step `sales` with the whole history of everybody; `chosen` tells whether a row is one that the segment asks for."""
    everybody = replace(followed(frame), segment=(), breakdown="")
    return everybody.sales(more=more | {"chosen": f"true{frame.only()}"}, history=True)


# The product that paid most of an order: (−amount, id, name, category).
MAIN = "arraySort(arrayZip(arrayMap(x -> -x, product_revenues), product_ids, product_names, product_categories))[1]"

PEOPLE = """
SELECT customer_id, argMinIf((day, key, title, chosen), (ts, event_id), is_order) AS first, first.1 AS joined,
       arraySort(groupArray((day, gross, net, margin, known))) AS moves
FROM (SELECT *, {key} AS key, {title} AS title FROM sold WHERE customer_id != 0)
GROUP BY customer_id
HAVING countIf(is_order) > 0 AND first.4 AND joined BETWEEN {{first_day:Date}} AND {{last_day:Date}}"""

LIVES = """
SELECT {cohort} AS cohort, first.3 AS title, dateDiff('day', joined, {{seen:Date}}) + 1 AS days,
       arrayCount(age -> age <= days, {{ages:Array(UInt16)}}) AS reach,
       arrayMap(move -> toUInt16(arrayCount(age -> age <= greatest(0, dateDiff('day', joined, move.1)), {{ages:Array(UInt16)}}) + 1),
                moves) AS places,
       toDecimal128(if(days >= {{age:UInt16}}, arraySum(move -> if(dateDiff('day', joined, move.1) < {{age:UInt16}}, move.{measure}, 0),
                                               moves), 0), 2) AS value, moves
FROM people"""

CELLS = """
SELECT cohort, reach, max(title) AS title, count() AS customers, toFloat64(sum(value)) AS worth, toFloat64(sum(value * value)) AS squares,
       sumMap(places, arrayMap(move -> move.2, moves), arrayMap(move -> move.3, moves), arrayMap(move -> move.4, moves),
              arrayMap(move -> move.5, moves)) AS amounts
FROM lives GROUP BY cohort, reach"""

RANKED = """
SELECT *, dense_rank() OVER (ORDER BY size DESC, cohort) > {parts:UInt32} AS rest
FROM (SELECT *, sum(customers) OVER (PARTITION BY cohort) AS size FROM cells)"""

FOUND = """
SELECT rest, if(rest, '', cohort) AS cohort, reach, if(rest, '', max(title)) AS title, sum(customers) AS customers, sum(worth) AS worth,
       sum(squares) AS squares, sumMap(amounts.1, amounts.2, amounts.3, amounts.4, amounts.5) AS amounts
FROM ranked GROUP BY rest, cohort, reach ORDER BY rest, cohort, reach"""

NAMED = """
SELECT found.*, known_as FROM found LEFT JOIN catalogue ON found.cohort = catalogue.product ORDER BY rest, cohort, reach"""


def joining(frame: Frame, by: By, measure: str) -> dict[str, str]:
    """The steps up to `named`: rest, cohort (a text: a day, or a name), title, known_as, reach, customers, worth, squares, amounts.

    `amounts` are five arrays: places (from 1), and what of MONEY came there. They bind what `joining_values` gives.
    """
    dimension = CODE if by == "coupon" else DIMENSIONS.get(by, "''")
    product = {"first_product": "toString(MAIN.2)", "first_category": "toString(MAIN.4)"}.get(
        by, "toString(split)"
    )
    title = "toString(MAIN.3)" if by == "first_product" else "''"
    days = f"toString({frame.bucket('week' if by == 'week' else 'month', 'joined')})"
    measured = MONEY.index(measure) + 2
    return {
        "spending": _spending(frame, by),
        **with_margins(first_sale(frame, {"split": dimension})),
        "people": PEOPLE.format(key=product.replace("MAIN", MAIN), title=title.replace("MAIN", MAIN)),
        "lives": LIVES.format(cohort=days if by in TIMES else "first.2", measure=measured),
        "cells": CELLS,
        "ranked": RANKED,
        "found": FOUND,
        **(
            named(frame)
            if by == "first_product"
            else {"named": "SELECT *, '' AS known_as FROM found ORDER BY rest, cohort, reach"}
        ),
    }


def named(frame: Frame) -> dict[str, str]:
    """The catalogue's names, in the language of the answer."""
    title = "if(name_ar != '', name_ar, name)" if frame.language == "ar" else "name"
    return {"catalogue": CATALOGUE.format(title=title), "named": NAMED}


def joining_values(frame: Frame, by: By, ages: Sequence[int], age: int, parts: int) -> dict[str, Any]:
    return followed(frame).values | {
        "first_day": frame.period.first,
        "last_day": frame.period.last,
        "seen": followed_until(frame),
        "ages": list(ages),
        "age": age,
        "parts": EVERY if by in TIMES else parts,
    }


def _spending(frame: Frame, by: By) -> str:
    """What was spent in the period, by cohort; costs are known by day, channel and campaign."""
    part = {"channel": "toString(channel)", "campaign": "campaign"}.get(by, "''")
    if by in TIMES:
        part = f"toString({frame.bucket('week' if by == 'week' else 'month')})"
    return f"SELECT {part} AS cohort, sum(amount) AS spend FROM costs WHERE {costs_of(frame)} GROUP BY cohort ORDER BY cohort"
