"""Facts that describe people, brought into one form in SQL however they were written, and said again in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from babel import Locale
from hijridate import Hijri

from masarat.analyse.folding import folded
from masarat.settings import Calendar
from masarat.words import LANGUAGES
from masarat.words.folding import fold
from masarat.words.hijri import hijri_of

# Ages at which another band begins.
EDGES = (18, 25, 35, 45, 55, 65)
OLDEST = 110  # years; whoever would be older was born on a day that somebody left as it stood

GENDERS = {
    "male": ("m", "male", "man", "mr", "ذكر", "رجل", "السيد"),
    "female": ("f", "female", "woman", "mrs", "ms", "أنثى", "امرأة", "السيدة"),
}
MORE_COUNTRIES = {"GB": ("uk",), "US": ("usa",), "AE": ("uae", "الإمارات"), "SA": ("ksa", "السعودية")}
MORE_LANGUAGES = {"ar": ("عربي",), "en": ("إنجليزي", "انجليزي")}


@dataclass(frozen=True, slots=True)
class Form:
    """SQL for the one form of the text `said` (empty where it tells nothing), with the values that it binds."""

    sql: str
    values: dict[str, Any]


def form_of(by: str, as_of: date, calendar: Calendar) -> Form:
    """The form in which facts about this are compared."""
    match by:
        case "gender":
            return _known_words(genders(), folded("said"))
        case "country":
            return _known_words(countries(), folded("said"))
        case "language":
            return _known_words(languages(), f"replaceRegexpOne({folded('said')}, '[-_].*$', '')")
        case "age":
            return Form(
                BAND, {"born_by": [_number(born_by(as_of, age, calendar)) for age in (0, *EDGES, OLDEST)]}
            )
    return Form(folded("said"), {})


def born_by(as_of: date, age: int, calendar: Calendar) -> date:
    """The last birthday of those who are this old on a day; in years of the calendar, which are shorter where they are Hijri."""
    if calendar == "gregorian":
        return _gregorian(as_of.year - age, as_of.month, as_of.day)
    today = hijri_of(as_of)
    if today is None or (year := today.year - age) < FIRST_HIJRI:
        return as_of - timedelta(days=round(age * HIJRI_DAYS))
    day = min(today.day, Hijri(year, today.month, 1).month_length())
    found = Hijri(year, today.month, day).to_gregorian()
    return date(found.year, found.month, found.day)


def label(by: str, key: str, language: str) -> str:
    """A country or a language in the reader's words; other keys have words of their own."""
    names = Locale(language).territories if by == "country" else Locale(language).languages
    return str(names.get(key, "")) if by in ("country", "language") else ""


@cache
def genders() -> dict[str, str]:
    return {fold(word): gender for gender, words in GENDERS.items() for word in words}


@cache
def countries() -> dict[str, str]:
    """Names in both languages and codes, folded → the code."""
    found = {fold(word): code for code, words in MORE_COUNTRIES.items() for word in words}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(str(code)) == 2:
                found |= {fold(str(name)): str(code), str(code).lower(): str(code)}
    return found


@cache
def languages() -> dict[str, str]:
    """Names in both languages and codes, folded → the code."""
    found = {fold(word): code for code, words in MORE_LANGUAGES.items() for word in words}
    for language in LANGUAGES:
        for code, name in Locale(language).languages.items():
            if len(str(code)) == 2:
                found |= {fold(str(name)): str(code), str(code): str(code)}
    return found


FIRST_HIJRI = 1343  # before it the calendar of Umm al-Qura is not tabulated
HIJRI_DAYS = 354.36707

# The place of the band that a birthday (or an age told at `told_at`) falls in; empty where it is none that can be.
_DIGITS = folded("said")
BAND = f"""
    if(match({_DIGITS}, '^[0-9]{{1,3}}$'), subtractYears(toDate32(told_at), toUInt8OrZero({_DIGITS})),
       toDate32OrNull(replaceAll(substring({_DIGITS}, 1, 10), '/', '-'))) AS birthday,
    toInt32(ifNull(birthday, toDate32('1900-01-01'))) AS born,
    if(birthday IS NULL OR born > {{born_by:Array(Int32)}}[1] OR born <= {{born_by:Array(Int32)}}[-1], '',
       toString(arrayCount(day -> born <= day, arraySlice({{born_by:Array(Int32)}}, 2))))"""


def _known_words(words: Mapping[str, str], text: str) -> Form:
    sql = f"transform({text}, {{words:Array(String)}}, {{forms:Array(String)}}, {text})"
    return Form(sql, {"words": list(words), "forms": list(words.values())})


def _number(day: date) -> int:
    """Days since 1970, as the engine counts."""
    return (day - date(1970, 1, 1)).days


def _gregorian(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:  # the 29th of February
        return date(year, month, day - 1)
