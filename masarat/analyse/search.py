"""Customers found by anything they are known by: a short list, the nearest first, with what each was found by.

The table `search` has every word of names and identifiers, so that words that are, or begin with, what was typed are read in one stretch.
Where those are too few, `search_words` tells which words have it within, or sound like it in the other script.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from masarat.analyse.found import Hit, Match, described
from masarat.analyse.people import OWNER_NOW
from masarat.analyse.typed import INSIDE, Term, apart, read
from masarat.errors import BadParameter
from masarat.events import hash_of
from masarat.models.candidates import CLOSE, reading
from masarat.store import AS_THEY_LIE, Row, Store
from masarat.words.folding import fold
from masarat.words.names import name_words, skeleton

WHOLE, BEGINS, ENDS, WITHIN, SOUNDS = range(5)  # how near a word is to what was typed
NO = 99  # it is not
AT_MOST = 100  # customers of one list
READ = 2_000  # rows of each way to read a single word: more are not told apart
RARE = 10_000  # rows of one term, of several: what has fewer is rare
NEAR = 500  # words that have it within, or sound like it


@dataclass(frozen=True, slots=True)
class Listed:
    """What a search finds; `more` tells that others match as well."""

    hits: list[Hit]
    more: bool

    def to_json(self) -> dict[str, Any]:
        return {"customers": [hit.to_json() for hit in self.hits], "more": self.more}


def search(store: Store, text: str, limit: int = 10, sources: Collection[str] = ()) -> Listed:
    """The customers whom a text may mean, at most `limit`; a bare number may be one that one of these sources gave a customer.

    BadParameter where it says too little.
    """
    if not 1 <= limit <= AT_MOST:
        raise BadParameter(f"limit {limit} is out of bounds.", f"Write a number from 1 to {AT_MOST}.")
    terms = read(text, store.settings.country)
    ways: tuple[Callable[[], list[Match]], ...] = (
        lambda: _matches(store, terms, limit),
        lambda: _by_number(store, text, sources),
    )
    found, numbered = store.side_by_side(lambda way: way(), ways)
    if len(terms) == 1 and len(found) <= limit:
        known = {match.owner for match in found}
        found = [match for match in numbered if match.owner not in known] + found
    if found:
        return Listed(described(store, found[:limit]), len(found) > limit)
    return _search_apart(store, terms, limit)


def _search_apart(store: Store, terms: list[Term], limit: int) -> Listed:
    """The same with letters and digits taken apart, where nobody has them as they were typed."""
    parts = apart(terms)
    found = _matches(store, parts, limit) if parts != terms else []
    return Listed(described(store, found[:limit], [term.whole[0] for term in terms]), len(found) > limit)


def _matches(store: Store, terms: Sequence[Term], limit: int) -> list[Match]:
    """Who matches every term, the nearest first, one more than asked for."""
    values: dict[str, Any] = {"most": limit + 1, "read": READ}
    if len(terms) == 1:
        return _of_one(store, terms[0], limit, values)
    near = _near(store, terms)
    ways = [_way(place, term, near[place], values) for place, term in enumerate(terms)]
    return _of_several(store, ways, values)


@dataclass(frozen=True, slots=True)
class _Way:
    """A term as SQL: which words it is as a whole, which begin or end with it, which are close to it, and how near each is."""

    place: int
    whole: str
    begins: str
    close: str
    rank: str

    @property
    def either(self) -> str:
        return f"({self.whole} OR {self.begins} OR {self.close})"

    def rows(self, where: str) -> str:
        return (
            f"SELECT {OWNER_NOW} AS owner, {self.place} AS term, word, toString(kind) AS kind, toUInt8({self.rank}) AS rank"
            f" FROM search WHERE {where}"
        )


def _of_one(store: Store, term: Term, limit: int, values: dict[str, Any]) -> list[Match]:
    """Of each customer the nearest word: those who have it as it is; as long as there are too few, those whose begins or ends with it, and
    those who have one like it. Each way stops once it has read enough: a common name has hundreds of thousands."""
    way, found = _way(0, term, {}, values), dict[int, Match]()
    _add(store, way, f"({way.whole} OR {way.begins})" if term.is_complete else way.whole, found, values)
    if len(found) <= limit and not term.is_complete:
        _add(store, way, way.begins, found, values)
    if len(found) <= limit and (near := _near(store, [term])[0]):
        way = _way(0, term, near, values)
        _add(store, way, way.close, found, values)
    return list(found.values())[: limit + 1]


def _add(store: Store, way: _Way, where: str, found: dict[int, Match], values: dict[str, Any]) -> None:
    """Those who match this way, the nearest first, behind those who were found before."""
    sql = f"""
SELECT owner, word, kind FROM ({way.rows(where)} LIMIT {{read:UInt32}})
ORDER BY rank, length(word), word, kind != 'name', kind, owner LIMIT 1 BY owner LIMIT {{most:UInt32}}"""
    for row in store.select(sql, values, settings=AS_THEY_LIE):
        found.setdefault(row["owner"], Match(row["owner"], [(row["word"], row["kind"])]))


def _of_several(store: Store, ways: Sequence[_Way], values: dict[str, Any]) -> list[Match]:
    """Who has a word for every term, and of each term the nearest: looked for among those who have the rarest."""
    rarest = _rarest(store, ways, values)
    among = f"{OWNER_NOW} GLOBAL IN (SELECT {OWNER_NOW} FROM search WHERE {rarest.either})"
    rows = [way.rows(way.either if way is rarest else f"{way.either} AND {among}") for way in ways]
    places = range(len(ways))
    nearest = "argMinIf((word, kind), (rank, length(word), word, kind != 'name', kind), term = {})".format
    sql = f"""
SELECT owner, [{", ".join(map(nearest, places))}] AS words, [{", ".join(f"minIf(rank, term = {place})" for place in places)}] AS ranks
FROM ({" UNION ALL ".join(rows)})
GROUP BY owner HAVING uniqExact(term) = {len(ways)}
ORDER BY arraySum(ranks), owner LIMIT {{most:UInt32}}"""
    found = store.select(sql, values, settings=AS_THEY_LIE)
    return [Match(row["owner"], [(word, kind) for word, kind in row["words"]]) for row in found]


def _rarest(store: Store, ways: Sequence[_Way], values: dict[str, Any]) -> _Way:
    """The term that the fewest words may be; counted only so far as to tell rare ones from common ones."""
    counted = " UNION ALL ".join(
        f"SELECT {way.place} AS term, count() AS n FROM (SELECT 1 FROM search WHERE {way.either} LIMIT {{rare:UInt32}})"
        for way in ways
    )
    sql = f"SELECT * FROM ({counted}) ORDER BY n, term LIMIT 1"
    rows = store.select(sql, values | {"rare": RARE}, settings=AS_THEY_LIE)
    return ways[rows[0]["term"]]


def _way(place: int, term: Term, near: dict[str, int], values: dict[str, Any]) -> _Way:
    """A term as SQL; what it looks for is bound under names of its own."""
    values |= {f"whole_{place}": list(term.whole), f"kind_{place}": term.kind, f"end_{place}": term.end}
    values |= {f"begin_{place}_{n}": begin for n, begin in enumerate(term.begins)}
    values |= {f"near_{place}": list(near), f"rank_{place}": list(near.values())} if near else {}
    kind = f"kind != 'ending' AND lower(kind) = {{kind_{place}:String}}" if term.kind else "kind != 'ending'"
    whole = f"word IN {{whole_{place}:Array(String)}}"
    begins = " OR ".join(f"startsWith(word, {{begin_{place}_{n}:String}})" for n in range(len(term.begins)))
    ends = f"kind = 'ending' AND startsWith(word, {{end_{place}:String}})" if term.end else "0"
    close = f"word IN {{near_{place}:Array(String)}}" if near else "0"
    far = (
        f"transform(word, {{near_{place}:Array(String)}}, {{rank_{place}:Array(UInt8)}}, {NO})"
        if near
        else NO
    )
    return _Way(
        place,
        whole=f"({kind} AND {whole})",
        begins=f"({kind} AND ({begins or 0}) OR {ends})",
        close=f"({kind} AND {close})",
        rank=f"multiIf(kind = 'ending', {ENDS}, {whole}, {WHOLE}, {begins or 0}, {BEGINS}, {far})",
    )


# Numbers


def _by_number(store: Store, text: str, sources: Collection[str]) -> list[Match]:
    """Who ordered under a number of a source's own of which no fact is told: typed whole, with or without its source."""
    source, _, number = text.strip().rpartition(":")
    if not any(map(str.isdigit, number)):
        return []
    kinds = [source] if source else ["user", *sources]
    forms = (number, fold(number), fold(number).upper())
    named = {hash_of(f"{kind}:{one}"): (one, kind) for kind in kinds for one in forms}
    rows = store.select(
        f"SELECT customer_id, {OWNER_NOW} AS owner FROM events WHERE customer_id IN {{ids:Array(UInt64)}}"
        " GROUP BY customer_id ORDER BY customer_id",
        {"ids": list(named)},
    )
    return [Match(row["owner"], [named[row["customer_id"]]]) for row in rows]


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
        settings=AS_THEY_LIE,
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
