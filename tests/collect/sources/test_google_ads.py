"""Google's reports: the period above the table, days in it, totals below it, commas or UTF-16 with tabs."""

from __future__ import annotations

import pytest

from masarat.collect import quarantine
from masarat.errors import BadFile

TITLE = 'Campaign report\n"September 1, 2026 - September 3, 2026"\n'
DAILY = (
    "Campaign status,Campaign,Day,Currency code,Cost,Impr.,Clicks,Conversions\n"
    'Enabled,Brand,2026-09-01,SAR,"1,033.33","12,345",321,4.00\n'
    "Enabled,قهوة,2026-09-02,SAR,0.01,1,--,--\n"
    "Paused,Old,2026-09-02,SAR, --,0,0,0\n"
    'Total: Campaigns, --, --,SAR,"1,033.34","12,346",321,4.00\n'
    'Total: Account, --, --,SAR,"1,033.34","12,346",321,4.00\n'
    "Total: Search, --, --,SAR,0.01,1,0,0\n"
)
DAYS = [("2026-09-01", "Brand", 1033.33, 12345, 321), ("2026-09-02", "قهوة", 0.01, 1, 0)]
WHOLE = (
    "Campaign status,Campaign,Campaign start date,Budget,Currency code,Cost,Impr.,Clicks\n"
    "Enabled,Brand,2020-01-01,50.00,SAR,300.00,30,3\n"
    "Enabled,قهوة,2021-01-01,50.00,SAR,10.00,4,0\n"
    "Total: Account, --, --, --,SAR,310.00,34,3\n"
)
SPREAD = [
    ("2026-09-01", "Brand", 100.0, 10, 1),
    ("2026-09-01", "قهوة", 3.34, 2, 0),
    ("2026-09-02", "Brand", 100.0, 10, 1),
    ("2026-09-02", "قهوة", 3.33, 1, 0),
    ("2026-09-03", "Brand", 100.0, 10, 1),
    ("2026-09-03", "قهوة", 3.33, 1, 0),
]


def costs(store):
    rows = store.select(
        "SELECT day, campaign, amount, impressions, clicks FROM costs FINAL ORDER BY day, campaign"
    )
    return [(str(row.pop("day")), *row.values()) for row in rows]


def as_excel(text: str) -> bytes:
    """The other download: UTF-16 with tabs, nothing quoted."""
    head, quoted, *rows = text.replace('"1,033', "1~033").replace('"12,34', "12~34").splitlines()
    tabs = [row.replace(",", "\t").replace('"', "").replace("~", ",") for row in rows]
    return "\r\n".join([head, quoted.strip('"'), *tabs, ""]).encode("utf-16")


@pytest.mark.parametrize("form", [str.encode, as_excel, lambda text: text.encode("utf-8-sig")])
def test_by_day(form, take, store):
    for _ in range(2):
        report = take(form(TITLE + DAILY))
        assert (report.kind, report.preview.preset) == ("costs", "google_ads")
        assert (report.rows, report.rejected, report.currency_assumed) == (5, 3, "")
        assert costs(store) == DAYS
    assert store.select("SELECT DISTINCT source, channel, currency FROM costs") == [
        {"source": "google_ads", "channel": "paid search", "currency": "SAR"}
    ]
    assert store.select("SELECT DISTINCT reason FROM quarantine") == [{"reason": "A total row."}]


@pytest.mark.parametrize(
    "period",
    [
        '"September 1, 2026 - September 3, 2026"',
        '"Sep 1, 2026 – Sep 3, 2026"',
        "1 September 2026 - 3 September 2026",
        "2026-09-01 - 2026-09-03",
        "1 سبتمبر 2026 - 3 سبتمبر 2026",
        "\u200f١ سبتمبر ٢٠٢٦ – ٣ سبتمبر ٢٠٢٦",
    ],
)
def test_without_days_the_period_above_holds(period, take, store):
    for form in (str.encode, as_excel):
        report = take(form(f"Campaign report\n{period}\n{WHOLE}"))
        assert (report.preview.preset, report.rejected) == ("google_ads", 1)
        assert costs(store) == SPREAD


def test_a_report_of_one_day(take, store):
    take('Campaign report\n"September 2, 2026"\n' + WHOLE)
    assert costs(store) == [("2026-09-02", "Brand", 300.0, 30, 3), ("2026-09-02", "قهوة", 10.0, 4, 0)]


def test_saved_again_by_excel_in_arabic(take, store):
    text = (
        "تقرير الحملات,,,,,\r\n1 سبتمبر 2026 - 3 سبتمبر 2026,,,,,\r\n"
        "الحملة,رمز العملة,التكلفة,مرات الظهور,النقرات,الإحالات الناجحة\r\n"
        "Brand,SAR,300.00,30,3,1\r\nقهوة,SAR,10.00,4,0,0\r\nالإجمالي: الحساب, --, 310.00,34,3,1\r\n"
    )
    for encoding in ("windows-1256", "utf-8-sig", "utf-16"):
        report = take(text.encode(encoding))
        assert (report.preview.preset, report.rejected) == ("google_ads", 1)
        assert costs(store) == SPREAD
    daily = "اليوم;الحملة;المجموعة الإعلانية;رمز العملة;التكلفة\n31/12/2026;عيد;a;SAR;12,50\n30/12/2026;عيد;a;SAR;7,25\n"
    assert take(daily).preview.preset == "google_ads"
    assert costs(store)[-2:] == [("2026-12-30", "عيد", 7.25, 0, 0), ("2026-12-31", "عيد", 12.5, 0, 0)]


@pytest.mark.parametrize("period", ["All time", '"9/1/2026 - 9/3/2026"', ""])
def test_a_period_that_cannot_be_told_is_asked_for(period, take):
    with pytest.raises(BadFile, match=r"no column with days.*broken down by day"):
        take(f"Campaign report\n{period}\n{WHOLE}")


def test_a_row_set_right_later_keeps_its_own_period(take, store, records, tmp_path):
    assert take(TITLE + WHOLE.replace("300.00", "many")).rejected == 2
    take('Campaign report\n"October 1, 2026 - October 3, 2026"\n' + WHOLE.replace("300.00", "0"))
    path = tmp_path / "fixed.csv"
    path.write_text(quarantine.export(store).replace("many", "300.00"), "utf-8")
    assert quarantine.replay(store, records, path, len).replayed == 1
    assert [row for row in costs(store) if row[1] == "Brand" and row[2]] == [
        row for row in SPREAD if row[1] == "Brand"
    ]
