"""Questions about behaviour against the best SQL written by hand for the same answer, on the same events: `python -m bench.behaviour`.

    .venv/bin/python -m bench.behaviour [--events 20000000] [--only funnel]

Events are made in SQL. The question and the SQL by hand take turns, so that whatever else runs on the machine hits both alike; the best
of several rounds counts for each. One function a question: it returns what to ask and the SQL to beat.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from masarat.analyse import Analysis, ask
from masarat.analyse.funnel import Funnel
from masarat.store import Store
from tests.support.shop import Engine

AT_MOST = 1.2  # a question, as a ratio of the SQL by hand
ROUNDS = 5
EACH = 40  # events of a customer
MONTHS = 6

STEPS = ("Product Viewed", "Product Added", "Checkout Started", "Order Completed")


@dataclass(frozen=True, slots=True)
class Race:
    """A question, and SQL by hand that reads what it needs and nothing more."""

    question: Analysis
    by_hand: str


def funnel(store: Store) -> Race:
    """Four steps within a week: levels by windowFunnel and money in the same pass, without the times that we tell; merged identities looked up as we do."""
    tests = ", ".join(f"name = '{name}'" for name in STEPS)
    names = ", ".join(f"'{name}'" for name in STEPS)
    return Race(
        Funnel(steps=STEPS, within="7d"),
        f"""
SELECT level, count() AS customers, sum(revenue) AS revenue FROM (
    SELECT dictGetOrDefault('identity', 'owner', customer_id, owner) AS customer,
           windowFunnel(604800000)(toUInt64(toUnixTimestamp64Milli(ts)), {tests}) AS level,
           sumIf(revenue, name IN ('Order Completed', 'Order Refunded') AND currency = 'SAR') AS revenue
    FROM events WHERE name IN ({names}, 'Order Refunded') AND customer_id != 0 GROUP BY customer)
GROUP BY level ORDER BY level""",
    )


RACES: tuple[Callable[[Store], Race], ...] = (funnel,)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--events", type=int, default=20_000_000)
    given.add_argument("--only", default="")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        store = Engine(Path(scratch)).store()
        print(
            f"{asked.events:,} events made in {_seconds(partial(fill, store, asked.events)):.1f} s",
            flush=True,
        )
        worst = max(run(store, race) for race in RACES if asked.only in race.__name__)
    print(f"worst {worst:.2f}×, at most {AT_MOST}×")
    sys.exit(worst > AT_MOST)


def run(store: Store, race: Callable[[Store], Race]) -> float:
    """Both in turns, each several times; the ratio of their best."""
    each = race(store)
    ask(store, each.question)
    rounds = [
        (_seconds(partial(ask, store, each.question)), _seconds(partial(store.select, each.by_hand)))
        for _ in range(ROUNDS)
    ]
    ours, by_hand = map(min, zip(*rounds, strict=True))
    print(f"{race.__name__:12} {ours:6.3f} s, by hand {by_hand:6.3f} s = {ours / by_hand:.2f}×", flush=True)
    return ours / by_hand


def fill(store: Store, events: int) -> None:
    """Half a year of a shop: each customer in visits of ten moves, each move rarer the nearer it is to an order."""
    customers = max(1, events // EACH)
    for month in range(MONTHS):
        rows = events // MONTHS
        store.command(
            f"""
INSERT INTO events (event_id, ts, name, source, visitor_id, session_id, channel, device, city, currency, revenue, order_id, url)
SELECT toString(generateUUIDv4()) AS event_id,
       toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + toIntervalMonth({month}) + toIntervalSecond(cityHash64(visit, 1) % 2500000)
           + toIntervalMillisecond(number % 10 * 40000 + cityHash64(number) % 30000) AS ts,
       ['Page Viewed', 'Page Viewed', 'Product Viewed', 'Product Viewed', 'Product Viewed', 'Product Added', 'Product Viewed', 'Product Added',
        'Checkout Started', 'Order Completed'][least(number % 10 + 1, 4 + cityHash64(visit, 2) % 3 * cityHash64(visit, 3) % 7)] AS name,
       'web', 'user:' || toString(cityHash64(visit, 4) % {customers}) AS visitor_id, toString(visit) AS session_id,
       ['direct', 'email', 'paid search', 'organic search'][cityHash64(visit, 5) % 4 + 1] AS channel,
       ['mobile', 'mobile', 'desktop'][cityHash64(visit, 6) % 3 + 1] AS device, 'city ' || toString(cityHash64(visit, 7) % 60) AS city,
       'SAR', if(name = 'Order Completed', 50 + cityHash64(number) % 400, 0), if(name = 'Order Completed', toString(number + {month * rows}), ''),
       'https://shop.sa/p/' || toString(cityHash64(number) % 500)
FROM (SELECT number, intDiv(number, 10) + {month * rows} AS visit FROM numbers({rows}))
SETTINGS max_partitions_per_insert_block = 0"""
        )
    store.command("OPTIMIZE TABLE events FINAL")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
