"""What people add to a customer: notes, tags, relations, files, and which value of a fact stands.

Whatever is added hangs on the identifier by which the customer is called at that moment, and is looked for under all identifiers of
a customer: it follows when customers are merged, and goes back when they are taken apart. Every deed is in the audit log.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from masarat.errors import BadParameter, UnknownName
from masarat.models.reconcile import RULES
from masarat.records import Records, Transaction, attachments, notes, relations, trait_rules
from masarat.records.audit import mark, note
from masarat.settings import Settings

ADDING = threading.Lock()  # no tag twice at one moment, and no content thrown away while it is attached anew


class Additions:
    """The deeds that need the records alone. `members` tells all identifiers of a customer, the one they are called by first."""

    def __init__(self, records: Records, settings: Settings) -> None:
        self.records, self.settings = records, settings

    def members(self, identifier: str) -> list[str]:
        raise NotImplementedError

    # Notes and tags

    def note(self, identifier: str, text: str, actor: str) -> dict[str, Any]:
        ours = self.members(identifier)
        with self._changing(ours, actor, "note") as t:
            return notes.note_json(notes.add_note(t, ours[0], text, actor))

    def delete_note(
        self, identifier: str, number: int, actor: str, *, restore: bool = False
    ) -> dict[str, Any]:
        """Put a note aside; `restore` brings it back."""
        ours = self.members(identifier)
        with self._changing(ours, actor, "note restored" if restore else "note deleted") as t:
            return notes.note_json(notes.delete_note(t, number, ours, restore=restore))

    def tag(self, identifier: str, words: Sequence[str], actor: str) -> list[str]:
        """Tag a customer; back come all their tags."""
        ours = self.members(identifier)
        with ADDING, self._changing(ours, actor, "tag") as t:
            known = {tag.tag for tag in notes.tags_of(t, ours)}
            for word in words:
                if notes.folded_tag(word) not in known:
                    notes.add_tag(t, ours[0], word, actor)
            return _tags(t, ours)

    def untag(self, identifier: str, words: Sequence[str], actor: str) -> list[str]:
        ours = self.members(identifier)
        with self._changing(ours, actor, "untag") as t:
            for word in words:
                notes.remove_tag(t, ours, word)
            return _tags(t, ours)

    # Relations

    def relate(
        self, one: str, other: str, kind: str, actor: str, *, role: str = "", since: date | None = None
    ) -> dict[str, Any]:
        """Put two customers into a relation; of a company, the company comes first."""
        ours, theirs = self.members(one), self.members(other)
        with ADDING, self._changing([ours[0], theirs[0]], actor, "relate", kind=kind) as t:
            made = relations.relate(t, ours, theirs, kind, actor, role=role, since=since)
            return relations.relation_json(made, ours)

    def unrelate(self, one: str, other: str, actor: str, *, kind: str = "") -> int:
        """Take back the relations between two customers; how many there were."""
        ours, theirs = self.members(one), self.members(other)
        with self._changing([ours[0], theirs[0]], actor, "unrelate") as t:
            return relations.unrelate(t, ours, theirs, kind)

    # Files

    def attach(self, identifier: str, file: Path, actor: str, *, name: str = "") -> dict[str, Any]:
        """Keep a copy of a file, at most 10 MiB."""
        ours = self.members(identifier)
        with ADDING, self._changing(ours, actor, "file") as t:
            kept = attachments.attach(
                t, ours[0], file, Path(name or file.name).name, actor, self.settings.data
            )
            return attachments.attachment_json(kept)

    def file(self, identifier: str, number: int, actor: str) -> tuple[str, Path]:
        """The name of a file, and where it lies; whoever asks takes it out."""
        ours = self.members(identifier)
        with self.records.transaction() as t:
            found = attachments.attachment(t, number, ours)
            note(t, actor, "exported", "customer", [mark(ours[0])], deed="file")
            return found.name, attachments.place(self.settings.data, found.sha256)

    def detach(self, identifier: str, number: int, actor: str) -> None:
        """Delete a file for good."""
        ours = self.members(identifier)
        with ADDING:
            with self._changing(ours, actor, "file deleted") as t:
                gone = attachments.detach(t, [attachments.attachment(t, number, ours)], self.settings.data)
            for path in gone:
                path.unlink(missing_ok=True)

    # Which value of a fact stands

    def rules(self) -> list[dict[str, Any]]:
        """What was chosen; under an empty name, what holds for all other facts."""
        with self.records.transaction() as t:
            chosen = sorted(trait_rules.rules(t).items())
        return [{"fact": name, "rule": rule, "trusted": list(trusted)} for name, (rule, trusted) in chosen]

    def choose(self, fact: str, rule: str, actor: str, *, trusted: Sequence[str] = ()) -> None:
        """Let a rule hold for a fact (for all, under an empty name); an empty rule takes the choice back."""
        if rule and rule not in RULES:
            raise UnknownName("rule", rule, list(RULES))
        if bool(trusted) != (rule == "most_trusted"):
            raise BadParameter(
                "Sources in their order belong to most_trusted, and only to it.",
                "Name them, the most trusted first.",
            )
        with self.records.transaction() as t:
            trait_rules.choose(t, fact, rule, trusted)
            note(t, actor, "changed", "fact rule", [fact], rule=rule)

    @contextmanager
    def _changing(self, whose: Sequence[str], actor: str, deed: str, **details: Any) -> Iterator[Transaction]:
        """A transaction that changes something of these customers, and writes that down."""
        about = whose if deed in ("relate", "unrelate") else whose[:1]
        with self.records.transaction() as t:
            yield t
            note(t, actor, "changed", "customer", map(mark, about), deed=deed, **details)


def _tags(t: Transaction, ours: Sequence[str]) -> list[str]:
    return list({tag.tag: tag.written for tag in reversed(notes.tags_of(t, ours))}.values())[::-1]
