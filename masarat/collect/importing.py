"""One table taken in, from its file to the log: read, understood, made into orders, compared with what stands, written.

However often and wherever it is interrupted, taking the table in again ends in the same log.
"""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from masarat.collect import quarantine
from masarat.collect.choosing import Choices, Chosen, choose, keep, preview
from masarat.collect.erased import sift_bad, sift_told
from masarat.collect.fields import FIELD_NAMES
from masarat.collect.kinds import ORDERS, Origin, Told
from masarat.collect.kinds.orders import blank_is_null
from masarat.collect.mapping import read_batch
from masarat.collect.reading import open_file
from masarat.collect.reports import ImportReport, Preview
from masarat.collect.restate import Restating, plan
from masarat.collect.sheets import Sheet, ahead
from masarat.collect.sources.documents import gathered
from masarat.collect.spilling import Bundles, halves
from masarat.collect.writing import write
from masarat.errors import BadFile, BadParameter, MasaratError
from masarat.records import Records
from masarat.records.models import ImportRun, now
from masarat.settings import Settings
from masarat.store import Store
from masarat.store.levels import told_twice
from masarat.store.standing import key_of

Watch = Callable[[str, int, int | None], None]  # file, rows done, rows altogether where known
_ONE_AT_A_TIME = threading.Lock()  # two imports of one source at once would each miss what the other writes
RUNNING: set[str] = set()  # ids of the runs of this process
MONEY_MOVES = ("Order Completed", "Order Refunded", "Payment Received")
ROWS_AT_ONCE = 250_000  # read and typed together
ROWS_IN_MEMORY = 1_000_000  # more than that goes through the disk


def import_files(
    store: Store,
    records: Records,
    paths: Sequence[Path],
    choices: Choices,
    *,
    dry_run: bool = False,
    watch: Watch | None = None,
) -> list[ImportReport]:
    """Take in every table of these files and directories; one report each.

    A table that cannot be read is reported with its error and does not stop the others; where it is the only one, it is raised.
    """
    reports, errors = take_files(store, records, paths, choices, dry_run=dry_run, watch=watch)
    if errors and len(reports) == 1:
        raise errors[0]
    return reports


def take_files(
    store: Store,
    records: Records,
    paths: Sequence[Path],
    choices: Choices,
    *,
    dry_run: bool = False,
    watch: Watch | None = None,
) -> tuple[list[ImportReport], list[MasaratError]]:
    """As `import_files`, raising nothing that one of the files is to blame for: the errors beside the reports, in which they stand too."""
    reports: list[ImportReport] = []
    errors: list[MasaratError] = []

    def failed(file: str, error: MasaratError) -> None:
        errors.append(error)
        reports.append(_failed(file, choices.source, error))

    with _ONE_AT_A_TIME:
        for sheet in _sheets(paths, failed):
            if sheet.skipped:
                reports.append(_skipped(sheet, choices.source))
                continue
            try:
                reports.append(_Import(store, records, sheet, choices, dry_run, watch).run())
            except MasaratError as error:
                failed(sheet.file, error)
    return reports, errors


def take_sheet(store: Store, records: Records, sheet: Sheet, choices: Choices, run: str) -> ImportReport:
    """Take in a sheet that no file holds, as part of a run that is noted elsewhere."""
    with _ONE_AT_A_TIME:
        return _Import(store, records, sheet, choices, False, None, run).run()


def previews(records: Records, settings: Settings, paths: Sequence[Path], choices: Choices) -> list[Preview]:
    """How these files would be read."""

    def failed(_: str, error: MasaratError) -> None:
        raise error

    sheets = (sheet for sheet in _sheets(paths, failed) if not sheet.skipped)
    return [preview(sheet, choose(sheet, choices, records, settings)) for sheet in sheets]


def _sheets(paths: Sequence[Path], failed: Callable[[str, MasaratError], None]) -> Iterator[Sheet]:
    """Every table, a file at a time; at last the documents that are no tables, those of one source put together."""
    documents: list[Sheet] = []
    for path in files_of(paths):
        try:
            sheets = open_file(path)
        except MasaratError as error:
            failed(path.name, error)
            continue
        documents += [sheet for sheet in sheets if sheet.told_by]
        yield from (sheet for sheet in sheets if not sheet.told_by)
    yield from gathered(documents)


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files meant: a directory stands for every file in it, in order of name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
            if not inside:
                raise BadFile(
                    f"There are no files in {path}.", "Give a file, or a directory with files in it."
                )
            found += inside
        else:
            found.append(path)
    return found


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a stretch of rows came to, for the report."""

    keys: int
    first: object
    last: object
    customers: pl.Series
    net: dict[str, Any]

    @classmethod
    def of(cls, events: pl.DataFrame) -> _Sums:
        return cls(
            keys=events.select(key_of("event_id").n_unique()).item(),
            first=events["ts"].min(),
            last=events["ts"].max(),
            customers=events["visitor_id"].unique(),
            net=_net(events) if "revenue" in events.columns else {},
        )


def _net(events: pl.DataFrame) -> dict[str, Any]:
    """What came in by currency; what is merely in a cart has a revenue too."""
    sold = events.filter(pl.col("name").is_in(MONEY_MOVES))
    return dict(sold.group_by("currency").agg(pl.col("revenue").sum()).iter_rows())


class _Import:
    """One run over one table."""

    def __init__(
        self,
        store: Store,
        records: Records,
        sheet: Sheet,
        choices: Choices,
        dry_run: bool,
        watch: Watch | None,
        run: str = "",
    ) -> None:
        self.store, self.records, self.sheet, self.choices = store, records, sheet, choices
        self.dry_run, self.watch = dry_run, watch
        self._noted_elsewhere = bool(run)
        self._batches = ahead(sheet.batches(ROWS_AT_ONCE))
        self.chosen: Chosen = choose(sheet, choices, records, store.settings)
        self.report = ImportReport(
            import_id=run or uuid.uuid4().hex,
            file=sheet.file,
            source=self.chosen.source,
            kind=self.chosen.mapping.kind,
            dry_run=dry_run,
            preview=preview(sheet, self.chosen),
        )
        self._origin = Origin(
            self.chosen.source, self.chosen.mapping.currency, self.chosen.mapping.timezone, now()
        )
        self._customers: list[pl.Series] = []
        self._net: Counter[str] = Counter()

    def run(self) -> ImportReport:
        if self.chosen.ambiguous:
            raise BadParameter(
                f"In {self.sheet.file} every date can be read day first or month first.",
                "Say which with --dates dmy (31/12/2025) or --dates mdy (12/31/2025).",
            )
        if not self.dry_run:
            keep(self.chosen, self.choices, self.sheet.header, self.records)
            self._record()
        RUNNING.add(self.report.import_id)
        try:
            self._take_in()
        except Exception as error:
            if not self.dry_run:
                self._record(ended=True, error=str(error) or type(error).__name__)
            raise
        finally:
            RUNNING.discard(self.report.import_id)
        self._conclude()
        if not self.dry_run:
            self._record(ended=True)
        return self.report

    def _take_in(self) -> None:
        report, source = self.report, self.chosen.source
        together = self.chosen.mapping.about.together
        with Bundles(self.store.settings.data, source, ROWS_IN_MEMORY, together) as bundles:
            for batch in self._batches:
                good, bad = read_batch(self.chosen.mapping, batch, tidied=self.sheet.tidied)
                report.rows += good.height + bad.height
                report.rejected += bad.height
                kept = sift_bad(bad, source, self.store.settings.country, self.records.tombstones.gone)
                report.erased += bad.height - kept.height
                if kept.height and not self.dry_run:
                    quarantine.put(
                        self.store, kept, source=source, file=report.file, import_id=report.import_id
                    )
                if good.height:
                    bundles.add(blank_is_null(good))  # while it lies in one piece
                self._say(report.rows // 2, self.sheet.rows)  # read, not yet stored: half done
            done = 0
            for bundle in bundles:
                self._take(bundle)
                done += bundle.height
                self._say((report.rows + done) // 2, report.rows)

    def _take(self, rows: pl.DataFrame) -> None:
        """Rows, of each order all: compared with what stands, and written."""
        planned = self.store.side_by_side(self._plan, halves(rows, self.chosen.mapping.about.together))
        if not self.dry_run:
            write(self.store, [(told, plan) for told, plan, _ in planned], self.report.import_id)
        for each in planned:
            self._count(*each)

    def _plan(self, rows: pl.DataFrame) -> tuple[Told, Restating, _Sums]:
        told = self.chosen.mapping.about.read(rows, self._origin)
        told = sift_told(told, self.records.tombstones.gone)
        planned = plan(self.store, told.events, source=self._origin.source, import_id=self.report.import_id)
        return told, planned, _Sums.of(told.events)

    def _count(self, told: Told, planned: Restating, sums: _Sums) -> None:
        report = self.report
        report.orders += sums.keys if report.kind == ORDERS.name else 0
        report.unidentified += told.unidentified
        report.erased += told.erased
        report.cancelled += told.cancelled
        report.returned += told.returned
        for table, rows in told.tables.items():
            report.written[table] = report.written.get(table, 0) + rows.height
        report.added += planned.added
        report.known += planned.known
        report.restated += planned.restated
        report.first = _earlier(report.first, sums.first)
        report.last = _later(report.last, sums.last)
        self._customers.append(sums.customers)
        for currency, net in sums.net.items():
            self._net[currency] += net

    def _conclude(self) -> None:
        report, mapping = self.report, self.chosen.mapping
        if self._customers:
            report.customers = int(pl.concat(self._customers).unique().ne("").sum())
        report.net = {currency: float(net) for currency, net in sorted(self._net.items())}
        if mapping.currency_from == "settings" and any(
            FIELD_NAMES[name].kind == "money" for name in mapping.columns
        ):
            report.currency_assumed = mapping.currency
            report.notes.append(
                f"The file names no currency; its amounts were taken as {mapping.currency}: --currency says another."
            )
        if report.rows and report.rejected * 2 > report.rows:
            report.notes.append(
                "More than half of the rows were rejected: look at how the columns were understood."
            )
        if report.written.get("costs") and not self.dry_run:
            report.notes += [
                f"{amount:,.2f} {currency} of costs are told twice, once for the whole and once for its parts (a campaign and its ad sets, a total "
                "row): import one level only, and take the other out."
                for currency, amount in told_twice(self.store).items()
            ]

    def _record(self, *, ended: bool = False, error: str = "") -> None:
        if self._noted_elsewhere:
            return
        report = self.report
        with self.records.transaction() as transaction:
            run = transaction.get(ImportRun, report.import_id) or ImportRun(
                id=report.import_id, started_at=now()
            )
            run.source, run.file, run.error = report.source, report.file, error
            run.rows, run.rejected, run.unidentified = report.rows, report.rejected, report.unidentified
            run.events, run.known, run.restated = report.added, report.known, report.restated
            run.first, run.last = report.first, report.last
            run.ended_at = now() if ended else None
            transaction.add(run)

    def _say(self, done: int, total: int | None) -> None:
        if self.watch:
            self.watch(self.sheet.file, done, total)


def _skipped(sheet: Sheet, source: str) -> ImportReport:
    return ImportReport(import_id="", file=sheet.file, source=source, kind="", notes=[sheet.skipped])


def _failed(file: str, source: str, error: MasaratError) -> ImportReport:
    return ImportReport(import_id="", file=file, source=source, error=error.sentence, remedy=error.remedy)


def _earlier(known: datetime | None, found: object) -> datetime | None:
    return min(known, found) if known and isinstance(found, datetime) else known or _time(found)


def _later(known: datetime | None, found: object) -> datetime | None:
    return max(known, found) if known and isinstance(found, datetime) else known or _time(found)


def _time(found: object) -> datetime | None:
    return found if isinstance(found, datetime) else None
