"""Buying without contracts, leaving at any moment (Pareto/NBD; Schmittlein, Morrison and Colombo 1987).

Rates of buying are gamma-distributed (r, α), rates of leaving too (s, β). What is unseen, the moment of leaving between the last purchase and
now, is integrated by Gauss–Legendre quadrature in logarithms; no hypergeometric function, so nothing overflows for customers of hundreds of
purchases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import digamma, gammaln

from masarat.models.lifetime.buying import Summaries, alike
from masarat.models.lifetime.fitting import Fit, Floats, fit

NODES = 64
CHUNK = 20_000
PLACES, SHARES = (each / 2 for each in np.polynomial.legendre.leggauss(NODES))
PLACES = PLACES + 0.5


@dataclass(frozen=True, slots=True)
class Pareto:
    """A model with its parameters; `fit` is none where they were given."""

    r: float
    alpha: float
    s: float
    beta: float
    log_likelihood: float = float("nan")
    fit: Fit | None = None

    @property
    def kind(self) -> Literal["pareto"]:
        return "pareto"

    @property
    def no_leaving(self) -> bool:
        """Never: where no leaving is seen, rates of leaving are near nothing."""
        return False

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        return self.r, self.alpha, self.s, self.beta

    def alive(self, x: object, tx: object, age: object) -> Floats:
        """The chance that each is still a customer at this age."""
        count, last, span = np.broadcast_arrays(*(np.asarray(each, dtype=float) for each in (x, tx, age)))
        first, place = alike(count.ravel(), last.ravel(), span.ravel())
        columns = [each.ravel()[first] for each in (count, last, span)]
        found = np.empty(len(first))
        for start in range(0, len(first), CHUNK):  # so many at a time: memory stays small
            some, age_then, age_now = (each[start : start + CHUNK] for each in columns)
            here, left = _logs(some, age_then, age_now, np.array(self.parameters))
            found[start : start + CHUNK] = np.exp(here - np.logaddexp(here, _summed(left)))
        return found[place].reshape(count.shape)

    def expected(self, x: object, tx: object, age: object, time: object) -> Floats:
        """Purchases that each will make within `time` after this age."""
        count, last, span, ahead = np.broadcast_arrays(
            *(np.asarray(each, dtype=float) for each in (x, tx, age, time))
        )
        # ∫ ((β+T)/(β+T+u))^s du over the time ahead; s = 1 is nothing special.
        far = np.log1p(ahead / (self.beta + span))
        power = 1 - self.s
        stays = (self.beta + span) * (far if power == 0 else np.expm1(power * far) / power)
        found: Floats = (self.r + count) / (self.alpha + span) * stays * self.alive(count, last, span)
        return found

    def expected_of_new(self, time: object) -> Floats:
        """Repeat purchases of a customer within `time` after the first purchase."""
        return self.expected(0, 0, 0, time)


def fitted(summaries: Summaries) -> Pareto:
    """The model of the greatest likelihood."""
    time = max(float((summaries.weight * summaries.age).sum()), 1e-9)
    rate = max(float((summaries.weight * summaries.x).sum()) / time, 1e-6)
    span = time / summaries.customers
    found = fit(
        lambda parameters: _likelihood(summaries, parameters),
        [(0.6, 0.6 / rate, 0.6, span / 2), (1.0, 1.0 / rate, 1.0, span * 3)],
        summaries.customers,
    )
    r, alpha, s, beta = (float(each) for each in found.parameters)
    return Pareto(r, alpha, s, beta, found.log_likelihood, found)


def log_likelihood(model: Pareto, summaries: Summaries) -> float:
    """Of other customers than those it was fitted on."""
    return _likelihood(summaries, np.array(model.parameters))[0]


def _logs(x: Floats, tx: Floats, age: Floats, parameters: Floats) -> tuple[Floats, Floats]:
    """Logarithms of the likelihood of being here still, and of having left around each of NODES moments since the last purchase."""
    r, alpha, s, beta = parameters
    here = -(r + x) * np.log(alpha + age) + s * np.log(beta / (beta + age))
    when = tx[:, None] + (age - tx)[:, None] * PLACES
    with np.errstate(divide="ignore"):
        width = np.log((age - tx)[:, None] * SHARES)
    left = (
        width
        + np.log(s)
        + s * np.log(beta)
        - (s + 1) * np.log(beta + when)
        - (r + x)[:, None] * np.log(alpha + when)
    )
    return here, left


def _summed(logs: Floats) -> Floats:
    """The logarithm of the sum of each row; SciPy's own, which guards against more, takes twice as long."""
    top = logs.max(axis=1)
    top = np.where(np.isfinite(top), top, 0.0)  # who bought today has nothing to sum
    with np.errstate(divide="ignore"):
        found: Floats = top + np.log(np.exp(logs - top[:, None]).sum(axis=1))
    return found


def _likelihood(data: Summaries, parameters: Floats) -> tuple[float, Floats]:
    value, gradient = 0.0, np.zeros(4)
    for start in range(0, data.x.size, CHUNK):  # so many at a time: memory stays small
        part = slice(start, start + CHUNK)
        more, slope = _of_part(data.x[part], data.tx[part], data.age[part], data.weight[part], parameters)
        value, gradient = value + more, gradient + slope
    return value, gradient


def _of_part(x: Floats, tx: Floats, age: Floats, weight: Floats, parameters: Floats) -> tuple[float, Floats]:
    r, alpha, s, beta = parameters
    here, left = _logs(x, tx, age, parameters)
    total = np.logaddexp(here, _summed(left))
    value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + total
    stays, gone = np.exp(here - total), np.exp(left - total[:, None])
    when = tx[:, None] + (age - tx)[:, None] * PLACES
    gradient = np.array([
        weight @ (digamma(r + x) - digamma(r) + np.log(alpha) - stays * np.log(alpha + age) - (gone * np.log(alpha + when)).sum(axis=1)),
        weight @ (r / alpha - (r + x) * (stays / (alpha + age) + (gone / (alpha + when)).sum(axis=1))),
        weight @ (stays * np.log(beta / (beta + age)) + (gone * (1 / s + np.log(beta) - np.log(beta + when))).sum(axis=1)),
        weight @ (stays * (s / beta - s / (beta + age)) + (gone * (s / beta - (s + 1) / (beta + when))).sum(axis=1)),
    ])  # fmt: skip
    return float(weight @ value), gradient
