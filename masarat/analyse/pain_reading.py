"""The steps behind `pain_points`: tries at a touchpoint, hit by a trouble or spared, and what became of them; and on which days.

A try is a customer, a touchpoint and a week. One that met a trouble is followed from its first such moment, one that met none from its first
contact. Tries are compared within groups of equals: the same touchpoint, week, device and stage of the journey.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.analyse.period import Period
from masarat.analyse.stages import DAY, Rules
from masarat.analyse.touchpoints import contacts, touching

DIMENSIONS = ("device", "payment", "channel", "city")  # where a trouble may gather
VALUES = 20  # of each, those of most customers

FIRST = "argMinIf({0}, (at, event_id), {0} != '')"


def reading(frame: Frame, rules: Rules) -> dict[str, str]:
    """The steps up to `harm` (one row a touchpoint and trouble, the first row counts all) and `signs` (their days, by where they gathered)."""
    more = {name: name for name in ("device", "payment", "channel", "city")}
    at = {"at": "toUnixTimestamp64Milli(ts)", "net": frame.net()}
    return {
        **rules.people(frame),
        "contacts": contacts(frame, more, "at < {begin_until:Int64}"),
        "tries": TRIES,
        "sold": moves(replace(frame, segment=(), breakdown=""), "name = 'Order Completed'", more=at),
        "bought": "SELECT customer_id, arraySort(groupUniqArray(at)) AS bought_at FROM sold WHERE net > 0 GROUP BY customer_id",
        "followed": FOLLOWED,
        "groups": GROUPS,
        "harm": HARM,
        "met_on": MET_ON.format(
            who=" WHERE customer_id GLOBAL IN (SELECT customer_id FROM people)" if frame.segment else "",
            first=", ".join(f"{FIRST.format(name)} AS first_{name}" for name in DIMENSIONS),
        ),
        "signs": SIGNS.format(
            listed=", ".join(f"('{name}', toString(first_{name}))" for name in DIMENSIONS), values=VALUES
        ),
        "sales": replace(frame, segment=()).sales(),
        "money": "SELECT countIf(is_order) AS orders, toFloat64(sumIf(gross, is_order)) / nullIf(orders, 0) AS aov\n"
        "FROM sales WHERE ts < fromUnixTimestamp64Milli({begin_until:Int64}, 'UTC')",
    }


def values(frame: Frame, rules: Rules, days: int) -> dict[str, Any]:
    """What the steps bind: orders are looked for so many days after the period, too."""
    last = frame.facts.span(())
    end = frame.values["end"]
    seen_until = int(Period(*last).bounds(frame.settings.zone)[1].timestamp() * 1000) if last else end
    reach = Period(frame.period.first, frame.period.last + timedelta(days=days))
    return rules.values(replace(frame, period=reach)) | touching() | {
        "window": days * DAY,
        "begin_until": end,
        "seen_until": seen_until,
    }  # fmt: skip


# One row a customer, touchpoint and week: from when on, and the first moment of each trouble.
TRIES = f"""
SELECT customer_id, touch, toStartOfWeek(day, 0) AS week, min(at) AS first, {FIRST.format("device")} AS first_device,
       minMapIf([trouble], [at], trouble != 0) AS hits
FROM contacts GROUP BY customer_id, touch, week"""

# A row for each trouble of a try (0 where it was spared): the stage the customer was in, and whether they ordered in time afterwards.
FOLLOWED = """
SELECT customer_id, touch, week, first_device, trouble, path[arrayCount(step -> step.1 <= since, path)].2 AS stage,
       since + {window:Int64} <= {seen_until:Int64} AS is_over,
       arrayExists(one -> one >= since AND one <= since + {window:Int64}, bought_at) AS has_bought
FROM (
    SELECT customer_id, touch, week, first_device, item.1 AS trouble, item.2 AS since
    FROM tries ARRAY JOIN if(empty(hits.1), [(toUInt8(0), first)], arrayZip(hits.1, hits.2)) AS item
) AS tried
GLOBAL INNER JOIN (SELECT customer_id, path FROM paths) AS staged USING (customer_id)
GLOBAL LEFT JOIN bought USING (customer_id)"""

# Groups of equals, each trouble beside those who were spared.
GROUPS = """
SELECT *, max(if(trouble = 0, tries, 0)) OVER equals AS spared, max(if(trouble = 0, orders, 0)) OVER equals AS spared_orders
FROM (
    SELECT touch, week, first_device, stage, trouble, countIf(is_over) AS tries, countIf(is_over AND has_bought) AS orders,
           uniqExactState(customer_id) AS who, sumMap([stage], [toUInt64(1)]) AS stages
    FROM followed GROUP BY touch, week, first_device, stage, trouble
)
WINDOW equals AS (PARTITION BY touch, week, first_device, stage)"""

# Shares with half a try added to both outcomes, so that none is certain.
SPARED = "((spared_orders + 0.5) / (spared + 1))"
HIT = "((orders + 0.5) / (tries + 1))"
HARM = f"""
SELECT touch, trouble, uniqExactMerge(who) AS customers, sumMap(stages) AS stages, sumIf(tries, spared > 0) AS compared,
       sumIf(orders, spared > 0) AS made, toFloat64(sum(toDecimal128(tries * spared_orders / greatest(spared, 1), 8))) AS expected,
       toFloat64(sumIf(toDecimal128(tries * tries * {SPARED} * (1 - {SPARED}) / greatest(spared, 1) + tries * {HIT} * (1 - {HIT}), 8),
                       spared > 0)) AS variance
FROM groups GROUP BY GROUPING SETS ((touch, trouble), ())
ORDER BY grouping(touch) DESC, touch, trouble"""

# One row a customer, touchpoint and day, with the troubles met and where.
MET_ON = """
SELECT customer_id, touch, day, arraySort(groupUniqArrayIf(trouble, trouble != 0)) AS troubles, {first},
       argMinIf(page, (trouble = 0, at, event_id), page != '') AS first_page
FROM contacts{who} GROUP BY customer_id, touch, day"""

SIGNS = """
SELECT touch, trouble, place.1 AS kind, place.2 AS value, count() AS times, sumMap([day], [toUInt64(1)]) AS days
FROM (
    SELECT *, trouble, arrayMap(other -> ('with', toString(other)), arrayFilter(other -> other != trouble AND trouble != 0, troubles)) AS beside
    FROM met_on ARRAY JOIN arrayConcat([toUInt8(0)], troubles) AS trouble
)
ARRAY JOIN arrayConcat([('', ''), ('page', toString(first_page)), {listed}], beside) AS place
WHERE kind = '' OR value != ''
GROUP BY touch, trouble, kind, value
ORDER BY touch, trouble, kind, times DESC, value LIMIT {values} BY touch, trouble, kind"""
