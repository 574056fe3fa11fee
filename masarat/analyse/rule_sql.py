"""A rule as SQL: one row a person with what its tests need, and one condition over them.

Everything that somebody did is counted in one pass over the log; facts come from another over `traits`. Values are bound.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from masarat.analyse.frame import DIMENSIONS, SOLD, Frame
from masarat.analyse.kinds import ITEMS
from masarat.analyse.moves import bound, moves
from masarat.analyse.people import OWNER_NOW, OWNER_OF_FACT
from masarat.analyse.period import Period, read_period
from masarat.analyse.rule import AllOf, AnyOf, Did, In, Is, Measured, Not, Rule, When, tests
from masarat.analyse.twins import SOLD_ONCE
from masarat.errors import BadParameter, UnknownName
from masarat.events import EVENT_NAMES

EVER = 2**60  # wider than any time
PLACE_BITS = 4  # of a moment: which step it is, at most 8
NUMBERS = {"orders": "orders", "revenue": "toFloat64(revenue)", "recency": "recency", "average order": "average_order"}  # fmt: skip
RANKED = {"orders": "orders", "revenue": "revenue", "recency": "-recency", "average order": "average_order"}
BOUNDS = {
    "least": "{sql} >= {{{key}_low:Float64}}",
    "most": "{sql} <= {{{key}_low:Float64}}",
    "over": "{sql} > {{{key}_low:Float64}}",
    "under": "{sql} < {{{key}_low:Float64}}",
    "between": "{sql} BETWEEN {{{key}_low:Float64}} AND {{{key}_high:Float64}}",
    "is": "{sql} = {{{key}_low:Float64}}",
}


class Judge:
    """A rule over a frame: the steps `moves`, `moved`, `facts`, `people` and `judged`, and what they bind.

    `judged` has one row a person: customer_id, customer, name, orders, revenue, last_order, and `fits`. Of the whole history up to the end
    of the period; who is asked is everybody who did anything until then, and where the frame has no condition on moves, also
    those of whom only a fact is known.
    """

    def __init__(self, frame: Frame, rule: Rule) -> None:
        self._frame, self._rule = frame, rule
        self.tests = list(tests(rule))
        self.steps_done = [step for test in self.tests if isinstance(test, Did) for step in test.steps]
        self.values: dict[str, Any] = {"as_of": frame.period.last, **bound(self.steps_done)}
        self._more: dict[str, str] = {"visitor_id": "visitor_id", "net": frame.net(), "is_order": "name = 'Order Completed' AND net > 0"}  # fmt: skip
        self._moved: list[str] = []
        self._facts: list[str] = []
        self._ranks: list[str] = []
        self._names_are_known()
        self._sql = self._of(rule)

    def steps(self) -> dict[str, str]:
        saved = all(name == "in" for name, _, _ in self._frame.segment)
        stands = SOLD_ONCE[2].removeprefix(" AND ") if self._frame.facts.told_twice else ""
        return {
            "moves": moves(self._frame, f"NOT ({SOLD}) OR {stands}" if stands else "", more=self._more, history=True),
            "moved": f"""
SELECT customer_id, argMin(visitor_id, (xxHash64(visitor_id) != customer_id, ts, visitor_id)) AS came_with,
       countIf(is_order) AS orders, sum(net) AS revenue, sumIf(net, is_order) AS gross, maxIf(day, is_order) AS ordered{"".join(self._moved)}
FROM moves GROUP BY customer_id""",
            "facts": f"""
SELECT customer_id, argMin(visitor_id, (xxHash64(visitor_id) != customer_id, ts, visitor_id)) AS known_as,
       argMaxIf(value, (ts, source, value), trait = 'name') AS name{"".join(self._facts)}
FROM (SELECT {OWNER_OF_FACT} AS customer_id, visitor_id, trait, value, ts, source FROM traits
      WHERE ts < fromUnixTimestamp64Milli({{end:Int64}}, 'UTC'){self._frame.only("traits") if saved else ""})
WHERE customer_id != 0 GROUP BY customer_id""",
            "people": f"""
SELECT *, if(came_with != '', came_with, known_as) AS customer, orders > 0 AS is_buyer,
       if(is_buyer, toInt32({{as_of:Date}}) - toInt32(ordered), NULL) AS recency, if(is_buyer, ordered, NULL) AS last_order,
       if(is_buyer, toFloat64(gross) / orders, NULL) AS average_order{"".join(self._ranks)}
FROM moved GLOBAL {"FULL" if saved else "LEFT"} JOIN facts USING (customer_id)""",
            "judged": f"SELECT *, ifNull({self._sql}, false) AS fits FROM people",
        }  # fmt: skip

    def _names_are_known(self) -> None:
        counts = self._frame.facts.counts
        for step in self.steps_done:
            if step.name not in counts and step.name not in EVENT_NAMES:
                raise UnknownName("event", step.name, sorted({*counts, *EVENT_NAMES}))

    def _of(self, rule: Rule) -> str:
        match rule:
            case Not(of):
                return f"NOT ifNull({self._of(of)}, false)"
            case AllOf(parts):
                return f"({' AND '.join(map(self._of, parts))})"
            case AnyOf(parts):
                return f"({' OR '.join(map(self._of, parts))})"
        key = f"rule_{next(place for place, test in enumerate(self.tests) if test is rule)}"
        match rule:
            case Did():
                return self._did(rule, key)
            case Is():
                return self._is(rule, key)
            case Measured():
                return self._measured(rule, key)
            case In(segment):
                self.values[key] = list(self._frame.told.segments([segment]))
                held = f"SELECT {OWNER_NOW} AS member FROM segment_members WHERE making IN {{{key}:Array(String)}}"
                return f"customer_id GLOBAL IN ({held})"

    def _did(self, test: Did, key: str) -> str:
        place = next(place for place, step in enumerate(self.steps_done) if step is test.steps[0])
        inside = ""
        if test.when:
            first, after = self._reach(test.when)
            self.values |= {f"{key}_from": first, f"{key}_to": after}
            inside = f" AND toUnixTimestamp64Milli(ts) >= {{{key}_from:Int64}} AND toUnixTimestamp64Milli(ts) < {{{key}_to:Int64}}"
        hits = [f"{key}_{index}" for index in range(len(test.steps))]
        self._more |= {hit: f"({step.sql(place + index)}){inside}" for index, (hit, step) in enumerate(zip(hits, test.steps, strict=True))}  # fmt: skip
        if len(hits) == 1:
            self._moved.append(f",\n       countIf({hits[0]}) AS {key}")
            return self._often(test, key)
        within = int(test.within / timedelta(milliseconds=1)) << PLACE_BITS if test.within else EVER
        # What happened in one millisecond is read in the order of the steps, and one move serves one step.
        steps = "".join(f"{hit}, {index}, " for index, hit in enumerate(hits))
        moment = f"bitShiftLeft(toUInt64(greatest(toUnixTimestamp64Milli(ts), 0)), {PLACE_BITS}) + multiIf({steps}15)"
        self._moved.append(
            f",\n       windowFunnel({within + 2**PLACE_BITS - 1}, 'strict_increase', 'strict_once')({moment}, {', '.join(hits)}) AS {key}"
        )
        return f"{key} = {len(hits)}"

    def _often(self, test: Did, key: str) -> str:
        self.values[f"{key}_least"] = test.least
        if test.most is None:
            return f"{key} >= {{{key}_least:UInt64}}"
        self.values[f"{key}_most"] = test.most
        return f"{key} BETWEEN {{{key}_least:UInt64}} AND {{{key}_most:UInt64}}"

    def _reach(self, when: When) -> tuple[int, int]:
        """From when, and until before when, in milliseconds; the last days end with the period."""
        last, ever = self._frame.period.last, 10_413_792_000_000
        if when.how == "last":
            return self._bounds(Period(last - timedelta(days=when.days - 1), last))
        if when.how == "in":
            return self._bounds(read_period(when.text, last, (last, last)))
        try:
            day = date.fromisoformat(when.text)
        except ValueError:
            raise BadParameter(f"{when.text!r} is no day.", "Write it like 2025-03-01.") from None
        start, _ = self._bounds(Period(day, day))
        return (start, ever) if when.how == "since" else (-ever, start)

    def _bounds(self, period: Period) -> tuple[int, int]:
        start, end = period.bounds(self._frame.settings.zone)
        return _milliseconds(start), _milliseconds(end)

    def _is(self, test: Is, key: str) -> str:
        """What a profile tells; where it tells nothing, what the newest move does."""
        field = test.field.removeprefix("trait.")
        self.values[key] = [value.lower() for value in test.values]
        told = "''"
        if test.field not in DIMENSIONS or field in ("city", "country"):
            named = next((list(item.traits) for item in ITEMS if item.name == field), [field])
            self.values[f"{key}_traits"] = named
            self._facts.append(
                f",\n       argMaxIf(value, (ts, source, value), value != '' AND trait IN {{{key}_traits:Array(String)}}) AS {key}_fact"
            )
            told = f"{key}_fact"
        if test.field in DIMENSIONS:
            self._more[f"{key}_field"] = DIMENSIONS[field]
            self._moved.append(
                f",\n       toString(argMaxIf({key}_field, (ts, event_id), {key}_field != '')) AS {key}_move"
            )
            told = f"if({told} != '', {told}, {key}_move)" if told != "''" else f"{key}_move"
        return f"lowerUTF8(trimBoth({told})) IN {{{key}:Array(String)}}"

    def _measured(self, test: Measured, key: str) -> str:
        self.values |= {f"{key}_low": float(test.low), f"{key}_high": float(test.high)}
        if test.bound not in ("top", "bottom"):
            return BOUNDS[test.bound].format(sql=NUMBERS[test.measure], key=key)
        order = f"{RANKED[test.measure]} {'DESC' if test.bound == 'top' else 'ASC'}"
        self._ranks.append(
            f",\n       100 * (rank() OVER (PARTITION BY is_buyer ORDER BY {order}) - 1) < {{{key}_low:Float64}} * count() OVER (PARTITION BY is_buyer) AS {key}"
        )
        return f"(is_buyer AND {key})"


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
