"""Looking for customers who may be one, at 200,000: seconds, memory, what a question waits meanwhile, and whether it is right.

    .venv/bin/python -m bench.review [--customers N]

One customer in twenty comes twice, the second time with the name in the other script and the same phone; one in fifty is somebody else
of a family with one phone. Names are the sample shop's given names with 4,000 family names from ../shared/data. The store is filled by a
process of its own, so that memory is that of looking alone.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
import polars as pl

from bench.names import DATA
from masarat.analyse.contacts import contacts
from masarat.demo.names import CITIES, MEN, WOMEN
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.store import Store

T = TypeVar("T")

TWICE, SHARED = 20, 50
FAMILIES = 4_000
NEW = 20


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--customers", type=int, default=200_000)
    customers = given.parse_args().customers
    with tempfile.TemporaryDirectory() as scratch:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            facts = other.submit(fill, Path(scratch), customers).result()
        print(f"{customers:,} customers, {facts:,} facts")
        with Shop(Settings(data=Path(scratch), query_seconds=600, remembered=0)) as shop:
            look(shop)


def look(shop: Shop) -> None:
    took("contacts read", lambda: contacts(shop.store))
    found = took("dry run, questions asked meanwhile", lambda: meanwhile(shop))
    print(found)
    found = took("looked, merged and written down", shop.review.refresh)
    accepted = shop.review.page("en", state="accepted", limit=500)["pairs"]
    right = sum(_number(pair["one"]) == _number(pair["other"]) for pair in accepted)
    print(
        f"{found.merged:,} merged, {found.waiting:,} wait, {found.left_out:,} left out, {found.skipped:,} skipped"
    )
    print(f"of the last {len(accepted)} merges {right} are right")
    again = took("looked again", shop.review.refresh)
    print(f"{again.merged:,} merged, {again.waiting:,} wait")
    shop.store.insert("traits", told(newcomers(shop)))
    new = took("looked once more, with newcomers", shop.review.refresh)
    print(f"{new.merged:,} of {NEW} who came again under another number were merged")
    took("a page of the queue", lambda: shop.review.page("ar"))


def meanwhile(shop: Shop) -> str:
    """What a question about one customer waits while somebody looks, beside what it waits alone."""
    alone = [asked(shop.store) for _ in range(50)]
    looking = threading.Thread(target=lambda: shop.review.refresh(dry_run=True))
    looking.start()
    beside = []
    while looking.is_alive():
        beside.append(asked(shop.store))
    one, other = (1000 * statistics.median(each) for each in (alone, beside))
    worst = 1000 * max(beside)
    return f"a question takes {one:.0f} ms alone, {other:.0f} ms meanwhile (at most {worst:.0f} ms)"


def asked(store: Store) -> float:
    started = time.perf_counter()
    contacts(store, ["user:7"])
    return time.perf_counter() - started


def took(what: str, work: Callable[[], T]) -> T:
    before, started, worked = peak(), time.perf_counter(), time.process_time()
    found = work()
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    said = f"{seconds:7.1f} s ({worked:.1f} of a processor), {peak():,} MB at the peak ({before:,} before)"
    print(f"{what:40} {said}", flush=True)
    return found


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _number(customer: dict[str, str]) -> str:
    return customer["customer"].partition(":")[2]


def fill(data: Path, customers: int) -> int:
    with Store(Settings(data=data)) as store:
        people = everybody(customers)
        return store.insert("traits", told(people))


def told(people: pl.DataFrame) -> pl.DataFrame:
    facts = people.unpivot(index="visitor_id", variable_name="trait", value_name="value").drop_nulls()
    at = pl.lit(datetime(2025, 1, 1, tzinfo=UTC)).cast(pl.Datetime("ms", "UTC"))
    return facts.with_columns(source=pl.lit("bench"), ts=at)


def newcomers(shop: Shop) -> pl.DataFrame:
    """Some customers who come once more."""
    known = contacts(shop.store, [f"user:{number}" for number in range(7, 7 + NEW * SHARED, SHARED)])
    return known.select(
        pl.col("customer").str.replace("user", "till").alias("visitor_id"),
        name=pl.col("names").list.first(),
        phone=pl.col("phones").list.first(),
    )


def everybody(customers: int) -> pl.DataFrame:
    dice, number = np.random.default_rng(1), np.arange(customers)
    given = np.array((*MEN, *WOMEN))[dice.integers(0, len(MEN) + len(WOMEN), customers)]
    names = pl.read_csv(DATA / "wikidata_en_ar.csv.gz", columns=["arabic", "english"])
    common = 1 / (np.arange(FAMILIES) + 10.0)
    chosen = dice.choice(FAMILIES, customers, p=common / common.sum())
    family = names.sample(FAMILIES, seed=3).to_numpy()[chosen]
    both = np.char.add(np.char.add(given.astype(str), " "), family.astype(str))
    mine = (dice.random(customers) < 0.3).astype(int)
    phone = np.where(number % SHARED == 1, number - 1, number)
    people = pl.DataFrame(
        {
            "visitor_id": [f"user:{n}" for n in number],
            "name": both[number, mine],
            "phone": [f"+96652{n:07d}" for n in phone],
            "email": [f"c{n}@example.com" if n % 3 else None for n in number],
            "city": np.array([city.arabic for city in CITIES])[dice.integers(0, len(CITIES), customers)],
        }
    )
    twice = people.with_columns(
        visitor_id=pl.Series([f"shop:{n}" for n in number]), name=both[number, 1 - mine]
    )
    again = twice.with_columns(email=pl.lit(None, pl.String)).filter(pl.Series(number % TWICE == 0))
    return pl.concat([people, again])


if __name__ == "__main__":
    main()
