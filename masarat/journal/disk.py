"""The disk the journal writes to: the few calls it makes, and nothing else.

A file is held (locked) by whoever created it until it is closed, or until its process ends, however it ends: a held segment
is still being written, one that nobody holds is complete. Failures are OSErrors.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol


class File(Protocol):
    """A file being written, at its end only."""

    def write(self, data: bytes) -> None:
        """Write all of it, or fail after having written any part."""
        ...

    def sync(self) -> None:
        """Back only when everything written is on the disk. Never repeated on a file where it failed once."""
        ...

    def truncate(self, length: int) -> None: ...

    def close(self) -> None:
        """Give the file up, and the hold on it."""
        ...


class Disk(Protocol):
    def make_directory(self, path: Path) -> None: ...

    def files(self, directory: Path) -> dict[str, int]:
        """Names of the files in a directory, with their sizes."""
        ...

    def read(self, path: Path) -> bytes: ...

    def free(self, directory: Path) -> int:
        """Bytes that can still be written."""
        ...

    def create(self, path: Path) -> File:
        """A new, empty, held file in place of whatever had that name."""
        ...

    def hold(self, path: Path) -> File | None:
        """The hold on a file, made where it is missing; None where another has it."""
        ...

    def is_held(self, path: Path) -> bool: ...

    def rename(self, old: Path, new: Path) -> None: ...

    def unlink(self, path: Path) -> None:
        """Remove a file; a missing one is removed already."""
        ...

    def sync_directory(self, path: Path) -> None:
        """Back only when names made, changed and removed in this directory are on the disk."""
        ...


def replace(disk: Disk, path: Path, data: bytes) -> None:
    """Make `path` hold `data`, durably and at once: whatever happens, it holds either the old bytes or the new."""
    draft = path.with_name(path.name + ".draft")
    file = disk.create(draft)
    try:
        file.write(data)
        file.sync()
    finally:
        file.close()
    disk.rename(draft, path)
    disk.sync_directory(path.parent)


class RealFile:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._descriptor, left) :]

    def sync(self) -> None:
        _sync(self._descriptor)

    def truncate(self, length: int) -> None:
        os.ftruncate(self._descriptor, length)

    def close(self) -> None:
        try:  # by name, as a forked child may still have the descriptor
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        finally:
            os.close(self._descriptor)


class RealDisk:
    """The system's own files, in any directory of a local file system (advisory locks do not travel over NFS)."""

    def make_directory(self, path: Path) -> None:
        if not path.is_dir():
            self.make_directory(path.parent)
            path.mkdir(exist_ok=True)
            self.sync_directory(path.parent)

    def files(self, directory: Path) -> dict[str, int]:
        found = {}
        with os.scandir(directory) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # removed while we looked
                    if entry.is_file():
                        found[entry.name] = entry.stat().st_size
        return found

    def read(self, path: Path) -> bytes:
        return path.read_bytes()

    def free(self, directory: Path) -> int:
        found = os.statvfs(directory)
        return found.f_bavail * found.f_frsize

    def create(self, path: Path) -> RealFile:
        self.unlink(path)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return RealFile(descriptor)

    def hold(self, path: Path) -> RealFile | None:
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return RealFile(descriptor)

    def is_held(self, path: Path) -> bool:
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def rename(self, old: Path, new: Path) -> None:
        old.rename(new)

    def unlink(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def sync_directory(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sync(descriptor: int) -> None:
    if hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:  # macOS: fsync leaves the data in the drive's own memory
        fcntl.fcntl(descriptor, getattr(fcntl, "F_FULLFSYNC"))  # noqa: B009
