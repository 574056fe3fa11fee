"""A world for the journal in which everything that can fail does, all of it decided by one seed.

The disk keeps apart what was written and what would survive a power cut; the engine is down, fails after the deed, takes half,
or refuses lines; processes are killed. Every line carries a delivery number, so that a ledger can say where each one ended.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

from masarat.errors import MasaratError
from masarat.journal import Flusher, Poisoned, Segment, Shelf
from masarat.journal.shelf import QUARANTINE
from masarat.journal.writer import Writer
from tests.journal.sim_disk import HOME, Killed, PowerCut, SimClock, SimDisk


class SimEngine:
    """A store that knows tokens and event ids. `half` lets it apply part of an insert and then fail."""

    def __init__(self, random: Random, disk: SimDisk) -> None:
        self.random, self.disk = random, disk
        self.down = self.late = self.half = 0.0
        self.tokens: set[str] = set()
        self.events: Counter[str] = Counter()
        # delivery → how often it was stored, counted as duplicate, or rejected
        self.ended: Counter[int] = Counter()
        self.stored = self.duplicates = 0
        self.rejects: dict[str, bytes] = {}

    def insert(self, segment: Segment) -> None:
        self.disk.call(may_fail=False)
        if self.random.random() < self.down:
            raise ConnectionError("down")
        if segment.token in self.tokens:
            return
        rows = json.loads(b"[" + b",".join(segment.lines()) + b"]")
        assert len(rows) == segment.count
        if any("poison" in row for row in rows):
            raise Poisoned("Not a time.")
        if self.random.random() < self.half:
            self._apply(rows[: len(rows) // 2])
            raise ConnectionError("down in the middle")
        self._apply(rows)
        self.tokens.add(segment.token)
        self.disk.call(may_fail=False)
        if self.random.random() < self.late:
            raise ConnectionError("down after the deed")

    def reject(self, line: bytes, reason: str, token: str) -> None:
        if token not in self.rejects:
            self.rejects[token] = line
            self.ended[json.loads(line)["n"]] += 1

    def _apply(self, rows: list[dict]) -> None:
        for row in rows:
            self.ended[row["n"]] += 1
            if self.events[row["event_id"]]:
                self.duplicates += 1
            else:
                self.events[row["event_id"]] += 1
                self.stored += 1


class World:
    """Some workers, one flusher, one disk, one engine, and the ledger of what was sent and what was acknowledged."""

    writer_kind: type[Writer] = Writer

    def __init__(
        self, seed: int, *, disk_kind: type[SimDisk] = SimDisk, workers: int = 2, capacity: int = 1 << 30
    ):
        self.random = Random(seed)
        self.disk = disk_kind(self.random, capacity=capacity)
        self.clock = SimClock()
        self.engine = SimEngine(self.random, self.disk)
        self.sent: dict[int, bytes] = {}
        self.acknowledged: set[int] = set()
        self.failed: list[dict] = []  # rows whose sender was told so
        self.refusals = 0
        self.quarantined: list[Path] = []
        self.writers: dict[str, Writer] = {}
        self.workers = [str(number) for number in range(workers)]
        self.flusher: Flusher | None = None

    # What may happen

    def append(self, worker: str, count: int, *, poison: bool = False, again: bool = False) -> bool:
        """Send a group; `again` repeats what failed before, under the same event ids. Says whether it was acknowledged."""
        if again and self.failed:
            rows, self.failed = self.failed[:count], self.failed[count:]
        else:
            start = len(self.sent)
            rows = [{"event_id": f"e{start + i}"} for i in range(count)]
            if poison:
                rows[self.random.randrange(count)]["poison"] = 1
        rows = [row | {"n": len(self.sent) + i} for i, row in enumerate(rows)]
        lines = [json.dumps(row).encode() + b"\n" for row in rows]
        self.sent |= {row["n"]: line for row, line in zip(rows, lines, strict=True)}
        writer = self.writer(worker)
        self.disk.process = worker
        try:
            writer.admit(sum(map(len, lines)))
            writer.commit(b"".join(lines), len(lines))
        except MasaratError:
            self.refusals += 1
            self.failed += rows
            return False
        self.acknowledged |= {row["n"] for row in rows}
        return True

    def writer(self, worker: str) -> Writer:
        if worker not in self.writers:
            self.disk.process = worker
            self.writers[worker] = self.writer_kind(
                HOME,
                worker,
                disk=self.disk,
                clock=self.clock,
                segment_bytes=600,
                segment_seconds=1.0,
                backlog_bytes=20_000,
                reserve_bytes=500,
                salt=lambda: self.random.getrandbits(32),
            )
            self.writers[worker].measure()
        return self.writers[worker]

    def tick(self, worker: str) -> None:
        self.disk.process = worker
        self.writer(worker).tick()

    def flush(self) -> bool:
        """One step of the flusher's life; errors are what its thread would wait and retry after."""
        self.disk.process = "flusher"
        try:
            if self.flusher is None:
                shelf = Shelf(HOME, disk=self.disk)
                self.flusher = Flusher(shelf, self.engine.insert, self.engine.reject)
                shelf.recover()
            return self.flusher.step()
        except (OSError, MasaratError):
            return True
        finally:
            if self.flusher is not None:
                self.quarantined += self.flusher.shelf.quarantined
                self.flusher.shelf.quarantined.clear()

    def kill(self, process: str) -> None:
        self.disk.kill(process)
        if process == "flusher":
            self.flusher = None
        else:
            self.writers.pop(process, None)

    def power_cut(self) -> None:
        self.writers.clear()
        self.flusher = None
        self.disk.power_cut()

    def wait(self, seconds: float) -> None:
        self.clock.seconds += seconds

    # How it must end

    def settle(self) -> None:
        """Nothing fails any more: one last power cut, then everything goes in."""
        self.disk.faults = self.engine.down = self.engine.late = self.engine.half = 0.0
        self.disk.capacity = 1 << 30
        self.power_cut()
        while self.flush():
            pass

    def lost(self) -> set[int]:
        return {n for n in self.acknowledged if not self.engine.ended[n]}

    def doubled(self) -> set[int]:
        return {n for n, times in self.engine.ended.items() if times > 1}

    def set_aside(self) -> bytes:
        """Everything that lies in the quarantine."""
        return b"".join(
            bytes(node.current)
            for path, node in self.disk.names.items()
            if path.startswith(str(HOME / QUARANTINE))
        )

    def left_behind(self) -> list[str]:
        return [name for name in self.disk.files(HOME) if name.endswith((".jsonl", ".part", ".draft"))]


def play(world: World, steps: int = 40) -> None:
    """A random life: appends, ticks, flushes, kills and power cuts in the middle of any call, a disk and an engine that fail."""
    random = world.random
    world.disk.faults = random.choice((0, 0, 0.02, 0.1))
    world.engine.down, world.engine.late = random.choice((0, 0.3)), random.choice((0, 0.3))
    if random.random() < 0.2:
        world.disk.capacity = 4000
    for _ in range(steps):
        if random.random() < 0.05:
            world.disk.cut_in = random.randint(0, 12)
        try:
            _step(world, random)
        except PowerCut:
            world.power_cut()
        except Killed:
            world.kill(world.disk.process)


def _step(world: World, random: Random) -> None:
    choice = random.random()
    worker = random.choice(world.workers)
    if choice < 0.5:
        world.append(worker, random.randint(1, 5), poison=random.random() < 0.1, again=random.random() < 0.3)
    elif choice < 0.6:
        world.tick(worker)
    elif choice < 0.7:
        world.wait(random.random())
    elif choice < 0.92:
        world.flush()
    elif choice < 0.96:
        world.kill(random.choice([*world.workers, "flusher"]))
    elif choice < 0.98:
        world.clock.wall_off = random.uniform(-100, 0)
    else:
        world.power_cut()
