"""Which pairs are worth comparing: those that share a key, or two where one alone is too common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from masarat.models.linkage.comparison import Comparison, Whole, whole


@dataclass(frozen=True, slots=True)
class Blocked:
    """All pairs worth comparing, each once (`left` < `right`); where in them the pairs of each field stand; and how many
    records were passed over because they share even two values with too many others."""

    left: Whole
    right: Whole
    places: dict[str, Whole]
    skipped: int


@dataclass(frozen=True, slots=True)
class Blocking:
    """Bounds: a value shared by more than `largest` records says too little alone, and no key brings more pairs than its
    share of `most`; rare values come first."""

    largest: int = 200
    most: int = 10_000_000

    def pairs(self, frame: pl.DataFrame, comparisons: Sequence[Comparison], across: str | None) -> Blocked:
        rows = _rows(frame, across)
        keys = {c.field: list(_keys(rows, c)) for c in comparisons}
        share = self.most // max(sum(map(len, keys.values())), 1)
        singles = {field: [self._agreeing(key, share) for key in each] for field, each in keys.items()}
        crowded = {field: self._crowded(each[0], share) for field, each in keys.items() if each}
        doubles, skipped = [], 0
        for one, other in combinations(crowded, 2):
            both = crowded[one].join(crowded[other].select("row", also="value"), on="row")
            both = both.with_columns(value=pl.concat_str("value", "also", separator="\n"))
            doubles.append(self._agreeing(both, share))
            skipped += len(self._crowded(both, share))
        return _gathered(singles, doubles, len(frame), skipped)

    def _agreeing(self, key: pl.DataFrame, share: int) -> Whole:
        """Pairs of rows within each block that is not too large, as one number each."""
        known = key.filter(pl.len().over("value").is_between(2, self._bound(key, share)))
        pairs = known.join(known, on="value", suffix="_other").filter(pl.col("row") < pl.col("row_other"))
        if "source" in key.columns:
            pairs = pairs.filter(pl.col("source") != pl.col("source_other"))
        return (
            pairs.select(pl.col("row") * pl.col("rows") + pl.col("row_other")).to_series().unique().to_numpy()
        )

    def _crowded(self, key: pl.DataFrame, share: int) -> pl.DataFrame:
        return key.filter(pl.len().over("value") > self._bound(key, share))

    def _bound(self, key: pl.DataFrame, share: int) -> int:
        """The largest block that can be taken together with all smaller ones."""
        sizes = key["value"].value_counts()["count"].sort().cast(pl.Int64)
        taken = sizes.filter((sizes * (sizes - 1) // 2).cum_sum() <= share)
        return int(min(self.largest, taken[-1] if len(taken) else 1))


def _rows(frame: pl.DataFrame, across: str | None) -> pl.DataFrame:
    numbered = frame.with_row_index("row").with_columns(
        pl.col("row").cast(pl.Int64), rows=pl.lit(len(frame), pl.Int64)
    )
    return numbered.with_columns(source=pl.col(across)) if across else numbered


def _keys(rows: pl.DataFrame, comparison: Comparison) -> Iterator[pl.DataFrame]:
    """What each row is looked for by: one frame a key. Fields that are mixed up share their first."""
    kept = ["row", "rows", *(["source"] if "source" in rows.columns else [])]
    for key in comparison.keys:
        fields = (
            [comparison.field, comparison.swaps] if comparison.swaps and key is whole else [comparison.field]
        )
        values = [rows.select(*kept, value=key(pl.col(field).cast(pl.String))) for field in fields]
        yield pl.concat(values).drop_nulls("value")


def _gathered(singles: dict[str, list[Whole]], doubles: list[Whole], rows: int, skipped: int) -> Blocked:
    by_field = {field: _once(each) for field, each in singles.items()}
    pairs = _once([*by_field.values(), *doubles])
    left, right = np.divmod(pairs, max(rows, 1))
    places = {field: np.searchsorted(pairs, each) for field, each in by_field.items()}
    return Blocked(left, right, places, skipped)


def _once(pairs: Sequence[Whole]) -> Whole:
    """All of them in order, each once."""
    every = np.concatenate([np.empty(0, dtype=np.int64), *pairs])
    return np.asarray(pl.Series(every).unique().sort().to_numpy(), dtype=np.int64)
