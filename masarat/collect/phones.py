"""Phone numbers as people write them, brought to E.164."""

from __future__ import annotations

import phonenumbers
import polars as pl

from masarat.collect.values import translated, western, without_empty

_KINDS = phonenumbers.PhoneNumberType
_OF_PEOPLE = {
    _KINDS.MOBILE,
    _KINDS.FIXED_LINE,
    _KINDS.FIXED_LINE_OR_MOBILE,
    _KINDS.PERSONAL_NUMBER,
    _KINDS.VOIP,
}
_NAMED = r"^[^\d+(<]+[(<]\s*(\+?\d[\d\s\-]*\d)\s*[)>]$"  # Sara (0551234567), "Sara" <0551234567>


def read_phone(cells: pl.Series, country: str) -> pl.Series:
    """E.164; empty where it cannot be a phone. Saudi mobiles by pattern, all others by the numbering plans of the world."""
    text = without_empty(western(cells)).fill_null("").str.replace(_NAMED, "$1")
    bare = text.str.replace(r"\.0$", "").str.replace_all(r"[\s\-().'/\u00a0]", "")
    home = r"^(?:(?:\+|00)?966)?0?(5\d{8})$" if country == "SA" else r"^(?:\+|00)?9660?(5\d{8})$"
    mobile = "+966" + bare.str.extract(home, 1)
    others = mobile.is_null() & (bare != "")
    if others.any():
        found = translated(bare.filter(others), lambda number: phone_of(number, country))
        mobile = mobile.scatter(others.arg_true(), found)
    return mobile.fill_null("")


def read_party(cells: pl.Series, country: str) -> pl.Series:
    """E.164 where a cell is a phone; else the cell as it stands, in western digits: an extension, one of us."""
    phones = read_phone(cells, country)
    return phones.zip_with(phones != "", western(cells))


def phone_of(number: str, country: str) -> str:
    """One number in E.164, or empty: 920… and 800… reach companies, not customers."""
    if number.startswith("00"):
        number = "+" + number[2:]
    for written in (number, "+" + number):
        try:
            parsed = phonenumbers.parse(written, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) in _OF_PEOPLE:
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return ""
