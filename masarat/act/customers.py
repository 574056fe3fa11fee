"""One customer as people work with them: look, read what happened, put facts right; and all that `Additions` keeps beside the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from masarat.act.additions import Additions
from masarat.analyse.frame import facts
from masarat.analyse.profile import profile
from masarat.analyse.profile.path import read_path
from masarat.analyse.profile.reading import read_facts, read_rows, to_moves
from masarat.analyse.profile.scores import FRESH, STALE, Bounds, bounds
from masarat.analyse.profile.suggestions import suggestions
from masarat.analyse.profile.timeline import Added, Asked, newest, timeline
from masarat.analyse.search import search
from masarat.errors import BadParameter, UnknownName
from masarat.models.reconcile import MANUAL
from masarat.records import Records, attachments, notes, relations, trait_rules
from masarat.records.audit import mark, note
from masarat.records.consent import standings
from masarat.records.models import Attachment, Note, Relation, Tag
from masarat.records.sources import sources
from masarat.records.stages import standing
from masarat.resolve.identity import Identity
from masarat.settings import Language, Settings
from masarat.store.facts import remove_fact, write_fact
from masarat.store.members import called
from masarat.words import speaker
from masarat.words.of import words

PAGE = 20  # lines of the timeline that come with a profile
LONGEST_FACT = 1_000


class Customers(Additions):
    """The customers of an open shop, one at a time."""

    def __init__(self, identity: Identity, records: Records, settings: Settings) -> None:
        super().__init__(records, settings)
        self.identity, self.store = identity, identity.store

    def members(self, identifier: str) -> list[str]:
        """Every identifier of a customer, the one they are called by first. Raises UnknownName where nobody ever came with it."""
        return self.identity.members(identifier)

    # Looking

    def looked(self, identifier: str, actor: str) -> list[str]:
        """Their identifiers, as of `members`; that somebody looked at them is written down."""
        ours = self.members(identifier)
        with self.records.transaction() as t:
            note(t, actor, "looked", "customer", [mark(ours[0])])
        return ours

    def show(
        self, identifier: str, *, language: Language = "en", actor: str = "", now: datetime | None = None
    ) -> dict[str, Any]:
        """All that is known of the customer, as a dict that is ready to be JSON.

        What `analyse.profile` tells, and beside it consents, notes, tags, relations (with suggestions), files and the newest of the timeline.
        """
        ours, at = self.members(identifier), now or datetime.now(UTC)
        kept = _Kept(self.records, ours, actor)
        consents = self.records.consent.of(ours)
        added = Added(consents, kept.notes, kept.files)
        rows, told = read_rows(self.store, ours), read_facts(self.store, ours)
        says = speaker(words("profile"), language)
        return {
            **profile(
                self.store, ours, to_moves(rows), told, language=language, now=at, currency=self._currency(),
                rules=kept.rules, bounds=self.bounds(at),
                path=read_path(self.store, ours, rows, standing(self.records), at, says),
            ),
            "suggestions": suggestions(self.store, ours, told, says),
            "consents": [
                {"purpose": purpose, "channel": channel, "status": status}
                for (purpose, channel), status in standings(consents).items()
            ],
            **kept.to_json(self._called(kept.relations)),
            "timeline": newest(self.store, ours, rows, added, language, PAGE),
        }  # fmt: skip

    def find(self, text: str, *, limit: int = 10, actor: str = "") -> dict[str, Any]:
        """The customers whom a text may mean (part of a name in either script, or of any identifier), the nearest first.

        What was searched for is somebody's data, and is left out of the audit log; whom it found stands there.
        """
        with self.records.transaction() as t:
            known = sources(t)
        found = search(self.store, text, limit, known)
        with self.records.transaction() as t:
            note(t, actor, "looked", "customers", (mark(hit.customer) for hit in found.hits), searched=True)
        return found.to_json()

    def timeline(
        self, identifier: str, asked: Asked | None = None, *, language: Language = "en", actor: str = ""
    ) -> dict[str, Any]:
        """A page of all that happened, newest first, and the place at which the next page begins."""
        ours, wanted = self.members(identifier), (asked or Asked()).check()
        kept = _Kept(self.records, ours, actor)
        added = Added(self.records.consent.of(ours), kept.notes, kept.files)
        return timeline(self.store, ours, added, wanted, language)

    def tags(self) -> list[dict[str, Any]]:
        """Every tag with how many customers carry it, the most used first."""
        with self.records.transaction() as t:
            tagged = notes.all_tags(t)
        owner = called(self.store, {tag.identifier for tag in tagged})
        found: dict[str, tuple[str, set[str]]] = {}
        for tag in tagged:
            found.setdefault(tag.tag, (tag.written, set()))[1].add(owner[tag.identifier])
        lines = [{"tag": written, "customers": len(whose)} for written, whose in found.values()]
        return sorted(lines, key=lambda line: (-line["customers"], line["tag"]))

    # Facts that people write

    def write_fact(self, identifier: str, fact: str, value: str, actor: str) -> None:
        """Write a fact by hand; it stands before what sources tell, unless a rule says otherwise."""
        fact, value = fact.strip(), value.strip()
        if not fact or not value:
            raise BadParameter("A fact has a name and a value.", "Write them like city جدة.")
        if max(len(fact), len(value)) > LONGEST_FACT:
            raise BadParameter(f"A fact has at most {LONGEST_FACT:,} characters.", "Write a note.")
        ours = self.members(identifier)
        write_fact(self.store, ours[0], fact, value, MANUAL)
        self._note(ours, actor, "fact", fact)

    def remove_fact(self, identifier: str, fact: str, actor: str) -> None:
        """Take back what was written by hand: what sources tell stands again."""
        ours = self.members(identifier)
        if not remove_fact(self.store, ours, fact.strip(), MANUAL):
            raise UnknownName("fact written by hand of this customer", fact, ["none under that name"])
        self._note(ours, actor, "fact removed", fact)

    # What is worked out beforehand

    def bounds(self, now: datetime | None = None, *, older: timedelta = STALE) -> Bounds | None:
        """The bounds of the RFM scores."""
        return bounds(self.store, self.records, now or datetime.now(UTC), older=older)

    def renew(self) -> None:
        """Measure the bounds anew where they are a day old: for whoever has time."""
        self.bounds(older=FRESH)

    def _currency(self) -> str:
        known = facts(self.store, self.settings.timezone).currencies
        return next(iter(known), self.settings.currency)

    def _called(self, related: Sequence[Relation]) -> Mapping[str, str]:
        return called(self.store, {name for relation in related for name in (relation.one, relation.other)})

    def _note(self, ours: Sequence[str], actor: str, deed: str, fact: str) -> None:
        with self.records.transaction() as t:
            note(t, actor, "changed", "customer", [mark(ours[0])], deed=deed, fact=fact)


class _Kept:
    """What the records hold of a customer; that somebody looked at it is written down."""

    def __init__(self, records: Records, ours: Sequence[str], actor: str) -> None:
        self.ours = ours
        with records.transaction() as t:
            self.rules = trait_rules.rules(t)
            self.notes: Sequence[Note] = notes.notes_of(t, ours)
            self.tags: Sequence[Tag] = notes.tags_of(t, ours)
            self.files: Sequence[Attachment] = attachments.attachments_of(t, ours)
            self.relations: Sequence[Relation] = relations.relations_of(t, ours)
            note(t, actor, "looked", "customer", [mark(ours[0])])

    def to_json(self, called: Mapping[str, str]) -> dict[str, Any]:
        """With relations to whoever the other is called by now."""
        related = [relations.relation_json(each, self.ours) for each in self.relations]
        return {
            "notes": [notes.note_json(each) for each in self.notes],
            "tags": sorted({tag.tag: tag.written for tag in self.tags}.values()),
            "relations": [{**each, "with": called[each["with"]]} for each in related],
            "files": [attachments.attachment_json(each) for each in self.files],
        }
