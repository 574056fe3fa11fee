"""Google Ads: reports downloaded as CSV (commas) or as Excel CSV (UTF-16, tabs), with their title and their period above the table.

By day, the table says so in a column. Otherwise the period above it holds for every row, and is spread over its days.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from masarat.collect.delimited import text_sheet
from masarat.collect.sheets import Sheet
from masarat.collect.sniffing import BOMS
from masarat.collect.sources.base import Export, Source
from masarat.collect.sources.documents import with_cells
from masarat.collect.times import day_order
from masarat.collect.values import as_text
from masarat.collect.written_dates import plain_dates, read_dates

FIRST, LAST = "First day of the report", "Last day of the report"

COLUMNS = {
    "ts": ("Day", "Date", "اليوم", "التاريخ", FIRST, ""),
    "until": (LAST, ""),
    "channel": ("",),
    "campaign": ("Campaign", "الحملة", "اسم الحملة", "حملة"),
    "ad_group": ("Ad group", "المجموعة الإعلانية", "مجموعة إعلانية", ""),
    "ad": ("Ad name", "اسم الإعلان", ""),
    "spend": ("Cost", "التكلفة", "الكلفة"),
    "currency": ("Currency code", "Currency", "رمز العملة", "العملة"),
    "impressions": ("Impr.", "Impressions", "مرات الظهور", "مرّات الظهور", "عدد مرات الظهور"),
    "clicks": ("Clicks", "النقرات", "عدد النقرات", ""),
}


def _export(*signs: str) -> Export:
    return Export("costs", signs, COLUMNS, {"channel": "paid search"}, totals=True)


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """A report whose table names no days, with its period as columns; None for any other file."""
    period = _period(_second_line(head))
    if period is None:
        return None
    sheet = text_sheet(path, name)
    export = next((export for export in GOOGLE_ADS.exports if export.is_in(sheet.header)), None)
    if export is None or export.columns_in(sheet.header)["ts"]:
        return None
    return [with_cells(sheet, {FIRST: period[0], LAST: period[1]})]


def _second_line(head: bytes) -> str:
    encoding = next((name for bom, name in BOMS if head.startswith(bom)), "utf-8")
    text = head.decode(encoding, "replace")
    if "\ufffd" in text[:-4]:  # more than a letter that is cut in two
        text = head.decode("cp1256", "replace")
    return "".join(text.splitlines()[1:2]).strip('",;\t ')


def _period(line: str) -> tuple[str, str] | None:
    """«1 September 2026 - 30 September 2026» → the first and the last day; a line with one date is of that day."""
    parts = as_text(pl.Series(line.replace("–", "-").split(" - ")))
    if len(parts) > 2 or any(mark in line for mark in ':;"') or day_order(parts).day_first is None:
        return None
    dates = read_dates(plain_dates(parts), day_first=day_order(parts).day_first is not False)[0].dt.date()
    if dates.has_nulls():
        return None
    return str(dates[0]), str(dates[-1])


GOOGLE_ADS = Source(
    "google_ads",
    "Google Ads",
    "إعلانات جوجل",
    "Campaigns → Download → CSV; with the segment Time → Day each day has its own row.",
    (
        _export("Campaign", "Cost", "Impr."),
        _export("Campaign", "Cost", "Currency code"),
        _export("الحملة", "التكلفة", "رمز العملة"),
        _export("الحملة", "التكلفة", "مرات الظهور"),
    ),
    opens=opens,
    sample="""Campaign report
"March 1, 2025 - March 2, 2025"
Campaign status,Campaign,Day,Currency code,Cost,Impr.,Clicks,Conversions
Enabled,قهوة خولانية,2025-03-01,SAR,"1,033.33","12,345",321,4.00
Enabled,Brand,2025-03-02,SAR,20.5,900,80,1.00
""",
)
