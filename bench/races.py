"""For each question about behaviour the best SQL we know by hand: it reads what it needs and nothing more, looks up merged identities as the
question does, and comes to the same figures, which `bench.behaviour` compares.

Each is written for one set of parameters, days in the shop's zone, with none of what makes a question general: other steps, a segment, a
calendar, Arabic. What it leaves out of the question's answer is said in its first line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from masarat.analyse import Analysis, Answer
from masarat.analyse.breakdown import Breakdown
from masarat.analyse.flow_graph import FlowGraph
from masarat.analyse.funnel import Funnel
from masarat.analyse.growth import Growth
from masarat.analyse.journey import Journey
from masarat.analyse.lifecycle import Lifecycle
from masarat.analyse.pages import Pages
from masarat.analyse.parted import Measure
from masarat.analyse.paths import Paths
from masarat.analyse.retention import Retention
from masarat.analyse.sessions import Sessions
from masarat.analyse.stickiness import Stickiness

Figures = list[tuple[Any, ...]]

STEPS = ("Product Viewed", "Product Added", "Checkout Started", "Order Completed")
OWNER = "dictGetOrDefault('identity', 'owner', customer_id, owner)"
DAY = "toDate(ts, 'Asia/Riyadh')"
MONTH = f"toStartOfMonth({DAY})"
MONTHS = f"toYear({DAY}) * 12 + toMonth({DAY})"
PAGE = "concat('/', substring(toValidUTF8(decodeURLComponent(path(toLowCardinality(url)))), 2))"
TOLD = "('Page Left', 'Page Reloaded', 'Web Vitals Measured', 'Error Seen', 'Consent Changed', 'Experiment Viewed')"
SOLD = "name IN ('Order Completed', 'Order Refunded') AND currency = 'SAR'"


@dataclass(frozen=True, slots=True)
class Race:
    """A question, SQL by hand for the same figures, and where they stand in the answer."""

    question: Analysis
    by_hand: str
    figures: Callable[[Answer], Figures]
    more: bool = False  # the SQL tells more rows behind these, which the answer draws in another way
    is_part: bool = (
        False  # the SQL tells a part of what the question tells: shown, and not counted against it
    )


def columns(rows: Iterable[dict[str, Any]], *names: str) -> Figures:
    return [tuple(row[name] for name in names) for row in rows]


def _lists(answer: Answer) -> list[list[dict[str, Any]]]:
    """The lists that stand below one another in the answer."""
    return [list(rows) for _, rows in groupby(answer.rows, key=lambda row: row["part"])]


def numbers(answer: Answer, *names: str) -> Figures:
    known = {number.name: number.value for number in answer.numbers}
    return [tuple(known[name] for name in names)]


def funnel() -> Race:
    """Four steps within a week: levels by windowFunnel and money in the same pass, without the times that the question tells."""
    tests = ", ".join(f"name = '{name}'" for name in STEPS)

    def figures(answer: Answer) -> Figures:
        reached = [*columns(answer.rows, "customers", "revenue"), (0, 0.0)]
        return [(level, a[0] - b[0], a[1] - b[1]) for level, (a, b) in enumerate(pairwise(reached), 1)]

    return Race(
        Funnel(steps=STEPS, within="7d"),
        f"""
SELECT level, count() AS customers, sum(revenue) AS revenue FROM (
    SELECT {OWNER} AS customer,
           windowFunnel(604800000)(toUInt64(toUnixTimestamp64Milli(ts)), {tests}) AS level,
           sumIf(revenue, name IN ('Order Completed', 'Order Refunded') AND currency = 'SAR') AS revenue
    FROM events WHERE name IN {(*STEPS, "Order Refunded")} AND customer_id != 0 GROUP BY customer)
WHERE level > 0 GROUP BY level ORDER BY level""",
        figures,
    )


def sessions() -> Race:
    """Visits by day and all together."""
    names = ("visits", "visitors", "page_views", "bounce_rate", "conversion", "length")
    return Race(
        Sessions(by="day"),
        f"""
SELECT count() AS visits, uniqExact(customer) AS visitors, sum(views) AS page_views,
       countIf(views < 2 AND deeds = 0 AND length < 10) / visits AS bounce_rate, countIf(bought) / visits AS conversion,
       quantileExactInclusive(0.5)(length) AS long
FROM (
    SELECT {OWNER} AS customer, cityHash64(session_id) AS visit, toDate(min(ts), 'Asia/Riyadh') AS day,
           countIf(name IN ('Page Viewed', 'Screen Viewed')) AS views,
           countIf(name NOT IN ('Page Viewed', 'Screen Viewed') AND name NOT IN {TOLD}) AS deeds,
           countIf(name = 'Order Completed') > 0 AS bought, dateDiff('millisecond', min(ts), max(ts)) / 1000 AS length
    FROM events WHERE customer_id != 0 AND session_id != '' GROUP BY customer, visit)
GROUP BY GROUPING SETS ((day), ()) ORDER BY grouping(day) DESC, day""",
        lambda answer: (
            numbers(answer, *names) + columns([row for row in answer.rows if row["visits"]], *names)
        ),
    )


def pages() -> Race:
    """Every page, without what pages would tell of attention, speed and errors: the events made here tell none."""
    names = ("page", "visits", "visitors", "views", "entries", "exits", "bounce_rate", "conversion")
    return Race(
        Pages(limit=1000),
        f"""
WITH visits AS (
    SELECT customer, groupArray(place) AS places, groupArray(is_view) AS viewed, argMin(place, at) AS entry, argMax(place, at) AS exit,
           sum(is_view) < 2 AND count() = sum(is_view) AND bitShiftRight(max(at), 20) - bitShiftRight(min(at), 20) < 10000 AS bounced,
           max(is_order) AS bought
    FROM (
        SELECT {OWNER} AS customer, cityHash64(session_id) AS visit, cityHash64({PAGE}) AS place, name = 'Order Completed' AS is_order,
               name IN ('Page Viewed', 'Screen Viewed') AS is_view,
               bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts)), 20) + bitAnd(place, 1048575) AS at
        FROM events WHERE customer_id != 0 AND session_id != '' AND url != '' AND name NOT IN {TOLD})
    GROUP BY customer, visit)
SELECT page, visits, visitors, views, entries, exits, bounced / nullIf(entries, 0), bought / visits FROM (
    SELECT place, countIf(nth = 1) AS visits, uniqExact(customer) AS visitors, sum(is_view) AS views,
           countIf(nth = 1 AND place = entry) AS entries, countIf(nth = 1 AND place = exit) AS exits,
           countIf(nth = 1 AND place = entry AND bounced) AS bounced, countIf(nth = 1 AND bought) AS bought
    FROM visits ARRAY JOIN places AS place, viewed AS is_view, arrayEnumerateUniq(places) AS nth GROUP BY place) AS counted
INNER JOIN (SELECT DISTINCT {PAGE} AS page, cityHash64(page) AS place FROM events WHERE url != '') AS named USING (place)
ORDER BY visits DESC, page""",
        lambda answer: columns(answer.rows, *names),
    )


def paths() -> Race:
    """The first five pages of every visit: the most common paths, every link, where those stopped who did not buy."""

    def figures(answer: Answer) -> Figures:
        ((visits, followed, left),) = numbers(answer, "visits", "followed", "left")
        paths, lefts = _lists(answer)
        return [
            ("all", visits, visits),
            *(("left", row["visits"], left) for row in lefts),
            *(("path", row["visits"], followed) for row in paths),
        ]

    return Race(
        Paths(limit=400),
        f"""
WITH walks AS (
    SELECT customer, arraySort((place, at) -> at, groupArray(place), groupArray(at)) AS places, countIf(is_order) > 0 AS bought
    FROM (SELECT {OWNER} AS customer, cityHash64(session_id) AS visit, cityHash64({PAGE}) AS place, name = 'Order Completed' AS is_order,
                 bitShiftLeft(toUInt64(toUnixTimestamp64Milli(ts)), 20) + bitAnd(place, 1048575) AS at
          FROM events WHERE customer_id != 0 AND session_id != '' AND url != '' AND name NOT IN {TOLD})
    GROUP BY customer, visit),
told AS (
    SELECT customer, item.1 AS part, item.2 AS step, item.3 AS path
    FROM (SELECT customer, bought, places[-1] AS last, arrayCompact(places) AS folded, arraySlice(folded, 1, 5) AS kept FROM walks)
    ARRAY JOIN arrayConcat(
        [('all', toUInt32(0), emptyArrayUInt64()), ('path', toUInt32(0), kept)], if(bought, [], [('left', toUInt32(0), [last])]),
        arrayMap((here, after, at) -> ('link', at, [here, after]), kept,
                 arrayPushBack(arrayPopFront(kept), toUInt64(length(folded) > 5)), arrayEnumerate(kept))) AS item),
listed AS (
    SELECT *, sum(visits) OVER (PARTITION BY part, step) AS level, count() OVER (PARTITION BY part, step) AS different
    FROM (SELECT part, step, path, count() AS visits, uniqExact(customer) AS customers FROM told GROUP BY part, step, path)
    ORDER BY visits DESC, path LIMIT 400 BY part, step),
named AS (SELECT DISTINCT {PAGE} AS page, cityHash64(page) AS place FROM events WHERE url != '')
SELECT part, visits, level, customers, different, arrayMap(each -> each.2, arraySort(groupArray((at, page)))) AS pages
FROM (SELECT *, place, at FROM listed LEFT ARRAY JOIN path AS place, arrayEnumerate(path) AS at) AS apart
LEFT JOIN named USING (place) GROUP BY part, step, path, visits, level, customers, different
ORDER BY part = 'link', part, visits DESC""",
        figures,
        more=True,
    )


def flow_graph() -> Race:
    """What follows what within a visit, how often and how fast; begins, ends and whole shapes. Within a millisecond by ids, as the question."""

    def figures(answer: Answer) -> Figures:
        ((walks, links),) = numbers(answer, "walks", "transitions")
        lists = dict(zip(("link", "begins", "ends", "variant"), _lists(answer), strict=True))
        told = [
            (part, row["times"], links if part == "link" else walks, row["median_time"])
            for part in sorted(lists)
            for row in sorted(lists[part], key=lambda row: (-row["times"], row["median_time"] or 0))
        ]
        return [("all", walks, walks, None), *told]

    return Race(
        FlowGraph(within="visit", limit=400),
        f"""
WITH walks AS (
    SELECT customer, arraySort(groupArray(at)) AS moments, arraySort((place, at) -> at, groupArray(place), groupArray(at)) AS places
    FROM (SELECT {OWNER} AS customer, cityHash64(session_id) AS visit, cityHash64(name) AS place,
                 bitShiftLeft(toUInt128(toUnixTimestamp64Milli(ts)), 64) + reinterpretAsUInt64(reverse(substring(event_id, 1, 8))) AS at
          FROM events WHERE customer_id != 0 AND session_id != '' AND name NOT IN {TOLD})
    GROUP BY customer, visit),
told AS (
    SELECT customer, item.1 AS part, item.2 AS path, item.3 AS seconds
    FROM (SELECT customer, places, arrayMap(at -> toInt64(bitShiftRight(at, 64)), moments) AS times FROM walks)
    ARRAY JOIN arrayConcat(
        [('all', emptyArrayUInt64(), 0.), ('begins', [places[1]], 0.), ('ends', [places[-1]], 0.), ('variant', places, 0.)],
        arrayMap((here, after, left, reached) -> ('link', [here, after], (reached - left) / 1000),
                 arrayPopBack(places), arrayPopFront(places), arrayPopBack(times), arrayPopFront(times))) AS item),
listed AS (
    SELECT *, sum(times) OVER (PARTITION BY part) AS level, count() OVER (PARTITION BY part) AS different
    FROM (SELECT part, path, count() AS times, uniqExact(customer) AS customers,
                 if(part = 'link', quantileExactInclusive(0.5)(seconds), NULL) AS median FROM told GROUP BY part, path)
    ORDER BY times DESC, path LIMIT 400 BY part),
named AS (SELECT DISTINCT name, cityHash64(name) AS place FROM events)
SELECT part, times, level, median, customers, different, arrayMap(each -> each.2, arraySort(groupArray((at, name)))) AS names
FROM (SELECT *, place, at FROM listed LEFT ARRAY JOIN path AS place, arrayEnumerate(path) AS at) AS apart LEFT JOIN named USING (place)
GROUP BY part, path, times, level, median, customers, different ORDER BY part != 'all', part, times DESC, median""",
        figures,
    )


def retention() -> Race:
    """Customers by the month of their first order, and how many of each month ordered again in each later one."""

    def figures(answer: Answer) -> Figures:
        cells = columns(answer.rows, "cohort", "nth", "customers", "came")
        return [cell for cell in cells if cell[3]]

    return Race(
        Retention(),
        f"""
SELECT toDate(concat(toString(intDiv(first - 1, 12)), '-', leftPad(toString((first - 1) % 12 + 1), 2, '0'), '-01')) AS cohort,
       at - first AS nth, max(count()) OVER (PARTITION BY first) AS customers, count() AS came
FROM (
    SELECT {OWNER} AS customer, groupUniqArray({MONTHS}) AS months, arrayMin(months) AS first
    FROM events WHERE name = 'Order Completed' AND customer_id != 0 GROUP BY customer)
ARRAY JOIN months AS at GROUP BY first, at ORDER BY first, at""",
        figures,
    )


def lifecycle() -> Race:
    """Who was new, stayed, came back and fell silent, month by month."""
    names = ("start", "new", "returning", "resurrecting", "dormant")
    return Race(
        Lifecycle(),
        f"""
SELECT toDate(concat(toString(intDiv(at - 1, 12)), '-', leftPad(toString((at - 1) % 12 + 1), 2, '0'), '-01')) AS start,
       countIf(at = first) AS new, countIf(at != first AND has(months, at) AND has(months, at - 1)) AS returning,
       countIf(at != first AND has(months, at) AND NOT has(months, at - 1)) AS resurrecting, -toInt64(countIf(NOT has(months, at))) AS dormant
FROM (
    SELECT {OWNER} AS customer, groupUniqArray({MONTHS}) AS months, arrayMin(months) AS first
    FROM events WHERE name = 'Order Completed' AND customer_id != 0 GROUP BY customer)
ARRAY JOIN arrayDistinct(arrayConcat(months, arrayMap(at -> at + 1, months))) AS at
WHERE at <= (SELECT toYear(toDate(max(ts), 'Asia/Riyadh')) * 12 + toMonth(toDate(max(ts), 'Asia/Riyadh')) FROM events)
GROUP BY at ORDER BY at""",
        lambda answer: columns(answer.rows, *names),
    )


def stickiness() -> Race:
    """On how many days customers looked at a page, and the customers of an average day by those of its thirty days."""

    def figures(answer: Answer) -> Figures:
        ((daily, monthly),) = numbers(answer, "daily", "monthly")
        return [*columns(answer.rows, "times", "customers"), (daily, monthly)]

    return Race(
        Stickiness(),
        f"""
WITH assumeNotNull((SELECT toInt32(toDate(min(ts), 'Asia/Riyadh')) + 29 FROM events)) AS begin,
     assumeNotNull((SELECT toInt32(toDate(max(ts), 'Asia/Riyadh')) FROM events)) AS last,
counted AS (
    SELECT length(days) AS times, arrayCount(day -> day >= begin, days) AS daily,
           arraySum(arrayMap((day, next) -> greatest(0, least(day + 30, next, last + 1) - greatest(day, begin)),
                             days, arrayPushBack(arrayPopFront(days), 2147483647))) AS monthly
    FROM (SELECT {OWNER} AS customer, arraySort(groupUniqArray(toInt32({DAY}))) AS days
          FROM events WHERE name = 'Page Viewed' AND customer_id != 0 GROUP BY customer))
SELECT if(grouping(times) = 0, toFloat64(times), sum(daily) / (last - begin + 1)) AS one,
       if(grouping(times) = 0, toFloat64(count()), sum(monthly) / (last - begin + 1)) AS two
FROM counted GROUP BY GROUPING SETS ((times), ()) ORDER BY grouping(times), times""",
        figures,
    )


def growth() -> Race:
    """What the change of revenue is made of, month by month."""
    names = ("start", "net", "new", "resurrected", "expanded", "contracted", "churned", "other")
    return Race(
        Growth(),
        f"""
WITH people AS (
    SELECT {OWNER} AS customer, minIf({MONTHS} AS at, name = 'Order Completed' AND revenue > 0) AS first,
           groupUniqArrayIf(at, name = 'Order Completed' AND revenue > 0) AS ordered, sumMap([at], [revenue]) AS nets
    FROM events WHERE {SOLD} GROUP BY customer),
told AS (
    SELECT customer, at, nets.2[indexOf(nets.1, at)] AS net, nets.2[indexOf(nets.1, at - 1)] AS had, net - had AS more,
           multiIf(customer = 0, 'other', has(ordered, at) AND at = first, 'new', has(ordered, at) AND has(ordered, at - 1), 'kept',
                   has(ordered, at), 'back', has(ordered, at - 1), 'gone', 'other') AS kind
    FROM people ARRAY JOIN arrayDistinct(arrayConcat(nets.1, arrayMap(at -> at + 1, nets.1))) AS at)
SELECT toDate(concat(toString(intDiv(at - 1, 12)), '-', leftPad(toString((at - 1) % 12 + 1), 2, '0'), '-01')) AS start, sum(told.net),
       sumIf(more, kind = 'new'), sumIf(more, kind = 'back'), sumIf(greatest(more, 0), kind = 'kept'),
       sumIf(least(more, 0), kind = 'kept'), sumIf(more, kind = 'gone'), sumIf(more, kind = 'other')
FROM told WHERE at <= (SELECT toYear(toDate(max(ts), 'Asia/Riyadh')) * 12 + toMonth(toDate(max(ts), 'Asia/Riyadh')) FROM events WHERE {SOLD})
GROUP BY at ORDER BY at""",
        lambda answer: columns(answer.rows, *names),
    )


def _breakdown(measure: Measure, sql: str) -> Race:
    names = ("start", "part", measure)
    return Race(
        Breakdown(step="Page Viewed", measure=measure, dimension="device"),
        f"""
SELECT {MONTH} AS start, device, {sql} FROM events WHERE name = 'Page Viewed' AND customer_id != 0
GROUP BY GROUPING SETS ((start, device), (device), ()) ORDER BY grouping(start), grouping(device), start, device""",
        lambda answer: sorted(columns(answer.rows, *names)),
        more=True,
    )


def events_by_device() -> Race:
    """Page views by device and month."""
    return _breakdown("events", "count()")


def customers_by_device() -> Race:
    """Customers who looked at a page, by device and month."""
    return _breakdown("customers", f"uniqExact({OWNER})")


def conversion_by_device() -> Race:
    """Customers who bought within a week of looking at a product, by device and month."""
    names = ("start", "part", "conversions", "customers")
    return Race(
        Breakdown(step="Product Viewed", measure="conversion", dimension="device"),
        f"""
SELECT toStartOfMonth(toDate(fromUnixTimestamp64Milli(step, 'Asia/Riyadh'))) AS start, device,
       uniqExactIf(customer, arrayExists(to -> to BETWEEN step AND step + 604800000, tos)) AS won, uniqExact(customer) AS customers
FROM (
    SELECT {OWNER} AS customer, groupArrayIf(toUnixTimestamp64Milli(ts) AS at, name = 'Product Viewed') AS steps,
           groupArrayIf(device, name = 'Product Viewed') AS devices, groupArrayIf(at, name = 'Order Completed') AS tos
    FROM events WHERE name IN ('Product Viewed', 'Order Completed') AND customer_id != 0 GROUP BY customer)
ARRAY JOIN steps AS step, devices AS device
GROUP BY GROUPING SETS ((start, device), (device), ()) ORDER BY grouping(start), grouping(device), start, device""",
        lambda answer: sorted(columns(answer.rows, *names)),
        more=True,
    )


def journey() -> Race:
    """The six stages: who is where now, how many ever got how far, what they brought. Not by hand: days in stages, and turns in the period."""
    return Race(
        Journey(),
        f"""
WITH (SELECT toUnixTimestamp64Milli(toDateTime64(toDate(max(ts), 'Asia/Riyadh') + 1, 3, 'Asia/Riyadh')) FROM events) AS now,
people AS (
    SELECT {OWNER} AS customer, max(toUnixTimestamp64Milli(ts) AS at) AS seen,
           countIf(name = 'Product Viewed') > 0 AS looked, maxIf(at, name IN ('Product Added', 'Checkout Started')) AS carted,
           countIf(name = 'Order Completed' AND revenue > 0) AS orders, sumIf(revenue, {SOLD}) AS net
    FROM events WHERE customer_id != 0 GROUP BY customer),
placed AS (
    SELECT net, multiIf(orders > 1, 5, orders > 0, 4, carted > 0, 3, looked, 2, 1) AS best, intDiv(seen, 3600000) * 3600000 AS last,
           multiIf(last + 31536000000 < now, 8, last + 7776000000 < now, 7,
                   best = 3 AND intDiv(carted, 3600000) * 3600000 + 2592000000 < now, 2, best) AS stage
    FROM people)
SELECT stage, count() AS customers, sum(net) AS brought FROM placed GROUP BY stage ORDER BY stage""",
        lambda answer: [
            (place, row["customers"], row["brought"])
            for place, row in enumerate(answer.rows, 1)
            if row["customers"]
        ],
        is_part=True,
    )


RACES: tuple[Callable[[], Race], ...] = (
    funnel,
    sessions,
    pages,
    paths,
    flow_graph,
    retention,
    lifecycle,
    stickiness,
    growth,
    events_by_device,
    customers_by_device,
    conversion_by_device,
    journey,
)
