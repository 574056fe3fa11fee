"""Events a second that the door acknowledges and makes durable, beside servers that do less with the same requests.

    python -m bench.door [--seconds 4]        batches of 1, 20 and 100: the door; its journal off; a bare handler that only parses
    python -m bench.door --soak 600           half of the maximum rate for ten minutes: waits, memory, whether the store keeps up
    python -m bench.door --slow               with 5 ms added to every fdatasync

Every server is a process of its own on this machine, driven over HTTP by one client process with 32 connections, which takes part of
the same cores: the ratios tell, not the rates. Targets: of batches of 100, 60 % of the bare handler; p99 under 50 ms at half of
the maximum rate; the flusher drains at 70 % of the engine given the same segments by hand. Umami 3.1 on PostgreSQL was measured at
254 single events and 320 batched events a second on such a machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.journal import SlowDisk
from masarat.collect import keys
from masarat.collect.receiving import EVENTS, Draining, Receiving, journal_directory
from masarat.journal import Shelf
from masarat.records import Records
from masarat.settings import Settings
from masarat.show.http.front import Front, calm
from masarat.show.http.patience import Patience
from masarat.store import Store
from masarat.store.lines import insert_lines

CONNECTIONS = 32
UMAMI = 320
KEY = "bench"
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
CALL = (
    b'{"type":"track","event":"Product Viewed","messageId":"%s-%09d","anonymousId":"%06d","timestamp":"'
    + datetime.now(UTC).isoformat().encode()
    + b'",'
    b'"properties":{"product_id":"SKU-42","name":"\xd9\x82\xd9\x87\xd9\x88\xd8\xa9","price":42.5,"currency":"SAR","position":3,"list":"search"},'
    b'"context":{"page":{"url":"https://shop.sa/products/coffee?utm_source=google&utm_medium=cpc&utm_campaign=ramadan",'
    b'"referrer":"https://www.google.com/"},"userAgent":"' + AGENT.encode() + b'"}}'
)


# Servers


class Nothing:
    """A journal that keeps nothing and says so at once."""

    backlog = 0

    async def append(self, lines: bytes, count: int) -> None:
        pass

    def close(self) -> None:
        pass


async def bare(scope, receive, send):
    """Reads the body, parses its JSON, and answers."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    json.loads(body)
    answer = b'{"success":true}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


def serve(mode: str, data: Path, descriptor: int) -> None:
    import uvicorn

    settings = Settings(data=data)
    draining = None
    if mode == "bare":
        app = bare
    else:
        records = Records(settings)
        keys.add(records, "web", key=KEY, events_a_second=100_000_000)
        receiving = Receiving(settings, records, disk=SlowDisk() if mode == "slow" else None)
        app = Front(receiving)
        if mode == "off":
            receiving.door.journal = Nothing()
        if mode in ("whole", "slow"):
            draining = Draining(Store(settings), settings)
            draining.start()
    config = uvicorn.Config(app, http=Patience, log_level="warning", lifespan="off", access_log=False)
    calm()
    with socket.socket(fileno=descriptor) as listener:
        uvicorn.Server(config).run(sockets=[listener])
    if mode != "bare":
        receiving.close()
    if draining:
        draining.stop()
        draining.store.close()


class Server:
    """One of them, running."""

    def __init__(self, mode: str, data: Path) -> None:
        self.data = data
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
            self.port = listener.getsockname()[1]
            descriptor = listener.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bench.door", "--serve", mode, str(data), str(descriptor)],
                pass_fds=[descriptor],
            )
        asyncio.run(Load(self.port, 1).run(0.01))  # it is up

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def memory(self) -> float:
        """MiB resident now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


# The client


class Load:
    """Requests over kept connections, each batch with ids of its own."""

    def __init__(self, port: int, batch: int) -> None:
        self.port, self.batch = port, batch
        self.mark = os.urandom(6).hex().encode()
        self.sent = 0
        self.waits: list[float] = []
        calls = b",".join([CALL] * batch)
        self.template = b'{"writeKey":"%s","batch":[' % KEY.encode() + calls.replace(b"%%", b"%%%%") + b"]}"

    def request(self) -> bytes:
        first = self.sent
        self.sent += self.batch
        values = [part for n in range(first, first + self.batch) for part in (self.mark, n, n % 50_000)]
        body = self.template % tuple(values)
        head = b"POST /v1/batch HTTP/1.1\r\nhost: x\r\nuser-agent: %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        return head % (AGENT.encode(), len(body)) + body

    async def run(self, seconds: float, rate: float = 0) -> float:
        """Events a second that were acknowledged; as fast as answers come, or so many events a second."""
        self.waits = []
        before, start = self.sent, time.perf_counter()
        due = iter(range(1 << 60))
        await asyncio.gather(
            *(self._connection(start, start + seconds, rate, due) for _ in range(CONNECTIONS))
        )
        return (self.sent - before) / (time.perf_counter() - start)

    async def _connection(self, start: float, until: float, rate: float, due) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while time.perf_counter() < until:
            asked = time.perf_counter()
            if rate:
                asked = start + next(due) * self.batch / rate  # late starts count as waiting
                if asked > until:
                    break
                await asyncio.sleep(max(0.0, asked - time.perf_counter()))
            writer.write(self.request())
            answer = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in answer[:16], answer
            length = int(answer.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            self.waits.append(time.perf_counter() - asked)
        writer.close()

    def wait(self, share: float) -> float:
        """Milliseconds that this share of the requests waited at most."""
        found = sorted(self.waits)
        return found[min(len(found) - 1, int(len(found) * share))] * 1000


def measured(mode: str, batch: int, seconds: float) -> tuple[float, float]:
    """(events a second at most, p99 in ms at half of that)."""
    with folder() as data:
        server = Server(mode, data)
        try:
            load = Load(server.port, batch)
            asyncio.run(load.run(seconds / 3))  # warm
            rate = asyncio.run(load.run(seconds))
            asyncio.run(load.run(seconds, rate / 2))
            return rate, load.wait(0.99)
        finally:
            server.stop()


def folder() -> tempfile.TemporaryDirectory[str]:
    class Data(tempfile.TemporaryDirectory):
        def __enter__(self):
            return Path(super().__enter__())

    return Data(dir=os.environ.get("BENCH_DIR"), prefix="door-", ignore_cleanup_errors=True)


# What is measured


def rates(seconds: float, say: Callable[[str], object], slow: bool) -> None:
    door = "slow" if slow else "whole"
    say(f"{len(CALL)} bytes a call, {CONNECTIONS} connections{', 5 ms more a sync' if slow else ''}\n")
    say("batch   door+store   door alone   journal off         bare   door/bare   p99 at half   ×Umami\n")
    for batch in (1, 20, 100):
        whole, late = measured(door, batch, seconds)
        alone = measured("door", batch, seconds)[0]
        off = measured("off", batch, seconds)[0]
        nothing = measured("bare", batch, seconds)[0]
        say(
            f"{batch:5}  {whole:8,.0f}/s  {alone:8,.0f}/s    {off:8,.0f}/s  {nothing:9,.0f}/s   {alone / nothing:9.0%}"
            f"   {late:8.1f} ms   {whole / UMAMI:6.0f}\n"
        )


def end_to_end(seconds: float, say: Callable[[str], object]) -> None:
    """From the first request until the store has the last event; and the flusher beside the engine alone."""
    with folder() as data:
        server = Server("door", data)
        load = Load(server.port, 100)
        asyncio.run(load.run(seconds))
        server.stop()
        size = sum(
            path.stat().st_size for path in (journal_directory(Settings(data=data)) / EVENTS).glob("*.jsonl")
        )
        copy = data / "copy"
        shutil.copytree(journal_directory(Settings(data=data)) / EVENTS, copy)
        with Store(Settings(data=data)) as store:
            draining = Draining(store, Settings(data=data))
            for shelf in draining.shelves:
                shelf.recover()
            start = time.perf_counter()
            draining.events.drain()
            drained = load.sent / (time.perf_counter() - start)
            found = stored(store, load)
            disk = store.select(
                "SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND table = 'events'"
            )[0]["n"]
            assert found == {"n": load.sent, "ids": load.sent}, (found, load.sent)
            store.command("TRUNCATE TABLE events")
            shelf = Shelf(copy)
            shelf.recover()
            start = time.perf_counter()
            for segment in shelf.sealed():
                insert_lines(store, segment.path, token=f"again-{segment.token}")
                shelf.checkpoint(segment)
            engine = load.sent / (time.perf_counter() - start)
    say(
        f"{load.sent:,} events, {size / load.sent:.0f} bytes each in the journal, {disk / load.sent:.0f} in the store\n"
    )
    say(
        f"the flusher drains {drained:,.0f}/s; the engine given the same segments by hand {engine:,.0f}/s: {drained / engine:.0%}\n"
    )


def stored(store: Store, load: Load) -> dict[str, int]:
    """How many of the client's events are in the store, and how many different ones."""
    return store.select(
        "SELECT count() AS n, uniqExact(event_id) AS ids FROM events WHERE startsWith(event_id, {mark:String})",
        {"mark": load.mark.decode()},
    )[0]


def soak(seconds: float, batch: int, slow: bool, say: Callable[[str], object]) -> None:
    """Half of the maximum rate for a long time."""
    with folder() as data:
        server = Server("slow" if slow else "whole", data)
        try:
            load = Load(server.port, batch)
            asyncio.run(load.run(3))  # warm
            most = asyncio.run(load.run(6))
            say(f"batches of {batch}: at most {most:,.0f}/s; now {most / 2:,.0f}/s for {seconds:,.0f} s\n")
            step = min(30.0, seconds)
            for _ in range(max(1, round(seconds / step))):
                rate = asyncio.run(load.run(step, most / 2))
                waiting = sum(
                    path.stat().st_size
                    for path in (journal_directory(Settings(data=data)) / EVENTS).glob("*")
                )
                say(
                    f"{rate:9,.0f}/s  p50 {load.wait(0.5):6.1f} ms  p99 {load.wait(0.99):6.1f} ms  memory {server.memory():6.0f} MiB  waiting {waiting / 1e6:6.1f} MB\n"
                )
        finally:
            server.stop()
        with Store(Settings(data=data)) as store:
            draining = Draining(store, Settings(data=data))
            for shelf in draining.shelves:
                shelf.recover()
            draining.events.drain()
            found = stored(store, load)
        verdict = "all there once" if found == {"n": load.sent, "ids": load.sent} else f"WRONG: {found}"
        say(f"{load.sent:,} acknowledged: {verdict}\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--soak", type=float, default=0)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        mode, data, descriptor = given.serve
        serve(mode, Path(data), int(descriptor))
    elif given.soak:
        soak(given.soak, given.batch, given.slow, sys.stdout.write)
    else:
        rates(given.seconds, sys.stdout.write, given.slow)
        end_to_end(given.seconds, sys.stdout.write)


if __name__ == "__main__":
    main()
