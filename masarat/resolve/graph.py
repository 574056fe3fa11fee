"""From links to customers: pure, and a function of the set of links alone, so that the order in which they came cannot matter.

Two identifiers seen together are a link. People's decisions count first; then links in one canonical order: between stronger kinds
first, then the earlier, then by their text. A link that would give a customer more of a kind than its limit, or bring together
what somebody said to be two, gives way. An identifier seen with too many others is shared (a till's default phone, a tablet on
the counter) and joins nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from masarat.resolve.identifiers import CROWD, Rules

What = Literal["merge", "never", "alone", "withdrawn"]
LINKS: dict[str, pl.DataType] = {"one": pl.String(), "other": pl.String(), "ts": pl.Datetime("ms", "UTC")}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said: `merge` two identifiers, `never` merge them, or let one stand `alone` (there is no other)."""

    what: What
    one: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is who: `owners` tells of every identifier by which its customer is called, `refused` which links gave way and why."""

    owners: pl.DataFrame  # identifier, owner
    refused: pl.DataFrame  # one, other, why: a kind of which there would be too many, or 'never'
    shared: frozenset[str]


def resolve(
    links: pl.DataFrame,
    rules: Rules,
    decisions: Collection[Decision] = (),
    *,
    shared: Collection[str] = (),
    within: Collection[str] | None = None,
) -> Resolved:
    """The customers of these links.

    `within` says that only these identifiers are looked at, of which all links are given; links that lead out of them count for what
    is shared and when somebody was first seen, and join nobody. `shared` are identifiers known to be shared.
    """
    links = distinct(links)
    known = _described(links, rules, decisions, within)
    found = frozenset(shared) | shared_of(links, known)
    alone = {decision.one for decision in decisions if decision.what == "alone"}
    known = known.filter(~pl.col("identifier").is_in(list(found | alone)))
    joining = _Joining(known, decisions)
    refused = joining.join(_ranked(links, known))
    owners = joining.owners(_first_seen(links))
    return Resolved(_with_single(owners, links, found | alone, within), refused, found)


def distinct(links: pl.DataFrame) -> pl.DataFrame:
    """Every pair once, its smaller text first, at its earliest time."""
    return (
        links.select(
            one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other"), ts=pl.col("ts")
        )
        .filter(pl.col("one") != pl.col("other"))
        .group_by("one", "other")
        .agg(pl.col("ts").min())
    )


def both_ways(links: pl.DataFrame) -> pl.DataFrame:
    """Every link once from each of its ends."""
    return pl.concat([links, links.rename({"one": "other", "other": "one"}).select(links.columns)])


def shared_of(links: pl.DataFrame, known: pl.DataFrame) -> frozenset[str]:
    """Identifiers seen with more others than one person can have."""
    kinds = known.select(other="identifier", of="kind", named="names")
    counted = both_ways(links).join(kinds, on="other").group_by("one", "of", "named").agg(n=pl.len())
    reach = counted.join(known.select(one="identifier", reach="reach"), on="one")
    crowd = pl.col("n").sum().over("one") > CROWD
    return frozenset(reach.filter((pl.col("named") & (pl.col("n") > pl.col("reach"))) | crowd)["one"])


def _described(
    links: pl.DataFrame, rules: Rules, decisions: Collection[Decision], within: Collection[str] | None
) -> pl.DataFrame:
    """What is known of every identifier that may join somebody."""
    said = [name for decision in decisions for name in (decision.one, decision.other) if name]
    named = pl.concat([links["one"], links["other"], pl.Series("one", said, dtype=pl.String)]).unique()
    known = rules.describe(named).filter("usable")
    inside = pl.lit(True) if within is None else pl.col("identifier").is_in(list(within))
    return known.with_columns(inside=inside)


def _ranked(links: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The links that may join, in the order in which they count."""
    ends = known.filter("inside").select("identifier", "place")
    both = links.join(ends, left_on="one", right_on="identifier").join(
        ends, left_on="other", right_on="identifier", suffix="_other"
    )
    return both.sort(
        pl.max_horizontal("place", "place_other"),
        pl.min_horizontal("place", "place_other"),
        "ts",
        "one",
        "other",
    ).select("one", "other")


def _first_seen(links: pl.DataFrame) -> pl.DataFrame:
    return both_ways(links).group_by("one").agg(first=pl.col("ts").min())


def _with_single(
    owners: pl.DataFrame, links: pl.DataFrame, apart: Collection[str], within: Collection[str] | None
) -> pl.DataFrame:
    """And everybody who is not joined with anybody owns himself."""
    named = pl.concat([links["one"], links["other"], pl.Series("one", sorted(apart), dtype=pl.String)])
    if within is not None:
        named = pl.Series("one", sorted(within), dtype=pl.String)
    single = named.unique().rename("identifier").to_frame().join(owners, on="identifier", how="anti")
    return pl.concat([owners, single.with_columns(owner="identifier")]).sort("identifier")


class _Joining:
    """Sets of identifiers that grow together (union–find), each with how many of every kind it has."""

    def __init__(self, known: pl.DataFrame, decisions: Iterable[Decision]) -> None:
        self.known = known.filter("inside")
        names = self.known["identifier"].to_list()
        self.codes = {name: code for code, name in enumerate(names)}
        self.kinds: list[str] = self.known["kind"].to_list()
        self.limits = dict(self.known.select("kind", "limit").unique().iter_rows())
        self.parent = list(range(len(names)))
        self.counts: list[dict[str, int] | None] = [None] * len(names)  # None: itself alone
        self.enemies: dict[int, set[int]] = {}
        pairs = sorted((d.one, d.other, d.what) for d in decisions if d.what in ("merge", "never"))
        inside = [pair for pair in pairs if pair[0] in self.codes and pair[1] in self.codes]
        for one, other, what in inside:
            if what == "never":
                self.enemies.setdefault(self.codes[one], set()).add(self.codes[other])
                self.enemies.setdefault(self.codes[other], set()).add(self.codes[one])
        for one, other, what in inside:
            if what == "merge":
                self._try(self.codes[one], self.codes[other], decided=True)

    def join(self, ranked: pl.DataFrame) -> pl.DataFrame:
        """Take the links one after the other; those that gave way come back."""
        refused = []
        for one, other in ranked.iter_rows():
            if why := self._try(self.codes[one], self.codes[other]):
                refused.append((one, other, why))
        return pl.DataFrame(refused, schema=dict.fromkeys(("one", "other", "why"), pl.String()), orient="row")

    def owners(self, first_seen: pl.DataFrame) -> pl.DataFrame:
        """Everybody by the identifier of the strongest kind of their customer; of several the one that was seen first."""
        roots = [self._root(code) for code in range(len(self.parent))]
        members = self.known.with_columns(root=pl.Series(roots, dtype=pl.Int64))
        members = members.join(first_seen, left_on="identifier", right_on="one", how="left")
        best = (
            members.sort("place", "first", "identifier", nulls_last=True)
            .group_by("root")
            .agg(owner=pl.col("identifier").first())
        )
        return members.join(best, on="root").select("identifier", "owner")

    def _try(self, one: int, other: int, *, decided: bool = False) -> str:
        """Join two sets; where that may not be, the reason."""
        one, other = self._root(one), self._root(other)
        if one == other:
            return ""
        mine, its = self._counts(one), self._counts(other)
        if len(mine) < len(its):
            one, other, mine, its = other, one, its, mine
        if self.enemies and self._apart(one, other):
            return "never"
        if not decided:
            for kind, count in its.items():
                if mine.get(kind, 0) + count > self.limits[kind] and kind in mine:
                    return kind
        for kind, count in its.items():
            mine[kind] = mine.get(kind, 0) + count
        self.parent[other], self.counts[one], self.counts[other] = one, mine, None
        if other in self.enemies:
            self.enemies.setdefault(one, set()).update(self.enemies.pop(other))
        return ""

    def _counts(self, root: int) -> dict[str, int]:
        return self.counts[root] or {self.kinds[root]: 1}

    def _apart(self, one: int, other: int) -> bool:
        """Whether somebody said that one of these is not one of those."""
        return any(self._root(enemy) == other for enemy in self.enemies.get(one, ()))

    def _root(self, code: int) -> int:
        parent = self.parent
        while parent[code] != code:
            parent[code] = parent[parent[code]]
            code = parent[code]
        return code
