"""Questions about behaviour against the best SQL written by hand for the same figures (`bench/races.py`), on the same events.

    .venv/bin/python -m bench.behaviour [--events 20000000] [--only funnel] [--merged] [--two]

Events are made in SQL. The question and the SQL by hand take turns, so that whatever else runs on the machine hits both alike; the best
of several rounds counts for each, of processor time as well as of the clock. What counts is processor time: it is there on a busy
machine, too. With `--merged` every second customer came under another identifier first; `--two` asks the store of two shards.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from bench.races import RACES, Figures, Race
from masarat.analyse import ask
from masarat.store import Store, identities
from tests.support.shop import Engine, in_two_sizes

AT_MOST = 1.2  # a question, as a ratio of the SQL by hand
ROUNDS = 5
EACH = 40  # events of a customer
MONTHS = 6


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--events", type=int, default=20_000_000)
    given.add_argument("--only", default="")
    given.add_argument("--merged", action="store_true")
    given.add_argument("--two", action="store_true")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        store = Engine(Path(scratch)).store(remembered=0)
        clock, _ = _took(partial(fill, store, asked.events))
        print(f"{asked.events:,} events made in {clock:.1f} s", flush=True)
        if asked.merged:
            merge(store, asked.events)
        store = in_two_sizes(store) if asked.two else store
        worst = max(run(store, make) for make in RACES if asked.only in make.__name__)
    print(f"worst {worst:.2f}×, at most {AT_MOST}×")
    sys.exit(worst > AT_MOST)


def run(store: Store, make: Callable[[], Race]) -> float:
    """Both in turns, each several times; the ratio of their best processor times, once their figures are the same."""
    race = make()
    compare(store, race)
    question, by_hand = partial(ask, store, race.question), partial(store.select, race.by_hand)
    rounds = [(*_took(question), *_took(by_hand)) for _ in range(ROUNDS)]
    clock, work, hand_clock, hand_work = map(min, zip(*rounds, strict=True))
    print(
        f"{make.__name__:20} {work:7.3f} s of processor, by hand {hand_work:7.3f} s = {work / hand_work:.2f}×; "
        f"{clock:7.3f} s by the clock, by hand {hand_clock:7.3f} s = {clock / hand_clock:.2f}×"
        + (" (by hand a part of the answer)" if race.is_part else ""),
        flush=True,
    )
    return 0.0 if race.is_part else work / hand_work


def compare(store: Store, race: Race) -> None:
    """That the SQL by hand comes to the figures of the answer."""
    ours = _rounded(race.figures(ask(store, race.question)))
    by_hand = _rounded([tuple(row.values()) for row in store.select(race.by_hand)])
    if race.more:
        by_hand = by_hand[: len(ours)]
    wrong = [(one, other) for one, other in zip(ours, by_hand, strict=False) if one != other[: len(one)]]
    assert ours, f"{race.question.name}: no figures"
    assert len(ours) == len(by_hand), f"{race.question.name}: {len(ours)} rows, by hand {len(by_hand)}"
    assert not wrong, f"{race.question.name}: {wrong[:3]}"


def _rounded(figures: Figures) -> list[tuple[Any, ...]]:
    """Sums and ratios of floats agree to nine digits."""
    return [
        tuple(float(f"{each:.9g}") if isinstance(each, (float, Decimal)) else each for each in row)
        for row in figures
    ]


def merge(store: Store, events: int) -> None:
    """Every second customer is found to be the one before."""
    customers = max(1, events // EACH)
    numbers = range(1, customers, 2)
    identities.change_owners(
        store,
        pl.DataFrame(
            {"identifier": [f"user:{n}" for n in numbers], "owner": [f"user:{n - 1}" for n in numbers]}
        ),
    )


def fill(store: Store, events: int, months: int = MONTHS) -> None:
    """So many months of a shop: each customer in visits of ten moves, each move rarer the nearer it is to an order."""
    customers = max(1, events // EACH)
    for month in range(months):
        rows = events // months
        store.command(
            f"""
INSERT INTO events (event_id, ts, name, source, visitor_id, session_id, channel, device, city, country, currency, revenue, order_id, url)
SELECT toString(generateUUIDv4()) AS event_id,
       toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + toIntervalMonth({month}) + toIntervalSecond(cityHash64(visit, 1) % 2500000)
           + toIntervalMillisecond(number % 10 * 40000 + cityHash64(number) % 30000) AS ts,
       ['Page Viewed', 'Page Viewed', 'Product Viewed', 'Product Viewed', 'Product Viewed', 'Product Added', 'Product Viewed', 'Product Added',
        'Checkout Started', 'Order Completed'][least(number % 10 + 1, 4 + cityHash64(visit, 2) % 3 * cityHash64(visit, 3) % 7)] AS name,
       'web', 'user:' || toString(cityHash64(visit, 4) % {customers}) AS visitor_id, toString(visit) AS session_id,
       ['direct', 'email', 'paid search', 'organic search'][cityHash64(visit, 5) % 4 + 1] AS channel,
       ['mobile', 'mobile', 'desktop'][cityHash64(visit, 6) % 3 + 1] AS device, 'city ' || toString(cityHash64(visit, 7) % 60) AS city,
       ['Saudi Arabia', 'Saudi Arabia', 'Kuwait', 'Bahrain'][cityHash64(visit, 8) % 4 + 1] AS country,
       'SAR', if(name = 'Order Completed', 50 + cityHash64(number) % 400, 0), if(name = 'Order Completed', toString(number + {month * rows}), ''),
       'https://shop.sa/p/' || toString(cityHash64(number) % 500)
FROM (SELECT number, intDiv(number, 10) + {month * rows} AS visit FROM numbers({rows}))
SETTINGS max_partitions_per_insert_block = 0"""
        )
    store.command("OPTIMIZE TABLE events FINAL")


def _took(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: the engine runs in this process."""
    clock, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - worked


if __name__ == "__main__":
    main()
