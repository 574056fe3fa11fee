"""Rows that could not be taken: kept with reason and remedy, given out as CSV, taken in again once set right."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from masarat.collect.choosing import Reading, mapping_of, readings
from masarat.collect.fields import ROW_NUMBER
from masarat.collect.identity import digest, fingerprint
from masarat.collect.kinds import Origin
from masarat.collect.mapping import Mapping, read_batch
from masarat.collect.pieces import CELL
from masarat.collect.putting import Hear
from masarat.collect.reading import open_file
from masarat.collect.replaying import take_again
from masarat.collect.reports import Replay
from masarat.collect.restate import plan
from masarat.collect.writing import write
from masarat.errors import BadFile
from masarat.events import TIME
from masarat.records import Records
from masarat.records.models import Source
from masarat.store import Store, quarantined

# What is told of a row before its own cells; in the CSV each is marked as ours, as a file may have columns of these names.
ABOUT = ("row_key", "source", "file", "row_number", "field", "reason", "remedy")
MARK = "masarat:"
KEEP = "Write one with masarat quarantine export FILE.csv, set the rows right, and keep its columns."
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def put(store: Store, bad: pl.DataFrame, *, source: str, file: str, import_id: str) -> None:
    """Keep bad rows of `read_batch`. A row that was here before stays as it is, whatever became of it."""
    rows = bad.with_columns(digest(source + "\x1f" + bad["raw"]).alias("row_key")).unique(
        "row_key", maintain_order=True
    )
    known = quarantined.known(store, source, rows["row_key"].to_list())
    _write(
        store,
        rows.filter(~pl.col("row_key").is_in(known.implode())).select(
            "row_key",
            pl.lit(source).alias("source"),
            pl.lit(import_id).alias("import_id"),
            pl.lit(file).alias("file"),
            pl.col(ROW_NUMBER).alias("row_number"),
            "raw",
            "field",
            "reason",
            "remedy",
        ),
        "open",
    )


def export(store: Store, source: str = "") -> str:
    """The open rows as CSV, for a spreadsheet: reason and remedy first, then the cells as they came."""
    rows = quarantined.waiting(store, source).to_dicts()
    cells = [json.loads(row["raw"]) for row in rows]
    columns = list(dict.fromkeys(name for row in cells for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(MARK + name for name in ABOUT), *map(_harmless, columns)])
    for row, own in zip(rows, cells, strict=True):
        writer.writerow(
            [_harmless(row[name]) for name in ABOUT] + [_harmless(own.get(name, "")) for name in columns]
        )
    return "\ufeff" + out.getvalue()


def dismiss(store: Store, source: str = "") -> int:
    """Close open rows that nobody will set right; returns how many."""
    rows = quarantined.waiting(store, source)
    _write(store, rows, "dismissed")
    return rows.height


def replay(store: Store, records: Records, path: Path, hear: Hear) -> Replay:
    """Take in an exported CSV whose cells were set right. Rows that are still wrong stay open, with what is wrong now.

    `hear` is given the lines of pieces that went in: what they tell of who is who, and of consent.
    """
    fixed = _read(path)
    waiting = quarantined.waiting(store).filter(pl.col("row_key").is_in(fixed["row_key"].implode()))
    report = Replay(rows=fixed.height, closed_before=fixed.height - waiting.height)
    for (source, header), rows in _alike(waiting):
        if header == (CELL,):
            _take_pieces(store, rows, fixed, report, hear)
            continue
        reading = _reading_of(records, source, header, fixed.columns)
        cells = rows.select("row_key").join(fixed, on="row_key", how="left", maintain_order="left")
        _take(store, rows, cells, mapping_of(reading), report)
    return report


def _take(store: Store, rows: pl.DataFrame, cells: pl.DataFrame, mapping: Mapping, report: Replay) -> None:
    """Rows of one source that are read alike, with their new cells. The run is named after the rows: done twice, it adds nothing."""
    source = str(rows["source"][0])
    run = str(digest(pl.Series(["".join(rows["row_key"].sort())]))[0])
    used = _columns_of(mapping)
    if gone := sorted(used - set(cells.columns)):
        raise BadFile(f"It has no column {gone[0]!r} any more.", KEEP)
    batch = cells.select(name for name in cells.columns if name in used)
    good, bad = read_batch(mapping, batch.with_row_index(ROW_NUMBER).cast({ROW_NUMBER: pl.UInt64}))
    if good.height:
        told = mapping.about.read(good, Origin(source, mapping.currency, mapping.timezone, datetime.now(UTC)))
        planned = plan(store, told.events, source=source, import_id=run, adding=True)
        write(store, [(told, planned)], run)
        report.added += planned.added
        report.restated += planned.restated
    wrong = bad[ROW_NUMBER].to_list()
    _write(
        store, rows.with_row_index("place").filter(~pl.col("place").is_in(wrong)).drop("place"), "replayed"
    )
    report.replayed += rows.height - len(wrong)
    report.still_wrong += len(wrong)
    report.reasons += [
        f"{rows['file'][place]}, row {rows['row_number'][place]}: {reason} {remedy}"
        for place, reason, remedy in bad.select(ROW_NUMBER, "reason", "remedy").iter_rows()
    ]


def _take_pieces(store: Store, rows: pl.DataFrame, fixed: pl.DataFrame, report: Replay, hear: Hear) -> None:
    """Pieces of requests, each with its text as it is now."""
    texts = rows.select("row_key").join(fixed, on="row_key", how="left", maintain_order="left")[CELL]
    wrong = take_again(store, rows, [text or "" for text in texts], hear)
    right = pl.Series([not reason for reason in wrong])
    _write(store, rows.filter(right), "replayed")
    report.replayed += int(right.sum())
    report.added += int(right.sum())
    report.still_wrong += len(wrong) - int(right.sum())
    report.reasons += [reason for reason in wrong if reason]


def _read(path: Path) -> pl.DataFrame:
    """Keys of rows, and their cells as they are now."""
    sheet = open_file(path)[0]
    if MARK + "row_key" not in sheet.header:
        raise BadFile(f"{path.name} is not a quarantine file: it has no column {MARK}row_key.", KEEP)
    rows = pl.concat(list(sheet.batches()), how="diagonal").select(sheet.header).cast(pl.String)
    rows = rows.rename({MARK + "row_key": "row_key"}).drop(
        MARK + name for name in ABOUT[1:] if MARK + name in rows.columns
    )
    return rows.unique("row_key", keep="last")


def _alike(rows: pl.DataFrame) -> list[tuple[tuple[str, tuple[str, ...]], pl.DataFrame]]:
    """Rows in groups of one source and one set of columns."""
    headers = [tuple(json.loads(raw)) for raw in rows["raw"]]
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for place, (source, header) in enumerate(zip(rows["source"], headers, strict=True)):
        groups.setdefault((source, header), []).append(place)
    return [(group, rows[places]) for group, places in groups.items()]


def _reading_of(records: Records, source: str, header: Sequence[str], columns: Sequence[str]) -> Reading:
    """How a row's file was read: by its own columns, or (a row that did not fit its table) the last whose columns are all here."""
    with records.transaction() as transaction:
        known = readings(transaction.get(Source, source))
    fitting = [
        r for r in reversed(known.values()) if r.mapping and _columns_of(mapping_of(r)) <= set(columns)
    ]
    reading = known.get(fingerprint(header)) or next(iter(fitting), None)
    if reading is None:
        raise BadFile(
            f"It is not known any more how files of {source!r} with these columns are read.",
            "Import the corrected file itself instead.",
        )
    return reading


def _columns_of(mapping: Mapping) -> set[str]:
    """The columns that a row is read from, those included that no field takes."""
    return {column.column for column in mapping.columns.values()} | set(mapping.unmapped)


def _write(store: Store, rows: pl.DataFrame, status: str) -> None:
    wanted = rows.select(quarantined.COLUMNS)
    now = pl.lit(datetime.now(UTC)).cast(TIME).alias("ts")
    store.insert("quarantine", wanted.with_columns(pl.lit(status).alias("status"), now))


def _harmless(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula; numbers, also negative ones and phones, stay as they are."""
    text = "" if cell is None else str(cell)
    if not text.startswith(FORMULA) or text[1:].replace(".", "", 1).replace(",", "").isdigit():
        return text
    return "'" + text
