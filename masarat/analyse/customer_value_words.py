"""What `customer_value` says, in both languages."""

from masarat.analyse.profit_words import NET
from masarat.words import Words

WORDS = Words(
    en=NET.en
    + """
title = Customers by future value
about = Who will bring the most yet, and how likely each is a customer still.
param-horizon = Days ahead
param-margin = Percent left after cost of goods
param-discount_rate = Discount, percent a year
rank = Place
expected = To come
    .formula = Purchases expected within the days ahead times the expected value of one, as far as it counts (net, margin)
brought = Brought so far
    .formula = Net revenue until the last day, as far as it counts (net, margin)
value = Lifetime value
    .formula = Brought so far plus to come
alive = Customer still
    .formula = The chance that they are a customer still, by the model; in all, the sum of these chances
purchases = Purchases to come
    .formula = Days with purchases that are expected within the days ahead
bought = Days with orders
last_order = Last order
customers = Customers
    .formula = Identified customers with a completed order up to the last day of the period
top_20 = The best fifth's share
    .formula = What is expected of the fifth of customers of whom most is expected, divided by what is expected of all
share_of_customers = Share of customers
share = Share of what is to come
sentence = { $customers ->
    [one] One customer
   *[other] { $customers } customers
} will bring about { $expected } within { $days ->
    [one] one day
   *[other] { $days } days
}; { $share } of it comes from the best fifth.
first = Most is expected of { $name }: { $expected }.
too-few = What customers will bring cannot be told yet: it needs { $n } customers, { $again } of them with a second purchase; there { $customers ->
    [one] is one
   *[other] are { $customers }
}.
note-each = Of one customer this is an expectation, not a promise: it is made to rank them.
note-most = Judged one by one are the { $n } who brought most so far; sums and curve are of all.
""",
    ar=NET.ar
    + """
title = العملاء بقيمتهم القادمة
about = من سيجلب لك أكثر من غيره بعد اليوم، وما احتمال أن يكون عميلًا ما زال.
param-horizon = أيام قادمة
param-margin = ما يبقى بعد كلفة البضاعة (٪)
param-discount_rate = الخصم الزمني في السنة (٪)
rank = الترتيب
expected = المنتظر منه
    .formula = المشتريات المنتظرة في الأيام القادمة × قيمة الشراء الواحد المنتظرة × هامش الربح المعطى
brought = جلب حتى الآن
    .formula = صافي إيراداته حتى آخر يوم × هامش الربح المعطى
value = قيمة عمره
    .formula = ما جلبه حتى الآن وما يُنتظر منه
alive = ما زال عميلًا
    .formula = احتمال أنه ما زال عميلًا كما يقدّره النموذج؛ وفي المجموع حاصل جمع هذه الاحتمالات
purchases = مشتريات منتظرة
    .formula = الأيام التي يُنتظر أن يشتري فيها في الأيام القادمة
bought = أيام فيها طلبات
last_order = آخر طلب
customers = العملاء
    .formula = العملاء المعروفون الذين لهم طلب مكتمل حتى آخر يوم من الفترة
top_20 = حصة أفضل خُمس
    .formula = المنتظر من خُمس العملاء الذين يُنتظر منهم الأكثر، مقسومًا على المنتظر من الجميع
share_of_customers = الحصة من العملاء
share = الحصة من المنتظر
sentence = يُنتظر أن يجلب { $customers ->
    [zero] عملاؤك
    [one] عميل واحد
    [two] عميلان
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
} نحو { $expected } خلال { $days ->
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}، ومن أفضل خُمسهم { $share } من ذلك.
first = وأكثر ما يُنتظر من { $name }: { $expected }.
too-few = لا يمكن بعدُ تقدير ما سيجلبه العملاء: يلزم { $n } عميل، عاد منهم { $again } للشراء مرة ثانية؛ وعددهم الآن { $customers }.
note-each = هذا تقدير لما يُنتظر من العميل لا وعد منه، وفائدته ترتيب العملاء.
note-most = قُدّر واحدًا واحدًا من جلبوا أكثر حتى الآن وهم { $n }؛ والمجاميع والمنحنى للجميع.
""",
)
