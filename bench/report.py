"""The report's questions against the same SQL typed by hand into chDB, in the same process: what does our spine cost?

    .venv/bin/python -m bench.report [--data DIR]

Without a store of your own it loads Online Retail (../shared/data), or the sample shop where that is absent. Asking and typing
take turns, and the best of several rounds counts for each, so that what else runs on the machine hits both alike.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import chdb.state.sqlitelike as chdb

from masarat.analyse import Analysis, ask
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.reports.build import REPORT
from masarat.store import Store
from tests.support.online_retail import write_online_retail
from tests.support.shop import SHARED

AT_MOST = 1.5  # the whole report, as a ratio
ROUNDS = 5


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--data", type=Path, help="a data directory with a shop in it")
    data = given.parse_args().data
    with (
        tempfile.TemporaryDirectory() as scratch,
        Shop(Settings(data=data or Path(scratch), remembered=0)) as shop,
    ):
        if data is None:
            fill(shop)
        sys.exit(0 if compare(shop.store) <= AT_MOST else 1)


def fill(shop: Shop) -> None:
    if SHARED.is_dir():
        write_online_retail(shop.store, SHARED)
    else:
        shop.load_demo()


def compare(store: Store) -> float:
    """Print each question's time, asked and typed, and return the ratio of the sums."""
    connection = chdb.connect(store.settings.store_url.removeprefix("chdb://"))
    connection.query(f"USE {store.database}")
    print(f"{'question':24}{'queries':>8}{'asked ms':>10}{'typed ms':>10}{'ratio':>8}")
    sums = [0.0, 0.0]
    for question in REPORT:
        typed = [written(sql, values) for sql, values in queries(store, question)]
        if not typed:
            print(f"{question.name:24}  needs what this shop has not")
            continue
        asked_ms, typed_ms = best(
            lambda question=question: ask(store, question),
            lambda typed=typed: [connection.query(sql, "Native") for sql in typed],
        )
        sums = [sums[0] + asked_ms, sums[1] + typed_ms]
        print(f"{question.name:24}{len(typed):8}{asked_ms:10.1f}{typed_ms:10.1f}{asked_ms / typed_ms:8.2f}")
    connection.close()
    ratio = sums[0] / sums[1]
    print(f"{'the whole report':24}{'':8}{sums[0]:10.1f}{sums[1]:10.1f}{ratio:8.2f}   (at most {AT_MOST})")
    return ratio


def queries(store: Store, question: Analysis) -> list[tuple[str, dict[str, Any]]]:
    """The text and values of every step that the store is asked for to answer a question."""
    steps: list[tuple[str, dict[str, Any]]] = []
    rows = Store.rows

    def record(self, query, step="", **options):
        steps.append((query.sql(step), dict(query.values)))
        return rows(self, query, step, **options)

    with mock.patch.object(Store, "rows", record):
        ask(store, question)
    return steps


def best(*doing: Callable[[], Any]) -> list[float]:
    """The shortest time of each in milliseconds, taking turns."""
    times: list[list[float]] = [[] for _ in doing]
    for _ in range(ROUNDS):
        for each, do in zip(times, doing, strict=True):
            start = time.perf_counter()
            do()
            each.append((time.perf_counter() - start) * 1000)
    return [min(each) for each in times]


def written(sql: str, values: dict[str, Any]) -> str:
    """The text with its values written in, as a person would type it."""
    for name, value in values.items():
        before, found, after = sql.partition(f"{{{name}:")
        while found:
            kind, _, rest = after.partition("}")
            sql = f"{before}CAST({literal(value)}, '{kind}'){rest}"
            before, found, after = sql.partition(f"{{{name}:")
    return sql


def literal(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, (str, date, datetime)):
        return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
    return str(value)


if __name__ == "__main__":
    main()
