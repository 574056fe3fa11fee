"""The app's budgets on the sample shop: what a phone on a slow network waits for, what is loaded, and what each page's answers cost beside the
engine's own time for the same SQL.

    .venv/bin/python -m bench.app [--customers 14000] [--data DIR] [--only weigh|cost|wait]

14,000 customers make about a million events. The phone is Chromium with a processor four times slower and the network of Lighthouse's slow
4G (1.6 Mbit/s, 150 ms), and then of a faster one; it waits until the first page's revenue stands there. Answers are asked over HTTP: once anew and then as people
find them; the engine is asked for the same steps in the same process. Nothing here is a test: figures go to docs/performance.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, sync_playwright

from masarat.analyse import ANALYSES, read
from masarat.analyse.moves import Unseen
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.http.browser import APP
from masarat.show.http.door import COOKIE
from masarat.store import Store
from tests.support import chromium
from tests.support.inside import Inside, inside

ROUNDS = 5
NETWORKS = {  # as Chromium's own tools have them
    "slow 4G": {
        "offline": False,
        "downloadThroughput": 1.6e6 / 8,
        "uploadThroughput": 750e3 / 8,
        "latency": 150,
    },
    "fast 4G": {
        "offline": False,
        "downloadThroughput": 8.1e6 / 8,
        "uploadThroughput": 1.35e6 / 8,
        "latency": 165,
    },
}
SLOWER = 4


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--customers", type=int, default=14_000)
    given.add_argument("--data", type=Path, help="a data directory with a shop in it")
    given.add_argument("--only", choices=("weigh", "cost", "wait"), default="")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = asked.data or Path(scratch)
        with Shop(Settings(data=data)) as shop:
            if asked.data is None:
                shop.load_demo(customers=asked.customers)
            with inside(shop.store, data) as server:
                print(f"{shop.store.select('SELECT count() AS n FROM events')[0]['n']:,} events\n")
                for name, measure in (
                    ("weigh", weigh),
                    ("cost", lambda: cost(server, shop.store)),
                    ("wait", lambda: wait(server)),
                ):
                    if asked.only in ("", name):
                        measure()


def weigh() -> None:
    """Bytes of script and style until the first page stands, packed as they are sent."""
    built = json.loads((APP / ".vite" / "manifest.json").read_text("utf-8"))
    page = (APP / "index.html").read_text("utf-8")
    wanted = [
        name
        for name, part in built.items()
        if f"/{part['file']}" in page or "app.ar.ftl" in name or name.endswith("pages/pulse.tsx")
    ]
    files: dict[str, None] = {}
    while wanted:
        part = built[wanted.pop()]
        if part["file"] not in files:
            files |= dict.fromkeys([part["file"], *part.get("css", [])])
            wanted += part.get("imports", [])
    for kind, limit in ((".js", "250"), (".css", "none")):
        size = sum(len(gzip.compress((APP / file).read_bytes(), 9)) for file in files if file.endswith(kind))
        print(f"first load, {kind}: {size / 1024:.0f} KiB packed (limit {limit})")
    print()


def cost(server: Inside, store: Store) -> None:
    """Each question over HTTP, anew and as people find it, and the engine alone."""
    key = server.accounts.add_key(f"bench {datetime.now(UTC)}", "owner")
    anew, again, ratios = [], [], []
    print(f"{'question':24}{'anew ms':>10}{'again ms':>10}{'engine ms':>11}{'ratio':>8}")
    with server.client(key) as client:
        for kind in ANALYSES:
            alone = min(engine(server.shop, store, kind.name) for _ in range(2))
            first = min(timed(client, f"/v1/look/{kind.name}?fresh=1&rows=50", store) for _ in range(2))
            then = statistics.median(timed(client, f"/v1/look/{kind.name}?rows=50") for _ in range(ROUNDS))
            anew.append(first), again.append(then)
            if alone:
                ratios.append(first / alone)
            print(
                f"{kind.name:24}{first:>10.0f}{then:>10.0f}{alone:>11.0f}{first / alone if alone else 0:>8.2f}"
            )
    print(
        f"{'median':24}{statistics.median(anew):>10.0f}{statistics.median(again):>10.0f}{'':11}{statistics.median(ratios):>8.2f}\n"
    )


def timed(client: httpx.Client, path: str, store: Store | None = None) -> float:
    if store:
        with store.memory.writing():  # forget
            pass
    begun = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - begun) * 1000


def engine(shop: Shop, store: Store, name: str) -> float:
    """Milliseconds of the engine for the steps that the answer reads."""
    try:
        query = shop.explain(read(next(kind for kind in ANALYSES if kind.name == name), {}))
    except Unseen:
        return 0.0
    begun = time.perf_counter()
    for step in dict.fromkeys(filter(None, (query.last, query.totals, query.picture))):
        store.select(query.sql(step), query.values, settings=query.settings)
    return (time.perf_counter() - begun) * 1000


def wait(server: Inside) -> None:
    """How long a phone waits for the first page: cold (nothing in its cache), and as usual."""
    accounts = server.accounts
    if not accounts.users():
        accounts.add("bench@example.com", "owner", "three small words", name="Bench", language="ar")
    secret = accounts.open_session(accounts.users()[0])
    server.app.state.kept.warm()
    with sync_playwright() as playwright:
        root = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=root)
        for (network, how), (what, warm) in product(
            NETWORKS.items(), (("first visit", False), ("later visits", True))
        ):
            visits = [visit(browser, server, secret, how, warm=warm) for _ in range(ROUNDS)]
            drawn, spent = (statistics.median(times) for times in zip(*visits, strict=True))
            print(
                f"first page on a slow phone, {network}, {what}: figures {drawn:.2f} s, the app {spent:.2f} s (limit 2)"
            )
        browser.close()


def visit(
    browser: Browser, server: Inside, secret: str, network: dict[str, Any], *, warm: bool
) -> tuple[float, float]:
    """Until the first figures stand there, with the ways that lead on from them; and until the app does."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": COOKIE, "value": secret, "url": server.url}])
    page = context.new_page()
    page.set_default_timeout(120_000)
    drawn, shown = page.locator(".page .tiles").first, page.locator("#app .page .tiles").first
    if warm:
        page.goto(f"{server.url}/app?lang=ar")
        shown.wait_for()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", network)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    begun = time.perf_counter()
    page.goto(f"{server.url}/app?lang=ar", wait_until="commit")
    drawn.wait_for()
    figures = time.perf_counter() - begun
    shown.wait_for()
    spent = time.perf_counter() - begun
    context.close()
    return figures, spent


if __name__ == "__main__":
    main()
