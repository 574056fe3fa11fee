"""Putting a sample shop into a store, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from masarat.analyse.frame import facts
from masarat.demo.calendar import end_of
from masarat.demo.choice import Choice
from masarat.demo.outreach import LOYALTY, costs
from masarat.demo.people import traits
from masarat.demo.shop import SampleShop
from masarat.demo.stock import products
from masarat.errors import NotEmpty
from masarat.events import TIME
from masarat.records import Records
from masarat.records.models import ImportRun, now
from masarat.resolve import Resolver, Rules
from masarat.store import Store

SOURCE = "demo"

Progress = Callable[[int, int], None]  # months done, of how many


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sample shop that stands in the store: its id, its events, and whether it stood there before."""

    id: str
    events: int
    already: bool


def load(
    store: Store,
    records: Records,
    choice: Choice,
    *,
    force: bool = False,
    progress: Progress | None = None,
    resolver: Resolver | None = None,
) -> Loaded:
    """Make the shop of this choice in the store, unless one stands there.

    A load that was interrupted is finished by the same choice; nothing is ever added twice. Raises NotEmpty where the store holds
    other events and `force` does not say that both may stand together. `resolver` is the one that knows the store's customers already, where
    there is one.
    """
    if there := standing(records):
        return Loaded(there.id, there.events, already=True)
    if not force and not _begun(records, choice) and facts(store, store.settings.timezone).counts:
        raise NotEmpty(
            "The store has other events, and the sample shop would mix with them.",
            "Give an empty directory with --data, or --force to add the sample shop all the same.",
        )
    _begin(records, choice)
    events = _fill(store, choice, progress or (lambda done, months: None))
    (resolver or Resolver(store, Rules.of(store.settings))).catch_up(LOYALTY)
    _end(records, choice, events)
    return Loaded(choice.id, events, already=False)


def _fill(store: Store, choice: Choice, progress: Progress) -> int:
    shop, events = SampleShop(choice), 0
    known_at = pl.lit(datetime.fromtimestamp(end_of(choice.truths) / 1000, UTC)).cast(TIME)
    store.insert("traits", traits(choice, shop.people))
    store.insert("products", products(choice).with_columns(ts=known_at))
    store.insert("costs", costs(choice).with_columns(ts=known_at))
    for month, frame in enumerate(shop.events(), start=1):
        events += store.append(frame, token=f"{choice.id}:{month}")
        progress(month, len(shop.months))
    return events


def standing(records: Records) -> ImportRun | None:
    """The sample shop that was loaded whole, if one was."""
    with records.transaction() as transaction:
        runs = transaction.query(ImportRun).filter(
            ImportRun.source == SOURCE, ImportRun.ended_at.is_not(None)
        )
        return runs.order_by(ImportRun.started_at).first()


def interrupted(records: Records) -> Choice | None:
    """What a load was begun with that never came to its end; the same choice finishes it."""
    with records.transaction() as transaction:
        runs = transaction.query(ImportRun).filter(ImportRun.source == SOURCE, ImportRun.ended_at.is_(None))
        begun = runs.order_by(ImportRun.started_at).first()
    return Choice.of(begun.id) if begun else None


def _begun(records: Records, choice: Choice) -> bool:
    """Whether a load of this very choice was interrupted."""
    with records.transaction() as transaction:
        return transaction.get(ImportRun, choice.id) is not None


def _begin(records: Records, choice: Choice) -> None:
    with records.transaction() as transaction:
        transaction.merge(ImportRun(id=choice.id, source=SOURCE, file="masarat demo", started_at=now()))


def _end(records: Records, choice: Choice, events: int) -> None:
    with records.transaction() as transaction:
        run = transaction.get_one(ImportRun, choice.id)
        run.ended_at, run.rows, run.events = now(), events, events
        run.first = datetime.combine(choice.truths.first, datetime.min.time(), UTC)
        run.last = datetime.fromtimestamp(end_of(choice.truths) / 1000, UTC)
