"""Paths: where people go from a step, how they come to one, and where they stop."""

from __future__ import annotations

from pydantic import Field, field_validator

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, event_title
from masarat.analyse.frame import Frame
from masarat.analyse.moves import Step, bound, read_step, seen
from masarat.analyse.visits import ONWARD, Place, Within, titled, walked, walks
from masarat.models.flow import Link, flow
from masarat.store import Query, Row
from masarat.words import Words

BOUGHT = "Order Completed"
OTHER = "\u0001"  # all places that are not drawn by themselves
DRAWN = 6  # places of one step in the picture
PARTS = ("path", "next", "left")

# One row a walk: `places` from where it is followed, `begin` and `finish` where it starts and reaches the goal (0: nowhere).
CUT = """
SELECT customer_id, places, {begin} AS begin,
       arrayFirstIndex((mark, at) -> bitTest(mark, 1) AND at > {after}, marks, arrayEnumerate(marks)) AS finish,
       {followed} AS is_followed, arraySlice(places, greatest(begin, 1), {length}) AS slice, {folded} AS whole,
       {kept} AS kept
FROM walks"""

# What a walk tells, one item each: that it is there, its path, each link of it, what came next, where it was left.
TOLD = """
SELECT customer_id, item.1 AS part, item.2 AS step, item.3 AS path
FROM cut ARRAY JOIN arrayConcat(
  [('all', toInt32(0), CAST([], 'Array(UInt64)'))],
  if(is_followed, [('path', toInt32(0), kept)], []),
  if(is_followed, arrayMap((here, after, at) -> ('link', toInt32(at + {shift}), [here, after]), kept,
                           arrayPushBack(arrayPopFront(kept), {ending}), arrayEnumerate(kept)), []),
  if(is_followed AND {started} AND length(kept) > 1, [('next', toInt32(0), [kept[2]])], []),
  if({aimed} AND begin > 0 AND finish = 0, [('left', toInt32(0), [places[-1]])], [])) AS item"""

# The largest of each part: of links, the largest places and the largest links of each.
SHOWN = """
SELECT part, step, path, visits, customers, level, different, through FROM (
  SELECT *, sum(visits) OVER (PARTITION BY part, step) AS level, count() OVER (PARTITION BY part, step) AS different,
         sum(visits) OVER (PARTITION BY part, step, path[1]) AS through
  FROM (SELECT part, step, path, count() AS visits, uniqExact(customer_id) AS customers FROM told GROUP BY part, step, path)
  ORDER BY path[2] = 0 DESC, visits DESC, path LIMIT 20 BY part, step, if(part = 'link', [path[1]], path))
ORDER BY part != 'all', part, step, if(part = 'link', through, visits) DESC, path[1], visits DESC, path
LIMIT {most:UInt32} BY part, step"""

ROWS = f"""
SELECT * FROM ({titled("shown", "part", "step", "visits", "customers", "level", "different", "through")})
ORDER BY part != 'all', part, step, if(part = 'link', through, visits) DESC, path[1], visits DESC, path"""


class Paths(Analysis):
    """Where people go from a step, how they come to one, which whole paths are the most common, and where people stop.

    For whoever asks what visitors really do, rather than what was planned for them. A path is the places of one visit in their
    order; with `within=period`, those of a customer's whole period, so that days and devices join. A place is the page a move
    happened on (any move that has one, without address and parameters), the event, or the content group: the first part of the
    page's path. What a page tells by itself (Page Left, Page Reloaded, Web Vitals Measured, Error Seen) is no move. Staying at a
    place, A A A, counts as A unless `folded` is off.

    With `start`, paths begin at the first move that is that step; with `end`, they end at the first one that is (after the start,
    where both are given) and those that never get there are left out. Only with `end` alone are the last steps before it kept
    instead of the first. A path longer than `depth` shows its first steps; between two steps, its first ones and the end. The goal
    is `end`, or a completed order where none is asked: abandoned at tells the last place of the visits that did not reach it.

    The picture's rows are links: how many paths went from a place to the next at each step; an empty next means that they ended
    there. The six largest places of each step are told, as far as `min_share` of all paths came through them; the rest is one.
    Moves without a visit are left out with `within=visit`, moves of nobody always. Of each visit or customer the earliest 1,000
    moves of the period are looked at, of 10,000 at most. Moves of the same millisecond stand in the order of their ids.
    """

    start: str = Field(
        "",
        max_length=500,
        description="The step where paths begin, e.g. 'Product Viewed' or 'Page Viewed where path=/checkout*'.",
    )
    end: str = Field("", max_length=500, description="The step where paths end, written in the same way.")
    of: Place = Field(
        "page", description="What a place is: page, event, or group (the first part of the page's path)."
    )
    within: Within = Field(
        "visit", description="How long a path goes on: a visit, or the customer's whole period."
    )
    folded: bool = Field(True, description="Whether staying at a place counts once: A A A is A.")
    depth: int = Field(5, ge=2, le=10, description="How many steps of a path are looked at.")
    min_share: float = Field(
        0.01, ge=0, le=1, description="Places that fewer of the paths come through are drawn together."
    )
    limit: int = Field(10, ge=1, le=500, description="How many rows each list shows.")

    view = "flow"
    columns = (
        Column("part", "text"),
        Column("path", "path"),
        Column("visits", "count"),
        Column("customers", "count"),
        Column("share", "percent"),
    )
    numbers = (
        Column("visits", "count"),
        Column("customers", "count"),
        Column("followed", "count"),
        Column("different", "count"),
        Column("left", "count"),
    )
    picture = (
        Column("place", "text"),
        Column("next", "text"),
        Column("paths", "count"),
        Column("share", "percent"),
        Column("step", "number"),
    )
    needs = ()
    about = ()
    sample = "visits"
    words = Words(
        en="""
title = Paths
about = Where people go, how they get there, and where they stop.
param-start = From
param-end = To
param-of = By
param-within = Within
param-folded = Fold repeats
param-depth = Steps
param-min_share = Minimum share
param-limit = Rows
part = List
part-path = Whole path
part-next = Next
part-left = Abandoned at
path = Path
place = Place
next = Next
paths = Paths
    .formula = Paths that went from this place to the next at this step
step = Step
share = Share
    .formula = Part of all followed paths; of what was abandoned at, part of all that did not reach the goal
visits = Visits
    .formula = Visits with at least one place; of the whole period, customers
customers = Customers
    .formula = Different customers among these visits
followed = Paths
    .formula = Visits that began where asked and, where an end is asked for, reached it
different = Different paths
    .formula = Sequences of places that differ within the steps looked at
left = Without the goal
    .formula = Visits that began where asked and did not reach the goal: the end, or a completed order
other = others
visits-n = { $n ->
    [one] one visit
   *[other] { $n } visits
}
customers-n = { $n ->
    [one] one customer
   *[other] { $n } customers
}
sentence = { $how ->
    [between] { $followed } of { $visits } went from { $start } to { $end }; the most common path is
    [from] { $followed } of { $visits } came to { $start }; the most common path from there is
    [to] { $followed } of { $visits } came to { $end }; the most common path there is
   *[all] The most common path of { $visits } is
} { $path } ({ $share }).
left-at = { $left } ended without { $goal }, most often at { $place } ({ $share }).
nobody = None of { $visits } went that way.
note-empty = No visit of these days can be followed; moves are known from { $first } to { $last }. Moves without a visit are followed with within=period.
note-small-paths = Only { $n ->
    [one] one path
   *[other] { $n } paths
}: shares are rough.
""",
        ar="""
title = المسارات
about = أين يذهب الناس، ومن أين يصلون، وأين يتوقفون.
param-start = من
param-end = إلى
param-of = حسب
param-within = ضمن
param-folded = طيّ التكرار
param-depth = عدد الخطوات
param-min_share = أدنى حصة
param-limit = عدد الصفوف
part = القائمة
part-path = مسار كامل
part-next = التالي
part-left = تُرك عند
path = المسار
place = الموضع
next = التالي
paths = المسارات
    .formula = المسارات التي انتقلت من هذا الموضع إلى التالي في هذه الخطوة
step = الخطوة
share = الحصة
    .formula = الجزء من كل المسارات المتتبعة؛ وفيما تُرك، الجزء من كل ما لم يبلغ الغاية
visits = الزيارات
    .formula = الزيارات التي فيها موضع واحد على الأقل؛ وللفترة كلها عدد العملاء
customers = العملاء
    .formula = العملاء المختلفون في هذه الزيارات
followed = المسارات المتتبعة
    .formula = الزيارات التي بدأت حيث سُئل عنه وبلغت النهاية إن سُئل عنها
different = المسارات المختلفة
    .formula = تتابعات المواضع التي تختلف ضمن الخطوات المنظورة
left = دون بلوغ الغاية
    .formula = الزيارات التي بدأت حيث سُئل عنه ولم تبلغ الغاية: النهاية، أو إتمام طلب
other = غيرها
visits-n = { $n ->
    [one] زيارة واحدة
    [two] زيارتين
    [few] { $n } زيارات
    [many] { $n } زيارة
   *[other] { $n } زيارة
}
customers-n = { $n ->
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}
sentence = { $how ->
    [between] انتقل { $followed } من { $visits } من «{ $start }» إلى «{ $end }»، وأكثر المسارات بينهما تكرارًا
    [from] مرّ { $followed } من { $visits } بـ«{ $start }»، وأكثر المسارات منها تكرارًا
    [to] وصل { $followed } من { $visits } إلى «{ $end }»، وأكثر المسارات إليها تكرارًا
   *[all] أكثر المسارات تكرارًا في { $visits }
} { $path } ({ $share }).
left-at = وانتهى { $left } دون «{ $goal }»، وأكثر ما انتهت عنده «{ $place }» ({ $share }).
nobody = لم يسلك هذا الطريق أحد من { $visits }.
note-empty = لا زيارة في هذه الأيام يمكن تتبعها؛ والحركات معروفة من { $first } إلى { $last }. ولتتبع الحركات التي لا زيارة لها اسأل مع within=period.
note-small-paths = { $n ->
    [one] ليس إلا مسار واحد
    [two] ليس إلا مساران
    [few] ليس إلا { $n } مسارات
    [many] ليس إلا { $n } مسارًا
   *[other] ليس إلا { $n } مسار
}: فالحصص تقريبية.
""",
    )

    @field_validator("start", "end")
    @classmethod
    def know_step(cls, text: str) -> str:
        if text:
            read_step(text)
        return text

    def query(self, frame: Frame) -> Query:
        begin = read_step(self.start) if self.start else None
        goal = self._goal(frame)
        seen([step for step in (begin, read_step(self.end) if self.end else None) if step], frame.facts)
        marks = [step for step in (begin, goal) if step]
        mark = [
            f"{weight} * toUInt8({step.sql(marks.index(step))})"
            for weight, step in ((1, begin), (2, goal))
            if step
        ]
        return Query(
            steps={
                **walks(frame, self.of, self.within, f"toUInt8({' + '.join(mark) or '0'})"),
                "cut": self._cut(),
                "told": TOLD.format(
                    shift="{depth:UInt8} - length(kept)" if self._backward else "0",
                    ending="1" if self.end else "if(length(whole) > {depth:UInt8}, 1, 0)",
                    started="true" if self.start else "false",
                    aimed="true" if goal else "false",
                ),
                "shown": SHOWN,
                "rows": ROWS,
            },
            values=walked(frame) | bound(marks) | {"depth": self.depth, "most": max(self.limit, 400)},
            rows="rows",
            totals="rows",
        )

    @property
    def _backward(self) -> bool:
        return bool(self.end and not self.start)

    def _goal(self, frame: Frame) -> Step | None:
        if self.end:
            return read_step(self.end)
        return Step(BOUGHT, BOUGHT) if BOUGHT in frame.facts.counts else None

    def _cut(self) -> str:
        """Where a walk is followed from, how far, and what is kept of it."""
        first = "arraySlice(whole, 1, {depth:UInt8})"
        if self._backward:
            first = "arraySlice(whole, greatest(toInt64(length(whole)) - {depth:UInt8} + 1, 1))"
        elif self.end:
            first = f"if(length(whole) > {{depth:UInt8}}, arrayPushBack(arraySlice(whole, 1, {{depth:UInt8}} - 1), whole[-1]), {first})"
        return CUT.format(
            begin="arrayFirstIndex(mark -> bitTest(mark, 0), marks)" if self.start else "1",
            after="begin" if self.start else "0",
            followed="begin > 0 AND finish > 0" if self.end else "begin > 0",
            length="finish - greatest(begin, 1) + 1" if self.end else "length(places)",
            folded="arrayCompact(slice)" if self.folded else "slice",
            kept=first,
        )

    def interpret(self, found: Found) -> Found:
        """Split what the walks told into overall numbers, lists and links."""
        found.totals, links = _totals(found.rows), [row for row in found.rows if row["part"] == "link"]
        found.before = _totals(found.before_rows)
        found.picture = self._links(found, links)
        found.rows = [row for part in PARTS for row in _listed(found, part)[: self.limit]]
        found.before_rows = []
        return found

    def _links(self, found: Found, rows: list[Row]) -> list[Row]:
        links = [
            Link(row["step"], row["path"][0], row["path"][1], row["visits"], row["through"]) for row in rows
        ]
        whole = found.totals.get("followed", 0)
        shown = flow(links, max(1, round(self.min_share * whole)), DRAWN, OTHER, ONWARD)
        return [
            {"place": _titled(found, link.place), "next": _titled(found, link.after), "paths": link.paths,
             "share": link.paths / whole, "step": link.step}
            for link in shown
        ]  # fmt: skip

    def explain(self, found: Found) -> str:
        totals = found.totals
        visits = found.say("visits-n" if self.within == "visit" else "customers-n", n=totals["visits"])
        paths = [row for row in found.rows if row["kind"] == "path"]
        if not paths:
            return found.say("nobody", visits=visits)
        how = "between" if self.start and self.end else "from" if self.start else "to" if self.end else "all"
        said = found.say(
            "sentence",
            followed=totals["followed"],
            visits=visits,
            how=how,
            start=_step(found, self.start),
            end=_step(found, self.end),
            path=found.speaker.value("path", paths[0]["path"]),
            share=found.percent("share", paths[0]),
        )
        left = [row for row in found.rows if row["kind"] == "left"]
        return f"{said} {self._left(found, left[0])}" if left else said

    def _left(self, found: Found, row: Row) -> str:
        return found.say(
            "left-at",
            left=found.totals["left"],
            goal=_step(found, self.end or BOUGHT),
            place=found.speaker.text(row["path"][0]),
            share=found.percent("share", row),
        )

    def notes(self, found: Found) -> list[str]:
        followed = found.totals["followed"]
        return [found.say("note-small-paths", n=followed)] if 0 < followed < SMALL_SAMPLE else []


def _totals(rows: list[Row]) -> Row:
    """The overall numbers, from the level of each part."""
    if not rows:
        return {}
    level = {row["part"]: row for row in rows if row["part"] != "link"}
    none = {"level": 0, "different": 0}
    path, left = level.get("path", none), level.get("left", none)
    whole = {"visits": level["all"]["visits"], "customers": level["all"]["customers"]}
    return whole | {"followed": path["level"], "different": path["different"], "left": left["level"]}


def _listed(found: Found, part: str) -> list[Row]:
    """The rows of one list, named in the asked language."""
    whole = found.totals.get("left" if part == "left" else "followed")
    return [
        row | {"kind": part, "part": found.say(f"part-{part}"), "share": row["visits"] / whole,
               "path": [_titled(found, place) for place in row["path"]]}
        for row in found.rows
        if row["part"] == part and whole
    ]  # fmt: skip


def _step(found: Found, text: str) -> str:
    """A step as people call it: by our own words where it is an event alone."""
    return found.speaker.text(event_title(text, found.speaker.language))


def _titled(found: Found, place: str) -> str:
    """A place as people call it: events by our own words in Arabic."""
    if place == OTHER:
        return found.say("other")
    return event_title(place, found.speaker.language)


Paths.example = Paths(of="event", depth=4)
