"""Which column is which, and what becomes of rows: by headers, by values, and by what a person says."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from masarat.collect.fields import DTYPES, FIELD_NAMES, FIELDS, ROW_NUMBER
from masarat.collect.headers import SYNONYMS, match
from masarat.collect.kinds import ORDERS
from masarat.collect.mapping import Mapping, guess, read_batch
from masarat.collect.reading import open_file
from masarat.collect.sheets import Sheet
from masarat.collect.sources import recognised
from masarat.errors import BadFile, UnknownName
from masarat.settings import Settings

SHOP = Settings()


def sheet_of(path: Path, text: str | bytes) -> Sheet:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_file(path)[0]


def columns(mapping: Mapping) -> dict[str, str]:
    return {name: column.column for name, column in mapping.columns.items()}


def read(
    sheet: Sheet, mapping: Mapping | None = None, size: int = 500_000
) -> tuple[pl.DataFrame, pl.DataFrame]:
    mapping = mapping or guess(sheet, settings=SHOP)
    read = [read_batch(mapping, batch) for batch in sheet.batches(size)]
    return pl.concat([good for good, _ in read]), pl.concat([bad for _, bad in read])


def test_every_field_has_its_synonyms_in_both_languages():
    assert set(SYNONYMS) == set(FIELD_NAMES)
    for name, synonyms in SYNONYMS.items():
        assert any(synonym.isascii() for synonym in synonyms), name
        assert any(not synonym.isascii() for synonym in synonyms), name
        assert all(match(name, synonym) > 0.9 for synonym in synonyms), name


@pytest.mark.parametrize(
    ("field", "header"),
    [
        ("order_id", "InvoiceNo"), ("order_id", "order_id"), ("order_id", "رقم الطلب"), ("ts", "InvoiceDate"), ("ts", "تاريخ الطلب"),
        ("customer_id", "CustomerID"), ("phone", "رقم جوال العميل"), ("phone", "رقم الجوّال"), ("name", "إسم العميل"), ("order_total", "إجمالي الطلب"),
        ("product_id", "SKU"), ("product_name", "Lineitem name"), ("quantity", "QTY."), ("unit_price", "Unit Price"), ("country", "الدوله"),
        ("tax", "VAT (15%)"), ("shipping", "تكلفة الشحن"), ("coupon", "كود الخصم"), ("payment", "طريقة الدفع"), ("status", "حالة الطلب"),
    ],
)  # fmt: skip
def test_headers_name_their_field_best(field: str, header: str):
    scores = {name: match(name, header) for name in ORDERS.fields}
    assert max(scores, key=lambda name: scores[name]) == field


def test_a_header_may_speak_against_a_field():
    assert (
        match("ts", "تاريخ الميلاد") == match("ts", "Due date") == match("order_total", "Total quantity") == 0
    )


SALLA = """رقم الطلب,حالة الطلب,تاريخ الطلب,اسم العميل,رقم الجوال,المدينة,اسم المنتج,SKU,الكمية,إجمالي الطلب,العملة,ملاحظات
1001,تم التنفيذ,25/03/2025 14:05,سارة الحربي,966551234567,الرياض,قهوة خولانية,CF-1,2,230.00,SAR,هدية
1002,ملغي,26/03/2025 09:00,نورة,٠٥٠١١١٢٢٣٣,جدة,دلة,DL-9,1,"1,150.50",SAR,
"""


def test_salla(tmp_path: Path):
    sheet = sheet_of(tmp_path / "salla.csv", SALLA)
    mapping = guess(sheet, settings=SHOP)
    assert columns(mapping) == {
        "order_id": "رقم الطلب", "status": "حالة الطلب", "ts": "تاريخ الطلب", "name": "اسم العميل", "phone": "رقم الجوال", "city": "المدينة",
        "product_name": "اسم المنتج", "product_id": "SKU", "quantity": "الكمية", "order_total": "إجمالي الطلب", "currency": "العملة",
    }  # fmt: skip
    assert (mapping.unmapped, mapping.day_first, mapping.currency_from) == (["ملاحظات"], True, "file")
    good, bad = read(sheet, mapping)
    assert bad.is_empty()
    first, second = good.rows(named=True)
    assert first["ts"] == datetime(2025, 3, 25, 11, 5, tzinfo=UTC)
    assert (first["phone"], second["phone"]) == ("+966551234567", "+966501112233")
    assert (first["status"], second["status"]) == ("completed", "cancelled")
    assert (first["order_total"], second["order_total"]) == (230.0, 1150.5)
    assert (json.loads(first["props"]), second["props"]) == ({"ملاحظات": "هدية"}, "{}")
    assert (first[ROW_NUMBER], second[ROW_NUMBER]) == (2, 3)


SHOPIFY = """Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Phone,Refunded Amount
#1001,SARA@x.com,paid,SAR,30,5,4.5,39.5,2025-03-01 10:00:00 +0300,1,Cup,10,C1,Sara A,'966551234567,0
#1001,SARA@x.com,,,,,,,,2,Pot,10,P1,,,
#1002,n@x.com,refunded,SAR,7,0,0,7,2025-03-02 10:00:00 +0300,1,Bag,7,B1,Noura,,7
"""


def test_shopify_lines_take_what_is_above_them(tmp_path: Path):
    sheet = sheet_of(tmp_path / "shopify.csv", SHOPIFY)
    source, export = recognised(sheet.header)
    mapping = guess(sheet, known=export.columns_in(sheet.header), why="so", settings=SHOP)
    assert (source.name, columns(mapping)["order_id"], columns(mapping)["name"]) == (
        "shopify",
        "Name",
        "Billing Name",
    )
    assert (columns(mapping)["quantity"], columns(mapping)["unit_price"]) == (
        "Lineitem quantity",
        "Lineitem price",
    )
    good, bad = read(sheet, mapping)
    assert bad.is_empty()
    _, second, _ = good.rows(named=True)
    assert second["ts"] == datetime(2025, 3, 1, 7, tzinfo=UTC)
    assert (second["name"], second["phone"], second["currency"], second["status"]) == (
        "Sara A",
        "+966551234567",
        "SAR",
        "completed",
    )
    assert (second["order_total"], second["unit_price"], second["quantity"]) == (None, 10.0, 2.0)


ODOO = """Order Reference,Order Date,Customer,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price
S1,2025-03-01,Sara,Cup,1,10
,,,Pot,2,20
,,,Bag,1,5
S2,2025-03-02,Noura,Cup,1,10
"""


def test_lines_below_their_order_even_in_the_next_batch(tmp_path: Path):
    sheet = sheet_of(tmp_path / "odoo.csv", ODOO)
    for size in (500_000, 2):
        good, bad = read(sheet, size=size)
        assert bad.is_empty()
        assert good["order_id"].to_list() == ["S1", "S1", "S1", "S2"]
        assert good["name"].to_list() == ["Sara", "Sara", "Sara", "Noura"]


def test_blank_lines_totals_and_notes(tmp_path: Path):
    text = "رقم الطلب,التاريخ,المبلغ\n1,2025-03-01,10\n,,\n2,2025-03-02,20\nالإجمالي:,,30\n,,طبع في الرياض\n"
    good, bad = read(sheet_of(tmp_path / "a.csv", text))
    assert good["order_id"].to_list() == ["1", "2"]
    assert bad.select(ROW_NUMBER, "reason").rows() == [
        (5, "A total row."),
        (6, "“طبع في الرياض” in المبلغ is not an amount."),
    ]
    assert json.loads(bad["raw"][0]) == {"رقم الطلب": "الإجمالي:", "التاريخ": "", "المبلغ": "30"}


def test_bad_rows_say_what_is_wrong_and_what_to_do(tmp_path: Path):
    text = "order id,date,qty,price,currency\n1,2025-03-01,1,5,SAR\n2,yesterday,1,5,SAR\n3,,1,5,SAR\n4,2025-03-01,few,5,SAR\n5,2025-03-01,1,,SAR\n6,2025-03-01,1,5,shells\n7,8\n"
    good, bad = read(sheet_of(tmp_path / "a.csv", text))
    assert good["order_id"].to_list() == ["1"]
    assert bad.select(ROW_NUMBER, "field", "reason").rows() == [
        (3, "ts", "“yesterday” in date is not a date."),
        (4, "ts", "date is empty."),
        (5, "quantity", "“few” in qty is not a number."),
        (6, "", "The row has no amount."),
        (7, "currency", "“shells” in currency is not a currency."),
        (8, "", "Cells in the row: 2, in the header: 5."),
    ]
    assert all(bad["remedy"].str.ends_with("."))


def test_an_order_total_on_its_first_line_only(tmp_path: Path):
    text = "order id,date,product,order total\n1,2025-03-01,Cup,30\n1,2025-03-01,Pot,\n2,2025-03-02,Bag,\n"
    good, bad = read(sheet_of(tmp_path / "a.csv", text))
    assert good["order_total"].to_list() == [30.0, None]
    assert bad[ROW_NUMBER].to_list() == [4]


def test_contradicting_dates_leave_the_minority_out(tmp_path: Path):
    text = "id,date,total\n" + "".join(f"{i},{i}/3/2025,5\n" for i in range(1, 32)) + "x,3/31/2025,5\n"
    sheet = sheet_of(tmp_path / "a.csv", text)
    good, bad = read(sheet)
    assert (good.height, bad.height) == (31, 1)
    assert "day/month/year" in bad["remedy"][0]


def test_ambiguous_dates_are_left_to_a_person(tmp_path: Path):
    sheet = sheet_of(tmp_path / "a.csv", "id,date,total\n1,3/4/2025,5\n2,5/6/2025,5\n")
    mapping = guess(sheet, settings=SHOP)
    assert mapping.day_first is None
    mapping.day_first = False
    assert read(sheet, mapping)[0]["ts"].dt.month().to_list() == [3, 5]


def test_the_day_may_be_decided_only_at_the_end_of_a_long_file(tmp_path: Path):
    lines = ["5/6/2025,5"] * 20_000 + ["6/25/2025,5"]
    mapping = guess(sheet_of(tmp_path / "a.csv", "date,total\n" + "\n".join(lines) + "\n"), settings=SHOP)
    assert mapping.day_first is False


def test_decimal_commas_and_currencies(tmp_path: Path):
    sheet = sheet_of(
        tmp_path / "a.csv", "id;date;total\n1;2025-03-01;1.234,50 €\n2;2025-03-01;7,5\n3;2025-03-01;12 SAR\n"
    )
    good, _ = read(sheet)
    assert good.select("order_total", "currency").rows() == [(1234.5, "EUR"), (7.5, "SAR"), (12.0, "SAR")]
    named = guess(sheet_of(tmp_path / "b.csv", "id,date,Total (AED)\n1,2025-03-01,5\n"), settings=SHOP)
    assert (named.currency, named.currency_from) == ("AED", "file")
    said = guess(
        sheet_of(tmp_path / "c.csv", "id,date,Total\n1,2025-03-01,5\n"),
        settings=SHOP,
        currency="KWD",
        timezone="Asia/Kuwait",
    )
    assert (said.currency, said.currency_from, said.timezone) == ("KWD", "given", "Asia/Kuwait")


def test_identifiers_saved_as_floats_and_with_apostrophes(tmp_path: Path):
    good, _ = read(
        sheet_of(
            tmp_path / "a.csv",
            "order id,customer id,date,total,sku\n'0012,17850.0,2025-03-01,5,A.0\n'0013,,2025-03-01,5,007\n",
        )
    )
    assert good["customer_id"].to_list() == ["17850", ""]
    assert good["order_id"].to_list() == ["0012", "0013"]
    assert good["product_id"].to_list() == ["A.0", "007"]


def test_phones_and_emails_that_cannot_be_read_stay_as_properties(tmp_path: Path):
    good, _ = read(
        sheet_of(
            tmp_path / "a.csv",
            "id,date,total,phone,email\n1,2025-03-01,5,920001234,none of yours\n2,2025-03-01,5,0551234567,a@b.co\n",
        )
    )
    assert good["phone"].to_list() == ["", "+966551234567"]
    assert [json.loads(props) for props in good["props"]] == [
        {"phone": "920001234", "email": "none of yours"},
        {},
    ]


def test_what_a_person_says_wins(tmp_path: Path):
    sheet = sheet_of(tmp_path / "a.csv", "id,date,total,other,phone\n1,2025-03-01,5,7,0551234567\n")
    mapping = guess(sheet, given={"order_total": "OTHER", "phone": ""}, settings=SHOP)
    assert (columns(mapping)["order_total"], mapping.columns["order_total"].confidence) == ("other", 1.0)
    assert "phone" not in mapping.columns
    with pytest.raises(UnknownName, match="Did you mean 'order_total'"):
        guess(sheet, given={"order_totl": "other"}, settings=SHOP)
    with pytest.raises(UnknownName, match="Did you mean 'other'"):
        guess(sheet, given={"order_total": "othr"}, settings=SHOP)


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        ("id,name,total\n1,x,5\n", "no column with dates. Its columns are: id, name, total", "--map ts="),
        (
            "id,date,name\n1,2025-03-01,x\n",
            "no column with amounts. Its columns are: id, date, name",
            "--map order_total=",
        ),
    ],
)
def test_a_missing_date_or_amount(tmp_path: Path, text: str, says: str, remedy: str):
    with pytest.raises(BadFile, match=says) as caught:
        guess(sheet_of(tmp_path / "a.csv", text), settings=SHOP)
    assert remedy in caught.value.remedy


def test_a_total_is_of_the_line_or_of_the_order(tmp_path: Path):
    head = "order id,date,product,qty,price,total\n"
    of_lines = head + "1,2025-03-01,a,2,5,10\n1,2025-03-01,b,3,5,15\n2,2025-03-02,a,2,5,10\n"
    of_orders = head + "1,2025-03-01,a,2,5,25\n1,2025-03-01,b,3,5,25\n2,2025-03-02,a,2,5,10\n"
    assert columns(guess(sheet_of(tmp_path / "a.csv", of_lines), settings=SHOP))["line_total"] == "total"
    assert columns(guess(sheet_of(tmp_path / "b.csv", of_orders), settings=SHOP))["order_total"] == "total"


def test_good_rows_have_the_types_of_their_fields(tmp_path: Path):
    good, bad = read(sheet_of(tmp_path / "salla.csv", SALLA))
    for name in set(good.columns) - {ROW_NUMBER, "props"}:
        assert good.schema[name] == DTYPES[FIELD_NAMES[name].kind], name
    assert (good.schema[ROW_NUMBER], good.schema["props"]) == (pl.UInt64, pl.String)
    assert bad.columns == [ROW_NUMBER, "raw", "field", "reason", "remedy"]
    assert not any(
        good[f.name].has_nulls() for f in FIELDS if f.name in good.columns and DTYPES[f.kind] == pl.String
    )


# The real data sets, as they are and disguised.

RETAIL = {"order_id": "InvoiceNo", "product_id": "StockCode", "product_name": "Description", "quantity": "Quantity", "ts": "InvoiceDate",
          "unit_price": "UnitPrice", "customer_id": "CustomerID", "country": "Country"}  # fmt: skip
ARABIC = [
    "رقم الفاتورة",
    "رمز المنتج",
    "الوصف",
    "الكمية",
    "تاريخ الفاتورة",
    "سعر الوحدة",
    "رقم العميل",
    "الدولة",
]


@pytest.fixture(scope="module")
def retail(shared_data: Path) -> pl.DataFrame:
    return pl.read_parquet(shared_data / "online_retail" / "online_retail.parquet")


@pytest.mark.shared
def test_online_retail_whole(shared_data: Path):
    sheet = open_file(shared_data / "online_retail" / "online_retail.parquet")[0]
    mapping = guess(sheet, settings=SHOP, timezone="Europe/London")
    assert columns(mapping) == RETAIL
    good, bad = read(sheet, mapping)
    assert (good.height, bad.height) == (541_909, 0)
    assert good["order_id"].n_unique() == 25_900
    assert good["customer_id"].n_unique() - 1 == 4_372
    assert (good["customer_id"] == "").sum() == 135_080
    assert round((good["quantity"] * good["unit_price"]).sum(), 2) == 9_747_747.93
    assert good["ts"].min() == datetime(2010, 12, 1, 8, 26, tzinfo=UTC)


def disguise(retail: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    return retail.rename(dict(zip(retail.columns, names, strict=True)))


@pytest.mark.shared
@pytest.mark.parametrize(
    "kind", ["csv", "arabic cp1256", "nameless", "letters", "shuffled", "xlsx", "jsonl", "gzip", "headerless"]
)
def test_online_retail_in_any_dress(retail: pl.DataFrame, tmp_path: Path, kind: str):
    """The first invoices, written in another way, read the same."""
    plain = retail.head(12_000 if kind != "xlsx" else 3_000)
    path, names = tmp_path / "a.csv", plain.columns
    dates = pl.col("InvoiceDate").dt.to_string("%d/%m/%Y %H:%M")
    match kind:
        case "csv":
            plain.write_csv(path)
        case "arabic cp1256":
            names = ARABIC
            text = disguise(plain.with_columns(dates), ARABIC).write_csv(separator=";")
            path.write_bytes(text.encode("cp1256", "replace"))
        case "nameless":
            names = [f"col{i}" for i in range(1, 9)]
            disguise(plain, names).write_csv(path)
        case "letters":
            names = list("ABCDEFGH")
            disguise(plain, names).write_csv(path)
        case "shuffled":
            plain.sample(fraction=1, shuffle=True, seed=7).write_csv(path)
        case "xlsx":
            plain.write_excel(path)
        case "jsonl":
            plain.write_ndjson(path)
        case "gzip":
            path.write_bytes(gzip.compress(plain.write_csv().encode()))
        case "headerless":
            names = [f"column {i}" for i in range(1, 9)]
            plain.write_csv(path, include_header=False)
    sheet = open_file(path)[0]
    mapping = guess(sheet, settings=SHOP)
    assert columns(mapping) == {name: names[plain.columns.index(column)] for name, column in RETAIL.items()}
    good, bad = read(sheet, mapping)
    assert (good.height, bad.height) == (plain.height, 0)
    assert summary(good) == {
        "orders": plain["InvoiceNo"].n_unique(),
        "customers": plain["CustomerID"].drop_nulls().n_unique(),
        "net": pytest.approx((plain["Quantity"] * plain["UnitPrice"]).sum()),
        "last": plain["InvoiceDate"].max(),
    }


def summary(good: pl.DataFrame) -> dict[str, Any]:
    local = good["ts"].dt.convert_time_zone("Asia/Riyadh").dt.replace_time_zone(None)
    return {
        "orders": good["order_id"].n_unique(),
        "customers": good["customer_id"].n_unique() - 1,
        "net": (good["quantity"] * good["unit_price"]).sum(),
        "last": local.max(),
    }


@pytest.mark.shared
@pytest.mark.parametrize("names", [["customer_id", "date", "cds", "value"], ["c1", "c2", "c3", "c4"]])
def test_cdnow(shared_data: Path, tmp_path: Path, names: list[str]):
    cdnow = pl.read_csv(shared_data / "cdnow" / "cdnow_transactions.csv.gz")
    cdnow.rename(dict(zip(cdnow.columns, names, strict=True))).write_csv(tmp_path / "a.csv")
    sheet = open_file(tmp_path / "a.csv")[0]
    mapping = guess(sheet, settings=SHOP)
    assert columns(mapping) == dict(
        zip(["ts", "customer_id", "quantity", "order_total"], [names[1], names[0], *names[2:]], strict=True)
    )
    good, bad = read(sheet, mapping)
    assert (good.height, bad.height, good["customer_id"].n_unique()) == (69_659, 0, 23_570)
    assert (good["quantity"].sum(), round(good["order_total"].sum(), 2)) == (167_881, 2_500_315.63)
