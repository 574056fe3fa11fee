"""Lifecycle: who is new, who stays, who comes back and who falls silent, period by period."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.moves import bound, moves, read_step, seen
from masarat.analyse.places import based, last_whole, place
from masarat.store import Query, Row
from masarat.words import Words

STATES = ("new", "returning", "resurrecting", "dormant")
SILENT: Row = {"active": 0, "change": 0, **dict.fromkeys(STATES, 0)}


class Lifecycle(Analysis):
    """Of the customers who did something in a period: who was new, who stayed and who came back; and who did it before and no longer.

    For the owner who sees a steady number of customers and asks what is behind it. A customer is active in a period (day, week from
    Sunday, month, Hijri month, of the shop's own days) where they made the move `step`. They are new where it is their first
    ever in the log; returning where they were active in the period just before, too; resurrecting where they were not, but had been
    earlier. Dormant are those who were active in the period just before and are not in this one; they are counted below zero, in
    the period in which they fell silent, once. So the active are new + returning + resurrecting, and their number changes from
    period to period by exactly new + resurrecting − dormant.

    A period that is not over is marked: who seems dormant in it may still come, so the overall figures leave it out. The first period is
    read from its beginning, even where the days asked for begin within it. With a segment only moves of that segment count, for being
    new as well. First means first in this log: one that begins late makes old customers look new. Source: the definitions are
    PostHog's (lifecycle), with the first such move for the day on which a person was made.
    """

    step: str = Field(
        "Order Completed",
        description="What makes a customer active, e.g. 'Order Completed' or 'Page Viewed where device=mobile'.",
    )
    by: Bucket = Field("month", description="Length of one period: day, week or month.")

    view = "stack"
    columns = (
        Column("start", "date"),
        Column("active", "count"),
        Column("new", "count"),
        Column("returning", "count"),
        Column("resurrecting", "count"),
        Column("dormant", "count"),
        Column("change", "count"),
        Column("state", "text"),
    )
    numbers = (
        Column("customers", "count"),
        Column("new", "count"),
        Column("resurrecting", "count"),
        Column("dormant", "count"),
        Column("stayed", "percent"),
    )
    picture = (Column("start", "date"), *(Column(name, "count") for name in STATES))
    needs = ()
    about = ()
    sample = "customers"
    whole_start = True
    words = Words(
        en="""
title = Lifecycle
about = Who is new, who stays, who comes back and who falls silent.
param-step = Active by
param-by = By
customers = Customers
    .formula = Different customers active in the days asked for
active = Active
    .formula = Customers who made the move in this period: new, returning and resurrecting together
new = New
    .formula = Customers whose first such move ever is here
returning = Staying
    .formula = Customers active here and in the period just before
resurrecting = Back again
    .formula = Customers active here and earlier, but not in the period just before
dormant = Fallen silent
    .formula = Customers active in the period just before and not here; counted below zero
change = Change
    .formula = New and back again, less those fallen silent: active customers here less those of the period before
stayed = Stayed
    .formula = Of the customers active in one period, the share active in the next as well, over all periods that are over
state = State
over = over
running = not over yet
sentence = { $customers ->
    [one] One customer was
   *[other] { $customers } customers were
} active; in the last full { $by ->
    [day] day
    [week] week
   *[month] month
} { $new } came new, { $resurrecting } came back and { $dormant } fell silent{ $net ->
    [same] : as many as before.
    [more] : { $change } more active than before.
   *[less] : { $change } fewer active than before.
}
stayed-sentence = From one { $by ->
    [day] day
    [week] week
   *[month] month
} to the next { $stayed } stay.
early = { $customers ->
    [one] One customer was
   *[other] { $customers } customers were
} active, and no period is over yet.
note-few = Only { $n ->
    [one] one customer was
   *[other] { $n } customers were
} active: read the figures with care.
""",
        ar="""
title = دورة حياة العملاء
about = من هو جديد، ومن يبقى، ومن يعود بعد غياب، ومن يسكن.
param-step = يُعدّ نشطًا بـ
param-by = كل
customers = العملاء
    .formula = العملاء المختلفون النشطون في الأيام المطلوبة
active = النشطون
    .formula = من كانت لهم هذه الحركة في الفترة: الجدد والباقون والعائدون معًا
new = الجدد
    .formula = من كانت أول حركة كهذه في تاريخهم هنا
returning = الباقون
    .formula = النشطون هنا وفي الفترة التي قبلها مباشرة
resurrecting = العائدون بعد غياب
    .formula = النشطون هنا وفيما مضى، لكن ليس في الفترة التي قبلها مباشرة
dormant = الساكنون
    .formula = من كانوا نشطين في الفترة التي قبلها مباشرة ولم ينشطوا هنا؛ يُعدّون تحت الصفر
change = التغيّر
    .formula = الجدد والعائدون ناقص الساكنين: أي النشطون هنا ناقص نشطي الفترة السابقة
stayed = نسبة البقاء
    .formula = من نشطوا في فترة، نسبة من نشط منهم في التي تليها أيضًا، في كل الفترات المكتملة
state = الحال
over = اكتملت
running = لم تكتمل بعد
sentence = نشط { $customers ->
    [one] عميل واحد
    [two] عميلان
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}؛ وفي آخر { $by ->
    [day] يوم مكتمل
    [week] أسبوع مكتمل
   *[month] شهر مكتمل
} جاء من الجدد { $new }، وعاد بعد غياب { $resurrecting }، وسكن { $dormant }{ $net ->
    [same] ، فبقي العدد على حاله.
    [more] ، فزاد النشطون { $change }.
   *[less] ، فنقص النشطون { $change }.
}
stayed-sentence = ويبقى من { $by ->
    [day] يوم إلى اليوم الذي يليه
    [week] أسبوع إلى الأسبوع الذي يليه
   *[month] شهر إلى الشهر الذي يليه
} { $stayed }.
early = نشط { $customers ->
    [one] عميل واحد
    [two] عميلان
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}، ولم تكتمل فترة بعد.
note-few = لم ينشط إلا { $n ->
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}: اقرأ الأرقام بحذر.
""",
    )

    def query(self, frame: Frame) -> Query:
        step = read_step(self.step)
        seen([step], frame.facts)
        return Query(
            steps={
                "moves": moves(frame, step.sql(0), history=True),
                "people": f"""
SELECT customer_id, groupUniqArray({place(frame, self.by)}) AS places, arrayMin(places) AS begun,
       arrayFilter(at -> at >= 0, places) AS active
FROM moves GROUP BY customer_id HAVING notEmpty(active)""",
                "states": STATES_OF,
                "by_time": BY_TIME,
            },
            values=frame.values
            | based(frame, self.by)
            | bound([step])
            | {"periods": len(frame.buckets(self.by))},
            rows="by_time",
        )

    def interpret(self, found: Found) -> Found:
        """Days for the numbers of periods, silent ones filled in; figures over all periods that are over."""
        frame = found.frame
        found.rows, found.totals = self._told(found, frame, found.rows)
        found.picture = found.rows
        if frame.before:
            found.before_rows, found.before = self._told(found, frame.earlier(), found.before_rows)
        return found

    def _told(self, found: Found, frame: Frame, rows: list[Row]) -> tuple[list[Row], Row]:
        buckets, whole = frame.buckets(self.by), last_whole(frame, self.by)
        customers = next((row["customers"] for row in rows if row["at"] == 0), 0)
        timed = [{**row, "start": buckets[row["at"] - 1]} for row in rows if row["at"]]
        table = [
            {**row, "state": found.say("over" if at < whole else "running")}
            for at, row in enumerate(dense(timed, buckets, SILENT))
        ]
        over = table[:whole]
        totals = {name: sum(row[name] for row in over) for name in STATES}
        had = totals["returning"] - totals["dormant"]  # the active of each period before
        stayed = totals["returning"] / had if had else None
        return table, totals | {"customers": customers, "stayed": stayed, "over": over}

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["over"]:
            return found.say("early", customers=totals["customers"])
        last = totals["over"][-1]
        sentence = found.say(
            "sentence",
            customers=totals["customers"],
            by=self.by,
            new=last["new"],
            resurrecting=last["resurrecting"],
            dormant=-last["dormant"],
            net="more" if last["change"] > 0 else "less" if last["change"] < 0 else "same",
            change=abs(last["change"]),
        )
        if totals["stayed"] is None:
            return sentence
        return f"{sentence} {found.say('stayed-sentence', by=self.by, stayed=found.percent('stayed'))}"

    def notes(self, found: Found) -> list[str]:
        customers = found.totals["customers"]
        return [found.say("note-few", n=customers)] if customers < SMALL_SAMPLE else []


# How many customers are something in a period: 0 new, 1 returning, 2 resurrecting, 3 dormant; of period 0, 4 for whoever was active in
# the days asked for. Period and state are one number, so that a customer has one list.
STATES_OF = """
SELECT intDiv(what, 8) AS at, what % 8 AS state, n
FROM (
    SELECT arrayJoin(arrayConcat(
               arrayMap(at -> at * 8 + multiIf(at = begun, 0, has(active, at - 1), 1, 2), active),
               arrayMap(at -> at * 8 + 11, arrayFilter(at -> NOT has(active, at + 1), active)), if(arrayMax(active) > 0, [4], []))) AS what,
           count() AS n
    FROM people GROUP BY what)
WHERE at BETWEEN 0 AND {periods:Int32} AND (at > 0 OR state = 4)"""

BY_TIME = """
SELECT at, toInt64(sumIf(n, state = 4)) AS customers, toInt64(sumIf(n, state = 0)) AS new, toInt64(sumIf(n, state = 1)) AS returning,
       toInt64(sumIf(n, state = 2)) AS resurrecting, -toInt64(sumIf(n, state = 3)) AS dormant,
       new + returning + resurrecting AS active, new + resurrecting + dormant AS change
FROM states GROUP BY at ORDER BY at"""

Lifecycle.example = Lifecycle(by="month")
