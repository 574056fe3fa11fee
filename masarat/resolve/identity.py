"""Who is who in a shop, as people ask and decide it: show, merge, tell apart, take back, fold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from masarat.collect.consents import read_identifier
from masarat.errors import UnknownName
from masarat.resolve.graph import Decision
from masarat.resolve.identifiers import Rules
from masarat.resolve.links import Links
from masarat.resolve.resolver import Resolver
from masarat.settings import Settings
from masarat.store import Row, Store, identities
from masarat.store.members import members

FOLD_AFTER = timedelta(hours=1)  # whoever began to insert before has ended by then

# What can be done about who is who, and how few and how many identifiers it takes.
DEEDS = {"merge": (2, 2), "never": (2, 2), "split": (1, 1), "undo": (1, 2), "rebuild": (0, 0), "fold": (0, 0)}


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer: by which identifier they are called, all they have, the links that hold these together, and what people decided."""

    customer: str
    identifiers: list[str]
    links: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Identity:
    """The customers of an open store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.resolver = Resolver(store, Rules.of(settings))
        self._links = Links(settings)
        self._settings = settings

    @property
    def settings(self) -> Settings:
        return self._settings

    def read(self, identifier: str) -> str:
        """An identifier in its own form; an e-mail or a phone may be written in any way. BadParameter where it is none."""
        return read_identifier(identifier, self._settings.country)

    def forget(self) -> None:
        """Look at everything anew: links and owners have been taken out of the store."""
        self._links = Links(self._settings)
        self.resolver.forget()

    # What comes in

    def take_lines(self, lines: Sequence[bytes]) -> int:
        """Resolve what a segment of the journal tells; the same lines again change nothing."""
        links = self._links.of(lines)
        changed = 0 if links.is_empty() else self.resolver.take(links)
        self._links.remember()
        return changed

    def take_imported(self, sources: Iterable[str]) -> int:
        """Resolve what the imported events of these sources tell."""
        return sum(self.resolver.catch_up(source) for source in sorted(set(sources)))

    # What people ask and decide

    def show(self, identifier: str) -> Customer:
        """The customer whom an identifier belongs to. Raises UnknownName where nobody ever came with it."""
        ours = self.members(identifier)
        wanted = set(ours)
        decided = [row for row in identities.decisions(self.store) if {row["one"], row["other"]} & wanted]
        return Customer(ours[0], ours, identities.evidence(self.store, ours), decided)

    def members(self, identifier: str) -> list[str]:
        """Every identifier of a customer, the one they are called by first. Raises UnknownName where nobody ever came with it."""
        name = read_identifier(identifier, self._settings.country)
        found = members(self.store, name)
        if len(found) == 1:
            self.owner(name)  # somebody, or nobody
        return found

    def owner(self, identifier: str) -> str:
        """By which identifier its customer is called; an e-mail or a phone may be written in any way."""
        identifier = read_identifier(identifier, self._settings.country)
        found = identities.owners_of(self.store, [identifier])
        if found.height:
            return str(found["owner"].item())
        if not identities.is_known(self.store, identifier):
            near = identities.like(self.store, identifier)
            raise UnknownName("identifier", identifier, near or ["user:…", "phone:+966…", "email:…"])
        return identifier

    def merge(self, one: str, other: str, *, why: str = "", actor: str = "") -> int:
        """Make one customer of the two whom these identifiers belong to; returns how many identifiers changed owners."""
        return self._decide("merge", self.owner(one), self.owner(other), why, actor)

    def never(self, one: str, other: str, *, why: str = "", actor: str = "") -> int:
        """Tell two identifiers apart for good: they are never one customer, whatever links them."""
        return self._decide("never", self._known(one), self._known(other), why, actor)

    def split(self, identifier: str, *, why: str = "", actor: str = "") -> int:
        """Let an identifier stand alone: it joins nobody any more."""
        return self._decide("alone", self._known(identifier), "", why, actor)

    def undo(self, one: str, other: str = "", *, why: str = "", actor: str = "") -> int:
        """Take back what was decided of two identifiers (or of one alone): all is as if it had never been said."""
        one, other = (read_identifier(name, self._settings.country) if name else "" for name in (one, other))
        standing = {(row["one"], row["other"]) for row in identities.decisions(self.store)}
        if (one, other) not in standing and (other, one) not in standing:
            known = [" ".join(filter(None, pair)) for pair in sorted(standing)]
            raise UnknownName("decision", f"{one} {other}".strip(), known or ["none yet"])
        return self._decide("withdrawn", one, other, why, actor)

    def log(self, identifier: str = "", *, limit: int = 100) -> list[Row]:
        """What was merged, split, refused, newest first: of the customer of an identifier, or of all."""
        members = self.show(identifier).identifiers if identifier else []
        return identities.log(self.store, members, limit)

    def rebuild(self) -> int:
        """Resolve everything anew, links that only events tell of included: after limits or blocked values have changed."""
        return self.resolver.catch_up() + self.resolver.rebuild()

    def fold(self, older: timedelta = FOLD_AFTER) -> int:
        """Write the owners of merges that stand for a while into the events. No answer changes; later questions look up less."""
        return identities.fold(self.store, older)

    def _known(self, identifier: str) -> str:
        """The identifier in its own form. Raises UnknownName where nobody ever came with it."""
        self.owner(identifier)
        return read_identifier(identifier, self._settings.country)

    def _decide(self, what: Any, one: str, other: str, why: str, actor: str) -> int:
        return self.resolver.decide(Decision(what, one, other), why, actor or "cli")
