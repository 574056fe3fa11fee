"""What an order is worth: on average, in the middle, and who orders most at once."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.people import BUYERS, SOLD, WHO, once, who
from masarat.store import Query
from masarat.words import Words

APART = 1.2  # how far mean and median must be from each other to be called apart


class OrderValue(Analysis):
    """What orders are worth: the average beside the median, how they are spread, and the customers with the highest average.

    For the owner who sets a free-shipping threshold, or asks whether a few large orders hide many small ones. Value is gross revenue: after
    discounts, before shipping, tax and refunds; free orders are not counted. Median, quartiles and the ninth decile are interpolated
    between neighbours (the default of Excel, numpy and R). The picture counts orders in steps of 1, 2 or 5 times a power of ten, chosen
    so that up to twenty steps hold 95 % of the orders; what lies above stands together in the last. A value on an edge belongs to the
    step above it.

    The list is ranked by what customers kept of their orders, net of refunds, so that a large order sent back puts nobody on top; it needs
    at least `min_orders` orders in the period, because the average of one order is only that order. Orders that name no customer
    count in the values and not in the list.
    """

    min_orders: int = Field(2, ge=1, le=1000, description="Fewest orders of a customer in the list.")
    limit: int = Field(100, ge=1, le=10_000, description="How many customers to list.")

    view = "bars"
    columns = (
        Column("rank", "count"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("orders", "count"),
        Column("kept_aov", "money"),
        Column("aov", "money"),
        Column("revenue", "money"),
        Column("last_order", "date"),
    )
    numbers = (
        Column("aov", "money"),
        Column("median", "money"),
        Column("quartile_1", "money"),
        Column("quartile_3", "money"),
        Column("decile_9", "money"),
        Column("orders", "count"),
    )
    picture = (
        Column("value_from", "money"),
        Column("value_to", "money"),
        Column("orders", "count"),
        Column("share_of_orders", "percent"),
    )
    words = Words(
        en="""
title = Order value
about = What an order is worth on average and in the middle, and who orders most at once.
param-min_orders = Fewest orders
kept_aov = Average order after refunds
    .formula = Net revenue of the customer divided by his orders
quartile_1 = First quartile
    .formula = A quarter of the orders are worth less than this, three quarters more
quartile_3 = Third quartile
    .formula = Three quarters of the orders are worth less than this, a quarter more
decile_9 = Ninth decile
    .formula = Nine orders in ten are worth less than this, one in ten more
value_from = From
    .formula = Orders worth at least this
value_to = To
    .formula = And less than this; the last step has no end
share_of_orders = Share of orders
    .formula = Orders of this step divided by all orders
sentence = The average order is worth { $aov }{ $change ->
    [none] { "" }
   *[other] , { $change } on the period before
}, and half of them less than { $median }{ $shape ->
    [high] : a few large orders pull the average up
    [low] : a few small orders pull the average down
   *[near] { "" }
}.
best = Customer { $customer } orders most at once: { $value } on average after refunds.
one = There is one order, worth { $aov }.
""",
        ar="""
title = قيمة الطلب
about = كم يساوي الطلب في المتوسط وفي الوسط، ومن طلباته هي الأكبر.
param-min_orders = أقل عدد من الطلبات
kept_aov = متوسط الطلب بعد المرتجعات
    .formula = صافي إيرادات العميل مقسومًا على طلباته
quartile_1 = الربيع الأول
    .formula = ربع الطلبات أقل من هذه القيمة وثلاثة أرباعها أكثر
quartile_3 = الربيع الثالث
    .formula = ثلاثة أرباع الطلبات أقل من هذه القيمة وربعها أكثر
decile_9 = العشير التاسع
    .formula = تسعة من كل عشرة طلبات أقل من هذه القيمة، وواحد أكثر
value_from = من
    .formula = الطلبات التي تبلغ هذه القيمة
value_to = إلى
    .formula = ولا تبلغ هذه القيمة؛ والدرجة الأخيرة بلا نهاية
share_of_orders = الحصة من الطلبات
    .formula = طلبات هذه الدرجة مقسومة على الطلبات كلها
sentence = متوسط قيمة الطلب { $aov }{ $change ->
    [none] { "" }
   *[other] ، { $change } عن الفترة السابقة
}، ونصف الطلبات أقل من { $median }{ $shape ->
    [high] : طلبات قليلة كبيرة ترفع المتوسط
    [low] : طلبات قليلة صغيرة تخفض المتوسط
   *[near] { "" }
}.
best = وأكبر الطلبات طلبات العميل { $customer }: { $value } في المتوسط بعد المرتجعات.
one = ليس في الفترة إلا طلب واحد، قيمته { $aov }.
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "sales": frame.sales(),
                "sold": SOLD,
                # Money in ten-thousandths is whole: an edge never falls beside the value that stands on it.
                "ordered": """
SELECT gross, toUInt64(toDecimal128(gross, 4) * 10000) AS units FROM sales WHERE is_order""",
                "middle": """
SELECT toFloat64(sum(gross)) / nullIf(count(), 0) AS aov,
       quantilesExactInclusive(0.25, 0.5, 0.75, 0.9)(toFloat64(gross)) AS quantiles,
       quantiles[2] AS median, quantiles[1] AS quartile_1, quantiles[3] AS quartile_3, quantiles[4] AS decile_9
FROM ordered""",
                "totals": "SELECT * FROM middle CROSS JOIN sold",
                "scale": """
SELECT toUInt64(ceil(quantileExactInclusive(0.95)(units))) AS reach, intDiv(reach + 19, 20) AS finest,
       intExp10(length(toString(finest)) - 1) AS ten,
       ten * multiIf(finest <= ten, 1, finest <= 2 * ten, 2, finest <= 5 * ten, 5, 10) AS width,
       intDiv(max(units), width) AS highest, least(intDiv(reach, width) + 1, highest) AS last_step
FROM ordered HAVING count() > 0""",
                "counted": """
SELECT least(intDiv(units, width), last_step) AS step, count() AS orders
FROM ordered CROSS JOIN scale GROUP BY step""",
                "steps": """
SELECT arrayJoin(range(last_step + 1)) AS step, step * width / 10000 AS value_from,
       if(step = last_step AND highest > last_step, NULL, (step + 1) * width / 10000) AS value_to
FROM scale""",
                "spread": """
SELECT value_from, value_to, counted.orders AS orders, counted.orders / sold.orders AS share_of_orders
FROM steps LEFT JOIN counted USING (step) CROSS JOIN sold ORDER BY step""",
                "buyers": BUYERS,
                "everybody": "SELECT * FROM buyers WHERE orders >= {min_orders:UInt16}",
                "best": """
SELECT *, toFloat64(revenue) / orders AS kept_aov, toFloat64(spent) / orders AS aov
FROM everybody ORDER BY kept_aov DESC, revenue DESC, customer_id LIMIT {limit:UInt32}""",
                "listed": once("best", "customer_id", "orders", "kept_aov", "aov", "revenue", "last_order"),
                **who("listed"),
                "rows": f"""
SELECT row_number() OVER (ORDER BY kept_aov DESC, revenue DESC, customer_id) AS rank,
       customer, name, orders, kept_aov, aov, revenue, last_order
FROM listed {WHO} ORDER BY rank""",
            },
            values=frame.values | {"min_orders": self.min_orders, "limit": self.limit},
            rows="rows",
            totals="totals",
            picture="spread",
            customers="everybody",
        )

    def interpret(self, found: Found) -> Found:
        """The compared period has steps of its own, which cannot be drawn over these."""
        found.before_picture = []
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if totals["orders"] == 1:
            return found.say("one", aov=found.money("aov"))
        sentence = found.say(
            "sentence",
            aov=found.money("aov"),
            median=found.money("median"),
            change=found.change_words("aov") or "none",
            shape=_shape(totals["aov"], totals["median"]),
        )
        if not found.rows:
            return sentence
        best = found.rows[0]
        customer = found.speaker.text(best["name"] or best["customer"])
        return f"{sentence} {found.say('best', customer=customer, value=found.money('kept_aov', best))}"


def _shape(mean: float, median: float) -> str:
    return "high" if mean >= APART * median else "low" if median >= APART * mean else "near"


OrderValue.example = OrderValue(min_orders=2, limit=20)
