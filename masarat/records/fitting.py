"""What a column can hold is checked before it is written, so that SQLite, which takes anything, and PostgreSQL say the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, String, event, inspect
from sqlalchemy.orm import Session

from masarat.errors import BadParameter

LARGEST = 2**31 - 1


def watch(transaction: Session) -> None:
    """From now on this transaction refuses, with a sentence, what no column can hold."""
    event.listen(transaction, "before_flush", _check)


def _check(transaction: Session, *_: object) -> None:
    for record in (*transaction.new, *transaction.dirty):
        for name, attribute in inspect(record).mapper.columns.items():
            _fits(name, attribute, getattr(record, name))


def _fits(name: str, column: Column[Any], value: object) -> None:
    words = name.replace("_", " ")
    match column.type, value:
        case String(length=most), str() if most is not None and len(value) > most:
            raise BadParameter(f"The {words} is longer than {most} characters.", "Make it shorter.")
        case String(), str() if "\0" in value:
            raise BadParameter(f"The {words} holds a character that cannot be kept.", "Write it anew.")
        case Integer(), int() if abs(value) > LARGEST:
            raise BadParameter(f"The {words} is larger than {LARGEST:,}.", "Choose a smaller number.")
