"""RFM: customers by how recently, how often and for how much they bought."""

from __future__ import annotations

from collections.abc import Mapping

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.store import Query, Row
from masarat.words import Words

# The segments in the order they are shown, each with its rule. Every pair of scores falls into exactly one.
SEGMENTS: dict[str, str] = {
    "champions": "r = 5 AND f >= 4 AND m >= 4",
    "loyal": "r >= 3 AND f >= 4 AND NOT (r = 5 AND m >= 4)",
    "potential": "r >= 4 AND f IN (2, 3)",
    "new": "r = 5 AND f = 1",
    "promising": "r = 4 AND f = 1",
    "need_attention": "r = 3 AND f = 3",
    "about_to_sleep": "r = 3 AND f <= 2",
    "at_risk": "r <= 2 AND f >= 3 AND NOT (f >= 4 AND m >= 4)",
    "cannot_lose": "r <= 2 AND f >= 4 AND m >= 4",
    "hibernating": "r = 2 AND f <= 2",
    "lost": "r = 1 AND f <= 2",
}
LEAVING = ("at_risk", "cannot_lose")
SCORES = (1, 2, 3, 4, 5)


class Rfm(Analysis):
    """Which customers are the best, which are new, and which are leaving: eleven segments by recency, frequency and monetary value.

    For whoever decides whom to thank, whom to call and whom to let go. The whole history up to the last day of the period
    counts, identified customers with at least one completed order only. Recency is days since the last order, frequency is
    the number of orders, monetary is net revenue. Each is scored 1 to 5 by rank among all these customers: F = 1 + ⌊5 × share
    of customers with fewer orders⌋, M likewise by net revenue, and R = 5 − ⌊5 × share of customers who bought on a later
    day⌋. Customers who are equal always get the same score, so scores need not hold a fifth each: where most customers bought
    once, they all have F 1.

    Segments follow the rules shown beside them: the trade's usual map of R and F, with M telling champions from the loyal,
    and those you cannot lose from those at risk. Where the period has one to compare with, the answer also says who moved:
    scores are taken anew as of the last day of the compared period. Scores are relative to your own customers: somebody
    always has R 5, even in a shop that nobody visits any more. Source: Hughes, Strategic Database Marketing (1994), for the
    scores.
    """

    view = "grid"
    columns = (
        Column("segment", "text"),
        Column("customers", "count"),
        Column("share_of_customers", "percent"),
        Column("revenue", "money"),
        Column("share", "percent"),
        Column("recency", "days"),
        Column("frequency", "number"),
        Column("monetary", "money"),
        Column("came", "count"),
        Column("went", "count"),
        Column("rule", "text"),
    )
    numbers = (
        Column("customers", "count"),
        Column("champions", "count"),
        Column("champions_share", "percent"),
        Column("leaving", "count"),
        Column("leaving_revenue", "money"),
    )
    picture = (
        Column("r", "count"),
        Column("f", "count"),
        Column("customers", "count"),
        Column("revenue", "money"),
    )
    words = Words(
        en="""
title = Customer segments (RFM)
about = Which customers are the best, which are new and which are leaving, by how recently, how often and for how much they bought.
segment = Segment
customers = Customers
    .formula = Identified customers with at least one completed order up to the last day of the period
revenue = Revenue
    .formula = Net revenue of these customers in their whole history: gross revenue minus refunds
share_of_customers = Share of customers
    .formula = Customers of the segment divided by all identified customers
share = Share of revenue
    .formula = Revenue of the segment divided by the revenue of all identified customers
recency = Days since last order
    .formula = Average of the days from a customer's last order to the last day of the period
frequency = Orders each
    .formula = Average number of completed orders of a customer
monetary = Revenue each
    .formula = Average net revenue of a customer
came = Came in
    .formula = Customers in the segment now who were not in it on the last day of the compared period
went = Went out
    .formula = Customers in the segment on the last day of the compared period who are not in it now
rule = Rule
    .formula = R, F and M are scores from 1 to 5: how recently, how often and for how much, by rank among all customers
r = Recency score
    .formula = 5 minus five times the share of customers who bought on a later day, rounded up
f = Frequency score
    .formula = 1 plus five times the share of customers with fewer orders, rounded down
champions = Champions
    .formula = R 5, F 4–5, M 4–5: bought lately, often and for much
champions_share = Champions' share of revenue
    .formula = Revenue of champions divided by the revenue of all identified customers
loyal = Loyal
    .formula = R 3–5, F 4–5, champions aside: buy often and have not gone
potential = Potential loyalists
    .formula = R 4–5, F 2–3: bought lately, and more than once
new = New
    .formula = R 5, F 1: first bought very lately
promising = Promising
    .formula = R 4, F 1: bought lately, not yet again
need_attention = Need attention
    .formula = R 3, F 3: in the middle, and cooling
about_to_sleep = About to sleep
    .formula = R 3, F 1–2: bought little, some time ago
at_risk = At risk
    .formula = R 1–2, F 3–5, those you cannot lose aside: bought often, not lately
cannot_lose = Cannot lose them
    .formula = R 1–2, F 4–5, M 4–5: among the best once, and gone quiet
hibernating = Hibernating
    .formula = R 2, F 1–2: bought little, long ago
lost = Lost
    .formula = R 1, F 1–2: bought little, longest ago
leaving = Leaving
    .formula = Customers at risk and those you cannot lose
leaving_revenue = Revenue of those leaving
    .formula = What customers at risk and those you cannot lose have brought so far, net
sentence = { $champions ->
    [0] No customer is a champion yet.
    [one] One champion among { $customers } customers brings { $share } of their revenue.
   *[other] { $champions } champions among { $customers } customers bring { $share } of their revenue.
} { $leaving ->
    [0] Nobody who used to buy often is leaving.
    [one] One customer who used to buy often is leaving, and brought { $revenue } so far.
   *[other] { $leaving } customers who used to buy often are leaving; they brought { $revenue } so far.
}
slipped = { $slipped ->
    [0] None of them slipped since { $day }.
    [one] One of them slipped since { $day }.
   *[other] { $slipped } of them slipped since { $day }.
}
""",
        ar="""
title = شرائح العملاء (RFM)
about = من أفضل عملائك، ومن الجديد، ومن يوشك أن يرحل: بحسب قرب شرائهم وتكراره ومبلغه.
segment = الشريحة
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب مكتمل واحد على الأقل حتى آخر يوم من الفترة
revenue = الإيرادات
    .formula = صافي إيرادات هؤلاء العملاء في تاريخهم كله: الإجمالي ناقص المرتجعات
share_of_customers = الحصة من العملاء
    .formula = عملاء الشريحة مقسومين على العملاء المعروفين كلهم
share = الحصة من الإيرادات
    .formula = إيرادات الشريحة مقسومة على إيرادات العملاء المعروفين كلهم
recency = أيام منذ آخر طلب
    .formula = متوسط الأيام من آخر طلب للعميل إلى آخر يوم من الفترة
frequency = طلبات العميل
    .formula = متوسط عدد الطلبات المكتملة للعميل الواحد
monetary = إيراد العميل
    .formula = متوسط صافي إيرادات العميل الواحد
came = دخلوها
    .formula = من هم في الشريحة الآن ولم يكونوا فيها في آخر يوم من فترة المقارنة
went = خرجوا منها
    .formula = من كانوا في الشريحة في آخر يوم من فترة المقارنة وليسوا فيها الآن
rule = القاعدة
    .formula = درجات القرب والتكرار والمبلغ من 1 إلى 5، بحسب الترتيب بين العملاء كلهم
r = درجة القرب
    .formula = 5 ناقص خمسة أضعاف حصة العملاء الذين اشتروا في يوم أحدث، مقرّبةً إلى الأعلى
f = درجة التكرار
    .formula = 1 زائد خمسة أضعاف حصة العملاء الأقل طلبات، مقرّبةً إلى الأدنى
champions = نخبة العملاء
    .formula = القرب 5، والتكرار والمبلغ 4 فأكثر: اشتروا قريبًا وكثيرًا وبمبالغ كبيرة
champions_share = حصة النخبة من الإيرادات
    .formula = إيرادات النخبة مقسومة على إيرادات العملاء المعروفين كلهم
loyal = الأوفياء
    .formula = القرب 3 فأكثر والتكرار 4 فأكثر، من غير النخبة: يشترون كثيرًا ولم ينقطعوا
potential = في الطريق إلى الوفاء
    .formula = القرب 4 فأكثر والتكرار 2 أو 3: اشتروا قريبًا وأكثر من مرة
new = الجدد
    .formula = القرب 5 والتكرار 1: أول شرائهم قريب جدًا
promising = الواعدون
    .formula = القرب 4 والتكرار 1: اشتروا قريبًا ولم يعودوا بعد
need_attention = يحتاجون إلى عناية
    .formula = القرب 3 والتكرار 3: في الوسط، وقد فترت همّتهم
about_to_sleep = على وشك الانقطاع
    .formula = القرب 3 والتكرار 2 فأقل: اشتروا قليلًا قبل مدة
at_risk = معرّضون للخطر
    .formula = القرب 2 فأقل والتكرار 3 فأكثر، سوى من لا تفرّط فيهم: كانوا يشترون كثيرًا ثم غابوا
cannot_lose = لا تفرّط فيهم
    .formula = القرب 2 فأقل، والتكرار والمبلغ 4 فأكثر: كانوا من أفضل عملائك ثم سكتوا
hibernating = الخاملون
    .formula = القرب 2 والتكرار 2 فأقل: اشتروا قليلًا قبل زمن
lost = المفقودون
    .formula = القرب 1 والتكرار 2 فأقل: اشتروا قليلًا، وهم أبعد الناس عهدًا بك
leaving = الراحلون
    .formula = المعرّضون للخطر ومن لا تفرّط فيهم
leaving_revenue = إيرادات الراحلين
    .formula = صافي ما جلبه حتى الآن المعرّضون للخطر ومن لا تفرّط فيهم
sentence = { $champions ->
    [zero] لا أحد من عملائك في النخبة بعد.
    [one] في النخبة عميل واحد يجلب { $share } من إيرادات عملائك المعروفين.
    [two] في النخبة عميلان يجلبان { $share } من إيرادات عملائك المعروفين.
    [few] في النخبة { $champions } عملاء يجلبون { $share } من إيرادات عملائك المعروفين.
    [many] في النخبة { $champions } عميلًا يجلبون { $share } من إيرادات عملائك المعروفين.
   *[other] في النخبة { $champions } عميل يجلبون { $share } من إيرادات عملائك المعروفين.
} { $leaving ->
    [zero] ولا أحد ممن كانوا يشترون كثيرًا يوشك أن يرحل.
    [one] وعميل واحد كان يشتري كثيرًا يوشك أن يرحل، وقد جلب حتى الآن { $revenue }.
    [two] وعميلان كانا يشتريان كثيرًا يوشكان أن يرحلا، وقد جلبا حتى الآن { $revenue }.
    [few] و{ $leaving } عملاء كانوا يشترون كثيرًا يوشكون أن يرحلوا، وقد جلبوا حتى الآن { $revenue }.
    [many] و{ $leaving } عميلًا كانوا يشترون كثيرًا يوشكون أن يرحلوا، وقد جلبوا حتى الآن { $revenue }.
   *[other] و{ $leaving } عميل كانوا يشترون كثيرًا يوشكون أن يرحلوا، وقد جلبوا حتى الآن { $revenue }.
}
slipped = { $slipped ->
    [zero] ولم ينضم إليهم أحد منذ { $day }.
    [one] وقد انضم إليهم عميل واحد منذ { $day }.
    [two] وقد انضم إليهم عميلان منذ { $day }.
    [few] وقد انضم إليهم { $slipped } عملاء منذ { $day }.
    [many] وقد انضم إليهم { $slipped } عميلًا منذ { $day }.
   *[other] وقد انضم إليهم { $slipped } عميل منذ { $day }.
}
""",
    )

    def query(self, frame: Frame) -> Query:
        before = frame.before
        return Query(
            steps={
                "sales": frame.sales(history=True),
                **placed(compared=before is not None),
                "totals": TOTALS,
                "by_scores": """
SELECT r, f, count() AS customers, sum(revenue) AS revenue FROM placed GROUP BY r, f ORDER BY r, f""",
                "by_segment": BY_SEGMENT,
            },
            values=frame.values
            | {
                "as_of": frame.period.last,
                "before": before.last if before else frame.period.last,
                "compared": before is not None,
                "leaving": list(LEAVING),
            },
            rows="by_segment",
            totals="totals",
            picture="by_scores",
        )

    def interpret(self, found: Found) -> Found:
        """All eleven segments under their names, with their rules, and all 25 cells of the grid."""
        known = {row["segment"]: row for row in found.rows}
        found.rows = [self._segment(found, key, known.get(key, {})) for key in SEGMENTS]
        cells = {(row["r"], row["f"]): row for row in found.picture}
        found.picture = [
            cells.get((r, f), {"r": r, "f": f, "customers": 0, "revenue": 0.0})
            for r in reversed(SCORES)
            for f in SCORES
        ]
        return found

    def _segment(self, found: Found, key: str, row: Row) -> Row:
        moved = 0 if found.frame.before else None
        silent = {
            "customers": 0,
            "share_of_customers": 0.0,
            "revenue": 0.0,
            "share": 0.0,
            "came": moved,
            "went": moved,
        }
        return {**silent, **row, "segment": found.say(key), "rule": found.speaker.formula(key)}

    def explain(self, found: Found) -> str:
        totals, before = found.totals, found.frame.before
        if not totals["customers"]:
            return found.say("no-customers")
        sentence = found.say(
            "sentence",
            champions=totals["champions"],
            customers=totals["customers"],
            share=found.percent("champions_share"),
            leaving=totals["leaving"],
            revenue=found.money("leaving_revenue"),
        )
        if before is None or not totals["leaving"]:
            return sentence
        slipped = found.say("slipped", slipped=totals["slipped"], day=found.speaker.day(before.last))
        return f"{sentence} {slipped}"


def placed(*, compared: bool, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The steps over `sales` up to `placed`: each customer's segment on the day {as_of}, and where `compared` on the day {before}.

    `more` are further columns, by name, summed over a customer's sales.
    """
    added = "".join(f",\n       {sql} AS {name}" for name, sql in (more or {}).items())
    return {
        "customers": CUSTOMERS.format(more=added),
        "scored": f"SELECT *,{_scores()}, {_scores('_before') if compared else NOT_COMPARED}\nFROM customers",
        "placed": PLACED.format(more="".join(f", {name}" for name in more or {})),
    }


def _scores(when: str = "") -> str:
    """SQL for the three scores of every customer, among those who had bought by then."""
    then = f"PARTITION BY orders{when} > 0"

    def below(order: str) -> str:
        return f"intDiv(5 * (rank() OVER ({then} ORDER BY {order}{when}) - 1), count() OVER ({then}))"

    return f"""
       5 - {below("-day_number")} AS r{when},
       1 + {below("orders")} AS f{when},
       1 + {below("revenue")} AS m{when}"""


# One row an identified customer with an order: as of the period's last day, and as of the compared period's.
CUSTOMERS = """
SELECT customer_id, toInt32(maxIf(day, is_order)) AS day_number, countIf(is_order) AS orders, sum(net) AS revenue,
       toInt32(maxIf(day, is_order AND day <= {{before:Date}})) AS day_number_before,
       countIf(is_order AND day <= {{before:Date}}) AS orders_before, sumIf(net, day <= {{before:Date}}) AS revenue_before{more}
FROM sales WHERE customer_id != 0 GROUP BY customer_id HAVING orders > 0"""

NOT_COMPARED = "0 AS r_before, 0 AS f_before, 0 AS m_before"

RULES = "".join(f"\n           {rule}, '{name}'," for name, rule in SEGMENTS.items())

PLACED = f"""
SELECT customer_id, r, f, orders, revenue, toInt32({{{{as_of:Date}}}}) - day_number AS days,
       toInt32({{{{before:Date}}}}) - day_number_before AS days_before, orders_before > 0 AS known_before,
       arrayMap((r, f, m) -> multiIf({RULES} ''), [r, r_before], [f, f_before], [m, m_before]) AS segments,
       segments[1] AS segment, if(known_before, segments[2], '') AS segment_before{{more}}
FROM scored"""

TOTALS = """
SELECT * FROM (
    SELECT count() AS customers, countIf(segment = 'champions') AS champions,
           toFloat64(sumIf(revenue, segment = 'champions')) / nullIf(toFloat64(sum(revenue)), 0) AS champions_share,
           countIf(segment IN {leaving:Array(String)}) AS leaving,
           sumIf(revenue, segment IN {leaving:Array(String)}) AS leaving_revenue,
           countIf(segment IN {leaving:Array(String)} AND known_before
                   AND segment_before NOT IN {leaving:Array(String)}) AS slipped
    FROM placed
) AS of_customers CROSS JOIN (
    SELECT countIf(is_order) AS orders, countIf(is_order AND customer_id = 0) AS unidentified FROM sales
) AS of_orders"""

# Each customer stands twice: where they are now, and where they were.
BY_SEGMENT = """
SELECT place AS segment, countIf(is_now) AS customers, customers / sum(customers) OVER () AS share_of_customers,
       sumIf(revenue, is_now) AS brought, brought AS revenue,
       toFloat64(brought) / nullIf(toFloat64(sum(brought) OVER ()), 0) AS share,
       sumIf(days, is_now) / nullIf(customers, 0) AS recency, sumIf(orders, is_now) / nullIf(customers, 0) AS frequency,
       toFloat64(brought) / nullIf(customers, 0) AS monetary,
       if({compared:Bool}, countIf(is_now AND segment_before != place), NULL) AS came,
       if({compared:Bool}, countIf(NOT is_now AND segments[1] != place), NULL) AS went
FROM placed ARRAY JOIN [segment, segment_before] AS place, [true, false] AS is_now
WHERE place != '' GROUP BY place ORDER BY place"""

Rfm.example = Rfm()
