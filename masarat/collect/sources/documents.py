"""Documents that are no tables (invoices in XML, chats, cards) made into sheets whose columns are fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.sheets import Broken, Sheet, TableSheet, with_broken


def sheet_of(
    name: str,
    source: str,
    kind: str,
    rows: Sequence[Mapping[str, str]],
    broken: Sequence[tuple[Mapping[str, str], str, str]] = (),
) -> Sheet:
    """Rows (field or further property → text) as a sheet that `source` wrote; `broken` are those that cannot be taken, with reason and remedy."""
    header = list(dict.fromkeys(column for row in (*rows, *(raw for raw, *_ in broken)) for column in row))
    cells = [(number, *(row.get(column, "") for column in header)) for number, row in enumerate(rows, 1)]
    schema = {ROW_NUMBER: pl.UInt64(), **dict.fromkeys(header, pl.String())}
    table = pl.DataFrame(cells, schema=schema, orient="row")
    found = TableSheet(name, header, len(rows), table=table.lazy())
    found.told_by = (source, kind)
    found.broken = [
        Broken(len(rows) + place, dict(raw), reason, remedy)
        for place, (raw, reason, remedy) in enumerate(broken, 1)
    ]
    return found


@dataclass
class _Told(Sheet):
    """A table with what stands outside it."""

    inner: Sheet = field(default_factory=lambda: Sheet("", [], None), repr=False)
    cells: dict[str, str] = field(default_factory=dict)

    def batches(self, size: int = 500_000) -> Iterator[pl.DataFrame]:
        for batch in self.inner.batches(size):
            yield batch.with_columns(pl.lit(cell).alias(column) for column, cell in self.cells.items())


def with_cells(sheet: Sheet, cells: Mapping[str, str]) -> Sheet:
    """The same table with further columns, which say the same in every row: what its file tells beside it, like a period."""
    return _Told(sheet.file, [*sheet.header, *cells], sheet.rows, inner=sheet, cells=dict(cells))


def gathered(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The same sheets, documents of one source and kind put together as one: a thousand invoices are one import."""
    found: list[Sheet] = []
    alike: dict[tuple[str, str], list[TableSheet]] = {}
    for sheet in sheets:
        if sheet.told_by and isinstance(sheet, TableSheet):
            alike.setdefault(sheet.told_by, []).append(sheet)
        else:
            found.append(sheet)
    return [*found, *(_one(told_by, parts) for told_by, parts in alike.items())]


def _one(told_by: tuple[str, str], parts: list[TableSheet]) -> Sheet:
    """Documents as one sheet; the very same one more (a copy in another folder) is left out."""
    different: dict[tuple[str, ...], TableSheet] = {}
    for part in parts:
        different.setdefault((part.table.collect().write_json(), *map(str, part.broken)), part)
    parts = list(different.values())
    if len(parts) == 1:
        return parts[0]
    tables = [with_broken(part.table.collect(), part.broken).drop(ROW_NUMBER) for part in parts]
    table = pl.concat(tables, how="diagonal").with_row_index(ROW_NUMBER, 1).cast({ROW_NUMBER: pl.UInt64})
    header = list(dict.fromkeys(column for part in parts for column in part.header))
    found = TableSheet(f"{parts[0].file} … ({len(parts)})", header, table.height, table=table.lazy())
    found.told_by = told_by
    return found


__all__ = ["gathered", "sheet_of", "with_cells"]
