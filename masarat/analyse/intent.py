"""Intent: how many visitors browse, compare, are ready to buy, or were ready and are blocked."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.intent_words import REASONS, reason
from masarat.analyse.intents import AFTERWARDS, RULES, STATES, judged, values
from masarat.analyse.visits import Within
from masarat.models.proportions import interval
from masarat.store import Query, Row
from masarat.words import Words

# The whole first, then each state: visitors by their last visit, what came after by all visits. Of money at stake, that in the carts of those
# who have not bought since.
ROWS = """
SELECT state, countIf(is_last) AS visitors, count() AS visits, countIf(decided) AS known, countIf(decided AND converted) AS came,
       came / nullIf(known, 0) AS conversion, countIf(is_last AND left_there) AS carts, sumIf(worth, is_last AND left_there) AS at_stake,
       sumMapIf(why, arrayMap(place -> toUInt64(1), why), is_last) AS reasons
FROM (SELECT *, worth > 0 AND state != 5 AND NOT settled AS left_there FROM afterwards)
GROUP BY GROUPING SETS ((state), ()) ORDER BY grouping(state) DESC, state"""


class Intent(Analysis):
    """What visitors were about: browsing, comparing, ready to buy, or blocked, with what speaks for it and what came after.

    For the merchant who asks how many visitors want something, and what stands in their way. Each visitor is judged by their last visit
    of the period (or by all their visits of it: `within`), from what they did since their last order in it, by these rules:

    - **comparing**: three views of products of one category, two views of one product, a list filtered, something put on the wish list or
      into the cart;
    - **ready**: a step of the checkout, or payment details given or tried;
    - **blocked**: comparing or ready, and then a payment failed, an error showed, there were rage clicks, a page was loaded anew twice or more,
      a product was out of stock, a search found nothing or a coupon was denied, and no order came after it in the visit;
    - **bought**: the visit ended with an order, at most half an hour after its last move;
    - **browsing**: none of these.

    Blocked goes before ready and ready before comparing. Conversion afterwards is of all visits of the period that ended so, not
    only of last ones, which nobody returned from: the share after which an order came within `days`, by whatever way, of those whose days are
    over when the data ends (or that were followed by one already); its interval is Wilson's (95 %). Money at stake is what the carts of
    those who have not bought since hold: added minus removed, or what checkout or the viewed cart says of the whole, whichever is more. The rules are as good as what the shop tells: without events of carts, checkout or stock, visitors seem to
    browse. Moves without a visit are left out, as is what a visit did beyond its first 300 such moves; a visit that runs over the
    edge of the period counts with what fell into it. How well these rules and a model foresee orders is the question `intent_model`, and who
    is blocked or ready is `intent_customers`.
    """

    within: Within = Field(
        "visit", description="Judge each visitor by the last visit, or by the whole period."
    )
    days: int = Field(7, ge=1, le=90, description="Days after the visit within which an order comes of it.")

    view = "ranking"
    columns = (
        Column("state", "text"),
        Column("visitors", "count"),
        Column("share", "percent"),
        Column("conversion", "percent"),
        Column("low", "percent"),
        Column("high", "percent"),
        Column("carts", "count"),
        Column("at_stake", "money"),
        Column("why", "list"),
    )
    numbers = (
        Column("visitors", "count"),
        *(Column(state, "count") for state in STATES),
        Column("conversion", "percent"),
        Column("carts", "count"),
        Column("at_stake", "money"),
    )
    picture = (Column("state", "text"), Column("visitors", "count"))
    needs = ()
    about = ()
    sample = "visitors"
    words = Words(
        en="""
title = Intent of visitors
about = How many visitors browse, compare, are ready to buy or were blocked, and what came after.
param-within = Judged by
param-days = Days to order
state = Intent
visitors = Visitors
    .formula = Different visitors with a visit in the period
share = Share
    .formula = Visitors divided by all visitors
conversion = Ordered afterwards
    .formula = Visits of the period after which an order came within the days, divided by those whose days are over
low = At least
    .formula = Lower end of the 95 % interval of those who ordered afterwards
high = At most
    .formula = Upper end of the 95 % interval of those who ordered afterwards
carts = Carts
    .formula = Visitors who left something in the cart and have not ordered since
at_stake = Money at stake
    .formula = What those carts hold
why = Because
browsing = Browsing
    .formula = Visitors of whom nothing tells that they compare, are ready or bought
comparing = Comparing
    .formula = Visitors who looked at one product or category again, filtered, or put something aside, and went no further
ready = Ready to buy
    .formula = Visitors who began the checkout or gave payment details, and did not order
blocked = Blocked
    .formula = Visitors who compared or were ready, then met trouble and did not order
bought = Bought
    .formula = Visitors whose visit ended with an order
because = { $reason } ({ $share })
sentence = { $visitors ->
    [one] One visitor
   *[other] { $visitors } visitors
} – comparing: { $comparing }, ready to buy: { $ready }, blocked: { $blocked }, bought: { $bought }; the others browsed.
stuck = Blocked most of all because: { $why }; { $money } { $carts ->
    [one] is in one cart
   *[other] is in { $carts } carts
} of theirs.
note-few = There { $n ->
    [one] is only one visitor
   *[other] are only { $n } visitors
}: shares are rough.
note-open = The days after { $n ->
    [one] one visit
   *[other] { $n } visits
} are not over when the data ends; what came after is reckoned without them, unless an order came already.
"""
        + REASONS.en,
        ar="""
title = نوايا الزوار
about = كم زائرًا يتصفح أو يقارن أو هو جاهز للشراء أو تعثّر، وماذا كان بعد ذلك.
param-within = الحكم بحسب
param-days = أيام الطلب
state = النية
visitors = الزوار
    .formula = الزوار المختلفون الذين لهم زيارة في الفترة
share = الحصة
    .formula = الزوار مقسومين على كل الزوار
conversion = طلبوا بعدها
    .formula = زيارات الفترة التي تلاها طلب خلال الأيام مقسومة على ما انقضت أيامه منها
low = على الأقل
    .formula = الحد الأدنى لمجال الثقة 95 % لمن طلبوا بعدها
high = على الأكثر
    .formula = الحد الأعلى لمجال الثقة 95 % لمن طلبوا بعدها
carts = السلات
    .formula = الزوار الذين تركوا شيئًا في السلة ولم يطلبوا بعد
at_stake = المال المعلّق
    .formula = ما في هذه السلات
why = الدليل
browsing = يتصفح
    .formula = زوار لا شيء يدل على أنهم يقارنون أو جاهزون أو اشتروا
comparing = يقارن
    .formula = زوار عادوا إلى منتج أو فئة أو رشّحوا قائمة أو وضعوا شيئًا جانبًا، ولم يتجاوزوا ذلك
ready = جاهز للشراء
    .formula = زوار بدؤوا إتمام الطلب أو أدخلوا بيانات الدفع، ولم يطلبوا
blocked = متعثر
    .formula = زوار قارنوا أو كانوا جاهزين ثم واجهتهم مشكلة ولم يطلبوا
bought = اشترى
    .formula = زوار انتهت زيارتهم بطلب
because = { $reason } ({ $share })
sentence = { $visitors ->
    [one] زائر واحد
    [two] زائران
    [few] { $visitors } زوار
    [many] { $visitors } زائرًا
   *[other] { $visitors } زائر
} – يقارن: { $comparing }، جاهز للشراء: { $ready }، متعثر: { $blocked }، اشترى: { $bought }؛ والباقي يتصفح.
stuck = وأكثر ما تعثروا به: { $why }؛ وفي { $carts ->
    [one] سلة واحدة لهم
    [two] سلتين لهم
    [few] { $carts } سلات لهم
    [many] { $carts } سلة لهم
   *[other] { $carts } سلة لهم
} { $money }.
note-few = { $n ->
    [one] ليس هنا إلا زائر واحد
    [two] ليس هنا إلا زائران
    [few] ليس هنا إلا { $n } زوار
    [many] ليس هنا إلا { $n } زائرًا
   *[other] ليس هنا إلا { $n } زائر
}: فالنسب تقريبية.
note-open = لم تنقضِ الأيام التالية { $n ->
    [one] لزيارة واحدة
    [two] لزيارتين
    [few] لـ{ $n } زيارات
    [many] لـ{ $n } زيارة
   *[other] لـ{ $n } زيارة
} عند آخر البيانات؛ فلا تُحسب فيما بعدها إلا ما تلاه طلب.
"""
        + REASONS.ar,
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={**judged(frame, self.within), "afterwards": AFTERWARDS, "rows": ROWS},
            values=values(frame, self.days),
            rows="rows",
            totals="rows",
        )

    def interpret(self, found: Found) -> Found:
        """The first row is everybody; the states follow in their order, those without visitors too."""
        totals = found.totals
        if not totals.get("visitors"):
            return found
        known = {STATES[row["state"] - 1]: row for row in found.rows[1:]}
        for counted, rows in ((totals, found.rows[1:]), (found.before, found.before_rows[1:])):
            told = {STATES[row["state"] - 1]: row["visitors"] for row in rows}
            counted |= {state: told.get(state, 0) for state in STATES} if counted else {}
        totals["blocked_row"] = known.get("blocked")
        found.rows = [self._row(found, state, known.get(state, SILENT)) for state in STATES]
        found.picture, found.before_rows = found.rows, []
        return found

    def _row(self, found: Found, state: str, row: Row) -> Row:
        low, high = interval(row["came"], row["known"]) or (None, None)
        told = {"state": found.say(state), "share": row["visitors"] / found.totals["visitors"]}
        return row | told | {"low": low, "high": high, "why": _why(found, state, row)}

    def explain(self, found: Found) -> str:
        totals = found.totals
        counts = {state: found.speaker.count(totals[state]) for state in STATES}
        said = found.say("sentence", **counts, visitors=totals["visitors"])
        blocked = totals["blocked_row"]
        if not blocked:
            return said
        why = _why(found, "blocked", blocked)[0]
        return f"{said} {found.say('stuck', why=why, money=found.money('at_stake', blocked), carts=blocked['carts'])}"

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["visitors"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["visitors"]))
        if still_open := totals["visits"] - totals["known"]:
            notes.append(found.say("note-open", n=still_open))
        return notes


def _why(found: Found, state: str, row: Row) -> list[str]:
    """What speaks for the state, most frequent first, each with the share of its visitors."""
    counts = dict(zip(*row["reasons"], strict=True))
    own = [
        (counts[place], rule.key)
        for place, rule in enumerate(RULES, 1)
        if counts.get(place) and rule.state == state
    ]
    return [
        found.say(
            "because", reason=reason(found.speaker, key), share=found.speaker.percent(n / row["visitors"])
        )
        for n, key in sorted(own, key=lambda one: (-one[0], one[1]))
    ]


SILENT: Row = {
    "visitors": 0,
    "known": 0,
    "came": 0,
    "conversion": None,
    "carts": 0,
    "at_stake": 0.0,
    "reasons": ([], []),
}

Intent.example = Intent(within="visit")
