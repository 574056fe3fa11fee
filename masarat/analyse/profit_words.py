"""What the questions about profit say, in both languages."""

from __future__ import annotations

from masarat.analyse.base import Found
from masarat.analyse.profit_reading import SMALL, Costed
from masarat.store import Row
from masarat.words import Words

_RATES_EN = """
param-payment_fees = Payment fees
param-parcel_cost = Cost of a parcel
param-minute_cost = Cost of a minute of service
param-point_value = Value of a point
param-vat_percent = VAT in prices, percent
param-resold = Share of returns sold again
note-cost = The cost of goods is not known for { $share } of revenue, so profit is too high by it. Bring a product sheet with costs.
note-no-cost = No cost is known of anything sold: bring a product sheet with costs, and this will be profit.
note-left-out = Left out, since nobody tells them: { $what }.
left-shipping = delivery (parcel_cost){ $paid ->
    [none] { "" }
   *[other] , together with the { $paid } that customers paid for it
}
left-fees = payment fees (payment_fees)
left-service = { $n ->
    [one] one minute
   *[other] { $n } minutes
} of service (minute_cost)
left-points = { $n ->
    [one] one point
   *[other] { $n } points
} spent (point_value)
note-fees = For { $share } of revenue no fee is told: its payment methods are not in payment_fees.
note-untaxed = { $share } of revenue tells no VAT: where its prices hold it, say vat_percent=15.
note-resold = Goods of { $cost } that were sent back are counted as sold again in the share { $share } (resold).
note-untimed = { $n ->
    [one] One solved ticket tells
   *[other] { $n } solved tickets tell
} no minutes and costs nothing here.
note-elapsed = Help desks tell the minutes from opened to solved, not those that were worked: take a low minute_cost.
"""
_COLUMNS_EN = """
listed = At list prices
    .formula = Gross revenue and the discounts that orders tell
discounts = Discounts
    .formula = Discounts that completed orders tell
refused = Refused at the door
    .formula = Given back for orders refused at the door, by the date it was given back
returned = Sent back
    .formula = Everything else that was given back, by the date it was given back
vat = VAT in prices
    .formula = Revenue of orders that tell no VAT, times the given percentage divided by 100 and that percentage
cost = Cost of goods
    .formula = Units sold times their newest cost, minus that of units that came back and can be sold again
shipping = Delivery
    .formula = Parcels, each way, times the cost of one, minus what customers paid for delivery
fees = Payment fees
    .formula = Revenue, tax and delivery of orders times the fee of their payment method
service = Service
    .formula = Minutes of tickets and calls times the cost of one
points = Points
    .formula = Loyalty points spent times the value of one
profit = Profit
    .formula = Gross revenue minus all known deductions: the contribution of sales, before rent, wages and advertising
margin = Margin
    .formula = Profit divided by net revenue, where the cost of more than half of the revenue is known
cost_known = Cost known
    .formula = Share of gross revenue whose lines have a known cost
"""
_RATES_AR = """
param-payment_fees = رسوم الدفع
param-parcel_cost = تكلفة الشحنة
param-minute_cost = تكلفة دقيقة الخدمة
param-point_value = قيمة النقطة
param-vat_percent = الضريبة في الأسعار بالمئة
param-resold = ما يُباع ثانيةً من المرتجع
note-cost = لا تُعرف تكلفة البضاعة في { $share } من الإيرادات، فالربح أعلى من حقيقته بقدرها. أحضر قائمة منتجات فيها التكلفة.
note-no-cost = لا تُعرف تكلفة شيء مما بيع: أحضر قائمة منتجات فيها التكلفة ليصير هذا ربحًا.
note-left-out = لم يُحسب ما لا يذكره أحد: { $what }.
left-shipping = التوصيل (parcel_cost){ $paid ->
    [none] { "" }
   *[other] {" "}مع { $paid } دفعها العملاء له
}
left-fees = رسوم الدفع (payment_fees)
left-service = { $n ->
    [one] دقيقة خدمة واحدة
    [two] دقيقتا خدمة
    [few] { $n } دقائق خدمة
    [many] { $n } دقيقة خدمة
   *[other] { $n } دقيقة خدمة
} (minute_cost)
left-points = { $n ->
    [one] نقطة مصروفة واحدة
    [two] نقطتان مصروفتان
    [few] { $n } نقاط مصروفة
    [many] { $n } نقطة مصروفة
   *[other] { $n } نقطة مصروفة
} (point_value)
note-fees = لا يُعرف رسم الدفع في { $share } من الإيرادات: طرق دفعها ليست في payment_fees.
note-untaxed = { $share } من الإيرادات لا تذكر ضريبة: إن كانت داخل الأسعار فاكتب vat_percent=15.
note-resold = بضاعة مرتجعة تكلفتها { $cost } حُسبت كأنها تُباع ثانيةً بنسبة { $share } (resold).
note-untimed = { $n ->
    [one] تذكرة محلولة واحدة لا تذكر
    [two] تذكرتان محلولتان لا تذكران
    [few] { $n } تذاكر محلولة لا تذكر
    [many] { $n } تذكرة محلولة لا تذكر
   *[other] { $n } تذكرة محلولة لا تذكر
} دقائقها، فلا تكلفة لها هنا.
note-elapsed = برامج الخدمة تذكر الدقائق من فتح التذكرة إلى حلها لا دقائق العمل: اجعل minute_cost منخفضة.
"""
_COLUMNS_AR = """
listed = بأسعار القائمة
    .formula = إجمالي الإيرادات مع الخصومات التي تذكرها الطلبات
discounts = الخصومات
    .formula = الخصومات التي تذكرها الطلبات المكتملة
refused = المرفوض عند الباب
    .formula = ما أُعيد عن طلبات رُفضت عند الباب، بتاريخ إعادته
returned = المرتجع
    .formula = كل ما أُعيد سوى ذلك، بتاريخ إعادته
vat = ضريبة داخل الأسعار
    .formula = إيرادات الطلبات التي لا تذكر ضريبة، في النسبة المعطاة مقسومة على مئة وتلك النسبة
cost = تكلفة البضاعة
    .formula = الوحدات المبيعة في أحدث تكلفة لها، ناقص ما عاد منها وصلح للبيع
shipping = التوصيل
    .formula = الشحنات ذهابًا وإيابًا في تكلفة الواحدة، ناقص ما دفعه العملاء للتوصيل
fees = رسوم الدفع
    .formula = الإيرادات والضريبة والتوصيل في رسم طريقة الدفع
service = الخدمة
    .formula = دقائق التذاكر والمكالمات في تكلفة الدقيقة
points = النقاط
    .formula = النقاط المصروفة في قيمة النقطة
profit = الربح
    .formula = إجمالي الإيرادات ناقص كل خصم معروف: مساهمة المبيعات قبل الإيجار والرواتب والإعلان
margin = هامش الربح
    .formula = الربح مقسومًا على صافي الإيرادات، حيث تُعرف تكلفة أكثر من نصفها
cost_known = المعروف تكلفته
    .formula = حصة إجمالي الإيرادات التي تُعرف تكلفة بنودها
"""

NET = Words(
    en=_RATES_EN
    + """
param-net = What counts
note-net = { $net ->
    [margin] Counted is the margin: revenue less returns, VAT and cost of goods.
   *[contribution] Counted is the contribution: revenue less returns, VAT, cost of goods, delivery, payment fees, service and points.
}{ $share ->
    [none] { "" }
   *[other] { " " }Of revenue to come counts { $share }: what was left of it so far.
}
""",
    ar=_RATES_AR
    + """
param-net = ما يُحسب
note-net = { $net ->
    [margin] المحسوب هو الهامش: الإيرادات ناقص المرتجعات والضريبة وتكلفة البضاعة.
   *[contribution] المحسوب هو المساهمة: الإيرادات ناقص المرتجعات والضريبة وتكلفة البضاعة والتوصيل ورسوم الدفع والخدمة والنقاط.
}{ $share ->
    [none] { "" }
   *[other] { " " }ويُحسب من الإيرادات القادمة { $share }: ما بقي منها حتى الآن.
}
""",
)  # of lifetime value: the rates, and what is not known of costs

PROFIT_WORDS = Words(
    en=_RATES_EN
    + _COLUMNS_EN
    + """
title = Profitability
about = What is left of revenue, by product, channel, branch and more.
param-by = Split by
param-show = First
param-limit = List
part = Part
sentence = Of { $gross } sold { $profit } is left{ $margin ->
    [none] { "" }
   *[other] , { $margin } of net revenue
}{ $change ->
    [none] { "" }
   *[other] , { $change } on the period before
}.
best = { $part } leaves most: { $profit }.
worst = Of { $part } least stays: { $margin } of its net revenue.
losing = { $n ->
    [one] One of the listed loses money: { $part }, { $profit }.
   *[other] { $n } of the listed lose money, { $part } most: { $profit }.
}
no-cost = { $gross } was sold and { $net } of it kept, but not enough is known to tell a profit: no product has a cost.
not-told = not told
""",
    ar=_RATES_AR
    + _COLUMNS_AR
    + """
title = الربحية
about = ما يبقى من الإيرادات حسب المنتج والقناة والفرع وغيرها.
param-by = مقسّمة حسب
param-show = أولًا
param-limit = عدد المعروض
part = القسم
sentence = من { $gross } مبيعات يبقى { $profit }{ $margin ->
    [none] { "" }
   *[other] ، أي { $margin } من صافي الإيرادات
}{ $change ->
    [none] { "" }
   *[other] ، { $change } عن الفترة السابقة
}.
best = وأكثر ما يُبقي { $part }: { $profit }.
worst = وأقل ما يبقى من { $part }: { $margin } من صافي إيراداته.
losing = { $n ->
    [one] وواحد من المعروض يخسر: { $part }، { $profit }.
    [two] واثنان من المعروض يخسران، وأكثرهما { $part }: { $profit }.
    [few] و{ $n } من المعروض تخسر، وأكثرها { $part }: { $profit }.
    [many] و{ $n } من المعروض تخسر، وأكثرها { $part }: { $profit }.
   *[other] و{ $n } من المعروض تخسر، وأكثرها { $part }: { $profit }.
}
no-cost = بيع بقيمة { $gross } وبقي منها { $net }، لكن لا يكفي ما يُعرف لحساب الربح: لا تكلفة معروفة لأي منتج.
not-told = غير مذكور
""",
)

CUSTOMER_PROFIT_WORDS = Words(
    en=_RATES_EN
    + _COLUMNS_EN
    + """
title = Profit by customer
about = Who brings the profit, and which customers cost money and why.
param-show = First
customers = Customers
    .formula = Identified customers who bought, gave back or cost service in the period
why = Where it went
    .formula = The largest deductions of this customer, the largest first
unnamed = Of nobody named
    .formula = Profit of orders that name no customer; it is in the profit and in no row
losing = Customers who cost money
    .formula = Identified customers whose profit in the period is below zero
loss = Their loss
    .formula = Sum of the profit of customers whose profit is below zero
peak = Peak of the curve
    .formula = Profit of all customers who bring any, divided by that of all identified customers: what would be left without those who cost money
top_20 = Share of the top 20%
    .formula = Profit of the 20% of customers who bring most (rounded up), divided by that of all identified customers
share = Share of profit
share_of_customers = Share of customers
sentence = { $customers ->
    [one] One customer leaves
   *[other] { $customers } customers leave
} { $profit }{ $margin ->
    [none] { "" }
   *[other] , { $margin } of net revenue
}.
whale = The top { $top } bring { $share } of it{ $peak ->
    [none] { "" }
   *[other] ; at its peak the curve stands at { $peak }, then customers who cost money take it down
}.
cost-money = { $n ->
    [0] Nobody costs money.
    [one] One customer costs money: { $loss }.
   *[other] { $n } customers cost money: { $loss } together.
}
no-profit = No curve: all customers together leave no profit.
nobody = No order of this period names its customer.
no-cost = { $gross } was sold and { $net } of it kept, but not enough is known to tell a profit: no product has a cost.
why-refused = refused at the door
why-returned = sent back
why-vat = VAT in prices
why-cost = sold below cost
why-shipping = delivery
why-fees = payment fees
why-service = service
why-points = points
why-discounts = discounts
why-part = { $what } { $amount }
""",
    ar=_RATES_AR
    + _COLUMNS_AR
    + """
title = الربح حسب العميل
about = من يأتي بالربح، ومن العملاء من يكلّف مالًا ولماذا.
param-show = أولًا
customers = العملاء
    .formula = العملاء المعروفون الذين اشتروا أو أعادوا أو كلّفوا خدمة في الفترة
why = أين ذهب
    .formula = أكبر ما خُصم عند هذا العميل، الأكبر أولًا
unnamed = بلا عميل معروف
    .formula = ربح الطلبات التي لا تذكر عميلًا؛ هو في الربح وليس في صف
losing = عملاء يكلّفون مالًا
    .formula = العملاء المعروفون الذين ربحهم في الفترة دون الصفر
loss = خسارتهم
    .formula = مجموع ربح من ربحهم دون الصفر
peak = قمة المنحنى
    .formula = ربح كل من يأتون بربح مقسومًا على ربح العملاء المعروفين كلهم: ما كان سيبقى لولا من يكلّفون
top_20 = حصة أعلى 20٪
    .formula = ربح 20٪ من العملاء الأكثر ربحًا (ويُجبر الكسر) مقسومًا على ربح العملاء المعروفين كلهم
share = الحصة من الربح
share_of_customers = الحصة من العملاء
sentence = { $customers ->
    [one] عميل واحد يُبقي
    [two] عميلان يُبقيان
    [few] { $customers } عملاء يُبقون
    [many] { $customers } عميلًا يُبقون
   *[other] { $customers } عميل يُبقون
} { $profit }{ $margin ->
    [none] { "" }
   *[other] ، أي { $margin } من صافي الإيرادات
}.
whale = وأعلى { $top } منهم يأتون بنسبة { $share } منه{ $peak ->
    [none] { "" }
   *[other] ؛ ويبلغ المنحنى في قمته { $peak } ثم ينزل به من يكلّفون مالًا
}.
cost-money = { $n ->
    [zero] لا أحد يكلّف مالًا.
    [one] وعميل واحد يكلّف مالًا: { $loss }.
    [two] وعميلان يكلّفان مالًا: { $loss } معًا.
    [few] و{ $n } عملاء يكلّفون مالًا: { $loss } معًا.
    [many] و{ $n } عميلًا يكلّفون مالًا: { $loss } معًا.
   *[other] و{ $n } عميل يكلّفون مالًا: { $loss } معًا.
}
no-profit = لا منحنى: العملاء كلهم معًا لا يُبقون ربحًا.
nobody = لا طلب في هذه الفترة يذكر عميله.
no-cost = بيع بقيمة { $gross } وبقي منها { $net }، لكن لا يكفي ما يُعرف لحساب الربح: لا تكلفة معروفة لأي منتج.
why-refused = مرفوض عند الباب
why-returned = مرتجع
why-vat = ضريبة داخل الأسعار
why-cost = بيع دون التكلفة
why-shipping = توصيل
why-fees = رسوم دفع
why-service = خدمة
why-points = نقاط
why-discounts = خصومات
why-part = { $what } { $amount }
""",
)


def not_known(question: Costed, found: Found, *, goods_only: bool = False) -> list[str]:
    """What is left out of a profit (or of a margin, of goods only), and of which part of revenue."""
    totals, speak = found.totals, found.speaker
    gross = totals["gross"]
    notes = []
    if gross > 0 and totals["uncosted"] >= gross:
        notes.append(found.say("note-no-cost"))
    elif share := _share(totals, "uncosted"):
        notes.append(found.say("note-cost", share=speak.percent(share)))
    if not goods_only and (left := _left_out(question, found)):
        notes.append(found.say("note-left-out", what=speak.value("list", left)))
    if not goods_only and question.payment_fees and (share := _share(totals, "unfeed")):
        notes.append(found.say("note-fees", share=speak.percent(share)))
    if question.vat_percent is None and (share := _share(totals, "untaxed")):
        notes.append(found.say("note-untaxed", share=speak.percent(share)))
    if totals["back_cost"] >= 1 and question.resold > 0:
        notes.append(
            found.say("note-resold", cost=found.money("back_cost"), share=speak.percent(question.resold))
        )
    if goods_only:
        return notes
    if question.minute_cost and totals["minutes"] >= 1:
        notes.append(found.say("note-elapsed"))
    if question.minute_cost is not None and totals["unminuted"] >= 1:
        notes.append(found.say("note-untimed", n=round(totals["unminuted"])))
    return notes


def _share(totals: Row, name: str) -> float:
    """The part of revenue for which something is not known; nothing where it is small."""
    share = totals[name] / totals["gross"] if totals["gross"] > 0 else 0
    return float(share) if share > SMALL else 0.0


def _left_out(question: Costed, found: Found) -> list[str]:
    totals, left = found.totals, []
    if question.parcel_cost is None:
        paid = found.money("delivery") if totals["delivery"] >= 1 else "none"
        left.append(found.say("left-shipping", paid=paid))
    if not question.payment_fees:
        left.append(found.say("left-fees"))
    if question.minute_cost is None and totals["minutes"] >= 1:
        left.append(found.say("left-service", n=round(totals["minutes"])))
    if question.point_value is None and totals["spent"] >= 1:
        left.append(found.say("left-points", n=round(totals["spent"])))
    return left
