"""What the door finds out about every move before it is written down: who looked, whence they came, which visit it was, and whether we may know.

request → sender (agent, network, country, objection) → each move: time, channel, consent, visitor, session, device. Nothing is asked of
the network, and nothing of a visitor is kept whole: the agent leaves as browser and system, the address not at all or shortened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from masarat.collect.enrich import agent, channel, consent, told, visitor
from masarat.collect.enrich.agent import Agent
from masarat.collect.enrich.place import country_of
from masarat.collect.enrich.rules import Rules
from masarat.collect.enrich.session import Session, Sessions
from masarat.collect.wire import Request
from masarat.collect.wire.sender import ADDRESS
from masarat.events import Move

__all__ = ["Counts", "Enricher", "Rules", "Session", "Sessions"]

DAY_SECONDS = 86_400
FUTURE_SECONDS = 1.0  # clocks of one network differ by less


@dataclass(slots=True)
class Counts:
    """What became of moves since start, as far as it is worth telling. Only bots and refused ones are not stored."""

    bots: int = 0
    refused: int = 0  # for lack of consent
    cookieless: int = 0  # stored without the identifiers they came with
    late: int = 0  # flagged in props as "late"
    clamped: int = 0  # said to come from the future, stored as of now


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a request, or one event of it that names its own visitor."""

    agent: Agent
    text: str  # of the agent
    address: str
    network: str
    country: str
    objects: bool  # by a signal of the browser
    known: bool  # whether identifiers may be kept
    described: told.Addition  # what is done to the properties of their events
    cookieless: bool = False  # they may, but are not wanted
    consent: Any = None  # as the event says it


class Enricher:
    """`enrich` of the door. `folder` keeps the key of the day, shared by all door processes; `clock` is UTC seconds."""

    def __init__(self, rules: Rules, folder: Path, clock: Callable[[], float]) -> None:
        self.rules = rules
        self.sessions = Sessions(rules)
        self.counts = Counts()
        self._heard = consent.Heard()
        self._salt = visitor.Salt(folder)
        self._clock = clock
        self._late_seconds = rules.late_days * DAY_SECONDS
        agent.warm()

    def __call__(self, moves: list[Move], request: Request, source: str) -> list[Move]:
        """The moves that are to be stored, changed in place."""
        sender = self._sender(request)
        written = b"\n".join([move.props for move in moves])  # looked through once for all
        telling = told.tells(written) and not sender.agent.bot
        touched = telling or sender.described.touches(written)
        kept = []
        for move in moves:
            move.source = source
            own = self._told(move, sender) if telling and told.tells(move.props) else sender
            if own.consent is not None:
                kept += self._stated(move, own, request.received_at)
            if self._enrich(move, own, request.received_at):
                self._describe(move, own, touched)
                kept.append(move)
        return kept

    def _sender(self, request: Request) -> Sender:
        text = request.headers.get("user-agent", "")
        found = agent.read_agent(text)
        objects = consent.objects(request.headers)
        network = visitor.shortened(request.address) if found.visitor else ""
        return Sender(
            found,
            text,
            request.address,
            network,
            country_of(request.headers, self.rules.country_header),
            objects,
            consent.may_know(self.rules.consent, None, objects, found.visitor),
            self._described(found, text, request.address, network),
        )

    def _described(self, found: Agent, text: str, address: str, network: str) -> told.Addition:
        """Browser and system are added; the agent and the address themselves leave, wherever they stand."""
        shortened = network if self.rules.addresses == "truncate" else ""
        more = {"browser": found.browser, "os": found.system, ADDRESS: shortened}
        return told.Addition((text, address), more)

    def _enrich(self, move: Move, sender: Sender, received_at: float) -> bool:
        """Whether the move is to be stored; it then knows its time and its visit."""
        if sender.agent.bot:
            self.counts.bots += 1
            return False
        arrival = channel.arrival(move, self.rules.own_domains)
        if not (sender.known or self._forget(move, sender.cookieless)):
            self.counts.refused += 1
            return False
        if not -FUTURE_SECONDS <= received_at - move.ts <= self._late_seconds:
            self._time(move, received_at)
        if sender.known or move.name != consent.CHANGED:
            self._visit(move, sender, arrival)
        return True

    def _told(self, move: Move, sender: Sender) -> Sender:
        """The sender as the event itself names it: a server tells so for whom it sends."""
        says, props = told.take(move.props)
        move.props = told.blank(props, (says.agent, says.address))
        if says.agent:
            sender = replace(sender, agent=agent.read_visitor(says.agent), text=says.agent)
        if says.address:
            sender = replace(sender, address=says.address, network=visitor.shortened(says.address))
        said = consent.said_in(says.consent)
        known = consent.may_know(self.rules.consent, said, sender.objects, sender.agent.visitor)
        return replace(
            sender,
            known=known and not says.cookieless,
            cookieless=known and says.cookieless,
            consent=None if says.cookieless else says.consent,
            described=self._described(sender.agent, sender.text, sender.address, sender.network),
        )

    def _stated(self, move: Move, sender: Sender, received_at: float) -> list[Move]:
        """What somebody who names himself says of consent, as a move of its own; nothing where it was heard before."""
        said = consent.preferences(sender.consent)
        news = move.visitor_id and said and self._heard.is_news(f"{move.source} {move.visitor_id}", said)
        return [consent.statement(move, said, received_at)] if news and move.name != consent.CHANGED else []

    def _forget(self, move: Move, cookieless: bool) -> bool:
        """Without consent a move comes in without its identifiers, or not at all; a cookieless one always comes in."""
        if move.name == consent.CHANGED and not cookieless:
            consent.bare(move)
            return True
        refuse = self.rules.without_consent == "refuse" and not cookieless
        if refuse or move.name in consent.IDENTITY:
            return False
        self.counts.cookieless += 1
        consent.forget(move)
        return True

    def _time(self, move: Move, received_at: float) -> None:
        """Set a move right that comes from the future, and flag one that comes late."""
        if move.ts > received_at:
            move.ts = received_at
            self.counts.clamped += 1
        else:
            self.counts.late += 1
            if move.name not in consent.IDENTITY:
                move.props = told.add(move.props, {"late": True})

    def _visit(self, move: Move, sender: Sender, arrival: channel.Arrival) -> None:
        """Visitor, session and channel. What a server sends is no visit, unless its SDK says so."""
        visits = sender.agent.visitor
        if visits and not move.visitor_id and sender.network:
            key = self._salt.of(datetime.fromtimestamp(self._clock(), self.rules.zone).date())
            move.visitor_id = visitor.daily_id(key, move.source, sender.network, sender.text)
        if arrival.campaign:
            move.utm_source, move.utm_medium, move.utm_campaign = arrival.source, arrival.medium, arrival.name
        if (visits or move.session_id) and move.visitor_id:
            session = self.sessions.place(move, arrival.campaign, arrival.channel)
            move.session_id = session.id
            if not move.channel:
                move.channel = session.channel or ("direct" if move.url else "")
        elif arrival.channel != "direct":
            move.channel = move.channel or arrival.channel

    def _describe(self, move: Move, sender: Sender, touched: bool) -> None:
        """Device and country where the event does not name them; `touched` where its properties may hold what is done to them."""
        if not (sender.agent.visitor or sender.network):
            return
        if not move.device:
            move.device = sender.agent.device
        if sender.country and not move.country:
            move.country = sender.country
        described = sender.described
        if move.name in consent.IDENTITY:  # its properties are facts about somebody, not about a visit
            move.props = described.blanked(move.props)
            return
        move.props = described.to(move.props) if touched else described.at_end(move.props)
