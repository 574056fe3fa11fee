"""Names of people and places, each in Arabic and English; the commoner ones first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Zone = Literal["centre", "city", "far", "gulf"]  # how long a parcel takes


@dataclass(frozen=True, slots=True)
class City:
    english: str
    arabic: str
    weight: float  # share of customers, roughly as people live and order
    zone: Zone
    branch: str = ""  # key of BRANCHES
    country: str = "Saudi Arabia"
    country_arabic: str = "السعودية"


CITIES: tuple[City, ...] = (
    City("Riyadh", "الرياض", 7.6, "centre", "riyadh"),
    City("Jeddah", "جدة", 3.9, "centre", "jeddah"),
    City("Makkah", "مكة المكرمة", 1.9, "city"),
    City("Madinah", "المدينة المنورة", 1.4, "city"),
    City("Dammam", "الدمام", 1.5, "city"),
    City("Khobar", "الخبر", 0.9, "city"),
    City("Al Ahsa", "الأحساء", 0.9, "city"),
    City("Taif", "الطائف", 0.6, "city"),
    City("Buraidah", "بريدة", 0.7, "city"),
    City("Tabuk", "تبوك", 0.6, "far"),
    City("Khamis Mushait", "خميس مشيط", 0.55, "far"),
    City("Abha", "أبها", 0.4, "far"),
    City("Hail", "حائل", 0.45, "far"),
    City("Jubail", "الجبيل", 0.45, "city"),
    City("Qatif", "القطيف", 0.4, "city"),
    City("Al Kharj", "الخرج", 0.35, "city"),
    City("Najran", "نجران", 0.35, "far"),
    City("Yanbu", "ينبع", 0.3, "city"),
    City("Jazan", "جازان", 0.4, "far"),
    City("Arar", "عرعر", 0.2, "far"),
    City("Sakaka", "سكاكا", 0.2, "far"),
    City("Al Baha", "الباحة", 0.2, "far"),
    City("Kuwait City", "مدينة الكويت", 0.35, "gulf", "", "Kuwait", "الكويت"),
    City("Dubai", "دبي", 0.3, "gulf", "", "United Arab Emirates", "الإمارات"),
    City("Manama", "المنامة", 0.2, "gulf", "", "Bahrain", "البحرين"),
)
BRANCHES = {"riyadh": ("Riyadh, Olaya", "الرياض، العليا"), "jeddah": ("Jeddah, Tahlia", "جدة، التحلية")}

MEN = (
    ("محمد", "Mohammed"), ("عبدالله", "Abdullah"), ("عبدالرحمن", "Abdulrahman"), ("خالد", "Khalid"),
    ("فهد", "Fahad"), ("سعود", "Saud"), ("عبدالعزيز", "Abdulaziz"), ("أحمد", "Ahmed"), ("سلطان", "Sultan"),
    ("تركي", "Turki"), ("فيصل", "Faisal"), ("ناصر", "Nasser"), ("علي", "Ali"), ("سعد", "Saad"),
    ("ماجد", "Majed"), ("بندر", "Bandar"), ("إبراهيم", "Ibrahim"), ("يوسف", "Yousef"), ("مشعل", "Mishal"),
    ("نايف", "Naif"), ("عمر", "Omar"), ("حسن", "Hassan"), ("راكان", "Rakan"), ("زياد", "Ziyad"),
    ("وليد", "Waleed"), ("طلال", "Talal"), ("مازن", "Mazen"), ("هشام", "Hisham"), ("أنس", "Anas"), ("ريان", "Rayan"),
)  # fmt: skip
WOMEN = (
    ("نورة", "Noura"), ("سارة", "Sarah"), ("ريم", "Reem"), ("هند", "Hind"), ("لطيفة", "Latifah"),
    ("منيرة", "Munirah"), ("العنود", "Alanoud"), ("شهد", "Shahad"), ("أمل", "Amal"), ("فاطمة", "Fatimah"),
    ("مها", "Maha"), ("غادة", "Ghadah"), ("دانة", "Danah"), ("لمى", "Lama"), ("رغد", "Raghad"),
    ("مريم", "Maryam"), ("عائشة", "Aisha"), ("حصة", "Hessa"), ("الجوهرة", "Aljawharah"), ("بدور", "Bdoor"),
    ("وجدان", "Wijdan"), ("أسماء", "Asma"), ("هيفاء", "Haifa"), ("روان", "Rawan"), ("جواهر", "Jawaher"),
    ("ليان", "Layan"), ("ملاك", "Malak"), ("خلود", "Khulood"), ("وعد", "Waad"), ("تهاني", "Tahani"),
)  # fmt: skip
FAMILIES = (
    ("العتيبي", "Alotaibi"), ("القحطاني", "Alqahtani"), ("الغامدي", "Alghamdi"), ("الحربي", "Alharbi"),
    ("الزهراني", "Alzahrani"), ("الشهري", "Alshehri"), ("الدوسري", "Aldosari"), ("المطيري", "Almutairi"),
    ("الشمري", "Alshammari"), ("العنزي", "Alanazi"), ("السبيعي", "Alsubaie"), ("المالكي", "Almalki"),
    ("العمري", "Alamri"), ("الأحمدي", "Alahmadi"), ("الجهني", "Aljohani"), ("البلوي", "Albalawi"),
    ("الخالدي", "Alkhaldi"), ("الرشيدي", "Alrashidi"), ("الثبيتي", "Althobaiti"), ("السلمي", "Alsulami"),
    ("العسيري", "Asiri"), ("اليامي", "Alyami"), ("الحازمي", "Alhazmi"), ("الفيفي", "Alfaifi"),
    ("الصاعدي", "Alsaedi"), ("الهاجري", "Alhajri"), ("الراشد", "Alrashed"), ("العبدالكريم", "Alabdulkarim"),
    ("الحمدان", "Alhamdan"), ("السالم", "Alsalem"), ("النجار", "Alnajjar"), ("الخياط", "Alkhayyat"),
    ("باوزير", "Bawazir"), ("باعشن", "Baeshen"), ("فقيه", "Fageeh"), ("خوجة", "Khoja"), ("حكمي", "Hakami"),
    ("مدخلي", "Madkhali"), ("عواجي", "Awaji"), ("الصالح", "Alsaleh"),
)  # fmt: skip
