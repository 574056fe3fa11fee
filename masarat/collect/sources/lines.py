"""Lines of an order that a program packs into one row: each becomes a row of its own, the order's cells beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import polars as pl

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.sheets import BROKEN, Remade, Sheet
from masarat.collect.values import as_text, read_number
from masarat.words.folding import fold

Line = Mapping[str, str]  # column → cell
OURS = (ROW_NUMBER, BROKEN)  # columns of a batch that no file has
CENT = Decimal("0.01")


def column_of(header: Sequence[str], *names: str) -> str:
    """The first column called one of these names, however it is written; empty where none is."""
    known = {fold(column): column for column in reversed(header)}
    return next((known[fold(name)] for name in names if fold(name) in known), "")


def unpacked(
    sheet: Sheet,
    packed: Sequence[str],
    columns: Sequence[str],
    lines_of: Callable[[pl.DataFrame], list[Sequence[Line]]],
) -> Sheet:
    """The sheet with a row a line: its `columns` in place of those that the lines were `packed` in."""
    header = [name for name in sheet.header if name not in (*packed, *columns)]
    by = partial(_unpacked, header=header, columns=columns, lines_of=lines_of)
    return Remade(sheet.file, [*header, *columns], None, of=sheet, by=by)


def _unpacked(
    batches: Iterator[pl.DataFrame],
    header: Sequence[str],
    columns: Sequence[str],
    lines_of: Callable[[pl.DataFrame], list[Sequence[Line]]],
) -> Iterator[pl.DataFrame]:
    for batch in batches:
        lines = [found or [{}] for found in lines_of(batch)]
        places = [place for place, found in enumerate(lines) for _ in found]
        beside = [name for name in batch.columns if name in header or name in OURS]
        told = [
            pl.Series(name, [line.get(name, "") for found in lines for line in found], pl.String())
            for name in columns
        ]
        yield batch.select(beside)[places].with_columns(told)


def cells(batch: pl.DataFrame, name: str) -> list[str]:
    """A column as texts; empty texts where there is no such column."""
    return as_text(batch[name]).to_list() if name else [""] * batch.height


def amounts(batch: pl.DataFrame, name: str) -> list[Decimal | None]:
    """A column as amounts; None where a cell is none."""
    if not name:
        return [None] * batch.height
    return [None if value is None else Decimal(str(value)) for value in read_number(batch[name])[0]]


def shared(net: Decimal | None, weights: Sequence[Decimal | None]) -> list[str]:
    """What an order comes to, shared out over its lines by their price; the rounding falls on the dearest. As it is where one is alone.

    Lines keep their price where the order tells no total; they have no amount where not all have a price.
    """
    if net is not None and len(weights) == 1:
        return [str(net)]
    known = [weight for weight in weights if weight is not None]
    whole = sum(known, Decimal(0))
    if len(known) < len(weights) or (net is not None and whole <= 0):
        return [""] * len(weights)
    if net is None:
        return [str(weight) for weight in known]
    parts = [(net * weight / whole).quantize(CENT, ROUND_HALF_UP) for weight in known]
    parts[known.index(max(known))] += net - sum(parts, Decimal(0))
    return [str(part) for part in parts]
