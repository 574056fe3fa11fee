"""One process owns an embedded store; the lock file says which, and how others may speak to it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO

from masarat.errors import StoreBusy
from masarat.settings import make_directory


class Lock:
    """An advisory lock on a data directory, released by the system when the process ends, however it ends."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "lock"
        self._file: IO[str] | None = None

    def take(self) -> None:
        import fcntl  # POSIX only, as the embedded engine is

        make_directory(self.path.parent)
        file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            owner = self.owner()
            raise StoreBusy(
                f"Another Masarat process ({owner.get('pid', 'unknown')}) is using {self.path.parent}.",
                "Wait for it to end, or stop it, or give another directory with --data.",
            ) from None
        self._file = file
        self.describe()

    def describe(self, url: str = "", token: str = "") -> None:
        """Write who owns the store; a server adds its address and the token for commands run beside it."""
        assert self._file is not None, "take the lock first"
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "url": url, "token": token}, self._file)
        self._file.flush()

    def owner(self) -> dict[str, str]:
        """Who owns the store as its lock file says; empty where nobody does or it cannot be read."""
        try:
            return dict(json.loads(self.path.read_text()))
        except (OSError, ValueError):
            return {}

    def is_taken(self) -> bool:
        """Whether a living process holds the lock now."""
        import fcntl

        try:
            with self.path.open() as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return False
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def release(self) -> None:
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None
