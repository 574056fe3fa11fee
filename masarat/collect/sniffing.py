"""What kind of text a file holds: its encoding, its delimiter, and where its header stands."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20
HEAD = 1 << 17  # bytes in which the delimiter and the header are sought
NAMED = 6  # first columns by which a header is known that names few of the others
DELIMITERS = (",", ";", "\t", "|")
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Letters of Windows-1256 that stand next to each other only in Arabic: in French or English text they stand alone.
_ARABIC_1256 = re.compile(rb"[\xc0-\xd6\xd8-\xdf\xe1\xe3-\xe6\xec\xed]{2,}")
_DATA_LIKE = re.compile(r"^[\s'\d٠-٩۰-۹.,:/\-+%()٫٬T]*[\d٠-٩۰-۹][\s\d٠-٩۰-۹.,:/\-+%()٫٬TZ]*$")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text. `clean` files are UTF-8 through and through and may be read as they are."""

    name: str
    bom: int = 0  # bytes to skip
    clean: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table stands in a delimited text."""

    delimiter: str
    header: list[str]
    header_row: int  # as a person counts rows; 0 where there is no header
    start: int  # characters before the first row of data


def encoding_of(path: Path) -> Encoding:
    """Decided from the whole file, read once: the first Arabic word may come late."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        for bom, name in BOMS:
            if head.startswith(bom):
                return Encoding(name, len(bom), clean=name == "utf-8" and _is_clean(path))
        wide = _wide(head)
        if wide:
            return Encoding(wide, clean=False)
    return Encoding("utf-8") if _is_clean(path) else _eight_bit(path)


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: zeros stand between Latin letters, and read so the text is Latin and Arabic."""
    for name in ("utf-16-le", "utf-16-be") if 0 in head else ():
        text = head[: len(head) & ~1].decode(name, "replace")
        if sum(
            (letter < "\u0250" and letter != "\0") or "\u0600" <= letter < "\u0700" for letter in text
        ) > 0.9 * len(text):
            return name
    return ""


def _is_clean(path: Path) -> bool:
    """Valid UTF-8 without a zero byte."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            if b"\0" in chunk:
                return False
            if not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit(path: Path) -> Encoding:
    """UTF-8 with a few broken letters, Windows-1256, or Latin-1: whichever the letters beyond ASCII speak for."""
    sample = b"".join(chunk for chunk, _ in zip(_beyond_ascii(path), range(4), strict=False))
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    beyond = sum(byte > 0x7F for byte in sample)
    if broken * 8 <= beyond:
        return Encoding("utf-8", clean=False)
    arabic = sum(map(len, _ARABIC_1256.findall(sample)))
    return Encoding("cp1256" if arabic > 0.5 * beyond else "latin-1", clean=False)


def _beyond_ascii(path: Path) -> Iterator[bytes]:
    return (chunk for chunk in _chunks(path) if not chunk.isascii())


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


class Recoded(io.RawIOBase):
    """A text file read as clean UTF-8, whatever it was: for readers that know nothing else. Zero bytes are left out."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._file = path.open("rb")
        self._file.seek(encoding.bom)
        self._decoder = codecs.getincrementaldecoder(encoding.name)(errors="replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._ready) < size:
            chunk = self._file.read(CHUNK)
            self._ready += self._decoder.decode(chunk, final=not chunk).replace("\0", "").encode()
            if not chunk:
                break
        size = len(self._ready) if size < 0 else size
        taken, self._ready = self._ready[:size], self._ready[size:]
        return taken

    def close(self) -> None:
        self._file.close()
        super().close()


def layout_of(head: str, delimiter: str = "") -> Layout:
    """Delimiter and header from the beginning of a text. `head` should end at a line end, or with the file."""
    declared = re.match(r"sep=(.)\r?\n", head)
    delimiter = delimiter or (declared[1] if declared else _delimiter(head))
    records = list(_records(head, delimiter))
    if declared:
        records[0] = ([], records[0][1])
    number = header_at([record for record, _ in records])
    header = records[number - 1][0] if number else records[0][0] if records else []
    start = records[number - 1][1] if number else 0
    return Layout(delimiter, header, number, start)


def header_at(records: list[list[str]]) -> int:
    """Which record is the header, counting from 1; 0 where the data begin at once.

    Titles and `#` comments above a table are narrower than the table; its header is the first record about as wide as most are, or one
    that names its first columns and leaves those of one question together below its first.
    """
    widths = Counter(
        len(record) for record in records if any(map(str.strip, record)) and not _is_comment(record)
    )
    width = max(widths, key=lambda width: (widths[width] * (width > 1), width), default=0)
    for number, record in enumerate(records, 1):
        filled = sum(bool(cell.strip()) for cell in record)
        begun = next((place for place, cell in enumerate(record) if not cell.strip()), len(record))
        wide = filled >= max(min(2, width), 0.5 * width) or (begun >= NAMED and len(record) == width)
        if wide and not _is_comment(record):
            data = sum(bool(_DATA_LIKE.match(cell)) for cell in record)
            return 0 if data >= max(2, 0.3 * filled) and number == 1 else number
    return 0


def unique_names(header: list[str], taken: tuple[str, ...] = ()) -> list[str]:
    """Column names as in the file; an empty or repeated one is told apart by its place."""
    seen = set(taken)
    names = []
    for place, cell in enumerate(header, 1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {place}"
        while name in seen:
            name = f"{name} ({place})"
        seen.add(name)
        names.append(name)
    return names


def _is_comment(record: list[str]) -> bool:
    """A line of remarks; a column may be called # as well."""
    return (
        bool(record) and record[0].lstrip().startswith("#") and (record[0].strip() != "#" or len(record) < 2)
    )


def _delimiter(head: str) -> str:
    """The delimiter under which most lines have the same number of cells, and many."""

    def score(delimiter: str) -> float:
        widths = Counter(
            len(record) for record, _ in zip(_read(head, delimiter), range(200), strict=False) if record
        )
        width, count = max(widths.items(), key=lambda item: item[1] * math.log(item[0]), default=(1, 0))
        return count / max(1, widths.total()) * math.log(width)

    return max(DELIMITERS, key=score)


def _read(head: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)


def _records(head: str, delimiter: str, most: int = 60) -> Iterator[tuple[list[str], int]]:
    """The first records with the number of characters up to their end."""
    lines = _Lines(head)
    reader = csv.reader(lines, delimiter=delimiter)
    for record, _ in zip(reader, range(most), strict=False):
        yield record, lines.taken


class _Lines:
    """Lines of a text, counting the characters given out."""

    def __init__(self, text: str) -> None:
        self._lines = iter(io.StringIO(text, newline=""))
        self.taken = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken += len(line)
        return line
