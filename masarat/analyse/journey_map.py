"""The journey map, filled with what happened: every touchpoint in every stage, how it went there and what went wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.map_words import MAP_WORDS
from masarat.analyse.moves import moves
from masarat.analyse.stages import DAY, Rules
from masarat.analyse.touchpoints import BY_KEY, COMPLAINTS, TOUCHPOINTS, TROUBLES, contacts, score, touching
from masarat.store import Query, Row

AFTER_DAYS = 7  # an answer or a complaint counts for what was met up to so long before
SHOWN = 2  # kinds of trouble named in a row

# What customers wait for: the touchpoint, what begins it and what ends it, and what tells which one it is.
WAITS = {
    "delivery": (("Order Completed",), ("Order Delivered", "Delivery Refused"), "order_id"),
    "service": (("Ticket Opened",), ("Ticket Solved",), "toString(props.ticket_id)"),
}


class JourneyMap(Analysis):
    """The journey map with live data: for each stage and each touchpoint how many met it, went on, waited, praised, complained and struggled.

    For whoever draws the journey of their customers and wants it to be true. A row is a touchpoint (payment, delivery, tickets and calls, …) as
    it was met by customers who were in that stage at that moment (see `journey` for what a stage is; a move that leads to a stage counts in
    it). What happens on pages is of the kind of page, by the first word of its path; a sale at a branch is of the branch. The keys of stage
    and touchpoint do not change with their names, so that a map drawn by hand can be laid over it.

    Went on is the share of its customers who reached a later stage afterwards, up to the end of the period: those who met it lately had less
    time. Days to next are the median of those who did. Friction is the share of customers who had trouble there at least once: payments
    that failed, pages loaded again, rage and dead clicks, errors, slow pages (poor by Google's bounds: LCP above 4 s, INP above 500 ms or
    CLS above 0.25), searches without result, denied coupons, refused and late deliveries (a day or more after the promise, where it is
    told). Feeling is the mean of what the same customers said up to 7 days later, from −2 to 2: stars and satisfaction minus 3,
    recommendation from 0 to 10 as (score − 5) ÷ 2.5; effort has no common direction and is left out. Complaints are tickets and calls of
    theirs up to 7 days later. One word counts for all that was met before it; it does not say which of them was meant.

    The wait is the median from the order to the door, and from a ticket to its solution, of what ended in the period; beside it the same of
    the compared period, which is what customers were used to. A segment says who: customers any of whose moves is like it, with
    all their moves. What nobody named did is left out. What to mend first, and what it costs: `pain_points`.
    """

    view = "grid"
    columns = (
        Column("stage", "text"),
        Column("touchpoint", "text"),
        Column("customers", "count"),
        Column("moves", "count"),
        Column("went_on", "percent"),
        Column("days_to_next", "days"),
        Column("friction", "percent"),
        Column("troubles", "text"),
        Column("feeling", "number"),
        Column("answers", "count"),
        Column("complaints", "percent"),
        Column("waited", "days"),
        Column("used_to", "days"),
        Column("stage_key", "text"),
        Column("touchpoint_key", "text"),
    )
    numbers = (
        Column("customers", "count"),
        Column("moves", "count"),
        Column("touchpoints", "count"),
        Column("friction", "percent"),
        Column("complaints", "percent"),
    )
    picture = (
        Column("touchpoint", "text"),
        Column("stage", "text"),
        Column("customers", "count"),
        Column("friction", "percent"),
        Column("went_on", "percent"),
    )
    needs = ()
    about = ()
    sample = "customers"
    words = MAP_WORDS

    def query(self, frame: Frame) -> Query:
        rules = Rules(frame.told.stages())
        return Query(
            steps={
                **rules.people(frame),
                "contacts": contacts(frame, {"score": score(frame)}),
                "met": MET,
                "voices": VOICES,
                "waiting": _waiting(frame),
                "waits": WAITS_OVER,
                "heard": HEARD,
                "found": FOUND,
            },
            values=rules.values(frame)
            | touching()
            | {
                "stages": rules.last,
                "complaints": list(COMPLAINTS),
                "after": AFTER_DAYS * DAY,
                "wait_names": [name for begins, ends, _ in WAITS.values() for name in (*begins, *ends)],
                "wait_ends": [name for _, ends, _ in WAITS.values() for name in ends],
            },
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """One row a stage and touchpoint, in the order of both; the first row counts all."""
        rules = Rules(found.frame.told.stages())
        titles, keys = rules.titles(found.speaker), rules.journey.keys
        usual = {(row["stage"], row["touch"]): row["waited"] for row in found.before_rows}
        places = [one.key for one in TOUCHPOINTS]
        ordered = sorted(found.rows[1:], key=lambda row: (row["stage"], places.index(row["touch"])))
        found.totals, found.before = _totals(found.rows), _totals(found.before_rows)
        found.rows = [
            _row(found, row, rules.last)
            | {
                "stage": titles[row["stage"] - 1],
                "stage_key": keys[row["stage"] - 1],
                "used_to": usual.get((row["stage"], row["touch"])),
            }
            for row in ordered
        ]
        found.picture = _grid(found.rows, places, keys)
        found.before_rows = []
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        sentence = found.say("sentence", customers=totals["customers"], touchpoints=totals["touchpoints"])
        worst = max(
            (row for row in found.rows if row["friction"] and row["customers"] >= SMALL_SAMPLE),
            key=lambda row: (row["friction"], row["customers"]),
            default=None,
        )
        if worst is None:
            return f"{sentence} {found.say('smooth' if not totals['friction'] else 'few')}"
        said = found.say(
            "worst",
            touchpoint=worst["touchpoint"],
            stage=worst["stage"],
            share=found.percent("friction", worst),
            what=worst["troubles"],
        )
        return f"{sentence} {said}"

    def notes(self, found: Found) -> list[str]:
        notes = [found.say("note-late")] if found.rows else []
        if any(row["customers"] < SMALL_SAMPLE for row in found.rows):
            notes.append(found.say("note-small-rows", n=SMALL_SAMPLE))
        return notes


def _grid(rows: list[Row], places: list[str], keys: list[str]) -> list[Row]:
    """A cell for every touchpoint and stage that there are, in the order of both."""
    touchpoints = {row["touchpoint_key"]: row["touchpoint"] for row in rows}
    stages = {row["stage_key"]: row["stage"] for row in rows}
    known = {(row["touchpoint_key"], row["stage_key"]): row for row in rows}
    return [
        known.get((touch, stage), {"touchpoint": touchpoints[touch], "stage": stages[stage]})
        for touch in sorted(touchpoints, key=places.index)
        for stage in sorted(stages, key=keys.index)
    ]


def _row(found: Found, row: Row, last: int) -> dict[str, Any]:
    customers, onward = row["customers"], row["stage"] < last
    language = found.frame.language
    return {
        "touchpoint": BY_KEY[row["touch"]].title(language),
        "touchpoint_key": row["touch"],
        "customers": customers,
        "moves": row["moves"],
        "went_on": row["went_on"] / customers if onward else None,
        "days_to_next": row["days_to_next"] if onward else None,
        "friction": row["troubled"] / customers,
        "troubles": _named(found, *row["troubles_of"]),
        "feeling": row["said"] / row["answers"] if row["answers"] else None,
        "answers": row["answers"],
        "complaints": row["complained"] / customers,
        "waited": row["waited"],
    }


def _named(found: Found, kinds: list[int], counts: list[int]) -> str:
    """The commonest kinds of trouble, each with its customers."""
    worst = sorted(zip(kinds, counts, strict=True), key=lambda one: (-one[1], one[0]))[:SHOWN]
    return " · ".join(
        f"{TROUBLES[kind - 1].title(found.frame.language)} {found.speaker.count(count)}"
        for kind, count in worst
    )


def _totals(rows: list[Row]) -> Row:
    if not rows or not rows[0]["customers"]:
        return {}
    whole = rows[0]
    return {
        "customers": whole["customers"],
        "moves": whole["moves"],
        "touchpoints": whole["touchpoints"],
        "friction": whole["troubled"] / whole["customers"],
        "complaints": whole["complained"] / whole["customers"],
    }


def _waiting(frame: Frame) -> str:
    """Moves that begin or end a wait, whenever it began."""
    known = {touch: one for touch, one in WAITS.items() if any(name in frame.facts.counts for name in one[1])}
    thing = ", ".join(
        f"name IN ({', '.join(repr(name) for name in (*begins, *ends))}), {told}"
        for begins, ends, told in known.values()
    )
    touch = ", ".join(
        f"name IN ({', '.join(repr(name) for name in (*begins, *ends))}), '{key}'"
        for key, (begins, ends, _) in known.items()
    )
    more = {
        "at": "toUnixTimestamp64Milli(ts)",
        "thing": f"multiIf({thing}, '')" if known else "''",
        "touch": f"multiIf({touch}, '')" if known else "''",
    }
    return moves(
        replace(frame, segment=(), breakdown=""),
        "name IN {wait_names:Array(String)}",
        more=more,
        history=True,
    )


# One row a customer, stage and touchpoint met in the period: when first and last, what went wrong, when a wait may have ended, and when they
# reached a later stage.
MET = """
SELECT customer_id, stage, touch, count() AS times, min(at) AS first, max(at) AS last,
       arraySort(groupUniqArrayIf(trouble, trouble != 0)) AS troubles, groupUniqArrayIf(at, name IN {wait_ends:Array(String)}) AS ends,
       argMin(later, at) AS onward
FROM (
    SELECT customer_id, name, touch, trouble, at, path[arrayCount(step -> step.1 <= at, path)].2 AS stage,
           arrayFirst(step -> step.1 > at AND step.2 > stage AND step.2 <= {stages:UInt8}, path).1 AS later
    FROM contacts GLOBAL INNER JOIN (SELECT customer_id, path FROM paths) AS staged USING (customer_id)
)
GROUP BY customer_id, stage, touch"""

# What each customer said of us, and when they complained.
VOICES = """
SELECT customer_id, arraySort(groupArrayIf((at, toDecimal64(ifNull(score, 0), 4)), score IS NOT NULL)) AS answered,
       arraySort(groupArrayIf(at, name IN {complaints:Array(String)})) AS complained
FROM contacts WHERE score IS NOT NULL OR name IN {complaints:Array(String)} GROUP BY customer_id"""

# The waits of each customer that were over in the period: the moment, the touchpoint and the days.
WAITS_OVER = f"""
SELECT customer_id, arraySort(groupArray((ended, touch, (ended - begun) / {DAY}))) AS over
FROM (
    SELECT customer_id, touch, thing, minIf(at, name NOT IN {{wait_ends:Array(String)}}) AS begun,
           minIf(at, name IN {{wait_ends:Array(String)}}) AS ended
    FROM waiting WHERE thing != '' GROUP BY customer_id, touch, thing
    HAVING begun > 0 AND ended > begun AND ended >= {{start:Int64}}
)
GROUP BY customer_id"""

HEARD = """
SELECT customer_id, stage, touch, times, first, onward, troubles,
       arrayFilter(one -> one.1 >= first AND one.1 <= last + {after:Int64}, answered) AS told,
       arrayExists(one -> one >= first AND one <= last + {after:Int64}, complained) AS has_complained,
       arrayMap(one -> one.3, arrayFilter(one -> one.2 = touch AND has(ends, one.1), over)) AS days
FROM met GLOBAL LEFT JOIN voices USING (customer_id) GLOBAL LEFT JOIN waits USING (customer_id)"""

# All of them first, then each stage and touchpoint.
FOUND = f"""
SELECT stage, touch, uniqExact(customer_id) AS customers, sum(times) AS moves, uniqExact(touch) AS touchpoints, countIf(onward > 0) AS went_on,
       quantileExactInclusiveIf(0.5)((onward - first) / {DAY}, onward > 0) AS days_to_next,
       uniqExactIf(customer_id, notEmpty(troubles)) AS troubled, sumMap(troubles, arrayMap(kind -> toUInt64(1), troubles)) AS troubles_of,
       sum(length(told)) AS answers, toFloat64(sum(arraySum(one -> one.2, told))) AS said,
       uniqExactIf(customer_id, has_complained) AS complained, quantileExactInclusiveArray(0.5)(days) AS waited
FROM heard GROUP BY GROUPING SETS ((stage, touch), ())
ORDER BY grouping(stage) DESC, stage, touch"""

JourneyMap.example = JourneyMap(period="last_90_days")
