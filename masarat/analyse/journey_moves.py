"""Moves between stages: who went from where to where in the period, and after how long."""

from __future__ import annotations

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.stages import TURNS, Rules
from masarat.store import Query, Row
from masarat.words import Words


class JourneyMoves(Analysis):
    """Between which stages of the journey customers moved in the period: forward, in leaps, back, into silence and out of it.

    For the marketer who wants to see the flow behind the sizes of the stages (see `journey` for what a stage is). A row is one way, from
    a stage to another: forward to the next stage, a leap over one or more, back where a stage lapsed, silent into dormant or lost, returned
    out of them, and new for the first move of all. Counted are the times that somebody went that way in the period, and the different
    customers who did; the share is of all times that somebody left the same stage. Days are the median time they had spent in it before.

    A breakdown takes the first value that is known of a customer. Moments are to the millisecond; of several stages reached in the
    same millisecond only the farthest is seen, so it shows as a leap.
    """

    view = "flow"
    columns = (
        Column("way", "text"),
        Column("breakdown", "text"),
        Column("kind", "text"),
        Column("times", "count"),
        Column("customers", "count"),
        Column("part_of_leaving", "percent"),
        Column("days_before", "days"),
    )
    numbers = (
        Column("moves", "count"),
        Column("forward", "count"),
        Column("leap", "count"),
        Column("back", "count"),
        Column("silent", "count"),
        Column("returned", "count"),
        Column("new", "count"),
    )
    picture = (
        Column("one", "text"),
        Column("two", "text"),
        Column("times", "count"),
        Column("part_of_leaving", "percent"),
        Column("step", "number"),
    )
    needs = ()
    about = ()
    sample = "moves"
    breaks_down = True
    words = Words(
        en="""
title = Moves between stages
about = Between which stages of the journey customers moved: forward, in leaps, back, into silence and out of it.
way = From – to
one = From
two = To
step = Step
kind = Kind
times = Times
    .formula = How often a customer went this way in the period
customers = Customers
    .formula = Different customers who went this way in the period
part_of_leaving = Share of leaving
    .formula = Times of this way divided by all times that somebody left the same stage in the period
days_before = Days before
    .formula = Median of the days they had been in the stage before
moves = Moves
    .formula = All changes of stage in the period
forward = Forward
    .formula = Moves to the very next stage
leap = Leap
    .formula = Moves over one or more stages
back = Back
    .formula = Moves to an earlier stage, because the one before lapsed
silent = Into silence
    .formula = Moves into dormant, and from there into lost
returned = Returned
    .formula = Moves out of dormant or lost
new = New
    .formula = First moves of customers nobody had seen before
path = { $from } → { $to }
newcomers = New
sentence = { $moves ->
    [one] One move
   *[other] { $moves } moves
} between stages: { $onward } forward (leaps included), { $silent } into silence, { $returned } back out of it. The most travelled way: { $way }.
""",
        ar="""
title = الانتقال بين المراحل
about = بين أي المراحل انتقل العملاء: تقدّمًا وقفزًا وتراجعًا وسكوتًا ورجوعًا.
way = من – إلى
one = من
two = إلى
step = الخطوة
kind = النوع
times = المرات
    .formula = كم مرة سلك عميل هذا الطريق في الفترة
customers = العملاء
    .formula = العملاء المختلفون الذين سلكوا هذا الطريق في الفترة
part_of_leaving = الحصة من الخارجين
    .formula = مرات هذا الطريق مقسومة على كل مرات الخروج من المرحلة نفسها في الفترة
days_before = الأيام قبلها
    .formula = وسيط الأيام التي قضوها في المرحلة قبل ذلك
moves = الانتقالات
    .formula = كل تغيّر في المرحلة خلال الفترة
forward = تقدّم
    .formula = الانتقال إلى المرحلة التالية مباشرة
leap = قفز
    .formula = الانتقال فوق مرحلة أو أكثر
back = تراجع
    .formula = الرجوع إلى مرحلة أسبق لأن التي بعدها انقضت
silent = سكوت
    .formula = الانتقال إلى الخمول، ومنه إلى الفقد
returned = رجوع
    .formula = الخروج من الخمول أو الفقد
new = جديد
    .formula = أول حركة لعميل لم يُعرف من قبل
path = { $from } ← { $to }
newcomers = جدد
sentence = { $moves ->
    [one] انتقال واحد
    [two] انتقالان
    [few] { $moves } انتقالات
    [many] { $moves } انتقالًا
   *[other] { $moves } انتقال
} بين المراحل: { $onward } إلى الأمام (ومعها القفز)، و{ $silent } إلى السكوت، و{ $returned } رجوعًا منه. وأكثر الطرق سلوكًا: { $way }.
""",
    )

    def query(self, frame: Frame) -> Query:
        rules = Rules(frame.told.stages())
        return Query(
            steps={**rules.people(frame), "turned": TURNED, "found": FOUND},
            values=rules.values(frame),
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """Name the ways; the picture shows all parts of a breakdown together."""
        rules = Rules(found.frame.told.stages())
        found.totals = _totals(found.rows, rules)
        found.before = _totals(found.before_rows, rules) if found.frame.before else {}
        titles = [found.say("newcomers"), *rules.titles(found.speaker)]
        found.picture = _together(found.rows, titles)
        found.rows = [
            row | {"way": _way(found, _titled(row, titles)), "kind": found.say(_kind(row, rules))}
            for row in found.rows
        ]
        found.before_rows = []
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        return found.say(
            "sentence",
            moves=totals["moves"],
            onward=totals["forward"] + totals["leap"],
            silent=totals["silent"],
            returned=totals["returned"],
            way=_way(found, max(found.picture, key=lambda row: row["times"])),
        )


KINDS = ("forward", "leap", "back", "silent", "returned", "new")


def _kind(row: Row, rules: Rules) -> str:
    one, two = row["one"], row["two"]
    if not one:
        return "new"
    if two > rules.last:
        return "silent"
    if one > rules.last:
        return "returned"
    return "back" if two < one else "forward" if two == one + 1 else "leap"


def _totals(rows: list[Row], rules: Rules) -> Row:
    totals = {"moves": sum(row["times"] for row in rows), **dict.fromkeys(KINDS, 0)}
    for row in rows:
        totals[_kind(row, rules)] += row["times"]
    return totals


def _titled(row: Row, titles: list[str]) -> Row:
    return row | {"one": titles[row["one"]], "two": titles[row["two"]]}


def _way(found: Found, row: Row) -> str:
    return found.say("path", **{"from": row["one"], "to": row["two"]})


def _together(rows: list[Row], titles: list[str]) -> list[Row]:
    """Each way in all parts, those out of the same stage together, in the order of the stages."""
    times: dict[tuple[int, int], int] = {}
    for row in rows:
        way = row["one"], row["two"]
        times[way] = times.get(way, 0) + row["times"]
    left = {one: sum(count for way, count in times.items() if way[0] == one) for one, _ in times}
    ways = [{"one": one, "two": two, "times": count, "part_of_leaving": count / left[one], "step": 1}
            for (one, two), count in sorted(times.items())]  # fmt: skip
    return [_titled(row, titles) for row in ways]


# One row every change of stage in the period.
TURNED = f"""
SELECT customer_id, part, turn.1 AS one, turn.2 AS two, turn.4 AS days
FROM (SELECT customer_id, part, {TURNS} AS turns FROM paths) ARRAY JOIN turns AS turn
WHERE turn.3 >= {{start:Int64}}"""

FOUND = """
SELECT part AS breakdown, one, two, count() AS times, uniqExact(customer_id) AS customers,
       times / sum(times) OVER (PARTITION BY breakdown, one) AS part_of_leaving,
       if(one = 0, NULL, quantileExactInclusive(0.5)(days)) AS days_before
FROM turned GROUP BY breakdown, one, two ORDER BY breakdown, one, two"""

JourneyMoves.example = JourneyMoves(period="last_90_days")
