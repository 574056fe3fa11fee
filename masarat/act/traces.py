"""How somebody stands in texts: their e-mails, phones, numbers and full names as people and programs write them.

Only what says surely who it is counts: a first name, or a number as short as 17, is found where a field says that it is one, and nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers

from masarat.collect.phones import phone_of
from masarat.words.folding import fold

DIGITS = {str(n): f"[{n}{chr(0x660 + n)}{chr(0x6F0 + n)}]" for n in range(10)}  # 5, ٥ and ۵
GAP = r"[\s()\-]*"  # no points: 501.234567 is a number
LONG = 6  # letters from which on a number alone says whose it is
OF_A_PERSON = re.compile(r"id\b|_id|Id$|customer|user|account|card|phone|mobile|رقم|عميل|جوال|حساب", re.I)
NAMES = ("name", "fullName", "full_name")


@dataclass(frozen=True)
class Traces:
    """What somebody left in texts."""

    emails: frozenset[str]
    phones: frozenset[str]  # E.164
    numbers: frozenset[str]  # values of other identifiers
    names: frozenset[str]  # full names, folded

    @classmethod
    def of(cls, identifiers: Iterable[str], facts: Iterable[Mapping[str, Any]], country: str) -> Traces:
        """From their identifiers and the facts they told (trait, value)."""
        told: dict[str, set[str]] = {"email": set(), "phone": set(), "name": set()}
        numbers = set[str]()
        for identifier in identifiers:
            kind, _, value = identifier.partition(":")
            value = value.removeprefix("name:")
            told.get("name" if ":name:" in identifier else kind, numbers).add(value)
        parts: dict[str, str] = {}
        for fact in facts:
            trait, value = str(fact["trait"]), str(fact["value"])
            parts[trait] = value
            told.get("name" if trait in NAMES else trait, set()).add(value)
        told["name"].add(f"{parts.get('firstName', '')} {parts.get('lastName', '')}".strip())
        return cls(
            frozenset(value.strip().lower() for value in told["email"] if "@" in value),
            frozenset(filter(None, (phone_of(fold(value), country) for value in told["phone"]))),
            frozenset(filter(None, numbers)),
            frozenset(name for value in told["name"] if " " in (name := fold(value))),
        )

    @property
    def contacts(self) -> str:
        """Their e-mails and phones as a pattern that the engine and Python read alike (no look-around); empty where they have none."""
        parts = [*map(_email, sorted(self.emails)), *map(_phone, sorted(self.phones))]
        return f"(?i)(?:{'|'.join(parts)})" if parts else ""

    def names_them(self, text: str) -> bool:
        """Whether a text holds their e-mail or phone."""
        return bool(self.contacts and re.search(self.contacts, text))

    def without(self, text: str) -> str:
        """The text with their e-mails and phones taken out; a 0 stands in their place, so that JSON stays JSON."""
        if not self.contacts:
            return text
        for _ in range(2):  # what stands between two neighbours belongs to both
            text = re.sub(self.contacts, lambda found: f"{_first(found)}0{_last(found)}", text)
        return text

    def in_bytes(self, content: bytes) -> bool:
        """Whether bytes of no known shape hold them: an e-mail, a phone, a full name, or a number that is long enough."""
        text = content.decode("utf-8", "replace")
        folded = fold(text)
        long = (number for number in self.numbers if len(number) >= LONG)
        return self.names_them(text) or any(n in text for n in long) or any(n in folded for n in self.names)

    def in_cells(self, raw: str) -> bool:
        """Whether a row in quarantine, a JSON object of its cells, is theirs."""
        return self.names_them(raw) or any(self._is_theirs(head, value) for head, value in _cells(raw))

    def _is_theirs(self, head: str, value: str) -> bool:
        if value in self.numbers and (len(value) >= LONG or OF_A_PERSON.search(head)):
            return True
        return self.names_them(value) or (" " in value and fold(value) in self.names)


def _email(address: str) -> str:
    written = re.escape(address).replace("@", "(?:@|%40)").replace(r"\@", "(?:@|%40)")
    return rf"(^|[^\w.+\-%]|%[0-9A-F][0-9A-F]){written}($|[^\w\-.]|\.(?:$|\W))"


def _phone(number: str) -> str:
    parsed = phonenumbers.parse(number)
    country, national = str(parsed.country_code), str(parsed.national_number)
    code, rest = (GAP.join(DIGITS[digit] for digit in digits) for digits in (country, national))
    zero = DIGITS["0"]
    return rf"(^|[^0-9٠-٩])(?:(?:\+|{zero}{zero}|%2B)?{code}{GAP}(?:\(?{zero}\)?{GAP})?|{zero}{GAP})?{rest}($|[^0-9٠-٩])"


def _first(found: re.Match[str]) -> str:
    return next((group for group in found.groups()[0::2] if group is not None), "")


def _last(found: re.Match[str]) -> str:
    return next((group for group in found.groups()[1::2] if group is not None), "")


def _cells(raw: str) -> Iterator[tuple[str, str]]:
    """(name, value) of all that a JSON text holds, texts that are JSON themselves included."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return
    yield from _walk("", found)


def _walk(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _walk(str(inner), each)
    elif isinstance(value, list):
        for each in value:
            yield from _walk(name, each)
    elif isinstance(value, str) and value[:1] in ("{", "["):
        yield from _cells(value)
    elif value is not None:
        yield name, str(value).strip()
