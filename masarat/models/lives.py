"""What customers bring by age: customers who are not old enough for an age count neither above nor below the line of it.

A group's customers are put together by how many of the ages they have reached, and their money by the age at which it came; so a
table of ages by ages tells everything, however many customers there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from masarat.models.ratios import Ratio, chance

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Lives:
    """One group. `money[name][reach, place]`: of those who reached so many ages, what came before the age of that place (and after the one before)."""

    ages: tuple[int, ...]
    customers: Floats = field(init=False)  # by how many ages they reached
    money: dict[str, Floats] = field(default_factory=dict)
    values: float = 0.0  # of those old enough for the compared age, …
    squares: float = 0.0  # … and the sum of the squares

    def __post_init__(self) -> None:
        self.customers = np.zeros(len(self.ages) + 1)

    def add(self, reach: int, customers: float, money: Mapping[str, Mapping[int, float]]) -> None:
        """So many customers who reached `reach` ages; their money by place, from 1."""
        self.customers[reach] += customers
        for name, by_place in money.items():
            table = self.money.setdefault(name, np.zeros((len(self.ages) + 1, len(self.ages) + 1)))
            for place, amount in by_place.items():
                table[reach, place - 1] += amount

    @property
    def size(self) -> int:
        return int(self.customers.sum())

    def old_enough(self, age: int) -> int:
        """Customers who were followed for so many days."""
        return int(self.customers[self.ages.index(age) + 1 :].sum())

    def until(self, name: str, age: int) -> float:
        """What those old enough brought in their first `age` days."""
        place = self.ages.index(age) + 1
        return float(self.money[name][place:, :place].sum()) if name in self.money else 0.0

    def so_far(self, name: str) -> float:
        """What all brought, at whatever age."""
        return float(self.money[name].sum()) if name in self.money else 0.0

    def each(self, name: str, age: int) -> float | None:
        """What each of those old enough brought; none where nobody is."""
        count = self.old_enough(age)
        return self.until(name, age) / count if count else None

    def mean(self, age: int) -> Ratio | None:
        """The compared value of a customer, with the variance of it; none for fewer than two."""
        count = self.old_enough(age)
        if count < 2:
            return None
        value = self.values / count
        spread = max(self.squares / count - value * value, 0.0)
        return Ratio(value, spread / (count - 1), count)


def together(groups: Iterable[Lives], ages: Sequence[int]) -> Lives:
    """All groups as one."""
    whole = Lives(tuple(ages))
    for one in groups:
        whole.customers += one.customers
        whole.values += one.values
        whole.squares += one.squares
        for name, table in one.money.items():
            whole.money[name] = whole.money[name] + table if name in whole.money else table.copy()
    return whole


def without(whole: Lives, one: Lives) -> Lives:
    """All the others."""
    rest = Lives(whole.ages)
    rest.customers = whole.customers - one.customers
    rest.values, rest.squares = whole.values - one.values, whole.squares - one.squares
    rest.money = {
        name: table - one.money[name] if name in one.money else table for name, table in whole.money.items()
    }
    return rest


def differ(one: Ratio | None, other: Ratio | None) -> float | None:
    """How often chance alone would set the two means so far apart (Welch); none where either is unknown."""
    if one is None or other is None:
        return None
    found = chance(one, other)
    return 1.0 if found is None and one.value == other.value else found


def paid_back(
    lives: Lives, margin: str, cost: float | None, ages: Iterable[int], share: float = 0.5
) -> int | None:
    """The first of these ages by which a customer has brought what winning one cost; one that fewer than `share` have reached does not count."""
    if cost is None:
        return None
    for age in ages:
        each = lives.each(margin, age)
        if each is not None and lives.old_enough(age) >= share * lives.size and each >= cost:
            return age
    return None
