"""What the question about the next product says, in both languages."""

from __future__ import annotations

from masarat.words import Words

WORDS = Words(
    en="""
title = Next product
about = Which products to offer beside which, and what each customer may buy next, with the reason.
param-by = Offers for
param-customer = Customer
param-kind = Which offers
param-each = Offers each
param-margin = Least margin
product = Beside
offer = Offer
kind = Kind
why = Why
price = Price
    .formula = What a unit of the offered product brought on average, net of discounts
due = Due
    .formula = Last purchase plus the customer's usual days between two purchases of it
both = Bought both
    .formula = Customers who bought both products; of a popular one, who bought it; in the picture for customers, offers of it
lift = Lift
    .formula = How many times as many bought both as chance would bring
share = Share of buyers
    .formula = Of those who bought the product the share who bought the offered one too
customers = Customers learnt from
    .formula = Identified customers whose purchases were learnt from
products = Products
    .formula = Products that identified customers bought
recall = Hit by ten offers
    .formula = Of the products that customers newly bought in the last part of the period, the share among ten offers made from before it
recall_popular = Hit by the popular ten
    .formula = The same, had everybody been offered what is popular
pair = Pair, or product
why-beside = { $both ->
    [one] one customer
   *[other] { $both } customers
} bought both, { $lift } times as many as by chance
why-cross = { $both ->
    [one] one customer
   *[other] { $both } customers
} bought it and { $because }, { $lift } times as many as by chance
why-up = the dearer choice after { $because }, bought by most
why-usual = bought on { $times } days; due { $due } by their own rhythm
why-city = many buy it in { $city }
why-popular = many buy it
why-nothing = nothing fits now: they have it all, or it is out of stock
kind-cross = cross-sell
kind-up = up-sell
kind-usual = usual basket
kind-city = popular nearby
kind-popular = popular
beside = Offer { $offer } beside { $product }: { $both ->
    [one] one customer
   *[other] { $both } customers
} bought both, { $lift } times as many as by chance.
for-customers = { $offers ->
    [one] One offer
   *[other] { $offers } offers
} for { $n ->
    [one] one customer
   *[other] { $n } customers
}, each with its reason; most often { $offer }.
none = Not enough data for offers: { $customers ->
    [one] one identified customer
   *[other] { $customers } identified customers
} and { $products ->
    [one] one product
   *[other] { $products } products
}. At least five customers must have bought the same two products.
note-judged = Cross-sell goes { $used ->
    [ease] by a linear model
    [popular] by what is popular
   *[item_item] from item to item
}: on the last days, ten offers held { $recall } of what { $n ->
    [one] one customer
   *[other] { $n } customers
} newly bought; the popular ten held { $popular }.
note-unjudged = Too few customers bought something new lately to judge the offers; they are from item to item.
note-part = Learnt from { $n ->
    [one] one customer
   *[other] { $n } customers
}, taken by chance.
note-many = Only the { $n } products with most buyers were looked at.
""",
    ar="""
title = المنتج التالي
about = أي المنتجات تُعرض بجانب أيها، وما قد يشتريه كل عميل بعد هذا، مع السبب.
param-by = العروض لأجل
param-customer = العميل
param-kind = أي العروض
param-each = عدد العروض لكلٍّ
param-margin = أقل هامش
product = بجانب
offer = المعروض
kind = النوع
why = السبب
price = السعر
    .formula = متوسط ما جلبته الوحدة من المنتج المعروض بعد الخصم
due = موعده
    .formula = آخر شراء مضافًا إليه معتاد العميل من الأيام بين شراءين له
both = اشتروا الاثنين
    .formula = من اشتروا المنتجين؛ وفي الرائج من اشتروه؛ وفي صورة العملاء عدد عروضه
lift = الرفع
    .formula = كم ضعفًا من المصادفة عددُ من اشتروا الاثنين
share = حصة المشترين
    .formula = حصة من اشتروا المعروض أيضًا ممن اشتروا المنتج
customers = عملاء تعلّمنا منهم
    .formula = العملاء المعروفون الذين بُني الحساب على مشترياتهم
products = المنتجات
    .formula = منتجات اشتراها عملاء معروفون
recall = ما أصابته عشرة عروض
    .formula = حصة ما كان بين عشرة عروض، بُنيت على ما قبل آخر الفترة، مما اشتراه العملاء فيه لأول مرة
recall_popular = ما أصابه الرائج
    .formula = الحصة نفسها لو عُرض الرائج على الجميع
pair = الزوج أو المنتج
why-beside = اشتراهما { $both ->
    [one] عميل واحد
    [two] عميلان
    [few] { $both } عملاء
    [many] { $both } عميلًا
   *[other] { $both } عميل
}، وذلك { $lift } ضعف المصادفة
why-cross = اشتراه مع { $because } { $both ->
    [one] عميل واحد
    [two] عميلان
    [few] { $both } عملاء
    [many] { $both } عميلًا
   *[other] { $both } عميل
}، وذلك { $lift } ضعف المصادفة
why-up = الأغلى بعد { $because }، وأكثره شراءً
why-usual = أيام شرائه { $times }، وموعده { $due } بحسب عادته
why-city = يكثر شراؤه في { $city }
why-popular = يكثر شراؤه
why-nothing = لا شيء يناسب الآن: عندهم كل شيء أو نفد
kind-cross = بيع مكمّل
kind-up = ترقية
kind-usual = السلة المعتادة
kind-city = رائج في المدينة
kind-popular = رائج
beside = اعرض { $offer } بجانب { $product }: اشتراهما { $both ->
    [one] عميل واحد
    [two] عميلان
    [few] { $both } عملاء
    [many] { $both } عميلًا
   *[other] { $both } عميل
}، وذلك { $lift } ضعف المصادفة.
for-customers = { $offers ->
    [one] عرض واحد
    [two] عرضان
    [few] { $offers } عروض
    [many] { $offers } عرضًا
   *[other] { $offers } عرض
} لأجل { $n ->
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}، ومع كل عرض سببه؛ وأكثرها { $offer }.
none = البيانات لا تكفي للعروض: العملاء المعروفون { $customers } والمنتجات { $products }. ويلزم أن يشتري المنتجين نفسيهما خمسة عملاء على الأقل.
note-judged = البيع المكمّل { $used ->
    [ease] بنموذج خطي
    [popular] بما هو رائج
   *[item_item] من منتج إلى منتج
}: في الأيام الأخيرة أصابت عشرة عروض { $recall } مما اشتراه لأول مرة { $n ->
    [one] عميل واحد
    [two] عميلان
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
}؛ وأصاب الرائج { $popular }.
note-unjudged = من اشتروا جديدًا في الأيام الأخيرة أقل من أن تُحكم بهم العروض، فهي من منتج إلى منتج.
note-part = بُني الحساب على { $n ->
    [one] عميل واحد
    [two] عميلين
    [few] { $n } عملاء
    [many] { $n } عميلًا
   *[other] { $n } عميل
} أُخذوا عشوائيًّا.
note-many = نظرنا في المنتجات الأكثر مشترين فقط، وعددها { $n }.
""",
)
