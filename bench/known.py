"""What it costs the flusher to know ids that came before, by how many events the store holds.

    python -m bench.known [--millions 1 3 10]

Milliseconds of processor time, each the least of three with ids of their own. New ids are told from known ones by their hashes in memory; the
store is asked about repeats only. Beside them stands what a question by id alone costs, which reads every id there is.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from masarat.collect.seen import DAYS, Seen, hashes
from masarat.settings import Settings
from masarat.store import Store
from masarat.store.lines import ids_received, known_ids

MILLION = 1_000_000
VISITORS = 50_000
FILL = f"""
INSERT INTO events (event_id, ts, name, source, visitor_id, session_id, url)
SELECT concat('old-', toString({{first:UInt64}} + number)), now() - number % 86400, 'Product Viewed', 'web',
    concat('anon:', toString(number % {VISITORS})), toString(rand64()), 'https://shop.sa/products/coffee'
FROM numbers({MILLION})
SETTINGS max_threads = 1, max_insert_threads = 1, max_block_size = 200000, min_insert_block_size_rows = 200000"""


def cost(work: Callable[[], object], times: int = 3) -> float:
    """Milliseconds of processor time, of all threads, at best."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found) * 1000


def remembered(store: Store) -> Seen:
    seen = Seen()
    for day, found in ids_received(store, datetime.now(UTC).date() - timedelta(days=DAYS)):
        seen.add(found, day)
    return seen


def repeated(store: Store, random: Random, held: int, count: int, *, by_visitor: bool = True) -> None:
    some = [random.randrange(held) for _ in range(count)]
    ids = [f"old-{n}" for n in some]
    found = known_ids(store, ids, [f"anon:{n % VISITORS}" for n in some] if by_visitor else ())
    assert found == set(ids)


def line(store: Store, held: int) -> str:
    """The row of the table for a store that holds so many events."""
    random, new, seen = Random(held), [f"new-{n}" for n in range(50_000)], remembered(store)
    costs = (
        cost(lambda: seen.maybe(hashes(new))),
        cost(lambda: repeated(store, random, held, 1)),
        cost(lambda: repeated(store, random, held, 50)),
        cost(lambda: repeated(store, random, held, 50, by_visitor=False)),
        cost(lambda: remembered(store), 1),
    )
    return f"{held // MILLION:5} M" + "".join(f"{each:12.1f} ms" for each in costs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--millions", type=int, nargs="+", default=[1, 3, 10])
    held = 0
    print(" events     50,000 new       1 repeat     50 repeats 50 by id alone          start")
    with tempfile.TemporaryDirectory() as data, Store(Settings(data=Path(data))) as store:
        for millions in sorted(parser.parse_args().millions):
            while held < millions * MILLION:
                store.command(FILL, {"first": held})
                held += MILLION
            print(line(store, held), flush=True)


if __name__ == "__main__":
    main()
