"""The flusher: brings complete segments into the store, one after the other, whatever happens in between."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from masarat.errors import MasaratError
from masarat.journal.errors import Poisoned
from masarat.journal.segment import Segment
from masarat.journal.shelf import Shelf
from masarat.journal.writer import Failpoint, nothing

Sink = Callable[[Segment], None]
Reject = Callable[[bytes, str, str], None]

LOOK_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 30.0
log = logging.getLogger(__name__)


class Flusher:
    """Gives segments to a sink in order, each until it is in; then records that and removes the file.

    `sink(segment)` returns once the store has the lines durably. It may be called again with a token it has seen, after a crash
    or an error that came too late, and must then add nothing. It raises Poisoned for lines it will never take: the segment is
    halved until the bad lines stand alone, and each goes to `reject(line, reason, token)`, whose token names the line for good
    (it too may be seen again). Any other error means that the store is down: the same segment is tried again, with growing
    pauses, while the backlog grows.
    """

    def __init__(self, shelf: Shelf, sink: Sink, reject: Reject, *, failpoint: Failpoint = nothing) -> None:
        self.shelf, self.sink, self.reject, self.failpoint = shelf, sink, reject, failpoint
        self.inserted = self.rejected = self.retries = 0  # lines, lines, attempts since start
        self.trouble = ""  # why the store does not take the oldest segment; empty while it does
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def step(self) -> bool:
        """Bring the oldest complete segment in; False where there is none. Raises what the sink raises, Poisoned apart."""
        segment = next(self.shelf.sealed(), None)
        if segment is None:
            return False
        refused = self._insert(segment) if segment.count else 0
        self.failpoint("post-insert-pre-checkpoint")
        self.shelf.checkpoint(segment)
        self.inserted += segment.count - refused
        self.rejected += refused
        return True

    def drain(self) -> None:
        """Bring in everything that is complete now, in this thread."""
        while self.step():
            pass

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="journal-flusher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the segment in hand and end; what is left on the shelf is taken up at the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            try:
                pause = 0.0 if self.step() else LOOK_SECONDS
                self.trouble = ""
            except Exception as error:  # down, full, locked, …: nothing is given up
                self.retries += 1
                self.trouble = error.sentence if isinstance(error, MasaratError) else str(error)
                pause = min(max(pause, LOOK_SECONDS) * 2, LONGEST_PAUSE_SECONDS)
                log.warning("The store does not take events (%s); next try in %.1f s.", self.trouble, pause)

    def _insert(self, segment: Segment) -> int:
        """Give a segment to the sink. Returns how many lines were rejected."""
        self.failpoint("pre-insert")
        try:
            self.sink(segment)
        except Poisoned as error:
            return self._isolate(segment, segment.lines(), 0, error)
        return 0

    def _isolate(self, segment: Segment, lines: list[bytes], first: int, error: Poisoned) -> int:
        """Halve lines that are poisoned together until the bad ones stand alone; the halves are the same every time."""
        if len(lines) == 1:
            self.reject(lines[0], error.sentence, segment.token_of(first, lines))
            return 1
        middle = len(lines) // 2
        return self._try(segment, lines[:middle], first) + self._try(segment, lines[middle:], first + middle)

    def _try(self, segment: Segment, lines: list[bytes], first: int) -> int:
        piece = self.shelf.piece(segment, first, lines)
        try:
            self.sink(piece)
        except Poisoned as error:
            return self._isolate(segment, lines, first, error)
        finally:
            self.shelf.drop(piece)
        return 0
