"""What the records tell questions: looked up only where one asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from masarat.records.stages import SIX, Journey
from masarat.records.targets import Target


@dataclass(frozen=True, slots=True)
class Told:
    """Which sources are accounting programs, whatever they are called, the stages of the journey that hold now, and the targets that were set."""

    books: Callable[[], Collection[str]] = tuple
    stages: Callable[[], Journey] = lambda: SIX
    targets: Callable[[], Sequence[Target]] = tuple


NOTHING = Told()  # no records: the six stages, no targets, and books by their names alone
