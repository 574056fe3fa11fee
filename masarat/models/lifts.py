"""What one group did more or less often than another, with how sure that is: relative risk, exact test, false discoveries controlled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from masarat.models.proportions import discoveries

Z = 1.959964  # of a 95 % interval
NEARLY = 1 + 1e-7  # outcomes as unlikely as the one seen count as such, whatever the last digit


@dataclass(frozen=True, slots=True)
class Lift:
    """How many of each group did a thing, and the first share divided by the second with its 95 % interval.

    `p` is that of Fisher's exact test, `q` the false discovery rate at which the lift would just be believed among all tested together.
    """

    did: int
    of: int
    others_did: int
    others: int
    ratio: float
    low: float
    high: float
    p: float
    q: float = 1.0

    @property
    def share(self) -> float:
        return self.did / self.of

    @property
    def others_share(self) -> float:
        return self.others_did / self.others


def lifts(counts: Sequence[tuple[int, int, int, int]]) -> list[Lift]:
    """A lift for each (did, of, others_did, others), all tested together by Benjamini and Hochberg (1995). No group may be empty."""
    if not counts:
        return []
    p = [exact(*each) for each in counts]
    return [
        Lift(*each, *ratio(*each), p=one, q=q) for each, one, q in zip(counts, p, discoveries(p), strict=True)
    ]


def ratio(did: int, of: int, others_did: int, others: int) -> tuple[float, float, float]:
    """Relative risk and its 95 % interval on the logarithm (Katz 1978), half a customer added to each count so that none is zero (Walter 1975)."""
    a, m, b, n = did + 0.5, of + 0.5, others_did + 0.5, others + 0.5
    middle, spread = log(a / m) - log(b / n), Z * sqrt(max(1 / a - 1 / m + 1 / b - 1 / n, 0.0))
    return exp(middle), exp(middle - spread), exp(middle + spread)


def exact(did: int, of: int, others_did: int, others: int) -> float:
    """Two-sided p of Fisher's exact test: the chance of a table at least as unlikely as this one, given how many did it in all."""
    together = did + others_did
    least, most = max(0, together - others), min(together, of)
    k = np.arange(least, most, dtype=float)  # each chance by the one before it
    steps = np.log((together - k) * (of - k)) - np.log((k + 1) * (others - together + k + 1))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logs - logs.max())
    unlikely = chances[chances <= chances[did - least] * NEARLY]
    return float(unlikely.sum() / chances.sum())
