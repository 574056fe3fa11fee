"""Files larger than memory: rows are put by on disk, sorted by order, and come back in bundles that hold every order whole."""

from __future__ import annotations

import os
import shutil
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.identity import row_keys

KEY = "spill_key"
PREFIX = 2  # letters of the key that are counted: bundles are made of 256 parts
FEW = 0.05
ROW_GROUP = 8_192  # rows that are read from disk together


class Bundles:
    """Takes typed rows in any order; gives them back in bundles, all rows of an order in the same one.

    Up to `most` rows stay in memory and come back as one bundle. Use as a context: what lies on disk is gone afterwards, and what
    a crash left behind is cleared at the next start.
    """

    def __init__(self, directory: Path, source: str, most: int, together: str = "order_id") -> None:
        self.source = source
        self.together = together
        self.most = most
        self.path = directory / f"spill-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._held: list[pl.DataFrame] = []
        self._rows = 0
        self._counts: Counter[str] = Counter()
        _clear_stale(directory)

    def add(self, rows: pl.DataFrame) -> None:
        self._held.append(rows)
        self._rows += rows.height
        if self._rows > self.most:
            for held in self._held:
                self._spill(held)
            self._held.clear()
            pa.default_memory_pool().release_unused()  # what the reader of text keeps for later

    def __iter__(self) -> Iterator[pl.DataFrame]:
        if not self._counts:
            if self._held:
                yield pl.concat(self._held, how="diagonal")
            return
        for low, high in self._stretches():
            within = (pl.col(KEY) >= low) & (pl.col(KEY) < high)
            files = [pl.scan_parquet(file).filter(within) for file in sorted(self.path.iterdir())]
            rows = pl.concat(files, how="diagonal").collect()
            yield rows.drop(KEY).sort(ROW_NUMBER)

    def _spill(self, rows: pl.DataFrame) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        rows = rows.with_columns(row_keys(rows, self.source, self.together).alias(KEY)).sort(
            KEY, maintain_order=True
        )
        self._counts.update(dict(rows[KEY].str.head(PREFIX).value_counts().iter_rows()))
        number = len(list(self.path.iterdir()))
        rows.write_parquet(self.path / f"{number:06}.parquet", compression="lz4", row_group_size=ROW_GROUP)

    def _stretches(self) -> Iterator[tuple[str, str]]:
        """Ranges of keys that hold about a quarter of what may stay in memory."""
        low, rows = "", 0
        for prefix in sorted(self._counts):
            if rows and rows + self._counts[prefix] > self.most // 4:
                yield low, prefix
                low, rows = prefix, 0
            rows += self._counts[prefix]
        yield low, "~"

    def __enter__(self) -> Bundles:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def halves(rows: pl.DataFrame, together: str = "order_id") -> list[pl.DataFrame]:
    """Rows in two parts, all of an order in the same one; in one part where that takes more than moving a few rows."""
    if together not in rows.columns:
        return [rows]
    # Hashes are compared faster than texts; two orders of one hash go together, which does no harm.
    orders = rows[together].hash()
    middle = rows.height // 2
    begun = orders[middle:].is_in(orders[:middle].unique().implode())
    moved = int(begun.sum())
    if moved > FEW * rows.height:
        return [rows]
    if begun.head(moved).all():  # only the order in the middle goes on: nothing need be copied
        return [rows[: middle + moved], rows[middle + moved :]]
    rest = rows[middle:]
    return [pl.concat([rows[:middle], rest.filter(begun)]), rest.filter(~begun)]


def _clear_stale(directory: Path) -> None:
    """Remove what processes that no longer live have left."""
    for path in directory.glob("spill-*-*"):
        try:
            os.kill(int(path.name.split("-")[1]), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(path, ignore_errors=True)
        except PermissionError:
            continue
