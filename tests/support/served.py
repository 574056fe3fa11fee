"""A small shop on disk, and the server over it as people start it: a process of its own.

`python -m tests.support.served DIRECTORY` writes the shop; the engine of the test's own process has another path already.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from masarat.settings import Settings
from masarat.store import Store
from tests.support.shop import event, order, refund, write

HOSTILE = """<script>alert("x")</script> & 'quoted' "twice" ‮abc"""
COFFEE, CUPS = "قهوة هررية", HOSTILE

EVENTS = [
    event("Product Viewed", "user:1", "2025-01-04 08:00", product_ids=["k1"], channel="email"),
    event("Product Added", "user:1", "2025-01-04 08:05", product_ids=["k1"], product_names=[COFFEE],
          product_quantities=[1], product_revenues=[80], channel="email"),
    order("user:1", "2025-01-05 10:00", 80, items=[(COFFEE, 1, 80)], channel="email", country="SA"),
    order("user:2", "2025-01-20 18:00", 120, items=[(CUPS, 2, 120)], channel="store", country="SA"),
    order("user:1", "2025-02-11 09:30", 200, items=[(COFFEE, 2, 160), (CUPS, 1, 40)], channel="store"),
    refund("user:2", "2025-02-14", 60, items=[(CUPS, -1, -60)], channel="store"),
    order("", "2025-03-01 20:00", 45, items=[(COFFEE, 1, 45)], channel="store"),
    order(HOSTILE, "2025-03-09 21:00", 310, items=[(CUPS, 5, 310)], channel="email", country="BH"),
    event("Product Added", "user:2", "2025-03-10 12:00", product_ids=["k2"], product_names=[CUPS],
          product_quantities=[3], product_revenues=[180], channel="email"),
    order("user:3", "2025-03-28 11:00", 95, items=[(COFFEE, 1, 95)], channel="email"),
]  # fmt: skip


def masarat(data: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """The program, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "masarat.show.cli", "--data", str(data), *words],
        input=given, capture_output=True, text=True, timeout=120, env=_environment(), check=False,
    )  # fmt: skip


def fill(data: Path) -> None:
    """Write the small shop into a directory."""
    subprocess.run([sys.executable, "-m", "tests.support.served", str(data)], check=True, timeout=120)


@dataclass
class Served:
    """A running server."""

    data: Path
    process: subprocess.Popen[str]
    url: str
    setup: str  # the one-time link, where it was printed
    events_url: str = ""  # of the workers, where there are some

    def client(self, key: str = "", url: str = "", **more: object) -> httpx.Client:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=url or self.url, headers=headers, trust_env=False, timeout=60, **more)

    def stop(self, how: int = signal.SIGTERM) -> str:
        """Tell it to stop; what it wrote since."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=30)[0]

    def drained(self, seconds: float = 30) -> None:
        """Back once the store has everything that was acknowledged."""
        journal, until = self.data / "journal", time.monotonic() + seconds
        while any(
            path.stat().st_size
            for path in [*journal.glob("*/*.jsonl"), *journal.glob("*/*.part")]
            if path.exists()
        ):
            assert time.monotonic() < until, "the store does not take the events"
            time.sleep(0.05)


def select(data: Path, sql: str) -> list[dict[str, object]]:
    """Rows of a store that nobody holds open, read by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.served", str(data), sql],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


@contextmanager
def serving(data: Path, *words: str, **environment: str) -> Iterator[Served]:
    """`masarat serve` on a free port, as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "masarat.show.cli", "--data", str(data), "serve", "--port", "0", *words],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_environment() | environment,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.startswith("Masarat is at http"), first + process.communicate(timeout=30)[0]
        url = first.split()[-1]
        setup = process.stdout.readline().split()[-1] if _is_new(data) else ""
        events_url = process.stdout.readline().split()[-1] if "--workers" in words else ""
        yield Served(data, process, url, setup, events_url)
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=30)


def _is_new(data: Path) -> bool:
    """Whether nobody has an account: then the server prints the link of the first owner."""
    from masarat.records import Records
    from masarat.show.accounts import Accounts

    records = Records(Settings(data=data))
    try:
        return Accounts(records).is_empty()
    finally:
        records.close()


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONUNBUFFERED": "1", "COLUMNS": "160"}


if __name__ == "__main__":
    with Store(Settings(data=Path(sys.argv[1]))) as store:
        if len(sys.argv) > 2:
            sys.stdout.write(json.dumps(store.select(sys.argv[2]), default=str))
        else:
            write(store, EVENTS)
