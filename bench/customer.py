"""A million customers, a fifth of them merged: how soon somebody is found, and their profile told, beside the same SQL typed by hand.

    .venv/bin/python -m bench.customer [--customers N] [--searches N]

Each kind of search is done for so many customers taken by lot, ours and the typed SQL in turns, and the median counts: the machine
may be busy, it is so for both.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from unittest import mock

import numpy as np
import polars as pl
from clickhouse_connect.driver.client import Client

from bench.report import written
from masarat.act.customers import Customers
from masarat.analyse.search import search
from masarat.demo.names import FAMILIES, MEN, WOMEN
from masarat.records import Records
from masarat.resolve.identity import Identity
from masarat.store import Store, identities
from tests.support.shop import Engine

FOUND_MS, TOLD_MS = 50, 100  # at most, in the median
SOURCES = ("branch", "web")
MERGED = 5  # every so many customers is two who were merged
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
MAILS = ("gmail.com", "hotmail.com", "outlook.sa", "shop.example")
SYLLABLES = (
    ("با", "ba"), ("تي", "ti"), ("جو", "jo"), ("دا", "da"), ("ري", "ri"), ("زو", "zo"), ("سا", "sa"), ("شي", "shi"),
    ("طا", "ta"), ("غا", "gha"), ("في", "fi"), ("قو", "qu"), ("كا", "ka"), ("لي", "li"), ("مو", "mo"), ("نا", "na"),
)  # fmt: skip


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--customers", type=int, default=1_000_000)
    given.add_argument("--searches", type=int, default=200)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        store = Engine(Path(scratch)).store(remembered=0)
        people = customers(asked.customers)
        took("filled", lambda: fill(store, people))
        store.command("OPTIMIZE TABLE search FINAL")
        store.command("OPTIMIZE TABLE traits FINAL")  # as they stand after a while
        print_sizes(store)
        sample = people.filter(pl.col("n") % 2 == 0).sample(asked.searches, seed=7)  # with an e-mail
        slow = max(find(store, kind, texts) for kind, texts in searches(sample))
        told = tell(store, Path(scratch), sample)
        merges = store.select("SELECT count() AS n FROM identity_overrides WHERE owner != from_id")[0]["n"]
    print(
        f"{len(people):,} customers, {merges:,} merges: found in {slow:.0f} ms at most {FOUND_MS}, told in {told:.0f} ms at most {TOLD_MS}"
    )
    sys.exit(slow > FOUND_MS or told > TOLD_MS)


# The shop


def customers(count: int) -> pl.DataFrame:
    """Names in both scripts, some common and most rare; a phone each, and an e-mail for every second."""
    dice = np.random.default_rng(1)
    given = [*MEN, *WOMEN, *_made(dice, 3_000, 2)]
    families = [
        *FAMILIES,
        *(("ال" + arabic, "Al-" + latin.title()) for arabic, latin in _made(dice, 40_000, 3)),
    ]
    first, father, family = (_drawn(dice, some, count) for some in (given, given, families))
    number = pl.Series("n", np.arange(count))
    phones = pl.Series(dice.permutation(100_000_000)[:count]).cast(pl.String).str.zfill(8)
    mails = pl.Series(np.array(MAILS)[dice.integers(0, len(MAILS), count)])
    local = (
        first["latin"].str.to_lowercase() + "." + family["latin"].str.to_lowercase() + number.cast(pl.String)
    )
    return pl.DataFrame(
        {
            "n": number,
            "arabic": first["arabic"] + " " + father["arabic"] + " " + family["arabic"],
            "latin": first["latin"] + " " + family["latin"],
            "family_arabic": family["arabic"],
            "family_latin": family["latin"],
            "phone": "+9665" + phones,
            "email": local + "@" + mails,
        }
    )


def _made(dice: np.random.Generator, count: int, length: int) -> list[tuple[str, str]]:
    picked = dice.integers(0, len(SYLLABLES), (count, length))
    return [
        ("".join(SYLLABLES[i][0] for i in row) + "ن", "".join(SYLLABLES[i][1] for i in row) + "n")
        for row in picked
    ]


def _drawn(dice: np.random.Generator, names: list[tuple[str, str]], count: int) -> pl.DataFrame:
    chance = 1 / np.arange(1, len(names) + 1)
    frame = pl.DataFrame(names, schema=["arabic", "latin"], orient="row")
    return frame[dice.choice(len(names), count, p=chance / chance.sum())]


def fill(store: Store, people: pl.DataFrame) -> None:
    """Three events each, what is known of them, and merges of an account with a number of the branch."""
    user, branch = pl.format("user:{}", "n"), pl.format("branch:C-{}", "n")
    merged = people.filter(pl.col("n") % MERGED == 0)
    for part in people.iter_slices(250_000):
        for trait, value, source in (
            ("name", "arabic", "branch"),
            ("name", "latin", "web"),
            ("phone", "phone", "web"),
        ):
            _facts(store, part, user, trait, value, source)
        _facts(store, part.filter(pl.col("n") % 2 == 0), user, "email", "email", "web")
    _facts(store, merged, branch, "name", "arabic", "till")
    for month in range(3):
        for part in people.iter_slices(500_000):
            who = pl.when(pl.col("n") % MERGED == month).then(branch).otherwise(user)
            store.append(_orders(part, who, month))
    identities.change_owners(store, merged.select(identifier=branch, owner=user))


def _facts(store: Store, people: pl.DataFrame, who: pl.Expr, trait: str, value: str, source: str) -> None:
    at = pl.lit(BEGIN).cast(pl.Datetime("ms", "UTC"))
    told = {
        "visitor_id": who,
        "trait": pl.lit(trait),
        "value": pl.col(value),
        "source": pl.lit(source),
        "ts": at,
    }
    store.insert("traits", people.select(**told))


def _orders(people: pl.DataFrame, who: pl.Expr, month: int) -> pl.DataFrame:
    money = pl.lit(100 + month).cast(pl.Decimal(18, 4))
    return people.select(
        event_id=pl.format("{}-{}", pl.lit(month), "n"), order_id=pl.format("{}-{}", pl.lit(month), "n"),
        ts=pl.lit(BEGIN + timedelta(days=30 * month)).cast(pl.Datetime("ms", "UTC")) + pl.duration(minutes=pl.col("n") % 40_000),
        name=pl.lit("Order Completed"), source=pl.lit("web"), currency=pl.lit("SAR"), channel=pl.lit("email"),
        visitor_id=who, revenue=money,
        product_ids=pl.concat_list(pl.format("p{}", pl.col("n") % 100)), product_names=pl.concat_list(pl.format("p{}", pl.col("n") % 100)),
        product_categories=pl.concat_list(pl.lit("")), product_quantities=pl.concat_list(pl.lit(1).cast(pl.Decimal(18, 4))),
        product_revenues=pl.concat_list(money),
    )  # fmt: skip


def print_sizes(store: Store) -> None:
    for row in store.select(
        "SELECT table, sum(rows) AS n, sum(bytes_on_disk) AS size FROM system.parts WHERE active AND database = currentDatabase()"
        " AND table IN ('events', 'traits', 'search', 'search_words') GROUP BY table ORDER BY table",
        settings={"final": 0},
    ):
        print(f"{row['table']:14}{row['n']:>12,} rows{row['size'] / 1e6:8.0f} MB", flush=True)


# What is asked


def searches(sample: pl.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Kinds of searches, each with a text for every customer of the sample."""
    yield "phone", ("0" + sample["phone"].str.slice(4)).to_list()
    yield "last 4 digits", sample["phone"].str.slice(-4).to_list()
    yield "e-mail", sample["email"].to_list()
    yield "part of an e-mail", sample["email"].str.extract(r"\.([^@]*)@", 1).to_list()
    yield "Arabic name", sample["family_arabic"].to_list()
    yield "part of one", sample["family_arabic"].str.slice(2, 4).to_list()
    yield "Latin name", sample["family_latin"].to_list()
    yield "part of one ", sample["family_latin"].str.slice(3, 4).to_list()
    yield "two words", sample["arabic"].to_list()
    yield "the other script", [_other_script(*pair) for pair in sample.select("arabic", "latin").iter_rows()]


def _other_script(arabic: str, latin: str) -> str:
    """First name in one script, family in the other."""
    return f"{latin.split()[0]} {arabic.split()[-1]}"


def find(store: Store, kind: str, texts: list[str]) -> float:
    """Print how long a kind of search takes; the median."""
    search(store, texts[0], sources=SOURCES)
    return compare(store, kind, [lambda text=text: search(store, text, sources=SOURCES) for text in texts])


def tell(store: Store, data: Path, sample: pl.DataFrame) -> float:
    """The same of whole profiles, without the records beside them."""
    settings = store.settings.model_copy(update={"data": data})
    people = Customers(Identity(store, settings), Records(settings), settings)
    people.bounds()
    people.show("user:0")
    shown = [f"user:{n}" for n in sample["n"]]
    return compare(store, "profile", [lambda who=who: people.show(who) for who in shown])


def compare(store: Store, kind: str, doing: list[Callable[[], Any]]) -> float:
    """Print what each takes, and what the engine takes for the same SELECTs typed by hand; the median of ours."""
    ours, typed, processor = [], [], []
    for each in doing:
        before = time.process_time()
        asked, took_ms = recorded(each)
        processor.append((time.process_time() - before) * 1000)
        ours.append(took_ms)
        typed.append(_typed(store.client, asked))
    middle, late = median(ours), quantiles(ours, n=20)[-1]
    print(
        f"{kind:18}{middle:8.1f} ms, 95 % within{late:8.1f}, processor{median(processor):7.1f};"
        f" typed{median(typed):8.1f} = {middle / median(typed):.2f}×, load {os.getloadavg()[0]:.0f}",
        flush=True,
    )
    return middle


def recorded(work: Callable[[], Any]) -> tuple[list[tuple[str, dict[str, Any], dict[str, Any]]], float]:
    """The SELECTs that work asks of the store, and how long it takes in all, in milliseconds."""
    asked: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    select = Store.select

    def record(self: Store, sql: str, values: Any = None, *, settings: Any = None, tag: str = "") -> Any:
        asked.append((sql, dict(values or {}), {"final": 1, **dict(settings or {})}))
        return select(self, sql, values, settings=settings, tag=tag)

    with mock.patch.object(Store, "select", record):
        start = time.perf_counter()
        work()
        return asked, (time.perf_counter() - start) * 1000


def _typed(client: Client, asked: list[tuple[str, dict[str, Any], dict[str, Any]]]) -> float:
    """How long the engine itself takes for them, values written in."""
    texts = [(written(sql, values), settings) for sql, values, settings in asked]
    start = time.perf_counter()
    for sql, settings in texts:
        clause = ", ".join(f"{name} = {value}" for name, value in settings.items())
        client.raw_query(f"{sql} SETTINGS {clause}", fmt="Native")
    return (time.perf_counter() - start) * 1000


def took(what: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    print(f"{what} in {time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
