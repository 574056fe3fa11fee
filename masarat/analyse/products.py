"""Products: what sells, what stopped selling, what comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.store import Query
from masarat.words import Words

Sort = Literal["best", "slow", "returned"]

DRAWN = 12  # bars that a picture holds
TOP = 10  # products whose share of revenue is told
FADED = 0.5  # of its usual pace: below it a product sells slowly

# What each order of the list shows, and what it is ordered by.
LISTS: dict[Sort, tuple[str, str]] = {
    "best": ("gross != 0 OR refunds != 0", "net"),
    "slow": ("missing > 0", "missing"),
    "returned": ("refunds > 0", "refunds"),
}


class Products(Analysis):
    """Which products sell best, which have stopped selling, and which come back.

    For the owner who decides what to order, what to show first and what to stop. Each order line counts for its product: what
    was sold, and what was given back on the day it was given back. A product is known by its id (SKU); it is shown under the
    catalogue's name in the language of the answer, else under the name most lines carry. Postage, discounts and fees that
    stand as lines are products here: see at once what they cost.

    `sort=best` orders by net revenue. `sort=slow` lists what sold before the last `slow_days` days of the period and since
    then brought less than half of its usual revenue for so many days, the largest shortfall first; the usual pace is its
    average since its first sale, over at least `slow_days` days. `sort=returned` orders by money given back. Lines of free
    orders are left out, and money that names no product is told in a note, never spread over products. A slow product may be
    out of stock or out of season: look before you decide.
    """

    sort: Sort = Field("best", description="Which list: what sells best, what slowed down, what comes back.")
    limit: int = Field(50, ge=1, le=10_000, description="How many products to list.")
    min_orders: int = Field(0, ge=0, description="Only products with at least so many orders in the period.")
    slow_days: int = Field(
        30, ge=1, le=366, description="How many last days tell whether a product slowed down."
    )

    view = "ranking"
    columns = (
        Column("name", "text"),
        Column("product", "text"),
        Column("net", "money"),
        Column("share", "percent"),
        Column("change", "percent"),
        Column("quantity", "number"),
        Column("gross", "money"),
        Column("refunds", "money"),
        Column("return_rate", "percent"),
        Column("orders", "count"),
        Column("customers", "count"),
        Column("recent", "money"),
        Column("usual", "money"),
        Column("first_sale", "date"),
        Column("last_sale", "date"),
    )
    numbers = (
        Column("products", "count"),
        Column("quantity", "number"),
        Column("gross", "money"),
        Column("refunds", "money"),
        Column("return_rate", "percent"),
        Column("top_share", "percent"),
        Column("slow_products", "count"),
    )
    picture = (Column("name", "text"), Column("amount", "money"))
    words = Words(
        en="""
title = Products
about = What sells best, what stopped selling, and what comes back.
param-sort = List
param-min_orders = Least orders
param-slow_days = Days that tell a slow product
product = Product code
net = Net revenue
    .formula = Revenue of the product's lines minus what was given back for it, by the date it was given back
share = Share of revenue
    .formula = Net revenue of the product divided by the net revenue of all products
change = Change
    .formula = Net revenue against the compared period
quantity = Units sold
    .formula = Units on the lines of completed orders; units that came back are not taken off
gross = Gross revenue
    .formula = Revenue of the product's lines in completed orders
refunds = Refunds
    .formula = Money given back for the product's lines, by the date it was given back
return_rate = Return rate
    .formula = Units that came back in the period divided by units sold in it
orders = Orders
    .formula = Completed orders that hold the product
customers = Customers
    .formula = Different identified customers who bought the product
recent = Lately
    .formula = Net revenue of the last days of the period (slow_days: 30 unless told otherwise)
usual = Usually
    .formula = Average net revenue of as many days, from the first sale until those last days
first_sale = First sale
last_sale = Last sale
products = Products sold
    .formula = Different products on completed orders
top_share = Share of the top ten
    .formula = Net revenue of the ten products that bring most, divided by that of all products
slow_products = Slow products
    .formula = Products that lately brought less than half of their usual revenue
amount = Amount
    .formula = What the list is ordered by: net revenue, missing revenue (usually minus lately), or refunds
best = { $name } sells best: { $amount }, { $share } of product revenue{ $change ->
    [none] { "" }
   *[other] , { $change } on the period before
}. { $products ->
    [one] It is the only product sold.
   *[other] { $products } products were sold; the top ten bring { $top_share } of the revenue.
}
slow = { $slow ->
    [0] No product sells slower than it used to.
    [one] One product brought less than half of its usual revenue in { $days }: { $name }, { $amount } short.
   *[other] { $slow } products brought less than half of their usual revenue in { $days }; { $name } fell most, { $amount } short.
}
returned = { $refunds } was given back for products, and { $rate } of the units sold came back. Most was given back for { $name }: { $amount }.
returned-none = Nothing came back.
no-lines = No order of this period names its products.
unnamed = { $amount } of net revenue names no product and is not in this list.
""",
        ar="""
title = المنتجات
about = ما الأكثر مبيعًا، وما الذي توقف بيعه، وما الذي يُعاد.
param-sort = القائمة
param-min_orders = أقل عدد طلبات
param-slow_days = أيام الحكم بالبطء
product = رمز المنتج
net = صافي الإيرادات
    .formula = إيرادات بنود المنتج ناقص ما أُعيد عنه، بتاريخ إعادته
share = الحصة من الإيرادات
    .formula = صافي إيرادات المنتج مقسومًا على صافي إيرادات المنتجات كلها
change = التغيّر
    .formula = صافي الإيرادات قياسًا إلى فترة المقارنة
quantity = الوحدات المبيعة
    .formula = الوحدات في بنود الطلبات المكتملة؛ لا يُطرح منها ما أُعيد
gross = إجمالي الإيرادات
    .formula = إيرادات بنود المنتج في الطلبات المكتملة
refunds = المرتجعات
    .formula = ما أُعيد من مال عن بنود المنتج، بتاريخ إعادته
return_rate = نسبة الإرجاع
    .formula = الوحدات التي أُعيدت في الفترة مقسومة على ما بيع فيها
orders = الطلبات
    .formula = الطلبات المكتملة التي فيها المنتج
customers = العملاء
    .formula = عدد العملاء المعروفين الذين اشتروا المنتج
recent = مؤخرًا
    .formula = صافي إيرادات الأيام الأخيرة من الفترة (slow_days، وهي 30 ما لم يُذكر غيرها)
usual = المعتاد
    .formula = متوسط صافي الإيرادات لعدد الأيام نفسه، من أول بيع حتى تلك الأيام
first_sale = أول بيع
last_sale = آخر بيع
products = المنتجات المبيعة
    .formula = عدد المنتجات المختلفة في الطلبات المكتملة
top_share = حصة العشرة الأولى
    .formula = صافي إيرادات المنتجات العشرة الأكثر دخلًا مقسومًا على صافي إيرادات المنتجات كلها
slow_products = منتجات بطيئة
    .formula = منتجات جلبت مؤخرًا أقل من نصف إيراداتها المعتادة
amount = المبلغ
    .formula = ما رُتبت به القائمة: صافي الإيرادات، أو النقص عن المعتاد، أو المرتجعات
best = الأكثر مبيعًا { $name }: جلب { $amount }، أي { $share } من إيرادات المنتجات{ $change ->
    [none] { "" }
   *[other] ، { $change } عن الفترة السابقة
}. { $products ->
    [one] وهو المنتج الوحيد الذي بيع.
    [two] وقد بيع منتجان، وحصة العشرة الأولى { $top_share } من الإيرادات.
    [few] وقد بيعت { $products } منتجات، وحصة العشرة الأولى { $top_share } من الإيرادات.
    [many] وقد بيع { $products } منتجًا، وحصة العشرة الأولى { $top_share } من الإيرادات.
   *[other] وقد بيع { $products } منتج، وحصة العشرة الأولى { $top_share } من الإيرادات.
}
slow = { $slow ->
    [zero] لا منتج أبطأ من عادته.
    [one] منتج واحد جلب أقل من نصف المعتاد في { $days }: { $name }، بنقص { $amount }.
    [two] منتجان جلبا أقل من نصف المعتاد في { $days }، وأكثرهما نقصًا { $name }: { $amount }.
    [few] { $slow } منتجات جلبت أقل من نصف المعتاد في { $days }، وأكثرها نقصًا { $name }: { $amount }.
    [many] { $slow } منتجًا جلبت أقل من نصف المعتاد في { $days }، وأكثرها نقصًا { $name }: { $amount }.
   *[other] { $slow } منتج جلبت أقل من نصف المعتاد في { $days }، وأكثرها نقصًا { $name }: { $amount }.
}
returned = أُعيد عن المنتجات { $refunds }، وعاد { $rate } من الوحدات المبيعة. وأكثر ما أُعيد عنه { $name }: { $amount }.
returned-none = لم يُعَد شيء.
no-lines = لا طلب في هذه الفترة يذكر منتجاته.
unnamed = { $amount } من صافي الإيرادات لا تذكر منتجًا، فليست في هذه القائمة.
""",
    )

    def query(self, frame: Frame) -> Query:
        shown, order = LISTS[self.sort]
        before = frame.before
        return Query(
            steps={
                "sales": frame.sales(history=True),
                "lines": LINES.format(
                    compared="day BETWEEN {before_first:Date} AND {before_last:Date}" if before else "0"
                ),
                "catalogue": CATALOGUE.format(
                    title="if(name_ar != '', name_ar, name)" if frame.language == "ar" else "name"
                ),
                "by_product": BY_PRODUCT,
                "ranked": RANKED,
                "orders_made": """
SELECT countIf(is_order AND in_period) AS orders, countIf(is_order AND in_period AND customer_id = 0) AS unidentified,
       sumIf(net, in_period) AS net_of_orders
FROM sales""",
                "totals": TOTALS,
                "listed": f"""
SELECT * FROM ranked WHERE ({shown}) AND orders >= {{min_orders:UInt64}}
ORDER BY {order} DESC, product LIMIT {{limit:UInt64}}""",
            },
            values=frame.values
            | {
                "before_first": before.first if before else frame.period.first,
                "before_last": before.last if before else frame.period.first,
                "recent_from": frame.period.last - timedelta(days=self.slow_days - 1),
                "slow_days": self.slow_days,
                "faded": FADED,
                "top": TOP,
                "min_orders": self.min_orders,
                "limit": self.limit,
            },
            rows="listed",
            totals="totals",
        )

    def interpret(self, found: Found) -> Found:
        """The picture is the head of the list."""
        order = LISTS[self.sort][1]
        found.picture = [{"name": row["name"], "amount": row[order]} for row in found.rows[:DRAWN]]
        return found

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        if not totals["products"] and not found.rows:
            return found.say("no-lines")
        first = found.picture[0] if found.picture else {"name": "", "amount": None}
        words = {"name": speak.text(str(first["name"])), "amount": found.money("amount", first)}
        if self.sort == "slow":
            days = found.say("last-days", n=self.slow_days)
            return found.say("slow", slow=totals["slow_products"], days=days, **words)
        if self.sort == "returned":
            rate = found.percent("return_rate")
            none = "returned" if found.rows else "returned-none"
            return found.say(none, refunds=found.money("refunds"), rate=rate, **words)
        return self._best(found, words)

    def _best(self, found: Found, words: dict[str, str]) -> str:
        if not found.rows:
            return found.say("no-lines")
        first = found.rows[0]
        return found.say(
            "best",
            share=found.percent("share", first),
            change=found.change_in_words(first["change"]) or "none",
            products=found.totals["products"],
            top_share=found.percent("top_share"),
            **words,
        )

    def notes(self, found: Found) -> list[str]:
        unnamed = found.totals["unnamed"]
        return [found.say("unnamed", amount=found.money("unnamed"))] if abs(unnamed) >= 1 else []


# One row a line that money moved for. `nth` is 1 on the first line of a product in its order, so that the order counts once.
LINES = """
SELECT product, title, nth, customer_id, day, is_order, in_period, amount,
       refund != 0 OR quantity < 0 AS returned, abs(quantity) AS units, day >= {{recent_from:Date}} AS is_recent,
       {compared} AS is_compared
FROM sales
ARRAY JOIN product_ids AS product, product_names AS title, product_quantities AS quantity, product_revenues AS amount,
           arrayEnumerateUniq(product_ids) AS nth
WHERE net != 0 AND product != ''"""

CATALOGUE = """
SELECT product_id AS product, argMaxIf({title}, (ts, source), {title} != '') AS known_as FROM products GROUP BY product_id"""

# The name that most lines carry; among equals the first in order.
BY_PRODUCT = """
SELECT product, sumMapIf([title], [toUInt64(1)], title != '') AS titles,
       arraySort((name, lines) -> (-lines, name), tupleElement(titles, 1), tupleElement(titles, 2))[1] AS most_called,
       sumIf(units, in_period AND NOT returned) AS quantity, sumIf(units, in_period AND returned) AS returned_units,
       sumIf(amount, in_period AND NOT returned) AS gross, -sumIf(amount, in_period AND returned) AS refunds,
       gross - refunds AS net, sumIf(amount, is_compared) AS net_before,
       countIf(in_period AND is_order AND nth = 1) AS orders,
       uniqExactIf(customer_id, in_period AND is_order AND customer_id != 0) AS customers,
       minIfOrNull(day, is_order) AS first_sale, maxIfOrNull(day, is_order) AS last_sale,
       sumIf(amount, is_recent) AS recent, toFloat64(sumIf(amount, NOT is_recent)) * {slow_days:UInt32}
           / greatest(dateDiff('day', first_sale, {recent_from:Date}), {slow_days:UInt32}) AS usual
FROM lines GROUP BY product"""

RANKED = """
SELECT *, if(known_as != '', known_as, if(most_called != '', most_called, product)) AS name,
       if(first_sale < {recent_from:Date} AND recent < {faded:Float64} * usual, usual - toFloat64(recent), 0) AS missing,
       toFloat64(net) / nullIf(toFloat64(sum(net) OVER ()), 0) AS share,
       toFloat64(net - net_before) / nullIf(abs(toFloat64(net_before)), 0) AS change,
       toFloat64(returned_units) / nullIf(toFloat64(quantity), 0) AS return_rate,
       row_number() OVER (ORDER BY net DESC, product) AS place
FROM by_product LEFT JOIN catalogue USING (product)"""

TOTALS = """
SELECT *, net_of_orders - net_of_products AS unnamed FROM (
    SELECT countIf(orders > 0) AS products, sum(quantity) AS quantity, sum(gross) AS gross, sum(refunds) AS refunds,
           toFloat64(sum(returned_units)) / nullIf(toFloat64(quantity), 0) AS return_rate,
           toFloat64(sumIf(net, place <= {top:UInt32})) / nullIf(toFloat64(sum(net)), 0) AS top_share,
           countIf(missing > 0) AS slow_products, sum(net) AS net_of_products
    FROM ranked
) AS of_products CROSS JOIN orders_made"""

Products.example = Products(limit=20)
