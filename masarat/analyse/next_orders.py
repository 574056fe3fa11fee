"""What followed what: the first orders of each customer and the days between them, the steps behind `order_sequence`.

The period says whose: those whose first order ever lies in it. They are followed to the end of the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from masarat.analyse.frame import Frame
from masarat.analyse.joining import MAIN, first_sale, followed, followed_until
from masarat.analyse.products import CATALOGUE
from masarat.analyse.visits import earliest

Item = Literal["product", "category"]
ORDERS = 3  # that are looked at: first, second, third
WAYS = 5_000  # ways from one to the next that are looked at, the most frequent

ITEMS = "SELECT *, toString({item}) AS item, toString({title}) AS title FROM sales WHERE is_order AND customer_id != 0"

# One row a customer: their first orders as (ts, event_id, item, day, net, title), and of the second when it came. Until then, or until the log
# ends, they were followed for so many days.
PEOPLE = """
SELECT customer_id, {earliest} AS ordered, argMin(chosen, (ts, event_id)) AS is_chosen, ordered[1].4 AS joined,
       dateDiff('day', joined, {{seen:Date}}) + 1 AS days, length(ordered) > 1 AS back,
       if(back, dateDiff('day', joined, ordered[2].4), 0) AS gap
FROM items GROUP BY customer_id
HAVING is_chosen AND joined BETWEEN {{first_day:Date}} AND {{last_day:Date}}"""

# One row a step and pair of items; nothing follows for those who did not come back so far.
PAIRS = """
SELECT nth, here, after, is_back, count() AS customers, sum(paid) AS paid, quantileExactIf(0.5)(between, is_back) AS median,
       max(title) AS here_called, max(next_title) AS after_called
FROM (
    SELECT nth, ordered[nth] AS one, ordered[nth + 1] AS other, one.3 AS here, one.6 AS title, length(ordered) > nth AS is_back,
           other.3 AS after, other.6 AS next_title, other.5 AS paid, if(is_back, dateDiff('day', one.4, other.4), 0) AS between
    FROM people ARRAY JOIN [1, 2] AS nth WHERE length(ordered) >= nth
)
GROUP BY nth, here, after, is_back"""

WEIGHED = """
SELECT *, sum(customers) OVER (PARTITION BY nth) AS everybody, sumIf(customers, is_back) OVER (PARTITION BY nth) AS everybody_came,
       sum(customers) OVER (PARTITION BY nth, here) AS of, sumIf(customers, is_back) OVER (PARTITION BY nth, here) AS of_came,
       sum(customers) OVER (PARTITION BY nth, is_back, after) AS into
FROM pairs ORDER BY nth, customers DESC, here, is_back, after LIMIT {ways:UInt32} BY nth"""

WAY_NAMES = """
SELECT weighed.*, one.known_as AS here_known, other.known_as AS after_known
FROM weighed LEFT JOIN catalogue AS one ON weighed.here = one.product LEFT JOIN catalogue AS other ON weighed.after = other.product
ORDER BY nth, customers DESC, here, is_back, after"""

FIRSTS = """
SELECT ordered[1].3 AS here, max(ordered[1].6) AS here_called, count() AS customers, countIf(back) AS came,
       quantileExactIf(0.5)(gap, back) AS median, {old} AS old, {by_then} AS by_then
FROM people GROUP BY here"""

FIRST_NAMES = """
SELECT firsts.*, known_as AS here_known FROM firsts LEFT JOIN catalogue ON firsts.here = catalogue.product
ORDER BY customers DESC, here LIMIT {limit:UInt32}"""

# One row: how many came back after so many days, and of those who did not, how many have been followed for so many.
TIMES = """
SELECT count() AS customers, countIf(back) AS came, sumMap([gap], [toUInt64(back)]) AS after, sumMap([days], [toUInt64(NOT back)]) AS waiting,
       {old} AS old, {by_then} AS by_then
FROM people"""


def _ages(ages: Sequence[int]) -> tuple[str, str]:
    """How many have been followed for each age, and of these how many came back by then."""
    old = ", ".join(f"countIf(days >= {age:d})" for age in ages)
    by_then = ", ".join(f"countIf(days >= {age:d} AND back AND gap < {age:d})" for age in ages)
    return f"[{old}]", f"[{by_then}]"


def next_orders(frame: Frame, item: Item, ages: Sequence[int]) -> dict[str, str]:
    """The steps up to `times` (days to the second order), `first_names` (return by first item) and `ways` (pairs of items with their counts)."""
    old, by_then = _ages(ages)
    place = {"product": 2, "category": 4}[item]
    names = "if(name_ar != '', name_ar, name)" if frame.language == "ar" else "name"
    return {
        "sales": first_sale(frame, {}),
        "items": ITEMS.format(item=f"{MAIN}.{place}", title=f"{MAIN}.3" if item == "product" else "''"),
        "people": PEOPLE.format(earliest=earliest("(ts, event_id, item, day, net, title)", ORDERS)),
        "times": TIMES.format(old=old, by_then=by_then),
        "catalogue": CATALOGUE.format(title=names),
        "firsts": FIRSTS.format(old=old, by_then=by_then),
        "first_names": FIRST_NAMES,
        "pairs": PAIRS,
        "weighed": WEIGHED,
        "ways": WAY_NAMES,
    }


def next_orders_values(frame: Frame, limit: int) -> dict[str, Any]:
    return followed(frame).values | {
        "first_day": frame.period.first,
        "last_day": frame.period.last,
        "seen": followed_until(frame),
        "limit": limit,
        "ways": WAYS,
    }
