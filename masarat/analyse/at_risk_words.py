"""What `at_risk` says, in both languages."""

from masarat.words import Words

WORDS = Words(
    en="""
title = Customers at risk
about = Which regular customers are about to leave, why, what is at stake, and what to do.
param-days = Days ahead
param-limit = Rows
chance = Chance of no order
    .formula = That no order comes in the days ahead, by the model that missed least on customers it was not shown
at_stake = At stake
    .formula = What they would usually bring in the days ahead (orders at their own pace times their mean net order) times the chance that they do not order
why = Because
action = What to do
recency = Days since last order
gap = Usual gap
orders = Orders
revenue = Net revenue
at_risk = Customers at risk
    .formula = Regular customers who at their own pace would as likely as not order in the days ahead, more likely than not will not, and show a sign of it
regular = Regular customers
    .formula = Identified customers with orders on two days or more
gone = Gone
    .formula = Those who would as likely as not order at their own pace, but have been silent for more than six of their gaps, and longer than the days ahead
days_ahead = Days ahead
    .formula = As asked; or as long as three of four gaps between days with orders are, at most a quarter of the time known
auc = AUC of the model
    .formula = How often, of a customer held out who did not order and one who did, the model gave the first the higher chance; 0.5 is blind
auc_recency = AUC of recency
    .formula = The same of days since the last order alone
held = Judged by
    .formula = Customers at the last earlier date, which the model did not see
group = Customers by chance
nth = Group { $place }
said = Foreseen
came = Came true
sentence = { $at_risk ->
    [one] One of { $regular } regular customers is
   *[other] { $at_risk } of { $regular } regular customers are
} about to leave: { $money } is at stake in the next { $days ->
    [one] day
   *[other] { $days } days
}.
first = Most is at stake with { $name } ({ $money }){ $why ->
    [none] { "" }
   *[other] : { $why }
}. { $action }.
nobody = None of { $regular } regular customers looks about to leave in the next { $days ->
    [one] day
   *[other] { $days } days
}.
not-enough = Not enough data to tell who is leaving: it takes { $gaps } gaps between orders of the same customers (there are { $have }), and { $customers } customers who ordered again and as many who did not to judge a model.
why-silent = buys every { $gap ->
    [one] day
   *[other] { $gap } days
}, silent for { $recency }
why-visits = visits fell from { $usual } to { $now } in 30 days
why-opened = newsletters opened fell from { $usual } to { $now } in 90 days
why-ticket = { $n ->
    [one] a ticket
   *[other] { $n } tickets
} in 90 days{ $topic ->
    [none] { "" }
   *[other] , the last about { $topic }
}
why-refused = { $n ->
    [one] refused a parcel
   *[other] refused { $n } parcels
}
why-late = { $n ->
    [one] a parcel came late
   *[other] { $n } parcels came late
}
why-score = the last answer to a survey was low
why-refunds = { $n ->
    [one] returned an order
   *[other] returned { $n } orders
}
why-coupons = { $share } of the orders with a coupon
action-amend = Call and put right what went wrong
action-call = Call in person
action-offer = Send an offer with an end date
action-remind = Remind them of what they usually buy
model-recency = days since the last order
model-rhythm = own rhythm
model-buying = purchases and leaving (BG/NBD)
model-weights = logistic regression
model-trees = boosted trees
model-auc = { $model } { $auc }
note-model = Used: { $model }. Of one who did not order and one who did it gave the first the higher chance in { $auc } of cases{ $others ->
    [none] { "" }
   *[other] { " " }(others: { $others })
}; { $held } customers, of whom { $base } did not order.
note-blind = On customers it was not shown the model says no more than the mere share: do not take its chances at their word.
note-unjudged = The chances are from customers' own rhythm and could not be checked: that takes two earlier dates, and { $customers } customers who ordered after the last one and as many who did not.
note-missing = Boosted trees could not be tried, the other models were: LightGBM is missing ({ $why }). Remedy: { $remedy }.
note-most = Only the { $n } customers with most money are judged.
""",
    ar="""
title = عملاء معرّضون للخطر
about = أيّ عملائك المنتظمين يوشك أن يرحل، ولماذا، وكم يضيع برحيله، وما العمل.
param-days = الأيام القادمة
param-limit = عدد الصفوف
chance = احتمال ألّا يطلب
    .formula = ألّا يأتي منه طلب في الأيام القادمة، بحسب النموذج الأقل خطأ على عملاء لم يرهم
at_stake = ما قد يضيع
    .formula = ما يجلبونه عادة في الأيام القادمة (طلباتهم على وتيرتهم في متوسط صافي الطلب) في احتمال ألّا يطلبوا
why = السبب
action = ما العمل
recency = أيام منذ آخر طلب
gap = الفاصل المعتاد
orders = الطلبات
revenue = صافي الإيرادات
at_risk = المعرّضون للخطر
    .formula = عملاء منتظمون يُنتظر منهم طلب على وتيرتهم في الأيام القادمة، والأرجح ألّا يأتي، وظهرت عليهم علامة ذلك
regular = العملاء المنتظمون
    .formula = العملاء المعروفون الذين اشتروا في يومين فأكثر
gone = من رحلوا
    .formula = من كان يُنتظر طلبهم على وتيرتهم، لكنهم سكتوا أكثر من ستة من فواصلهم المعتادة وأطول من الأيام القادمة
days_ahead = الأيام القادمة
    .formula = كما طُلب، أو بطول ثلاثة أرباع الفواصل بين أيام الطلب، على ألّا تزيد على ربع المدة المعروفة
auc = AUC للنموذج
    .formula = كم مرة أعطى النموذج من لم يطلب احتمالًا أعلى ممن طلب، على عملاء لم يرهم؛ 0.5 تخمين أعمى
auc_recency = AUC لقرب الطلب
    .formula = مثله للأيام منذ آخر طلب وحدها
held = اختُبر على
    .formula = العملاء في آخر تاريخ سابق، ولم يرهم النموذج
group = العملاء بحسب الاحتمال
nth = المجموعة { $place }
said = المتوقع
came = ما كان
sentence = يوشك أن يرحل { $at_risk ->
    [one] عميل واحد
    [two] عميلان
    [few] { $at_risk } عملاء
    [many] { $at_risk } عميلًا
   *[other] { $at_risk } عميل
} من عملائك المنتظمين ({ $regular })، وقد يضيع { $money } خلال { $days ->
    [one] يوم
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}.
first = وأكثر ما قد يضيع مع { $name } ({ $money }){ $why ->
    [none] { "" }
   *[other] : { $why }
}. { $action }.
nobody = لا يبدو أن أحدًا من عملائك المنتظمين ({ $regular }) يوشك أن يرحل خلال { $days ->
    [one] يوم
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}.
not-enough = البيانات لا تكفي لمعرفة من يوشك أن يرحل: يلزم من الفواصل بين طلبات العميل نفسه { $gaps } (والموجود { $have })، ولاختبار نموذج يلزم من العملاء { $customers } عادوا إلى الشراء ومثلهم لم يعودوا.
why-silent = يشتري كل { $gap ->
    [one] يوم
    [two] يومين
    [few] { $gap } أيام
    [many] { $gap } يومًا
   *[other] { $gap } يوم
}، وهو ساكت منذ { $recency ->
    [one] يوم
    [two] يومين
    [few] { $recency } أيام
    [many] { $recency } يومًا
   *[other] { $recency } يوم
}
why-visits = نزلت زياراته من { $usual } إلى { $now } في 30 يومًا
why-opened = نزل ما يفتحه من الرسائل من { $usual } إلى { $now } في 90 يومًا
why-ticket = { $n ->
    [one] تذكرة
    [two] تذكرتان
    [few] { $n } تذاكر
    [many] { $n } تذكرة
   *[other] { $n } تذكرة
} في 90 يومًا{ $topic ->
    [none] { "" }
   *[other] ، آخرها عن { $topic }
}
why-refused = رفض { $n ->
    [one] طردًا
    [two] طردين
    [few] { $n } طرود
    [many] { $n } طردًا
   *[other] { $n } طرد
}
why-late = تأخر عليه { $n ->
    [one] طرد
    [two] طردان
    [few] { $n } طرود
    [many] { $n } طردًا
   *[other] { $n } طرد
}
why-score = آخر تقييم منه منخفض
why-refunds = أرجع { $n ->
    [one] طلبًا
    [two] طلبين
    [few] { $n } طلبات
    [many] { $n } طلبًا
   *[other] { $n } طلب
}
why-coupons = { $share } من طلباته بكوبون
action-amend = اتصل به وأصلح ما ساءه
action-call = اتصل به بنفسك
action-offer = أرسل إليه عرضًا له موعد ينتهي فيه
action-remind = ذكّره بما يشتريه عادة
model-recency = الأيام منذ آخر طلب
model-rhythm = وتيرة العميل نفسه
model-buying = الشراء والانقطاع (BG/NBD)
model-weights = الانحدار اللوجستي
model-trees = الأشجار المعزّزة
model-auc = { $model } { $auc }
note-model = المستعمل: { $model }. من كل عميلين لم يطلب أحدهما وطلب الآخر أعطى الأول احتمالًا أعلى في { $auc } من الحالات{ $others ->
    [none] { "" }
   *[other] { " " }(والبقية: { $others })
}؛ والعملاء { $held }، ولم يطلب منهم { $base }.
note-blind = لا يزيد النموذج على قول النسبة وحدها مع عملاء لم يرهم، فلا تأخذ احتمالاته حرفيًا.
note-unjudged = الاحتمالات من وتيرة العميل نفسه ولم يمكن اختبارها: يلزم تاريخان سابقان، ومن العملاء { $customers } طلبوا بعد آخرهما ومثلهم لم يطلبوا.
note-missing = تعذّرت الأشجار المعزّزة وجُرّبت بقية النماذج: مكتبة LightGBM غير موجودة ({ $why }). العلاج: { $remedy }.
note-most = لم يُنظر إلا في أكثر العملاء مالًا، وعددهم { $n }.
""",
)
