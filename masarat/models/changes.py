"""Whether a figure is out of its usual course: each cell of a scan against its own history of like stretches of time.

A cell is a row of three arrays: `amount`, `of` and `squares`, one entry a unit of time (a week, as a rule). What a cell is, its kind says:

- sum: the amounts themselves (orders, revenue); compared are their square roots, whose spread hardly depends on the level (Anscombe 1948).
- share: `amount` of `of` (visits that bought); compared by the arcsine of the root.
- mean: `amount` divided by `of` (order value); compared as it is.

`amount` is not a number in units before anything like it was counted. `of` counts what the cell rests on, `squares` is the sum of the squares of what was added up: from it comes the least spread that chance
alone makes, below which no history, however quiet, lets us go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from masarat.models.proportions import discoveries
from masarat.models.student import reach, two_sided

Kind = Literal["sum", "share", "mean"]
Floats = NDArray[np.float64]

LEVEL = 0.05  # of false discoveries among all that is told
SHORT = (
    4  # fewer units than these are compared with where the trend of the history leads; more with its level
)
WITH_TREND = 8  # units of history from which a trend is drawn
BORING = 1.8  # nearer to the usual than so many spreads nothing is found, and its chance need not be known
MOST_ALIKE = 0.8  # of neighbouring weeks


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one kind, a row each; columns are units of time in their order."""

    amount: Floats
    of: Floats
    squares: Floats

    def of_units(self, units: NDArray[np.bool_] | Sequence[int]) -> Cells:
        return Cells(self.amount[:, units], self.of[:, units], self.squares[:, units])


@dataclass(frozen=True, slots=True)
class Compared:
    """Each cell: how far from its usual course in spreads, what was usual for one unit, and how to go back from the scale of the test."""

    kind: Kind
    t: Floats
    freedom: Floats
    now: Floats  # on the scale of the test
    usual: Floats
    spread: Floats  # of now − usual
    noise: Floats  # variance of one unit, by which a mean of roots lies below the root of the mean

    def chances(self) -> list[float]:
        return [
            two_sided(float(t), float(freedom)) if abs(t) > BORING else 1.0
            for t, freedom in zip(self.t, self.freedom, strict=True)
        ]

    def value(self, cell: int, away: float = 0.0) -> float:
        """What was usual for one unit, as people read it; `away` goes so far from it on the scale of the test."""
        return _back(self.kind, float(self.usual[cell]) + away, float(self.noise[cell]))

    def bounds(self, cell: int) -> tuple[float, float]:
        """Between what the present lies with 95 %, for one unit, as people read it."""
        half = reach(0.05, float(self.freedom[cell])) * float(self.spread[cell])
        gap = float(self.now[cell] - self.usual[cell])
        return self.value(cell, gap - half), self.value(cell, gap + half)

    def beyond(self, cell: int, times: float) -> float:
        """How far in spreads from where it would be, had the usual changed so many times as that of the whole did."""
        expected = _forth(self.kind, self.value(cell) * times, float(self.noise[cell]))
        return (float(self.now[cell]) - expected) / float(self.spread[cell])


def compared(
    kind: Kind, before: Cells, now: Cells, places: Sequence[float], *, trend: bool = True
) -> Compared:
    """The units of `now` against those `before`; `places` are where the units lie in time, those before first.

    A few units are held against where a straight line through the history leads (sums) or its level (shares, means), with the spread of
    the history around that. Many units (a quarter's weeks) are a level of their own: the spread is that around a line through
    either side, and neighbouring weeks that are alike count for fewer. Spreads are never less than chance alone makes.
    """
    where, at = np.array(places[: before.of.shape[1]]), np.array(places[before.of.shape[1] :])
    found = (
        _ahead(kind, before, now, where, at, trend)
        if len(at) < SHORT
        else _level(kind, before, now, where, at)
    )
    usual, present, spread, freedom, noise, known = found
    t = np.where(known, (present - usual) / spread, 0.0)
    return Compared(kind, t, freedom, present, usual, spread, noise)


Held = tuple[
    Floats, Floats, Floats, Floats, Floats, NDArray[np.bool_]
]  # usual, now, spread, freedom, noise, known


def _ahead(kind: Kind, before: Cells, now: Cells, where: Floats, at: Floats, trend: bool) -> Held:
    """A few units against where the history leads."""
    (y, w), (y_now, w_now) = _scaled(kind, before), _scaled(kind, now)
    least, least_now = _least(kind, before, now)
    total, total_now = w.sum(axis=1), w_now.sum(axis=1)
    level, present = _over((w * y).sum(axis=1), total), _over((w_now * y_now).sum(axis=1), total_now)
    slope, middle, width = _line(y, w, where)
    count = (w > 0).sum(axis=1)
    sloped = (count >= WITH_TREND) & trend & (kind == "sum")
    slope, ahead = np.where(sloped, slope, 0.0), float(at.mean()) - middle
    left = w * (y - level[:, None] - slope[:, None] * (where - middle[:, None])) ** 2
    freedom = np.maximum(count - 1.0 - sloped, 1.0)
    variance = np.maximum(left.sum(axis=1) / freedom, least)
    shaky = _over(np.ones_like(total), total) + np.where(sloped, _over(ahead**2, width), 0.0)
    spread = np.maximum(variance, least_now) * _over(np.ones_like(total_now), total_now) + variance * shaky
    noise = variance if kind == "sum" else np.zeros_like(variance)
    return level + slope * ahead, present, _root(spread), freedom, noise, (total > 0) & (total_now > 0)


def _level(kind: Kind, before: Cells, now: Cells, where: Floats, at: Floats) -> Held:
    """Many units against the level of the history. The root of an amount is taken of the level, not of each unit: a week may well have none."""
    scaled = _counted if kind == "sum" else _scaled
    (y, w), (y_now, w_now) = scaled(kind, before), scaled(kind, now)
    least, least_now = _least(kind, before, now)
    total, total_now = w.sum(axis=1), w_now.sum(axis=1)
    level, present = _over((w * y).sum(axis=1), total), _over((w_now * y_now).sum(axis=1), total_now)
    left, alike, freedom = _around_lines(y, w, where, y_now, w_now, at)
    if kind == "sum":
        both = np.maximum((level * total + present * total_now) / np.maximum(total + total_now, 1.0), 0.0)
        left = _over(left, 4 * both)
        level, present = np.sqrt(np.maximum(level, 0.0)), np.sqrt(np.maximum(present, 0.0))
    stretch = (1 + alike) / (1 - alike)
    known = (total > 0) & (total_now > 0)
    there, here = np.where(known, total, 1.0), np.where(known, total_now, 1.0)
    spread = stretch * (np.maximum(left, least) / there + np.maximum(left, least_now) / here)
    return level, present, _root(spread), np.maximum(freedom / stretch, 1.0), np.zeros_like(level), known


def believed(chances: Sequence[float], families: Sequence[str]) -> list[float]:
    """Each chance made what it is among all cells scanned (Benjamini and Hochberg 1995), every family (dimension) having the same say.

    Weights add up to the number of cells (Genovese, Roeder and Wasserman 2006): eighty products do not drown out the overall figure.

    >>> [round(each, 3) for each in believed([0.01, 0.5, 0.02, 0.5, 0.5, 0.5], ["", "", "p", "p", "p", "p"])]
    [0.04, 0.667, 0.08, 0.667, 0.667, 0.667]
    """
    sizes = {family: families.count(family) for family in set(families)}
    each = len(chances) / len(sizes) if sizes else 1.0
    return discoveries(
        [min(1.0, chance * sizes[family] / each) for chance, family in zip(chances, families, strict=True)]
    )


def _scaled(kind: Kind, cells: Cells) -> tuple[Floats, Floats]:
    """The scale of the test, and what each unit weighs."""
    if kind == "sum":
        known = ~np.isnan(cells.amount)
        return np.sqrt(np.maximum(np.where(known, cells.amount, 0.0), 0.0)), known.astype(float)
    of = np.maximum(cells.of, 0.0)
    if kind == "share":
        return np.arcsin(np.sqrt(np.clip((cells.amount + 0.375) / (of + 0.75), 0.0, 1.0))), of
    return _over(cells.amount, of), of


def _counted(kind: Kind, cells: Cells) -> tuple[Floats, Floats]:
    """Amounts as they are."""
    del kind
    known = ~np.isnan(cells.amount)
    return np.where(known, cells.amount, 0.0), known.astype(float)


def _back(kind: Kind, y: float, noise: float) -> float:
    if kind == "sum":
        return max(y, 0.0) ** 2 + noise
    return float(np.sin(np.clip(y, 0.0, np.pi / 2)) ** 2) if kind == "share" else y


def _forth(kind: Kind, value: float, noise: float) -> float:
    if kind == "sum":
        return float(np.sqrt(max(value - noise, 0.0)))
    return float(np.arcsin(np.sqrt(np.clip(value, 0.0, 1.0)))) if kind == "share" else value


def _least(kind: Kind, before: Cells, now: Cells) -> tuple[Floats, Floats]:
    """The variance of one unit (sum), or of one of `of`, that chance alone makes: before, and in the present's own units."""
    if kind == "share":
        quarter = np.full(len(before.of), 0.25)
        return quarter, quarter
    if kind == "sum":
        found = [
            _over(np.nansum(c.squares, axis=1), np.nansum(np.abs(c.amount), axis=1)) / 4
            for c in (before, now)
        ]
    else:
        found = [
            _varies(c.amount.sum(axis=1), c.of.sum(axis=1), c.squares.sum(axis=1)) for c in (before, now)
        ]
    return np.where(found[0] > 0, found[0], found[1]), np.maximum(*found)


def _varies(amount: Floats, of: Floats, squares: Floats) -> Floats:
    """The variance within one of `of`."""
    found: Floats = np.maximum(_over(squares, of) - _over(amount, of) ** 2, 0.0)
    return found


def _line(y: Floats, w: Floats, where: Floats) -> tuple[Floats, Floats, Floats]:
    """Weighted least squares: the slope, the middle of the places, and how wide they lie."""
    total = w.sum(axis=1)
    middle = _over((w * where).sum(axis=1), total)
    level = _over((w * y).sum(axis=1), total)
    apart = where - middle[:, None]
    width = (w * apart**2).sum(axis=1)
    return _over((w * apart * (y - level[:, None])).sum(axis=1), width), middle, width


def _around_lines(
    y: Floats, w: Floats, where: Floats, y_now: Floats, w_now: Floats, at: Floats
) -> tuple[Floats, Floats, Floats]:
    """The variance of a unit around a line through either side, how alike neighbours are, and the degrees of freedom."""
    squares, pairs, freedom, units = (np.zeros(len(y)) for _ in range(4))
    for side, weight, places in ((y, w, where), (y_now, w_now, at)):
        slope, middle, _ = _line(side, weight, places)
        level = _over((weight * side).sum(axis=1), weight.sum(axis=1))
        left = np.sqrt(weight) * (side - level[:, None] - slope[:, None] * (places - middle[:, None]))
        squares += (left**2).sum(axis=1)
        pairs += (left[:, 1:] * left[:, :-1]).sum(axis=1)
        count = (weight > 0).sum(axis=1)
        units += count
        freedom += np.maximum(count - 2.0, 0.0)
    freedom = np.maximum(freedom, 1.0)
    alike = _over(pairs, squares)
    units = np.maximum(units, 1.0)  # it is found too small; and some of its own uncertainty is laid on top
    alike = np.clip(alike + (1 + 4 * alike) / units + 0.75 / np.sqrt(units), 0.0, MOST_ALIKE)
    return squares / freedom, alike, freedom


def _root(spread: Floats) -> Floats:
    found: Floats = np.sqrt(np.maximum(spread, 1e-12))
    return found


def _over(upper: Floats, lower: Floats | float) -> Floats:
    """A quotient that is nothing where there is nothing to divide by."""
    below = np.broadcast_to(np.asarray(lower, dtype=float), np.shape(upper))
    found: Floats = np.divide(upper, below, out=np.zeros(np.shape(upper)), where=below != 0)
    return found
