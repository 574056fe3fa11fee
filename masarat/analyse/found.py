"""Whom a search found: their name, how to reach them, when they were last seen, and which of their names and identifiers matched.

What stands now is asked, so that a word of a name which was replaced since, or of somebody who was erased, finds nobody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from masarat.events import hash_of
from masarat.store import AS_THEY_LIE, Row, Store
from masarat.words.folding import fold
from masarat.words.names import plain

SHOWN = ("name", "phone", "email", "city")
MANY = 1_000  # identifiers of one customer that are looked through


@dataclass(frozen=True, slots=True)
class Reason:
    """What was found, as it stands; roles see it as they see that fact (`show/masking.py`)."""

    trait: str  # name, phone, email, or identifier
    value: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer by the identifier they are called by; what nobody told is empty."""

    customer: str
    name: str
    phone: str
    email: str
    city: str
    last_seen: datetime | None
    because: list[Reason]

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "last_seen": self.last_seen and self.last_seen.isoformat()}


@dataclass(slots=True)
class Match:
    """A customer with, of each term, the word by which they were found and its kind."""

    owner: int
    words: list[tuple[str, str]]


def described(store: Store, matches: Sequence[Match], within: Sequence[str] = ()) -> list[Hit]:
    """These customers, in their order; of whom nothing stands that matches are left out.

    Each of `within` must stand as a whole in what matched.
    """
    if not matches:
        return []
    people = {match.owner: Standing(match.owner) for match in matches}
    _read_identifiers(store, people)
    owners = {hash_of(one): each.owner for each in people.values() for one in each.identifiers} | {
        one: one for one in people
    }
    ids = {"ids": sorted(owners)}
    facts, moves = store.side_by_side(
        lambda asked: store.select(asked, ids, settings=AS_THEY_LIE), (FACTS, MOVES)
    )
    for fact in facts:
        people[owners[fact["customer_id"]]].take_fact(fact)
    for move in moves:
        people[owners[move["customer_id"]]].take_move(move)
    _read_lone(store, {owner: each for owner, each in people.items() if not each.identifiers})
    hits = (people[match.owner].hit(match.words) for match in matches)
    return [
        hit
        for hit in hits
        if hit and all(any(_stands(text, each.value) for each in hit.because) for text in within)
    ]


def _stands(text: str, value: str) -> bool:
    return _bare(text) in _bare(value)


class Standing:
    """What stands of one customer."""

    def __init__(self, owner: int) -> None:
        self.owner = owner
        self.identifiers: list[str] = []
        self.facts: list[Row] = []  # the newest first
        self.last_seen: datetime | None = None

    def take_fact(self, fact: Row) -> None:
        self.facts.append(fact)
        self.identifiers.append(fact["visitor_id"])

    def take_move(self, move: Row) -> None:
        seen = move["last_seen"].replace(tzinfo=UTC)
        self.last_seen = max(self.last_seen or seen, seen)

    def hit(self, words: Sequence[tuple[str, str]]) -> Hit | None:
        """Them as a hit, where every word stands in a name or identifier of theirs."""
        because = [self._reason(word, kind) for word, kind in words]
        reasons = [reason for reason in dict.fromkeys(because) if reason]
        if None in because:
            return None
        told = {name: self._told(name) for name in SHOWN}
        called = next((one for one in self.identifiers if hash_of(one) == self.owner), self.identifiers[0])
        return Hit(called, **told, last_seen=self.last_seen, because=reasons)

    def _reason(self, word: str, kind: str) -> Reason | None:
        if kind == "ending":
            word, kind = word[::-1], "phone"
        within = _bare(word)
        for trait, value in self._values(kind):
            if within in _bare(value) or (kind == "name" and within in plain(value).replace(" ", "")):
                return Reason(trait, value)
        return None

    def _values(self, kind: str) -> Iterator[tuple[str, str]]:
        """Their names, or their identifiers of a kind."""
        for fact in self.facts:
            trait = str(fact["trait"]).lower()
            if trait == kind or (kind == "name" and ("name" in trait or "company" in trait)):
                yield kind, fact["value"]
        for identifier in self.identifiers:
            known, _, value = identifier.partition(":")
            if known == kind:
                yield (kind, value) if kind in ("phone", "email") else ("identifier", identifier)

    def _told(self, trait: str) -> str:
        return next((str(fact["value"]) for fact in self.facts if fact["trait"] == trait), "")


def _bare(text: str) -> str:
    """Letters and digits only, folded, without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", fold(text)) if letter.isalnum())


def _read_identifiers(store: Store, people: dict[int, Standing]) -> None:
    rows = store.select(
        """
        SELECT owner, any(owner_name) AS called, groupUniqArray({many:UInt32})(identifier) AS identifiers FROM identity_overrides
        WHERE owner IN {owners:Array(UInt64)} AND dictGetOrDefault('identity_known', 'owner', from_id, from_id) = owner
        GROUP BY owner""",
        {"owners": list(people), "many": MANY},
        settings=AS_THEY_LIE,
    )
    for row in rows:
        people[row["owner"]].identifiers += [row["called"], *sorted(row["identifiers"])]


FACTS = """
SELECT customer_id, visitor_id, trait, value FROM traits WHERE customer_id IN {ids:Array(UInt64)}
ORDER BY ts DESC, source DESC, value DESC LIMIT 1 BY customer_id, trait, source"""

MOVES = """
SELECT customer_id, max(ts) AS last_seen FROM events WHERE customer_id IN {ids:Array(UInt64)}
GROUP BY customer_id ORDER BY customer_id"""

# Those of whom no fact is told.
LONE = (
    "SELECT DISTINCT visitor_id AS one FROM events WHERE customer_id IN {owners:Array(UInt64)}",
    "SELECT DISTINCT one FROM identity_links WHERE xxHash64(one) IN {owners:Array(UInt64)}",
)


def _read_lone(store: Store, lone: dict[int, Standing]) -> None:
    """Of whom no fact is told: those who only ordered, or only came along with others (the till's phone, a card)."""
    if not lone:
        return
    for sql in LONE:
        for row in store.select(sql, {"owners": list(lone)}, settings=AS_THEY_LIE):
            lone[hash_of(row["one"])].identifiers.append(row["one"])
