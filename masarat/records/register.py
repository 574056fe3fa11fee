"""What only the merchant can tell for the processing register, kept by its name."""

from __future__ import annotations

from sqlalchemy import select

from masarat.errors import UnknownName
from masarat.records import Records
from masarat.records.audit import note
from masarat.records.models import Told, now

# In the order of the register (PDPL, article 31).
NAMES = ("controller", "contact", "officer", "basis", "recipients", "transfers", "retention")


def told(records: Records) -> dict[str, str]:
    """All names, those not told yet with an empty text."""
    with records.transaction() as t:
        known = {each.name: each.text for each in t.scalars(select(Told))}
    return {name: known.get(name, "") for name in NAMES}


def tell(records: Records, name: str, text: str, actor: str) -> None:
    """Keep what the merchant says, in place of what was said before; an empty text takes it back."""
    if name not in NAMES:
        raise UnknownName("entry of the register", name, list(NAMES))
    with records.transaction() as t:
        t.merge(Told(name=name, text=text.strip(), told_at=now()))
        note(t, actor, "changed", "register", [name])
