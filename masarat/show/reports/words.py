"""What a report says beside its answers."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
brand = Masarat
title = Shop report
tagline = Every move a customer makes becomes one story, and the story becomes action
span = { $first } – { $last }
period = Period
currency = Currency
until = Data up to
made = Made on
basis = Rests on
glance = At a glance
definitions = What the numbers mean
compared = compared with { $span }
on-before = on the period before
more-rows = { $n ->
    [one] One more row stands
   *[other] { $n } more rows stand
} in the Excel file.
more-columns = { $n ->
    [one] One more column stands
   *[other] { $n } more columns stand
} in the Excel file.
contents = Contents
hijri = (Hijri)
picture-data = Data of the picture
question = Question
number = Number
value = Value
before = The period before
change = Change
definition = Definition
""",
    ar="""
brand = مسارات
title = تقرير المتجر
tagline = كل حركة للعميل تصير قصة واحدة، والقصة تصير عملًا
span = من { $first } إلى { $last }
period = الفترة
currency = العملة
until = البيانات حتى
made = أُعدّ في
basis = يستند إلى
glance = نظرة سريعة
definitions = معاني الأرقام
compared = مقارنةً بالفترة { $span }
on-before = عن الفترة السابقة
more-rows = { $n ->
    [zero] لا صفوف أخرى في ملف \u2066Excel\u2069
    [one] صف آخر في ملف \u2066Excel\u2069
    [two] صفان آخران في ملف \u2066Excel\u2069
    [few] { $n } صفوف أخرى في ملف \u2066Excel\u2069
    [many] { $n } صفًا آخر في ملف \u2066Excel\u2069
   *[other] { $n } صف آخر في ملف \u2066Excel\u2069
}.
more-columns = { $n ->
    [zero] لا أعمدة أخرى في ملف \u2066Excel\u2069
    [one] عمود آخر في ملف \u2066Excel\u2069
    [two] عمودان آخران في ملف \u2066Excel\u2069
    [few] { $n } أعمدة أخرى في ملف \u2066Excel\u2069
    [many] { $n } عمودًا آخر في ملف \u2066Excel\u2069
   *[other] { $n } عمود آخر في ملف \u2066Excel\u2069
}.
contents = المحتويات
hijri = (هجري)
picture-data = بيانات الصورة
question = السؤال
number = الرقم
value = القيمة
before = الفترة السابقة
change = التغيّر
definition = التعريف
""",
)
