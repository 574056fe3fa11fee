"""Growth accounting: what the change of revenue is made of."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.places import based, last_whole, place
from masarat.store import Query, Row
from masarat.words import Words

GAINS = ("new", "resurrected", "expanded")
LOSSES = ("contracted", "churned")
MONEY = ("net", "before", "change", *GAINS, "retained", *LOSSES, "other")
HEADS = ("customers", "new_customers", "retained_customers", "resurrected_customers", "churned_customers")
SILENT: Row = {**dict.fromkeys(MONEY, 0.0), **dict.fromkeys(HEADS, 0), "orders": 0, "unidentified": 0}


class Growth(Analysis):
    """What growth is made of: the change of net revenue from period to period, told as what new customers brought, what old ones brought more or less, what those who came back brought, and what those who stayed away took with them.

    For the owner and whoever lends to them: two shops with the same revenue are not the same, if one keeps its customers and the other
    buys new ones every month. Customers are compared with themselves, period by period (day, week from Sunday, month, Hijri month, of
    the shop's own days). Whoever orders for the first time ever is new, with all they bring. Who ordered in the period before as well
    is retained: what they bring up to the same amount is retained revenue, what is above it expanded, what is missing
    contracted. Who ordered earlier but not in the period before is resurrected. Who ordered in the period before and not in this one is
    churned, with all that they brought then; in a trade where people buy twice a year, that is no farewell, and longer periods
    are the better choice.

    Revenue is net: refunds are taken off on the day they were given, also from those who had no order then. `other` holds such late
    refunds, and the change of orders that name no customer, so that the parts add up exactly: change = new + resurrected + expanded +
    contracted + churned + other, the last three being as they are, mostly below zero. The quick ratio is what was gained (new,
    resurrected, expanded) by what was lost (contracted, churned): above 1 the known customers bring more than before. Net
    retention is what the customers of one period bring in the next, divided by what they brought in the first.

    A period that is not over is marked, and the overall figures leave it out. The first period is read from its beginning. First means
    first in this log and currency, and in the segment where one is asked for; a log that begins late makes old customers
    look new. Source: growth accounting as published by Social Capital and Tribe Capital (Hsu, 2015–2017).
    """

    by: Bucket = Field("month", description="Length of one period: day, week or month.")

    view = "stack"
    columns = (
        Column("start", "date"),
        Column("net", "money"),
        Column("change", "money"),
        Column("new", "money"),
        Column("resurrected", "money"),
        Column("expanded", "money"),
        Column("retained", "money"),
        Column("contracted", "money"),
        Column("churned", "money"),
        Column("other", "money"),
        Column("quick_ratio", "number"),
        Column("net_retention", "percent"),
        *(Column(name, "count") for name in HEADS),
        Column("state", "text"),
    )
    numbers = (
        Column("change", "money"),
        *(Column(name, "money") for name in (*GAINS, *LOSSES)),
        Column("quick_ratio", "number"),
        Column("net_retention", "percent"),
    )
    picture = (Column("start", "date"), *(Column(name, "money") for name in (*GAINS, *LOSSES)))
    whole_start = True
    words = Words(
        en="""
title = What growth is made of
about = What new customers brought, what old ones brought more or less, and what left with those who stayed away.
param-by = By
change = Change
    .formula = Net revenue less that of the period before; overall, of all periods that are over
new = From new customers
    .formula = Net revenue of customers in the period of their first ever order
resurrected = From those back again
    .formula = Net revenue of customers who ordered earlier, but not in the period just before
expanded = More from the same
    .formula = What customers of the period before brought above what they brought then
retained = Kept
    .formula = What customers of the period before brought again, up to the same amount each
contracted = Less from the same
    .formula = What customers who ordered in both periods brought less than before; below zero
churned = Lost
    .formula = What customers without an order here brought in the period before; below zero
other = Other change
    .formula = Late refunds of customers without an order in either period, and the change of orders that name no customer
quick_ratio = Quick ratio
    .formula = From new, back again and more from the same, divided by less from the same and lost; above 1 more is won than lost
net_retention = Net retention
    .formula = What the customers of one period brought in the next (kept, and more from the same), divided by what they had brought
customers = Customers
    .formula = Identified customers with an order here
new_customers = New customers
retained_customers = Kept customers
resurrected_customers = Customers back again
churned_customers = Lost customers
state = State
over = over
running = not over yet
sentence = In the last full { $by ->
    [day] day
    [week] week
   *[month] month
} net revenue { $direction ->
    [more] rose by { $change }
    [less] fell by { $change }
   *[same] stayed as it was
}: new customers brought { $new }, those back again { $resurrected }, the same ones { $expanded } more and { $contracted } less, and { $churned } was lost with those who stayed away.
ratio = Over all, { $won } was won for each { $lost } lost.
early = No period is over yet: ask for a longer one, or shorter steps.
""",
        ar="""
title = مم يتكوّن النمو
about = ما جاء به الجدد، وما زاد أو نقص عند القدامى، وما ذهب مع من غابوا.
param-by = كل
change = التغيّر
    .formula = صافي الإيرادات ناقص صافي الفترة السابقة؛ وفي المجمل لكل الفترات المكتملة
new = من الجدد
    .formula = صافي إيرادات العملاء في فترة أول طلب لهم على الإطلاق
resurrected = من العائدين بعد غياب
    .formula = صافي إيرادات من طلبوا فيما مضى، لكن ليس في الفترة السابقة مباشرة
expanded = زيادة من الباقين
    .formula = ما زاد به عملاء الفترة السابقة على ما جاؤوا به حينها
retained = ما بقي
    .formula = ما جاء به عملاء الفترة السابقة مرة أخرى، بما لا يزيد على مبلغ كل منهم حينها
contracted = نقص من الباقين
    .formula = ما نقص به من طلبوا في الفترتين عما جاؤوا به من قبل؛ تحت الصفر
churned = ما ذهب
    .formula = ما جاء به في الفترة السابقة من لا طلب لهم هنا؛ تحت الصفر
other = تغيّر آخر
    .formula = مرتجعات متأخرة لمن لا طلب لهم في الفترتين، وتغيّر الطلبات التي لا تذكر عميلًا
quick_ratio = نسبة الكسب إلى الفقد
    .formula = ما جاء من الجدد والعائدين وزيادة الباقين مقسومًا على نقص الباقين وما ذهب؛ فوق 1 يعني أن الكسب أكثر
net_retention = صافي الاحتفاظ
    .formula = ما جاء به عملاء فترة في الفترة التالية (ما بقي والزيادة) مقسومًا على ما جاؤوا به أولًا
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب هنا
new_customers = العملاء الجدد
retained_customers = العملاء الباقون
resurrected_customers = العملاء العائدون
churned_customers = العملاء الذين ذهبوا
state = الحال
over = اكتملت
running = لم تكتمل بعد
sentence = { $direction ->
    [more] زاد صافي الإيرادات { $change }
    [less] نقص صافي الإيرادات { $change }
   *[same] بقي صافي الإيرادات على حاله
} في آخر { $by ->
    [day] يوم مكتمل
    [week] أسبوع مكتمل
   *[month] شهر مكتمل
}: جاء الجدد بـ{ $new }، والعائدون بعد غياب بـ{ $resurrected }، وزاد الباقون { $expanded } ونقصوا { $contracted }، وذهب { $churned } مع من غابوا.
ratio = وفي المجمل كُسب { $won } مقابل كل { $lost } فُقد.
early = لم تكتمل فترة بعد: اختر فترة أطول أو خطوات أقصر.
""",
    )

    def query(self, frame: Frame) -> Query:
        at = place(frame, self.by)
        return Query(
            steps={
                "sales": frame.sales(history=True),
                "people": f"""
SELECT customer_id, minIf({at} AS at, is_order) AS begun, groupUniqArrayIf(at, is_order AND at >= 0) AS ordered,
       sumMapIf([at], [net], at >= 0) AS nets, sumMapIf([at], [toUInt64(is_order)], at > 0) AS orders
FROM sales GROUP BY customer_id""",
                "compared": COMPARED,
                "told": TOLD,
                "by_time": BY_TIME,
            },
            values=frame.values | based(frame, self.by) | {"periods": len(frame.buckets(self.by))},
            rows="by_time",
        )

    def interpret(self, found: Found) -> Found:
        """Days for the numbers of periods, silent ones filled in; ratios, and figures over all periods that are over."""
        frame = found.frame
        found.rows, found.totals = self._told(found, frame, found.rows)
        found.picture = found.rows
        if frame.before:
            found.before_rows, found.before = self._told(found, frame.earlier(), found.before_rows)
        return found

    def _told(self, found: Found, frame: Frame, rows: list[Row]) -> tuple[list[Row], Row]:
        buckets, whole = frame.buckets(self.by), last_whole(frame, self.by)
        timed = [{**row, "start": buckets[row["at"] - 1]} for row in rows]
        table = [
            {**row, **_ratios(row), "state": found.say("over" if at < whole else "running")}
            for at, row in enumerate(dense(timed, buckets, SILENT))
        ]
        over = table[:whole]
        totals: Row = {name: sum(row[name] for row in over) for name in MONEY}
        counts = {name: sum(row[name] for row in table) for name in ("orders", "unidentified")}
        return table, totals | _ratios(totals) | counts | {"over": over}

    def explain(self, found: Found) -> str:
        if not found.totals["over"]:
            return found.say("early")
        last = found.totals["over"][-1]
        direction = "more" if last["change"] > 0 else "less" if last["change"] < 0 else "same"
        amounts = {
            name: found.speaker.money(abs(last[name]), found.frame.currency, whole=True)
            for name in ("change", *GAINS, *LOSSES)
        }
        sentence = found.say("sentence", by=self.by, direction=direction, **amounts)
        if found.totals["quick_ratio"] is None:
            return sentence
        won, lost = (
            found.speaker.money(amount, found.frame.currency) for amount in (found.totals["quick_ratio"], 1)
        )
        return f"{sentence} {found.say('ratio', won=won, lost=lost)}"


def _ratios(row: Row) -> Row:
    gained, lost = sum(row[name] for name in GAINS), -sum(row[name] for name in LOSSES)
    had = row["retained"] - sum(row[name] for name in LOSSES)
    return {
        "quick_ratio": gained / lost if lost > 0 else None,
        "net_retention": (row["retained"] + row["expanded"]) / had if had > 0 else None,
    }


# One row a customer and period in which they brought something, or had brought something just before.
COMPARED = """
SELECT customer_id, at, nets.2[indexOf(nets.1, at)] AS net, nets.2[indexOf(nets.1, at - 1)] AS had, net - had AS more,
       orders.2[indexOf(orders.1, at)] AS bought, has(ordered, at) AS is_here, has(ordered, at - 1) AS was_here, at = begun AS is_first
FROM people ARRAY JOIN arrayDistinct(arrayConcat(nets.1, arrayMap(at -> at + 1, nets.1))) AS at
WHERE at BETWEEN 1 AND {periods:Int32}"""

TOLD = """
SELECT *, multiIf(customer_id = 0, 'other', is_here AND is_first, 'new', is_here AND was_here, 'retained', is_here, 'resurrected',
                  was_here, 'churned', 'other') AS kind
FROM compared"""

BY_TIME = """
SELECT at, sum(t.net) AS net, sum(t.had) AS before, sum(t.more) AS change,
       sumIf(t.more, kind = 'new') AS new, sumIf(t.more, kind = 'resurrected') AS resurrected,
       sumIf(greatest(t.more, 0), kind = 'retained') AS expanded, sumIf(least(t.net, t.had), kind = 'retained') AS retained,
       sumIf(least(t.more, 0), kind = 'retained') AS contracted, sumIf(t.more, kind = 'churned') AS churned,
       sumIf(t.more, kind = 'other') AS other,
       toInt64(countIf(kind IN ('new', 'retained', 'resurrected'))) AS customers, toInt64(countIf(kind = 'new')) AS new_customers,
       toInt64(countIf(kind = 'retained')) AS retained_customers, toInt64(countIf(kind = 'resurrected')) AS resurrected_customers,
       -toInt64(countIf(kind = 'churned')) AS churned_customers,
       sum(bought) AS orders, sumIf(bought, customer_id = 0) AS unidentified
FROM told AS t GROUP BY at ORDER BY at"""

Growth.example = Growth(by="month")
