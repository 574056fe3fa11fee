"""Saved segments as the records know them: their names, what they were made from, and which making of each counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, Transaction
from masarat.records.audit import note
from masarat.records.models import SegmentRecord

LONGEST = 60  # letters of a name
LONGEST_TITLE = 200
RULE = "rule_customers"  # the question whose segments follow a rule, and are made anew by themselves
SEARCHED = "search"  # the words that somebody looked for are somebody's data
HIDDEN = "•••"


def check_name(name: str) -> str:
    """The name itself where it can stand in a condition: in=vip|عملاء_الرياض."""
    if not re.fullmatch(r"[\w-]+", name) or len(name) > LONGEST:
        raise BadParameter(
            f"{name!r} cannot name a segment.",
            f"Use letters, digits, - and _, up to {LONGEST}, like vip or عملاء_الرياض.",
        )
    return name


def name_of(title: str) -> str:
    """A name made from how people call it: عملاء الرياض → عملاء_الرياض."""
    return re.sub(r"[^\w-]+", "_", title.strip()).strip("_")[:LONGEST]


def every(records: Records) -> list[SegmentRecord]:
    """All segments, the newest first."""
    with records.transaction() as t:
        return list(
            t.scalars(select(SegmentRecord).order_by(SegmentRecord.made_at.desc(), SegmentRecord.name))
        )


def find(records: Records, name: str) -> SegmentRecord:
    with records.transaction() as t:
        return _find(t, name)


def makings(records: Records, names: Sequence[str]) -> list[str]:
    """Which making of each of these counts; UnknownName, with the nearest, for one that was never saved."""
    with records.transaction() as t:
        return [_find(t, name).making for name in names]


def add(records: Records, segment: SegmentRecord) -> None:
    """A segment under a new name; BadParameter where the name is taken."""
    with records.transaction() as t:
        refuse_taken(t, segment.name)
        t.add(segment)
        _note(t, segment, segment.author, "save")


def renewed(records: Records, name: str, making: str, size: int, actor: str, at: Any) -> str:
    """From now on another making counts; back comes the one that did until now."""
    with records.transaction() as t:
        segment = _find(t, name)
        was, segment.making, segment.size, segment.made_at = segment.making, making, size, at
        _note(t, segment, actor, "renew")
    return was


def remove(records: Records, name: str, actor: str) -> str:
    """Forget a segment; back comes the making that counted."""
    with records.transaction() as t:
        segment = _find(t, name)
        t.delete(segment)
        _note(t, segment, actor, "remove")
    return segment.making


def refuse_taken(t: Transaction, name: str) -> None:
    if t.get(SegmentRecord, name):
        raise BadParameter(
            f"There is a segment {name} already.",
            f"Renew it (masarat segments renew {name}), or take another name.",
        )


def is_about(segment: SegmentRecord, names_them: Callable[[bytes], bool]) -> bool:
    """Whether a text of the record names somebody."""
    spoken = (segment.name, segment.name.replace("_", " "), segment.title, *_texts(segment.parameters))
    return any(names_them(text.encode()) for text in spoken)


def forget(segment: SegmentRecord, names_them: Callable[[bytes], bool]) -> None:
    """Take out every text that names somebody who is erased; a name becomes the number of the making."""
    if not is_about(segment, names_them):
        return
    if any(names_them(text.encode()) for text in (segment.name, segment.name.replace("_", " "))):
        segment.name = segment.making
    if names_them(segment.title.encode()):
        segment.title = segment.name
    segment.parameters = _without(segment.parameters, names_them)


def to_json(segment: SegmentRecord) -> dict[str, Any]:
    """A segment for whoever may ask; words that were searched for are left out."""
    hidden = {SEARCHED: HIDDEN} if segment.parameters.get(SEARCHED) else {}
    return {
        "name": segment.name,
        "kind": "rule" if segment.question == RULE else "list",
        "title": segment.title,
        "question": segment.question,
        "parameters": segment.parameters | hidden,
        "size": segment.size,
        "made_at": segment.made_at.isoformat(),
    }


def _find(t: Transaction, name: str) -> SegmentRecord:
    found = t.get(SegmentRecord, name)
    if found is None:
        raise UnknownName("segment", name, sorted(t.scalars(select(SegmentRecord.name))))
    return found


def _note(t: Transaction, segment: SegmentRecord, actor: str, deed: str) -> None:
    note(
        t,
        actor,
        "changed",
        "segment",
        [segment.name],
        deed=deed,
        question=segment.question,
        customers=segment.size,
    )


def _texts(found: Any) -> list[str]:
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        return [text for each in found for text in _texts(each)]
    return [found] if isinstance(found, str) else []


def _without(found: Any, names_them: Callable[[bytes], bool]) -> Any:
    if isinstance(found, dict):
        return {name: _without(each, names_them) for name, each in found.items()}
    if isinstance(found, list):
        return [_without(each, names_them) for each in found]
    return "" if isinstance(found, str) and names_them(found.encode()) else found
