"""Customers with contracts, who renew or do not (sBG), and those with fixed occasions to buy, like a yearly bazaar (BG/BB).

sBG (Fader and Hardie 2007): each customer has a chance of not renewing, beta-distributed (α, β); retention rises with age because those who
leave readily are gone. BG/BB (Fader, Hardie and Shang 2010): at each occasion a customer who is one still buys with a chance (α, β), and
leaves with another (γ, δ).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, logsumexp

from masarat.models.lifetime.fitting import Fit, Floats, fit

STEP = 1e-6  # of the logarithm of a parameter, for a gradient from differences: these likelihoods sum over a handful of cells


@dataclass(frozen=True, slots=True)
class Renewals:
    """A fitted sBG: survival at any number of renewals."""

    alpha: float
    beta: float
    log_likelihood: float
    fit: Fit

    def survival(self, renewals: object) -> Floats:
        """The share of customers that is there still after so many renewals."""
        found: Floats = np.exp(
            _log_survival(np.asarray(renewals, dtype=float), np.array([self.alpha, self.beta]))
        )
        return found


def fitted_renewals(lost: object, left: float) -> Renewals:
    """Of the customers lost at the first, second, … renewal, and those who are there after the last."""
    gone = np.asarray(lost, dtype=float)
    times = np.arange(1.0, gone.size + 1)

    def value(parameters: Floats) -> float:
        before, after = _log_survival(times - 1, parameters), _log_survival(times, parameters)
        lost_at = before + np.log(-np.expm1(after - before))
        return float(gone @ lost_at + left * after[-1])

    found = fit(
        lambda parameters: _with_gradient(value, parameters),
        [(1.0, 3.0), (0.5, 1.0)],
        float(gone.sum() + left),
    )
    return Renewals(float(found.parameters[0]), float(found.parameters[1]), found.log_likelihood, found)


def _log_survival(times: Floats, parameters: Floats) -> Floats:
    alpha, beta = parameters
    found: Floats = betaln(alpha, beta + times) - betaln(alpha, beta)
    return found


@dataclass(frozen=True, slots=True)
class Occasions:
    """A fitted BG/BB."""

    alpha: float
    beta: float
    gamma: float
    delta: float
    log_likelihood: float
    fit: Fit

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        return self.alpha, self.beta, self.gamma, self.delta

    def alive(self, x: object, tx: object, occasions: object) -> Floats:
        """The chance that each is a customer still at the next occasion."""
        count, last, of = (np.atleast_1d(np.asarray(each, dtype=float)) for each in (x, tx, occasions))
        logs = np.array(self.parameters)
        here = (
            betaln(logs[0] + count, logs[1] + of - count)
            - betaln(logs[0], logs[1])
            + betaln(logs[2], logs[3] + of + 1)
            - betaln(logs[2], logs[3])
        )
        found: Floats = np.exp(here - _log_cells(count, last, of, logs))
        return found


def fitted_occasions(x: object, tx: object, occasions: object, customers: object) -> Occasions:
    """Of distinct (purchases, occasion of the last one, occasions there were) with how many customers are so."""
    count, last, of, many = (
        np.atleast_1d(np.asarray(each, dtype=float)) for each in (x, tx, occasions, customers)
    )

    def value(parameters: Floats) -> float:
        return float(many @ _log_cells(count, last, of, parameters))

    found = fit(
        lambda parameters: _with_gradient(value, parameters),
        [(1.0, 1.0, 0.5, 2.0), (1.0, 0.5, 1.0, 5.0)],
        float(many.sum()),
    )
    alpha, beta, gamma, delta = (float(each) for each in found.parameters)
    return Occasions(alpha, beta, gamma, delta, found.log_likelihood, found)


def _log_cells(x: Floats, tx: Floats, of: Floats, parameters: Floats) -> Floats:
    alpha, beta, gamma, delta = parameters
    bought, stayed = betaln(alpha, beta), betaln(gamma, delta)
    here = betaln(alpha + x, beta + of - x) - bought + betaln(gamma, delta + of) - stayed
    after = np.arange(max(int((of - tx).max()), 1))
    gone = np.where(
        after[None, :] < (of - tx)[:, None],
        betaln(alpha + x[:, None], beta + (tx - x)[:, None] + after) - bought
        + betaln(gamma + 1, delta + tx[:, None] + after) - stayed,
        -np.inf,
    )  # fmt: skip
    found: Floats = np.logaddexp(here, logsumexp(gone, axis=1))
    return found


def _with_gradient(value: Callable[[Floats], float], parameters: Floats) -> tuple[float, Floats]:
    """A likelihood of few cells with its gradient by central differences."""
    slopes = []
    for place in range(parameters.size):
        factor = np.ones_like(parameters)
        factor[place] = np.exp(STEP)
        slopes.append(
            (value(parameters * factor) - value(parameters / factor)) / (2 * STEP) / parameters[place]
        )
    return value(parameters), np.array(slopes)
