"""Reports of Snapchat and TikTok, broken down by day."""

from __future__ import annotations

import pytest

from masarat.errors import BadFile

SNAPCHAT = (
    "Day,Campaign Id,Campaign Name,Ad Set Id,Ad Set Name,Ad Name,Amount Spent,Paid Impressions,Paid eCPM,Clicks,Purchases\n"
    '2025-03-01,c1,Ramadan,s1,الرياض,Story,"1,200.50",40000,5,350,3\n'
    "2025-03-02,c1,Ramadan,s1,الرياض,Story,99,18000,5,120,1\n"
)
TIKTOK = (
    "By Day,Campaign name,Ad group name,Ad name,Cost,Impressions,Clicks (destination),CTR (destination),Currency\n"
    '2025-03-01,Ramadan,الرياض,Story,"1,200.50",40000,350,0.9%,SAR\n'
    "2025-03-02,Ramadan,الرياض,Story,99,18000,120,0.7%,SAR\n"
)
ROWS = [
    ("2025-03-01", "Ramadan", "الرياض", "Story", 1200.5, 40000, 350),
    ("2025-03-02", "Ramadan", "الرياض", "Story", 99.0, 18000, 120),
]
TOTALS = {
    "snapchat_ads": ",,,,,,1299.50,58000,5,470,4\n",
    "tiktok_ads": "Total of 2 results,-,-,-,1299.50,58000,470,0.8%,SAR\n",
}


def costs(store):
    rows = store.select(
        "SELECT day, campaign, ad_group, ad, amount, impressions, clicks FROM costs FINAL ORDER BY day"
    )
    return [(str(row.pop("day")), *row.values()) for row in rows]


@pytest.mark.parametrize(("text", "name"), [(SNAPCHAT, "snapchat_ads"), (TIKTOK, "tiktok_ads")])
@pytest.mark.parametrize(
    "saved",
    [
        str.encode,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("2025-03-0", "0").replace("\n01,", "\n01/03/2025,").replace("\n02,", "\n02/03/2025,").replace("\n", "\r\n").encode("windows-1256"),
    ],
    ids=["plain", "with its mark", "by Excel"],
)  # fmt: skip
def test_by_day(text, name, saved, take, store):
    for _ in range(2):
        report = take(saved(text + TOTALS[name]), dates="dmy")
        assert (report.kind, report.preview.preset, report.rows, report.rejected) == ("costs", name, 3, 1)
        assert costs(store) == ROWS
    assert store.select("SELECT DISTINCT source, channel, currency FROM costs") == [
        {"source": name, "channel": "paid social", "currency": "SAR"}
    ]


def test_snapchat_names_no_currency_and_tiktok_does(take):
    assert take(SNAPCHAT).currency_assumed == "SAR"
    assert take(SNAPCHAT, currency="AED").currency_assumed == ""
    assert take(TIKTOK.replace("SAR", "AED")).currency_assumed == ""


@pytest.mark.parametrize("text", [SNAPCHAT.replace("Day,", "Week,"), TIKTOK.replace("By Day,", "Objective,")])
def test_without_days_it_says_what_to_do(text, take):
    with pytest.raises(BadFile, match=r"no column with days.*broken down by day"):
        take(text)
