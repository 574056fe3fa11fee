"""Which customers belong together without being one: a household, a company and the people who buy for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from masarat.errors import BadParameter, UnknownName
from masarat.records import Transaction
from masarat.records.models import Relation

# household: they live together. company: `one` is a company, `other` its contact. family, friend, other: as it says.
KINDS = ("household", "company", "family", "friend", "other")


def relate(
    t: Transaction,
    some: Sequence[str],
    others: Sequence[str],
    kind: str,
    author: str,
    *,
    role: str = "",
    since: date | None = None,
) -> Relation:
    """Put two customers, each given with all identifiers, into a relation; told again, it says the role and the day anew."""
    if kind not in KINDS:
        raise UnknownName("kind of relation", kind, list(KINDS))
    if set(some) & set(others):
        raise BadParameter("These are one customer already.", "Name two.")
    found = next(iter(_between(t, some, others, kind)), None)
    if found is None:
        found = Relation(one=some[0], other=others[0], kind=kind, author=author)
        t.add(found)
    found.role, found.since, found.author = role.strip(), since, author
    t.flush()
    return found


def unrelate(t: Transaction, some: Collection[str], others: Collection[str], kind: str = "") -> int:
    """Take back the relations between two customers, each given with all identifiers; how many there were."""
    found = _between(t, some, others, kind)
    if not found:
        raise UnknownName("relation with", min(others, default=""), _partners(t, some) or ["none yet"])
    for relation in found:
        t.delete(relation)
    return len(found)


def relations_of(t: Transaction, identifiers: Iterable[str]) -> Sequence[Relation]:
    asked = list(identifiers)
    either = or_(Relation.one.in_(asked), Relation.other.in_(asked))
    return t.scalars(select(Relation).where(either).order_by(Relation.at, Relation.id)).all()


def relation_json(relation: Relation, identifiers: Collection[str]) -> dict[str, Any]:
    """As seen by one of the two: `with` is the other, and `is` what they are in it (a company sees its contact)."""
    seen_by_one = relation.one in identifiers
    return {
        "id": relation.id,
        "kind": relation.kind,
        "with": relation.other if seen_by_one else relation.one,
        "side": "one" if seen_by_one else "other",
        "role": relation.role,
        "since": relation.since.isoformat() if relation.since else None,
        "author": relation.author,
        "at": relation.at.isoformat(),
    }


def _between(t: Transaction, some: Collection[str], others: Collection[str], kind: str) -> list[Relation]:
    one, other = set(some), set(others)
    return [
        relation
        for relation in relations_of(t, one)
        if (not kind or relation.kind == kind)
        and ({relation.one, relation.other} & one and {relation.one, relation.other} & other)
    ]


def _partners(t: Transaction, identifiers: Collection[str]) -> list[str]:
    return [str(relation_json(relation, identifiers)["with"]) for relation in relations_of(t, identifiers)]
