"""Processes that append and flush until they die, and an engine outside of them that remembers everything.

A child reports each acknowledged event through a pipe and asks for each insert through a socket, so that what it was told and
what the store has survive it. The process that forks must be small and without threads.
"""

from __future__ import annotations

import itertools
import json
import logging
import os
import select
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import SimpleNamespace

from masarat.errors import MasaratError
from masarat.journal import Flusher, Journal, RealDisk, Segment, Shelf

FAILPOINTS = (
    "pre-write",
    "post-write",
    "pre-fsync",
    "post-fsync",
    "pre-insert",
    "post-insert-pre-checkpoint",
    "pre-unlink",
)


PATIENCE_SECONDS = 5.0


class Unsynced(RealDisk):
    """The control: a disk that never syncs must lose events when the power is cut."""

    def sync_directory(self, path):
        pass

    def create(self, path):
        file = super().create(path)
        return SimpleNamespace(write=file.write, sync=lambda: None, truncate=file.truncate, close=file.close)


class Engine:
    """Counts how often each event was stored; knows tokens, not event ids."""

    def __init__(self) -> None:
        self.tokens: set[str] = set()
        self.stored: Counter[str] = Counter()

    def insert(self, token: str, ids: list[str]) -> None:
        if token not in self.tokens:
            self.tokens.add(token)
            self.stored.update(ids)

    def sink(self, segment: Segment) -> None:
        self.insert(segment.token, ids_of(segment))


def ids_of(segment: Segment) -> list[str]:
    return [json.loads(line)["event_id"] for line in segment.lines()]


class Lives:
    """One directory, one engine, and children that come and go over them."""

    def __init__(self, directory: Path, random: Random, *, disk: RealDisk | None = None) -> None:
        self.directory, self.random, self.disk = directory, random, disk or RealDisk()
        self.engine = Engine()
        self.acknowledged: set[str] = set()
        self._names = itertools.count()

    def live(
        self, seconds: float, *, failpoint: str = "", hit: int = 0, end: Callable[[], None] | None = None
    ):
        """Let a child work for a time, then kill it, unless it died at its failpoint before.

        `end` cuts the power first: what left the machine until then counts, and nothing after. (While ext4 shuts down, a sync may
        still succeed that reached no disk; on a machine without power nobody would hear of it.)
        """
        name = f"l{next(self._names)}"
        acks, theirs = os.pipe()
        store, store_theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            try:
                os.close(acks)
                store.close()
                self._work(name, theirs, store_theirs, failpoint, hit)
            finally:
                os._exit(1)
        os.close(theirs)
        store_theirs.close()
        select.select([acks], [], [], PATIENCE_SECONDS)  # it lives from its first acknowledgement on
        self._serve(acks, store, time.monotonic() + seconds)
        if end is not None:
            self._serve(acks, store, time.monotonic())
            end()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if end is None:
            self._serve(acks, store, None)
        os.close(acks)
        store.close()

    def settle(self) -> None:
        """The last life: recover in this process, and bring everything in."""
        shelf = Shelf(self.directory)
        shelf.recover()
        Flusher(shelf, self.engine.sink, _no_rejects).drain()

    def lost(self) -> int:
        return sum(1 for name in self.acknowledged if not self.engine.stored[name])

    def doubled(self) -> int:
        return sum(1 for times in self.engine.stored.values() if times > 1)

    # The parent's side

    def _serve(self, acks: int, store: socket.socket, deadline: float | None) -> None:
        """Take acknowledgements and inserts until the deadline, or the child's end; after its end, whatever it still sent."""
        sources: list[int | socket.socket] = [acks, store]
        rest = b""
        while sources:
            patience = max(0.0, deadline - time.monotonic()) if deadline else 0.0
            ready, _, _ = select.select(sources, [], [], patience)
            if not ready:
                break
            if acks in ready:
                data = os.read(acks, 1 << 16)
                rest += data
                if not data:
                    sources.remove(acks)
                    if deadline:  # it died by itself
                        break
            if store in ready and not self._insert(store, dead=deadline is None):
                sources.remove(store)
        *whole, rest = rest.split(b"\n")
        self.acknowledged.update(line.decode() for line in whole)

    def _insert(self, store: socket.socket, *, dead: bool) -> bool:
        """Answer one insert. Of a dead child's last wish nobody knows whether the engine did it."""
        try:
            size = store.recv(8, socket.MSG_WAITALL)
            body = store.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL) if len(size) == 8 else b""
            if not body or len(body) < int.from_bytes(size, "big"):
                return False
            if dead and self.random.random() < 0.5:
                return True
            token, ids = json.loads(body)
            self.engine.insert(token, ids)
            if not dead:
                store.sendall(b"k")
        except OSError:
            return False
        return True

    # The child's side

    def _work(self, name: str, acks: int, store: socket.socket, failpoint: str, hit: int) -> None:
        hits = itertools.count()
        logging.disable()  # what the disk does to us is known

        def pass_by(point: str) -> None:
            if point == failpoint and next(hits) == hit:
                os.kill(os.getpid(), signal.SIGKILL)

        def sink(segment: Segment) -> None:
            body = json.dumps([segment.token, ids_of(segment)]).encode()
            store.sendall(len(body).to_bytes(8, "big") + body)
            if store.recv(1) != b"k":
                raise ConnectionError("the engine is gone")

        journal = Journal(
            self.directory,
            disk=self.disk,
            segment_bytes=1 << 14,
            segment_seconds=0.02,
            reserve_bytes=0,
            failpoint=pass_by,
        )
        shelf = Shelf(self.directory, disk=self.disk, failpoint=pass_by)
        shelf.recover()
        Flusher(shelf, sink, _no_rejects, failpoint=pass_by).start()
        threads = [threading.Thread(target=_append, args=(journal, f"{name}-{i}", acks)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _append(journal: Journal, name: str, acks: int) -> None:
    for number in itertools.count():
        ids = [f"{name}-{number}-{i}" for i in range(1 + number % 4)]
        lines = b"".join(b'{"event_id":"%s","pad":"%s"}\n' % (id_.encode(), b"x" * 100) for id_ in ids)
        try:
            journal.append_sync(lines, len(ids))
        except MasaratError:
            time.sleep(0.001)
            continue
        os.write(acks, "".join(id_ + "\n" for id_ in ids).encode())


def _no_rejects(line: bytes, reason: str, token: str) -> None:
    raise AssertionError(f"{token} was rejected: {reason}")
