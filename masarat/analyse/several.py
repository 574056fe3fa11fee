"""Who has a word for every one of several terms: of each term whose its words are, and how near; of the nearest who have all, the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from masarat.analyse.found import Match
from masarat.analyse.nearness import BEGINS, HASH, NO, Way
from masarat.analyse.people import OWNER_NOW
from masarat.store import AS_THEY_LIE, Store

# What stands of these customers, under all their identifiers and a few more.
THEIRS = """customer_id GLOBAL IN (
    SELECT arrayJoin({owners:Array(UInt64)}) UNION ALL SELECT from_id FROM identity_overrides WHERE owner IN {owners:Array(UInt64)}
)"""


def several(store: Store, ways: Sequence[Way], most: int) -> list[Match]:
    """Who has a word for every term, with the nearest of each term: the nearest first, at most so many."""
    each = store.side_by_side(lambda way: _owners(store, way), ways)
    owners = _nearest(each, most)
    if not owners:
        return []
    ways = [way.only(_of(rows, owners)["word"].to_list()) for way, rows in zip(ways, each, strict=True)]
    return _matches(owners, _words(store, ways, owners), ways)


def _owners(store: Store, way: Way) -> pl.DataFrame:
    """Whose the words near a term are, and how near. The words come as hashes, since there may be hundreds of thousands."""
    sql = f"SELECT {OWNER_NOW} AS owner, {HASH} AS hash FROM search WHERE {way.either}"
    rank = pl.col("hash").replace_strict(way.ranks, default=BEGINS, return_dtype=pl.UInt16)
    return store.frame(sql, way.values, settings=AS_THEY_LIE).select("owner", rank=rank, word="hash")


def _of(rows: pl.DataFrame, owners: list[int] | pl.Series) -> pl.DataFrame:
    return rows.filter(pl.col("owner").is_in(owners))


def _nearest(each: Sequence[pl.DataFrame], most: int) -> list[int]:
    """Customers of every term, first those whose words are nearest in sum."""
    few, *more = sorted(each, key=len)
    found = _one_each(few)
    for rows in more:
        found = found.join(_one_each(_of(rows, found["owner"].implode())), on="owner").select(
            "owner", pl.col("rank") + pl.col("rank_right")
        )
    return found.sort("rank", "owner")["owner"].head(most).to_list()


def _one_each(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by("owner").agg(pl.col("rank").min())


def _words(store: Store, ways: Sequence[Way], owners: list[int]) -> pl.DataFrame:
    """The words of these customers that are near a term."""
    values: dict[str, Any] = {name: value for way in ways for name, value in way.values.items()}
    sql = f"""
SELECT word, kind, {OWNER_NOW} AS owner FROM search
WHERE ({" OR ".join(way.either for way in ways)}) AND {THEIRS} AND owner IN {{owners:Array(UInt64)}}"""
    return store.frame(sql, {**values, "owners": owners}, settings=AS_THEY_LIE)


def _matches(owners: list[int], words: pl.DataFrame, ways: Sequence[Way]) -> list[Match]:
    """Of each of these customers the word nearest to each term; without those who lost one since they were found."""
    told: dict[int, list[tuple[str, str]]] = {owner: [] for owner in owners}
    for word, kind, owner in words.iter_rows():
        told[owner].append((word, kind))
    nearest = ((owner, [_nearest_word(way, theirs) for way in ways]) for owner, theirs in told.items())
    return [
        Match(owner, found)
        for owner, each in nearest
        if len(found := [one for one in each if one]) == len(ways)
    ]


def _nearest_word(way: Way, words: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The nearest; of several the shortest, and rather a name than an identifier."""
    near = [
        (rank, len(word.encode()), word, kind != "name", kind)
        for word, kind in words
        if (rank := way.rank(word, kind)) != NO
    ]
    if not near:
        return None
    _, _, word, _, kind = min(near)
    return word, kind
