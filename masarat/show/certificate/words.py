"""What a certificate of erasure says."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
brand = Masarat
title = Certificate of erasure { $number }
subtitle = Completed on { $time } ({ $hijri }).
about = The request
begun = Begun
actor = Erased by
ground = Reason
no-ground = Not given
erased = What was erased
erased-note = All personal data of one person were looked for in the places below, erased there, and looked for again: nothing was found. The figures are of rows that stood before.
sales-kept = Their orders stay in the books as sales of nobody: date, goods and amounts, without anything that tells whose they were. Tax law asks for invoices for six years.
sales-erased = Their orders were erased with everything else.
place = Place
how-many = Rows
place-events = Moves: visits, searches, orders, reviews
place-mentions = Moves of others in which they were named: their data were taken out of these
place-quarantine = Rows that waited to be set right
place-consents = Consents
place-imports = Names and messages of imported files
place-review = Pairs that waited for a decision
place-segments = Saved segments that held them
place-boards = Boards whose words named them
place-maps = Journey maps whose words named them
place-annotations = Noted days whose words named them
place-customers = Notes, tags, files, relations and facts written down by staff
place-files = Files set aside by the journal
place-facts = Facts they told: name, phone, e-mail, address
place-identity = Links between their identifiers, and who decided of them
place-search = Words they were found by
proof = Proof
nobody = This certificate names nobody. That the erasure took place stands in the audit log as well, where people stand as numbers alone.
backups = Copies outside this server (backups, files sent elsewhere) are not reached by it. What they bring back is refused: of each identifier a keyed hash is kept, and nothing else.
log-kept = The write-ahead log of the records' database (PostgreSQL) still holds what staff wrote of them, until the database overwrites it in the course of its work or whoever runs it does.
hash = SHA-256 of the certificate as JSON:
""",
    ar="""
brand = مسارات
title = شهادة محو { $number }
subtitle = اكتمل المحو في { $time } ({ $hijri }).
about = الطلب
begun = بدأ المحو
actor = من نفّذه
ground = السبب
no-ground = لم يُذكر
erased = ما مُحي
erased-note = جرى البحث عن كل البيانات الشخصية لشخص واحد في المواضع الآتية، ومُحيت منها، ثم أُعيد البحث فلم يُعثر على شيء. والأعداد هي أعداد السجلات قبل المحو.
sales-kept = تبقى الطلبات في الدفاتر مبيعات بلا صاحب: التاريخ والأصناف والمبالغ، دون ما يدل على صاحبها؛ فالأنظمة الضريبية توجب حفظ الفواتير ست سنوات.
sales-erased = مُحيت الطلبات مع غيرها.
place = الموضع
how-many = السجلات
place-events = الحركات: الزيارات والبحث والطلبات والتقييمات
place-mentions = حركات لآخرين ذُكر فيها: نُزعت بياناته منها
place-quarantine = صفوف كانت تنتظر التصحيح
place-consents = الموافقات
place-imports = أسماء الملفات المستوردة ورسائلها
place-review = أزواج كانت تنتظر قرارًا
place-segments = شرائح محفوظة كان فيها
place-boards = لوحات ورد فيها ذكره
place-maps = خرائط رحلة ورد فيها ذكره
place-annotations = أيام مدوّنة ورد فيها ذكره
place-customers = ما كتبه العاملون: الملاحظات والوسوم والملفات والصلات والبيانات
place-files = ملفات عزلها سجل الاستقبال
place-facts = ما ذكره عن نفسه: الاسم والجوال والبريد والعنوان
place-identity = الروابط بين معرّفاته والقرارات فيها
place-search = الكلمات التي كان يُعثر بها عليه
proof = الإثبات
nobody = لا تذكر هذه الشهادة أحدًا. وحدوث المحو مسجّل كذلك في سجل التدقيق، والناس فيه أرقام لا أسماء.
backups = لا يبلغ المحو نسخًا خارج هذا الخادم، كالنسخ الاحتياطية والملفات المرسلة. وما تعيده تلك النسخ يُرفض: إذ تُحفظ لكل معرّف بصمة بمفتاح سري ولا شيء غيرها.
log-kept = ما كتبه العاملون عنه باقٍ في سجل الكتابة المسبقة لقاعدة \u2066PostgreSQL\u2069، إلى أن تكتب القاعدة فوقه في أثناء عملها أو يفعل ذلك من يديرها.
hash = بصمة \u2066SHA-256\u2069 للشهادة بصيغة \u2066JSON\u2069:
""",
)
