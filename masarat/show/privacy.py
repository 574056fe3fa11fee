"""The privacy deeds as the server and the command line both do them: confirmed, and written down in the audit log."""

from __future__ import annotations

from typing import Any

from masarat.act.erasing import Plan
from masarat.errors import BadParameter
from masarat.records.audit import mark, note
from masarat.shop import Shop
from masarat.show.auditing import is_ours


def look(shop: Shop, identifier: str, actor: str, *, everything: bool = False) -> Plan:
    """What an erasure would find."""
    plan = shop.privacy.plan(identifier, everything=everything)
    _note(shop, actor, "looked", "customer", plan.identifiers, deed="plan of an erasure")
    return plan


def erase(
    shop: Shop, identifier: str, confirm: str, actor: str, *, everything: bool = False, why: str = ""
) -> dict[str, Any]:
    """Erase a customer, whose identifier must be said twice."""
    if confirm.strip() != identifier.strip():
        raise BadParameter(
            "The erasure is not confirmed: the two identifiers differ.",
            "Nothing can bring it back: repeat it exactly.",
        )
    return shop.privacy.erase(identifier, everything=everything, why=why, actor=actor)


def export(shop: Shop, identifier: str, actor: str) -> dict[str, Any]:
    """All that is known of a customer, for themselves."""
    found = shop.privacy.known(identifier)
    _note(shop, actor, "exported", "customer", found["identifiers"], deed="access")
    return found


def _note(shop: Shop, actor: str, action: str, what: str, identifiers: list[str], **details: Any) -> None:
    if is_ours(shop):
        with shop.records.transaction() as t:
            note(t, actor, action, what, map(mark, identifiers), **details)
