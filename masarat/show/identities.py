"""Looking at who is who, and deciding it, as the server and the command line both do: with a note in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masarat.errors import BadParameter
from masarat.resolve.identity import DEEDS, Customer
from masarat.shop import Shop
from masarat.show.auditing import is_ours, note_identity
from masarat.store import Row

if TYPE_CHECKING:
    from collections.abc import Callable


def look(shop: Shop, of: str, actor: str) -> Customer:
    """The customer of an identifier."""
    found = shop.identity.show(of)
    if is_ours(shop):
        note_identity(shop.records, actor, "looked", found.identifiers)
    return found


def log(shop: Shop, of: str, actor: str, *, limit: int) -> list[Row]:
    """What was merged, split and refused, the newest first: of the customer of an identifier, or of all."""
    rows = shop.identity.log(of, limit=limit)
    if is_ours(shop):
        note_identity(shop.records, actor, "looked", (row["identifier"] for row in rows))
    return rows


def do(shop: Shop, deed: str, actor: str, *, one: str = "", other: str = "", why: str = "") -> int:
    """One of the deeds, with as many identifiers as it needs; how many identifiers changed owners."""
    names = [name for name in (one, other) if name.strip()]
    least, most = DEEDS[deed]
    if not least <= len(names) <= most:
        wanted = f"{least}" if least == most else f"{least} or {most}"
        raise BadParameter(f"{deed} takes {wanted} identifiers.", "Write them like user:17, phone:+9665….")
    work: Callable[..., int] = getattr(shop.identity, deed)
    changed = work(*names, why=why, actor=actor) if most else work()
    if is_ours(shop) and most:
        note_identity(shop.records, actor, "changed", names)
    return changed
