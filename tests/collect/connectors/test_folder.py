"""A watched folder: what is put there comes in by itself, once, when it is whole; and nothing from outside."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from masarat.collect import connections
from masarat.collect.choosing import Choices
from masarat.collect.connectors import files, folder
from masarat.collect.importing import import_files
from masarat.collect.syncing import sync
from masarat.errors import BadParameter, StoreMissing

HEAD = "order_id,date,phone,product_id,quantity,line_total,currency\n"
STANDING = "SELECT source, order_id, toFloat64(revenue) AS revenue FROM events WHERE name = 'Order Completed' ORDER BY source, order_id"


def order(number, total):
    return f"{number},2025-03-{number:02}T10:00:00,05512345{number:02},CUP,1,{total},SAR\n"


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    """A folder in which every file counts as whole."""
    monkeypatch.setattr(folder, "SETTLED_SECONDS", 0.0)
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def put(place, name, text, *, at=0):
    """Write a file that was last changed at this second of 2025."""
    path = place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text) if isinstance(text, bytes) else path.write_text(text, "utf-8")
    second = 1_735_689_600 + at
    os.utime(path, (second, second))
    return path


def standing(store):
    return [(row["order_id"], row["revenue"]) for row in store.select(STANDING)]


def test_files_come_in_as_import_takes_them_and_once(inbox, ask, store, records):
    put(inbox, "orders.csv", HEAD + order(1, 10))
    put(inbox, "branch/orders.csv", HEAD + order(2, 20))
    run = ask("folder", path=str(inbox))
    assert (run.pages, run.rows, run.added, run.notes) == (2, 2, 2, [])
    assert standing(store) == [("1", 10.0), ("2", 20.0)]
    again = ask("folder")
    assert (again.pages, again.rows, again.added) == (1, 0, 0)
    by_hand = import_files(store, records, [inbox / "orders.csv"], Choices())[0]
    assert (by_hand.source, by_hand.added, by_hand.known) == ("shop", 0, 1), (
        "the same source, and nothing twice"
    )
    assert connections.brought(records, "folder") == ["shop"]


def test_a_file_that_changed_is_taken_again_and_of_two_the_newer_stands(inbox, ask, store):
    put(inbox, "b.csv", HEAD + order(1, 10), at=1)
    put(inbox, "a.csv", HEAD + order(1, 11), at=2)
    ask("folder", path=str(inbox))
    assert standing(store) == [("1", 11.0)]
    put(inbox, "b.csv", HEAD + order(1, 10), at=3)  # touched, not changed
    assert (ask("folder").rows, standing(store)) == (0, [("1", 11.0)])
    put(
        inbox, "b.csv", HEAD + order(1, 12), at=3
    )  # of the same size and time: unseen, as make would not see it
    assert ask("folder").rows == 0
    put(inbox, "b.csv", HEAD + order(1, 12) + order(3, 5), at=4)
    run = ask("folder")
    assert (run.rows, standing(store)) == (2, [("1", 12.0), ("3", 5.0)])


def test_what_was_written_just_now_waits(inbox, ask, store, monkeypatch):
    monkeypatch.setattr(folder, "SETTLED_SECONDS", 10.0)
    put(inbox, "orders.csv", HEAD + order(1, 10))  # long ago, it says; but the file system knows better
    run = ask("folder", path=str(inbox))
    assert (run.rows, run.notes) == (0, ["orders.csv was written just now: it waits for the next sync."])
    monkeypatch.setattr(folder, "SETTLED_SECONDS", 0.0)
    assert (ask("folder").rows, standing(store)) == (1, [("1", 10.0)])


def test_what_grows_while_it_is_read_waits(inbox, ask, store, monkeypatch):
    path = put(inbox, "orders.csv", HEAD + order(1, 10))
    read = files.digest

    def grown(file):
        found = read(file)
        with path.open("a") as more:
            more.write(order(2, 20))
        return found

    monkeypatch.setattr(folder, "digest", grown)
    run = ask("folder", path=str(inbox))
    assert (run.rows, run.notes, standing(store)) == (0, ["orders.csv waits: it is still being written."], [])
    monkeypatch.undo()
    monkeypatch.setattr(folder, "SETTLED_SECONDS", 0.0)
    assert ask("folder").rows == 2


def test_what_is_remembered_names_no_file(inbox, ask, records, store):
    put(inbox, "نورة 0501234567.csv", HEAD + order(1, 10))
    ask("folder", path=str(inbox))
    cursor = connections.find(records, "folder").cursor
    assert (len(cursor["files"]), "0501234567" in str(cursor)) == (1, False)
    (inbox / "نورة 0501234567.csv").unlink()
    ask("folder")
    assert connections.find(records, "folder").cursor["files"] == {}, "what is gone is forgotten"
    assert list((store.settings.data / "uploads").iterdir()) == []


def test_what_is_refused_is_told_and_tried_again_when_it_changed(inbox, ask, store, records):
    put(inbox, "notes.pdf", b"%PDF-1.7 nothing")
    put(inbox, "orders.csv", HEAD + order(1, 10))
    run = ask("folder", path=str(inbox))
    assert (run.state, run.rows, standing(store)) == ("done", 1, [("1", 10.0)])
    assert run.notes == ["notes.pdf is a PDF document, not a table. Export it as CSV, XLSX, JSON or Parquet."]
    assert connections.runs(records, "folder")[0].notes == run.notes
    assert ask("folder").notes == []
    put(inbox, "notes.pdf", HEAD + order(2, 20), at=5)
    assert (ask("folder").rows, standing(store)) == (1, [("1", 10.0), ("2", 20.0)])


def test_dates_that_can_be_read_both_ways_are_asked_for(inbox, ask, store):
    put(inbox, "orders.csv", "order_id,date,phone,total,currency\n1,03/04/2025,0551234501,10,SAR\n")
    assert "--dates" in ask("folder", path=str(inbox)).notes[0]
    assert ask("folder", path=str(inbox), dates="dmy").notes == []
    days = store.select(
        "SELECT toString(toDate(ts, 'Asia/Riyadh')) AS day FROM events WHERE name = 'Order Completed'"
    )
    assert days == [{"day": "2025-04-03"}]


def test_links_and_half_files_are_not_followed(inbox, ask, store, tmp_path):
    outside = put(tmp_path, "outside/secret.csv", HEAD + order(9, 90))
    (inbox / "link.csv").symlink_to(outside)
    (inbox / "linked").symlink_to(outside.parent)
    os.mkfifo(inbox / "pipe.csv")
    for name in (".orders.csv.Xy12", "orders.csv.part", "~$orders.xlsx", ".git/orders.csv"):
        put(inbox, name, HEAD + order(8, 80))
    run = ask("folder", path=str(inbox))
    assert (run.rows, standing(store)) == (0, [])
    assert sorted(note.split(" is ")[0] for note in run.notes) == ["link.csv", "linked", "pipe.csv"]


def test_a_folder_must_be_one_and_be_allowed(inbox, ask, store, tmp_path, monkeypatch):
    for path in (str(inbox / "none"), str(put(inbox, "file.csv", "x"))):
        with pytest.raises(BadParameter, match="no folder"):
            ask("folder", path=path)
    with pytest.raises(BadParameter, match="own data"):
        ask("folder", path=str(store.settings.data))
    with pytest.raises(BadParameter, match="own data"):
        ask("folder", path="/")
    monkeypatch.setattr(store.settings, "folders", f"{tmp_path / 'other'}, {tmp_path / 'in'}")
    with pytest.raises(BadParameter, match="may not be watched"):
        ask("folder", path=str(inbox))  # which begins like /in and lies beside it
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "way").symlink_to(inbox)
    with pytest.raises(BadParameter, match="may not be watched"):
        ask("folder", path=str(tmp_path / "other" / "way"))
    monkeypatch.setattr(store.settings, "folders", str(tmp_path))
    assert ask("folder", path=str(inbox)).state == "done"


def test_cut_off_between_any_two_files_it_ends_the_same(inbox, engine, records, monkeypatch):
    monkeypatch.setattr(files, "FILES_AT_ONCE", 1)
    for number in range(1, 4):
        put(inbox, f"{number}.csv", HEAD + order(number, 10 * number) + order(9, number), at=number)
    wanted = [("1", 10.0), ("2", 20.0), ("3", 30.0), ("9", 3.0)]

    class Killed(BaseException):
        """As if the program were gone."""

    for cut in range(1, 4):
        connections.connect(records, f"folder {cut}", "folder", {"path": str(inbox)})
        store, pages = engine.store(), []

        def watch(_, rows, pages=pages, cut=cut):
            pages.append(rows)
            if len(pages) == cut:
                raise Killed

        with pytest.raises(Killed):
            sync(store, records, f"folder {cut}", list, watch=watch)
        run = sync(store, records, f"folder {cut}", list)
        assert (run.rows, standing(store)) == (2 * (3 - cut), wanted), cut


def test_what_no_file_is_to_blame_for_stops_the_sync_and_the_file_comes_again(inbox, ask, store, monkeypatch):
    put(inbox, "orders.csv", HEAD + order(1, 10))
    with monkeypatch.context() as broken:
        broken.setattr("masarat.collect.importing.write", _unwilling)
        with pytest.raises(StoreMissing):
            ask("folder", path=str(inbox))
    assert (ask("folder").rows, standing(store)) == (1, [("1", 10.0)])


def _unwilling(*_):
    raise StoreMissing("The store does not answer.")


def test_a_silence_is_told(inbox, ask, store, records, monkeypatch):
    put(inbox, "orders.csv", HEAD + order(1, 10))
    assert ask("folder", path=str(inbox)).notes == []
    since = datetime.now(UTC) - timedelta(days=30)
    monkeypatch.setattr(
        connections, "silent_since", lambda store, source, now: since if source == "shop" else None
    )
    assert ask("folder").notes == [
        f"Nothing came from shop since {since:%Y-%m-%d}, longer than is usual for it."
    ]
    assert connections.reports(store, records)[0].silent_since == since


def test_too_many_files_are_said(inbox, ask, monkeypatch):
    monkeypatch.setattr(files, "MOST", 1)
    put(inbox, "1.csv", "x")
    put(inbox, "2.csv", "x")
    with pytest.raises(BadParameter, match="2 files lie there"):
        ask("folder", path=str(inbox))
