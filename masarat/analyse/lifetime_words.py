"""The words of `lifetime_value`."""

from __future__ import annotations

from masarat.analyse.profit_words import NET
from masarat.words import Words

LIFETIME_WORDS = Words(
    en=NET.en
    + """
title = Customer lifetime value
about = What customers brought so far, what they will bring yet, and what winning one cost.
param-horizon = Days ahead
param-by = By their first order's
param-margin = Percent left after cost of goods
param-discount_rate = Discount, percent a year
param-model = Model
by-channel = channel
by-joined = quarter
by-product = product
by-city = city
by-coupon = coupon
by-campaign = campaign
by-branch = branch
part = Group
customers = Customers
    .formula = Identified customers with a completed order up to the last day of the period
again = Came back
    .formula = Share of these customers who bought on more than one day
alive = Customers still
    .formula = Sum over customers of the chance that they are customers still, by the model
brought = Brought so far, each
    .formula = Net revenue of these customers until the last day, as far as it counts (net, margin), divided by their number
expected = To come, each
    .formula = Purchases expected within the days ahead times the expected value of one, as far as it counts (net, margin): the average of a customer
expected_least = To come, at least
    .formula = Lower end of the 95 % interval of that average
expected_most = To come, at most
    .formula = Upper end of the 95 % interval of that average
value = Lifetime value
    .formula = Brought so far plus to come, each
cost = Cost of winning one
    .formula = Advertising until the last day divided by the customers won
times_cost = Value to cost (CLV:CAC)
    .formula = Lifetime value divided by the cost of winning a customer
repeats = Came back before
    .formula = Days on which a customer had bought before the cut, after the first one
foretold = Foretold
    .formula = Purchases a customer made after the cut, as foretold from before it
happened = Happened
    .formula = Purchases a customer truly made after the cut
sentence = { $customers ->
    [one] One customer has
   *[other] { $customers } customers have
} brought { $brought } each so far, and will bring about { $expected } more within { $days ->
    [one] one day
   *[other] { $days } days
} (between { $least } and { $most }).
best = Worth most: those of { $part }, { $value } each.
cost-of-one = Winning one cost { $cost }: a customer is worth { $times } times that.
too-few = Customers brought { $brought } each so far. What they will bring cannot be told yet: it needs { $n } customers, { $again } of them with a second purchase.
note-model = The forecast follows { $model ->
    [mbgnbd] MBG/NBD
    [pareto] Pareto/NBD
   *[bgnbd] BG/NBD
}{ $chosen ->
    [best] , of three the one that foretold the purchases of the last months best
   *[other] , as asked, held against the purchases of the last months
}{ $off ->
    [none] .
   *[other] : off by { $off } in all.
}
note-off = What was foretold for the last months is far from what happened: a season or a campaign stands between. Take the forecast with care.
note-no-leaving = No leaving is seen in this data: all are taken for customers still, so the forecast is an upper bound.
note-held = The data hardly tell when customers leave; a cautious assumption stands in, and the interval is wide.
note-far = You ask for more days ahead than you have behind you: the forecast rests on little.
""",
    ar=NET.ar
    + """
title = قيمة عمر العميل
about = ما جلبه عملاؤك حتى الآن، وما سيجلبونه بعد، وكم كلّفك كسب الواحد منهم.
param-horizon = أيام قادمة
param-by = بحسب أول طلب
param-margin = ما يبقى بعد كلفة البضاعة (٪)
param-discount_rate = الخصم الزمني في السنة (٪)
param-model = النموذج
by-channel = القناة
by-joined = ربع السنة
by-product = المنتج
by-city = المدينة
by-coupon = الكوبون
by-campaign = الحملة
by-branch = الفرع
part = المجموعة
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب مكتمل حتى آخر يوم من الفترة
again = عادوا
    .formula = حصة من اشترى منهم في أكثر من يوم
alive = ما زالوا عملاء
    .formula = مجموع احتمالات بقائهم عملاء بحسب النموذج
brought = جلب حتى الآن
    .formula = صافي إيراداتهم حتى آخر يوم بقدر ما يُحسب منه ومقسومًا على عددهم
expected = سيجلب بعد
    .formula = المشتريات المتوقعة في الأيام القادمة مضروبةً في القيمة المتوقعة للشراء الواحد، بقدر ما يُحسب منها: متوسط العميل
expected_least = سيجلب، على الأقل
    .formula = أدنى فترة الثقة 95٪ لذلك المتوسط
expected_most = سيجلب، على الأكثر
    .formula = أعلى فترة الثقة 95٪ لذلك المتوسط
value = قيمة العمر
    .formula = ما جلبه العميل حتى الآن مع ما سيجلبه بعد
cost = كلفة كسبه
    .formula = ما أُنفق على الإعلان حتى آخر يوم مقسومًا على العملاء المكتسبين
times_cost = القيمة إلى الكلفة (CLV:CAC)
    .formula = قيمة عمر العميل مقسومةً على كلفة كسبه
repeats = عاد من قبل
    .formula = أيام شراء العميل قبل الحد بعد أول يوم
foretold = المتوقع
    .formula = مشتريات العميل بعد الحد كما تُوقّعت مما قبله
happened = ما حدث
    .formula = مشتريات العميل بعد الحد فعلًا
sentence = { $customers ->
    [one] جلب عميل واحد
    [two] جلب كل من عميلين
    [few] جلب كل من { $customers } عملاء
    [many] جلب كل من { $customers } عميلًا
   *[other] جلب كل من { $customers } عميل
} { $brought } في المتوسط حتى الآن، وسيجلب نحو { $expected } أخرى خلال { $days ->
    [one] يوم
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
} (بين { $least } و{ $most }).
best = وأعلاهم قيمةً عملاء { $part }: { $value } للعميل.
cost-of-one = وكلفة كسب العميل { $cost }، وقيمته { $times } ضعفها.
too-few = جلب العميل { $brought } في المتوسط حتى الآن. ولا يمكن توقّع ما سيجلبه بعد: يلزم لذلك { $n } عميل، منهم { $again } اشتروا مرة ثانية.
note-model = يتبع التوقّع نموذج { $model ->
    [mbgnbd] MBG/NBD
    [pareto] Pareto/NBD
   *[bgnbd] BG/NBD
}{ $chosen ->
    [best] ، فهو الأصدق من ثلاثة في توقّع مشتريات الأشهر الأخيرة
   *[other] {" "}كما طلبت، وقيس على مشتريات الأشهر الأخيرة
}{ $off ->
    [none] .
   *[other] ، بفارق { $off } في المجموع.
}
note-off = ما تُوقّع للأشهر الأخيرة بعيد عما حدث: بينهما موسم أو حملة. خذ التوقّع بحذر.
note-no-leaving = لا يظهر في هذه البيانات أن أحدًا رحل: عُدّوا كلهم باقين، فالتوقّع حدّ أعلى.
note-held = لا تكاد البيانات تدل على وقت رحيل العملاء؛ وُضع مكانه افتراض حذر، وفترة الثقة واسعة.
note-far = تسأل عن أيام قادمة أكثر مما مضى عندك: التوقّع قائم على القليل.
""",
)
