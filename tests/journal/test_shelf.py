import pytest

from masarat.journal import RealDisk, Shelf
from masarat.journal.checkpoint import Checkpoint
from masarat.journal.segment import CLOSING, name_of, seal


def put(directory, worker, sequence, *groups: bytes, closing: bytes = CLOSING):
    directory.mkdir(exist_ok=True)
    path = directory / name_of(worker, sequence, 0)
    path.write_bytes(b"".join(group + seal(group, group.count(b"\n")) for group in groups) + closing)
    return path


@pytest.fixture
def place(tmp_path):
    return tmp_path / "journal"


def tokens(shelf):
    return [
        segment.token.replace("-00000000000000", "-").removesuffix("-00000000") for segment in shelf.sealed()
    ]


def test_segments_of_all_workers_come_in_the_order_they_were_begun(place):
    for worker, sequence in (("b", 2), ("a", 3), ("a", 1), ("c", 2)):
        put(place, worker, sequence, b"{}\n")
    assert tokens(Shelf(place)) == ["a-1", "b-2", "c-2", "a-3"]


def test_a_worker_is_never_overtaken_by_itself(place):
    held = put(place, "a", 1, b"{}\n")
    put(place, "a", 2, b"{}\n")
    put(place, "b", 3, b"{}\n")
    hold = RealDisk().hold(held)
    assert tokens(Shelf(place)) == ["b-3"]
    hold.close()
    assert tokens(Shelf(place)) == ["a-1", "a-2", "b-3"]


def test_a_torn_tail_is_cut_and_kept_aside(place):
    path = put(place, "a", 1, b'{"a":1}\n', closing=b'{"a":2}\n{"a":')
    shelf = Shelf(place)
    assert shelf.recover().lines == 1
    (aside,) = (place / "quarantine").iterdir()
    assert aside.read_bytes() == b'{"a":2}\n{"a":'
    assert shelf.quarantined == [aside]
    assert path.read_bytes() == b'{"a":1}\n' + seal(b'{"a":1}\n', 1) + CLOSING


def test_a_decayed_group_in_the_middle_goes_aside_and_the_rest_goes_in(place):
    path = put(place, "a", 1, b'{"a":1}\n', b'{"a":2}\n', b'{"a":3}\n{"a":4}\n')
    path.write_bytes(path.read_bytes().replace(b'{"a":2}', b'{"a":6}'))
    (segment,) = Shelf(place).sealed()
    assert segment.lines() == [b'{"a":1}\n', b'{"a":3}\n', b'{"a":4}\n']
    assert segment.count == 3
    (aside,) = (place / "quarantine").iterdir()
    assert aside.read_bytes().startswith(b'{"a":6}\n')


def test_an_empty_or_blank_file_is_no_loss(place):
    put(place, "a", 1, closing=b"")
    put(place, "a", 2, closing=CLOSING[:50] + b"\0" * 30)
    assert [segment.count for segment in Shelf(place).sealed()] == [0, 0]
    assert not list((place / "quarantine").iterdir())


def test_what_was_closed_is_not_written_again(place):
    path = put(place, "a", 1, b"{}\n")
    before = path.stat().st_ino
    list(Shelf(place).sealed())
    assert path.stat().st_ino == before


def test_the_checkpoint_is_durable_before_the_file_goes(place):
    put(place, "a", 1, b"{}\n")
    seen = []
    shelf = Shelf(
        place,
        failpoint=lambda name: seen.append(
            (name, Checkpoint(RealDisk(), place).read(), tokens(Shelf(place)))
        ),
    )
    (segment,) = shelf.sealed()
    shelf.checkpoint(segment)
    assert seen == [("pre-unlink", {"a": 1}, [])]
    assert not list(place.glob("*.jsonl"))


def test_a_file_that_comes_back_after_its_checkpoint_is_removed_unread(place):
    shelf = Shelf(place)
    path = put(place, "a", 1, b"{}\n")
    (segment,) = shelf.sealed()
    shelf.checkpoint(segment)
    put(place, "a", 1, b"{}\n")
    again = Shelf(place)
    assert tokens(again) == []
    again.recover()
    assert not path.exists()


def test_a_damaged_checkpoint_says_nothing_rather_than_something_wrong(place):
    shelf = Shelf(place)
    put(place, "a", 1, b"{}\n")
    put(place, "a", 2, b"{}\n")
    shelf.checkpoint(next(shelf.sealed()))
    checkpoint = place / "checkpoint"
    assert Checkpoint(RealDisk(), place).read() == {"a": 1}
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b"1}", b"9}"))
    assert Checkpoint(RealDisk(), place).read() == {}
    assert tokens(Shelf(place)) == ["a-2"]


def test_recovery_sweeps_drafts_and_counts(place):
    put(place, "a", 1, b"{}\n{}\n")
    put(place, "b", 1, b"{}\n")
    for name in ("checkpoint.draft", "a-000000000000001-00000000.0-5.part"):
        (place / name).write_bytes(b"half")
    found = Shelf(place).recover()
    assert (found.segments, found.lines, found.quarantined) == (2, 3, [])
    assert sorted(path.suffix for path in place.iterdir()) == ["", ".jsonl", ".jsonl"]
