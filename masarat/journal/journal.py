"""The journal as the door sees it: append lines, and go on once they are durable."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from masarat.errors import MasaratError
from masarat.journal.clock import Clock, RealClock
from masarat.journal.disk import Disk, RealDisk
from masarat.journal.errors import Backlogged, Unavailable
from masarat.journal.writer import Failpoint, Writer, nothing

LOOK_SECONDS = 0.2
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Entry:
    """Lines on their way to the disk, and who waits for them: a task of `loop`, or a thread where there is none."""

    lines: bytes
    count: int
    loop: asyncio.AbstractEventLoop | None
    waiter: asyncio.Future[None] | Future[None]


class Journal:
    """One worker's durable log, safe to use from tasks and threads.

    One thread writes: whatever arrived while it wrote the last group is the next one, so that many appends share one write and
    one sync. Where several came together before, it waits up to `max_delay_ms` for as many again. The thread begins with the
    first append (after any fork).
    """

    def __init__(
        self,
        directory: Path,
        *,
        worker: str = "0",
        disk: Disk | None = None,
        clock: Clock | None = None,
        max_delay_ms: float = 5,
        segment_bytes: int = 32 << 20,
        segment_seconds: float = 1.0,
        backlog_bytes: int = 2 << 30,
        reserve_bytes: int = 256 << 20,
        failpoint: Failpoint = nothing,
    ) -> None:
        if not re.fullmatch(r"\w+", worker):
            raise ValueError(f"worker {worker!r}: letters, digits and _ only")
        self.max_delay_seconds = max_delay_ms / 1000
        self.pending_bytes_max = segment_bytes
        self.accepted = 0  # lines acknowledged since start
        self._writer = Writer(
            directory,
            worker,
            disk=disk or RealDisk(),
            clock=clock or RealClock(),
            segment_bytes=segment_bytes,
            segment_seconds=segment_seconds,
            backlog_bytes=backlog_bytes,
            reserve_bytes=reserve_bytes,
            failpoint=failpoint,
        )
        self._changed = threading.Condition()
        self._pending: list[Entry] = []
        self._pending_bytes = 0
        self._expected = 1  # entries in the last group: as many are likely to come together again
        self._closed = False
        self._thread: threading.Thread | None = None

    async def append(self, lines: bytes, count: int) -> None:
        """Back once `count` lines, each with its line end, are durable.

        Raises Backlogged (429) or Unavailable (503) where they are not, and will not be kept.
        """
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        self._accept(Entry(lines, count, loop, waiter))
        await waiter

    def append_sync(self, lines: bytes, count: int) -> None:
        """The same for a thread."""
        waiter: Future[None] = Future()
        self._accept(Entry(lines, count, None, waiter))
        waiter.result()

    @property
    def backlog(self) -> int:
        """Bytes that wait for the store, of all workers, as last measured."""
        return self._writer.backlog

    def close(self) -> None:
        """Write what is pending, close the segment and end the thread; later appends are Unavailable."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _accept(self, entry: Entry) -> None:
        size = len(entry.lines)
        if entry.lines.count(b"\n") != entry.count or not entry.lines.endswith(b"\n"):
            raise ValueError(f"not {entry.count} lines, each with its line end")
        with self._changed:
            if self._closed:
                raise Unavailable(
                    "The server is stopping.", "Send the events again in a moment.", retry_after=2
                )
            if self._thread is None:
                self._start()
            if self._pending and self._pending_bytes + size > self.pending_bytes_max:
                raise Backlogged(
                    "More events arrive than the disk takes.", "Send them again later.", retry_after=1
                )
            self._writer.admit(self._pending_bytes + size)
            self._pending.append(entry)
            self._pending_bytes += size
            if len(self._pending) in (1, self._expected):
                self._changed.notify()

    def _start(self) -> None:
        try:
            self._writer.measure()
        except OSError as error:
            raise Unavailable(
                f"The events cannot be kept: {error}.",
                "Check the data directory and its disk.",
                retry_after=10,
            ) from error
        self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
        self._thread.start()

    # The thread

    def _run(self) -> None:
        while True:
            group = self._gather()
            if group:
                self._commit(group)
            elif self._closed:
                break
            with suppress(OSError):  # what cannot be measured now is measured later
                self._writer.tick()
        self._writer.close()

    def _gather(self) -> list[Entry]:
        """What has arrived, after waiting for something; empty when only time has passed."""
        with self._changed:
            if not self._pending and not self._closed:
                self._changed.wait(LOOK_SECONDS)
            if 0 < len(self._pending) < self._expected and not self._closed:
                self._changed.wait(self.max_delay_seconds)
            group, self._pending, self._pending_bytes = self._pending, [], 0
            self._expected = max(len(group), 1)
            return group

    def _commit(self, group: list[Entry]) -> None:
        count = sum(entry.count for entry in group)
        failure: MasaratError | None = None
        try:
            self._writer.commit(b"".join([entry.lines for entry in group]), count)
            self.accepted += count
        except MasaratError as error:
            failure = error
        except (
            Exception
        ) as error:  # a fault of ours: those who wait must hear of it, and the next group gets its chance
            log.exception("The journal failed.")
            failure = Unavailable(f"The events could not be kept: {error}.", "Look into the server's log.")
        self._answer(group, failure)

    def _answer(self, group: list[Entry], failure: MasaratError | None) -> None:
        """Tell everyone at once: one call into each event loop."""
        for loop, entries in groupby(group, key=lambda entry: entry.loop):
            waiters = [entry.waiter for entry in entries]
            if loop is None:
                _resolve(waiters, failure)
            else:
                with suppress(RuntimeError):  # a loop that was closed meanwhile waits for nothing
                    loop.call_soon_threadsafe(_resolve, waiters, failure)


def _resolve(waiters: list[asyncio.Future[None] | Future[None]], failure: MasaratError | None) -> None:
    for waiter in waiters:
        if waiter.done():  # its client has gone
            continue
        if failure is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(failure)
