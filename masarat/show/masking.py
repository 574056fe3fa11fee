"""Customers' data as a role may see them: whole, in part (m•••@x.sa, +966•••••4567), or not at all.

Applied in one place, to whatever leaves the server (`http/masking.py`), by what a value is: the name under which it stands, and for e-mails
and phones how they look, wherever they stand. What is masked once is not changed by masking it again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from masarat.words.folding import words_of

HIDDEN = "•••"
EMAIL = re.compile(r"(?<![\w.+%-])([\w.+%-])[\w.+%-]*(@|%40)(?=[\w-]+\.[\w.-]*\w)")
DIGIT = "[0-9٠-٩]"
PHONE = re.compile(
    rf"(?<![\w.#:])(?:(?:\+|00|٠٠)(?=[1-9١-٩]){DIGIT}(?:[ ()-]?{DIGIT}){{7,14}}|(?:966[ -]?)?(?:[0٠][ -]?)?[5٥]{DIGIT}(?:[ -]?{DIGIT}){{7}})(?![\w.]*{DIGIT})"
)
SHOWN_DIGITS = 4

# The names under which a field stands, as words: `customer_email`, `customerEmail` and «البريد» alike.
FIELD_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("email", frozenset({"email", "emails", "mail", "البريد", "الايميل"})),
    ("phone", frozenset({"phone", "phones", "mobile", "tel", "whatsapp", "الجوال", "الهاتف", "جوال"})),
    (
        "address",
        frozenset(
            {"address", "street", "postal", "district", "building", "zip", "العنوان", "الشارع", "الحي"}
        ),
    ),
    ("birthday", frozenset({"birthday", "birthdate", "birth", "age", "الميلاد"})),
    ("note", frozenset({"note", "notes", "evidence", "why", "comment", "ملاحظه", "ملاحظات", "said"})),
    (
        "name",
        frozenset({"firstname", "lastname", "fullname", "الاسم", "اسم", "العميل", "names"}),
    ),
)
IDENTIFIERS = frozenset(
    {
        "customer",
        "identifier",
        "identifiers",
        "visitor_id",
        "one",
        "other",
        "was",
        "owner",
        "with",
        "called",
        "members",
    }
)
GOODS = frozenset({"product", "products", "item", "sku", "file", "المنتج", "منتج", "الصنف", "ملف"})
PERSON = frozenset(
    {"customer", "identifier", "identifiers", "visitor_id", "trait", "birthday", "email", "phone"}
)  # beside a name: a person's
KIND = re.compile(r"^([\w-]+):(?=.)(name:)?")
NOT_PEOPLE = ("order", "anon", "daily", "device")


@dataclass(frozen=True)
class Mask:
    """How one role sees each field, for one request: names that were masked once are masked in sentences too."""

    how: Mapping[str, str]
    names: dict[str, str] = dataclass_field(default_factory=dict)  # as they are → as they are shown

    def __bool__(self) -> bool:
        return any(how != "whole" for how in self.how.values())

    def text(self, text: str) -> str:
        """A text with the e-mails and phones in it masked."""
        if self.how["email"] != "whole":
            text = EMAIL.sub(self._email, text)
        return (
            text
            if self.how["phone"] == "whole"
            else PHONE.sub(lambda found: self.field("phone", found[0]), text)
        )

    def field(self, field: str, value: str) -> str:
        """A value of a field as the role may see it."""
        how = self.how[field]
        if how == "whole" or not value:
            return value
        shown = HIDDEN if how == "none" else IN_PART[field](value)
        if field == "name" and shown != value:
            self.names[value] = shown
        return shown

    def document(self, found: Any) -> Any:
        """A whole answer: each value by its name, and then the names that were found in its sentences."""
        shown = self.value(found)
        return _each_text(shown, self._without_names) if self.names else shown

    def _without_names(self, text: str) -> str:
        for name, shown in self.names.items():
            if name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", shown, text)
        return text

    def identifier(self, value: str) -> str:
        """`email:…` as an e-mail, `phone:…` as a phone, `shop:name:…` as a name, another by itself."""
        found = KIND.match(value)
        if not found:
            return self.text(value)
        kind = found[1]
        field = "name" if found[2] else kind if kind in ("email", "phone") else "identifier"
        return value if kind in NOT_PEOPLE else found[0] + self.field(field, value[found.end() :])

    def value(self, found: Any, name: str = "", *, person: bool = False) -> Any:
        """Anything that JSON can say. `person` says that what is called a name is somebody's."""
        if isinstance(found, dict):
            return self._object(found, name, person)
        if isinstance(found, list):
            return [self.value(each, name, person=person) for each in found]
        if isinstance(found, str) or (name and isinstance(found, int) and field_of(name) == "phone"):
            return self._named(name, str(found), person)
        return found

    def _object(self, found: dict[str, Any], name: str, person: bool) -> dict[str, Any]:
        if isinstance(trait := found.get("trait"), str) and "value" in found:
            return {
                key: self._fact(trait, each) if key == "value" else self.value(each, key, person=True)
                for key, each in found.items()
            }
        person = person or bool(PERSON & found.keys())
        inside = "note" if name == "notes" else ""
        return {
            self.identifier(key) if isinstance(key, str) else key: self.value(
                each, inside if inside and key == "text" else key, person=person
            )
            for key, each in found.items()
        }

    def _fact(self, trait: str, value: Any) -> Any:
        return (
            self._named(trait, str(value), True)
            if isinstance(value, str | int)
            else self.value(value, trait, person=True)
        )

    def _named(self, name: str, value: str, person: bool) -> str:
        if name in IDENTIFIERS:
            return self.identifier(value)
        field = field_of(name)
        if field == "note" and not person:
            field = ""
        if not field and person and "name" in words_of(name):
            field = "name"
        return self.field(field, value) if field else self.text(value)

    def csv(self, text: str) -> str:
        """A table whose columns are called as its file called them."""
        rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        heads = next(rows, [])
        writer.writerow(heads)
        for row in rows:
            writer.writerow([self._named(head, cell, True) for head, cell in zip(heads, row, strict=True)])
        return "\ufeff" + out.getvalue()

    def _email(self, found: re.Match[str]) -> str:
        return HIDDEN + found[2] if self.how["email"] == "none" else f"{found[1]}{HIDDEN}{found[2]}"


def _each_text(found: Any, change: Callable[[str], str]) -> Any:
    """The same with every text in it changed; names of members stay."""
    if isinstance(found, dict):
        return {name: _each_text(each, change) for name, each in found.items()}
    if isinstance(found, list):
        return [_each_text(each, change) for each in found]
    return change(found) if isinstance(found, str) else found


def field_of(name: str) -> str:
    """Which field a name means; empty where none."""
    words = set(words_of(name)) | {name.lower()}
    if words & GOODS:
        return ""
    return next((field for field, known in FIELD_WORDS if words & known), "")


def _part_of_email(value: str) -> str:
    first, at, domain = value.partition("@")
    return f"{first[:1]}{HIDDEN}{at}{domain}" if at else HIDDEN


def _part_of_phone(value: str) -> str:
    """+966•••••4567: the country, and the last digits."""
    digits = re.sub(r"\D", "", value)
    if len(digits) <= SHOWN_DIGITS:
        return value if HIDDEN in value else HIDDEN
    if HIDDEN in value:
        return value
    country = digits[:3] if value.strip().startswith("+") else ""
    return f"{'+' if country else ''}{country}•••••{digits[-SHOWN_DIGITS:]}"


def _part_of_name(value: str) -> str:
    return " ".join(f"{word[:1]}{HIDDEN}" for word in value.split())


def _part_of_birthday(value: str) -> str:
    found = re.match(r"\d{4}", value)
    return f"{found[0]}-••-••" if found else HIDDEN


def _beginning(value: str) -> str:
    return value if value.endswith(HIDDEN) else f"{value[:2]}{HIDDEN}"


IN_PART: Mapping[str, Callable[[str], str]] = {
    "email": _part_of_email,
    "phone": _part_of_phone,
    "name": _part_of_name,
    "birthday": _part_of_birthday,
    "address": lambda value: HIDDEN,
    "identifier": _beginning,
    "note": lambda value: HIDDEN,
}
