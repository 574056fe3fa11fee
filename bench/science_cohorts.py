"""Cohorts, order sequence and coupons over many customers: processor time and the clock of each question.

    .venv/bin/python -m bench.science_cohorts [--customers 1000000]

Orders are made in SQL: of every customer 1 to 9, two and a half on average, over two years, with one or two of 2,000 products whose costs
are known, one order in eight with one of 40 coupons. Each question is asked three times; the best counts.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from masarat.analyse import Analysis, ask
from masarat.analyse.cohorts import Cohorts
from masarat.analyse.coupons import Coupons
from masarat.analyse.order_sequence import OrderSequence
from masarat.store import Store
from tests.support.shop import Engine

ROUNDS = 3
QUESTIONS: tuple[Analysis, ...] = (
    Cohorts(compare="none"),
    Cohorts(cohort="first_product", measure="margin", compare="none"),
    OrderSequence(compare="none"),
    Coupons(compare="none"),
)

# A customer comes back with a chance of six in ten, after 1 to 90 days.
FILL = """
INSERT INTO events (event_id, order_id, ts, name, source, visitor_id, channel, coupon, revenue, discount, currency,
                    product_ids, product_names, product_categories, product_quantities, product_revenues)
SELECT toString(cityHash64(who, nth)), toString(cityHash64(who, nth)), toDateTime64('2024-01-01 00:00:00', 3, 'UTC')
           + toIntervalSecond((cityHash64(who, 'joined') % (600 * 86400)) + 86400 * nth * (1 + cityHash64(who, 'gap') % 90) + who % 60),
       'Order Completed', 'bench', 'user:' || toString(who), ['email', 'social', 'search', 'store'][1 + who % 4],
       if(dice % 8 = 0, 'K' || toString(intDiv(dice, 8) % 40), ''), price, if(dice % 8 = 0, price / 9, 0), 'SAR',
       products, products, arrayMap(x -> 'all', products), arrayMap(x -> 1, products), arrayMap(x -> price / length(products), products)
FROM (
    SELECT number + {first:UInt64} AS who, arrayJoin(range(1 + least(8, toUInt64(floor(log(1 - (cityHash64(who, 'n') % 10000) / 10000.) / log(0.6)))))) AS nth,
           cityHash64(who, nth, 'dice') AS dice, toDecimal64(20 + dice % 300, 4) AS price,
           arrayMap(i -> 'p' || toString(cityHash64(dice, i) % 2000), range(1 + dice % 2)) AS products
    FROM numbers({count:UInt64})
)"""

COSTS = """
INSERT INTO products (product_id, source, cost, currency, ts)
SELECT 'p' || toString(number), 'bench', toDecimal64(10 + number % 50, 4), 'SAR', toDateTime64('2024-01-01 00:00:00', 3, 'UTC') FROM numbers(2000)"""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--customers", type=int, default=1_000_000)
    customers = given.parse_args().customers
    with tempfile.TemporaryDirectory() as scratch:
        store = Engine(Path(scratch)).store(remembered=0)
        fill(store, customers)
        orders = store.select("SELECT count() AS n FROM events")[0]["n"]
        print(f"{customers:,} customers, {orders:,} orders")
        for question in QUESTIONS:
            measure(store, question)


def fill(store: Store, customers: int, chunk: int = 100_000) -> None:
    store.command(COSTS)
    for first in range(0, customers, chunk):
        store.command(FILL, {"first": first, "count": min(chunk, customers - first)})


def measure(store: Store, question: Analysis) -> None:
    rounds = []
    for _ in range(ROUNDS):
        clock, work = time.perf_counter(), time.process_time()
        found = ask(store, question)
        rounds.append((time.process_time() - work, time.perf_counter() - clock))
    work, clock = map(min, zip(*rounds, strict=True))
    print(
        f"{question.name:16} {getattr(question, 'cohort', ''):14} {work:6.2f} s of processor  {clock:6.2f} s  {found.sentence[:90]}"
    )


if __name__ == "__main__":
    main()
