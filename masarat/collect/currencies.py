"""Currencies as merchants write them: codes, signs and words, in cells and in headers."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import list_currencies

from masarat.words.folding import fold

# Written form (folded) → ISO 4217. A bare "ريال", "$" or "£" is the one meant most often; a currency column overrules it.
WRITTEN: dict[str, str] = {
    "ر.س.": "SAR", "ر.س": "SAR", "رس": "SAR", "ريال سعودي": "SAR", "ريالا": "SAR", "ريالات": "SAR", "ريال": "SAR", "sr": "SAR",
    "s.r.": "SAR", "s.r": "SAR", "riyal": "SAR", "riyals": "SAR", "\u20c1": "SAR", "﷼": "SAR",
    "د.إ.": "AED", "د.إ": "AED", "درهم اماراتي": "AED", "درهم": "AED", "dhs": "AED", "dh": "AED", "dirham": "AED",
    "د.ك.": "KWD", "د.ك": "KWD", "دينار كويتي": "KWD", "kd": "KWD", "ر.ق.": "QAR", "ر.ق": "QAR", "ريال قطري": "QAR", "qr": "QAR",
    "د.ب.": "BHD", "د.ب": "BHD", "دينار بحريني": "BHD", "bd": "BHD", "ر.ع.": "OMR", "ر.ع": "OMR", "ريال عماني": "OMR",
    "ج.م.": "EGP", "ج.م": "EGP", "جنيه مصري": "EGP", "جنيه": "EGP", "le": "EGP", "د.أ": "JOD", "دينار اردني": "JOD", "jd": "JOD",
    "دولار امريكي": "USD", "دولار": "USD", "us$": "USD", "$": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "يورو": "EUR",
    "euro": "EUR", "£": "GBP", "جنيه استرليني": "GBP", "₺": "TRY", "tl": "TRY", "ليره تركيه": "TRY", "₹": "INR", "¥": "JPY",
}  # fmt: skip
NO_CURRENCY = ("all", "All")  # as in `Clicks (all)`; the lek is ALL
_BY_FOLD = {fold(written): code for written, code in WRITTEN.items()}


@cache
def codes() -> frozenset[str]:
    """Every ISO 4217 code there is."""
    return frozenset(list_currencies())


def currency_of(text: str) -> str:
    """The ISO code of a currency written in any way; empty if it is none.

    >>> currency_of("ر.س"), currency_of("sar"), currency_of("Saudi Riyal"), currency_of("boat")
    ('SAR', 'SAR', 'SAR', '')
    """
    folded = fold(text).strip(" ()[]")
    if folded.upper() in codes():
        return folded.upper()
    return _BY_FOLD.get(folded) or _names().get(folded, "")


def currency_in(header: str) -> str:
    """The currency that a header names beside the amount: «الإجمالي (ر.س)», `Amount spent (SAR)`, `total_usd`."""
    bracketed = re.findall(r"[(\[]([^)\]]+)[)\]]", header)
    last = re.split(r"[\s_\-/]+", header.strip())[-1]
    parts = (part for part in [*bracketed, last.strip("()[]")] if part not in NO_CURRENCY)
    found = (currency_of(part) for part in parts if len(part) > 1 or not part.isalnum())
    return next((code for code in found if code), "")


@lru_cache(maxsize=20_000)
def without_currency(header: str) -> str:
    """«الإجمالي (ر.س)» → «الإجمالي»; `total_usd` → `total`."""
    if not currency_in(header):
        return header
    bracket = min((header.find(mark) for mark in "([" if mark in header), default=-1)
    end = bracket if bracket > 0 else max(map(header.rfind, " _-/"))
    return header[:end] if end > 0 else header


def pattern() -> str:
    """A regular expression for any code, sign or word of a currency, as it stands beside a number."""
    written = sorted({*WRITTEN, *map(_plain_alef, WRITTEN)}, key=len, reverse=True)
    common = "SAR|AED|KWD|QAR|BHD|OMR|EGP|JOD|USD|EUR|GBP|TRY|INR|IQD|LBP|MAD|TND|DZD|LYD|SDG|YER|SYP|CNY|JPY|CHF|CAD|AUD"
    return f"(?i:{common}|{'|'.join(map(re.escape, written))})"


def _plain_alef(text: str) -> str:
    return text.replace("إ", "ا").replace("أ", "ا")


@cache
def _names() -> dict[str, str]:
    """The full names of currencies in both languages."""
    names: dict[str, str] = {}
    for language in ("en", "ar"):
        for code, name in Locale(language).currencies.items():
            names.setdefault(fold(name), code)
    return names
