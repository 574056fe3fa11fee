"""Real shops, end to end: every figure of the data sets' README from the file to the answer, whatever form the file has."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from masarat.analyse import ask
from masarat.analyse.revenue import Revenue
from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.records import Records
from masarat.settings import Settings

pytestmark = pytest.mark.shared

ARABIC = {
    "InvoiceNo": "رقم الفاتورة",
    "StockCode": "رمز المنتج",
    "Description": "اسم المنتج",
    "Quantity": "الكمية",
    "InvoiceDate": "تاريخ الفاتورة",
    "UnitPrice": "سعر الوحدة",
    "CustomerID": "رقم العميل",
    "Country": "الدولة",
}
CLEAN = """
SELECT countDistinct(order_id) AS invoices, countDistinct(visitor_id) AS customers, sum(r) AS sales
FROM events ARRAY JOIN product_revenues AS r, product_quantities AS q
WHERE name = 'Order Completed' AND visitor_id != '' AND r > 0 AND q > 0 AND NOT startsWith(order_id, 'C')"""
REPEATERS = """
SELECT count() AS n FROM (
    SELECT visitor_id FROM events ARRAY JOIN product_revenues AS r
    WHERE name = 'Order Completed' AND visitor_id != '' AND r > 0 GROUP BY visitor_id HAVING countDistinct(order_id) > 1)"""


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    found = Records(Settings(data=tmp_path_factory.mktemp("records")))
    yield found
    found.close()


@pytest.fixture(scope="module")
def retail(shared_data) -> pl.DataFrame:
    return pl.read_parquet(shared_data / "online_retail" / "online_retail.parquet")


@pytest.fixture(scope="module")
def sample(retail) -> pl.DataFrame:
    """Every tenth invoice, whole."""
    return retail.filter(pl.col("InvoiceNo").str.extract(r"(\d+)").cast(pl.Int64) % 10 == 4)


def take(store, records, *paths: Path, **choices):
    return import_files(store, records, paths, Choices(currency="GBP", timezone="Europe/London", **choices))


def stands(store) -> dict[str, object]:
    """What an import may not change, however the file looks."""
    return store.select(
        "SELECT count() AS events, countDistinct(order_id) AS orders, countDistinctIf(visitor_id, visitor_id != '') AS customers,"
        " sum(revenue) AS net, sum(length(product_ids)) AS lines, sum(arraySum(product_quantities)) AS pieces,"
        " min(ts) AS first, max(ts) AS last, countDistinct(country) AS countries FROM events"
    )[0]


@pytest.fixture(scope="module")
def whole(engine, records, shared_data):
    """Online Retail in a store, and what was reported of it."""
    store = engine.store(timezone="Europe/London")
    report = take(store, records, shared_data / "online_retail" / "online_retail.parquet")[0]
    return store, report


def test_what_is_reported(whole):
    _, report = whole
    assert (report.rows, report.orders, report.customers) == (541_909, 25_900, 4_372)
    assert (report.unidentified, report.cancelled, report.rejected) == (135_080, 9_288, 0)
    assert round(report.net["GBP"], 2) == 9_747_747.93
    assert (report.first.isoformat(), report.last.isoformat()) == (
        "2010-12-01T08:26:00+00:00",
        "2011-12-09T12:50:00+00:00",
    )


def test_what_is_answered(whole):
    store, _ = whole
    found = ask(store, Revenue())
    assert round(next(number.value for number in found.numbers if number.name == "net"), 2) == 9_747_747.93
    best = max(found.rows, key=lambda row: row["net"])
    assert (best["start"].isoformat(), round(best["net"], 2)) == ("2011-11-01", 1_461_756.25)


def test_clean_sales(whole):
    store, _ = whole
    clean = store.select(CLEAN)[0]
    assert (clean["invoices"], clean["customers"], round(clean["sales"], 2)) == (18_532, 4_338, 8_911_407.90)
    assert store.select(REPEATERS)[0]["n"] == 2_845


def test_again_adds_nothing(whole, records, shared_data):
    store, _ = whole
    before = stands(store)
    report = take(store, records, shared_data / "online_retail" / "online_retail.parquet")[0]
    assert (report.added, report.known, report.restated) == (0, 25_900, 0)
    assert stands(store) == before


def test_csv_is_the_same(whole, records, engine, retail, tmp_path):
    store = engine.store(timezone="Europe/London")
    retail.write_csv(tmp_path / "retail.csv")
    take(store, records, tmp_path / "retail.csv")
    assert stands(store) == stands(whole[0])


def test_a_corrected_invoice_restates_its_month(records, engine, sample, tmp_path):
    store = engine.store(timezone="Europe/London")
    sample.write_parquet(tmp_path / "before.parquet")
    price = (
        pl.when(pl.col("InvoiceNo") == sample["InvoiceNo"][0])
        .then(pl.col("UnitPrice") + 1)
        .otherwise("UnitPrice")
    )
    sample.with_columns(price).write_parquet(tmp_path / "after.parquet")
    take(store, records, tmp_path / "before.parquet")
    before = stands(store)
    report = take(store, records, tmp_path / "after.parquet")[0]
    pieces = sample.filter(pl.col("InvoiceNo") == sample["InvoiceNo"][0])["Quantity"].sum()
    assert (report.added, report.restated) == (0, 1)
    assert round(stands(store)["net"] - before["net"], 2) == pieces


def as_cp1256(frame: pl.DataFrame, folder: Path) -> list[Path]:
    text = frame.rename(ARABIC).write_csv(separator=";")
    (folder / "retail.csv").write_bytes(text.encode("cp1256", errors="replace"))
    return [folder / "retail.csv"]


def as_jsonl(frame: pl.DataFrame, folder: Path) -> list[Path]:
    frame.with_columns(pl.col("InvoiceDate").dt.to_string("%Y-%m-%d %H:%M:%S")).write_ndjson(
        folder / "retail.jsonl"
    )
    return [folder / "retail.jsonl"]


def as_xlsx(frame: pl.DataFrame, folder: Path) -> list[Path]:
    frame.write_excel(folder / "retail.xlsx")
    return [folder / "retail.xlsx"]


def shuffled(frame: pl.DataFrame, folder: Path) -> list[Path]:
    frame.sample(fraction=1, shuffle=True, seed=5).write_csv(folder / "retail.csv")
    return [folder / "retail.csv"]


def in_overlapping_halves(frame: pl.DataFrame, folder: Path) -> list[Path]:
    frame[: frame.height * 6 // 10].write_csv(folder / "a.csv")
    frame[frame.height * 4 // 10 :].write_csv(folder / "b.csv")
    return [folder / "b.csv", folder / "a.csv"]


def in_arabic(frame: pl.DataFrame, folder: Path) -> list[Path]:
    frame.rename(ARABIC).write_parquet(folder / "retail.parquet")
    return [folder / "retail.parquet"]


FORMS = (as_cp1256, as_jsonl, as_xlsx, shuffled, in_overlapping_halves, in_arabic)


@pytest.fixture(scope="module")
def plain(engine, records, sample, tmp_path_factory):
    store = engine.store(timezone="Europe/London")
    path = tmp_path_factory.mktemp("plain") / "retail.parquet"
    sample.write_parquet(path)
    take(store, records, path)
    return stands(store)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same(form, plain, records, engine, sample, tmp_path):
    store = engine.store(timezone="Europe/London")
    reports = take(store, records, *form(sample, tmp_path))
    assert [report.rejected for report in reports] == [0] * len(reports)
    assert stands(store) == plain
    assert [report.added for report in take(store, records, *tmp_path.iterdir())] == [0] * len(reports)
    assert stands(store) == plain


def test_cdnow(engine, records, shared_data):
    """Rows without an order number, 255 of which stand there twice; every purchase counts."""
    store = engine.store()
    path = shared_data / "cdnow" / "cdnow_transactions.csv.gz"
    report = import_files(store, records, [path], Choices(currency="USD"))[0]
    assert (report.rows, report.orders, report.customers, report.rejected) == (69_659, 69_659, 23_570, 0)
    assert report.net == {"USD": 2_500_315.63}
    again = import_files(store, records, [path], Choices(currency="USD"))[0]
    assert (again.added, again.known) == (0, 69_659)
    found = store.select(
        "SELECT count() AS rows, countDistinct(visitor_id) AS customers, sum(revenue) AS revenue FROM events"
    )
    assert found == [{"rows": 69_659, "customers": 23_570, "revenue": 2_500_315.63}]
