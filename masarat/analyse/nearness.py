"""How near a stored word is to a word that was typed: it is it, begins or ends with it, has it within, or sounds like it in the other script."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from masarat.analyse.typed import INSIDE, Term
from masarat.events import hash_of
from masarat.models.candidates import CLOSE, reading
from masarat.store import AS_THEY_LIE, Store
from masarat.words.names import name_words, skeleton

WHOLE, BEGINS, ENDS, WITHIN, SOUNDS = range(5)  # the nearest first; of two that sound like it the nearer
NO = 99  # it is not near
ENDING = 0  # in place of the hash of an ending
HASH = f"if(kind = 'ending', {ENDING}, xxHash64(word))"
NEAR = 500  # words that have it within, or sound like it


@dataclass(frozen=True, slots=True)
class Way:
    """A term as conditions of `search`, what it looks for bound under names of its own; and how near a word of `search` is to it.

    `near` are stored words that have it within or sound like it, with how near they are.
    """

    place: int
    term: Term
    near: dict[str, int] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        term, place = self.term, self.place
        values: dict[str, Any] = {
            f"whole_{place}": list(term.whole),
            f"kind_{place}": term.kind,
            f"end_{place}": term.end,
        }
        values |= {f"begin_{place}_{n}": begin for n, begin in enumerate(term.begins)}
        values |= {f"near_{place}": list(self.near), f"rank_{place}": list(self.near.values())}
        return values | {f"any_{place}": [*term.whole, *self.near]}

    @property
    def whole(self) -> str:
        return self._worded(self._one_of("whole"))

    @property
    def begins(self) -> str:
        """Those that begin with it, or end; where it is whole they are known already."""
        return self._ending_or(f"({self._starts}) AND NOT {self._one_of('whole')}")

    @property
    def known(self) -> str:
        """All three."""
        return self._ending_or(f"({self._one_of('whole')} OR {self._starts})")

    @property
    def close(self) -> str:
        return self._worded(self._one_of("near"))

    @property
    def either(self) -> str:
        return self._ending_or(f"({self._one_of('any')} OR {self._starts})")

    def rank(self, word: str, kind: str) -> int:
        """How near a word is; NO where `either` would not have it."""
        if kind == "ending":
            return ENDS if self.term.end and word.startswith(self.term.end) else NO
        if self.term.kind and kind.lower() != self.term.kind:
            return NO
        if word in self.term.whole:
            return WHOLE
        return BEGINS if word.startswith(self.term.begins) else self.near.get(word, NO)

    @property
    def ranks(self) -> dict[int, int]:
        """How near a word is, by its HASH; words that are not among these begin with the term."""
        known = {**self.near, **dict.fromkeys(self.term.whole, WHOLE)}
        return {ENDING: ENDS, **{hash_of(word): rank for word, rank in known.items()}}

    def only(self, met: Collection[int]) -> Way:
        """The same for those words alone, whose hashes these are."""
        whole = tuple(word for word in self.term.whole if hash_of(word) in met)
        near = {word: rank for word, rank in self.near.items() if hash_of(word) in met}
        begins = self.term.begins if set(met) - set(self.ranks) else ()
        end = self.term.end if ENDING in met else ""
        return Way(self.place, replace(self.term, whole=whole, begins=begins, end=end), near)

    def _one_of(self, words: str) -> str:
        return f"word IN {{{words}_{self.place}:Array(String)}}"

    @property
    def _starts(self) -> str:
        names = [f"begin_{self.place}_{n}" for n in range(len(self.term.begins))]
        return " OR ".join(f"startsWith(word, {{{name}:String}})" for name in names) or "0"

    def _ending_or(self, condition: str) -> str:
        worded = self._worded(condition)
        if not self.term.end:
            return worded
        return f"(kind = 'ending' AND startsWith(word, {{end_{self.place}:String}}) OR {worded})"

    def _worded(self, condition: str) -> str:
        """Only words as they are written, and of the kind that is asked for."""
        kind = f" AND lower(kind) = {{kind_{self.place}:String}}" if self.term.kind else ""
        return f"(kind != 'ending'{kind} AND {condition})"


def words_near(store: Store, terms: Sequence[Term]) -> list[dict[str, int]]:
    """Of each term the stored words that have it within, or sound like it, with how near they are: of many the shortest."""
    forms = {term.letters: _form(term.letters) for term in terms if term.letters}
    words = _alike(store, forms) if forms else []
    return [_ranked(term, forms[term.letters], words) if term.letters else {} for term in terms]


def _alike(store: Store, forms: dict[str, str]) -> list[tuple[str, str]]:
    """Stored words that have one of these within, or the same consonants, with their consonants; the shortest first."""
    within = [letters for letters in forms if _may_be_within(letters)]
    inside = "OR multiSearchAny(word, {within:Array(String)})" if within else ""
    found = store.frame(
        f"SELECT word, sound FROM search_words WHERE sound IN {{sounds:Array(String)}} {inside}",
        {"sounds": [skeleton(form) for form in forms.values()], "within": within},
        settings=AS_THEY_LIE,
    )
    return sorted(set(found.iter_rows()), key=lambda row: (len(row[0].encode()), row[0]))


def _may_be_within(letters: str) -> bool:
    return len(letters.encode()) >= INSIDE


def _ranked(term: Term, form: str, words: list[tuple[str, str]]) -> dict[str, int]:
    """Words that have the letters within, and those that may be the same name: the nearer, the smaller the number."""
    letters, sound = term.letters, skeleton(form)
    inside = _may_be_within(letters)
    own = [word for word, its in words if its == sound or (inside and letters in word)][:NEAR]
    near = {word: WITHIN for word in own if inside and letters in word}
    others = [word for word in own if word not in near]
    closeness = (
        zip(others, reading([form] * len(others), list(map(_form, others))), strict=True) if others else ()
    )
    near |= {word: SOUNDS + round((1 - close) * 20) for word, close in closeness if close >= CLOSE}
    return {word: rank for word, rank in near.items() if not _is_known(term, word)}


def _is_known(term: Term, word: str) -> bool:
    return word in term.whole or word.startswith(term.begins)


def _form(word: str) -> str:
    """A name in the form in which names are compared."""
    return (name_words(word) or [word])[0]
