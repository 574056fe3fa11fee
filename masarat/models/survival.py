"""Survival: which share is still there after how long, where of many it is not known yet how long they will stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincc

from masarat.models.proportions import CHANCE

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lives:
    """Of a group, at each distinct time in rising order: how many left then, and how many were last seen then and had not left."""

    times: Floats
    left: Floats
    stayed: Floats

    @property
    def at_risk(self) -> Floats:
        """How many were there just before each time."""
        gone: Floats = np.cumsum(self.left + self.stayed) - (self.left + self.stayed)
        return np.asarray(self.size - gone, dtype=np.float64)

    @property
    def size(self) -> float:
        return float((self.left + self.stayed).sum())


def lives(times: npt.ArrayLike, left: npt.ArrayLike, weights: npt.ArrayLike = 1.0) -> Lives:
    """From one row a customer, or a row of so many equal ones: how long they were followed, and whether they had left by then."""
    lasted, gone = np.asarray(times, dtype=float), np.asarray(left, dtype=bool)
    many = np.broadcast_to(np.asarray(weights, dtype=float), lasted.shape)
    distinct, place = np.unique(lasted, return_inverse=True)
    counts = [
        np.bincount(place, weights=np.where(which, many, 0.0), minlength=len(distinct)).astype(np.float64)
        for which in (gone, ~gone)
    ]
    return Lives(distinct, counts[0], counts[1])


@dataclass(frozen=True, slots=True)
class Curve:
    """The share still there after each time at which somebody left, with its interval; 1 before the first."""

    times: Floats
    shares: Floats
    low: Floats
    high: Floats
    at_risk: Floats

    def share(self, time: float) -> float:
        """The share still there after a time."""
        return _at(self.times, self.shares, time)

    def between(self, time: float) -> tuple[float, float]:
        """Between what it lies."""
        return _at(self.times, self.low, time), _at(self.times, self.high, time)

    @property
    def median(self) -> float | None:
        """When half have left; none where fewer have."""
        return _crossing(self.times, self.shares)

    @property
    def median_between(self) -> tuple[float | None, float | None]:
        """The interval of the median (Brookmeyer and Crowley 1982): where the ends of the curve's interval cross a half."""
        return _crossing(self.times, self.low), _crossing(self.times, self.high)


def kaplan_meier(found: Lives, chance: float = CHANCE) -> Curve:
    """The product-limit estimate (Kaplan and Meier 1958), with Greenwood's variance on the scale of log(−log).

    >>> curve = kaplan_meier(lives([1, 2, 2, 3, 4], [True, True, False, True, False]))
    >>> [round(float(share), 4) for share in curve.shares], curve.median
    ([0.8, 0.6, 0.3], 3.0)
    """
    there, at_risk = found.left > 0, found.at_risk
    times, left, risk = found.times[there], found.left[there], at_risk[there]
    shares = np.cumprod(1 - left / risk).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(np.where(risk > left, left / (risk * (risk - left)), np.inf))
        logs = np.log(shares)
        reach = NormalDist().inv_cdf(1 - chance / 2) * np.sqrt(greenwood) / np.abs(logs)
        # Where everybody left the share is 0 and the interval says no more.
        low = np.where(shares > 0, shares ** np.exp(reach), 0.0)
        high = np.where(shares > 0, shares ** np.exp(-reach), 0.0)
    return Curve(times, shares, low, high, risk)


def log_rank(groups: Sequence[Lives]) -> float | None:
    """How often chance alone would let groups differ so: Mantel's test (1966) for any number of groups; none where nothing can be told.

    >>> early, late = lives([1, 2, 3, 4], [1, 1, 1, 1]), lives([5, 6, 7, 8], [1, 1, 1, 1])
    >>> round(log_rank([early, late]), 4)
    0.0067
    """
    many = [group for group in groups if group.size]
    times = np.unique(np.concatenate([group.times[group.left > 0] for group in many] or [np.empty(0)]))
    if len(many) < 2 or not len(times):
        return None
    left = np.array([_when(group, times) for group in many])
    risk = np.array([_risk(group, times) for group in many])
    all_left, all_risk = left.sum(axis=0), risk.sum(axis=0)
    gaps = (left - risk * all_left / all_risk).sum(axis=1)[:-1]
    spare = np.where(all_risk > 1, (all_risk - all_left) / np.maximum(all_risk - 1, 1), 0.0)
    shares = risk / all_risk
    rates = all_left * spare
    spread = np.diag((shares * rates).sum(axis=1)) - (shares * rates) @ shares.T
    found = spread[:-1, :-1]
    if np.linalg.matrix_rank(found) < len(found):
        return None
    score = float(gaps @ np.linalg.solve(found, gaps))
    return float(gammaincc((len(many) - 1) / 2, max(score, 0.0) / 2))


def _at(times: Floats, values: Floats, time: float) -> float:
    place = int(np.searchsorted(times, time, side="right")) - 1
    return float(values[place]) if place >= 0 else 1.0


def _crossing(times: Floats, values: Floats) -> float | None:
    below = np.nonzero(values <= 0.5)[0]
    return float(times[below[0]]) if len(below) else None


def _when(group: Lives, times: Floats) -> Floats:
    """How many of the group left at each of these times."""
    place = np.searchsorted(group.times, times)
    inside = np.minimum(place, len(group.times) - 1)
    return np.where((place < len(group.times)) & (group.times[inside] == times), group.left[inside], 0.0)


def _risk(group: Lives, times: Floats) -> Floats:
    """How many of the group were there just before each of these times."""
    place = np.searchsorted(group.times, times)
    return np.append(group.at_risk, 0.0)[place]
