"""What the question about payments says, in both languages."""

from __future__ import annotations

from masarat.words import Words

PAYMENTS_WORDS = Words(
    en="""
title = Payments
about = How long customers take to pay, what is not collected and how old it is, what is refused and sent back.
param-by = Split by
param-terms = Days to pay
param-parcel_cost = Cost of a parcel
part = Part
age = Age
worth = Order value
    .formula = Revenue of orders with tax and delivery
at_once = Paid at once
    .formula = Orders of which nothing says that they are paid later
later = Paid later
    .formula = Orders paid on delivery, with a due date, an amount due or a payment of their own
paid = Paid by now
    .formula = Of the orders paid later those that are paid
days_to_pay = Days to pay
    .formula = Days from the door or the order by which half are paid; who has not paid yet counts by the days awaited so far (Kaplan–Meier)
nine_of_ten = Nine of ten paid
    .formula = Days by which nine of ten are paid, reckoned the same way
within_30 = Paid within 30 days
    .formula = Share of orders paid later that are paid within 30 days, reckoned the same way
open = Not collected
    .formula = What is owed for orders that are delivered or invoiced and not paid
overdue = Overdue
    .formula = Of what is not collected: after its due date, else after the days to pay
open_7 = 0–7 days
    .formula = Not collected for up to 7 days since its due date, else since the door or the order
open_30 = 8–30 days
    .formula = Not collected for 8 to 30 days
open_60 = 31–60 days
    .formula = Not collected for 31 to 60 days
open_90 = 61–90 days
    .formula = Not collected for 61 to 90 days
open_older = More than 90 days
    .formula = Not collected for more than 90 days
on_way = Under way
    .formula = To be paid on delivery, and neither delivered nor refused yet
pending_worth = Waiting for payment
    .formula = What orders come to that wait for their payment and are no sales yet
refused = Refused
    .formula = Parcels refused at the door and not accepted later
refused_share = Refused at the door
    .formula = Parcels refused divided by those that reached the door
refused_worth = Refused, value
    .formula = Order value of refused parcels
returned_worth = Sent back, value
    .formula = What was given back of other orders
returns_cost = Cost of returns
    .formula = Parcels refused or sent back, times twice the cost of a parcel
age-open_7 = 0–7 days
age-open_30 = 8–30 days
age-open_60 = 31–60 days
age-open_90 = 61–90 days
age-open_older = over 90 days
not-told = not told
sentence = { $later ->
    [one] One of { $orders } orders is
   *[other] { $later } of { $orders } orders are
} paid later{ $days ->
    [none] , and not half of that is paid yet
   *[other] , half of that within { $days }
}.
all-at-once = { $n ->
    [one] The one order
   *[other] All { $n } orders
}, { $worth }, counts as paid at once: nothing says that any is paid later.
open-money = { $open } is not collected{ $overdue ->
    [none] , none of it overdue
   *[other] , { $overdue } of it overdue
}{ $older ->
    [none] { "" }
   *[other] , { $older } for more than 90 days
}.
nothing-open = Nothing is left to collect.
slow = { $part } takes { $days }, { $quick } { $least }.
refusals = { $share } of parcels are refused at the door, worth { $worth }.
note-untold = { $n ->
    [one] One order was to be paid on delivery, and nobody tells
   *[other] { $n } orders were to be paid on delivery, and nobody tells
} whether the money came in: send Payment Received.
note-undated = { $n ->
    [one] One invoice is paid without saying when; it is
   *[other] { $n } invoices are paid without saying when; they are
} in no median.
note-terms = Where no due date is told, money is overdue after { $days }.
note-pending = { $n ->
    [one] One order waits for its payment
   *[other] { $n } orders wait for their payment
}: { $worth }.
note-parcel-cost = What returns cost is not known: say what a parcel costs (parcel_cost).
""",
    ar="""
title = المدفوعات
about = كم يستغرق العملاء في الدفع، وما لم يُحصَّل وكم عمره، وما رُفض وما أُعيد.
param-by = مقسّمة حسب
param-terms = مهلة الدفع بالأيام
param-parcel_cost = تكلفة الشحنة
part = القسم
age = العمر
worth = قيمة الطلبات
    .formula = إيرادات الطلبات مع الضريبة والتوصيل
at_once = مدفوعة فورًا
    .formula = طلبات لا شيء يقول إنها تُدفع لاحقًا
later = تُدفع لاحقًا
    .formula = ما يُدفع عند الاستلام، أو له تاريخ استحقاق أو مبلغ مستحق أو دفعة خاصة به
paid = دُفعت
    .formula = ما دُفع إلى الآن من الطلبات التي تُدفع لاحقًا
days_to_pay = أيام حتى الدفع
    .formula = الأيام من التسليم أو الطلب حتى يُدفع نصفها؛ ومن لم يدفع بعد يُحسب بأيام انتظاره (كابلان وماير)
nine_of_ten = تسعة من عشرة دُفعت
    .formula = الأيام حتى يُدفع تسعة أعشارها، بالطريقة نفسها
within_30 = دُفع خلال 30 يومًا
    .formula = حصة ما يُدفع خلال 30 يومًا من الطلبات التي تُدفع لاحقًا، بالطريقة نفسها
open = لم يُحصَّل
    .formula = المستحق عن طلبات سُلّمت أو صدرت فواتيرها ولم تُدفع
overdue = متأخر
    .formula = مما لم يُحصَّل: ما جاوز تاريخ استحقاقه، أو مهلة الدفع إن لم يُذكر
open_7 = حتى 7 أيام
    .formula = لم يُحصَّل منذ 7 أيام فأقل من الاستحقاق، أو من التسليم أو الطلب
open_30 = 8 إلى 30 يومًا
    .formula = لم يُحصَّل منذ 8 إلى 30 يومًا
open_60 = 31 إلى 60 يومًا
    .formula = لم يُحصَّل منذ 31 إلى 60 يومًا
open_90 = 61 إلى 90 يومًا
    .formula = لم يُحصَّل منذ 61 إلى 90 يومًا
open_older = أكثر من 90 يومًا
    .formula = لم يُحصَّل منذ أكثر من 90 يومًا
on_way = في الطريق
    .formula = يُدفع عند الاستلام، ولم يُسلَّم ولم يُرفض بعد
pending_worth = بانتظار الدفع
    .formula = قيمة طلبات تنتظر دفعها، وليست مبيعات بعد
refused = المرفوضة
    .formula = شحنات رُفضت عند الباب ولم تُقبل بعدها
refused_share = الرفض عند الباب
    .formula = الشحنات المرفوضة مقسومة على ما بلغ الباب
refused_worth = قيمة المرفوض
    .formula = قيمة طلبات الشحنات المرفوضة
returned_worth = قيمة المرتجع
    .formula = ما أُعيد عن غيرها من الطلبات
returns_cost = تكلفة المرتجعات
    .formula = الشحنات المرفوضة والمعادة في ضعف تكلفة الشحنة
age-open_7 = حتى 7 أيام
age-open_30 = 8 إلى 30 يومًا
age-open_60 = 31 إلى 60 يومًا
age-open_90 = 61 إلى 90 يومًا
age-open_older = فوق 90 يومًا
not-told = غير مذكور
sentence = { $later ->
    [one] طلب واحد من { $orders } يُدفع لاحقًا
    [two] طلبان من { $orders } يُدفعان لاحقًا
    [few] { $later } طلبات من { $orders } تُدفع لاحقًا
    [many] { $later } طلبًا من { $orders } تُدفع لاحقًا
   *[other] { $later } طلب من { $orders } تُدفع لاحقًا
}{ $days ->
    [none] ، ولم يُدفع نصفها بعد
   *[other] ، نصفها خلال { $days }
}.
all-at-once = { $n ->
    [one] الطلب الواحد محسوب مدفوعًا فورًا
    [two] الطلبان محسوبان مدفوعين فورًا
    [few] الطلبات كلها، وهي { $n }، محسوبة مدفوعة فورًا
    [many] الطلبات كلها، وهي { $n }، محسوبة مدفوعة فورًا
   *[other] الطلبات كلها، وهي { $n }، محسوبة مدفوعة فورًا
}، بقيمة { $worth }: لا شيء يقول إن منها ما يُدفع لاحقًا.
open-money = لم يُحصَّل { $open }{ $overdue ->
    [none] ، وليس فيه متأخر
   *[other] ، والمتأخر منه { $overdue }
}{ $older ->
    [none] { "" }
   *[other] ، ومضى على { $older } أكثر من 90 يومًا
}.
nothing-open = لم يبقَ ما يُحصَّل.
slow = { $part }: { $days }، و{ $quick }: { $least }.
refusals = يُرفض { $share } من الشحنات عند الباب، بقيمة { $worth }.
note-untold = { $n ->
    [one] طلب واحد يُدفع عند الاستلام ولا أحد يذكر وصول ماله
    [two] طلبان يُدفعان عند الاستلام ولا أحد يذكر وصول مالهما
    [few] { $n } طلبات تُدفع عند الاستلام ولا أحد يذكر وصول مالها
    [many] { $n } طلبًا تُدفع عند الاستلام ولا أحد يذكر وصول مالها
   *[other] { $n } طلب تُدفع عند الاستلام ولا أحد يذكر وصول مالها
}: أرسل Payment Received.
note-undated = { $n ->
    [one] فاتورة واحدة دُفعت ولا يُعرف متى، فليست
    [two] فاتورتان دُفعتا ولا يُعرف متى، فليستا
    [few] { $n } فواتير دُفعت ولا يُعرف متى، فليست
    [many] { $n } فاتورة دُفعت ولا يُعرف متى، فليست
   *[other] { $n } فاتورة دُفعت ولا يُعرف متى، فليست
} في المتوسط الزمني.
note-terms = حيث لا يُذكر تاريخ استحقاق يتأخر المال بعد { $days }.
note-pending = { $n ->
    [one] وطلب واحد ينتظر دفعه
    [two] وطلبان ينتظران دفعهما
    [few] و{ $n } طلبات تنتظر دفعها
    [many] و{ $n } طلبًا تنتظر دفعها
   *[other] و{ $n } طلب تنتظر دفعها
}: { $worth }.
note-parcel-cost = تكلفة المرتجعات غير معروفة: اكتب تكلفة الشحنة (parcel_cost).
""",
)
