"""Snapchat Ads Manager: reports broken down by day. They name no currency."""

from masarat.collect.sources.base import Export, Source

COLUMNS = {
    "ts": ("Day", "Date", "اليوم", "التاريخ", ""),
    "until": ("",),
    "channel": ("",),
    "campaign": ("Campaign Name", "اسم الحملة"),
    "ad_group": ("Ad Set Name", "Ad Squad Name", "اسم المجموعة الإعلانية", "اسم مجموعة الإعلانات"),
    "ad": ("Ad Name", "اسم الإعلان"),
    "spend": ("Amount Spent", "Spend", "المبلغ الذي تم إنفاقه"),
    "currency": ("Currency", "العملة"),
    "impressions": ("Paid Impressions", "Impressions", "مرات الظهور المدفوعة"),
    "clicks": ("Clicks", "Swipe Ups", "النقرات", ""),
}


def _export(*signs: str) -> Export:
    return Export("costs", signs, COLUMNS, {"channel": "paid social"}, totals=True)


SNAPCHAT_ADS = Source(
    "snapchat_ads",
    "Snapchat Ads Manager",
    "مدير إعلانات سناب شات",
    "Manage Ads → Export, broken down by day.",
    (
        _export("Amount Spent", "Paid Impressions", "Campaign Name"),
        _export("Amount Spent", "Paid Impressions", "Ad Set Name"),
        _export("Spend", "Paid Impressions"),
        _export("المبلغ الذي تم إنفاقه", "مرات الظهور المدفوعة"),
    ),
    sample="""Day,Campaign Name,Ad Set Id,Ad Set Name,Ad Name,Amount Spent,Paid Impressions,Clicks,Purchases
2025-03-01,Ramadan,a1,الرياض,Story,200.50,40000,350,3
2025-03-02,Ramadan,a1,الرياض,Story,99,18000,120,1
""",
)
