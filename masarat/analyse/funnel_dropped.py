"""Who stopped at a step: the customers themselves, to be looked at or written to."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.attempts import Way, attempts, values
from masarat.analyse.base import Found
from masarat.analyse.frame import Frame
from masarat.analyse.people import WHO, once, who
from masarat.analyse.through_steps import ThroughSteps, spoken, step_title
from masarat.errors import BadParameter
from masarat.store import Query
from masarat.words import Words


class FunnelDropped(ThroughSteps):
    """Which customers reached a step of a way and not the next, the newest first.

    For whoever wants to remind them, or to see in their journeys why. Customers and attempts are those of `funnel`: who stopped at
    one time and got through at another has got through. Those whose time was not over when the data ends are left out, since they may
    still come. Each is called by the strongest identifier an event came with.
    """

    after: int = Field(1, ge=1, le=11, description="Number of the step after which they stopped.")
    limit: int = Field(1_000, ge=1, le=1_000, description="How many customers to list.")

    view = "table"
    columns = (
        Column("rank", "count"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("begun_at", "time"),
        Column("stopped_at", "time"),
    )
    numbers = (
        Column("dropped", "count"),
        Column("reached", "count"),
        Column("share_dropped", "percent"),
        Column("open", "count"),
    )
    words = Words(
        en="""
title = Who stopped at a step
about = The customers who reached a step and not the next, newest first.
param-after = Stopped after step
begun_at = Began
stopped_at = Last step
dropped = Stopped here
    .formula = Customers who reached the step, not the next required one, and whose time is over
reached = Got here
    .formula = Customers whose counted attempt reached the step
share_dropped = Share
    .formula = Customers who stopped here divided by those who got here
open = Still on the way
    .formula = Customers who stand at this step and whose time was not over when the data ends
sentence = { $n ->
    [one] One customer
   *[other] { $n } customers
} stopped after “{ $step }” and did not get to “{ $following }” in { $within }: { $share } of those who got there.
nobody = Nobody stopped after “{ $step }”.
""",
        ar="""
title = من توقف عند خطوة
about = العملاء الذين بلغوا خطوة ولم يبلغوا التي بعدها، الأحدث أولًا.
param-after = توقفوا بعد الخطوة
begun_at = بدأ
stopped_at = آخر خطوة
dropped = توقفوا هنا
    .formula = من بلغوا الخطوة ولم يبلغوا الخطوة اللازمة بعدها وانقضت مهلتهم
reached = بلغوها
    .formula = من بلغت محاولتهم المحسوبة هذه الخطوة
share_dropped = النسبة
    .formula = من توقفوا هنا مقسومين على من بلغوها
open = ما زالوا في الطريق
    .formula = من هم عند هذه الخطوة ولم تنقضِ مهلتهم عند آخر البيانات
sentence = { $n ->
    [one] توقف عميل واحد
    [two] توقف عميلان
    [few] توقف { $n } عملاء
    [many] توقف { $n } عميلًا
   *[other] توقف { $n } عميل
} بعد «{ $step }» دون بلوغ «{ $following }» خلال { $within }، أي { $share } ممن بلغوها.
nobody = لم يتوقف أحد بعد «{ $step }».
""",
    )
    sample = "reached"

    def query(self, frame: Frame) -> Query:
        way = self._checked(frame)
        here = f"level = {way.required.index(self.after) + 1}"
        return Query(
            steps={
                **attempts(frame, way),
                "totals": f"""
SELECT countIf({here} AND NOT is_open) AS dropped, countIf({here} AND is_open) AS open,
       countIf(level >= {way.required.index(self.after) + 1}) AS reached, dropped / nullIf(reached, 0) AS share_dropped
FROM attempts""",
                "everybody": f"SELECT customer_id, begun_at, done_at AS stopped_at FROM attempts WHERE {here} AND NOT is_open",
                "newest": """
SELECT * FROM everybody ORDER BY stopped_at DESC, customer_id LIMIT {limit:UInt32}""",
                "listed": once("newest", "customer_id", "begun_at", "stopped_at"),
                **who("listed"),
                "rows": f"""
SELECT row_number() OVER (ORDER BY listed.stopped_at DESC, customer_id) AS rank, customer, name,
       toTimeZone(listed.begun_at, {{timezone:String}}) AS begun_at, toTimeZone(listed.stopped_at, {{timezone:String}}) AS stopped_at
FROM listed {WHO} ORDER BY rank""",
            },
            values=frame.values | values(frame, way) | {"limit": self.limit},
            rows="rows",
            totals="totals",
            customers="everybody",
        )

    def _checked(self, frame: Frame) -> Way:
        way = self.way(frame)
        stops = way.required[:-1]
        if way.order == "any":
            raise BadParameter(
                "In any order there is no step to stop at.", "Ask for order=ordered or strict."
            )
        if self.after not in stops:
            raise BadParameter(
                f"after={self.after} is no step where somebody can stop.",
                f"Choose one of: {', '.join(map(str, stops))}.",
            )
        return way

    def explain(self, found: Found) -> str:
        way, totals = self.way(found.frame), found.totals
        step, following = (
            step_title(way.steps[place - 1], found.frame.language)
            for place in (self.after, way.following(self.after))
        )
        if not totals["dropped"]:
            return found.say("nobody", step=step)
        return found.say(
            "sentence",
            n=totals["dropped"],
            step=step,
            following=following,
            within=found.say("within-time", **spoken(way.within)),
            share=found.percent("share_dropped"),
        )

    def notes(self, found: Found) -> list[str]:
        return [found.say("note-open-attempts", n=found.totals["open"])] if found.totals["open"] else []


FunnelDropped.example = FunnelDropped(steps=("Product Added", "Order Completed"), within="1d")
