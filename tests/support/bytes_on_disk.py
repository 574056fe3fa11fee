"""Every byte of a directory as a person could read it: files as they lie, and the engine's blocks unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

# A block of the engine: 16 bytes of checksum, one of method, four each of packed (with these nine) and plain size.
LZ4, ZSTD, NONE, CHECKSUM, HEADER = 0x82, 0x90, 0x02, 16, 25
PACKED = (".bin", ".cidx", ".cmrk4", ".cmrk3", ".cmrk2", ".cmrk")


def unpacked(content: bytes) -> Iterator[bytes]:
    """The plain content of a file of blocks, block by block."""
    place = 0
    while place + HEADER <= len(content):
        method = content[place + CHECKSUM]
        size = int.from_bytes(content[place + 17 : place + 21], "little")
        plain = int.from_bytes(content[place + 21 : place + 25], "little")
        body = content[place + HEADER : place + CHECKSUM + size]
        if method == NONE:
            yield body
        elif method in (LZ4, ZSTD):
            yield pa.decompress(body, plain, codec="lz4_raw" if method == LZ4 else "zstd").to_pybytes()
        place += CHECKSUM + size


def holding(directory: Path, texts: list[str]) -> dict[str, list[str]]:
    """Which of the texts stand in which files, packed or not, whatever the case of their letters."""
    wanted = {text: text.lower().encode() for text in texts}
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # a running database renames its own
            continue
        if path.suffix in PACKED:
            content += b"\n" + b"".join(unpacked(content))
        content = content.lower()
        if here := [text for text, raw in wanted.items() if raw in content]:
            found[str(path.relative_to(directory))] = here
    return found
