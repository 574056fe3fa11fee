"""The checkpoint: up to which segment of each worker the store has everything."""

from __future__ import annotations

import json
from pathlib import Path

from masarat.journal.disk import Disk, replace
from masarat.journal.segment import groups, seal


class Checkpoint:
    """A small sealed file, replaced whole and durably.

    Where it is missing or its seal does not fit, it says nothing: segments still lying there are inserted once more, and the
    engine knows them by their tokens.
    """

    def __init__(self, disk: Disk, directory: Path) -> None:
        self.disk = disk
        self.path = directory / "checkpoint"

    def read(self) -> dict[str, int]:
        """Worker → number of its last segment that the store has."""
        try:
            content = self.disk.read(self.path)
        except FileNotFoundError:
            return {}
        for group in groups(content):
            if group.sealed:
                return dict(json.loads(content[group.start : group.end]))
        return {}

    def write(self, done: dict[str, int]) -> None:
        line = json.dumps(done).encode() + b"\n"
        replace(self.disk, self.path, line + seal(line, 1))
