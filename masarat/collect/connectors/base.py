"""What every connector shares: what it must be given, and the pages in which it brings what a program has.

A connector is one file with a `Connector` and one line in CONNECTORS. Its `pages` asks the program's API and yields what it told, page by
page (rows, orders or whole files), each with the cursor from which to go on once that page is in the store. It writes nothing and keeps nothing: a page that comes
twice must say the same, and the store knows it again. So a sync may be killed anywhere and go on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from masarat.collect.connectors.api import Api, Unanswered
from masarat.collect.webhooks.base import Shop
from masarat.events import Move
from masarat.settings import Settings


@dataclass(frozen=True, slots=True)
class Ask:
    """Something a person must give: an address, a key."""

    name: str
    title: str
    arabic: str
    secret: bool = False
    default: str = ""
    optional: bool = False  # may stay empty


@dataclass(slots=True)
class Page:
    """What one answer of the program brought."""

    cursor: dict[str, Any]  # JSON: where to go on once this page is in the store
    kind: str = ""  # of collect.kinds, of the rows
    rows: list[dict[str, str]] = field(default_factory=list)  # field, or further property, → text
    moves: list[Move] = field(
        default_factory=list
    )  # orders as snapshots, as the program's webhooks tell them
    guessed: bool = False  # the rows' columns are not our fields: what they are is found out, as of any table
    files: list[Path] = field(default_factory=list)  # to be taken in as `masarat import` takes them
    dates: str = ""  # order of dates in the files, where they do not show it: dmy or mdy
    notes: list[str] = field(default_factory=list)  # for the report of the sync


@dataclass(frozen=True, slots=True)
class Asked:
    """One sync: what was given, where the last one came to, and the shop whose data it is."""

    given: Mapping[str, str] = field(repr=False)  # secrets too
    cursor: Mapping[str, Any]
    shop: Shop
    settings: Settings
    now: datetime
    open: Callable[..., Api]  # opens the program's API: (address, headers=…, auth=…, renew=…)
    keep: Callable[[Mapping[str, str]], None]  # keeps secrets that were given in place of those that ran out


@dataclass(frozen=True, slots=True)
class Connector:
    """One program that can be asked for what it has."""

    name: str
    title: str
    arabic: str
    about: str  # where a person finds what must be given, in one sentence
    asks: tuple[Ask, ...]
    pages: Callable[[Asked], Iterator[Page]]
    every_minutes: int = 60  # unless a person says otherwise
    arabic_about: str = ""  # the same sentence in Arabic
    here: bool = False  # may read files of the machine it runs on: it is connected there, never over HTTP


@dataclass(slots=True)
class Batch:
    """What one place of one list brought, and the place behind it; None where the list is over."""

    next: Any
    rows: list[dict[str, str]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """One list of a program: its invoices, its customers. `fetch(place, since)` brings what changed since then (ISO 8601, UTC; empty:
    everything), from a place on: None at first, then what the batch before called `next`."""

    name: str
    kind: str
    fetch: Callable[[Any, str], Batch]
    guessed: bool = False  # as of Page; the kind may then be empty


def staged(asked: Asked, stages: Sequence[Stage]) -> Iterator[Page]:
    """The pages of several lists one after the other, from where the last sync was cut off; the next one asks for what changed since
    this one began."""
    cursor = dict(asked.cursor)
    since, begun = cursor.get("since", ""), cursor.get("begun") or asked.now.isoformat()
    names = [stage.name for stage in stages]
    first = names.index(cursor["stage"]) if cursor.get("stage") in names else 0
    place = cursor.get("place") if cursor.get("stage") in names else None
    for stage in stages[first:]:
        turning = _Turning(place)
        while True:
            batch = stage.fetch(place, since)
            place = batch.next
            turning.check(batch)
            going = {"since": since, "begun": begun, "stage": stage.name, "place": place}
            if place is None:
                break
            yield Page(going, stage.kind, batch.rows, batch.moves, stage.guessed)
        following = names[names.index(stage.name) + 1 :]
        ended = (
            {"since": since, "begun": begun, "stage": following[0], "place": None}
            if following
            else {"since": begun}
        )
        yield Page(ended, stage.kind, batch.rows, batch.moves, stage.guessed)


class _Turning:
    """Whether the pages of a list go round in circles: a place that was there before, or a page that says what the one before said."""

    def __init__(self, place: Any) -> None:
        self.places = {json.dumps(place)}
        self.before: list[Any] = []

    def check(self, batch: Batch) -> None:
        told = [*batch.rows, *(move.event_id for move in batch.moves)]
        place = json.dumps(batch.next)
        if batch.next is not None and (place in self.places or (told and told == self.before)):
            raise Unanswered(
                "The same page comes again and again.", "Check the address, and how its pages are described."
            )
        self.places.add(place)
        self.before = told
