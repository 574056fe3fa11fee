"""Retention: who comes back, cohort by cohort."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.cohort_table import lines, read_cohorts, table
from masarat.analyse.comebacks import comebacks
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.moves import bound, read_step, seen
from masarat.analyse.places import based, last_whole
from masarat.models.cohorts import Cohort, average
from masarat.store import Query, Row
from masarat.words import Words

COHORTS = 120  # the newest so many are shown
DRAWN = 24  # and of these in the picture
PARTS = 12  # of a breakdown, the largest so many; the others together


class Retention(Analysis):
    """Who comes back: customers grouped by when they began (a cohort), and the share of each group that is there again in every later period.

    For the owner who asks whether customers stay, and whether those won lately stay longer than those won before. Customers begin
    with the step `start` and come back with the step `back`; left alone, that is their first order and any later one. A cohort is
    all who began in the same day, week (from Sunday), or Gregorian or Hijri month of the shop's own days. With `begins` first_time a
    customer belongs to the one cohort of the first such move ever, before the period too; with recurring to that of every period in
    which the customer made the move. Period 0 is the one of the beginning, in which everybody is; coming back within it is not counted.

    With `returns` on, a customer is back in period 3 where the move was made in just that period; with on_or_after, where it was
    made then or at any later time that the log knows. With `weight` revenue the cells are money: net revenue of the cohort in
    that period (refunds on their own day) as a part of its net revenue in period 0; `back` and `returns` have no say then, and it can
    exceed 100 %.

    A period counts once it is over: neither the asked days nor the log may end within it. Cells that are not over show how many
    came so far and no share, and no average counts them. The average line adds up all cohorts old enough, so large ones weigh
    more. `low` and `high` are Wilson's interval (95 %): with few customers the true share may lie anywhere between. `segment` and
    `breakdown` speak of each customer's first move of the step `start`: channel=email are those who began through e-mail,
    whichever way they came back. The newest 120 cohorts are shown, 24 of them in the picture; of a breakdown the twelve largest parts, and the others together.
    First means first in this log: one that begins late makes old customers look new. Source: Wilson (1927) for the interval.
    """

    start: str = Field(
        "Order Completed",
        description="What customers begin with, e.g. 'Order Completed' or 'Page Viewed where path=/sale*'.",
    )
    back: str = Field("Order Completed", description="What they come back with, written the same way.")
    begins: Literal["first_time", "recurring"] = Field(
        "first_time", description="One cohort a customer, or one for every period in which they began again."
    )
    returns: Literal["on", "on_or_after"] = Field(
        "on", description="Back in just that period, or then or any time later."
    )
    weight: Literal["customers", "revenue"] = Field(
        "customers", description="Shares of customers, or of the revenue they began with."
    )
    by: Bucket = Field("month", description="Length of one period: day, week or month.")
    periods: int = Field(12, ge=1, le=60, description="How many periods after the first.")

    view = "grid"
    columns = (
        Column("cohort", "date"),
        Column("breakdown", "text"),
        Column("nth", "count"),
        Column("customers", "count"),
        Column("came", "count"),
        Column("amount", "money"),
        Column("rate", "percent"),
        Column("low", "percent"),
        Column("high", "percent"),
        Column("state", "text"),
    )
    numbers = (
        Column("customers", "count"),
        Column("next_rate", "percent"),
        Column("ever", "count"),
        Column("ever_share", "percent"),
    )
    picture = (
        Column("line", "text"),
        Column("nth", "count"),
        Column("rate", "percent"),
        Column("came", "count"),
    )
    needs = ()
    about = ()
    sample = "customers"
    breaks_down = True
    whole_start = True
    words = Words(
        en="""
title = Retention
about = Who comes back, how soon, and whether newer customers stay longer.
param-start = Begin with
param-back = Come back with
param-begins = Belong to
begins-first_time = the period of the first time
begins-recurring = every period of beginning
param-returns = Back
returns-on = in just that period
returns-on_or_after = then or any time later
param-weight = Shares of
weight-customers = customers
weight-revenue = revenue
param-by = By
param-periods = Periods
cohort = Began
nth = Periods later
customers = Customers
    .formula = Customers who began, each once a cohort
came = Came back
    .formula = Customers of the cohort who came back in this period (or later, where that is asked)
amount = Net revenue
    .formula = Net revenue of the cohort in this period: refunds are taken off on their own day
rate = Share back
    .formula = Customers who came back divided by customers of the cohort; by revenue, net revenue of this period divided by that of period 0
low = At least
    .formula = Lower end of Wilson's 95 % interval of the share
high = At most
    .formula = Upper end of Wilson's 95 % interval of the share
state = State
next_rate = Back in the next period
    .formula = Of all cohorts old enough: those back one period later divided by those who began; by revenue, the money of both
ever = Came back at all
    .formula = Customers who came back in any later period up to the end of the period asked for
ever_share = Share that came back at all
    .formula = Customers who came back in any later period divided by all who began
line = Began in
over = over
running = not over yet
average = All together
cohort-line = { $cohort } · { $size }
the-others = all others
unknown = not stated
sentence = { $weight ->
    [revenue] Of the money with which { $customers ->
        [one] one customer
       *[other] { $customers } customers
    } began, { $next } came again in the next { $by ->
        [day] day
        [week] week
       *[month] month
    }
   *[customers] Of { $customers ->
        [one] one customer
       *[other] { $customers } customers
    } who began, { $next } came back { $returns ->
        [on] in
       *[on_or_after] in or after
    } the next { $by ->
        [day] day
        [week] week
       *[month] month
    }
}{ $more ->
    [none] { "" }
   *[more] , and { $last } { $by ->
        [day] { $deepest } days
        [week] { $deepest } weeks
       *[month] { $deepest } months
    } after they began
}.
too-early = { $customers ->
    [one] One customer
   *[other] { $customers } customers
} began in this period, and no later period is over yet: ask for a longer one, or shorter steps.
note-few = Only { $n ->
    [one] one customer
   *[other] { $n } customers
} began in this period: read the shares with care.
note-newest = Of more than { $n } cohorts the newest { $n } are shown: choose longer steps to see all.
""",
        ar="""
title = عودة العملاء
about = من يعود إليك، وبعد كم، وهل يبقى الجدد أطول ممن سبقهم.
param-start = يبدؤون بـ
param-back = يعودون بـ
param-begins = يُعدّ العميل في
begins-first_time = فترة بدايته الأولى
begins-recurring = كل فترة بدأ فيها من جديد
param-returns = العودة
returns-on = في تلك الفترة نفسها
returns-on_or_after = فيها أو بعدها
param-weight = حصص من
weight-customers = العملاء
weight-revenue = الإيرادات
param-by = كل
param-periods = عدد الفترات
cohort = بداية الفوج
nth = بعد كم فترة
customers = العملاء
    .formula = من بدؤوا، يُعدّ كل منهم مرة في فوجه
came = من عادوا
    .formula = من عاد من الفوج في هذه الفترة (أو بعدها إن طُلب ذلك)
amount = صافي الإيرادات
    .formula = صافي إيرادات الفوج في هذه الفترة، وتُطرح المرتجعات في يومها
rate = نسبة العودة
    .formula = من عادوا مقسومين على عملاء الفوج؛ وبالإيرادات: صافي إيرادات هذه الفترة مقسومًا على صافي الفترة صفر
low = على الأقل
    .formula = الحد الأدنى لمجال الثقة 95٪ للنسبة بطريقة ولسون
high = على الأكثر
    .formula = الحد الأعلى لمجال الثقة 95٪ للنسبة بطريقة ولسون
state = الحال
next_rate = العائدون في الفترة التالية
    .formula = من الأفواج التي مضى عليها ما يكفي: من عادوا بعد فترة واحدة مقسومين على من بدؤوا؛ وبالإيرادات: مال هؤلاء على مال أولئك
ever = من عادوا ولو مرة
    .formula = من عادوا في أي فترة لاحقة حتى آخر الفترة المطلوبة
ever_share = حصة من عادوا ولو مرة
    .formula = من عادوا في أي فترة لاحقة مقسومين على كل من بدؤوا
line = بدؤوا في
over = اكتملت
running = لم تكتمل بعد
average = الجميع معًا
cohort-line = { $cohort } · { $size }
the-others = البقية
unknown = غير مذكور
sentence = { $weight ->
    [revenue] مما دفعه في البداية { $customers ->
        [one] عميل واحد
        [two] عميلان
        [few] { $customers } عملاء
        [many] { $customers } عميلًا
       *[other] { $customers } عميل
    } عاد { $next } في { $by ->
        [day] اليوم التالي
        [week] الأسبوع التالي
       *[month] الشهر التالي
    }
   *[customers] بدأ { $customers ->
        [one] عميل واحد
        [two] عميلان
        [few] { $customers } عملاء
        [many] { $customers } عميلًا
       *[other] { $customers } عميل
    }، وعاد منهم { $next } في { $by ->
        [day] اليوم التالي
        [week] الأسبوع التالي
       *[month] الشهر التالي
    }{ $returns ->
        [on] { "" }
       *[on_or_after] { " " }أو بعده
    }
}{ $more ->
    [none] { "" }
   *[more] ، و{ $last } بعد { $by ->
        [day] { $deepest ->
            [one] يوم
            [two] يومين
            [few] { $deepest } أيام
            [many] { $deepest } يومًا
           *[other] { $deepest } يوم
        }
        [week] { $deepest ->
            [one] أسبوع
            [two] أسبوعين
            [few] { $deepest } أسابيع
            [many] { $deepest } أسبوعًا
           *[other] { $deepest } أسبوع
        }
       *[month] { $deepest ->
            [one] شهر
            [two] شهرين
            [few] { $deepest } أشهر
            [many] { $deepest } شهرًا
           *[other] { $deepest } شهر
        }
    } من البداية
}.
too-early = بدأ في هذه الفترة { $customers ->
    [one] عميل واحد
    [two] عميلان
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}، ولم تكتمل بعدها فترة: اختر فترة أطول أو خطوات أقصر.
note-few = لم يبدأ في هذه الفترة إلا { $n ->
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}: اقرأ النسب بحذر.
note-newest = الأفواج أكثر من { $n }، والمعروض أحدثها: اختر خطوات أطول لتراها كلها.
""",
    )

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        away = ("low", "high") if self.weight == "revenue" else ("amount",)
        return tuple(column for column in columns if column.name not in away)

    def query(self, frame: Frame) -> Query:
        steps = [read_step(self.start), read_step(self.back)]
        seen(steps, frame.facts)
        buckets = len(frame.buckets(self.by))
        in_money, or_later = self.weight == "revenue", self.returns == "on_or_after"
        return Query(
            steps=comebacks(
                frame, steps, self.by, again=self.begins == "recurring", in_money=in_money, or_later=or_later
            ),
            values=frame.values
            | based(frame, self.by)
            | bound(steps)
            | {
                "first_cohort": max(1, buckets - COHORTS + 1),
                "periods": self.periods,
                "parts": PARTS,
            },
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """Cells of every cohort, the averages over those that are over, and the overall figures."""
        frame = found.frame
        found.rows, found.picture, found.totals = self._told(found, frame, found.rows)
        if frame.before:
            found.before_rows, found.before_picture, found.before = self._told(
                found, frame.earlier(), found.before_rows
            )
        return found

    def _told(self, found: Found, frame: Frame, rows: list[Row]) -> tuple[list[Row], list[Row], Row]:
        cohorts, buckets = read_cohorts(found, rows), frame.buckets(self.by)
        cells = [
            cohort.cells(
                min(self.periods, len(buckets) - cohort.start),
                last_whole(frame, self.by),
                in_money=self.weight == "revenue",
                or_later=self.returns == "on_or_after",
            )
            for cohort in cohorts
        ]
        rates = {nth: average(chain(*cells), nth) for nth in range(1, self.periods + 1)}
        size, ever = sum(one.size for one in cohorts), sum(one.ever for one in cohorts)
        totals = {"customers": size, "ever": ever, "ever_share": ever / size if size else None}
        named = [self._named(found, cohort, buckets) for cohort in cohorts]
        return (
            table(found, cohorts, cells, buckets),
            lines(found, named, cohorts, cells, DRAWN),
            totals | {"rates": rates, "next_rate": rates[1]},
        )

    def _named(self, found: Found, cohort: Cohort, buckets: list[date]) -> str:
        """The line of the picture that a cohort belongs to: its own, or that of its part."""
        if found.frame.breakdown:
            return found.speaker.text(cohort.part) if cohort.part else found.say("unknown")
        say = found.speaker.month if self.by == "month" else found.speaker.day
        return say(buckets[cohort.start - 1])

    def explain(self, found: Found) -> str:
        known = {nth: rate for nth, rate in found.totals["rates"].items() if rate is not None}
        customers = found.totals["customers"]
        if not known:
            return found.say("too-early", customers=customers)
        deepest = max(known)
        return found.say(
            "sentence",
            customers=customers,
            weight=self.weight,
            returns=self.returns,
            by=self.by,
            next=found.speaker.percent(known[min(known)]),
            more="none" if deepest == min(known) else "more",
            deepest=deepest,
            last=found.speaker.percent(known[deepest]),
        )

    def notes(self, found: Found) -> list[str]:
        notes = []
        if found.totals["customers"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=found.totals["customers"]))
        if len(found.frame.buckets(self.by)) > COHORTS:
            notes.append(found.say("note-newest", n=COHORTS))
        return notes


Retention.example = Retention(by="month")
