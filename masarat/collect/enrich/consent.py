"""Whether a visitor may be known again: what the event says, then what the browser says, then what the shop has decided.

Without consent a move keeps what happened and loses who it was; an identify call is nothing but who it was, and is dropped and
counted. What a server of the shop sends is the shop's own word: it is taken as it is unless the event itself says no.

What somebody says of consent is a move of its own, `Consent Changed`, and keeps who said it, also where they refuse: else nobody could
heed it later. Where they refuse, neither page nor visit stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import xxhash

from masarat.collect.enrich.channel import without_click_ids
from masarat.collect.enrich.rules import Consent
from masarat.collect.enrich.told import without
from masarat.events import Move

YES = ("granted", "given", "yes", "true", "1", "allow", "opt-in", "accepted")
NO = ("denied", "no", "false", "0", "deny", "opt-out", "rejected", "withdrawn")
IDENTITY = ("Customer Identified", "Identity Linked", "Account Joined")  # moves that only say who somebody is
CHANGED = "Consent Changed"
REMEMBERED = 200_000  # visitors whose last word is remembered
STAMPED = "with"  # property of a statement that stood on another move: the name of that move

# Properties of the SDKs that know a person or a browser again.
IDENTIFYING = frozenset((
    "distinct_id", "$device_id", "$user_id", "$anon_distinct_id", "$session_id", "$window_id", "$set", "$set_once", "$groups",
    "$initial_person_info", "$alias", "user_id", "userId", "anonymous_id", "anonymousId", "client_id", "email", "phone",
    "first_name", "last_name", "firstName", "lastName",
))  # fmt: skip


def said_in(value: Any) -> bool | None:
    """Yes, no or nothing in an event's own consent: true, "denied", {"analytics": true}, Segment's {"categoryPreferences": {…}}."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        word = value.strip().lower()
        return True if word in YES else False if word in NO else None
    if isinstance(value, dict):
        if "categoryPreferences" in value:
            return said_in(value["categoryPreferences"])
        return said_in(next((given for key, given in value.items() if key.lower() == "analytics"), None))
    return None


def preferences(value: Any) -> dict[str, Any]:
    """What an event's own consent says of each purpose; a bare yes or no is about being known again."""
    if isinstance(value, dict):
        inner = value.get("categoryPreferences", value)
        return inner if isinstance(inner, dict) else {}
    said = said_in(value)
    return {} if said is None else {"analytics": said}


class Heard:
    """What visitors said last, so that a word which stands on all their moves is told once."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def is_news(self, who: str, said: Mapping[str, Any]) -> bool:
        word = xxhash.xxh3_64_intdigest(msgspec.json.encode(said, order="deterministic"))
        if self._last.get(who) == word:
            return False
        if len(self._last) > REMEMBERED:
            self._last.clear()
        self._last[who] = word
        return True


def statement(move: Move, said: Mapping[str, Any], received_at: float) -> Move:
    """What a move says of consent, as a move of its own."""
    return Move(
        event_id=f"{move.event_id}:consent",
        ts=min(move.ts, received_at),
        received_at=move.received_at,
        name=CHANGED,
        source=move.source,
        visitor_id=move.visitor_id,
        identifiers=list(move.identifiers),
        props=msgspec.Raw(msgspec.json.encode({"purposes": said, STAMPED: move.name})),
    )


def bare(move: Move) -> None:
    """Leave of a statement only who said what and when."""
    move.session_id, move.url, move.referrer = "", "", ""
    move.props = without(move.props, IDENTIFYING)


def objects(headers: Mapping[str, str]) -> bool:
    """Global Privacy Control or Do Not Track is set in the browser."""
    return headers.get("sec-gpc") == "1" or headers.get("dnt") == "1"


def may_know(mode: Consent, said: bool | None, objecting: bool, visitor: bool) -> bool:
    """Whether identifiers may be kept."""
    if mode == "off":
        return True
    if said is not None:
        return said
    if not visitor:
        return True
    return mode == "opt-out" and not objecting


def forget(move: Move) -> None:
    """Take every identifier off a move; what happened stays."""
    move.visitor_id, move.identifiers, move.session_id = "", [], ""
    move.url, move.referrer = without_click_ids(move.url), without_click_ids(move.referrer)
    move.props = without(move.props, IDENTIFYING)
