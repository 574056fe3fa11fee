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
who-seen = ظهرا معًا في { $day }
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
