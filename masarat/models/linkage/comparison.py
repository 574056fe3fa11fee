"""How two values of a field are compared: a closeness from 0 to 1, cut into a few levels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Whole = NDArray[np.int64]
Closeness = Callable[[Sequence[str], Sequence[str]], Floats]
Key = Callable[[pl.Expr], pl.Expr]

MISSING = -1
MONTH, YEAR = 31, 366


def same(left: Sequence[str], right: Sequence[str]) -> Floats:
    """0: values that are not written alike say no more than that."""
    return np.zeros(len(left))


def spelling(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Jaro–Winkler: forgives slips of the keyboard, and trusts how a word begins."""
    return np.asarray(cpdist(left, right, scorer=JaroWinkler.normalized_similarity), dtype=np.float64)


def edits(left: Sequence[str], right: Sequence[str]) -> Floats:
    """1 less a tenth for each character put in, left out, changed or swapped: numbers, codes, e-mails."""
    distance = np.asarray(cpdist(left, right, scorer=OSA.distance, score_cutoff=9), dtype=np.float64)
    return np.asarray(1 - distance / 10, dtype=np.float64)


def days(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Dates as YYYY-MM-DD: one slip counts .9, a month or two slips .8, a year .7."""
    written = edits(left, right)
    apart = np.abs(_day_numbers(left) - _day_numbers(right))
    near = np.select([apart <= MONTH, apart <= YEAR], [0.8, 0.7], 0.0)
    return np.asarray(np.maximum(np.where(written >= 0.8 - 1e-9, written, 0.0), near), dtype=np.float64)


def email(left: Sequence[str], right: Sequence[str]) -> Floats:
    """How alike two addresses are as a whole, or where that is more, mostly before the @: many people share a domain."""
    one, other = (pl.Series(side, dtype=pl.String).str.splitn("@", 2).struct for side in (left, right))
    before = alike(*(side.field("field_0").to_list() for side in (one, other)))
    after = alike(*(side.field("field_1").fill_null("").to_list() for side in (one, other)))
    return np.maximum(0.7 * before + 0.3 * after, alike(left, right))


def alike(left: Sequence[str], right: Sequence[str]) -> Floats:
    """The share of characters that need no change."""
    return np.asarray(cpdist(left, right, scorer=OSA.normalized_similarity), dtype=np.float64)


def letters(left: Sequence[str], right: Sequence[str]) -> Floats:
    """The share of characters that need no change; the right letters in a wrong order are nine tenths right."""
    sorted_sides = (["".join(sorted(word)) for word in side] for side in (left, right))
    return np.maximum(alike(left, right), 0.9 * alike(*sorted_sides))


def _day_numbers(dates: Sequence[str]) -> Floats:
    read = pl.Series(dates, dtype=pl.String).str.to_date("%Y-%m-%d", strict=False)
    return read.to_physical().cast(pl.Float64).fill_null(float("nan")).to_numpy()


def whole(value: pl.Expr) -> pl.Expr:
    return value


def start(length: int) -> Key:
    """How a value begins."""
    return lambda value: value.str.slice(0, length)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field of the records and the closeness that each level of agreement takes, the highest first.

    Level 0 is disagreement, the highest is the very same value; a value that is missing on either side speaks neither for nor
    against. Pairs are looked for among records that share one of `keys`. `swaps` names another field with which people
    mix this one up, as they do given and family names. `strong` marks what belongs to one person: a phone, an e-mail.
    `chance` is what we believe, before seeing records, of how often two people share the value.
    """

    field: str
    closeness: Closeness = spelling
    at_least: tuple[float, ...] = (0.92, 0.8)
    keys: tuple[Key, ...] = (whole,)
    swaps: str = ""
    strong: bool = False
    chance: float = 0.001

    @property
    def top(self) -> int:
        """The level of the very same value."""
        return len(self.at_least) + 1


def compare(comparison: Comparison, values: NDArray[np.object_], left: Whole, right: Whole) -> Levels:
    """The level of each pair of coded values. Each pair of different values is compared once, however often it comes."""
    levels = np.full(len(left), MISSING, dtype=np.int8)
    known = (left >= 0) & (right >= 0)
    levels[known & (left == right)] = comparison.top
    differ = np.flatnonzero(known & (left != right))
    if not len(differ):
        return levels
    low, high = np.minimum(left[differ], right[differ]), np.maximum(left[differ], right[differ])
    pairs, back = np.unique(low * len(values) + high, return_inverse=True)
    low, high = np.divmod(pairs, len(values))
    close = comparison.closeness(values[low].tolist(), values[high].tolist())
    reached = close[:, None] >= np.array(comparison.at_least) - 1e-9
    levels[differ] = reached.sum(axis=1, dtype=np.int8)[back]
    return levels
