"""What an event says of its own sender: agent, address and consent of the visitor, where a server or a queue sends for him.

A format writes it into the properties by the names PostHog uses; enrichment takes it out again, so that none of it is stored.
"""

from __future__ import annotations

import msgspec

from masarat.events import Move

AGENT = "$raw_user_agent"
ADDRESS = "$ip"
# true, "granted", {"analytics": true}, {"categoryPreferences": {…}}, and their opposites
CONSENT = "$consent"
# true: nothing is kept in the visitor's browser, and the only name is that of the day
COOKIELESS = "$cookieless"

ABSENT = msgspec.Raw(b"")

_encode = msgspec.json.Encoder().encode


def tell(
    move: Move,
    *,
    agent: str = "",
    address: str = "",
    consent: msgspec.Raw = ABSENT,
    cookieless: bool = False,
) -> None:
    """Add what is known of the sender to the properties of a move; call it when they are filled."""
    said = {AGENT: agent, ADDRESS: address, CONSENT: consent, COOKIELESS: cookieless}
    found = {name: value for name, value in said.items() if value}
    if not found:
        return
    move.props = msgspec.Raw(with_members(bytes(move.props), _encode(found)))


def with_members(raw: bytes, more: bytes) -> bytes:
    """An object, as bytes, with the members of another at its end."""
    start = raw.rstrip()[:-1].rstrip()
    return start + more[1:] if start == b"{" else start + b"," + more[1:]
