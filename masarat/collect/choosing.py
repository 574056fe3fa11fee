"""How a table is to be read: what the person said, what was kept from last time, what its maker is known to write, what it looks like."""

from __future__ import annotations

from collections.abc import Mapping as Given
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select

from masarat.collect.currencies import codes, currency_of
from masarat.collect.fields import FIELD_NAMES
from masarat.collect.identity import fingerprint
from masarat.collect.mapping import Column, Mapping, guess
from masarat.collect.presets import columns_of
from masarat.collect.reports import MappedColumn, Preview
from masarat.collect.sheets import Sheet
from masarat.errors import BadParameter, UnknownName
from masarat.records import Records, Transaction
from masarat.records.models import Source
from masarat.settings import Settings, zone_of

DEFAULT_SOURCE = "shop"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may say about a file; what is left empty is found out."""

    source: str = ""
    mapping: Given[str, str] = field(default_factory=dict)  # field → column
    preset: str = ""
    currency: str = ""
    timezone: str = ""
    dates: str = ""

    def __post_init__(self) -> None:
        for name in self.mapping:
            if name not in FIELD_NAMES:
                raise UnknownName("field", name, list(FIELD_NAMES))
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
    kept = _kept(records, choices.source, sheet.header)
    saved = readings(kept).get(fingerprint(sheet.header), Reading())
    preset = choices.preset or (kept.preset if kept else "")
    mapping = guess(
        sheet,
        given=_given(sheet, choices, saved, preset),
        settings=settings,
        timezone=choices.timezone or saved.timezone,
        currency=choices.currency or saved.currency,
    )
    dates = choices.dates or saved.dates
    if mapping.day_first is None and dates:
        mapping = replace(mapping, day_first=dates == "dmy")
    return Chosen(choices.source or (kept.name if kept else DEFAULT_SOURCE), preset, mapping)


def _given(sheet: Sheet, choices: Choices, saved: Reading, preset: str) -> dict[str, str]:
    """Field → column as far as it is known; an empty column says that the field is not there."""
    if saved.columns and not choices.preset:
        known = {name: saved.columns.get(name, "") for name in FIELD_NAMES}
    else:
        known = columns_of(preset, sheet.header) if preset else {}
    taken = set(choices.mapping.values())
    return {name: "" if column in taken else column for name, column in known.items()} | dict(choices.mapping)


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
