"""New against returning customers, and what each costs."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.first_orders import costs_apply, first_orders, values
from masarat.analyse.frame import Bucket, Frame
from masarat.store import Query, Row
from masarat.words import Words


class NewAndReturning(Analysis):
    """How many customers are new and how many came back, what each brought, and what each cost.

    For the owner who asks whether the shop lives from winning customers or from keeping them. An order is new where it is the
    customer's first ever, and returning where it is any later one, as Shopify and WooCommerce count; so a customer who buys
    twice in his first month is new once and returning once, and the months add up to the year. A refund goes with the order before
    it: it counts as new until the customer's second order. First ever means in the whole log in this currency, before the period
    and outside the segment and the breakdown too; a log that begins late makes old customers look new.

    The repeat rate is the part of the period's customers who had a returning order in it. A new customer's acquisition cost is the
    advertising spent in the same days divided by the new customers, whatever brought them; costs are known by channel and campaign
    only, so other segments and breakdowns show none. Discounts stand beside, as the price of each kind of order. Orders that name
    no customer are neither new nor returning.
    """

    by: Bucket = Field("month", description="Length of one point: day, week or month.")

    view = "trend"
    columns = (
        Column("start", "date"),
        Column("breakdown", "text"),
        Column("new_customers", "count"),
        Column("returning_customers", "count"),
        Column("returning_orders", "count"),
        Column("new_revenue", "money"),
        Column("returning_revenue", "money"),
        Column("returning_share", "percent"),
        Column("repeat_rate", "percent"),
        Column("new_discounts", "money"),
        Column("returning_discounts", "money"),
        Column("spend", "money"),
        Column("acquisition_cost", "money"),
    )
    numbers = columns[2:]
    picture = (
        Column("start", "date"),
        Column("new_revenue", "money"),
        Column("returning_revenue", "money"),
    )
    breaks_down = True
    words = Words(
        en="""
title = New and returning customers
about = How many customers are new, how many came back, and what each brought and cost.
param-by = By
new_customers = New customers
    .formula = Customers whose first ever order is here; each has exactly one such order
returning_customers = Returning customers
    .formula = Customers with an order here that is not their first ever
returning_orders = Returning orders
    .formula = Orders that are not their customer's first ever
new_revenue = New revenue
    .formula = Net revenue of customers' first ever orders: refunds until the second order are taken off
returning_revenue = Returning revenue
    .formula = Net revenue of all later orders of identified customers: refunds since the second order are taken off
returning_share = Returning share
    .formula = Returning revenue divided by new and returning revenue together
repeat_rate = Repeat rate
    .formula = Customers with an order here that is not their first ever, divided by all identified customers with an order here
new_discounts = Discounts to new
    .formula = Discounts given on customers' first ever orders
returning_discounts = Discounts to returning
    .formula = Discounts given on all later orders of identified customers
spend = Advertising
    .formula = Advertising costs of these days in this currency
acquisition_cost = Acquisition cost
    .formula = Advertising costs divided by new customers (CAC)
sentence = { $new ->
    [zero] No new customer came
    [one] One new customer
   *[other] { $new } new customers
}{ $change ->
    [none] { "" }
   *[other] { " " }({ $change } on the period before)
}{ $new ->
    [zero] { "" }
   *[other] { " " }brought { $new_revenue }
}; { $returning ->
    [zero] nobody came back
    [one] one returning customer brought { $returning_revenue }, { $share } of revenue
   *[other] { $returning } returning customers brought { $returning_revenue }, { $share } of revenue
}.
cost = Winning a new customer cost { $cost } in advertising.
note-no-costs = What a new customer costs is not known: there are no advertising costs of these days.
note-costs-whole = Advertising costs are known by channel and campaign only, so they are left out here.
""",
        ar="""
title = العملاء الجدد والعائدون
about = كم عميلًا جديدًا كسبت، وكم عاد إليك، وما جاء به كل منهم وما كلّفك.
param-by = كل
new_customers = العملاء الجدد
    .formula = من كان أول طلب لهم على الإطلاق هنا، ولكل منهم طلب واحد كهذا
returning_customers = العملاء العائدون
    .formula = من لهم هنا طلب ليس الأول في تاريخهم
returning_orders = طلبات العائدين
    .formula = كل طلب ليس الأول في تاريخ صاحبه
new_revenue = إيرادات الجدد
    .formula = صافي إيرادات الطلب الأول لكل عميل: تُطرح منه المرتجعات حتى طلبه الثاني
returning_revenue = إيرادات العائدين
    .formula = صافي إيرادات ما بعد الطلب الأول للعملاء المعروفين: تُطرح منه المرتجعات منذ الطلب الثاني
returning_share = حصة العائدين
    .formula = إيرادات العائدين مقسومة على إيرادات الجدد والعائدين معًا
repeat_rate = معدل تكرار الشراء
    .formula = من لهم هنا طلب ليس الأول في تاريخهم، مقسومين على كل العملاء المعروفين الذين طلبوا هنا
new_discounts = خصومات الجدد
    .formula = ما مُنح من خصم على الطلب الأول لكل عميل
returning_discounts = خصومات العائدين
    .formula = ما مُنح من خصم على ما بعد الطلب الأول للعملاء المعروفين
spend = الإعلانات
    .formula = تكاليف الإعلان في هذه الأيام بهذه العملة
acquisition_cost = تكلفة اكتساب العميل
    .formula = تكاليف الإعلان مقسومة على عدد العملاء الجدد
sentence = { $new ->
    [zero] لم يأتك عميل جديد
    [one] جاءك عميل جديد واحد بمبلغ { $new_revenue }
    [two] جاءك عميلان جديدان بمبلغ { $new_revenue }
    [few] جاءك { $new } عملاء جدد بمبلغ { $new_revenue }
    [many] جاءك { $new } عميلًا جديدًا بمبلغ { $new_revenue }
   *[other] جاءك { $new } عميل جديد بمبلغ { $new_revenue }
}{ $change ->
    [none] { "" }
   *[other] ، { $change } في عددهم عن الفترة السابقة
}؛ { $returning ->
    [zero] ولم يعد إليك أحد
    [one] وعاد إليك عميل واحد بمبلغ { $returning_revenue }، أي { $share } من الإيرادات
    [two] وعاد إليك عميلان بمبلغ { $returning_revenue }، أي { $share } من الإيرادات
    [few] وعاد إليك { $returning } عملاء بمبلغ { $returning_revenue }، أي { $share } من الإيرادات
    [many] وعاد إليك { $returning } عميلًا بمبلغ { $returning_revenue }، أي { $share } من الإيرادات
   *[other] وعاد إليك { $returning } عميل بمبلغ { $returning_revenue }، أي { $share } من الإيرادات
}.
cost = وكلّفك كل عميل جديد { $cost } من الإعلانات.
note-no-costs = لا تُعرف تكلفة اكتساب العميل: لا تكاليف إعلان لهذه الأيام.
note-costs-whole = لا تُعرف تكاليف الإعلان إلا حسب القناة والحملة، فلم تُحسب هنا.
""",
    )

    def query(self, frame: Frame) -> Query:
        measures = """
       countIf(is_order AND is_new) AS new_customers,
       uniqExactIf(customer_id, is_order AND is_returning) AS returning_customers,
       countIf(is_order AND is_returning) AS returning_orders,
       sumIf(net, is_new) AS new_revenue, sumIf(net, is_returning) AS returning_revenue,
       toFloat64(returning_revenue) / nullIf(toFloat64(new_revenue + returning_revenue), 0) AS returning_share,
       returning_customers / nullIf(uniqExactIf(customer_id, is_order AND customer_id != 0), 0) AS repeat_rate,
       sumIf(discount, is_order AND is_new) AS new_discounts,
       sumIf(discount, is_order AND is_returning) AS returning_discounts,
       if(countIf(is_cost) > 0, toFloat64(sum(cost)), NULL) AS spend,
       spend / nullIf(new_customers, 0) AS acquisition_cost"""
        return Query(
            steps={
                **first_orders(frame, with_costs=True),
                "totals": f"""
SELECT {measures}, countIf(is_order) AS orders, countIf(is_order AND customer_id = 0) AS unidentified
FROM moves""",
                "by_time": f"""
SELECT {frame.bucket(self.by)} AS start, breakdown, {measures}
FROM moves GROUP BY start, breakdown ORDER BY start, breakdown""",
            },
            values=values(frame),
            rows="by_time",
            totals="totals",
        )

    def interpret(self, found: Found) -> Found:
        """Fill silent buckets with zeros; draw new beside returning, the parts of a breakdown together."""
        frame = found.frame
        found.rows = dense(found.rows, frame.buckets(self.by), SILENT)
        found.picture = _together(found.rows)
        if frame.before:
            found.before_rows = dense(found.before_rows, frame.earlier().buckets(self.by), SILENT)
            found.before_picture = _together(found.before_rows)
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["new_customers"] and not totals["returning_customers"]:
            return found.say("no-customers")
        sentence = found.say(
            "sentence",
            new=totals["new_customers"] or "zero",
            new_revenue=found.money("new_revenue"),
            returning=totals["returning_customers"] or "zero",
            returning_revenue=found.money("returning_revenue"),
            share=found.percent("returning_share"),
            change=found.change_words("new_customers") or "none",
        )
        if totals["acquisition_cost"] is None:
            return sentence
        return f"{sentence} {found.say('cost', cost=found.money('acquisition_cost'))}"

    def notes(self, found: Found) -> list[str]:
        if found.totals["spend"] is not None:
            return []
        return [found.say("note-no-costs" if costs_apply(found.frame) else "note-costs-whole")]


SILENT = {
    "new_customers": 0,
    "returning_customers": 0,
    "returning_orders": 0,
    "new_revenue": 0.0,
    "returning_revenue": 0.0,
    "new_discounts": 0.0,
    "returning_discounts": 0.0,
}


def _together(rows: list[Row]) -> list[Row]:
    """One row a bucket: the revenue of all parts of the breakdown."""
    summed: dict[date, Row] = {}
    for row in rows:
        point = summed.setdefault(
            row["start"], {"start": row["start"], "new_revenue": 0.0, "returning_revenue": 0.0}
        )
        for name in ("new_revenue", "returning_revenue"):
            point[name] += row[name]
    return list(summed.values())


NewAndReturning.example = NewAndReturning(by="month")
