"""How a table is to be read: what the person said, what was kept from last time, what its maker is known to write, what it looks like."""

from __future__ import annotations

from collections.abc import Mapping as Given
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select

from masarat.collect.currencies import codes, currency_of
from masarat.collect.fields import FIELD_NAMES
from masarat.collect.guessing import kind_of_header
from masarat.collect.identity import fingerprint
from masarat.collect.kinds import ORDERS, Kind, kind_of
from masarat.collect.mapping import Column, Mapping, guess
from masarat.collect.reports import MappedColumn, Preview
from masarat.collect.sheets import Sheet
from masarat.collect.sources import BY_NAME as SOURCE_NAMES
from masarat.collect.sources import Export, asked, recognised, source_of, useless
from masarat.collect.sources import Source as Known
from masarat.errors import BadFile, BadParameter, UnknownName
from masarat.records import Records, Transaction
from masarat.records.models import Source
from masarat.settings import Settings, zone_of

DEFAULT_SOURCE = "shop"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may say about a file; what is left empty is found out."""

    source: str = ""
    mapping: Given[str, str] = field(default_factory=dict)  # field → column
    preset: str = ""  # whose export it is
    currency: str = ""
    timezone: str = ""
    dates: str = ""
    kind: str = ""  # what the table is about

    def __post_init__(self) -> None:
        for name in self.mapping:
            if name not in FIELD_NAMES:
                raise UnknownName("field", name, list(FIELD_NAMES))
        if self.preset:
            source_of(self.preset)
        if self.kind:
            kind_of(self.kind)
        if self.dates not in ("", "dmy", "mdy"):
            raise BadParameter(
                f"{self.dates!r} is not an order of dates.", "Say dmy (31/12/2025) or mdy (12/31/2025)."
            )
        if self.timezone:
            zone_of(self.timezone)
        if self.currency and self.currency not in codes():
            raise BadParameter(
                f"{self.currency!r} is not the code of a currency.",
                f"Write its three letters, like {currency_of(self.currency) or 'SAR'}.",
            )


@dataclass(frozen=True, slots=True)
class Chosen:
    """A table's source and mapping, with where they come from."""

    source: str
    preset: str
    mapping: Mapping

    @property
    def ambiguous(self) -> bool:
        return self.mapping.day_first is None


def choose(sheet: Sheet, choices: Choices, records: Records, settings: Settings) -> Chosen:
    """Decide how to read a table. Raises where a needed column is missing or a named one is not there."""
    _refuse_useless(sheet, choices)
    kept = _kept(records, choices.source, sheet.header)
    saved = readings(kept).get(fingerprint(sheet.header), Reading())
    known, export = _known(sheet, choices, kept)
    kind = _kind(sheet, choices, saved, export)
    if export and export.kind != kind.name:
        export = None
    mapping = guess(
        sheet,
        kind=kind,
        given=_given(choices, saved, kind),
        known=_columns(sheet, kind, export),
        apart=_apart(sheet, kind, export),
        why=f"this is how {known.title} writes it" if known else "",
        values=export.values if export else {},
        unread=export.unread_in(sheet.header) if export else (),
        settings=settings,
        timezone=choices.timezone or saved.timezone,
        currency=choices.currency or saved.currency,
    )
    mapping.values = _spoken(mapping) | mapping.values
    if export:
        mapping.listed, mapping.totals = list(export.listed), export.totals
    dates = choices.dates or saved.dates or (export.dates if export else "")
    if mapping.day_first is None and dates:
        mapping = replace(mapping, day_first=dates == "dmy")
    name = choices.source or (kept.name if kept else known.name if known else DEFAULT_SOURCE)
    return Chosen(name, known.name if known else "", mapping)


def _known(sheet: Sheet, choices: Choices, kept: Source | None) -> tuple[Known | None, Export | None]:
    """Whose table it is, as a person said, as its columns say, or as it was last time; and which of theirs."""
    said = choices.preset or (sheet.told_by[0] if sheet.told_by else "")
    if not said and (sure := recognised(sheet.header)):
        return sure
    name = said or (kept.preset if kept and fingerprint(sheet.header) in kept.mapping else "")
    if name in SOURCE_NAMES:
        known = source_of(name)
        return known, None if sheet.told_by else asked(known, sheet.header)
    return None, None


def _kind(sheet: Sheet, choices: Choices, saved: Reading, export: Export | None) -> Kind:
    """What it is about: as a person said, as it was read from what is no table, as it was last time, as its source writes it, as it looks."""
    said = choices.kind or (sheet.told_by[1] if sheet.told_by else "")
    if said or (saved.mapping and not choices.preset):
        return kind_of(said or saved.mapping.get("kind", ORDERS.name))
    return kind_of(export.kind) if export else kind_of_header(sheet.header)


def _columns(sheet: Sheet, kind: Kind, export: Export | None) -> dict[str, str]:
    if sheet.told_by:  # its columns are fields already
        return {name: name for name in sheet.header if name in kind.fields}
    return export.columns_in(sheet.header) if export else {}


def _apart(sheet: Sheet, kind: Kind, export: Export | None) -> list[str]:
    """Columns that are no field, whatever they look like."""
    if sheet.told_by:
        return [name for name in sheet.header if name not in kind.fields]
    return export.apart_in(sheet.header) if export else []


def _refuse_useless(sheet: Sheet, choices: Choices) -> None:
    """Raises for a table that its source is known to write and that is of no use, unless a person says what it is about."""
    if sheet.told_by or choices.kind or choices.mapping or not (found := useless(sheet.header)):
        return
    known, table = found
    raise BadFile(f"{sheet.file} holds {table.holds}, as {known.title} writes them.", table.remedy)


def _spoken(mapping: Mapping) -> dict[str, str]:
    """Fields that no column holds and that the header of another one says: a score's says what was asked."""
    return {
        name: mapping.column(column)
        for name, column in mapping.about.spoken.items()
        if column in mapping.columns and name not in mapping.columns
    }


def _given(choices: Choices, saved: Reading, kind: Kind) -> dict[str, str]:
    """Field → column as a person said, now or last time; an empty column says that the field is not there."""
    again = saved.columns and not choices.preset and saved.mapping.get("kind", kind.name) == kind.name
    known = {name: saved.columns.get(name, "") for name in kind.fields} if again else {}
    taken = set(choices.mapping.values())
    known = {name: "" if column in taken else column for name, column in known.items()}
    return known | dict(choices.mapping)


class Reading(BaseModel):
    """How tables with one header are read: kept with their source, for the next one and for rows set right later."""

    columns: dict[str, str] = {}  # field → column
    timezone: str = ""  # as a person said it
    currency: str = ""
    dates: str = ""
    mapping: dict[str, Any] = {}  # the whole mapping, as it was used


def readings(source: Source | None) -> dict[str, Reading]:
    """How the tables of a source are read, by the fingerprint of their header."""
    return {header: Reading(**kept) for header, kept in source.mapping.items()} if source else {}


def keep(chosen: Chosen, choices: Choices, header: list[str], records: Records) -> None:
    """Remember how this table was read."""
    mapping, mark = chosen.mapping, fingerprint(header)
    with records.transaction() as transaction:
        source = transaction.get(Source, chosen.source) or Source(name=chosen.source, mapping={})
        before = readings(source).get(mark, Reading())
        reading = Reading(
            columns={name: column.column for name, column in mapping.columns.items()},
            timezone=choices.timezone or before.timezone,
            currency=choices.currency or before.currency,
            dates=choices.dates or before.dates,
            mapping=asdict(replace(mapping, last_order=None, columns=_unsampled(mapping.columns))),
        )
        source.preset = chosen.preset
        source.mapping = {**source.mapping, mark: reading.model_dump()}
        transaction.add(source)


def _unsampled(columns: Given[str, Column]) -> dict[str, Column]:
    """The columns without the values that were shown of them: these may be somebody's."""
    return {name: replace(column, samples=[]) for name, column in columns.items()}


def mapping_of(reading: Reading) -> Mapping:
    """The mapping as it was used."""
    columns = {name: Column(**column) for name, column in reading.mapping["columns"].items()}
    return Mapping(**{**reading.mapping, "columns": columns})


def preview(sheet: Sheet, chosen: Chosen) -> Preview:
    mapping = chosen.mapping
    return Preview(
        file=sheet.file,
        source=chosen.source,
        preset=chosen.preset,
        kind=mapping.kind,
        columns=[
            MappedColumn(
                field=c.field, column=c.column, confidence=c.confidence, samples=c.samples, why=c.why
            )
            for c in mapping.columns.values()
        ],
        unmapped=mapping.unmapped,
        currency=mapping.currency,
        timezone=mapping.timezone,
        dates="ambiguous" if mapping.day_first is None else "dmy" if mapping.day_first else "mdy",
    )


def _kept(records: Records, name: str, header: list[str]) -> Source | None:
    """The source of this name; where none is named, the one that has had such a table before."""
    with records.transaction() as transaction:
        if name:
            return transaction.get(Source, name)
        return _like(transaction, header)


def _like(transaction: Transaction, header: list[str]) -> Source | None:
    sources = transaction.scalars(select(Source).order_by(Source.created_at.desc(), Source.name))
    return next((source for source in sources if fingerprint(header) in source.mapping), None)
