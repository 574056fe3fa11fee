# كلمات تستعملها أكثر من تحليل. الصفة ‎.formula‎ هي التعريف الذي يظهر عند الإشارة إلى الرقم.

orders = الطلبات
    .formula = الطلبات المكتملة التي قيمتها فوق الصفر؛ لا تُعد الطلبات المجانية ولا المرتجعات
refunds = المرتجعات
    .formula = ما أُعيد من مال، بتاريخ إعادته
gross = إجمالي الإيرادات
    .formula = إيرادات الطلبات المكتملة بعد الخصم، قبل الشحن والضريبة والمرتجعات
net = صافي الإيرادات
    .formula = إجمالي الإيرادات ناقص المرتجعات بتاريخ إعادتها
revenue = الإيرادات
    .formula = صافي الإيرادات: الإجمالي ناقص المرتجعات بتاريخ إعادتها
customers = العملاء
    .formula = عدد العملاء المعروفين الذين لهم طلب
customer = العميل
name = الاسم
aov = متوسط قيمة الطلب
    .formula = إجمالي الإيرادات مقسومًا على عدد الطلبات
median = وسيط قيمة الطلب
    .formula = نصف الطلبات أقل من هذه القيمة ونصفها أكثر
share = الحصة من الإيرادات
    .formula = الجزء من إيرادات العملاء المعروفين كلهم
share_of_customers = الحصة من العملاء
cumulative_share = الحصة التراكمية
    .formula = حصة هذا العميل ومن فوقه من الإيرادات
first_order = أول طلب
last_order = آخر طلب
quantity = الكمية
product = المنتج
category = التصنيف
rank = الترتيب
start = الفترة
breakdown = التقسيم
unidentified = بلا عميل معروف
    .formula = طلبات لا تذكر عميلًا: تُحسب في الإيرادات ولا تُحسب في العملاء
stage = المرحلة
dormant = خاملون
lost = مفقودون
source = المصدر
count = العدد
currency = العملة

change-up = بارتفاع { $percent }
change-down = بانخفاض { $percent }
change-none = بلا تغيّر
and = و
last-days = { $n ->
    [one] آخر يوم
    [two] آخر يومين
    [few] آخر { $n } أيام
    [many] آخر { $n } يومًا
   *[other] آخر { $n } يوم
}
n-days = { $n ->
    [zero] لا يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}

# القنوات والأجهزة كما يسميها الباب
channel-direct = دخول مباشر
channel-cross-network = حملات على عدة شبكات
channel-paid-shopping = تسوق مدفوع
channel-paid-search = بحث مدفوع
channel-paid-social = تواصل اجتماعي مدفوع
channel-paid-video = فيديو مدفوع
channel-display = إعلانات مصورة
channel-paid-other = إعلانات أخرى
channel-whatsapp = واتساب
channel-organic-shopping = تسوق غير مدفوع
channel-organic-social = تواصل اجتماعي
channel-organic-video = فيديو
channel-organic-search = بحث
channel-referral = مواقع أخرى
channel-email = البريد الإلكتروني
channel-affiliate = تسويق بالعمولة
channel-audio = إعلانات صوتية
channel-sms = رسائل نصية
channel-push = إشعارات
channel-other = غير ذلك
device-mobile = جوال
device-desktop = حاسوب
device-tablet = جهاز لوحي
device-tv = تلفاز
device-till = نقطة بيع

note-empty = لا شيء في هذه الفترة. بياناتك من { $first } إلى { $last }: اختر فترة منها.
note-none-like-it = لا شيء في هذه الفترة يوافق الشريحة أو العملة المطلوبة: اختر غيرها، أو اسأل من دونها.
note-no-data = لا بيانات بعد. استورد ملفًا: masarat import orders.csv
note-shops-rates = بحسب إعدادات المتجر: { $what }.
note-small = { $n ->
    [zero] لا طلبات في هذه الفترة
    [one] في هذه الفترة طلب واحد فقط
    [two] في هذه الفترة طلبان فقط
    [few] في هذه الفترة { $n } طلبات فقط
    [many] في هذه الفترة { $n } طلبًا فقط
   *[other] في هذه الفترة { $n } طلب فقط
}: اقرأ الأرقام بحذر.
note-unidentified = { $share } من الطلبات لا تذكر عميلًا؛ تُحسب في الإيرادات ولا تُحسب في العملاء.
note-currencies = حُسبت المبالغ بعملة { $currency } وحدها؛ أما { $others } فلم تُحوَّل ولم تُجمع معها.
note-needs = يحتاج هذا إلى حركات «{ $event }»، ولا شيء منها بعد.
note-needs-days = يحتاج هذا إلى بيانات { $needs ->
    [one] يوم واحد
    [two] يومين
    [few] { $needs } أيام
    [many] { $needs } يومًا
   *[other] { $needs } يوم
}، وعندك { $have }.
no-customers = لا يذكر أي طلب في هذه الفترة عميله: استورد ملفًا فيه عمود للعميل.
note-cut = { $by ->
    [week] { $cut ->
        [first] أول أسبوع في هذه الفترة ناقص
        [last] آخر أسبوع في هذه الفترة ناقص
       *[both] أول أسبوع وآخر أسبوع في هذه الفترة ناقصان
    }
   *[month] { $cut ->
        [first] أول شهر في هذه الفترة ناقص
        [last] آخر شهر في هذه الفترة ناقص
       *[both] أول شهر وآخر شهر في هذه الفترة ناقصان
    }
}: لا تعدّ ذلك صعودًا أو هبوطًا.
note-noted = دُوّنت في هذه الأيام أحداث كثيرة، ولا يظهر إلا آخرها.
note-hijri-year = المقارنة مع الأيام الهجرية نفسها قبل عام: من { $first } إلى { $last }{ $uneven ->
    [yes] ، وهي { $before } مقابل { $now }
   *[no] { "" }
}. وهي المقصودة حيث تُذكر الفترة السابقة.
note-no-compare = ليس قبل التاريخ كله ما يُقارن به: اختر فترة.

param-period = الفترة
param-compare = مقارنة مع
param-segment = هؤلاء فقط
param-breakdown = مقسّمة حسب
param-currency = العملة
param-calendar = التقويم
param-language = اللغة
param-limit = عدد الصفوف

# أنواع البيانات الأربعة عن العميل
kind-demographic = من هم
kind-transactional = ماذا يشترون
kind-behavioural = ماذا يفعلون
kind-psychographic = كيف يفكرون

# أسئلة عن طريق من خطوات
param-steps = الخطوات
param-order = ترتيب الخطوات
param-within = المهلة للطريق كله
param-exclude = ما ينهي المحاولة
param-optional = خطوات يجوز تركها
param-credit = أي حركة تحدد القسم
choice-credit-first = الخطوة الأولى
choice-credit-last = الخطوة الأخيرة
choice-credit-number = الخطوة { $n }
entered = بدؤوا
    .formula = عملاء أتوا بالخطوة الأولى في الفترة
converted = أتمّوا
    .formula = عملاء بلغوا الخطوة الأخيرة في المهلة المحسوبة من الأولى
rate = معدل الإتمام
    .formula = من أتمّوا مقسومين على من بدؤوا
within-time = { $unit ->
    [m] { $n ->
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }
    [h] { $n ->
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $n } ساعات
        [many] { $n } ساعة
       *[other] { $n } ساعة
    }
   *[d] { $n ->
        [one] يوم واحد
        [two] يومين
        [few] { $n } أيام
        [many] { $n } يومًا
       *[other] { $n } يوم
    }
}
note-few-began = { $n ->
    [one] لم يبدأ في هذه الفترة إلا عميل واحد
    [two] لم يبدأ في هذه الفترة إلا عميلان
    [few] لم يبدأ في هذه الفترة إلا { $n } عملاء
    [many] لم يبدأ في هذه الفترة إلا { $n } عميلًا
   *[other] لم يبدأ في هذه الفترة إلا { $n } عميل
}: اقرأ النسب بحذر.
note-open-attempts = { $n ->
    [one] عميل واحد لم يُتم ولم تنقضِ مهلته
    [two] عميلان لم يُتمّا ولم تنقضِ مهلتهما
    [few] { $n } عملاء لم يُتمّوا ولم تنقضِ مهلتهم
    [many] { $n } عميلًا لم يُتمّوا ولم تنقضِ مهلتهم
   *[other] { $n } عميل لم يُتمّوا ولم تنقضِ مهلتهم
} عند آخر البيانات: قد يأتون بعد.

# ما تستند إليه الإجابة
sample-orders = { $n ->
    [zero] لا طلبات
    [one] طلب واحد
    [two] طلبين
    [few] { $n } طلبات
    [many] { $n } طلبًا
   *[other] { $n } طلب
}
sample-moves = { $n ->
    [zero] لا حركات
    [one] حركة واحدة
    [two] حركتين
    [few] { $n } حركات
    [many] { $n } حركة
   *[other] { $n } حركة
}
sample-customers = { $n ->
    [zero] لا عملاء
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}
sample-visits = { $n ->
    [zero] لا زيارات
    [one] زيارة واحدة
    [two] زيارتين
    [few] { $n } زيارات
    [many] { $n } زيارة
   *[other] { $n } زيارة
}
sample-sequences = { $n ->
    [zero] لا تسلسلات
    [one] تسلسل واحد
    [two] تسلسلين
    [few] { $n } تسلسلات
    [many] { $n } تسلسلًا
   *[other] { $n } تسلسل
}
sample-stays = { $n ->
    [zero] لا مرات في مراحل
    [one] مرة واحدة في مرحلة
    [two] مرتين في مراحل
    [few] { $n } مرات في مراحل
    [many] { $n } مرة في مراحل
   *[other] { $n } مرة في مراحل
}
