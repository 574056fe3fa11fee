"""What kind of place a visit came from: a search engine, a social network, a shop … `sources.txt` is the list."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

LIST = Path(__file__).with_name("sources.txt")
APP = "android-app"

# Endings of two labels under which sites are registered: google.com.sa, moe.gov.sa
_TWO_LABELS = re.compile(r"(?:com|co|net|org|gov|edu|ac|med|sch|ne|or|gen|info)\.[a-z]{2}$")


@cache
def kinds() -> dict[str, str]:
    """Word of the list → its kind."""
    found: dict[str, str] = {}
    kind = ""
    for line in LIST.read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            found.update(dict.fromkeys(line.split(), kind))
    return found


@lru_cache(10_000)
def kind_of(source: str) -> str:
    """'search', 'social', 'video', 'shopping', 'email', 'whatsapp' or 'payment' of a host or a utm_source; '' where unknown."""
    known, source = kinds(), source.strip().lower()
    labels = source.split(".")
    for start in range(len(labels) - 1 or 1):
        if kind := known.get(".".join(labels[start:])):
            return kind
    return known.get(site(source).partition(".")[0], "") if len(labels) > 1 else ""


@lru_cache(10_000)
def host_of(address: str) -> str:
    """The host of an address in lower case; of an Android app its name turned round: com.whatsapp → whatsapp.com."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    return ".".join(reversed(host.split("."))) if parts.scheme == APP else host


def site(host: str) -> str:
    """The part of a host that is registered: shop.example.com.sa → example.com.sa"""
    labels = host.split(".")
    return ".".join(labels[-3:] if _TWO_LABELS.search(host) else labels[-2:])
