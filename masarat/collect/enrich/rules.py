"""What the shop has decided about its visitors: one frozen object, given to everything in this package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

Consent = Literal["off", "opt-out", "opt-in"]
WithoutConsent = Literal["cookieless", "refuse"]
Addresses = Literal["drop", "truncate"]

RIYADH = ZoneInfo("Asia/Riyadh")


@dataclass(frozen=True, slots=True)
class Rules:
    """The defaults keep no address, honour who objects, and end a visit after half an hour of silence."""

    zone: ZoneInfo = RIYADH  # the shop's: where its midnight is
    own_domains: frozenset[str] = frozenset()  # further sites of the shop: coming from them is no referral
    consent: Consent = "opt-out"
    without_consent: WithoutConsent = "cookieless"
    addresses: Addresses = "drop"
    country_header: str = ""  # that a trusted proxy sets: cf-ipcountry, cloudfront-viewer-country, …
    session_gap_minutes: float = 30
    session_ends_with_campaign: bool = True
    session_ends_at_midnight: bool = False
    session_memory: int = 100_000  # visitors, about 500 bytes each
    late_days: float = 7
