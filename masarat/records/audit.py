"""The audit log: who looked at, changed, took out or erased what, and whom it was about.

Entries are added and never altered: the database has triggers that refuse it. A customer stands in them as the number under which the
store knows the identifier (`mark`), never as a name, phone or e-mail, so that the log keeps nothing of somebody who is erased.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, cast, select

from masarat.errors import BadParameter, UnknownName
from masarat.events import hash_of
from masarat.records import Records, Transaction
from masarat.records.models import AuditEntry

ACTIONS = ("looked", "changed", "exported", "erased")
COMMAND_LINE = "cli"
MOST = 10_000  # entries shown at once, and customers named in one entry


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are asked for; what is empty asks nothing."""

    since: datetime | None = None
    until: datetime | None = None  # before this
    actor: str = ""  # any part of it
    action: str = ""
    whom: str = ""  # an object's name, a customer's number or identifier
    limit: int = 1000


def operator() -> str:
    """Whoever sits at this machine's command line."""
    try:
        return f"{COMMAND_LINE}:{getpass.getuser()}"
    except (KeyError, OSError):  # a user without a name
        return COMMAND_LINE


def mark(identifier: str) -> str:
    """A customer as the log names them: the hash of the identifier, which is also the store's `customer_id`."""
    return str(hash_of(identifier))


def note(
    t: Transaction, actor: str, action: str, what: str, whom: Iterable[str] = (), **details: Any
) -> None:
    """Write down one deed, within the transaction that does it."""
    assert action in ACTIONS, action
    named = sorted(set(whom))
    if len(named) > MOST:
        details["left_out"] = len(named) - MOST
    t.add(AuditEntry(actor=actor[:600], action=action, what=what, whom=named[:MOST], details=details))


def entries(records: Records, asked: Filter) -> list[AuditEntry]:
    """What was written down, newest first."""
    if asked.action and asked.action not in ACTIONS:
        raise UnknownName("action", asked.action, list(ACTIONS))
    if not 1 <= asked.limit <= MOST:
        raise BadParameter(f"limit {asked.limit} is out of bounds.", f"Write a number from 1 to {MOST:,}.")
    with records.transaction() as t:
        return list(t.scalars(_asking(asked).limit(asked.limit)))


def _asking(asked: Filter) -> Select[AuditEntry]:
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    if asked.since:
        query = query.where(AuditEntry.at >= asked.since)
    if asked.until:
        query = query.where(AuditEntry.at < asked.until)
    if asked.actor:
        query = query.where(AuditEntry.actor.contains(asked.actor, autoescape=True))
    if asked.action:
        query = query.where(AuditEntry.action == asked.action)
    if asked.whom:
        names = cast(AuditEntry.whom, Text)
        told = (json.dumps(asked.whom), json.dumps(mark(asked.whom)))
        query = query.where(
            names.contains(told[0], autoescape=True) | names.contains(told[1], autoescape=True)
        )
    return query


def to_json(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "what": entry.what,
        "whom": entry.whom,
        "details": entry.details,
    }
