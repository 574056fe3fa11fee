"""Folding in SQL: the same key for the many ways a word is written as `masarat.words.folding.fold` gives in Python."""

from __future__ import annotations

from masarat.words.folding import DIGITS, DROPPED, LETTERS

FROM = "".join(map(chr, LETTERS | DIGITS))
TO = "".join(map(chr, (LETTERS | DIGITS).values()))


def folded(text: str) -> str:
    """SQL that folds the text of an SQL expression."""
    bare = f"replaceRegexpAll(normalizeUTF8NFKC({text}), '{DROPPED.pattern}', '')"
    return f"trimBoth(replaceRegexpAll(lowerUTF8(translateUTF8({bare}, '{FROM}', '{TO}')), '\\\\s+', ' '))"
