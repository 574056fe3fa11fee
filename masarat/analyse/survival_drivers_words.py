"""What `survival_drivers` says, in both languages."""

from masarat.words import Words

WORDS = Words(
    en="""
title = What makes customers leave sooner
about = Which things about the first order go with leaving sooner or staying longer, each beside the others.
param-days = Days of silence
param-least = Customers something must have
thing = Of the first order
against = Against
ratio = Times as often
    .formula = How many times as often customers leave who have this, at any time, against those it is held against, all else alike (hazard ratio)
ratio_low = At least
    .formula = Lower end of the 95 % interval
ratio_high = At most
    .formula = Upper end of the 95 % interval
chance = By chance
    .formula = How often chance alone would show it, among all that are compared (Benjamini–Hochberg)
steady = Over time
    .formula = Whether the ratio of those who left first differs from that of the others, by more than chance and by a quarter
customers = Customers
    .formula = Identified customers whose first order is in the period, and long enough ago to be judged
gone = Left
    .formula = Those who have been silent for longer than the days of silence, or three of their own gaps
too_new = Too new to be judged
    .formula = Those whose first order is not as long ago as the silence that means leaving
compared = Compared
    .formula = Things of the first order that enough customers have to be told apart
sure = More than chance
    .formula = Of these, those that chance alone would show in fewer than one of twenty cases
factor-value = Value of the order
factor-coupon = Coupon
factor-season = Season
factor-channel = Channel
factor-city = City
factor-product = First product
thing-value = Twice the value
thing-coupon = With a coupon
thing-of = { $factor }: { $level }
against-value = half of it
against-coupon = without
against-season = ordinary days
season-ramadan = Ramadan
season-eid-fitr = Eid al-Fitr
season-eid-adha = Eid al-Adha
season-white-friday = White Friday
the-others = the rest
unknown = not told
steady-steady = steady
steady-fades = fades
steady-grows = grows
steady-turns = turns
sentence = Of { $customers ->
    [one] one customer
   *[other] { $customers } customers
} { $gone ->
    [0] nobody has left
    [one] one has left
   *[other] { $gone } have left
}.
sooner = With leaving sooner goes: { $what }.
longer = With staying longer goes: { $what }.
item = { $thing } ({ $ratio } times as often as { $against })
nothing = Nothing about the first order goes with it by more than chance.
too-few = Too few to tell what makes customers leave: of { $customers ->
    [one] one customer
   *[other] { $customers } customers
} { $gone } have left; something must have { $n }, and customers without it as well.
note-cause = What goes with leaving need not cause it: a channel may bring other people. Try it before you count on it.
note-unsteady = { $thing }: { $early } times among those who left first, { $late } times afterwards, so that it { $change ->
    [fades] fades with time
    [grows] grows with time
   *[turns] turns round with time
}; the ratio is an average of both.
note-left-out = Not told apart, for too few customers or because it says the same as something else: { $what }.
note-held = Of some things all or nobody left: their ratios are held by a weak prior.
note-drawn = Reckoned from { $n } customers drawn from { $all }.
""",
    ar="""
title = ما الذي يعجّل رحيل العملاء
about = أي شيء في أول طلب يصاحبه رحيل أسرع أو بقاء أطول، كلٌّ مع مراعاة غيره.
param-days = أيام السكوت
param-least = أقل عدد من العملاء لكل شيء
thing = في أول طلب
against = مقابل
ratio = الرحيل نسبةً إلى غيرهم
    .formula = كم مرةً يرحل من فيهم هذا مقابل غيرهم، في أي وقت، وكل ما سواه متساوٍ (نسبة الخطر)
ratio_low = على الأقل
    .formula = الحد الأدنى لفترة الثقة 95٪
ratio_high = على الأكثر
    .formula = الحد الأعلى لفترة الثقة 95٪
chance = بالمصادفة
    .formula = كم مرة تُظهره المصادفة وحدها بين كل ما قورن (بنجاميني وهوكبرغ)
steady = مع الوقت
    .formula = هل تختلف نسبة من رحلوا أولًا عن نسبة من بعدهم، بأكثر من المصادفة وبمقدار الربع
customers = العملاء
    .formula = العملاء المعروفون الذين أول طلب لهم في الفترة، ومضى عليه ما يكفي للحكم
gone = رحلوا
    .formula = من سكتوا أطول من أيام السكوت، أو ثلاثة من فواصلهم المعتادة
too_new = أحدث من أن يُحكم عليهم
    .formula = من لم يمض على أول طلب لهم من الأيام قدر السكوت الذي يعني الرحيل
compared = ما قورن
    .formula = ما في أول طلب عند عدد من العملاء يكفي للتمييز
sure = يزيد على المصادفة
    .formula = ما لا تُظهره المصادفة وحدها إلا في أقل من مرة من عشرين
factor-value = قيمة الطلب
factor-coupon = الكوبون
factor-season = الموسم
factor-channel = القناة
factor-city = المدينة
factor-product = أول منتج
thing-value = ضعف القيمة
thing-coupon = بكوبون
thing-of = { $factor }: { $level }
against-value = نصفها
against-coupon = بلا كوبون
against-season = الأيام العادية
season-ramadan = رمضان
season-eid-fitr = عيد الفطر
season-eid-adha = عيد الأضحى
season-white-friday = الجمعة البيضاء
the-others = البقية
unknown = غير مذكور
steady-steady = ثابت
steady-fades = يضعف
steady-grows = يقوى
steady-turns = ينقلب
sentence = { $gone ->
    [zero] لم يرحل أحد
    [one] رحل عميل واحد
    [two] رحل عميلان
    [few] رحل { $gone } عملاء
    [many] رحل { $gone } عميلًا
   *[other] رحل { $gone } عميل
} من { $customers ->
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}.
sooner = ويصاحب الرحيلَ الأسرع: { $what }.
longer = ويصاحب البقاءَ الأطول: { $what }.
item = { $thing } (يرحلون { $ratio } مرة مقابل { $against })
nothing = وليس في أول طلب ما يصاحبه رحيل أسرع أو أبطأ بأكثر من المصادفة.
too-few = العدد أقل من أن يُعرف ما يعجّل الرحيل: رحل { $gone } من { $customers ->
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}، ويلزم لكل شيء { $n ->
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}، ومثلهم بدونه.
note-cause = ما يصاحب الرحيل ليس سببًا له بالضرورة: قد تجلب القناة أناسًا مختلفين. جرّب قبل أن تبني عليه.
note-unsteady = { $thing }: { $early } مرة بين من رحلوا أولًا، و{ $late } مرة بعدهم، فأثره { $change ->
    [fades] يضعف مع الوقت
    [grows] يقوى مع الوقت
   *[turns] ينقلب مع الوقت
}، والنسبة متوسط الحالين.
note-left-out = لم يُميَّز، لقلة العملاء أو لأنه يقول ما يقوله غيره: { $what }.
note-held = في بعض هذه الأشياء رحل الجميع أو لم يرحل أحد، فنسبها مقيدة بتوقع أولي ضعيف.
note-drawn = حُسب هذا من { $n } عميل اختيروا من { $all }.
""",
)
