"""What moves customers on in the journey, and what precedes their leaving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found, event_title
from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.analyse.stages import DAY, HOUR, Rules
from masarat.models.lifts import Lift, lifts
from masarat.store import Query, Row
from masarat.words import Words

LEVEL = 0.05  # of false discoveries among those that are told
FEWEST = 30  # customers in each of the two groups
DRAWN = 6  # the strongest
FORWARD, LEFT, STAYED = 1, 2, 3
EVERYBODY = ("", "")
Way = tuple[int, int, tuple[str, str]]  # stage, outcome, and what was done: its kind and its name


class JourneyDrivers(Analysis):
    """What customers did before they moved on to a later stage of the journey, or before they fell silent, against those who stayed.

    For the marketer who wants to know what to encourage and what to mend. For each stage, three groups are taken of those who were in it
    during the period: who moved on to a later stage, who fell silent (became dormant), and who are still in it at the end. Of each
    customer the `days` days up to a last move count: the last before the move that brought them on, the last before their silence, and
    the last so far. Compared is the share of customers who did a thing in those days: an event of a name, a visit by a channel,
    from a device. Of moves onward, events that lead to a later stage are not compared: they are the move. The lift is the share of
    those who moved divided by the share of those who stayed, with its 95 % interval (relative risk, Katz 1978).

    Shown is only what is unlikely to be chance: Fisher's exact test, and of all things tested together at most 5 % false discoveries
    (Benjamini and Hochberg 1995). Groups of fewer than 30 customers are left out. A lift is no cause: whoever is about to buy looks more
    often at pages, and who had trouble may have come to buy. Test what it suggests before you build on it.
    """

    days: int = Field(14, ge=1, le=365, description="How many days up to that last move to look at.")
    limit: int = Field(10, ge=1, le=100, description="How many things to show of each move.")

    view = "ranking"
    columns = (
        Column("way", "text"),
        Column("thing", "text"),
        Column("movers_share", "percent"),
        Column("stayers_share", "percent"),
        Column("lift", "number"),
        Column("low", "number"),
        Column("high", "number"),
        Column("doubt", "number"),
        Column("movers", "count"),
        Column("stayers", "count"),
    )
    numbers = (Column("stays", "count"), Column("tested", "count"), Column("believed", "count"))
    picture = (Column("thing", "text"), Column("movers_share", "percent"), Column("stayers_share", "percent"))
    needs = ()
    about = ()
    sample = "stays"
    words = Words(
        en="""
title = What moves customers
about = What customers did before they moved on in the journey or fell silent, against those who stayed.
param-days = Days before
way = Move
thing = What they did
movers_share = Of those who moved
    .formula = Share of the customers who made this move and did this in the days before
stayers_share = Of those who stayed
    .formula = Share of the customers who stayed in the stage and did this in the days before their last sign of life
lift = Lift
    .formula = Share of those who moved divided by the share of those who stayed
low = Lift, at least
    .formula = Lower end of the 95 % interval of the lift
high = Lift, at most
    .formula = Upper end of the 95 % interval of the lift
doubt = False discoveries
    .formula = Share of false discoveries to be expected among what is at least as sure as this (Benjamini–Hochberg)
movers = Moved
    .formula = Customers who made this move in the period
stayers = Stayed
    .formula = Customers who were in the stage and are still in it at the end of the period
stays = Stays in a stage
    .formula = Times that a customer was in a stage in the period and moved on, fell silent or stayed
tested = Tested
    .formula = Things that were compared, over all moves
believed = Told
    .formula = Those of them that are unlikely to be chance
on = From { $stage } onwards
away = From { $stage } into silence
channel = Channel: { $value }
device = Device: { $value }
sentence = { $believed ->
    [0] Nothing that customers did tells those who moved from those who stayed, beyond chance.
    [one] One thing tells those who moved from those who stayed: { $said }
   *[other] { $believed } things tell those who moved from those who stayed. The strongest: { $said }
}
more = { $way }, { $thing }: { $movers } of those who moved against { $stayers } of those who stayed, at least { $low } times as often.
note-few = No stage has { $n } customers who moved and { $n } who stayed in this period: choose a longer one.
note-no-cause = A lift is no cause: test what it suggests.
""",
        ar="""
title = ما الذي يحرّك العملاء
about = ماذا فعل العملاء قبل أن يتقدموا في الرحلة أو يسكتوا، مقارنةً بمن بقوا.
param-days = الأيام قبل الانتقال
way = الانتقال
thing = ما فعلوه
movers_share = ممن انتقلوا
    .formula = حصة من انتقلوا هذا الانتقال وفعلوا ذلك في الأيام التي قبله
stayers_share = ممن بقوا
    .formula = حصة من بقوا في المرحلة وفعلوا ذلك في الأيام التي قبل آخر حركة لهم
lift = المضاعفة
    .formula = حصة من انتقلوا مقسومة على حصة من بقوا
low = المضاعفة في أدناها
    .formula = الحد الأدنى لمجال الثقة 95 %
high = المضاعفة في أعلاها
    .formula = الحد الأعلى لمجال الثقة 95 %
doubt = الاكتشافات الكاذبة
    .formula = الحصة المتوقعة من الاكتشافات الكاذبة بين ما هو بهذا القدر من الثقة أو أوثق (بنجاميني وهوكبرغ)
movers = انتقلوا
    .formula = العملاء الذين انتقلوا هذا الانتقال في الفترة
stayers = بقوا
    .formula = العملاء الذين كانوا في المرحلة ولا يزالون فيها آخر الفترة
stays = مرات البقاء في مرحلة
    .formula = كم مرة كان عميل في مرحلة خلال الفترة فتقدّم أو سكت أو بقي
tested = المختبَر
    .formula = ما قورن من أفعال في كل الانتقالات
believed = المذكور
    .formula = ما يبعد منها أن يكون مصادفة
on = من «{ $stage }» إلى الأمام
away = من «{ $stage }» إلى السكوت
channel = القناة: { $value }
device = الجهاز: { $value }
sentence = { $believed ->
    [zero] لا شيء مما فعله العملاء يميّز من انتقلوا ممن بقوا بما يتجاوز المصادفة.
    [one] أمر واحد يميّز من انتقلوا ممن بقوا: { $said }
    [two] أمران يميّزان من انتقلوا ممن بقوا، وأقواهما: { $said }
    [few] { $believed } أمور تميّز من انتقلوا ممن بقوا، وأقواها: { $said }
    [many] { $believed } أمرًا تميّز من انتقلوا ممن بقوا، وأقواها: { $said }
   *[other] { $believed } أمر تميّز من انتقلوا ممن بقوا، وأقواها: { $said }
}
more = { $way }، { $thing }: { $movers } ممن انتقلوا مقابل { $stayers } ممن بقوا، أي { $low } ضعفًا على الأقل.
note-few = ليس في أي مرحلة { $n } عميلًا انتقلوا و{ $n } بقوا في هذه الفترة: اختر فترة أطول.
note-no-cause = المضاعفة ليست سببًا: جرّب ما توحي به قبل أن تبني عليه.
""",
    )

    def query(self, frame: Frame) -> Query:
        rules = Rules(frame.told.stages())
        since = max(rules.journey.dormant_days, 1) + self.days + 1  # days before the period that may matter
        recent = "toUnixTimestamp64Milli(ts) >= {since:Int64}"
        told = {
            "at": "toUnixTimestamp64Milli(ts)",
            "channel": "channel",
            "device": "device",
        }
        whole = replace(frame, segment=(), breakdown="")
        return Query(
            steps={
                **rules.people(frame),
                "stays": STAYS,
                "recent": moves(whole, recent, more=told, history=True),
                "done": DONE,
                "titles": TITLES,
                "found": FOUND,
            },
            values=rules.values(frame)
            | {
                "stages": rules.last,
                "since": frame.values["start"] - since * DAY,
                "dormant": rules.journey.dormant_days * DAY,
                "window": self.days * DAY,
            },
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """Each move against those who stayed, all things of all moves tested together."""
        counts = {
            (row["stage"], row["outcome"], (row["kind"], row["thing"])): int(row["customers"])
            for row in found.rows
        }
        found.totals = {"stays": sum(n for (*_, thing), n in counts.items() if thing == EVERYBODY)}
        compared = list(_compared(counts, Rules(found.frame.told.stages())))
        tested = lifts([numbers for _, numbers in compared])
        believed = [(way, lift) for (way, _), lift in zip(compared, tested, strict=True) if lift.q <= LEVEL]
        found.totals |= {"tested": len(compared), "believed": len(believed)}
        found.rows = self._shown(found, believed)
        strongest = sorted(found.rows, key=lambda row: (-row["low"], row["way"], row["thing"]))[:DRAWN]
        found.picture = [row | {"thing": f"{row['thing']} · {row['way']}"} for row in strongest]
        found.before, found.before_rows = {}, []
        return found

    def _shown(self, found: Found, believed: list[tuple[Way, Lift]]) -> list[Row]:
        """The surest few of each move, moves in the order of their stages."""
        titles = Rules(found.frame.told.stages()).titles(found.speaker)
        surest = sorted(believed, key=lambda one: (one[0][:2], one[1].q, -abs(one[1].ratio - 1), one[0]))
        rows, shown = [], dict[tuple[int, int], int]()
        for (stage, outcome, thing), lift in surest:
            shown[stage, outcome] = shown.get((stage, outcome), 0) + 1
            if shown[stage, outcome] <= self.limit:
                way = found.say("on" if outcome == FORWARD else "away", stage=titles[stage - 1])
                rows.append(_row(lift) | {"way": way, "thing": _thing(found, *thing)})
        return rows

    def explain(self, found: Found) -> str:
        return found.say("sentence", believed=found.totals["believed"], said=_said(found))

    def notes(self, found: Found) -> list[str]:
        if not found.totals["tested"]:
            return [found.say("note-few", n=FEWEST)]
        return [found.say("note-no-cause")] if found.rows else []


def _compared(counts: dict[Way, int], rules: Rules) -> Iterable[tuple[Way, tuple[int, int, int, int]]]:
    """Every thing that either group did, with how many of how many did it, on both sides; small groups are left out, and of moves onward
    the events that are such a move themselves."""
    for stage, outcome in sorted({(stage, outcome) for stage, outcome, _ in counts}):
        movers, stayers = (counts.get((stage, each, EVERYBODY), 0) for each in (outcome, STAYED))
        if outcome == STAYED or min(movers, stayers) < FEWEST:
            continue
        things = {thing for at, what, thing in counts if at == stage and what in (outcome, STAYED)} - {
            EVERYBODY
        }
        if outcome == FORWARD:
            things -= {("event", name) for name in rules.names_after(stage)}
        for thing in sorted(things):
            did, others = counts.get((stage, outcome, thing), 0), counts.get((stage, STAYED, thing), 0)
            yield (stage, outcome, thing), (did, movers, others, stayers)


def _row(lift: Lift) -> Row:
    return {
        "movers_share": lift.share,
        "stayers_share": lift.others_share,
        "lift": lift.ratio,
        "low": lift.low,
        "high": lift.high,
        "doubt": lift.q,
        "movers": lift.of,
        "stayers": lift.others,
    }


def _thing(found: Found, kind: str, value: str) -> str:
    if kind == "event":
        return event_title(value, found.speaker.language)
    key = f"{kind}-{value.replace(' ', '-')}"
    return found.say(kind, value=found.say(key) if found.speaker.knows(key) else found.speaker.text(value))


def _said(found: Found) -> str:
    if not found.rows:
        return ""
    row = max(found.rows, key=lambda row: (row["low"], row["way"], row["thing"]))
    return found.say(
        "more",
        way=row["way"],
        thing=row["thing"],
        movers=found.percent("movers_share", row),
        stayers=found.percent("stayers_share", row),
        low=found.speaker.value("number", row["low"], found.frame.currency),
    )


# What somebody may have done: its kind and the column that tells it, as a number.
KINDS = {"event": "name", "channel": "channel", "device": "device"}
NUMBERS = {kind: f"cityHash64('{kind}', {column})" for kind, column in KINDS.items()}

# One row a customer and stage they were in during the period and moved on from, fell silent in or stayed in; `until` is the moment before
# which counts. Who fell silent or stayed did their last move before the end of the last hour that they were here.
STAYS = f"""
SELECT customer_id, stay.1 AS stage, stay.2 AS outcome, max(stay.3) AS until
FROM (
    SELECT customer_id, arrayMap((step, next) -> (step.2,
               multiIf(next.2 = 0, {STAYED}, next.2 > {{stages:UInt8}}, {LEFT}, next.2 > step.2, {FORWARD}, 0),
               multiIf(next.2 = 0, (hours[-1] + 1) * {HOUR}, next.2 > {{stages:UInt8}}, next.1 - {{dormant:Int64}} + {HOUR}, next.1), next.1),
               path, arrayPushBack(arrayPopFront(path), (toInt64(0), toUInt8(0)))) AS stays
    FROM paths
)
ARRAY JOIN stays AS stay
WHERE stay.1 <= {{stages:UInt8}} AND stay.2 != 0 AND (stay.2 = {STAYED} OR stay.4 >= {{start:Int64}})
GROUP BY customer_id, stage, outcome"""

# What each of them did in the days up to their last move before `until`; everybody did 0, by which the group is counted. Things are numbers,
# which the engine counts quickly; TITLES has what they are.
DONE = f"""
SELECT customer_id, stage, outcome, maxMap([{", ".join(NUMBERS.values())}], [at, at, at]) AS lasts, arrayMax(lasts.2) - {{window:Int64}} AS since,
       arrayConcat([toUInt64(0)], arrayFilter((thing, last) -> last >= since, lasts.1, lasts.2)) AS things
FROM recent GLOBAL INNER JOIN stays USING (customer_id)
WHERE at < until
GROUP BY customer_id, stage, outcome"""

TITLES = " UNION ALL ".join(
    f"SELECT {number} AS number, '{kind}' AS kind, any(toString({KINDS[kind]})) AS thing FROM recent GROUP BY number"
    for kind, number in NUMBERS.items()
)

FOUND = """
SELECT stage, outcome, titles.kind AS kind, titles.thing AS thing, customers
FROM (SELECT stage, outcome, did, count() AS customers FROM (SELECT stage, outcome, things FROM done) ARRAY JOIN things AS did GROUP BY stage, outcome, did)
     AS counted
GLOBAL LEFT JOIN titles ON did = number
WHERE did = 0 OR thing != ''
ORDER BY stage, outcome, kind, thing"""

JourneyDrivers.example = JourneyDrivers()
