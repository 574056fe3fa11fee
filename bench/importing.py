"""What an import costs, as ratios in one run: against polars that reads the same file, groups it by invoice and writes it as Parquet.

    python bench/importing.py [--data ../shared/data] [--rounds 5]
    python bench/importing.py --rows 20000000 [--format csv|parquet]      a generated file of that size, and the memory it took

Targets: 3× from Parquet and from CSV; peak memory under 1.5 GiB whatever the size.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

import masarat
from masarat.shop import Shop

HERE = Path(__file__).resolve().parent
TARGET, MEMORY_GIB = 3.0, 1.5


def yardstick(read: Callable[[Path], pl.DataFrame], file: Path, out: Path) -> None:
    """What nobody can do without: the file read, one row an invoice with its lines, written."""
    amount = (pl.col("Quantity") * pl.col("UnitPrice")).round(4)
    (
        read(file)
        .with_columns(amount=amount)
        .group_by("InvoiceNo")
        .agg(
            pl.col("InvoiceDate").min(),
            pl.col("CustomerID", "Country").first(),
            pl.col("amount").sum().alias("revenue"),
            pl.col("StockCode", "Description", "Quantity", "amount"),
        )
        .write_parquet(out)
    )


def bring(shop: Shop, file: Path) -> None:
    """The import as people meet it, into an empty store."""
    report = shop.import_files([file], source="bench", currency="GBP")[0]
    assert report.rows == 541_909, report
    assert report.orders == report.added == 25_900, report


def clear(shop: Shop) -> None:
    """An empty store. What stood is put aside, neither deleted (ext4 is slow to make files where some were just deleted) nor merged."""
    for table in ("events", "traits", "quarantine"):
        aside = f"{table}_{time.monotonic_ns()}"
        shop.store.command(f"RENAME TABLE {table} TO {aside}")
        shop.store.command(f"SYSTEM STOP MERGES {aside}")
    shop.store.create()


def timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(shop: Shop, name: str, file: Path, read: Callable[[Path], pl.DataFrame], rounds: int) -> bool:
    """Both in turn, so that whatever else the machine does meets both alike; the first round warms up."""
    pairs = []
    for _ in range(rounds + 1):
        clear(shop)
        own = timed(lambda: bring(shop, file))
        pairs.append((own, timed(lambda: yardstick(read, file, file.with_suffix(".out")))))
    own, theirs = (statistics.median(column) for column in zip(*pairs[1:], strict=True))
    best_own, best_theirs = (min(column) for column in zip(*pairs[1:], strict=True))
    ratio = best_own / best_theirs
    verdict = "ok" if ratio <= TARGET else f"over {TARGET:g}×"
    print(
        f"{name:<9}{own:>9.3f} s{theirs:>9.3f} s   median {own / theirs:.2f}×   best {ratio:.2f}×   {verdict}"
    )
    return ratio <= TARGET


def retail(data: Path, rounds: int) -> bool:
    source = data / "online_retail" / "online_retail.parquet"
    with tempfile.TemporaryDirectory() as folder, masarat.open(Path(folder) / "data") as shop:
        csv = Path(folder) / "retail.csv"
        pl.read_parquet(source).write_csv(csv)
        parquet = Path(folder) / "retail.parquet"
        parquet.write_bytes(source.read_bytes())
        print(f"{'':<9}{'masarat':>11}{'polars':>11}")
        good = compare(shop, "parquet", parquet, pl.read_parquet, rounds)
        good &= compare(
            shop,
            "csv",
            csv,
            lambda file: pl.read_csv(file, schema_overrides=TEXTS),
            rounds,
        )
    return good & memory()


TEXTS = {"InvoiceNo": pl.String, "StockCode": pl.String}


def large(rows: int, format_: str) -> bool:
    """A generated file: four lines an order, a fifth of the customers unknown, in the order of time."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"large.{format_}"
        generate(file, rows)
        print(f"{rows:,} rows in {file.stat().st_size / 1e6:,.0f} MB of {format_}")
        before = peak()
        with masarat.open(Path(folder) / "data") as shop:
            seconds = timed(lambda: print(_told(shop.import_files([file], currency="SAR")[0])))
        print(f"{seconds:,.0f} s, {rows / seconds:,.0f} rows/s; peak memory before {before:.2f} GiB")
        return memory()


def _told(report: object) -> str:
    names = ("rows", "orders", "customers", "unidentified", "added", "rejected", "net")
    return ", ".join(f"{name} {getattr(report, name)}" for name in names)


def generate(file: Path, rows: int) -> None:
    """In a process of its own: what polars holds while writing is not the import's."""
    import subprocess

    subprocess.run([sys.executable, __file__, "--rows", str(rows), "--write", str(file)], check=True)


def write_large(file: Path, rows: int) -> None:
    line = pl.int_range(0, rows, eager=False)
    order = line // 4
    mixed = (order * 2_654_435_761) % 4_294_967_291
    frame = pl.LazyFrame({"line": [0]}).select(line.alias("line")).with_columns(
        order_id=(order + 1_000_000).cast(pl.String),
        date=(pl.datetime(2022, 1, 1) + pl.duration(seconds=order * 100_000_000 // max(rows // 4, 1))).dt.to_string("%Y-%m-%d %H:%M:%S"),
        customer_id=pl.when(mixed % 5 > 0).then((mixed % 1_000_003).cast(pl.String)),
        sku=pl.format("SKU-{}", (line * 48_271) % 5_003),
        product=pl.format("منتج رقم {}", (line * 48_271) % 5_003),
        quantity=1 + line % 3,
        unit_price=((line * 7_919) % 20_000) / 100,
        city=pl.lit("الرياض"),
    ).drop("line")  # fmt: skip
    (frame.sink_csv if file.suffix == ".csv" else frame.sink_parquet)(file)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def memory() -> bool:
    verdict = "ok" if peak() < MEMORY_GIB else f"over {MEMORY_GIB} GiB"
    print(f"peak memory {peak():.2f} GiB   {verdict}")
    return peak() < MEMORY_GIB


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write_large(given.write, given.rows)
        return 0
    good = large(given.rows, given.format) if given.rows else retail(given.data, given.rounds)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
