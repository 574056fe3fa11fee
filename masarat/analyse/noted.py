"""Which days an answer's picture runs over, and what people noted of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from masarat.analyse.answer import Answer, Noted
from masarat.analyse.told import Told
from masarat.words import Speaker

OVER_TIME = ("trend", "stack")
SHOWN = 30  # noted days under one picture, the latest


def days_of(answer: Answer) -> list[date]:
    """The first day of each place on the axis of a picture over days, weeks or months, in order; of any other picture none."""
    columns = answer.picture.columns
    if answer.view not in OVER_TIME or not columns or columns[0].kind not in ("date", "month"):
        return []
    days = list(dict.fromkeys(row[columns[0].name] for row in answer.picture.rows))
    whole = all(isinstance(day, date) and not isinstance(day, datetime) for day in days)
    return days if whole and len(days) > 1 and all(one < two for one, two in pairwise(days)) else []


def lengths(days: list[date]) -> list[int]:
    """How many days each place on the axis stands for; the last is as long as its month, or as the one before it."""
    found = [(two - one).days for one, two in pairwise(days)]
    last = days[-1]
    if found[-1] in range(28, 32) and last.day == days[-2].day == 1:
        return [*found, ((last + timedelta(days=31)).replace(day=1) - last).days]
    return [*found, found[-1]]


def stretch(answer: Answer) -> tuple[date, date] | None:
    """The first and the last day that the picture runs over; none where it does not run over days."""
    days = days_of(answer)
    if not days:
        return None
    last = days[-1] + timedelta(days=lengths(days)[-1] - 1)
    return days[0], max(min(last, answer.period.last), days[-1]) if answer.period else last


def noted(answer: Answer, told: Told, speak: Speaker) -> dict[str, Any]:
    """What of an answer changes by what people noted of the days that its picture runs over: of many the latest are told, and that it is so."""
    days = stretch(answer)
    found = told.annotations(*days) if days else ()
    shown = [Noted(id=one.id, day=one.day, last=one.last, text=one.text) for one in found[-SHOWN:]]
    more = [speak.say("note-noted")] if len(found) > SHOWN else []
    return {"noted": shown, "notes": [*answer.notes, *more]}
