"""What visitors type and customers write, in English and in the Arabic people speak."""

from __future__ import annotations

Pair = tuple[str, str]  # English, Arabic

QUERIES: dict[str, tuple[Pair, Pair, Pair, Pair]] = {
    "BN": (("arabic coffee", "قهوة عربية"), ("ethiopian beans", "بن اثيوبي"), ("espresso", "اسبريسو"),
           ("drip bags", "قهوة مقطرة")),
    "BR": (("v60", "في ٦٠"), ("grinder", "مطحنة قهوة"), ("kettle", "غلاية"), ("travel mug", "كوب سفر")),
    "DL": (("dallah", "دلة"), ("coffee cups", "فناجيل"), ("thermos", "ترمس"), ("tray", "صينية تقديم")),
    "SW": (("ajwa", "عجوة"), ("sukkari dates", "تمر سكري"), ("gift box", "هدايا"), ("chocolate", "شوكولاته")),
    "FR": (("oud", "عود"), ("incense burner", "مبخرة"), ("bakhoor", "بخور"), ("home spray", "معطر مفارش")),
    "HM": (("prayer mat", "سجادة"), ("camping set", "عدة كشتة"), ("sadu", "سدو"), ("jars", "مرطبانات")),
}  # fmt: skip

# The first is the unmet need of the truths.
NOTHING_FOUND: tuple[Pair, ...] = (
    ("matcha", "ماتشا"), ("nespresso capsules", "كبسولات نسبريسو"), ("sugar free syrup", "سيرب بدون سكر"),
    ("karak", "كرك"), ("saffron", "زعفران حر"),
)  # fmt: skip

# Topic of a ticket: in Arabic, then what people write. {order} is the order's number.
TICKETS: dict[str, tuple[str, tuple[Pair, ...]]] = {
    "late delivery": ("تأخر التوصيل", (
        ("Where is my order {order}? It was due days ago.", "وين طلبي {order}؟ المفروض وصل من كم يوم."),
        ("The courier keeps saying tomorrow, order {order}", "المندوب كل يوم يقول بكرة، طلبي رقم {order}"),
        ("Still waiting for {order}, no update at all", "للحين أنتظر {order} ومحد رد علي"),
        ("I needed order {order} for guests, it is too late now", "كنت محتاجة الطلب {order} للعزيمة، تأخرتوا مرة"),
    )),
    "return": ("إرجاع", (
        ("I would like to return an item of order {order}", "أبغى أرجع قطعة من الطلب {order}"),
        ("The kettle leaks from the base, order {order}", "الغلاية تسرب موية من تحت، رقم الطلب {order}"),
        ("Received something else in {order}", "وصلني شي ثاني غير اللي طلبته في {order}"),
        ("A cup was broken in {order}, please replace it", "وصل فنجال مكسور في الطلب {order}، أبغى بداله"),
    )),
    "payment": ("الدفع", (
        ("Payment fails every time on my phone", "كل ما أدفع من الجوال يعلق ويرجعني لنفس الصفحة"),
        ("I was at the last step and it shows an error", "وصلت لآخر خطوة ويطلع لي خطأ"),
        ("Apple Pay does not work with you today", "أبل باي ما يشتغل عندكم اليوم"),
        ("Was my card charged? The page reloads again and again", "انخصم من بطاقتي ولا لا؟ الصفحة تعيد التحميل"),
    )),
    "product question": ("سؤال عن منتج", (
        ("Which beans suit a V60?", "أي بن يناسب الفي ٦٠؟"),
        ("When will the cups be back in stock?", "متى تتوفر الفناجيل مرة ثانية؟"),
        ("Do you sell matcha?", "عندكم ماتشا؟"),
        ("Is the cardamom coffee light or medium roast?", "القهوة بالهيل شقراء ولا وسط؟"),
    )),
}  # fmt: skip

# What is said with a score: unhappy, in between, happy.
COMMENTS: tuple[tuple[Pair, ...], ...] = (
    (("Very late and nobody answers", "تأخير ومحد يرد"), ("Not buying again", "أول وآخر مرة أطلب منكم"),
     ("Arrived after the occasion", "وصل بعد المناسبة"), ("The courier was rude", "المندوب أسلوبه سيئ")),
    (("Good but delivery could be faster", "كويس بس التوصيل يبي له سرعة"), ("It is fine", "عادي، لا بأس"),
     ("Packaging could be better", "التغليف يبغى له اهتمام"), ("A bit expensive", "غالي شوي")),
    (("Wonderful coffee, fast delivery", "القهوة روعة والتوصيل سريع"), ("Beautiful packaging", "التغليف يفتح النفس"),
     ("My guests loved it", "بيّضتوا وجهي قدام الضيوف"), ("Best shop I know", "أفضل متجر تعاملت معه")),
)  # fmt: skip

MENTIONS: tuple[tuple[Pair, ...], ...] = (
    (("Ordered a week ago and nothing came", "طلبت من أسبوع وما وصلني شي"),
     ("Their app crashes at the payment", "الدفع عندهم ما يمشي")),
    (("Anyone tried this shop?", "أحد جرب المتجر هذا؟"), ("Saw their kiosk at the mall", "شفت ركنهم في المول")),
    (("Their Saudi coffee is the best", "قهوتهم السعودية ما عليها كلام"),
     ("The Haraz beans are outstanding", "بن حراز عندهم خرافي"), ("Lovely gift boxes", "صناديق الهدايا تجنن")),
)  # fmt: skip
