"""How a visit came: the channel of one move, from click ids, campaign tags and referrer.

The rules and their order are Google's default channel group (https://support.google.com/analytics/answer/9756891), with WhatsApp
and payment pages added, which matter more here than there. Names are in lower case; "affiliates" is "affiliate" here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from masarat.collect.enrich.sources import host_of, kind_of, site
from masarat.collect.wire.campaign import NAMES
from masarat.events import Move

CHANNELS = (
    "direct", "cross-network", "paid shopping", "paid search", "paid social", "paid video", "display", "paid other",
    "whatsapp", "organic shopping", "organic social", "organic video", "organic search", "referral", "email", "affiliate", "audio",
    "sms", "push", "other",
)  # fmt: skip

# Click ids that only advertising adds → source and medium, unless the tags say something paid themselves.
PAID_CLICKS = {
    "gclid": ("google", "cpc"), "gbraid": ("google", "cpc"), "wbraid": ("google", "cpc"), "msclkid": ("bing", "cpc"),
    "yclid": ("yandex", "cpc"), "dclid": ("doubleclick", "display"), "ttclid": ("tiktok", "cpc"), "sccid": ("snapchat", "cpc"),
    "twclid": ("twitter", "cpc"), "li_fat_id": ("linkedin", "cpc"), "rdt_cid": ("reddit", "cpc"),
}  # fmt: skip
# Ids that shared links carry as well: they name the source where nothing else does.
SHARED_CLICKS = {
    "fbclid": ("facebook", "social"), "igshid": ("instagram", "social"), "igsh": ("instagram", "social"),
    "epik": ("pinterest", "social"), "srsltid": ("google shopping", "organic"), "mc_cid": ("mailchimp", "email"),
    "mc_eid": ("mailchimp", "email"), "_kx": ("klaviyo", "email"),
}  # fmt: skip
CLICK_IDS = frozenset(PAID_CLICKS) | frozenset(SHARED_CLICKS)

PAID = re.compile(r".*cp.*|ppc|retargeting|paid.*")
DISPLAY = ("display", "banner", "expandable", "interstitial", "cpm")
SHOPPING = re.compile(r".*(([^a-df-z]|^)shop|shopping).*")
SOCIAL = ("social", "social-network", "social-media", "sm", "social network", "social media")
EMAIL = ("email", "e-mail", "e_mail", "e mail")
WHATSAPP = ("whatsapp", "wa", "whats app", "واتساب")
UNSAID = ("", "(none)", "(not set)")

# Letters of an address and of a tag that are read: what is remembered must not grow with what is sent.
LONGEST, LONGEST_TAG = 2_000, 200


class Arrival(NamedTuple):
    """What one address tells of a visit: its channel ('' where it tells nothing), its campaign, and its tags."""

    channel: str
    campaign: str  # of tags or click id; another one is another visit
    source: str
    medium: str
    name: str


UNTOLD = Arrival("", "", "", "", "")


def arrival(move: Move, own_domains: frozenset[str]) -> Arrival:
    """How the visitor of this move came; nothing is told by a move without page, referrer and tags."""
    if not (move.url or move.referrer or move.utm_source or move.utm_medium or move.utm_campaign):
        return UNTOLD
    tags = (move.utm_source[:LONGEST_TAG], move.utm_medium[:LONGEST_TAG], move.utm_campaign[:LONGEST_TAG])
    return _arrival(move.url[:LONGEST], move.referrer[:LONGEST], tags, own_domains)


@lru_cache(5_000)
def _arrival(url: str, referrer: str, tags: tuple[str, str, str], own_domains: frozenset[str]) -> Arrival:
    asked = query_of(url)
    source, medium, name = said = tags if any(tags) else _tags(asked)
    click = next((key for key in asked if key in CLICK_IDS), "")
    if click in PAID_CLICKS and not (PAID.fullmatch(medium.lower()) or medium.lower() in DISPLAY):
        source, medium = PAID_CLICKS[click]
    elif not (source or medium or name):
        source, medium = _from_referrer(url, referrer, own_domains)
        if click in SHARED_CLICKS:  # a link that came round through an app tells more than its referrer
            source, medium = SHARED_CLICKS[click]
    campaign = "\0".join(said) if any(said) else click
    return Arrival(channel_of(source, medium, name) if source or medium or name else "", campaign, *said)


def _tags(asked: dict[str, str]) -> tuple[str, str, str]:
    """Source, medium and campaign in the query of an address."""
    source, medium, name = (next((asked[n] for n in names if asked.get(n)), "") for names in NAMES.values())
    return source, medium, name


def _from_referrer(url: str, referrer: str, own_domains: frozenset[str]) -> tuple[str, str]:
    """Source and medium of a visit without tags; both empty inside the shop and on the way back from paying."""
    came_from = host_of(referrer)
    if not came_from:
        return "(direct)", "(none)"
    here = host_of(url)
    if (here and site(here) == site(came_from)) or {came_from, site(came_from)} & own_domains:
        return "", ""
    return ("", "") if kind_of(came_from) == "payment" else (came_from, "referral")


@lru_cache(10_000)
def channel_of(source: str, medium: str, campaign: str = "") -> str:
    """One of CHANNELS, for any source, medium and campaign."""
    source, medium, campaign = (text.strip().lower() for text in (source, medium, campaign))
    if source in ("", "(direct)", "direct") and medium in UNSAID and not campaign:
        return "direct"
    kind = kind_of(source)
    shopping = kind == "shopping" or bool(SHOPPING.fullmatch(campaign)) or source == "google shopping"
    if "cross-network" in campaign:
        return "cross-network"
    return _paid(kind, medium, shopping) or _free(source, kind, medium, shopping)


def _paid(kind: str, medium: str, shopping: bool) -> str:
    if PAID.fullmatch(medium):
        if shopping:
            return "paid shopping"
        if kind in ("search", "social", "video"):
            return f"paid {kind}"
        if kind == "whatsapp":
            return "paid social"
    if medium in DISPLAY:
        return "display"
    return "paid other" if PAID.fullmatch(medium) else ""


def _free(source: str, kind: str, medium: str, shopping: bool) -> str:
    if kind == "whatsapp" or medium in WHATSAPP:
        return "whatsapp"
    if (
        source in EMAIL or medium in EMAIL
    ):  # before the kinds: a newsletter of a shop on google is still a newsletter
        return "email"
    if shopping:
        return "organic shopping"
    if kind == "social" or medium in SOCIAL:
        return "organic social"
    if kind == "video" or "video" in medium:
        return "organic video"
    if (kind == "search" and medium in (*UNSAID, "referral", "organic")) or medium == "organic":
        return "organic search"
    return _named(source, kind, medium)


def _named(source: str, kind: str, medium: str) -> str:
    """Channels that a medium names by itself."""
    if kind == "email":
        return "email"
    if medium in ("affiliate", "affiliates"):
        return "affiliate"
    if medium == "audio":
        return "audio"
    if "sms" in (source, medium):
        return "sms"
    if medium.endswith("push") or "mobile" in medium or "notification" in medium or source == "firebase":
        return "push"
    if kind == "search":
        return "organic search"
    return "referral" if medium in ("referral", "app", "link") else "other"


# Addresses


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address, names in lower case; the first of a name counts."""
    try:
        pairs = parse_qsl(urlsplit(url).query, max_num_fields=100)
    except ValueError:
        return {}
    return {name.lower(): value for name, value in reversed(pairs)}


def without_click_ids(url: str) -> str:
    """The address without the ids by which an advertiser knows a person."""
    if not any(name in CLICK_IDS for name in query_of(url)):
        return url
    parts = urlsplit(url)
    kept = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower() not in CLICK_IDS
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))
