"""What the journey map says, in both languages."""

from __future__ import annotations

from masarat.words import Words

MAP_WORDS = Words(
    en="""
title = Journey map
about = Every touchpoint in every stage: how many met it, went on, waited, struggled and complained.
touchpoint = Touchpoint
customers = Customers
    .formula = Different customers who met a touchpoint in the period; in a row, this one while they were in this stage
moves = Moves
    .formula = Moves at the touchpoint
went_on = Went on
    .formula = Of these customers, the share who reached a later stage afterwards, up to the end of the period
days_to_next = Days to next
    .formula = Median days from meeting it to a later stage, of those who reached one
friction = Friction
    .formula = Share of the customers who had trouble there at least once
troubles = What went wrong
    .formula = The commonest kinds of trouble, each with its customers
feeling = Feeling (−2 to 2)
    .formula = Mean of what these customers said up to 7 days later: stars and satisfaction minus 3, recommendation as (score − 5) ÷ 2.5
answers = Answers
    .formula = How many answers and reviews the feeling rests on
complaints = Complained
    .formula = Share of the customers who opened a ticket or called up to 7 days later
waited = Wait
    .formula = Median from the order to the door, and from a ticket to its solution, of what ended in the period
used_to = Wait before
    .formula = The same in the compared period: what customers were used to
stage_key = Key of the stage
touchpoint_key = Key of the touchpoint
touchpoints = Touchpoints
    .formula = Different touchpoints that customers met in the period
sentence = { $customers ->
    [one] One customer
   *[other] { $customers } customers
} met us at { $touchpoints ->
    [one] one touchpoint
   *[other] { $touchpoints } touchpoints
}.
worst = Friction is highest at “{ $touchpoint }” in the stage { $stage }: { $share } of those who came there had trouble ({ $what }).
smooth = No trouble is known of.
few = There was trouble, but nowhere among enough customers to be compared.
note-late = Who met a touchpoint late in the period had less time to go on.
note-small-rows = Rows of fewer than { $n } customers: read their shares with care.
""",
    ar="""
title = خريطة الرحلة
about = كل نقطة اتصال في كل مرحلة: كم عميلًا مرّ بها، وكم مضى بعدها، وكم انتظر وتعثّر واشتكى.
touchpoint = نقطة الاتصال
customers = العملاء
    .formula = العملاء المختلفون الذين مرّوا بنقطة اتصال في الفترة؛ وفي الصف: بهذه النقطة وهم في هذه المرحلة
moves = الحركات
    .formula = الحركات عند نقطة الاتصال
went_on = مضوا
    .formula = حصة من بلغوا مرحلة أبعد بعدها من هؤلاء العملاء، حتى آخر الفترة
days_to_next = أيام إلى ما بعدها
    .formula = وسيط الأيام من المرور بها إلى مرحلة أبعد، لمن بلغوها
friction = التعثّر
    .formula = حصة العملاء الذين تعثّروا هناك مرة على الأقل
troubles = ما الذي تعثّر
    .formula = أكثر أنواع التعثّر، ومع كلٍّ عدد عملائه
feeling = الشعور (من −2 إلى 2)
    .formula = متوسط ما قاله هؤلاء العملاء خلال 7 أيام بعدها: النجوم والرضا ناقص 3، والتوصية (الدرجة − 5) ÷ 2.5
answers = الإجابات
    .formula = كم إجابة وتقييمًا يقوم عليها الشعور
complaints = اشتكوا
    .formula = حصة من فتحوا تذكرة أو اتصلوا خلال 7 أيام بعدها
waited = الانتظار
    .formula = الوسيط من الطلب إلى الباب، ومن التذكرة إلى حلّها، لما انتهى في الفترة
used_to = الانتظار من قبل
    .formula = نفسه في الفترة المقارَن بها: ما اعتاده العملاء
stage_key = رمز المرحلة
touchpoint_key = رمز نقطة الاتصال
touchpoints = نقاط الاتصال
    .formula = نقاط الاتصال المختلفة التي مرّ بها العملاء في الفترة
sentence = { $customers ->
    [zero] لم يمرّ أي عميل
    [one] مرّ عميل واحد
    [two] مرّ عميلان
    [few] مرّ { $customers } عملاء
    [many] مرّ { $customers } عميلًا
   *[other] مرّ { $customers } عميل
} { $touchpoints ->
    [zero] بأي نقطة اتصال
    [one] بنقطة اتصال واحدة
    [two] بنقطتي اتصال
    [few] بـ{ $touchpoints } نقاط اتصال
    [many] بـ{ $touchpoints } نقطة اتصال
   *[other] بـ{ $touchpoints } نقطة اتصال
}.
worst = وأكثر التعثّر عند «{ $touchpoint }» في مرحلة «{ $stage }»: تعثّر { $share } ممن مرّوا بها ({ $what }).
smooth = ولم يُعرف أي تعثّر.
few = وقد وقع تعثّر، لكن بين عملاء أقل من أن يُقارنوا.
note-late = من مرّ بنقطة اتصال في آخر الفترة كان أمامه وقت أقل ليمضي.
note-small-rows = صفوف عملاؤها أقل من { $n }: اقرأ نسبها بحذر.
""",
)
