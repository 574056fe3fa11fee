"""Backups: the whole shop as it stands, in a directory of its own, and a new shop made of one.

A backup holds the store, the records, the files of customers and the key of stored secrets. Whatever was acknowledged before it began is in
it. It is written beside its name and named last, so that what stands there is whole. Whom one erases stays in the backups of before.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import text

from masarat.errors import BadParameter, StoreBusy, UnknownName
from masarat.records import Records
from masarat.records.alone import alone
from masarat.records.attachments import FOLDER as FILES
from masarat.records.audit import note
from masarat.records.secrets import FILE as KEY
from masarat.settings import Settings, make_directory
from masarat.store import Store, snapshots
from masarat.version import __version__

TOLD, RECORDS, UNFINISHED = "backup.json", "records.db", ".part"
NAME = "%Y-%m-%dT%H-%M-%SZ"


class Backup(msgspec.Struct, frozen=True):
    """One backup: its name is the moment it began (UTC); `bytes` is its size on the disk."""

    name: str
    version: str
    events: int
    bytes: int

    @property
    def at(self) -> datetime:
        return datetime.strptime(self.name, NAME).replace(tzinfo=UTC)

    def to_json(self) -> dict[str, object]:
        return {**msgspec.to_builtins(self), "at": self.at.isoformat()}


def backups(settings: Settings) -> list[Backup]:
    """Those that are whole, the newest first."""
    found = [
        read(path.parent)
        for path in settings.backups_directory.glob(f"*/{TOLD}")
        if path.parent.suffix != UNFINISHED
    ]
    return sorted(found, key=lambda one: one.name, reverse=True)


def read(directory: Path) -> Backup:
    """What a backup says of itself; BadParameter where there is none, or it cannot be read."""
    try:
        return msgspec.json.decode((directory / TOLD).read_bytes(), type=Backup)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadParameter(
            f"{directory} is no backup: {error}",
            "Name a directory that masarat backup made: it holds backup.json.",
        ) from None


def make(store: Store, records: Records, actor: str) -> Backup:
    """Back up the shop as it stands now. BadParameter where store or records are kept elsewhere, StoreBusy where another backup is being made."""
    settings = store.settings
    with alone(records, "backup") as free:
        if not free:
            raise StoreBusy("A backup is being made already.", "Wait until it is done.")
        make_directory(settings.backups_directory)
        _clear(settings)
        name = f"{datetime.now(UTC):{NAME}}"
        draft = settings.backups_directory / f"{name}{UNFINISHED}"
        draft.mkdir(mode=0o700)
        try:
            _save_records(
                records, draft / RECORDS
            )  # first: rows of an import that the records do not know come in again as known
            for other in (KEY, FILES):
                _copy(settings.data / other, draft / other)
            events = snapshots.save(store, draft)
            made = Backup(name, __version__, events, _size(draft))
            (draft / TOLD).write_bytes(msgspec.json.encode(made))
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        draft.rename(settings.backups_directory / name)
        with records.transaction() as t:
            note(t, actor, "exported", "backup", [name], events=events)
    return made


def remove(settings: Settings, records: Records, name: str, actor: str) -> None:
    """Delete a backup for good."""
    known = [one.name for one in backups(settings)]
    if name not in known:
        raise UnknownName("backup", name, known)
    shutil.rmtree(settings.backups_directory / name)
    with records.transaction() as t:
        note(t, actor, "erased", "backup", [name])


def restore(directory: Path, settings: Settings) -> Backup:
    """A new shop in the data directory of the settings, as the backup holds it. BadParameter where a shop is there already."""
    found = read(directory)
    if settings.store or settings.records:
        raise BadParameter(
            "A backup is brought back into a data directory alone.",
            "Leave MASARAT_STORE and MASARAT_RECORDS empty.",
        )
    taken = [name for name in (RECORDS, "store", "journal") if (settings.data / name).exists()]
    if taken:
        raise BadParameter(
            f"{settings.data} holds a shop already.",
            "Name a new directory: masarat --data NEW restore BACKUP.",
        )
    make_directory(settings.data)
    for name in (RECORDS, KEY, FILES):
        _copy(directory / name, settings.data / name)
    beside = settings.model_copy(update={"backups": str(directory.resolve().parent)})
    with Store(beside) as store:
        events = snapshots.bring_back(store, directory)
    if events != found.events:
        raise BadParameter(
            f"{events:,} of {found.events:,} events came back.", "The backup is not whole: use another."
        )
    return found


def _save_records(records: Records, path: Path) -> None:
    if records.engine.dialect.name != "sqlite":
        raise BadParameter(
            "The records are in PostgreSQL, which keeps backups of its own.",
            "Back up both there: pg_dump, and the store.",
        )
    with records.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM INTO :path"), {"path": str(path)})
    path.chmod(0o600)


def _clear(settings: Settings) -> None:
    """Remove what a backup that was cut off left behind."""
    for path in settings.backups_directory.glob(f"*{UNFINISHED}"):
        shutil.rmtree(path, ignore_errors=True)


def _copy(path: Path, to: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, to)
    elif path.exists():
        shutil.copy2(path, to)


def _size(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
