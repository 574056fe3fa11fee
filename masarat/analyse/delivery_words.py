"""What the question `delivery` says."""

from masarat.words import Words

WORDS = Words(
    en="""
title = Delivery
about = What becomes of parcels, who refuses them at the door, and how much cash is still with couriers.
param-split = By
param-payments = Parcels
param-top = Rows shown
split-courier = courier
split-city = city
split-payment = way of payment
payments-cash = paid at the door
payments-all = all
part = Part
unknown = not stated
parcels = Parcels
    .formula = Completed orders of the period that are no branch's
delivered = Delivered
    .formula = Parcels that arrived
refused = Refused
    .formula = Parcels refused at the door
refused_share = Refused share
    .formula = Refused divided by refused and delivered
refused_from = At least
    .formula = Lower end of the interval that holds the true refused share in 95 of 100 cases (Wilson)
refused_to = At most
    .formula = Upper end of that interval
on_the_way = On the way
    .formula = Parcels neither delivered nor refused up to the end of the log
returned = Returned
    .formula = Delivered parcels for which money was given back later
days_to_door = Days to the door
    .formula = Median days from order to delivery
late_share = Late
    .formula = Of the delivered parcels whose promised day is known, the share that came after it
due = Cash due
    .formula = Revenue of delivered parcels paid at the door
collected = Cash received
    .formula = What was told as received for them, at most what was due
in_transit = With couriers
    .formula = Cash due less cash received
overdue = For over 14 days
    .formula = Cash with couriers for parcels delivered more than 14 days before the end of the log
days_to_cash = Days to the cash
    .formula = Median days from delivery until the cash was received
to_7 = To 7 days
    .formula = Cash with couriers for parcels delivered in the last 7 days of the log
to_14 = 8–14 days
    .formula = The same, delivered more than 7 and up to 14 days ago
to_30 = 15–30 days
    .formula = The same, delivered more than 14 and up to 30 days ago
over_30 = Over 30 days
    .formula = The same, delivered more than 30 days ago
step = Step
ordered = Ordered
shipped = Shipped
collected_parcels = Cash received
customers = Parcels
    .formula = Parcels that came to this step
from_first = Of all
    .formula = Parcels of this step divided by all parcels
from_previous = Went on
    .formula = Parcels of this step divided by those of the step before
left_before = Not yet, or not at all
    .formula = Parcels of the step before that did not come to this one
median = Days
    .formula = Median days from the step before
sentence = Of { $parcels ->
    [one] one parcel
   *[other] { $parcels } parcels
}{ $payments ->
    [cash] {" "}paid at the door
   *[all] {""}
}, { $delivered ->
    [one] one was delivered
   *[other] { $delivered } were delivered
} and { $share } of those that reached the door were refused.
cash = Couriers hold { $in_transit } of cash{ $overdue ->
    [none] {""}
   *[other] , { $overdue } of it for more than 14 days
}.
worst = { $part } is refused most: { $share }, between { $from } and { $to }, against { $others } elsewhere.
note-few = Only { $n ->
    [one] one parcel
   *[other] { $n } parcels
} reached a door: read the shares with care.
note-way = { $n ->
    [one] One parcel is
   *[other] { $n } parcels are
} still on the way, and in no share.
note-untold = No cash was told as received for these parcels: either couriers owe all of it, or nobody told it (Payment Received).
""",
    ar="""
title = التوصيل
about = ماذا يصير بالشحنات، ومن يرفضها عند الباب، وكم من النقد ما زال عند شركات الشحن.
param-split = حسب
param-payments = الشحنات
param-top = عدد الصفوف
split-courier = شركة الشحن
split-city = المدينة
split-payment = طريقة الدفع
payments-cash = المدفوعة عند الاستلام
payments-all = كلها
part = الجزء
unknown = لم يُذكر
parcels = الشحنات
    .formula = طلبات الفترة المكتملة التي ليست من فرع
delivered = سُلّمت
    .formula = الشحنات التي وصلت إلى أصحابها
refused = رُفضت
    .formula = الشحنات التي رُفض استلامها عند الباب
refused_share = نسبة الرفض
    .formula = المرفوضة مقسومة على المرفوضة والمسلَّمة
refused_from = لا تقل عن
    .formula = الحد الأدنى لنسبة الرفض الحقيقية في 95 من كل 100 حالة (Wilson)
refused_to = لا تزيد على
    .formula = الحد الأعلى لها
on_the_way = في الطريق
    .formula = شحنات لم تُسلَّم ولم تُرفض حتى آخر السجل
returned = أُعيدت
    .formula = شحنات سُلّمت ثم أُعيد مالها أو بعضه
days_to_door = أيام الوصول
    .formula = وسيط الأيام من الطلب إلى التسليم
late_share = المتأخر
    .formula = من الشحنات المسلَّمة المعلوم موعدها، نسبة ما وصل بعده
due = النقد المستحق
    .formula = إيرادات الشحنات المسلَّمة المدفوعة عند الاستلام
collected = النقد المستلَم
    .formula = ما سُجّل قبضه عنها، ولا يزيد على المستحق
in_transit = عند شركات الشحن
    .formula = النقد المستحق ناقص المستلَم
overdue = منذ أكثر من 14 يومًا
    .formula = نقد شحنات سُلّمت قبل أكثر من 14 يومًا من آخر السجل ولم يصل
days_to_cash = أيام وصول النقد
    .formula = وسيط الأيام من التسليم إلى قبض النقد
to_7 = حتى 7 أيام
    .formula = نقد لم يصل لشحنات سُلّمت في آخر 7 أيام من السجل
to_14 = من 8 إلى 14 يومًا
    .formula = مثله، لما سُلّم قبل أكثر من 7 أيام وحتى 14
to_30 = من 15 إلى 30 يومًا
    .formula = مثله، لما سُلّم قبل أكثر من 14 يومًا وحتى 30
over_30 = أكثر من 30 يومًا
    .formula = مثله، لما سُلّم قبل أكثر من 30 يومًا
step = الخطوة
ordered = طُلبت
shipped = شُحنت
collected_parcels = قُبض نقدها
customers = الشحنات
    .formula = الشحنات التي بلغت هذه الخطوة
from_first = من الكل
    .formula = شحنات هذه الخطوة مقسومة على الشحنات كلها
from_previous = مضت
    .formula = شحنات هذه الخطوة مقسومة على شحنات الخطوة السابقة
left_before = لم تبلغها بعد أو أبدًا
    .formula = شحنات الخطوة السابقة التي لم تبلغ هذه
median = الأيام
    .formula = وسيط الأيام من الخطوة السابقة
sentence = من { $parcels ->
    [one] شحنة واحدة
    [two] شحنتين
    [few] { $parcels } شحنات
    [many] { $parcels } شحنة
   *[other] { $parcels } شحنة
}{ $payments ->
    [cash] {" "}تُدفع عند الاستلام
   *[all] {""}
} { $delivered ->
    [zero] لم تُسلَّم واحدة
    [one] سُلّمت واحدة
    [two] سُلّمت اثنتان
    [few] سُلّمت { $delivered }
    [many] سُلّمت { $delivered }
   *[other] سُلّمت { $delivered }
}، ورُفض { $share } مما وصل إلى الباب.
cash = وما زال عند شركات الشحن { $in_transit } نقدًا{ $overdue ->
    [none] {""}
   *[other] ، منها { $overdue } منذ أكثر من 14 يومًا
}.
worst = وأكثر الرفض عند { $part }: { $share }، بين { $from } و{ $to }، وعند غيرها { $others }.
note-few = لم يصل إلى الأبواب إلا { $n ->
    [one] شحنة واحدة
    [two] شحنتان
    [few] { $n } شحنات
    [many] { $n } شحنة
   *[other] { $n } شحنة
}: اقرأ النسب بحذر.
note-way = { $n ->
    [one] شحنة واحدة ما زالت
    [two] شحنتان ما زالتا
    [few] { $n } شحنات ما زالت
    [many] { $n } شحنة ما زالت
   *[other] { $n } شحنة ما زالت
} في الطريق، ولا تدخل في النسب.
note-untold = لم يُسجَّل قبض أي نقد عن هذه الشحنات: إما أنه كله عند شركات الشحن، أو أن أحدًا لم يسجّله (Payment Received).
""",
)
