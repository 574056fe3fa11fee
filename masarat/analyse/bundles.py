"""Bundles: which two products to sell together, and at which price."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.period import Compare
from masarat.analyse.together import SURE, found_rules, together
from masarat.models.bundling import offer
from masarat.models.rules import Rule
from masarat.store import Query, Row
from masarat.words import Words

DRAWN = 12  # bars that a picture holds


class Bundles(Analysis):
    """Which two or three products to sell as one, at which price, and how many more must be sold for it to pay.

    For the owner who plans an offer. Only sets that are truly bound are offered: the rules of `baskets` that are more than chance, with
    false discoveries held at 5 %. Prices are what a unit brought on average in the period, net of discounts; costs come from the catalogue. The
    discount is the largest of 20, 15, 10, 5 % and none that leaves at least `margin` of the price and pays if `take` of the orders with only a part of it
    take the rest.

    Who buys all of it anyway gets the discount too: *given away* is the discount times the orders that already hold all of it. Each further bundle
    brings the margin of what is missing, minus the discount. *To pay it back* is how many further bundles make up for what is given away; *extra
    profit* is what remains if `take` of the orders that hold only a part take the bundle. That share is an assumption of yours, not a forecast:
    nobody knows it before it is tried, so try the bundle on a part of your customers. What a set would be missing is taken as its cheapest
    product by margin, which is the careful side.

    Products without a known cost have no margin here: they are listed with a price without discount and a note says what to
    import. What is out of stock by its last count is left out.
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    size: int = Field(2, ge=2, le=3, description="Products of a bundle: 2, or up to 3.")
    least: int = Field(0, ge=0, description="Orders that a set must be in; 0 is five, and one in a thousand.")
    margin: float = Field(0.3, ge=0, lt=1, description="Least margin of the bundle, as a share of its price.")
    take: float = Field(
        0.05, gt=0, le=1, description="Share of the orders with a part of it that would take the bundle."
    )
    limit: int = Field(20, ge=1, le=1000, description="How many bundles to list.")

    view = "ranking"
    columns = (
        Column("bundle", "text"),
        Column("price", "money"),
        Column("full_price", "money"),
        Column("discount", "percent"),
        Column("profit", "money"),
        Column("margin_share", "percent"),
        Column("together", "count"),
        Column("open", "count"),
        Column("given_away", "money"),
        Column("needed", "count"),
        Column("extra_profit", "money"),
        Column("lift", "number"),
        Column("chance", "percent"),
    )
    numbers = (Column("bundles", "count"), Column("orders", "count"), Column("without_cost", "count"))
    picture = (Column("bundle", "text"), Column("worth", "money"))
    words = Words(
        en="""
title = Bundles
about = Which products to sell together, at which price, and how many more must be sold for it to pay.
param-size = Products of a bundle
param-least = Least orders
param-margin = Least margin
param-take = Share who take it
bundle = Bundle
price = Bundle price
    .formula = Prices of its products together, minus the discount
full_price = Bought singly
    .formula = Average net price of a unit of each product in the period, added up
discount = Discount
    .formula = Largest of 20, 15, 10, 5% that keeps the least margin and pays at the assumed share; none otherwise
profit = Profit of a bundle
    .formula = Bundle price minus the cost of its products
margin_share = Margin
    .formula = Profit of a bundle divided by its price
together = Bought so already
    .formula = Orders that hold all of it
open = Orders with a part
    .formula = Orders that hold its most bought product without the whole set
given_away = Given away
    .formula = Discount in money times the orders that hold all of it already
needed = To pay it back
    .formula = Given away, divided by what a further bundle brings: least margin of one of its products minus the discount
extra_profit = Extra profit, if
    .formula = Orders with a part × the assumed share × what a further bundle brings, minus what is given away
lift = Lift
    .formula = How many times as often as chance they are bought together
chance = Chance
    .formula = False discovery rate at which they would just be believed to be bound
bundles = Bundles
    .formula = Sets that are bought together more than chance allows
orders = Orders
    .formula = Paid orders that name their products
without_cost = Without cost
    .formula = Bundles with a product whose cost is not known
worth = Extra profit, if; without costs the revenue of the set
    .formula = What the bundle would bring at the assumed share; where a cost is not known nothing
sentence = Sell { $bundle } together for { $price }{ $discount ->
    [none] , without a discount
   *[other] , { $discount } less than singly
}: { $profit } profit each. { $needed ->
    [0] Nothing is given away.
    [one] It pays from one further bundle on; { $open } orders hold only a part of it.
   *[other] It pays from { $needed } further bundles on; { $open } orders hold only a part of it.
}
uncosted = { $bundle } are bound most, singly { $full }. Without their costs no discount can be advised.
none = No products are bound so that a bundle can be advised: too few orders hold the same products, or no more than chance brings.
note-costs = { $n ->
    [one] One bundle holds
   *[other] { $n } bundles hold
} a product whose cost is not known: import a product sheet with cost to see the margin.
note-assumed = That { $take } take the bundle is an assumption, not a forecast: try it on a part of your customers first.
""",
        ar="""
title = الباقات
about = أي المنتجات تُباع معًا، وبأي سعر، وكم باقة زائدة يلزم بيعها ليربح العرض.
param-size = منتجات الباقة
param-least = أقل عدد طلبات
param-margin = أقل هامش
param-take = حصة من يأخذها
bundle = الباقة
price = سعر الباقة
    .formula = أسعار منتجاتها مجتمعةً ناقص الخصم
full_price = السعر متفرقة
    .formula = مجموع متوسط صافي سعر الوحدة من كل منتج في الفترة
discount = الخصم
    .formula = الأكبر من 20 و15 و10 و5٪ مما يُبقي أقل هامش ويربح عند الحصة المفترضة؛ وإلا فلا خصم
profit = ربح الباقة
    .formula = سعر الباقة ناقص تكلفة منتجاتها
margin_share = الهامش
    .formula = ربح الباقة مقسومًا على سعرها
together = تُشترى كذلك الآن
    .formula = الطلبات التي فيها الباقة كلها
open = طلبات فيها بعضها
    .formula = الطلبات التي فيها أكثر منتجاتها مبيعًا دون الباقة كلها
given_away = ما يُتنازل عنه
    .formula = الخصم مالًا × الطلبات التي فيها الباقة كلها الآن
needed = لتعويضه
    .formula = ما يُتنازل عنه مقسومًا على ما تأتي به باقة زائدة: أقل هامش لأحد منتجاتها ناقص الخصم
extra_profit = ربح زائد إن صح الفرض
    .formula = الطلبات التي فيها بعضها × الحصة المفترضة × ما تأتي به باقة زائدة، ناقص ما يُتنازل عنه
lift = الرفع
    .formula = كم ضعفًا من المصادفة تُشترى معًا
chance = احتمال المصادفة
    .formula = معدل الاكتشاف الكاذب الذي يُقبل عنده ارتباطها
bundles = الباقات
    .formula = المجموعات التي تُشترى معًا أكثر من المصادفة
orders = الطلبات
    .formula = الطلبات المدفوعة التي تذكر منتجاتها
without_cost = بلا تكلفة
    .formula = باقات فيها منتج لا تُعرف تكلفته
worth = ربح زائد إن صح الفرض
    .formula = ما تأتي به الباقة عند الحصة المفترضة؛ ولا شيء حيث لا تُعرف تكلفة
sentence = بِع { $bundle } معًا بسعر { $price }{ $discount ->
    [none] ، بلا خصم
   *[other] ، أقل بنسبة { $discount } من شرائها متفرقة
}: وربح الباقة { $profit }. { $needed ->
    [0] ولا تتنازل عن شيء.
    [one] وتربح من باقة زائدة واحدة؛ والطلبات التي فيها بعضها فقط: { $open }.
    [two] وتربح من باقتين زائدتين؛ والطلبات التي فيها بعضها فقط: { $open }.
    [few] وتربح من { $needed } باقات زائدة؛ والطلبات التي فيها بعضها فقط: { $open }.
    [many] وتربح من { $needed } باقة زائدة؛ والطلبات التي فيها بعضها فقط: { $open }.
   *[other] وتربح من { $needed } باقة زائدة؛ والطلبات التي فيها بعضها فقط: { $open }.
}
uncosted = أقوى ما يرتبط { $bundle }، وسعرها متفرقة { $full }. ولا يُنصح بخصم ما لم تُعرف التكلفة.
none = لا منتجات مرتبطة ارتباطًا يُنصح معه بباقة: فالطلبات التي تجمعها قليلة أو لا تزيد على المصادفة.
note-costs = { $n ->
    [one] في باقة واحدة
    [two] في باقتين
    [few] في { $n } باقات
    [many] في { $n } باقة
   *[other] في { $n } باقة
} منتج لا تُعرف تكلفته: استورد جدول منتجات فيه التكلفة لترى الهامش.
note-assumed = أن يأخذ الباقة { $take } فرضٌ لا توقع: جرّبها على بعض عملائك أولًا.
""",
    )

    def query(self, frame: Frame) -> Query:
        return together(frame, self.size, self.least)

    def interpret(self, found: Found) -> Found:
        known = found.picture
        sets: dict[tuple[int, ...], Rule] = {}
        for rule in found_rules(found):
            if rule.chance < SURE:
                sets.setdefault(tuple(sorted(rule.first + rule.second)), rule)
        rows = [row for items, rule in sets.items() if (row := self._row(items, rule, known))]
        rows.sort(
            key=lambda row: (
                row["extra_profit"] is None,
                -(row["extra_profit"] or 0),
                row["chance"],
                row["bundle"],
            )
        )
        found.totals |= {"bundles": len(rows), "without_cost": sum(row["profit"] is None for row in rows)}
        found.rows = rows[: self.limit]
        found.picture = [
            {"bundle": row["bundle"], "worth": row["extra_profit"]}
            for row in found.rows[:DRAWN]
            if row["extra_profit"] is not None and row["extra_profit"] > 0
        ]
        return found

    def _row(self, items: tuple[int, ...], rule: Rule, known: list[Row]) -> dict[str, Any] | None:
        held = [known[place - 1] for place in items]
        if any(row["is_counted"] and row["stock"] <= 0 for row in held) or not all(
            row["price"] for row in held
        ):
            return None
        prices = [float(row["price"]) for row in held]
        costs = [float(row["cost"]) for row in held]
        part = max(row["orders"] for row in held) - rule.together
        offered = offer(prices, costs, rule.together, part, margin=self.margin, take=self.take)
        return {
            "bundle": " + ".join(str(row["name"]) for row in held),
            "full_price": sum(prices),
            "together": rule.together,
            "open": part,
            "lift": rule.lift,
            "chance": rule.chance,
            "price": offered.price if offered else sum(prices),
            "discount": offered.discount if offered else None,
            "profit": offered.profit if offered else None,
            "margin_share": offered.margin if offered else None,
            "given_away": offered.given_away if offered else None,
            "needed": offered.needed if offered else None,
            "extra_profit": offered.extra if offered else None,
        }

    def explain(self, found: Found) -> str:
        if not found.rows:
            return found.say("none")
        best, speak = found.rows[0], found.speaker
        bundle = speak.text(best["bundle"])
        if best["profit"] is None:
            return found.say("uncosted", bundle=bundle, full=found.money("full_price", best))
        return found.say(
            "sentence",
            bundle=bundle,
            price=found.money("price", best),
            discount=speak.percent(best["discount"]) if best["discount"] else "none",
            profit=found.money("profit", best),
            needed=best["needed"],
            open=best["open"],
        )

    def notes(self, found: Found) -> list[str]:
        notes = [found.say("note-assumed", take=found.speaker.percent(self.take))] if found.rows else []
        missing = found.totals["without_cost"]
        return [*notes, found.say("note-costs", n=missing)] if missing else notes


Bundles.example = Bundles(limit=20)
