import json
import threading

import pytest

from masarat.journal import Flusher, Journal, Poisoned, Shelf


class Engine:
    """Takes lines once a token; refuses whole what holds a poisoned line; `failures` are raised first."""

    def __init__(self, *failures: Exception):
        self.failures = list(failures)
        self.tokens: list[str] = []
        self.stored: list[int] = []
        self.rejected: list[tuple[int, str, str]] = []
        self.calls = 0
        self.taken = threading.Event()

    def sink(self, segment):
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        rows = [json.loads(line) for line in segment.path.read_bytes().split(b"\n") if line.strip()]
        assert len(rows) == segment.count
        if any(row.get("bad") for row in rows):
            raise Poisoned("Not a time.")
        if segment.token not in self.tokens:
            self.tokens.append(segment.token)
            self.stored += [row["n"] for row in rows]
        self.taken.set()

    def reject(self, line, reason, token):
        entry = (json.loads(line)["n"], reason, token)
        if entry not in self.rejected:
            self.rejected.append(entry)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "journal"


def fill(place, count, bad=()):
    journal = Journal(place)
    lines = [json.dumps({"n": n, "bad": n in bad}).encode() + b"\n" for n in range(count)]
    journal.append_sync(b"".join(lines), count)
    journal.close()


def flusher(place, engine, **options):
    return Flusher(Shelf(place), engine.sink, engine.reject, **options)


def test_a_segment_goes_in_and_its_file_goes(place):
    fill(place, 5)
    engine = Engine()
    worker = flusher(place, engine)
    assert worker.step()
    assert not worker.step()
    assert engine.stored == [0, 1, 2, 3, 4]
    assert (worker.inserted, worker.rejected) == (5, 0)
    assert not list(place.glob("*.jsonl"))


def test_one_poisoned_event_among_ten_thousand_stands_alone(place):
    fill(place, 10_000, bad={6173})
    engine = Engine()
    worker = flusher(place, engine)
    worker.drain()
    assert sorted(engine.stored) == [n for n in range(10_000) if n != 6173]
    assert len({token.partition(":")[0] for token in engine.tokens}) == 1
    ((number, reason, token),) = engine.rejected
    assert (number, reason) == (6173, "Not a time.")
    assert ":6173-6174-" in token
    assert engine.calls < 32
    assert (worker.inserted, worker.rejected) == (9999, 1)
    assert not list(place.glob("*.part"))


def test_all_poisoned(place):
    fill(place, 4, bad=range(4))
    engine = Engine()
    flusher(place, engine).drain()
    assert [entry[0] for entry in engine.rejected] == [0, 1, 2, 3]
    assert engine.stored == []


@pytest.mark.parametrize("dies_at", range(12))
def test_bisection_cut_off_anywhere_and_repeated_neither_loses_nor_doubles(place, dies_at):
    fill(place, 20, bad={3, 11})
    engine = Engine()
    sink, calls = engine.sink, iter(range(100))

    def mortal(segment):
        number = next(calls)
        if number == dies_at:
            raise KeyboardInterrupt  # before the deed
        sink(segment)
        if number == dies_at + 1:
            raise KeyboardInterrupt  # after it

    engine.sink = mortal
    for _ in range(3):
        try:
            flusher(place, engine).drain()
        except KeyboardInterrupt:
            continue
    assert sorted(engine.stored) == [n for n in range(20) if n not in (3, 11)]
    assert [entry[0] for entry in engine.rejected] == [3, 11]


def test_a_store_that_is_down_is_asked_again_and_nothing_is_skipped(place):
    fill(place, 3)
    engine = Engine(ConnectionError("down"), TimeoutError("slow"))
    worker = flusher(place, engine)
    worker.start()
    assert engine.taken.wait(10)
    worker.stop()
    assert engine.stored == [0, 1, 2]
    assert (worker.retries, worker.trouble) == (2, "")


def test_while_the_store_is_down_it_says_why_and_stops_at_once(place):
    fill(place, 1)
    refused = threading.Event()

    def sink(segment):
        refused.set()
        raise ConnectionError("nobody answers at 127.0.0.1")

    worker = Flusher(Shelf(place), sink, None)
    worker.start()
    assert refused.wait(10)
    worker.stop()
    assert worker.trouble == "nobody answers at 127.0.0.1"
    assert len(list(place.glob("*.jsonl"))) == 1


def test_the_thread_follows_a_living_journal(place):
    engine = Engine()
    journal = Journal(place, segment_seconds=0.01)
    worker = flusher(place, engine)
    worker.start()
    journal.append_sync(b'{"n":7}\n', 1)
    assert engine.taken.wait(10)
    journal.close()
    worker.stop()
    assert engine.stored == [7]


def test_failpoints_come_in_their_order(place):
    fill(place, 1)
    passed: list[str] = []
    engine = Engine()
    shelf = Shelf(place, failpoint=passed.append)
    Flusher(shelf, engine.sink, engine.reject, failpoint=passed.append).drain()
    assert passed == ["pre-insert", "post-insert-pre-checkpoint", "pre-unlink"]
