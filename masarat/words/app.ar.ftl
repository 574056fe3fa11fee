# كلمات التطبيق في المتصفح. أما كلمات الأجوبة فتأتي معها.

masarat = مسارات
skip = إلى المحتوى
menu = القائمة
sections = الأقسام
find = ابحث
find-about = اسأل عن شيء، أو اكتب اسم صفحة
found-nothing = لا شيء بهذا الاسم
sign-out = تسجيل الخروج
other-language = English
other-language-code = en
light-light = إضاءة نهارية
light-dark = إضاءة ليلية

section-pulse = نبض
section-pulse-about = ما تغيّر، ولماذا، وما يستحق نظرك اليوم.
section-journey = الرحلة
section-journey-about = أين عملاؤك من الرحلة، وأين يتعثّرون.
section-customers = العملاء
section-customers-about = من هم، ومن يعود، ومن يوشك أن يرحل.
section-behaviour = السلوك
section-behaviour-about = كيف يتحركون في متجرك، وأين يقفون.
section-sales = المبيعات
section-sales-about = ما بيع، ولمن، وكم بقي لك.
section-sources = المصادر
section-sources-about = من أين تأتي بياناتك، وهل يُعتمد عليها.

morning = صباح الخير يا { $name }
evening = مساء الخير يا { $name }
period = الفترة
period-last_7_days = 7 أيام
period-last_30_days = 30 يومًا
period-last_90_days = 90 يومًا
period-last_365_days = سنة

controls = اختر ما تنظر إليه
show = اعرض
more = خيارات أخرى
reset = من جديد
rows = التفاصيل
rows-hidden = { $n ->
    [one] وصف آخر في الملف.
    [two] وصفّان آخران في الملف.
    [few] و{ $n } صفوف أخرى في الملف.
    [many] و{ $n } صفًا آخر في الملف.
   *[other] و{ $n } صف آخر في الملف.
}
take = نزّل
copy-link = انسخ الرابط
definitions = معاني الأرقام
how = كيف حُسب هذا
loading = لحظة…
broken = تعذّر ذلك
broken-remedy = انقطع الاتصال بالخادم أو أصابه خلل. حاول مرة أخرى.
again = حاول مرة أخرى

customers-find = ابحث باسم أو رقم جوال أو بريد
customers-none = لا أحد يطابق «{ $text }». جرّب آخر أربعة أرقام من الجوال، أو جزءًا من الاسم.
customers-more = ويطابق آخرون أيضًا: اكتب المزيد لتصل إلى من تريد.
last-seen = آخر ظهور { $day }
way = مراحل الرحلة
happened = كل ما حدث
nothing-happened = لم يحدث شيء من هذا.
nothing-known = لا يُعرف شيء بعد.
facts-all = وما لا يُعرف ({ $n })
facts-known = المعروف وحده
older = ما قبل ذلك
notes = ملاحظات
note-hint = اكتب ما يحسن أن يعرفه زملاؤك
note-gone = حُذفت الملاحظة.
undo = تراجع
remove = احذف
keep = احفظ
kind-visits = زيارات
kind-carts = سلال
kind-orders = طلبات
kind-payments = مدفوعات
kind-service = خدمة
kind-surveys = استبيانات
kind-messages = رسائل
kind-identity = هوية
kind-consent = موافقات
kind-notes = ملاحظات
kind-other = غير ذلك

# الشرائح
segment = الشريحة
segments = الشرائح
segments-about = مجموعات من عملائك ترجع إليها: بما فعلوا، ومن هم، وما جلبوا.
segments-saved = الشرائح المحفوظة
segments-none = لا شرائح محفوظة بعد. ابنِ واحدة أدناه، أو احفظ عملاء أي قائمة.
segments-see = كل الشرائح
segment-new = شريحة جديدة
segment-save = احفظ هؤلاء العملاء
segment-title = ماذا تسميهم؟
segment-holds = { $n ->
    [zero] لا عملاء هنا لحفظهم.
    [one] سيُحفظ عميل واحد.
    [two] سيُحفظ عميلان.
    [few] سيُحفظ { $n } عملاء.
    [many] سيُحفظ { $n } عميلًا.
   *[other] سيُحفظ { $n } عميل.
}
segment-saved = { $n ->
    [zero] «{ $title }» بلا عملاء.
    [one] في «{ $title }» عميل واحد.
    [two] في «{ $title }» عميلان.
    [few] في «{ $title }» { $n } عملاء.
    [many] في «{ $title }» { $n } عميلًا.
   *[other] في «{ $title }» { $n } عميل.
}
segment-size = { $n ->
    [zero] لا عملاء
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}
segment-see = اعرضهم
segment-rule = القاعدة
segment-remove = احذف { $title }
segment-gone = حُذفت «{ $title }».
further = انظر عن قرب:
join-and = و
join-or = أو
condition = الشرط
condition-nth = الشرط { $n }
condition-join = كيف تُجمع الشروط
condition-add = أضف شرطًا
condition-did = فعل
condition-did-not = لم يفعل
condition-is = من
condition-is-not = ليس من
condition-measure = بالأرقام
condition-in = ضمن شريحة
condition-not-in = ليس ضمن شريحة
condition-event = الحدث
condition-times = مرات على الأقل
condition-when = متى
condition-ever = في أي وقت
condition-days = { $n ->
    [zero] اليوم
    [one] في آخر يوم
    [two] في آخر يومين
    [few] في آخر { $n } أيام
    [many] في آخر { $n } يومًا
   *[other] في آخر { $n } يوم
}
condition-fact = المعلومة
condition-value = القيم
condition-values = الرياض، جدة
condition-measure-name = المقياس
condition-bound = الحد
condition-number = العدد
measure-orders = الطلبات
measure-revenue = الإيرادات
measure-average_order = متوسط الطلب
measure-recency = الأيام منذ آخر طلب
bound-at_least = على الأقل
bound-at_most = على الأكثر
bound-in_top = من أعلى
bound-in_bottom = من أدنى
fact-city = المدينة
fact-country = الدولة
fact-channel = القناة
fact-source = المصدر
fact-branch = الفرع
fact-payment = طريقة الدفع
fact-coupon = القسيمة
fact-campaign = الحملة
fact-device = الجهاز
fact-gender = الجنس
fact-language = اللغة

# من هو
who = من هو
who-split = افصل { $identifier }
who-apart-do = افصله
who-apart = صار وحده الآن.
who-merge = ادمجه مع عميل آخر
who-merge-do = ادمجهما
who-merged = صارا عميلًا واحدًا.
who-other = جوال الآخر أو بريده أو رقمه
who-same = هذا هو العميل نفسه.
who-together = { $n ->
    [zero] لا شيء يجتمع.
    [one] معرّف واحد سيكون لعميل واحد:
    [two] معرّفان سيكونان لعميل واحد:
    [few] { $n } معرّفات ستكون لعميل واحد:
    [many] { $n } معرّفًا ستكون لعميل واحد:
   *[other] { $n } معرّف ستكون لعميل واحد:
}
who-why = السبب (للسجل)
consent = ما وافق عليه
consent-none = لم يُسأل بعد.
consent-granted = وافق
consent-denied = رفض
consent-withdrawn = سحب موافقته
purpose-marketing = العروض
purpose-analytics = الإحصاءات
purpose-profiling = بناء الملف
purpose-personalisation = المحتوى الشخصي
purpose-sharing = المشاركة مع غيرنا
by-email = بالبريد الإلكتروني
by-sms = برسالة نصية
by-whatsapp = بالواتساب
by-push = بالإشعارات
by-call = بالهاتف
by-post = بالبريد
by-web = في الموقع
relations = صلاته
relation-household = أهل البيت
relation-company = شركة
relation-family = قرابة
relation-friend = صداقة
relation-other = غير ذلك
review = أهما عميل واحد؟
review-about = أزواج متشابهة تنتظر كلمتك.
review-waiting = { $n ->
    [zero] لا أزواج تنتظر.
    [one] زوج واحد ينتظر.
    [two] زوجان ينتظران.
    [few] { $n } أزواج تنتظر.
    [many] { $n } زوجًا ينتظر.
   *[other] { $n } زوج ينتظر.
}
review-none = لا أزواج تنتظر. اطلب نظرة جديدة بعد كل بيانات جديدة.
review-chance = احتمال أن يكونا عميلًا واحدًا: { $percent }
review-accept = عميل واحد
review-reject = عميلان
review-leave = لا تسألني ثانية
review-next = التالي
review-look = ابحث عن أزواج الآن
review-looked = آخر نظرة { $time }
review-said-accept = صارا عميلًا واحدًا.
review-said-reject = بقيا عميلين.
review-said-leave = لن تُسأل عنهما ثانية.
review-names = وله أسماء أخرى
review-phone = الجوال
review-email = البريد الإلكتروني
review-tax = الرقم الضريبي
review-birthday = تاريخ الميلاد

# المصادر
field-order_id = رقم الطلب
field-ts = التاريخ
field-time = الوقت
field-business_day = يوم العمل
field-customer_id = رقم العميل
field-name = اسم العميل
field-email = البريد الإلكتروني
field-phone = الجوال
field-city = المدينة
field-country = الدولة
field-product_id = رمز المنتج (SKU)
field-product_name = اسم المنتج
field-arabic_name = اسم المنتج بالعربية
field-category = التصنيف
field-quantity = الكمية
field-unit_price = سعر الوحدة
field-line_total = إجمالي السطر
field-order_total = إجمالي الطلب
field-discount = الخصم
field-tax = ضريبة القيمة المضافة
field-line_tax = ضريبة السطر
field-shipping = الشحن
field-shipping_tax = ضريبة الشحن
field-refunded = المبلغ المسترد
field-currency = العملة
field-status = الحالة
field-document = نوع المستند
field-coupon = القسيمة
field-payment = طريقة الدفع
field-branch = الفرع
field-reference = رقم الطلب في المتجر
field-channel = القناة
field-first_name = الاسم الأول
field-last_name = اسم العائلة
field-gender = الجنس
field-birthday = تاريخ الميلاد
field-company = الشركة
field-vat_number = الرقم الضريبي
field-language = اللغة
field-tags = الوسوم
field-cost = التكلفة
field-stock = المخزون
field-supplier = المورّد
field-lead_days = أيام التوريد
field-expiry = تاريخ الانتهاء
field-batch = الدفعة
field-received = تاريخ الاستلام
field-expected_at = التاريخ المتوقع
field-arrived_at = تاريخ الوصول
field-campaign = الحملة
field-ad_group = المجموعة الإعلانية
field-ad = الإعلان
field-spend = الإنفاق
field-until = حتى
field-impressions = مرات الظهور
field-clicks = النقرات
field-query = كلمات البحث
field-page = الصفحة
field-position = الترتيب
field-ticket_id = رقم التذكرة
field-subject = الموضوع
field-priority = الأولوية
field-agent = الموظف
field-replied_at = أول رد
field-reply_minutes = دقائق حتى الرد
field-solved_at = تاريخ الحل
field-outcome = النتيجة
field-direction = الاتجاه
field-caller = المتصل
field-called = المتصل به
field-leg_of = جزء من مكالمة
field-seconds = الثواني
field-messages = الرسائل
field-survey = الاستبيان
field-response_id = رقم الإجابة
field-question = السؤال
field-answer = الإجابة
field-score = الدرجة
field-payment_id = رقم الدفعة المالية
field-paid = المدفوع
field-applied = المطبَّق
field-event = الحدث
field-move_id = رقم الحدث
field-browser_id = المتصفح
field-visit_id = الزيارة
field-device = الجهاز
field-referrer = المُحيل
field-move = ما حدث
field-kept = يبقى كما هو
bring = أضف بيانات
bring-drop = أفلت الملفات هنا أو
bring-choose = اخترها
bring-kinds = أي ملف صدّرته كما هو: إكسل وCSV وJSON وParquet وzip. لا يتغير شيء قبل موافقتك.
bring-reading = تُقرأ { $file }…
bring-progress = { $done } من { $total } صفًا
bring-read = ما قرأناه
bring-understood = كيف فهمناه
bring-changes = ما الذي سيتغير
bring-rows = الصفوف
bring-orders = الطلبات
bring-customers = العملاء
bring-added = جديد
bring-known = معروف من قبل
bring-restated = مصحَّح
bring-rejected = تعذّرت قراءته
bring-column = العمود في الملف
bring-field = فُهم على أنه
bring-samples = أمثلة
bring-do = أدخله
bring-cancel = ملف آخر
bring-done = دخل { $file }.
bring-answers = شاهد ما يقوله
bring-mend = أصلح الصفوف التي تعذّرت قراءتها
bring-first = من أول يوم إلى آخره
sources-came = ما وصل
sources-none = لم يصل شيء بعد. أفلت ملفًا أعلاه، أو ضع السطر في موقعك.
sources-connections = برامج موصولة
sources-connect = أوصل برنامجًا
source-state-done = دخل
source-state-failed = تعذّر
source-state-running = جارٍ
source-state-interrupted = انقطع
source-asked = سُئل { $time }
source-never = لم يُسأل بعد
source-ask = اسأله الآن
source-rows = { $n ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفان
    [few] { $n } صفوف
    [many] { $n } صفًا
   *[other] { $n } صف
}
mend = صفوف تحتاج إلى إصلاح
mend-about = تعذّرت قراءة هذه الصفوف. صحّحها هنا ثم أدخلها؛ لا يضيع شيء.
mend-none = قُرئت الصفوف كلها.
mend-why = السبب
mend-do = أدخل ما صُحّح
mend-dismiss = اترك هذه الصفوف
mend-done = { $n ->
    [zero] لم يدخل أي صف بعد.
    [one] دخل صف واحد.
    [two] دخل صفان.
    [few] دخلت { $n } صفوف.
    [many] دخل { $n } صفًا.
   *[other] دخل { $n } صف.
}
mend-more = { $n ->
    [zero] لا صفوف أخرى.
    [one] صف آخر ينتظر.
    [two] صفان آخران ينتظران.
    [few] { $n } صفوف أخرى تنتظر.
    [many] { $n } صفًا آخر ينتظر.
   *[other] { $n } صف آخر ينتظر.
}
snippet = موقعك
snippet-about = سطر واحد في رأس كل صفحة، وتُرى الزيارات من تلك اللحظة.
snippet-name = اسم الموقع
snippet-make = أنشئ السطر
snippet-copy = انسخ
snippet-copied = نُسخ
snippet-waiting = ننتظر أول حدث…
snippet-came = { $n ->
    [zero] لم يصل شيء بعد.
    [one] وصل أول حدث.
    [two] وصل حدثان.
    [few] وصلت { $n } أحداث.
    [many] وصل { $n } حدثًا.
   *[other] وصل { $n } حدث.
}
welcome = ابدأ ببياناتك
welcome-about = يكفي ملف من متجرك أو من حساباتك؛ وتأتي أول الإجابات بعد دقيقة.
welcome-file = أفلت ملفًا
welcome-site = ضع السطر في موقعك
welcome-program = أوصل برنامجًا

# الاستعلام
sql = استعلام SQL
sql-about = يقرأ المخزون ولا يغيّر شيئًا. وكل استعلام يُدوَّن في سجل التدقيق.
sql-write = الاستعلام
sql-run = نفّذ
sql-tables = الجداول
sql-rows = { $n ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفان
    [few] { $n } صفوف
    [many] { $n } صفًا
   *[other] { $n } صف
}
sql-more = { $n ->
    [zero] لا صفوف.
    [one] أول صف؛ وثمة غيره.
    [two] أول صفين؛ وثمة غيرهما.
    [few] أول { $n } صفوف؛ وثمة غيرها.
    [many] أول { $n } صفًا؛ وثمة غيرها.
   *[other] أول { $n } صف؛ وثمة غيرها.
}
sql-took = { $seconds } ث · قُرئ { $read } صف
sql-recent = استعلامات سابقة
sql-none = لا صفوف.

# كل الأسئلة
questions = كل الأسئلة
questions-find = ابحث في الأسئلة
questions-none = لا سؤال بهذه الكلمات.

# الآن
live-now = الآن
live-about = ما يحدث في المتجر لحظة وصوله.
live-pause = أوقف
live-go = تابع
live-paused = متوقف
pages = الصفحات
# Boards

boards = اللوحات
boards-about = الأجوبة التي ترجع إليها كل مرة، جنبًا إلى جنب.
boards-none = لا لوحات بعد.
boards-none-do = افتح سؤالًا، واضبطه كما تريد، ثم اضغط «ثبّت». أو سمِّ لوحة أدناه واملأها لاحقًا.
boards-none-wait = يُعدّها من يحلل أرقام المتجر، ثم تجدها هنا.
boards-open-question = افتح الإيرادات
boards-full = { $n ->
    [zero] لا مكان للوحة أخرى.
    [one] عندك لوحة واحدة ولا مكان لغيرها. احذفها إن لم تعد لازمة.
    [two] عندك لوحتان ولا مكان لغيرهما. احذف ما لم يعد لازمًا.
    [few] عندك { $n } لوحات ولا مكان لغيرها. احذف ما لم يعد لازمًا.
    [many] عندك { $n } لوحة ولا مكان لغيرها. احذف ما لم يعد لازمًا.
   *[other] عندك { $n } لوحة ولا مكان لغيرها. احذف ما لم يعد لازمًا.
}
board-new = لوحة جديدة
board-make = أنشئ
board-title = اسم اللوحة
board-title-hint = صباح الأحد
board-comma = {"، "}
board-cards = { $n ->
    [zero] فارغة
    [one] جواب واحد
    [two] جوابان
    [few] { $n } أجوبة
    [many] { $n } جوابًا
   *[other] { $n } جواب
}
board-no-cards = لم يُثبَّت شيء على هذه اللوحة بعد.
board-no-cards-do = افتح سؤالًا، واضبطه كما تريد، ثم اضغط «ثبّت». ولك أن تبدأ بأحد هذه:
board-no-cards-wait = سيملؤها من يحلل أرقام المتجر.
board-as-pinned = كما ثُبّت كلٌّ منها
board-order = رتّب
board-done = تم
board-earlier = قدّم «{ $card }»
board-later = أخّر «{ $card }»
board-widen = وسّع «{ $card }»
board-narrow = ضيّق «{ $card }»
board-rename = غيّر عنوان «{ $card }»
board-card-remove = أزل «{ $card }»
board-card-title = عنوان البطاقة
board-moved = صارت في الموضع { $place } من { $of }
board-card-gone = أُزيلت البطاقة من اللوحة.
board-remove = احذف اللوحة
board-gone = حُذفت اللوحة.
board-all = كل اللوحات
board-changed = غيّر غيرك هذه اللوحة في أثناء ذلك. هذه حالها الآن، فأعد تغييرك.
pin = ثبّت
pin-board = على أي لوحة
pin-new = لوحة جديدة
pin-do = ثبّت
pin-there = مثبّت عليها من قبل
pin-open = افتحها
pinned = ثُبّت على «{ $board }».

# الإعدادات
settings = الإعدادات
settings-account = حسابي
settings-users = الأشخاص
settings-privacy = ما يراه كل دور
settings-keys = مفاتيح المواقع
settings-targets = المستهدفات
settings-log = سجل الأعمال
settings-shop = المتجر
account-role = الدور
account-browsers = أين دخلت بحسابك
account-here = هنا
account-since = آخر نشاط: { $day }
account-end = أخرجه
account-all = { $n ->
    [zero] أظهرها كلها
    [one] أظهرها كلها
    [two] أظهرهما كليهما
    [few] أظهر كل المتصفحات الـ{ $n }
    [many] أظهر كل المتصفحات الـ{ $n }
   *[other] أظهر كل المتصفحات الـ{ $n }
}
account-end-others = أخرج كل ما سوى هذا
account-password = غيّر كلمة السر
account-old = كلمة السر القديمة
account-new = كلمة السر الجديدة
account-change = غيّرها وسجّل الخروج
user-email = البريد الإلكتروني
user-name = الاسم
user-add = أضف
user-password-is = كلمة سر { $email }، ولن تظهر ثانية:
user-new-password = كلمة سر جديدة
user-disable = أوقف حسابه
user-enable = أعد حسابه
user-disabled = موقوف
role-owner = مالك
role-analyst = محلل
role-marketer = مسوّق
role-sales = مبيعات
role-support = دعم
role-finance = مالية
role-viewer = مطّلع
mask-field-name = الاسم
mask-field-phone = الجوال
mask-field-email = البريد
mask-field-address = العنوان
mask-field-birthday = الميلاد
mask-field-identifier = الرقم
mask-field-note = الملاحظات
mask-whole = كاملًا
mask-part = جزئيًا
mask-none = لا يراه
key-none = لا مفاتيح للمواقع بعد.
key-revoke = أبطله
key-revoked = مُبطَل
target-none = لا مستهدفات بعد. حدّدها بالأمر: masarat targets
log-none = لا شيء بعد.
log-who = من
log-what = ماذا
log-when = متى

# خرائط الرحلة
maps = خرائط الرحلة
maps-about = الرحلة كما تراها: ما يريده العميل ويلقاه ويشعر به في كل مرحلة، وإلى جانبه ما تقوله البيانات.
maps-none = لم تُرسم خريطة بعد. سمِّ واحدة لتبدأ من مراحلك.
map-title = عنوان الخريطة
map-make = ارسم خريطة
map-persona = رحلة من؟
map-persona-about = كيف هو
map-save = احفظ
map-saved = محفوظة
map-redo = أعد
map-stage = المرحلة
map-stage-new = مرحلة جديدة
map-stage-add = أضف مرحلة
map-stage-remove = احذف { $stage }
map-earlier = قدّم { $stage }
map-later = أخّر { $stage }
map-live = ما تقوله البيانات
map-live-none = ليست من مراحل البيانات.
map-versions = نسخ سابقة
map-remove = احذف هذه الخريطة
map-gone = حُذفت الخريطة.
map-emotion = الشعور
map-goal = ماذا يريد
map-touchpoints = أين يلقانا
map-friction = ما الذي يعيقه
map-expectation = ماذا يتوقع
map-opportunity = ما يمكننا فعله
map-owner = المسؤول

# الرحلة
river = العملاء في كل مرحلة، ومن أين يخرجون
river-map = كل نقاط التلاقي
river-pains = ما يتعثر
river-wide = يكبر العرض والدوائر مع الجذر التربيعي للعدد، لتُرى المراحل الصغيرة أيضًا.

# العميل
cancel = إلغاء
standing-stage = المرحلة
standing-since = منذ { $day }
standing-value = صافي ما جلبه
standing-expected = ويُنتظر منه { $money } خلال سنة
standing-risk = احتمال ألا يطلب
standing-risk-days = { $n ->
    [zero] اليوم
    [one] خلال يوم
    [two] خلال يومين
    [few] خلال { $n } أيام
    [many] خلال { $n } يومًا
   *[other] خلال { $n } يوم
}
standing-consent = العروض
standing-consent-yes = وافق عليها
standing-consent-no = رفضها
standing-consent-never = لم يُسأل
ahead = ماذا تفعل
ahead-risk = { $n ->
    [zero] قد يضيع اليوم { $money }.
    [one] قد يضيع خلال يوم { $money }.
    [two] قد يضيع خلال يومين { $money }.
    [few] قد يضيع خلال { $n } أيام { $money }.
    [many] قد يضيع خلال { $n } يومًا { $money }.
   *[other] قد يضيع خلال { $n } يوم { $money }.
}
ahead-offer = اعرض عليه
ahead-may = وافق على العروض: { $channels }.
ahead-may-not = لم يوافق على أن تُرسل إليه عروض: اعرضها عليه حين يأتيك.
ahead-all = كل العروض وكيف اختيرت
ahead-nothing = لا شيء عاجل، وما يُعرف عنه أقل من أن يُعرض عليه شيء.
fact-write = صحّح { $fact }
fact-others = ما قالته المصادر الأخرى
fact-written = حُفظ كما كُتب باليد.
fact-gone = عاد ما تقوله المصادر.
fact-take-back = تراجع عمّا كُتب باليد
tags = الوسوم
tag-add = وسم
tag-new = وسم جديد
tag-remove = أزل الوسم { $tag }
tag-gone = أُزيل الوسم { $tag }.
files = الملفات
files-none = لا ملفات بعد: عقد أو صورة أو خطاب.
file-attach = أرفق ملفًا
file-remove = احذف { $file }
file-sure = أتحذفه نهائيًا؟
by-any = بكل القنوات
consent-tell = سجّل ما يقوله
consent-purpose = على ماذا
consent-channel = كيف
consent-yes = يوافق
consent-no = لا يوافق
consent-evidence = كيف عرفنا؟
consent-evidence-hint = مكالمة في 3 مارس، أو نموذج في الفرع: يُحفظ دليلًا.
consent-told = سُجّل.
consent-stricter = سُجّل، لكن مصدرًا آخر يقول لا، والأحوط هو القائم.
relations-none = لا صلة له بأحد بعد.
relations-maybe = ربما له صلة بـ
relation-add = أضف صلة
relation-kind = نوع الصلة
relation-role = دوره إن عُرف
relation-remove = احذف صلته بـ { $other }
relation-gone = حُذفت الصلة.
who-with = مع { $other } في { $day }
who-decided = ما قرره زملاؤك
decided-merge = { $one } و{ $other } عميل واحد
decided-never = { $one } و{ $other } عميلان
decided-alone = { $one } وحده
who-back = تراجع عن: { $decision }
who-back-do = تراجع عنه
who-taken-back = أُلغي القرار، وعاد كل شيء كأنه لم يكن.
who-orders = { $n ->
    [zero] لا طلبات تجتمع.
    [one] يجتمع طلب واحد.
    [two] يجتمع طلبان.
    [few] تجتمع { $n } طلبات.
    [many] يجتمع { $n } طلبًا.
   *[other] يجتمع { $n } طلب.
}
who-kept = { $n ->
    [zero] ولا شيء أُضيف إليهما.
    [one] ومعها ملاحظة أو وسم أو ملف.
    [two] ومعها اثنان من الملاحظات والوسوم والملفات.
    [few] ومعها { $n } من الملاحظات والوسوم والملفات.
    [many] ومعها { $n } من الملاحظات والوسوم والملفات.
   *[other] ومعها { $n } من الملاحظات والوسوم والملفات.
}
who-stricter = اختلف ما قالاه، والأحوط هو القائم:
review-answered = آخر ما أجبت عنه
review-was-accepted = عميل واحد
review-was-rejected = عميلان
review-was-left = لا سؤال ثانية
review-undo = تراجع: { $one } و{ $other }

# The shop
company = المتجر
company-country = البلد
company-currency = العملة
company-timezone = المنطقة الزمنية
company-weekend = العطلة الأسبوعية
company-weekend-fri-sat = الجمعة والسبت
company-weekend-sat-sun = السبت والأحد
company-weekend-thu-fri = الخميس والجمعة
company-weekend-fri = الجمعة
company-language = لغة الإجابات والتقارير
company-language-ar = العربية
company-language-en = الإنجليزية
company-calendar = التقويم
company-calendar-gregorian = ميلادي
company-calendar-hijri = هجري (أم القرى)
company-digits = الأرقام في العربية
company-digits-latin = 123
company-digits-arabic = ١٢٣
company-fixed = ضُبط عند التشغيل: { $variable }
company-save = احفظ
company-go-on = تابع
company-register = ما يُكتب في سجل معالجة البيانات وفي شهادات العملاء:
company-controller = المسؤول عن البيانات
company-contact = كيف يُتواصل معه
company-officer = مسؤول حماية البيانات
company-basis = الأساس النظامي
company-recipients = من يطّلع عليها
company-transfers = ما يُنقل خارج البلد
company-retention = مدة الاحتفاظ
company-session_minutes = دقائق السكون التي تبدأ بعدها زيارة جديدة
company-consent = موافقة الزوار
company-without_consent = أحداث من لم يوافق
company-addresses = عناوين الإنترنت
company-merge_above = الدمج دون سؤال فوق احتمال
welcome-shop = أين متجرك؟
welcome-shop-about = عليها تقوم الأرقام كلها، ولك أن تغيّرها من الإعدادات متى شئت.
# Codes
codes = رمز من الجوال مع كلمة السر
codes-about = من عرف كلمة سرّك لن يدخل دون جوالك. يلزمك تطبيق رموز، مثل مدير كلمات السر في جوالك.
codes-on = { $n ->
    [zero] يُطلب رمز عند كل دخول. لم يبق لك رمز احتياطي.
    [one] يُطلب رمز عند كل دخول. بقي لك رمز احتياطي واحد.
    [two] يُطلب رمز عند كل دخول. بقي لك رمزان احتياطيان.
    [few] يُطلب رمز عند كل دخول. بقيت لك { $n } رموز احتياطية.
    [many] يُطلب رمز عند كل دخول. بقي لك { $n } رمزًا احتياطيًا.
   *[other] يُطلب رمز عند كل دخول. بقي لك { $n } رمز احتياطي.
}
codes-begin = فعّله
codes-confirm = أكّد
codes-renew = رموز احتياطية جديدة
codes-off = أوقفه
codes-scan = صوّره بتطبيق الرموز، أو اكتب فيه هذا السر، ثم اكتب الرمز الذي يظهر:
codes-picture = رمز QR لتطبيق الرموز
codes-keep = احفظها في مكان آمن: يفتح كل منها مرة واحدة إن ضاع جوالك، ولن تظهر ثانية.
code = الرمز
password = كلمة السر
user-codes-off = أوقف رموز جواله
# Programs
settings-programs = مفاتيح البرامج
program-about = بمفتاح يسأل برنامج آخر ما يحق لدوره أن يسأله.
program-name = اسم البرنامج
program-make = أنشئ مفتاحًا
program-key-is = المفتاح، ولن يظهر ثانية:

# Whom an answer is about
whom = عمّن الإجابة
whom-all = عن الجميع
whom-those = عمّن
whom-is = { $name }: { $values }
whom-is-not = { $name } سوى: { $values }
whom-add = + خصّص
whom-remove = أزل { $values }
whom-by = بحسب
whom-true = هو
whom-false = سوى
whom-values = أيّها
whom-none = لا شيء
whom-do = أضف
whom-segment = الشريحة
whom-city = المدينة
whom-channel = القناة
whom-source = المصدر
whom-device = الجهاز
whom-branch = الفرع
whom-payment = طريقة الدفع
whom-coupon = الكوبون
whom-campaign = الحملة
whom-country = الدولة
event-never = لم يحدث بعد.
picture = صورة (PNG)
# Today
today-at_risk = اتصل بهم قبل أن يرحلوا
today-abandoned_carts = سلات هذا الأسبوع تنتظر
# Annotations
noted-change = عدّل { $text }
noted-changed = عُدّلت الملاحظة.
noted-add = دوّن حدثًا
noted-list = ما دُوّن في هذه الأيام
noted-text = ماذا حدث؟
noted-text-hint = أسعار جديدة، عطل في الدفع
noted-day = اليوم
noted-last = إلى، إن امتدّ
noted-remove = احذف: { $text }
noted-gone = حُذف ما دُوّن.
noted-outside = دُوّن، ويومه خارج الأيام المعروضة هنا.

# How old an answer is
age = { $minutes ->
    [zero] حُسبت الآن.
    [one] حُسبت قبل دقيقة.
    [two] حُسبت قبل دقيقتين.
    [few] حُسبت قبل { $minutes } دقائق.
    [many] حُسبت قبل { $minutes } دقيقة.
   *[other] حُسبت قبل { $minutes } دقيقة.
}
age-anew = احسبها الآن
# Connect
connect = اربط برنامجًا
connect-about = يسأل مسارات البرنامج عن الجديد مرة بعد مرة، ويبدأ بكل ما عنده. وتُحفظ المفاتيح مشفّرة.
connect-back = كل البرامج
connect-to = ربط { $program }
connect-again = مربوط باسم { $names }
connect-needs = ما يحتاج إليه
connect-may-stay-empty = يجوز أن يبقى فارغًا
connect-kept = يُحفظ مشفّرًا، ولا يراه أحد بعدها
connect-name = اسم الربط
connect-name-hint = وبه يُسمّى ما يأتي منه. فارغ: اسم البرنامج.
connect-name-taken = عندك ربط بهذا الاسم، وما تعطيه هنا يحل محل ما كان له.
connect-every = يُسأل
connect-every-15 = كل ربع ساعة
connect-every-60 = كل ساعة
connect-every-360 = كل 6 ساعات
connect-every-1440 = كل يوم
connect-every-0 = حين أطلب فقط
connect-every-other = { $n ->
    [zero] حين أطلب فقط
    [one] كل دقيقة
    [two] كل دقيقتين
    [few] كل { $n } دقائق
    [many] كل { $n } دقيقة
   *[other] كل { $n } دقيقة
}
connect-do = اربط واسأل
connect-only = اربط
connect-unknown = لا برنامج بهذا الاسم.
connect-may-not = ربط البرامج لصاحب المتجر.
connect-all = أضف برنامجًا
connect-none = لا برنامج مربوط بعد. اربط متجرك أو حساباتك، فيأتي الجديد وحده.
connect-none-viewer = لا برنامج مربوط بعد.
connect-here = المجلد أو قاعدة البيانات على جهاز مسارات نفسه يُربطان هناك، بالأمر: masarat connect
connect-comes-salla = الطلبات والعملاء والمنتجات
connect-comes-zid = الطلبات والعملاء والمنتجات
connect-comes-shopify = الطلبات والدفعات والعملاء والمنتجات
connect-comes-woocommerce = الطلبات والعملاء والمنتجات
connect-comes-foodics = مبيعات كل فرع ودفعاتها ومرتجعاتها
connect-comes-qoyod = الفواتير والدفعات والعملاء والمنتجات
connect-comes-daftra = الفواتير والدفعات والعملاء والمنتجات
connect-comes-zoho_books = الفواتير والإشعارات الدائنة والدفعات والعملاء
connect-comes-odoo = المبيعات والفواتير والعملاء
connect-comes-zendesk = التذاكر وسرعة الرد عليها
connect-comes-chatwoot = المحادثات وسرعة الرد عليها
connect-comes-bucket = كل ملف يوضع فيها
connect-comes-http_json = ما يقوله أي برنامج آخر
program-rows = { $n ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفّان
    [few] { $n } صفوف
    [many] { $n } صفًّا
   *[other] { $n } صف
}
program-new = { $n ->
    [zero] لا جديد
    [one] واحد جديد
    [two] اثنان جديدان
    [few] { $n } جديدة
    [many] { $n } جديدًا
   *[other] { $n } جديد
}
program-so-far = { $n ->
    [zero] يُسأل الآن…
    [one] يُسأل الآن… جاء صف واحد
    [two] يُسأل الآن… جاء صفّان
    [few] يُسأل الآن… جاءت { $n } صفوف
    [many] يُسأل الآن… جاء { $n } صفًّا
   *[other] يُسأل الآن… جاء { $n } صف
}
program-silent = لم يأت منه شيء منذ { $day }
program-failed = ما جاء قبله باقٍ. اسأله مرة أخرى، أو أعطه مفاتيح جديدة.
program-let-go = فك الربط
program-let-go-title = أتفك ربط { $name }؟
program-let-go-about = تُنسى مفاتيحه ولا يُسأل بعدها، ويبقى ما جاء به.
program-let-go-do = نعم، فك الربط
program-gone = فُك ربط { $name }.
program-change = أعطه مفاتيح جديدة

# Sample
sample-try = جرّب بمتجر نموذجي
sample-about = متجر قهوة ومنزل لم يكن قط: سنتان و500 عميل، يُحمّل في دقيقة. ولا يُحمّل إلا في متجر بلا بيانات.
sample-loading = يُحمّل المتجر النموذجي…
sample-share = تم { $share }
sample-interrupted = انقطع تحميل المتجر النموذجي.
sample-go-on = أكمله
sample-is = هذا متجر نموذجي.
sample-is-about = عملاؤه وطلباته لم تكن قط. ابدأ ببياناتك في متجر فارغ، فلا يُفصل بينهما إن اختلطا.
sample-own = أبدأ ببياناتي
sample-how = أوقف مسارات وشغّله على مجلد جديد، فيبدأ فارغًا بحساب جديد، ويبقى المتجر النموذجي مكانه.
sample-copy = انسخ
sample-copied = نُسخ
who-linked = { $n ->
    [zero] لا روابط بين معرّفاته.
    [one] رابط واحد بين معرّفاته.
    [two] رابطان بين معرّفاته.
    [few] { $n } روابط بين معرّفاته.
    [many] { $n } رابطًا بين معرّفاته.
   *[other] { $n } رابط بين معرّفاته.
}

# Stages
settings-stages = المراحل
stages-about = أين يقف العملاء في رحلتهم. الأسماء والقواعد لك، وتغييرها يسري على الماضي أيضًا دون أن يضيع حدث.
stages-preset = ابدأ بمراحل جاهزة
stages-preset-choose = اختر
stages-preset-six = ست مراحل: من الوعي إلى التأييد
stages-preset-five = خمس مراحل: دون الاهتمام
stages-preset-plain = ست مراحل بكلمات يومية
stages-stage = المرحلة
stages-new = مرحلة جديدة
stages-ar = الاسم بالعربية
stages-en = الاسم بالإنجليزية
stages-first = كل من رأيناه يومًا فهو هنا على الأقل.
stages-when = { $n ->
    [zero] لا حدث يوصل إليها
    [one] حدث واحد يوصل إليها
    [two] أي من حدثين يوصل إليها
    [few] أي من { $n } أحداث يوصل إليها
    [many] أي من { $n } حدثًا يوصل إليها
   *[other] أي من { $n } حدث يوصل إليها
}
stages-when-none = لا شيء يوصل إليها بعد
stages-by = حدث يوصل إليها
stages-by-add = أضفه
stages-drop = احذف { $step }
stages-times = في المرة رقم
stages-lapses = تنتهي بعد أيام (0: لا تنتهي)
stages-after = ليس قبل
stages-after-any = أي مرحلة
stages-dormant = خامل بعد أيام
stages-lost = مفقود بعد أيام
stages-dormant-name = خاملون
stages-lost-name = مفقودون
stages-earlier = قدّم { $name }
stages-later = أخّر { $name }
stages-remove = احذف { $name }
stages-add = أضف مرحلة
stages-look = انظر ما الذي سيتغير
stages-save = احفظ هذه المراحل
stages-back = تراجع عن التعديل
stages-saved = المراحل الجديدة سارية الآن.
stages-change = العملاء في كل مرحلة
stages-now = العملاء الآن
stages-then = العملاء بعد التعديل

# Retention
settings-retention = مدة حفظ البيانات
keep-about = يُحفظ كل شيء بلا نهاية ما لم تقل غير ذلك لمصدر ما. الأقدم يُحذف مرة كل يوم ولا يمكن استرجاعه.
keep-none = لم يصل شيء بعد.
keep-always = يُحفظ بلا نهاية
keep-events = { $n ->
    [zero] لا أحداث
    [one] حدث واحد
    [two] حدثان
    [few] { $count } أحداث
    [many] { $count } حدثًا
   *[other] { $count } حدث
}
keep-days = { $n ->
    [zero] لا يُحفظ
    [one] يُحفظ يومًا واحدًا
    [two] يُحفظ يومين
    [few] يُحفظ { $n } أيام
    [many] يُحفظ { $n } يومًا
   *[other] يُحفظ { $n } يوم
}
keep-for = أيام حفظ ما يصل من { $name }
keep-placeholder = أيام
keep-set = احفظ هذه المدة
keep-end = احفظ بلا نهاية
keep-look = انظر ما الذي سيُحذف الآن
keep-would = هذا ما سيُحذف الآن:
keep-nothing = لا شيء أقدم من ذلك: لن يُحذف شيء.
keep-gone = حُذف.
keep-rows = { $n ->
    [zero] لا صفوف قبل { $day }
    [one] صف واحد قبل { $day }
    [two] صفان قبل { $day }
    [few] { $count } صفوف قبل { $day }
    [many] { $count } صفًا قبل { $day }
   *[other] { $count } صف قبل { $day }
}
keep-delete = احذفه الآن

# Backups
settings-backups = النسخ الاحتياطية
backup-about = النسخة هي المتجر كله كما هو الآن: الأحداث والعملاء والإعدادات والملفات ومفتاح الأسرار المحفوظة. ولا يتوقف المتجر أثناء أخذها.
backup-make = خذ نسخة الآن
backup-making = تؤخذ النسخة الآن…
backup-none = لا نسخ بعد.
backup-holds = { $n ->
    [zero] بلا أحداث
    [one] حدث واحد
    [two] حدثان
    [few] { $count } أحداث
    [many] { $count } حدثًا
   *[other] { $count } حدث
}
backup-where = النسخ على هذا الخادم؛ انقلها إلى قرص آخر أو مكان آخر:
backup-back = لاسترجاع أحدثها في متجر جديد:
backup-erased = من مُحيت بياناته يبقى في النسخ السابقة: احذف القديم منها.
backup-remove = أتحذف هذه النسخة؟
backup-remove-about = لن يمكن استرجاعها بعد ذلك:
backup-remove-do = احذفها
backup-keep = أبقها

# Rates
company-rates = ما تكلفه المبيعات سوى البضاعة، ويؤخذ به في الربح وقيمة العميل حين لا يذكر السؤال غيره. الفارغ غير معروف:
company-vat_percent = الضريبة في الأسعار
company-parcel_cost = تكلفة الشحنة ذهابًا أو إيابًا
company-minute_cost = تكلفة دقيقة الخدمة
company-point_value = قيمة نقطة الولاء
company-payment_fees = رسوم الدفع
fees-way = طريقة الدفع
fees-others = ما سواها
fees-percent = نسبة
fees-fixed = مبلغ ثابت
fees-away = احذف: { $way }
fees-add = أضف طريقة دفع

# Pictures
pointing-keys = بالأسهم تقرأ مواضعه واحدًا واحدًا، وEnter يفتح العملاء وراء الموضع، وEscape للخروج.
pointing-customer = افتح صفحة العميل
pointing-undo = عُد إلى المدة السابقة

# Mail

mail = الرسائل
mail-on = تخرج الرسائل إلى المستخدمين عبر { $host } باسم { $sender }، فيصل رابط إلى من نسي كلمة المرور.
mail-off = لا تُرسل أي رسائل. بهذين الإعدادين يصل رابط بالبريد إلى من نسي كلمة المرور:
mail-test = أرسل إليّ رسالة تجربة
mail-sent = استلم خادم البريد رسالة إلى { $to }.
