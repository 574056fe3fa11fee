"""What is bought together: rules of item sets with how sure each is, false discoveries kept down (Agrawal 1993; Webb 2007)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from masarat.models.proportions import interval

Z = 1.959964  # of a 95 % interval
Items = tuple[int, ...]  # products by number, in order
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who has all of `first` has all of `second`: in `together` of the `of_first` baskets with the first.

    `lift` is the share of the second among those with the first, divided by its share of all; `low` and `high` are its 95 % interval.
    `chance` is the false discovery rate at which the rule would just be believed: of rules at most 0.05, at most one in twenty is false.
    """

    first: Items
    second: Items
    together: int
    of_first: int
    of_second: int
    baskets: int
    chance: float = 1.0

    @property
    def support(self) -> float:
        return self.together / self.baskets

    @property
    def confidence(self) -> float:
        return self.together / self.of_first

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what the confidence lies (Wilson 1927)."""
        return interval(self.together, self.of_first) or (0.0, 1.0)

    @property
    def lift(self) -> float:
        return self.together * self.baskets / (self.of_first * self.of_second)

    @property
    def lift_bounds(self) -> tuple[float, float]:
        """On the logarithm, by the delta method for four counts of one sample."""
        spread = 1 / self.together - 1 / self.of_first - 1 / self.of_second
        wide = Z * max(spread + (2 * self.lift - 1) / self.baskets, 0.0) ** 0.5
        return float(self.lift * np.exp(-wide)), float(self.lift * np.exp(wide))

    @property
    def beyond(self) -> float:
        """How many baskets more hold both than would by chance."""
        return self.together - self.of_first * self.of_second / self.baskets


def rules(counts: Mapping[Items, int], baskets: int, tested: int = 0) -> list[Rule]:
    """Every rule of the item sets with more than chance, the surest first. `counts` holds all subsets of its sets.

    A rule of three is believed only where it says more than each shorter rule to the same end: its chance is the worst of the tests
    against them. `tested` is how many rules could have been found, those that were too rare to be counted included.
    """
    found = [
        rule for rule in _splits(counts, baskets) if rule.together * baskets > rule.of_first * rule.of_second
    ]
    if not found:
        return []
    chances = _chances(found, counts)
    believed = discoveries(chances, max(tested, len(found)))
    told = [
        Rule(rule.first, rule.second, rule.together, rule.of_first, rule.of_second, baskets, float(chance))
        for rule, chance in zip(found, believed, strict=True)
    ]
    return sorted(told, key=lambda rule: (rule.chance, -rule.beyond, rule.first, rule.second))


def _splits(counts: Mapping[Items, int], baskets: int) -> Iterator[Rule]:
    for items, together in counts.items():
        for size in range(1, len(items)):
            for first in combinations(items, size):
                second = tuple(item for item in items if item not in first)
                yield Rule(first, second, together, counts[first], counts[second], baskets)


def _chances(found: list[Rule], counts: Mapping[Items, int]) -> Numbers:
    """Fisher's exact test of each rule, one-sided; of a longer one against each shorter rule that it would replace."""
    tests: list[tuple[int, int, int, int]] = []
    whose: list[int] = []
    for place, rule in enumerate(found):
        whose.append(place)
        tests.append((rule.together, rule.of_first, rule.of_second, rule.baskets))
        for size in range(1, len(rule.first)):
            for part in combinations(rule.first, size):
                known = counts[tuple(sorted(part + rule.second))]
                whose.append(place)
                tests.append((rule.together, rule.of_first, known, counts[part]))
    chances = exact(np.array(tests, dtype=np.float64))
    worst = np.zeros(len(found))
    np.maximum.at(worst, np.array(whose), chances)
    return worst


def exact(tests: Numbers) -> Numbers:
    """Of each (together, first, second, all): the chance that so many or more come together (Fisher's exact test, one-sided).

    >>> exact(np.array([[3.0, 3, 4, 5]])).round(4).tolist()
    [0.4]
    """
    k, first, second, every = tests.T
    most = np.minimum(first, second)

    def choose(n: Numbers, of: Numbers) -> Numbers:
        return np.asarray(gammaln(n + 1) - gammaln(of + 1) - gammaln(n - of + 1), dtype=np.float64)

    start = choose(first, k) + choose(every - first, second - k) - choose(every, second)
    total, term, at = np.ones_like(k), np.ones_like(k), k.copy()
    going = at < most
    while going.any():
        places = np.flatnonzero(going)
        a, b, c, d = at[places], first[places], second[places], every[places]
        term[places] *= (b - a) * (c - a) / ((a + 1) * (d - b - c + a + 1))
        total[places] += term[places]
        at[places] += 1
        going[places] = (at[places] < most[places]) & (
            (term[places] > 1e-15 * total[places]) | (at[places] * every[places] < b * c)
        )
    return np.asarray(np.minimum(np.exp(start + np.log(total)), 1.0), dtype=np.float64)


def discoveries(chances: Numbers, tested: int) -> Numbers:
    """Each chance made what it is among so many tests (Benjamini and Hochberg 1995); those not given stand as certain chance.

    >>> discoveries(np.array([0.01, 0.04]), 4).round(4).tolist()
    [0.04, 0.08]
    """
    order = np.argsort(chances, kind="stable")
    scaled = chances[order] * tested / np.arange(1, len(chances) + 1)
    least = np.minimum.accumulate(scaled[::-1])[::-1]
    believed = np.empty_like(chances)
    believed[order] = np.minimum(least, 1.0)
    return believed
