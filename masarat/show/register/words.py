"""What the processing register says."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
brand = Masarat
title = Register of personal data processing
subtitle = Under article 31 of the Saudi Personal Data Protection Law. Made on { $day } ({ $hijri }).
untold = Not told yet: masarat register set { $name } "…"
nothing = Nothing yet.
responsible = Who is responsible
controller = Controller
contact = How to reach them
officer = Data protection officer
purposes = What the data are processed for
basis = Legal basis
purpose = Purpose
status-granted = Agreed
status-denied = Refused
status-withdrawn = Withdrew
purpose-marketing = Marketing: offers and messages
purpose-analytics = Analytics: how customers move and what they buy
purpose-profiling = Profiling: segments, risk of leaving, value
purpose-personalisation = Personalisation of pages and offers
purpose-sharing = Sharing with others
consent-off = Visitors of the pages are known without being asked (MASARAT_CONSENT=off).
consent-opt-out = Visitors of the pages are known until they object (MASARAT_CONSENT=opt-out).
consent-opt-in = Visitors of the pages are known only after they agree (MASARAT_CONSENT=opt-in).
subjects = Whose data they are
subject = Category
how-many = How many
customers = Customers: who ordered, or told something about themselves
visitors = Visitors: known by a browser alone
users = Staff with an account in Masarat
data = Which data are held
data-note = Beside what is listed here, each move is kept: page views, searches, carts, orders, payments and returns, with their time, page, device and city.
addresses-drop = Network addresses (IP) are not kept.
addresses-truncate = Network addresses (IP) are kept without their last part.
item = Data
from-where = From
since = Since
until = Until
kind-user = Account number
kind-phone = Phone as an identifier
kind-email = E-mail as an identifier
kind-vat = VAT number
kind-card = Loyalty card
kind-order = Order number
kind-anon = Browser
kind-device = Device
kind-consignee = Recipient of a gift
kind-name = Name as an identifier
kind-daily = Visitor of one day, not known again
kind-other = Number of the customer in { $name }
fact-name = Name
fact-email = E-mail
fact-phone = Phone
fact-city = City
fact-country = Country
fact-address = Address
fact-street = Street
fact-birthday = Birthday
fact-age = Age
fact-gender = Gender
fact-company = Company
fact-title = Job title
fact-username = User name
fact-avatar = Picture
fact-website = Website
fact-description = Description
fact-other = { $name }
sources = Where they come from
source = Source
moves = Moves
disclosure = Who receives them
disclosure-note = Masarat runs on the shop's own machine and sends personal data to nobody by itself.
recipients = Entities to whom they are disclosed
transfers = Transfer out of the Kingdom
keeping = How long they are kept
keeping-swept = Of the sources named here Masarat itself deletes once a day what is older; for the rest the shop must see to it.
kept-days = { $n ->
    [one] Deleted after one day
   *[other] Deleted after { $n } days
 }
keeping-note = Masarat deletes nothing by itself; what is written here is for the shop to see to.
retention = Expected retention
measures = How they are protected
measure-place = Everything lies in one directory of the shop's own server, readable by its owner alone, or in the databases that the shop named.
measure-passwords = Passwords are kept as Argon2 hashes, keys and sessions as SHA-256.
measure-secrets = Secrets of webhooks are encrypted (AES-128 with HMAC).
measure-roles = Everybody who signs in has a role, and each page and interface asks for a permission.
measure-audit = Who looked at, changed or took out personal data is written to a log that cannot be altered.
""",
    ar="""
brand = مسارات
title = سجل أنشطة معالجة البيانات الشخصية
subtitle = وفق المادة الحادية والثلاثين من نظام حماية البيانات الشخصية في المملكة العربية السعودية. أُعدّ في { $day }، الموافق { $hijri }.
untold = لم يُذكر بعد. لذكره: \u2066masarat register set { $name } "…"\u2069
nothing = لا شيء بعد.
responsible = المسؤول عن البيانات
controller = جهة التحكم
contact = وسيلة التواصل
officer = مسؤول حماية البيانات الشخصية
purposes = أغراض المعالجة
basis = المسوّغ النظامي
purpose = الغرض
status-granted = وافقوا
status-denied = رفضوا
status-withdrawn = عدلوا عن الموافقة
purpose-marketing = التسويق: العروض والرسائل
purpose-analytics = التحليل: كيف يتحرك العملاء وماذا يشترون
purpose-profiling = التصنيف: الشرائح وخطر التسرّب والقيمة
purpose-personalisation = تخصيص الصفحات والعروض
purpose-sharing = المشاركة مع جهات أخرى
consent-off = يُعرف زوار الصفحات دون أن يُسألوا (\u2066MASARAT_CONSENT=off\u2069).
consent-opt-out = يُعرف زوار الصفحات ما لم يعترضوا (\u2066MASARAT_CONSENT=opt-out\u2069).
consent-opt-in = لا يُعرف زوار الصفحات إلا بعد موافقتهم (\u2066MASARAT_CONSENT=opt-in\u2069).
subjects = أصحاب البيانات
subject = الفئة
how-many = العدد
customers = العملاء: من طلب، أو ذكر شيئًا عن نفسه
visitors = الزوار: من لا يُعرف منهم إلا المتصفح
users = العاملون الذين لهم حساب في مسارات
data = البيانات المحفوظة
data-note = وتُحفظ مع ما يلي كل حركة بوقتها وصفحتها وجهازها ومدينتها: مشاهدة الصفحات والبحث والسلات والطلبات والمدفوعات والمرتجعات.
addresses-drop = عناوين الشبكة (\u2066IP\u2069) لا تُحفظ.
addresses-truncate = عناوين الشبكة (\u2066IP\u2069) تُحفظ بلا جزئها الأخير.
item = البيان
from-where = مصدره
since = منذ
until = حتى
kind-user = رقم الحساب
kind-phone = الجوال معرّفًا
kind-email = البريد الإلكتروني معرّفًا
kind-vat = الرقم الضريبي
kind-card = بطاقة الولاء
kind-order = رقم الطلب
kind-anon = المتصفح
kind-device = الجهاز
kind-consignee = مستلم الهدية
kind-name = الاسم معرّفًا
kind-daily = زائر ليوم واحد لا يُعرف بعده
kind-other = رقم العميل في { $name }
fact-name = الاسم
fact-email = البريد الإلكتروني
fact-phone = الجوال
fact-city = المدينة
fact-country = الدولة
fact-address = العنوان
fact-street = الشارع
fact-birthday = تاريخ الميلاد
fact-age = العمر
fact-gender = الجنس
fact-company = الشركة
fact-title = المسمى الوظيفي
fact-username = اسم المستخدم
fact-avatar = الصورة
fact-website = الموقع الإلكتروني
fact-description = الوصف
fact-other = { $name }
sources = مصادر البيانات
source = المصدر
moves = الحركات
disclosure = من تصل إليهم البيانات
disclosure-note = يعمل مسارات على خادم المتجر نفسه، ولا يرسل من تلقاء نفسه بيانات شخصية إلى أحد.
recipients = الجهات التي يُفصح لها عن البيانات
transfers = النقل إلى خارج المملكة
keeping = مدة الاحتفاظ
keeping-swept = يحذف مسارات كل يوم ما مضت مدته من المصادر المذكورة هنا، وما سواها على المتجر.
kept-days = { $n ->
    [zero] يُحذف في يومه
    [one] يُحذف بعد يوم واحد
    [two] يُحذف بعد يومين
    [few] يُحذف بعد { $n } أيام
    [many] يُحذف بعد { $n } يومًا
   *[other] يُحذف بعد { $n } يوم
 }
keeping-note = لا يحذف مسارات شيئًا من تلقاء نفسه؛ والالتزام بما يُكتب هنا على المتجر.
retention = المدة المتوقعة للاحتفاظ
measures = وسائل الحماية
measure-place = كل شيء في مجلد واحد على خادم المتجر لا يقرؤه إلا صاحبه، أو في قواعد البيانات التي حددها المتجر.
measure-passwords = لا تُحفظ كلمات المرور نفسها بل بصماتها (\u2066Argon2\u2069)، ولا المفاتيح والجلسات بل بصماتها (\u2066SHA-256\u2069).
measure-secrets = أسرار الربط مع المتاجر مشفّرة (\u2066AES-128\u2069 مع \u2066HMAC\u2069).
measure-roles = لكل من يدخل دور، ولكل صفحة وواجهة إذن لا تُفتح إلا به.
measure-audit = يُكتب من اطّلع على البيانات الشخصية أو غيّرها أو أخرجها في سجل لا يمكن تعديله.
""",
)
