"""Customers found by anything they are known by: a short list, the nearest first, with what each was found by.

The table `search` has every word of names and identifiers, so that words that are, or begin with, what was typed are read in one stretch.
Where those are too few, `search_words` tells which words have it within, or sound like it in the other script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from masarat.analyse import found
from masarat.analyse.found import Hit
from masarat.analyse.typed import INSIDE, Term, apart, read
from masarat.errors import BadParameter
from masarat.models.candidates import CLOSE, reading
from masarat.store import Row, Store
from masarat.words.names import name_words, skeleton

WHOLE, BEGINS, ENDS, WITHIN, SOUNDS = range(5)  # how near a word is to what was typed
AT_MOST = 100  # customers of one list
READ = 2_000  # rows of each way to read a single word: more are not told apart
NEAR = 500  # words that have it within, or sound like it
AS_THEY_STAND = {"final": 0}  # a word that stands twice does no harm


@dataclass(frozen=True, slots=True)
class Listed:
    """What a search finds; `more` tells that others match as well."""

    hits: list[Hit]
    more: bool

    def to_json(self) -> dict[str, Any]:
        return {"customers": [hit.to_json() for hit in self.hits], "more": self.more}


def search(store: Store, text: str, limit: int = 10) -> Listed:
    """The customers whom a text may mean, at most `limit`. BadParameter where it says too little."""
    if not 1 <= limit <= AT_MOST:
        raise BadParameter(f"limit {limit} is out of bounds.", f"Write a number from 1 to {AT_MOST}.")
    terms = read(text, store.settings.country)
    rows = _matches(store, terms, [{} for _ in terms], limit)
    if not rows and (parts := apart(terms)) != terms:
        rows = _matches(store, parts, _near(store, parts), limit)
        within = [term.whole[0] for term in terms]
    else:
        within = []
        if len(rows) <= limit and any(near := _near(store, terms)):
            rows = _matches(store, terms, near, limit)
    return Listed(found.described(store, rows[:limit], within), len(rows) > limit)


def _matches(store: Store, terms: Sequence[Term], near: Sequence[dict[str, int]], limit: int) -> list[Row]:
    """The nearest customers who match every term, one more than asked for: owner, and of each term the word that is nearest."""
    ways: list[str] = []
    values: dict[str, Any] = {"terms": len(terms), "limit": limit + 1, "read": READ}
    for place, (term, words) in enumerate(zip(terms, near, strict=True)):
        ways += _ways(place, term, words, values)
    end = "LIMIT {read:UInt32}" if len(terms) == 1 else ""
    return store.select(
        MATCHES.format(ways="\nUNION ALL\n".join(f"({way} {end})" for way in ways)),
        values,
        settings=AS_THEY_STAND,
    )


# Of each customer and term the nearest word; then who has one for every term.
MATCHES = """
WITH ways AS (
{ways}
),
owned AS (
    SELECT dictGetOrDefault('identity_known', 'owner', customer_id, customer_id) AS owner, term,
           min((rank, length(word), word, kind != 'name', kind)) AS nearest
    FROM ways GROUP BY owner, term
)
SELECT owner, sum(nearest.1) AS rank, arraySort(groupArray((term, nearest.3, nearest.5))) AS words
FROM owned GROUP BY owner HAVING count() = {{terms:UInt8}} ORDER BY rank, owner LIMIT {{limit:UInt32}}"""


def _ways(place: int, term: Term, near: dict[str, int], values: dict[str, Any]) -> list[str]:
    """Each way to read a term as a SELECT; what they look for is bound under names of their own."""
    values |= {f"whole_{place}": list(term.whole), f"kind_{place}": term.kind}
    values |= {f"begin_{place}_{n}": begin for n, begin in enumerate(term.begins)}
    whole = f"word IN {{whole_{place}:Array(String)}}"
    begins = (
        " OR ".join(f"startsWith(word, {{begin_{place}_{n}:String}})" for n in range(len(term.begins))) or "0"
    )
    other = "kind != 'ending'" + (f" AND lower(kind) = {{kind_{place}:String}}" if term.kind else "")
    ways = [_way(place, WHOLE, f"{whole} AND {other}"), _way(place, BEGINS, f"({begins}) AND {other}")]
    if term.end:
        values[f"end_{place}"] = term.end
        ways.append(_way(place, ENDS, f"startsWith(word, {{end_{place}:String}}) AND kind = 'ending'"))
    if near:
        values |= {f"near_{place}": list(near), f"rank_{place}": list(near.values())}
        rank = f"transform(word, {{near_{place}:Array(String)}}, {{rank_{place}:Array(UInt8)}}, {SOUNDS})"
        ways.append(_way(place, rank, f"word IN {{near_{place}:Array(String)}} AND {other}"))
    return ways


def _way(place: int, rank: int | str, where: str) -> str:
    return (
        f"SELECT toUInt8({place}) AS term, toUInt8({rank}) AS rank, word, toString(kind) AS kind, customer_id"
        f" FROM search WHERE {where}"
    )


# Words


def _near(store: Store, terms: Sequence[Term]) -> list[dict[str, int]]:
    """Of each term the stored words that have it within, or sound like it, with how near they are."""
    forms = {term.letters: _form(term.letters) for term in terms if term.letters}
    rows = _alike(store, forms) if forms else []
    return [_ranked(forms[term.letters], rows, term.letters) if term.letters else {} for term in terms]


def _alike(store: Store, forms: dict[str, str]) -> list[Row]:
    """Stored words that have one of these within, or the same consonants: letters, word, within; of each the shortest."""
    asked = "arrayJoin(arrayZip({letters:Array(String)}, {sounds:Array(String)}))"
    return store.select(
        f"""
        WITH asked AS (SELECT {asked}.1 AS letters, {asked}.2 AS wanted)
        SELECT letters, word, max(inside) AS within FROM (
            SELECT letters, word, 0 AS inside FROM search_words JOIN asked ON sound = wanted
            WHERE sound IN {{sounds:Array(String)}}
            UNION ALL
            SELECT letters, word, 1 AS inside FROM search_words CROSS JOIN asked
            WHERE length(letters) >= {{least:UInt8}} AND position(word, letters) > 0
        ) GROUP BY letters, word ORDER BY length(word), word LIMIT {{near:UInt32}} BY letters""",
        {
            "letters": list(forms),
            "sounds": [skeleton(form) for form in forms.values()],
            "near": NEAR,
            "least": INSIDE,
        },
        settings=AS_THEY_STAND,
    )


def _ranked(form: str, rows: list[Row], letters: str) -> dict[str, int]:
    """Words that have the letters within, and those that may be the same name: the nearer, the smaller the number."""
    own = [row for row in rows if row["letters"] == letters]
    near = {row["word"]: WITHIN for row in own if row["within"]}
    others = [row["word"] for row in own if not row["within"]]
    if not others:
        return near
    closeness = zip(others, reading([form] * len(others), list(map(_form, others))), strict=True)
    return near | {word: SOUNDS + round((1 - close) * 20) for word, close in closeness if close >= CLOSE}


def _form(word: str) -> str:
    """A name in the form in which names are compared."""
    return (name_words(word) or [word])[0]
