"""What the shop has decided about its visitors: one frozen object, given to everything in this package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from masarat.settings import Settings

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

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        """The rules that the settings name."""
        domains = (domain.strip().lower() for domain in settings.domains.split(","))
        return cls(
            zone=settings.zone,
            own_domains=frozenset(domain for domain in domains if domain),
            consent=settings.consent,
            without_consent=settings.without_consent,
            addresses=settings.addresses,
            country_header=settings.country_header.lower(),
            session_gap_minutes=settings.session_minutes,
            session_ends_with_campaign=settings.session_campaign,
            session_ends_at_midnight=settings.session_midnight,
            late_days=settings.late_days,
        )
