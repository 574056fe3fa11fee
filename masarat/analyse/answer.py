"""An answer: a sentence, a picture and rows, each number with its definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

Kind = Literal[
    "text", "count", "number", "money", "percent", "days", "date", "month", "time", "list", "duration", "path"
]
View = Literal["trend", "ranking", "grid", "curve", "bars", "stack", "flow", "steps", "table"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column or number as an analysis declares it; its title and formula are found in the words under its name."""

    name: str
    kind: Kind


class AnswerColumn(BaseModel):
    name: str
    kind: Kind
    title: str
    formula: str = Field("", description="The definition of the number, in words.")


class Number(AnswerColumn):
    """One overall figure, beside the same figure of the compared period."""

    value: Any = None
    before: Any = None
    change: float | None = Field(
        None, description="Relative change against the compared period: 0.089 is +8.9 %."
    )


class Picture(BaseModel):
    """What to draw: a view, and its own rows where they are not the table's. The first column is the axis."""

    view: View
    columns: list[AnswerColumn]
    rows: list[dict[str, Any]]
    before: list[dict[str, Any]] = Field(
        [], description="The same of the compared period, drawn as a quiet line."
    )


class Span(BaseModel):
    first: date
    last: date


class Noted(BaseModel):
    """What somebody noted of a day, or of the days from one to another."""

    id: int
    day: date
    last: date
    text: str


class Readiness(BaseModel):
    """What a question needs and what there is."""

    need: str
    have: str
    ready: bool


class Answer(BaseModel):
    """Everything a page, a report or a program needs to show one answer."""

    analysis: str
    title: str
    parameters: dict[str, Any] = Field(
        description="As understood: defaults filled in, words resolved to days."
    )
    sentence: str
    numbers: list[Number]
    columns: list[AnswerColumn]
    rows: list[dict[str, Any]]
    view: View
    picture: Picture
    notes: list[str] = Field(
        description="Plain warnings: too little data, mixed currencies, what was left out."
    )
    noted: list[Noted] = Field([], description="What people noted of the days in the picture.")
    readiness: list[Readiness]
    period: Span | None
    compared: Span | None
    currency: str
    language: Literal["ar", "en"]
    calendar: Literal["gregorian", "hijri"]
    named: set[str] = Field(set(), exclude=True, description="Customers in the rows, for the audit log.")
    age: float = Field(0.0, exclude=True, description="Seconds since it was found, where it was kept.")
    sample: int = Field(description="How many orders (or events) the answer rests on.")

    def __eq__(self, other: object) -> bool:
        """Equal is what says the same; whom it named is for the audit log alone."""
        return isinstance(other, Answer) and self.model_dump() == other.model_dump()
