"""Files about customers: each once in the data directory, under the hash of its content, however often it is attached.

A file's own name stands only in the records: what lies on the disk tells neither what it is nor whose.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from masarat.errors import BadFile, TooLarge, UnknownName
from masarat.records import Transaction
from masarat.records.fitting import LARGEST
from masarat.records.models import Attachment

MOST_BYTES = 10 << 20
FOLDER = "files"


def attach(t: Transaction, identifier: str, file: Path, name: str, author: str, data: Path) -> Attachment:
    """Keep a copy of a file in the data directory, and whose it is."""
    sha256, size = _digest(file)
    target = place(data, sha256)
    if not target.exists():
        _copy(file, target)
    found = Attachment(identifier=identifier, name=name, size=size, sha256=sha256, author=author)
    t.add(found)
    t.flush()
    return found


def attachments_of(t: Transaction, identifiers: Iterable[str]) -> Sequence[Attachment]:
    """The files of these identifiers, newest first."""
    asked = select(Attachment).where(Attachment.identifier.in_(list(identifiers)))
    return t.scalars(asked.order_by(Attachment.at.desc(), Attachment.id.desc())).all()


def attachment(t: Transaction, id_: int, identifiers: Collection[str]) -> Attachment:
    """One file of these identifiers. UnknownName where they have none of this number."""
    found = t.get(Attachment, id_) if id_ <= LARGEST else None
    if found is None or found.identifier not in set(identifiers):
        known = [str(each.id) for each in attachments_of(t, identifiers)]
        raise UnknownName("file of this customer", str(id_), known or ["none yet"])
    return found


def detach(t: Transaction, files: Collection[Attachment], data: Path) -> list[Path]:
    """Forget these files; the paths whose content belongs to nobody any more, to be deleted once that is certain."""
    for each in files:
        t.delete(each)
    t.flush()
    hashes = {each.sha256 for each in files}
    left = set(t.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(hashes))))
    return [place(data, sha256) for sha256 in sorted(hashes - left)]


def place(data: Path, sha256: str) -> Path:
    return data / FOLDER / sha256[:2] / sha256


def attachment_json(found: Attachment) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "size": found.size,
        "author": found.author,
        "at": found.at.isoformat(),
    }


def _digest(file: Path) -> tuple[str, int]:
    try:
        with file.open("rb") as content:
            size = os.fstat(content.fileno()).st_size
            if size > MOST_BYTES:
                raise TooLarge(
                    f"The file has {size >> 20} MB; at most {MOST_BYTES >> 20} MB are kept.",
                    "Keep it elsewhere, and note where.",
                )
            return hashlib.file_digest(content, "sha256").hexdigest(), size
    except OSError as error:
        raise BadFile(f"{file.name} cannot be read: {error.strerror}.", "Check the path.") from None


def _copy(file: Path, target: Path) -> None:
    """Whole or not at all: a file that is there has its content."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    draft = Path(name)
    try:
        with file.open("rb") as content, os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(content, out)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
