"""Customers as they were known at dates: the numbers from which it is foreseen who orders, and whether they did. In one pass over the log."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from masarat.analyse.frame import SALES, SOLD, Frame
from masarat.analyse.moves import moves
from masarat.analyse.visits import MOMENT
from masarat.models.churn import Known
from masarat.models.rhythm import rhythm
from masarat.store import Row

DATES = 5  # now, and four before, as far apart as the days that are foreseen
LENGTHS = (14, 30, 45, 60, 90, 120, 180)  # days that can be foreseen
MOST = 30_000  # customers at each date
SAMPLED = 100_000  # of so many orders customers at earlier dates are sampled
MATTERS = ("Email Opened", "Ticket Opened", "Delivery Refused", "Order Delivered", "Survey Answered")
UNKNOWN = -1.0  # a score that was never given

# What SQL counts of each customer at each date, in this order.
COUNTED = {
    "recency": "cut - days[-1]",
    "tenure": "cut - days[1]",
    "known_for": "cut - min(on_day)",
    "orders": "countIf(is_order AND before)",
    "money": "sumIf(net, before)",
    "gaps": "length(days) - 1",
    "gap_logs": "arraySum(gap -> log(gap), gaps)",
    "gap_squares": "arraySum(gap -> pow(log(gap), 2), gaps)",
    "lately": "countIf(is_order AND before AND on_day >= cut - 90)",
    "visits_30": "uniqExactIf(session_id, before AND session_id != '' AND on_day >= cut - 30)",
    "visits_90": "uniqExactIf(session_id, before AND session_id != '' AND on_day >= cut - 90)",
    "visits_older": "uniqExactIf(session_id, before AND session_id != '' AND on_day >= cut - 365 AND on_day < cut - 30)",
    "opened_90": "countIf(before AND name = 'Email Opened' AND on_day >= cut - 90)",
    "opened_older": "countIf(before AND name = 'Email Opened' AND on_day >= cut - 365 AND on_day < cut - 90)",
    "tickets_90": "countIf(before AND name = 'Ticket Opened' AND on_day >= cut - 90)",
    "refunds": "countIf(before AND name = 'Order Refunded' AND net < 0 AND on_day >= cut - 365)",
    "refused": "countIf(before AND name = 'Delivery Refused' AND on_day >= cut - 90)",
    "late": "countIf(before AND is_late AND on_day >= cut - 90)",
    "score": f"if(countIf(before AND scored >= 0) = 0, {UNKNOWN}, argMaxIf(scored, moment, before AND scored >= 0))",
    "coupons": "countIf(is_order AND before AND coupon != '')",
}
# What is made of it, and what the models are given.
MADE = ("order_value", "coupon_share", "gap", "ratio", "unusual", "visits_usual", "opened_usual", "channel")
GIVEN = (
    "recency", "tenure", "orders", "money", "gaps", "lately", "visits_30", "visits_90", "visits_usual", "opened_90", "opened_usual",
    "tickets_90", "refunds", "refused", "late", "score", "order_value", "coupon_share", "gap", "ratio", "unusual", "channel",
)  # fmt: skip

# An answer on the scales of asking (see metrics/asking.py), from 0 to 1; below 0 for no answer.
SURVEY = "splitByChar('-', lower(toString(props.survey)))"
ANSWER = "toFloat64OrNull(toString(props.score))"
SCORED = f"""ifNull(multiIf(name != 'Survey Answered', {UNKNOWN},
           has({SURVEY}, 'nps') AND {ANSWER} BETWEEN 0 AND 10, {ANSWER} / 10,
           has({SURVEY}, 'csat') AND {ANSWER} BETWEEN 1 AND 5, ({ANSWER} - 1) / 4, {UNKNOWN}), {UNKNOWN})"""

# What came within thirty days after it happened was known when it came; what came later is history that was brought in, and was known when
# it happened.
KNOWN_ON = "toInt32(if(received_at > ts AND received_at < ts + INTERVAL 30 DAY, toDate(toTimeZone(received_at, {timezone:String})), day))"

GAPS = """
SELECT customer_id, arraySort(groupUniqArray(toInt32(day))) AS days,
       arrayJoin(arrayMap((one, next) -> next - one, arrayPopBack(days), arrayPopFront(days))) AS gap
FROM told WHERE is_order GROUP BY customer_id"""

HORIZON = """
SELECT toInt32(if({days:Int32} > 0, {days:Int32}, arrayMax(arrayFilter(
           length -> length <= greatest(14, least(usual, {longest:Int32})), {lengths:Array(Int32)})))) AS horizon
FROM (SELECT quantileExact(0.75)(gap) AS usual FROM gaps)"""

AT_DATES = """
SELECT *, toInt32(day) AS on_day, known_on < cut AS before
FROM (
    SELECT *, (SELECT horizon FROM shop) AS ahead, arrayJoin(arrayFilter((cut, nth) -> toInt32(day) < cut + if(is_order, ahead, 0)
                  AND (nth = 0 OR cut >= {first_day:Int32} + ahead AND cityHash64(customer_id) % {one_in:UInt32} = 0),
               arrayMap(nth -> toInt32({until:Int32} - nth * ahead), range({dates:UInt8})), range({dates:UInt8}))) AS cut
    FROM told WHERE customer_id GLOBAL IN (SELECT customer_id FROM told WHERE is_order)
)"""

DESCRIBED = f"""
SELECT customer_id, cut, any(ahead) AS horizon, cut = {{until:Int32}} AS is_now,
       countIf(is_order AND on_day >= cut) = 0 AS silent,
       arraySort(groupUniqArrayIf(on_day, is_order AND before)) AS days,
       arrayMap((one, next) -> next - one, arrayPopBack(days), arrayPopFront(days)) AS gaps,
       [{", ".join(f"toFloat64({sql})" for sql in COUNTED.values())}] AS counted,
       argMinIf(channel, moment, is_order AND before) AS came_by,
       argMaxIf(topic, moment, before AND name = 'Ticket Opened') AS topic,
       argMin(visitor_id, (xxHash64(visitor_id) != customer_id, ts, visitor_id)) AS customer
FROM at_dates GROUP BY customer_id, cut HAVING length(days) > 0"""

# At each date at most so many: now those with the most money, before at random.
CHOSEN = f"""
SELECT customer_id, customer, cut, horizon, is_now, silent, counted, came_by, topic
FROM described
ORDER BY cut, if(is_now, -counted[{list(COUNTED).index("money") + 1}], 0), cityHash64(customer_id), customer_id
LIMIT {{most:UInt32}} BY cut"""


def habits(frame: Frame, days: int) -> tuple[dict[str, str], dict[str, Any]]:
    """The steps up to `chosen`, a customer a row at each date, and what they bind; with 0 days the shop's own gaps tell how far is foreseen:
    as long as three of four gaps are, at most a quarter of the time that is known."""
    steps = {
        "told": moves(
            frame,
            f"{SOLD} OR name IN {{matters:Array(String)}} OR session_id != ''",
            more={
                "net": frame.net(),
                "is_order": "name = 'Order Completed' AND net > 0",
                "known_on": KNOWN_ON,
                "is_late": "name = 'Order Delivered' AND toFloat64OrZero(toString(props.late_days)) > 0",
                "scored": SCORED,
                "topic": "toString(props.topic)",
                "visitor_id": "visitor_id",
                "channel": "channel",
                "coupon": "coupon",
                "moment": MOMENT,
            },
            history=True,
        ),
        "gaps": GAPS,
        "shop": HORIZON,
        "at_dates": AT_DATES,
        "described": DESCRIBED,
        "chosen": CHOSEN,
    }
    first, last = frame.facts.span(SALES) or (frame.period.first, frame.period.last)
    until = min(frame.period.last, last) + timedelta(days=1)
    values = frame.values | {
        "matters": list(MATTERS),
        "days": days,
        "longest": (until - first).days // 4,
        "lengths": list(LENGTHS),
        "first_day": _number(first),
        "until": _number(until),
        "dates": DATES,
        "one_in": max(1, frame.facts.counts.get("Order Completed", 0) // SAMPLED),
        "most": MOST,
    }
    return steps, values


def until(frame: Frame) -> date:
    """The day after the last that is known."""
    _, last = frame.facts.span(SALES) or (frame.period.first, frame.period.last)
    return min(frame.period.last, last) + timedelta(days=1)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def known(rows: list[Row]) -> tuple[list[Known], Known]:
    """Customers at the earlier dates, the oldest first, and now."""
    channels = {name: nth for nth, name in enumerate(sorted({row["came_by"] for row in rows}))}
    earlier = [
        _known([row for row in rows if row["cut"] == cut], channels)
        for cut in sorted({row["cut"] for row in rows if not row["is_now"]})
    ]
    return earlier, _known([row for row in rows if row["is_now"]], channels)


def _known(rows: list[Row], channels: dict[str, int]) -> Known:
    table = np.array([row["counted"] for row in rows], dtype=np.float64).reshape(len(rows), len(COUNTED))
    numbers = {name: table[:, nth] for nth, name in enumerate(COUNTED)}
    counts = Known(numbers, np.array([bool(row["silent"]) for row in rows], dtype=bool))
    found, gaps = rhythm(counts.gaps), counts.gaps
    orders = np.maximum(numbers["orders"], 1)
    gap = found.gap(gaps) if found else np.full(len(rows), np.exp(_mean_log(counts)))
    older = np.minimum(numbers["known_for"], 365.0)
    made = {
        "order_value": np.maximum(numbers["money"], 0) / orders,
        "coupon_share": numbers["coupons"] / orders,
        "gap": gap,
        "ratio": numbers["recency"] / np.maximum(gap, 1),
        "unusual": found.unusual(gaps) if found else np.ones(len(rows)),
        "visits_usual": _usual(numbers["visits_older"], older - 30, 30),
        "opened_usual": _usual(numbers["opened_older"], older - 90, 90),
        "channel": np.array([channels[row["came_by"]] for row in rows], dtype=np.float64),
    }
    return Known(numbers | made, counts.silent)


def _mean_log(counts: Known) -> float:
    many = float(counts.numbers["gaps"].sum())
    return float(counts.numbers["gap_logs"].sum()) / many if many else 0.0


def _usual(many: Any, over: Any, days: int) -> Any:
    """How many came in so many days before; none where it is known for less than these."""
    return np.where(over >= days, many * days / np.maximum(over, days), 0.0)
