"""A merchant's day: three years of exports in one folder, taken in by one command, reconciled and asked. Time, memory, and whether it is right.

    .venv/bin/python -m bench.merchant_day [--orders 200000] [--folder DIR]

For Linux. Every step is a process of its own, as for a merchant, with its start; memory is the most it held. Beside the import stands what nobody
can do without: polars that reads the same files, groups the orders, and hands the rows to chDB, which writes them. Answers that are
not what is true of the files (`masarat.demo.files`) end it with an error.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import chdb.state.sqlitelike as chdb
import polars as pl
from sqlalchemy import select

from masarat.demo.files import GOOGLE, Written, write_files
from masarat.records import Records
from masarat.records.models import ImportRun
from masarat.settings import Settings

UNTIL = date(2026, 11, 20)
AT_MOST, MEMORY_GIB = 10.0, 1.5  # times the yardstick; of any step
QUESTIONS = ("revenue", "reconcile", "customers", "new_and_returning", "products")
COUNTS = ("matched", "by_reference", "different", "only_shop", "only_books", "vat_wrong", "vat_zero")


@dataclass
class Step:
    """A process that has ended: what it said, how long it took, on how much of a processor, and the most memory it held."""

    said: str
    seconds: float
    processor: float
    gib: float


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--orders", type=int, default=200_000)
    given.add_argument("--folder", type=Path, help="where to leave the files and the store")
    given.add_argument("--yardstick", type=Path, help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.yardstick:
        read_and_write(asked.yardstick)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        return day(asked.folder or Path(scratch), asked.orders)


def day(place: Path, orders: int) -> int:
    folder, data = place / "files", place / "data"
    start, before = time.perf_counter(), time.process_time()
    truths = write_files(folder, orders, until=UNTIL)
    seconds, processor = time.perf_counter() - start, time.process_time() - before
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    print(f"{truths.orders:,} orders, {truths.rows:,} rows in {size:,.0f} MB; load {os.getloadavg()[0]:.1f}")
    print(f"{'step':28}{'seconds':>9}{'processor':>11}{'GiB':>7}")
    print(f"{'writing the files':28}{seconds:9.1f}{processor:11.1f}", flush=True)
    theirs = told("polars and chDB", run("-m", "bench.merchant_day", "--yardstick", str(folder)))
    steps = [own := told("import", masarat(data, "import", "--json", str(folder)))]
    files(data, own)
    steps += [told("the same folder again", again := masarat(data, "import", "--json", str(folder)))]
    answers = {}
    for name in QUESTIONS:
        steps += [told(f"ask {name}", answer := masarat(data, "ask", name, "--period", "all", "--json"))]
        answers[name] = {number["name"]: number["value"] for number in json.loads(answer.said)["numbers"]}
    wrong = [*differences(truths, answers), *news(json.loads(again.said))]
    ratio, most = own.processor / theirs.processor, max(step.gib for step in steps)
    print(
        f"import ÷ polars and chDB: {own.seconds / theirs.seconds:.1f}× by the clock, {ratio:.1f}× of processor (at most {AT_MOST:g}×)"
    )
    print(f"most memory {most:.2f} GiB (at most {MEMORY_GIB:g}); load {os.getloadavg()[0]:.1f}")
    print("every answer is what is true of the files" if not wrong else "\n".join(wrong))
    return int(bool(wrong) or ratio > AT_MOST or most > MEMORY_GIB)


def masarat(data: Path, *arguments: str) -> Step:
    return run("-m", "masarat.show.cli", "--data", str(data), *arguments)


def run(*arguments: str) -> Step:
    most = 0
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=out)
        while True:
            most = max(most, held(process.pid))
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(0.02)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode()
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}: {said[-2000:]}")
    return Step(said, seconds, used.ru_utime + used.ru_stime, most / (1 << 20))


def held(pid: int) -> int:
    """The most memory a process has held so far, in KiB. What `wait4` says counts what this one held when it began the other."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)


def told(name: str, step: Step) -> Step:
    print(f"{name:28}{step.seconds:9.1f}{step.processor:11.1f}{step.gib:7.2f}", flush=True)
    return step


def files(data: Path, step: Step) -> None:
    """How long each file took, and what came after them all: who is who, and which sale is which."""
    rows = {report["file"]: report["rows"] for report in json.loads(step.said)}
    records = Records(Settings(data=data))
    with records.transaction() as transaction:
        runs = transaction.scalars(select(ImportRun).order_by(ImportRun.started_at)).all()
        took = [(run.file, (run.ended_at - run.started_at).total_seconds()) for run in runs]
    records.close()
    for file, seconds in took:
        print(f"  {file:26}{seconds:9.1f}   {rows[file]:,} rows")
    print(f"  {'start, looking, settling':26}{step.seconds - sum(seconds for _, seconds in took):9.1f}")


def differences(truths: Written, answers: dict[str, dict[str, Any]]) -> list[str]:
    """What was answered and is not so."""
    revenue, reconciled = answers["revenue"], answers["reconcile"]
    pairs = {name: (reconciled[name], getattr(truths, name)) for name in (*COUNTS, "shop_net", "books_net")}
    pairs |= {"sales": (revenue["orders"], truths.sales), "revenue": (revenue["net"], truths.revenue)}
    return [
        f"{name}: {found} and not {true}"
        for name, (found, true) in pairs.items()
        if abs(found - true) > 0.005
    ]


def news(reports: list[dict[str, Any]]) -> list[str]:
    """What a folder brought that had been taken in before."""
    return [
        f"{report['file']} again: {report['added']} new, {report['restated']} restated"
        for report in reports
        if report["added"] or report["restated"]
    ]


# The yardstick


def read_and_write(folder: Path) -> None:
    """Every file read, orders of several rows made one, and all of it written by the engine."""
    with tempfile.TemporaryDirectory() as store:
        connection = chdb.connect(store)
        for number, (name, table) in enumerate(tables(folder)):
            given = table.rename(
                {column: f"c{place}" for place, column in enumerate(table.columns)}
            ).to_arrow()
            connection.query(
                f"CREATE TABLE t{number} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM Python(given)"
            )
            written = connection.query(f"SELECT count() FROM t{number}", "CSV").bytes()
            assert int(written) == given.num_rows, name
        connection.close()


def tables(folder: Path) -> list[tuple[str, pl.DataFrame]]:
    found = []
    for file in sorted(folder.iterdir()):
        table = pl.read_csv(file, skip_rows=2 if file.name == GOOGLE else 0, infer_schema_length=None)
        if file.name.startswith("orders_export_"):
            table = orders(table)
        found.append((file.name, table))
    return found


def orders(rows: pl.DataFrame) -> pl.DataFrame:
    lines = [name for name in rows.columns if name.startswith("Lineitem")]
    amount = (pl.col("Lineitem quantity") * pl.col("Lineitem price")).round(4)
    rest = [name for name in rows.columns if name not in (*lines, "Name", "Created at")]
    return rows.group_by("Name", maintain_order=True).agg(
        pl.col("Created at").first().str.to_datetime("%Y-%m-%d %H:%M:%S %z"),
        pl.col(rest).first(),
        amount.sum().alias("revenue"),
        pl.col("Lineitem sku", "Lineitem name", "Lineitem quantity", "Lineitem price"),
    )


if __name__ == "__main__":
    sys.exit(main())
