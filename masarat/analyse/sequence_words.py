"""What `order_sequence` says, in both languages."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
title = Order sequence
about = What customers buy first, second and third, after how many days, and which first products bring them back.
param-show = List
param-item = An order stands for
show-ways = what followed what
show-firsts = first products, by who came back
item-product = its main product
item-category = its main category
nth = After order
here = Bought
after = Then bought
customers = Customers
    .formula = Customers whose first ever order lies in the period
share = Share
    .formula = Of those who came back after this, the part that bought that
others_share = Of the others
    .formula = The same part of those who came back after anything else
lift = Lift
    .formula = Share divided by that of the others
low = Lift at least
    .formula = Lower end of the 95 % interval of the lift (Katz 1978)
high = Lift at most
    .formula = Upper end of the 95 % interval of the lift
came = Came back
    .formula = Customers with a second order so far
median = Days between
    .formula = Median days to the next order, of those who came back
paid = Next order
    .formula = Average net value of the next order
back_30 = Within 30 days
    .formula = Of customers followed for at least 30 days, those with a second order in their first 30 days
back_60 = Within 60 days
    .formula = Of customers followed for at least 60 days, those with a second order in their first 60 days
back_90 = Within 90 days
    .formula = Of customers followed for at least 90 days, those with a second order in their first 90 days
back_180 = Within 180 days
    .formula = Of customers followed for at least 180 days, those with a second order in their first 180 days
back_365 = Within 365 days
    .formula = Of customers followed for at least 365 days, those with a second order in their first 365 days
at_least = 90 days, at least
    .formula = Lower end of Wilson's 95 % interval of the share within 90 days
at_most = 90 days, at most
    .formula = Upper end of Wilson's 95 % interval of the share within 90 days
verdict = Beyond chance
    .formula = Fisher's exact test, false discoveries at most 5 % over all that were tested
first_quarter = Day of the first quarter
    .formula = Days by which a quarter of those who come back have done so (Kaplan and Meier)
half_by = Day of half
    .formula = Days by which half of those who come back have done so (Kaplan and Meier)
third_quarter = Day of three quarters
    .formula = Days by which three quarters of those who come back have done so
most_by = Day of four fifths
    .formula = Days by which four fifths of those who come back have done so
likeliest_from = Likeliest week from day
    .formula = First of the seven days in which most of those still waiting come back
likeliest_to = to day
    .formula = Last of these seven days
place = Order
next = Next order
count = Customers
part = Share
step = Order number
the-others = others
unknown = not stated
verdict-more = more often
verdict-less = less often
verdict-same = may be chance
verdict-few = too few to tell
sentence = Of { $customers ->
    [one] one customer
   *[other] { $customers } customers
}, { $came ->
    [0] nobody has come back for a second order yet.
    [one] one ({ $share }) has come back for a second order so far.
   *[other] { $came } ({ $share }) have come back for a second order so far.
}
times = Half of those who come back do so { $half ->
    [0] on the same day
    [one] within one day
   *[other] within { $half } days
}, four fifths { $most ->
    [0] on the same day
    [one] within one day
   *[other] within { $most } days
}.
week = They are likeliest to come between day { $first } and day { $last }: write by then, and with an offer to who has not come by day { $most }.
strongest = Who began with { $here } and came back bought { $after } { $lift } times as often as others did ({ $n ->
    [one] one customer
   *[other] { $n } customers
}).
commonest = Most often { $after } followed { $here } ({ $n ->
    [one] one customer
   *[other] { $n } customers
}).
best-first = { $here } brings most back: { $back } of those who began with it within 90 days, { $all } of all.
note-few = Only { $n ->
    [one] one customer
   *[other] { $n } customers
} began in this period: read the figures with care.
note-waiting = { $n ->
    [one] One customer has
   *[other] { $n } customers have
} not come back so far; they are counted in the days and shares for as long as they have been followed.
note-no-days = Too few have come back to tell after how many days: at least 5 must have, and 30 have been followed.
note-horizon = Enough customers have been followed for { $n ->
    [one] one day
   *[other] { $n } days
} only: later returns are not in the days told.
""",
    ar="""
title = تسلسل الطلبات
about = ماذا يشتري العملاء أولًا ثم ثانيًا ثم ثالثًا، وبعد كم يوم، وأي منتج أول يعيدهم.
param-show = القائمة
param-item = الطلب يُعرف بـ
show-ways = ماذا تلا ماذا
show-firsts = المنتج الأول ومن عاد بعده
item-product = منتجه الرئيس
item-category = فئته الرئيسة
nth = بعد الطلب رقم
here = اشتروا
after = ثم اشتروا
customers = العملاء
    .formula = من كان أول طلب لهم على الإطلاق في هذه الفترة
share = النسبة
    .formula = ممن عادوا بعد هذا: نسبة من اشتروا ذاك
others_share = نسبة غيرهم
    .formula = النسبة نفسها ممن عادوا بعد أي شيء آخر
lift = الرفع
    .formula = النسبة مقسومة على نسبة غيرهم
low = الرفع على الأقل
    .formula = الحد الأدنى لمجال الثقة 95٪ للرفع (كاتز 1978)
high = الرفع على الأكثر
    .formula = الحد الأعلى لمجال الثقة 95٪ للرفع
came = من عادوا
    .formula = من لهم طلب ثانٍ حتى الآن
median = الأيام بينهما
    .formula = وسيط الأيام حتى الطلب التالي، لمن عادوا
paid = الطلب التالي
    .formula = متوسط صافي قيمة الطلب التالي
back_30 = خلال 30 يومًا
    .formula = ممن تابعناهم 30 يومًا على الأقل: من لهم طلب ثانٍ في أول 30 يومًا
back_60 = خلال 60 يومًا
    .formula = ممن تابعناهم 60 يومًا على الأقل: من لهم طلب ثانٍ في أول 60 يومًا
back_90 = خلال 90 يومًا
    .formula = ممن تابعناهم 90 يومًا على الأقل: من لهم طلب ثانٍ في أول 90 يومًا
back_180 = خلال 180 يومًا
    .formula = ممن تابعناهم 180 يومًا على الأقل: من لهم طلب ثانٍ في أول 180 يومًا
back_365 = خلال 365 يومًا
    .formula = ممن تابعناهم 365 يومًا على الأقل: من لهم طلب ثانٍ في أول 365 يومًا
at_least = 90 يومًا، على الأقل
    .formula = الحد الأدنى لمجال ولسون 95٪ لنسبة العودة خلال 90 يومًا
at_most = 90 يومًا، على الأكثر
    .formula = الحد الأعلى لمجال ولسون 95٪ لنسبة العودة خلال 90 يومًا
verdict = أهو فوق الصدفة
    .formula = اختبار فيشر الدقيق، والاكتشافات الكاذبة 5٪ على الأكثر من كل ما اختُبر
first_quarter = يوم الربع الأول
    .formula = الأيام التي يعود خلالها ربع من يعودون (كابلان وماير)
half_by = يوم النصف
    .formula = الأيام التي يعود خلالها نصف من يعودون (كابلان وماير)
third_quarter = يوم ثلاثة الأرباع
    .formula = الأيام التي يعود خلالها ثلاثة أرباع من يعودون
most_by = يوم أربعة الأخماس
    .formula = الأيام التي يعود خلالها أربعة أخماس من يعودون
likeliest_from = الأسبوع الأرجح من اليوم
    .formula = أول الأيام السبعة التي يعود فيها أكثر من لا يزالون يُنتظرون
likeliest_to = إلى اليوم
    .formula = آخر هذه الأيام السبعة
place = الطلب
next = الطلب التالي
count = العملاء
part = النسبة
step = رقم الطلب
the-others = غيرها
unknown = غير مذكور
verdict-more = أكثر
verdict-less = أقل
verdict-same = قد يكون صدفة
verdict-few = أقل من أن يُحكم عليه
sentence = من { $customers ->
    [zero] لا أحد
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
} { $came ->
    [0] لم يعد أحد بعد لطلب ثانٍ.
    [zero] لم يعد أحد بعد لطلب ثانٍ.
    [one] عاد واحد ({ $share }) لطلب ثانٍ حتى الآن.
    [two] عاد اثنان ({ $share }) لطلب ثانٍ حتى الآن.
    [few] عاد { $came } ({ $share }) لطلب ثانٍ حتى الآن.
    [many] عاد { $came } ({ $share }) لطلب ثانٍ حتى الآن.
   *[other] عاد { $came } ({ $share }) لطلب ثانٍ حتى الآن.
}
times = نصف من يعودون يعودون { $half ->
    [0] في اليوم نفسه
    [zero] في اليوم نفسه
    [one] خلال يوم
    [two] خلال يومين
    [few] خلال { $half } أيام
    [many] خلال { $half } يومًا
   *[other] خلال { $half } يوم
}، وأربعة أخماسهم { $most ->
    [0] في اليوم نفسه
    [zero] في اليوم نفسه
    [one] خلال يوم
    [two] خلال يومين
    [few] خلال { $most } أيام
    [many] خلال { $most } يومًا
   *[other] خلال { $most } يوم
}.
week = وأرجح عودتهم بين اليوم { $first } واليوم { $last }: راسلهم حينها، وبعرض لمن لم يعد حتى اليوم { $most }.
strongest = ومن بدأ بـ{ $here } وعاد اشترى { $after } أكثر من غيره بـ{ $lift } مرة ({ $n ->
    [zero] لا أحد
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}).
commonest = وأكثر ما تلا { $here }: { $after } ({ $n ->
    [zero] لا أحد
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}).
best-first = وأكثر ما يعيد العملاء { $here }: عاد { $back } ممن بدؤوا به خلال 90 يومًا، و{ $all } من الجميع.
note-few = لم يبدأ في هذه الفترة إلا { $n ->
    [zero] القليل
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}: اقرأ الأرقام بحذر.
note-waiting = لم يعد حتى الآن { $n ->
    [zero] أحد
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}؛ وهم محسوبون في الأيام والنسب ما دمنا نتابعهم.
note-no-days = من عادوا أقل من أن يُعرف بعد كم يوم يعودون: يلزم 5 عائدين و30 عميلًا نتابعهم.
note-horizon = لم نتابع عددًا كافيًا إلا { $n ->
    [zero] أقل من يوم
    [one] يومًا واحدًا
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}: فالعودة بعد ذلك ليست في الأيام المذكورة.
""",
)
