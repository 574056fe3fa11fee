# كلمات الصفحات نفسها. أما كلمات كل سؤال فبجانبه.

masarat = مسارات
tagline = كل حركة للعميل تصير قصة واحدة، والقصة تصير عملًا.
home = الرئيسية
questions = الأسئلة
questions-about = ما يمكنك أن تسأل عنه اليوم.
sources = المصادر
docs = للبرامج
sign-in = تسجيل الدخول
sign-in-code = رمز جوالك
sign-in-code-about = افتح في جوالك التطبيق الذي يعرض الأرقام الستة. وإن لم يكن الجوال معك فاكتب أحد رموز الاسترداد.
code = الرمز
sign-in-again = ابدأ من جديد
sign-out = تسجيل الخروج
email = البريد الإلكتروني
password = كلمة المرور
password-hint = عشرة أحرف على الأقل؛ وبضع كلمات متتالية تكفي.
password-again = كلمة المرور مرة أخرى
your-name = اسمك
set-up-title = أهلًا بك في مسارات
set-up-about = أنشئ حساب صاحب المتجر. هذا الرابط يعمل مرة واحدة.
set-up-button = أنشئ الحساب
nobody-yet = لا حساب لأحد بعد. افتح الرابط الذي ظهر حيث شُغّل مسارات، أو نفّذ: masarat user add
skip = إلى المحتوى
switch-language = English

greeting-morning = صباح الخير
greeting-evening = مساء الخير
greeting = { $part } يا { $name }
home-empty-title = بينك وبين أول الإجابات ملف واحد
home-empty = أحضر ملف الطلبات المصدَّر من متجرك أو نقطة البيع أو برنامج المحاسبة: CSV أو إكسل أو JSON أو Parquet، ويفهم مسارات أعمدته بنفسه.
bring-file = أحضر ملفًا

controls = اختر ما تنظر إليه
from = من
until = إلى
own-days = أيام أخرى
more = خيارات أخرى
show = اعرض
reset = من جديد
choice-none = —
choice-segment-none = الجميع
choice-breakdown-none = بلا تقسيم
choice-calendar-none = تقويم المتجر
yes = نعم
no = لا
hint-segment = مثال: country=Saudi Arabia and channel!=email، أو شريحة محفوظة: in=vip
hint-steps = خطوة في كل سطر؛ وإن تركتها فارغة: شاهد منتجًا، أضاف إلى السلة، بدأ إتمام الطلب، أتم طلبًا
hint-exclude = خطوة في كل سطر
hint-optional = أرقام الخطوات: 2,3
hint-within = 30m أو 12h أو 7d

download = خذها معك
csv = CSV
xlsx = إكسل
pdf = PDF
rows = الصفوف
rows-hidden = { $n ->
    [zero] لا صفوف أخرى
    [one] وصف آخر
    [two] وصفان آخران
    [few] و{ $n } صفوف أخرى
    [many] و{ $n } صفًا آخر
   *[other] و{ $n } صف آخر
} في ملف CSV.
definitions = التعريفات
how = كيف حُسب هذا
notes = ضع في بالك
footer-period = من { $first } إلى { $last }
footer-compared = مقارنة بما بين { $first } و{ $last }
footer-sample = يستند إلى { $sample }

sources-about = ما وصل من بيانات، ومكان إحضار المزيد.
sources-empty = لم يصل شيء بعد.
source-name = اسم المصدر
source-hint = اتركه فارغًا إن كان عندك مصدر واحد.
file = الملف
file-hint = CSV أو TSV أو إكسل أو JSON أو Parquet، أو مضغوطًا ‎.gz‎ و‎.zip‎
take-in = أدخل الملف
taken-in = دخل الملف
try-first = جرّب فقط: اقرأ الملف ولا تحفظ شيئًا
report-rows = الصفوف
report-orders = الطلبات
report-customers = العملاء
report-unidentified = صفوف بلا عميل
report-added = حركات جديدة
report-known = معروفة من قبل
report-rejected = المرفوض
column-in-file = العمود في الملف
understood-as = فُهم أنه
samples = مثل
when = متى
first-last = أيامه
state = الحالة
state-done = تم
state-failed = تعذّر
state-running = جارٍ
state-interrupted = انقطع: أدخله مرة أخرى
rejected-rows = الصفوف المرفوضة وأسبابها، ملف CSV
whose-export = من أي برنامج صُدِّر
whose-export-hint = إن لم يُعرف الملف من نفسه فقط.
found-out = يُعرف من نفسه
connections = البرامج المربوطة
files-came = الملفات التي وصلت
program = البرنامج
connection-name = اسم الربط
connection-name-hint = وبه يُسمّى مصدره؛ فارغ: اسم البرنامج.
asked-every = يُسأل
asked-every-minutes = يُسأل كل كم دقيقة
asked-every-hint = صفر: حين تطلب فقط.
asked-last = آخر سؤال
minutes = { $n ->
    [zero] حين تطلب
    [one] كل دقيقة
    [two] كل دقيقتين
    [few] كل { $n } دقائق
    [many] كل { $n } دقيقة
   *[other] كل { $n } دقيقة
}
when-asked = حين تطلب
never-asked = لم يُسأل بعد
ask-now = اسأله الآن
silent-since = ساكت منذ { $day }، أطول من عادته
sync-done = تم
sync-failed = تعذّر
sync-running = يُسأل الآن…
sync-interrupted = انقطع، ويكمل في المرة القادمة
disconnect = فك الربط
disconnect-about = تُنسى مفاتيحه، ويبقى ما جاء به.
disconnect-surely = نعم، فك الربط
connect-title = اربط برنامجًا
connect-about = يسأله مسارات عن الجديد مرة بعد مرة، ويبدأ بكل ما عنده. وتُحفظ المفاتيح مشفّرة.
connect-one = ربط { $program }
connect-button = اربط واسأل
kept-encrypted = يُحفظ مشفّرًا ولا يُعرض على أحد بعدها
may-stay-empty = يمكن تركه فارغًا
cancel = رجوع
watch = تابع السؤال
watched = تتجدد هذه الصفحة وحدها ما دام برنامج يُسأل.
watched-leave = الصفحة كلها

segments = الشرائح
segments-about = عملاء حفظتهم باسم، بقاعدة أو قائمةً، لتسأل عنهم وحدهم أي سؤال.
segments-empty = لم تُحفظ شريحة بعد. اكتب قاعدة أعلاه، أو افتح سؤالًا يسرد عملاء، كأفضل العملاء، واحفظ قائمته من آخر الصفحة.
segments-use = اكتب الشرط في أي سؤال تحت «خيارات أخرى» لترى هؤلاء العملاء وحدهم، أو ضع فيه { "\u2066" }!={ "\u2069" } لترى غيرهم. وتتجدد شريحة القاعدة كل يوم، وتبقى القائمة كما حُفظت حتى تجددها.
segment-title = الشريحة
segment-size = العملاء
segment-from = من السؤال
segment-made = وقت حفظها
segment-condition = الشرط
segment-renew = جدّد
segment-remove = أزل
segment-remove-sure = أزلها ولا رجعة
segment-save-as = احفظ هؤلاء العملاء شريحةً باسم
segment-hint = مثلًا: أفضل العملاء
segment-save = احفظ
segment-rule = القاعدة: من المقصود
segment-rule-help = كيف تُكتب القاعدة
segment-try = جرّب
segment-all = عرضهم كلهم
segment-save-rule = احفظ هذه القاعدة شريحةً باسم
segments-overlap = الشرائح جنبًا إلى جنب
segment-found = مجموعات العملاء التي في بياناتك
segment-found-save = احفظ هذه المجموعات شرائح باسم
segment-found-hint = مثلًا: مجموعات
segment-none-found = لا مجموعات واضحة لتُحفظ.
segment-save-about = يُحفظ كل عملاء هذه الإجابة، لا المعروضون هنا وحدهم.

live = مباشر
live-about = من في متجرك الآن.
live-renewing = تجدّد هذه الصفحة
live-renews = تتجدد وحدها
live-still = أوقف التجدد
live-empty-title = سطر واحد في صفحات متجرك
live-empty = ضع هذا السطر بمفتاحك في رأس كل صفحة من متجرك، ثم افتح متجرك: ترَ نفسك هنا.
live-more = دقائق أخرى، والصفوف كلها

docs-about = كل ما تعرضه هذه الصفحات يستطيع برنامج أن يسأل عنه. أنشئ مفتاحًا بالأمر: masarat key add NAME --role analyst
docs-full = الوصف الكامل (OpenAPI)
back-home = إلى الصفحة الرئيسية

choice-day = يوم
choice-week = أسبوع
choice-month = شهر
choice-compare-none = لا شيء
choice-compare-previous = الفترة السابقة
choice-compare-last_year = الأيام نفسها من العام الماضي
choice-compare-last_hijri_year = الأيام الهجرية قبل عام
choice-best = الأكثر مبيعًا
choice-slow = البطيئة
choice-returned = الأكثر إرجاعًا
choice-revenue = الإيرادات
choice-orders = الطلبات
choice-aov = متوسط قيمة الطلب
choice-first_order = أول طلب
choice-last_order = آخر طلب
choice-name = الاسم
choice-by-product = لكل منتج
choice-by-customer = لكل عميل
choice-kind-all = كلها
choice-kind-usual = السلة المعتادة
choice-kind-cross = بيع مكمّل
choice-kind-up = ترقية
choice-order-ordered = بالترتيب
choice-order-strict = بالترتيب دون تقديم
choice-order-any = بأي ترتيب
choice-rank_by-visits = بعدد الزيارات
choice-rank_by-views = بعدد المشاهدات
choice-rank_by-entries = حيث تبدأ الزيارات
choice-rank_by-exits = حيث تنتهي الزيارات
choice-rank_by-reloads = بإعادات التحميل
choice-rank_by-rage_clicks = بالنقرات العصبية
choice-rank_by-errors = بالأخطاء
choice-rank_by-lcp = الأبطأ
choice-rank_by-times = بعدد مرات البحث
choice-rank_by-nothing = بما لا نتيجة له
choice-rank_by-unopened = بما لم يُفتح بعده شيء
choice-rank_by-revenue = بالإيرادات
choice-rank_by-opportunity = بالفرصة
choice-rank_by-clicks = بالنقرات
choice-rank_by-impressions = بمرات الظهور
choice-rank_by-position = بالمرتبة
choice-rank_by-change = بالمراتب المكتسبة
choice-state-blocked = المتعثرون
choice-state-ready = الجاهزون للشراء
choice-state-comparing = المقارنون
choice-of-query = عبارات البحث
choice-of-new_customers = العملاء الجدد
choice-of-page = الصفحات
choice-of-event = الأفعال
choice-of-group = أقسام الموقع
choice-within-visit = الزيارة
choice-within-period = الفترة كلها
choice-weight-customers = العملاء
choice-measure-events = عدد المرات
choice-measure-customers = العملاء
choice-measure-average_order = متوسط قيمة الطلب
choice-measure-conversion = من أكمل
choice-gregorian = ميلادي
choice-hijri = هجري
choice-period-all = كل الفترات
choice-period-today = اليوم
choice-period-yesterday = أمس
choice-period-this_week = هذا الأسبوع
choice-period-last_week = الأسبوع الماضي
choice-period-this_month = هذا الشهر
choice-period-last_month = الشهر الماضي
choice-period-last_7_days = آخر 7 أيام
choice-period-last_30_days = آخر 30 يومًا
choice-period-last_90_days = آخر 90 يومًا
choice-period-last_365_days = آخر 365 يومًا
choice-period-this_year = هذا العام
choice-period-last_year = العام الماضي
choice-by-courier = شركة الشحن
choice-by-all = لا شيء
choice-by-channel = القناة
choice-by-campaign = الحملة
choice-by-cohort = ربع السنة لأول طلب (شهره الأول)
choice-by-product = أول منتج
choice-by-city = المدينة
choice-by-country = الدولة
choice-by-payment = طريقة الدفع
choice-by-branch = الفرع
choice-by-product = المنتج
choice-by-category = التصنيف
choice-by-channel = القناة
choice-by-campaign = الحملة
choice-by-month = الشهر
choice-by-customer = العميل
choice-show-most = الأكثر ربحًا
choice-show-least = الأقل ربحًا
choice-show-losing = من يكلّفون مالًا
choice-paid-all = كل الطلبات
choice-paid-on_delivery = عند الاستلام
choice-paid-before = قبل التوصيل
choice-breakdown-channel = القناة
choice-breakdown-source = المصدر
choice-breakdown-country = الدولة
choice-breakdown-city = المدينة
choice-breakdown-branch = الفرع
choice-breakdown-payment = طريقة الدفع
choice-breakdown-coupon = الكوبون
choice-breakdown-campaign = الحملة
choice-breakdown-device = الجهاز
choice-model-best = الأصدق توقعًا
choice-model-bgnbd = BG/NBD
choice-model-mbgnbd = MBG/NBD
choice-model-pareto = Pareto/NBD
choice-net-revenue = صافي الإيرادات
choice-net-margin = هامش الربح
choice-net-contribution = ما يبقى بعد كل التكاليف

forgotten = نسيت كلمة المرور؟
forgotten-about = اكتب بريدك لنرسل إليه رابطًا تختار منه كلمة مرور جديدة. يعمل الرابط مرة واحدة خلال { $minutes } دقيقة.
forgotten-send = أرسل الرابط
forgotten-sent = إن كان لهذا البريد حساب فالرابط في طريقه إليه. يعمل مرة واحدة خلال { $minutes } دقيقة؛ وانظر في البريد غير المرغوب أيضًا.
forgotten-no-mail = لا تُرسل رسائل من هنا. اطلب كلمة مرور جديدة من صاحب المتجر، أو نفّذ على جهاز المتجر: masarat user password
reset-title = كلمة مرور جديدة
reset-about = ستُسجَّل خروجًا من كل المتصفحات، ثم تدخل بالكلمة الجديدة.
reset-password = كلمة المرور الجديدة
reset-button = احفظها
reset-done = حُفظت كلمة المرور الجديدة. ادخل بها.
letter-reset-subject = كلمة مرور جديدة لمسارات
letter-reset-text =
    طُلبت كلمة مرور جديدة لحسابك في مسارات. اخترها من هنا:
    { $link }
    يعمل الرابط مرة واحدة خلال { $minutes } دقيقة. إن لم تطلبه أنت فلا تفعل شيئًا؛ كلمتك باقية كما هي.
letter-test-subject = رسائل مسارات تصل
letter-test-text =
    أُرسلت هذه الرسالة للتأكد من أن الرسائل تصل، وقد وصلت.
    { $link }
