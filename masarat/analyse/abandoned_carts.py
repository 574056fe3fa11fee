"""Carts that were filled and left."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found, Need
from masarat.analyse.carts import MOVES, STAGES, carts, contents, values
from masarat.analyse.dense import dense
from masarat.analyse.frame import SALES, Bucket, Frame
from masarat.analyse.people import WHO, once, who
from masarat.store import Query
from masarat.words import Words


class AbandonedCarts(Analysis):
    """What customers put into carts and did not buy, against what was sold.

    For the owner who asks how much is lost on the way to the till, and whom to remind. A cart is a customer's run of cart moves (product
    added or removed, cart viewed, checkout started, order awaiting payment) with no more than `hours` between two of them. It is
    bought where the same customer completes an order within `hours` of its last move; otherwise it is abandoned. A cart whose hours are not
    over when the log ends is still open, and is neither. One customer may leave several carts; a purchase without cart moves is
    no cart; a cart that was emptied again, or only looked at while empty, is none either.

    A cart is worth what was added minus what was removed, or what checkout, payment or the viewed cart says of the whole, whichever is
    more. It belongs to the day of its last move. Sales are gross revenue of completed orders of the same days. A cart that is bought later than
    `hours` counts as abandoned, and one filled before signing in is the same customer's only once both identifiers are known
    to be one. Moves that name nobody cannot be followed and are left out.
    """

    hours: int = Field(
        24, ge=1, le=24 * 30, description="Hours after the last move within which an order buys the cart."
    )
    by: Bucket = Field("month", description="Length of one point: day, week or month.")
    limit: int = Field(100, ge=1, le=10_000, description="How many abandoned carts to list.")

    view = "trend"
    columns = (
        Column("rank", "count"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("left_at", "time"),
        Column("value", "money"),
        Column("stage", "text"),
        Column("products", "list"),
    )
    numbers = (
        Column("abandoned_value", "money"),
        Column("sales", "money"),
        Column("against_sales", "percent"),
        Column("abandoned", "count"),
        Column("carts", "count"),
        Column("abandonment_rate", "percent"),
        Column("open", "count"),
    )
    picture = (
        Column("start", "date"),
        Column("abandonment_rate", "percent"),
        Column("abandoned", "count"),
        Column("carts", "count"),
        Column("abandoned_value", "money"),
    )
    needs = (Need("Product Added"),)
    about = (*MOVES, *SALES)
    sample = "moves"
    words = Words(
        en="""
title = Abandoned carts
about = What was put into carts and not bought, against what was sold.
param-hours = Hours to buy
param-by = By
left_at = Left at
value = Value
    .formula = Products added minus removed, or what checkout, payment or the viewed cart says of the whole, whichever is more
stage = Got as far as
stage-cart = Cart
stage-checkout = Checkout
stage-payment = Payment
products = Products
abandoned_value = Abandoned
    .formula = Value of the abandoned carts, by the day of their last move
sales = Sales
    .formula = Gross revenue of completed orders in the same days
against_sales = Abandoned against sales
    .formula = Value of the abandoned carts divided by gross revenue of the same days
abandoned = Abandoned carts
    .formula = Carts whose customer completed no order within the hours after their last move
carts = Carts
    .formula = Carts with something in them whose hours are over: bought and abandoned
abandonment_rate = Abandonment rate
    .formula = Abandoned carts divided by bought and abandoned carts
open = Still open
    .formula = Carts whose hours were not over when the data ends: neither bought nor abandoned
sentence = { $abandoned ->
    [one] One cart
   *[other] { $abandoned } carts
} worth { $value } { $abandoned ->
    [one] was
   *[other] were
} abandoned{ $change ->
    [none] { "" }
   *[other] { " " }({ $change } on the period before)
}: { $rate } of { $carts ->
    [one] one cart
   *[other] { $carts } carts
}, and { $against ->
    [none] nothing was sold
   *[other] { $against } of what was sold
}.
no-carts = No cart was left with anything in it.
all-bought = { $carts ->
    [zero] No cart's hours are over yet
    [one] The one cart was bought
   *[other] All { $carts } carts were bought
}; none was abandoned.
note-open = { $open ->
    [one] One cart is
   *[other] { $open } carts are
} still open and not counted.
note-nameless = { $nameless ->
    [one] One cart move names
   *[other] { $nameless } cart moves name
} nobody and cannot be followed.
""",
        ar="""
title = السلات المتروكة
about = ما وُضع في السلات ولم يُشترَ، مقابل ما بيع.
param-hours = ساعات الانتظار
param-by = كل
left_at = وقت تركها
value = القيمة
    .formula = ما أضيف ناقص ما أزيل، أو ما يذكره إتمام الطلب أو الدفع أو عرض السلة عنها كلها، أيهما أكثر
stage = بلغ
stage-cart = السلة
stage-checkout = إتمام الطلب
stage-payment = الدفع
products = المنتجات
abandoned_value = المتروك
    .formula = قيمة السلات المتروكة بحسب يوم آخر حركة فيها
sales = المبيعات
    .formula = إجمالي إيرادات الطلبات المكتملة في الأيام نفسها
against_sales = المتروك إلى المبيعات
    .formula = قيمة السلات المتروكة مقسومة على إجمالي إيرادات الأيام نفسها
abandoned = السلات المتروكة
    .formula = سلات لم يُتم صاحبها طلبًا في الساعات التالية لآخر حركة فيها
carts = السلات
    .formula = سلات فيها شيء وانقضت ساعاتها: المشتراة والمتروكة
abandonment_rate = معدل التخلي عن السلة
    .formula = السلات المتروكة مقسومة على السلات المشتراة والمتروكة معًا
open = لم تزل مفتوحة
    .formula = سلات لم تنقضِ ساعاتها عند آخر البيانات: لا هي مشتراة ولا متروكة
sentence = { $abandoned ->
    [one] تُركت سلة واحدة قيمتها { $value }
    [two] تُركت سلتان قيمتهما { $value }
    [few] تُركت { $abandoned } سلات قيمتها { $value }
    [many] تُركت { $abandoned } سلة قيمتها { $value }
   *[other] تُركت { $abandoned } سلة قيمتها { $value }
}{ $change ->
    [none] { "" }
   *[other] { " " }({ $change } عن الفترة السابقة)
}: وهذا { $rate } من { $carts ->
    [one] سلة واحدة
    [two] سلتين
    [few] { $carts } سلات
    [many] { $carts } سلة
   *[other] { $carts } سلة
}، { $against ->
    [none] ولم يُبع شيء
   *[other] ويعادل { $against } مما بيع
}.
no-carts = لم تُترك سلة فيها شيء.
all-bought = { $carts ->
    [zero] لم تنقضِ ساعات أي سلة بعد
    [one] اشتُريت السلة الوحيدة
    [two] اشتُريت السلتان كلتاهما
    [few] اشتُريت السلات الـ{ $carts } كلها
    [many] اشتُريت السلات الـ{ $carts } كلها
   *[other] اشتُريت السلات الـ{ $carts } كلها
}، ولم تُترك سلة.
note-open = { $open ->
    [one] سلة واحدة لم تزل مفتوحة
    [two] سلتان لم تزالا مفتوحتين
    [few] { $open } سلات لم تزل مفتوحة
    [many] { $open } سلة لم تزل مفتوحة
   *[other] { $open } سلة لم تزل مفتوحة
}، فلم تُحسب.
note-nameless = { $nameless ->
    [one] حركة سلة واحدة لا تذكر صاحبها
    [two] حركتا سلة لا تذكران صاحبهما
    [few] { $nameless } حركات سلة لا تذكر أصحابها
    [many] { $nameless } حركة سلة لا تذكر أصحابها
   *[other] { $nameless } حركة سلة لا تذكر أصحابها
}، فلا يمكن تتبعها.
""",
    )

    def query(self, frame: Frame) -> Query:
        measures = """
       countIf(state = 'abandoned') AS abandoned, countIf(state != 'open') AS carts, countIf(state = 'open') AS open,
       sumIf(value, state = 'abandoned') AS abandoned_value, abandoned / nullIf(carts, 0) AS abandonment_rate"""
        return Query(
            steps={
                "sales": frame.sales(),
                "sold": "SELECT sum(gross) AS sales FROM sales",
                **carts(frame),
                "seen": f"""
SELECT countIf(NOT is_order) AS moves, countIf(NOT is_order AND customer_id = 0) AS nameless
FROM moves WHERE {frame.within()}""",
                "summed": f"SELECT {measures} FROM carts",
                "totals": """
SELECT *, toFloat64(abandoned_value) / nullIf(toFloat64(sales), 0) AS against_sales
FROM summed CROSS JOIN sold CROSS JOIN seen""",
                "by_time": f"""
SELECT {frame.bucket(self.by)} AS start, {measures}
FROM (SELECT *, toDate(left_at, {{timezone:String}}) AS day FROM carts) GROUP BY start ORDER BY start""",
                "everybody": "SELECT * FROM carts WHERE state = 'abandoned'",
                "left": """
SELECT * FROM everybody ORDER BY value DESC, left_at, customer_id LIMIT {limit:UInt32}""",
                "listed": once("left", "customer_id", "begun_at", "left_at", "value", "stage"),
                **who("listed"),
                **contents(frame, "listed"),
                "rows": f"""
SELECT row_number() OVER (ORDER BY value DESC, listed.left_at, customer_id) AS rank, customer, name,
       toTimeZone(listed.left_at, {{timezone:String}}) AS left_at, value, stage, products
FROM listed GLOBAL LEFT JOIN contents USING (customer_id, left_at) {WHO} ORDER BY rank""",
            },
            values=frame.values | values(frame, self.hours) | {"limit": self.limit},
            rows="rows",
            totals="totals",
            picture="by_time",
            customers="everybody",
        )

    def interpret(self, found: Found) -> Found:
        """Name the stages in the asked language; show silent buckets."""
        frame = found.frame
        for row in found.rows:
            row["stage"] = found.say(f"stage-{STAGES[row['stage']]}")
        found.picture = dense(found.picture, frame.buckets(self.by), SILENT)
        if frame.before:
            found.before_picture = dense(found.before_picture, frame.earlier().buckets(self.by), SILENT)
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["carts"] and not totals["open"]:
            return found.say("no-carts")
        if not totals["abandoned"]:
            return found.say("all-bought", carts=totals["carts"] or "zero")
        return found.say(
            "sentence",
            abandoned=totals["abandoned"],
            value=found.money("abandoned_value"),
            change=found.change_words("abandoned_value") or "none",
            rate=found.percent("abandonment_rate"),
            carts=totals["carts"],
            against="none" if totals["against_sales"] is None else found.percent("against_sales"),
        )

    def notes(self, found: Found) -> list[str]:
        counted = (("open", "note-open"), ("nameless", "note-nameless"))
        return [found.say(key, **{name: found.totals[name]}) for name, key in counted if found.totals[name]]


SILENT = {"abandonment_rate": None, "abandoned": 0, "carts": 0, "abandoned_value": 0.0}

AbandonedCarts.example = AbandonedCarts(hours=24)
