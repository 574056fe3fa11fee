"""What people write about a customer, and the words by which they find customers again.

Both hang on the identifier by which the customer was called then. Whoever asks gives all identifiers of a customer, so that what was
written follows when customers are merged, and goes back when they are taken apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from masarat.errors import BadParameter, UnknownName
from masarat.records import Transaction
from masarat.records.fitting import LARGEST
from masarat.records.models import Note, Tag, now
from masarat.words.folding import fold

LONGEST_NOTE = 10_000
LONGEST_TAG = 100


# Notes


def add_note(t: Transaction, identifier: str, text: str, author: str) -> Note:
    text = text.strip()
    if not text:
        raise BadParameter("The note is empty.", "Write something.")
    if len(text) > LONGEST_NOTE:
        raise BadParameter(
            f"The note is longer than {LONGEST_NOTE:,} characters.", "Write several, or attach a file."
        )
    note = Note(identifier=identifier, text=text, author=author)
    t.add(note)
    t.flush()
    return note


def notes_of(t: Transaction, identifiers: Iterable[str], *, deleted: bool = False) -> Sequence[Note]:
    """The notes of these identifiers, newest first; deleted ones only where they are asked for."""
    asked = (
        select(Note).where(Note.identifier.in_(list(identifiers))).order_by(Note.at.desc(), Note.id.desc())
    )
    return t.scalars(asked if deleted else asked.where(Note.deleted_at.is_(None))).all()


def delete_note(t: Transaction, id_: int, identifiers: Iterable[str], *, restore: bool = False) -> Note:
    """Put a note of these identifiers aside, or bring it back."""
    found = t.get(Note, id_) if id_ <= LARGEST else None
    if found is None or found.identifier not in set(identifiers):
        known = [str(note.id) for note in notes_of(t, identifiers, deleted=True)]
        raise UnknownName("note of this customer", str(id_), known or ["none yet"])
    found.deleted_at = None if restore else now()
    return found


def note_json(note: Note) -> dict[str, Any]:
    return {"id": note.id, "text": note.text, "author": note.author, "at": note.at.isoformat()}


# Tags


def folded_tag(written: str) -> str:
    """The one form in which a tag is compared."""
    return fold(written)


def add_tag(t: Transaction, identifier: str, written: str, author: str) -> Tag:
    """Tag a customer; a tag that differs only in the form of its letters is the same tag."""
    written = " ".join(written.split()).lower()
    tag = folded_tag(written)
    if not tag or len(written) > LONGEST_TAG:
        raise BadParameter(
            f"{written[:50]!r} is no tag.", f"Write a word or a few, at most {LONGEST_TAG} characters."
        )
    known = t.get(Tag, (identifier, tag))
    if known is None:
        known = Tag(identifier=identifier, tag=tag, written=written, author=author)
        t.add(known)
        t.flush()
    return known


def remove_tag(t: Transaction, identifiers: Iterable[str], written: str) -> int:
    """Take a tag off, whoever of these identifiers has it; how many had."""
    found = [tag for tag in tags_of(t, identifiers) if tag.tag == folded_tag(written)]
    if not found:
        known = sorted({tag.written for tag in tags_of(t, identifiers)})
        raise UnknownName("tag of this customer", written, known or ["none yet"])
    for tag in found:
        t.delete(tag)
    return len(found)


def tags_of(t: Transaction, identifiers: Iterable[str]) -> Sequence[Tag]:
    return t.scalars(select(Tag).where(Tag.identifier.in_(list(identifiers))).order_by(Tag.tag, Tag.at)).all()


def all_tags(t: Transaction) -> Sequence[Tag]:
    """Every tag of every identifier, as it was first written before later ways."""
    return t.scalars(select(Tag).order_by(Tag.tag, Tag.at, Tag.identifier)).all()
