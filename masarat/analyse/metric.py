"""One of the fourteen metrics: its figure, trend, parts, target, and whether it changed by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.metrics import METRICS, MetricName, find, named
from masarat.analyse.metrics.judging import FEWEST, State, state, verdict
from masarat.analyse.metrics.measuring import PARTS, Measured, levels, one_measured, values
from masarat.analyse.moves import Unseen
from masarat.models.proportions import interval
from masarat.records.targets import Target, standing
from masarat.store import Query, Row
from masarat.words import Words

FIGURES = tuple(Column(metric.name, metric.kind) for metric in METRICS)
LIKE_IT = ("low", "high", "target", "alert")  # written like the metric's own figure


class Metric(Analysis):
    """One of the fourteen metrics of the customer's journey: what it is, how it went, in which parts, and against which target.

    For whoever watches one figure. Each metric has its written definition, which stands under the figure: `metric` chooses bounce_rate,
    cart_abandonment, acquisition (new customers), acquisition_cost, conversion, effort_score (CES), engagement, lifetime_value, loyalty, reach,
    retention, satisfaction (CSAT), promoter_score (NPS), search_position (SEO) or intent. Visits and their figures are those of `sessions`, carts those of
    `abandoned_carts` with 24 hours, new and returning customers those of `new_and_returning`; retention is that of `retention` from
    month to month (begins=recurring) and belongs to the last day of the later month, so that it is told once that month is over.

    A metric is a figure above a line divided by one below it, and shares show Wilson's interval (95 %). Of reach and loyalty the points
    do not add up: who was here in two months counts in both, and once in all. Lifetime value at a point is that of all customers won until then.
    Whether a change is more than chance is asked of a hundred groups into which customers are dealt, so that ten visits of one
    visitor do not pass for ten independent ones (random groups and the delta method: Wolter 2007), and of days for what is simply counted, for costs and for places in
    search; the test is Welch's, at 5 %. Days that are alike by weekday or season make that test rough.

    The target and alert level that held on the last day of each point stand beside it (set them with `masarat targets set`). Fewer than 30 visits, carts,
    answers or customers are not judged. Of a breakdown the twelve largest parts are shown. NPS after Reichheld (2003), CSAT as the
    share of 4 and 5 of five, CES as the mean from 1 (hard) to 7 (easy) of CES 2.0; who asks the other way round names the survey otherwise.
    """

    metric: MetricName = Field("conversion", description="Which metric.")
    by: Bucket = Field("month", description="Length of one point: day, week or month.")

    view = "trend"
    columns = (
        Column("start", "date"),
        Column("breakdown", "text"),
        *FIGURES,
        Column("low", "number"),
        Column("high", "number"),
        Column("sample", "count"),
        Column("target", "number"),
        Column("alert", "number"),
    )
    numbers = (*FIGURES, *columns[-5:])
    picture = (*columns[: len(FIGURES) + 2], Column("target", "number"))
    needs = ()
    about = ()
    sample = "seen"
    breaks_down = True
    words = Words(
        en=named("en")
        + """
title = One metric
about = One of the fourteen metrics: its figure, trend, parts and target.
param-metric = Metric
param-by = By
low = At least
    .formula = Lower end of the 95 % interval
high = At most
    .formula = Upper end of the 95 % interval
sample = Rests on
    .formula = Visits, carts, orders, customers or answers that the figure is computed of
target = Target
    .formula = What was set for the last day of this time
alert = Alert level
    .formula = From here on it is alarming
sentence = { $metric }: { $value }{ $verdict ->
    [none] { "" }
    [better] , { $change } on the period before; that is better, and more than chance
    [worse] , { $change } on the period before; that is worse, and more than chance
    [chance] , { $change } on the period before, which may be chance
   *[untold] , { $change } on the period before
}{ $state ->
    [good] . The target of { $target } is met
    [watch] . The target is { $target }: watch it
    [alert] . It has reached the alert level of { $alert }; the target is { $target }
   *[none] { "" }
}.
no-figure = { $metric }: nothing to compute it of in this period.
note-few = It rests on { $n } only: too little to judge.
note-largest = Of { $parts } different values the largest { $top } are shown.
note-no-costs = What a new customer costs is not known here: there are no advertising costs of these days, or they are not known for this segment or breakdown.
""",
        ar=named("ar")
        + """
title = مؤشر واحد
about = أحد المؤشرات الأربعة عشر: رقمه ومساره وأقسامه وهدفه.
param-metric = المؤشر
param-by = كل
low = على الأقل
    .formula = الحد الأدنى لمجال الثقة 95٪
high = على الأكثر
    .formula = الحد الأعلى لمجال الثقة 95٪
sample = يقوم على
    .formula = ما حُسب منه من زيارات أو سلات أو طلبات أو عملاء أو إجابات
target = الهدف
    .formula = ما حُدّد لآخر يوم من هذه المدة
alert = حد الإنذار
    .formula = ما بعده يدعو إلى القلق
sentence = { $metric }: { $value }{ $verdict ->
    [none] { "" }
    [better] ، { $change } عن الفترة السابقة، وهذا تحسّن يتجاوز الصدفة
    [worse] ، { $change } عن الفترة السابقة، وهذا تراجع يتجاوز الصدفة
    [chance] ، { $change } عن الفترة السابقة، وقد يكون صدفة
   *[untold] ، { $change } عن الفترة السابقة
}{ $state ->
    [good] . وقد تحقق الهدف { $target }
    [watch] . والهدف { $target }: راقبه
    [alert] . وقد بلغ حد الإنذار { $alert }، والهدف { $target }
   *[none] { "" }
}.
no-figure = { $metric }: لا شيء في هذه الفترة يُحسب منه.
note-few = لا يقوم إلا على { $n }: أقل من أن يُحكم عليه.
note-largest = القيم المختلفة { $parts }، والمعروض أكبر { $top } منها.
note-no-costs = لا تُعرف هنا تكلفة العميل الجديد: لا تكاليف إعلان لهذه الأيام، أو لا تُعرف لهذه الشريحة أو هذا التقسيم.
""",
    )

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Of the figures the one that is asked for, and all that is written like it."""
        asked = find(self.metric)
        others = {metric.name for metric in METRICS} - {asked.name}
        away = others | ({"low", "high"} if asked.counts or asked.runs else set())
        away |= set() if self.breakdown else {"breakdown"}
        return tuple(
            Column(column.name, asked.kind if column.name in LIKE_IT else column.kind)
            for column in columns
            if column.name not in away
        )

    def query(self, frame: Frame) -> Query:
        asked = find(self.metric)
        if gap := asked.reading.missing(frame):
            raise Unseen(gap, sorted(frame.facts.counts))
        return Query(
            steps=levels(frame, asked, self.by),
            values=values(frame, [asked]),
            rows="shown",
        )

    def interpret(self, found: Found) -> Found:
        """Points without gaps, each with its interval and target; the overall figure beside them."""
        frame = found.frame
        found.rows, found.totals = self._told(frame, found.rows)
        found.picture = found.rows
        if frame.before:
            found.before_rows, found.before = self._told(frame.earlier(), found.before_rows)
            found.before_picture = found.before_rows
        return found

    def _told(self, frame: Frame, rows: list[Row]) -> tuple[list[Row], Row]:
        asked = find(self.metric)
        whole = one_measured(frame, asked, rows)
        low, high = whole.between
        last, goals = self._goal(frame, frame.period.last), frame.buckets(self.by)
        totals: Row = {
            asked.name: whole.value, "low": low, "high": high, "sample": whole.sample, "target": last and last.goal,
            "alert": last and last.alert, "measured": whole, "seen": whole.sample or int(asked.name == "acquisition_cost"),
            "parts": max((row.get("parts") or 0 for row in rows), default=0),
        }  # fmt: skip
        is_part = bool(frame.breakdown)
        timed = [row for row in rows if row["is_timed"] and bool(row["is_part"]) == is_part]
        points = dense(timed, goals, {"top": 0.0, "bottom": 0.0})
        targets = self._goals(frame, goals)
        return [self._point(row, targets[row["start"]]) for row in self._running(frame, points)], totals

    def _running(self, frame: Frame, points: list[Row]) -> list[Row]:
        """Of what runs every point is all up to it; what lies behind the log's end is not there yet."""
        if not find(self.metric).runs:
            return points
        span, sums = frame.facts.span(()), dict[str, tuple[float, float]]()
        found = []
        for row in points:
            top, bottom = sums.get(row["breakdown"], (0.0, 0.0))
            sums[row["breakdown"]] = top, bottom = top + row["top"], bottom + row["bottom"]
            there = span is not None and row["start"] <= span[1]
            found.append(row | ({"top": top, "bottom": bottom} if there else {}))
        return found

    def _point(self, row: Row, target: Target | None) -> Row:
        asked = find(self.metric)
        share = asked.kind == "percent" and row["bottom"] > 0
        low, high = (interval(row["top"], row["bottom"]) if share else None) or (None, None)
        return {
            "start": row["start"], "breakdown": row["breakdown"], asked.name: asked.value(row["top"], row["bottom"]),
            "low": low, "high": high, "sample": asked.sample(row["top"], row["bottom"]),
            "target": target and target.goal, "alert": target and target.alert,
        }  # fmt: skip

    def _goals(self, frame: Frame, starts: Sequence[date]) -> dict[date, Target | None]:
        """The target of every point, by its last day."""
        ends = [*(start - timedelta(days=1) for start in starts[1:]), frame.period.last]
        return {start: self._goal(frame, end) for start, end in zip(starts, ends, strict=True)}

    def _goal(self, frame: Frame, day: date) -> Target | None:
        return standing(frame.told.targets(), self.metric, day)

    def explain(self, found: Found) -> str:
        asked, whole = find(self.metric), _measured(found.totals)
        title = found.say(asked.name)
        if whole.value is None:
            return found.say("no-figure", metric=title)
        change = found.change_words(asked.name)
        before = found.before.get("measured")
        judged = verdict(asked, whole.value, before and before.value, whole.chance(before))
        judged = "untold" if change == found.say("change-none") else judged
        return found.say(
            "sentence",
            metric=title,
            value=self._written(found, whole.value),
            verdict=judged if change else "none",
            change=change or "",
            state=self._state(found),
            target=self._written(found, found.totals["target"]),
            alert=self._written(found, found.totals["alert"]),
        )

    def _state(self, found: Found) -> State:
        whole = _measured(found.totals)
        return state(
            whole.metric, whole.value, whole.sample, self._goal(found.frame, found.frame.period.last)
        )

    def _written(self, found: Found, value: float | None) -> str:
        return found.speaker.value(find(self.metric).kind, value, found.frame.currency)

    def notes(self, found: Found) -> list[str]:
        asked, whole, notes = find(self.metric), _measured(found.totals), []
        if whole.value is not None and whole.sample < FEWEST and not asked.counts:
            notes.append(found.say("note-few", n=found.speaker.count(whole.sample)))
        if found.totals["parts"] > PARTS:
            notes.append(found.say("note-largest", parts=found.totals["parts"], top=PARTS))
        if asked.name == "acquisition_cost" and whole.value is None:
            notes.append(found.say("note-no-costs"))
        return notes


def _measured(totals: Row) -> Measured:
    found: Measured = totals["measured"]
    return found


Metric.example = Metric(metric="loyalty", by="month")
