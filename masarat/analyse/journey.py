"""The journey: who is in each stage now, how far people get, and where they stop."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.stages import DAY, TURNS, Rules
from masarat.store import Query, Row
from masarat.words import Words

FORWARD, LEFT, RETURNED, CAME = 1, 2, 3, 4  # what somebody did in the period
SMALL = 30  # customers


class Journey(Analysis):
    """How many customers are in each stage of the journey, how many go on from there and how soon, and where they drop out.

    For the owner and the marketer, who want to know where the journey breaks. Everybody who made a move is in exactly one place, as of the
    end of the period (or of the last day with data): in the farthest stage they have reached, or, after 90 days without any move of
    their own, dormant, and after 365 days lost; with the next move they are back where they were. A cart that nobody touched for 30 days
    lapses: its customer is merely interested again. Stages, their names, their rules and these days are yours to set
    (`masarat stages`); the usual six are awareness (any move), interest (looked at a product, searched, signed up), consideration (a
    cart, a checkout), purchase (an order), retention (two orders or more) and advocacy (bought, and shared, invited, mentioned us, gave 4
    or 5 stars, or 9 or 10 points of recommendation).

    Reached, the share that goes on and the share that drops out are about everybody up to the end of the period: whoever reached a later
    stage counts as having reached the earlier ones. The days to the next stage are the median of those who went on from this stage,
    leaving out those who skipped it; those who are still on their way are not in it. Net revenue is what the customers of the
    stage brought so far, in the asked currency. Moved forward, fell silent and came back count customers in the period, once each.

    A segment says who: customers any of whose moves is like it, with all their moves. A breakdown takes the first value that is known of
    a customer: the channel they came by, their first device. A move is counted on the day it happened, and moments to the
    millisecond; several stages reached in the same millisecond count as the farthest. Signs of life are kept by the hour.
    """

    view = "ranking"
    columns = (
        Column("stage", "text"),
        Column("breakdown", "text"),
        Column("customers", "count"),
        Column("part_of_all", "percent"),
        Column("brought", "money"),
        Column("days_here", "days"),
        Column("reached", "count"),
        Column("went_on", "percent"),
        Column("days_to_next", "days"),
        Column("dropped_out", "percent"),
    )
    numbers = (
        Column("customers", "count"),
        Column("on_the_way", "count"),
        Column("came", "count"),
        Column("forward", "count"),
        Column("silent", "count"),
        Column("returned", "count"),
    )
    picture = (Column("stage", "text"), Column("customers", "count"))
    needs = ()
    about = ()
    sample = "customers"
    breaks_down = True
    words = Words(
        en="""
title = Customer journey
about = How many customers are in each stage, how many go on, how soon, and where they stop.
customers = Customers
    .formula = Everybody who made a move up to the end of the period, each in exactly one place
part_of_all = Share of customers
    .formula = Customers of this stage divided by all customers (of this part of the breakdown)
brought = Revenue so far
    .formula = Net revenue of these customers up to the end of the period
days_here = Days in stage
    .formula = Median of the days since these customers came into the stage
reached = Reached it
    .formula = Customers who ever reached this stage or a later one
went_on = Go on
    .formula = Of those who reached this stage, the share who reached a later one
days_to_next = Days to next
    .formula = Median days from this stage to a later one, of those who went on and did not skip it
dropped_out = Drop out
    .formula = Of those who reached this stage, the share who got no farther and are dormant or lost now
on_the_way = On the way
    .formula = Customers in a stage: neither dormant nor lost
came = New
    .formula = Customers whose first move is in the period
forward = Moved forward
    .formula = Customers who came into a later stage in the period, once each
silent = Fell silent
    .formula = Customers who became dormant in the period, once each
returned = Came back
    .formula = Customers who were dormant or lost and made a move in the period, once each
sentence = { $customers ->
    [one] One customer has
   *[other] { $customers } customers have
} made a move, { $on_the_way ->
    [0] and all have fallen silent
    [one] and one is on the way; most are in { $stage }
   *[other] and { $on_the_way } are on the way; the fullest stage is { $stage }
}.
break = The journey breaks most often after { $stage }: { $share } of those who got there went no farther and fell silent.
note-small = Fewer than { $n } customers: read the shares with care.
note-one-stage = Everybody stopped in the first stage: no event that leads to a later one has come in. See masarat stages.
""",
        ar="""
title = رحلة العميل
about = كم عميلًا في كل مرحلة، وكم منهم يمضي إلى ما بعدها ومتى، وأين يتوقفون.
customers = العملاء
    .formula = كل من قام بحركة حتى آخر الفترة، وكلٌّ منهم في موضع واحد
part_of_all = الحصة من العملاء
    .formula = عملاء المرحلة مقسومين على العملاء كلهم (في هذا الجزء من التقسيم)
brought = الإيرادات حتى الآن
    .formula = صافي إيرادات هؤلاء العملاء حتى آخر الفترة
days_here = أيام في المرحلة
    .formula = وسيط الأيام منذ دخل هؤلاء العملاء المرحلة
reached = بلغوها
    .formula = من بلغ هذه المرحلة أو ما بعدها في أي وقت
went_on = يمضون
    .formula = حصة من بلغ مرحلة أبعد ممن بلغوا هذه
days_to_next = أيام إلى ما بعدها
    .formula = وسيط الأيام من هذه المرحلة إلى ما بعدها، لمن مضوا ولم يقفزوا عنها
dropped_out = ينقطعون
    .formula = حصة من لم يتجاوزوا هذه المرحلة وهم الآن خاملون أو مفقودون ممن بلغوها
on_the_way = في الطريق
    .formula = من هم في مرحلة: لا خاملون ولا مفقودون
came = الجدد
    .formula = من كانت أول حركة لهم في الفترة
forward = تقدّموا
    .formula = من دخل مرحلة أبعد في الفترة، ويُعدّ مرة واحدة
silent = سكتوا
    .formula = من صار خاملًا في الفترة، ويُعدّ مرة واحدة
returned = رجعوا
    .formula = من كان خاملًا أو مفقودًا ثم قام بحركة في الفترة، ويُعدّ مرة واحدة
sentence = { $customers ->
    [one] تحرّك عميل واحد
    [two] تحرّك عميلان
    [few] تحرّك { $customers } عملاء
    [many] تحرّك { $customers } عميلًا
   *[other] تحرّك { $customers } عميل
}، { $on_the_way ->
    [zero] وقد سكتوا جميعًا
    [one] ولا يزال في الطريق واحد، وأكثر المراحل عملاءً «{ $stage }»
    [two] ولا يزال في الطريق اثنان، وأكثر المراحل عملاءً «{ $stage }»
    [few] ولا يزال في الطريق { $on_the_way } منهم، وأكثر المراحل عملاءً «{ $stage }»
    [many] ولا يزال في الطريق { $on_the_way } منهم، وأكثر المراحل عملاءً «{ $stage }»
   *[other] ولا يزال في الطريق { $on_the_way } منهم، وأكثر المراحل عملاءً «{ $stage }»
}.
break = وأكثر ما تنقطع الرحلة بعد «{ $stage }»: { $share } ممن بلغوها لم يتجاوزوها ثم سكتوا.
note-small = العملاء أقل من { $n }: اقرأ النسب بحذر.
note-one-stage = لم يتجاوز أحد المرحلة الأولى: لم تصل أي حركة تقود إلى ما بعدها. انظر masarat stages.
""",
    )

    def query(self, frame: Frame) -> Query:
        rules = Rules(frame.told.stages())
        return Query(
            steps={
                **rules.people(frame),
                "told": TOLD,
                "found": FOUND,
            },
            values=rules.values(frame) | {"stages": rules.last},
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """One row a stage and part of the breakdown; the picture shows all parts together."""
        rules = Rules(found.frame.told.stages())
        titles = rules.titles(found.speaker)
        parts, before = _counted(found.rows), _counted(found.before_rows)
        whole, then = _sum(parts), _sum(before)
        found.rows = [row for part in sorted(parts) for row in _rows(parts[part], part, titles, rules)]
        found.totals, found.before = _totals(whole, rules), _totals(then, rules) if found.frame.before else {}
        found.picture = [
            {"stage": title, "customers": whole["now", place, 0]["times"]}
            for place, title in enumerate(titles, 1)
        ]
        found.before_rows = []
        return found

    def explain(self, found: Found) -> str:
        rules, totals = Rules(found.frame.told.stages()), found.totals
        stages = found.picture[: rules.last]
        fullest = max(stages, key=lambda row: row["customers"])
        sentence = found.say(
            "sentence", customers=totals["customers"], on_the_way=totals["on_the_way"], stage=fullest["stage"]
        )
        worst = totals["worst"]
        if not worst:
            return sentence
        said = found.say(
            "break",
            stage=found.picture[worst - 1]["stage"],
            share=found.speaker.percent(totals["worst_share"]),
        )
        return f"{sentence} {said}"

    def notes(self, found: Found) -> list[str]:
        notes = [found.say("note-small", n=SMALL)] if found.totals["customers"] < SMALL else []
        return notes if found.totals["farthest"] > 1 else [*notes, found.say("note-one-stage")]


Counts = defaultdict[tuple[str, int, int], dict[str, Any]]


def _nothing() -> Counts:
    return defaultdict(lambda: {"times": 0, "days": None, "brought": 0.0})


def _counted(rows: list[Row]) -> dict[str, Counts]:
    """What was counted, by part of the breakdown: ('now', stage, 0), ('best', stage, whether silent), …"""
    parts: dict[str, Counts] = defaultdict(_nothing)
    for row in rows:
        parts[row["breakdown"]][row["what"], row["one"], row["two"]] = row
    return parts


def _sum(parts: dict[str, Counts]) -> Counts:
    """All parts together; medians cannot be added, and are left out."""
    whole = _nothing()
    for part in parts.values():
        for key, row in part.items():
            known = whole[key]
            whole[key] = {**known, "times": known["times"] + row["times"]}
    return whole


def _reached(counts: Counts, place: int, last: int) -> int:
    """Customers who ever reached a stage or a later one."""
    return sum(
        int(counts["best", best, silent]["times"]) for best in range(place, last + 1) for silent in (0, 1)
    )


def _rows(counts: Counts, part: str, titles: list[str], rules: Rules) -> list[Row]:
    everybody = _reached(counts, 1, rules.last)
    return [
        {"stage": title, "breakdown": part, **_row(counts, place, everybody, rules.last)}
        for place, title in enumerate(titles, 1)
    ]


def _row(counts: Counts, place: int, everybody: int, last: int) -> Row:
    now = counts["now", place, 0]
    row = {
        "customers": now["times"],
        "part_of_all": now["times"] / everybody if everybody else None,
        "brought": now["brought"],
        "days_here": now["days"],
    }
    return row | (_onward(counts, place, last) if place <= last else {})


def _onward(counts: Counts, place: int, last: int) -> Row:
    reached, dropped = _reached(counts, place, last), counts["best", place, 1]["times"]
    farther = _reached(counts, place + 1, last) / reached if reached and place < last else None
    return {
        "reached": reached,
        "went_on": farther,
        "days_to_next": counts["ahead", place, 0]["days"],
        "dropped_out": dropped / reached if reached else None,
    }


def _totals(counts: Counts, rules: Rules) -> Row:
    last = rules.last
    drops = {place: _onward(counts, place, last)["dropped_out"] or 0.0 for place in range(1, last)}
    worst = max(drops, key=lambda place: drops[place])
    did = {kind: counts["did", kind, 0]["times"] for kind in (CAME, FORWARD, LEFT, RETURNED)}
    return {
        "customers": _reached(counts, 1, last),
        "on_the_way": sum(counts["now", place, 0]["times"] for place in range(1, last + 1)),
        "came": did[CAME],
        "forward": did[FORWARD],
        "silent": did[LEFT],
        "returned": did[RETURNED],
        "worst": worst if drops[worst] else 0,
        "worst_share": drops[worst],
        "farthest": max((place for place in range(1, last + 1) if _reached(counts, place, last)), default=0),
    }


# Several rows a customer, all that is counted of their path: where they are now and for how many days, how far they ever got and whether
# they are silent, how many days it took from each stage to the next, and what they did in the period.
TOLD = f"""
SELECT part, brought, one.1 AS what, one.2 AS one_, one.3 AS two_, one.4 AS days
FROM (
    SELECT part, toFloat64(brought) AS brought, path, path[-1].2 AS stage,
           arrayFilter(step -> step.2 <= {{stages:UInt8}}, path) AS staged,
           arrayMax(arrayMap(step -> step.2, staged)) AS best,
           arrayMap(k -> arrayFirst(step -> step.2 >= k, staged).1, range(1, best + 1)) AS since,
           arrayFilter(turn -> turn.3 >= {{start:Int64}}, {TURNS}) AS turns
    FROM paths
)
ARRAY JOIN arrayConcat(
    [('now', stage, 0, ({{as_of:Int64}} - path[-1].1) / {DAY}), ('best', best, stage > {{stages:UInt8}}, 0)],
    arrayMap((k, a, b) -> (if(b > a, 'ahead', 'skipped'), k, 0, (b - a) / {DAY}),
             range(1, best), arrayPopBack(since), arrayPopFront(since)),
    arrayMap(kind -> ('did', kind, 0, 0), arrayDistinct(arrayMap(turn -> multiIf(
        turn.1 = 0, {CAME}, turn.2 > {{stages:UInt8}}, if(turn.1 <= {{stages:UInt8}}, {LEFT}, 0),
        turn.1 > {{stages:UInt8}}, {RETURNED}, turn.2 > turn.1, {FORWARD}, 0), turns)))
) AS one"""

FOUND = """
SELECT part AS breakdown, what, one_ AS one, two_ AS two, count() AS times, quantileExactInclusive(0.5)(days) AS days, sum(brought) AS brought
FROM told GROUP BY breakdown, what, one, two ORDER BY breakdown, what, one, two"""

Journey.example = Journey()
