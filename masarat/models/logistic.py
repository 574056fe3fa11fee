"""Logistic regression: how likely something is, from a few numbers, so that each number's part can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RIDGE = (
    1.0  # as if each weight had been seen near nothing before: keeps what is rare from weights without end
)
TURNS, CLOSE = 50, 1e-8
FAR = 30.0  # beyond this the logistic curve is 0 or 1 to any digit that matters


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of numbers that were brought to mean 0 and spread 1; the first weight is that of everybody."""

    means: Floats
    spreads: Floats
    weights: Floats

    def chances(self, given: npt.ArrayLike) -> Floats:
        """How likely it is for each row of numbers."""
        scaled = (np.atleast_2d(np.asarray(given, dtype=float)) - self.means) / self.spreads
        return _chances(self.weights[0] + scaled @ self.weights[1:])

    @property
    def parts(self) -> Floats:
        """Of each number, by how much one spread more of it multiplies the odds, as a logarithm."""
        return self.weights[1:]


def fit(given: npt.ArrayLike, happened: npt.ArrayLike, ridge: float = RIDGE) -> Logistic:
    """The weights that make what happened most likely (iteratively reweighted least squares: Newton's steps), each drawn to nothing a little.

    A number that does not vary gets no weight. A step that would make matters worse is halved.

    >>> found = fit([[0], [0], [0], [0], [1], [1], [1], [1]], [0, 0, 0, 1, 0, 1, 1, 1], ridge=0)
    >>> [round(float(chance), 4) for chance in found.chances([[0], [1]])]
    [0.25, 0.75]
    """
    x, y = np.asarray(given, dtype=float), np.asarray(happened, dtype=float)
    means, spreads = x.mean(axis=0), x.std(axis=0)
    spreads = np.where(spreads > 0, spreads, 1.0)
    design = np.column_stack([np.ones(len(x)), (x - means) / spreads])
    drawn = np.diag([0.0] + [ridge] * x.shape[1])
    weights = np.zeros(design.shape[1])
    share = min(max(y.mean(), 1e-6), 1 - 1e-6)
    weights[0] = np.log(share / (1 - share))
    for _ in range(TURNS):
        step = _step(design, y, weights, drawn)
        weights = _no_worse(design, y, weights, step, drawn)
        if np.abs(step).max() < CLOSE:
            break
    return Logistic(means, spreads, weights)


def _step(design: Floats, y: Floats, weights: Floats, drawn: Floats) -> Floats:
    chances = _chances(design @ weights)
    slope = design.T @ (y - chances) - drawn @ weights
    bend = (design * np.maximum(chances * (1 - chances), 1e-12)[:, None]).T @ design + drawn
    return np.asarray(np.linalg.lstsq(bend, slope, rcond=None)[0], dtype=np.float64)


def _no_worse(design: Floats, y: Floats, weights: Floats, step: Floats, drawn: Floats) -> Floats:
    here = _doubt(design, y, weights, drawn)
    for _ in range(20):
        if _doubt(design, y, weights + step, drawn) <= here + CLOSE:
            return weights + step
        step = step / 2
    return weights


def _doubt(design: Floats, y: Floats, weights: Floats, drawn: Floats) -> float:
    """How unlikely the weights make what happened (minus the logarithm), with what is drawn to nothing."""
    score = design @ weights
    return float((np.logaddexp(0, score) - y * score).sum() + weights @ drawn @ weights / 2)


def _chances(score: Any) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(score, -FAR, FAR)))
    return found
