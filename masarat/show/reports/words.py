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
based-orders = { $n ->
    [one] one order
   *[other] { $n } orders
}
based-other = { $n ->
    [one] one move
   *[other] { $n } moves
}
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
based-orders = { $n ->
    [zero] لا طلبات
    [one] طلب واحد
    [two] طلبين
    [few] { $n } طلبات
    [many] { $n } طلبًا
   *[other] { $n } طلب
}
based-other = { $n ->
    [zero] لا حركات
    [one] حركة واحدة
    [two] حركتين
    [few] { $n } حركات
    [many] { $n } حركة
   *[other] { $n } حركة
}
glance = نظرة سريعة
definitions = معاني الأرقام
compared = مقارنةً بالفترة { $span }
on-before = عن الفترة السابقة
more-rows = { $n ->
    [zero] لا صفوف أخرى في ملف Excel
    [one] صف آخر في ملف Excel
    [two] صفان آخران في ملف Excel
    [few] { $n } صفوف أخرى في ملف Excel
    [many] { $n } صفًا آخر في ملف Excel
   *[other] { $n } صف آخر في ملف Excel
}.
more-columns = { $n ->
    [zero] لا أعمدة أخرى في ملف Excel
    [one] عمود آخر في ملف Excel
    [two] عمودان آخران في ملف Excel
    [few] { $n } أعمدة أخرى في ملف Excel
    [many] { $n } عمودًا آخر في ملف Excel
   *[other] { $n } عمود آخر في ملف Excel
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
