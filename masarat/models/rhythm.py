"""Rhythm: how long a customer's silence is against their own usual gaps, and how likely it is that they come no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr, ndtr

Floats = npt.NDArray[np.float64]

FEWEST_GAPS = 20  # of all customers together: fewer tell no rhythm
STEPS = 4  # after the first, second, third order, and any later one: each has a chance to be the last
WITHIN, BETWEEN = 0.5, 0.25  # spreads of logarithms, where too few customers have several gaps to tell
AS_ALL = 10.0  # orders, by which the chance of each step is drawn to that of all
LEAST = 0.05  # spread within a customer: nobody is a clock
SURE = 0.99  # nor is anything surer than this, nor less sure than the rest
TURNS = 200


@dataclass(frozen=True, slots=True)
class Gaps:
    """A customer each: how many gaps between days with orders, sums of their logarithms and of the squares, and days since the last order."""

    many: Floats
    logs: Floats
    squares: Floats
    silent: Floats

    @classmethod
    def of(cls, many: Any, logs: Any, squares: Any, silent: Any) -> Gaps:
        return cls(*(np.asarray(each, dtype=np.float64) for each in (many, logs, squares, silent)))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is usual in a shop: the logarithm of a gap, how far gaps of one customer and usual gaps of customers spread, and how often the
    first, second, third and any later order was the last."""

    usual: float
    within: float
    between: float
    last: Floats

    def gap(self, gaps: Gaps) -> Floats:
        """The usual gap of each customer in days, drawn to the shop's where few of theirs are known."""
        found: Floats = np.exp(self._middle(gaps)[0])
        return found

    def unusual(self, gaps: Gaps) -> Floats:
        """How often a gap of this customer is at least as long as the silence is by now."""
        return np.asarray(ndtr(-self._far(gaps, gaps.silent)), dtype=np.float64)

    def left(self, gaps: Gaps) -> Floats:
        """How likely the last order was the last one: the silence speaks for it by Bayes' rule, the more the longer it is for them."""
        before = self.last[_step(gaps)]
        still = (1 - before) * self.unusual(gaps)
        return np.asarray(before / np.maximum(before + still, 1e-300), dtype=np.float64)

    def silent_for(self, gaps: Gaps, days: float) -> Floats:
        """How likely no order comes within days: they left, or it takes them longer."""
        left = self.left(gaps)
        longer = np.exp(
            log_ndtr(-self._far(gaps, gaps.silent + days)) - log_ndtr(-self._far(gaps, gaps.silent))
        )
        said = left + (1 - left) * np.clip(longer, 0.0, 1.0)
        return np.asarray(np.clip(said, 1 - SURE, SURE), dtype=np.float64)

    def _middle(self, gaps: Gaps) -> tuple[Floats, Floats]:
        """Where the logarithm of the next gap lies and how far it spreads (normal with a normal prior, both spreads known)."""
        sure = gaps.many / self.within + 1 / self.between
        return (gaps.logs / self.within + self.usual / self.between) / sure, np.sqrt(self.within + 1 / sure)

    def _far(self, gaps: Gaps, days: Floats) -> Floats:
        middle, spread = self._middle(gaps)
        return np.asarray((np.log(np.maximum(days, 0.5)) - middle) / spread, dtype=np.float64)


def rhythm(gaps: Gaps) -> Rhythm | None:
    """The rhythm of a shop; none where fewer than twenty gaps are known.

    Spreads by the analysis of variance; how often an order was the last by expectation and maximisation: who is silent longer than they usually
    are counts as gone by as much as the silence is unusual.

    >>> calm = Gaps.of([9] * 9, [9 * 3.0] * 9, [9 * 9.1] * 9, [20.0] * 9)
    >>> found = rhythm(calm)
    >>> [round(float(days)) for days in found.gap(calm)[:2]], round(float(found.left(calm)[0]), 2) < 0.2
    ([20, 20], True)
    """
    known = gaps.many > 0
    total = float(gaps.many.sum())
    if total < FEWEST_GAPS:
        return None
    means = gaps.logs[known] / gaps.many[known]
    freedom = float((gaps.many[known] - 1).sum())
    around = float((gaps.squares[known] - gaps.logs[known] * means).sum())
    within = max(around / freedom, LEAST) if freedom >= FEWEST_GAPS else WITHIN
    among = (
        float(means.var(ddof=1)) - within * float((1 / gaps.many[known]).mean()) if len(means) > 2 else 0.0
    )
    between = max(among, 0.01) if len(means) >= FEWEST_GAPS else BETWEEN
    sure = 1 / (between + within / gaps.many[known])
    found = Rhythm(float((sure * means).sum() / sure.sum()), within, between, np.full(STEPS, 0.1))
    return Rhythm(found.usual, within, between, _last(gaps, found.unusual(gaps)))


def _step(gaps: Gaps) -> npt.NDArray[np.int_]:
    return np.minimum(gaps.many, STEPS - 1).astype(int)


def _last(gaps: Gaps, unusual: Floats) -> Floats:
    """How often an order at each step was the last: those followed by another are known, of the others each counts by how likely it is."""
    place = _step(gaps)
    followed = np.array([float((gaps.many > step).sum()) for step in range(STEPS)])
    followed[-1] = float(np.maximum(gaps.many - (STEPS - 1), 0).sum())
    one = np.zeros(len(place), dtype=int)
    usual = _shares(one, followed.sum(keepdims=True), unusual, np.full(1, 0.5), 2.0)
    return _shares(place, followed, unusual, np.full(STEPS, usual[0]), AS_ALL)


def _shares(
    place: npt.NDArray[np.int_], followed: Floats, unusual: Floats, expected: Floats, weight: float
) -> Floats:
    """By expectation and maximisation, as if `weight` orders more had been seen as expected."""
    found = expected
    still = np.bincount(place, minlength=len(expected))
    for _ in range(TURNS):
        before = found[place]
        gone = before / np.maximum(before + (1 - before) * unusual, 1e-300)
        after = (np.bincount(place, weights=gone, minlength=len(expected)) + weight * expected) / (
            followed + still + weight
        )
        if np.abs(after - found).max() < 1e-9:
            break
        found = after
    return found
