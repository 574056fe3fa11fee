"""The steps behind `pain_points`: moments at a touchpoint, with a trouble or without, and what became of them; and on which days.

A try is a customer, a touchpoint and a week. Each moment of it up to the first trouble is one at which a trouble might have come: where one
came, the customer is followed from there, and where none came, from there, too (emulated trials, Hernán and Robins 2016). So whoever goes on
for long does not count as spared for having been lucky once. Moments are compared within groups of equals: the same touchpoint, week, device
and stage of the journey.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.analyse.period import Period
from masarat.analyse.stages import DAY, Rules
from masarat.analyse.touchpoints import TROUBLES, contacts, touching
from masarat.analyse.visits import MOMENT

DIMENSIONS = ("device", "payment", "channel", "city")  # where a trouble may gather
VALUES = 20  # of each, those of most customers

# Touchpoints on the way to an order. For a day after an order there is none to be lost there: the page of thanks is loaded again, and all is well.
LEADING = ("offer", "site", "help", "account", "search", "list", "product", "cart", "checkout", "payment")
VISIT = 30 * 60 * 1000  # milliseconds within which a trouble is of the moment before it

FIRST = "argMinIf({0}, moment, {0} != '')"


def reading(frame: Frame, rules: Rules) -> dict[str, str]:
    """The steps up to `harm` (one row a touchpoint and trouble, the first row counts all) and `signs` (their days, by where they gathered)."""
    more = {name: name for name in DIMENSIONS} | {"moment": MOMENT}
    at = {"at": "toUnixTimestamp64Milli(ts)", "net": frame.net()}
    return {
        **rules.people(frame),
        "contacts": contacts(frame, more, "at < {begin_until:Int64}"),
        "tries": TRIES,
        "calm": CALM,
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
        "leading": list(LEADING),
        "beside": [number for number, one in enumerate(TROUBLES, 1) if not one.is_contact],
        "begin_until": end,
        "seen_until": seen_until,
    }  # fmt: skip


# One row a customer, touchpoint and week: its moments without trouble, and the first of each trouble.
TRIES = f"""
SELECT customer_id, touch, toStartOfWeek(day, 0) AS week, {FIRST.format("device")} AS first_device,
       arraySort(groupArrayIf(at, trouble = 0)) AS quiet, minMapIf([trouble], [at], trouble != 0) AS hits
FROM contacts GROUP BY customer_id, touch, week"""

# What comes before the first trouble. A trouble that is told beside a contact (the page, and its error) is of the moment just before it.
CALM = f"""
SELECT customer_id, touch, week, first_device, arrayZip(hits.1, hits.2) AS met,
       arrayMin(if(empty(hits.2), [{{seen_until:Int64}}], hits.2)) AS first,
       notEmpty(met) AND has({{beside:Array(UInt8)}}, arraySort(one -> (one.2, one.1), met)[1].1) AS is_beside,
       arrayFilter(at -> at < first + is_beside, quiet) AS before,
       if(is_beside AND before[-1] > first - {VISIT}, arrayPopBack(before), before) AS calm
FROM tries"""

# A row for each trouble of a try, and one for its moments without (trouble 0), by the stage at that time: how many can be compared, and how
# many of them were followed by an order in time. An order of the same millisecond comes after what leads to it.
FOLLOWED = f"""
SELECT customer_id, touch, week, first_device, moment.1 AS trouble, path[arrayCount(step -> step.1 <= moment.2, path)].2 AS stage,
       countIf(is_compared) AS own,
       countIf(is_compared AND arrayExists(one -> one > since AND one <= moment.2 + {{window:Int64}}, bought_at)) AS own_orders
FROM (
    SELECT customer_id, touch, week, first_device, path, bought_at, moment, moment.2 - leads AS since,
           has({{leading:Array(String)}}, touch) AS leads, moment.2 + {{window:Int64}} <= {{seen_until:Int64}}
               AND NOT (leads AND arrayExists(one -> one <= since AND one > since - {DAY}, bought_at)) AS is_compared
    FROM calm
    GLOBAL INNER JOIN (SELECT customer_id, path FROM paths) AS staged USING (customer_id)
    GLOBAL LEFT JOIN bought USING (customer_id)
    ARRAY JOIN arrayConcat(met, arrayMap(at -> (toUInt8(0), at), calm)) AS moment
)
GROUP BY customer_id, touch, week, first_device, trouble, stage"""

# Groups of equals, each trouble beside those who were spared. Of one try the moments are much the same: `spared_tries` says how many that
# are independent they are worth (Kish 1965).
GROUPS = """
SELECT *, max(if(trouble = 0, moments, 0)) OVER equals AS spared, max(if(trouble = 0, orders, 0)) OVER equals AS spared_orders,
       max(if(trouble = 0, squares, 0)) OVER equals AS spared_squares, greatest(spared * spared / greatest(spared_squares, 1), 1) AS spared_tries
FROM (
    SELECT touch, week, first_device, stage, trouble, sum(own) AS moments, sum(own_orders) AS orders, sum(own * own) AS squares,
           uniqExactState(customer_id) AS who, sumMap([stage], [toUInt64(1)]) AS stages
    FROM followed GROUP BY touch, week, first_device, stage, trouble
)
WINDOW equals AS (PARTITION BY touch, week, first_device, stage)"""

# Shares with half a try added to both outcomes, so that none is certain.
SPARED = "((spared_orders / greatest(spared, 1) * spared_tries + 0.5) / (spared_tries + 1))"
HIT = "((orders + 0.5) / (moments + 1))"
HARM = f"""
SELECT touch, trouble, uniqExactMerge(who) AS customers, sumMap(stages) AS stages, sumIf(moments, spared > 0) AS compared,
       sumIf(orders, spared > 0) AS made, toFloat64(sum(toDecimal128(moments * spared_orders / greatest(spared, 1), 8))) AS expected,
       toFloat64(sumIf(toDecimal128(moments * moments * {SPARED} * (1 - {SPARED}) / spared_tries + moments * {HIT} * (1 - {HIT}), 8),
                       spared > 0)) AS variance
FROM groups GROUP BY GROUPING SETS ((touch, trouble), ())
ORDER BY grouping(touch) DESC, touch, trouble"""

# One row a customer, touchpoint and day, with the troubles met and where.
MET_ON = """
SELECT customer_id, touch, day, arraySort(groupUniqArrayIf(trouble, trouble != 0)) AS troubles, {first},
       argMinIf(page, if(trouble = 0, moment + bitShiftLeft(toUInt64(1), 62), moment), page != '') AS first_page
FROM contacts{who} GROUP BY customer_id, touch, day"""

SIGNS = """
SELECT touch, trouble, kind, value, sum(n) AS times, (groupArray(day), groupArray(n)) AS days
FROM (
    SELECT touch, trouble, place.1 AS kind, place.2 AS value, day, count() AS n
    FROM (
        SELECT *, trouble, arrayMap(other -> ('with', toString(other)), arrayFilter(other -> other != trouble AND trouble != 0, troubles)) AS beside
        FROM met_on ARRAY JOIN arrayConcat([toUInt8(0)], troubles) AS trouble
    )
    ARRAY JOIN arrayConcat([('', ''), ('page', toString(first_page)), {listed}], beside) AS place
    WHERE kind = '' OR value != ''
    GROUP BY touch, trouble, kind, value, day
)
GROUP BY touch, trouble, kind, value
ORDER BY touch, trouble, kind, times DESC, value LIMIT {values} BY touch, trouble, kind"""
