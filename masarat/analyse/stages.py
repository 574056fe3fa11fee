"""The journey of every customer through the stages: which they were in since when. The one place that says who is in which stage.

A customer is in the farthest stage that they have reached; where that one has lapsed, in the one before it. After so many days without a sign of life (a move
of their own) they are dormant, after more of them lost; with the next sign they are back where they were. Reading goes over the moves
once, by customer: of each the moment at which each stage was reached, and the hours in which they were here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from masarat.analyse.frame import Frame
from masarat.analyse.moves import Step, moves, read_step
from masarat.analyse.period import Period
from masarat.analyse.twins import SOLD_ONCE
from masarat.errors import UnknownName
from masarat.events import DONE_TO_THEM
from masarat.records.stages import AFTER, ORDER, Journey, Stage
from masarat.words import Speaker

HOUR, DAY = 3_600_000, 86_400_000  # milliseconds
FAR_AHEAD = 1_000_000_000  # hours: longer than any log


@dataclass(frozen=True)
class Rules:
    """The stages of a journey as SQL. Stages are counted from 1; after the last come dormant and lost."""

    journey: Journey

    @cached_property
    def steps(self) -> Mapping[str, list[Step]]:
        """What leads to each stage; BadParameter where a step cannot be read."""
        return {stage.key: [read_step(text) for text in stage.when] for stage in self.journey.stages}

    @property
    def last(self) -> int:
        """The number of the farthest stage."""
        return len(self.journey.stages)

    @property
    def dormant(self) -> int:
        return self.last + 1

    def place(self, key: str) -> int:
        """The number of a stage, or of dormant or lost."""
        if key not in self.journey.keys:
            raise UnknownName("stage", key, self.journey.keys)
        return self.journey.keys.index(key) + 1

    def names_after(self, place: int) -> set[str]:
        """The events that lead to a stage after this one."""
        return {step.name for stage in self.journey.stages[place:] for step in self.steps[stage.key]}

    def titles(self, speak: Speaker) -> list[str]:
        """The names of the stages in their order, then those of dormant and lost."""
        named = [stage.title(speak.language) for stage in self.journey.stages]
        return [*named, *(speak.say(key) for key in AFTER)]

    def values(self, frame: Frame) -> dict[str, Any]:
        """What the steps bind. Silence is counted up to the last day of which there are moves, where the period reaches beyond it."""
        found = frame.values | {"done_to_them": list(DONE_TO_THEM)}
        found["as_of"] = min(found["end"], _end_of_log(frame) or found["end"])
        for place, stage in self._ruled():
            names, others = _parted(self.steps[stage.key])
            found[f"stage_{place}"] = names
            for step, number in _numbered(others, place):
                found |= step.values(number)
        return found

    def people(self, frame: Frame, where: str = "") -> dict[str, str]:
        """The steps up to `paths`: one row a customer with `path`, an array of (moment in milliseconds, stage), from the first to the end
        of the period, and `brought`, their net revenue; `part` is the first that is known of them in the breakdown. The segment says who: whoever has any move like it."""
        stages = {f"is_{place}": self._reaches(place, stage, frame) for place, stage in self._ruled()}
        more = {
            "at": "toUnixTimestamp64Milli(ts)",
            "is_theirs": "name NOT IN {done_to_them:Array(String)}",
            "is_like": f"(true{frame.only()})",
            "net": frame.net(),
            **stages,
        }
        whole = replace(frame, segment=())
        return {
            "moves": moves(whole, where, more=more, history=True),
            "people": self._people(frame),
            "points": self._points(),
            "paths": self._paths(),
        }

    def _ruled(self) -> Iterable[tuple[int, Stage]]:
        """The stages that have rules, by their numbers."""
        return list(enumerate(self.journey.stages, 1))[1:]

    def _reaches(self, place: int, stage: Stage, frame: Frame) -> str:
        """Whether a move is one that leads to the stage. An order is one with revenue, told once."""
        names, others = _parted(self.steps[stage.key])
        parts = [f"name IN {{stage_{place}:Array(String)}}"] if names else []
        made = frame.facts.counts  # what nobody did need not be looked for in properties
        parts += [f"({step.sql(number)})" for step, number in _numbered(others, place) if step.name in made]
        either = " OR ".join(parts) or "false"
        if not any(step.name == ORDER for step in self.steps[stage.key]):
            return f"({either})"
        stands = SOLD_ONCE[2] if frame.facts.told_twice else ""
        return f"(({either}) AND (name != '{ORDER}' OR (revenue > 0{stands})))"

    def _people(self, frame: Frame) -> str:
        reached = [
            f"minIf(at, is_{place})"
            if stage.times == 1
            else f"groupArraySortedIf({stage.times})(at, is_{place})[{stage.times}]"
            for place, stage in self._ruled()
        ]
        here = [
            f"arraySort(groupUniqArrayIf(intDiv(at, {HOUR}), is_{place})) AS hours_{place}"
            for place, stage in self._ruled()
            if stage.lapses_days
        ]
        split = "argMinIf(breakdown, (ts, event_id), breakdown != '')" if frame.breakdown else "''"
        return f"""
SELECT customer_id, {split} AS part, min(at) AS first_at,
       arraySort(arrayDistinct(arrayPushBack(groupUniqArrayIf(intDiv(at, {HOUR}), is_theirs), intDiv(first_at, {HOUR})))) AS hours,
       [first_at, {", ".join(reached)}] AS met{"".join(f", {one}" for one in here)}, sum(net) AS brought
FROM moves GROUP BY customer_id{" HAVING max(is_like)" if frame.segment else ""}"""

    def _points(self) -> str:
        """The moments at which somebody's stage may change: a stage is reached or lapses, silence begins or ends."""
        runs = [_runs("hours", self.journey.dormant_days)]
        found = ["reached", _moments("begins"), *(_moments("lasts", after) for after in self._silences())]
        for place, stage in self._ruled():
            if stage.lapses_days:
                runs.append(_runs(f"hours_{place}", stage.lapses_days, f"_{place}"))
                found += [_moments(f"begins_{place}"), _moments(f"lasts_{place}", stage.lapses_days * DAY)]
        return f"""
SELECT customer_id, part, hours, brought, {", ".join(runs)},
       [{", ".join(self._reached())}] AS reached,
       arraySort(arrayDistinct(arrayMap(p -> greatest(p, first_at),
           arrayFilter(p -> p != 0 AND p < {{as_of:Int64}}, arrayConcat({", ".join(found)}))))) AS points
FROM people"""

    def _silences(self) -> tuple[int, int]:
        """After how many milliseconds somebody is dormant, and lost."""
        return self.journey.dormant_days * DAY, self.journey.lost_days * DAY

    def _reached(self) -> list[str]:
        """When each stage was reached, 0 for never: with the stage before which it does not count."""
        found: list[str] = []
        for place, stage in enumerate(self.journey.stages, 1):
            own, before = f"met[{place}]", stage.after and self.place(stage.after)
            both = found[before - 1] if before else ""
            found.append(f"if({own} = 0 OR {both} = 0, 0, greatest({own}, {both}))" if both else own)
        return found

    def _paths(self) -> str:
        dormant, lost = self._silences()
        stages = "".join(f"{self._holds(place, stage)}, " for place, stage in reversed(list(self._ruled())))
        return f"""
SELECT customer_id, part, hours, brought,
       arrayMap(p -> toUInt8(multiIf(p >= {_seen()} + {lost}, {self.dormant + 1}, p >= {_seen()} + {dormant}, {self.dormant},
                                     {stages}1)), points) AS stages,
       arrayFilter((step, before) -> step.2 != before, arrayZip(points, stages), arrayPushFront(arrayPopBack(stages), 0)) AS path
FROM points"""

    def _holds(self, place: int, stage: Stage) -> str:
        """A case of multiIf: the stage at the moment p, where it was reached by then; the one before where it has lapsed."""
        reached = f"reached[{place}] != 0 AND p >= reached[{place}]"
        if not stage.lapses_days:
            return f"{reached}, {place}"
        return f"{reached}, if(p < {_seen(f'_{place}')} + {stage.lapses_days * DAY}, {place}, {place - 1})"


def _end_of_log(frame: Frame) -> int | None:
    """The end of the last day on which anything happened, in milliseconds."""
    span = frame.facts.span(())
    return int(Period(*span).bounds(frame.settings.zone)[1].timestamp() * 1000) if span else None


def _parted(steps: Sequence[Step]) -> tuple[list[str], list[Step]]:
    """Steps that are just a name, and the others."""
    return [step.name for step in steps if not step.conditions], [step for step in steps if step.conditions]


def _numbered(steps: Sequence[Step], place: int) -> Iterable[tuple[Step, int]]:
    """Each with a number that no step of another stage has."""
    return ((step, 1000 * place + index) for index, step in enumerate(steps))


def _runs(hours: str, days: int, mark: str = "") -> str:
    """SQL for the first and the last hour of every run of hours; a gap longer than so many days ends a run."""
    gaps, after = f"arrayDifference({hours})", days * DAY // HOUR
    return f"""arrayFilter((h, gap, n) -> n = 1 OR gap > {after}, {hours}, {gaps}, arrayEnumerate({hours})) AS begins{mark},
       arrayFilter((h, gap) -> gap > {after}, {hours}, arraySlice(arrayPushBack({gaps}, {FAR_AHEAD}), 2)) AS lasts{mark}"""


def _moments(hours: str, after: int = 0) -> str:
    """SQL for hours as milliseconds, or so many milliseconds after them."""
    return f"arrayMap(h -> h * {HOUR} + {after}, {hours})"


def _seen(mark: str = "") -> str:
    """SQL for the last hour, in milliseconds, of the run that the moment p is in or follows."""
    return f"lasts{mark}[arrayCount(h -> h * {HOUR} <= p, begins{mark})] * {HOUR}"


# What is read of paths

# Every change of stage: from (0: they were new), to, the moment, and for how many days they had been in the one before.
TURNS = f"""arrayMap((step, before) -> (before.2, step.2, step.1, (step.1 - before.1) / {DAY}), path,
                arrayPushFront(arrayPopBack(path), (toInt64(0), toUInt8(0))))"""
LOCAL_DAY = "toDate(fromUnixTimestamp64Milli({}, {{timezone:String}}))"
