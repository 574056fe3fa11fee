"""The durable log between the door and the store: what was acknowledged is on the disk, and reaches the store exactly once.

The door appends lines (`Journal`); a thread writes what arrived together, syncs once, and then acknowledges all of it.
Lines lie in segments, files that the engine can take whole (`segment`). A closed segment waits on the shelf (`shelf`)
until the flusher has brought it into the store (`flusher`), which a checkpoint records before the file is removed.
Any number of door processes write segments of their own into one directory; one process reads them all.

Disk, clock and engine are parameters, so that a simulation can break them at every step (`tests/journal`).
"""

from masarat.journal.clock import Clock, RealClock
from masarat.journal.disk import Disk, File, RealDisk
from masarat.journal.errors import Backlogged, JournalBusy, Poisoned, Unavailable
from masarat.journal.flusher import Flusher, Reject, Sink
from masarat.journal.journal import Journal
from masarat.journal.segment import Segment
from masarat.journal.shelf import Recovery, Shelf

__all__ = [
    "Backlogged",
    "Clock",
    "Disk",
    "File",
    "Flusher",
    "Journal",
    "JournalBusy",
    "Poisoned",
    "RealClock",
    "RealDisk",
    "Recovery",
    "Reject",
    "Segment",
    "Shelf",
    "Sink",
    "Unavailable",
]
