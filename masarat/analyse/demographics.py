"""Demographics: who the customers are, by city, country, gender, age, language or any other fact, and of how many it is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.described import EDGES, form_of, label
from masarat.analyse.frame import Frame
from masarat.analyse.kinds import ITEMS, kind_of_trait
from masarat.analyse.people import OWNER_OF_FACT
from masarat.store import Query, Row
from masarat.words import Words

FEWEST = 5  # customers of a group that is shown by itself
MUCH = 0.2  # unknown: above it, it is worth asking
BETTER = 1.1  # times the average of those known: what a group's customers must bring to be worth telling
PLACES = ("city", "country")  # an order says them as well
NAMED = ("city", "country", "gender", "age", "language")


class Demographics(Analysis):
    """Who your customers are, by one fact about them: how many, how much they buy, and of how many it is not known.

    For whoever writes to customers, stocks a branch or plans a campaign. Customers are those with an order or a refund in the
    period; with the whole history also those of whom only facts are known, as in the list of customers. Of each the newest fact
    counts that any source told; where nobody told the city or the country, that of their newest order. Ages come from birthdays
    (or from an age that was told, and has grown since), on the last day of the period, in years of the asked calendar; birthdays in
    the future or more than 110 years ago count as unknown.

    The same in other words is one group: upper and lower case, forms of alef, ya and ta marbuta make no difference, countries,
    languages and genders are understood in Arabic, English and by their codes; a city written in Arabic and in English is two.
    `by` may also be any other fact that you keep, under the name it came with. Groups of fewer than five customers are shown
    together, so that nobody is recognised by what is rare. Shares are of the customers of whom it is known: those of whom it is not
    may be otherwise.
    """

    by: str = Field(
        "city",
        min_length=1,
        max_length=100,
        description="city, country, gender, age, language, or any other fact you keep, e.g. business.",
    )
    limit: int = Field(20, ge=1, le=1000, description="How many groups to show; the others stand together.")

    view = "ranking"
    columns = (
        Column("group", "text"),
        Column("customers", "count"),
        Column("share_of_customers", "percent"),
        Column("orders", "count"),
        Column("revenue", "money"),
        Column("aov", "money"),
        Column("each", "money"),
    )
    numbers = (
        Column("customers", "count"),
        Column("known", "count"),
        Column("unknown", "count"),
        Column("unknown_share", "percent"),
        Column("groups", "count"),
        Column("revenue", "money"),
        Column("each", "money"),
    )
    needs = ()
    sample: ClassVar[str] = "customers"
    words = Words(
        en="""
title = Demographics
about = Who your customers are, by city, country, gender, age, language or any other fact, and of how many it is not known.
param-by = By
group = Group
customers = Customers
    .formula = Identified customers with an order or a refund in the period; with the whole history also those of whom only facts are known
share_of_customers = Share of known
    .formula = Customers of the group divided by all customers of whom it is known
orders = Orders
    .formula = Completed orders of these customers with revenue above zero
revenue = Net revenue
    .formula = Gross revenue of these customers minus their refunds, by the date of the refund
each = Revenue each
    .formula = Net revenue of the group divided by its customers
known = Known
    .formula = Customers of whom it is known
unknown = Not known
    .formula = Customers of whom nobody told it
unknown_share = Share not known
    .formula = Customers of whom it is not known divided by all customers
groups = Groups
    .formula = Different answers, those of fewer than five customers among them
by-city = city
by-country = country
by-gender = gender
by-age = age
by-language = language
by-other = “{ $name }”
gender-male = men
gender-female = women
age-youngest = under { $to }
age-between = { $from } to { $to }
age-oldest = { $from } and over
part-others = others
part-few = groups of fewer than 5
part-unknown = not known
sentence = { $known ->
    [0] Of none of the { $customers } customers is the { $what } known.
    [one] The { $what } is known of one of { $customers } customers.
   *[other] The { $what } is known of { $known } of { $customers } customers ({ $share }).
}
largest = The largest group is { $group }: { $customers } customers ({ $share } of those known), who brought { $revenue } net.
best = Per customer, most comes from { $group }: { $each }, against { $average } from all who are known.
ask = Of { $share } it is not known: ask for it in the account or at checkout, and send it with identify.
kept = You keep: { $traits }.
note-few-known = It is known of few customers ({ $known }): read its shares as a hint.
""",
        ar="""
title = من هم عملاؤك
about = من هم عملاؤك بحسب المدينة أو الدولة أو الجنس أو العمر أو اللغة أو أي بيان آخر، وكم منهم يُجهل ذلك عنه.
param-by = بحسب
group = المجموعة
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب أو مرتجع في الفترة؛ ومع التاريخ كله من لا تُعرف عنهم إلا بياناتهم أيضًا
share_of_customers = الحصة من المعروف
    .formula = عملاء المجموعة مقسومين على كل من عُرف عنهم ذلك
orders = الطلبات
    .formula = طلبات هؤلاء العملاء المكتملة التي قيمتها فوق الصفر
revenue = صافي الإيرادات
    .formula = إجمالي إيرادات هؤلاء العملاء ناقص مرتجعاتهم بتاريخ إعادتها
each = إيراد العميل
    .formula = صافي إيرادات المجموعة مقسومًا على عملائها
known = معروف
    .formula = العملاء الذين عُرف عنهم ذلك
unknown = غير معروف
    .formula = العملاء الذين لم يُخبر أحد عنهم بذلك
unknown_share = حصة المجهول
    .formula = العملاء الذين لا يُعرف عنهم ذلك مقسومين على العملاء كلهم
groups = المجموعات
    .formula = الأجوبة المختلفة، ومنها ما كان لأقل من خمسة عملاء
by-city = المدينة
by-country = الدولة
by-gender = الجنس
by-age = العمر
by-language = اللغة
by-other = «{ $name }»
gender-male = رجال
gender-female = نساء
age-youngest = دون { $to }
age-between = من { $from } إلى { $to }
age-oldest = { $from } فأكثر
part-others = غيرها
part-few = مجموعات أقل من 5 عملاء
part-unknown = غير معروف
sentence = { $known ->
    [zero] لا نعرف { $what } لدى أحد من العملاء، وعددهم { $customers }.
    [one] نعرف { $what } لدى عميل واحد من { $customers }.
    [two] نعرف { $what } لدى عميلين من { $customers }.
    [few] نعرف { $what } لدى { $known } عملاء من { $customers } ({ $share }).
    [many] نعرف { $what } لدى { $known } عميلًا من { $customers } ({ $share }).
   *[other] نعرف { $what } لدى { $known } عميل من { $customers } ({ $share }).
}
largest = { $customers ->
    [one] وأكبر مجموعة { $group }: عميل واحد
    [two] وأكبر مجموعة { $group }: عميلان
    [few] وأكبر مجموعة { $group }: { $customers } عملاء
    [many] وأكبر مجموعة { $group }: { $customers } عميلًا
   *[other] وأكبر مجموعة { $group }: { $customers } عميل
} ({ $share } ممن عُرف عنهم)، بصافي إيرادات { $revenue }.
best = وأكثر ما يجلبه العميل في مجموعة { $group }: { $each }، ومتوسط من عُرف عنهم ذلك { $average }.
ask = ونجهل ذلك لدى { $share } منهم: اسأل عنه في الحساب أو عند الدفع، وأرسله مع identify.
kept = والبيانات التي عندك: { $traits }.
note-few-known = لا يُعرف ذلك إلا عن قلة من العملاء (عددهم { $known }): خذ الحصص إشارةً لا حكمًا.
""",
    )

    @property
    def traits(self) -> list[str]:
        """The names under which the fact may have come."""
        item = "birthday" if self.by == "age" else self.by
        return next((list(known.traits) for known in ITEMS if known.name == item), [self.by])

    def query(self, frame: Frame) -> Query:
        everyone = not frame.period.bounded and not frame.segment
        sales = replace(frame, breakdown=self.by if self.by in PLACES else "").sales()
        form = form_of(self.by, frame.period.last, frame.calendar)
        return Query(
            steps={
                "sales": sales,
                "bought": BOUGHT,
                "facts": FACTS,
                "people": PEOPLE.format(join="FULL" if everyone else "LEFT"),
                "read": f"SELECT *, {form.sql} AS key FROM people",
                "spellings": SPELLINGS,
                "groups": GROUPS,
                "kept": "SELECT arraySort(groupUniqArray(trait)) AS traits FROM traits WHERE value != ''",
                "totals": TOTALS,
                "shown": SHOWN,
            },
            values=frame.values
            | form.values
            | {"told_by": self.traits, "fewest": FEWEST, "limit": self.limit},
            rows="shown",
            totals="totals",
        )

    def interpret(self, found: Found) -> Found:
        """Every group in words; ages from young to old."""
        if self.by == "age":
            found.rows.sort(key=lambda row: (row["place"], row["key"]))
        found.rows = [row | {"group": self._group(found, row)} for row in found.rows]
        return found

    def _group(self, found: Found, row: Row) -> str:
        key = row["key"]
        if row["part"] != "named":
            return found.say(f"part-{row['part']}")
        if self.by == "gender" and found.speaker.knows(f"gender-{key}"):
            return found.say(f"gender-{key}")
        if self.by == "age":
            return self._band(found, int(key))
        return label(self.by, key, found.speaker.language) or str(row["spelling"])

    def _band(self, found: Found, place: int) -> str:
        if place == 0:
            return found.say("age-youngest", to=EDGES[0])
        if place == len(EDGES):
            return found.say("age-oldest", **{"from": EDGES[-1]})
        return found.say("age-between", **{"from": EDGES[place - 1], "to": EDGES[place] - 1})

    def _what(self, found: Found) -> str:
        if self.by in NAMED:
            return found.say(f"by-{self.by}")
        return found.say("by-other", name=found.speaker.text(self.by))

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        known, customers, share = totals["known"], totals["customers"], totals["unknown_share"]
        said = [
            found.say("sentence", what=self._what(found), known=known, customers=customers, share=speak.percent(1 - share))
        ]  # fmt: skip
        named = [row for row in found.rows if row["part"] == "named"]
        if named:
            said += self._leaders(found, named)
        if share > MUCH:
            said.append(found.say("ask", share=speak.percent(share)))
        kept = [trait for trait in totals["traits"] if kind_of_trait(trait) == "demographic"]
        if not known and kept:
            comma = "، " if speak.language == "ar" else ", "
            said.append(found.say("kept", traits=comma.join(map(speak.text, kept))))
        return " ".join(said)

    def _leaders(self, found: Found, named: list[Row]) -> list[str]:
        """The largest group; and the one whose customers bring most, where it is large enough to tell."""
        largest = max(named, key=lambda row: row["customers"])
        said = [
            found.say("largest", group=found.speaker.text(largest["group"]), customers=largest["customers"],
                      share=found.percent("share_of_customers", largest), revenue=found.money("revenue", largest))
        ]  # fmt: skip
        known = [row for row in found.rows if row["part"] != "unknown"]
        average = sum(row["revenue"] for row in known) / found.totals["known"]
        large = [row for row in named if row["customers"] >= SMALL_SAMPLE]
        best = max(large, key=lambda row: row["each"], default=None)
        if best and best["each"] > BETTER * average:
            usual = found.speaker.money(average, found.frame.currency, whole=True)
            said.append(
                found.say("best", group=found.speaker.text(best["group"]), each=found.money("each", best), average=usual)
            )  # fmt: skip
        return said

    def notes(self, found: Found) -> list[str]:
        known = found.totals["known"]
        return [found.say("note-few-known", known=known)] if 0 < known < SMALL_SAMPLE else []


# One row a customer with an order or a refund in the period; `ordered_from` is the place of the newest order that names one.
BOUGHT = """
SELECT customer_id, countIf(is_order) AS orders, sum(net) AS revenue, sum(sales.gross) AS gross,
       argMaxIf(breakdown, (ts, event_id), breakdown != '') AS ordered_from
FROM sales WHERE customer_id != 0 GROUP BY customer_id"""

# One row a customer of whom any fact is known, with the newest of this one.
FACTS = f"""
SELECT customer_id, argMaxIf(value, (ts, source, value), trait IN {{told_by:Array(String)}}) AS fact,
       maxIf(ts, trait IN {{told_by:Array(String)}}) AS told_at
FROM (SELECT {OWNER_OF_FACT} AS customer_id, trait, value, ts, source FROM traits WHERE value != '')
WHERE customer_id != 0 GROUP BY customer_id"""

PEOPLE = """
SELECT customer_id, orders, revenue, gross, told_at, if(fact != '', fact, ordered_from) AS said
FROM bought GLOBAL {join} JOIN facts USING (customer_id)"""

SPELLINGS = """
SELECT key, trimBoth(said) AS spelling, count() AS customers, sum(orders) AS orders, sum(revenue) AS revenue, sum(gross) AS gross
FROM read GROUP BY key, spelling"""

# One row a group, under the spelling that most use; and the part of the table that it is shown in.
GROUPS = """
SELECT *, multiIf(key = '', 'unknown', customers < {fewest:UInt32}, 'few',
                  row_number() OVER (PARTITION BY key = '' OR customers < {fewest:UInt32} ORDER BY customers DESC, key) > {limit:UInt32},
                  'others', 'named') AS part,
       sum(if(key = '', 0, customers)) OVER () AS known
FROM (
    SELECT key, argMax(spelling, (spellings.customers, spelling)) AS spelling, sum(spellings.customers) AS customers,
           sum(spellings.orders) AS orders, sum(spellings.revenue) AS revenue, sum(spellings.gross) AS gross
    FROM spellings GROUP BY key
)"""

TOTALS = """
SELECT * FROM (
    SELECT sum(g.customers) AS customers, sumIf(g.customers, key != '') AS known, sumIf(g.customers, key = '') AS unknown,
           unknown / nullIf(customers, 0) AS unknown_share, countIf(key != '') AS groups, sum(g.orders) AS orders,
           sum(g.revenue) AS revenue, toFloat64(revenue) / nullIf(customers, 0) AS each
    FROM groups AS g
) AS of_groups CROSS JOIN kept"""

SHOWN = """
SELECT part, indexOf(['named', 'others', 'few', 'unknown'], part) AS place, if(part = 'named', g.key, '') AS key,
       if(part = 'named', g.spelling, '') AS spelling, sum(g.customers) AS customers,
       if(part = 'unknown', NULL, customers / nullIf(any(g.known), 0)) AS share_of_customers,
       sum(g.orders) AS orders, sum(g.revenue) AS revenue, toFloat64(sum(g.gross)) / nullIf(orders, 0) AS aov,
       toFloat64(revenue) / nullIf(customers, 0) AS each
FROM groups AS g GROUP BY part, key, spelling ORDER BY place, customers DESC, key"""

Demographics.example = Demographics(by="city")
