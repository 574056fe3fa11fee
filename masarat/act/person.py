"""Somebody who is to be erased, or who asks what is known of them: all their identifiers, and what they told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from masarat.act.traces import Traces
from masarat.errors import UnknownName
from masarat.records import Records
from masarat.resolve.identity import Identity
from masarat.store import Store, erasing, identities
from masarat.store.erasing import Whom


@dataclass(frozen=True)
class Person:
    """A customer, whatever becomes of them in the store: what must be known to find them everywhere is kept here."""

    identifiers: Sequence[str]
    facts: Sequence[dict[str, Any]]
    country: str

    @cached_property
    def traces(self) -> Traces:
        return Traces.of(self.identifiers, self.facts, self.country)

    @cached_property
    def whom(self) -> Whom:
        return Whom(tuple(self.identifiers), self.traces.contacts)

    def to_text(self) -> str:
        return json.dumps({"identifiers": list(self.identifiers), "facts": list(self.facts)})

    @classmethod
    def from_text(cls, text: str, country: str) -> Person:
        return cls(**json.loads(text), country=country)


def find(identity: Identity, records: Records, identifier: str) -> Person:
    """Whom an identifier belongs to; somebody may have told nothing but a consent. UnknownName where nobody ever came with it."""
    country, store = identity.settings.country, identity.store
    try:
        names = identity.show(identifier).identifiers
    except UnknownName:
        names = [identity.read(identifier)]
        if not records.consent.of(names):
            raise
    facts = erasing.facts_of(store, tuple(names))
    return Person([*names, *_told(store, Person(names, facts, country))], facts, country)


def _told(store: Store, person: Person) -> list[str]:
    """E-mails and phones among the facts that name nobody else."""
    traces = person.traces
    found = {*(f"email:{one}" for one in traces.emails), *(f"phone:{one}" for one in traces.phones)}
    return [one for one in sorted(found - set(person.identifiers)) if not identities.is_known(store, one)]
