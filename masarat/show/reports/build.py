"""A report's content: which questions are asked, and their answers of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from masarat.analyse import ANALYSES, Analysis, Answer, ask, find, read
from masarat.analyse.base import Mask
from masarat.analyse.frame import facts
from masarat.analyse.told import NOTHING, Told
from masarat.errors import UnknownName
from masarat.settings import Settings
from masarat.show.reports.words import WORDS
from masarat.store import Store
from masarat.words import Speaker, speaker

# Every question but lists of customers, which are searched, not read; what is so only now; and those that look closer at what another one tells
# (each has a report of its own). Quality of the data comes last.
LISTS = (
    "customer_value",
    "customers",
    "found_customers",
    "funnel_dropped",
    "intent_customers",
    "journey_customers",
    "live",
    "rule_customers",
    "segment_movers",
)
CLOSER = (
    "breakdown",
    "flow_graph",
    "funnel_times",
    "funnel_trend",
    "intent_model",
    "journey_moves",
    "metric",
    "segment_moves",
)
LEFT_OUT = (*LISTS, *CLOSER)
REPORT: tuple[Analysis, ...] = tuple(kind.example for kind in ANALYSES if kind.name not in LEFT_OUT)
FRAME = ("period", "compare", "segment", "currency", "calendar", "language")  # what all questions share


@dataclass(frozen=True)
class Report:
    """Answers of one moment, in one language."""

    answers: tuple[Answer, ...]
    until: date | None  # the last day with data
    made_at: datetime  # the shop's time
    settings: Settings

    @property
    def first(self) -> Answer:
        return self.answers[0]

    @cached_property
    def speaker(self) -> Speaker:
        return speaker(WORDS, self.first.language, self.first.calendar)

    @property
    def title(self) -> str:
        return self.first.title if len(self.answers) == 1 else self.speaker.say("title")


def questions(question: str, parameters: dict[str, Any]) -> tuple[Analysis, ...]:
    """The one question named, with its parameters; or all of the report's, in the given frame."""
    if question:
        return (read(find(question), parameters),)
    for name in parameters:
        if name not in FRAME:
            raise UnknownName("parameter of a report", name, list(FRAME))
    return tuple(read(type(each), each.model_dump(exclude_unset=True) | parameters) for each in REPORT)


def build(
    store: Store,
    asked: Sequence[Analysis],
    *,
    mask: Mask | None = None,
    told: Told = NOTHING,
    now: datetime | None = None,
) -> Report:
    """Ask every question. `now` is for tests."""
    made_at = now or datetime.now(store.settings.zone)
    span = facts(store, store.settings.timezone).span(())
    answers = tuple(ask(store, question, today=made_at.date(), mask=mask, told=told) for question in asked)
    return Report(answers, span[1] if span else None, made_at, store.settings)
