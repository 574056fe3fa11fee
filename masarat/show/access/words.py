"""What is said of what is known of a customer."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
brand = Masarat
title = What we know about you
subtitle = Everything that was held on { $day } ({ $hijri }).
rights = You may ask for a correction, for a copy in a form that programs read, and for erasure.
nothing = Nothing.
untold = Not told
identifiers = By what we know you
kind = Kind
value = Value
facts = What you told, or others told us of you
fact = Fact
source = From
time = When
consents = What you agreed to
purpose = Purpose
channel = Channel
said = What you said
evidence = Where, and in which words
purpose-any = All purposes
channel-any = All channels
channel-email = E-mail
channel-sms = Text message
channel-whatsapp = WhatsApp
channel-push = Notification
channel-call = Call
channel-post = Letter
channel-web = Website
moves = What you did
more-moves = { $n ->
    [one] One older move is not shown here; it stands in the JSON file.
   *[other] { $n } older moves are not shown here; they stand in the JSON file.
 }
move = Move
details = Details
written = What our staff wrote about you
written-notes = Note
written-tags = Tag
written-relations = Relation
written-files = File
identity = How your identifiers were brought together
did = What happened
did-merged = Brought together
did-split = Taken apart
did-refused = Kept apart
did-decided = Decided by staff
""",
    ar="""
brand = مسارات
title = ما نعرفه عنك
subtitle = كل ما كان محفوظًا في { $day } ({ $hijri }).
rights = لك أن تطلب تصحيح بياناتك، أو نسخة منها بصيغة تقرؤها البرامج، أو محوها.
nothing = لا شيء.
untold = لم يُذكر
identifiers = بماذا نعرفك
kind = النوع
value = القيمة
facts = ما ذكرته لنا أو ذُكر لنا عنك
fact = البيان
source = المصدر
time = الوقت
consents = ما وافقت عليه
purpose = الغرض
channel = القناة
said = ما قلته
evidence = أين وبأي عبارة
purpose-any = كل الأغراض
channel-any = كل القنوات
channel-email = البريد الإلكتروني
channel-sms = الرسائل النصية
channel-whatsapp = واتساب
channel-push = الإشعارات
channel-call = الاتصال
channel-post = البريد
channel-web = الموقع
moves = ما فعلته
more-moves = { $n ->
    [one] وهناك حركة واحدة أقدم لا تظهر هنا، وهي في ملف \u2066JSON\u2069.
    [two] وهناك حركتان أقدم لا تظهران هنا، وهما في ملف \u2066JSON\u2069.
    [few] وهناك { $n } حركات أقدم لا تظهر هنا، وهي في ملف \u2066JSON\u2069.
    [many] وهناك { $n } حركة أقدم لا تظهر هنا، وهي في ملف \u2066JSON\u2069.
    [zero] لا حركات غير ما يظهر هنا.
   *[other] وهناك { $n } حركة أقدم لا تظهر هنا، وهي في ملف \u2066JSON\u2069.
 }
move = الحركة
details = التفاصيل
written = ما كتبه عنك العاملون لدينا
written-notes = ملاحظة
written-tags = وسم
written-relations = صلة
written-files = ملف
identity = كيف جُمعت معرّفاتك
did = ما حدث
did-merged = جُمعت
did-split = فُصلت
did-refused = أُبقيت مفصولة
did-decided = بقرار من العاملين
""",
)
