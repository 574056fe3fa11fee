# ماذا جرى، جملة لكل حركة. لكل اسم في قاموس masarat/events.py رسالة هنا.

kind-visits = الزيارات
kind-carts = السلات
kind-orders = الطلبات
kind-payments = المدفوعات
kind-service = الخدمة
kind-surveys = الاستبيانات والتقييمات
kind-messages = الرسائل
kind-identity = الهوية
kind-consent = الموافقات
kind-notes = الملاحظات والملفات
kind-other = غير ذلك
nothing = لم يحدث شيء في هذا الجزء من السجل.
more = { $count ->
    [one] وواحد غيره
    [two] واثنان غيرهما
    [few] و{ $count } غيرها
    [many] و{ $count } غيرها
   *[other] و{ $count } غيرها
}
bare = { $name }

page-viewed = شاهد صفحة{ $page }
page-left = غادر صفحة{ $page }
element-clicked = نقر عنصرًا في الصفحة{ $label }
link-clicked = نقر رابطًا إلى خارج الموقع{ $label }
file-downloaded = نزّل ملفًا{ $page }
form-started = بدأ تعبئة نموذج{ $label }
form-submitted = أرسل نموذجًا{ $label }
form-abandoned = ترك نموذجًا قبل إرساله{ $label }
video-playback-started = شغّل مقطعًا
video-content-playing = تابع المقطع
video-playback-completed = أكمل المقطع
rage-clicked = كرّر النقر بعصبية{ $label }
dead-clicked = نقر دون أن يحدث شيء{ $label }
page-reloaded = أعاد تحميل الصفحة{ $page }
error-seen = ظهر له خطأ في الصفحة{ $label }
web-vitals-measured = قيست سرعة صفحته{ $page }
consent-changed = غيّر موافقته في الموقع
promotion-viewed = شاهد عرضًا{ $label }
promotion-clicked = نقر عرضًا{ $label }
products-searched = بحث{ $query }
product-list-viewed = تصفّح قائمة منتجات{ $label }
product-list-filtered = رشّح قائمة منتجات{ $label }
product-clicked = نقر منتجًا{ $products }
product-viewed = شاهد منتجًا{ $products }
signed-up = فتح حسابًا
signed-in = دخل إلى حسابه
signed-out = خرج من حسابه
email-delivered = وصلته رسالة{ $label }
email-opened = فتح رسالة{ $label }
email-link-clicked = نقر رابطًا في رسالة{ $label }
email-bounced = ارتدّت رسالة إليه{ $label }
email-marked-as-spam = عدّ رسالتنا مزعجة{ $label }
unsubscribed = ألغى الاشتراك
product-added-to-wishlist = أضاف إلى المفضلة{ $products }
product-removed-from-wishlist = أزال من المفضلة{ $products }
wishlist-product-added-to-cart = نقل من المفضلة إلى السلة{ $products }
product-added = أضاف إلى السلة{ $products }
product-removed = أزال من السلة{ $products }
cart-viewed = نظر في سلته
coupon-entered = أدخل كوبونًا{ $coupon }
coupon-applied = قُبل كوبونه{ $coupon }
coupon-denied = رُفض كوبونه{ $coupon }
coupon-removed = أزال كوبونًا{ $coupon }
live-chat-conversation-started = بدأ محادثة
live-chat-conversation-ended = أنهى محادثة
experiment-viewed = شاهد إحدى نسخ تجربة{ $label }
checkout-started = بدأ إتمام الطلب{ $worth }
checkout-step-viewed = شاهد خطوة من إتمام الطلب
checkout-step-completed = أتم خطوة من إتمام الطلب
payment-info-entered = أدخل بيانات الدفع
payment-failed = تعذّر دفعه{ $worth }
order-pending = طلب { $pieces ->
    [zero] طلبًا
    [one] منتجًا واحدًا
    [two] منتجين
    [few] { $pieces } منتجات
    [many] { $pieces } منتجًا
   *[other] { $pieces } منتج
}{ $worth } ولم يدفع بعد
order-completed = اشترى { $pieces ->
    [zero] طلبًا
    [one] منتجًا واحدًا
    [two] منتجين
    [few] { $pieces } منتجات
    [many] { $pieces } منتجًا
   *[other] { $pieces } منتج
}{ $worth } من { $source }{ $products }
order-updated = عُدّل طلبه{ $order }
order-cancelled = أُلغي طلبه{ $order }
order-refunded = أُعيد له مبلغ{ $worth }{ $order }
payment-received = وصلت دفعته{ $worth }{ $order }
order-shipped = شُحن طلبه{ $order }
order-delivered = سُلّم طلبه{ $order }
delivery-refused = رفض استلام طلبه{ $order }{ $label }
ticket-opened = فتح تذكرة{ $label }
ticket-solved = حُلّت تذكرته{ $label }
call-received = اتصل بنا{ $label }
call-made = اتصلنا به{ $label }
branch-visited = زار الفرع{ $branch }
survey-answered = أجاب استبيانًا{ $survey }{ $said }
points-earned = كسب { $points ->
    [zero] نقاطًا
    [one] نقطة واحدة
    [two] نقطتين
    [few] { $points } نقاط
    [many] { $points } نقطة
   *[other] { $points } نقطة
}
points-spent = صرف { $points ->
    [zero] نقاطًا
    [one] نقطة واحدة
    [two] نقطتين
    [few] { $points } نقاط
    [many] { $points } نقطة
   *[other] { $points } نقطة
}
product-shared = شارك منتجًا{ $products }
cart-shared = شارك سلته
product-reviewed = قيّم منتجًا{ $products }{ $stars }{ $said }
invite-sent = دعا صديقًا
customer-identified = عرّف بنفسه
identity-linked = رُبطت هويتان له
account-joined = انضم إلى شركة
screen-viewed = شاهد شاشة في التطبيق{ $label }
brand-mentioned = ذكر علامتنا{ $said }
stock-counted = جُرد المخزون
stock-ordered = طُلبت بضاعة
stock-arrived = وصلت البضاعة
search-result-shown = ظهرنا في نتائج البحث

# ما يُزاد على الجملة
with-page = { " " }({ $value })
with-label = : { $value }
with-query = { " " }عن «{ $value }»
with-products = : { $value }
with-coupon = : { $value }
with-worth = { " " }بـ{ $value }
with-order = { " " }({ $value })
with-branch = : { $value }
with-survey = { " " }({ $value })
with-stars = ، { $value } من 5
with-said = : «{ $value }»

# من هو من، والموافقة، والملاحظات
identity-merged = ضُمّ { $identifier } إلى { $owner }: { $why }
identity-split = فُصل { $identifier } عن { $was }: { $why }
identity-refused = لم يُضم { $one } إلى { $other }: { $why }
identity-decided = قُضي في { $one } و{ $other }: { $why }
why-seen-together = ظهرا معًا
why-gave-way = لم يثبت الرابط
why-the-rules-have-changed = تغيّرت القواعد
why-said-to-be-two = قيل إنهما اثنان
why-merge = بقرار موظف
why-never = بقرار موظف
why-alone = بقرار موظف
why-withdrawn = سُحب قرار سابق
consent-granted = وافق على { $purpose } عبر { $channel } ({ $source })
consent-denied = لم يوافق على { $purpose } عبر { $channel } ({ $source })
consent-withdrawn = سحب موافقته على { $purpose } عبر { $channel } ({ $source })
purpose-marketing = التسويق
purpose-analytics = التحليل
purpose-profiling = التنميط
purpose-personalisation = التخصيص
purpose-sharing = المشاركة
purpose-any = كل الأغراض
by-email = البريد الإلكتروني
by-sms = الرسائل النصية
by-whatsapp = واتساب
by-push = الإشعارات
by-call = المكالمات
by-post = البريد
by-web = الموقع
by-any = أي طريق
note-written = كتب { $author }: { $text }
file-attached = أرفق { $author } ملفًا: { $text }
