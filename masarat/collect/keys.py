"""Who may write, from where, and how fast: the write keys as the door holds them in memory."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from masarat.errors import MasaratError, UnknownName
from masarat.records import Records, Transaction
from masarat.records.audit import note, operator
from masarat.records.models import WriteKey, now

EVENTS_A_SECOND = 50_000  # of one key, where the key sets no limit of its own
BURST_SECONDS = 2
REFRESH_SECONDS = 2.0


class UnknownKey(MasaratError):
    status = 401
    code = "unknown_key"


class WrongOrigin(MasaratError):
    status = 403
    code = "wrong_origin"


class TooFast(MasaratError):
    """Over the limit of a key; `retry_after` says in how many seconds to come again."""

    status = 429
    code = "too_fast"
    retry_after = 1


@dataclass(slots=True)
class Allowance:
    """A token bucket: `rate` a second, with a burst of two seconds' worth."""

    rate: float
    left: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.rate * BURST_SECONDS

    def take(self, count: int, at: float) -> bool:
        self.left = (
            min(self.rate * BURST_SECONDS, self.left + (at - self.at) * self.rate) if self.at else self.left
        )
        self.at = at
        if self.left <= 0:
            return False
        self.left -= count  # may go below zero: one large batch is let in, and waited for afterwards
        return True


@dataclass(slots=True)
class Entry:
    """One key as the door sees it."""

    source: str
    origins: frozenset[str]
    allowance: Allowance
    secret: str = ""  # of its webhooks, encrypted


class Keys:
    """The keys in force, read again from the records every two seconds; `clock` is monotonic seconds."""

    def __init__(
        self, load: Callable[[], Iterable[WriteKey]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._load = load
        self._clock = clock
        self._known: dict[str, Entry] = {}
        self._read_at = float("-inf")

    def source_of(self, key: str, origin: str, count: int) -> str:
        """The source that a key writes to. Raises UnknownKey, WrongOrigin or TooFast."""
        return self.entry(key, origin, count).source

    def entry(self, key: str, origin: str, count: int) -> Entry:
        """The same with all that is known of the key."""
        now_ = self._clock()
        if now_ - self._read_at > REFRESH_SECONDS:
            self._read(now_)
        entry = self._known.get(key)
        if entry is None:
            raise UnknownKey(
                "This write key is not known here." if key else "The request carries no write key.",
                "Make one with: masarat source add NAME",
            )
        if origin and entry.origins and origin.lower() not in entry.origins:
            raise WrongOrigin(
                f"{origin} may not use this key.", "Add it with: masarat source origins NAME ORIGIN…"
            )
        if not entry.allowance.take(count, now_):
            raise TooFast("This key sends more than its limit.", "Send again later, or raise its limit.")
        return entry

    def _read(self, at: float) -> None:
        fresh: dict[str, Entry] = {}
        for key in self._load():
            rate = float(key.events_a_second or EVENTS_A_SECOND)
            known = self._known.get(key.key)
            allowance = known.allowance if known and known.allowance.rate == rate else Allowance(rate)
            fresh[key.key] = Entry(
                key.source, frozenset(o.lower() for o in key.origins), allowance, key.secret
            )
        self._known, self._read_at = fresh, at


def load(records: Records) -> Callable[[], list[WriteKey]]:
    """A reader of the keys in force."""

    def read() -> list[WriteKey]:
        with records.transaction() as t:
            return list(t.scalars(select(WriteKey).where(WriteKey.revoked_at.is_(None))))

    return read


def add(
    records: Records,
    source: str,
    *,
    origins: Iterable[str] = (),
    events_a_second: int = 0,
    key: str = "",
    secret: str = "",
    actor: str = "",
) -> str:
    """A new key for a source; a given `key` keeps the one that a site's old SDK already carries."""
    key = key or f"msw_{secrets.token_urlsafe(18)}"
    with records.transaction() as t:
        t.merge(
            WriteKey(
                key=key,
                source=source,
                origins=sorted(set(origins)),
                events_a_second=events_a_second,
                secret=secret,
                revoked_at=None,
            )
        )
        _note(t, source, "key added", key, actor)
    return key


def revoke(records: Records, key: str, *, actor: str = "") -> None:
    """End a key; it is refused within two seconds."""
    with records.transaction() as t:
        found = t.get(WriteKey, key)
        if found is None:
            raise UnknownName("write key", key, [k.key for k in t.scalars(select(WriteKey))])
        found.revoked_at = now()
        _note(t, found.source, "key revoked", key, actor)


def every(records: Records) -> list[WriteKey]:
    """All keys, those revoked too, by source and age."""
    with records.transaction() as t:
        return list(t.scalars(select(WriteKey).order_by(WriteKey.source, WriteKey.created_at)))


def set_origins(records: Records, source: str, origins: Iterable[str]) -> int:
    """Which sites may use the keys of a source; how many keys it has."""
    with records.transaction() as t:
        found = _in_force(t, source)
        for key in found:
            key.origins = sorted(set(origins))
            _note(t, source, "origins set", key.key)
        return len(found)


def rotate(records: Records, source: str) -> str:
    """A new key for a source with its origins and limit; the old ones work until they are revoked."""
    with records.transaction() as t:
        newest = _in_force(t, source)[0]
        return add(
            records,
            source,
            origins=newest.origins,
            events_a_second=newest.events_a_second,
            secret=newest.secret,
        )


def _note(t: Transaction, source: str, deed: str, key: str, actor: str = "") -> None:
    note(t, actor or operator(), "changed", "source", [source], deed=deed, key=key[:10])


def _in_force(t: Transaction, source: str) -> list[WriteKey]:
    """The keys of a source that are not revoked, the newest first."""
    found = list(
        t.scalars(select(WriteKey).where(WriteKey.revoked_at.is_(None)).order_by(WriteKey.created_at.desc()))
    )
    of_source = [key for key in found if key.source == source]
    if not of_source:
        raise UnknownName("source with a key", source, sorted({key.source for key in found}))
    return of_source
