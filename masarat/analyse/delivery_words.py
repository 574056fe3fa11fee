"""What the question about delivery says, in both languages."""

from __future__ import annotations

from masarat.words import Words

DELIVERY_WORDS = Words(
    en="""
title = Delivery
about = Orders shipped, delivered, refused and paid for, how long it takes, and who holds the cash.
param-by = Split by
param-paid = Orders paid
part = Part
step = Step
customers = Orders
from_first = Of all
    .formula = Orders that got here divided by all orders placed
from_previous = Went on
    .formula = Orders that got here divided by those of the step before
left_before = Not yet or never
median = Time
    .formula = Half took less than this since the step before, half more
ordered = Ordered
    .formula = Orders to be delivered that were placed in the period
shipped = Shipped
    .formula = Orders given to a courier; who is delivered or refused was shipped
delivered = Delivered
    .formula = Orders accepted at the door
refused = Refused
    .formula = Orders refused at the door and not accepted later
refused_share = Refused at the door
    .formula = Refused orders divided by those delivered or refused
refused_least = Refused, at least
    .formula = Lower end of the 95 % interval (Wilson)
refused_most = Refused, at most
    .formula = Upper end of the 95 % interval (Wilson)
times_others = Times as often
    .formula = Share refused, divided by that of all others
times_least = Times, at least
    .formula = Lower end of the 95 % interval (Katz)
times_most = Times, at most
    .formula = Upper end of the 95 % interval (Katz)
chance = Chance
    .formula = How often chance alone would show such a difference, among all listed parts (Benjamini–Hochberg)
returned = Sent back
    .formula = Delivered orders of which money was given back
cancelled = Called off
    .formula = Orders called off before they were shipped
days_to_ship = Days to ship
    .formula = Median from the order to the courier
days_on_road = Days on the road
    .formula = Median from the courier to the door
days_to_door = Days to the door
    .formula = Median from the order to the door
days_to_cash = Days to the cash
    .formula = Median from the door to the payment, of orders paid on delivery
due = Cash due
    .formula = What customers handed over at the door: revenue, tax and shipping of delivered orders paid on delivery
collected = Cash collected
    .formula = The part of it whose payment came in
received = Received
    .formula = The payments that came in for these orders
held = Held by couriers
    .formula = Cash due whose payment has not come in
held_7 = Held 0–7 days
    .formula = Of it, delivered up to 7 days before the last day with data
held_14 = Held 8–14 days
    .formula = Of it, delivered 8 to 14 days before
held_30 = Held 15–30 days
    .formula = Of it, delivered 15 to 30 days before
held_older = Held longer
    .formula = Of it, delivered more than 30 days before
on_road = On the road
    .formula = To be paid on delivery, shipped, and neither delivered nor refused yet
not-told = not told
step-ordered = Ordered
step-confirmed = Confirmed
step-shipped = Shipped
step-delivered = Delivered
step-paid_for = Paid for
sentence = Of { $ordered ->
    [one] one order
   *[other] { $ordered } orders
} { $delivered } were delivered{ $door ->
    [0] .
   *[other] ; of { $door ->
        [one] the one
       *[other] the { $door }
    } that reached the door { $refused } were refused (between { $least } and { $most }).
}
often = { $part } stands out: { $share } refused, { $times } times as often as the others (at least { $least }){ $more ->
    [none] .
   *[other] ; so do { $more }.
}
cash = Of { $due } in cash { $held } is not handed over yet{ $old ->
    [yes] , { $older } of it for more than 30 days.
   *[no] .
}
slow = { $part } hands over the cash after { $days } days, { $later } days later than the others.
note-no-cash = Nobody tells when couriers hand over cash (Payment Received): what they hold is not known, and all that is due stands as held.
note-no-cash-orders = No delivered order was to be paid on delivery.
note-differs = For the orders whose cash came in, { $received } was received and { $collected } was due.
note-under-way = { $n ->
    [one] One shipped order is
   *[other] { $n } shipped orders are
} neither delivered nor refused yet.
""",
    ar="""
title = التوصيل
about = ما شُحن من الطلبات وسُلّم ورُفض ودُفع، وكم يستغرق، ومن بيده النقد.
param-by = التقسيم بحسب
param-paid = الطلبات المدفوعة
part = الجزء
step = الخطوة
customers = الطلبات
from_first = من الكل
    .formula = الطلبات التي بلغت هذه الخطوة مقسومة على كل ما طُلب
from_previous = مضت
    .formula = الطلبات التي بلغت هذه الخطوة مقسومة على التي قبلها
left_before = لم تبلغها
median = الوقت
    .formula = نصفها استغرق أقل من هذا منذ الخطوة السابقة ونصفها أكثر
ordered = طُلب
    .formula = الطلبات التي تُوصَّل ووُضعت في الفترة
shipped = شُحن
    .formula = طلبات سُلّمت لشركة الشحن؛ وما سُلّم أو رُفض فقد شُحن
delivered = سُلّم
    .formula = طلبات قبلها العميل عند الباب
refused = رُفض
    .formula = طلبات رُفض استلامها ولم تُقبل بعد ذلك
refused_share = رُفض عند الباب
    .formula = الطلبات المرفوضة مقسومة على ما سُلّم أو رُفض
refused_least = المرفوض على الأقل
    .formula = الطرف الأدنى لفترة الثقة 95٪ (ويلسون)
refused_most = المرفوض على الأكثر
    .formula = الطرف الأعلى لفترة الثقة 95٪ (ويلسون)
times_others = كم ضعفًا
    .formula = حصة المرفوض مقسومة على حصته عند كل من سواه
times_least = الضعف على الأقل
    .formula = الطرف الأدنى لفترة الثقة 95٪ (كاتز)
times_most = الضعف على الأكثر
    .formula = الطرف الأعلى لفترة الثقة 95٪ (كاتز)
chance = احتمال المصادفة
    .formula = كم مرة تُظهر المصادفة وحدها فرقًا كهذا بين كل الأجزاء المذكورة (بنجاميني وهوكبرغ)
returned = أُرجع
    .formula = طلبات سُلّمت ثم رُدّ من ثمنها شيء
cancelled = أُلغي
    .formula = طلبات أُلغيت قبل شحنها
days_to_ship = أيام حتى الشحن
    .formula = الوسيط من الطلب إلى شركة الشحن
days_on_road = أيام في الطريق
    .formula = الوسيط من شركة الشحن إلى الباب
days_to_door = أيام حتى الباب
    .formula = الوسيط من الطلب إلى الباب
days_to_cash = أيام حتى النقد
    .formula = الوسيط من الباب إلى وصول الدفعة، للطلبات المدفوعة عند الاستلام
due = النقد المستحق
    .formula = ما دفعه العملاء عند الباب: إيراد الطلبات المسلّمة المدفوعة عند الاستلام مع الضريبة والشحن
collected = النقد المحصَّل
    .formula = ما وصلت دفعته منه
received = ما وصل
    .formula = الدفعات التي وصلت عن هذه الطلبات
held = لدى شركات الشحن
    .formula = النقد المستحق الذي لم تصل دفعته
held_7 = لديها من 0 إلى 7 أيام
    .formula = ما سُلّم منه حتى 7 أيام قبل آخر يوم في البيانات
held_14 = لديها من 8 إلى 14 يومًا
    .formula = ما سُلّم منه قبل 8 أيام إلى 14 يومًا
held_30 = لديها من 15 إلى 30 يومًا
    .formula = ما سُلّم منه قبل 15 إلى 30 يومًا
held_older = لديها أكثر من ذلك
    .formula = ما سُلّم منه قبل أكثر من 30 يومًا
on_road = في الطريق
    .formula = ما يُدفع عند الاستلام وشُحن ولم يُسلّم ولم يُرفض بعد
not-told = غير معروف
step-ordered = طُلب
step-confirmed = أُكّد
step-shipped = شُحن
step-delivered = سُلّم
step-paid_for = دُفع ثمنه
sentence = سُلّم { $delivered } من { $ordered ->
    [one] طلب واحد
    [two] طلبين
    [few] { $ordered } طلبات
    [many] { $ordered } طلبًا
   *[other] { $ordered } طلب
}{ $door ->
    [zero] .
    [one] ، ومن الواحد الذي بلغ الباب رُفض { $refused } (بين { $least } و{ $most }).
    [two] ، ومن الاثنين اللذين بلغا الباب رُفض { $refused } (بين { $least } و{ $most }).
    [few] ، ومن { $door } بلغت الباب رُفض { $refused } (بين { $least } و{ $most }).
    [many] ، ومن { $door } بلغت الباب رُفض { $refused } (بين { $least } و{ $most }).
   *[other] ، ومن { $door } بلغت الباب رُفض { $refused } (بين { $least } و{ $most }).
}
often = واللافت { $part }: رُفض { $share } من طلباته، أكثر من غيره بـ{ $times } مرة ({ $least } على الأقل){ $more ->
    [none] .
   *[other] ، ومثله { $more }.
}
cash = ومن { $due } نقدًا لم يصل بعد { $held }{ $old ->
    [yes] ، منها { $older } منذ أكثر من 30 يومًا.
   *[no] .
}
slow = أما { $part } فيوصل النقد بعد { $days } يوم، أي بتأخر { $later } يوم عن غيره.
note-no-cash = لا أحد يذكر متى تسلّم شركات الشحن النقد («وصلت دفعته»): فلا يُعرف ما بيدها، ويظهر كل المستحق كأنه لديها.
note-no-cash-orders = لا طلب مسلَّمًا كان دفعه عند الاستلام.
note-differs = عن الطلبات التي وصل نقدها وصل { $received }، والمستحق { $collected }.
note-under-way = { $n ->
    [one] طلب واحد شُحن ولم يُسلّم ولم يُرفض بعد.
    [two] طلبان شُحنا ولم يُسلّما ولم يُرفضا بعد.
    [few] { $n } طلبات شُحنت ولم تُسلّم ولم تُرفض بعد.
    [many] { $n } طلبًا شُحن ولم يُسلّم ولم يُرفض بعد.
   *[other] { $n } طلب شُحن ولم يُسلّم ولم يُرفض بعد.
}
""",
)
