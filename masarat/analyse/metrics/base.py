"""What a metric is: a figure above and one below the line, over rows that several metrics may share.

A `Reading` gives steps whose last one, `facts`, has one row a thing counted (a visit, a cart, an order, an answer): who, day, breakdown, and what
its metrics need. A `Metric` says in SQL what stands above and below the line of such rows. Trend, breakdown, overall figure,
comparison and certainty all come from that one reading (`measuring.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from masarat.analyse.answer import Kind
from masarat.analyse.frame import Frame


class Said(NamedTuple):
    """A metric's name and its definition, in one language."""

    title: str
    formula: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows that metrics are computed of."""

    name: str
    steps: Callable[[Frame], dict[str, str]]
    values: Callable[[Frame], Mapping[str, Any]]
    events: tuple[str, ...]  # without any of these there is nothing to read; none where any move will do

    def missing(self, frame: Frame) -> str:
        """The first of its events, where none of them was ever seen."""
        seen = frame.facts.counts
        there = any(event in seen for event in self.events) if self.events else bool(seen)
        return "" if there else (self.events or ("Page Viewed",))[0]


@dataclass(frozen=True, slots=True)
class Metric:
    """One of the metrics. `stages` are those of the journey at which it matters, by the keys of the usual six."""

    name: str
    kind: Kind
    good: Literal["more", "less"]
    stages: tuple[str, ...]
    reading: Reading
    top: str
    bottom: str
    en: Said
    ar: Said
    counts: bool = False  # a number of things: what stands above the line alone
    by_days: bool = False  # its certainty is that of days, not of customers
    runs: bool = False  # everything up to the day counts, not that of the day alone: it grows by itself, and is not tested

    def said(self, language: str) -> Said:
        return self.ar if language == "ar" else self.en

    def value(self, top: float, bottom: float) -> float | None:
        if self.counts:
            return top
        return top / bottom if bottom > 0 else None

    def sample(self, top: float, bottom: float) -> int:
        """What the figure rests on."""
        return int(top if self.counts else bottom)
