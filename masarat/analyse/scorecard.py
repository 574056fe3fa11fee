"""The scorecard: the fourteen metrics on one page, each against the period before and its target."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found, relative_change
from masarat.analyse.frame import Frame
from masarat.analyse.metrics import METRICS, Metric, named
from masarat.analyse.metrics.judging import FEWEST, State, Verdict, state, verdict
from masarat.analyse.metrics.measuring import Measured, measured, slots, values
from masarat.errors import UnknownName
from masarat.models.proportions import discoveries
from masarat.records.stages import SIX
from masarat.records.targets import standing
from masarat.store import Query, Row
from masarat.words import Words

NOTHING = (
    "SELECT '' AS reading, toUInt32(0) AS slot, false AS is_whole, [0.] AS tops, [0.] AS bottoms WHERE false"
)


class Scorecard(Analysis):
    """The fourteen metrics of the customer's journey on one page: each figure, the one before, whether it changed, and how it stands to its target.

    For the owner who looks once a week, and for whoever asks which figures matter at one stage of the journey (`stage`: awareness, interest,
    consideration, purchase, retention or advocacy; a metric may matter at several). Acquisition is two rows, the number of new customers and what each
    cost. What each metric is stands under it; the question `metric` shows one of them over time and in its parts.

    A change is called better or worse where it is more than chance: each is tested as `metric` says, and since many are tested at once, their
    chances are corrected together (Benjamini and Hochberg 1995), so that of those called better or worse at most one in twenty is false. A lifetime value
    grows by itself and is not tested. A state is good where the target that held on the period's last day is met, alert where its
    alert level is reached, and watch between the two; a metric without target has none. Fewer than 30 visits, carts, customers or answers are too little to
    judge. A metric whose events were never seen says so, rather than zero. A period that ends in the middle of a month counts no retention for it.
    Everything is said of the period that was asked for; without one, of the whole history, which has nothing before it.
    """

    stage: str = Field(
        "", description="Only the metrics that matter at this stage of the journey, e.g. purchase."
    )

    view = "table"
    columns = (
        Column("metric", "text"),
        Column("figure", "text"),
        Column("earlier", "text"),
        Column("change", "percent"),
        Column("verdict", "text"),
        Column("target", "text"),
        Column("state", "text"),
        Column("sample", "count"),
        Column("stages", "list"),
        Column("definition", "text"),
        Column("key", "text"),
        Column("value", "number"),
        Column("before", "number"),
        Column("goal", "number"),
        Column("chance", "percent"),
    )
    numbers = (
        Column("known", "count"),
        Column("better", "count"),
        Column("worse", "count"),
        Column("met", "count"),
        Column("alarming", "count"),
    )
    needs = ()
    about = ()
    sample = "sample"
    words = Words(
        en=named("en")
        + """
title = Scorecard
about = The fourteen metrics at a glance: each against the period before and its target.
param-stage = At the stage
metric = Metric
figure = Figure
earlier = Before
change = Change
verdict = Change, judged
target = Target
state = State
sample = Rests on
stages = Matters at
definition = Definition
key = Name
value = Value
before = Value before
goal = Target value
chance = By chance
    .formula = How often chance alone would bring a change like this, corrected for all that are tested together
known = Known
    .formula = Metrics that this period has a figure of
better = Better
    .formula = Metrics that became better than in the period before by more than chance
worse = Worse
    .formula = Metrics that became worse than in the period before by more than chance
met = Targets met
    .formula = Metrics whose target is met
alarming = Alarming
    .formula = Metrics that have reached their alert level
verdict-better = better
verdict-worse = worse
verdict-chance = may be chance
verdict-untold = —
state-good = good
state-watch = watch
state-alert = alert
state-no-target = no target
state-too-little = not enough data
sentence = { $known ->
    [one] One metric is known
   *[other] { $known } metrics are known
}{ $compared ->
    [no] { "" }
   *[yes] { $changed ->
    [none] ; none of them changed by more than chance
   *[some] : { $better ->
        [zero] none is
        [one] one is
       *[other] { $better } are
    } better than before and { $worse ->
        [zero] none
       *[other] { $worse }
    } worse, beyond chance
    }
}{ $alarms ->
    [none] { "" }
   *[some] . Look at: { $alarming }
}.
note-missing = Nothing to compute these of: { $metrics }.
note-no-targets = No target is set: set one with masarat targets set, like: masarat targets set conversion 3%.
""",
        ar=named("ar")
        + """
title = لوحة المؤشرات
about = المؤشرات الأربعة عشر في نظرة: كل منها مقابل الفترة السابقة وهدفه.
param-stage = في مرحلة
metric = المؤشر
figure = الرقم
earlier = قبل
change = التغيّر
verdict = الحكم على التغيّر
target = الهدف
state = الحال
sample = يقوم على
stages = يهم في
definition = التعريف
key = الاسم
value = القيمة
before = القيمة قبل
goal = قيمة الهدف
chance = بالصدفة
    .formula = كم مرة تأتي الصدفة وحدها بتغيّر كهذا، بعد التصحيح لكل ما اختُبر معًا
known = المعلوم
    .formula = المؤشرات التي لها رقم في هذه الفترة
better = تحسّن
    .formula = مؤشرات تحسّنت عن الفترة السابقة بما يتجاوز الصدفة
worse = تراجع
    .formula = مؤشرات تراجعت عن الفترة السابقة بما يتجاوز الصدفة
met = أهداف تحققت
    .formula = مؤشرات تحقق هدفها
alarming = في حد الإنذار
    .formula = مؤشرات بلغت حد الإنذار
verdict-better = أفضل
verdict-worse = أسوأ
verdict-chance = قد يكون صدفة
verdict-untold = —
state-good = جيد
state-watch = راقبه
state-alert = إنذار
state-no-target = بلا هدف
state-too-little = البيانات لا تكفي
sentence = { $known ->
    [one] مؤشر واحد معلوم
    [two] مؤشران معلومان
    [few] { $known } مؤشرات معلومة
    [many] { $known } مؤشرًا معلومًا
   *[other] { $known } مؤشر معلوم
}{ $compared ->
    [no] { "" }
   *[yes] { $changed ->
    [none] ، ولم يتغيّر منها شيء بما يتجاوز الصدفة
   *[some] : { $better ->
        [zero] لم يتحسّن منها شيء
        [one] تحسّن واحد
        [two] تحسّن اثنان
        [few] تحسّنت { $better }
        [many] تحسّن { $better }
       *[other] تحسّن { $better }
    }، { $worse ->
        [zero] ولم يتراجع شيء
        [one] وتراجع واحد
        [two] وتراجع اثنان
        [few] وتراجعت { $worse }
        [many] وتراجع { $worse }
       *[other] وتراجع { $worse }
    }، بما يتجاوز الصدفة
    }
}{ $alarms ->
    [none] { "" }
   *[some] . انظر في: { $alarming }
}.
note-missing = لا شيء يُحسب منه: { $metrics }.
note-no-targets = لم يُحدَّد هدف: حدّده بالأمر masarat targets set، مثل: masarat targets set conversion 3%
""",
    )

    def _asked(self) -> list[Metric]:
        if self.stage and self.stage not in (keys := [stage.key for stage in SIX.stages]):
            raise UnknownName("stage of metrics", self.stage, keys)
        return [metric for metric in METRICS if not self.stage or self.stage in metric.stages]

    def query(self, frame: Frame) -> Query:
        parts = slots(frame, self._asked())
        every = "\nUNION ALL\n".join(f"SELECT * FROM {name}" for name in parts) or NOTHING
        return Query(
            steps={**parts, "rows": f"SELECT * FROM (\n{every}\n) ORDER BY reading, is_whole, slot"},
            values=values(frame, self._asked()),
            rows="rows",
        )

    def interpret(self, found: Found) -> Found:
        """A row a metric, in the order of METRICS."""
        asked = self._asked()
        now = measured(found.frame, asked, found.rows)
        before = measured(found.frame.earlier(), asked, found.before_rows) if found.frame.before else {}
        chances = _corrected(now, before)
        found.rows = [self._row(found, metric, now, before, chances) for metric in asked]
        found.before_rows = []
        found.totals = _counted(found.rows)
        return found

    def _row(
        self,
        found: Found,
        metric: Metric,
        now: dict[str, Measured],
        before: dict[str, Measured],
        chances: dict[str, float],
    ) -> Row:
        one, other = now.get(metric.name), before.get(metric.name)
        value, was = one.value if one else None, other.value if other else None
        sample = one.sample if one else 0
        target = standing(found.frame.told.targets(), metric.name, found.frame.period.last)
        enough = min(sample, other.sample if other else 0) >= FEWEST or metric.counts
        judged: Verdict = verdict(metric, value, was, chances.get(metric.name) if enough else None)
        stands: State = state(metric, value, sample, target)
        return {
            "metric": found.say(metric.name),
            "figure": _written(found, metric, value),
            "earlier": _written(found, metric, was),
            "change": relative_change(value, was),
            "verdict": found.say(f"verdict-{judged}"),
            "target": _written(found, metric, target.goal) if target else "",
            "state": found.say(f"state-{stands}"),
            "sample": sample,
            "stages": [_stage(found, key) for key in metric.stages],
            "definition": found.speaker.formula(metric.name),
            "key": metric.name,
            "value": value,
            "before": was,
            "goal": target and target.goal,
            "chance": chances.get(metric.name),
            "judged": judged,
            "stands": stands,
        }

    def explain(self, found: Found) -> str:
        totals = found.totals
        alarming = [f"{row['metric']} ({row['figure']})" for row in found.rows if row["stands"] == "alert"]
        return found.say(
            "sentence",
            known=totals["known"],
            compared="yes" if found.frame.before else "no",
            changed="some" if totals["better"] or totals["worse"] else "none",
            better=totals["better"] or "zero",
            worse=totals["worse"] or "zero",
            alarms="some" if alarming else "none",
            alarming=("، " if found.frame.language == "ar" else ", ").join(alarming),
        )

    def notes(self, found: Found) -> list[str]:
        notes = []
        if missing := [row["metric"] for row in found.rows if row["value"] is None]:
            joined = ("، " if found.frame.language == "ar" else ", ").join(missing)
            notes.append(found.say("note-missing", metrics=joined))
        if not found.frame.told.targets():
            notes.append(found.say("note-no-targets"))
        return notes


def _written(found: Found, metric: Metric, value: float | None) -> str:
    return found.speaker.value(metric.kind, value, found.frame.currency)


def _stage(found: Found, key: str) -> str:
    """What the merchant calls a stage; of one that they do not have, the usual name."""
    named = {stage.key: stage for stage in (*SIX.stages, *found.frame.told.stages().stages)}
    return named[key].title(found.frame.language)


def _corrected(now: dict[str, Measured], before: dict[str, Measured]) -> dict[str, float]:
    """The chance of every change that can be tested, corrected for all of them."""
    found = {name: one.chance(before.get(name)) for name, one in now.items()}
    known = {name: chance for name, chance in found.items() if chance is not None}
    return dict(zip(known, discoveries(list(known.values())), strict=True))


def _counted(rows: list[Row]) -> Row:
    return {
        "known": sum(row["value"] is not None for row in rows),
        "better": sum(row["judged"] == "better" for row in rows),
        "worse": sum(row["judged"] == "worse" for row in rows),
        "met": sum(row["stands"] == "good" for row in rows),
        "alarming": sum(row["stands"] == "alert" for row in rows),
        "sample": sum(row["sample"] for row in rows),
    }


Scorecard.example = Scorecard(period="2025", compare="none")
