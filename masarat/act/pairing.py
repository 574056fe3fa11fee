"""Which customers may be one, and which of them are merged without asking: the plan of a review, which changes nothing.

Without asking are merged those of whom `models/candidates.py` is sure, every one of a group with every other, where nobody has ever said
otherwise and the shop's setting `merge_above` allows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from masarat.analyse.contacts import as_they_came, contacts
from masarat.models.candidates import candidates, learned
from masarat.models.certainty import agreed
from masarat.models.comparable import comparable
from masarat.records.review import Two, two
from masarat.resolve.identity import Identity
from masarat.settings import Settings
from masarat.store import Store, identities

Owners = Mapping[str, str]  # by which identifier somebody's customer is called, where it is another


@dataclass(frozen=True, slots=True)
class Plan:
    """How many customers were compared, and how many times one was passed over who shares even two values with too many; every pair that may be one (`one`,
    `other` and what `candidates` says of it), those with a strong identifier first; and those of them to be merged."""

    customers: int
    skipped: int
    pairs: pl.DataFrame
    merges: pl.DataFrame


def plan(identity: Identity, settings: Settings) -> Plan:
    """Look at all customers. What one person under two names looks like is learned from them as they came: those who are merged by now are the
    best examples."""
    resolver, store = identity.resolver, identity.store
    alone = {said.one or said.other for said in resolver.decisions if said.what == "alone"}
    known, came = contacts(store), as_they_came(store)
    make = partial(comparable, rules=resolver.rules, country=settings.country, apart=resolver.shared | alone)
    model = learned(make(came)) if came.height != known.height else None
    found = candidates(make(known), model)
    named = called(found.pairs.rename({"left": "one", "right": "other"}), {})
    apart = customers_of(
        store, [(said.one, said.other) for said in resolver.decisions if said.what == "never"]
    )
    pairs = without(named, apart).sort("strong", "probability", descending=True, maintain_order=True)
    return Plan(known.height, found.skipped, pairs, _merges(store, pairs, settings.merge_above))


def _merges(store: Store, pairs: pl.DataFrame, above: float) -> pl.DataFrame:
    """Pairs of which there is no doubt, and of whom nobody has ever taken back what was decided."""
    sure = pairs.filter((pl.col("verdict") == "merge") & (pl.col("probability") >= above) & (above < 1))
    sure = without(sure, customers_of(store, identities.taken_back(store)))
    joined = agreed(sure.select("one", "other").iter_rows())
    return sure.join(_frame(joined), on=["one", "other"], how="semi", maintain_order="left")


def owners_of(store: Store, names: Collection[str]) -> dict[str, str]:
    """Whose identifiers these are now."""
    return dict(identities.owners_of(store, names).select("identifier", "owner").iter_rows())


def customers_of(store: Store, said: Collection[Two]) -> set[Two]:
    """The two customers to whom each two of these identifiers belong now."""
    pairs = [(one, other) for one, other in said if one and other]
    owners = owners_of(store, {name for pair in pairs for name in pair})
    return {now_called(*pair, owners) for pair in pairs}


def now_called(one: str, other: str, owners: Owners) -> Two:
    return two(owners.get(one, one), owners.get(other, other))


def called(pairs: pl.DataFrame, owners: Owners) -> pl.DataFrame:
    """The pairs by the names of their customers now; of those that come to the same the first; those that are one by now are gone."""
    ends = [pl.col(end).replace(dict(owners)) if owners else pl.col(end) for end in ("one", "other")]
    named = pairs.with_columns(one=pl.min_horizontal(ends), other=pl.max_horizontal(ends))
    return named.filter(pl.col("one") != pl.col("other")).unique(
        ["one", "other"], keep="first", maintain_order=True
    )


def without(pairs: pl.DataFrame, some: Collection[Two]) -> pl.DataFrame:
    return pairs.join(_frame(some), on=["one", "other"], how="anti", maintain_order="left")


def _frame(some: Iterable[Two]) -> pl.DataFrame:
    return pl.DataFrame(list(some), schema={"one": pl.String, "other": pl.String}, orient="row")
