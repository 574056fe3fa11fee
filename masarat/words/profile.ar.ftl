# العميل الواحد: اسم كل رقم، وكيف حُسب.

not-known = غير معروف بعد
nameless = بلا اسم
hidden = محجوب
by-latest = { $sources ->
    [one] كما ذكره { $source }
    [two] الأحدث من مصدرين: { $source }
    [few] الأحدث من { $sources } مصادر: { $source }
    [many] الأحدث من { $sources } مصدرًا: { $source }
   *[other] الأحدث من { $sources } مصدر: { $source }
}
by-most_frequent = { $sources ->
    [one] كما ذكره { $source }
    [two] الأكثر ورودًا في مصدرين
    [few] الأكثر ورودًا في { $sources } مصادر
    [many] الأكثر ورودًا في { $sources } مصدرًا
   *[other] الأكثر ورودًا في { $sources } مصدر
}
by-most_trusted = { $sources ->
    [one] كما ذكره { $source }
    [two] من أوثق المصدرين: { $source }
    [few] من أوثق { $sources } مصادر: { $source }
    [many] من أوثق { $sources } مصدرًا: { $source }
   *[other] من أوثق { $sources } مصدر: { $source }
}
by-manual = مكتوب باليد
disagree = { $values ->
    [one] كلها متفقة
    [two] قيمتان مختلفتان
    [few] { $values } قيم مختلفة
    [many] { $values } قيمة مختلفة
   *[other] { $values } قيمة مختلفة
}
sentence = { $name }: { $orders ->
    [zero] لم يشترِ بعد
    [one] طلب واحد بصافي { $net }
    [two] طلبان بصافي { $net }
    [few] { $orders } طلبات بصافي { $net }
    [many] { $orders } طلبًا بصافي { $net }
   *[other] { $orders } طلب بصافي { $net }
}{ $seen ->
    [none] { "" }
   *[other] ، وآخر ظهور له { $seen }
}.

# الحقائق
fact-name = الاسم
fact-first_name = الاسم الأول
fact-last_name = اسم العائلة
fact-firstName = الاسم الأول
fact-lastName = اسم العائلة
fact-email = البريد الإلكتروني
fact-phone = الجوال
fact-gender = الجنس
fact-birthday = تاريخ الميلاد
fact-age = العمر
fact-city = المدينة
fact-country = الدولة
fact-language = اللغة
fact-company = الشركة
fact-title = المسمى الوظيفي
fact-vat = الرقم الضريبي
fact-interests = اهتمامات ذكرها
fact-preferences = تفضيلات ذكرها

# ماذا يشتري
orders = الطلبات
    .formula = الطلبات المكتملة التي قيمتها فوق الصفر
net = صافي الإيرادات
    .formula = إجمالي الإيرادات ناقص ما أُعيد إليه
gross = إجمالي الإيرادات
    .formula = إيرادات الطلبات المكتملة بعد الخصم، قبل الشحن والضريبة
refunds = ما أُعيد إليه
    .formula = مجموع المرتجعات
aov = متوسط الطلب
    .formula = إجمالي الإيرادات مقسومًا على الطلبات
median = وسيط الطلب
    .formula = نصف طلباته أقل من هذه القيمة ونصفها أكثر
first_order = أول طلب
    .formula = وقت أول طلب مكتمل
last_order = آخر طلب
    .formula = وقت آخر طلب مكتمل
products = منتجاته المفضلة
    .formula = أكثر ثلاثة منتجات ورودًا في طلباته
categories = تصنيفاته المفضلة
    .formula = أكثر ثلاثة تصنيفات ورودًا في طلباته
order_channel = قناة طلباته المعتادة
    .formula = قناة أكثر طلباته، والأحدث عند التساوي
payment = طريقة دفعه المعتادة
    .formula = طريقة دفع أكثر طلباته، والأحدث عند التساوي
payment_shares = طرق الدفع
    .formula = الحصة من الطلبات التي ذُكرت طريقة دفعها
branch = فرعه المعتاد
    .formula = فرع أكثر طلباته، والأحدث عند التساوي
order_city = مدينة طلباته المعتادة
    .formula = مدينة أكثر طلباته، والأحدث عند التساوي
days_between = الأيام بين شراء وآخر
    .formula = وسيط الأيام من يوم شراء إلى يوم الشراء الذي يليه
next_order = شراؤه المتوقع
    .formula = آخر شراء زائد وسيط الأيام بين شراء وآخر، من ثلاثة أيام شراء فأكثر
return_rate = المُعاد من الإيرادات
    .formula = ما أُعيد إليه مقسومًا على إجمالي الإيرادات
returned_orders = المُعاد من الطلبات
    .formula = الطلبات التي رجع منها شيء مقسومة على الطلبات
refused = مرفوض عند الاستلام
    .formula = الطلبات التي رُفض استلامها
refused_share = المرفوض مما يُدفع عند الاستلام
    .formula = الطلبات المرفوضة مقسومة على ما يُدفع عند الاستلام، ما استُلم منه وما رُفض
segment = الشريحة (RFM)
    .formula = بقرب شرائه وتكراره ومبلغه، ترتيبًا بين العملاء كلهم، كما في سؤال شرائح العملاء

# ماذا يفعل
stage = مرحلته في الرحلة
    .formula = أبعد مرحلة بلغها ولم تنقضِ؛ وخامل أو مفقود إن طال سكوته، كما في سؤال رحلة العميل
first_seen = أول ظهور
    .formula = وقت أول حركة في السجل
last_seen = آخر ظهور
    .formula = وقت آخر حركة في السجل
visits = الزيارات
    .formula = الزيارات المختلفة للموقع أو التطبيق
last_visit = آخر زيارة
    .formula = وقت آخر حركة في زيارة
pages = الصفحات والشاشات
    .formula = ما شاهده من صفحات وشاشات
channel = قناة زياراته المعتادة
    .formula = القناة التي بدأت بها أكثر زياراته، والأحدث عند التساوي
device = جهازه المعتاد
    .formula = جهاز أكثر زياراته، والأحدث عند التساوي
searches = بحث عن
    .formula = أكثر ما بحث عنه، خمسة على الأكثر
abandoned_carts = سلات متروكة
    .formula = سلات مضت عليها 24 ساعة بلا طلب، كما في سؤال السلات المتروكة
abandoned_value = قيمة السلات المتروكة
    .formula = مجموع ما كان فيها

# كيف يفكر
interests = اهتماماته
    .formula = أكثر التصنيفات التي شاهدها أو أضافها إلى السلة أو اشتراها
sentiment = مزاجه
    .formula = متوسط النجوم ورضاه وتوصيته بعد ردّها كلها إلى خمسة: راضٍ من 4، ومستاء دون 3
rating = النجوم
    .formula = متوسط نجوم تقييماته، من خمس
nps = هل يوصي بنا (NPS)
    .formula = أحدث إجاباته، من عشرة
csat = رضاه (CSAT)
    .formula = أحدث إجاباته، من خمسة
ces = الجهد الذي بذله (CES)
    .formula = أحدث إجاباته، بمقياس الاستبيان
coupon_use = طلبات بكوبون أو خصم
    .formula = الطلبات التي فيها كوبون أو خصم مقسومة على الطلبات المكتملة

mood-positive = راضٍ
mood-neutral = بين الرضا والاستياء
mood-negative = مستاء
relation-household = من بيت واحد
relation-company = شركة وممثلها
relation-family = من عائلة واحدة
relation-friend = صديقان
relation-other = بينهما صلة
suggest-phone = يشتركان في الجوال { $value }
suggest-email = يشتركان في البريد { $value }
suggest-vat = يشتركان في الرقم الضريبي { $value }
suggest-anon = استعملا المتصفح نفسه
suggest-company = كلاهما من { $value }
suggest-other = يشتركان في { $value }
note-currencies = المبالغ بعملة { $currency }؛ أما الطلبات بعملة { $others } فلا تُحسب.

part-tags = الوسوم
part-notes = الملاحظات
part-files = الملفات
part-relations = صلاته
part-suggestions = ربما له صلة بـ
part-consents = الموافقات
