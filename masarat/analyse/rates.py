"""The shop's rates in questions that have none of their own, and the note that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self, TypeVar

from masarat.records.rates import RATES
from masarat.settings import Settings
from masarat.words import Speaker


class Rated(Protocol):
    """A question, as far as this is concerned."""

    def takes(self, rate: str) -> bool: ...

    def model_copy(self, *, update: dict[str, object]) -> Self: ...


Q = TypeVar("Q", bound=Rated)
NONE = (None, "")


def with_rates(question: Q, settings: Settings) -> tuple[Q, Sequence[str]]:
    """The question with the rates of the shop where it has none, and which these are."""
    shops = [
        name
        for name in RATES
        if question.takes(name) and getattr(question, name) in NONE and getattr(settings, name) not in NONE
    ]
    taken: dict[str, object] = {name: getattr(settings, name) for name in shops}
    return (question.model_copy(update=taken) if taken else question), shops


def note_on_rates(question: Rated, shops: Sequence[str], speak: Speaker) -> list[str]:
    """Which rates are the shop's."""
    if not shops:
        return []
    said = (f"{speak.say(f'param-{name}')} {_said(getattr(question, name), speak)}" for name in shops)
    return [speak.say("note-shops-rates", what=("، " if speak.language == "ar" else ", ").join(said))]


def _said(rate: str | float, speak: Speaker) -> str:
    return speak.text(rate) if isinstance(rate, str) else speak.number(rate)
