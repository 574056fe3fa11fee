"""Doing what a look at all customers came to: merging where there is no doubt, and writing the queue anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from masarat.act.pairing import Owners, Plan, called, now_called, owners_of, without
from masarat.models.candidates import COMPARED
from masarat.models.reasons import why
from masarat.records import Records
from masarat.records import review as queue
from masarat.records.audit import mark, note
from masarat.records.models import ReviewPair, ReviewRun
from masarat.records.review import ACCEPTED, LEFT, REJECTED, WAITING, Seen, Two, two
from masarat.resolve.graph import Decision
from masarat.resolve.identity import Identity
from masarat.resolve.recording import RULES
from masarat.settings import Language
from masarat.store.identities import tell_waiting

QUEUE = 5_000  # pairs that wait at most: whoever has answered these gets the next
SHOWN = 1_000  # merges that are told one by one
TOGETHER = 1_000  # merges in one decision


@dataclass(frozen=True, slots=True)
class Found:
    """What a look came to, or would come to: customers compared, pairs merged, pairs that wait, those for which the queue had no place,
    and how many times a customer was passed over who shares even two values with too many. `merges` tells the first of those merged, with the reasons."""

    customers: int
    merged: int
    waiting: int
    left_out: int
    skipped: int
    merges: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue to be: pairs to ask of, the best first; those kept so far of which may be asked; and those that stand twice."""

    asked: pl.DataFrame
    standing: Mapping[Two, ReviewPair]
    double: list[ReviewPair]


def would(made: Plan, identity: Identity, records: Records, language: Language) -> Found:
    """What doing it would come to."""
    planned = {other: one for one, other in made.merges.select("one", "other").iter_rows()}
    return _found(made, _queue(made, identity, records, planned), language)


def do(made: Plan, identity: Identity, records: Records, language: Language, actor: str) -> Found:
    """Merge, and write the queue anew. Done again after a crash it ends the same: who is merged is no pair any more."""
    _merge(made.merges, identity)
    new = _queue(made, identity, records, {})
    found = _found(made, new, language)
    with records.transaction() as t:
        t.add_all([*new.standing.values(), *new.double])
        for each in new.double:
            t.delete(each)
        queue.renew(t, _seen(new.asked.head(QUEUE)), new.standing)
        for seen in _seen(made.merges):
            merged = ReviewPair()
            queue.describe(merged, seen)
            queue.settle(merged, ACCEPTED, RULES)
            t.add(merged)
        t.add(ReviewRun(**{name: count for name, count in found.to_json().items() if name != "merges"}))
        whom = {mark(name) for end in ("one", "other") for name in made.merges[end]}
        note(t, actor, "changed", "review", whom, deed="refresh", merged=found.merged)
    tell_waiting(identity.store, found.waiting)
    return found


def _merge(merges: pl.DataFrame, identity: Identity) -> None:
    """Merges for which the same speaks are one decision; the log tells what."""
    told = [" ".join(why(row, "en")) for row in merges.iter_rows(named=True)]
    alike = merges.with_columns(told=pl.Series(told, dtype=pl.String)).group_by("told", maintain_order=True)
    for (said,), some in alike:
        for part in some.iter_slices(TOGETHER):
            decisions = [Decision("merge", *names) for names in part.select("one", "other").iter_rows()]
            identity.resolver.decide_all(decisions, str(said), RULES)


def _queue(made: Plan, identity: Identity, records: Records, planned: Owners) -> Queue:
    """`planned` tells whose the customers would be."""
    with records.transaction() as t:
        kept = queue.every(t)
    everybody = {name for each in kept for name in (each.one, each.other)}
    everybody |= {name for end in ("one", "other") for name in made.pairs[end]}
    owners = owners_of(identity.store, everybody)
    owners |= {name: planned[owner] for name in everybody if (owner := owners.get(name, name)) in planned}
    apart = {two(said.one, said.other) for said in identity.resolver.decisions if said.what == "never"}
    standing: dict[Two, ReviewPair] = {}
    settled, double = set[Two](), list[ReviewPair]()
    for each in kept:
        names = now_called(each.one, each.other, owners)
        if each.state == LEFT or (each.state == REJECTED and two(each.one, each.other) in apart):
            settled.add(names)
        elif each.state == WAITING and names in standing:
            double.append(each)
        elif each.state == WAITING or names[0] != names[1]:  # or what was answered was taken back
            standing[names] = each
    return Queue(without(called(made.pairs, owners), settled), standing, double)


def _found(made: Plan, new: Queue, language: Language) -> Found:
    waiting = min(new.asked.height, QUEUE)
    merges = [_told(row, language) for row in made.merges.head(SHOWN).iter_rows(named=True)]
    return Found(
        made.customers, made.merges.height, waiting, new.asked.height - waiting, made.skipped, merges
    )


def _told(row: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {name: row[name] for name in ("one", "other", "probability")} | {"reasons": why(row, language)}


def _seen(pairs: pl.DataFrame) -> Iterator[Seen]:
    """What is kept of a pair: how well each field agrees, and no value of it."""
    for row in pairs.iter_rows(named=True):
        said = {"verdict": row["verdict"], "one_name": row["one_name"]}
        for each in COMPARED:
            if row[f"{each.field}_level"] >= 0:
                said[f"{each.field}_level"] = row[f"{each.field}_level"]
                said[f"{each.field}_bits"] = round(row[f"{each.field}_bits"], 2)
        yield Seen((row["one"], row["other"]), row["probability"], row["strong"], said)
