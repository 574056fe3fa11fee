"""Baskets: which products are bought in one order, more than chance allows."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.period import Compare
from masarat.analyse.together import MOST, SURE, found_rules, together
from masarat.models.rules import Rule
from masarat.store import Query, Row
from masarat.words import Words

DRAWN = 12  # bars that a picture holds


class Baskets(Analysis):
    """Which products are bought in the same order: pairs and threes, with how much more often than chance and how sure that is.

    For whoever arranges shelves and pages, writes "goes well with", or puts offers together. A basket is a paid order that names its
    products, each product once. *Support* is the share of orders that hold all products of the rule; *confidence* the share of the orders with
    the first that hold the second too, with its 95 % interval (Wilson 1927); *lift* is that share divided by the second product's share of all
    orders: 2 is twice as often as chance. Its interval is by the delta method on the logarithm. *Extra orders* are those above chance.

    Only sets in at least `least` orders are counted (0: five, and one order in a thousand). A rule is listed where it is believed: Fisher's exact
    test, one-sided, with false discoveries held at 5 % over every pair of products looked at (Benjamini and Hochberg 1995). A rule of
    three must say more than each shorter rule to the same end (Webb 2007), so that what two of them explain is not told again. `sure=no` lists
    the others too. The most extra orders come first.

    Orders with more than 100 products are a wholesaler's, in which all goes with all: they are left out and a note says so. At most
    5,000 products are looked at, those in most orders. Bought together does not mean that offering one sells the other: try it.
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    size: int = Field(3, ge=2, le=3, description="Products of the largest set: 2 or 3.")
    least: int = Field(0, ge=0, description="Orders that a set must be in; 0 is five, and one in a thousand.")
    min_lift: float = Field(1.0, ge=1, le=1000, description="Only rules with at least this lift.")
    sure: bool = Field(True, description="Only rules that are more than chance.")
    product: str = Field("", description="Only rules with this product, by code or name.")
    limit: int = Field(50, ge=1, le=10_000, description="How many rules to list.")

    view = "ranking"
    columns = (
        Column("first", "text"),
        Column("second", "text"),
        Column("extra", "number"),
        Column("lift", "number"),
        Column("lift_least", "number"),
        Column("confidence", "percent"),
        Column("confidence_least", "percent"),
        Column("confidence_most", "percent"),
        Column("support", "percent"),
        Column("together", "count"),
        Column("first_orders", "count"),
        Column("second_orders", "count"),
        Column("chance", "percent"),
    )
    numbers = (
        Column("orders", "count"),
        Column("mixed_share", "percent"),
        Column("products_each", "number"),
        Column("found", "count"),
    )
    picture = (Column("rule", "text"), Column("extra", "number"))
    words = Words(
        en="""
title = Bought together
about = Which products are bought in one order, how much more often than chance, and how sure that is.
param-size = Largest set
param-least = Least orders
param-min_lift = Least lift
param-sure = Only sure rules
param-product = With this product
first = Who buys
second = also buys
rule = Rule
extra = Extra orders
    .formula = Orders that hold all of them, minus those that chance would bring: orders with the first × orders with the second ÷ all orders
lift = Lift
    .formula = Confidence divided by the second product's share of all orders: 1 is chance
lift_least = Lift, at least
    .formula = Lower end of the 95% interval of the lift
confidence = Confidence
    .formula = Of the orders with the first the share that hold the second too
confidence_least = Confidence, at least
    .formula = Lower end of its 95% interval (Wilson)
confidence_most = Confidence, at most
    .formula = Upper end of its 95% interval (Wilson)
support = Support
    .formula = Share of orders that hold all of them
together = Together
    .formula = Orders that hold all of them
first_orders = Orders with the first
    .formula = Orders that hold all products of the first column
second_orders = Orders with the second
    .formula = Orders that hold the product of the second column
chance = Chance
    .formula = False discovery rate at which the rule would just be believed: below 5% it is more than chance
orders = Orders
    .formula = Paid orders that name their products, at most 100 each
mixed_share = With several products
    .formula = Share of these orders with more than one product
products_each = Products an order
    .formula = Different products in an order, on average
found = Rules found
    .formula = Rules that are more than chance
sentence = { $found ->
    [one] One rule is
   *[other] { $found } rules are
} more than chance. The strongest: who buys { $first } also buys { $second } in { $confidence } of orders, { $lift } times as often as chance ({ $together } orders).
none = No products are bought together more often than chance allows: there is too little data, or nothing that binds them. { $orders ->
    [one] One order
   *[other] { $orders } orders
} with { $each } products on average were looked at; a set needs at least { $threshold }.
only-unsure = No rule is sure yet; those listed may be chance.
note-wholesale = { $n ->
    [one] One order with more than 100 products is
   *[other] { $n } orders with more than 100 products are
} left out: in a wholesaler's order all goes with all.
note-not-cause = Bought together does not mean that offering one sells the other: try it on a part of your customers.
note-many = Only the { $n } products in most orders were looked at.
""",
        ar="""
title = ما يُشترى معًا
about = أي المنتجات تجتمع في الطلب الواحد، وبكم يزيد ذلك على المصادفة، وما مدى الثقة به.
param-size = أكبر مجموعة
param-least = أقل عدد طلبات
param-min_lift = أقل رفع
param-sure = المؤكد فقط
param-product = ما فيه هذا المنتج
first = من يشتري
second = يشتري معه
rule = القاعدة
extra = طلبات زائدة
    .formula = الطلبات التي تجمعها ناقص ما تأتي به المصادفة: طلبات الأول × طلبات الثاني ÷ كل الطلبات
lift = الرفع
    .formula = الثقة مقسومة على حصة المنتج الثاني من كل الطلبات؛ والواحد مصادفة
lift_least = الرفع على الأقل
    .formula = الحد الأدنى لمجال الرفع بنسبة 95٪
confidence = الثقة
    .formula = حصة ما فيه الثاني من الطلبات التي فيها الأول
confidence_least = الثقة على الأقل
    .formula = الحد الأدنى لمجالها بنسبة 95٪ (ويلسون)
confidence_most = الثقة على الأكثر
    .formula = الحد الأعلى لمجالها بنسبة 95٪ (ويلسون)
support = الدعم
    .formula = حصة الطلبات التي تجمعها كلها
together = معًا
    .formula = الطلبات التي تجمعها كلها
first_orders = طلبات الأول
    .formula = الطلبات التي فيها منتجات العمود الأول كلها
second_orders = طلبات الثاني
    .formula = الطلبات التي فيها منتج العمود الثاني
chance = احتمال المصادفة
    .formula = معدل الاكتشاف الكاذب الذي تُقبل عنده القاعدة؛ وما دون 5٪ يزيد على المصادفة
orders = الطلبات
    .formula = الطلبات المدفوعة التي تذكر منتجاتها، ولا تزيد على 100 منتج في الطلب
mixed_share = فيها أكثر من منتج
    .formula = حصة الطلبات التي فيها أكثر من منتج
products_each = منتجات الطلب
    .formula = متوسط عدد المنتجات المختلفة في الطلب
found = القواعد
    .formula = القواعد التي تزيد على المصادفة
sentence = { $found ->
    [one] قاعدة واحدة تزيد
    [two] قاعدتان تزيدان
    [few] { $found } قواعد تزيد
    [many] { $found } قاعدة تزيد
   *[other] { $found } قاعدة تزيد
} على المصادفة. وأقواها: من يشتري { $first } يشتري معه { $second } في { $confidence } من الطلبات، أي { $lift } ضعف المصادفة (الطلبات: { $together }).
none = لا منتجات تجتمع أكثر مما تأتي به المصادفة: إما أن البيانات قليلة أو أن لا شيء يربط بينها. نظرنا في { $orders ->
    [one] طلب واحد
    [two] طلبين
    [few] { $orders } طلبات
    [many] { $orders } طلبًا
   *[other] { $orders } طلب
} بمتوسط { $each } من المنتجات، وأقل ما يلزم للمجموعة من الطلبات: { $threshold }.
only-unsure = لا قاعدة مؤكدة بعد، وقد يكون ما في القائمة مصادفة.
note-wholesale = { $n ->
    [one] تُرك طلب واحد فيه
    [two] تُرك طلبان فيهما
    [few] تُركت { $n } طلبات فيها
    [many] تُرك { $n } طلبًا فيها
   *[other] تُرك { $n } طلب فيها
} أكثر من 100 منتج: ففي طلب تاجر الجملة يجتمع كل شيء مع كل شيء.
note-not-cause = الشراء معًا لا يعني أن عرض أحدهما يبيع الآخر: جرّب على بعض عملائك أولًا.
note-many = نظرنا في المنتجات الأكثر حضورًا في الطلبات فقط، وعددها { $n }.
""",
    )

    def query(self, frame: Frame) -> Query:
        return together(frame, self.size, self.least)

    def interpret(self, found: Found) -> Found:
        known, all_ = found.picture, found_rules(found)
        found.totals["found"] = sum(rule.chance < SURE for rule in all_)
        found.totals["products"] = len(known)
        kept = [rule for rule in all_ if (rule.chance < SURE or not self.sure) and rule.lift >= self.min_lift]
        if self.product:
            wanted = {
                place for place, row in enumerate(known, 1) if self.product in (row["product"], row["name"])
            }
            kept = [rule for rule in kept if wanted & {*rule.first, *rule.second}]
        kept.sort(key=lambda rule: (rule.chance >= SURE, -rule.beyond, -rule.lift, rule.first, rule.second))
        found.rows = [_row(rule, known) for rule in kept[: self.limit]]
        found.picture = _drawn(kept, known)
        return found

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        if not found.rows:
            told = {"each": speak.number(totals["products_each"]), "threshold": totals["threshold"]}
            return found.say("none", orders=totals["orders"], **told)
        if not totals["found"]:
            return found.say("only-unsure")
        best = found.rows[0]
        return found.say(
            "sentence",
            found=totals["found"],
            first=speak.text(best["first"]),
            second=speak.text(best["second"]),
            confidence=found.percent("confidence", best),
            lift=speak.number(round(best["lift"], 1)),
            together=best["together"],
        )

    def notes(self, found: Found) -> list[str]:
        notes = [found.say("note-not-cause")] if found.rows else []
        if found.totals["wholesale"]:
            notes.append(found.say("note-wholesale", n=found.totals["wholesale"]))
        if found.totals["products"] == MOST:
            notes.append(found.say("note-many", n=MOST))
        return notes


def _names(items: tuple[int, ...], known: list[Row]) -> str:
    return " + ".join(str(known[place - 1]["name"]) for place in items)


def _row(rule: Rule, known: list[Row]) -> Row:
    low, high = rule.bounds
    return {
        "first": _names(rule.first, known),
        "second": _names(rule.second, known),
        "extra": round(rule.beyond, 1),
        "lift": rule.lift,
        "lift_least": rule.lift_bounds[0],
        "confidence": rule.confidence,
        "confidence_least": low,
        "confidence_most": high,
        "support": rule.support,
        "together": rule.together,
        "first_orders": rule.of_first,
        "second_orders": rule.of_second,
        "chance": rule.chance,
    }


def _drawn(kept: list[Rule], known: list[Row]) -> list[Row]:
    """The strongest sets, each once."""
    drawn: dict[tuple[int, ...], Row] = {}
    for rule in kept:
        items = tuple(sorted(rule.first + rule.second))
        drawn.setdefault(
            items, {"rule": _names(rule.first + rule.second, known), "extra": round(rule.beyond, 1)}
        )
    return list(drawn.values())[:DRAWN]


Baskets.example = Baskets(size=2, least=2, sure=False, limit=20)
