"""What the law lets a customer ask for, and the merchant must do: erase, tell all that is known, keep nothing for longer than needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masarat.act.access import known
from masarat.act.erasing import Erasing, Plan
from masarat.records import Records, certificates
from masarat.resolve.identity import Identity
from masarat.store import Store


class Privacy:
    """The privacy deeds of an open shop: `privacy.plan("noura@example.com")`, `.erase(…)`, `.certificates()`, `.certificate("2026-0001")`."""

    def __init__(self, store: Store, records: Records, identity: Identity, drain: Callable[[], None]) -> None:
        self.store, self.records, self.identity = store, records, identity
        self.erasing = Erasing(store, records, identity, drain)

    def plan(self, identifier: str, *, everything: bool = False) -> Plan:
        """Whom an erasure would be about, and how much it would find where; nothing is erased."""
        return self.erasing.plan(identifier, everything=everything)

    def erase(
        self, identifier: str, *, everything: bool = False, why: str = "", actor: str = "cli"
    ) -> dict[str, Any]:
        """Erase a customer; back comes the certificate. Their sales stay as sales of nobody unless `everything` is to go."""
        return certificates.to_json(self.erasing.do(identifier, everything=everything, why=why, actor=actor))

    def known(self, identifier: str) -> dict[str, Any]:
        """All that is known of a customer, for themselves."""
        return known(self.identity, self.records, identifier)

    def certificates(self) -> list[dict[str, Any]]:
        """The certificates of all erasures, the newest first."""
        return [certificates.to_json(one) for one in certificates.certificates(self.records)]

    def certificate(self, number: str) -> dict[str, Any]:
        return certificates.to_json(certificates.certificate(self.records, number))
