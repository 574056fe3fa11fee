"""Whether a visitor may be known again: what the event says, then what the browser says, then what the shop has decided.

Without consent a move keeps what happened and loses who it was; an identify call is nothing but who it was, and is dropped and
counted. What a server of the shop sends is the shop's own word: it is taken as it is unless the event itself says no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from masarat.collect.enrich.channel import without_click_ids
from masarat.collect.enrich.rules import Consent
from masarat.collect.enrich.told import without
from masarat.events import Move

YES = ("granted", "given", "yes", "true", "1", "allow", "opt-in", "accepted")
NO = ("denied", "no", "false", "0", "deny", "opt-out", "rejected", "withdrawn")
IDENTITY = ("Customer Identified", "Identity Linked", "Account Joined")  # moves that only say who somebody is

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
