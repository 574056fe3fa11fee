"""Files that lie somewhere and are taken in once: what a watched folder and a bucket share.

Of every file the cursor remembers, under the hash of its name (which may be a customer's), its stamp, which is cheap to ask for, and its
content's hash. A file with another stamp is fetched, and taken
in if its content is another too; the oldest first, so that of two exports with one order the newer stands. A file that is refused is
remembered like any other: it is tried again when it changes. Where dates are to be read otherwise than before, all are taken again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xxhash

from masarat.collect.connectors.base import Ask, Asked, Page
from masarat.errors import BadParameter

MOST = 20_000  # files of one place: all are in its cursor
FILES_AT_ONCE = 200  # taken in together: documents of one program (invoices, a file each) become one table
BYTES_AT_ONCE = 64 << 20
UPLOADS = "uploads"  # in the data directory, where what a crash leaves behind is cleared

DATES = Ask(
    "dates",
    "Order of dates that can be read both ways: dmy or mdy",
    "ترتيب التاريخ: dmy أو mdy",
    optional=True,
)


@dataclass(frozen=True, slots=True)
class Lying:
    """A file where it lies."""

    name: str  # its path within the place
    size: int
    changed: float  # seconds since 1970
    stamp: str  # another, when it was written anew

    @property
    def key(self) -> str:
        return xxhash.xxh3_64_hexdigest(self.name.encode())


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file on this disk, and the hash of its content."""

    path: Path
    content: str


Fetch = Callable[[Lying, Path], Fetched | str]  # into this directory, where it must; or why it waits


def new_files(asked: Asked, lying: Sequence[Lying], notes: list[str], fetch: Fetch) -> Iterator[Page]:
    """What is new of all that lies there, some files a page, with `notes` on the last page. Those that are not there any more are forgotten."""
    if len(lying) > MOST:
        raise BadParameter(
            f"{len(lying):,} files lie there; {MOST:,} are looked at.",
            "Move those that were taken elsewhere.",
        )
    known, dates = _remembered(asked, lying), asked.given.get("dates", "")
    fresh = [each for each in lying if known.get(each.key, [""])[0] != each.stamp]
    uploads = asked.settings.data / UPLOADS
    uploads.mkdir(exist_ok=True)
    for some in _together(sorted(fresh, key=lambda each: (each.changed, each.name))):
        with tempfile.TemporaryDirectory(dir=uploads) as directory:
            files: list[Path] = []
            for number, each in enumerate(some):
                found = fetch(each, Path(directory) / str(number))
                if isinstance(found, str):
                    notes.append(f"{each.name} waits: {found}.")
                    continue
                if known.get(each.key, ["", ""])[1] != found.content:
                    files.append(found.path)
                known[each.key] = [each.stamp, found.content]
            yield Page(_cursor(known, dates), files=files, dates=dates)
    yield Page(_cursor(known, dates), notes=notes)


def _remembered(asked: Asked, lying: Sequence[Lying]) -> dict[str, list[str]]:
    """Stamp and content of each file that lies there still; of none, where dates are to be read otherwise now."""
    if asked.cursor.get("dates", "") != asked.given.get("dates", ""):
        return {}
    known: dict[str, list[str]] = asked.cursor.get("files", {})
    return {each.key: known[each.key] for each in lying if each.key in known}


def _cursor(known: dict[str, list[str]], dates: str) -> dict[str, Any]:
    return {"files": dict(known), "dates": dates}


def _together(files: Sequence[Lying]) -> Iterator[list[Lying]]:
    """In their order, not too many and not too much at once."""
    some: list[Lying] = []
    for each in files:
        if some and (len(some) >= FILES_AT_ONCE or sum(one.size for one in some) + each.size > BYTES_AT_ONCE):
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def is_hidden(name: str) -> bool:
    """Whether a name is one that programs give to what is not (yet) meant for others."""
    return name.startswith((".", "~$")) or name.endswith((".part", ".tmp", ".crdownload"))


def is_text(name: str) -> bool:
    """Whether a name can be written down: file systems allow any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def digest(file: Path) -> str:
    """The hash of a file's content."""
    found = xxhash.xxh3_128()
    with file.open("rb") as opened:
        while part := opened.read(1 << 20):
            found.update(part)
    return found.hexdigest()
