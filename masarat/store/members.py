"""All identifiers of one customer, from any of them: in one look-up, however many merges there are.

A million overrides are read by their key alone: first those that may name the owner, as they lie, then what of these still stands.
"""

from __future__ import annotations

from masarat.events import hash_of
from masarat.store.store import Store

OWNER_OF_ONE = "dictGetOrDefault('identity_known', 'owner', {one:UInt64}, {one:UInt64})"
MEMBERS = f"""
SELECT argMax(identifier, at) AS member, argMax(owner, at) AS stands, argMax(owner_name, at) AS called
FROM identity_overrides
WHERE from_id IN (SELECT from_id FROM identity_overrides WHERE owner = {OWNER_OF_ONE})
GROUP BY from_id HAVING stands = {OWNER_OF_ONE} ORDER BY member"""


def members(store: Store, identifier: str) -> list[str]:
    """Every identifier of the customer, the one they are called by first; who is nobody else's stands alone."""
    rows = store.select(MEMBERS, {"one": hash_of(identifier)}, settings={"final": 0})
    owner = str(rows[0]["called"]) if rows else identifier
    return [owner, *(row["member"] for row in rows if row["member"] != owner)]
