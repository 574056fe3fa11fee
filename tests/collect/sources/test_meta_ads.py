"""Meta's exports: the day or the period of every row, the currency in the header, and totals that are not counted twice."""

from __future__ import annotations

import pytest
import xlsxwriter

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.collect.sources.meta_ads import META_ADS
from masarat.errors import BadFile

PERIOD = (
    "Campaign name,Ad set name,Ad name,Amount spent (SAR),Impressions,Reach,Link clicks,Clicks (all),Results,Reporting starts,Reporting ends\n"
    'Ramadan,الرياض,Video,"1,000.00","3,000",2000,30,99,4,2025-03-01,2025-03-03\n'
    "Brand,جدة,Photo,50.01,100,90,7,8,,2025-03-02,2025-03-02\n"
)
SPREAD = [
    ("2025-03-01", "Ramadan", "الرياض", "Video", 333.34, 1000, 10),
    ("2025-03-02", "Brand", "جدة", "Photo", 50.01, 100, 7),
    ("2025-03-02", "Ramadan", "الرياض", "Video", 333.33, 1000, 10),
    ("2025-03-03", "Ramadan", "الرياض", "Video", 333.33, 1000, 10),
]


def costs(store):
    rows = store.select(
        "SELECT day, campaign, ad_group, ad, amount, impressions, clicks FROM costs FINAL ORDER BY day, campaign, ad"
    )
    return [(str(row.pop("day")), *row.values()) for row in rows]


def told(store):
    return store.select("SELECT DISTINCT source, channel, currency FROM costs")


def test_a_period_is_spread_over_its_days(take, store):
    report = take(PERIOD.encode("utf-8-sig"))
    assert (report.kind, report.preview.preset, report.rejected, report.currency_assumed) == (
        "costs",
        "meta_ads",
        0,
        "",
    )
    assert costs(store) == SPREAD
    assert told(store) == [{"source": "meta_ads", "channel": "paid social", "currency": "SAR"}]
    take(PERIOD.encode("utf-8-sig"))
    assert costs(store) == SPREAD


def test_days_are_not_spread_even_where_the_period_of_the_report_stands_beside(take, store):
    take(
        "Reporting starts,Reporting ends,Campaign name,Day,Amount spent (SAR),Impressions\n"
        "2025-03-01,2025-03-31,Ramadan,2025-03-04,10,100\n"
        "2025-03-01,2025-03-31,Ramadan,2025-03-05,20,200\n"
    )
    assert costs(store) == [
        ("2025-03-04", "Ramadan", "", "", 10.0, 100, 0),
        ("2025-03-05", "Ramadan", "", "", 20.0, 200, 0),
    ]


TOTALS = (
    ",,,1050.01,3100,2090,37,107,4,2025-03-01,2025-03-03\n",  # unlabelled, with the period
    ",,,1050.01,3100,2090,37,107,4,,\n",
    "Total,,,1050.01,3100,2090,37,107,4,,\n",
    "Total,,,1050.01,3100,2090,37,107,4,2025-03-01,2025-03-03\n",
    "الإجمالي,,,1050.01,3100,2090,37,107,4,2025-03-01,2025-03-03\n",
)


@pytest.mark.parametrize("total", TOTALS)
def test_a_total_is_no_campaign(total, take, store):
    header, *rows = PERIOD.splitlines(keepends=True)
    for text in (PERIOD + total, "".join((header, total, *rows))):
        report = take(text)
        assert (report.rows, report.rejected) == (3, 1)
        assert costs(store) == SPREAD
    assert store.select("SELECT DISTINCT reason FROM quarantine") == [{"reason": "A total row."}]


def test_in_arabic_and_as_excel_saves_it(take, store):
    text = (
        "اسم الحملة,اسم المجموعة الإعلانية,اسم الإعلان,المبلغ الذي تم إنفاقه (ر.س.),مرات الظهور,الوصول,نقرات الرابط,بداية التقارير,نهاية التقارير\r\n"
        'Ramadan,الرياض,Video,"1,000.00","3,000",2000,30,01/03/2025,03/03/2025\r\n'
        ",,,,,,,,\r\n"
        "Brand,جدة,Photo,50.01,100,90,7,02/03/2025,02/03/2025\r\n"
        ",,,1050.01,3100,2090,37,01/03/2025,03/03/2025\r\n"
    )
    report = take(text.encode("windows-1256"), dates="dmy")
    assert (report.preview.preset, report.rejected) == ("meta_ads", 1)
    assert costs(store) == SPREAD
    indic = text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    take(indic, dates="dmy")
    assert costs(store) == SPREAD
    daily = "اليوم,اسم الحملة,المبلغ الذي تم إنفاقه (SAR),بداية التقارير,نهاية التقارير\n2025-04-01,عيد,9,2025-04-01,2025-04-30\n"
    assert take(daily).preview.preset == "meta_ads"
    assert costs(store)[len(SPREAD) :] == [("2025-04-01", "عيد", "", "", 9.0, 0, 0)]


def test_a_workbook(tmp_path, store, records):
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Raw Data Report")
        for row, line in enumerate(
            (
                ("Campaign name", "Day", "Amount spent (SAR)", "Platform", "Impressions", "Reporting starts", "Reporting ends"),
                ("Ramadan", "2025-03-01", 10.5, "instagram", 7, "2025-03-01", "2025-03-02"),
                ("Ramadan", "2025-03-01", 4.5, "facebook", 3, "2025-03-01", "2025-03-02"),
            )
        ):  # fmt: skip
            sheet.write_row(row, 0, line)
    (report,) = import_files(store, records, [path], Choices())
    assert (report.preview.preset, report.rejected) == ("meta_ads", 0)
    assert costs(store) == [("2025-03-01", "Ramadan", "", "", 15.0, 10, 0)]
    assert told(store) == [{"source": "meta_ads", "channel": "paid social", "currency": "SAR"}]


def test_what_spent_nothing_is_no_fault_and_a_corrected_amount_replaces(take, store):
    rows = "Campaign name,Amount spent (SAR),Impressions,Reporting starts,Reporting ends\nOld,,,2025-03-01,2025-03-01\nNew,{},10,2025-03-01,2025-03-01\n"
    assert take(rows.format(5)).rejected == 0
    take(rows.format(6))
    assert costs(store) == [("2025-03-01", "New", "", "", 6.0, 10, 0)]


def test_a_row_of_another_kind_is_set_aside_alone(take, store):
    report = take(PERIOD + "Odd,,,a lot,1,1,1,1,,2025-03-01,2025-03-01\nCut,,1\n")
    assert report.rejected == 2
    assert costs(store) == SPREAD


def test_without_days_it_says_what_to_do(take):
    with pytest.raises(BadFile, match=r"no column with days.*broken down by day"):
        take(
            "Campaign name,Amount spent (SAR),Impressions,Ends\nRamadan,5,10,2025-12-31\n", preset="meta_ads"
        )


def test_by_its_name_too(take):
    assert take(META_ADS.sample, preset="meta_ads").preview.preset == take(META_ADS.sample).preview.preset
