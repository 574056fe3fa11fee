"""One shop, opened: its events, its records, and everything that can be asked of or done with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masarat import analyse
from masarat.analyse import Analysis, Answer
from masarat.analyse.base import Mask
from masarat.analyse.told import SavedSegment, Told
from masarat.records import Records
from masarat.settings import Language, Settings
from masarat.store import Query, Row, Store

if TYPE_CHECKING:
    from masarat.act.backups import Backup
    from masarat.act.customers import Customers
    from masarat.act.outlook import Outlook
    from masarat.act.privacy import Privacy
    from masarat.act.reviewing import Review
    from masarat.act.segments import Segments
    from masarat.collect.consenting import Consenting
    from masarat.collect.reports import (
        ConnectionReport,
        ImportReport,
        Preview,
        Replay,
        SourceSummary,
        SyncReport,
    )
    from masarat.demo import Loaded
    from masarat.records.annotations import Annotation
    from masarat.records.stages import Journey
    from masarat.records.targets import Target
    from masarat.resolve.identity import Identity


class Shop:
    """A shop in this process. Opening the store takes its lock; nothing is opened before it is needed."""

    served = False  # whether a server over it brings in what its doors write

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.stopping = threading.Event()  # set when a server over it ends

    @cached_property
    def store(self) -> Store:
        _ = self.records  # which know what was chosen in the app
        return Store(self.settings)

    @cached_property
    def records(self) -> Records:
        return Records(self.settings)

    @cached_property
    def identity(self) -> Identity:
        """Who is who: `identity.show("phone:+9665…")`, `.merge(…)`, `.never(…)`, `.split(…)`, `.undo(…)`, `.log()`, `.fold()`."""
        from masarat.resolve.identity import Identity

        return Identity(self.store, self.settings)

    @cached_property
    def privacy(self) -> Privacy:
        """What customers may ask for: `privacy.plan("noura@example.com")`, `.erase(…)`, `.certificates()`."""
        from masarat.act.privacy import Privacy

        return Privacy(self.store, self.records, self.identity, self._bring_in)

    def _bring_in(self) -> None:
        """Back once the store has all that waits in the journal now."""
        from masarat.act.leftovers import drain, wait_until_in
        from masarat.collect.receiving import Draining

        if self.served or not self.store.embedded:  # beside a cluster a server may run elsewhere
            wait_until_in(self.settings)
        else:
            gone = self.records.tombstones
            drain(Draining(self.store, self.settings, self.hear, lambda: gone.gone))

    @cached_property
    def customers(self) -> Customers:
        """One customer at a time: `customers.show("noura@example.com")`, `.timeline(…)`, `.note(…)`, `.tag(…)`, `.relate(…)`, `.write_fact(…)`."""
        from masarat.act.customers import Customers

        return Customers(self.identity, self.records, self.settings)

    @cached_property
    def outlook(self) -> Outlook:
        """What lies ahead with one customer: `outlook.of(customers.members("noura@example.com"), "ar")`."""
        from masarat.act.outlook import Outlook

        return Outlook(self.ask)

    @cached_property
    def review(self) -> Review:
        """Who may be one customer, for people to decide: `review.page("ar")`, `.answer(12, "accept")`, `.refresh(dry_run=True)`."""
        from masarat.act.reviewing import Review

        return Review(self.identity, self.records, self.settings)

    @cached_property
    def segments(self) -> Segments:
        """Customers kept under a name: `segments.save("vip", "top_customers", period="2025")`, then `ask("revenue", segment="in=vip")`."""
        from masarat.act.segments import Segments

        return Segments(lambda: self.store, self.records, self.told)

    def hear(self, lines: Sequence[bytes]) -> None:
        """Take what lines of the journal tell of who is who, and of who agreed to what; the same lines again change nothing."""
        self.identity.take_lines(lines)
        self._consenting.take_lines(lines)

    @cached_property
    def _consenting(self) -> Consenting:
        from masarat.collect.consenting import Consenting

        return Consenting(self.records.consent)

    def ask(
        self, question: Analysis | str, *, tag: str = "", mask: Mask | None = None, **parameters: Any
    ) -> Answer:
        """The answer to a question, given as an analysis or by its name and parameters; `tag` lets it be cancelled, `mask` shows customers
        as whoever asks may see them."""
        asked = analyse.to_question(question, parameters)
        return analyse.ask(self.store, asked, tag=tag, mask=mask, told=self.told())

    def explain(self, question: Analysis | str, **parameters: Any) -> Query:
        """How it would be answered: the SQL in its steps, with the values they bind."""
        return analyse.explain(self.store, analyse.to_question(question, parameters), told=self.told())

    def told(self) -> Told:
        """What the records say to questions, looked up where one needs it."""
        return Told(
            books=self.books,
            stages=cache(self.stages),
            segments=self._makings,
            saved=self._saved,
            targets=cache(self.targets),
            annotations=self.annotations,
        )

    def _saved(self) -> Sequence[SavedSegment]:
        from masarat.records.segments import every

        return [SavedSegment(one.name, one.title, one.making) for one in every(self.records)]

    def _makings(self, names: Sequence[str]) -> Sequence[str]:
        from masarat.records.segments import makings

        return makings(self.records, names)

    def report(
        self,
        format: str = "pdf",
        *,
        question: str = "",
        mask: Mask | None = None,
        **parameters: Any,
    ) -> bytes:
        """A report as a file (pdf, xlsx, html or json): every question, or the one named; parameters as in `ask`."""
        from masarat.show.reports import report

        return report(self.store, format, question=question, mask=mask, told=self.told(), **parameters)

    def stages(self) -> Journey:
        """The stages of the customer's journey that hold now."""
        from masarat.records.stages import standing

        return standing(self.records)

    def set_stages(self, journey: Journey, actor: str, *, dry_run: bool = False) -> list[Row]:
        """Let these stages hold, for the past too; with `dry_run` only look. Back comes who would be where, and is."""
        from masarat.act.staging import set_stages

        return set_stages(self.store, self.records, journey, actor, dry_run=dry_run)

    def targets(self) -> list[Target]:
        """What metrics should come to, and goals of periods."""
        from masarat.records.targets import targets

        return targets(self.records)

    def set_target(self, given: Mapping[str, Any], actor: str) -> Target:
        """Set one: `{"metric": "conversion", "goal": "3%", "alert": "2%", "since": "2026-01-01"}`, or the goal of a `period`."""
        from masarat.act.targeting import set_target

        return set_target(self.records, given, actor, datetime.now(self.settings.zone).date())

    def remove_targets(self, metric: str, actor: str) -> int:
        """Take back all targets of a metric; how many there were."""
        from masarat.records.targets import remove

        return remove(self.records, metric, actor)

    def backup(self, actor: str) -> Backup:
        """Back up the whole shop as it stands, into the directory of backups."""
        from masarat.act.backups import make

        self._bring_in()
        return make(self.store, self.records, actor)

    def annotations(self, first: date = date.min, last: date = date.max) -> list[Annotation]:
        """What people noted of these days, in the order of time."""
        from masarat.records.annotations import between

        return between(self.records, first, last)

    def annotate(self, given: Mapping[str, Any], actor: str, *, number: int = 0) -> Annotation:
        """Note what happened: `{"day": "2025-09-13", "text": "new prices"}`; with `last`, until a day. `number` is one to be noted otherwise."""
        from masarat.records.annotations import add, change, read

        told = read(given)
        return change(self.records, number, *told, actor) if number else add(self.records, *told, actor)

    def remove_annotation(self, number: int, actor: str) -> Annotation:
        """Take back what was noted; back comes what it was."""
        from masarat.records.annotations import remove

        return remove(self.records, number, actor)

    def import_files(
        self,
        paths: Sequence[Path | str],
        *,
        source: str = "",
        mapping: Mapping[str, str] | None = None,
        preset: str = "",
        currency: str = "",
        timezone: str = "",
        dates: str = "",
        kind: str = "",
        dry_run: bool = False,
        progress: Callable[[str, int, int | None], None] | None = None,
    ) -> list[ImportReport]:
        """Take in every table of these files and directories. `mapping` is {field: column}; `progress` hears (file, rows, of rows)."""
        from masarat.collect.choosing import Choices
        from masarat.collect.importing import import_files

        choices = Choices(source, dict(mapping or {}), preset, currency, timezone, dates, kind)
        found = [Path(path) for path in paths]
        reports = import_files(self.store, self.records, found, choices, dry_run=dry_run, watch=progress)
        if not dry_run:
            self.identity.take_imported(report.source for report in reports if report.links)
            if any(report.orders and (report.added or report.restated) for report in reports):
                self.meet_sales()
        return reports

    def preview(
        self,
        paths: Sequence[Path | str],
        *,
        source: str = "",
        mapping: Mapping[str, str] | None = None,
        preset: str = "",
        currency: str = "",
        timezone: str = "",
        dates: str = "",
        kind: str = "",
    ) -> list[Preview]:
        """How these files would be read; nothing is opened but the files and the records."""
        from masarat.collect.choosing import Choices
        from masarat.collect.importing import previews

        choices = Choices(source, dict(mapping or {}), preset, currency, timezone, dates, kind)
        return previews(self.records, self.settings, [Path(path) for path in paths], choices)

    def sync(
        self,
        name: str,
        *,
        again: bool = False,
        progress: Callable[[str, int], None] | None = None,
        stop: threading.Event | None = None,
    ) -> SyncReport:
        """Ask a connection for what is new, or (`again`) for everything; `progress` hears (connection, rows)."""
        from masarat.collect.syncing import sync

        try:
            return sync(self.store, self.records, name, self.hear, again=again, watch=progress, stop=stop)
        finally:
            self._settle(self._brought(name))

    def sync_due(self) -> None:
        """Ask every connection whose time has come; `stopping` ends it."""
        from masarat.collect.syncing import sync_due

        sync_due(
            self.store, self.records, self.hear, self.stopping, lambda name: self._settle(self._brought(name))
        )

    def _settle(self, sources: Sequence[str]) -> None:
        """Who is who, and which sale is which, in what these sources brought (all, where one has no name)."""
        self.identity.take_imported(sources)
        self.meet_sales()

    def meet_sales(self) -> None:
        """Find the sales that several sources tell, so that each counts once: what came live since, or was erased, is seen then too."""
        from masarat.analyse.twins import meet

        meet(self.store, self.books())

    def books(self) -> set[str]:
        """The sources that are accounting programs: called so, read as their files, or connected to them."""
        from masarat.analyse.two_sides import BOOKS
        from masarat.records.sources import known_as

        with self.records.transaction() as transaction:
            return {*BOOKS, *known_as(transaction, BOOKS)}

    def _brought(self, name: str) -> Sequence[str]:
        """The sources of what a connection brought."""
        from masarat.collect.connections import brought

        return brought(self.records, name)

    def connections(self) -> list[ConnectionReport]:
        """What is connected, with the last time each was asked, and whether it has gone silent."""
        from masarat.collect.connections import reports

        return reports(self.store, self.records)

    def sources(self) -> list[SourceSummary]:
        """What came in, newest first."""
        from masarat.collect.history import history

        return history(self.records)

    def quarantined(self, source: str = "") -> str:
        """The rows that could not be taken, as CSV with reason and remedy."""
        from masarat.collect import quarantine

        return quarantine.export(self.store, source)

    def replay(self, path: Path | str) -> Replay:
        """Take in quarantined rows that were set right in the exported CSV."""
        from masarat.collect import quarantine

        found = quarantine.replay(self.store, self.records, Path(path), self.hear)
        self._settle([""])
        return found

    def dismiss(self, source: str = "") -> int:
        """Close the quarantined rows that nobody will set right; returns how many."""
        from masarat.collect import quarantine

        return quarantine.dismiss(self.store, source)

    def register(self, format: str = "json", language: Language | None = None) -> bytes:
        """The register of personal data processing (PDPL, article 31) as a file: pdf, json or txt."""
        from masarat.show.register import register

        return register(self.store, self.records, format, language or self.settings.language)

    def load_demo(
        self,
        *,
        customers: int = 20_000,
        seed: int = 1,
        until: date | None = None,
        language: Language | None = None,
        force: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Loaded:
        """Put the sample shop into the store, once; its last day is yesterday unless given (see masarat.demo)."""
        from masarat.demo import Choice, load

        last = until or datetime.now(self.settings.zone).date() - timedelta(days=1)
        choice = Choice(last, customers, seed, language or self.settings.language)
        return load(
            self.store,
            self.records,
            choice,
            force=force,
            progress=progress,
            resolver=self.identity.resolver,
        )

    def close(self) -> None:
        for name in ("identity", "privacy", "review", "customers", "segments", "_consenting"):
            self.__dict__.pop(name, None)
        for name in ("store", "records"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    def __enter__(self) -> Shop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
