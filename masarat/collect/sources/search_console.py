"""Google Search Console: the export of search results, a zip or a workbook of several tables.

Queries and pages are taken in. The tables of countries, devices, days and appearances tell of the same clicks once more, and that of
filters of none: nothing of them is taken in. The days say which period the report is of; it counts on its last day, so that the same
export again is known whenever it comes.
"""

from __future__ import annotations

from collections.abc import Sequence

from masarat.collect.sheets import Sheet
from masarat.collect.sources.base import Export, Source
from masarat.collect.sources.documents import with_cells
from masarat.collect.times import read_time
from masarat.collect.values import as_text
from masarat.errors import BadFile
from masarat.words.folding import fold

FIRST, LAST = "First day of the report", "Last day of the report"
QUERIES = ("Top queries", "أهم طلبات البحث", "طلبات البحث الأكثر رواجًا")
PAGES = ("Top pages", "أهم الصفحات", "الصفحات الأكثر رواجًا")
DATES = ("Date", "التاريخ")
FILTERS = ("Filter", "الفلتر", "عامل التصفية")
MEASURES = (
    ("Clicks", "النقرات"),
    ("Impressions", "عدد الظهور", "مرات الظهور"),
    ("CTR", "نسبة النقر إلى الظهور"),
    ("Position", "موضع", "الموضع", "متوسط الموضع"),
)
COLUMNS = {
    "query": (*QUERIES, ""),
    "page": (*PAGES, ""),
    "ts": (LAST, ""),
    "country": ("",),
    "device": ("",),
    "clicks": MEASURES[0],
    "impressions": MEASURES[1],
    "position": MEASURES[3],
}
REPEATS = "It tells of the clicks of queries and pages once more: nothing of it is taken in."
TELLS_NONE = "It says what the report was filtered by and tells of no clicks: nothing of it is taken in."


def arranges(sheets: list[Sheet]) -> list[Sheet]:
    """Queries and pages with the period that the table of days tells, the rest marked as skipped; other files as they are."""
    reports = [sheet for sheet in sheets if _is_report(sheet.header)]
    for sheet in sheets:
        if _is_report(sheet.header) or _is_filters(sheet.header, beside=bool(reports)):
            _mark(sheet)
        elif _compares(sheet.header):
            raise BadFile(
                f"{sheet.file} compares two periods, whose clicks cannot be told apart.",
                "Export it again without a comparison, each period by itself.",
            )
    period = next((found for sheet in reports if (found := _period(sheet))), None)
    return [with_cells(sheet, period) if period and _counts(sheet) else sheet for sheet in sheets]


def _counts(sheet: Sheet) -> bool:
    return not sheet.skipped and _is_report(sheet.header)


def _mark(sheet: Sheet) -> None:
    if not _is_report(sheet.header):
        sheet.skipped = TELLS_NONE
    elif not _is_one_of(sheet.header[0], (*QUERIES, *PAGES)):
        sheet.skipped = REPEATS


def _is_report(header: Sequence[str]) -> bool:
    """Whether a table has the measures of Search Console behind what they are of, and nothing else; Discover has no places."""
    return len(header) in (4, 5) and all(map(_is_one_of, header[1:], MEASURES))


def _is_filters(header: Sequence[str], *, beside: bool) -> bool:
    return len(header) == 2 and (beside or _is_one_of(header[0], FILTERS))


def _compares(header: Sequence[str]) -> bool:
    """Whether measures stand there twice: `Last 7 days Clicks`, `Previous 7 days Clicks`."""
    return (
        len(header) > 5
        and _is_one_of(header[0], (*QUERIES, *PAGES))
        and not _is_one_of(header[1], MEASURES[0])
    )


def _period(sheet: Sheet) -> dict[str, str] | None:
    """The first and the last day of a table of days."""
    if not _is_one_of(sheet.header[0], DATES):
        return None
    days = read_time(as_text(sheet.sample[sheet.header[0]]), timezone="UTC")[0].drop_nulls().dt.date()
    return {FIRST: str(days.min()), LAST: str(days.max())} if len(days) else None


def _is_one_of(column: str, names: Sequence[str]) -> bool:
    return fold(column) in map(fold, names)


def _export(*signs: str) -> Export:
    return Export("searches", signs, COLUMNS)


SEARCH_CONSOLE = Source(
    "search_console",
    "Google Search Console",
    "مشرف بحث جوجل",
    "Performance → Search results → Export → Download CSV or Excel.",
    (
        *(_export(name, "Clicks", "Impressions", "CTR") for name in ("Top queries", "Top pages")),
        *(_export(name, "النقرات", "نسبة النقر إلى الظهور") for name in (*QUERIES[1:], *PAGES[1:])),
    ),
    arranges=arranges,
    sample="""Top queries,Clicks,Impressions,CTR,Position
قهوة خولانية,120,4000,3%,2.4
dallah,30,900,3.33%,5
""",
)
