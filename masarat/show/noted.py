"""Noted days in words: what stands under every picture over time, each beside the number of its pin."""

from __future__ import annotations

from dataclasses import dataclass

from masarat.analyse import Answer
from masarat.analyse.answer import Noted
from masarat.words import Speaker, Words, speaker

WORDS = Words(
    en="days = { $first } to { $last }",
    ar="days = من { $first } إلى { $last }",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One noted day: its number in the records, its days in words, and what happened."""

    id: int
    day: str
    last: str
    when: str
    text: str
    line: str  # both, for where only words are placed


def told(answer: Answer) -> list[Told]:
    """The noted days of an answer, in the order of their pins."""
    speak = speaker(WORDS, answer.language, answer.calendar)
    return [_told(one, speak) for one in answer.noted]


def _told(one: Noted, speak: Speaker) -> Told:
    days = _days(one, speak)
    line = f"{days} — {speak.text(one.text)}"
    return Told(one.id, one.day.isoformat(), one.last.isoformat(), days, one.text, line)


def _days(one: Noted, speak: Speaker) -> str:
    if one.last == one.day:
        return speak.day(one.day)
    return speak.say("days", first=speak.day(one.day), last=speak.day(one.last))
