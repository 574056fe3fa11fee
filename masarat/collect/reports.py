"""What an import says about itself: before, in the end, and in the list of sources."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from masarat.collect.fields import LINKING


class MappedColumn(BaseModel):
    """How one column was understood."""

    field: str
    column: str
    confidence: float = Field(ge=0, le=1)
    samples: list[str]
    why: str


class Preview(BaseModel):
    """How a table would be read, before anything is."""

    file: str
    source: str
    preset: str = Field(description="Whose export it is, where that is known.")
    kind: str = Field(description="What it is about: orders, contacts, costs, …")
    columns: list[MappedColumn]
    unmapped: list[str] = Field(description="Columns kept as they are, as properties.")
    currency: str = Field(description="Currency of amounts that name none.")
    timezone: str
    dates: Literal["dmy", "mdy", "ambiguous"]
    error: str = ""
    remedy: str = ""


class ImportReport(BaseModel):
    """What became of one table."""

    import_id: str
    file: str
    source: str
    kind: str = Field("orders", description="What the table is about; empty where nothing of it is taken in.")
    dry_run: bool = False
    rows: int = Field(0, description="Rows read, without the header.")
    orders: int = Field(0, description="Different orders in the file.")
    customers: int = Field(0, description="Different customers in the file.")
    unidentified: int = Field(0, description="Rows that name no customer; kept, and counted as revenue.")
    erased: int = Field(
        0, description="Orders and rejected rows of customers who were erased: they stay erased."
    )
    cancelled: int = Field(0, description="Rows of cancelled or refunded orders.")
    returned: int = Field(0, description="Rows of goods or money that came back.")
    rejected: int = Field(0, description="Rows that could not be taken; they wait in the quarantine.")
    added: int = Field(0, description="Events that are new.")
    known: int = Field(0, description="Events that stood there already.")
    restated: int = Field(0, description="Events that stood there differently and were corrected.")
    first: datetime | None = None
    last: datetime | None = None
    written: dict[str, int] = Field(
        default_factory=dict, description="Rows that went into tables beside the log: products, costs."
    )
    net: dict[str, float] = Field(default_factory=dict, description="Sales minus refunds, by currency.")
    currency_assumed: str = Field("", description="Currency taken for amounts that name none.")
    preview: Preview | None = None
    notes: list[str] = Field(default_factory=list)
    error: str = ""
    remedy: str = ""

    @property
    def links(self) -> bool:
        """Whether a row of it may name its customer in several ways."""
        fields = {column.field for column in self.preview.columns} if self.preview else set()
        return len(fields & set(LINKING)) > 1


class SourceSummary(BaseModel):
    """One file that came in."""

    import_id: str
    source: str
    file: str
    started_at: datetime
    ended_at: datetime | None
    rows: int
    rejected: int
    unidentified: int
    added: int
    known: int
    restated: int
    first: datetime | None
    last: datetime | None
    state: Literal["done", "failed", "running", "interrupted"]
    error: str = ""


class SyncReport(BaseModel):
    """One time that a connection was asked."""

    connection: str
    started_at: datetime
    ended_at: datetime | None
    pages: int
    rows: int
    added: int = Field(description="Events that are new.")
    known: int = Field(description="Events that stood there already.")
    restated: int = Field(description="Events that stood there differently and were corrected.")
    rejected: int = Field(description="Rows that could not be taken; they wait in the quarantine.")
    notes: list[str] = Field(
        default_factory=list, description="Files that were refused or wait, and whether the source is silent."
    )
    state: Literal["done", "failed", "running", "interrupted"]
    error: str = ""


class ConnectionReport(BaseModel):
    """A connection: whom it asks, how often, and what came of the last time."""

    name: str
    connector: str
    every_minutes: int = Field(description="0: only when somebody asks.")
    silent_since: datetime | None = Field(
        None, description="When its last event came, if that is longer ago than is usual for it."
    )
    last: SyncReport | None = None


class Replay(BaseModel):
    """What became of quarantined rows that were set right."""

    rows: int = Field(description="Rows in the file.")
    replayed: int = Field(0, description="Rows taken in.")
    still_wrong: int = Field(0, description="Rows that are still wrong and stay open.")
    closed_before: int = Field(0, description="Rows that were not waiting any more.")
    added: int = Field(0, description="Events that are new.")
    restated: int = Field(0, description="Events that gained lines.")
    reasons: list[str] = Field(default_factory=list, description="What is wrong with those that stay.")
