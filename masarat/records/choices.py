"""How the owner wants the shop understood, chosen in the app. What was set where Masarat is started stands before it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.audit import note
from masarat.records.models import Told, now
from masarat.records.rates import RATES, read_fees

NAMES = ("country", "currency", "timezone", "weekend", "language", "calendar", "digits", *RATES)
PREFIX = "settings."  # among what else the merchant tells


def choose(records: Records, chosen: Mapping[str, str], actor: str) -> None:
    """Keep these, and use them from now on. UnknownName and BadParameter where one cannot be chosen; then none is kept."""
    settings = records.settings
    for name, value in chosen.items():
        if name not in NAMES:
            raise UnknownName("setting", name, list(NAMES))
        if name in settings.model_fields_set:
            raise BadParameter(
                f"{name} is set where Masarat is started, as MASARAT_{name.upper()}.",
                "Change it there, or leave it out there to choose it here.",
            )
        settings.model_copy().take(name, value)
        if name == "payment_fees":
            read_fees(value)
    with records.transaction() as t:
        for name, value in chosen.items():
            t.merge(Told(name=PREFIX + name, text=value, told_at=now()))
        if chosen:
            note(t, actor, "changed", "settings", sorted(chosen), **chosen)
    take_up(records)


def chosen(records: Records) -> dict[str, str]:
    """What was ever chosen, by its name."""
    with records.transaction() as t:
        rows = t.scalars(select(Told).where(Told.name.startswith(PREFIX))).all()
    return {row.name.removeprefix(PREFIX): row.text for row in rows}


def take_up(records: Records) -> None:
    """Use what was chosen, in the settings that these records were opened with."""
    for name, value in chosen(records).items():
        if name in NAMES:
            records.settings.take(name, value)
