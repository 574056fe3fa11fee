"""Maximum likelihood for models whose parameters are all positive: by gradients of the logarithms, from several starts.

Where the likelihood has no maximum within reach (a parameter runs away to nothing or without bound) a weak prior holds it, and the fit says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

Floats = NDArray[np.float64]
Likelihood = Callable[
    [Floats], tuple[float, Floats]
]  # parameters → log-likelihood and its gradient by the parameters

REACH = 9.0  # of the logarithm of a parameter, both ways: from 0.0001 to 8,000
SHARP = 1e-10  # a step of Newton below this moves no digit that is shown
PRIOR_SPREAD = 2.0  # of the logarithm of a parameter, where a prior is needed


@dataclass(frozen=True, slots=True)
class Fit:
    """Parameters in their order, the log-likelihood there, the covariance of the parameters' logarithms, and whether a prior held them."""

    parameters: Floats
    log_likelihood: float
    log_covariance: Floats
    is_held: bool

    @property
    def errors(self) -> Floats:
        """Standard errors of the parameters themselves (delta method)."""
        found: Floats = self.parameters * np.sqrt(np.maximum(np.diag(self.log_covariance), 0.0))
        return found


def fit(
    likelihood: Likelihood,
    starts: Sequence[Sequence[float]],
    customers: float,
    rough: Likelihood | None = None,
) -> Fit:
    """The parameters of the greatest likelihood; `customers` is how many the likelihood sums over.

    `rough` is nearly the same likelihood, and much cheaper: it finds where to begin, and whether a prior is needed.
    """
    import scipy.optimize  # noqa: F401 - a quarter of a second, for those who fit alone; it brings linear algebra of its own

    with threadpool_limits(
        1, "blas"
    ):  # matrices of four by four, which threads would only wait for, at full speed
        if rough is None:
            return _fitted(likelihood, starts, customers)
        near = _fitted(rough, starts, customers)
        held = np.log(np.asarray(starts[0], dtype=float)) if near.is_held else None
        found = _climb(likelihood, [near.parameters.tolist()], customers, held)
        if held is None and not _is_inside(likelihood, found):
            return _fitted(likelihood, starts, customers)
        return _told(likelihood, found, held)


def _fitted(likelihood: Likelihood, starts: Sequence[Sequence[float]], customers: float) -> Fit:
    found = _climb(likelihood, starts[:1], customers, None)
    if not _is_inside(likelihood, found):
        found = _climb(likelihood, starts, customers, None)
    centre = np.log(np.asarray(starts[0], dtype=float))
    held = None if _is_inside(likelihood, found) else centre
    if held is not None:
        found = _climb(likelihood, starts, customers, held)
    return _told(likelihood, found, held)


def _told(likelihood: Likelihood, found: Floats, held: Floats | None) -> Fit:
    curvature = _curvature(likelihood, found, held)
    value, _ = likelihood(np.exp(found))
    return Fit(np.exp(found), float(value), _inverse(curvature), held is not None)


def _climb(
    likelihood: Likelihood, starts: Sequence[Sequence[float]], customers: float, held: Floats | None
) -> Floats:
    from scipy.optimize import minimize

    def descent(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(logs)
        value, gradient = likelihood(parameters)
        value, gradient = -value / customers, -gradient * parameters / customers
        if held is not None:
            away = (logs - held) / PRIOR_SPREAD
            value += float(away @ away) / 2 / customers
            gradient = gradient + away / PRIOR_SPREAD / customers
        return value, gradient

    bounds = [(-REACH, REACH)] * len(starts[0])
    tried = [
        minimize(descent, np.log(np.asarray(start, dtype=float)), jac=True, method="L-BFGS-B", bounds=bounds,
                 options={"maxiter": 500, "ftol": 1e-14, "gtol": 1e-9})
        for start in starts
    ]  # fmt: skip
    best = min(tried, key=lambda one: float(one.fun))
    return _sharpened(likelihood, np.asarray(best.x, dtype=float), held)


def _sharpened(likelihood: Likelihood, logs: Floats, held: Floats | None) -> Floats:
    """A few steps of Newton, so that the last digits are those of the optimum and not of where the search stopped."""
    for _ in range(4):
        slope = _slope(likelihood, logs, held)
        curvature = _curvature(likelihood, logs, held)
        if np.linalg.eigvalsh(curvature).min() <= 0:
            return logs
        step = np.linalg.solve(curvature, slope)
        if np.abs(step).max() > 0.5 or np.abs(logs + step).max() > REACH:
            return logs
        logs = logs + step
        if np.abs(step).max() < SHARP:
            return logs
    return logs


def _slope(likelihood: Likelihood, logs: Floats, held: Floats | None) -> Floats:
    """The gradient of what is maximised, by the logarithms."""
    parameters = np.exp(logs)
    slope = likelihood(parameters)[1] * parameters
    return slope if held is None else slope - (logs - held) / PRIOR_SPREAD**2


def _curvature(likelihood: Likelihood, logs: Floats, held: Floats | None) -> Floats:
    """Minus the second derivatives by the logarithms, from differences of the gradient."""
    width = 1e-5
    size = len(logs)
    rows = [
        (_slope(likelihood, logs + width * unit, held) - _slope(likelihood, logs - width * unit, held))
        / (2 * width)
        for unit in np.eye(size)
    ]
    found = -np.asarray(rows)
    both: Floats = (found + found.T) / 2
    return both


def _is_inside(likelihood: Likelihood, logs: Floats) -> bool:
    """Whether this is a peak and no slope that goes on."""
    if np.abs(logs).max() > REACH - 0.5:
        return False
    least = float(np.linalg.eigvalsh(_curvature(likelihood, logs, None)).min())
    return least > 1e-3


def _inverse(curvature: Floats) -> Floats:
    values, axes = np.linalg.eigh(curvature)
    found: Floats = (axes / np.maximum(values, 1e-6)) @ axes.T
    return found
