"""Search Console's export: queries and pages on the last day of its period; what repeats their clicks is left out, and said."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files, previews
from masarat.errors import BadFile

ENGLISH = {
    "Queries.csv": "Top queries,Clicks,Impressions,CTR,Position\nقهوة خولانية,120,\"4,000\",3%,2.4\ndallah,30,900,3.33%,5\n",
    "Pages.csv": "Top pages,Clicks,Impressions,CTR,Position\nhttps://shop.example/p/1,150,4900,3.06%,3\n",
    "Countries.csv": "Country,Clicks,Impressions,CTR,Position\nSaudi Arabia,150,4900,3.06%,3\n",
    "Devices.csv": "Device,Clicks,Impressions,CTR,Position\nMobile,150,4900,3.06%,3\n",
    "Dates.csv": "Date,Clicks,Impressions,CTR,Position\n2025-03-02,100,3000,3.3%,3\n2025-03-01,50,1900,2.6%,3\n",
    "Search appearance.csv": "Search Appearance,Clicks,Impressions,CTR,Position\n",
    "Filters.csv": "Filter,Value\nSearch type,Web\nDate,Last 2 days\n",
}  # fmt: skip
MEASURES = "النقرات,عدد الظهور,نسبة النقر إلى الظهور,موضع"
ARABIC = {
    "طلبات البحث.csv": f"أهم طلبات البحث,{MEASURES}\nقهوة خولانية,١٢٠,٤٠٠٠,3%,٢٫٤\ndallah,٣٠,٩٠٠,3.33%,٥\n",
    "الصفحات.csv": f"أهم الصفحات,{MEASURES}\nhttps://shop.example/p/1,150,4900,3.06%,3\n",
    "البلدان.csv": f"البلد,{MEASURES}\nالسعودية,150,4900,3.06%,3\n",
    "الأجهزة.csv": f"الجهاز,{MEASURES}\nالجوّال,150,4900,3.06%,3\n",
    "رسم بياني.csv": f"التاريخ,{MEASURES}\n2025-03-01,50,1900,2.6%,3\n2025-03-02,100,3000,3.3%,3\n",
    "شكل الظهور في البحث.csv": f"مظهر البحث,{MEASURES}\nنتائج المنتجات,9,90,10%,3\n",
    "الفلاتر.csv": "الفلتر,القيمة\nنوع البحث,الويب\n",
}
SHOWN = [
    ("2025-03-02 00:00", "", "dallah", 30.0, 900.0, 5.0),
    ("2025-03-02 00:00", "", "قهوة خولانية", 120.0, 4000.0, 2.4),
    ("2025-03-02 00:00", "https://shop.example/p/1", "", 150.0, 4900.0, 3.0),
]


def zipped(tables, encoding="utf-8"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in tables.items():
            archive.writestr(name, text.encode(encoding))
    return packed.getvalue()


def book(tables):
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as made:
        for name, text in tables.items():
            sheet = made.add_worksheet(name.removesuffix(".csv"))
            for row, line in enumerate(text.replace('"4,000"', "4000").splitlines()):
                sheet.write_row(row, 0, line.split(","))
    return packed.getvalue()


@pytest.fixture
def bring(store, records, tmp_path):
    def bring(content, name="export.zip", **choices):
        path = tmp_path / name
        path.write_bytes(content)
        return import_files(store, records, [path], Choices(**choices))

    return bring


def shown(store):
    rows = store.select(
        "SELECT formatDateTime(ts, '%Y-%m-%d %H:%i', 'Asia/Riyadh') AS at, url, toString(props.query) AS query,"
        " toFloat64(props.clicks) AS clicks, toFloat64(props.impressions) AS impressions, toFloat64(props.position) AS position"
        " FROM events WHERE name = 'Search Result Shown' ORDER BY url, query"
    )
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize("tables", [ENGLISH, ARABIC], ids=["english", "arabic"])
@pytest.mark.parametrize(
    ("pack", "name"),
    [
        (zipped, "export.zip"),
        (lambda tables: zipped(tables, "utf-8-sig"), "export.zip"),
        (book, "export.xlsx"),
    ],
    ids=["zip", "zip with marks", "workbook"],
)
def test_queries_and_pages_once(tables, pack, name, bring, store):
    reports = bring(pack(tables), name)
    taken = [report for report in reports if report.kind]
    assert [(r.kind, r.preview.preset, r.added, r.rejected) for r in taken] == [
        ("searches", "search_console", 2, 0),
        ("searches", "search_console", 1, 0),
    ]
    assert shown(store) == SHOWN
    assert not any(report.error for report in reports)
    again = bring(pack(tables), name)
    assert sum(report.added + report.restated for report in again) == 0
    assert shown(store) == SHOWN


def test_what_is_left_out_says_why(bring, store, records, tmp_path):
    notes = {r.file.rpartition("/")[2]: r.notes for r in bring(zipped(ENGLISH)) if not r.kind}
    assert {name: bool(note) for name, note in notes.items()} == dict.fromkeys(list(ENGLISH)[2:], True)
    assert "once more" in notes["Countries.csv"][0]
    assert "no rows" in notes["Search appearance.csv"][0]
    assert "filtered" in notes["Filters.csv"][0]
    found = previews(records, store.settings, [tmp_path / "export.zip"], Choices())
    assert [preview.file for preview in found] == ["export.zip/Queries.csv", "export.zip/Pages.csv"]


def test_the_next_period_is_another_report(bring, store):
    bring(zipped(ENGLISH))
    bring(zipped({name: text.replace("2025-03-0", "2025-04-0") for name, text in ENGLISH.items()}))
    assert len(shown(store)) == 2 * len(SHOWN)


def test_a_loose_table(take, store):
    assert take(ENGLISH["Queries.csv"], "Queries.csv").added == 2
    assert take(ENGLISH["Queries.csv"], "Queries.csv").added == 0
    report = take(ENGLISH["Countries.csv"], "Countries.csv")
    assert (report.kind, report.rows, len(report.notes), report.error) == ("", 0, 1, "")


def test_pages_of_discover_have_no_place(take, store):
    report = take("Top pages,Clicks,Impressions,CTR\nhttps://shop.example/,1,10,10%\n")
    assert (report.preview.preset, report.added, report.rejected) == ("search_console", 1, 0)


def test_a_comparison_is_refused(take):
    header = "Top queries,Last 7 days Clicks,Previous 7 days Clicks,Last 7 days Impressions,Previous 7 days Impressions,Last 7 days CTR"
    with pytest.raises(BadFile, match=r"compares two periods.*without a comparison"):
        take(header + "\ndallah,1,2,3,4,5%\n")


def test_a_zip_that_is_cut_short(bring):
    with pytest.raises(BadFile, match="cut short or damaged"):
        bring(zipped(ENGLISH)[:-40])


def test_a_zip_of_headers_only(bring):
    with pytest.raises(BadFile, match="no rows"):
        bring(zipped({"a.csv": "a,b\n", "b.csv": "a,b\n"}))
