"""Erase a customer: everything of them, wherever it stands (`places`), with a certificate that names nobody.

What is sold stays sold. Invoices must be kept for years (in Saudi Arabia six, by the rules of the Zakat, Tax and Customs Authority; article 18 of
the PDPL leaves room for it), so by default their orders remain as sales of nobody, cut off from whoever bought; `everything` erases these too.
Done again after a crash, an erasure is completed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from masarat.act import person as people
from masarat.act.person import Person
from masarat.act.places import PLACES, RECORDS, TABLES, Ground, count
from masarat.errors import BadParameter
from masarat.records import Records, certificates
from masarat.records.audit import mark, note
from masarat.records.compacting import compact, keeps_log
from masarat.records.models import Certificate
from masarat.records.secrets import unseal
from masarat.resolve.identity import Identity
from masarat.store import Store, erasing, identities, telling

AGAIN = "erased before, and brought back by a backup"
RULES = "rules"  # who does it when nobody asks
ONE_AT_A_TIME = threading.Lock()
Failpoint = Callable[[str], None]


def nothing(step: str) -> None:
    """The failpoint of real life; a test's own raises after a step."""


@dataclass(frozen=True)
class Plan:
    """Whom an erasure is about, and how much stands of them where; nothing is erased by it."""

    identifiers: list[str]
    everything: bool
    found: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        return {"identifiers": self.identifiers, "everything": self.everything, "found": self.found}


@dataclass
class Erasing:
    """Erases customers of an open shop. `drain` brings in what waits in the journal."""

    store: Store
    records: Records
    identity: Identity
    drain: Callable[[], None]
    failpoint: Failpoint = nothing

    @property
    def ground(self) -> Ground:
        return Ground(self.store, self.records, self.identity.settings)

    def plan(self, identifier: str, *, everything: bool = False) -> Plan:
        """What an erasure would find. UnknownName where nobody ever came with this identifier."""
        person = people.find(self.identity, self.records, identifier)
        return Plan(list(person.identifiers), everything, count(self.ground, person))

    def do(
        self, identifier: str, *, everything: bool = False, why: str = "", actor: str = "cli"
    ) -> Certificate:
        """Erase the customer of an identifier; one whose erasure was cut off is finished as it was begun."""
        begun = self._begun(identifier)
        if begun is None:
            self.drain()
            person = people.find(self.identity, self.records, identifier)
            _check_reason(why, person)
            found = count(self.ground, person)
            content = {"ground": why.strip(), "actor": actor, "everything": everything, "found": found}
            with self.records.transaction() as t:
                begun = certificates.begin(t, person.to_text(), content, self.identity.settings)
        return self._finish(begun)

    def resume(self) -> list[Certificate]:
        """Finish every erasure that was cut off."""
        return [self._finish(begun) for begun in certificates.unfinished(self.records)]

    def again(self) -> list[Certificate]:
        """Erase once more whoever was erased and has come back with a backup: of whom there is anything from before."""
        gone, done = self.records.tombstones.gone, list[Certificate]()
        if not gone:
            return done
        for name, ts in telling.since(self.store).iter_rows():
            if (stone := gone.takes([name], ts.timestamp())) and identities.is_known(self.store, name):
                done.append(self.do(name, everything=stone[1], why=AGAIN, actor=RULES))
        return done

    def _finish(self, begun: Certificate) -> Certificate:
        with ONE_AT_A_TIME:
            return self._erase(begun)

    def _erase(self, begun: Certificate) -> Certificate:
        person, everything = self._whom(begun), bool(begun.content["everything"])
        self._bury(begun, person, everything)
        self.failpoint("tombstones")
        self.drain()
        self.failpoint("journal")
        for place in PLACES:
            place.erase(self.ground, person, everything)
            self.failpoint(place.name)
        erasing.drop_old_files(self.store, TABLES)
        self.identity.forget()
        self.failpoint("old files")
        return self._certify(begun, person)

    def _bury(self, begun: Certificate, person: Person, everything: bool) -> None:
        """First of all nothing more of them comes in."""
        with self.records.transaction() as t:
            self.records.tombstones.bury(t, person.identifiers, begun.begun_at, everything)
        self.records.tombstones.look()

    def _certify(self, begun: Certificate, person: Person) -> Certificate:
        """Looked for once more; what is then found would be a fault of ours, and there is no certificate."""
        left = {place: n for place, n in count(self.ground, person).items() if n}
        if left:
            raise RuntimeError(f"still there after the erasure {begun.number}: {left}")
        log_kept = keeps_log(self.records)
        with self.records.transaction() as t:
            done = certificates.finish(t, begun.number, log_kept=log_kept)
            whom = [mark(each) for each in person.identifiers]
            note(t, str(done.content["actor"]), "erased", "customer", whom, certificate=done.number)
        compact(self.records, RECORDS)
        return done

    def _begun(self, identifier: str) -> Certificate | None:
        """The erasure of this identifier that was cut off, if there is one."""
        asked = self.identity.read(identifier)
        unfinished = certificates.unfinished(self.records)
        return next((begun for begun in unfinished if asked in self._whom(begun).identifiers), None)

    def _whom(self, begun: Certificate) -> Person:
        settings = self.identity.settings
        return Person.from_text(unseal(begun.sealed, settings), settings.country)


def _check_reason(why: str, person: Person) -> None:
    """A certificate names nobody, and the reason stands in it."""
    if person.traces.in_bytes(why.encode()) or any(one in why for one in person.identifiers):
        raise BadParameter(
            "The reason names whom it is about, and it stands in the certificate.",
            "Say it without name, e-mail, phone or number.",
        )
