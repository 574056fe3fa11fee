"""TikTok Ads Manager: reports broken down by day; the last row counts and sums up the others."""

from masarat.collect.sources.base import Export, Source

COLUMNS = {
    "ts": ("By Day", "Day", "Date", "حسب اليوم", "اليوم", "التاريخ", ""),
    "until": ("",),
    "channel": ("",),
    "campaign": ("Campaign name", "اسم الحملة"),
    "ad_group": ("Ad group name", "اسم المجموعة الإعلانية", "اسم مجموعة الإعلانات"),
    "ad": ("Ad name", "اسم الإعلان"),
    "spend": ("Cost", "Spend", "Total cost", "التكلفة"),
    "currency": ("Currency", "العملة"),
    "impressions": ("Impressions", "مرات الظهور"),
    "clicks": ("Clicks (destination)", "Clicks (all)", "Clicks", "النقرات (الوجهة)", "النقرات", ""),
}


def _export(*signs: str) -> Export:
    return Export("costs", signs, COLUMNS, {"channel": "paid social"}, totals=True)


TIKTOK_ADS = Source(
    "tiktok_ads",
    "TikTok Ads Manager",
    "مدير إعلانات تيك توك",
    "Campaign → Export, or a custom report; with the dimension By day.",
    (
        _export("Cost", "Clicks (destination)"),
        _export("Spend", "Clicks (destination)", "By Day"),
        _export("Cost", "By Day", "Campaign name"),
        _export("Cost", "By Day", "Ad group name"),
        _export("التكلفة", "النقرات (الوجهة)"),
    ),
    sample="""By Day,Campaign name,Ad group name,Ad name,Cost,Impressions,Clicks (destination),Conversions,Currency
2025-03-01,Ramadan,جدة,Video 1,80.25,5000,70,1,SAR
2025-03-02,Ramadan,جدة,Video 1,-,0,0,0,SAR
""",
)
