"""What the funnel says, in both languages."""

from __future__ import annotations

from masarat.words import Words

FUNNEL_WORDS = Words(
    en="""
title = Way to the goal
about = How many customers get from one step to the next, where they leave, and how long it takes.
step = Step
customers = Customers
    .formula = Customers whose counted attempt reached the step
from_previous = Went on
    .formula = Customers at the step divided by those at the required step before it
from_first = Of all
    .formula = Customers at the step divided by those who began
at_least = At least
    .formula = Lower end of the 95 % interval of the share of all (Wilson)
at_most = At most
    .formula = Upper end of the 95 % interval of the share of all (Wilson)
left = Left here
    .formula = Customers who reached the step and not the next required one
left_before = Left before
median = Time
    .formula = Half of those who came this far took less than this since the required step before, half more
slow = Time of the slow
    .formula = Nine in ten took less than this since the required step before
revenue = Revenue
    .formula = Net revenue in the period of the customers who reached the step, on whatever order
change = Change
    .formula = The share of all against that of the compared period: (now − before) / before
change_least = Change, at least
    .formula = Lower end of the 95 % interval of the change
change_most = Change, at most
    .formula = Upper end of the 95 % interval of the change
chance = Chance
    .formula = How often chance alone would show a change so large (score test); below 5 % it is hardly chance
time_to_convert = Time to get through
    .formula = Half of those who got through took less than this from the first step to the last
slow_to_convert = Time of the slow
    .formula = Nine in ten of those who got through took less than this from the first step to the last
converted_revenue = Revenue of those who got through
    .formula = Net revenue in the period of the customers who got through, on whatever order
open = Still on the way
    .formula = Customers who did not get through and whose time was not over when the data ends
others = all others
any-step = { $n } of { $of } steps
optional-step = { $step } (optional)
sentence = { $converted ->
    [none] Of { $n ->
        [one] one customer
       *[other] { $n } customers
    } who began nobody got through in { $within }
   *[other] { $converted } of { $n ->
        [one] one customer
       *[other] { $n } customers
    } ({ $rate }) { $order ->
        [any] did all steps
       *[other] got from “{ $first }” to “{ $last }”
    } in { $within }
}.
compared = The rate is { $change } on the period before (95% interval { $least } to { $most }), { $sure ->
    [yes] more than chance explains
   *[no] which may be chance
}.
worst = Most left after “{ $step }”: { $n ->
    [one] one customer
   *[other] { $n } customers
}, { $share } of those who got there.
note-optional = Optional steps show how many did them on the way; nobody is lost at them.
""",
    ar="""
title = الطريق إلى الهدف
about = كم عميلًا ينتقل من خطوة إلى التي بعدها، وأين يتوقفون، وكم يستغرقون.
step = الخطوة
customers = العملاء
    .formula = من بلغت محاولتهم المحسوبة هذه الخطوة
from_previous = واصلوا
    .formula = من بلغوا الخطوة مقسومين على من بلغوا الخطوة اللازمة قبلها
from_first = من الجميع
    .formula = من بلغوا الخطوة مقسومين على من بدؤوا
at_least = على الأقل
    .formula = الطرف الأدنى لفترة الثقة 95٪ للنسبة من الجميع (ويلسون)
at_most = على الأكثر
    .formula = الطرف الأعلى لفترة الثقة 95٪ للنسبة من الجميع (ويلسون)
left = توقفوا هنا
    .formula = من بلغوا الخطوة ولم يبلغوا الخطوة اللازمة بعدها
left_before = توقفوا قبلها
median = المدة
    .formula = نصف من بلغوا الخطوة استغرقوا أقل من هذا منذ الخطوة اللازمة قبلها، ونصفهم أكثر
slow = مدة المتأنين
    .formula = تسعة من كل عشرة استغرقوا أقل من هذا منذ الخطوة اللازمة قبلها
revenue = الإيرادات
    .formula = صافي إيرادات الفترة ممن بلغوا الخطوة، أيًا كان الطلب
change = التغير
    .formula = النسبة من الجميع مقابل الفترة المقارنة: (الآن − قبل) / قبل
change_least = التغير على الأقل
    .formula = الطرف الأدنى لفترة الثقة 95٪ للتغير
change_most = التغير على الأكثر
    .formula = الطرف الأعلى لفترة الثقة 95٪ للتغير
chance = احتمال المصادفة
    .formula = كم مرة تُظهر المصادفة وحدها تغيرًا كهذا (اختبار الدرجات)؛ دون 5٪ يبعد أن يكون مصادفة
time_to_convert = مدة الطريق كله
    .formula = نصف من أتمّوا استغرقوا أقل من هذا من الخطوة الأولى إلى الأخيرة
slow_to_convert = مدة المتأنين
    .formula = تسعة من كل عشرة ممن أتمّوا استغرقوا أقل من هذا من الخطوة الأولى إلى الأخيرة
converted_revenue = إيرادات من أتمّوا
    .formula = صافي إيرادات الفترة ممن أتمّوا، أيًا كان الطلب
open = ما زالوا في الطريق
    .formula = من لم يُتمّوا ولم تنقضِ مهلتهم عند آخر البيانات
others = البقية
any-step = { $n } من { $of } خطوات
optional-step = { $step } (اختيارية)
sentence = { $converted ->
    [none] { $n ->
        [one] بدأ عميل واحد ولم يُتم الطريق
        [two] بدأ عميلان ولم يُتم الطريق أي منهما
        [few] بدأ { $n } عملاء ولم يُتم الطريق أحد منهم
        [many] بدأ { $n } عميلًا ولم يُتم الطريق أحد منهم
       *[other] بدأ { $n } عميل ولم يُتم الطريق أحد منهم
    }
   *[other] { $order ->
        [any] أتى بالخطوات كلها
       *[other] وصل من «{ $first }» إلى «{ $last }»
    } { $converted } من { $n ->
        [one] عميل واحد
        [two] عميلين
        [few] { $n } عملاء
        [many] { $n } عميلًا
       *[other] { $n } عميل
    } ({ $rate })
} خلال { $within }.
compared = وجاء المعدل { $change } عن الفترة السابقة (فترة الثقة 95٪ من { $least } إلى { $most })، { $sure ->
    [yes] وهذا أكبر من أن تفسره المصادفة
   *[no] وقد يكون مصادفة
}.
worst = وأكثر ما توقفوا بعد «{ $step }»: { $n ->
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}، أي { $share } ممن بلغوها.
note-optional = الخطوات الاختيارية تبيّن كم عميلًا أتى بها في الطريق، ولا يُعد أحد متوقفًا عندها.
""",
)
