"""Cohorts: of those who began together, the share that is there again so many periods later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from masarat.models.proportions import interval


@dataclass(frozen=True, slots=True)
class Cell:
    """One cohort, so many periods after it began. Without a rate where the period is not over, or nobody was there to come back."""

    nth: int
    came: int  # customers
    part: float  # what the rate counts, customers or money, …
    base: float  # … and of what
    is_over: bool

    @property
    def rate(self) -> float | None:
        return self.part / self.base if self.base > 0 and (self.is_over or self.nth == 0) else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of a share of customers after the first period."""
        return interval(self.came, self.base) if self.nth and self.rate is not None else None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who began in one period, of one part of a breakdown: customers and money by how many periods later, themselves at 0."""

    part: str
    start: int  # the number of the period, from 1
    ever: int  # customers who came back at all
    customers: Mapping[int, int]
    amounts: Mapping[int, float]

    @property
    def size(self) -> int:
        return self.customers[0]

    def cells(self, until: int, whole: int, *, in_money: bool = False, or_later: bool = False) -> list[Cell]:
        """From 0 to `until` periods later; `whole` is the number of the last period that is over."""
        return [
            self._cell(nth, self.start + nth <= whole, in_money, or_later and not in_money)
            for nth in range(until + 1)
        ]

    def _cell(self, nth: int, is_over: bool, in_money: bool, or_later: bool) -> Cell:
        came = self.customers.get(nth, 0)
        if or_later and nth:
            came = sum(customers for at, customers in self.customers.items() if at >= nth)
        if in_money:
            return Cell(nth, came, self.amounts.get(nth, 0.0), self.amounts[0], is_over)
        return Cell(nth, came, came, self.size, is_over)


def average(cells: Iterable[Cell], nth: int) -> float | None:
    """All cohorts together whose period is over, each with its weight."""
    known = [cell for cell in cells if cell.nth == nth and cell.rate is not None]
    return sum(cell.part for cell in known) / sum(cell.base for cell in known) if known else None
