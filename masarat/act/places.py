"""Every place where a customer stands, in the order in which they are erased from it: who is who goes last, for the rest is found by it.

A new table, column or file with personal data needs a line in PLACES; `tests/act/test_erasing.py` reads every byte of the data directory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import polars as pl
from sqlalchemy import ColumnElement, delete, func, select

import masarat.records.annotations as noted_days
from masarat.act import leftovers
from masarat.act.person import Person
from masarat.collect.erased import SALES, anonymous
from masarat.events import COLUMNS
from masarat.records import Records, added, boards, maps, review, segments
from masarat.records.models import BoardRecord, Consent, ImportRun, Note, ReviewPair, SegmentRecord, SyncRun
from masarat.settings import Settings
from masarat.store import Store, erasing, identities, quarantined, unsearching
from masarat.store.segments import TABLE as MEMBERS

TABLES = ("events", "traits", *erasing.PLACES, "quarantine", MEMBERS, *unsearching.TABLES)  # of the store
RECORDS = (
    "certificates",
    "consents",
    "import_runs",
    "sync_runs",
    "notes",
    "tags",
    "relations",
    "attachments",
    "review_pairs",
    "segments",
    "boards",
    "maps",
    "map_versions",
    "annotations",
)
AT_ONCE = 500


@dataclass(frozen=True)
class Ground:
    """Where it is all kept."""

    store: Store
    records: Records
    settings: Settings


@dataclass(frozen=True)
class Place:
    """One place: how much of somebody stands there, and how it is erased."""

    name: str
    count: Callable[[Ground, Person], int]
    erase: Callable[[Ground, Person, bool], None]  # the last: their sales too


# Events


def _count_events(ground: Ground, person: Person) -> int:
    return erasing.count(ground.store, "events", erasing.THEIRS, person.whom)


def _count_mentions(ground: Ground, person: Person) -> int:
    return erasing.count(ground.store, "events", erasing.mentioning(person.whom), person.whom)


def _erase_events(ground: Ground, person: Person, everything: bool) -> None:
    """Written first, as they stay, are their sales without them and others' events that name them; then away with what stood."""
    store, whom = ground.store, person.whom
    keys: list[int] = []
    for month in erasing.months(store, whom):
        mentions = erasing.mentions(store, whom, month)
        sales = erasing.own_events(store, whom, month, SALES).filter(not everything)
        _write(store, pl.concat([anonymous(sales), _without(mentions, person)]))
        keys += mentions["key"].to_list()
    erasing.remove_events(store, whom, keys)


def _write(store: Store, events: pl.DataFrame) -> None:
    """Rows in place of others, a moment younger; what an erasure that was cut off has written stands already."""
    changed = events.select(COLUMNS.keys()).with_columns(pl.col("received_at") + timedelta(milliseconds=1))
    stands = erasing.written_already(store, changed)
    store.append(changed.join(stands, on=stands.columns, how="anti"))


def _without(mentions: pl.DataFrame, person: Person) -> pl.DataFrame:
    """Others' events without the identifiers, e-mails and phones of somebody."""
    texts = {
        name: [person.traces.without(text) for text in mentions[name]]
        for name in ("url", "referrer", "props")
    }
    theirs = set(person.identifiers)
    names = [[one for one in row if one not in theirs] for row in mentions["identifiers"].to_list()]
    return mentions.with_columns(
        pl.Series("identifiers", names, dtype=pl.List(pl.String())),
        *(pl.Series(name, values, dtype=pl.String()) for name, values in texts.items()),
    )


# What else the store has


def _count_facts(ground: Ground, person: Person) -> int:
    return erasing.count_facts(ground.store, person.whom)


def _erase_facts(ground: Ground, person: Person, everything: bool) -> None:
    erasing.remove_facts(ground.store, person.whom)


def _count_identity(ground: Ground, person: Person) -> int:
    return sum(
        erasing.count(ground.store, table, erasing.PLACES[table], person.whom) for table in erasing.PLACES
    )


def _erase_identity(ground: Ground, person: Person, everything: bool) -> None:
    erasing.remove_identity(ground.store, person.whom)


def _count_search(ground: Ground, person: Person) -> int:
    return unsearching.count_words(ground.store, person.whom)


def _erase_search(ground: Ground, person: Person, everything: bool) -> None:
    unsearching.remove_words(ground.store, person.whom)


def _quarantined(ground: Ground, person: Person) -> list[str]:
    found = quarantined.every(ground.store)
    named = (
        row["row_key"]
        for row in found
        if person.traces.in_cells(row["raw"]) or person.traces.names_them(row["file"])
    )
    return sorted(set(named))


def _count_quarantine(ground: Ground, person: Person) -> int:
    return len(_quarantined(ground, person))


def _erase_quarantine(ground: Ground, person: Person, everything: bool) -> None:
    keys = {"keys": _quarantined(ground, person)}
    erasing.remove(ground.store, "quarantine", "row_key IN {keys:Array(String)}", keys)


# Records


def _count_consents(ground: Ground, person: Person) -> int:
    with ground.records.transaction() as t:
        return sum(t.scalar(select(func.count()).where(some)) or 0 for some in _said_by(person))


def _erase_consents(ground: Ground, person: Person, everything: bool) -> None:
    with ground.records.transaction() as t:
        for some in _said_by(person):
            t.execute(delete(Consent).where(some))


def _said_by(person: Person) -> list[ColumnElement[bool]]:
    names = list(person.identifiers)
    return [Consent.identifier.in_(names[start : start + AT_ONCE]) for start in range(0, len(names), AT_ONCE)]


def _count_added(ground: Ground, person: Person) -> int:
    with ground.records.transaction() as t:
        own = sum(map(len, added.told(t, person.identifiers).values()))
        return own + sum(
            person.traces.names_them(one.text) for one in t.scalars(select(Note)) if not _is_of(one, person)
        )


def _erase_added(ground: Ground, person: Person, everything: bool) -> None:
    """Files before their records: whoever is cut off in between finds the records, and looks for the files again."""
    with ground.records.transaction() as t:
        for path in added.forget(t, person.identifiers, ground.settings.data).paths:
            path.unlink(missing_ok=True)
        t.flush()
        for one in t.scalars(select(Note)):  # of others, who are told of them
            one.text = person.traces.without(one.text)


def _is_of(note: Note, person: Person) -> bool:
    return note.identifier in person.identifiers


def _count_review(ground: Ground, person: Person) -> int:
    with ground.records.transaction() as t:
        names = list(person.identifiers)
        named = select(func.count()).where(ReviewPair.one.in_(names) | ReviewPair.other.in_(names))
        return t.scalar(named) or 0


def _erase_review(ground: Ground, person: Person, everything: bool) -> None:
    with ground.records.transaction() as t:
        gone = review.forget(t, person.identifiers)
        waiting = review.count(t)
    if gone:
        identities.tell_waiting(ground.store, waiting)


def _count_segments(ground: Ground, person: Person) -> int:
    """Saved lists that hold them, and segments whose words name them."""
    with ground.records.transaction() as t:
        named = sum(
            segments.is_about(one, person.traces.in_bytes) for one in t.scalars(select(SegmentRecord))
        )
    return named + erasing.count(ground.store, MEMBERS, erasing.THEIRS, person.whom)


def _erase_segments(ground: Ground, person: Person, everything: bool) -> None:
    with ground.records.transaction() as t:
        for one in t.scalars(select(SegmentRecord)):
            segments.forget(one, person.traces.in_bytes)
    erasing.remove(ground.store, MEMBERS, erasing.THEIRS, person.whom.values)


def _count_boards(ground: Ground, person: Person) -> int:
    """Boards whose words name them."""
    with ground.records.transaction() as t:
        return sum(boards.is_about(one, person.traces.in_bytes) for one in t.scalars(select(BoardRecord)))


def _erase_boards(ground: Ground, person: Person, everything: bool) -> None:
    with ground.records.transaction() as t:
        for one in t.scalars(select(BoardRecord)):
            boards.forget(one, person.traces.in_bytes)


def _count_maps(ground: Ground, person: Person) -> int:
    """Maps, and versions of them, whose words name them."""
    with ground.records.transaction() as t:
        found = (*t.scalars(select(maps.MapRecord)), *t.scalars(select(maps.MapVersion)))
        return sum(maps.is_about(one, person.traces.in_bytes) for one in found)


def _erase_maps(ground: Ground, person: Person, everything: bool) -> None:
    with ground.records.transaction() as t:
        for one in (*t.scalars(select(maps.MapRecord)), *t.scalars(select(maps.MapVersion))):
            if maps.is_about(one, person.traces.in_bytes):
                maps.forget(one, person.traces.in_bytes)


def _count_annotations(ground: Ground, person: Person) -> int:
    """Noted days whose words name them."""
    with ground.records.transaction() as t:
        noted = t.scalars(select(noted_days.AnnotationRecord))
        return sum(noted_days.is_about(one, person.traces.in_bytes) for one in noted)


def _erase_annotations(ground: Ground, person: Person, everything: bool) -> None:
    with ground.records.transaction() as t:
        for one in t.scalars(select(noted_days.AnnotationRecord)):
            noted_days.forget(one, person.traces.in_bytes)


def _count_imports(ground: Ground, person: Person) -> int:
    """Runs whose files or errors name them."""
    with ground.records.transaction() as t:
        runs = (*t.scalars(select(ImportRun)), *t.scalars(select(SyncRun)))
        return sum(person.traces.names_them("\n".join(_said(run))) for run in runs)


def _erase_imports(ground: Ground, person: Person, everything: bool) -> None:
    traces = person.traces
    with ground.records.transaction() as t:
        for run in (*t.scalars(select(ImportRun)), *t.scalars(select(SyncRun))):
            if not traces.names_them("\n".join(_said(run))):
                continue
            run.error = traces.without(run.error)
            if isinstance(run, ImportRun):
                run.file = traces.without(run.file)
            else:
                run.notes = [traces.without(note) for note in run.notes]


def _said(run: ImportRun | SyncRun) -> list[str]:
    return [run.error, run.file] if isinstance(run, ImportRun) else [run.error, *run.notes]


# Files


def _count_files(ground: Ground, person: Person) -> int:
    return len(leftovers.set_aside(ground.settings, person.traces))


def _erase_files(ground: Ground, person: Person, everything: bool) -> None:
    for path in leftovers.set_aside(ground.settings, person.traces):
        path.unlink(missing_ok=True)
    leftovers.clear(ground.store)


PLACES: tuple[Place, ...] = (
    Place("events", _count_events, _erase_events),
    Place("mentions", _count_mentions, lambda ground, person, everything: None),  # erased with the events
    Place("quarantine", _count_quarantine, _erase_quarantine),
    Place("consents", _count_consents, _erase_consents),
    Place("customers", _count_added, _erase_added),
    Place("review", _count_review, _erase_review),
    Place("segments", _count_segments, _erase_segments),
    Place("boards", _count_boards, _erase_boards),
    Place("maps", _count_maps, _erase_maps),
    Place("annotations", _count_annotations, _erase_annotations),
    Place("imports", _count_imports, _erase_imports),
    Place("files", _count_files, _erase_files),
    Place("search", _count_search, _erase_search),
    Place("facts", _count_facts, _erase_facts),
    Place("identity", _count_identity, _erase_identity),
)


def count(ground: Ground, person: Person) -> dict[str, int]:
    """How much of somebody stands in each place."""
    return {place.name: place.count(ground, person) for place in PLACES}
