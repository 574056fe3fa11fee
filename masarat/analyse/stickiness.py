"""Stickiness: on how many days customers are there."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.moves import bound, moves, read_step, seen
from masarat.analyse.places import EPOCH, based, place
from masarat.store import Query, Row
from masarat.words import LRI, PDI, Words

MONTH = 30  # days of the rolling month
EDGES = (
    1,
    2,
    3,
    4,
    5,
    6,
    11,
    21,
    51,
    101,
)  # where the bars of the picture begin once there are more than BARS
BARS = 14


class Stickiness(Analysis):
    """On how many days (weeks, months) of the period each active customer was there, and how much of a month's customers an average day sees (DAU/MAU).

    For whoever has an app, a newsletter or a shop of everyday goods, where coming often is the point; in a shop that sells sofas, low
    figures are no fault. A customer is active on a day of the shop's own on which they made the move `step`, however often. The table
    says how many customers were active on exactly one, two, … days, weeks (from Sunday) or months, Gregorian or Hijri, of the
    period, and how many on at least as many.

    DAU/MAU is the average over the days of the period of the customers active on that day, divided by the average of those active on it or
    in the 29 days before it: 20 % means that a customer of the month comes on six days of thirty. A day counts once the log reaches
    thirty days back from it and not beyond the log's end, so that a young log does not look sticky; with fewer there is no figure. Source: the ratio as the trade has it
    (Facebook's DAU/MAU), with a rolling month of 30 days.
    """

    step: str = Field(
        "Page Viewed",
        description="What makes a customer active, e.g. 'Order Completed' or 'Page Viewed where device=mobile'.",
    )
    by: Bucket = Field("day", description="What is counted: days, weeks or months.")

    view = "bars"
    columns = (
        Column("times", "count"),
        Column("customers", "count"),
        Column("share", "percent"),
        Column("at_least", "count"),
        Column("share_at_least", "percent"),
    )
    numbers = (
        Column("customers", "count"),
        Column("mean", "number"),
        Column("again", "percent"),
        Column("daily", "number"),
        Column("monthly", "number"),
        Column("stickiness", "percent"),
    )
    picture = (Column("stretch", "text"), Column("customers", "count"))
    needs = ()
    about = ()
    sample = "customers"
    words = Words(
        en="""
title = Stickiness
about = On how many days customers are there, and how many of the month's customers a day sees.
param-step = Active by
param-by = Count
by-day = days
by-week = weeks
by-month = months
times = Times active
    .formula = Different days (weeks, months) of the period on which a customer was active
customers = Customers
    .formula = Different customers active in the period
share = Share
    .formula = Part of all customers active in the period
at_least = At least as often
    .formula = Customers active on so many days (weeks, months) or more
share_at_least = Share at least as often
    .formula = Customers active at least as often, as part of all active
mean = On average
    .formula = Days (weeks, months) on which a customer was active, on average
again = More than once
    .formula = Share of customers active on more than one day (week, month)
daily = Customers a day
    .formula = Customers active on a day, on average over the days whose 30 days are in the log
monthly = Customers a month
    .formula = Customers active on a day or in the 29 days before it, on average over the same days
stickiness = DAU/MAU
    .formula = Customers a day divided by customers a month
stretch = Times active
sentence = { $again } of { $customers ->
    [one] one customer
   *[other] { $customers } customers
} were there on more than one { $by ->
    [day] day
    [week] week
   *[month] month
}, on average on { $mean }.
ratio = An average day sees { $stickiness } of the month's customers.
note-young = How many of a month's customers a day sees is not known: the log does not reach 30 days back from any day of this period.
note-few = Only { $n ->
    [one] one customer was
   *[other] { $n } customers were
} active: read the figures with care.
""",
        ar="""
title = مواظبة العملاء
about = كم يومًا يحضر العميل، وكم من عملاء الشهر تراهم في اليوم.
param-step = يُعدّ حاضرًا بـ
param-by = العدّ بـ
by-day = الأيام
by-week = الأسابيع
by-month = الأشهر
times = مرات الحضور
    .formula = الأيام (أو الأسابيع أو الأشهر) المختلفة التي حضر فيها العميل
customers = العملاء
    .formula = العملاء المختلفون الذين حضروا في الفترة
share = الحصة
    .formula = من كل من حضروا في الفترة
at_least = بهذا القدر فأكثر
    .formula = من حضروا هذا العدد من الأيام (أو الأسابيع أو الأشهر) أو أكثر
share_at_least = حصة هذا القدر فأكثر
    .formula = من حضروا بهذا القدر فأكثر من كل من حضروا
mean = في المتوسط
    .formula = متوسط ما حضره العميل من أيام (أو أسابيع أو أشهر)
again = أكثر من مرة
    .formula = حصة من حضروا في أكثر من يوم (أو أسبوع أو شهر)
daily = عملاء اليوم
    .formula = متوسط من يحضرون في اليوم، في الأيام التي يحوي السجل ثلاثين يومًا حتى كل منها
monthly = عملاء الشهر
    .formula = متوسط من حضروا في اليوم أو في الأيام التسعة والعشرين قبله، في الأيام نفسها
stickiness = عملاء اليوم من عملاء الشهر
    .formula = عملاء اليوم مقسومين على عملاء الشهر (DAU/MAU)
stretch = مرات الحضور
sentence = { $again } من { $customers ->
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
} حضروا في أكثر من { $by ->
    [day] يوم
    [week] أسبوع
   *[month] شهر
}، والمتوسط { $mean }.
ratio = ويحضر في اليوم المعتاد { $stickiness } من عملاء الشهر.
note-young = لا يُعرف كم من عملاء الشهر يحضر في اليوم: لا يحوي السجل ثلاثين يومًا حتى أي يوم من هذه الفترة.
note-few = لم يحضر إلا { $n ->
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
        full_from, last = _counted_days(frame)
        begin = frame.period.bounds(frame.settings.zone)[0] - timedelta(days=MONTH)
        reach = "ts >= fromUnixTimestamp64Milli({lead:Int64}, 'UTC')"
        return Query(
            steps={
                "moves": moves(frame, f"{step.sql(0)} AND {reach}", history=True),
                "people": f"""
SELECT customer_id, uniqExactIf({place(frame, self.by)}, in_period) AS times, arraySort(groupUniqArray(toInt32(day))) AS days
FROM moves GROUP BY customer_id""",
                "counted": COUNTED,
                "by_times": BY_TIMES,
            },
            values=frame.values
            | based(frame, self.by)
            | bound([step])
            | {
                "lead": int(begin.timestamp() * 1000),
                "full_from": (full_from - EPOCH).days,
                "last": (last - EPOCH).days,
                "month": MONTH,
            },
            rows="by_times",
        )

    def interpret(self, found: Found) -> Found:
        """Shares, and the figures over all days; the few on many days together in the picture."""
        frame = found.frame
        found.rows, found.totals = _told(frame, found.rows)
        found.picture = self._bars(found)
        if frame.before:
            found.before_rows, found.before = _told(frame.earlier(), found.before_rows)
        return found

    def _bars(self, found: Found) -> list[Row]:
        """One bar for every number of days, or for a stretch of them where they are many."""
        if not found.rows:
            return []
        most = max(row["times"] for row in found.rows)
        edges = [edge for edge in (EDGES if most > BARS else range(1, most + 1)) if edge <= most]
        ends = [*(edge - 1 for edge in edges[1:]), most]
        return [
            {
                "stretch": _stretch(found, first, last),
                "customers": sum(row["customers"] for row in found.rows if first <= row["times"] <= last),
            }
            for first, last in zip(edges, ends, strict=True)
        ]

    def explain(self, found: Found) -> str:
        totals = found.totals
        sentence = found.say(
            "sentence",
            customers=totals["customers"],
            by=self.by,
            again=found.percent("again"),
            mean=found.speaker.number(totals["mean"]),
        )
        if totals["stickiness"] is None:
            return sentence
        return f"{sentence} {found.say('ratio', stickiness=found.percent('stickiness'))}"

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["customers"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["customers"]))
        if totals["stickiness"] is None:
            notes.append(found.say("note-young"))
        return notes


def _counted_days(frame: Frame) -> tuple[date, date]:
    """The first and last day of the period whose thirty days are in the log; the first is after the last where there is none."""
    first, last = frame.facts.span(()) or (frame.period.first, frame.period.last)
    return max(frame.period.first, first + timedelta(days=MONTH - 1)), min(frame.period.last, last)


def _told(frame: Frame, rows: list[Row]) -> tuple[list[Row], Row]:
    days = (lambda ends: (ends[1] - ends[0]).days + 1)(_counted_days(frame))
    table = [row for row in rows if row["times"]]
    customers = sum(row["customers"] for row in table)
    for row in table:
        row["at_least"] = sum(other["customers"] for other in table if other["times"] >= row["times"])
        row |= {"share": row["customers"] / customers, "share_at_least": row["at_least"] / customers}
    daily, monthly = (sum(row[name] for row in rows) for name in ("daily", "monthly"))
    return table, {
        "customers": customers,
        "mean": sum(row["times"] * row["customers"] for row in table) / customers if customers else None,
        "again": sum(row["share"] for row in table if row["times"] > 1),
        "daily": daily / days if days > 0 else None,
        "monthly": monthly / days if days > 0 else None,
        "stickiness": daily / monthly if days > 0 and monthly else None,
    }


def _stretch(found: Found, first: int, last: int) -> str:
    ends = [found.speaker.count(end) for end in ((first,) if first == last else (first, last))]
    return f"{LRI}{'–'.join(ends)}{PDI}" if found.frame.language == "ar" else "–".join(ends)


# One row a customer. A day of theirs makes them one of the month's customers on it and on the 29 after it; until their next day, so that
# no day counts them twice.
COUNTED = """
SELECT times, arrayCount(day -> day BETWEEN {full_from:Int32} AND {last:Int32}, days) AS daily,
       arraySum(arrayMap((day, next) -> greatest(0, least(day + {month:Int32}, next, {last:Int32} + 1) - greatest(day, {full_from:Int32})),
                         days, arrayPushBack(arrayPopFront(days), 2147483647))) AS monthly
FROM people"""

BY_TIMES = """
SELECT times, count() AS customers, sum(daily) AS daily, sum(monthly) AS monthly FROM counted GROUP BY times ORDER BY times"""

Stickiness.example = Stickiness(step="Order Completed", by="month")
