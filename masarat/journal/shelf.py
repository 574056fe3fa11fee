"""The shelf: complete segments of all workers, in order, until the store has them.

Only one process reads the shelf. A segment that its writer still holds is left alone; one that a dead worker left behind is
held by nobody, so it is simply there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from masarat.journal.checkpoint import Checkpoint
from masarat.journal.disk import Disk, RealDisk, replace
from masarat.journal.segment import CLOSING, Group, Segment, groups, read_name
from masarat.journal.writer import Failpoint, nothing

QUARANTINE = "quarantine"
LEFTOVERS = (".part", ".draft")


@dataclass(slots=True)
class Recovery:
    """What was found at start: complete segments and their lines, and where bytes were set aside."""

    segments: int = 0
    lines: int = 0
    quarantined: list[Path] = field(default_factory=list)


class Shelf:
    """Reads what writers wrote; the only one that removes it."""

    def __init__(self, directory: Path, *, disk: Disk | None = None, failpoint: Failpoint = nothing) -> None:
        self.directory = directory
        self.disk = disk or RealDisk()
        self.failpoint = failpoint
        self.quarantined: list[Path] = []  # since this shelf was opened
        self._checkpoint = Checkpoint(self.disk, directory)
        self.disk.make_directory(directory)
        self.disk.make_directory(directory / QUARANTINE)
        self._done = self._checkpoint.read()

    def recover(self) -> Recovery:
        """Clear up after whatever ended the process before: look at every complete segment once, and count."""
        for name in self.disk.files(self.directory):
            if name.endswith(LEFTOVERS) or self._is_done(name):
                self.disk.unlink(self.directory / name)
        found = Recovery()
        for segment in self.sealed():
            found.segments += 1
            found.lines += segment.count
        found.quarantined = list(self.quarantined)
        return found

    def sealed(self) -> Iterator[Segment]:
        """Complete segments that the store does not have yet, oldest first, each verified when its turn comes."""
        held: set[str] = set()
        for worker, name in self._names():
            path = self.directory / name
            if worker in held or self.disk.is_held(path):
                held.add(worker)  # a worker's segments are taken in order
                continue
            yield self._verified(path)

    def checkpoint(self, segment: Segment) -> None:
        """Record durably that the store has a segment, and only then remove it.

        The removal becomes durable with the next checkpoint; should a power cut bring the file back, `recover` removes it.
        """
        parts = read_name(segment.path.name)
        assert parts, "a segment, not a piece of one"
        done = self._done | {parts[0]: parts[1]}
        self._checkpoint.write(done)
        self._done = done
        self.failpoint("pre-unlink")
        self.disk.unlink(segment.path)

    def piece(self, segment: Segment, first: int, lines: list[bytes]) -> Segment:
        """A part of a segment as a segment of its own, which begins at line `first`; `drop` it after use."""
        content = b"".join(lines)
        path = segment.path.with_name(f"{segment.path.stem}.{first}-{first + len(lines)}.part")
        file = self.disk.create(path)
        try:
            file.write(content)
        finally:
            file.close()
        return Segment(segment.token_of(first, lines), path, len(lines), len(content), self.disk)

    def drop(self, piece: Segment) -> None:
        self.disk.unlink(piece.path)

    def _names(self) -> list[tuple[str, str]]:
        """(worker, name) of the segments the store does not have, in the order they were begun."""
        found = []
        for name in self.disk.files(self.directory):
            parts = read_name(name)
            if parts and not self._is_done(name):
                found.append((parts[1], parts[0], name))
        return [(worker, name) for _, worker, name in sorted(found)]

    def _is_done(self, name: str) -> bool:
        parts = read_name(name)
        return parts is not None and parts[1] <= self._done.get(parts[0], 0)

    def _verified(self, path: Path) -> Segment:
        """A closed segment of nothing but sealed groups; whatever else it held lies in the quarantine, byte for byte."""
        content = self.disk.read(path)
        parts = list(groups(content))
        if not content.endswith(CLOSING) or not all(part.sealed for part in parts):
            content = self._mend(path, content, parts)
        return Segment(path.stem, path, sum(part.count for part in parts), len(content), self.disk)

    def _mend(self, path: Path, content: bytes, parts: list[Group]) -> bytes:
        """Set aside the bytes no seal vouches for, and write the rest into a new file. Safe to be cut off and repeated.

        A segment that was not closed is written anew even where all seals fit: its writer may have died before a sync, and a
        token must name the same lines for good.
        """
        kept = []
        for part in parts:
            found = content[part.start : part.end]
            if part.count:
                kept.append(found)
            elif found.strip(b" \t\n\0"):
                aside = self.directory / QUARANTINE / f"{path.stem}-{part.start}.bytes"
                replace(self.disk, aside, found)
                self.quarantined.append(aside)
        mended = b"".join([*kept, CLOSING])
        replace(self.disk, path, mended)
        return mended
