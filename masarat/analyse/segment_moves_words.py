"""The words of moves between customer segments."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
title = Moves between segments
about = Between which customer segments (RFM) customers moved: who became better, who slipped, who is new and who is gone.
param-gone_days = Gone after days
one = From
two = To
step = Step
kind = Kind
customers = Customers
    .formula = Identified customers with an order up to the last day of the period
share_of_start = Share of those who began there
    .formula = Customers of this way divided by all who stood in the same place when the period began
revenue = Revenue
    .formula = Their net revenue in the period
revenue_before = Revenue before
    .formula = Their net revenue in the same number of days before the period
difference = Difference
    .formula = Revenue in the period minus revenue before
up = Moved up
    .formula = Customers who stand in a better segment than when the period began
down = Moved down
    .formula = Customers who stand in a worse segment than when the period began, the gone included
stayed = Stayed
    .formula = Customers who stand where they stood when the period began
arrived = First bought
    .formula = Customers whose first order is in the period
left = Newly gone
    .formula = Those moved down who count as gone now: no order for the days asked for
returned = Came back
    .formula = Those moved up who counted as gone when the period began
down_difference = Difference of those moved down
    .formula = Revenue in the period of those moved down minus their revenue in the same number of days before
newcomer = Not yet a customer
gone = Gone
kind-up = Up
kind-down = Down
kind-across = Across
kind-stayed = Stayed
kind-arrived = First bought
sentence = Of { $customers ->
    [one] one customer
   *[other] { $customers } customers
}, { $up } moved up, { $down } moved down and { $stayed } stayed; { $arrived ->
    [0] nobody bought for the first time
    [one] one bought for the first time
   *[other] { $arrived } bought for the first time
}.
largest-up = The largest move up: { $one } → { $two } ({ $n ->
    [one] one customer
   *[other] { $n } customers
}).
costliest-down = The costliest move down: { $one } → { $two } ({ $n ->
    [one] one customer
   *[other] { $n } customers
}, { $less } less than in as many days before).
down-for-nothing = The largest move down: { $one } → { $two } ({ $n ->
    [one] one customer
   *[other] { $n } customers
}), which has cost nothing so far.
note-no-beginning = The whole history begins before anybody had bought: choose a period to see who moved.
""",
    ar="""
title = الانتقال بين الشرائح
about = بين أي شرائح العملاء (RFM) انتقلوا: من ارتقى، ومن تراجع، ومن اشترى أول مرة، ومن انقطع.
param-gone_days = ينقطع بعد أيام
one = من
two = إلى
step = الخطوة
kind = النوع
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب حتى آخر يوم من الفترة
share_of_start = الحصة ممن بدؤوا هناك
    .formula = عملاء هذا الطريق مقسومين على كل من كانوا في الموضع نفسه أول الفترة
revenue = الإيرادات
    .formula = صافي إيراداتهم في الفترة
revenue_before = الإيرادات قبلها
    .formula = صافي إيراداتهم في عدد الأيام نفسه قبل الفترة
difference = الفرق
    .formula = الإيرادات في الفترة ناقص الإيرادات قبلها
up = ارتقوا
    .formula = من هم الآن في شريحة أفضل مما كانوا فيها أول الفترة
down = تراجعوا
    .formula = من هم الآن في شريحة أدنى مما كانوا فيها أول الفترة، ومعهم المنقطعون
stayed = ثبتوا
    .formula = من هم الآن حيث كانوا أول الفترة
arrived = اشتروا أول مرة
    .formula = من كان أول طلب لهم في الفترة
left = انقطعوا حديثًا
    .formula = من تراجعوا فصاروا من المنقطعين: لا طلب لهم طوال الأيام المحددة
returned = عادوا
    .formula = من ارتقوا وكانوا أول الفترة من المنقطعين
down_difference = فرق المتراجعين
    .formula = إيرادات المتراجعين في الفترة ناقص إيراداتهم في عدد الأيام نفسه قبلها
newcomer = لم يشتروا بعد
gone = المنقطعون
kind-up = ارتقاء
kind-down = تراجع
kind-across = انتقال بين متساويين
kind-stayed = ثبات
kind-arrived = أول شراء
sentence = { $customers ->
    [zero] لا عملاء
    [one] عميل واحد
    [two] عميلان
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}: { $up ->
    [zero] لم يرتقِ أحد
    [one] ارتقى واحد
    [two] ارتقى اثنان
    [few] ارتقى { $up }
    [many] ارتقى { $up }
   *[other] ارتقى { $up }
}، و{ $down ->
    [zero] لم يتراجع أحد
    [one] تراجع واحد
    [two] تراجع اثنان
    [few] تراجع { $down }
    [many] تراجع { $down }
   *[other] تراجع { $down }
}، و{ $stayed ->
    [zero] لم يثبت في مكانه أحد
    [one] ثبت في مكانه واحد
    [two] ثبت في مكانهما اثنان
    [few] ثبت في مكانهم { $stayed }
    [many] ثبت في مكانهم { $stayed }
   *[other] ثبت في مكانهم { $stayed }
}، و{ $arrived ->
    [zero] لم يشترِ أحد أول مرة
    [one] اشترى واحد أول مرة
    [two] اشترى اثنان أول مرة
    [few] اشترى { $arrived } أول مرة
    [many] اشترى { $arrived } أول مرة
   *[other] اشترى { $arrived } أول مرة
}.
largest-up = وأكبر ارتقاء: من «{ $one }» إلى «{ $two }» ({ $n ->
    [zero] لا أحد
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}).
costliest-down = وأغلى تراجع: من «{ $one }» إلى «{ $two }» ({ $n ->
    [zero] لا أحد
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}، نقص ما جلبوه { $less } عن مثل هذه الأيام قبلها).
down-for-nothing = وأكبر تراجع: من «{ $one }» إلى «{ $two }» ({ $n ->
    [zero] لا أحد
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
})، ولم يكلّف شيئًا حتى الآن.
note-no-beginning = التاريخ كله يبدأ قبل أن يشتري أحد: اختر فترة لترى من انتقل.
""",
)
