"""Who may belong with a customer: those they share a phone, a browser, a VAT number or a company with, without being one.

These are suggestions, computed anew each time; only a person makes a relation of one. What very many share says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from masarat.events import hash_of
from masarat.models.reconcile import Said
from masarat.store import AS_THEY_LIE, Store
from masarat.store.members import called
from masarat.words import Speaker

SHARED = ("phone", "email", "vat", "card", "anon")  # what people of one household or company may share
OF_COMPANY = ("vat",)
COMPANY = ("company", "company.name", "vat", "vat_number")  # facts that name a company
CROWD = 10  # customers who share one thing: more are no household
MOST = 200  # links that are looked at

LINKED = """
SELECT DISTINCT one, other FROM identity_links
WHERE one IN {some:Array(String)} AND other NOT IN {some:Array(String)} ORDER BY one, other LIMIT {most:UInt32}"""
COLLEAGUES = """
SELECT DISTINCT visitor_id, value FROM traits
WHERE trait IN {company:Array(String)} AND value IN {values:Array(String)} AND customer_id NOT IN {hashes:Array(UInt64)}
ORDER BY visitor_id LIMIT {most:UInt32}"""

Pair = tuple[str, str]  # what is shared, and an identifier of somebody who shares it


def suggestions(
    store: Store, members: Sequence[str], facts: Mapping[str, Sequence[Said]], speak: Speaker
) -> list[dict[str, Any]]:
    """Each with whom (by which they are called), of which kind, and a sentence that says why."""
    pairs = [*_by_link(store, members), *_by_company(store, members, facts)]
    owners = called(store, {who for _, who in pairs})
    found: dict[str, dict[str, set[str]]] = {}  # what is shared → customer → identifiers
    for shared, who in pairs:
        if (owner := owners[who]) not in members:
            found.setdefault(shared, {}).setdefault(owner, set()).add(who)
    named = {
        owner: _suggestion(shared, owner, speak)
        for shared, who in found.items()
        if len(who) <= CROWD
        for owner in sorted(who)
    }
    return list(named.values())


def _by_link(store: Store, members: Sequence[str]) -> Iterator[Pair]:
    """Identifiers that were seen with one of theirs, and did not join them."""
    linked = _linked(store, members)
    alone = {other for _, other in linked if _kind(other) in SHARED}
    owners = called(store, alone)
    for mine, other in linked:
        if _kind(other) in SHARED:
            yield other, other
        else:
            yield (mine if _kind(mine) in SHARED else other), other
    if loose := sorted(other for other in alone if owners[other] == other):
        yield from _linked(store, loose)


def _by_company(store: Store, members: Sequence[str], facts: Mapping[str, Sequence[Said]]) -> Iterator[Pair]:
    values = sorted({said.value for name in COMPANY for said in facts.get(name, ())})
    if not values:
        return
    hashes = [hash_of(member) for member in members]
    asked = {"company": list(COMPANY), "values": values, "hashes": hashes, "most": MOST}
    for row in store.select(COLLEAGUES, asked, settings=AS_THEY_LIE):
        yield f"company:{row['value']}", row["visitor_id"]


def _linked(store: Store, some: Sequence[str]) -> list[Pair]:
    rows = store.select(LINKED, {"some": list(some), "most": MOST}, settings=AS_THEY_LIE)
    return [(row["one"], row["other"]) for row in rows]


def _kind(identifier: str) -> str:
    return identifier.partition(":")[0]


def _suggestion(shared: str, owner: str, speak: Speaker) -> dict[str, Any]:
    kind, _, value = shared.partition(":")
    key = f"suggest-{kind}" if speak.knows(f"suggest-{kind}") else "suggest-other"
    return {
        "with": owner,
        "kind": "company" if kind in (*OF_COMPANY, "company") else "household",
        "shared": shared,
        "sentence": speak.say(key, value=speak.text(value)),
    }
