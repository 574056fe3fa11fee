"""The way through steps: how many come how far, where they leave, how long they take, what they brought."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.attempts import Way, attempts, values
from masarat.analyse.base import Found
from masarat.analyse.frame import Frame
from masarat.analyse.funnel_words import FUNNEL_WORDS
from masarat.analyse.through_steps import ThroughSteps, spoken, step_title
from masarat.models.proportions import CHANCE, Difference, difference, interval
from masarat.store import Query, Row


class Funnel(ThroughSteps):
    """How many customers get from one step to the next, where they leave, how long it takes, and what they brought.

    For whoever asks at which step the shop loses customers. A customer begins with the first step within the period and has
    `within` from there for the last, also where that ends after the period. He counts once: by the attempt that went
    furthest, the first of them where several went as far, so that a second visit does not hide the first. In order, whatever else
    happens between two steps does not matter (what ClickHouse's `windowFunnel` finds); `strict` ends an attempt where a later
    step is done before its turn, while going back to an earlier one is no harm (its `strict_order`, except that a new attempt may
    follow); in any order row N counts those who did at least N of the steps within the time.

    One move serves one step. What happened in the same millisecond is read in the order of the steps, and the same thing twice in one
    millisecond is one move told twice. What is excluded ends the attempt where it happens; a later one may begin anew. An optional step
    is counted where it is done between its neighbours and never keeps anybody from going on. Of one customer the first 10,000 moves
    are looked at.

    A step's interval is Wilson's (1927, 95 %). Against the compared period, the share that reached a step is tested by the score test of
    Miettinen and Nurminen (1985), which holds its 5 % for few customers too; where chance would leave fewer than one customer on either side of
    the step in either period, nothing is claimed. Times are those of the counted attempts. Revenue is the net revenue in the period
    of the customers who reached the step, on whatever order; what those who left would have bought is nobody's to say, since they
    are not like those who stayed, so no lost revenue is given. A customer in a breakdown counts in one part: that of the first
    step that tells one, of the last, or of a step by its number (`credit`); those who did not get there keep the nearest before it.
    """

    credit: Literal["first", "last", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] = Field(
        "first",
        description="Which move says whose part of a breakdown a customer is: of the first step, the last, or a step by its number.",
    )
    limit: int = Field(
        10, ge=1, le=200, description="How many parts of a breakdown to show; the others stand together."
    )

    view = "steps"
    columns = (
        Column("breakdown", "text"),
        Column("step", "text"),
        Column("customers", "count"),
        Column("from_previous", "percent"),
        Column("from_first", "percent"),
        Column("at_least", "percent"),
        Column("at_most", "percent"),
        Column("left", "count"),
        Column("median", "duration"),
        Column("slow", "duration"),
        Column("revenue", "money"),
        Column("change", "percent"),
        Column("change_least", "percent"),
        Column("change_most", "percent"),
        Column("chance", "percent"),
    )
    numbers = (
        Column("rate", "percent"),
        Column("entered", "count"),
        Column("converted", "count"),
        Column("time_to_convert", "duration"),
        Column("slow_to_convert", "duration"),
        Column("converted_revenue", "money"),
        Column("open", "count"),
    )
    picture = (
        Column("step", "text"),
        Column("customers", "count"),
        Column("from_first", "percent"),
        Column("from_previous", "percent"),
        Column("left_before", "count"),
        Column("median", "duration"),
    )
    breaks_down = True
    words = FUNNEL_WORDS

    def query(self, frame: Frame) -> Query:
        way = self._way(frame)
        measures = f"""
       count() AS customers, sum(revenue) AS revenue, countIf(is_open) AS open,
       quantilesExactInclusiveIf(0.5, 0.9)(waited / 1000, place > 1) AS waits,
       quantilesExactInclusiveIf(0.5, 0.9)((moment - begun) / 1000, place = {len(way.steps)}) AS through"""
        by_part = """
SELECT *, dense_rank() OVER (ORDER BY part IS NOT NULL, entered DESC, part) AS rank
FROM (SELECT *, max(customers) OVER (PARTITION BY part IS NULL, part) AS entered FROM by_step)
QUALIFY rank <= {limit:UInt32} + 1 ORDER BY rank, place"""
        grouped = "GROUPING SETS ((place), (place, breakdown))" if frame.breakdown else "place"
        part = "if(grouping(breakdown) = 0, breakdown, NULL)" if frame.breakdown else "NULL"
        return Query(
            steps={
                **attempts(frame, way, money=True),
                "reached_steps": f"""
SELECT place, moment, waited, breakdown, revenue, is_open, begun
FROM attempts ARRAY JOIN arrayEnumerate(reached) AS place, reached AS moment, {_waits(way)} AS waited WHERE moment > 0""",
                "by_step": f"SELECT place, {part} AS part, {measures}\nFROM reached_steps GROUP BY {grouped}",
                "rows": by_part if frame.breakdown else "SELECT * FROM by_step ORDER BY place",
            },
            values=frame.values | values(frame, way) | {"limit": self.limit},
            rows="rows",
        )

    def _way(self, frame: Frame) -> Way:
        return self.way(frame, self.credit)

    def interpret(self, found: Found) -> Found:
        """Every step in words, with those that nobody reached; shares, intervals and the compared period beside."""
        way = self._way(found.frame)
        whole, before = _whole(found.rows), _whole(found.before_rows)
        found.totals, found.before = _totals(whole, way), _totals(before, way) if found.frame.before else {}
        found.picture = _told(found, way, whole, before) if whole else []
        found.before_picture = _told(found, way, before, []) if found.frame.before else []
        found.rows = self._parts(found, way, before) if found.frame.breakdown else found.picture
        return found

    def _parts(self, found: Found, way: Way, before: list[Row]) -> list[Row]:
        """The rows of each part, the largest first, then of the others together."""
        shown, earlier = _by_part(found.rows), _by_part(found.before_rows)
        told = [
            {**line, "breakdown": part}
            for part, rows in shown.items()
            for line in _told(found, way, rows, earlier.get(part, []))
        ]
        rest = _rest(_whole(found.rows), shown)
        others = _told(found, way, rest, []) if any(row["customers"] for row in rest) else []
        return told + [{**line, "breakdown": found.say("others")} for line in others]

    def explain(self, found: Found) -> str:
        totals, rows = found.totals, found.picture
        first, last = rows[0], rows[-1]
        sentence = found.say(
            "sentence",
            order=self.order,
            n=totals["entered"],
            first=first["step"],
            last=last["step"],
            converted=totals["converted"] or "none",
            rate=found.percent("rate"),
            within=found.say("within-time", **spoken(self._way(found.frame).within)),
        )
        parts = [sentence, _compared(found, last), _worst(found, rows)]
        return " ".join(filter(None, parts))

    def notes(self, found: Found) -> list[str]:
        return self.cautions(found) + ([found.say("note-optional")] if self.optional else [])


NEVER = (None, None)  # the times of what nobody did


def _waits(way: Way) -> str:
    """How long each step took since the required one before it."""
    waits = [f"reached[{place}] - reached[{way.previous(place)}]" for place in range(2, len(way.steps) + 1)]
    return f"[0, {', '.join(waits)}]"


def _whole(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["part"] is None]


def _by_part(rows: list[Row]) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        if row["part"] is not None:
            parts.setdefault(row["part"], []).append(row)
    return parts


def _rest(whole: list[Row], shown: dict[str, list[Row]]) -> list[Row]:
    """What is left of all when the shown parts are taken off; times cannot be, and are left out."""
    rest = {row["place"]: {**row, "waits": NEVER} for row in whole}
    for rows in shown.values():
        for row in rows:
            rest[row["place"]]["customers"] -= row["customers"]
            rest[row["place"]]["revenue"] -= row["revenue"]
    return list(rest.values())


def _totals(rows: list[Row], way: Way) -> Row:
    known = {row["place"]: row for row in rows}
    first, last = known.get(1, {}), known.get(len(way.steps), {})
    entered, converted = first.get("customers", 0), last.get("customers", 0)
    return {
        "entered": entered,
        "converted": converted,
        "rate": converted / entered if entered else None,
        "time_to_convert": last.get("through", NEVER)[0],
        "slow_to_convert": last.get("through", NEVER)[1],
        "converted_revenue": last.get("revenue", 0.0),
        "open": first.get("open", 0),
    }


def _told(found: Found, way: Way, rows: list[Row], before: list[Row]) -> list[Row]:
    """One row a step, with those nobody reached."""
    known, earlier = ({row["place"]: row for row in some} for some in (rows, before))
    counts = [known.get(place, {}).get("customers", 0) for place in range(1, len(way.steps) + 1)]
    told = []
    for place in range(1, len(way.steps) + 1):
        row, count = known.get(place, {}), counts[place - 1]
        came = counts[way.previous(place) - 1] if place > 1 else None
        median, slow = row.get("waits", NEVER) if place > 1 else NEVER
        told.append(
            {
                "breakdown": "",
                "step": _titled(found, way, place),
                "customers": count,
                "from_previous": count / came if came else None,
                "from_first": count / counts[0] if counts[0] else None,
                "left": _left(way, counts, place),
                "left_before": came - count if came is not None and place in way.required else None,
                "median": median,
                "slow": slow,
                "revenue": row.get("revenue", 0.0),
                **_sure(place, count, counts[0]),
                **_change(place, count, counts[0], earlier),
            }
        )
    return told


def _titled(found: Found, way: Way, place: int) -> str:
    if way.order == "any":
        return found.say("any-step", n=place, of=len(way.steps))
    title = step_title(way.steps[place - 1], found.frame.language)
    return found.say("optional-step", step=title) if place in way.optional else title


def _left(way: Way, counts: list[int], place: int) -> int | None:
    """How many did not go on from here; of an optional step and the last, none."""
    following = way.following(place)
    if place in way.optional or following > len(counts):
        return None
    return counts[place - 1] - counts[following - 1]


def _sure(place: int, count: int, entered: int) -> Row:
    low, high = (interval(count, entered) if place > 1 else None) or (None, None)
    return {"at_least": low, "at_most": high}


def _change(place: int, count: int, entered: int, earlier: dict[int, Row]) -> Row:
    came = earlier.get(1, {}).get("customers", 0)
    known = (
        difference(count, entered, earlier.get(place, {}).get("customers", 0), came) if place > 1 else None
    )
    return _words_of(known)


def _words_of(known: Difference | None) -> dict[str, Any]:
    if known is None:
        return {"change": None, "change_least": None, "change_most": None, "chance": None}
    return {
        "change": known.change,
        "change_least": known.low,
        "change_most": known.high,
        "chance": known.chance,
    }


def _compared(found: Found, last: Row) -> str:
    if last["change"] is None:
        return ""
    return found.say(
        "compared",
        change=found.change_in_words(last["change"]),
        least=found.speaker.percent(last["change_least"]),
        most=found.speaker.percent(last["change_most"]),
        sure="yes" if last["chance"] < CHANCE else "no",
    )


def _worst(found: Found, rows: list[Row]) -> str:
    """Where most leave."""
    leaving = [row for row in rows if row["left"]]
    if not leaving:
        return ""
    worst = max(leaving, key=lambda row: row["left"])
    share = worst["left"] / worst["customers"]
    return found.say("worst", step=worst["step"], n=worst["left"], share=found.speaker.percent(share))


Funnel.example = Funnel(steps=("Product Added", "Order Completed"), within="7d")
