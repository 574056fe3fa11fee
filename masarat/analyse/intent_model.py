"""How well orders can be foreseen from visits, shown on weeks that the model was not shown."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.foreseeing import FEWEST, FEWEST_HELD, Foreseen, foreseen, learnt_from, one_in
from masarat.analyse.frame import Frame
from masarat.analyse.intent_words import PARTS_SAID
from masarat.analyse.period import Compare
from masarat.store import Query
from masarat.words import Words

STRONGEST = 3  # parts that the sentence tells


class IntentModel(Analysis):
    """How well it can be foreseen from a visit whether an order comes within days, by a model and by the rules of `intent`, shown on weeks that
    neither was shown.

    For whoever wants to know how far to trust the chances in `intent_customers`. The model is a logistic regression (fitted by
    iteratively reweighted least squares, each weight drawn to nothing a little) of what is known when a visit ends without an order: pages,
    length, what `intent` counts for comparing and ready, whether there was trouble, what the cart holds, orders and visits before and days
    since the last visit; all but trouble as logarithms. Foreseen is an order within `days` after the visit, by whatever way. It learns from
    the 26 weeks before the period's end without the last `weeks`, and is judged on these. Visits whose days reach into the weeks held out
    are left out, so that it has seen nothing of them. Each part is a sample of at most 20,000 visits, drawn by a hash; in a log of more than
    3 million events, of some customers only, all their visits. It needs fifty visits followed by an order and fifty that were not to learn
    from, and twenty each to be judged by; otherwise the answer is that there is not enough data.

    AUC is how often, of a visit followed by an order and one not, the first was given the higher chance (0.5 is blind). The Brier score is the
    mean square of the misses; spared is by how much it is less than that of always saying the share of the older weeks. The table shows up to ten groups
    of visits of the weeks held out, from the lowest chances to the highest, equal ones together: what was foreseen and what came, with its 95 % interval (Wilson).
    Where what was foreseen lies outside, do not take the chances at their word. A model foresees, it explains nothing: what weighs
    in it need not be a cause.
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    days: int = Field(7, ge=1, le=90, description="Days after the visit within which an order counts.")
    weeks: int = Field(
        4, ge=1, le=12, description="Last weeks, which it is judged by and does not learn from."
    )

    view = "bars"
    columns = (
        Column("group", "text"),
        Column("visits", "count"),
        Column("said", "percent"),
        Column("came", "percent"),
        Column("low", "percent"),
        Column("high", "percent"),
        Column("within", "text"),
    )
    numbers = (
        Column("auc", "number"),
        Column("auc_rules", "number"),
        Column("skill", "percent"),
        Column("skill_rules", "percent"),
        Column("brier", "number"),
        Column("base", "percent"),
        Column("learnt", "count"),
        Column("held", "count"),
    )
    picture = (Column("group", "text"), Column("said", "percent"), Column("came", "percent"))
    needs = ()
    about = ()
    sample = "known"
    words = Words(
        en="""
title = Foreseeing orders
about = How well it can be foreseen from a visit whether an order comes after, shown on weeks that the model was not shown.
param-days = Days to order
param-weeks = Weeks held out
group = Visits by chance
nth = Group { $place }
visits = Visits
    .formula = Visits of the weeks held out in this group
said = Foreseen
    .formula = Mean of the chances that the model gave
came = Came
    .formula = Share of the visits after which an order came within the days
low = At least
    .formula = Lower end of the 95 % interval of what came
high = At most
    .formula = Upper end of the 95 % interval of what came
within = Holds
    .formula = Whether what was foreseen lies in that interval
yes = yes
no = no
auc = AUC of the model
    .formula = How often, of a visit followed by an order and one not, the model gave the first the higher chance; 0.5 is blind
auc_rules = AUC of the rules
    .formula = The same of the rules: chances by state (browsing, comparing, ready, blocked), from the older weeks
skill = Spared by the model
    .formula = By how much its mean square miss is less than that of saying always the share of the older weeks (Brier skill)
skill_rules = Spared by the rules
    .formula = The same of the rules
brier = Brier score of the model
    .formula = Mean square by which its chances missed; less is better
base = Ordered after
    .formula = Share of the visits of the weeks held out after which an order came
learnt = Learnt from
    .formula = Visits of the older weeks in the sample
held = Judged by
    .formula = Visits of the weeks held out in the sample
sentence = Of two visits that the model was not shown, one followed by an order and one not, it gave the first the higher chance in { $auc } of cases, the rules in { $rules } (blind: 50%; { $held } visits). { $helps ->
    [yes] It says more than the share of { $base } alone.
   *[no] It says no more than the share of { $base } alone: do not use it.
} Most weighs: { $parts }.
up = { $part } (more)
down = { $part } (less)
not-enough = Not enough data to foresee orders: it takes { $learn } visits followed by an order and { $learn } not in the weeks before, and { $judge } each in the last ones; there are { $orders } followed by one in all.
note-calibration = In { $n ->
    [one] one group
   *[other] { $n } groups
} what was foreseen lies outside what chance allows: do not take those chances at their word.
note-sample = Of one customer in { $n }.
"""
        + PARTS_SAID.en,
        ar="""
title = توقع الطلبات
about = إلى أي حد يُتوقع من الزيارة أن يتلوها طلب، مقيسًا على أسابيع لم يرها النموذج.
param-days = أيام الطلب
param-weeks = أسابيع الاختبار
group = الزيارات بحسب الاحتمال
nth = المجموعة { $place }
visits = الزيارات
    .formula = زيارات أسابيع الاختبار في هذه المجموعة
said = المتوقع
    .formula = متوسط الاحتمالات التي أعطاها النموذج
came = ما كان
    .formula = حصة الزيارات التي تلاها طلب خلال الأيام
low = على الأقل
    .formula = الحد الأدنى لمجال الثقة 95 % لما كان
high = على الأكثر
    .formula = الحد الأعلى لمجال الثقة 95 % لما كان
within = صدق
    .formula = هل المتوقع داخل هذا المجال
yes = نعم
no = لا
auc = ‏AUC للنموذج
    .formula = كم مرة أعطى النموذج زيارة تلاها طلب احتمالًا أعلى من زيارة لم يتلها؛ 0.5 تخمين أعمى
auc_rules = ‏AUC للقواعد
    .formula = مثله للقواعد: الاحتمال بحسب النية (يتصفح، يقارن، جاهز، متعثر) من الأسابيع الأقدم
skill = ما يوفّره النموذج
    .formula = بكم يقل متوسط مربع خطئه عن خطأ من يقول دائمًا نسبة الأسابيع الأقدم (مهارة براير)
skill_rules = ما توفّره القواعد
    .formula = مثله للقواعد
brier = مقياس براير للنموذج
    .formula = متوسط مربع الخطأ في احتمالاته؛ الأقل أفضل
base = تلاها طلب
    .formula = حصة زيارات أسابيع الاختبار التي تلاها طلب
learnt = تعلّم من
    .formula = زيارات الأسابيع الأقدم في العينة
held = اختُبر على
    .formula = زيارات أسابيع الاختبار في العينة
sentence = من كل زيارتين لم يرهما النموذج، تلا إحداهما طلب ولم يتل الأخرى، أعطى الأولى احتمالًا أعلى في { $auc } من الحالات، والقواعد في { $rules } (والتخمين الأعمى 50٪؛ والزيارات { $held }). { $helps ->
    [yes] وهو يزيد على قول النسبة { $base } وحدها.
   *[no] ولا يزيد على قول النسبة { $base } وحدها، فلا تستعمله.
} وأثقل ما فيه: { $parts }.
up = { $part } (كلما زاد)
down = { $part } (كلما قل)
not-enough = البيانات لا تكفي لتوقع الطلبات: يلزم { $learn } زيارة تلاها طلب و{ $learn } لم يتلها في الأسابيع السابقة، و{ $judge } من كل منهما في الأخيرة؛ وما تلاه طلب منها كلها { $orders }.
note-calibration = المتوقع خارج ما تسمح به المصادفة في { $n ->
    [one] مجموعة واحدة
    [two] مجموعتين
    [few] { $n } مجموعات
    [many] { $n } مجموعة
   *[other] { $n } مجموعة
}: فلا تأخذ تلك الاحتمالات حرفيًا.
note-sample = من عميل واحد في كل { $n }.
"""
        + PARTS_SAID.ar,
    )

    def query(self, frame: Frame) -> Query:
        steps, values = learnt_from(frame, self.days, self.weeks)
        return Query(steps=steps, values=values, rows="sample")

    def interpret(self, found: Found) -> Found:
        sample, model = found.rows, foreseen(found.rows)
        orders = sum(bool(row["converted"]) for row in sample)
        found.totals = {"known": len(sample), "orders": orders, "model": model}
        found.rows = []
        if model:
            found.totals |= {column.name: getattr(model, column.name) for column in self.numbers}
            found.rows = [
                {
                    "group": found.say("nth", place=place),
                    "visits": group.of,
                    "said": group.said,
                    "came": group.share,
                    "low": group.low,
                    "high": group.high,
                    "within": found.say("yes" if group.holds else "no"),
                    "holds": group.holds,
                }
                for place, group in enumerate(model.groups, 1)
            ]
        found.picture = found.rows
        return found

    def explain(self, found: Found) -> str:
        model: Foreseen | None = found.totals["model"]
        if not model:
            return found.say("not-enough", learn=FEWEST, judge=FEWEST_HELD, orders=found.totals["orders"])
        parts = [
            found.say("up" if weight > 0 else "down", part=found.say(f"part-{part}"))
            for part, weight in model.strongest[:STRONGEST]
        ]
        return found.say(
            "sentence",
            held=found.speaker.count(model.held),
            auc=found.speaker.percent(model.auc),
            rules=found.speaker.percent(model.auc_rules),
            base=found.speaker.percent(model.base),
            helps="yes" if model.helps else "no",
            parts=found.speaker.value("list", parts),
        )

    def notes(self, found: Found) -> list[str]:
        notes = []
        if missed := sum(not row["holds"] for row in found.rows):
            notes.append(found.say("note-calibration", n=missed))
        if (some := one_in(found.frame)) > 1:
            notes.append(found.say("note-sample", n=some))
        return notes


IntentModel.example = IntentModel()
