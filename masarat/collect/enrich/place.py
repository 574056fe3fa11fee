"""Where the visitor is: the country that a proxy in front of us knows.

We carry no table of addresses: those that may be had offline are either not free to pass on (GeoLite2, IP2Location) or years old. A
proxy or content network in front of the shop knows the country and writes it into a header; a setting names the header. Time zone
and language are never taken for a country.
"""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = ("XX", "T1", "ZZ", "AP", "EU")  # nowhere, Tor, and regions that are no countries


def country_of(headers: Mapping[str, str], header: str) -> str:
    """The ISO code in the named header; empty where no header is named, or it holds none."""
    code = headers.get(header.lower(), "").strip().upper() if header else ""
    return code if len(code) == 2 and code.isascii() and code.isalpha() and code not in UNKNOWN else ""
