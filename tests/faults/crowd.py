"""Thousands of connections that never say what they want, and clients that send a byte now and then: others are answered promptly."""

from __future__ import annotations

import asyncio
import resource
import statistics
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from masarat.collect import door
from masarat.show.http import patience
from tests.faults.forked import Forked, new_shop
from tests.faults.result import Result
from tests.faults.sender import Connection, body_of, head_of, hear, post
from tests.support.loops import run as finish

SLOW = 20  # clients that send their body byte by byte
ASKED = 50  # requests of somebody else meanwhile
PROMPT_SECONDS = 1.0
KNOWN_BYTES = 16 << 10  # of memory that a connection may cost
FAULT = "a crowd"


def run(options) -> list[Result]:
    patience.open_many()
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < options.connections + 1000:
        return [Result(FAULT, None, f"needs {options.connections + 1000} open files; see ulimit -Hn")]
    few = min(options.connections, 200)
    return [
        _crowd(FAULT, options.connections, 3 + options.connections / 500),
        _crowd(f"{FAULT}, control", few, 3600),
    ]


def _crowd(fault: str, connections: int, patient_seconds: float) -> Result:
    """The server waits that long for a head or a body; the control, for ever."""

    def wait() -> None:
        patience.HEAD_SECONDS = door.SLOWEST_BODY_SECONDS = patient_seconds

    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "shop"
        key = new_shop(data)
        server = Forked(data, before=wait)
        port = server.port()
        try:
            return finish(_measure(fault, server, port, key, connections, patient_seconds))
        finally:
            server.end()


async def _measure(
    fault: str, server: Forked, port: int, key: str, connections: int, patient_seconds: float
) -> Result:
    for_ever = patient_seconds > 60
    before = server.memory()
    body = body_of(["slow"], key)
    slow = [
        asyncio.create_task(_drip(await _connect(port), head_of(body), body))
        for _ in range(0 if for_ever else SLOW)
    ]
    crowd = await _gather_crowd(port, connections)
    seconds = await _ask(port, key)
    grown = server.memory() - before
    wait = 4 if for_ever else patient_seconds + 10
    left = sum(await asyncio.gather(*(_is_left(reader, wait) for reader, _ in crowd)))
    statuses = {await task for task in slow}
    for _, writer in crowd:
        writer.close()
    says = (
        f"{connections:,} connections, {left:,} of them ended by the server, slow bodies answered {statuses};"
        f" others in {1000 * statistics.median(seconds):.0f} ms, at worst {1000 * max(seconds):.0f} ms;"
        f" {grown >> 20} MiB more memory"
    )
    prompt = statistics.median(seconds) < PROMPT_SECONDS
    small = grown < (32 << 20) + connections * KNOWN_BYTES
    refused = left == connections and statuses == {408}
    return Result(fault, not left if for_ever else prompt and small and refused, says)


async def _connect(port: int) -> Connection:
    return await asyncio.open_connection("127.0.0.1", port, limit=1 << 12)


async def _gather_crowd(port: int, connections: int) -> list[Connection]:
    """Everybody says half a sentence."""
    crowd: list[Connection] = []
    for start in range(0, connections, 250):
        many = min(250, connections - start)
        crowd += await asyncio.gather(*(_connect(port) for _ in range(many)))
        for _, writer in crowd[start:]:
            writer.write(b"POST /v1/batch HTTP/1.1\r\nhost: mas")
    return crowd


async def _ask(port: int, key: str) -> list[float]:
    """How long each of some requests takes, each on a connection of its own."""
    seconds = []
    for number in range(ASKED):
        begun = time.monotonic()
        connection = await _connect(port)
        answer = await post(connection, body_of([f"m{number}"], key))
        assert answer.status == 200, answer
        connection[1].close()
        seconds.append(time.monotonic() - begun)
    return seconds


async def _drip(connection: Connection, head: bytes, body: bytes) -> int:
    """The status that a client hears which sends its body byte by byte."""
    reader, writer = connection
    writer.write(head)
    answer = asyncio.create_task(hear(reader))
    for byte in body:
        writer.write(bytes([byte]))
        if (await asyncio.wait([answer], timeout=0.2))[0]:
            break
    writer.close()
    return (await answer).status


async def _is_left(reader: asyncio.StreamReader, seconds: float) -> bool:
    """Whether the server ends a connection, within this time."""
    with suppress(TimeoutError, ConnectionError):
        return await asyncio.wait_for(reader.read(1), seconds) == b""
    return False
