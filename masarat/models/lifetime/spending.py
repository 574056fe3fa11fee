"""What a purchase of each customer will be worth (Gamma–Gamma; Fader and Hardie 2013).

Purchases of a customer vary around a mean of their own, and these means are spread over customers. Only those with repeat purchases of a
value above 0 tell anything for the fit; for the others the mean of all is expected. It supposes that how much says nothing of how often.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import digamma, gammaln

from masarat.models.lifetime.fitting import Fit, Floats, fit

FEWEST = 30  # repeaters, for a spread of means to be told from the spread within each


@dataclass(frozen=True, slots=True)
class Spending:
    """A fitted model; `mean` is that of the population, infinite nowhere: where q ≤ 1 it is the mean of what was seen."""

    p: float
    q: float
    v: float
    seen: float
    log_likelihood: float
    fit: Fit

    @property
    def parameters(self) -> tuple[float, float, float]:
        return self.p, self.q, self.v

    @property
    def mean(self) -> float:
        return self.p * self.v / (self.q - 1) if self.q > 1 else self.seen

    def expected(self, x: object, value: object) -> Floats:
        """The value of a purchase to come, of customers with x purchases of a mean value: between their own mean and that of all."""
        count, own = np.broadcast_arrays(*(np.asarray(each, dtype=float) for each in (x, value)))
        certain = self.p * count + self.q - 1
        with np.errstate(invalid="ignore", divide="ignore"):
            found = self.p * (self.v + count * own) / certain
        return np.where((count > 0) & (own > 0) & (certain > 0), found, self.mean)


def fitted(x: object, value: object, weight: object = None) -> Spending | None:
    """The model of the greatest likelihood, of distinct (purchases, their mean value) with how many customers are so; None where too few."""
    count, own = (np.atleast_1d(np.asarray(each, dtype=float)) for each in (x, value))
    many = np.ones_like(count) if weight is None else np.atleast_1d(np.asarray(weight, dtype=float))
    told = (count > 0) & (own > 0) & (many > 0)
    count, own, many = count[told], own[told], many[told]
    if many.sum() < FEWEST or np.ptp(own) == 0:
        return None
    scale = float(
        np.average(own, weights=many)
    )  # amounts of any currency are made of one size, and v is made of theirs again
    found = fit(
        lambda parameters: _likelihood(count, own / scale, many, parameters),
        [(5.0, 3.5, 0.5), (1.0, 5.0, 4.0), (20.0, 2.0, 0.05)],
        float(many.sum()),
    )
    likelihood = found.log_likelihood - float(many.sum()) * np.log(scale)
    found = replace(found, parameters=found.parameters * [1, 1, scale], log_likelihood=likelihood)
    p, q, v = (float(each) for each in found.parameters)
    return Spending(p, q, v, scale, likelihood, found)


def _likelihood(x: Floats, z: Floats, weight: Floats, parameters: Floats) -> tuple[float, Floats]:
    p, q, v = parameters
    whole = v + x * z
    value = (
        gammaln(p * x + q)
        - gammaln(p * x)
        - gammaln(q)
        + q * np.log(v)
        + p * x * np.log(x * z)
        - np.log(z)
        - (p * x + q) * np.log(whole)
    )
    gradient = np.array([
        weight @ (x * (digamma(p * x + q) - digamma(p * x) + np.log(x * z) - np.log(whole))),
        weight @ (digamma(p * x + q) - digamma(q) + np.log(v) - np.log(whole)),
        weight @ (q / v - (p * x + q) / whole),
    ])  # fmt: skip
    return float(weight @ value), gradient
