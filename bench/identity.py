"""A million merges, chains and a till's default phone with 200,000 customers behind it: how long resolving takes, and what it costs questions.

    .venv/bin/python -m bench.identity [--customers N]

The same questions are asked of the same moves in two stores: in one everybody came under one identifier all along, in the other as a
visitor first, and a million visitors were merged; and again once that is folded. Both must answer alike; both take turns, and the best
of several rounds counts for each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import polars as pl

from masarat.analyse import Analysis, ask
from masarat.analyse.abandoned_carts import AbandonedCarts
from masarat.analyse.new_and_returning import NewAndReturning
from masarat.analyse.revenue import Revenue
from masarat.analyse.rfm import Rfm
from masarat.analyse.top_customers import TopCustomers
from masarat.resolve import Resolver, Rules
from masarat.resolve.links import SEEN
from masarat.store import Store, identities
from tests.support.shop import Engine

AT_MOST = 1.3  # a question with overrides, as a ratio of the same without
HUB = 200_000
CHAIN = 50  # identifiers each
ROUNDS = 3
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
QUESTIONS: tuple[Analysis, ...] = (Revenue(), NewAndReturning(), TopCustomers(), Rfm(), AbandonedCarts())


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--customers", type=int, default=1_000_000)
    customers = given.parse_args().customers
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(Path(scratch))
        plain, merged = engine.store(remembered=0), engine.store(remembered=0)
        fill(plain, customers, visitor="user:{}")
        fill(merged, customers, visitor="anon:{}")
        resolve(merged, customers)
        worst = compare("with overrides", plain, merged)
        took("overrides folded", 1, lambda: identities.fold(merged, timedelta(0)))
        compare("folded", plain, merged)
    print(f"worst {worst:.2f}×, at most {AT_MOST}×")
    sys.exit(worst > AT_MOST)


def resolve(store: Store, customers: int) -> None:
    resolver = Resolver(store, Rules())
    took("merges", customers, lambda: resolver.take(links("anon:{}", "user:{}", customers)))
    took("links in chains", customers // 10, lambda: resolver.take(chains(customers // 10)))
    took("customers of a till behind one phone", HUB, lambda: resolver.take(hub()))
    took("live batch, 100 sign-ins and 100 at the till", 200, lambda: resolver.take(live()))
    took("the same batch again", 200, lambda: resolver.take(live()))
    count = store.select("SELECT count() AS n FROM identity_overrides WHERE owner != from_id")[0]["n"]
    print(f"{count:,} identifiers belong to another; shared: {', '.join(resolver.shared)}", flush=True)


def compare(what: str, plain: Store, merged: Store) -> float:
    """Both are asked in turns, so that whatever else runs on the machine hits both alike; the worst ratio."""
    worst = 0.0
    for question in QUESTIONS:
        assert ask(plain, question).rows == ask(merged, question).rows, question.name
        rounds = [
            [_seconds(partial(ask, store, question)) for store in (plain, merged)] for _ in range(ROUNDS)
        ]
        without, with_them = map(min, zip(*rounds, strict=True))
        worst = max(worst, with_them / without)
        print(
            f"{question.name:20} {without:6.3f} s, {what} {with_them:6.3f} s = {with_them / without:.2f}×",
            flush=True,
        )
    return worst


def fill(store: Store, customers: int, visitor: str) -> None:
    """Of every customer two moves as a visitor, and an order as a user."""
    for month in range(5):
        some = pl.select(n=pl.int_range(customers)).to_series().sample(customers // 5, seed=month)
        at = BEGIN + timedelta(days=30 * month)
        base = some.to_frame("n").with_columns(
            ts=pl.lit(at).cast(pl.Datetime("ms", "UTC")) + pl.duration(minutes=pl.col("n") % 40_000),
            source=pl.lit("web"), currency=pl.lit("SAR"), channel=pl.lit("email"),
        )  # fmt: skip
        for name, who in (
            ("Product Added", visitor),
            ("Checkout Started", visitor),
            ("Order Completed", "user:{}"),
        ):
            money = pl.lit(100 + month).cast(pl.Decimal(18, 4))
            store.append(
                base.select(
                    "ts", "source", "currency", "channel", name=pl.lit(name), revenue=money,
                    event_id=pl.format("{}-{}-{}", pl.lit(name), pl.lit(month), "n"),
                    order_id=pl.format("{}-{}", pl.lit(month), "n"),
                    visitor_id=pl.format(who, "n"),
                    product_ids=pl.concat_list(pl.format("p{}", pl.col("n") % 100)),
                    product_names=pl.concat_list(pl.format("p{}", pl.col("n") % 100)),
                    product_categories=pl.concat_list(pl.lit("")),
                    product_quantities=pl.concat_list(pl.lit(1).cast(pl.Decimal(18, 4))),
                    product_revenues=pl.concat_list(money),
                )
            )  # fmt: skip


def links(one: str, other: str, count: int, day: int = 0) -> pl.DataFrame:
    return _seen(pl.select(n=pl.int_range(count)), pl.format(one, "n"), pl.format(other, "n"), day)


def chains(count: int) -> pl.DataFrame:
    """Browsers and e-mails in chains, each seen with the next; some close into cycles."""
    numbered = pl.select(n=pl.int_range(count))
    place = pl.when(pl.col("n") % CHAIN == CHAIN - 1).then(pl.col("n") - CHAIN + 1).otherwise(pl.col("n") + 1)
    kind = pl.when(pl.col("n") % 2 == 0).then(pl.lit("anon:c")).otherwise(pl.lit("email:c"))
    turned = pl.when(place % 2 == 0).then(pl.lit("anon:c")).otherwise(pl.lit("email:c"))
    return _seen(numbered, pl.concat_str(kind, "n"), pl.concat_str(turned, place), 1)


def hub() -> pl.DataFrame:
    numbered = pl.select(n=pl.int_range(HUB))
    return _seen(numbered, pl.lit("phone:+966500000000"), pl.format("till:{}", "n"), 2)


def live() -> pl.DataFrame:
    numbered = pl.select(n=pl.int_range(100))
    till = _seen(numbered, pl.lit("phone:+966500000000"), pl.format("till:new{}", "n"), 3)
    return pl.concat([till, _seen(numbered, pl.format("anon:new{}", "n"), pl.format("user:{}", "n"), 3)])


def _seen(numbered: pl.DataFrame, one: pl.Expr, other: pl.Expr, day: int) -> pl.DataFrame:
    at = pl.lit(BEGIN + timedelta(days=day)).cast(SEEN["ts"])
    return numbered.select(one=one, other=other, ts=at, event_id=pl.lit("e"), source=pl.lit("web"))


def took(what: str, count: int, work: Callable[[], object]) -> None:
    processor = time.process_time()
    seconds = _seconds(work)
    processor = time.process_time() - processor
    print(f"{what}: {count:,} in {seconds:.2f} s ({processor:.2f} s of processor time)", flush=True)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
