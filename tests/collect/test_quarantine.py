"""Rows that could not be taken: kept once, given out harmless, taken in again once set right."""

import csv
import io

import pytest

from masarat.collect import quarantine
from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.errors import BadFile
from masarat.records import Records
from masarat.settings import Settings
from masarat.store import quarantined

# Row 3 shares its order and product with row 2; row 6 has a cell too many. A column of the file is called "source".
ORDERS = """order_id,date,customer_id,sku,quantity,unit_price,source,note
1,2025-03-01,7,A,2,10,web,
1,2025-03-01,7,A,three,10,web,=HYPERLINK("http://evil")
2,some day,8,B,-1,5,web,-5
3,2025-03-03,9,C,1,4,web,
4,2025-03-04,9,C,1,4,web,,,extra
"""


@pytest.fixture
def records(tmp_path):
    found = Records(Settings(data=tmp_path))
    yield found
    found.close()


@pytest.fixture
def take(store, records, tmp_path):
    def take(text=ORDERS):
        path = tmp_path / "orders.csv"
        path.write_text(text, "utf-8")
        return import_files(store, records, [path], Choices(source="shop"))[0]

    return take


@pytest.fixture
def set_right(store, records, tmp_path):
    """Export, change cells by (order's row number, column), replay."""

    def set_right(changes):
        rows = waiting(store)
        for row in rows:
            row.update(changes.get(int(row["masarat:row_number"]), {}))
        path = tmp_path / "fixed.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return quarantine.replay(store, records, path, len)

    return set_right


def waiting(store):
    return list(csv.DictReader(io.StringIO(quarantine.export(store).removeprefix("\ufeff"))))


def log(store):
    return [
        tuple(row.values())
        for row in store.select("SELECT order_id, name, revenue FROM events ORDER BY order_id, name")
    ]


def test_bad_rows_wait_with_reason_and_remedy(take, store):
    assert take().rejected == 3
    rows = waiting(store)
    assert [(row["masarat:row_number"], row["masarat:field"]) for row in rows] == [
        ("3", "quantity"),
        ("4", "ts"),
        ("6", ""),
    ]
    assert all(row["masarat:reason"] and row["masarat:remedy"] for row in rows)
    assert (rows[0]["order_id"], rows[0]["quantity"], rows[0]["source"]) == ("1", "three", "web")
    assert log(store) == [("1", "Order Completed", 20), ("3", "Order Completed", 4)]


def test_the_export_is_harmless_in_a_spreadsheet(take, store):
    take()
    text = quarantine.export(store)
    assert text.startswith("\ufeff")
    first, second, _ = waiting(store)
    assert first["note"] == '\'=HYPERLINK("http://evil")'
    assert (second["quantity"], second["note"]) == ("-1", "-5")


def test_rows_set_right_join_their_orders(take, set_right, store):
    take()
    report = set_right({3: {"quantity": "3"}})
    assert (report.replayed, report.still_wrong, report.added, report.restated) == (2, 1, 1, 1)
    assert "row 4" in report.reasons[0]
    stands = [("1", "Order Completed", 50), ("3", "Order Completed", 4), ("4", "Order Completed", 4)]
    assert log(store) == stands
    assert quarantined.count_waiting(store) == 1
    take()
    assert log(store) == stands
    assert quarantined.count_waiting(store) == 1


def test_rows_of_two_tables_are_set_right_together(take, set_right, store):
    """A row that did not fit its table is not read as one of another table, whose columns are not all there."""
    take()
    take("order_id,date,unit_price,unit_price\n7,2025-03-05,5,6\n")
    found = set_right({3: {"quantity": "3"}, 6: {"note": "", "column 9": "", "column 10": ""}})
    assert (found.replayed, found.still_wrong) == (2, 1)


def test_a_column_that_was_taken_out_is_named(take, store, records, tmp_path):
    take()
    rows = waiting(store)
    path = tmp_path / "fixed.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name != "note"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(BadFile, match=r"no column 'note' any more.* keep its columns"):
        quarantine.replay(store, records, path, len)


def test_rows_are_taken_in_once(take, set_right, store, records, tmp_path):
    take()
    set_right({3: {"quantity": "3"}, 4: {"date": "2025-03-02"}})
    before = log(store)
    again = quarantine.replay(store, records, tmp_path / "fixed.csv", len)
    assert (again.replayed, again.closed_before) == (0, 3)
    assert log(store) == before


def test_a_replay_cut_short_can_be_done_again(take, set_right, store, monkeypatch):
    take()
    right = {3: {"quantity": "3"}, 4: {"date": "2025-03-02"}}

    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(quarantine, "_write", cut)
        with pytest.raises(KeyboardInterrupt):
            set_right(right)
    before = log(store)
    report = set_right(right)
    assert (report.replayed, report.added, report.restated) == (
        3,
        1,
        0,
    )  # row 6, whose columns differ, had not its turn
    assert log(store) == [*before, ("4", "Order Completed", 4)]


def test_dismissed_rows_do_not_come_back(take, store):
    take()
    assert quarantine.dismiss(store, "another") == 0
    assert quarantine.dismiss(store) == 3
    take()
    assert waiting(store) == []


def test_another_file_is_refused(store, records, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)
    with pytest.raises(BadFile, match="not a quarantine file"):
        quarantine.replay(store, records, path, len)
