"""All identifiers of one customer, from any of them: in one look-up, however many merges there are.

A million overrides are read by their key alone: first those that may name the owner, as they lie, then what of these still stands.
"""

from __future__ import annotations

from collections.abc import Collection

from masarat.events import hash_of
from masarat.store.store import AS_THEY_LIE, Store

# A scalar subquery is worked out once; the same words in a condition, for every row.
OWNER_OF_ONE = "(SELECT dictGetOrDefault('identity_known', 'owner', {one:UInt64}, {one:UInt64}))"
MEMBERS = f"""
SELECT argMax(identifier, at) AS member, argMax(owner, at) AS stands, argMax(owner_name, at) AS called
FROM identity_overrides
WHERE from_id IN (SELECT from_id FROM identity_overrides WHERE owner = {OWNER_OF_ONE})
GROUP BY from_id HAVING stands = {OWNER_OF_ONE} ORDER BY member"""
CALLED = """
SELECT identifier, argMax(owner_name, at) AS owner FROM identity_overrides
WHERE from_id IN {hashes:Array(UInt64)} GROUP BY identifier"""


def members(store: Store, identifier: str) -> list[str]:
    """Every identifier of the customer, the one they are called by first; who is nobody else's stands alone."""
    rows = store.select(MEMBERS, {"one": hash_of(identifier)}, settings=AS_THEY_LIE)
    owner = str(rows[0]["called"]) if rows else identifier
    return [owner, *(row["member"] for row in rows if row["member"] != owner)]


def called(store: Store, identifiers: Collection[str]) -> dict[str, str]:
    """By which identifier the customer of each of these few is called."""
    hashes = sorted({hash_of(identifier) for identifier in identifiers})
    rows = store.select(CALLED, {"hashes": hashes}, settings=AS_THEY_LIE) if hashes else []
    known = {row["identifier"]: row["owner"] for row in rows}
    return {identifier: known.get(identifier, identifier) for identifier in identifiers}
