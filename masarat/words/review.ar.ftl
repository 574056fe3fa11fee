pair = الحالة { $id }، باحتمال { $probability }
one = العميل الأول
other = العميل الثاني
customer = المعرّف
names = الاسم
phones = الجوال
emails = البريد الإلكتروني
tax_numbers = الرقم الضريبي
birthday = تاريخ الميلاد
city = المدينة
none = لا حالة تنتظر قرارك. للبحث عن حالات جديدة: masarat review refresh
no-such = لا حالات من هذا النوع.
shown = المعروض { $shown } من { $count }.
answer = للإجابة: masarat review accept أو reject أو leave ثم رقم الحالة
left-out = { $left ->
    [zero] لا تأتي حالات أخرى
    [one] تأتي حالة أخرى
    [two] تأتي حالتان أخريان
    [few] تأتي { $left } حالات أخرى
    [many] تأتي { $left } حالةً أخرى
   *[other] تأتي { $left } حالة أخرى
} بعد البحث القادم.
merged = { $merged ->
    [zero] لا تُدمج أي حالة دون سؤال
    [one] تُدمج حالة واحدة دون سؤال
    [two] تُدمج حالتان دون سؤال
    [few] تُدمج { $merged } حالات دون سؤال
    [many] تُدمج { $merged } حالةً دون سؤال
   *[other] تُدمج { $merged } حالة دون سؤال
} بعد مقارنة { $customers ->
    [zero] العملاء
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}؛ و{ $waiting ->
    [zero] لا شيء ينتظر قرارك
    [one] تنتظر قرارك حالة واحدة
    [two] تنتظر قرارك حالتان
    [few] تنتظر قرارك { $waiting } حالات
    [many] تنتظر قرارك { $waiting } حالةً
   *[other] تنتظر قرارك { $waiting } حالة
}.
skipped = { $skipped ->
    [zero] لم يحدث أن
    [one] مرة واحدة
    [two] مرتين
    [few] { $skipped } مرات
    [many] { $skipped } مرة
   *[other] { $skipped } مرة
} اشترك عميل مع كثيرين في قيمتين معًا، فلم يُقارن بهم لأجلها.
