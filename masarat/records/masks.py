"""What each role sees of customers' data, where the owner chose otherwise than usual."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from sqlalchemy import select

from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.audit import note
from masarat.records.models import ROLES, Mask

FIELDS = ("name", "phone", "email", "address", "birthday", "identifier", "note")
HOWS = ("whole", "part", "none")
OWNER = "owner"  # sees everything: somebody must
LOOK_SECONDS = 5.0

# As it is until somebody chooses otherwise: who works with figures needs no contacts.
USUAL: Mapping[str, Mapping[str, str]] = {
    "analyst": dict.fromkeys(("name", "phone", "email", "birthday"), "part")
    | dict.fromkeys(("address", "note"), "none"),
    "viewer": dict.fromkeys(("name", "phone", "email", "identifier"), "part")
    | dict.fromkeys(("address", "birthday", "note"), "none"),
}


def usual(role: str) -> dict[str, str]:
    return {**dict.fromkeys(FIELDS, "whole"), **USUAL.get(role, {})}


class Masks:
    """The masks of one shop, looked at anew now and then: another process may have changed one."""

    def __init__(self, records: Records, clock: Callable[[], float] = time.monotonic) -> None:
        self._records, self._clock = records, clock
        self._chosen: dict[tuple[str, str], str] = {}
        self._looked = float("-inf")

    def of(self, role: str) -> dict[str, str]:
        """How a role sees each field."""
        if self._clock() - self._looked >= LOOK_SECONDS:
            self._look()
        chosen = {field: how for (whose, field), how in self._chosen.items() if whose == role}
        return usual(role) | chosen

    def every(self) -> list[dict[str, str]]:
        """Each role with how it sees each field."""
        self._look()
        return [{"role": role, **self.of(role)} for role in ROLES]

    def choose(self, role: str, field: str, how: str, actor: str) -> None:
        """Show a field to a role whole, in part, or not at all."""
        for what, given, known in (
            ("role", role, ROLES),
            ("field", field, FIELDS),
            ("way to show it", how, HOWS),
        ):
            if given not in known:
                raise UnknownName(what, given, list(known))
        if role == OWNER:
            raise BadParameter("An owner sees everything.", "Give that person another role.")
        with self._records.transaction() as t:
            t.merge(Mask(role=role, field=field, how=how))
            note(t, actor, "changed", "mask", [role], field=field, how=how)
        self._looked = float("-inf")

    def _look(self) -> None:
        self._looked = self._clock()
        with self._records.transaction() as t:
            self._chosen = {(one.role, one.field): one.how for one in t.scalars(select(Mask))}
