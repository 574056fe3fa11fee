"""CSV, TSV and their kin: delimited text in any encoding, read in blocks, with its rows numbered as a person counts them."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.csv as arrow_csv

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.sheets import (
    SAMPLE_ROWS,
    SAVE_AGAIN,
    Broken,
    Sheet,
    header_of,
    header_only,
    with_broken,
)
from masarat.collect.sniffing import HEAD, Encoding, Layout, Recoded, encoding_of, layout_of
from masarat.errors import BadFile

BLOCK = 8 << 20  # bytes of text parsed at a time; no single row may be longer
SAMPLE_BLOCK = 1 << 20
csv.field_size_limit(BLOCK)
_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\ufffd]")


@dataclass
class TextSheet(Sheet):
    """CSV, TSV and their kin, read as text in any encoding, in blocks: memory does not grow with the file."""

    path: Path = field(default_factory=Path, repr=False)
    encoding: Encoding = field(default=Encoding("utf-8"), repr=False)
    layout: Layout = field(default=Layout(",", [], 1, 0), repr=False)
    skip: int = 0  # bytes of UTF-8 before the first row of data

    def batches(self, size: int = 500_000) -> Iterator[pl.DataFrame]:
        broken: deque[Broken] = deque()
        numbers = _Numbers(self.layout.header_row + 1)
        waiting: list[pl.DataFrame] = []
        with self._stream() as stream:
            parts = self._parse(stream, broken, BLOCK if size > SAMPLE_ROWS else SAMPLE_BLOCK)
            for part in parts:
                table = pl.DataFrame(part)
                while table.height:
                    room = size - sum(held.height for held in waiting)
                    waiting.append(table.head(room))
                    table = table.slice(room)
                    if room <= waiting[-1].height:
                        yield self._numbered(waiting, numbers, broken)
                        waiting.clear()
        if waiting or broken:
            yield self._numbered(waiting, numbers, broken, last=True)

    def _stream(self) -> Any:
        source: Any = pa.OSFile(str(self.path)) if self.encoding.clean else Recoded(self.path, self.encoding)
        source.read(self.skip + (self.encoding.bom if self.encoding.clean else 0))
        return source

    def _parse(self, stream: Any, broken: deque[Broken], block: int) -> Iterator[pa.RecordBatch]:
        def keep(row: Any) -> str:
            broken.append(self._broken(row))
            return "skip"

        text = pa.string()
        try:
            yield from arrow_csv.open_csv(
                stream,
                read_options=arrow_csv.ReadOptions(
                    column_names=self.header, block_size=block, use_threads=False
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self.layout.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=keep,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(self.header, text), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):
                return
            raise BadFile(
                f"{self.file} has a row longer than {block >> 20} MB: most likely a quotation mark that is never closed.",
                "Close or remove it, and import the file again.",
            ) from None

    def _broken(self, row: Any) -> Broken:
        """The row's cells under their columns; what is beyond the last column under names of its own."""
        cells = next(csv.reader(io.StringIO(row.text, newline=""), delimiter=self.layout.delimiter), [])
        names = [*self.header, *(f"column {place}" for place in range(len(self.header) + 1, len(cells) + 1))]
        raw = dict(zip_longest(names, cells, fillvalue=""))
        reason = f"Cells in the row: {row.actual_columns}, in the header: {row.expected_columns}."
        return Broken(self.layout.header_row + row.number, raw, reason)

    def _numbered(
        self,
        parts: list[pl.DataFrame],
        numbers: _Numbers,
        broken: deque[Broken],
        last: bool = False,
    ) -> pl.DataFrame:
        empty = pl.DataFrame(schema=dict.fromkeys(self.header, pl.String()))
        table = pl.concat(parts, rechunk=False) if parts else empty
        taken = numbers.take(table.height, [row.number for row in list(broken)])
        due = []
        while broken and (last or broken[0].number < numbers.next):
            due.append(broken.popleft())
        return with_broken(table.with_columns(taken.alias(ROW_NUMBER)), due)


class _Numbers:
    """Row numbers of the rows that were read, where others between them were not."""

    def __init__(self, first: int) -> None:
        self.next = first

    def take(self, count: int, without: list[int]) -> pl.Series:
        numbers = pl.int_range(self.next, self.next + count + len(without), dtype=pl.UInt64, eager=True)
        if without:
            numbers = numbers.filter(~numbers.is_in(without))
        numbers = numbers.head(count)
        self.next = int(numbers[-1]) + 1 if count else self.next
        return numbers


def text_sheet(path: Path, name: str) -> Sheet:
    encoding = encoding_of(path)
    with Recoded(path, encoding) as stream:
        head = stream.read(HEAD).decode("utf-8", "ignore")
        whole = not stream.read(1)
    _refuse_binary(head, name)
    head = head if whole else head[: head.rfind("\n") + 1] or head
    layout = layout_of(head)
    if not layout.header:
        raise BadFile(f"{name} is empty.", SAVE_AGAIN)
    if len(layout.header) < 2:
        raise BadFile(
            f"{name} has a single column: no comma, semicolon, tab or | stands between its cells.",
            "Export it as CSV, with a first row that names the columns.",
        )
    if whole and not head[layout.start :].strip(" \t\r\n,;|"):
        raise header_only(name)
    header = header_of(layout.header, layout.header_row)
    skip = len(head[: layout.start].encode())
    return TextSheet(name, header, None, path=path, encoding=encoding, layout=layout, skip=skip)


def _refuse_binary(head: str, name: str) -> None:
    strange = len(_STRANGE.findall(head))
    if strange > 0.05 * len(head):
        raise BadFile(f"{name} is not a table we can read.", "Export it as CSV, XLSX, JSON or Parquet.")
