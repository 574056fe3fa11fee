"""A move of one customer, as far as figures read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The columns of the log of the same names; `titles` are the products' names, else their ids. Money in major units."""

    ts: datetime
    name: str
    order_id: str = ""
    revenue: float = 0.0
    currency: str = ""
    discount: float = 0.0
    session_id: str = ""
    channel: str = ""
    device: str = ""
    payment: str = ""
    branch: str = ""
    city: str = ""
    coupon: str = ""
    titles: Sequence[str] = field(default_factory=tuple)
    categories: Sequence[str] = field(default_factory=tuple)
    quantities: Sequence[float] = field(default_factory=tuple)
    amounts: Sequence[float] = field(default_factory=tuple)
    query: str = ""  # what was searched for
    survey: str = ""
    score: float | None = None  # of an answer
    rating: float | None = None  # of a review, in stars


def usual(values: Iterable[str]) -> str | None:
    """The most frequent of these, given in the order of time; of equals the latest. None where all are empty."""
    given = [value for value in values if value]
    times, last = Counter(given), {value: place for place, value in enumerate(given)}
    return max(last, key=lambda value: (times[value], last[value]), default=None)


def favourites(values: Iterable[str], most: int = 3) -> list[str] | None:
    """The most frequent few; of equals the one that came first. None where all are empty."""
    counted = Counter(value for value in values if value)
    return [value for value, _ in counted.most_common(most)] or None


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
