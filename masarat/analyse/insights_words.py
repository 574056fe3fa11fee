"""What insights says, in both languages."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
title = What changed
about = What is out of its usual course, of everything that is counted: the most money first, each with its cause and the next question.
param-top = How many changes
param-least_money = Worth at least
rank = Rank
finding = What changed
    .formula = Each change in one sentence; chance alone would bring about at most one in twenty of all that are told
thing = Figure
now = Now
    .formula = In the asked days
usual = Usual
    .formula = What the days before them that are alike, on the same weekdays and outside the seasons, let expect
change = Change
    .formula = Now divided by usual, minus one
low = Change, at least
    .formula = Lower end of the 95 % interval of the change
high = Change, at most
    .formula = Upper end of the 95 % interval of the change
stake = Money at stake
    .formula = What the change brings or costs in these days, at the usual order value and conversion; of trouble, the usual value of the orders it touches
doubt = False discoveries
    .formula = Share of false discoveries to be expected among what is at least as sure as this (Benjamini–Hochberg, each dimension with the same weight)
since = Since
    .formula = The day on which the new level began, where one stands out
made_by = Made by
    .formula = The part that made the change of the whole: at least two fifths of it, and far beyond its size
made_share = Its share
    .formula = Its part of the change; above 100 % where others went the other way
together = Along with it
    .formula = Other figures that changed with it and are told here once
season = Season
season_ago = A year ago
    .formula = How far the same figure was from its usual in the same season a year ago
next = Next question
changed = Changes
    .formula = Figures out of their usual course, those that belong together counted once
scanned = Looked at
    .formula = Figures with enough behind them to be compared: a measure of all, or of one channel, product, city, …
net = Net revenue
    .formula = Gross revenue minus refunds, beside what was usual
moves = Counted
    .formula = Orders, customers, visits, page views and tickets of the period that the figures rest on
measure-net = Net revenue
measure-orders = Orders
measure-aov = Average order value
measure-given_back = Refunds per order
measure-new_customers = New customers
measure-visits = Visits
measure-conversion = Conversion of visits
measure-carts_left = Carts left in the visit
measure-failed_payments = Failed payments
measure-reloads = Visits that reload pages
measure-errors = Visits with errors
measure-views = Page views
measure-page_reloads = Reloads per view
measure-tickets = Tickets
measure-nps = NPS
measure-csat = CSAT
measure-found_nothing = Searches without result
measure-late = Late deliveries
measure-refused = Deliveries refused
side-channel = channel { $part }
side-campaign = campaign { $part }
side-product = product { $part }
side-category = category { $part }
side-city = city { $part }
side-device = device { $part }
side-payment = payment by { $part }
side-page = page { $part }
side-branch = branch { $part }
thing-of = { $measure }, { $part }
label = { $part }: { $measure }
row = { $thing }: { $way ->
    [new] now { $now }, where there was nothing before
    [gone] down to { $now } from a usual { $usual }
    [up] up { $change } to { $now } from a usual { $usual }
   *[down] down { $change } to { $now } from a usual { $usual }
}{ $made ->
    [none] { "" }
   *[other] , { $made_share } of that from { $made }
}{ $since ->
    [none] { "" }
   *[other] , since { $since }
}{ $season ->
    [none] { "" }
   *[other] ; { $season }
}; { $sure }.
sure-1 = all but certain
sure-2 = very sure
sure-3 = sure enough
season-new = it is { $season }, and of a year ago there is too little to compare with
season-like = it is { $season }, when a year ago it was likewise { $ago }
season-unlike = it is { $season }, but a year ago it was { $ago }
before-ramadan = the time before Ramadan
ramadan = Ramadan
eid-fitr = Eid al-Fitr
eid-adha = Eid al-Adha
founding-day = Founding Day
national-day = National Day
white-friday = White Friday
sentence = { $changed ->
    [one] One thing changed
   *[other] { $changed } things changed
} among { $scanned ->
    [one] the one figure
   *[other] { $scanned } figures
} looked at. { $rest ->
    [none] { $first }
   *[some] The weightiest: { $first }
}
nothing = Nothing unusual: { $scanned ->
    [one] one figure was
   *[other] { $scanned } figures were
} looked at, and none is out of its usual course.
small = Nothing worth { $least } or more: { $changed ->
    [one] one thing changed
   *[other] { $changed } things changed
} among { $scanned ->
    [one] the one figure
   *[other] { $scanned } figures
} looked at.
too-little = There is not enough data yet to tell what is usual: it takes six weeks (or stretches as long as these days) before them, and twenty orders or visits in each.
note-days = The days from { $first } to { $last } are held against { $n ->
    [one] one stretch of days
   *[other] { $n } stretches of days
} like them, from { $since } to { $until }.
note-ends = Days are looked at up to { $last }: the day on which the data ends may not be over.
note-cause = What changed at the same time is a trace of the cause, not its proof.
""",
    ar="""
title = ما الذي تغيّر
about = ما خرج عن معتاده من كل ما يُحصى: الأكبر مالًا أولًا، ومع كل تغيّر سببه المرجّح والسؤال الذي يليه.
param-top = عدد التغيّرات
param-least_money = لا يقل أثره عن
rank = الترتيب
finding = ما تغيّر
    .formula = كل تغيّر في جملة؛ ولا تأتي المصادفة وحدها بأكثر من واحد من كل عشرين مما يُذكر
thing = الرقم
now = الآن
    .formula = في الأيام المطلوبة
usual = المعتاد
    .formula = ما يُنتظر قياسًا على أيام قبلها تشبهها، في أيام الأسبوع نفسها وخارج المواسم
change = التغيّر
    .formula = الآن مقسومًا على المعتاد ناقص واحد
low = التغيّر في أدناه
    .formula = الحد الأدنى لمجال الثقة 95 %
high = التغيّر في أعلاه
    .formula = الحد الأعلى لمجال الثقة 95 %
stake = المال المعني
    .formula = ما يأتي به التغيّر أو يكلّفه في هذه الأيام، بقيمة الطلب والتحويل المعتادين؛ وفي المتاعب قيمة الطلبات التي تمسّها
doubt = الاكتشافات الكاذبة
    .formula = الحصة المتوقعة من الاكتشافات الكاذبة بين ما هو بهذا القدر من الثقة أو أوثق (بنجاميني وهوكبرغ، ولكل بُعد الوزن نفسه)
since = منذ
    .formula = اليوم الذي بدأ فيه المستوى الجديد، إن برز يوم
made_by = مصدر التغيّر
    .formula = الجزء الذي صنع تغيّر الكل: خُمساه على الأقل، وبما يفوق حجمه كثيرًا
made_share = حصته
    .formula = نصيبه من التغيّر؛ وتزيد على 100 % حين تسير أجزاء أخرى عكسه
together = ومعه
    .formula = أرقام أخرى تغيّرت معه فذُكرت هنا مرة واحدة
season = الموسم
season_ago = قبل عام
    .formula = كم ابتعد الرقم نفسه عن معتاده في الموسم نفسه قبل عام
next = السؤال التالي
changed = التغيّرات
    .formula = الأرقام التي خرجت عن معتادها، وما ينتمي بعضه إلى بعض يُعد مرة واحدة
scanned = ما فُحص
    .formula = الأرقام التي وراءها ما يكفي للمقارنة: مقياس للكل، أو لقناة أو منتج أو مدينة …
net = صافي الإيرادات
    .formula = إجمالي الإيرادات ناقص المبالغ المعادة، وبجانبه المعتاد
moves = ما أُحصي
    .formula = الطلبات والعملاء والزيارات ومشاهدات الصفحات والتذاكر في الفترة، وعليها تقوم الأرقام
measure-net = صافي الإيرادات
measure-orders = الطلبات
measure-aov = متوسط قيمة الطلب
measure-given_back = المبالغ المعادة لكل طلب
measure-new_customers = العملاء الجدد
measure-visits = الزيارات
measure-conversion = تحويل الزيارات
measure-carts_left = سلال تُركت في الزيارة
measure-failed_payments = تعذّر الدفع
measure-reloads = زيارات أعادت تحميل صفحات
measure-errors = زيارات فيها أخطاء
measure-views = مشاهدات الصفحات
measure-page_reloads = إعادة التحميل لكل مشاهدة
measure-tickets = التذاكر
measure-nps = صافي نقاط الترويج NPS
measure-csat = رضا العملاء CSAT
measure-found_nothing = عمليات بحث بلا نتيجة
measure-late = التسليم المتأخر
measure-refused = رفض الاستلام
side-channel = القناة «{ $part }»
side-campaign = الحملة «{ $part }»
side-product = المنتج «{ $part }»
side-category = الفئة «{ $part }»
side-city = المدينة «{ $part }»
side-device = الجهاز «{ $part }»
side-payment = الدفع بطريقة «{ $part }»
side-page = الصفحة «{ $part }»
side-branch = الفرع «{ $part }»
thing-of = { $measure }، { $part }
label = { $part }: { $measure }
row = { $thing }: { $way ->
    [new] { $now } الآن ولم يكن منه شيء قبل
    [gone] هبوط إلى { $now } والمعتاد { $usual }
    [up] ارتفاع { $change } إلى { $now } والمعتاد { $usual }
   *[down] انخفاض { $change } إلى { $now } والمعتاد { $usual }
}{ $made ->
    [none] { "" }
   *[other] ، { $made_share } منه من { $made }
}{ $since ->
    [none] { "" }
   *[other] ، منذ { $since }
}{ $season ->
    [none] { "" }
   *[other] ؛ { $season }
}؛ { $sure }.
sure-1 = يكاد يكون يقينًا
sure-2 = مؤكد جدًا
sure-3 = مؤكد بما يكفي
season-new = والوقت { $season }، وليس من العام الماضي ما يكفي للمقارنة
season-like = والوقت { $season }، وكان كذلك قبل عام: { $ago }
season-unlike = والوقت { $season }، لكنه كان قبل عام { $ago }
before-ramadan = ما قبل رمضان
ramadan = رمضان
eid-fitr = عيد الفطر
eid-adha = عيد الأضحى
founding-day = يوم التأسيس
national-day = اليوم الوطني
white-friday = الجمعة البيضاء
sentence = { $changed ->
    [one] تغيّر شيء واحد
    [two] تغيّر شيئان
    [few] تغيّرت { $changed } أشياء
    [many] تغيّر { $changed } شيئًا
   *[other] تغيّر { $changed } شيء
} من بين { $scanned ->
    [one] رقم واحد فُحص
    [two] رقمين فُحصا
    [few] { $scanned } أرقام فُحصت
    [many] { $scanned } رقمًا فُحصت
   *[other] { $scanned } رقم فُحصت
}. { $rest ->
    [none] { $first }
   *[some] وأثقلها: { $first }
}
nothing = لا شيء خارج عن المعتاد: { $scanned ->
    [one] فُحص رقم واحد
    [two] فُحص رقمان
    [few] فُحصت { $scanned } أرقام
    [many] فُحص { $scanned } رقمًا
   *[other] فُحص { $scanned } رقم
}، ولم يخرج شيء منها عن مجراه.
small = لا شيء يبلغ أثره { $least }: { $changed ->
    [one] تغيّر شيء واحد
    [two] تغيّر شيئان
    [few] تغيّرت { $changed } أشياء
    [many] تغيّر { $changed } شيئًا
   *[other] تغيّر { $changed } شيء
} من بين { $scanned ->
    [one] رقم واحد فُحص
    [two] رقمين فُحصا
    [few] { $scanned } أرقام فُحصت
    [many] { $scanned } رقمًا فُحصت
   *[other] { $scanned } رقم فُحصت
}.
too-little = البيانات لا تكفي بعد لمعرفة المعتاد: يلزم قبل هذه الأيام ستة أسابيع (أو ستة أمثالها إن طالت)، في كل منها عشرون طلبًا أو زيارة.
note-days = تُقارن الأيام من { $first } إلى { $last } { $n ->
    [one] بمدة واحدة تشبهها
    [two] بمدتين تشبهانها
    [few] بـ{ $n } مدد تشبهها
    [many] بـ{ $n } مدة تشبهها
   *[other] بـ{ $n } مدة تشبهها
}، من { $since } إلى { $until }.
note-ends = تُفحص الأيام حتى { $last }، فاليوم الذي تنتهي فيه البيانات قد لا يكون انتهى.
note-cause = ما تغيّر في الوقت نفسه أثر يدل على السبب، وليس برهانًا عليه.
""",
)
