"""What the sample shop sells: eighty products in six categories, in both languages, with price and cost in riyals before VAT.

`weight` is how often a product is asked for on an ordinary day; `season` names when it is asked for more (see calendar.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from masarat.settings import Language

Tag = Literal["", "ramadan", "eid", "winter", "summer", "national"]


@dataclass(frozen=True, slots=True)
class Product:
    id: str
    english: str
    arabic: str
    price: float
    cost: float
    weight: float
    season: Tag = ""

    @property
    def category(self) -> str:
        return self.id[:2]

    def name(self, language: Language) -> str:
        return self.arabic if language == "ar" else self.english


CATEGORIES: dict[str, dict[Language, str]] = {
    "BN": {"en": "Coffee", "ar": "القهوة"},
    "BR": {"en": "Brewing tools", "ar": "أدوات التحضير"},
    "DL": {"en": "Dallahs and cups", "ar": "الدلال والفناجين"},
    "SW": {"en": "Dates and sweets", "ar": "التمور والحلويات"},
    "FR": {"en": "Home fragrance", "ar": "عطور المنزل والبخور"},
    "HM": {"en": "Home and table", "ar": "المنزل والمائدة"},
}

PRODUCTS: tuple[Product, ...] = (
    Product("BN-01", "Ethiopia Guji 250 g", "بن إثيوبي قوجي 250 جم", 68, 31, 50),
    Product("BN-02", "Ethiopia Yirgacheffe 250 g", "بن إثيوبي يرقاشيفي 250 جم", 84, 37, 46),
    Product("BN-03", "Colombia Huila 250 g", "بن كولومبي هويلا 250 جم", 64, 29, 40),
    Product("BN-04", "Kenya Nyeri 250 g", "بن كيني نييري 250 جم", 76, 35, 26),
    Product("BN-05", "Yemen Haraz 250 g", "بن يمني حرازي 250 جم", 118, 58, 18),
    Product("BN-06", "House espresso 1 kg", "إسبريسو المحل 1 كجم", 149, 74, 34),
    Product("BN-07", "Brazil Santos espresso 1 kg", "إسبريسو برازيلي سانتوس 1 كجم", 132, 66, 22),
    Product("BN-08", "Saudi coffee with cardamom 500 g", "قهوة سعودية بالهيل 500 جم", 59, 26, 62, "ramadan"),
    Product(
        "BN-09", "Saudi coffee with saffron 500 g", "قهوة سعودية بالزعفران 500 جم", 79, 36, 40, "ramadan"
    ),
    Product("BN-10", "Khawlani coffee from Jazan 250 g", "بن خولاني من جازان 250 جم", 95, 46, 20, "national"),
    Product("BN-11", "Turkish coffee 250 g", "قهوة تركية 250 جم", 38, 16, 36),
    Product("BN-12", "Decaf Colombia 250 g", "بن كولومبي منزوع الكافيين 250 جم", 72, 34, 10),
    Product("BN-13", "Drip bags (10)", "أظرف قهوة مقطرة (10)", 55, 24, 32),
    Product("BN-14", "Cold brew concentrate 1 l", "مركز قهوة باردة 1 لتر", 49, 20, 20, "summer"),
    Product("BN-15", "Hot chocolate 400 g", "شوكولاتة ساخنة 400 جم", 45, 18, 22, "winter"),
    Product("BN-16", "Sahlab 300 g", "سحلب 300 جم", 35, 13, 16, "winter"),
    Product("BR-01", "Ceramic V60 dripper", "قمع V60 سيراميك", 89, 40, 16),
    Product("BR-02", "V60 starter kit", "طقم V60 للمبتدئين", 229, 118, 12),
    Product("BR-03", "Filter papers (100)", "ورق ترشيح (100)", 32, 12, 10),
    Product("BR-04", "Hand grinder", "مطحنة يدوية", 189, 96, 13),
    Product("BR-05", "Electric gooseneck kettle", "غلاية كهربائية بعنق طويل", 259, 141, 15),
    Product("BR-06", "Scale with timer", "ميزان قهوة بمؤقت", 119, 57, 13),
    Product("BR-07", "French press 600 ml", "فرنش برس 600 مل", 98, 43, 12),
    Product("BR-08", "Travel tumbler 480 ml", "كوب سفر حافظ للحرارة 480 مل", 105, 42, 1.6),
    Product("BR-09", "Compact capsule machine", "آلة كبسولات صغيرة", 349, 215, 20),
    Product("BR-10", "Home espresso machine", "آلة إسبريسو منزلية", 1290, 860, 2.2),
    Product("BR-11", "Electric grinder", "مطحنة كهربائية", 549, 330, 4),
    Product("BR-12", "Six-cup Chemex", "كيمكس ستة أكواب", 199, 98, 6),
    Product("BR-13", "AeroPress", "إيروبرس", 165, 84, 9),
    Product("BR-14", "Cold brew bottle 1 l", "قارورة تحضير القهوة الباردة 1 لتر", 79, 31, 9, "summer"),
    Product("BR-15", "Milk frother", "خفاقة حليب", 65, 26, 14),
    Product("BR-16", "Cleaning tablets", "أقراص تنظيف الآلات", 42, 14, 9),
    Product("DL-01", "Brass dallah 1 l", "دلة نحاس 1 لتر", 185, 92, 15, "ramadan"),
    Product("DL-02", "Steel dallah 1.2 l", "دلة ستيل 1.2 لتر", 129, 60, 18, "ramadan"),
    Product("DL-03", "Electric dallah", "دلة كهربائية", 219, 118, 10),
    Product("DL-04", "Thermos set (2)", "طقم ترامس (2)", 249, 128, 15, "ramadan"),
    Product(
        "DL-05",
        "Najdi pattern coffee cups (12)",
        "فناجين قهوة بنقش نجدي (12)",
        89,
        36,
        9,
        "national",
    ),
    Product("DL-06", "Plain coffee cups (12)", "فناجين قهوة سادة (12)", 59, 22, 7),
    Product("DL-07", "Tea glasses (6)", "بيالات شاي (6)", 45, 17, 15),
    Product("DL-08", "Espresso cups (4)", "أكواب إسبريسو (4)", 75, 30, 9),
    Product("DL-09", "Cappuccino cups (2)", "أكواب كابتشينو (2)", 69, 27, 10),
    Product("DL-10", "Glass teapot", "إبريق شاي زجاجي", 95, 41, 9),
    Product("DL-11", "Brass serving tray", "صينية تقديم نحاسية", 159, 76, 9, "ramadan"),
    Product("DL-12", "National Day green mug", "كوب أخضر لليوم الوطني", 39, 14, 3, "national"),
    Product("SW-01", "Ajwa dates from Madinah 1 kg", "تمر عجوة المدينة 1 كجم", 95, 52, 38, "ramadan"),
    Product("SW-02", "Sukkari dates 1 kg", "تمر سكري 1 كجم", 48, 22, 46, "ramadan"),
    Product("SW-03", "Khalas dates from Al Ahsa 1 kg", "تمر خلاص الأحساء 1 كجم", 42, 19, 34, "ramadan"),
    Product("SW-04", "Dates stuffed with almonds 500 g", "تمر محشو باللوز 500 جم", 65, 29, 24, "ramadan"),
    Product("SW-05", "Date maamoul (24)", "معمول بالتمر (24)", 58, 25, 22, "eid"),
    Product("SW-06", "Small Eid gift box", "صندوق هدايا العيد الصغير", 145, 66, 3, "eid"),
    Product("SW-07", "Large Eid gift box", "صندوق هدايا العيد الكبير", 295, 138, 1.6, "eid"),
    Product("SW-08", "Pistachio chocolate 300 g", "شوكولاتة بالفستق 300 جم", 72, 33, 26, "eid"),
    Product("SW-09", "Date syrup 400 g", "دبس تمر 400 جم", 28, 11, 14),
    Product("SW-10", "Sidr honey 500 g", "عسل سدر 500 جم", 189, 105, 10),
    Product("SW-11", "Roasted mixed nuts 500 g", "مكسرات مشكلة محمصة 500 جم", 78, 42, 20),
    Product("SW-12", "Kleija from Qassim (20)", "كليجا القصيم (20)", 45, 18, 16, "winter"),
    Product("SW-13", "Caramel biscuits 250 g", "بسكويت الكراميل 250 جم", 22, 8, 20),
    Product("SW-14", "Date bites without sugar 200 g", "قطع تمر بلا سكر مضاف 200 جم", 34, 14, 10),
    Product("FR-01", "Oud chips 50 g", "كسر عود 50 جم", 220, 118, 10, "eid"),
    Product("FR-02", "Maamoul incense 100 g", "معمول بخور 100 جم", 85, 37, 16, "eid"),
    Product("FR-03", "Musk home spray", "معطر مفارش بالمسك", 49, 17, 18),
    Product("FR-04", "Oud and rose home spray", "معطر مفارش بالعود والورد", 55, 19, 17),
    Product("FR-05", "Amber scented candle", "شمعة معطرة بالعنبر", 75, 29, 14, "winter"),
    Product("FR-06", "Electric incense burner", "مبخرة كهربائية", 110, 49, 6, "eid"),
    Product("FR-07", "Brass incense burner", "مبخرة نحاس", 139, 66, 5, "eid"),
    Product("FR-08", "Reed diffuser", "عيدان معطرة", 89, 36, 10),
    Product("FR-09", "Taif rose water 250 ml", "ماء ورد طائفي 250 مل", 38, 14, 14),
    Product("FR-10", "Oud car freshener", "معطر سيارة بالعود", 29, 9, 16),
    Product("HM-01", "Linen table runner", "مفرش طاولة كتان", 95, 41, 8),
    Product("HM-02", "Ramadan table set for six", "طقم سفرة رمضان لستة أشخاص", 189, 88, 2, "ramadan"),
    Product("HM-03", "Ramadan lantern", "فانوس رمضان", 69, 26, 2, "ramadan"),
    Product("HM-04", "Serving bowls (3)", "صحون تقديم (3)", 85, 37, 10, "ramadan"),
    Product("HM-05", "Sadu cushion cover", "غطاء وسادة بنقش السدو", 65, 25, 11, "national"),
    Product("HM-06", "Sadu wool throw", "بطانية صوف بنقش السدو", 245, 120, 5, "winter"),
    Product("HM-07", "Palm-leaf basket", "سلة خوص", 55, 20, 12),
    Product("HM-08", "Padded prayer mat", "سجادة صلاة مبطنة", 99, 42, 12, "ramadan"),
    Product("HM-09", "Desert camping set", "طقم كشتة", 259, 134, 5, "winter"),
    Product("HM-10", "Camping kettle", "غلاية كشتة", 79, 32, 9, "winter"),
    Product("HM-11", "Storage jars (4)", "مرطبانات حفظ (4)", 88, 36, 11),
    Product("HM-12", "Wooden coffee station", "ركن قهوة خشبي", 399, 218, 3),
)
PRODUCT_INDEX: dict[str, int] = {product.id: index for index, product in enumerate(PRODUCTS)}
