"""Meta Ads Manager (Facebook and Instagram): reports at any level, of a period or broken down by day.

A report of a period says of each row when it begins and ends, and is spread over its days; one by day has a column with the day. The
currency stands in the header of the amount.
"""

from collections.abc import Mapping, Sequence

from masarat.collect.sources.base import Export, Source

SPENT = "Amount spent"
SPENT_AR = "المبلغ الذي تم إنفاقه"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "channel": ("",),
    "campaign": ("Campaign name", "اسم الحملة", "اسم الحملة الإعلانية"),
    "ad_group": ("Ad set name", "اسم المجموعة الإعلانية", "اسم مجموعة الإعلانات"),
    "ad": ("Ad name", "اسم الإعلان"),
    "spend": (SPENT, SPENT_AR, "المبلغ المنفق", "المبلغ المصروف"),
    "currency": ("Currency", "العملة"),
    "impressions": ("Impressions", "مرات الظهور"),
    "clicks": ("Link clicks", "نقرات الرابط", "النقرات على الرابط", "Clicks (all)", "النقرات (الكل)", ""),
}
PERIOD: Mapping[str, tuple[str, ...]] = {
    "ts": ("Reporting starts", "بداية التقارير", "بدء إعداد التقارير", "بداية إعداد التقارير", "بداية التقرير", ""),
    "until": ("Reporting ends", "نهاية التقارير", "انتهاء إعداد التقارير", "نهاية إعداد التقارير", "نهاية التقرير", ""),
}  # fmt: skip
DAY: Mapping[str, tuple[str, ...]] = {"ts": ("Day", "اليوم"), "until": ("",)}


def _export(when: Mapping[str, tuple[str, ...]], *signs: str) -> Export:
    return Export(
        "costs", signs, {**when, **COLUMNS}, {"channel": "paid social"}, totals=True, looks=_is_of_one_channel
    )


def _is_of_one_channel(header: Sequence[str]) -> bool:
    """A cost sheet that names channels is somebody's own."""
    return not {"channel", "القناة"} & set(header)


META_ADS = Source(
    "meta_ads",
    "Meta Ads Manager",
    "مدير إعلانات ميتا",
    "Campaigns → Reports → Export table data; Breakdown → By time → Day gives each day its own row.",
    (
        _export(PERIOD, SPENT, "Reporting starts", "Reporting ends"),
        _export(PERIOD, SPENT_AR, "اسم الحملة"),
        _export(PERIOD, SPENT_AR, "بداية التقارير"),
        _export(DAY, SPENT, "Day"),
        _export(DAY, SPENT, "Day", "Reporting starts", "Reporting ends"),
        _export(DAY, SPENT_AR, "اليوم"),
        _export(DAY, SPENT_AR, "اليوم", "اسم الحملة"),
        _export(DAY, SPENT_AR, "اليوم", "بداية التقارير"),
    ),
    sample="""Campaign name,Ad set name,Day,Amount spent (SAR),Impressions,Reach,Link clicks,Results,Reporting starts,Reporting ends
Ramadan offers,الرياض,2025-03-01,"1,250.75","50,000",31000,700,12,2025-03-01,2025-03-02
Ramadan offers,الرياض,2025-03-02,300,"12,000",9000,150,,2025-03-01,2025-03-02
""",
)
