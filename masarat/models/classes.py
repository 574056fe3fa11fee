"""Latent classes: kinds of visits, each with its own chance of every thing being done, found from what was done (Lazarsfeld 1950, Goodman 1974).

Expectation and maximisation over patterns with their counts, from several seeded starts; how many classes there are is told by the BIC (Schwarz 1978).
The result does not depend on the order of the patterns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SAMPLE = 1_000  # patterns that classes are learnt from, those seen most often
AS_MANY = (
    2_000  # observations count as at most so many: among millions every trifle would be a class of its own
)
STARTS, ROUNDS = 4, 100
ENOUGH = 1e-3  # the log-likelihood grows by less: done
PRIOR = 0.5  # observations that each class has of everybody's chances, so that none is zero
SURE = 0.9  # how much a pattern belongs to the seed nearest to it, to begin with


@dataclass(frozen=True, slots=True)
class _Model:
    """Log chances: of each class (k), and of each level of each thing in it (k × levels of all things)."""

    shares: Floats
    chances: Floats

    def joint(self, seen: Floats) -> Floats:
        return self.shares + seen @ self.chances.T


def classes(patterns: Ints, counts: Ints, *, most: int = 8, seed: int = 1) -> Ints:
    """The class of each pattern (rows: patterns, columns: things, values: levels from 0), the largest class called 0."""
    unique, place = np.unique(patterns, axis=0, return_inverse=True)
    place = place.reshape(-1)
    weights = np.bincount(place, weights=counts).astype(np.float64)
    seen, levels = _one_hot(unique)
    heaviest = np.sort(np.argsort(-weights, kind="stable")[:SAMPLE])
    model = _best(seen[heaviest], weights[heaviest], levels, most, seed)
    found = np.argmax(model.joint(seen), axis=1)
    sizes = np.bincount(found, weights=weights, minlength=len(model.shares))
    first = np.array([np.argmax(found == each) for each in range(len(sizes))])
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    ranked: Ints = rank[found][place]
    return ranked


def _best(seen: Floats, weights: Floats, levels: Ints, most: int, seed: int) -> _Model:
    """The model with the lowest BIC; two more classes in a row that do not lower it end the search."""
    total = float(weights.sum())
    weights = weights * min(1.0, AS_MANY / total)
    of_each = int((levels - 1).sum())  # free chances of a class
    best: tuple[float, _Model] | None = None
    worse = 0
    for k in range(1, min(most, len(seen)) + 1):
        fits = [
            _fit(seen, weights, levels, k, seed + 1000 * k + start) for start in range(STARTS if k > 1 else 1)
        ]
        likelihood, model = max(fits, key=lambda fit: fit[0])
        free = k - 1 + k * of_each
        bic = -2 * likelihood + free * float(np.log(max(weights.sum(), 2.0)))
        if best is None or bic < best[0] - ENOUGH:
            best, worse = (bic, model), 0
        elif (worse := worse + 1) == 2:
            break
    assert best is not None
    return best[1]


def _fit(seen: Floats, weights: Floats, levels: Ints, k: int, seed: int) -> tuple[float, _Model]:
    """A model of k classes and its log-likelihood, from one start."""
    everybody = weights @ seen / weights.sum()
    belongs = _begin(seen, weights, k, np.random.default_rng(seed))
    last = -np.inf
    for _ in range(ROUNDS):
        held = belongs * weights[:, None]
        sizes = held.sum(axis=0)
        chances = (held.T @ seen + PRIOR * everybody) / (sizes + PRIOR)[:, None]
        model = _Model(np.log((sizes + PRIOR) / (sizes + PRIOR).sum()), np.log(np.maximum(chances, 1e-12)))
        joint = model.joint(seen)
        top = joint.max(axis=1)
        belongs = np.exp(joint - top[:, None])
        whole = belongs.sum(axis=1)
        belongs /= whole[:, None]
        likelihood = float(weights @ (top + np.log(whole)))
        if likelihood - last < ENOUGH:
            break
        last = likelihood
    return likelihood, model


def _begin(seen: Floats, weights: Floats, k: int, dice: np.random.Generator) -> Floats:
    """How much each pattern belongs to k seeds, of which each is likely far from those before it."""
    far = np.ones(len(seen))
    distances = np.empty((len(seen), k))
    for each in range(k):
        odds = weights * far
        if not odds.sum():
            odds = weights
        chosen = int(np.searchsorted(np.cumsum(odds), dice.random() * odds.sum(), side="right"))
        distances[:, each] = np.abs(seen - seen[min(chosen, len(seen) - 1)]).sum(axis=1)
        far = np.minimum(far if each else np.inf, distances[:, each])
    belongs = np.full((len(seen), k), (1 - SURE) / max(k - 1, 1))
    belongs[np.arange(len(seen)), np.argmin(distances, axis=1)] = SURE if k > 1 else 1.0
    return belongs


def _one_hot(patterns: Ints) -> tuple[Floats, Ints]:
    """Each level of each thing as a column of its own, and how many levels each thing has."""
    columns, levels = [], []
    for thing in patterns.T:
        values = np.unique(thing)
        levels.append(len(values))
        columns.append((thing[:, None] == values[None, :]).astype(np.float64))
    return np.concatenate(columns, axis=1), np.array(levels)
