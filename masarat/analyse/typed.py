"""What somebody types to find a customer, read in every way it may be meant: a name, a phone, an e-mail, a number, the end of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import phonenumbers

from masarat.collect.phones import phone_of
from masarat.errors import BadParameter
from masarat.words.folding import fold
from masarat.words.names import is_arabic, plain, without_article, written_words

LEAST, MOST, MOST_WORDS = 2, 200, 8  # letters, letters and words of a search
ENDING = 4  # digits that a phone may be asked for by
INSIDE = 3  # letters that are looked for within words
COMPLETE = 9  # letters or digits of the shortest phone or e-mail
_NUMBER = re.compile(r"[+()\s./-]*(?:\d[()\s./-]*)+")
_WITH_KIND = re.compile(r"([^\W\d][\w.-]*):\s*(\S.*)")
_RUNS = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a search; a customer is found who has every one of them.

    The stored word is one of `whole`, or begins with one of `begins`; `end` are the last digits of a phone, turned round. `letters` may
    stand within a word, or be how it sounds. Only identifiers of the kind `kind` are meant, unless that is empty.
    """

    whole: tuple[str, ...]
    begins: tuple[str, ...]
    end: str = ""
    letters: str = ""
    kind: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether it is long enough to be a whole phone or e-mail, so that few words can begin with it."""
        return len(self.whole[0]) >= COMPLETE and (self.whole[0].isdecimal() or "@" in self.whole[0][:-4])


def read(text: str, country: str) -> list[Term]:
    """The words of a search. BadParameter where there is too little, or too much, to look for."""
    folded = fold("".join(letter if letter.isprintable() else " " for letter in text[: 2 * MOST]))
    if sum(letter.isalnum() for letter in folded) < LEAST:
        raise BadParameter("There is too little to look for.", f"Write at least {LEAST} letters or digits.")
    if len(text) > MOST or len(folded.split()) > MOST_WORDS:
        raise BadParameter(
            "That is more than a name or an identifier.",
            f"Write at most {MOST_WORDS} words, {MOST} letters in all.",
        )
    if _NUMBER.fullmatch(folded):
        return [_number(folded, country)]
    if found := _WITH_KIND.fullmatch(folded):
        return [_of_kind(found[1], found[2], country)]
    return [term for words in _alike(folded.split()) for term in _terms(words, country)]


def apart(terms: list[Term]) -> list[Term]:
    """The same with what is letters and digits in one taken apart, since e-mails are kept so: otaibi99@ is otaibi and 99."""
    return [part for term in terms for part in _runs(term)]


def _runs(term: Term) -> Iterator[Term]:
    runs = [run for run in _RUNS.findall(term.whole[0].partition("@")[0]) if len(run) >= LEAST]
    telling = [run for run in runs if len(run) >= INSIDE] or runs
    if term.letters or term.end or not telling:
        yield term
        return
    for run in telling:
        begins = (run,) if run == telling[-1] else ()
        yield Term((run,), begins, letters="" if run.isdecimal() else run, kind=term.kind)


def _alike(words: list[str]) -> Iterator[list[str]]:
    """Names in one, since a name has several words; each other word alone."""
    for named, some in groupby(words, _is_name):
        alike = list(some)
        yield from [alike] if named else ([word] for word in alike)


def _is_name(word: str) -> bool:
    return not any(letter.isdecimal() or letter in "@._:" for letter in word)


def _terms(words: list[str], country: str) -> list[Term]:
    if _is_name(words[0]):
        return [_name(word) for word in _names(words)]
    return [_number(word, country) if _NUMBER.fullmatch(word) else _other(word) for word in words]


def _names(words: list[str]) -> list[str]:
    """The parts of a name; of letters that are neither Latin nor Arabic as they stand."""
    known = " ".join(words)
    if plain(known):
        return written_words(known)
    return [word for word in words if any(map(str.isalnum, word))]


def _name(word: str) -> Term:
    """An article makes no difference; a Latin word that begins like one may be another, and is taken whole."""
    bare = without_article(word)
    begins = (word, bare) if is_arabic(word) else (word,)
    return Term(_once(word, bare), _once(*begins), letters=word)


def _number(text: str, country: str) -> Term:
    """Digits: an identifier, or a phone in any form, its beginning or its end."""
    digits = re.sub(r"\D", "", text)
    phone = phone_of("+" + digits if text.startswith("+") else digits, country).removeprefix("+")
    calling = str(phonenumbers.country_code_for_region(country))
    home = phone.removeprefix(calling) if phone.startswith(calling) else ""
    forms = [phone, "0" + home, home] if home else [phone]
    end = digits[::-1] if len(digits) >= ENDING else ""
    return Term(_once(digits, *forms), _once(digits, *_beginnings(digits, text, calling)), end=end)


def _beginnings(digits: str, text: str, calling: str) -> Iterator[str]:
    """How a phone that begins so is kept, from the country's code on."""
    if digits.startswith("00"):
        yield digits[2:]
    elif digits.startswith("0"):
        yield calling + digits[1:]
    elif not text.startswith("+"):
        yield calling + digits


def _of_kind(kind: str, value: str, country: str) -> Term:
    """user:17, phone:0501234567, email:a@b.sa: nothing else is meant."""
    term = _number(value, country) if kind == "phone" and _NUMBER.fullmatch(value) else _other(value)
    return Term(term.whole, term.begins, kind=kind)


def _other(word: str) -> Term:
    bare = word.lstrip("@")
    return Term(_once(bare), _once(bare))


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))
