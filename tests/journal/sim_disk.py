"""A disk and a clock in memory: what was written and what would survive a power cut are kept apart."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

HOME = Path("/journal")


class PowerCut(BaseException):
    """The machine is off: nothing may catch this but the world."""


class Killed(BaseException):
    """The process that called is dead; the machine goes on."""


@dataclass(eq=False, slots=True)
class Node:
    """A file: what programs read, what a power cut would leave, and the bytes a failed sync has silently dropped."""

    current: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    dropped: list[tuple[int, int]] = field(default_factory=list)
    synced_to: int = 0  # the system takes the bytes before for written

    def written(self) -> bytes:
        """What a sync really brings to the disk: dropped pages are not written again."""
        content = bytearray(self.current)
        for start, end in self.dropped:
            end = min(end, len(content))
            content[start:end] = bytes(max(0, end - start))
        return bytes(content)

    def survive(self, random: Random) -> None:
        """Lose a random part of what was not synced, or tear it."""
        content = self.written()
        if len(content) < len(self.durable):
            content = random.choice((content, self.durable))
        else:
            content = content[: random.randint(len(self.durable), len(content))]
            if (
                len(content) > len(self.durable) and random.random() < 0.3
            ):  # blocks reach the disk in any order
                hole = random.randint(len(self.durable), len(content))
                content = content[:hole] + bytes(len(content[hole : hole + 40])) + content[hole + 40 :]
        self.durable, self.current = content, bytearray(content)
        self.dropped, self.synced_to = [], len(content)


class SimDisk:
    """A disk in memory. `faults` is the chance that a call fails; `cut_in` counts calls down to a power cut."""

    def __init__(self, random: Random, *, capacity: int = 1 << 30) -> None:
        self.random, self.capacity = random, capacity
        self.faults = 0.0
        self.cut_in = -1
        self.calls = 0
        self.names: dict[str, Node] = {}
        self.durable_names: dict[str, Node] = {}
        self.held: dict[Node, str] = {}
        self.process = ""  # who is calling now

    def call(self, *, may_fail: bool = True) -> None:
        self.calls += 1
        if self.cut_in >= 0:
            self.cut_in -= 1
            if self.cut_in < 0:
                raise self.random.choice((PowerCut, Killed))
        if may_fail and self.faults and self.random.random() < self.faults:
            raise OSError(errno.EIO, "Input/output error")

    # What happens to it

    def kill(self, process: str) -> None:
        """A process ends: its holds end with it, the system's memory of its writes does not."""
        self.held = {node: owner for node, owner in self.held.items() if owner != process}

    def power_cut(self) -> None:
        """Each name changed since its directory was synced is as before or as after; likewise the bytes."""
        self.held, self.cut_in = {}, -1
        for path in sorted(self.names.keys() | self.durable_names.keys()):
            before, after = self.durable_names.get(path), self.names.get(path)
            self._set(self.durable_names, path, self.random.choice((before, after)))
        self.names = dict(self.durable_names)
        for node in dict.fromkeys(self.names.values()):
            node.survive(self.random)

    @staticmethod
    def _set(names: dict[str, Node], path: str, node: Node | None) -> None:
        if node is None:
            names.pop(path, None)
        else:
            names[path] = node

    # The protocol

    def make_directory(self, path: Path) -> None:
        pass

    def files(self, directory: Path) -> dict[str, int]:
        home = str(directory)
        parted = ((path.rpartition("/"), node) for path, node in self.names.items())
        return {name: len(node.current) for (where, _, name), node in parted if where == home}

    def read(self, path: Path) -> bytes:
        self.call()
        try:
            return bytes(self.names[str(path)].current)
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, str(path)) from None

    def free(self, directory: Path) -> int:
        return self.capacity - sum(len(node.current) for node in self.names.values())

    def create(self, path: Path) -> SimFile:
        self.call()
        node = self.names[str(path)] = Node()
        self.held[node] = self.process
        return SimFile(self, node)

    def hold(self, path: Path) -> SimFile | None:
        node = self.names.setdefault(str(path), Node())
        if node in self.held:
            return None
        self.held[node] = self.process
        return SimFile(self, node)

    def is_held(self, path: Path) -> bool:
        return self.names[str(path)] in self.held

    def rename(self, old: Path, new: Path) -> None:
        self.call()
        self.names[str(new)] = self.names.pop(str(old))

    def unlink(self, path: Path) -> None:
        self.call()
        self.names.pop(str(path), None)

    def sync_directory(self, path: Path) -> None:
        self.call()
        home = str(path)
        for name in self.names.keys() | self.durable_names.keys():
            if name.rpartition("/")[0] == home:
                self._set(self.durable_names, name, self.names.get(name))


class SimFile:
    def __init__(self, disk: SimDisk, node: Node) -> None:
        self.disk, self.node = disk, node

    def write(self, data: bytes) -> None:
        room = self.disk.free(HOME)
        try:
            self.disk.call()
        except BaseException:
            self.node.current += data[: self.disk.random.randint(0, min(len(data), max(room, 0)))]
            raise
        if room < len(data):
            self.node.current += data[: max(room, 0)]
            raise OSError(errno.ENOSPC, "No space left on device")
        self.node.current += data

    def sync(self) -> None:
        node = self.node
        try:
            self.disk.call()
        except OSError:  # PostgreSQL's lesson: the pages are dropped and called clean
            node.dropped.append((node.synced_to, len(node.current)))
            node.synced_to = len(node.current)
            raise
        node.durable, node.synced_to = node.written(), len(node.current)

    def truncate(self, length: int) -> None:
        self.disk.call()
        del self.node.current[length:]
        self.node.synced_to = min(self.node.synced_to, length)

    def close(self) -> None:
        self.disk.held.pop(self.node, None)


class SimClock:
    def __init__(self) -> None:
        self.seconds = 1_760_000_000.0
        self.wall_off = 0.0

    def wall_ms(self) -> int:
        return int((self.seconds + self.wall_off) * 1000)

    def steady(self) -> float:
        return self.seconds
