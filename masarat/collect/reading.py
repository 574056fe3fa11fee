"""Opening files: what a file is, is seen from its content first and its name second; archives are unpacked within bounds."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from masarat.collect.delimited import text_sheet
from masarat.collect.sheets import (
    BROKEN,
    SAVE_AGAIN,
    NoRows,
    Sheet,
    TableSheet,
    json_sheet,
    parquet_sheet,
    workbook_sheets,
)
from masarat.collect.sources import arranged, opened, readable
from masarat.errors import BadFile, MasaratError

UNPACKED_MOST = 64 << 30  # bytes out of one archive
RATIO_MOST = (
    250  # unpacked to packed, for what is over RATIO_FREE; orders pack to a tenth, at best a fiftieth
)
RATIO_FREE = 64 << 20
WORKBOOK_MOST = 4 << 30  # bytes of a workbook's own XML
MEMBERS_MOST = 20_000  # a year of invoices, one file each
DEPTH_MOST = 2  # a zip of gzips, and no deeper

# What is packed beside tables for people to read; where there are tables, it is passed over and said.
PAPERS = re.compile(
    r"(?:read[ _-]?me|licen[cs]e|اقرأ|إقرأ)[^/]*|[^/]*\.(?:pdf|docx?|rtf|md|html?|png|jpe?g|gif|webp)",
    re.IGNORECASE,
)
# Files that people mistake for tables, by their first bytes.
STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML document"),
)


def open_file(path: Path, *, name: str = "") -> list[Sheet]:
    """The tables in a file: one, or several for a workbook or an archive. Nothing is read beyond what it takes to know them."""
    name = name or path.name
    if not path.is_file():
        raise BadFile(f"There is no file {str(path)!r}.", "Check the path.")
    try:
        return arranged(_open(path, name, depth=0))
    except OSError as error:
        raise BadFile(
            f"{name} cannot be opened: {error.strerror or error}.", "Check the path and its permissions."
        ) from error


def _open(path: Path, name: str, depth: int) -> list[Sheet]:
    with path.open("rb") as file:
        head = file.read(512)
    if not head.strip():
        raise BadFile(f"{name} is empty.", SAVE_AGAIN)
    return _reader(path, head, name, depth)(path, name)


def _reader(path: Path, head: bytes, name: str, depth: int) -> Callable[[Path, str], list[Sheet]]:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK\x03\x04"):
        return _workbook if _is_workbook(path, name) else lambda path, name: _zip(path, name, depth)
    if head.startswith(b"\x1f\x8b"):
        return lambda path, name: _gzip(path, name, depth)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return workbook_sheets
    if (sheets := opened(path, head, name)) is not None:
        return lambda path, name: sheets
    if head.startswith(b"PAR1"):
        return lambda path, name: [parquet_sheet(path, name)]
    _refuse_stranger(head, text, name)
    if text[:1] in (b"{", b"["):
        return lambda path, name: [json_sheet(path, name)]
    return lambda path, name: [text_sheet(path, name)]


def _refuse_stranger(head: bytes, text: bytes, name: str) -> None:
    for start, what in STRANGERS:
        if head.startswith(start) or text.lower().startswith(start):
            raise BadFile(f"{name} is {what}, not a table.", "Export it as CSV, XLSX, JSON or Parquet.")


def _is_workbook(path: Path, name: str) -> bool:
    members = {member.filename for member in _members(path, name)}
    return bool(members & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def _workbook(path: Path, name: str) -> list[Sheet]:
    if sum(member.file_size for member in _members(path, name)) > WORKBOOK_MOST:
        raise _bomb(name)
    return workbook_sheets(path, name)


def _members(path: Path, name: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _damaged(name) from error


def _zip(path: Path, name: str, depth: int) -> list[Sheet]:
    """Every file in the archive that is a table. Paths inside are labels only: nothing is written by them."""
    members = [m for m in _members(path, name) if not m.is_dir() and not _is_clutter(m.filename)]
    meant = set(readable([member.filename for member in members]))
    members = [member for member in members if member.filename in meant]
    papers = [member for member in members if PAPERS.fullmatch(Path(member.filename).name)]
    if len(papers) < len(members):
        members = [member for member in members if member not in papers]
    if not members or len(members) > MEMBERS_MOST:
        raise BadFile(
            f"{name} holds {len(members):,} files.", "Pack the tables to be imported, and nothing else."
        )
    sheets: list[Sheet] = []
    hollow: list[tuple[str, NoRows]] = []
    with zipfile.ZipFile(path) as archive:
        for member in members:
            if member.flag_bits & 1:
                raise BadFile(f"{name} is protected with a password.", "Unpack it, and import the files.")
            with _damage_of(name), archive.open(member) as packed:
                kept = _unpack(packed, member.compress_size, name)
            inner = f"{name}/{member.filename}"
            try:
                sheets += _inner(kept, inner, depth)
            except NoRows as error:
                hollow.append((inner, error))
    if hollow and not sheets:
        raise hollow[0][1]
    said = {inner: error.sentence for inner, error in hollow} | {
        f"{name}/{paper.filename}": f"{paper.filename} is no table: it was passed over."
        for paper in papers
        if paper not in members
    }
    return [*sheets, *(Sheet(inner, [], 0, skipped=why) for inner, why in said.items())]


def _gzip(path: Path, name: str, depth: int) -> list[Sheet]:
    with _damage_of(name), gzip.open(path) as packed:
        kept = _unpack(packed, path.stat().st_size, name)
    return _inner(kept, name, depth)


def _inner(kept: _Kept, name: str, depth: int) -> list[Sheet]:
    if depth >= DEPTH_MOST:
        raise BadFile(
            f"{name} is packed more than {DEPTH_MOST} times over.", "Unpack it, and import the files."
        )
    sheets = _open(kept.path, name, depth + 1)
    for sheet in sheets:
        if not (sheet.told_by and isinstance(sheet, TableSheet)):  # which is in memory already
            sheet.keep = (kept, sheet.keep)
    return sheets


class _Kept:
    """An unpacked copy on disk, removed when nothing needs it any more."""

    def __init__(self) -> None:
        directory = tempfile.mkdtemp(prefix="masarat-")
        self.path = Path(directory) / "unpacked"
        weakref.finalize(self, shutil.rmtree, directory, ignore_errors=True)


def _unpack(packed: IO[bytes] | gzip.GzipFile, packed_size: int, name: str) -> _Kept:
    kept, size = _Kept(), 0
    with kept.path.open("wb") as file:
        while chunk := packed.read(1 << 20):
            size += len(chunk)
            if (
                size > UNPACKED_MOST
                or size > RATIO_FREE + RATIO_MOST * packed_size
                or size > shutil.disk_usage(kept.path).free + size - (1 << 28)
            ):
                raise _bomb(name)
            file.write(chunk)
    return kept


class _damage_of:  # noqa: N801 (reads as a word in a with statement)
    """What goes wrong inside an archive, as one sentence."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        damages = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError)
        if isinstance(error, damages) and not isinstance(error, MasaratError):
            raise _damaged(self.name) from error


def _damaged(name: str) -> BadFile:
    return BadFile(f"{name} is cut short or damaged: it cannot be unpacked.", "Download or pack it again.")


def _bomb(name: str) -> BadFile:
    return BadFile(
        f"{name} unpacks to far more than it should.", "Unpack it yourself, look at it, and import the files."
    )


def _is_clutter(member: str) -> bool:
    """What packers add by themselves."""
    return (
        member.startswith("__MACOSX/")
        or Path(member).name.startswith(".")
        or Path(member).name in ("Thumbs.db", "desktop.ini")
    )


__all__ = ["BROKEN", "Sheet", "open_file"]
