"""What speaks for an intent, in words: beside the rules, for every question that tells of them."""

from __future__ import annotations

from masarat.words import Speaker, Words

REASONS = Words(
    en="""
why-category = viewed one category three times or more
why-product = came back to one product
why-filtered = filtered a list
why-wished = put something on the wish list
why-cart = put something into the cart
why-checkout = began the checkout
why-paying = gave or tried payment details
why-failed = the payment failed
why-error = an error showed
why-rage = clicked in anger
why-reloaded = loaded the page again and again
why-out_of_stock = the product was out of stock
why-nothing_found = a search found nothing
why-denied = the coupon was denied
times = { $reason } ×{ $n }
""",
    ar="""
why-category = شاهد فئة واحدة ثلاث مرات أو أكثر
why-product = عاد إلى منتج واحد
why-filtered = رشّح قائمة
why-wished = أضاف إلى المفضلة
why-cart = أضاف إلى السلة
why-checkout = بدأ إتمام الطلب
why-paying = أدخل بيانات الدفع أو حاول الدفع
why-failed = تعذّر الدفع
why-error = ظهر له خطأ
why-rage = نقر بعصبية
why-reloaded = أعاد تحميل الصفحة مرارًا
why-out_of_stock = نفد المنتج
why-nothing_found = بحث ولم يجد
why-denied = رُفض الكوبون
times = { $reason } ×{ $n }
""",
)


PARTS_SAID = Words(
    en="""
part-pages = pages viewed
part-length = length of the visit
part-category = views of one category
part-product = views of one product
part-filtered = lists filtered
part-wished = wishes
part-cart = things put into the cart
part-checkout = steps of the checkout
part-paying = payment details
part-trouble = trouble
part-worth = worth of the cart
part-orders_before = orders before
part-visits_before = visits before
part-away = days since the last visit
""",
    ar="""
part-pages = الصفحات المشاهدة
part-length = مدة الزيارة
part-category = مشاهدات الفئة الواحدة
part-product = مشاهدات المنتج الواحد
part-filtered = ترشيح القوائم
part-wished = المفضلة
part-cart = ما أضيف إلى السلة
part-checkout = خطوات إتمام الطلب
part-paying = بيانات الدفع
part-trouble = المشكلات
part-worth = قيمة السلة
part-orders_before = الطلبات السابقة
part-visits_before = الزيارات السابقة
part-away = الأيام منذ الزيارة السابقة
""",
)


def reason(speaker: Speaker, key: str, times: int = 1) -> str:
    """One reason in words; with how often, where it was more than once."""
    said = speaker.say(f"why-{key}")
    return said if times < 2 else speaker.say("times", reason=said, n=times)
