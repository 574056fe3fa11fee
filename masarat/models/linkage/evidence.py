"""What the records say before anything is judged: every pair worth looking at, level by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from masarat.models.linkage.blocking import Blocked, Blocking
from masarat.models.linkage.comparison import MISSING, Comparison, Floats, Levels, Whole, compare
from masarat.models.linkage.fitting import Patterns

RANDOM_PAIRS, FEW_PAIRS = 100_000, 500_000
SEED = 7


@dataclass(frozen=True, slots=True)
class Column:
    """A field as whole numbers into a list of values, shared with the field it is mixed up with; −1 is missing."""

    values: NDArray[np.object_]
    codes: Whole

    @property
    def shares(self) -> Floats:
        """How common each value is."""
        counts = np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))
        return np.asarray(counts / max(counts.sum(), 1), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs of rows with the level of each field; `rarity` in bits, for agreeing on a rare name says more than on a common
    one; `chance` counts the levels of random pairs; `all_pairs` is how many pairs there could be."""

    blocked: Blocked
    levels: Levels
    rarity: Floats
    chance: Patterns
    all_pairs: float

    @classmethod
    def of(
        cls, frame: pl.DataFrame, comparisons: Sequence[Comparison], bounds: Blocking, across: str | None
    ) -> Evidence:
        columns = _columns(frame, comparisons)
        blocked = bounds.pairs(frame, comparisons, across)
        levels = _levels(comparisons, columns, blocked.left, blocked.right)
        left, right = _random_pairs(len(frame))
        if across:
            apart = (frame[across].rank("dense").to_numpy()[side] for side in (left, right))
            keep = np.not_equal(*apart)
            left, right = left[keep], right[keep]
        chance = Patterns.of(_levels(comparisons, columns, left, right))
        rarity = _rarity(comparisons, columns, levels, blocked)
        return cls(blocked, levels, rarity, chance, _all_pairs(frame, across))


def _columns(frame: pl.DataFrame, comparisons: Sequence[Comparison]) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for comparison in comparisons:
        fields = [comparison.field, *([comparison.swaps] if comparison.swaps else [])]
        texts = [frame[field].cast(pl.String) for field in fields]
        values = pl.concat(texts).drop_nulls().unique().sort()
        numbers = pl.Series(range(len(values)), dtype=pl.Int64)
        codes = texts[0].replace_strict(values, numbers, default=MISSING, return_dtype=pl.Int64)
        columns[comparison.field] = Column(
            values.to_numpy().astype(object), codes.fill_null(MISSING).to_numpy()
        )
    return columns


def _levels(
    comparisons: Sequence[Comparison], columns: dict[str, Column], left: Whole, right: Whole
) -> Levels:
    """One row a pair, one column a field."""
    levels = np.empty((len(left), len(comparisons)), dtype=np.int8)
    for place, each in enumerate(comparisons):
        column = columns[each.field]
        levels[:, place] = compare(each, column.values, column.codes[left], column.codes[right])
    fields = [each.field for each in comparisons]
    for place, each in enumerate(comparisons):
        if each.swaps and fields.index(each.swaps) > place:
            both = [place, fields.index(each.swaps)]
            levels[:, both] = _uncrossed(
                each, columns[each.field], columns[each.swaps], left, right, levels[:, both]
            )
    return levels


def _uncrossed(
    comparison: Comparison, one: Column, other: Column, left: Whole, right: Whole, straight: Levels
) -> Levels:
    """Where two fields agree better crosswise, their levels are those: Ali Hassan, Hassan Ali."""
    apart = np.flatnonzero(straight.min(axis=1) <= 0)
    left, right = left[apart], right[apart]
    crossed = np.stack(
        [
            compare(comparison, one.values, one.codes[left], other.codes[right]),
            compare(comparison, one.values, other.codes[left], one.codes[right]),
        ],
        axis=1,
    )
    agreement, before = np.maximum(crossed, 0).sum(axis=1), np.maximum(straight[apart], 0).sum(axis=1)
    better = (agreement > before) & (crossed.max(axis=1) >= comparison.top - 1)
    straight[apart[better]] = crossed[better]
    return straight


def _rarity(
    comparisons: Sequence[Comparison], columns: dict[str, Column], levels: Levels, blocked: Blocked
) -> Floats:
    """Bits by which the value that a pair shares is rarer than shared values are on average."""
    bits = np.zeros(len(levels))
    for place, each in enumerate(comparisons):
        column = columns[each.field]
        shares = column.shares
        codes = column.codes[blocked.left]
        same = (levels[:, place] == each.top) & (codes == column.codes[blocked.right])
        bits[same] += np.log2((shares**2).sum() / shares[codes[same]])
    return bits


def _random_pairs(rows: int) -> tuple[Whole, Whole]:
    """All pairs of few rows; of many, some drawn by lot."""
    if rows * (rows - 1) // 2 <= FEW_PAIRS:
        left, right = np.triu_indices(rows, 1)
        return left.astype(np.int64), right.astype(np.int64)
    left, right = np.random.default_rng(SEED).integers(0, rows, (2, RANDOM_PAIRS))
    return left[left != right], right[left != right]


def _all_pairs(frame: pl.DataFrame, across: str | None) -> float:
    sizes = (
        frame[across].value_counts()["count"].to_numpy().astype(np.float64) if across else np.ones(len(frame))
    )
    return max(float((len(frame) ** 2 - (sizes**2).sum()) / 2), 1.0)
