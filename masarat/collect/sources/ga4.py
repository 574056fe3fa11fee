"""Google Analytics 4: the events that BigQuery keeps, exported as JSON lines or Parquet; and the CSV of a screen, which is refused.

Each event becomes the move that the door makes of the same hit: the same names, identifiers, visits and products. It has no number of
its own and is known by what it says, so that late rows and the same table again change nothing; an order is known by its number, so
that a thank-you page that is loaded twice is one order.
Source: https://support.google.com/analytics/answer/7029846
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
import pyarrow as pa
import pyarrow.parquet as parquet

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.sheets import SAVE_AGAIN, Broken, Sheet, with_broken
from masarat.collect.sources.base import Source
from masarat.collect.sources.ga4_events import micros_of, move_of
from masarat.collect.wire.base import BadBody
from masarat.errors import BadFile
from masarat.events import TIME

NAME, KIND = "ga4", "moves"
SIGNS = ("event_timestamp", "event_name", "event_params")
SCHEMA = {ROW_NUMBER: pl.UInt64(), "event": pl.String(), "ts": TIME, "move": pl.String()}
COLUMNS = (
    *(*SIGNS, "stream_id", "platform", "user_id", "user_pseudo_id", "user_properties", "device", "geo"),
    *("ecommerce", "items", "collected_traffic_source", "session_traffic_source_last_click"),
)
START = 1 << 16  # bytes in which the first event shows what the file is
AT_ONCE = 2_000  # events of Parquet made into objects together
MOST_ROWS = 100_000  # of one batch
# Comments above the table: a rule first, and one that says of which days it is.
SCREEN = re.compile(rb"# ?-{10,}\s*\n(?:#.*\n)*?#.*\d{8}\s*\n")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_encode = msgspec.json.Encoder().encode


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The events of a table that was exported from BigQuery; None for other files. Raises BadFile for the CSV of a screen."""
    if head.startswith(b"PAR1"):
        return [_sheet(name, path, "parquet")] if _has_events(path) else None
    with path.open("rb") as file:
        start = file.read(START).removeprefix(b"\xef\xbb\xbf").lstrip()
    if SCREEN.match(start):
        raise BadFile(
            f"{name} is what a screen of Google Analytics shows, sums without the events behind them, and fits no table here:"
            " pages with their views are no searches.",
            "Export the events from BigQuery as JSON or Parquet, or put our SDK on the site.",
        )
    if start[:1] not in (b"{", b"[") or not all(f'"{sign}"'.encode() in start for sign in SIGNS):
        return None
    return [_sheet(name, path, "lines" if start.startswith(b"{") else "array")]


def _has_events(path: Path) -> bool:
    try:
        return set(SIGNS) <= set(parquet.read_schema(path).names)
    except (pa.ArrowException, OSError):
        return False


def _sheet(name: str, path: Path, form: str) -> Sheet:
    found = _Events(name, [column for column in SCHEMA if column != ROW_NUMBER], None, path=path, form=form)
    found.told_by = (NAME, KIND)
    return found


@dataclass
class _Events(Sheet):
    """Events, one a row: its name, its time, and the whole of it as a move."""

    tidied = True
    path: Path = field(default_factory=Path, repr=False)
    form: str = "lines"  # or array, or parquet

    def batches(self, size: int = 500_000) -> Iterator[pl.DataFrame]:
        events = self._events()
        while chunk := list(islice(events, min(size, MOST_ROWS))):
            rows = [row for row in chunk if not isinstance(row, Broken)]
            broken = [row for row in chunk if isinstance(row, Broken)]
            yield with_broken(pl.DataFrame(rows, schema=SCHEMA, orient="row"), broken)

    def _events(self) -> Iterator[tuple[int, str, datetime, str] | Broken]:
        for number, event in self._read():
            try:
                if not isinstance(event, dict):
                    raise BadBody("The line is not a JSON object.")
                move, micros = move_of(event), micros_of(event)
            except BadBody as error:
                raw = event if isinstance(event, dict) else {"row": event}
                yield Broken(number, {name: _shown(value) for name, value in raw.items()}, error.sentence)
            else:
                yield number, move.name, _EPOCH + timedelta(microseconds=micros), _encode(move).decode()

    def _read(self) -> Iterator[tuple[int, Any]]:
        """Each event with its number, as a person counts; a line that is no JSON as it stands."""
        reader = {"lines": self._lines, "array": self._array, "parquet": self._parquet}[self.form]
        yield from enumerate(reader(), 1)

    def _lines(self) -> Iterator[Any]:
        with self.path.open("rb") as file:
            for line in file:
                line = line.removeprefix(b"\xef\xbb\xbf")
                if line.strip():
                    try:
                        yield msgspec.json.decode(line)
                    except (msgspec.DecodeError, UnicodeDecodeError):
                        yield line.decode("utf-8", "replace").strip()

    def _array(self) -> Iterator[Any]:
        try:
            yield from msgspec.json.decode(self.path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=list)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
            raise BadFile(
                f"{self.file} is cut short or damaged: it is not valid JSON.", SAVE_AGAIN
            ) from error

    def _parquet(self) -> Iterator[Any]:
        try:
            with parquet.ParquetFile(self.path) as file:
                names = [name for name in COLUMNS if name in file.schema_arrow.names]
                for batch in file.iter_batches(AT_ONCE, columns=names):
                    yield from batch.to_pylist()
        except (pa.ArrowException, OSError) as error:
            raise BadFile(f"{self.file} is damaged: some of it cannot be read.", SAVE_AGAIN) from error


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


GA4 = Source(
    NAME,
    "Google Analytics 4",
    "تحليلات جوجل",
    "In BigQuery, a table events_YYYYMMDD → Export to Cloud Storage, as newline-delimited JSON or Parquet.",
    opens=opens,
    sample=(
        '{"event_date":"20250301","event_timestamp":"1740816000000000","event_name":"page_view","event_params":[{"key":"page_location",'
        '"value":{"string_value":"https://shop.example/"}},{"key":"ga_session_id","value":{"int_value":"1740816000"}}],'
        '"user_pseudo_id":"111.222","device":{"category":"mobile"},"geo":{"country":"Saudi Arabia","city":"Riyadh"},"items":[]}\n'
        '{"event_date":"20250301","event_timestamp":"1740816300000000","event_name":"purchase","event_params":[{"key":"currency",'
        '"value":{"string_value":"SAR"}},{"key":"value","value":{"double_value":115.5}},{"key":"transaction_id","value":'
        '{"string_value":"T-1"}},{"key":"ga_session_id","value":{"int_value":"1740816000"}}],"user_pseudo_id":"111.222",'
        '"user_id":"17","ecommerce":{"transaction_id":"T-1","purchase_revenue":115.5},"items":[{"item_id":"CF-1","item_name":'
        '"قهوة خولانية","item_category":"Coffee","price":57.75,"quantity":"2"}]}\n'
    ),
)
