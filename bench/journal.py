"""Lines per second that the journal makes durable, beside writing the same bytes without any sync: `python -m bench.journal`.

Many tasks append at once and wait for their acknowledgement, as the door's requests do. `slow` adds 5 ms to every fdatasync.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from masarat.journal import Journal, RealDisk

APPENDERS = 256
SECONDS = 3.0
LINE = b'{"event_id":"0190a4b2-7c1e-7d3f-8a5b-%012d","ts":"2025-03-01 10:00:00.000","name":"Product Viewed","source":"web","visitor_id":"anonymous:0190a4b2-7c1e","received_at":"2025-03-01 10:00:01.000","url":"https://shop.example/products/abaya-42","referrer":"https://www.google.com/","utm_source":"google","utm_medium":"cpc","utm_campaign":"ramadan","device":"mobile","country":"SA","city":"Riyadh","currency":"SAR","product_ids":["SKU-42"],"props":"{\\"position\\":3,\\"list\\":\\"search\\"}"}\n'


class SlowDisk(RealDisk):
    """A disk that takes 5 ms more for every sync."""

    def create(self, path):
        file = super().create(path)
        sync = file.sync

        def late():
            time.sleep(0.005)
            sync()

        file.sync = late
        return file


async def _append(journal: Journal, lines: bytes, count: int, until: float, waits: list[float]) -> int:
    done = 0
    while (started := time.perf_counter()) < until:
        await journal.append(lines, count)
        waits.append(time.perf_counter() - started)
        done += count
    return done


async def _together(journal: Journal, lines: bytes, count: int, appenders: int) -> tuple[float, list[float]]:
    waits: list[float] = []
    started = time.perf_counter()
    tasks = (_append(journal, lines, count, started + SECONDS, waits) for _ in range(appenders))
    done = sum(await asyncio.gather(*tasks))
    return done / (time.perf_counter() - started), sorted(waits)


def durable(count: int, disk: RealDisk, appenders: int) -> tuple[float, float, float]:
    """(lines a second, median and 99th percentile of the wait in ms)."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as place:
        journal = Journal(Path(place), disk=disk, backlog_bytes=1 << 40)
        rate, waits = asyncio.run(_together(journal, _lines(count), count, appenders))
        journal.close()
    return rate, waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000


def plain(count: int) -> float:
    """The same lines through os.write, group by group, with no sync and no seal."""
    with tempfile.TemporaryFile(dir=os.environ.get("BENCH_DIR"), buffering=0) as file:
        lines, done = _lines(count), 0
        started = time.perf_counter()
        while time.perf_counter() - started < SECONDS and done * len(LINE) < 2 << 30:
            file.write(lines)
            done += count
        return done / (time.perf_counter() - started)


def one_by_one(count: int, disk: RealDisk) -> float:
    """A write and a sync for every group: what group commit saves."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as place:
        file, lines, done = disk.create(Path(place) / "file"), _lines(count), 0
        started = time.perf_counter()
        while time.perf_counter() - started < SECONDS:
            file.write(lines)
            file.sync()
            done += count
        file.close()
        return done / (time.perf_counter() - started)


def _lines(count: int) -> bytes:
    return b"".join(LINE % n for n in range(count))


def main(say: Callable[[str], object] = sys.stdout.write) -> None:
    say(f"{len(LINE % 1)} bytes a line; {APPENDERS} appenders\n")
    say("group  disk    lines/s   wait p50   p99 ms   alone p50   one by one   no sync   journal/no sync\n")
    for count in (1, 20, 100):
        bare = plain(count)
        for name, disk in (("real", RealDisk()), ("+5 ms", SlowDisk())):
            rate, median, late = durable(count, disk, APPENDERS)
            _, alone, _ = durable(count, disk, 1)
            single = one_by_one(count, disk)
            say(
                f"{count:5}  {name:5} {rate:9,.0f} {median:10.2f} {late:8.2f} {alone:11.2f}"
                f" {single:12,.0f} {bare:9,.0f} {rate / bare:9.0%}\n"
            )


if __name__ == "__main__":
    main()
