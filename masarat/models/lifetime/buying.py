"""Buying without contracts: customers buy at a rate of their own and leave after some purchase, unseen (BG/NBD and its relatives).

Rates are gamma-distributed (shape r, rate α: NBD). In BG/NBD (Fader, Hardie and Lee 2005) a customer may leave after each repeat purchase, with a
beta-distributed chance (a, b): whoever bought once is a customer for sure. In MBG/NBD (Batislam, Denizel and Filiztekin 2007) they may leave after
the first as well. Where no leaving is seen (a → 0) both are NBD. Time has one unit throughout; the first purchase is at age 0.

Expected purchases are integrals over the chance of leaving, by Gauss–Jacobi quadrature: no hypergeometric function that overflows, and
a = 1 is nothing special.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, digamma, gammaln, roots_jacobi

from masarat.models.lifetime.fitting import Fit, Floats, fit

Kind = Literal["bgnbd", "mbgnbd"]
NODES = 96
ROUGH = 3_000  # summaries, among which it is found where to begin
NO_LEAVING = 1.92  # twice this is the 95 % point of chi-squared with one degree: less likelihood than that speaks for no leaving


@dataclass(frozen=True, slots=True)
class Summaries:
    """Distinct customers: repeat purchases, age at the last one, age, and how many customers are like this."""

    x: Floats
    tx: Floats
    age: Floats
    weight: Floats
    kinds: Floats  # the distinct numbers of purchases, and which of them each summary has: there are few, so that what depends on them costs little
    place: NDArray[np.int_]

    @classmethod
    def of(cls, x: object, tx: object, age: object, weight: object = None) -> Summaries:
        """Any arrays; ValueError where a summary cannot be (a last purchase beyond the age, a repeat at age 0)."""
        arrays = [np.atleast_1d(np.asarray(each, dtype=float)) for each in (x, tx, age)]
        weights = (
            np.ones_like(arrays[0]) if weight is None else np.atleast_1d(np.asarray(weight, dtype=float))
        )
        count, last, span = arrays
        if (
            not ((count >= 0) & (last >= 0) & (last <= span) & (weights >= 0)).all()
            or (last[count == 0] > 0).any()
        ):
            raise ValueError("0 ≤ tx ≤ age, and tx = 0 where x = 0")
        kinds, place = np.unique(count, return_inverse=True)
        return cls(count, last, span, weights, kinds, place)

    @classmethod
    def grouped(cls, x: object, tx: object, age: object, weight: object = None) -> Summaries:
        """Of customers one by one, or of summaries that repeat: those who are alike together."""
        rows = np.column_stack([np.asarray(each, dtype=float) for each in (x, tx, age)])
        first, place = alike(*rows.T)
        weights = None if weight is None else np.asarray(weight, dtype=float)
        count, last, span = rows[first].T
        return cls.of(count, last, span, np.bincount(place, weights=weights, minlength=len(first)))

    def coarser(self, most: int) -> Summaries:
        """At most about so many: who is nearly alike in both ages counts as one, in the middle of the step."""
        found, parts = self, 64
        while len(found.x) > most and parts > 2:
            step = max(float(self.age.max()), 1e-9) / parts
            age, last = (np.floor(each / step) for each in (self.age, self.tx))
            middle = np.where(self.x > 0, np.minimum((last + 0.5) * step, (age + 0.5) * step), 0.0)
            found = Summaries.grouped(self.x, middle, (age + 0.5) * step, self.weight)
            parts //= 2
        return found

    @property
    def customers(self) -> float:
        return float(self.weight.sum())

    @property
    def repeaters(self) -> float:
        return float(self.weight[self.x > 0].sum())


@dataclass(frozen=True, slots=True)
class Buying:
    """A fitted model. `a` is 0 where no leaving was seen; then it is NBD and `b` says nothing."""

    kind: Kind
    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    fit: Fit

    @property
    def no_leaving(self) -> bool:
        return self.a == 0

    @property
    def parameters(self) -> tuple[float, ...]:
        return (self.r, self.alpha) if self.no_leaving else (self.r, self.alpha, self.a, self.b)

    def alive(self, x: object, tx: object, age: object) -> Floats:
        """The chance that each is still a customer at this age."""
        count, last, span = (np.asarray(each, dtype=float) for each in (x, tx, age))
        if self.no_leaving:
            return np.ones(np.broadcast(count, last, span).shape)
        odds = _left_odds(self.kind, count, last, span, np.array([self.r, self.alpha, self.a, self.b]))
        found: Floats = 1 / (1 + np.exp(np.minimum(odds, 700.0)))
        return found

    def silent(self, x: object, tx: object, age: object, time: object) -> Floats:
        """The chance that each makes no purchase within `time` after this age: gone already, or there and not buying."""
        count, span, ahead = (np.asarray(each, dtype=float) for each in (x, age, time))
        alive = self.alive(x, tx, age)
        idle = ((self.alpha + span) / (self.alpha + span + ahead)) ** (self.r + count)
        return np.asarray(1 - alive + alive * idle)

    def expected(self, x: object, tx: object, age: object, time: object) -> Floats:
        """Purchases that each will make within `time` after this age."""
        count, last, span, ahead = np.broadcast_arrays(
            *(np.asarray(each, dtype=float) for each in (x, tx, age, time))
        )
        if self.no_leaving:
            return np.asarray((self.r + count) / (self.alpha + span) * ahead)
        return self.alive(count, last, span) * self._if_alive(count, span, ahead)

    def expected_of_new(self, time: object) -> Floats:
        """Repeat purchases of a customer within `time` after the first purchase."""
        ahead = np.asarray(time, dtype=float)
        stays = self.b / (self.a + self.b) if self.kind == "mbgnbd" and not self.no_leaving else 1.0
        if self.no_leaving:
            return np.asarray(self.r / self.alpha * ahead)
        return stays * self._if_alive(np.zeros_like(ahead), np.zeros_like(ahead), ahead)

    def _if_alive(self, x: Floats, age: Floats, time: Floats) -> Floats:
        """Purchases of who is still a customer: the integral over the chance p of leaving of (1 − ((α+T)/(α+T+pt))^(r+x)) / p."""
        after = 1.0 if self.kind == "mbgnbd" else 0.0
        nodes, weights = roots_jacobi(NODES, self.b + after - 1, self.a - 1)
        p = (1 + nodes) / 2
        shape = x.shape
        # The last purchase has no part in it, so that many ask the same: each is reckoned once.
        first, place = alike(x.ravel(), age.ravel(), time.ravel())
        out = np.empty(first.size)
        columns = [each.reshape(-1, 1)[first] for each in (x, age, time)]
        stays = np.log1p(-p)
        for start in range(0, first.size, 20_000):  # so many at a time: memory stays small
            count, span, ahead = (each[start : start + 20_000] for each in columns)
            # Chances given x purchases survived: (1 − p)^x, in proportion to its greatest.
            log_share = count * stays
            share = weights * np.exp(log_share - log_share.max(axis=1, keepdims=True))
            gone = -np.expm1(-(self.r + count) * np.log1p(p * ahead / (self.alpha + span))) / p
            out[start : start + 20_000] = (share * gone).sum(axis=1) / share.sum(axis=1)
        return out[place].reshape(shape)


def fitted(summaries: Summaries, kind: Kind = "bgnbd") -> Buying:
    """The model of the greatest likelihood; NBD where that is no worse."""
    rate, shape = _start(summaries)
    rough = summaries.coarser(ROUGH) if len(summaries.x) > 2 * ROUGH else None
    whole = fit(
        lambda parameters: _likelihood(kind, summaries, parameters),
        [(shape, shape / rate, 0.8, 2.5), (shape, shape / rate, 0.1, 1.0), (0.5, 0.5 / rate, 2.0, 8.0)],
        summaries.customers,
        (lambda parameters: _likelihood(kind, rough, parameters)) if rough else None,
    )
    if whole.is_held:
        plain = fit(
            lambda parameters: _nbd(summaries, parameters), [(shape, shape / rate)], summaries.customers
        )
        if whole.log_likelihood < plain.log_likelihood + NO_LEAVING:
            r, alpha = plain.parameters
            return Buying(kind, float(r), float(alpha), 0.0, 1.0, plain.log_likelihood, plain)
    r, alpha, a, b = whole.parameters
    return Buying(kind, float(r), float(alpha), float(a), float(b), whole.log_likelihood, whole)


def log_likelihood(model: Buying, summaries: Summaries) -> float:
    """Of other customers than those it was fitted on."""
    if model.no_leaving:
        return _nbd(summaries, np.array([model.r, model.alpha]))[0]
    return _likelihood(model.kind, summaries, np.array(model.parameters))[0]


def alike(*columns: Floats) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Where each distinct row stands first, in the order of the columns, and which of them each row is."""
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values, place = np.unique(column, return_inverse=True)
        _, code = np.unique(
            code * len(values) + place, return_inverse=True
        )  # small again: it never overflows
    _, first, whole = np.unique(code, return_index=True, return_inverse=True)
    return first, whole


def _start(summaries: Summaries) -> tuple[float, float]:
    """A rate of purchases and a shape to begin with, by moments."""
    time = max(float((summaries.weight * summaries.age).sum()), 1e-9)
    rate = max(float((summaries.weight * summaries.x).sum()) / time, 1e-6)
    mean = float(np.average(summaries.x, weights=summaries.weight))
    spread = float(np.average((summaries.x - mean) ** 2, weights=summaries.weight))
    shape = mean**2 / (spread - mean) if spread > mean > 0 else 1.0
    return rate, float(np.clip(shape, 0.05, 5.0))


def _left_odds(kind: Kind, x: Floats, tx: Floats, age: Floats, parameters: Floats) -> Floats:
    """Logarithm of the odds that a customer left after the last purchase; −∞ for who cannot have."""
    r, alpha, a, b = parameters
    survived = x if kind == "mbgnbd" else x - 1
    odds = (
        np.log(a) - np.log(np.maximum(b + survived, 1e-300)) + (r + x) * np.log((alpha + age) / (alpha + tx))
    )
    found: Floats = np.where((x > 0) | (kind == "mbgnbd"), odds, -np.inf)
    return found


def _likelihood(kind: Kind, data: Summaries, parameters: Floats) -> tuple[float, Floats]:
    r, alpha, a, b = parameters
    x, weight, kinds = data.x, data.weight, data.kinds
    after = 1.0 if kind == "mbgnbd" else 0.0
    survived = kinds + after
    then, now, power = alpha + data.tx, alpha + data.age, r + x
    stays = np.log(now)
    silent = stays - np.log(then)
    # Logarithm of the odds of having left, as `_left_odds` has it; `total` is log(1 + odds) and `left` the chance.
    base = np.where(survived > 0, np.log(a) - np.log(np.maximum(b + survived - 1, 1e-300)), -np.inf)
    odds = base[data.place] + power * silent
    small = np.exp(-np.abs(odds))
    total = np.maximum(odds, 0.0) + np.log1p(small)
    left = np.where(odds > 0, 1.0, small) / (1 + small)
    of_kind = np.bincount(data.place, weights=weight, minlength=len(kinds))
    plain = gammaln(r + kinds) - gammaln(r) + r * np.log(alpha) + betaln(a, b + survived) - betaln(a, b)
    value = of_kind @ plain + _summed(weight, total - power * stays)
    gone = np.bincount(data.place, weights=weight * left, minlength=len(kinds))
    both = digamma(a + b) - digamma(a + b + survived)
    gradient = np.array([
        of_kind @ (digamma(r + kinds) - digamma(r) + np.log(alpha)) + _summed(weight, left * silent - stays),
        _summed(weight, r / alpha - power * ((1 - left) / now + left / then)),
        of_kind @ both + gone.sum() / a,
        of_kind @ (both + digamma(b + survived) - digamma(b)) - gone @ (1 / np.maximum(b + survived - 1, 1e-300)),
    ])  # fmt: skip
    return float(value), gradient


def _summed(weight: Floats, each: Floats) -> float:
    """Their product, on this thread alone: sharing some thousand numbers among threads took five times as long as adding them."""
    return float(np.einsum("i,i", weight, each))


def _nbd(data: Summaries, parameters: Floats) -> tuple[float, Floats]:
    r, alpha = parameters
    x, age, weight = data.x, data.age, data.weight
    value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + age)
    gradient = np.array([
        _summed(weight, digamma(r + x) - digamma(r) + np.log(alpha) - np.log(alpha + age)),
        _summed(weight, r / alpha - (r + x) / (alpha + age)),
    ])  # fmt: skip
    return _summed(weight, value), gradient
