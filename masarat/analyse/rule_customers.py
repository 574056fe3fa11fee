"""Customers by a rule: everybody whom a sentence is true of."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.rule import read_rule
from masarat.analyse.rule_sql import Judge
from masarat.analyse.rule_words import WORDS, in_words
from masarat.store import Query
from masarat.words import Words


class RuleCustomers(Analysis):
    """Whom a rule is true of: how many they are, what part of the customers and of the revenue, and who they are.

    For whoever writes to a part of the customers, and says which in a sentence. Save it as a segment and every question can be asked of
    them; `masarat segments refresh` (and the server, once a day) makes it anew as things stand then. A rule is made of tests, with and, or,
    not and brackets:

    - `did Order Completed where payment=mada at least 3 times in last 90 days`: a move, as funnels write them, so often (at least, at most,
      exactly), in the last days, since or before a day, or in a period (`in ramadan_1446`). `did not …` for who never did.
    - `did Product Viewed then Order Completed within 7 days`: one after another; other moves may lie between. One move serves one step, and what
      happened in the same millisecond is read in the order of the steps.
    - `city is Riyadh|الرياض`, `gender is female`, `trait.size is XL`: what the newest fact tells; city and country otherwise, and channel,
      device and the like always, what the newest move tells. Compared whole, big and small letters alike. Who somebody is (name, e-mail, phone)
      makes no segment.
    - `orders`, `revenue`, `average order`, `recency` (days since the last order): `at least 3`, `between 100 and 500`, `in top 20%`.
      A top of 20 % are those whom fewer than 20 % of all buyers exceed, so that equals stay together; of recency, those who bought last.
    - `in vip`: in a saved segment, as that stands.

    Counted is the whole history up to the last day of the period, and "last 90 days" end there: the same rule asked of another period
    tells who it was true of then. Facts count from when they were told. Everybody who did anything is asked, visitors who never bought too,
    and whoever is known by facts alone; shares are of those who bought. Orders and revenue are in the asked currency, revenue net of refunds,
    an average order before them. A segment's own condition (`segment`) narrows which moves are looked at.
    """

    rule: str = Field("orders at least 2", max_length=2_000, description="The rule, such as: did Order Completed at least 3 times in last 90 days and city is Riyadh.")  # fmt: skip
    limit: int = Field(100, ge=1, le=10_000, description="How many customers to list.")

    view = "table"
    columns = (
        Column("customer", "text"),
        Column("name", "text"),
        Column("orders", "count"),
        Column("revenue", "money"),
        Column("last_order", "date"),
    )
    numbers = (
        Column("customers", "count"),
        Column("buyers", "count"),
        Column("share_of_customers", "percent"),
        Column("revenue", "money"),
        Column("share", "percent"),
    )
    needs = ()
    about = ()
    sample = "known"
    words = Words(
        en=WORDS.en
        + """
title = Customers by a rule
about = Whom a rule is true of: what they did, who they are and what they brought, in a sentence.
param-rule = Rule
customers = People
    .formula = Everybody whom the rule is true of, at the end of the period
buyers = Buyers among them
    .formula = Those of them with at least one completed order until then
share_of_customers = Share of customers
    .formula = Buyers among them divided by all identified customers with an order until then
revenue = Revenue
    .formula = Their net revenue up to the end of the period
share = Share of revenue
    .formula = Their net revenue divided by that of all identified customers
sentence = { $customers ->
    [0] The rule is true of nobody
    [one] The rule is true of one person
   *[other] The rule is true of { $count } people
}: { $rule }.
bought = { $buyers ->
    [0] None of them bought yet.
    [one] One of them bought: { $share } of customers, with { $revenue } of revenue ({ $part }).
   *[other] { $count } of them bought: { $share } of customers, with { $revenue } of revenue ({ $part }).
}
note-few = Few people ({ $n }): shares and averages of them say little.
""",
        ar=WORDS.ar
        + """
title = عملاء بقاعدة
about = من تصدق عليهم قاعدة تكتبها جملةً: ما فعلوه، ومن هم، وما جلبوه.
param-rule = القاعدة
customers = الأشخاص
    .formula = كل من تصدق عليه القاعدة في آخر الفترة
buyers = المشترون منهم
    .formula = من له منهم طلب مكتمل واحد على الأقل حتى ذلك الحين
share_of_customers = الحصة من العملاء
    .formula = المشترون منهم مقسومين على العملاء المعروفين الذين اشتروا حتى ذلك الحين
revenue = الإيرادات
    .formula = صافي إيراداتهم حتى آخر الفترة
share = الحصة من الإيرادات
    .formula = صافي إيراداتهم مقسومًا على صافي إيرادات العملاء المعروفين كلهم
sentence = { $customers ->
    [zero] لا تصدق القاعدة على أحد
    [one] تصدق القاعدة على شخص واحد
    [two] تصدق القاعدة على شخصين
    [few] تصدق القاعدة على { $count } أشخاص
    [many] تصدق القاعدة على { $count } شخصًا
   *[other] تصدق القاعدة على { $count } شخص
}: { $rule }.
bought = { $buyers ->
    [zero] ولم يشترِ أحد منهم بعد.
    [one] اشترى منهم واحد: { $share } من العملاء، بإيرادات { $revenue } ({ $part }).
    [two] اشترى منهم اثنان: { $share } من العملاء، بإيرادات { $revenue } ({ $part }).
    [few] اشترى منهم { $count }: { $share } من العملاء، بإيرادات { $revenue } ({ $part }).
    [many] اشترى منهم { $count }: { $share } من العملاء، بإيرادات { $revenue } ({ $part }).
   *[other] اشترى منهم { $count }: { $share } من العملاء، بإيرادات { $revenue } ({ $part }).
}
note-few = العدد قليل ({ $n }): فلا تُعوِّل على حصصهم ومتوسطاتهم.
""",
    )

    def query(self, frame: Frame) -> Query:
        judge = Judge(frame, read_rule(self.rule))
        return Query(
            steps={
                **judge.steps(),
                "fitting": "SELECT customer_id, customer, name, orders, revenue, last_order FROM judged WHERE fits",
                "totals": """
SELECT count() AS known, countIf(fits) AS customers, countIf(fits AND is_buyer) AS buyers, countIf(is_buyer) AS all_buyers,
       buyers / nullIf(all_buyers, 0) AS share_of_customers, sumIf(judged.revenue, fits) AS brought, brought AS revenue,
       toFloat64(brought) / nullIf(toFloat64(sum(judged.revenue)), 0) AS share
FROM judged""",
                "listed": """
SELECT customer, name, orders, revenue, last_order FROM fitting
ORDER BY revenue DESC, orders DESC, customer, customer_id LIMIT {limit:UInt32}""",
            },
            values=frame.values | judge.values | {"limit": self.limit},
            rows="listed",
            totals="totals",
            customers="fitting",
        )

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        rule = in_words(read_rule(self.rule), speak)
        sentence = found.say("sentence", customers=totals["customers"], count=speak.count(totals["customers"]), rule=rule)  # fmt: skip
        if not totals["customers"]:
            return sentence
        bought = found.say(
            "bought",
            buyers=totals["buyers"],
            count=speak.count(totals["buyers"]),
            share=found.percent("share_of_customers"),
            revenue=found.money("revenue"),
            part=found.percent("share"),
        )
        return f"{sentence} {bought}"

    def notes(self, found: Found) -> list[str]:
        some = found.totals["customers"]
        return [found.say("note-few", n=some)] if 0 < some < SMALL_SAMPLE else []


RuleCustomers.example = RuleCustomers(rule="did Order Completed at least 2 times and not recency at most 30", limit=20)  # fmt: skip
