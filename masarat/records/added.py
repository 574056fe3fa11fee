"""All that people added to a customer: told to whoever may know it, and forgotten where they are erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masarat.records import Transaction
from masarat.records.attachments import attachment_json, attachments_of, detach
from masarat.records.notes import note_json, notes_of, tags_of
from masarat.records.relations import relation_json, relations_of


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many of each were deleted, and the files to be deleted once the transaction has ended well."""

    notes: int
    tags: int
    relations: int
    files: int
    paths: list[Path]


def told(t: Transaction, identifiers: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Notes (put aside or not), tags, relations and files of these identifiers, as they are shown to the person themselves."""
    asked = set(identifiers)
    return {
        "notes": [
            {**note_json(note), "deleted_at": note.deleted_at.isoformat() if note.deleted_at else None}
            for note in notes_of(t, asked, deleted=True)
        ],
        "tags": [
            {"tag": tag.written, "author": tag.author, "at": tag.at.isoformat()} for tag in tags_of(t, asked)
        ],
        "relations": [relation_json(relation, asked) for relation in relations_of(t, asked)],
        "files": [attachment_json(file) for file in attachments_of(t, asked)],
    }


def forget(t: Transaction, identifiers: Collection[str], data: Path) -> Forgotten:
    """Delete all of it. Facts written by hand stand with the other facts in the store, and are erased with them."""
    asked = set(identifiers)
    notes, tags = notes_of(t, asked, deleted=True), tags_of(t, asked)
    related, files = relations_of(t, asked), attachments_of(t, asked)
    for each in (*notes, *tags, *related):
        t.delete(each)
    paths = detach(t, files, data)
    return Forgotten(len(notes), len(tags), len(related), len(files), paths)
