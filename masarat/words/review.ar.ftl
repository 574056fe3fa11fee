pair = الزوج { $id }، باحتمال { $probability }
one = الأول
other = الثاني
customer = المعرّف
names = الاسم
phones = الجوال
emails = البريد الإلكتروني
tax_numbers = الرقم الضريبي
birthday = تاريخ الميلاد
city = المدينة
none = لا زوج ينتظر قرارك. وللبحث: masarat review refresh
shown = { $shown } من { $count ->
    [zero] لا شيء
    [one] زوج واحد
    [two] زوجين
    [few] { $count } أزواج
    [many] { $count } زوجًا
   *[other] { $count } زوج
}. للإجابة: masarat review accept أو reject أو leave ثم رقم الزوج
left-out = { $left ->
    [zero] لا أزواج أخرى
    [one] يأتي زوج آخر
    [two] يأتي زوجان آخران
    [few] تأتي { $left } أزواج أخرى
    [many] يأتي { $left } زوجًا آخر
   *[other] يأتي { $left } زوج آخر
} بعد البحث القادم
merged = { $merged ->
    [zero] لا يُدمج أحد دون سؤال
    [one] يُدمج زوج واحد دون سؤال
    [two] يُدمج زوجان دون سؤال
    [few] تُدمج { $merged } أزواج دون سؤال
    [many] يُدمج { $merged } زوجًا دون سؤال
   *[other] يُدمج { $merged } زوج دون سؤال
}، من أصل { $customers ->
    [zero] لا عملاء
    [one] عميل واحد
    [two] عميلين
    [few] { $customers } عملاء
    [many] { $customers } عميلًا
   *[other] { $customers } عميل
}؛ و{ $waiting ->
    [zero] لا أحد ينتظر قرارك
    [one] ينتظر قرارك زوج واحد
    [two] ينتظر قرارك زوجان
    [few] تنتظر قرارك { $waiting } أزواج
    [many] ينتظر قرارك { $waiting } زوجًا
   *[other] ينتظر قرارك { $waiting } زوج
}.
skipped = { $skipped ->
    [zero] قورن العملاء كلهم بتمامهم.
    [one] قورن عميل واحد مقارنة جزئية لأنه يشارك كثيرين فيما لديه.
    [two] قورن عميلان مقارنة جزئية لأنهما يشاركان كثيرين فيما لديهما.
    [few] قورن { $skipped } عملاء مقارنة جزئية لأنهم يشاركون كثيرين فيما لديهم.
    [many] قورن { $skipped } عميلًا مقارنة جزئية لأنهم يشاركون كثيرين فيما لديهم.
   *[other] قورن { $skipped } عميل مقارنة جزئية لأنهم يشاركون كثيرين فيما لديهم.
}
