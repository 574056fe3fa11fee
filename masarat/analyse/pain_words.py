"""What pain points say, in both languages."""

from __future__ import annotations

from masarat.words import Words

PAIN_WORDS = Words(
    en="""
title = Pain points
about = What goes wrong for customers, ranked by what it cost, with when and where it gathers.
param-days = Days to order
param-least = Customers it must have hit
named = { $trouble } at { $touchpoint }
pain = Pain point
    .formula = A kind of trouble at a touchpoint
customers = Customers
    .formula = Different customers who met a touchpoint in the period; in a row, those whom this trouble hit
loss = Loss
    .formula = Orders expected of those hit, by comparable customers who were spared, minus those they made, times the average order value
loss_least = Loss, at least
    .formula = Lower end of the 95 % interval of the loss
loss_most = Loss, at most
    .formula = Upper end of the 95 % interval of the loss
chance = Chance
    .formula = How often chance alone would show such a difference, among all that were tested (Benjamini–Hochberg)
hit_share = Ordered, hit
    .formula = Share of the tries hit by the trouble that were followed by an order in time
spared_share = Ordered, spared
    .formula = Share expected of them by comparable tries without trouble: same touchpoint, week, device and stage
compared = Tries compared
    .formula = Tries hit by the trouble that had somebody to be compared with
since = Since
    .formula = First of the days on which it was met more often than on all others, where that is hardly chance
until = Until
    .formula = Last of these days
times = Times as often
    .formula = Share of the customers hit on these days, divided by that of the other days
where = Where it gathers
    .formula = Where at least a third of those hit were, and it was met clearly more often than elsewhere
page = Page
    .formula = The page on which half of those hit or more met it
beside = Met beside it
    .formula = Another trouble that half of those hit or more met there on the same day
also = { $share } also: { $trouble }
stage_key = Key of the stage
touchpoint_key = Key of the touchpoint
trouble_key = Key of the trouble
troubled = Kinds of trouble
    .formula = Kinds of trouble at a touchpoint that anybody met in the period
tested = Tested
    .formula = Those that hit enough customers to be tested
believed = Costly
    .formula = Those whose loss is hardly chance
at-device = { $value } ({ $share } of those hit, at least { $ratio } times as often as elsewhere)
at-payment = payment by { $value } ({ $share } of those hit, at least { $ratio } times as often as elsewhere)
at-channel = the channel { $value } ({ $share } of those hit, at least { $ratio } times as often as elsewhere)
at-city = { $value } ({ $share } of those hit, at least { $ratio } times as often as elsewhere)
sentence = { $believed ->
    [0] Of { $tested ->
        [one] one kind of trouble
       *[other] { $tested } kinds of trouble
    } none cost orders beyond chance.
    [one] One kind of trouble cost orders.
   *[other] { $believed } kinds of trouble cost orders.
}
worst = The most costly: { $pain }. It hit { $customers ->
    [one] one customer
   *[other] { $customers } customers
} and cost about { $loss } (between { $least } and { $most }): { $hit } of them ordered within { $days ->
    [one] a day
   *[other] { $days } days
}, against { $spared } of comparable customers.
rose = { $until ->
    [none] Since { $since } it has been
   *[other] From { $since } to { $until } it was
} { $times ->
    [none] there, and on no other day.
   *[other] { $times } times as frequent as on other days.
}
gathers = It gathers at: { $where }.
met-beside = Of those hit, { $beside }.
too-few = No trouble hit { $n ->
    [one] a customer
   *[other] { $n } customers
} who can be compared: nothing can be said of its cost.
note-no-sum = Somebody may be hit by several troubles: losses do not add up. Who struggled may have wanted it less from the start.
""",
    ar="""
title = نقاط الألم
about = ما الذي يتعثّر فيه العملاء، مرتبًا بما كلّفه، ومتى وأين يتركّز.
param-days = أيام الطلب
param-least = أقل من تعثّروا
named = { $trouble } – { $touchpoint }
pain = نقطة الألم
    .formula = نوع من التعثّر عند نقطة اتصال
customers = العملاء
    .formula = العملاء المختلفون الذين مرّوا بنقطة اتصال في الفترة؛ وفي الصف: من أصابهم هذا التعثّر
loss = الخسارة
    .formula = ما يُتوقع من طلبات المتعثّرين قياسًا على من يشبههم ولم يتعثّر، ناقص ما طلبوه، مضروبًا في متوسط قيمة الطلب
loss_least = الخسارة على الأقل
    .formula = الطرف الأدنى لفترة الثقة 95٪
loss_most = الخسارة على الأكثر
    .formula = الطرف الأعلى لفترة الثقة 95٪
chance = احتمال المصادفة
    .formula = كم مرة تُظهر المصادفة وحدها فرقًا كهذا بين كل ما اختُبر (بنجاميني وهوكبرغ)
hit_share = طلبوا ممن تعثّروا
    .formula = حصة المحاولات المتعثّرة التي تبعها طلب في المدة
spared_share = طلبوا ممن سلموا
    .formula = الحصة المتوقعة منهم قياسًا على محاولات سلمت: نقطة الاتصال والأسبوع والجهاز والمرحلة نفسها
compared = محاولات قورنت
    .formula = المحاولات المتعثّرة التي وُجد ما تُقارن به
since = منذ
    .formula = أول الأيام التي كثر فيها أكثر من غيرها، حيث يبعد أن يكون ذلك مصادفة
until = حتى
    .formula = آخر هذه الأيام
times = كم ضعفًا
    .formula = حصة من أصابهم في هذه الأيام مقسومة على حصتهم في غيرها
where = أين يتركّز
    .formula = حيث ثلث المتعثّرين على الأقل، ويقع أكثر من غيره بوضوح
page = الصفحة
    .formula = الصفحة التي تعثّر فيها نصف المتعثّرين أو أكثر
beside = ما اقترن به
    .formula = تعثّر آخر أصاب نصفهم أو أكثر هناك في اليوم نفسه
also = { $share } معه: { $trouble }
stage_key = رمز المرحلة
touchpoint_key = رمز نقطة الاتصال
trouble_key = رمز التعثّر
troubled = أنواع التعثّر
    .formula = أنواع التعثّر عند نقاط الاتصال التي أصابت أحدًا في الفترة
tested = المختبَر
    .formula = ما أصاب منها عملاء يكفون للاختبار
believed = المكلف
    .formula = ما يبعد أن تكون خسارته مصادفة
at-device = { $value } ({ $share } ممن تعثّروا، وأكثر من غيره بـ{ $ratio } مرة على الأقل)
at-payment = الدفع بـ{ $value } ({ $share } ممن تعثّروا، وأكثر من غيره بـ{ $ratio } مرة على الأقل)
at-channel = القناة { $value } ({ $share } ممن تعثّروا، وأكثر من غيره بـ{ $ratio } مرة على الأقل)
at-city = { $value } ({ $share } ممن تعثّروا، وأكثر من غيره بـ{ $ratio } مرة على الأقل)
sentence = { $believed ->
    [zero] لم يكلّف طلباتٍ فوق المصادفة شيء من { $tested ->
        [one] نوع واحد من التعثّر
        [two] نوعين من التعثّر
        [few] { $tested } أنواع من التعثّر
        [many] { $tested } نوعًا من التعثّر
       *[other] { $tested } نوع من التعثّر
    }.
    [one] نوع واحد من التعثّر أضاع طلبات.
    [two] نوعان من التعثّر أضاعا طلبات.
    [few] { $believed } أنواع من التعثّر أضاعت طلبات.
    [many] { $believed } نوعًا من التعثّر أضاع طلبات.
   *[other] { $believed } نوع من التعثّر أضاع طلبات.
}
worst = أغلاها كلفةً: { $pain }. أصاب { $customers ->
    [one] عميلًا واحدًا
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
} وكلّف نحو { $loss } (بين { $least } و{ $most }): طلب منهم { $hit } خلال { $days ->
    [one] يوم
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}، مقابل { $spared } ممن يشبههم ولم يتعثّر.
rose = { $until ->
    [none] ومنذ { $since } صار
   *[other] ومن { $since } إلى { $until } كان
} { $times ->
    [none] يقع، ولم يقع في غيرها من الأيام.
   *[other] أكثر مما في سائر الأيام بـ{ $times } مرة.
}
gathers = ويتركّز في: { $where }.
met-beside = ومنهم { $beside }.
too-few = لم يُصب أي تعثّر عددًا كافيًا من العملاء يمكن مقارنتهم (أقلّه { $n }): لا يُعرف ما كلّفه.
note-no-sum = قد يصيب العميلَ الواحدَ أكثرُ من تعثّر، فلا تُجمع الخسائر. ومن تعثّر ربما كانت رغبته أقل من البداية.
""",
)
