"""A connection asked for what is new: page by page into the store, its cursor kept after each, so that it may be cut off anywhere."""

from __future__ import annotations

import logging
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from masarat.collect import connections
from masarat.collect.choosing import Choices
from masarat.collect.connectors import Asked, Connector, Page, connector_of
from masarat.collect.connectors.api import Api, Sleep, Stopped, Unanswered
from masarat.collect.importing import take_files, take_sheet
from masarat.collect.putting import Hear, put_moves
from masarat.collect.reports import ImportReport, SyncReport
from masarat.collect.sources.documents import sheet_of
from masarat.collect.webhooks import shop_of
from masarat.errors import MasaratError
from masarat.records import Records
from masarat.records.models import Connection, SyncRun, now
from masarat.store import Store

Watch = Callable[[str, int], None]  # connection, rows done
# Statuses of errors that a file is to blame for: it stays refused until it changes.
REFUSALS = frozenset({404, 413, 422})
NOTES_MOST = 100
log = logging.getLogger(__name__)


def sync(
    store: Store,
    records: Records,
    name: str,
    hear: Hear,
    *,
    again: bool = False,
    watch: Watch | None = None,
    stop: threading.Event | None = None,
    sleep: Sleep | None = None,
) -> SyncReport:
    """Ask a connection for all that is new since the last time, or (`again`) for everything; what came of it.

    Raises what the program answered, after it was noted with the run; what came in before stays, and the next sync goes on from there.
    """
    with connections.asking(records, name) as connection:
        run = _Run(store, records, connection, hear, watch)
        try:
            run.go(again, stop or threading.Event(), sleep)
        except BaseException as error:
            run.end(_said(error, connections.secrets_of(connection, records)))
            raise
        run.end("")
    return connections.report_of(run.row)


def _said(error: BaseException, secrets: Iterable[str]) -> str:
    """What went wrong, in the error too without the secrets that a program repeats."""
    said = error.sentence if isinstance(error, MasaratError) else str(error) or type(error).__name__
    for secret in secrets:
        said = said.replace(secret, "…")
    if isinstance(error, MasaratError):
        error.sentence, error.args = said, (f"{said} {error.remedy}".strip(),)
    return said


class _Run:
    """One sync."""

    def __init__(
        self, store: Store, records: Records, connection: Connection, hear: Hear, watch: Watch | None
    ) -> None:
        self.store, self.records, self.hear, self.watch = store, records, hear, watch
        self.connection = connection
        self.connector: Connector = connector_of(connection.connector)
        self.row = SyncRun(
            id=uuid.uuid4().hex,
            connection=connection.name,
            started_at=now(),
            notes=[],
            **dict.fromkeys(("pages", "rows", "rejected", "events", "known", "restated"), 0),
        )
        self._keep()

    def go(self, again: bool, stop: threading.Event, sleep: Sleep | None) -> None:
        name = self.connection.name
        opened: list[Api] = []

        def open_api(address: str, **options: Any) -> Api:
            opened.append(Api(self.connector.title, address, stop=stop, sleep=sleep, **options))
            return opened[-1]

        asked = Asked(
            given=connections.given_to(self.connection, self.records),
            cursor={} if again or _is_ahead(self.connection.cursor) else dict(self.connection.cursor),
            shop=shop_of(name, self.records.settings),
            settings=(self.store or self.records).settings,
            now=now(),
            open=open_api,
            keep=lambda renewed: connections.keep_secrets(self.records, name, renewed),
        )
        try:
            for page in _pages(self.connector, asked):
                self._take(page)
                if stop.is_set():
                    raise Stopped("The sync was stopped.", "It goes on with the next one.")
            self._tell_silence()
        finally:
            for api in opened:
                api.close()

    def _take(self, page: Page) -> None:
        """A page into the store, and only then where to go on: whoever is killed in between takes it once more, which changes nothing."""
        row = self.row
        came = put_page(self.store, self.records, self.connection, page, self.hear, row.id)
        for name, number in came.counts.items():
            setattr(row, name, getattr(row, name) + number)
        row.pages += 1
        row.notes = [*row.notes, *page.notes, *came.notes]
        with self.records.transaction() as transaction:
            kept = transaction.get_one(Connection, self.connection.name)
            kept.cursor, kept.sources = page.cursor, sorted({*kept.sources, *came.sources})
        self._keep()
        if self.watch:
            self.watch(self.connection.name, row.rows)

    def _tell_silence(self) -> None:
        for source, since in connections.silent(
            self.store, connections.find(self.records, self.row.connection)
        ):
            note = f"Nothing came from {source} since {since:%Y-%m-%d}, longer than is usual for it."
            self.row.notes = [*self.row.notes, note]

    def end(self, error: str) -> None:
        row = self.row
        row.ended_at, row.error = now(), error
        if len(row.notes) > NOTES_MOST:
            row.notes = [*row.notes[:NOTES_MOST], f"And {len(row.notes) - NOTES_MOST:,} more."]
        self._keep()
        connections.forget_old_runs(self.records, row.connection)

    def _keep(self) -> None:
        with self.records.transaction() as transaction:
            self.row = transaction.merge(self.row)


def _pages(connector: Connector, asked: Asked) -> Iterator[Page]:
    """What a program tells; where that is nothing its documentation knows, in a sentence."""
    try:
        yield from connector.pages(asked)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Unanswered(
            f"{connector.title} answers something that we do not understand: {type(error).__name__}, {error}.",
            "What came before is kept. Check what was given for this connection; else tell us.",
        ) from error


def _is_ahead(cursor: Mapping[str, Any]) -> bool:
    """Whether it speaks of a time to come, because the clock was wrong: nothing would be new until then."""
    return any(
        datetime.fromisoformat(cursor[name]) > now() for name in ("since", "begun") if cursor.get(name)
    )


@dataclass(slots=True)
class Came:
    """What became of a page: numbers by the names of SyncRun, what is to be said of it, and the sources of its files."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)

    def count(self, report: ImportReport, rows: int) -> None:
        self.counts.update(
            rows=rows,
            rejected=report.rejected,
            events=report.added,
            known=report.known,
            restated=report.restated,
        )


def put_page(
    store: Store, records: Records, connection: Connection, page: Page, hear: Hear, run: str
) -> Came:
    """A page into the store, durably."""
    came = Came()
    if page.rows:
        came.count(_put_rows(store, records, connection, page, run), len(page.rows))
    if page.files:
        _put_files(store, records, page, came)
    if page.moves:
        came.counts["events"] += put_moves(store, page.moves, hear, records.tombstones.gone)
        came.counts["rows"] += len({move.order_id or move.event_id for move in page.moves})
    store.settle()
    return came


def _put_rows(store: Store, records: Records, connection: Connection, page: Page, run: str) -> ImportReport:
    named = f"{connection.name}: {page.kind or 'rows'}"
    sheet = sheet_of(named, connection.connector, page.kind, page.rows)
    choices = Choices(source=connection.name)
    if page.guessed:
        sheet.told_by, choices = None, Choices(source=connection.name, kind=page.kind)
    return take_sheet(store, records, sheet, choices, run)


def _put_files(store: Store, records: Records, page: Page, came: Came) -> None:
    """Files, each recognised by itself. One that is refused is noted; what no file is to blame for is raised, and they come again."""
    reports, errors = take_files(store, records, page.files, Choices(dates=page.dates))
    for error in errors:
        if error.status not in REFUSALS:
            raise error
    for report in reports:
        came.count(report, report.rows)
        came.sources |= {report.source} if report.import_id else set()
        if why := f"{report.error} {report.remedy}".strip() or " ".join(report.notes):
            came.notes.append(why if why.startswith(report.file) else f"{report.file}: {why}")


def sync_due(
    store: Store, records: Records, hear: Hear, stop: threading.Event, done: Callable[[str], object]
) -> None:
    """Ask every connection whose time has come, one after the other; `done` hears of each that was asked. What fails is noted with its run."""
    for name in connections.due(records):
        if stop.is_set():
            return
        try:
            sync(store, records, name, hear, stop=stop)
        except MasaratError as error:
            log.warning("%s could not be asked: %s", name, error.sentence)
        except Exception:  # the others are asked all the same
            log.exception("%s could not be asked", name)
        done(name)
