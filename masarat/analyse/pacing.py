"""Pacing: is the goal of a period within reach, by what last year's same season was like?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column, Kind
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import SALES, Frame
from masarat.analyse.period import Compare
from masarat.models.course import Course
from masarat.store import Query
from masarat.words import Words

Goal = Literal["revenue", "orders", "new_customers"]
GOALS: dict[str, Kind] = {"revenue": "money", "orders": "count", "new_customers": "count"}

SOLD: dict[str, str] = {
    "revenue": "SELECT day, toFloat64(sum(net)) AS amount FROM sales GROUP BY day ORDER BY day",
    "orders": "SELECT day, toFloat64(countIf(is_order)) AS amount FROM sales GROUP BY day ORDER BY day",
    "new_customers": """
SELECT day, toFloat64(countIf(is_order AND event_id GLOBAL IN (SELECT event_id FROM firsts))) AS amount
FROM sales GROUP BY day ORDER BY day""",
}
FIRSTS = """
SELECT customer_id, argMin(event_id, (ts, event_id)) AS event_id
FROM history WHERE is_order AND customer_id != 0 GROUP BY customer_id"""


class Pacing(Analysis):
    """Whether a period will reach its goal: what came so far, what should have come by now, how it will end, and what each remaining day must bring.

    For the owner who set a goal for the month, or for Ramadan. `of` is net revenue, orders or new customers (whose first ever order it is); the
    goal is given with `goal`, or kept for the period (`masarat targets set revenue 500000 --period ramadan_1447`). Time ends with the last day
    of the shop's own that has sales: the days up to it are over, and a day that is still running counts as one.

    What should have come by now follows the shape of the last year: a day in a season of the Hijri year (from the middle of Shaaban to the
    tenth of Shawwal, and the first thirteen days of Dhu al-Hijja) is like the same Hijri day a year before, so that Ramadan is held against Ramadan; any other
    day is like the same weekday 52 weeks before, moved by whole weeks where a season stood there. Of last year the mean of seven days
    around, of the same season, is taken, times what this weekday usually brings. Where the log does not reach back so far, only weekdays are known, and the answer says so.

    The end is what came so far plus what the remaining shape brings at the pace of the last 28 days. Its interval (95 %) is that of a
    prediction: days vary in proportion to what they bring (quasi-Poisson), and the pace itself is known only from those days. It knows nothing of what you will change,
    of a season that is unlike the last, or of days that hang together, so the truth will lie outside more often than one time in twenty. With fewer than
    seven days there is no projection.
    """

    period: str = Field(
        "this_month", description="Which days have the goal: this_month, 2026-11, ramadan_1447, …"
    )
    compare: Compare = Field("none", description="What to compare with; the goal is what counts here.")
    of: Goal = Field("revenue", description="What the goal is one of: revenue, orders or new_customers.")
    goal: float = Field(0, ge=0, le=1e15, description="The goal; 0 takes the one kept for this period.")

    view = "trend"
    columns = (
        Column("start", "date"),
        Column("so_far", "money"),
        Column("expected", "money"),
        Column("projected", "money"),
        Column("amount", "money"),
        Column("like", "date"),
    )
    numbers = (
        Column("so_far", "money"),
        Column("target", "money"),
        Column("reached", "percent"),
        Column("expected_share", "percent"),
        Column("expected", "money"),
        Column("projected", "money"),
        Column("low", "money"),
        Column("high", "money"),
        Column("needed", "money"),
        Column("days_left", "count"),
    )
    picture = columns[:4]
    about = SALES
    sample = "days"
    words = Words(
        en="""
title = Pacing
about = Is the goal of a period within reach, by what last year's same season was like?
param-of = Goal of
of-revenue = net revenue
of-orders = orders
of-new_customers = new customers
param-goal = Goal
start = Day
amount = This day
like = Like the day
so_far = So far
    .formula = What came from the first day of the period up to the last day with sales
target = Goal
    .formula = What was asked for, or kept for this period
reached = Reached
    .formula = So far, divided by the goal
expected_share = Expected by now
    .formula = The part of the period that last year's same days had brought by now, with this year's weekdays
expected = Should have come
    .formula = The goal times the part expected by now
projected = Will end at
    .formula = So far, plus what the remaining days bring at the pace of the last 28 days
low = At least
    .formula = Lower end of the 95 % prediction interval
high = At most
    .formula = Upper end of the 95 % prediction interval
needed = Needed a day
    .formula = What is missing to the goal, divided by the remaining days
days_left = Days left
    .formula = Days of the period after the last day with sales
sentence = So far { $amount }{ $goal ->
    [none] { "" }
    [over] { " " }of { $target } ({ $reached })
   *[set] { " " }of { $target } ({ $reached }), where { $share } could be expected by now
}{ $outlook ->
    [over] . The period is over
    [none] { "" }
   *[known] ; at this pace it ends at { $projected } ({ $low } to { $high })
}{ $needed ->
    [none] { "" }
    [met] . The goal is reached
   *[some] . To reach the goal, each of the remaining { $days ->
        [one] days, of which there is one,
       *[other] { $days } days
    } must bring { $needed }
}.
note-no-goal = No goal is set for this period: give one, or keep it with masarat targets set.
note-no-last-year = Your data does not reach back to the same season of last year: what could be expected by now knows weekdays at best, and no season.
note-short = There are fewer than four weeks of data before: every day is taken to bring the same.
note-no-pace = There are too few days of data for a projection.
""",
        ar="""
title = السير نحو الهدف
about = هل هدف المدة في المتناول، قياسًا على الموسم نفسه في العام الماضي؟
param-of = الهدف من
of-revenue = صافي الإيرادات
of-orders = الطلبات
of-new_customers = العملاء الجدد
param-goal = الهدف
start = اليوم
amount = في هذا اليوم
like = يشبه يوم
so_far = حتى الآن
    .formula = ما جاء من أول يوم في المدة إلى آخر يوم فيه مبيعات
target = الهدف
    .formula = ما طُلب، أو ما حُفظ لهذه المدة
reached = ما تحقق
    .formula = ما جاء حتى الآن مقسومًا على الهدف
expected_share = المتوقع إلى الآن
    .formula = ما كانت الأيام نفسها من العام الماضي قد أتت به إلى الآن من حصة المدة، بأيام أسبوع هذا العام
expected = ما كان ينبغي أن يجيء
    .formula = الهدف مضروبًا في الحصة المتوقعة إلى الآن
projected = ستنتهي إلى
    .formula = ما جاء حتى الآن، مع ما تأتي به الأيام الباقية بوتيرة آخر 28 يومًا
low = على الأقل
    .formula = الحد الأدنى لمجال التوقع 95٪
high = على الأكثر
    .formula = الحد الأعلى لمجال التوقع 95٪
needed = المطلوب كل يوم
    .formula = ما ينقص عن الهدف مقسومًا على الأيام الباقية
days_left = الأيام الباقية
    .formula = أيام المدة بعد آخر يوم فيه مبيعات
sentence = حتى الآن { $amount }{ $goal ->
    [none] { "" }
    [over] { " " }من { $target } ({ $reached })
   *[set] { " " }من { $target } ({ $reached })، والمتوقع إلى الآن { $share }
}{ $outlook ->
    [over] . وقد انقضت المدة
    [none] { "" }
   *[known] ؛ وبهذه الوتيرة تنتهي إلى { $projected } (بين { $low } و{ $high })
}{ $needed ->
    [none] { "" }
    [met] . وقد تحقق الهدف
   *[some] . ويلزم لبلوغ الهدف { $needed } كل يوم فيما بقي، وهو { $days ->
        [one] يوم واحد
        [two] يومان
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }
}.
note-no-goal = لم يُحدَّد هدف لهذه المدة: اكتبه، أو احفظه بالأمر masarat targets set
note-no-last-year = لا ترجع بياناتك إلى الموسم نفسه من العام الماضي: فالمتوقع إلى الآن لا يعرف إلا أيام الأسبوع، ولا يعرف موسمًا.
note-short = ليس قبل المدة أربعة أسابيع من البيانات: فحُسبت الأيام كلها سواء.
note-no-pace = الأيام أقل من أن يُتوقع منها كيف تنتهي المدة.
""",
    )

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Money, or plain numbers; what is expected of a count need not be whole."""
        if self.of == "revenue":
            return columns
        return tuple(replace(one, kind="number") if one.kind == "money" else one for one in columns)

    def query(self, frame: Frame) -> Query:
        whole = {}
        if self.of == "new_customers":
            whole = {"history": replace(frame, segment=()).sales(history=True), "firsts": FIRSTS}
        return Query(
            steps={"sales": frame.sales(history=True), **whole, "days": SOLD[self.of]},
            values=frame.values,
            rows="days",
        )

    def interpret(self, found: Found) -> Found:
        """A row a day of the period, added up, beside the goal's line and the outlook."""
        frame = found.frame
        came: dict[date, float] = {row["day"]: row["amount"] for row in found.rows}
        span = frame.facts.span(SALES)
        course = Course(frame.period.first, frame.period.last, came, span[0] if span else frame.period.first,
                        min(frame.period.last, span[1]) if span else frame.period.first - timedelta(days=1))  # fmt: skip
        goal = self.goal or self._kept_goal(frame)
        found.rows = found.picture = course.rows(goal)
        found.totals = course.totals(goal) | {"days": len(came), "course": course}
        found.before_rows, found.before = [], {}
        return found

    def _kept_goal(self, frame: Frame) -> float | None:
        days = f"{frame.period.first}..{frame.period.last}"
        return next(
            (one.goal for one in frame.told.targets() if one.metric == self.of and one.period == days), None
        )

    def explain(self, found: Found) -> str:
        totals, target = found.totals, found.totals["target"]
        needed = "none"
        if target:
            missing = totals["so_far"] < target
            needed = (
                "met"
                if not missing
                else self._said(found, totals["needed"])
                if totals["days_left"]
                else "none"
            )
        return found.say(
            "sentence",
            amount=self._said(found, totals["so_far"]),
            goal="none" if not target else "set" if totals["days_left"] else "over",
            target=self._said(found, target),
            reached=found.speaker.percent(totals["reached"]),
            share=found.speaker.percent(totals["expected_share"]),
            outlook="over" if not totals["days_left"] else "none" if totals["projected"] is None else "known",
            projected=self._said(found, totals["projected"]),
            low=self._said(found, totals["low"]),
            high=self._said(found, totals["high"]),
            needed=needed,
            days=totals["days_left"],
        )

    def _said(self, found: Found, value: float | None) -> str:
        if self.of == "revenue":
            return found.speaker.money(value, found.frame.currency, whole=True)
        return found.speaker.count(value)

    def notes(self, found: Found) -> list[str]:
        course: Course = found.totals["course"]
        told = {
            "note-no-goal": not found.totals["target"],
            "note-no-last-year": not course.knows_last_year,
            "note-short": course.is_short and not course.knows_last_year,
            "note-no-pace": bool(course.left) and course.outlook is None,
        }
        return [found.say(key) for key, holds in told.items() if holds]


Pacing.example = Pacing(period="2025-03", goal=1000)
