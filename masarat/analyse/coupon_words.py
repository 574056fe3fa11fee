"""What `coupons` says, in both languages."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
title = Coupons and offers
about = What each coupon cost and brought, whether its customers come back, and how many would have bought anyway.
param-age = Days to come back
offer = Offer
orders = Orders
    .formula = Orders made with the offer
customers = Customers
    .formula = Different identified customers who used a coupon or offer
new_share = New customers
    .formula = Of the orders with an offer, the part that was its customer's first ever
discount = Discount given
    .formula = What was taken off the orders with an offer
discount_rate = Discount rate
    .formula = Discount divided by the value of these orders before it
revenue = Revenue
    .formula = Revenue of the orders with an offer, after discount and before returns
margin = Margin after discount
    .formula = Revenue whose cost of goods is known minus that cost
margin_rate = Margin rate
    .formula = Margin after discount divided by the revenue whose cost of goods is known
back = Came back
    .formula = Of customers who used it and have been followed long enough, those with a later order within the days asked for
like_back = Like customers
    .formula = The same share of like customers without an offer: same month, channel, place in their history and order value
difference = Difference
    .formula = Came back minus that of like customers
low = At least
    .formula = Lower end of the 95 % interval of the difference
high = At most
    .formula = Upper end of the 95 % interval of the difference
verdict = Beyond chance
    .formula = Whether the difference is more than chance, false discoveries at most 5 % over all offers
compared = Compared
    .formula = Customers (once a month) who used it, have been followed long enough and have others like them
anyway = Bought anyway, at most
    .formula = Part of its orders that came when the customer's rhythm said they were due, divided by that part of orders without an offer
anyway_low = Bought anyway, from
    .formula = Lower end of the 95 % interval (Katz)
anyway_high = Bought anyway, to
    .formula = Upper end of the 95 % interval (Katz)
rhythms = With a rhythm
    .formula = Orders by customers with at least two earlier orders
first_day = First used
last_day = Last used
coupon_orders = Orders with an offer
    .formula = Completed orders with a coupon code or a discount
coupon_share = Share of orders
    .formula = Orders with an offer divided by all orders
unknown_share = Margin unknown
    .formula = Share of this revenue whose cost of goods is not known
without-code = (discount without a code)
verdict-more = comes back more
verdict-less = comes back less
verdict-same = may be chance
verdict-few = too few to tell
none = { $orders ->
    [one] The one order
   *[other] None of { $orders } orders
} { $orders ->
    [one] used no coupon and had no discount.
   *[other] used a coupon or had a discount.
}
sentence = { $orders ->
    [one] One order ({ $share } of all) was made with an offer
   *[other] { $orders } orders ({ $share } of all) were made with an offer
}: { $discount } was taken off, { $rate } of their value.
dearest = { $offer } cost most: { $discount } off { $known ->
    [known] and { $margin } of margin left on { $revenue } of revenue
   *[none] for { $revenue } of revenue
}.
back-less = Customers of { $offer } come back less: { $back } within { $age ->
    [one] one day
   *[other] { $age } days
}, against { $like } of like customers without an offer.
back-more = Customers of { $offer } come back more: { $back } within { $age ->
    [one] one day
   *[other] { $age } days
}, against { $like } of like customers without an offer.
anyway-some = At most about { $anyway } ({ $low } to { $high }) of the orders with { $offer } by customers with a rhythm would have been made anyway.
anyway-all = Customers used { $offer } when they were due anyway: their rhythm does not show that it brought any order more.
note-comparison = Those who used an offer are compared with like customers who did not. That is no experiment: they may differ in what nobody recorded.
note-no-comparison = Whether customers come back cannot be compared yet: it takes thirty who used the same offer { $age ->
    [one] one day
   *[other] { $age } days
} ago or longer, and thirty like them without one.
note-unknown = The cost of goods is not known for { $share } of this revenue; the margin leaves it out.
note-no-margin = The cost of goods is not known for { $share } of this revenue, too much to tell a margin: import a product sheet with costs.
note-more = { $n } offers were used; the { $limit } with most orders are listed. The figures in all are of all.
""",
    ar="""
title = الكوبونات والعروض
about = ما كلّفه كل كوبون وما جلبه، وهل يعود أصحابه، وكم منهم كان سيشتري على أي حال.
param-age = أيام العودة
offer = العرض
orders = الطلبات
    .formula = الطلبات التي تمت بالعرض
customers = العملاء
    .formula = عدد العملاء المعروفين الذين استعملوا كوبونًا أو عرضًا
new_share = عملاء جدد
    .formula = من الطلبات التي تمت بعرض: نسبة ما كان أول طلب لصاحبه على الإطلاق
discount = الخصم الممنوح
    .formula = ما خُصم من الطلبات التي تمت بعرض
discount_rate = نسبة الخصم
    .formula = الخصم مقسومًا على قيمة هذه الطلبات قبله
revenue = الإيرادات
    .formula = إيرادات الطلبات التي تمت بعرض، بعد الخصم وقبل المرتجعات
margin = الهامش بعد الخصم
    .formula = الإيرادات المعروفة تكلفة بضاعتها ناقص هذه التكلفة
margin_rate = نسبة الهامش
    .formula = الهامش بعد الخصم مقسومًا على الإيرادات المعروفة تكلفة بضاعتها
back = من عادوا
    .formula = ممن استعملوا العرض وتابعناهم مدة كافية: نسبة من طلبوا بعده خلال الأيام المطلوبة
like_back = أمثالهم
    .formula = النسبة نفسها لأمثالهم بلا عرض: الشهر والقناة والموضع من تاريخ العميل وقيمة الطلب نفسها
difference = الفرق
    .formula = نسبة من عادوا ناقص نسبة أمثالهم
low = على الأقل
    .formula = الحد الأدنى لمجال الثقة 95٪ للفرق
high = على الأكثر
    .formula = الحد الأعلى لمجال الثقة 95٪ للفرق
verdict = أهو فوق الصدفة
    .formula = هل الفرق أكثر من صدفة، والاكتشافات الكاذبة 5٪ على الأكثر من كل العروض
compared = المقارَنون
    .formula = من استعملوا العرض (مرة في الشهر) وتابعناهم مدة كافية ولهم أمثال
anyway = كانوا سيشترون، بحد أعلى
    .formula = نسبة طلباته التي جاءت في موعدها حسب عادة صاحبها، مقسومة على النسبة نفسها من الطلبات بلا عرض
anyway_low = كانوا سيشترون، من
    .formula = الحد الأدنى لمجال الثقة 95٪ (كاتز)
anyway_high = كانوا سيشترون، إلى
    .formula = الحد الأعلى لمجال الثقة 95٪ (كاتز)
rhythms = ذوو عادة
    .formula = طلبات عملاء لهم قبلها طلبان على الأقل
first_day = أول استعمال
last_day = آخر استعمال
coupon_orders = طلبات بعرض
    .formula = الطلبات المكتملة بكوبون أو خصم
coupon_share = حصة من الطلبات
    .formula = الطلبات بعرض مقسومة على الطلبات كلها
unknown_share = هامش غير معروف
    .formula = حصة هذه الإيرادات التي لا تُعرف تكلفة بضاعتها
without-code = (خصم بلا كوبون)
verdict-more = يعودون أكثر
verdict-less = يعودون أقل
verdict-same = قد يكون صدفة
verdict-few = أقل من أن يُحكم عليه
none = { $orders ->
    [zero] لا طلبات.
    [one] الطلب الوحيد بلا كوبون ولا خصم.
    [two] الطلبان بلا كوبون ولا خصم.
    [few] { $orders } طلبات، كلها بلا كوبون ولا خصم.
    [many] { $orders } طلبًا، كلها بلا كوبون ولا خصم.
   *[other] { $orders } طلب، كلها بلا كوبون ولا خصم.
}
sentence = { $orders ->
    [zero] لم يتم طلب بعرض
    [one] تم طلب واحد بعرض ({ $share } من الطلبات)
    [two] تم طلبان بعرض ({ $share } من الطلبات)
    [few] تمت { $orders } طلبات بعرض ({ $share } من الطلبات)
    [many] تم { $orders } طلبًا بعرض ({ $share } من الطلبات)
   *[other] تم { $orders } طلب بعرض ({ $share } من الطلبات)
}، وخُصم منها { $discount }، أي { $rate } من قيمتها.
dearest = وأكثرها كلفة { $offer }: خصم { $discount } { $known ->
    [known] وبقي هامش { $margin } من إيرادات { $revenue }
   *[none] مقابل إيرادات { $revenue }
}.
back-less = وأصحاب { $offer } يعودون أقل: عاد { $back } منهم خلال { $age ->
    [zero] يوم
    [one] يوم
    [two] يومين
    [few] { $age } أيام
    [many] { $age } يومًا
   *[other] { $age } يوم
}، ومن أمثالهم بلا عرض { $like }.
back-more = وأصحاب { $offer } يعودون أكثر: عاد { $back } منهم خلال { $age ->
    [zero] يوم
    [one] يوم
    [two] يومين
    [few] { $age } أيام
    [many] { $age } يومًا
   *[other] { $age } يوم
}، ومن أمثالهم بلا عرض { $like }.
anyway-some = ونحو { $anyway } على الأكثر (من { $low } إلى { $high }) من طلبات { $offer } لعملاء لهم عادة كانت ستتم على أي حال.
anyway-all = وجاءت طلبات { $offer } في مواعيد أصحابها المعتادة: لا يظهر من عادتهم أنه زاد طلبًا.
note-comparison = من استعملوا العرض يُقارنون بأمثالهم ممن لم يستعملوه. وليست هذه تجربة: فقد يختلفون فيما لم يُسجَّل.
note-no-comparison = لا تُقارن العودة بعد: يلزم ثلاثون استعملوا العرض نفسه قبل { $age ->
    [zero] يوم
    [one] يوم
    [two] يومين
    [few] { $age } أيام
    [many] { $age } يومًا
   *[other] { $age } يوم
} أو أكثر، وثلاثون من أمثالهم بلا عرض.
note-unknown = لا تُعرف تكلفة بضاعة { $share } من هذه الإيرادات، فالهامش لا يشملها.
note-no-margin = لا تُعرف تكلفة بضاعة { $share } من هذه الإيرادات، وهذا أكثر من أن يُعرف معه الهامش: استورد كشف منتجات بتكاليفها.
note-more = العروض المستعملة { $n }، والمعروض { $limit } منها هي الأكثر طلبًا. والأرقام العامة لها جميعًا.
""",
)
