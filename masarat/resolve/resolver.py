"""The graph as it stands in the store, kept up to date: new links and decisions in, changed owners out, each with a record.

A batch of links first looks at the customers that it touches and no farther. If it only brings whole customers together, nothing
else can have changed (limits only ever forbid more); only where something comes apart is the whole stretch looked at that is
connected with it by any link. Either ends in the owners that all links of the store at once would give (`tests/resolve/test_resolver.py`).

Links are kept last, after the owners that they change: what a crash interrupts is done again when they come in again.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import replace

import polars as pl

from masarat.errors import BadParameter
from masarat.resolve import recording
from masarat.resolve.graph import LINKS, Decision, Resolved, both_ways, distinct, resolve, shared_of
from masarat.resolve.identifiers import REACH, Rules
from masarat.resolve.links import SEEN
from masarat.store import Store, identities

BULK = 250_000  # more links than this at once: everything is resolved anew
ROUNDS = 12  # and so it is where a stretch is longer than this

Found = tuple[Resolved, pl.DataFrame]  # who is who among some identifiers, and whose they were


class Resolver:
    """Who is who in one store. Thread-safe: one batch at a time."""

    def __init__(self, store: Store, rules: Rules) -> None:
        self.store, self.rules = store, rules
        self._guard = threading.RLock()
        self._shared: frozenset[str] | None = None
        self._decisions: list[Decision] | None = None

    def take(self, links: pl.DataFrame) -> int:
        """Add links (columns of `SEEN`) and say how many identifiers have changed owners. The same links again change nothing."""
        with self._guard:
            links = self._usable(links)
            fresh = links if links.height > BULK else self._fresh(links)
            if fresh.is_empty():
                return 0
            found, stands = self._all(fresh) if fresh.height > BULK else self._some(fresh)
            changed = self._apply(found, stands, fresh, "", recording.RULES)
            identities.add_links(self.store, fresh)
            return changed

    def catch_up(self, source: str = "") -> int:
        """Take the links of events that are in the store already: after an import, of its source."""
        with self._guard:
            return sum(self.take(part) for part in identities.pairs_in_events(self.store, source))

    def decide(self, decision: Decision, why: str, actor: str) -> int:
        """Keep what a person decided, and say how many identifiers have changed owners by it."""
        return self.decide_all([decision], why, actor)

    def decide_all(self, decisions: Sequence[Decision], why: str, actor: str) -> int:
        """The same with decisions of which one reason holds. All are taken, or none."""
        names = sorted({name for decision in decisions for name in (decision.one, decision.other) if name})
        described = self.rules.describe(pl.Series(names, dtype=pl.String))
        if nobody := described.filter(~pl.col("usable"))["identifier"].to_list():
            raise BadParameter(
                f"{nobody[0]!r} names nobody in particular.", "Decide of an identifier that is one person's."
            )
        with self._guard:
            self._decisions = _with(self.decisions, decisions)
            none = pl.DataFrame(schema=SEEN)
            found, stands = self._far(names, none)
            ends = [(one or other, other or one) for one, other in map(_pair, decisions)]
            said = pl.DataFrame([(*two, None, "", "") for two in ends], schema=SEEN, orient="row")
            changed = self._apply(found, stands, said, why or decisions[0].what, actor)
            kept = [(*_pair(decision), decision.what) for decision in decisions]
            identities.add_decisions(self.store, kept, why, actor)
            return changed

    def rebuild(self) -> int:
        """Resolve all links of the store anew, after the rules have changed."""
        with self._guard:
            none = pl.DataFrame(schema=SEEN)
            return self._apply(*self._all(none), none, "the rules have changed", recording.RULES)

    def forget(self) -> None:
        """Nothing is known any more of what stands in the store."""
        with self._guard:
            self._decisions = self._shared = None

    @property
    def decisions(self) -> list[Decision]:
        """What people said, as it stands."""
        if self._decisions is None:
            rows = identities.decisions(self.store)
            self._decisions = [Decision(row["what"], row["one"], row["other"]) for row in rows]
        return self._decisions

    @property
    def shared(self) -> frozenset[str]:
        """Identifiers that are known to be shared: nobody need walk through their links again."""
        if self._shared is None:
            many = identities.crowded(self.store, REACH)
            known = self.rules.describe(pl.concat([many["one"], many["other"]]).unique())
            self._shared = shared_of(distinct(many), known.filter("usable")) & frozenset(many["one"])
        return self._shared

    # What of a batch is new

    def _usable(self, links: pl.DataFrame) -> pl.DataFrame:
        """Each pair once, at its earliest, of identifiers that may join somebody."""
        known = self.rules.describe(pl.concat([links["one"], links["other"]]).unique()).filter("usable")
        ordered = links.with_columns(
            one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other")
        )
        return (
            ordered.filter(pl.col("one") != pl.col("other"))
            .join(known.select(one="identifier"), on="one", how="semi")
            .join(known.select(other="identifier"), on="other", how="semi")
            .sort("ts", "event_id")
            .unique(["one", "other"], keep="first", maintain_order=True)
            .select(SEEN.keys())
        )

    def _fresh(self, links: pl.DataFrame) -> pl.DataFrame:
        """Those that do not stand yet, or stand later. Each is looked for from an end that is not shared: those have thousands."""
        if links.is_empty():
            return links
        shared = pl.col("one").is_in(list(self.shared))
        ends = links.select(pl.when(shared).then("other").otherwise("one")).to_series()
        stands = distinct(identities.links_of(self.store, ends.unique().to_list())).rename({"ts": "stood"})
        both = links.join(stands, on=["one", "other"], how="left", maintain_order="left")
        return both.filter(pl.col("stood").is_null() | (pl.col("ts") < pl.col("stood"))).drop("stood")

    # Who is who, for as many as need be

    def _some(self, fresh: pl.DataFrame) -> Found:
        ends = set(fresh["one"]) | set(fresh["other"])
        names = ends - self.shared
        found, stands = self._near(names, fresh)
        return (found, stands) if self._calm(found, stands) else self._far(names, fresh)

    def _near(self, names: Collection[str], fresh: pl.DataFrame) -> Found:
        """The customers of these identifiers as the links among them make them."""
        inside: set[str] = set()
        links, owners = [pl.DataFrame(schema=LINKS)], [identities.owners_of(self.store, names)]
        edge = set(names)
        while edge:
            inside |= edge
            seen = self._links(edge, fresh)
            links.append(seen)
            ends = set(seen["other"]) - inside
            owners.append(identities.owners_of(self.store, ends))
            owner = dict(pl.concat(owners).select("identifier", "owner").iter_rows())
            edge = {
                other
                for one, other in seen.select("one", "other").iter_rows()
                if other in ends and owner.get(one, one) == owner.get(other, other)
            }
        found = resolve(pl.concat(links), self.rules, self.decisions, shared=self.shared, within=inside)
        return found, pl.concat(owners).unique("identifier")

    def _calm(self, found: Resolved, stands: pl.DataFrame) -> bool:
        """Whether customers were only brought together, none taken apart, and nothing that people decided plays a part."""
        decided = {name for decision in self.decisions for name in (decision.one, decision.other)}
        if found.shared != self.shared or decided & set(found.owners["identifier"]):
            return False
        both = recording.compared(found, stands)
        return bool((both.group_by("was").agg(pl.col("owner").n_unique())["owner"] == 1).all())

    def _far(self, names: Collection[str], fresh: pl.DataFrame) -> Found:
        """The same with all that is connected with them by any link; where that has no end, with everybody."""
        inside: set[str] = set()
        links = [pl.DataFrame(schema=LINKS)]
        edge = set(names)
        for _ in range(ROUNDS):
            inside |= edge
            links.append(self._links(edge, fresh))
            edge = (set(links[-1]["other"]) | self._decided_with(edge)) - inside - self.shared
            if not edge:
                found = resolve(
                    pl.concat(links), self.rules, self.decisions, shared=self.shared, within=inside
                )
                self._shared = found.shared
                return found, identities.owners_of(self.store, inside)
        return self._all(fresh)

    def _all(self, fresh: pl.DataFrame) -> Found:
        links = pl.concat([identities.all_links(self.store), fresh.select(LINKS.keys())])
        found, stands = resolve(links, self.rules, self.decisions), identities.all_owners(self.store)
        self._shared = found.shared
        gone = stands.join(found.owners, on="identifier", how="anti")
        lone = gone.select("identifier", owner="identifier")
        return replace(found, owners=pl.concat([found.owners, lone])), stands

    def _links(self, names: Collection[str], fresh: pl.DataFrame) -> pl.DataFrame:
        """Every link of these identifiers, those that come in now among them."""
        new = both_ways(fresh.select(LINKS.keys())).filter(pl.col("one").is_in(list(names)))
        return pl.concat([identities.links_of(self.store, names), new])

    def _decided_with(self, names: Collection[str]) -> set[str]:
        """With whom people brought these identifiers together, or told them apart."""
        pairs = [(decision.one, decision.other) for decision in self.decisions if decision.other]
        both = [*pairs, *((other, one) for one, other in pairs)]
        return {other for one, other in both if one in names}

    # What comes of it

    def _apply(
        self, found: Resolved, stands: pl.DataFrame, trigger: pl.DataFrame, why: str, actor: str
    ) -> int:
        """Every change of owner, first as a record, then as a fact."""
        both = recording.compared(found, stands)
        records = recording.changes(both, trigger, why, actor)
        refused = recording.refusals(found, both, trigger).select(records.columns)
        identities.record(self.store, pl.concat([records, refused]))
        identities.change_owners(self.store, records.select("identifier", "owner"))
        return records.height


def _pair(decision: Decision) -> tuple[str, str]:
    """The two in one order, so that a pair has one standing decision; of one alone, the other is empty."""
    one, other = sorted((decision.one, decision.other))
    return (one, other) if one else (other, "")


def _with(decisions: Collection[Decision], new: Sequence[Decision]) -> list[Decision]:
    said = set(map(_pair, new))
    kept = [decision for decision in decisions if _pair(decision) not in said]
    return [*kept, *(decision for decision in new if decision.what != "withdrawn")]
