"""The connections that were made: which program, with what, how far it came, and what became of each time it was asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, select

from masarat.collect.connectors import connector_of
from masarat.collect.reports import ConnectionReport, SyncReport
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.alone import alone
from masarat.records.audit import note, operator
from masarat.records.models import Connection, SyncRun, now
from masarat.records.secrets import seal, unseal
from masarat.store import Store
from masarat.store.silence import silent_since

LEAST = 4  # letters of a secret; shorter ones are words of their own
SHOWN = 20  # latest runs of a connection
KEPT = 200  # runs of a connection; older ones are forgotten
# Addresses over which a key would go unencrypted, in a setting or a description, and not to this machine.
_OPEN = re.compile(
    r"""(?:^|:)\s*["']?(http://(?!(?:localhost|127\.[\d.]+|\[::1\])(?:[:/"'\s]|$))[^\s"']+)""", re.I | re.M
)
RUNNING: set[str] = set()  # names of connections that are being asked now


def connect(
    records: Records,
    name: str,
    connector: str,
    given: Mapping[str, str],
    *,
    every_minutes: int | None = None,
    insecure: bool = False,
    actor: str = "",
) -> Connection:
    """Make a connection, or give one anew what it needs. Secrets are encrypted, and nothing of what was given is written into the audit log,
    for a query or a description may hold one too.

    A key that would go over plain http:// is refused unless `insecure`. How far it came stays where only secrets or the time are other ones; of another account, or by another query, everything is new.
    """
    known = connector_of(connector)
    asks = {ask.name: ask for ask in known.asks}
    for one in given:
        if one not in asks:
            raise UnknownName(f"setting of {known.title}", one, list(asks))
    whole = {ask.name: given.get(ask.name) or ask.default for ask in known.asks}
    if missing := [ask.title for ask in known.asks if not (whole[ask.name] or ask.optional)]:
        raise BadParameter(f"{known.title} needs: {', '.join(missing)}.", f"{known.about}")
    secret = {one: value for one, value in whole.items() if asks[one].secret}
    plain = {one: value for one, value in whole.items() if not asks[one].secret}
    if not insecure and any(secret.values()):
        _refuse_open(plain)
    with _only_us(records, name), records.transaction() as transaction:
        known_before = transaction.get(Connection, name)
        found = known_before or Connection(name=name, connector=connector, cursor={}, sources=[])
        if found.connector != connector:
            raise BadParameter(
                f"{name!r} is a connection to {found.connector} already.",
                "Choose another name, or remove it first.",
            )
        if found.given != plain:
            found.given, found.cursor = plain, {}
        found.sealed = seal(json.dumps(secret), records.settings)
        if every_minutes is not None or found.every_minutes is None:
            found.every_minutes = known.every_minutes if every_minutes is None else every_minutes
        transaction.add(found)
        told = {"deed": "renewed" if known_before else "made", "every_minutes": found.every_minutes}
        note(transaction, actor or operator(), "changed", "connection", [name], connector=connector, **told)
    return found


def _refuse_open(plain: Mapping[str, str]) -> None:
    for value in plain.values():
        if found := _OPEN.search(value):
            raise BadParameter(
                f"{found[1]} is not encrypted: whoever is on the way could read the key.",
                "Give its https:// address; in a network that nobody else can read, say --insecure.",
            )


@contextmanager
def _only_us(records: Records, name: str) -> Iterator[None]:
    with alone(records, f"sync {name}") as free:
        if not free:
            raise BadParameter(f"{name!r} is being asked already.", "Wait until it is done.")
        yield


@contextmanager
def asking(records: Records, name: str) -> Iterator[Connection]:
    """A connection as it stands now, which nobody else asks, changes its place or removes until the end."""
    find(records, name)
    with _only_us(records, name):
        RUNNING.add(name)
        try:
            yield find(records, name)
        finally:
            RUNNING.discard(name)


def given_to(connection: Connection, records: Records) -> dict[str, str]:
    """All that a connection was given, secrets too."""
    return {**connection.given, **json.loads(unseal(connection.sealed, records.settings) or "{}")}


def secrets_of(connection: Connection, records: Records) -> set[str]:
    """Whatever of it must be shown nowhere, also those secrets that were given together, one a line."""
    secret = json.loads(unseal(find(records, connection.name).sealed, records.settings) or "{}")
    words = {part for value in secret.values() for part in (value, *re.split(r"[\s=]+", value))}
    return {word for word in words if len(word) >= LEAST}


def keep_secrets(records: Records, name: str, renewed: Mapping[str, str]) -> None:
    """Keep secrets that a program gave us in place of those that ran out."""
    with records.transaction() as transaction:
        connection = transaction.get_one(Connection, name)
        secret = json.loads(unseal(connection.sealed, records.settings) or "{}") | dict(renewed)
        connection.sealed = seal(json.dumps(secret), records.settings)


def find(records: Records, name: str) -> Connection:
    with records.transaction() as transaction:
        found = transaction.get(Connection, name)
        names = list(transaction.scalars(select(Connection.name).order_by(Connection.name)))
    if found is None:
        raise UnknownName("connection", name, names)
    return found


def every(records: Records) -> Sequence[Connection]:
    """All connections by name."""
    with records.transaction() as transaction:
        return list(transaction.scalars(select(Connection).order_by(Connection.name)))


def disconnect(records: Records, name: str, *, actor: str = "") -> None:
    """Forget a connection with its secrets and runs; what it brought stays."""
    connector = find(records, name).connector
    with _only_us(records, name), records.transaction() as transaction:
        transaction.execute(delete(SyncRun).where(SyncRun.connection == name))
        transaction.execute(delete(Connection).where(Connection.name == name))
        note(
            transaction,
            actor or operator(),
            "changed",
            "connection",
            [name],
            connector=connector,
            deed="forgotten",
        )


def sources_of(connection: Connection) -> list[str]:
    """The sources of what it brings: its own name, or those of the files it brought."""
    return list(connection.sources) or [connection.name]


def brought(records: Records, name: str) -> list[str]:
    """The sources of what the connection of this name brings; none where there is no such connection."""
    with records.transaction() as transaction:
        found = transaction.get(Connection, name)
    return sources_of(found) if found else []


def silent(store: Store | None, connection: Connection) -> Iterator[tuple[str, datetime]]:
    """Which of its sources have gone silent, and since when; without a store nobody knows."""
    for source in sources_of(connection) if store else ():
        if store and (since := silent_since(store, source, now())):
            yield source, since


def runs(records: Records, name: str, limit: int = SHOWN) -> list[SyncReport]:
    """The latest runs of a connection, the newest first."""
    with records.transaction() as transaction:
        newest = select(SyncRun).where(SyncRun.connection == name).order_by(SyncRun.started_at.desc())
        return [report_of(run) for run in transaction.scalars(newest.limit(limit))]


def forget_old_runs(records: Records, name: str) -> None:
    """Keep the latest runs of a connection."""
    with records.transaction() as transaction:
        newest = select(SyncRun.id).where(SyncRun.connection == name).order_by(SyncRun.started_at.desc())
        transaction.execute(delete(SyncRun).where(SyncRun.id.in_(newest.offset(KEPT))))


def report_of(run: SyncRun) -> SyncReport:
    return SyncReport(
        connection=run.connection,
        started_at=run.started_at,
        ended_at=run.ended_at,
        pages=run.pages,
        rows=run.rows,
        added=run.events,
        known=run.known,
        restated=run.restated,
        rejected=run.rejected,
        notes=run.notes,
        state=_state(run),
        error=run.error,
    )


def _state(run: SyncRun) -> Literal["done", "failed", "running", "interrupted"]:
    if run.ended_at is None:
        return "running" if run.connection in RUNNING else "interrupted"
    return "failed" if run.error else "done"


def reports(store: Store | None, records: Records) -> list[ConnectionReport]:
    """Every connection with its last run; and, with a store, whether it has gone silent."""
    return [
        ConnectionReport(
            name=each.name,
            connector=each.connector,
            every_minutes=each.every_minutes,
            silent_since=min((since for _, since in silent(store, each)), default=None),
            last=next(iter(runs(records, each.name, 1)), None),
        )
        for each in every(records)
    ]


def due(records: Records) -> list[str]:
    """The connections whose time has come, the longest waiting first; those too that a wrong clock asked in a time to come."""
    waiting: list[tuple[Any, str]] = []
    for connection in every(records):
        if not connection.every_minutes:
            continue
        last = next(iter(runs(records, connection.name, 1)), None)
        begun = (
            last.started_at if last else connection.created_at - timedelta(minutes=connection.every_minutes)
        )
        if begun > now() or begun + timedelta(minutes=connection.every_minutes) <= now():
            waiting.append((begun, connection.name))
    return [name for _, name in sorted(waiting)]
