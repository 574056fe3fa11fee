"""Files taken in: what is reported, remembered, refused, and what a second time changes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from masarat.collect import importing
from masarat.collect.choosing import Choices
from masarat.collect.history import history
from masarat.collect.importing import import_files, previews
from masarat.errors import BadFile, BadParameter, UnknownName
from masarat.settings import Settings

ORDERS = """رقم الطلب,تاريخ الطلب,اسم العميل,رقم الجوال,اسم المنتج,الكمية,سعر الوحدة,المدينة,ملاحظات
1001,15/03/2025,نورة,0501234567,قهوة,2,25.50,الرياض,هدية
1001,15/03/2025,نورة,0501234567,فلتر,1,10,الرياض,
1002,16/03/2025,سعد,٠٥٠٧٦٥٤٣٢١,قهوة,كثير,25.50,جدة,
1004,17/03/2025,,,قهوة,-1,25.50,جدة,
"""


def log(store):
    return store.select(
        "SELECT name, visitor_id, order_id, revenue, currency, city, import_id, toString(props) AS props FROM events ORDER BY order_id, name"
    )


def test_a_merchants_file(take, store):
    report = take(ORDERS)
    assert report.model_dump(include={"rows", "orders", "customers", "unidentified", "returned", "rejected", "added", "net"}) == {
        "rows": 4, "orders": 2, "customers": 1, "unidentified": 1, "returned": 1, "rejected": 1, "added": 2, "net": {"SAR": 35.5},
    }  # fmt: skip
    assert (report.first, report.last) == (
        datetime(2025, 3, 14, 21, tzinfo=UTC),
        datetime(2025, 3, 16, 21, tzinfo=UTC),
    )
    bought, returned = log(store)
    assert (bought["visitor_id"], bought["revenue"], bought["city"]) == ("phone:+966501234567", 61, "الرياض")
    assert (returned["name"], returned["revenue"], returned["visitor_id"]) == ("Order Refunded", -25.5, "")
    assert "هدية" in bought["props"]
    assert bought["import_id"] == report.import_id


def test_the_same_file_again_adds_nothing(take, store):
    take(ORDERS)
    before = log(store)
    report = take(ORDERS)
    assert (report.added, report.known, report.restated) == (0, 2, 0)
    assert log(store) == before
    assert store.select("SELECT count() AS n FROM quarantine")[0]["n"] == 1


def test_a_dry_run_counts_and_writes_nothing(take, store, records):
    report = take(ORDERS, dry_run=True)
    assert (report.added, report.rejected, report.dry_run) == (2, 1, True)
    assert (log(store), history(records)) == ([], [])
    assert store.select("SELECT count() AS n FROM quarantine")[0]["n"] == 0


def test_what_was_said_is_remembered_with_the_source(take):
    text = "code,when,who,x1,x2\n1,2025-03-01,7,10,99\n2,2025-03-02,8,20,98\n"
    first = take(text, source="till", mapping={"order_total": "x2", "customer_id": "who"}, currency="KWD")
    again = take(text)
    assert first.source == again.source == "till"
    assert first.net == again.net == {"KWD": 197}
    assert {c.field: c.column for c in again.preview.columns} == {
        c.field: c.column for c in first.preview.columns
    }


def test_a_new_choice_overrules_what_was_kept(take):
    text = "code,when,who,x1,x2\n1,2025-03-01,7,10,99\n2,2025-03-02,8,20,98\n"
    take(text, mapping={"order_total": "x2"})
    assert take(text, mapping={"order_total": "x1"}).net == {"SAR": 30}


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ({"timezone": "Mars"}, "Asia/Riyadh"),
        ({"timezone": "Asia"}, "Asia/Riyadh"),
        ({"currency": "rial"}, "like SAR"),
        ({"currency": "د.ك"}, "like KWD"),
    ],
)
def test_what_is_said_wrongly_is_refused_and_not_remembered(take, said, remedy):
    with pytest.raises(BadParameter, match=remedy):
        take(ORDERS, **said)
    assert take(ORDERS).net == {"SAR": 35.5}


@pytest.mark.parametrize(
    "row", ["2,2025-03-02,1," + "9" * 400, "2,2025-03-02,1,-1e15", "2,2025-03-02,1000000000,1000000000"]
)
def test_an_amount_that_no_shop_can_mean_stops_no_file(take, row):
    report = take(f"order_id,date,quantity,unit_price\n1,2025-03-01,2,10\n{row}\n")
    assert (report.rejected, report.net) == (1, {"SAR": 20})


@pytest.mark.parametrize("day", ["1900-01-01", "1950-06-01", "1970-01-01", "2150-01-01"])
def test_days_that_the_store_cannot_count_are_rejected(take, day):
    report = take(f"order_id,date,customer,total\n1,{day},a@b.com,10\n2,2025-03-01,a@b.com,20\n")
    assert (report.rejected, report.net) == (1, {"SAR": 20})


@pytest.mark.parametrize(("dates", "first"), [("dmy", date(2025, 4, 3)), ("mdy", date(2025, 3, 4))])
def test_dates_that_can_be_read_both_ways_are_asked_for(take, dates, first):
    text = "order_id,date,total\n1,03/04/2025,10\n2,05/06/2025,10\n"
    with pytest.raises(BadParameter, match="--dates dmy"):
        take(text)
    assert take(text, dates=dates).first.astimezone(Settings().zone).date() == first
    assert take(text).first.astimezone(Settings().zone).date() == first


def test_currencies_are_never_mixed(take, store):
    report = take("order_id,date,total,currency\n1,2025-03-01,10,SAR\n2,2025-03-02,20,USD\n3,2025-03-03,5,\n")
    assert report.net == {"SAR": 15, "USD": 20}
    assert report.currency_assumed == ""


def test_says_which_currency_it_assumed(take):
    assert "taken as SAR" in take("order_id,date,total\n1,2025-03-01,10\n").notes[0]


def test_a_directory_and_a_file_that_cannot_be_read(store, records, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text("order_id,date,total\n1,2025-03-01,10\n")
    (folder / "b.csv").write_text("")
    (folder / "c.jsonl").write_text('{"order_id": "2", "date": "2025-03-02", "total": 7}\n')
    reports = import_files(store, records, [folder], Choices())
    assert [(report.file, report.added, bool(report.error)) for report in reports] == [
        ("a.csv", 1, False), ("b.csv", 0, True), ("c.jsonl", 1, False),
    ]  # fmt: skip
    assert reports[1].remedy


def test_one_file_that_cannot_be_read_is_an_error(take, store, records, tmp_path):
    with pytest.raises(BadFile):
        take("")
    with pytest.raises(BadFile, match="--map ts=COLUMN"):
        take("order_id,total\n1,10\n")
    with pytest.raises(UnknownName, match="Did you mean 'quantity'"):
        Choices(mapping={"quantty": "x"})
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(BadFile, match="no files"):
        import_files(store, records, [empty], Choices())


def test_runs_are_kept(take, records):
    take(ORDERS)
    with pytest.raises(BadFile):
        take("order_id,total\n1,10\n", "bad.csv")
    run = history(records)[0]
    assert (run.state, run.rows, run.rejected, run.added, run.file) == ("done", 4, 1, 2, "orders.csv")
    assert run.ended_at >= run.started_at


def test_a_run_that_fails_says_why(take, records, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(importing, "write", broken)
    with pytest.raises(RuntimeError):
        take(ORDERS)
    assert [(run.state, run.error) for run in history(records)] == [("failed", "the disk is full")]


def test_a_preset_knows_its_columns(take):
    text = "Name,Email,Created at,Lineitem quantity,Lineitem name,Lineitem price,Currency,Total\n#1,a@b.sa,2025-03-01 10:00:00 +0300,2,Mug,10,SAR,20\n#1,,,1,Cup,5,,\n"
    report = take(text, preset="shopify")
    assert (report.orders, report.net, report.rejected) == (1, {"SAR": 25}, 0)
    with pytest.raises(UnknownName, match="source of files"):
        take(text, preset="shopfy")


def test_a_preview_touches_no_store(records, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, "utf-8")
    found = previews(records, Settings(data=tmp_path), [path], Choices())[0]
    assert {c.field for c in found.columns} >= {"order_id", "ts", "phone", "quantity", "unit_price"}
    assert (found.unmapped, found.dates) == (["ملاحظات"], "dmy")


def test_progress_goes_up_to_all_rows(take):
    seen = []
    take(ORDERS, watch=lambda file, done, total: seen.append((file, done, total)))
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert seen[-1][0] == "orders.csv"


def test_a_large_file_goes_through_the_disk_and_ends_the_same(store, records, tmp_path, monkeypatch):
    many = pl.DataFrame(
        {
            "order_id": [str(n // 3) for n in range(3_000)],
            "date": ["2025-03-01"] * 3_000,
            "customer_id": [str(n // 3 % 50) for n in range(3_000)],
            "sku": [f"p{n % 7}" for n in range(3_000)],
            "quantity": [1 + n % 3 for n in range(3_000)],
            "unit_price": [Decimal(n % 11) / 4 for n in range(3_000)],
        }
    ).sample(fraction=1, shuffle=True, seed=3)  # fmt: skip
    path = tmp_path / "many.csv"
    many.write_csv(path)
    monkeypatch.setattr(importing, "ROWS_IN_MEMORY", 400)
    spilled = import_files(store, records, [path], Choices(source="a"))[0]
    monkeypatch.setattr(importing, "ROWS_IN_MEMORY", 1_000_000)
    whole = import_files(store, records, [path], Choices(source="b"))[0]
    same = {"rows", "orders", "added", "customers", "net", "unidentified", "returned", "first", "last"}
    assert spilled.model_dump(include=same) == whole.model_dump(include=same)
    assert import_files(store, records, [path], Choices(source="a"))[0].known == 1_000
    assert not list(store.settings.data.glob("spill-*"))
