"""What the law lets a customer ask for, and the merchant must do: erase, tell all that is known, keep nothing for longer than needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from masarat.act.access import known
from masarat.act.erasing import RULES, Erasing, Plan
from masarat.act.sweeping import sweep
from masarat.records import Records, certificates
from masarat.records.remembered import recall, remember
from masarat.resolve.identity import Identity
from masarat.store import Store

SWEEP = "sweep"  # when it was done last


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

    def again(self) -> list[dict[str, Any]]:
        """After a backup was brought back: erase once more whoever was erased. The certificates."""
        return [certificates.to_json(one) for one in (*self.erasing.resume(), *self.erasing.again())]

    def known(self, identifier: str) -> dict[str, Any]:
        """All that is known of a customer, for themselves."""
        return known(self.identity, self.records, identifier)

    def sweep(self, *, dry_run: bool = False, actor: str = RULES) -> list[dict[str, Any]]:
        """Delete what is kept for longer than `records.retention` says; what was deleted of each source, or would be."""
        found = sweep(self.store, self.records, dry_run=dry_run, actor=actor)
        return [one.to_json() for one in found]

    def daily(self) -> None:
        """Once a day, whoever asks how often: finish what was cut off, erase again what a backup brought back, and sweep."""
        last = recall(self.records, SWEEP).get("at", "")
        today = f"{datetime.now(self.store.settings.zone):%Y-%m-%d}"
        if last != today:
            self.erasing.resume()
            self.erasing.again()
            self.sweep()
            remember(self.records, SWEEP, {"at": today})

    def certificates(self) -> list[dict[str, Any]]:
        """The certificates of all erasures, the newest first."""
        return [certificates.to_json(one) for one in certificates.certificates(self.records)]

    def certificate(self, number: str) -> dict[str, Any]:
        return certificates.to_json(certificates.certificate(self.records, number))
