"""What `survival` says, in both languages."""

from masarat.words import Words

WORDS = Words(
    en="""
title = How long customers stay
about = Which share is still a customer after so many days from the first order, and where they stay longer.
param-by = Split by
param-days = Days of silence
part = Part
customers = Customers
    .formula = Identified customers whose first order is in the period, and long enough ago to be judged
too_new = Too new to be judged
    .formula = Those whose first order is not as long ago as the silence that means leaving
gone = Left
    .formula = Those who have been silent for longer than the days of silence, or three of their own gaps
once = Never came back
    .formula = Share of customers who left after the day of their first order (Kaplan–Meier)
after_30 = Stay 30 days
    .formula = Share still a customer 30 days after the first order (Kaplan–Meier)
after_90 = Stay 90 days
    .formula = Share still a customer 90 days after the first order (Kaplan–Meier)
after_180 = Stay 180 days
    .formula = Share still a customer 180 days after the first order (Kaplan–Meier)
after_365 = Stay a year
    .formula = Share still a customer 365 days after the first order (Kaplan–Meier)
median = Half have left after
    .formula = Days from the first order until half have left; empty where more than half are still there
median_low = At least
median_high = At most
chance = By chance
    .formula = How often chance alone would let this part differ so from all others (log-rank), among all that were tested
silence = Silence that means leaving
    .formula = As asked; or longer than 95 % of the gaps between days with orders
renewing = Renew at equal gaps
    .formula = Of customers with three gaps or more, the share whose gaps are equal to a tenth, or two days
line = First order
nth = Months
share = Still there
there = Followed so long
everybody = Everybody
the-others = The rest
unknown = not told
sentence = Of { $customers ->
    [one] one customer
   *[other] { $customers } customers
} { $once } never came back after the day of the first order{ $stay ->
    [none] { "" }
   *[other] ; { $stay } are still there after 180 days
}.
too-early = Too early to tell: a customer counts as gone after { $n ->
    [one] one day
   *[other] { $n } days
} of silence, and nobody's first order is so long ago.
differ = Soonest gone: { $worst } ({ $most } never came back); longest there: { $best } ({ $least }).
differs = { $worst } differs from all others: { $most } never came back.
alike = By { $by ->
    [channel] channel
    [city] city
    [campaign] campaign
    [cohort] quarter
   *[product] first product
} no part differs by more than chance.
note-few = Only { $n ->
    [one] one customer
   *[other] { $n } customers
}: read the shares with care.
note-renewing = { $share } of those with three gaps or more order at equal gaps, about every { $gap } days: these look like renewals, as of a subscription.
note-silence = No subscription: only { $share } of those with three gaps or more order at equal gaps. Leaving is told from silence ({ $n } days, sooner for those with a quick rhythm of their own).
note-untold = Whether these are renewals cannot be told: it takes { $n } customers with three gaps or more.
""",
    ar="""
title = كم يبقى العملاء
about = ما حصة من بقي عميلًا بعد أيام من أول طلب، وأين يبقون أطول.
param-by = التقسيم بحسب
param-days = أيام السكوت
part = الجزء
customers = العملاء
    .formula = العملاء المعروفون الذين أول طلب لهم في الفترة، ومضى عليه ما يكفي للحكم
too_new = أحدث من أن يُحكم عليهم
    .formula = من لم يمض على أول طلب لهم من الأيام قدر السكوت الذي يعني الرحيل
gone = رحلوا
    .formula = من سكتوا أطول من أيام السكوت، أو ثلاثة من فواصلهم المعتادة
once = لم يعودوا
    .formula = حصة من رحلوا بعد يوم أول طلب (كابلان وماير)
after_30 = يبقون 30 يومًا
    .formula = حصة من بقي عميلًا بعد 30 يومًا من أول طلب (كابلان وماير)
after_90 = يبقون 90 يومًا
    .formula = حصة من بقي عميلًا بعد 90 يومًا من أول طلب (كابلان وماير)
after_180 = يبقون 180 يومًا
    .formula = حصة من بقي عميلًا بعد 180 يومًا من أول طلب (كابلان وماير)
after_365 = يبقون سنة
    .formula = حصة من بقي عميلًا بعد 365 يومًا من أول طلب (كابلان وماير)
median = رحل نصفهم بعد
    .formula = الأيام من أول طلب إلى أن يرحل نصفهم؛ فارغ إن بقي أكثر من النصف
median_low = على الأقل
median_high = على الأكثر
chance = بالمصادفة
    .formula = كم مرة تجعل المصادفة وحدها هذا الجزء يختلف هكذا عن البقية (اختبار رتب اللوغاريتم)، بين كل ما اختُبر
silence = السكوت الذي يعني الرحيل
    .formula = كما طُلب، أو أطول من 95٪ من الفواصل بين أيام الطلب
renewing = يجددون في مواعيد ثابتة
    .formula = ممن لهم ثلاثة فواصل فأكثر، حصة من تتساوى فواصلهم إلى العُشر أو يومين
line = أول طلب
nth = الأشهر
share = بقوا
there = من تُتبّع هذه المدة
everybody = الجميع
the-others = البقية
unknown = غير مذكور
sentence = من { $customers ->
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
} لم يعد بعد يوم أول طلب { $once }{ $stay ->
    [none] { "" }
   *[other] ، وبقي بعد 180 يومًا { $stay }
}.
too-early = لم يحن الحكم بعد: لا يُعد العميل راحلًا إلا بعد سكوت { $n ->
    [one] يوم
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}، ولم يمض هذا القدر على أول طلب لأحد.
differ = وأسرعهم رحيلًا: { $worst } (لم يعد منهم { $most })، وأطولهم بقاءً: { $best } ({ $least }).
differs = ويختلف عن البقية: { $worst } (لم يعد منهم { $most }).
alike = ولا فرق بحسب { $by ->
    [channel] القناة
    [city] المدينة
    [campaign] الحملة
    [cohort] ربع السنة
   *[product] أول منتج
} يزيد على المصادفة.
note-few = ليس هنا إلا { $n ->
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}: اقرأ الحصص بحذر.
note-renewing = { $share } ممن لهم ثلاثة فواصل فأكثر يطلبون في مواعيد ثابتة، كل { $gap ->
    [one] يوم
    [two] يومين
    [few] { $gap } أيام
    [many] { $gap } يومًا
   *[other] { $gap } يوم
} تقريبًا: فهي تجديدات كالاشتراك.
note-silence = ليس اشتراكًا: لا يطلب في مواعيد ثابتة إلا { $share } ممن لهم ثلاثة فواصل فأكثر. فالرحيل مستدل عليه من السكوت ({ $n ->
    [one] يوم
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}، وأقل لمن كانت وتيرته أسرع).
note-untold = لا يُعرف أهي تجديدات: يلزم { $n ->
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
} لهم ثلاثة فواصل فأكثر.
""",
)
