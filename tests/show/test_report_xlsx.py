import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from masarat.analyse.funnel import Funnel
from masarat.show.reports import xlsx
from masarat.show.reports.build import REPORT, build
from masarat.show.reports.xlsx import HEAD
from tests.support.reports import FORMULA, HOSTILE, small_report
from tests.support.shop import event, write


@pytest.fixture(scope="module")
def books(engine):
    """The workbook in each language, as a reader opens it."""
    return {language: open_book(small_report(engine, language)) for language in ("ar", "en")}


def open_book(report):
    return openpyxl.load_workbook(io.BytesIO(xlsx.write(report)))


def table(sheet):
    """The rows under the headings, by heading."""
    heads = [cell.value for cell in sheet[HEAD + 1] if cell.value]
    rows = sheet.iter_rows(min_row=HEAD + 2, max_col=len(heads))
    return [dict(zip(heads, row, strict=True)) for row in rows if any(cell.value is not None for cell in row)]


def test_a_sheet_for_every_question_between_key_numbers_and_definitions(books):
    assert len(books["en"].sheetnames) == len(REPORT) + 2
    assert books["en"].sheetnames[:2] == ["At a glance", "Revenue"]
    assert books["ar"].sheetnames[:2] == ["نظرة سريعة", "الإيرادات"]
    assert books["en"].sheetnames[-1] == "What the numbers mean"


def test_arabic_sheets_run_from_the_right(books):
    assert all(sheet.sheet_view.rightToLeft for sheet in books["ar"])
    assert not any(sheet.sheet_view.rightToLeft for sheet in books["en"])


def test_numbers_are_numbers_with_their_currency_and_days_are_days(books):
    for language, sheet, period, net, sign in (
        ("en", "Revenue", "Period", "Net revenue", "SAR"),
        ("ar", "الإيرادات", "الفترة", "صافي الإيرادات", "ر.س"),
    ):
        january, february, march = table(books[language][sheet])
        assert (january[period].value, january[period].is_date) == (datetime(2025, 1, 1), True)  # noqa: DTZ001
        assert [row[net].value for row in (january, february, march)] == [150.5, 10, 200]
        assert january[net].number_format == f'#,##0.00 "{sign}"'


def test_the_sentence_stands_on_top_and_the_head_stays(books):
    sheet = books["en"]["Revenue"]
    assert sheet["A2"].value.startswith("Net revenue was SAR 360")
    assert sheet.freeze_panes == f"A{HEAD + 2}"
    assert sheet.auto_filter.ref


def test_no_text_becomes_a_formula_or_a_link(books):
    for book in books.values():
        cells = [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = {cell.value for sheet in books["en"] for row in sheet.iter_rows() for cell in row}
    assert {FORMULA, HOSTILE} <= texts


def test_pictures_are_native_charts(engine):
    with zipfile.ZipFile(io.BytesIO(xlsx.write(small_report(engine, "en")))) as book:
        charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert any("lineChart" in chart for chart in charts)
    assert any("barChart" in chart for chart in charts)


def steps_report(engine):
    store = engine.store()
    write(store, [event(name, "user:1", "2025-03-01 10:00") for name in ("A", "B")])
    return build(store, [Funnel(steps=("A", "B"), language="ar")], now=datetime(2025, 6, 30, tzinfo=UTC))


def test_steps_are_bars_of_how_many_got_there(engine):
    with zipfile.ZipFile(io.BytesIO(xlsx.write(steps_report(engine)))) as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    assert '<c:barDir val="bar"/>' in chart
    assert chart.count("<c:ser>") == 1


def test_hijri_days_have_their_names_beside_them(engine):
    rows = table(open_book(small_report(engine, "ar", "hijri"))["الإيرادات"])
    assert [row["الفترة"].value for row in rows[:2]] == [datetime(2025, 1, 1), datetime(2025, 1, 31)]  # noqa: DTZ001
    assert [row["الفترة (هجري)"].value for row in rows[:2]] == ["رجب 1446", "شعبان 1446"]


def test_key_numbers_stand_as_numbers(books):
    sheet = books["en"]["At a glance"]
    found = {row[1].value: row[2].value for row in sheet.iter_rows() if row[0].value == "Revenue"}
    assert (found["Net revenue"], found["Orders"]) == (360.5, 4)
