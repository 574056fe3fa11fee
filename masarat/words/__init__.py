"""What Masarat says, in Arabic and English: Fluent messages, numbers, money and dates as people write them.

Shared words stand in ar.ftl and en.ftl beside this file; an analysis brings its own next to its query. A message may have an
attribute `.formula`, the definition that is shown when somebody points at the number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_currency_precision
from babel.units import format_unit
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource

from masarat.settings import Calendar, Language
from masarat.words.hijri import hijri_of

LANGUAGES: tuple[Language, ...] = ("ar", "en")

# Money is named as merchants write it; every other currency by its ISO code.
SIGNS = {"ar": {"SAR": "ر.س", "AED": "د.إ", "KWD": "د.ك", "QAR": "ر.ق", "BHD": "د.ب", "OMR": "ر.ع"}}
DURATIONS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))  # and how many seconds each has
DIGITS: ContextVar[str] = ContextVar("digits", default="latin")  # of Arabic figures, as the shop chose
ARABIC_DIGITS = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
OURS = re.compile(
    "\u2068[^\u2069]*\u2069|([^\u2068]+)"
)  # what is isolated is somebody's own text and stays as it is
LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
TURNING = dict.fromkeys(
    (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)  # characters that turn the text after them


@dataclass(frozen=True, slots=True)
class Words:
    """Messages of one file in both languages (Fluent syntax: https://projectfluent.org)."""

    en: str
    ar: str


@cache
def shared() -> Words:
    here = Path(__file__).parent
    return Words(en=(here / "en.ftl").read_text("utf-8"), ar=(here / "ar.ftl").read_text("utf-8"))


@cache
def _read(messages: str) -> Resource:
    """The same text is read once: the shared one is in every speaker's."""
    return FluentResource(messages)


class Speaker:
    """Says messages in one language: those of `words` first, then the shared ones."""

    def __init__(self, words: Words, language: Language, calendar: Calendar = "gregorian") -> None:
        self.language: Language = language
        self.calendar: Calendar = calendar
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(_read(getattr(shared(), language)))
        self._bundle.add_resource(_read(getattr(words, language)), allow_overrides=True)

    def knows(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))

    def say(self, key: str, **values: Any) -> str:
        """The message, its placeholders filled. An error in a message is our bug, and raised."""
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(f"{key} has no text in {self.language}")
        return self._format(key, message.value, values)

    def formula(self, key: str) -> str:
        """The definition of a number or column; empty where none is written."""
        if not self.knows(key):
            return ""
        pattern = self._bundle.get_message(key).attributes.get("formula")
        return self._format(key, pattern, {}) if pattern is not None else ""

    def _format(self, key: str, pattern: Any, values: Mapping[str, Any]) -> str:
        text, errors = self._bundle.format_pattern(pattern, dict(values))
        if errors:
            raise ValueError(f"{self.language}: {key}: {errors[0]}")
        if not self._arabic_digits():
            return cast(str, text)
        return OURS.sub(lambda part: _counted(part[1]) if part[1] else part[0], cast(str, text))

    def _arabic_digits(self) -> bool:
        return self.language == "ar" and DIGITS.get() == "arabic"

    def _written(self, figure: str) -> str:
        """A figure in the digits of the shop."""
        return figure.translate(ARABIC_DIGITS) if self._arabic_digits() else figure

    # Values as people write them. Signed numbers and money are isolated, so that they stand right within Arabic text.

    def count(self, value: float | None) -> str:
        return "—" if value is None else self._isolated(format_decimal(value, "#,##0", self.language))

    def number(self, value: float | None) -> str:
        return "—" if value is None else self._isolated(format_decimal(value, "#,##0.##", self.language))

    def percent(self, share: float | None) -> str:
        """A share (0.089) as a percentage: one decimal under 10, none above."""
        if share is None:
            return "—"
        pattern = "#,##0.0" if abs(share) < 0.0995 and round(share, 4) != 0 else "#,##0"
        sign = "٪" if self.language == "ar" else "%"
        return self._isolated(format_decimal(share * 100, pattern, self.language) + sign)

    def money(self, amount: float | None, currency: str, *, whole: bool = False) -> str:
        """An amount with its currency; `whole` leaves the minor units out, as in sentences."""
        if amount is None:
            return "—"
        number, sign = self.amount(amount, currency, whole=whole), self.sign(currency)
        return f"{number} {sign}" if self.language == "ar" else f"{sign} {number}"

    def amount(self, amount: float | None, currency: str, *, whole: bool = False) -> str:
        """An amount alone, where a heading names its currency."""
        if amount is None:
            return "—"
        digits = 0 if whole and abs(amount) >= 100 else get_currency_precision(currency)
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return self._isolated(format_decimal(amount, pattern, self.language))

    def sign(self, currency: str) -> str:
        """A currency as merchants write it."""
        return SIGNS.get(self.language, {}).get(currency, currency)

    def day(self, value: date) -> str:
        """A day in the asked calendar: 15 November 2011, ١٥ … never in Arabic-Indic digits."""
        if self.calendar == "hijri" and (hijri := hijri_of(value)):
            return self._written(f"{hijri.day} {hijri.month_name(self.language)} {hijri.year}")
        return self._written(str(format_date(value, "d MMMM y", self.language)))

    def month(self, value: date) -> str:
        if self.calendar == "hijri" and (hijri := hijri_of(value)):
            return self._written(f"{hijri.month_name(self.language)} {hijri.year}")
        return self._written(str(format_date(value, "MMMM y", self.language)))

    def time(self, value: datetime) -> str:
        return self._written(str(format_datetime(value, "d MMMM y HH:mm", locale=self.language)))

    def value(self, kind: str, value: Any, currency: str = "") -> str:
        """Any cell of an answer by its column's kind (see `analyse.answer.Kind`)."""
        match kind:
            case _ if value is None:
                return "—"
            case "money":
                return self.money(value, currency)
            case "percent":
                return self.percent(value)
            case "count":
                return self.count(value)
            case "days" if 0 < value < 1:
                return self.duration(value * 86_400)
            case "days":
                return self.number(round(value, 1))
            case "number":
                return self.number(value)
            case "duration":
                return self.duration(value)
            case "date":
                return self.day(value)
            case "month":
                return self.month(value)
            case "time":
                return self.time(value)
            case "list":
                return ("، " if self.language == "ar" else ", ").join(self.text(str(part)) for part in value)
            case "path":  # time runs as reading does
                return (" ← " if self.language == "ar" else " → ").join(
                    self.text(str(part)) for part in value
                )
            case _:
                return self.text(str(value))

    def text(self, value: str) -> str:
        """Somebody's text, isolated so that its direction does not turn the sentence around it; marks that would are taken off."""
        value = value.translate(TURNING)
        return f"{FSI}{value}{PDI}" if self.language == "ar" else value

    def duration(self, seconds: float) -> str:
        """How long, in the largest unit that it fills: 45 minutes, 3.5 hours."""
        unit, long = next((unit for unit in DURATIONS if seconds >= unit[1]), DURATIONS[-1])
        value = round(seconds / long, 1)
        length: Literal["short", "long"] = (
            "short" if unit == "day" else "long"
        )  # days have no long form in Arabic
        words = format_unit(value, f"duration-{unit}", length, format="#,##0.#", locale=self.language)
        return f"{FSI}{self._written(words)}{PDI}" if self.language == "ar" else str(words)

    def _isolated(self, text: str) -> str:
        return f"{LRI}{self._written(text)}{PDI}" if self.language == "ar" else text


def _counted(text: str) -> str:
    """Our own words with their digits in Arabic; points between words stay points."""
    return re.sub(r"\d+(?:[.,]\d+)*", lambda figure: figure[0].translate(ARABIC_DIGITS), text)


@lru_cache(maxsize=512)
def speaker(words: Words, language: Language, calendar: Calendar = "gregorian") -> Speaker:
    return Speaker(words, language, calendar)
