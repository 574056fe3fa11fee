"""Orders with the offer they were made with, where they stand in their customer's history, and what came after: the steps behind `coupons`."""

from __future__ import annotations

from typing import Any

from masarat.analyse.frame import Frame
from masarat.analyse.joining import CODE, first_sale, followed, followed_until
from masarat.analyse.margins import with_margins

WITHOUT_CODE = " "  # an offer that takes something off but has no code; no code is a space
# Margins are worked out before orders are put in line: otherwise the lines of all products are sorted along, at four times the cost.
BEFORE_SORTING = {"query_plan_execute_functions_after_sorting": 0}
STRATA = 50_000  # groups of alike orders that are compared, the largest

# One row an order; those given away for nothing count where an offer did it. Who nobody is stands alone.
PLACED = """
SELECT customer_id, if(customer_id = 0, event_id, '') AS alone, ts, event_id, day, way, chosen, net, net + discount AS listed, discount, known,
       margin, if(code != '', code, if(discount > 0, ' ', '')) AS offer
FROM sold WHERE is_sale AND (net > 0 OR offer != '')"""

# Where it stands: which order of the customer's, the days of the first and of those before and after it.
NUMBERED = """
SELECT *, row_number() OVER (PARTITION BY customer_id, alone ORDER BY ts, event_id) AS nth,
       min(day) OVER whole AS first_day_ever, lagInFrame(day, 1, day) OVER whole AS before,
       leadInFrame(day, 1, toDate('1970-01-01')) OVER whole AS after
FROM placed
WINDOW whole AS (PARTITION BY customer_id, alone ORDER BY ts, event_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"""

# Of the period. Due: not sooner than three quarters of their usual gap after the order before, nor later than twice that gap.
ASKED = """
SELECT *, dateDiff('day', first_day_ever, before) AS span, dateDiff('day', before, day) * (nth - 2) AS waited,
       nth > 2 AND span > 0 AND customer_id != 0 AS has_rhythm, has_rhythm AND 4 * waited >= 3 * span AND waited <= 2 * span AS is_due
FROM numbered WHERE chosen AND day BETWEEN {first_day:Date} AND {last_day:Date}"""

SUMS = """count() AS orders, uniqExactIf(customer_id, customer_id != 0) AS customers, countIf(nth = 1 AND customer_id != 0) AS new_customers,
       sum(discount) AS discount, sum(net) AS revenue, sum(listed) AS listed, sum(known) AS known, sum(margin) AS margin"""

OFFERS = f"""
SELECT offer, {SUMS}, min(day) AS first_day, max(day) AS last_day, countIf(has_rhythm) AS rhythms, countIf(is_due) AS due
FROM asked GROUP BY offer ORDER BY offer != '', orders DESC, offer LIMIT {{offers:UInt32}}"""

TOTALS = """
SELECT count() AS orders, countIf(customer_id = 0) AS unidentified, countIf(offer != '') AS coupon_orders,
       uniqExactIf(customer_id, customer_id != 0 AND offer != '') AS customers,
       countIf(nth = 1 AND customer_id != 0 AND offer != '') AS new_customers, uniqExactIf(offer, offer != '') AS offers,
       sumIf(discount, offer != '') AS discount, sumIf(net, offer != '') AS revenue, sumIf(listed, offer != '') AS listed,
       sumIf(known, offer != '') AS known, sumIf(margin, offer != '') AS margin
FROM asked"""

# One row a customer, offer and month: the first such order, if it has been followed long enough.
UNITS = """
SELECT offer, toStartOfMonth(day) AS month, customer_id,
       argMin((day, least(nth, 6), way, toInt16(floor(log2(greatest(toFloat64(listed), 0.01)))), after), (ts, event_id)) AS one
FROM asked WHERE customer_id != 0 AND dateDiff('day', day, {seen:Date}) >= {age:UInt16}
GROUP BY offer, month, customer_id"""

# One row an offer and kind of order (month, whether the first, second, third to fifth or later, channel, value by doublings), with the like orders
# that had no offer.
COMPARED = """
SELECT offer, month, place, way, size, members, back, sumIf(members, offer = '') OVER alike AS others,
       sumIf(back, offer = '') OVER alike AS others_back
FROM (
    SELECT offer, month, multiIf(one.2 < 3, one.2, one.2 < 6, 3, 6) AS place, one.3 AS way, one.4 AS size, count() AS members,
           countIf(one.5 >= one.1 AND dateDiff('day', one.1, one.5) <= {age:UInt16}) AS back
    FROM units GROUP BY offer, month, place, way, size
)
WINDOW alike AS (PARTITION BY month, place, way, size)"""

STRATA_OF_OFFERS = """
SELECT offer, members, back, others, others_back FROM compared WHERE offer != ''
ORDER BY members DESC, offer, month, place, way, size LIMIT {strata:UInt32}"""


def redeeming(frame: Frame) -> dict[str, str]:
    """The steps up to `offers` (what each came to), `totals`, and `strata` (later orders of those who used one and of those like them)."""
    more = {
        "code": CODE,
        "way": "toString(channel)",
        "is_sale": "name = 'Order Completed'",
    }
    return {
        **with_margins(first_sale(frame, more)),
        "placed": PLACED,
        "numbered": NUMBERED,
        "asked": ASKED,
        "offers": OFFERS,
        "totals": TOTALS,
        "units": UNITS,
        "compared": COMPARED,
        "strata": STRATA_OF_OFFERS,
    }


def redeeming_values(frame: Frame, age: int, offers: int) -> dict[str, Any]:
    return followed(frame).values | {
        "first_day": frame.period.first,
        "last_day": frame.period.last,
        "seen": followed_until(frame),
        "age": age,
        "offers": offers + 1,  # and those without
        "strata": STRATA,
    }
