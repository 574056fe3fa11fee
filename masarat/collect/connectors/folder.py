"""A watched folder: files that are put into it, or into folders in it, are taken in as `masarat import` takes them.

A file that changed in the last seconds, or while we read it, waits for the next sync; names with which programs mark what is not whole yet
(`.part`, `.tmp`, a leading dot) are passed over. Links are not followed, so that nothing outside the folder is ever read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from masarat.collect.connectors.base import Ask, Asked, Connector, Page
from masarat.collect.connectors.files import DATES, Fetched, Lying, digest, is_hidden, is_text, new_files
from masarat.errors import BadParameter
from masarat.settings import Settings

SETTLED_SECONDS = 10.0  # nobody wrote it for so long: it is whole


def _pages(asked: Asked) -> Iterator[Page]:
    folder = _allowed(asked.given["path"], asked.settings)
    notes: list[str] = []
    lying = list(_lying(folder, asked.now, notes))
    return new_files(asked, lying, notes, lambda each, _: _whole(folder, each))


def _allowed(path: str, settings: Settings) -> Path:
    """The folder, if it is one and may be watched."""
    try:
        folder = Path(path).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        folder = None
    if folder is None or not folder.is_dir():
        raise BadParameter(
            f"There is no folder {path!r}.", "Give the whole path of a folder on this machine."
        )
    allowed = [Path(one.strip()).resolve() for one in settings.folders.split(",") if one.strip()]
    if allowed and not any(folder.is_relative_to(one) for one in allowed):
        raise BadParameter(
            f"{folder} may not be watched.", "Give a folder within MASARAT_FOLDERS, or add it there."
        )
    data = settings.data.resolve()
    if folder.is_relative_to(data) or data.is_relative_to(folder):
        raise BadParameter(f"{folder} holds Masarat's own data.", "Give a folder of its own to the files.")
    return folder


def _lying(folder: Path, now: datetime, notes: list[str]) -> Iterator[Lying]:
    """All files that are whole; of the others is noted why not."""

    def unreadable(error: OSError) -> None:
        notes.append(f"{error.filename} cannot be read: {error.strerror}.")

    for place, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        linked = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*linked, *(name for name in files if not is_hidden(name))]):
            shown = str((Path(place) / name).relative_to(folder))
            try:
                found = (Path(place) / name).lstat()
            except FileNotFoundError:  # moved away meanwhile
                continue
            if why := _why_not(shown, found, now):
                notes.append(why)
            else:
                yield Lying(shown, found.st_size, found.st_mtime, _stamp(found))


def _why_not(shown: str, found: os.stat_result, now: datetime) -> str:
    if not is_text(shown):
        return f"{shown!a} has a name that is no UTF-8: rename it."
    if not stat.S_ISREG(found.st_mode):
        return f"{shown} is a link or no file: it is not followed."
    if now.timestamp() - found.st_ctime < SETTLED_SECONDS:
        return f"{shown} was written just now: it waits for the next sync."
    return ""


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size}-{found.st_mtime_ns}"


def _whole(folder: Path, each: Lying) -> Fetched | str:
    """The file, if it is as it was seen now that it was read."""
    path = folder / each.name
    try:
        content, found = digest(path), path.lstat()
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    if not stat.S_ISREG(found.st_mode) or _stamp(found) != each.stamp:
        return "it is still being written"
    return Fetched(path, content)


FOLDER = Connector(
    "folder",
    "A watched folder",
    "مجلد مراقَب",
    "The whole path of a folder on the machine where Masarat runs, like /srv/exports; every file that is put there is taken in by itself.",
    (Ask("path", "Path of the folder", "مسار المجلد"), DATES),
    _pages,
    arabic_about="المسار الكامل لمجلد على الجهاز الذي يعمل عليه مسارات، مثل ‎/srv/exports‎؛ وكل ملف يوضع فيه يُدخل وحده.",
    here=True,
    every_minutes=5,
)
