"""Files of every kind and condition, down to the row number that a person would say."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.collect import delimited
from masarat.collect.fields import ROW_NUMBER
from masarat.collect.reading import BROKEN, open_file
from masarat.collect.sheets import Sheet
from masarat.errors import BadFile

TABLE = [["رقم الطلب", "الاسم", "المبلغ"], ["1", "سارة", "10.5"], ["2", "نورة", "20"]]
CSV = "\n".join(",".join(row) for row in TABLE) + "\n"


def put(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def only(path: Path) -> Sheet:
    [sheet] = open_file(path)
    return sheet


def rows(sheet: Sheet, size: int = 500_000) -> list[tuple[object, ...]]:
    """(row number, cells…) of every row that fits the table."""
    frame = pl.concat(list(sheet.batches(size)), how="diagonal")
    if BROKEN in frame.columns:
        frame = frame.filter(pl.col(BROKEN).is_null())
    return frame.select(ROW_NUMBER, *sheet.header).rows()


def broken(sheet: Sheet) -> list[tuple[int, dict[str, str], str]]:
    """(row number, cells, reason) of every row that does not fit the table."""
    frame = pl.concat(list(sheet.batches()), how="diagonal").filter(pl.col(BROKEN).is_not_null())
    told = frame.select(ROW_NUMBER, BROKEN).unnest(BROKEN)
    return [(number, json.loads(raw), reason) for number, raw, reason, _ in told.rows()]


EXPECTED = [(2, "1", "سارة", "10.5"), (3, "2", "نورة", "20")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str):
    sheet = only(put(tmp_path / "orders.csv", CSV.replace(",", delimiter), encoding))
    assert sheet.header == TABLE[0]
    assert rows(sheet) == EXPECTED


def test_latin_letters_stay_latin(tmp_path: Path):
    sheet = only(put(tmp_path / "a.csv", "id,name\n1,Café crème à la française\n2,Müller £5\n", "latin-1"))
    assert [row[2] for row in rows(sheet)] == ["Café crème à la française", "Müller £5"]


def test_an_arabic_word_late_in_the_file_still_decides_the_encoding(tmp_path: Path):
    text = "id,name\n" + "1,plain\n" * 200_000 + "2,مسارات\n"
    assert rows(only(put(tmp_path / "a.csv", text, "cp1256")))[-1] == (200_002, "2", "مسارات")


def test_a_few_broken_letters_do_not_change_the_encoding(tmp_path: Path):
    content = "id,name\n1,مسارات للتحليلات\n2,".encode() + b"\xff" + "سارة\n".encode()
    assert [row[2] for row in rows(only(put(tmp_path / "a.csv", content)))] == [
        "مسارات للتحليلات",
        "\ufffdسارة",
    ]


def test_titles_and_comments_above_the_header(tmp_path: Path):
    text = "تقرير الطلبات\n# exported today\n\nid,date,total\n7,2025-01-01,5\n"
    sheet = only(put(tmp_path / "a.csv", text))
    assert (sheet.header, rows(sheet)) == (["id", "date", "total"], [(5, "7", "2025-01-01", "5")])


def test_excels_own_declaration_of_the_delimiter(tmp_path: Path):
    sheet = only(put(tmp_path / "a.csv", 'sep=;\nid;note\n1;"a,b,c"\n'))
    assert (sheet.header, rows(sheet)) == (["id", "note"], [(3, "1", "a,b,c")])


def test_no_header_at_all(tmp_path: Path):
    sheet = only(put(tmp_path / "a.csv", "1,2025-01-01,5\n2,2025-01-02,6\n"))
    assert sheet.header == ["column 1", "column 2", "column 3"]
    assert [row[0] for row in rows(sheet)] == [1, 2]


def test_repeated_and_empty_column_names_are_told_apart(tmp_path: Path):
    sheet = only(put(tmp_path / "a.csv", "id,total,,total,row_number\na,b,c,d,e\n"))
    assert sheet.header == ["id", "total", "column 3", "total (4)", "row_number (5)"]


def test_quotes_newlines_and_stray_quotes(tmp_path: Path):
    text = 'id,name,n\n1,"a ""b""\nc",2\n2,12" frame,3\n\n3,"x"y,4\n'
    assert rows(only(put(tmp_path / "a.csv", text))) == [
        (2, "1", 'a "b"\nc', "2"),
        (3, "2", '12" frame', "3"),
        (4, "", "", ""),
        (5, "3", "xy", "4"),
    ]


def test_rows_that_do_not_fit_are_kept_with_their_numbers(tmp_path: Path):
    sheet = only(put(tmp_path / "a.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n13\n"))
    assert rows(sheet) == [(2, "1", "2", "3"), (5, "10", "11", "12")]
    assert broken(sheet) == [
        (3, {"a": "4", "b": "5", "c": ""}, "Cells in the row: 2, in the header: 3."),
        (4, {"a": "6", "b": "7", "c": "8", "column 4": "9"}, "Cells in the row: 4, in the header: 3."),
        (6, {"a": "13", "b": "", "c": ""}, "Cells in the row: 1, in the header: 3."),
    ]


def test_only_broken_rows(tmp_path: Path):
    sheet = only(put(tmp_path / "a.csv", 'a,b,c\n1,"2,\n"\n'))
    assert [raw for _, raw, _ in broken(sheet)] == [{"a": "1", "b": "2,\n", "c": ""}]


def test_zero_bytes_are_left_out(tmp_path: Path):
    assert rows(only(put(tmp_path / "a.csv", "a,b\n1,x\0y\n"))) == [(2, "1", "xy")]


def test_batches_are_of_the_asked_size_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delimited, "BLOCK", 1 << 12)
    monkeypatch.setattr(delimited, "SAMPLE_BLOCK", 1 << 12)
    lines = [f"{i},{'x' * (i % 50)}" if i % 97 else f"{i},too,many" for i in range(1, 20_001)]
    sheet = only(put(tmp_path / "a.csv", "id,text\n" + "\n".join(lines) + "\n"))
    for size in (700, 12_000):
        batches = list(sheet.batches(size))
        whole = [b if BROKEN not in b.columns else b.filter(pl.col(BROKEN).is_null()) for b in batches]
        assert {batch.height for batch in whole[:-1]} == {size}
        numbers = pl.concat([batch[ROW_NUMBER] for batch in batches])
        assert numbers.to_list() == list(range(2, 20_002))
        assert all((b["id"].cast(pl.UInt64) + 1 == b[ROW_NUMBER]).all() for b in whole)


def test_a_quote_that_is_never_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delimited, "BLOCK", 1 << 12)
    sheet = only(put(tmp_path / "a.csv", 'a,b\n1,"open\n' + "2,3\n" * 50_000))
    with pytest.raises(BadFile, match="quotation mark that is never closed"):
        list(sheet.batches())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b" \r\n\r\n", "a.csv is empty"),
        ("a.csv", b"a,b,c\n", "a header and no rows"),
        ("a.csv", b"a,b,c\n\n,,\n", "a header and no rows"),
        ("a.csv", b"just a letter\nto a friend\n", "single column"),
        ("a.csv", b"%PDF-1.7 ...", "a PDF document"),
        ("a.csv", b"<!DOCTYPE html><html></html>", "a web page"),
        ("a.csv", bytes(range(256)) * 8, "not a table"),
        ("a.parquet", b"PAR1 and then nothing", "cut short or damaged"),
        ("a.json", b'[{"a": 1},', "not valid JSON"),
        ("a.json", b"[]", "no list of objects"),
        ("a.json", b'{"data": []}', "no list of objects"),
        ("a.gz", gzip.compress(CSV.encode(), mtime=0)[:-9], "cut short or damaged"),
        ("a.zip", b"PK\x03\x04 and then nothing", "cut short or damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "not a workbook we can read"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_once(tmp_path: Path, name: str, content: bytes, says: str):
    with pytest.raises(BadFile, match=says) as caught:
        open_file(put(tmp_path / name, content))
    assert name in caught.value.sentence
    assert caught.value.remedy


def test_a_missing_file(tmp_path: Path):
    with pytest.raises(BadFile, match="There is no file"):
        open_file(tmp_path / "nowhere.csv")


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path: Path):
    assert rows(only(put(tmp_path / "a.xlsx", CSV))) == EXPECTED
    frame = pl.DataFrame({"id": ["1"], "n": [2]})
    frame.write_parquet(tmp_path / "a.csv")
    assert rows(only(tmp_path / "a.csv")) == [(1, "1", 2)]


def book(path: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, cells in sheets.items():
        sheet = made.create_sheet(title)
        for row in cells:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    made.save(path)
    return path


def test_a_workbook_gives_its_visible_tables_with_their_own_row_numbers(tmp_path: Path):
    table = [
        ["تقرير"],
        [],
        ["id", "when", "total"],
        [1, datetime(2025, 3, 1, 10, 5), 2.5],  # noqa: DTZ001
        [],
        ["C7", None, 3],
    ]
    path = book(
        tmp_path / "b.xlsx",
        {"الطلبات": table, "empty": [], "secret": table, "note": [["hello"]]},
        ("secret",),
    )
    [sheet] = open_file(path)
    assert (sheet.file, sheet.header) == ("b.xlsx [الطلبات]", ["id", "when", "total"])
    assert rows(sheet)[0] == (4, "1", "2025-03-01 10:05:00", "2.5")
    assert rows(sheet)[-1] == (6, "C7", "", "3")


def test_a_damaged_workbook(tmp_path: Path):
    whole = book(tmp_path / "b.xlsx", {"a": [["id", "n"], [1, 2]]}).read_bytes()
    with pytest.raises(BadFile, match="cut short or damaged"):
        open_file(put(tmp_path / "cut.xlsx", whole[: len(whole) // 2]))
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    with pytest.raises(BadFile, match="damaged, protected"):
        open_file(tmp_path / "bad.xlsx")


OBJECTS = [{"id": 1, "who": {"phone": "05"}}, {"id": "C2", "who": {"phone": "06", "vip": True}}]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(OBJECTS),
        json.dumps({"data": OBJECTS, "pages": 3}),
        "\n".join(map(json.dumps, OBJECTS)),
        "\ufeff" + "\n".join(map(json.dumps, OBJECTS)),
    ],
)
def test_json_as_array_wrapped_and_by_lines(tmp_path: Path, content: str):
    sheet = only(put(tmp_path / "a.json", content))
    assert sheet.header == ["id", "who.phone", "who.vip"]
    assert rows(sheet) == [(1, "1", "05", None), (2, "C2", "06", True)]


def test_lists_of_objects_within_an_object_become_rows(tmp_path: Path):
    orders = [{"id": 7, "items": [{"sku": "a", "n": 1}, {"sku": "b", "n": 2}], "tags": ["x", "y"]}]
    sheet = only(put(tmp_path / "a.json", json.dumps(orders)))
    assert rows(sheet) == [(1, 7, "a", 1, '["x","y"]'), (1, 7, "b", 2, '["x","y"]')]


def test_a_line_that_is_no_object_stops_nothing(tmp_path: Path):
    sheet = only(put(tmp_path / "a.jsonl", '{"id": 1, "n": 2}\n{"id": 2, \n\n{"id": 3, "n": 4}\n'))
    assert rows(sheet) == [(1, 1, 2), (4, 3, 4)]
    assert broken(sheet) == [(2, {"row": '{"id": 2, '}, "The line is not a JSON object.")]


def test_parquet_keeps_its_types(tmp_path: Path):
    frame = pl.DataFrame(
        {"id": [1, None], "kind": pl.Series(["a", "b"], dtype=pl.Categorical), "n": [1.5, 2.5]}
    )
    frame.write_parquet(tmp_path / "a.parquet")
    sheet = only(tmp_path / "a.parquet")
    [batch] = sheet.batches()
    assert (sheet.rows, batch.schema["id"], batch.schema["kind"]) == (2, pl.Int64, pl.String)
    assert rows(sheet) == [(1, 1, "a", 1.5), (2, None, "b", 2.5)]


def test_small_batches_of_a_native_table_lose_nothing(tmp_path: Path):
    pl.DataFrame({"id": range(25_000)}).write_parquet(tmp_path / "a.parquet")
    sheet = only(tmp_path / "a.parquet")
    assert sheet.sample.height == 10_000
    batches = list(sheet.batches(4_000))
    assert max(batch.height for batch in batches) <= 4_000
    assert pl.concat(batches)["id"].to_list() == list(range(25_000))


def test_parquet_that_is_damaged_inside(tmp_path: Path):
    pl.DataFrame({"id": ["some text"] * 1000, "n": range(1000)}).write_parquet(tmp_path / "a.parquet")
    content = bytearray((tmp_path / "a.parquet").read_bytes())
    content[4:40] = bytes(36)
    with pytest.raises(BadFile, match=r"a\.parquet is damaged"):
        list(only(put(tmp_path / "a.parquet", bytes(content))).batches())


def test_archives(tmp_path: Path):
    put(tmp_path / "a.csv.gz", gzip.compress(CSV.encode("cp1256")))
    assert rows(only(tmp_path / "a.csv.gz")) == EXPECTED
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../2025.csv", CSV)
        archive.writestr("more/2026.csv.gz", gzip.compress(CSV.encode(), mtime=0))
        archive.writestr("__MACOSX/._2025.csv", "clutter")
    sheets = open_file(tmp_path / "a.zip")
    assert [sheet.file for sheet in sheets] == ["a.zip/../../2025.csv", "a.zip/more/2026.csv.gz"]
    assert [rows(sheet) for sheet in sheets] == [EXPECTED, EXPECTED]
    assert not (tmp_path.parent.parent / "2025.csv").exists()


def test_what_is_packed_for_people_to_read_is_passed_over(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("export/orders.csv", CSV)
        archive.writestr("export/ReadMe first.txt", "How to read this, with commas, and\nlines.\n")
        archive.writestr("اقرأني.txt", "مرحبا")
        archive.writestr("logo.png", b"\x89PNG\r\n")
    table, *papers = open_file(tmp_path / "a.zip")
    assert rows(table) == EXPECTED
    assert [paper.skipped.partition(" is ")[0] for paper in papers] == [
        "export/ReadMe first.txt", "اقرأني.txt", "logo.png",
    ]  # fmt: skip
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("readme.csv", CSV)
    assert rows(only(tmp_path / "b.zip")) == EXPECTED


def test_an_unpacked_copy_lives_no_longer_than_its_sheet(tmp_path: Path):
    sheet = only(put(tmp_path / "a.csv.gz", gzip.compress(CSV.encode())))
    copy = sheet.path  # type: ignore[attr-defined]
    assert copy.exists()
    del sheet
    assert not copy.exists()


def test_an_archive_that_unpacks_to_far_too_much(tmp_path: Path):
    with gzip.open(tmp_path / "bomb.gz", "wb", compresslevel=9) as file:
        for _ in range(160):
            file.write(b"0" * (1 << 20))
    with pytest.raises(BadFile, match="far more than it should"):
        open_file(tmp_path / "bomb.gz")


def test_an_archive_packed_over_and_over(tmp_path: Path):
    content = CSV.encode()
    for _ in range(4):
        content = gzip.compress(content)
    with pytest.raises(BadFile, match="packed more than"):
        open_file(put(tmp_path / "a.gz", content))


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('",;\n'), max_size=12
)


@settings(max_examples=40)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=20))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]):
    """Any cells, written by polars as CSV, come back as they were."""
    cells = [["id", *row] for row in cells]
    frame = pl.DataFrame(cells, schema=["key", "one", "two", "three"], orient="row")
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    frame.write_csv(path, quote_style="always")
    assert [list(row[1:]) for row in rows(only(path))] == cells
