"""From summaries of customers to what each kind will bring: the model that foretells best, the value of a purchase, and how sure the sums are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from masarat.models.lifetime import buying, pareto, spending
from masarat.models.lifetime.buying import Buying, Summaries
from masarat.models.lifetime.fitting import Floats
from masarat.models.lifetime.pareto import Pareto
from masarat.models.lifetime.spending import Spending

Kind = Literal["bgnbd", "mbgnbd", "pareto"]
KINDS: tuple[Kind, ...] = ("bgnbd", "mbgnbd", "pareto")
DEAR = 1_000  # summaries that Pareto/NBD is fitted on: each costs an integral at every step
STEP = 1e-4  # of the logarithm of a parameter, for the delta method
PARTS = 6  # of the time ahead, where money to come is discounted


@dataclass(frozen=True, slots=True)
class Cells:
    """Equal customers once: repeats, age at the last purchase and age (weeks), how many, the sum of what one purchase of each brought, and
    the purchases they made afterwards, all together."""

    x: Floats
    tx: Floats
    age: Floats
    customers: Floats
    value: Floats
    after: Floats

    @property
    def summaries(self) -> Summaries:
        """Without what parts them by other things than their purchases."""
        return Summaries.grouped(self.x, self.tx, self.age, self.customers)


@dataclass(frozen=True, slots=True)
class Sum:
    """Of some cells together: customers who are customers still, money to come, and the standard error of that money."""

    alive: float
    money: float
    spread: float


@dataclass(frozen=True, slots=True)
class Worth:
    """What is foretold of each cell, and how well the model foretold what happened already."""

    model: Buying | Pareto
    alive: Floats  # customers of each cell who are there still
    money: Floats  # that each cell will bring
    slopes: Floats  # of that money by the logarithms of the parameters, a row a parameter
    variance: Floats  # of each cell's money, by chance
    tested: Floats  # purchases foretold of each cell of the test
    happened: float
    spender: Spending | None
    usual: float  # what a purchase is worth where no spender tells it
    weights: list[tuple[float, float]]

    @property
    def foretold(self) -> float:
        return float(self.tested.sum())

    @property
    def is_held(self) -> bool:
        """Whether a prior held the parameters."""
        return self.model.fit is not None and self.model.fit.is_held

    def purchases(self, cells: Cells) -> Floats:
        """Of one customer of each cell, whichever cells these are: those to come, discounted."""
        return _purchases(self.model, cells, self.weights)

    def brings(self, cells: Cells) -> Floats:
        """The money that these cells will bring."""
        return self.purchases(cells) * _values(cells, self.spender, self.usual)

    def of(self, places: NDArray[np.int_]) -> Sum:
        slope = self.slopes[:, places].sum(axis=1)
        unsure = slope @ self.model.fit.log_covariance @ slope if self.model.fit else 0.0
        spread = float(unsure + self.variance[places].sum())
        return Sum(float(self.alive[places].sum()), float(self.money[places].sum()), max(spread, 0.0) ** 0.5)


def worth(
    cells: Cells,
    test: Cells,
    spent: Floats,
    ahead: float,
    tested_ahead: float,
    rate: float,
    kinds: Sequence[Kind] = KINDS,
) -> Worth:
    """What customers will bring within `ahead` weeks at a yearly discount `rate`.

    The model is the one of `kinds` that, fitted on the cells of the test, foretold their purchases of the next `tested_ahead` weeks best. `spent` has a
    row (purchases, mean value, customers) for each kind of spender.
    """
    best, tested = _best(test, tested_ahead, kinds)
    model = _fitted(cells.summaries, best)
    spender = spending.fitted(spent[:, 0], spent[:, 1], spent[:, 2]) if len(spent) else None
    usual = float(cells.value.sum() / cells.customers.sum())
    value = _values(cells, spender, usual)
    per = value / np.maximum(cells.customers, 1)
    weights = _discounts(ahead, rate)
    money = _purchases(model, cells, weights) * value
    slopes = np.stack([
        (_purchases(_moved(model, place, STEP), cells, weights) - _purchases(_moved(model, place, -STEP), cells, weights)) * value / (2 * STEP)
        for place in range(len(model.parameters))
    ])  # fmt: skip
    alive = model.alive(cells.x, cells.tx, cells.age) * cells.customers
    # Purchases of one customer vary as a negative binomial that may have left: no less than twice their mean, and by its square over r + x.
    each = money / np.maximum(value, 1e-12)
    variance = cells.customers * per**2 * (2 * each + each**2 / (model.r + cells.x))
    happened = float(test.after.sum())
    return Worth(model, alive, money, slopes, variance, tested, happened, spender, usual, weights)


def _best(test: Cells, ahead: float, kinds: Sequence[Kind]) -> tuple[Kind, Floats]:
    """The kind whose forecast has the greatest Poisson likelihood, the plainer of equals, and its forecast for each cell."""
    found = []
    for kind in kinds:
        model = _fitted(test.summaries, kind)
        foretold = np.maximum(model.expected(test.x, test.tx, test.age, ahead) * test.customers, 1e-9)
        found.append((float((test.after * np.log(foretold) - foretold).sum()), kind, foretold))
    _, kind, foretold = max(found, key=lambda one: one[0])
    return kind, foretold


def _fitted(summaries: Summaries, kind: Kind) -> Buying | Pareto:
    if kind == "pareto":
        return pareto.fitted(summaries.coarser(DEAR))
    return buying.fitted(summaries, kind)


def _values(cells: Cells, spender: Spending | None, usual: float) -> Floats:
    """The sum over the customers of each cell of what their next purchase will be worth."""
    if spender is None or spender.q <= 1:
        return np.asarray(cells.customers * usual)
    bought = cells.x + 1
    # It is linear in the mean of each customer, so that the sum of the means is enough.
    found: Floats = (
        spender.p
        * (spender.v * cells.customers + bought * cells.value)
        / (spender.p * bought + spender.q - 1)
    )
    return found


def _discounts(ahead: float, rate: float) -> list[tuple[float, float]]:
    """Weeks ahead with what a purchase up to then is worth today, less what it is up to the next: a sum of forecasts is the discounted one."""
    if not rate:
        return [(ahead, 1.0)]
    ends = [ahead * (part + 1) / PARTS for part in range(PARTS)]
    worths = [(1 + rate) ** (-(end - ahead / PARTS / 2) / 52.18) for end in ends]
    return [(end, now - after) for end, now, after in zip(ends, worths, [*worths[1:], 0.0], strict=True)]


def _purchases(model: Buying | Pareto, cells: Cells, weights: list[tuple[float, float]]) -> Floats:
    """Of one customer of each cell, discounted."""
    found: Floats = np.zeros_like(cells.x)
    for ahead, share in weights:
        found = found + share * model.expected(cells.x, cells.tx, cells.age, ahead)
    return found


def _moved(model: Buying | Pareto, place: int, step: float) -> Buying | Pareto:
    parameters = np.array(model.parameters)
    parameters[place] *= np.exp(step)
    if isinstance(model, Pareto):
        r, alpha, s, beta = (float(each) for each in parameters)
        return replace(model, r=r, alpha=alpha, s=s, beta=beta)
    r, alpha, a, b = (float(each) for each in (*parameters, model.a, model.b)[:4])
    return replace(model, r=r, alpha=alpha, a=a, b=b)
