"""The journal on a real disk, from tasks and threads."""

import asyncio
import errno
import threading

import pytest

from masarat.journal import Backlogged, Flusher, Journal, JournalBusy, RealDisk, Shelf, Unavailable
from masarat.journal.segment import groups
from tests.support.loops import run

LINE = b'{"event_id":"e%d"}\n'


class Watched(RealDisk):
    """Counts syncs of files; `gate` holds them back, `fail` names calls that fail from now on."""

    def __init__(self):
        self.syncs = 0
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.fail: set[str] = set()
        self.full = False

    def create(self, path):
        file = super().create(path)
        sync, write, truncate = file.sync, file.write, file.truncate
        file.sync = lambda: self._call("sync", sync)
        file.write = lambda data: self._call("write", write, data)
        file.truncate = lambda length: self._call("truncate", truncate, length)
        return file

    def _call(self, name, call, *given):
        if name == "sync":
            self.entered.set()
            assert self.gate.wait(10)
            self.syncs += 1
        if name in self.fail:
            raise OSError(errno.EIO, "Input/output error")
        call(*given)

    def free(self, directory):
        return 0 if self.full else 1 << 40


def stored(directory) -> list[bytes]:
    """Every line that reaches a sink, in order."""
    lines: list[bytes] = []
    shelf = Shelf(directory)
    shelf.recover()
    Flusher(shelf, lambda segment: lines.extend(segment.lines()), None).drain()
    return lines


@pytest.fixture
def opened(tmp_path):
    """Makes journals that are closed after the test."""
    made: list[Journal] = []

    def make(**options):
        made.append(Journal(tmp_path / "journal", **options))
        return made[-1]

    yield make
    for journal in made:
        journal.close()


def test_what_was_acknowledged_lies_sealed_on_the_disk(opened, tmp_path):
    journal = opened()
    run(journal.append(LINE % 1 + LINE % 2, 2))
    (path,) = (tmp_path / "journal").glob("*.jsonl")
    content = path.read_bytes()
    assert [(group.count, group.sealed) for group in groups(content)] == [(2, True)]
    assert journal.accepted == 2
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_everything_that_arrives_during_a_sync_shares_the_next(opened, tmp_path):
    disk = Watched()
    journal = opened(disk=disk)
    disk.gate.clear()

    async def together():
        first = asyncio.create_task(journal.append(LINE % 0, 1))
        await asyncio.to_thread(disk.entered.wait, 10)
        rest = [asyncio.create_task(journal.append(LINE % n, 1)) for n in range(1, 100)]
        await asyncio.sleep(0)
        assert not first.done()  # nothing is acknowledged before its sync
        disk.gate.set()
        await asyncio.gather(first, *rest)

    run(together())
    assert disk.syncs == 2
    journal.close()
    assert stored(tmp_path / "journal") == [LINE % n for n in range(100)]


def test_one_who_comes_alone_after_many_is_not_kept_waiting_for_them(opened):
    journal = opened(max_delay_ms=20)

    async def many_then_one():
        await asyncio.gather(*(journal.append(LINE % n, 1) for n in range(50)))
        await asyncio.wait_for(journal.append(LINE % 50, 1), 5)

    run(many_then_one())
    assert journal.accepted == 51


def test_threads_and_loops_are_answered_alike(opened, tmp_path):
    journal = opened()

    async def ten(start):
        await asyncio.gather(*(journal.append(LINE % n, 1) for n in range(start, start + 10)))

    threads = [threading.Thread(target=asyncio.run, args=(ten(start),)) for start in (0, 10)]
    threads += [threading.Thread(target=journal.append_sync, args=(LINE % n, 1)) for n in range(20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.close()
    assert sorted(stored(tmp_path / "journal")) == sorted(LINE % n for n in range(30))


def test_a_client_that_goes_away_disturbs_nobody(opened, tmp_path):
    disk = Watched()
    journal = opened(disk=disk)
    disk.gate.clear()

    async def one_goes():
        leaves, stays = (asyncio.create_task(journal.append(LINE % n, 1)) for n in (1, 2))
        await asyncio.to_thread(disk.entered.wait, 10)
        leaves.cancel()
        await asyncio.sleep(0)
        disk.gate.set()
        await stays

    run(one_goes())
    journal.close()
    assert stored(tmp_path / "journal") == [LINE % 1, LINE % 2]


@pytest.mark.parametrize("call", ["write", "sync"])
@pytest.mark.parametrize("before", [0, 1])
def test_a_failed_call_is_never_acknowledged_and_its_file_is_left_alone(opened, tmp_path, call, before):
    disk = Watched()
    journal = opened(disk=disk)
    if before:
        journal.append_sync(LINE % 0, 1)
    disk.fail = {call}
    syncs = disk.syncs
    with pytest.raises(Unavailable, match="Input/output error") as refused:
        journal.append_sync(LINE % 1, 1)
    assert (refused.value.status, refused.value.retry_after) == (503, 10)
    assert disk.syncs - syncs <= 1  # never a second try
    disk.fail = set()
    journal.append_sync(LINE % 2, 1)
    journal.close()
    assert len(list((tmp_path / "journal").glob("*.jsonl"))) == 1 + before
    assert stored(tmp_path / "journal") == [LINE % n for n in (0, 2)[1 - before :]]


def test_what_could_not_even_be_cut_back_may_be_kept_but_nothing_acknowledged_goes(opened, tmp_path):
    disk = Watched()
    journal = opened(disk=disk)
    journal.append_sync(LINE % 0, 1)
    disk.fail = {"sync", "truncate"}
    with pytest.raises(Unavailable):
        journal.append_sync(LINE % 1, 1)
    disk.fail = set()
    journal.append_sync(LINE % 2, 1)
    journal.close()
    assert stored(tmp_path / "journal") == [LINE % 0, LINE % 1, LINE % 2]


def test_too_much_waiting_for_the_store_is_said_and_ends_when_it_drains(opened, tmp_path):
    journal = opened(backlog_bytes=1000, segment_bytes=300)
    with pytest.raises(Backlogged, match="wait for the store") as refused:
        all(journal.append_sync(LINE % n, 1) is None for n in range(100))
    assert (refused.value.status, refused.value.retry_after) == (429, 5)
    accepted = journal.accepted
    assert 3 <= accepted < 100
    journal.close()
    assert len(stored(tmp_path / "journal")) == accepted
    opened(backlog_bytes=1000).append_sync(LINE % 0, 1)


def test_the_reserve_of_the_disk_is_kept(opened):
    disk = Watched()
    disk.full = True
    with pytest.raises(Unavailable, match="nearly full"):
        opened(disk=disk).append_sync(LINE % 1, 1)


def test_memory_is_bounded_while_the_disk_hangs(opened):
    disk = Watched()
    journal = opened(disk=disk, segment_bytes=100)
    disk.gate.clear()

    async def flood():
        tasks = [asyncio.create_task(journal.append(LINE % n, 1)) for n in range(3)]
        await asyncio.to_thread(disk.entered.wait, 10)
        tasks += [asyncio.create_task(journal.append(LINE % n, 1)) for n in range(3, 50)]
        await asyncio.sleep(0)
        refused = [task for task in tasks if task.done()]
        disk.gate.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert len(refused) > 30
        assert all(isinstance(task.exception(), Backlogged) for task in refused)

    run(flood())


def test_rotation_by_size_and_by_age(opened, tmp_path):
    journal = opened(segment_bytes=400, segment_seconds=0.05)
    for n in range(5):
        journal.append_sync(LINE % n, 1)  # 147 bytes each with its seal: three a segment
    shelf = Shelf(tmp_path / "journal")
    waited = threading.Event()
    for _ in range(200):
        if sum(segment.count for segment in shelf.sealed()) == 5:
            break
        waited.wait(0.02)
    assert [segment.count for segment in shelf.sealed()] in ([3, 2], [3, 1, 1])


def test_one_writer_a_name_and_any_number_of_names(opened, tmp_path):
    opened().append_sync(LINE % 1, 1)
    with pytest.raises(JournalBusy, match="as worker '0'"):
        opened().append_sync(LINE % 2, 1)
    opened(worker="1").append_sync(LINE % 3, 1)
    with pytest.raises(ValueError, match="letters"):
        opened(worker="a-b")


def test_names_never_come_back_even_if_the_clock_does(opened, tmp_path):
    class Frozen:
        def wall_ms(self):
            return 1000

        def steady(self):
            return 0.0

    taken = []
    for n in range(3):  # each time the store takes everything, and the directory is empty again
        journal = opened(clock=Frozen())
        journal.append_sync(LINE % n, 1)
        journal.close()
        shelf = Shelf(tmp_path / "journal")
        Flusher(shelf, lambda segment: taken.append(segment.token[:17]), None).drain()
    assert taken == ["0-000000000001000", "0-000000000001001", "0-000000000001002"]


def test_lines_must_be_lines(opened):
    for lines, count in ((b"{}", 1), (b"{}\n{}\n", 1), (b"", 0)):
        with pytest.raises(ValueError, match="each with its line end"):
            opened().append_sync(lines, count)


def test_closed_means_closed_and_pending_events_are_written_first(opened, tmp_path):
    disk = Watched()
    journal = opened(disk=disk)
    disk.gate.clear()
    threads = [threading.Thread(target=journal.append_sync, args=(LINE % n, 1)) for n in range(3)]
    for thread in threads:
        thread.start()
    assert disk.entered.wait(10)
    disk.gate.set()
    for thread in threads:
        thread.join()
    journal.close()
    with pytest.raises(Unavailable, match="stopping"):
        journal.append_sync(LINE % 9, 1)
    assert len(stored(tmp_path / "journal")) == 3


def test_a_directory_that_cannot_be_made_is_unavailable(tmp_path):
    (tmp_path / "journal").write_text("a file is here")
    with pytest.raises(Unavailable, match="cannot be kept"):
        Journal(tmp_path / "journal").append_sync(LINE % 1, 1)


def test_an_open_segment_is_left_alone_and_a_closed_one_is_taken(opened, tmp_path):
    journal = opened(segment_seconds=3600)
    journal.append_sync(LINE % 1, 1)
    assert stored(tmp_path / "journal") == []
    journal.close()
    assert stored(tmp_path / "journal") == [LINE % 1]
