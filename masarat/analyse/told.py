"""What the records tell questions: looked up only where one asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from masarat.errors import UnknownName
from masarat.records.annotations import Annotation
from masarat.records.stages import SIX, Journey
from masarat.records.targets import Target


def _unknown(names: Sequence[str]) -> Sequence[str]:
    """Without records no segment is known."""
    raise UnknownName("segment", names[0], [])


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """A saved segment: what people call it, and which making counts."""

    name: str
    title: str
    making: str


@dataclass(frozen=True, slots=True)
class Told:
    """Which sources are accounting programs, whatever they are called, the stages of the journey that hold now, which making of each saved
    segment counts, all of them (the newest first), the targets that were set, and what people noted of some days."""

    books: Callable[[], Collection[str]] = tuple
    stages: Callable[[], Journey] = lambda: SIX
    segments: Callable[[Sequence[str]], Sequence[str]] = _unknown
    saved: Callable[[], Sequence[SavedSegment]] = tuple
    targets: Callable[[], Sequence[Target]] = tuple
    annotations: Callable[[date, date], Sequence[Annotation]] = lambda first, last: ()


NOTHING = (
    Told()
)  # no records: the six stages, books by their names alone, no segments, no targets, nothing noted
