"""Conversion over time: of those who began in each week, how many got through."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.attempts import attempts, values
from masarat.analyse.base import Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.through_steps import ThroughSteps, spoken, step_title
from masarat.models.proportions import interval
from masarat.store import Query, Row
from masarat.words import Words


class FunnelTrend(ThroughSteps):
    """Whether more or fewer customers get through the steps than before, day by day, week by week or month by month.

    Customers, attempts and times are those of `funnel`; a customer stands where his counted attempt began, whenever he got
    through, so that the last points still grow while the time of those who began then is not over. Each share has its interval (Wilson, 95 %):
    where two intervals overlap widely, a rise or fall between them says little. A breakdown counts each customer in one part,
    that of the first step that tells one.
    """

    by: Bucket = Field("week", description="Length of one point: day, week or month.")

    view = "trend"
    columns = (
        Column("start", "date"),
        Column("breakdown", "text"),
        Column("rate", "percent"),
        Column("at_least", "percent"),
        Column("at_most", "percent"),
        Column("entered", "count"),
        Column("converted", "count"),
        Column("open", "count"),
    )
    numbers = (
        Column("rate", "percent"),
        Column("entered", "count"),
        Column("converted", "count"),
        Column("open", "count"),
    )
    breaks_down = True
    words = Words(
        en="""
title = Conversion over time
about = Of those who began each week or month, how many got through the steps.
param-by = By
at_least = At least
    .formula = Lower end of the 95 % interval of the rate (Wilson)
at_most = At most
    .formula = Upper end of the 95 % interval of the rate (Wilson)
open = Still on the way
    .formula = Customers who did not get through and whose time was not over when the data ends
sentence = { $rate } got from “{ $first }” to “{ $last }” in { $within }: { $converted } of { $n ->
    [one] one customer
   *[other] { $n } customers
}{ $change ->
    [none] { "" }
   *[other] ; the rate is { $change } on the period before
}.
""",
        ar="""
title = معدل الإتمام مع الوقت
about = كم ممن بدؤوا في كل أسبوع أو شهر أتمّ الخطوات.
param-by = كل
at_least = على الأقل
    .formula = الطرف الأدنى لفترة الثقة 95٪ للمعدل (ويلسون)
at_most = على الأكثر
    .formula = الطرف الأعلى لفترة الثقة 95٪ للمعدل (ويلسون)
open = ما زالوا في الطريق
    .formula = من لم يُتمّوا ولم تنقضِ مهلتهم عند آخر البيانات
sentence = أتمّ { $rate } الطريق من «{ $first }» إلى «{ $last }» خلال { $within }: { $converted } من { $n ->
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}{ $change ->
    [none] { "" }
   *[other] ؛ وجاء المعدل { $change } عن الفترة السابقة
}.
""",
    )

    def query(self, frame: Frame) -> Query:
        way = self.way(frame)
        last = len(way.required)
        measures = f"""
       count() AS entered, countIf(level = {last}) AS converted, countIf(is_open) AS open, converted / nullIf(entered, 0) AS rate"""
        day = "toDate(begun_at, {timezone:String})"
        return Query(
            steps={
                **attempts(frame, way),
                "by_time": f"""
SELECT {frame.bucket(self.by, day)} AS start, breakdown, {measures}
FROM attempts GROUP BY start, breakdown ORDER BY start, breakdown""",
            },
            values=frame.values | values(frame, way),
            rows="by_time",
        )

    def interpret(self, found: Found) -> Found:
        """Totals, intervals, and silent stretches as such."""
        frame = found.frame
        found.totals = _totals(found.rows)
        found.rows = [_sure(row) for row in dense(found.rows, frame.buckets(self.by), SILENT)]
        if frame.before:
            found.before = _totals(found.before_rows)
            found.before_rows = dense(found.before_rows, frame.earlier().buckets(self.by), SILENT)
        return found

    def explain(self, found: Found) -> str:
        way, totals = self.way(found.frame), found.totals
        return found.say(
            "sentence",
            rate=found.percent("rate"),
            first=step_title(way.steps[0], found.frame.language),
            last=step_title(way.steps[-1], found.frame.language),
            within=found.say("within-time", **spoken(way.within)),
            converted=totals["converted"],
            n=totals["entered"],
            change=found.change_words("rate") or "none",
        )

    def notes(self, found: Found) -> list[str]:
        return self.cautions(found)


SILENT: Row = {"entered": 0, "converted": 0, "open": 0, "rate": None}


def _sure(row: Row) -> Row:
    low, high = interval(row["converted"], row["entered"]) or (None, None)
    return {**row, "at_least": low, "at_most": high}


def _totals(rows: list[Row]) -> Row:
    entered, converted, still = (sum(row[name] for row in rows) for name in ("entered", "converted", "open"))
    return {
        "entered": entered,
        "converted": converted,
        "open": still,
        "rate": converted / entered if entered else None,
    }


FunnelTrend.example = FunnelTrend(steps=("Product Added", "Order Completed"), by="month")
