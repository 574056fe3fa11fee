"""A question to the store: SQL in named steps, each of which can be printed and run alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Query:
    """Named SQL steps, in order, with the values they bind.

    A later step reads an earlier one by its name. Values are bound by the engine as `{name:Type}`; only structure that we wrote
    ourselves may be put together as text. `rows`, `totals` and `picture` name the steps whose results are wanted: the table,
    one row of overall numbers, and what the picture draws where that is not the table itself. `customers` names the step that has all
    whom the rows are about by their customer_id, however few of them the rows show: who can be saved as a segment.
    """

    steps: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: str = ""
    totals: str = ""
    picture: str = ""
    customers: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def last(self) -> str:
        return self.rows or list(self.steps)[-1]

    def sql(self, step: str = "") -> str:
        """The whole text that computes one step: its forerunners as CTEs, then the step itself."""
        step = step or self.last
        names = list(self.steps)
        before = names[: names.index(step)]
        ctes = ",\n".join(f"{name} AS (\n{self.steps[name].strip()}\n)" for name in before)
        return (f"WITH {ctes}\n" if ctes else "") + self.steps[step].strip()
