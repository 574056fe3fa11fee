"""The customers who keep buying, and what part of the revenue they are."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import SALES, Frame
from masarat.analyse.people import SOLD, WHO, once, who
from masarat.store import Query
from masarat.words import Words


class LoyalCustomers(Analysis):
    """Who the loyal customers are, how many of the customers they are, and what part of the revenue they bring.

    For the owner who wants to know whom not to lose. A customer is loyal who ordered at least `min_orders` times within the
    `within_days` days up to the end of the period, and last within `active_days` of it: often, and still there. All three are yours to set;
    a shop of coffee and a shop of beds have different habits. Days are counted back from the period's last day, or from the last day with
    sales where the period reaches beyond it.

    Compared are the identified customers with an order in the period: loyal ones and others, by net revenue and by average order
    value in the period. Loyalty itself is judged on the orders before the period too, within the same segment. There is no common
    standard for the word, so the definition used stands under every answer.
    """

    min_orders: int = Field(3, ge=1, le=1000, description="Fewest orders of a loyal customer.")
    within_days: int = Field(365, ge=1, le=3650, description="Within how many days these orders must be.")
    active_days: int = Field(180, ge=1, le=3650, description="Within how many days the last one must be.")
    limit: int = Field(100, ge=1, le=10_000, description="How many loyal customers to list.")

    view = "bars"
    columns = (
        Column("rank", "count"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("recent_orders", "count"),
        Column("orders", "count"),
        Column("revenue", "money"),
        Column("share", "percent"),
        Column("aov", "money"),
        Column("last_order", "date"),
    )
    numbers = (
        Column("loyal", "count"),
        Column("customers", "count"),
        Column("loyal_share", "percent"),
        Column("revenue_share", "percent"),
        Column("loyal_revenue", "money"),
        Column("loyal_aov", "money"),
        Column("others_aov", "money"),
    )
    picture = (
        Column("group", "text"),
        Column("share_of_customers", "percent"),
        Column("share", "percent"),
        Column("aov", "money"),
    )
    words = Words(
        en="""
title = Loyal customers
about = Who keeps buying, and what part of the revenue is theirs?
param-min_orders = Fewest orders
param-within_days = Within days
param-active_days = Last order within days
recent_orders = Recent orders
    .formula = Orders within the days of the definition, up to the period's end
group = Group
group-loyal = Loyal
group-others = Others
loyal = Loyal customers
    .formula = Customers with an order in the period who have enough orders, recent enough, by the definition under this answer
loyal_share = Loyal share of customers
    .formula = Loyal customers divided by all identified customers with an order in the period
revenue_share = Loyal share of revenue
    .formula = Net revenue of loyal customers divided by that of all identified customers with an order in the period
loyal_revenue = Revenue of the loyal
    .formula = Net revenue of loyal customers in the period
loyal_aov = Average order of the loyal
    .formula = Gross revenue of loyal customers divided by their orders in the period
others_aov = Average order of others
    .formula = Gross revenue of the other identified customers divided by their orders in the period
sentence = { $loyal ->
    [one] One loyal customer
   *[other] { $loyal } loyal customers
}, { $of } of { $customers ->
    [one] one customer
   *[other] { $customers } customers
}, brought { $share } of revenue{ $before ->
    [none] { "" }
   *[other] , against { $before } in the period before
}{ $others ->
    [none] { "" }
   *[other] ; their average order is { $aov }, that of others { $others }
}.
nobody = { $customers ->
    [one] The one customer is not
   *[other] None of the { $customers } customers is
} loyal by this definition.
definition = Loyal: { $orders ->
    [one] one order
   *[other] at least { $orders } orders
} in the { $within ->
    [one] day
   *[other] { $within } days
} up to { $day }, the last in the final { $active ->
    [one] day
   *[other] { $active } days
}.
""",
        ar="""
title = العملاء الأوفياء
about = من يواظب على الشراء منك، وما حصتهم من إيراداتك؟
param-min_orders = أقل عدد من الطلبات
param-within_days = خلال كم يومًا
param-active_days = آخر طلب خلال كم يومًا
recent_orders = الطلبات الأخيرة
    .formula = الطلبات في أيام التعريف حتى نهاية الفترة
group = المجموعة
group-loyal = الأوفياء
group-others = غيرهم
loyal = العملاء الأوفياء
    .formula = من لهم طلب في الفترة، وطلباتهم كافية وحديثة بحسب التعريف المكتوب تحت الجواب
loyal_share = حصتهم من العملاء
    .formula = العملاء الأوفياء مقسومين على كل العملاء المعروفين الذين لهم طلب في الفترة
revenue_share = حصتهم من الإيرادات
    .formula = صافي إيرادات الأوفياء مقسومًا على صافي إيرادات كل العملاء المعروفين الذين لهم طلب في الفترة
loyal_revenue = إيرادات الأوفياء
    .formula = صافي إيرادات العملاء الأوفياء في الفترة
loyal_aov = متوسط طلب الأوفياء
    .formula = إجمالي إيرادات الأوفياء مقسومًا على طلباتهم في الفترة
others_aov = متوسط طلب غيرهم
    .formula = إجمالي إيرادات غيرهم من العملاء المعروفين مقسومًا على طلباتهم في الفترة
sentence = { $loyal ->
    [one] عميل وفي واحد
    [two] عميلان وفيان
    [few] { $loyal } عملاء أوفياء
    [many] { $loyal } عميلًا وفيًا
   *[other] { $loyal } عميل وفي
}، أي { $of } من { $customers ->
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}، { $loyal ->
    [one] جاء
    [two] جاءا
    [few] جاؤوا
    [many] جاؤوا
   *[other] جاؤوا
} بنسبة { $share } من الإيرادات{ $before ->
    [none] { "" }
   *[other] ، وكانت { $before } في الفترة السابقة
}{ $others ->
    [none] { "" }
   *[other] ؛ ومتوسط الطلب عند الأوفياء { $aov }، وعند غيرهم { $others }
}.
nobody = { $customers ->
    [one] عندك عميل واحد، وليس وفيًا بهذا التعريف
    [two] عندك عميلان، وليس فيهما وفي بهذا التعريف
    [few] عندك { $customers } عملاء، وليس فيهم وفي بهذا التعريف
    [many] عندك { $customers } عميلًا، وليس فيهم وفي بهذا التعريف
   *[other] عندك { $customers } عميل، وليس فيهم وفي بهذا التعريف
}.
definition = العميل الوفي: من له { $orders ->
    [one] طلب واحد على الأقل
    [two] طلبان على الأقل
    [few] { $orders } طلبات على الأقل
    [many] { $orders } طلبًا على الأقل
   *[other] { $orders } طلب على الأقل
} خلال { $within ->
    [one] يوم واحد
    [two] يومين
    [few] { $within } أيام
    [many] { $within } يومًا
   *[other] { $within } يوم
} حتى { $day }، وآخرها خلال { $active ->
    [one] اليوم الأخير
    [two] آخر يومين
    [few] آخر { $active } أيام
    [many] آخر { $active } يومًا
   *[other] آخر { $active } يوم
}.
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "sales": frame.sales(history=True),
                "sold": SOLD,
                "buyers": """
SELECT customer_id, sumIf(net, in_period) AS revenue, sumIf(gross, in_period) AS spent,
       countIf(is_order AND in_period) AS orders, maxIf(day, is_order) AS last_order,
       countIf(is_order AND day > {as_of:Date} - {within_days:UInt16}) AS recent_orders,
       recent_orders >= {min_orders:UInt16} AND last_order > {as_of:Date} - {active_days:UInt16} AS is_loyal
FROM sales WHERE customer_id != 0 GROUP BY customer_id HAVING orders > 0""",
                "summed": """
SELECT count() AS customers, countIf(is_loyal) AS loyal, sumIf(revenue, is_loyal) AS loyal_revenue,
       nullIf(toFloat64(sum(revenue)), 0) AS all_revenue, toFloat64(loyal_revenue) / all_revenue AS revenue_share,
       loyal / nullIf(customers, 0) AS loyal_share,
       toFloat64(sumIf(spent, is_loyal)) / nullIf(sumIf(orders, is_loyal), 0) AS loyal_aov,
       toFloat64(sumIf(spent, NOT is_loyal)) / nullIf(sumIf(orders, NOT is_loyal), 0) AS others_aov
FROM buyers""",
                "totals": "SELECT * FROM summed CROSS JOIN sold",
                "groups": """
SELECT if(is_loyal, 'loyal', 'others') AS group, count() / any(customers) AS share_of_customers,
       toFloat64(sum(revenue)) / any(all_revenue) AS share, toFloat64(sum(spent)) / sum(orders) AS aov
FROM buyers CROSS JOIN summed GROUP BY is_loyal ORDER BY is_loyal DESC""",
                "everybody": "SELECT * FROM buyers WHERE is_loyal",
                "best": "SELECT * FROM everybody ORDER BY revenue DESC, customer_id LIMIT {limit:UInt32}",
                "listed": once(
                    "best", "customer_id", "recent_orders", "orders", "revenue", "spent", "last_order"
                ),
                **who("listed"),
                "rows": f"""
SELECT row_number() OVER (ORDER BY revenue DESC, customer_id) AS rank, customer, name, recent_orders, orders,
       revenue, toFloat64(revenue) / (SELECT all_revenue FROM summed) AS share,
       toFloat64(spent) / orders AS aov, last_order
FROM listed {WHO} ORDER BY rank""",
            },
            values=frame.values
            | {
                "as_of": _as_of(frame),
                "min_orders": self.min_orders,
                "within_days": self.within_days,
                "active_days": self.active_days,
                "limit": self.limit,
            },
            rows="rows",
            totals="totals",
            picture="groups",
            customers="everybody",
        )

    def interpret(self, found: Found) -> Found:
        """Name the groups in the asked language."""
        for row in (*found.picture, *found.before_picture):
            row["group"] = found.say(f"group-{row['group']}")
        return found

    def explain(self, found: Found) -> str:
        totals, before = found.totals, found.before.get("revenue_share")
        if not totals["customers"]:
            return found.say("no-customers")
        if not totals["loyal"]:
            return found.say("nobody", customers=totals["customers"])
        return found.say(
            "sentence",
            loyal=totals["loyal"],
            of=found.percent("loyal_share"),
            customers=totals["customers"],
            share=found.percent("revenue_share"),
            before="none" if before is None else found.speaker.percent(before),
            aov=found.money("loyal_aov"),
            others="none" if totals["others_aov"] is None else found.money("others_aov"),
        )

    def notes(self, found: Found) -> list[str]:
        return [
            found.say(
                "definition",
                orders=self.min_orders,
                within=self.within_days,
                active=self.active_days,
                day=found.speaker.day(_as_of(found.frame)),
            )
        ]


def _as_of(frame: Frame) -> date:
    """The day from which loyalty is counted back: no later than the last day with sales."""
    known = frame.facts.span(SALES)
    return min(frame.period.last, known[1]) if known else frame.period.last


LoyalCustomers.example = LoyalCustomers(min_orders=3, within_days=365, active_days=180)
