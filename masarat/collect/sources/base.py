"""What every source of files shares: which tables it exports, how each is known, and what its columns mean.

A source is one file with a `Source` and one line in SOURCES. It says of each table which columns only it has (so that a file is
recognised by itself), and which field each column is. Whatever it does not say is guessed as for any table, and all of it is shown
before anything is taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from masarat.collect.currencies import without_currency
from masarat.collect.kinds import KINDS
from masarat.collect.sheets import Sheet
from masarat.words.folding import fold

Opener = Callable[[Path, bytes, str], list[Sheet] | None]
Packer = Callable[[Sequence[str]], list[str]]
Arranger = Callable[[list[Sheet]], list[Sheet]]
Reshaper = Callable[[Sheet], Sheet | None]
ALL_ELSE = ("*",)


@dataclass(frozen=True, slots=True)
class Export:
    """One table that a source exports."""

    kind: str  # of KINDS
    # Columns that together no one else has; none where only a person can say what it is. One of several names: "Date|التاريخ".
    signs: tuple[str, ...]
    # Field → what its column is called, best first, in any language, without the currency beside it. An empty name: where it is called
    # none of those before, the table has no such field, whatever its other columns look like.
    columns: Mapping[str, tuple[str, ...]]
    # Field → what holds for all rows: {"channel": "meta"}.
    values: Mapping[str, str] = field(default_factory=dict)
    # Fields that it has not, whatever its columns are called.
    lacks: tuple[str, ...] = ()
    # Fields whose cells may list several (a;b), of which the first is meant.
    listed: tuple[str, ...] = ()
    # Columns that look like a field and are none: they are kept as properties. ALL_ELSE: all that `columns` does not name.
    apart: tuple[str, ...] = ()
    # Columns that are not kept: what was said or written, descriptions of whole products. ALL_ELSE: as above.
    unread: tuple[str, ...] = ()
    # A report: a row that does not say what it is of (Kind.parts) is a total of the others.
    totals: bool = False
    # dmy or mdy, for dates that leave it open.
    dates: str = ""
    # What more its header must be, than have its signs.
    looks: Callable[[Sequence[str]], bool] | None = None

    def __post_init__(self) -> None:
        kind = next(kind for kind in KINDS if kind.name == self.kind)
        unknown = {*self.columns, *self.values, *self.lacks, *self.listed} - set(kind.fields)
        assert not unknown, f"{self.kind} has no fields {unknown}"

    def is_in(self, header: Sequence[str]) -> bool:
        """Whether a table with this header is surely this one."""
        return signed(self.signs, header) and (self.looks is None or self.looks(header))

    def likeness(self, header: Sequence[str]) -> tuple[int, int]:
        """How much of a table it knows, and how many of its signs: the more, the likelier it is this one."""
        return len(self.columns_in(header).keys() - set(self.lacks)), len(self.signs)

    def unread_in(self, header: Sequence[str]) -> list[str]:
        """The columns of a table that are not kept."""
        if self.unread == ALL_ELSE:
            kept = set(self.columns_in(header).values())
            return [column for column in header if column not in kept]
        names = {key(column) for column in self.unread}
        return [column for column in header if key(column) in names]

    def columns_in(self, header: Sequence[str]) -> dict[str, str]:
        """Field → column, as far as the header has them; empty where the table surely has none."""
        names = {**_names(tuple(header)), "": ""}
        found = dict.fromkeys(self.lacks, "")
        for name, candidates in self.columns.items():
            column = next((names[key(c)] for c in candidates if key(c) in names), None)
            if column is not None:
                found[name] = column
        return found

    def apart_in(self, header: Sequence[str]) -> list[str]:
        """Columns of which nothing is to be guessed: they are kept as properties."""
        if self.apart == ALL_ELSE:
            return list(header)
        named = {key(column) for column in self.apart}
        return [column for column in header if key(column) in named]


@dataclass(frozen=True, slots=True)
class Useless:
    """A table that a source exports as well and that tells nothing here, or tells what another one tells already."""

    signs: tuple[str, ...]
    holds: str  # "Invoice.csv holds …"
    remedy: str = "Nothing to do."


@lru_cache(maxsize=64)
def _names(header: tuple[str, ...]) -> Mapping[str, str]:
    """Compared name → column; a column is also known by its name without the currency beside it."""
    bare = {key(without_currency(column)): column for column in reversed(header)}
    return bare | {key(column): column for column in reversed(header)}


def each(reshape: Reshaper) -> Arranger:
    """An arranger of tables whose rows are not what they are of (lines packed in a cell, …), one by one."""
    return lambda sheets: [sheet if sheet.told_by else reshape(sheet) or sheet for sheet in sheets]


@dataclass(frozen=True, slots=True)
class Source:
    """One shop platform, accounting program, help desk, …, whose files are known."""

    name: str  # as in --as, and the source of what it brings where no other is named
    title: str
    arabic: str
    about: str  # where a merchant finds the file, in one sentence
    exports: tuple[Export, ...] = ()
    useless: tuple[Useless, ...] = ()
    opens: Opener | None = (
        None  # makes sheets of what is no table: (path, its first bytes, name) → None where it is not its own
    )
    packs: Packer | None = (
        None  # of the names in an archive of its own those that it reads; none of any other
    )
    arranges: Arranger | None = None  # what it makes of the tables of one file that belong together
    sample: str = ""  # a small file as the source writes it


def signed(signs: Sequence[str], header: Sequence[str]) -> bool:
    """Whether all of these columns are in a header, each by one of its names."""
    keys = _names(tuple(header)).keys()
    return bool(signs) and all(keys & {key(name) for name in sign.split("|")} for sign in signs)


@lru_cache(maxsize=10_000)
def key(column: str) -> str:
    """A column's name as it is compared: folded, and without spaces around the strokes of a path (`Order Lines / Product`)."""
    return "/".join(part.strip() for part in fold(column).split("/"))


def asked(source: Source, header: Sequence[str]) -> Export | None:
    """The table of a named source that this header is likeliest to be."""
    sure = [export for export in source.exports if export.is_in(header)]
    among = sure or source.exports
    return max(among, key=lambda export: export.likeness(header), default=None)
