"""Rows that could not be taken, as they wait in the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from masarat.store.standing import chunks
from masarat.store.store import Row, Store

COLUMNS = ("row_key", "source", "import_id", "file", "row_number", "raw", "field", "reason", "remedy")


def known(store: Store, source: str, row_keys: Sequence[str]) -> pl.Series:
    """Those of these rows that stand there, whatever became of them."""
    found = [
        store.frame(
            "SELECT row_key FROM quarantine WHERE source = {source:String} AND row_key IN {keys:Array(String)}",
            {"source": source, "keys": keys},
        )["row_key"]
        for keys in chunks(row_keys)
    ]
    return pl.concat(found) if found else pl.Series("row_key", [], dtype=pl.String)


def waiting(store: Store, source: str = "", limit: int = 0) -> pl.DataFrame:
    """Open rows, of one source or all, in the order of their files."""
    return store.frame(
        f"SELECT {', '.join(COLUMNS)} FROM quarantine"
        " WHERE status = 'open' AND ({source:String} = '' OR source = {source:String})"
        " ORDER BY source, file, row_number, row_key" + (" LIMIT {limit:UInt64}" if limit else ""),
        {"source": source, **({"limit": limit} if limit else {})},
    )


def count_waiting(store: Store, source: str = "") -> int:
    return int(
        store.select(
            "SELECT count() AS n FROM quarantine"
            " WHERE status = 'open' AND ({source:String} = '' OR source = {source:String})",
            {"source": source},
        )[0]["n"]
    )


def every(store: Store) -> Iterator[Row]:
    """All rows that ever waited, whatever became of them, each version of them: row_key, source, file, raw."""
    with store.client.query_rows_stream("SELECT row_key, source, file, raw FROM quarantine") as rows:
        for row in rows:
            yield dict(zip(("row_key", "source", "file", "raw"), row, strict=True))
