"""Visits: moves of one visitor with no more than half an hour between them.

A session id that the SDK gives stands. Else a new visit begins after the gap, with another campaign, and (by setting) at the shop's midnight;
a campaign that is still alive in another tab continues its own visit. A move that comes late joins the visit it falls into, or begins
one of its own without disturbing the newer. Every visit has one channel: that of its first move that tells one.

The state is in memory, bounded, of the visitors seen last. After a restart `remember` rebuilds it from the store. Several door processes keep
a state each: a visitor whose connections reach two of them, and whose SDK names no session, may have his visit counted twice.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
import xxhash

from masarat.collect.enrich.rules import Rules
from masarat.events import Move

KEPT = 4  # visits of one visitor: tabs with campaigns of their own, and late moves
DEVICE = "anon:"  # an identifier of the browser: it stays when somebody signs in

Visitor = tuple[str, str]


class Session(msgspec.Struct, gc=False):
    """One visit, from its first move to its last so far, in UTC seconds. There are many: the garbage collector passes them over."""

    id: str
    started: float
    ended: float
    campaign: str = ""
    channel: str = ""


class Sessions:
    """The visits that may still go on."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._gap = rules.session_gap_minutes * 60
        self._ends_with_campaign = rules.session_ends_with_campaign
        self._ends_at_midnight = rules.session_ends_at_midnight
        self._visitors: OrderedDict[Visitor, tuple[Session, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._visitors)

    def place(self, move: Move, campaign: str = "", channel: str = "") -> Session:
        """The visit that a move belongs to, which now reaches to it; a new one where it belongs to none."""
        visitor = (move.source, visitor_of(move))
        visits = self._of(visitor)
        session = self._alive(visits, move, campaign) if visits else None
        if session is None:
            session = Session(move.session_id or new_id(move, campaign), move.ts, move.ts, campaign, channel)
            self._keep(visitor, tuple(sorted((*visits, session), key=_end)) if visits else (session,))
        if move.ts > session.ended:
            session.ended = move.ts
        elif move.ts < session.started:
            session.started = move.ts
        if not session.channel:
            session.channel = channel
        return session

    def remember(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take up visits from the store after a restart.

        One row a visit, the oldest first: source, visitor (as `visitor_of` says), session_id, started and ended in UTC seconds, campaign,
        channel.
        """
        for row in rows:
            visitor = (row["source"], row["visitor"])
            visits = self._of(visitor)
            if all(visit.id != row["session_id"] for visit in visits):
                session = Session(
                    row["session_id"],
                    row["started"],
                    row["ended"],
                    row.get("campaign", ""),
                    row.get("channel", ""),
                )
                self._keep(visitor, (*visits, session))

    def _of(self, visitor: Visitor) -> tuple[Session, ...]:
        """The visits of a visitor, who is now the one seen last."""
        visits = self._visitors.get(visitor, ())
        if visits:
            self._visitors.move_to_end(visitor)
        return visits

    def _keep(self, visitor: Visitor, visits: tuple[Session, ...]) -> None:
        self._visitors[visitor] = visits[-KEPT:]
        if len(self._visitors) > self._rules.session_memory:
            self._visitors.popitem(last=False)

    def _alive(self, visits: tuple[Session, ...], move: Move, campaign: str) -> Session | None:
        """The visit that goes on: the SDK's own, else the last that had begun by then."""
        if move.session_id:
            return next((visit for visit in visits if visit.id == move.session_id), None)
        if len(visits) == 1:
            return visits[0] if self._reaches(visits[0], move.ts, campaign) else None
        near = [visit for visit in visits if self._reaches(visit, move.ts, campaign)]
        begun = [visit for visit in near if visit.started <= move.ts]
        if begun:
            return max(begun, key=lambda visit: visit.started)
        return min(near, key=lambda visit: visit.started, default=None)

    def _reaches(self, visit: Session, ts: float, campaign: str) -> bool:
        if not visit.started - self._gap <= ts <= visit.ended + self._gap:
            return False
        if campaign and self._ends_with_campaign and campaign != visit.campaign:
            return False
        return not self._ends_at_midnight or self._day(ts) == self._day(visit.started)

    def _day(self, ts: float) -> int:
        return datetime.fromtimestamp(ts, self._rules.zone).toordinal()


def _end(visit: Session) -> float:
    return visit.ended


def visitor_of(move: Move) -> str:
    """Whose visits these are: the browser where it is named, since it stays the same when somebody signs in."""
    for identifier in move.identifiers:
        if identifier[:5] == DEVICE:
            return identifier
    return move.visitor_id


def new_id(move: Move, campaign: str) -> str:
    """The same first move gives the same id, in whichever process and however often it is sent."""
    first = f"{move.source}\0{visitor_of(move)}\0{round(move.ts * 1000)}\0{campaign}"
    return xxhash.xxh3_64_hexdigest(first.encode("utf-8", "surrogatepass"))
