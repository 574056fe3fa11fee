"""What people note of days: new prices, a fault at the checkout. Every picture over time shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, Transaction
from masarat.records.audit import note
from masarat.records.fitting import LARGEST
from masarat.records.models import Record, UtcTime, now
from masarat.words import TURNING

MOST = 500  # noted days of a shop
LONGEST_TEXT = 200  # characters
LONGEST_DAYS = 366  # from the first day to the last
YEARS = range(1970, 2149)  # as the store counts days
PARTS = ("day", "last", "text")
CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.\w|\d{9}")  # an e-mail, a phone: of a customer, not of a day


UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, and halves of characters


class AnnotationRecord(Record):
    """What happened on a day, or from a day to another, as somebody noted it."""

    __tablename__ = "annotations"
    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    last: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    made_by: Mapped[str] = mapped_column(String(600))
    made_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A noted day, as questions and programs are told of it; of a single day `last` is the day itself."""

    id: int
    day: date
    last: date
    text: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"day": self.day.isoformat(), "last": self.last.isoformat()}


def read(given: Mapping[str, Any]) -> tuple[date, date, str]:
    """First day, last day and text as somebody sent them: `{"day": "2025-09-13", "text": "new prices"}`, maybe with a `last` day.

    BadParameter where a day is none, the last is before the first or over a year after it, and where the text is empty, too long, or holds an
    e-mail or a phone.
    """
    if unknown := set(given) - set(PARTS):
        raise UnknownName("part of an annotation", min(unknown), list(PARTS))
    day = read_day(given.get("day"), "day")
    last = read_day(given.get("last"), "last") if given.get("last") else day
    if not timedelta(0) <= last - day < timedelta(days=LONGEST_DAYS):
        raise BadParameter(
            f"{last} is not a last day from {day} on.", "Give one on or after the first, within a year."
        )
    text = given.get("text")
    text = " ".join(UNSEEN.sub(" ", text.translate(TURNING)).split()) if isinstance(text, str) else ""
    if not 0 < len(text) <= LONGEST_TEXT:
        raise BadParameter(
            f"An annotation needs a text of at most {LONGEST_TEXT} characters.",
            "Say what happened in a few words.",
        )
    if CONTACT.search(text):
        raise BadParameter(
            "An annotation is about a day, and names no customer.", "Leave the e-mail or phone number out."
        )
    return day, last, text


def read_day(given: object, name: str) -> date:
    """A day as programs write it (2025-09-13); BadParameter names the parameter."""
    try:
        day = date.fromisoformat(given) if isinstance(given, str) and len(given) == 10 else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise BadParameter(f"{name} is no day of the calendar.", "Write it like 2025-09-13.")
    return day


def between(records: Records, first: date = date.min, last: date = date.max) -> list[Annotation]:
    """The noted days that touch these days, in the order of time."""
    with records.transaction() as t:
        found = t.scalars(
            select(AnnotationRecord)
            .where(AnnotationRecord.day <= last, AnnotationRecord.last >= first)
            .order_by(AnnotationRecord.day, AnnotationRecord.id)
        )
        return [_told(one) for one in found]


def add(records: Records, day: date, last: date, text: str, actor: str) -> Annotation:
    """Note a day; BadParameter where there are as many as there may be."""
    with records.transaction() as t:
        if (t.scalar(select(func.count()).select_from(AnnotationRecord)) or 0) >= MOST:
            raise BadParameter(f"{MOST} days are noted already.", "Remove one that nobody needs.")
        made = AnnotationRecord(day=day, last=last, text=text, made_by=actor[:600])
        t.add(made)
        t.flush()
        note(t, actor, "changed", "annotation", [str(made.id)], deed="make")
        return _told(made)


def change(records: Records, number: int, day: date, last: date, text: str, actor: str) -> Annotation:
    """Note it otherwise. UnknownName where there is none of this number."""
    with records.transaction() as t:
        found = _of(t, number)
        found.day, found.last, found.text = day, last, text
        note(t, actor, "changed", "annotation", [str(found.id)], deed="change")
        return _told(found)


def remove(records: Records, number: int, actor: str) -> Annotation:
    """Away with a noted day; back comes what it was. UnknownName where there is none of this number."""
    with records.transaction() as t:
        found = _of(t, number)
        t.delete(found)
        note(t, actor, "changed", "annotation", [str(found.id)], deed="remove")
        return _told(found)


def _of(t: Transaction, number: int) -> AnnotationRecord:
    found = t.get(AnnotationRecord, number) if 0 < number <= LARGEST else None
    if found is None:
        known = [str(one) for one in t.scalars(select(AnnotationRecord.id).order_by(AnnotationRecord.id))]
        raise UnknownName("annotation", str(number), known or ["none yet"])
    return found


def is_about(found: AnnotationRecord, names_them: Callable[[bytes], bool]) -> bool:
    """Whether the text names somebody."""
    return names_them(found.text.encode())


def forget(found: AnnotationRecord, names_them: Callable[[bytes], bool]) -> None:
    """A dash in place of a text that names somebody who is erased; that something was on the day stays."""
    if is_about(found, names_them):
        found.text = "–"


def _told(found: AnnotationRecord) -> Annotation:
    return Annotation(found.id, found.day, found.last, found.text)
