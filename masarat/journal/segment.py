"""A segment: a file of lines that the engine takes whole, in groups that are each closed by a seal.

A seal is a blank line: 128 spaces and tabs, which say in binary how many bytes and lines the group has, and their checksum.
JSONEachRow skips white space between rows, so the seals cost the engine nothing, and one write and one sync make the lines
and their seal durable together. A group counts if its seal fits it; any other bytes were torn by a crash, or have decayed.
The last seal of a segment closes nothing: it says that all before it was synced, and that no more will come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xxhash

from masarat.journal.disk import Disk

NAME = re.compile(r"(?P<worker>\w+)-(?P<sequence>\d{15})-[0-9a-f]{8}\.jsonl")
SEAL = re.compile(rb" [ \t]{127}\n")  # its first bit is 0: no group has 2 GiB
TO_BLANKS = str.maketrans("01", " \t")
TO_BITS = bytes.maketrans(b" \t", b"01")


def seal(lines: bytes, count: int) -> bytes:
    """The blank line that vouches for a group."""
    return f"{_bits(lines, count):0128b}\n".translate(TO_BLANKS).encode()


def _bits(lines: bytes, count: int) -> int:
    size = len(lines) << 32 | count
    return size << 64 | xxhash.xxh3_64_intdigest(lines, seed=size)


CLOSING = seal(b"", 0)


@dataclass(frozen=True, slots=True)
class Group:
    """Bytes `start` to `end` of a segment, its seal included; `count` lines where the seal fits, 0 where none does."""

    start: int
    end: int
    count: int
    sealed: bool


def groups(content: bytes) -> Iterator[Group]:
    """The groups of a segment in order, and between them whatever no seal vouches for."""
    position = 0
    for match in _seals(content):
        bits = int(match[0].translate(TO_BITS), 2)
        length, count = bits >> 96, bits >> 64 & 0xFFFFFFFF
        start = match.start() - length
        if start < position or _bits(content[start : match.start()], count) != bits:
            continue
        if start > position:
            yield Group(position, start, 0, sealed=False)
        yield Group(start, match.end(), count, sealed=True)
        position = match.end()
    if position < len(content):
        yield Group(position, len(content), 0, sealed=False)


def _seals(content: bytes) -> Iterator[re.Match[bytes]]:
    """Blank lines that may be seals. Only they begin with a space, so most of the content is passed over quickly."""
    line = 0
    while True:
        if match := SEAL.match(content, line):
            yield match
        line = content.find(b"\n ", line) + 1
        if not line:
            return


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines that are ready for the store.

    `token` names them for good: the engine takes it to know a repeated insert. `path` is a file of JSONEachRow.
    """

    token: str
    path: Path
    count: int
    size: int
    disk: Disk

    def lines(self) -> list[bytes]:
        """The lines, each with its line end."""
        return [line + b"\n" for line in self.disk.read(self.path).split(b"\n") if line.strip()]

    def token_of(self, first: int, lines: list[bytes]) -> str:
        """A token for some of its lines, from line `first` on: of their place and of their bytes.

        Their place alone would not do, as it changes when a group before them decays.
        """
        return f"{self.token}:{first}-{first + len(lines)}-{xxhash.xxh3_64_hexdigest(b''.join(lines))}"


def name_of(worker: str, sequence: int, salt: int) -> str:
    """A name no segment had before, as the store would take its lines for known ones.

    The number is the time in milliseconds, or one more than the last; the salt is random, for clocks and directories that are
    set back.
    """
    return f"{worker}-{sequence:015d}-{salt:08x}.jsonl"


def read_name(name: str) -> tuple[str, int] | None:
    """The worker and the number of a segment's name; None for any other file."""
    match = NAME.fullmatch(name)
    return (match["worker"], int(match["sequence"])) if match else None
