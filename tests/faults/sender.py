"""Clients that number their events, remember what was acknowledged, and send again what was not, however often servers die."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.support.loops import run
from tests.support.served import select

AGAIN = 0.1  # of the batches go out once more although they were acknowledged
LATER = (429, 503)

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Sender:
    """Everything that one shop was sent. Each batch stays in hand until a server says that it has it."""

    def __init__(self, key: str, random: Random, *, clients: int = 4, largest: int = 30) -> None:
        self.key, self.random, self.clients, self.largest = key, random, clients, largest
        self.acknowledged: set[str] = set()
        self.sent: set[str] = set()
        self.statuses: Counter[int] = Counter()
        self._known: list[list[str]] = []  # batches that were acknowledged
        self._waiting: list[list[str]] = []  # batches of which nobody knows
        self._numbers = itertools.count()
        self._tasks: list[asyncio.Task[None]] = []

    def load(self, port: int, seconds: float, end: Callable[[], object]) -> None:
        """Send for some time, then `end()` the server, and hear what it still said."""
        run(self._load(port, seconds, end))

    def finish(self, port: int) -> None:
        """Send one batch, and whatever waits until nothing does."""
        run(self._finish(port))

    def hang_up(self) -> None:
        """Hear nothing any more."""
        for task in self._tasks:
            task.cancel()

    def judge(self, data: Path) -> Judgement:
        """What the store has of it; nobody holds the store open."""
        rows = select(data, "SELECT event_id, count() AS times FROM events GROUP BY event_id")
        return Judgement(self, {str(row["event_id"]): int(str(row["times"])) for row in rows})

    async def _load(self, port: int, seconds: float, end: Callable[[], object]) -> None:
        self._tasks = [asyncio.create_task(self._client(port)) for _ in range(self.clients)]
        await asyncio.wait(self._tasks, timeout=seconds)
        end()
        await asyncio.wait(
            self._tasks, timeout=1
        )  # whoever was let in hears of the end; others still wait at the door
        self.hang_up()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _client(self, port: int) -> None:
        try:
            connection = await asyncio.open_connection("127.0.0.1", port)
            while True:
                await self._one(connection)
        except (OSError, asyncio.IncompleteReadError):
            return

    async def _finish(self, port: int) -> None:
        connection = await asyncio.open_connection("127.0.0.1", port)
        await self._one(connection)
        while self._waiting:
            await self._one(connection)
        connection[1].close()

    async def _one(self, connection: Connection) -> None:
        batch = self._next()
        status = 0
        try:
            status = (await post(connection, body_of(batch, self.key))).status
        finally:
            (self._known if status == 200 else self._waiting).append(batch)
        self.statuses[status] += 1
        if status == 200:
            self.acknowledged.update(batch)
        elif status in LATER:
            await asyncio.sleep(0.05)

    def _next(self) -> list[str]:
        if self._waiting:
            return self._waiting.pop()
        if self._known and self.random.random() < AGAIN:
            return self.random.choice(self._known)
        batch = [f"e{next(self._numbers)}" for _ in range(self.random.randint(1, self.largest))]
        self.sent.update(batch)
        return batch


class Judgement:
    """What is in the store, against what was promised."""

    def __init__(self, sender: Sender, stored: dict[str, int]) -> None:
        self.acknowledged = len(sender.acknowledged)
        self.lost = len(sender.acknowledged - stored.keys())
        self.doubled = sum(1 for times in stored.values() if times > 1)
        self.strange = len(stored.keys() - sender.sent)
        self.refused = sum(times for status, times in sender.statuses.items() if status != 200)
        self.errors = sum(times for status, times in sender.statuses.items() if status not in (200, *LATER))

    @property
    def holds(self) -> bool:
        return bool(self.acknowledged) and not (self.lost or self.doubled or self.strange or self.errors)

    def __str__(self) -> str:
        return (
            f"{self.lost:,} lost and {self.doubled:,} doubled of {self.acknowledged:,} acknowledged events;"
            f" {self.refused:,} requests refused, {self.errors:,} of them wrongly"
        )


def body_of(batch: list[str], key: str) -> bytes:
    calls = [{"type": "track", "event": "Page Viewed", "userId": "u1", "messageId": one} for one in batch]
    return json.dumps({"batch": calls, "writeKey": key}).encode()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]


def head_of(body: bytes) -> bytes:
    return b"POST /v1/batch HTTP/1.1\r\nhost: masarat\r\ncontent-length: %d\r\n\r\n" % len(body)


async def post(connection: Connection, body: bytes) -> Answer:
    connection[1].write(head_of(body) + body)
    return await hear(connection[0])


async def hear(reader: asyncio.StreamReader) -> Answer:
    """The next answer; its body is of no interest here."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    await reader.readexactly(int(headers["content-length"]))
    return Answer(int(first.split()[1]), headers)


def ask(port: int, body: bytes) -> Answer:
    """One POST on a connection of its own."""

    async def once() -> Answer:
        connection = await asyncio.open_connection("127.0.0.1", port)
        try:
            return await post(connection, body)
        finally:
            connection[1].close()

    return run(once())
