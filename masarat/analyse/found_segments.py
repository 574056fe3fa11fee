"""Segments that are in the data: customers grouped by how they buy, each group told by what sets it apart."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.buying_habits import steps, values
from masarat.analyse.found_model import Model, Told, fitted, told
from masarat.analyse.frame import Frame
from masarat.models.clusters import FEWEST, Floats, Ints
from masarat.store import Query, Row
from masarat.words import Speaker, Words

SAMPLE = 20_000  # customers that groups are learnt from


class FoundSegments(Analysis):
    """Which groups of customers there are, by how they buy: each named by what sets it apart, with its size and what it brings.

    For whoever wants to know what kinds of customers there are without having named them before. Looked at are, of every identified
    customer with an order in the period: days since the last order, orders, average order; the share of orders at a discount or with a coupon,
    of money given back, of orders on Friday and Saturday and at night (21:00 to 5:00, the shop's time; from three orders on, since one order is no habit); the shares of the eight most sold categories
    in what was spent, and of the five channels most orders came by.

    Days, orders and amounts count by their logarithm; every feature is cut at its first and last percentile, so that one wholesaler does
    not stretch the scale, and measured in standard deviations; the categories together, and the channels, weigh as one. Groups are found by
    k-means. How many there are, two to eight, is told by what comes again: fits to customers drawn anew must agree (adjusted Rand index 0.7
    or more), the groups must be tighter than k-means cuts them out of a single cloud, and have one customer in a hundred. Where no number does
    that, the answer says that there are no clear groups, which is an answer. Seeds are fixed: the same customers give the same groups.

    A group is told by up to three habits in which it differs from all by 0.6 standard deviations or more. Groups are drawn by these habits, so
    that they differ in them is no finding; nor does a group say why, or that its customers stay in it. Of more than 20,000 customers as many
    are drawn, and sizes are reckoned from them; saved as segments (`masarat segments found --save NAME`) every customer is placed. Revenue is
    net, in the asked currency.
    """

    most: int = Field(8, ge=2, le=8, description="At most so many groups.")

    view = "bars"
    columns = (
        Column("group", "text"),
        Column("customers", "count"),
        Column("share_of_customers", "percent"),
        Column("revenue", "money"),
        Column("share", "percent"),
        Column("orders_each", "number"),
        Column("aov", "money"),
        Column("recency", "days"),
        Column("discounted", "percent"),
        Column("returned", "percent"),
    )
    numbers = (Column("customers", "count"), Column("groups", "count"), Column("stability", "percent"))
    picture = (Column("group", "text"), Column("share_of_customers", "percent"), Column("share", "percent"))
    sample = "customers"
    words = Words(
        en="""
title = Groups of customers
about = Which kinds of customers there are by how they buy, without naming them before: each told by what sets it apart.
param-most = At most so many groups
customers = Customers
    .formula = Identified customers with a completed order in the period
group = Group
share_of_customers = Share of customers
    .formula = Customers of the group divided by all identified customers with an order in the period
share = Share of revenue
    .formula = Net revenue of the group divided by that of all of them
orders_each = Orders each
    .formula = Completed orders divided by customers
recency = Days since last order
    .formula = Average of the days from the last order to the last day of the period
discounted = At a discount
    .formula = Orders with a discount or a coupon divided by orders
returned = Given back
    .formula = Money given back divided by gross revenue
groups = Groups
    .formula = How many groups came again when customers were drawn anew; 1 where there are no clear ones
stability = Came again
    .formula = Average adjusted Rand index of two fits to customers drawn anew: 100% where they group everybody alike
sentence = Customers fall into { $groups } groups. The largest: { $largest } ({ $share } of customers).
richest = Most revenue comes from: { $group }, { $part } of it from { $share } of customers.
no-groups = The { $count } customers fall into no clear groups: how they buy passes over without gaps. Part them by value instead, as in the RFM segments.
too-few = { $customers ->
    [one] One customer is too few to look for groups; it takes { $least }.
   *[other] { $count } customers are too few to look for groups; it takes { $least }.
}
note-sampled = Groups were learnt from { $n } customers drawn from { $all }; sizes and money are reckoned from them.
like-all = much like the average
told-recency-up = long gone
told-recency-down = bought lately
told-orders-up = buy often
told-orders-down = buy rarely
told-value-up = large orders
told-value-down = small orders
told-discounted-up = mostly at a discount
told-discounted-down = at full price
told-returned-up = send much back
told-returned-down = send little back
told-weekend-up = at weekends
told-weekend-down = on working days
told-night-up = at night
told-night-down = by day
told-category-up = much “{ $name }”
told-channel-up = come by { $name }
""",
        ar="""
title = مجموعات العملاء
about = أي أصناف من العملاء لديك بحسب شرائهم، دون أن تسميها من قبل: كل مجموعة توصف بما يميزها.
param-most = أكثر عدد للمجموعات
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب مكتمل في الفترة
group = المجموعة
share_of_customers = الحصة من العملاء
    .formula = عملاء المجموعة مقسومين على العملاء المعروفين المشترين في الفترة كلهم
share = الحصة من الإيرادات
    .formula = صافي إيرادات المجموعة مقسومًا على صافي إيراداتهم كلهم
orders_each = طلبات العميل
    .formula = الطلبات المكتملة مقسومة على العملاء
recency = أيام منذ آخر طلب
    .formula = متوسط الأيام من آخر طلب إلى آخر يوم من الفترة
discounted = مع خصم
    .formula = الطلبات التي فيها خصم أو كوبون مقسومة على الطلبات
returned = المُعاد
    .formula = المبالغ المعادة مقسومة على إجمالي الإيرادات
groups = المجموعات
    .formula = عدد المجموعات التي عادت كما هي حين اختير العملاء من جديد، و1 إن لم تكن مجموعات واضحة
stability = الثبات
    .formula = متوسط مؤشر راند المعدّل بين تقسيمين لعملاء اختيروا من جديد: 100٪ إن قسّما الجميع القسمة نفسها
sentence = { $groups ->
    [zero] لا مجموعات بين عملائك.
    [one] عملاؤك مجموعة واحدة.
    [two] عملاؤك مجموعتان،
    [few] عملاؤك { $groups } مجموعات،
    [many] عملاؤك { $groups } مجموعة،
   *[other] عملاؤك { $groups } مجموعة،
} وأكبرها: { $largest } ({ $share } من العملاء).
richest = وأكثر الإيرادات من: { $group }، { $part } منها من { $share } من العملاء.
no-groups = لا تتميز بين عملائك مجموعات واضحة (عددهم { $count }): طرائق شرائهم متصلة بلا فواصل. قسّمهم بحسب قيمتهم كما في شرائح RFM.
too-few = { $customers ->
    [zero] لا عملاء تُبحث بينهم مجموعات؛ ويلزم { $least }.
    [one] لا تُبحث المجموعات في عميل واحد؛ ويلزم { $least }.
    [two] لا تُبحث المجموعات في عميلين؛ ويلزم { $least }.
    [few] { $count } عملاء أقل من أن تُبحث بينهم مجموعات؛ ويلزم { $least }.
    [many] { $count } عميلًا أقل من أن تُبحث بينهم مجموعات؛ ويلزم { $least }.
   *[other] { $count } عميل أقل من أن تُبحث بينهم مجموعات؛ ويلزم { $least }.
}
note-sampled = استُخرجت المجموعات من عينة ({ $n }) من العملاء ({ $all })، والأعداد والمبالغ مقدرة منها.
like-all = قريبون من المتوسط
told-recency-up = غابوا منذ مدة
told-recency-down = اشتروا قريبًا
told-orders-up = يشترون كثيرًا
told-orders-down = يشترون نادرًا
told-value-up = طلباتهم كبيرة
told-value-down = طلباتهم صغيرة
told-discounted-up = مع الخصم غالبًا
told-discounted-down = بالسعر الكامل
told-returned-up = يعيدون كثيرًا
told-returned-down = قلّما يعيدون
told-weekend-up = في العطلة الأسبوعية
told-weekend-down = في أيام العمل
told-night-up = ليلًا
told-night-down = نهارًا
told-category-up = يكثرون من «{ $name }»
told-channel-up = يأتون عبر { $name }
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                **steps(frame),
                "totals": """
SELECT * FROM (
    SELECT count() AS customers, sum(orders) AS all_orders, sum(habits.revenue) AS all_revenue FROM habits
) AS of_habits CROSS JOIN (SELECT kept AS categories FROM categories) AS c CROSS JOIN (SELECT kept AS channels FROM channels) AS d""",
                "drawn": """
SELECT features, orders, revenue, gross, given_back, recency FROM habits ORDER BY cityHash64(customer_id), customer_id LIMIT {sample:UInt32}""",
            },
            values=values(frame) | {"sample": SAMPLE},
            rows="drawn",
            totals="totals",
        )

    def interpret(self, found: Found) -> Found:
        """Customers put together into groups, each told by what sets it apart."""
        rows, found.rows, found.before_rows = found.rows, [], []
        found.before |= {"groups": None, "stability": None} if found.before else {}
        found.totals |= {"groups": None, "stability": None, "drawn": len(rows)}
        if len(rows) < FEWEST:
            return found
        model, placed = fitted(rows, found.totals, self.most)
        count = len(placed.centres)
        found.totals |= {"groups": count, "stability": placed.stability if count > 1 else None}
        if count > 1:
            features = np.array([row["features"] for row in rows])
            names = group_names(found.speaker, model, features, placed.of)
            for each, name in enumerate(names):
                mine = [row for row, of in zip(rows, placed.of, strict=True) if of == each]
                found.rows.append({"group": name} | _figures(found, mine, rows))
        found.picture, found.before_picture = found.rows, []
        return found

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        if totals["groups"] is None:
            return found.say("too-few", customers=totals["customers"], count=speak.count(totals["customers"]), least=FEWEST)  # fmt: skip
        if not found.rows:
            return found.say("no-groups", count=speak.count(totals["customers"]))
        largest, richest = found.rows[0], max(found.rows, key=lambda row: row["revenue"])
        said = found.say("sentence", groups=totals["groups"], largest=largest["group"], share=found.percent("share_of_customers", largest))  # fmt: skip
        if not richest["share"] or richest["share"] <= 0:
            return said
        more = found.say("richest", group=richest["group"], part=found.percent("share", richest), share=found.percent("share_of_customers", richest))  # fmt: skip
        return f"{said} {more}"

    def notes(self, found: Found) -> list[str]:
        drawn, everybody = found.totals["drawn"], found.totals["customers"]
        if drawn == everybody:
            return []
        return [found.say("note-sampled", n=found.speaker.count(drawn), all=found.speaker.count(everybody))]


def group_names(speak: Speaker, model: Model, features: Floats, of: Ints) -> list[str]:
    """What each group is called: its clearest habits; those called alike are numbered."""
    comma = "، " if speak.language == "ar" else ", "
    habits = [told(model, features[of == each].mean(axis=0)) for each in range(len(model.centres))]
    names: list[str] = []
    for place, mine in enumerate(habits, 1):
        name = comma.join(_say(speak, one) for one in mine) or speak.say("like-all")
        names.append(name if name not in names else f"{name} ({place})")
    return names


def _say(speak: Speaker, one: Told) -> str:
    key = f"channel-{one.name.replace(' ', '-')}"
    spoken = speak.say(key) if one.habit == "channel" and speak.knows(key) else speak.text(one.name)
    return speak.say(f"told-{one.habit}-{'up' if one.up else 'down'}", name=spoken)


def _figures(found: Found, mine: list[Row], all_: list[Row]) -> Row:
    def whole(name: str, rows: list[Row]) -> float:
        return float(sum(row[name] for row in rows))

    times = found.totals["customers"] / len(all_)  # each stands for so many
    orders, gross, everything = whole("orders", mine), whole("gross", mine), whole("revenue", all_)
    discounted = sum(row["features"][3] * row["orders"] for row in mine)
    return {
        "customers": round(len(mine) * times),
        "share_of_customers": len(mine) / len(all_),
        "revenue": round(whole("revenue", mine) * times, 4),
        "share": whole("revenue", mine) / everything if everything > 0 else None,
        "orders_each": orders / len(mine),
        "aov": gross / orders,
        "recency": whole("recency", mine) / len(mine),
        "discounted": discounted / orders,
        "returned": whole("given_back", mine) / gross,
    }


FoundSegments.example = FoundSegments()
