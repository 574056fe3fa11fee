from masarat.journal import Flusher, RealDisk, Shelf
from masarat.journal.segment import name_of
from masarat.journal.writer import MOST_WAITING, PATIENCE, Writer
from tests.journal.sim_disk import SimClock

LINE = b'{"event_id":"e%d"}\n'


def made(directory, clock):
    return Writer(
        directory,
        "0",
        disk=RealDisk(),
        clock=clock,
        segment_bytes=1 << 20,
        segment_seconds=1,
        backlog_bytes=1 << 20,
        reserve_bytes=0,
    )


def test_a_segment_is_closed_in_the_end_whatever_waits(tmp_path):
    """Files that could not be removed wait for ever: what is acknowledged does not wait with them."""
    clock = SimClock()
    writer = made(tmp_path, clock)
    for name in range(MOST_WAITING + 1):
        (tmp_path / name_of("0", 1 + name, 0)).write_bytes(b"")
    writer.measure()
    writer.commit(LINE % 1, 1)
    for _ in range(PATIENCE):
        clock.seconds += 1
        writer.tick()
    sealed = [segment.count for segment in Shelf(tmp_path).sealed()]
    writer.close()
    assert sealed == [0] * (MOST_WAITING + 1) + [1]


def test_a_flusher_that_is_behind_is_given_larger_segments(tmp_path):
    clock = SimClock()
    writer = made(tmp_path, clock)
    shelf = Shelf(tmp_path)
    taken = []
    flusher = Flusher(shelf, lambda segment: taken.append(segment.count), None)

    def write(lines):
        for n in range(lines):
            writer.commit(LINE % n, 1)
            clock.seconds += 1.1
            writer.tick()

    write(MOST_WAITING + 1 + 7)  # the store is slow: the last seven lines stay together
    assert [segment.count for segment in shelf.sealed()] == [1] * (MOST_WAITING + 1)
    flusher.step()
    write(1)  # there is room again
    write(1)
    flusher.drain()
    assert taken == [1] * (MOST_WAITING + 1) + [8]
    write(1)
    writer.close()
    flusher.drain()
    assert sum(taken) == MOST_WAITING + 1 + 7 + 3
