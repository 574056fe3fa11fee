"""One worker's hand on the disk: groups in, durable segments out. No threads here: `Journal` has one call it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from masarat.journal.checkpoint import Checkpoint
from masarat.journal.clock import Clock
from masarat.journal.disk import Disk, File
from masarat.journal.errors import Backlogged, JournalBusy, Unavailable
from masarat.journal.segment import CLOSING, name_of, read_name, seal

MEASURE_SECONDS = 0.2
MOST_WAITING = 2  # segments: one for the flusher to work on, and the next
PATIENCE = 60  # times its age, after which a segment is closed all the same
Failpoint = Callable[[str], None]


def nothing(name: str) -> None:
    """The failpoint of real life; a test's own may kill the process at `name`."""


class Writer:
    """Writes groups to the worker's open segment and begins a new one by size, by age, and after any failure.

    While others of the worker wait for the store, age closes one much later: a flusher that is behind is given fewer and larger segments,
    which cost it less.

    A write or a sync that failed is never repeated on the same file, as the system may have dropped the bytes and call the
    file clean: the file is cut back to what was acknowledged and left alone.
    """

    def __init__(
        self,
        directory: Path,
        worker: str,
        *,
        disk: Disk,
        clock: Clock,
        segment_bytes: int,
        segment_seconds: float,
        backlog_bytes: int,
        reserve_bytes: int,
        failpoint: Failpoint = nothing,
        salt: Callable[[], int] = lambda: secrets.randbits(32),
    ) -> None:
        self.directory, self.worker = directory, worker
        self.disk, self.clock, self.failpoint, self.salt = disk, clock, failpoint, salt
        self.segment_bytes, self.segment_seconds = segment_bytes, segment_seconds
        self.backlog_bytes, self.reserve_bytes = backlog_bytes, reserve_bytes
        self.backlog = 0  # bytes in all workers' segments, as last measured, and what we added since
        self.waiting = 0  # complete segments of this worker, likewise
        self.free = reserve_bytes  # bytes left on the disk, likewise
        self._file: File | None = None
        self._lock: File | None = None
        self._length = 0  # acknowledged bytes of the open segment
        self._begun = self._measured = 0.0
        self._sequence = 0

    def admit(self, size: int) -> None:
        """Refuse what may not wait for the store: raises Backlogged, or Unavailable where only the disk's reserve is left.

        The reserve lets the flusher and the store go on when the disk is nearly full, and so make room again.
        """
        if self.backlog + size > self.backlog_bytes:
            raise Backlogged(
                f"{self.backlog >> 20} MiB of events wait for the store already.",
                "Send them again later; the store may be down or slow.",
            )
        if self.free - size < self.reserve_bytes:
            raise Unavailable(
                f"The disk of {self.directory} is nearly full.",
                "Free space on it; senders try again by themselves.",
                retry_after=10,
            )

    def commit(self, lines: bytes, count: int) -> None:
        """Write a group; back only when it is durable. Raises Unavailable where it is not, or may not be."""
        group = lines + seal(lines, count)
        try:
            if self._file is None:
                self._begin(group)
            else:
                self._write(self._file, group)
        except OSError as error:
            self._abandon()
            raise Unavailable(
                f"The events could not be written to {self.directory}: {error.strerror or error}.",
                "Free space on the disk, or look at its health; senders try again by themselves.",
                retry_after=10,
            ) from error
        self._length += len(group)
        self.backlog += len(group)
        self.free -= len(group)
        if self._length >= self.segment_bytes:
            self.rotate()

    def tick(self) -> None:
        """What time asks for: close a segment that is old enough, and measure what waits."""
        if self.clock.steady() - self._measured >= MEASURE_SECONDS:
            self.measure()
        longest = self.segment_seconds * (1 if self.waiting <= MOST_WAITING else PATIENCE)
        if self._file is not None and self.clock.steady() - self._begun >= longest:
            self.rotate()

    def measure(self) -> None:
        """Add up what waits for the store, of all workers, and what is left of the disk."""
        self.disk.make_directory(self.directory)
        self._measured = self.clock.steady()
        self.free = self.disk.free(self.directory)
        files = self.disk.files(self.directory)
        sizes = {name: size for name, size in files.items() if read_name(name)}
        own = sum(name.startswith(f"{self.worker}-") for name in sizes)
        self.backlog, self.waiting = sum(sizes.values()), own - (self._file is not None)

    def rotate(self) -> None:
        """Close the open segment: it is complete, and the flusher may have it."""
        if self._file is not None:
            with suppress(OSError):  # needs no sync: where it is missing, the shelf writes the segment anew
                self._file.write(CLOSING)
            self._let_go()
            self.waiting += 1

    def close(self) -> None:
        self.rotate()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _begin(self, group: bytes) -> None:
        """Begin a segment with its first group. It gets its name once that is durable, so no segment is ever empty."""
        if self._lock is None:
            self._take_lock()
        draft = self.directory / f"{self.worker}.new"
        self._length = 0
        self._file = self.disk.create(draft)
        self._write(self._file, group)
        self._sequence = max(self.clock.wall_ms(), self._sequence + 1)
        self.disk.rename(draft, self.directory / name_of(self.worker, self._sequence, self.salt()))
        self.disk.sync_directory(self.directory)
        self._begun = self.clock.steady()

    def _write(self, file: File, group: bytes) -> None:
        self.failpoint("pre-write")
        file.write(group)
        self.failpoint("post-write")
        self.failpoint("pre-fsync")
        file.sync()
        self.failpoint("post-fsync")

    def _abandon(self) -> None:
        """Leave a file on which something failed, cut back to what was acknowledged. Where even that fails, seals tell."""
        if self._file is not None:
            with suppress(OSError):
                self._file.truncate(self._length)
            self._let_go()

    def _let_go(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            with suppress(OSError):
                file.close()

    def _take_lock(self) -> None:
        """One writer a name; and numbers go on where they stopped, as the store knows segments by them."""
        self.disk.make_directory(self.directory)
        lock = self.disk.hold(self.directory / f"{self.worker}.lock")
        if lock is None:
            raise JournalBusy(
                f"Another process writes to {self.directory} as worker {self.worker!r}.",
                "Stop it, or start this one with another worker name.",
            )
        try:
            self._sequence = max(self._sequence, self._last_sequence())
        except OSError:
            lock.close()
            raise
        self._lock = lock

    def _last_sequence(self) -> int:
        names = map(read_name, self.disk.files(self.directory))
        own = [name[1] for name in names if name and name[0] == self.worker]
        done = Checkpoint(self.disk, self.directory).read().get(self.worker, 0)
        return max([done, *own])
