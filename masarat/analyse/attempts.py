"""Attempts: how far customers come through steps, each customer once, by the attempt that went furthest.

All is done in one pass over the moves, grouped by customer. A customer's moves that are a step become one sorted array of numbers: the
milliseconds since the period began, and which steps a move may serve, a bit each. What then happens to whole arrays is what
`windowFunnel` does move by move, but it leaves the times behind: `got_2` holds, at every move, when the latest attempt that has done
step 2 began. A later beginning leaves more of the window, so the latest is all that need be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from masarat.analyse.frame import SOLD, Frame
from masarat.analyse.moves import Step, bound, moves
from masarat.analyse.period import Period

STEPS, EXCLUDED = 12, 5  # at most, each
BITS = STEPS + EXCLUDED + 1
MOST = 10_000  # moves of one customer that are looked at, the earliest

OUT = ((1 << EXCLUDED) - 1) << STEPS  # what an attempt must not meet


@dataclass(frozen=True, slots=True)
class Way:
    """The steps that customers are followed through."""

    steps: tuple[Step, ...]
    excluded: tuple[Step, ...] = ()
    optional: frozenset[int] = frozenset()  # places, from 1
    order: str = "ordered"  # ordered, strict, any
    within: timedelta = timedelta(days=7)
    credit: str = "first"  # whose part of a breakdown counts: first, last, or the place of a step

    @property
    def required(self) -> tuple[int, ...]:
        """Places of the steps that must be done."""
        return tuple(place for place in range(1, len(self.steps) + 1) if place not in self.optional)

    @property
    def named(self) -> tuple[Step, ...]:
        return self.steps + self.excluded

    def bit(self, place: int) -> int:
        return 1 << (place - 1)

    def after(self, place: int) -> int:
        """Bits of the required steps after the one that follows this one: who does those jumps ahead."""
        return sum(self.bit(later) for later in self.required if later > place) & ~self.bit(
            self.following(place)
        )

    def following(self, place: int) -> int:
        """The next required step; beyond the last where there is none."""
        return next((later for later in self.required if later > place), len(self.steps) + 1)

    def previous(self, place: int) -> int:
        """The required step before; of the first, none (0)."""
        return max((one for one in self.required if one < place), default=0)


def values(frame: Frame, way: Way) -> dict[str, Any]:
    """What the steps of `attempts` bind: the moves reach a window further than the period, in which attempts begin."""
    last_day = frame.facts.span(())
    seen_until = Period(last_day[1], last_day[1]).bounds(frame.settings.zone)[1] if last_day else None
    begin_until = frame.values["end"]
    return (
        reaching(frame, way).values
        | bound(way.named)
        | {
            "step_names": sorted({step.name for step in way.named}),
            "begin_until": begin_until,
            "window": way.within // timedelta(milliseconds=1),
            "seen_until": int(seen_until.timestamp() * 1000) if seen_until else begin_until,
        }
    )


def attempts(frame: Frame, way: Way, *, money: bool = False) -> dict[str, str]:
    """The steps from `moves` to `attempts`: one row a customer who began in the period.

    Columns: customer_id; level, how many required steps were done; begun_at, done_at (the last thing done); reached: of every step when
    it was done, in milliseconds of the period from 1 on, 0 where it was not; is_open where the window was not over
    at the last day of the data; breakdown; with `money`, revenue: what was sold to the customer in the period, and not given back.
    """
    chains, level, begun, places = _any(way) if way.order == "any" else _in_order(way)
    return {
        "moves": moves(
            reaching(frame, way),
            f"name IN {{step_names:Array(String)}}{f' OR {SOLD}' if money else ''}",
            more={
                "at": "toUnixTimestamp64Milli(ts) - {start:Int64} + 1",
                "code": _code(way),
                "net": frame.net() if money else "0",
            },
        ),
        "paths": _paths(frame),
        "chains": "SELECT customer_id, path, parts, revenue,\n       "
        + ",\n       ".join(chains)
        + "\nFROM paths",
        "attempts": f"""
SELECT customer_id, {level} AS level, {begun} AS beginning, {places} AS places,
       arrayMap(place -> bitShiftRight(path[place], {BITS}), places) AS reached, bitShiftRight(beginning, {BITS}) AS begun,
       arrayMax(reached) AS done, fromUnixTimestamp64Milli({{start:Int64}} + begun - 1, 'UTC') AS begun_at,
       fromUnixTimestamp64Milli({{start:Int64}} + done - 1, 'UTC') AS done_at, {_credited(way)} AS breakdown, revenue,
       level < {len(way.required)} AND {{start:Int64}} + begun - 1 + {{window:Int64}} >= {{seen_until:Int64}} AS is_open
FROM chains WHERE level > 0""",
    }


def reaching(frame: Frame, way: Way) -> Frame:
    """The frame with the days after the period in which its attempts may still go on."""
    period = frame.period
    days = -(-way.within // timedelta(days=1))
    return replace(frame, period=Period(period.first, period.last + timedelta(days=days)))


def _code(way: Way) -> str:
    """Which steps a move may serve, a bit each; in any order the first that it fits."""
    bits = [way.bit(place) for place in range(1, len(way.steps) + 1)]
    bits += [1 << (STEPS + index) for index in range(len(way.excluded))]
    tests = [(step.sql(place), bit) for place, (step, bit) in enumerate(zip(way.named, bits, strict=True))]
    if way.order != "any":
        return " + ".join(f"if({test}, {bit}, 0)" for test, bit in tests)
    first_out = [*tests[len(way.steps) :], *tests[: len(way.steps)]]
    return f"multiIf({', '.join(f'{test}, {bit}' for test, bit in first_out)}, 0)"


def _paths(frame: Frame) -> str:
    """What happened in the same millisecond stands in the order of the steps; the same step in it twice is one move told twice."""
    move = f"bitShiftLeft(at, {BITS}) + code"
    listed = f"({move}, toString(breakdown))" if frame.breakdown else move
    path, parts = (
        ("arrayMap(each -> each.1, told)", "arrayMap(each -> each.2, told)")
        if frame.breakdown
        else ("told", "emptyArrayString()")
    )
    return f"""
SELECT customer_id, arrayCompact(arraySlice(arraySort(groupArrayIf({listed}, code > 0)), 1, {MOST})) AS told,
       {path} AS path, {parts} AS parts, sumIf(net, ts < fromUnixTimestamp64Milli({{begin_until:Int64}}, 'UTC')) AS revenue
FROM moves GROUP BY customer_id"""


# In what follows a move is a number, its moment above and its steps in the lowest bits; a moment is the same without steps.
MOMENT = f"bitAnd(move, {-1 << BITS})"
BEGINS = f"move < bitShiftLeft({{begin_until:Int64}} - {{start:Int64}} + 1, {BITS})"  # may an attempt begin with this move
IN_TIME = f"bitShiftLeft({{window:Int64}}, {BITS})"


def _in_order(way: Way) -> tuple[list[str], str, str, str]:
    """`did_N`: at every move that serves step N, the moment at which its attempt began. `got_N`: the same, kept until the next.

    The attempt that counts is the first to get as far as any.
    """
    steps = list(_taken(way))
    firsts = ", ".join(f"first_{place}" for place in way.required)
    return (
        steps + [f"arrayFirst(begun -> begun > 0, did_{place}) AS first_{place}" for place in way.required],
        " + ".join(f"(first_{place} > 0)" for place in way.required),
        f"[{firsts}][level]",
        f"[{', '.join(_place(way, place) for place in range(1, len(way.steps) + 1))}]",
    )


def _taken(way: Way) -> Iterator[str]:
    before = 0
    for place in range(1, len(way.steps) + 1):
        serves, ends = f"bitAnd(move, {way.bit(place)}) != 0", _ends(way, place)
        kept = "begun > 0 AND " if ends else ""  # where nothing ends an attempt, what has not begun is 0
        if before:
            yield _map(f"{serves} AND {kept}move - begun < {IN_TIME} + {1 << BITS}", "begun", ends, f"path, arrayShiftRight(got_{before}, 1)", place)  # fmt: skip
        else:
            yield _map(f"{serves} AND {BEGINS}", MOMENT, ends, "path", place)
        if place in way.required:
            yield f"arrayFill(begun -> begun != 0, did_{place}) AS got_{place}"
            before = place


def _map(condition: str, then: str, ends: tuple[str, str] | None, arrays: str, place: int) -> str:
    out, ahead = ends or ("", "")
    found = (
        f"multiIf({out}, -1, {condition}, {then}, {ahead}, -1, 0)" if ends else f"if({condition}, {then}, 0)"
    )
    return f"arrayMap(({'move, begun' if 'begun' in then else 'move'}) -> {found}, {arrays}) AS did_{place}"


def _ends(way: Way, place: int) -> tuple[str, str] | None:
    """What ends an attempt that has done the step: something excluded, whatever else it is; where strict, a step before its turn."""
    later = way.after(place) if way.order == "strict" and place in way.required else 0
    if not way.excluded and not later:
        return None
    ahead = f"bitAnd(move, {later}) != 0 AND bitAnd(move, {way.bit(way.following(place))}) = 0"
    return f"bitAnd(move, {OUT}) != 0", ahead if later else "false"


def _place(way: Way, place: int) -> str:
    """Where in the path the counted attempt did a step; an optional one only before the next that must be."""
    did = f"indexOf(did_{place}, beginning)"
    if place in way.required:
        return did
    following = f"indexOf(did_{way.following(place)}, beginning)"
    return f"if({following} > 0 AND {did} > {following}, 0, {did})"


def _any(way: Way) -> tuple[list[str], str, str, str]:
    """`next_N`: at every move, when step N is done next, -1 where what ends an attempt comes first. `levels`: how many in time from there."""
    places = range(1, len(way.steps) + 1)
    names = ", ".join(f"next_{place}" for place in places)
    counted = " + ".join(f"(next_{place} > 0 AND next_{place} - move <= {IN_TIME})" for place in places)
    out = f"bitAnd(move, {OUT}) != 0"
    nexts = [
        f"arrayReverseFill(at -> at != 0, arrayMap(move -> multiIf({out}, -1, bitAnd(move, {way.bit(place)}) != 0, {MOMENT}, 0), path)) "
        f"AS next_{place}"
        for place in places
    ]
    levels = f"arrayMap((move, {names}) -> if(NOT {out} AND {BEGINS}, {counted}, 0), path, {names}) AS levels"
    first = "indexOf(levels, level)"
    coming = ", ".join(f"next_{place}[{first}]" for place in places)
    in_time = f"arraySort(arrayFilter(at -> at > 0 AND at - beginning <= {IN_TIME}, [{coming}]))"
    found = f"arrayMap(moment -> indexOf(arrayMap(move -> {MOMENT}, path), moment), {in_time})"
    return (
        [*nexts, levels],
        "arrayMax(levels)",
        f"bitAnd(path[{first}], {-1 << BITS})",
        f"arrayResize({found}, {len(way.steps)})",
    )


def _credited(way: Way) -> str:
    """The part of a breakdown that a customer counts in: that of the asked step, or of the nearest before it that tells one."""
    places = f"arraySlice(places, 1, {way.credit})" if way.credit.isdigit() else "places"
    pick = "arrayFirst" if way.credit == "first" else "arrayLast"
    return f"{pick}(part -> part != '', arrayMap(place -> parts[place], arrayFilter(place -> place > 0, {places})))"
