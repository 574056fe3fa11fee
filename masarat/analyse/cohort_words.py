"""What `cohorts` says, in both languages."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
title = Value of cohorts
about = What customers who joined together bring by the same age, what winning them cost, and when that was earned back.
param-cohort = Joined by
param-age = Age in days
param-measure = Compare
param-months = Months of age
cohort-month = month
cohort-quarter = quarter
cohort-week = week
cohort-first_product = first product
cohort-first_category = first category
cohort-coupon = first coupon
cohort-channel = channel
cohort-campaign = campaign
cohort-city = city
cohort-country = country
cohort-branch = branch
cohort-device = device
cohort-source = source
measure-gross = gross revenue
measure-net = net revenue
measure-margin = gross margin
measure-contribution = contribution
cohort = Joined
start = From
customers = Customers
    .formula = Customers whose first ever order lies in the period and belongs here
old_enough = Old enough
    .formula = Of them those who have been followed for as many days as the age asked for; what each brought is of these alone
gross = Gross revenue each
    .formula = Gross revenue of those old enough in their first days, divided by their number
net = Net revenue each
    .formula = Net revenue (refunds taken off by their own day) of those old enough in their first days, divided by their number
margin = Gross margin each
    .formula = Net revenue whose cost of goods is known minus that cost, of those old enough in their first days, divided by their number
acquisition_cost = Acquisition cost
    .formula = Advertising costs divided by customers (CAC)
contribution = Contribution each
    .formula = Gross margin each minus acquisition cost
payback = Months to payback
    .formula = The first month of thirty days by whose end the gross margin each has reached the acquisition cost, as far as half of the customers are that old
low = At least
    .formula = Lower end of the 95 % interval of the compared measure (Student)
high = At most
    .formula = Upper end of the 95 % interval of the compared measure (Student)
verdict = Against the others
    .formula = Better or worse than all others together where the means differ beyond chance (Welch's test, false discoveries at most 5 %)
at_30 = 30 days
    .formula = The compared measure in the first 30 days, each of those old enough for it
at_60 = 60 days
    .formula = The same in the first 60 days
at_90 = 90 days
    .formula = The same in the first 90 days
at_180 = 180 days
    .formula = The same in the first 180 days
at_365 = 365 days
    .formula = The same in the first 365 days
gross_total = Gross revenue in all
    .formula = Gross revenue of all its customers at whatever age
net_total = Net revenue in all
    .formula = Net revenue of all its customers at whatever age, refunds taken off
margin_total = Gross margin in all
    .formula = Gross margin of all its customers at whatever age
contribution_total = Contribution in all
    .formula = Gross margin in all minus advertising
spend = Advertising
    .formula = Advertising costs of the cohort's days; by channel and campaign, of the days asked for
unknown_share = Margin unknown
    .formula = Share of net revenue whose cost of goods is not known
line = Joined
age = Days since joining
value = Each
    .formula = The compared measure in the first so many days, each of those old enough for it
old = Old enough
quarter = Q{ $n } { $year }
together = All together
the-others = all others
unknown = not stated
verdict-better = better
verdict-worse = worse
verdict-same = no difference
verdict-few = too few to tell
verdict-unknown = not known
sentence = { $old ->
    [one] One customer is old enough and brought
   *[other] Each of { $old } customers old enough brought
} { $value } of { $measure ->
    [gross] gross revenue
    [margin] gross margin
    [contribution] contribution
   *[net] net revenue
} in the first { $age ->
    [one] day
   *[other] { $age } days
}.
best = { $by ->
    [time] Those who joined in { $cohort }
   *[other] Those who began with { $cohort }
} brought most: { $value } each, more than the others beyond chance.
worst = { $by ->
    [time] Those who joined in { $cohort }
   *[other] Those who began with { $cohort }
} brought least: { $value } each, less than the others beyond chance.
none-differs = No cohort differs from the others beyond chance.
cost = Winning one cost { $cost } in advertising{ $known ->
    [no] {"."}
   *[yes] { $months ->
        [0] {", "}not earned back so far.
        [one] {", "}earned back within one month.
       *[other] {", "}earned back within { $months } months.
    }
}
too-young = { $customers ->
    [one] One customer joined
   *[other] { $customers } customers joined
} in this period, and none has been followed for { $age ->
    [one] one day
   *[other] { $age } days
} yet: ask for a younger age.
no-measure = { $measure ->
    [contribution] The contribution is not known: it needs the cost of goods (a product sheet with costs) and advertising costs.
   *[other] The margin is not known: it needs the cost of goods, from a product sheet with costs.
}
note-few = Only { $n ->
    [one] one customer
   *[other] { $n } customers
} joined in this period: read the figures with care.
note-young = { $n ->
    [one] One customer is
   *[other] { $n } customers are
} younger than { $age ->
    [one] one day
   *[other] { $age } days
} and left out of what each brought, not out of the totals.
note-unknown = The cost of goods is not known for { $share } of net revenue; the margin leaves it out.
note-no-margin = The cost of goods is not known for { $share } of net revenue, too much to tell a margin: import a product sheet with costs.
note-no-costs = There are no advertising costs of these days: what winning a customer cost is not known.
note-costs-whole = Advertising costs are known by day, channel and campaign only; here they are told for all together.
""",
    ar="""
title = قيمة الأفواج
about = ما يجلبه من انضموا معًا عند العمر نفسه، وما كلّفه كسبهم، ومتى استُردّ ذلك.
param-cohort = الأفواج حسب
param-age = العمر بالأيام
param-measure = المقارنة بـ
param-months = أشهر العمر
cohort-month = الشهر
cohort-quarter = الربع
cohort-week = الأسبوع
cohort-first_product = أول منتج
cohort-first_category = أول فئة
cohort-coupon = أول كوبون
cohort-channel = القناة
cohort-campaign = الحملة
cohort-city = المدينة
cohort-country = البلد
cohort-branch = الفرع
cohort-device = الجهاز
cohort-source = المصدر
measure-gross = إجمالي الإيرادات
measure-net = صافي الإيرادات
measure-margin = هامش الربح الإجمالي
measure-contribution = المساهمة
cohort = الفوج
start = من
customers = العملاء
    .formula = من كان أول طلب لهم على الإطلاق في هذه الفترة ومن هذا الفوج
old_enough = بلغوا العمر
    .formula = من تابعناهم منهم أيامًا بعدد العمر المطلوب؛ ونصيب كل عميل محسوب من هؤلاء وحدهم
gross = إجمالي الإيرادات لكل عميل
    .formula = إجمالي إيرادات من بلغوا العمر في أيامهم الأولى مقسومًا على عددهم
net = صافي الإيرادات لكل عميل
    .formula = صافي إيرادات من بلغوا العمر في أيامهم الأولى (تُطرح المرتجعات في يومها) مقسومًا على عددهم
margin = هامش الربح لكل عميل
    .formula = صافي الإيرادات المعروفة تكلفة بضاعتها ناقص هذه التكلفة، لمن بلغوا العمر في أيامهم الأولى، مقسومًا على عددهم
acquisition_cost = تكلفة الاكتساب
    .formula = تكاليف الإعلان مقسومة على عدد العملاء
contribution = مساهمة كل عميل
    .formula = هامش الربح لكل عميل ناقص تكلفة اكتسابه
payback = أشهر الاسترداد
    .formula = أول شهر (30 يومًا) يبلغ هامش ربح العميل في آخره تكلفة اكتسابه، ما دام نصف الفوج قد بلغ ذلك العمر
low = على الأقل
    .formula = الحد الأدنى لمجال الثقة 95٪ للمقياس المقارن (ستيودنت)
high = على الأكثر
    .formula = الحد الأعلى لمجال الثقة 95٪ للمقياس المقارن (ستيودنت)
verdict = قياسًا بالبقية
    .formula = أفضل أو أضعف من البقية معًا حين يختلف المتوسطان بما يفوق الصدفة (اختبار ولش، والاكتشافات الكاذبة 5٪ على الأكثر)
at_30 = 30 يومًا
    .formula = المقياس المقارن في أول 30 يومًا، لكل من بلغها
at_60 = 60 يومًا
    .formula = المقياس نفسه في أول 60 يومًا
at_90 = 90 يومًا
    .formula = المقياس نفسه في أول 90 يومًا
at_180 = 180 يومًا
    .formula = المقياس نفسه في أول 180 يومًا
at_365 = 365 يومًا
    .formula = المقياس نفسه في أول 365 يومًا
gross_total = إجمالي الإيرادات كلها
    .formula = إجمالي إيرادات كل عملاء الفوج مهما بلغ عمرهم
net_total = صافي الإيرادات كلها
    .formula = صافي إيرادات كل عملاء الفوج مهما بلغ عمرهم، بعد طرح المرتجعات
margin_total = هامش الربح كله
    .formula = هامش ربح كل عملاء الفوج مهما بلغ عمرهم
contribution_total = المساهمة كلها
    .formula = هامش الربح كله ناقص الإعلانات
spend = الإعلانات
    .formula = تكاليف الإعلان في أيام الفوج؛ وحسب القناة والحملة: في الأيام المطلوبة
unknown_share = هامش غير معروف
    .formula = حصة صافي الإيرادات التي لا تُعرف تكلفة بضاعتها
line = الفوج
age = أيام منذ الانضمام
value = لكل عميل
    .formula = المقياس المقارن في الأيام الأولى بهذا العدد، لكل من بلغها
old = بلغوا العمر
quarter = الربع { $n ->
    [1] الأول
    [2] الثاني
    [3] الثالث
   *[4] الرابع
} { $year }
together = الجميع معًا
the-others = البقية
unknown = غير مذكور
verdict-better = أفضل
verdict-worse = أضعف
verdict-same = لا فرق
verdict-few = أقل من أن يُحكم عليه
verdict-unknown = غير معروف
sentence = { $old ->
    [zero] لم يبلغ أحد هذا العمر، وجلب كل عميل
    [one] بلغ هذا العمر عميل واحد، وجلب
    [two] بلغ هذا العمر عميلان، وجلب كل منهما
    [few] بلغ هذا العمر { $old } عملاء، وجلب كل منهم
    [many] بلغ هذا العمر { $old } عميلًا، وجلب كل منهم
   *[other] بلغ هذا العمر { $old } عميل، وجلب كل منهم
} في المتوسط { $value } من { $measure ->
    [gross] إجمالي الإيرادات
    [margin] هامش الربح
    [contribution] المساهمة
   *[net] صافي الإيرادات
} في { $age ->
    [zero] أول يوم
    [one] أول يوم
    [two] أول يومين
    [few] أول { $age } أيام
    [many] أول { $age } يومًا
   *[other] أول { $age } يوم
}.
best = أكثرهم { $by ->
    [time] من انضموا في { $cohort }
   *[other] من بدؤوا بـ{ $cohort }
}: { $value } لكل عميل، أكثر من البقية بما يفوق الصدفة.
worst = وأقلهم { $by ->
    [time] من انضموا في { $cohort }
   *[other] من بدؤوا بـ{ $cohort }
}: { $value } لكل عميل، أقل من البقية بما يفوق الصدفة.
none-differs = لا فوج يختلف عن البقية بما يفوق الصدفة.
cost = وكلّف كسب العميل { $cost } من الإعلانات{ $known ->
    [no] {"."}
   *[yes] { $months ->
        [0] ، ولم يُستردّ ذلك بعد.
        [zero] ، ولم يُستردّ ذلك بعد.
        [one] ، استُردّت خلال شهر.
        [two] ، استُردّت خلال شهرين.
        [few] ، استُردّت خلال { $months } أشهر.
        [many] ، استُردّت خلال { $months } شهرًا.
       *[other] ، استُردّت خلال { $months } شهر.
    }
}
too-young = { $customers ->
    [zero] لم ينضم أحد
    [one] انضم عميل واحد
    [two] انضم عميلان
    [few] انضم { $customers } عملاء
    [many] انضم { $customers } عميلًا
   *[other] انضم { $customers } عميل
} في هذه الفترة، ولم تمض على أحد منهم بعد { $age ->
    [zero] أيام كافية
    [one] يوم واحد
    [two] مدة يومين
    [few] { $age } أيام
    [many] { $age } يومًا
   *[other] { $age } يوم
}: اختر عمرًا أقصر.
no-measure = { $measure ->
    [contribution] لا تُعرف المساهمة: يلزمها تكلفة البضاعة (من كشف منتجات بتكاليفها) وتكاليف الإعلان.
   *[other] لا يُعرف هامش الربح: يلزمه تكلفة البضاعة من كشف منتجات بتكاليفها.
}
note-few = لم ينضم في هذه الفترة إلا { $n ->
    [zero] القليل
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}: اقرأ الأرقام بحذر.
note-young = لم يبلغ عمر { $age ->
    [zero] يوم
    [one] يوم واحد
    [two] يومين
    [few] { $age } أيام
    [many] { $age } يومًا
   *[other] { $age } يوم
} بعد { $n ->
    [zero] أحد
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}، فلا يدخلون في نصيب كل عميل ويدخلون في المجاميع.
note-unknown = لا تُعرف تكلفة بضاعة { $share } من صافي الإيرادات، فهامش الربح لا يشملها.
note-no-margin = لا تُعرف تكلفة بضاعة { $share } من صافي الإيرادات، وهذا أكثر من أن يُعرف معه هامش الربح: استورد كشف منتجات بتكاليفها.
note-no-costs = لا تكاليف إعلان لهذه الأيام، فلا تُعرف تكلفة كسب العميل.
note-costs-whole = لا تُعرف تكاليف الإعلان إلا حسب اليوم والقناة والحملة، فهي هنا للجميع معًا.
""",
)
