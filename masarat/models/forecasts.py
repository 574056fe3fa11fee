"""Forecasts judged by what happened: do they tell the likely from the unlikely, and does what they call 10 % happen once in ten times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masarat.models.proportions import interval

GROUPS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Forecasts that are alike: what they said on average, and how often it happened, with its 95 % interval."""

    of: int
    said: float
    happened: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.happened / self.of

    @property
    def holds(self) -> bool:
        """Whether what was said lies within what chance allows."""
        return self.low <= self.said <= self.high


def auc(said: npt.ArrayLike, happened: npt.ArrayLike) -> float | None:
    """How often, of one to whom it happened and one to whom it did not, the first was given the higher forecast; equal ones count half.

    0.5 is blind. None where it happened to all or to none.

    >>> auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])
    0.75
    """
    values, truth = np.asarray(said, dtype=float), np.asarray(happened, dtype=bool)
    ones, others = int(truth.sum()), int((~truth).sum())
    if not ones or not others:
        return None
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2  # of equal values the middle one
    return float((ranks[place][truth].sum() - ones * (ones + 1) / 2) / (ones * others))


def brier(said: npt.ArrayLike, happened: npt.ArrayLike) -> float:
    """The mean square by which forecasts missed (Brier 1950): 0 is perfect; who always says the share itself gets share × (1 − share).

    >>> brier([0.5, 1.0], [0, 1])
    0.125
    """
    missed = np.asarray(said, dtype=float) - np.asarray(happened, dtype=float)
    return float((missed**2).mean())


def calibration(
    said: Sequence[float] | npt.NDArray[np.float64], happened: npt.ArrayLike, groups: int = GROUPS
) -> list[Group]:
    """Groups of as equal size as can be, from the lowest forecasts to the highest; equal forecasts stay together."""
    values, truth = np.asarray(said, dtype=float), np.asarray(happened, dtype=bool)
    order = np.argsort(values, kind="stable")
    values, truth = values[order], truth[order]
    ends = {round(len(values) * place / groups) for place in range(1, groups + 1)}
    cuts = sorted({int(np.searchsorted(values, values[end - 1], side="right")) for end in ends if end})
    return [_group(values[start:end], truth[start:end]) for start, end in zip([0, *cuts], cuts, strict=False)]


def _group(values: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_]) -> Group:
    happened = int(truth.sum())
    low, high = interval(happened, len(values)) or (0.0, 1.0)
    return Group(len(values), float(values.mean()), happened, low, high)
