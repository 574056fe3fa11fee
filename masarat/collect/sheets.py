"""Tables found in files: delimited text, workbooks, JSON and Parquet, each giving the same kind of batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, TypeVar

import fastexcel
import polars as pl

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.sniffing import (
    HEAD,
    Recoded,
    encoding_of,
    header_at,
    unique_names,
)
from masarat.collect.values import tidy
from masarat.errors import BadFile

T = TypeVar("T")

# Rows that do not fit the table: {raw: JSON of the cells, reason, remedy}. The column is there only where a batch has such rows.
BROKEN = "broken_row"
SAMPLE_ROWS = 10_000
WRAPPERS = ("data", "orders", "invoices", "calls", "results", "records", "rows", "sales", "transactions", "value")  # fmt: skip
BLOCK = 8 << 20  # bytes of delimited text parsed at a time; no single row may be longer

SAVE_AGAIN = "Save or export it again, and import the new file."


class Broken(NamedTuple):
    """A row that does not fit its table."""

    number: int
    raw: dict[str, str]
    reason: str
    remedy: str = "Look for a delimiter or a quotation mark too many or too few."


@dataclass
class Sheet:
    """One table in one file. Batches have the columns of `header` (text, or native types) and ROW_NUMBER.

    Where the file tells numbers from text, its texts come `tidied`, by whoever reads ahead; where all is text, numbers need it not.
    """

    file: str  # as shown to people
    header: list[str]
    rows: int | None  # where known
    keep: Any = field(default=None, repr=False)  # what must live as long as the sheet: its unpacked copy
    told_by: tuple[str, str] | None = (
        None  # (source, kind) of what was no table and was read as one: its columns are fields
    )
    skipped: str = ""  # why nothing of it is taken in, in one sentence
    tidied: ClassVar[bool] = False

    def batches(self, size: int = 500_000) -> Iterator[pl.DataFrame]:
        raise NotImplementedError

    @cached_property
    def sample(self) -> pl.DataFrame:
        """The first rows, on which the meaning of the columns is guessed."""
        empty = pl.DataFrame(schema={name: pl.String() for name in [*self.header, ROW_NUMBER]})
        return next(self.batches(SAMPLE_ROWS), empty)


@dataclass(kw_only=True)
class Remade(Sheet):
    """Another sheet whose rows are made into others as they are read; a row keeps its number, also where it becomes several."""

    of: Sheet = field(repr=False)
    by: Callable[[Iterator[pl.DataFrame]], Iterator[pl.DataFrame]] = field(repr=False)

    def batches(self, size: int = 500_000) -> Iterator[pl.DataFrame]:
        return self.by(self.of.batches(size))


def with_broken(table: pl.DataFrame, rows: Sequence[Broken]) -> pl.DataFrame:
    """The table with its broken rows, each at its place."""
    if not rows:
        return table
    told = {
        ROW_NUMBER: pl.Series([row.number for row in rows], dtype=pl.UInt64),
        BROKEN: [
            {"raw": json.dumps(row.raw, ensure_ascii=False), "reason": row.reason, "remedy": row.remedy}
            for row in rows
        ],
    }
    return pl.concat([table, pl.DataFrame(told)], how="diagonal").sort(ROW_NUMBER)


def header_of(cells: list[str], header_row: int) -> list[str]:
    named = cells if header_row else [""] * len(cells)
    return unique_names(named, taken=(ROW_NUMBER, BROKEN))


class NoRows(BadFile):
    """A table without rows; among others it is left out."""


def header_only(name: str) -> NoRows:
    return NoRows(f"{name} has a header and no rows.", "Check that the export covers a period with orders.")


def ahead(parts: Iterator[T]) -> Iterator[T]:
    """The same parts, each read before it is asked for: the first from now on, the next one while one is used."""
    thread = ThreadPoolExecutor(1)
    first = thread.submit(next, parts, None)

    def following() -> Iterator[T]:
        coming = first
        try:
            while (part := coming.result()) is not None:
                coming = thread.submit(next, parts, None)
                yield part
        finally:
            thread.shutdown()

    return following()


@dataclass
class TableSheet(Sheet):
    """A table that polars reads by itself, from Parquet, JSON or memory, in its native types."""

    tidied = True
    table: pl.LazyFrame = field(default_factory=pl.LazyFrame, repr=False)
    broken: list[Broken] = field(default_factory=list, repr=False)

    @cached_property
    def sample(self) -> pl.DataFrame:
        return next(replace(self, table=self.table.head(SAMPLE_ROWS)).batches())

    def batches(self, size: int = 500_000) -> Iterator[pl.DataFrame]:
        try:
            for batch in self.table.collect_batches(chunk_size=size, maintain_order=True, lazy=True):
                # In one piece, rather than walked in pieces at every step from here.
                yield tidy(batch.rechunk())
        except pl.exceptions.PolarsError as error:
            raise BadFile(f"{self.file} is damaged: some of it cannot be read.", SAVE_AGAIN) from error
        if self.broken:
            yield with_broken(pl.DataFrame(schema=self.table.collect_schema()), self.broken)


def parquet_sheet(path: Path, name: str) -> Sheet:
    try:
        table = pl.scan_parquet(path, row_index_name=ROW_NUMBER, row_index_offset=1, glob=False)
        rows = int(table.select(pl.len()).collect().item())
        return _table_sheet(name, table, rows)
    except pl.exceptions.PolarsError as error:
        raise BadFile(f"{name} is cut short or damaged: it cannot be read as Parquet.", SAVE_AGAIN) from error


def json_sheet(path: Path, name: str) -> Sheet:
    """An array of objects, an object that holds one ({"data": […]}), or an object a line."""
    encoding = encoding_of(path)
    with Recoded(path, encoding) as stream:
        head = stream.read(HEAD).decode("utf-8", "ignore").strip()
        if "\n" in head and _is_object(head.split("\n", 1)[0]):
            return _json_lines(
                path if encoding.clean and not encoding.bom else head.encode() + stream.read(), name
            )
        return _json_whole(head.encode() + stream.read(), name)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _json_lines(source: Path | bytes, name: str) -> Sheet:
    try:
        table = pl.scan_ndjson(
            source, infer_schema_length=None, row_index_name=ROW_NUMBER, row_index_offset=1
        )
        return _table_sheet(name, table, int(table.select(pl.len()).collect().item()))
    except pl.exceptions.PolarsError:
        return _broken_lines(source if isinstance(source, bytes) else source.read_bytes(), name)


def _broken_lines(content: bytes, name: str) -> Sheet:
    """Lines of which some are no JSON objects: those become broken rows, the rest are read as ever."""
    lines = content.decode("utf-8", "replace").splitlines()
    good = {number: line for number, line in enumerate(lines, 1) if _is_object(line)}
    reason = "The line is not a JSON object."
    broken = [
        Broken(number, {"row": line}, reason)
        for number, line in enumerate(lines, 1)
        if line.strip() and number not in good
    ]
    table = pl.read_ndjson("\n".join(good.values()).encode(), infer_schema_length=None)
    table.insert_column(0, pl.Series(ROW_NUMBER, list(good), pl.UInt64))
    sheet = _table_sheet(name, table.lazy(), table.height)
    sheet.broken = broken
    return sheet


def _json_whole(content: bytes, name: str) -> Sheet:
    try:
        table = _rows_within(pl.read_json(content, infer_schema_length=None))
    except pl.exceptions.PolarsError as error:
        raise BadFile(f"{name} is not valid JSON.", SAVE_AGAIN) from error
    if table is None:
        raise BadFile(
            f"{name} holds no list of objects.", 'Write it as [{"order_id": …}, …] or one object a line.'
        )
    return _table_sheet(name, table.with_row_index(ROW_NUMBER, 1).lazy(), table.height)


def _rows_within(table: pl.DataFrame) -> pl.DataFrame | None:
    """The list of rows in an object that wraps it ({"data": […], "page": 1}), or the table as it is."""
    lists = {column.name.lower(): column for column in table if isinstance(column.dtype, pl.List)}
    wrapper = next((lists[name] for name in WRAPPERS if name in lists), None)
    if table.height == 1 and wrapper is not None:
        return wrapper.explode().struct.unnest() if _holds_rows(wrapper.dtype) else None
    return table if table.width and table.height else None


def _holds_rows(dtype: Any) -> bool:
    return isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct)


def _table_sheet(name: str, table: pl.LazyFrame, rows: int) -> TableSheet:
    table = flat(table.with_columns(pl.col(ROW_NUMBER).cast(pl.UInt64)))
    header = [column for column in table.collect_schema() if column != ROW_NUMBER]
    if not rows:
        raise header_only(name)
    return TableSheet(name, header, rows, table=table)


def flat(table: pl.LazyFrame) -> pl.LazyFrame:
    """Objects within objects become columns (`customer.phone`), a list of objects becomes rows, other lists become text."""
    schema = table.collect_schema()
    lists = [name for name, dtype in schema.items() if _holds_rows(dtype)]
    if len(lists) == 1:
        table = table.explode(lists[0])
        schema = table.collect_schema()
    columns = [column for name, dtype in schema.items() for column in _leaves(pl.col(name), name, dtype)]
    return table.select(columns)


def _leaves(cell: pl.Expr, name: str, dtype: Any) -> Iterator[pl.Expr]:
    if isinstance(dtype, pl.Struct):
        for part in dtype.fields:
            yield from _leaves(cell.struct.field(part.name), f"{name}.{part.name}", part.dtype)
    elif isinstance(dtype, pl.List | pl.Array):
        yield pl.struct(cell.alias("_")).struct.json_encode().str.slice(5).str.head(-1).alias(name)
    elif isinstance(dtype, pl.Categorical | pl.Enum | pl.Binary | pl.Null):
        yield cell.cast(pl.String, strict=False).alias(name)
    else:
        yield cell.alias(name)


def workbook_sheets(path: Path, name: str) -> list[Sheet]:
    """The visible sheets of a workbook that hold a table."""
    try:
        book = fastexcel.read_excel(path)
        found = [_book_sheet(book, title, name) for title in book.sheet_names]
    except Exception as error:  # fastexcel raises many kinds, and panics on some damaged files
        raise BadFile(f"{name} is damaged, protected, or not a workbook we can read.", SAVE_AGAIN) from error
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets:
        raise BadFile(f"{name} has no sheet with a header and rows.", SAVE_AGAIN)
    return sheets


def _book_sheet(book: Any, title: str, name: str) -> Sheet | None:
    """Every cell as text; row numbers are those of the workbook."""
    loaded = book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
    if loaded.visible != "visible" or not loaded.width:
        return None
    cells = loaded.to_polars()
    first = [[cell or "" for cell in row] for row in cells.head(60).iter_rows()]
    header_row = header_at(first)
    rows = cells.with_row_index(ROW_NUMBER, 1).slice(header_row)
    if not rows.height or cells.width < 2:
        return None
    header = header_of(first[header_row - 1], header_row)
    table = rows.select(
        pl.col(ROW_NUMBER).cast(pl.UInt64),
        *(pl.col(c).alias(h) for c, h in zip(cells.columns, header, strict=True)),
    )
    return TableSheet(f"{name} [{title}]", header, table.height, table=table.lazy())
