"""Customers found by anything they are known by: a short list, the nearest first, with what each was found by.

The table `search` has every word of names and identifiers, so that words that are, or begin with, what was typed are read in one stretch.
Where those are too few, `search_words` tells which words have it within, or sound like it in the other script (`nearness`).

Such reads take the engine less time than understanding what is asked, so what is asked is kept short: conditions that an index answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from masarat.analyse.found import Hit, Match, described
from masarat.analyse.nearness import Way, words_near
from masarat.analyse.people import OWNER_NOW
from masarat.analyse.several import several
from masarat.analyse.typed import Term, apart, read
from masarat.errors import BadParameter
from masarat.events import hash_of
from masarat.store import AS_THEY_LIE, Store
from masarat.words.folding import fold

AT_MOST = 100  # customers of one list
READ = 2_000  # rows of each way to read a single word: more are not told apart


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
    found = (
        _of_one_or_number(store, text, terms[0], limit, sources)
        if len(terms) == 1
        else _matches(store, terms, limit)
    )
    if found:
        return Listed(described(store, found[:limit]), len(found) > limit)
    return _search_apart(store, terms, limit)


def _of_one_or_number(
    store: Store, text: str, term: Term, limit: int, sources: Collection[str]
) -> list[Match]:
    """Who matches a single term; before them, where they are few, whose number it is."""
    ways: tuple[Callable[[], list[Match]], ...] = (
        lambda: _of_one(store, term, limit),
        lambda: _by_number(store, text, sources),
    )
    found, numbered = store.side_by_side(lambda way: way(), ways)
    if len(found) > limit:
        return found
    known = {match.owner for match in found}
    return [match for match in numbered if match.owner not in known] + found


def _search_apart(store: Store, terms: list[Term], limit: int) -> Listed:
    """The same with letters and digits taken apart, where nobody has them as they were typed."""
    parts = apart(terms)
    found = _matches(store, parts, limit) if parts != terms else []
    return Listed(described(store, found[:limit], [term.whole[0] for term in terms]), len(found) > limit)


def _matches(store: Store, terms: Sequence[Term], limit: int) -> list[Match]:
    """Who matches every term, the nearest first, one more than asked for."""
    if len(terms) == 1:
        return _of_one(store, terms[0], limit)
    near = words_near(store, terms)
    return several(store, [Way(place, term, near[place]) for place, term in enumerate(terms)], limit + 1)


def _of_one(store: Store, term: Term, limit: int) -> list[Match]:
    """Of each customer the nearest word: those who have it as it is; as long as there are too few, those whose begins or ends with it, and
    those who have one like it. Each way stops once it has read enough: a common name has hundreds of thousands."""
    way, found = Way(0, term), dict[int, Match]()
    if term.is_complete:
        _add(store, way, way.known, limit, found, "kind = 'ending', word NOT IN {whole_0:Array(String)},")
    else:
        _add(store, way, way.whole, limit, found)
        if len(found) <= limit:
            _add(store, way, way.begins, limit, found, "kind = 'ending',")
    if len(found) <= limit and (near := words_near(store, [term])[0]):
        way = Way(0, term, near)
        nearest = "transform(word, {near_0:Array(String)}, {rank_0:Array(UInt8)}, 99),"
        _add(store, way, way.close, limit, found, nearest)
    return list(found.values())[: limit + 1]


def _add(store: Store, way: Way, where: str, limit: int, found: dict[int, Match], first: str = "") -> None:
    """Those who match this way, the nearest first (of these words the shortest), behind those who were found before."""
    sql = f"""
SELECT word, kind, {OWNER_NOW} AS owner FROM (SELECT word, kind, customer_id FROM search WHERE {where} LIMIT {{read:UInt32}})
ORDER BY {first} length(word), word, kind != 'name', kind, owner LIMIT 1 BY owner LIMIT {{most:UInt32}}"""
    values = {**way.values, "read": READ, "most": limit + 1}
    for row in store.select(sql, values, settings=AS_THEY_LIE):
        found.setdefault(row["owner"], Match(row["owner"], [(row["word"], row["kind"])]))


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
