"""Consent: who agreed to what, on which channel, when, where and in which words; and whether we may.

What people said is kept as they said it, statement by statement. Of one identifier and source the newest statement counts; where
several count, because customers were merged or two systems know them, the strictest stands. Silence is no consent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Protocol, TypeVar

import xxhash
from sqlalchemy import select

from masarat.errors import BadParameter, UnknownName
from masarat.records import Records
from masarat.records.audit import mark, note
from masarat.records.models import Consent, now

ANY = "any"  # as a purpose or channel of a statement: all of them
PURPOSES = ("marketing", "analytics", "profiling", "personalisation", "sharing")
CHANNELS = ("email", "sms", "whatsapp", "push", "call", "post", "web")
GRANTED = "granted"
STATUSES = (GRANTED, "denied", "withdrawn")  # from the mildest to the strictest
AT_ONCE = 500  # identifiers of one query: databases bound how many values it may have
MANY = 10_000  # where only few columns are read; both databases take so many values
AHEAD = timedelta(minutes=5)  # clocks differ


Customer = TypeVar("Customer", bound=Hashable)


class Said(Protocol):
    """As much of a statement as tells what stands."""

    @property
    def identifier(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement that an event brought; `again` where it stood on another move, and may only repeat what was said before."""

    said: Consent
    again: bool = False


def standing(statements: Iterable[Said]) -> str:
    """What these statements of one person, about one purpose and channel, come to; empty where nothing was said.

    The order in which they are given does not matter.
    """
    newest: dict[tuple[str, str], Said] = {}
    for said in statements:
        whose = (said.identifier, said.source)
        if whose not in newest or _weight(said) > _weight(newest[whose]):
            newest[whose] = said
    return max((said.status for said in newest.values()), key=STATUSES.index, default="")


def _weight(said: Said) -> tuple[datetime, int]:
    """Later counts for more; of two at the same moment the stricter."""
    return said.at, STATUSES.index(said.status)


def is_about(said: Consent, purpose: str, channel: str) -> bool:
    return said.purpose in (purpose, ANY) and said.channel in (channel, ANY)


def standings(statements: Sequence[Consent]) -> dict[tuple[str, str], str]:
    """What stands for each purpose and channel of which anything was said."""
    found = {
        (purpose, channel): standing(said for said in statements if is_about(said, purpose, channel))
        for purpose, channel in product(PURPOSES, CHANNELS)
    }
    return {about: status for about, status in found.items() if status}


def to_json(said: Consent) -> dict[str, str]:
    """A statement for programs, by the names under which it may be told again."""
    about = {name: getattr(said, name) for name in ("identifier", "purpose", "channel", "status")}
    return {**about, "at": said.at.isoformat(), "source": said.source, "evidence": said.evidence}


class Consents:
    """The consents of one shop."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def allowed(self, identifiers: Iterable[str], purpose: str, channel: str) -> bool:
        """Whether a customer, known by all these identifiers, agreed to this purpose on this channel."""
        check_about(purpose, channel)
        said = [each for each in self.of(identifiers) if is_about(each, purpose, channel)]
        return standing(said) == GRANTED

    def allowed_among(
        self, customers: Mapping[Customer, Iterable[str]], purpose: str, channel: str
    ) -> set[Customer]:
        """Which of these customers agreed, each known by all identifiers given: `allowed` for many, in a query for each 10,000 identifiers."""
        check_about(purpose, channel)
        said = self._about(
            {one for identifiers in customers.values() for one in identifiers}, purpose, channel
        )
        return {
            customer
            for customer, identifiers in customers.items()
            if standing(each for one in set(identifiers) for each in said.get(one, ())) == GRANTED
        }

    def _about(self, identifiers: Iterable[str], purpose: str, channel: str) -> Mapping[str, Sequence[Said]]:
        """What each of these said about one purpose and channel."""
        columns = select(Consent.identifier, Consent.source, Consent.status, Consent.at).where(
            Consent.purpose.in_((purpose, ANY)), Consent.channel.in_((channel, ANY))
        )
        asked, found = sorted(identifiers), defaultdict[str, list[Any]](list)
        with self._records.transaction() as t:
            for start in range(0, len(asked), MANY):
                for each in t.execute(columns.where(Consent.identifier.in_(asked[start : start + MANY]))):
                    found[each.identifier].append(each)
        return found

    def of(self, identifiers: Iterable[str]) -> list[Consent]:
        """All that was ever said by these identifiers, the oldest first."""
        asked, found = sorted(set(identifiers)), list[Consent]()
        with self._records.transaction() as t:
            for start in range(0, len(asked), AT_ONCE):
                some = asked[start : start + AT_ONCE]
                found += t.scalars(select(Consent).where(Consent.identifier.in_(some)))
        return sorted(found, key=lambda said: (said.at, said.id))

    def every(self) -> Iterator[Consent]:
        """All that was ever said by anybody, by identifier and time."""
        with self._records.transaction() as t:
            order = select(Consent).order_by(Consent.identifier, Consent.at, Consent.id)
            yield from t.scalars(order.execution_options(yield_per=AT_ONCE))

    def add(self, statements: Iterable[Consent], actor: str) -> int:
        """Keep what was said; what is known already adds nothing, nor does what somebody said before they were erased.

        Returns how many were new: all are taken, or none.
        """
        gone = self._records.tombstones.gone
        given = [
            said for said in map(check, statements) if not gone.takes([said.identifier], said.at.timestamp())
        ]
        told = {said.id: said for said in given}
        with self._records.transaction() as t:
            known = set[str]()
            for start in range(0, len(told), AT_ONCE):
                some = list(told)[start : start + AT_ONCE]
                known.update(t.scalars(select(Consent.id).where(Consent.id.in_(some))))
            new = [said for id_, said in told.items() if id_ not in known]
            for said in new:
                said.actor = actor
            t.add_all(new)
            if new:
                whom = [mark(said.identifier) for said in new]
                note(t, actor, "changed", "consent", whom, statements=len(new))
        return len(new)

    def hear(self, heard: Sequence[Heard], actor: str) -> int:
        """Keep what events say, each statement telling by itself who recorded it: a no after a yes is a withdrawal.

        What is known already adds nothing, nor does what is said again and stands. Returns how many were new.
        """
        stood = _Stood(self.of(each.said.identifier for each in heard))
        new = [said for each in sorted(heard, key=lambda each: each.said.at) if (said := stood.settle(each))]
        with self._records.transaction() as t:
            for said in new:
                said.actor = actor
            t.add_all(new)
        return len(new)


class _Stood:
    """What stood at any time, for each identifier, source, purpose and channel by itself."""

    def __init__(self, known: Iterable[Consent]) -> None:
        self._known: dict[tuple[str, ...], list[Consent]] = defaultdict(list)
        self._ids = set[str]()
        for said in known:
            self._add(said)

    def settle(self, heard: Heard) -> Consent | None:
        """The statement as it is to be kept; none where it adds nothing."""
        said = heard.said
        earlier = [each for each in self._known[_whose(said)] if each.at < said.at]
        before = standing(earlier)
        if said.status == "denied" and before in (GRANTED, "withdrawn"):
            said.status = "withdrawn"
        if (heard.again and before == said.status) or check(said).id in self._ids:
            return None
        self._add(said)
        return said

    def _add(self, said: Consent) -> None:
        self._known[_whose(said)].append(said)
        self._ids.add(said.id)


def _whose(said: Consent) -> tuple[str, ...]:
    return said.identifier, said.source, said.purpose, said.channel


def check_about(purpose: str, channel: str) -> None:
    if purpose not in (*PURPOSES, ANY):
        raise UnknownName("purpose", purpose, [*PURPOSES, ANY])
    if channel not in (*CHANNELS, ANY):
        raise UnknownName("channel", channel, [*CHANNELS, ANY])


def check(said: Consent) -> Consent:
    """The statement with its id; BadParameter or UnknownName where it says nothing that can be kept."""
    check_about(said.purpose, said.channel)
    if said.status not in STATUSES:
        raise UnknownName("status of consent", said.status, list(STATUSES))
    kind, _, value = said.identifier.partition(":")
    if not kind or not value:
        raise BadParameter(
            f"{said.identifier!r} is no identifier with its kind.", "Write it like email:noura@example.com."
        )
    if not said.source:
        raise BadParameter(
            "It is not said where the consent was given.", "Name the source: a form, a branch."
        )
    if said.at > now() + AHEAD:
        raise BadParameter(
            f"The consent lies in the future ({said.at:%Y-%m-%d %H:%M} UTC).", "Check its date."
        )
    said.evidence = said.evidence or ""
    said.id = _id(said)
    return said


def _id(said: Consent) -> str:
    parts = (said.identifier, said.purpose, said.channel, said.status, said.at.isoformat(), said.source)
    return xxhash.xxh3_128_hexdigest("\x1f".join(parts).encode())
