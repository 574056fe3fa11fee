"""Folding: one key for the many ways a word is written. For comparing only; what people wrote is kept as it came."""

from __future__ import annotations

import re
import unicodedata

DROPPED = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
LETTERS = str.maketrans("أإآٱىةؤئکیگ", "اااايهويكيك")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, one form of each Arabic letter and digit, no diacritics, tatweel or bidi marks; spaces as one.

    >>> fold("إجمالي الطّلب")
    'اجمالي الطلب'
    """
    folded = DROPPED.sub("", unicodedata.normalize("NFKC", text)).translate(LETTERS).translate(DIGITS)
    return " ".join(folded.casefold().split())


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a label: CustomerID, customer_id and `Customer ID` are the same two words."""
    return tuple(_NOT_WORD.sub(" ", fold(_WORD_ENDS.sub(" ", text))).split())
