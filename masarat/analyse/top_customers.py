"""The customers who bring the most, and how much of the revenue they are."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.people import BUYERS, SOLD, WHO, once, who
from masarat.store import Query
from masarat.words import Words

FEW = 20  # customers; below this 80/20 says nothing
CLOSE = (0.70, 0.90)  # share of the top 20 % that is still called close to 80/20


class TopCustomers(Analysis):
    """Who the best customers are, and what part of the revenue they bring: is it 80/20?

    For the owner who asks whom to call, and how much hangs on a few. Customers are the identified ones with an order in the
    period, ranked by net revenue. The curve and the shares are the true ones, from every customer and not from a fitted law: the top
    20 % of 4,338 are the first 868 of the ranking (part of a customer is rounded up to a whole one). Between 70 % and
    90 % for the top 20 % is called close to 80/20 (Pareto's observation). Gini is 0 where all bring the same and approaches 1
    where one brings all (Gini 1912, without small-sample correction).

    A customer who was given back more than he paid keeps his negative revenue in the list, and counts as zero in shares, curve and
    Gini, which have no meaning below zero. Orders that name no customer are left out of all of it.
    """

    limit: int = Field(100, ge=1, le=10_000, description="How many customers to list.")

    view = "curve"
    columns = (
        Column("rank", "count"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("orders", "count"),
        Column("revenue", "money"),
        Column("share", "percent"),
        Column("cumulative_share", "percent"),
        Column("last_order", "date"),
    )
    numbers = (
        Column("customers", "count"),
        Column("top_1", "percent"),
        Column("top_5", "percent"),
        Column("top_10", "percent"),
        Column("top_20", "percent"),
        Column("customers_for_80", "count"),
        Column("gini", "number"),
    )
    picture = (Column("share_of_customers", "percent"), Column("share", "percent"))
    words = Words(
        en="""
title = Top customers
about = Who brings the most revenue, and is it 80/20?
top_1 = Share of the top 1%
    .formula = Revenue of the top 1% of customers (rounded up to whole customers) divided by the revenue of all identified customers
top_5 = Share of the top 5%
    .formula = Revenue of the top 5% of customers (rounded up to whole customers) divided by the revenue of all identified customers
top_10 = Share of the top 10%
    .formula = Revenue of the top 10% of customers (rounded up to whole customers) divided by the revenue of all identified customers
top_20 = Share of the top 20%
    .formula = Revenue of the top 20% of customers (rounded up to whole customers) divided by the revenue of all identified customers
customers_for_80 = Customers who make 80%
    .formula = The fewest customers, taken from the top, whose revenue reaches 80% of the revenue of all identified customers
gini = Gini coefficient
    .formula = Twice the area between the curve and the line of equality: 0 where all customers bring the same, near 1 where one brings all
sentence = The top { $top } of customers, { $count ->
    [one] one customer, brings
   *[other] { $count } customers, bring
} { $share } of revenue{ $before ->
    [none] { "" }
   *[other] , against { $before } in the period before
}: { $shape ->
    [close] close to 80/20
    [steep] more concentrated than 80/20
    [flat] more evenly spread than 80/20
   *[small] too few customers to speak of 80/20
}.
nothing-left = Refunds took back all that the customers of this period paid.
eighty = { $count ->
    [one] One customer makes
   *[other] { $count } customers make
} 80% of it.
note-negative = { $count ->
    [one] One customer was given back more than he paid; he counts
   *[other] { $count } customers were given back more than they paid; they count
} as zero in the shares.
""",
        ar="""
title = أفضل العملاء
about = من يأتي بأكثر الإيرادات؟ وهل تصدق قاعدة 80/20؟
top_1 = حصة أعلى 1٪
    .formula = إيرادات أعلى 1٪ من العملاء (ويُجبر الكسر إلى عميل كامل) مقسومة على إيرادات العملاء المعروفين كلهم
top_5 = حصة أعلى 5٪
    .formula = إيرادات أعلى 5٪ من العملاء (ويُجبر الكسر إلى عميل كامل) مقسومة على إيرادات العملاء المعروفين كلهم
top_10 = حصة أعلى 10٪
    .formula = إيرادات أعلى 10٪ من العملاء (ويُجبر الكسر إلى عميل كامل) مقسومة على إيرادات العملاء المعروفين كلهم
top_20 = حصة أعلى 20٪
    .formula = إيرادات أعلى 20٪ من العملاء (ويُجبر الكسر إلى عميل كامل) مقسومة على إيرادات العملاء المعروفين كلهم
customers_for_80 = من يصنعون 80٪
    .formula = أقل عدد من العملاء، بدءًا من الأعلى، تبلغ إيراداتهم 80٪ من إيرادات العملاء المعروفين كلهم
gini = معامل جيني
    .formula = ضعف المساحة بين المنحنى وخط التساوي: صفر إن تساوى العملاء، ويقارب الواحد إن انفرد بالإيرادات عميل
sentence = أعلى { $top } من العملاء، { $count ->
    [one] وهو عميل واحد، يأتي
    [two] وهما عميلان، يأتيان
    [few] وهم { $count } عملاء، يأتون
    [many] وهم { $count } عميلًا، يأتون
   *[other] وهم { $count } عميل، يأتون
} بنسبة { $share } من الإيرادات{ $before ->
    [none] { "" }
   *[other] ، وكانت الحصة { $before } في الفترة السابقة
}: { $shape ->
    [close] قريب من قاعدة 80/20
    [steep] أشد تركّزًا من قاعدة 80/20
    [flat] أوسع توزّعًا من قاعدة 80/20
   *[small] والعملاء أقل من أن تُقاس عليهم قاعدة 80/20
}.
nothing-left = لم يبقَ مما دفعه عملاء هذه الفترة شيء بعد المرتجعات.
eighty = { $count ->
    [one] وعميل واحد يصنع 80٪ منها
    [two] وعميلان يصنعان 80٪ منها
    [few] و{ $count } عملاء يصنعون 80٪ منها
    [many] و{ $count } عميلًا يصنعون 80٪ منها
   *[other] و{ $count } عميل يصنعون 80٪ منها
}.
note-negative = { $count ->
    [one] عميل واحد أُعيد له أكثر مما دفع، فحُسب صفرًا
    [two] عميلان أُعيد لهما أكثر مما دفعا، فحُسبا صفرًا
    [few] { $count } عملاء أُعيد لهم أكثر مما دفعوا، فحُسبوا أصفارًا
    [many] { $count } عميلًا أُعيد لهم أكثر مما دفعوا، فحُسبوا أصفارًا
   *[other] { $count } عميل أُعيد لهم أكثر مما دفعوا، فحُسبوا أصفارًا
} في الحصص.
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "sales": frame.sales(),
                "sold": SOLD,
                "buyers": BUYERS,
                "ranking": """
SELECT *, greatest(revenue, 0) AS worth, row_number() OVER ranked AS rank, count() OVER () AS everybody,
       nullIf(toFloat64(sum(worth) OVER ()), 0) AS whole, toFloat64(worth) / whole AS share,
       toFloat64(sum(worth) OVER ranked) / whole AS cumulative_share
FROM buyers
WINDOW ranked AS (ORDER BY revenue DESC, customer_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)""",
                "shares": f"""
SELECT count() AS customers, {", ".join(map(_top, (1, 5, 10, 20)))},
       minIf(rank, cumulative_share >= 0.8) AS customers_for_80,
       (customers + 1 - 2 * toFloat64(sum(worth * rank)) / any(whole)) / customers AS gini,
       intDiv(customers * 20 + 99, 100) AS top_customers, countIf(revenue < 0) AS negative
FROM ranking""",
                "totals": "SELECT * FROM shares CROSS JOIN sold",
                "curve": """
SELECT * FROM (
    SELECT toFloat64(0) AS share_of_customers, toFloat64(0) AS share
    UNION ALL
    SELECT rank / everybody, cumulative_share FROM ranking
    WHERE intDiv(rank * 100, everybody) > intDiv((rank - 1) * 100, everybody)
) ORDER BY share_of_customers""",
                "best": "SELECT * FROM ranking WHERE rank <= {limit:UInt32}",
                "listed": once(
                    "best",
                    "rank",
                    "customer_id",
                    "orders",
                    "revenue",
                    "share",
                    "cumulative_share",
                    "last_order",
                ),
                **who("listed"),
                "rows": f"""
SELECT rank, customer, name, orders, revenue, share, cumulative_share, last_order
FROM listed {WHO} ORDER BY rank""",
            },
            values=frame.values | {"limit": self.limit},
            rows="rows",
            totals="totals",
            picture="curve",
            customers="ranking",
        )

    def explain(self, found: Found) -> str:
        totals, share = found.totals, found.totals["top_20"]
        if share is None:
            return found.say("nothing-left" if totals["customers"] else "no-customers")
        before = found.before.get("top_20")
        sentence = found.say(
            "sentence",
            top=found.speaker.percent(0.2),
            count=totals["top_customers"],
            share=found.percent("top_20"),
            before="none" if before is None else found.speaker.percent(before),
            shape=_shape(share, totals["customers"]),
        )
        return f"{sentence} {found.say('eighty', count=totals['customers_for_80'])}"

    def notes(self, found: Found) -> list[str]:
        negative = found.totals["negative"]
        return [found.say("note-negative", count=negative)] if negative else []


def _top(percent: int) -> str:
    """The share of the top percent, which is at least one customer."""
    return f"maxIf(cumulative_share, rank = intDiv(everybody * {percent} + 99, 100)) AS top_{percent}"


def _shape(share: float, customers: int) -> str:
    if customers < FEW:
        return "small"
    low, high = CLOSE
    return "flat" if share < low else "steep" if share > high else "close"


TopCustomers.example = TopCustomers(limit=20)
