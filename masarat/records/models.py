"""What people make and what the server must remember: users, keys, sources, import runs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Roles, from all to least. What each may do stands in show/roles.py.
ROLES = ("owner", "analyst", "marketer", "sales", "support", "finance", "viewer")


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        found: datetime | None = value
        return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def now() -> datetime:
    return datetime.now(UTC)


class Record(DeclarativeBase):
    pass


class User(Record):
    """Somebody who may sign in. The password is stored only as an Argon2 hash."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


class Session(Record):
    """A signed-in browser. The cookie's secret is stored only as its SHA-256."""

    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    agent: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)


class ApiKey(Record):
    """A program's key. Shown once when made, stored only as its SHA-256."""

    __tablename__ = "api_keys"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    prefix: Mapped[str] = mapped_column(String(12))  # what people see of it afterwards
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


class Source(Record):
    """Somewhere data comes from, with how its files were understood last time."""

    __tablename__ = "sources"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    preset: Mapped[str] = mapped_column(String(50), default="")
    mapping: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # header fingerprint → {field: column}, choices
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class WriteKey(Record):
    """A key with which an SDK may write to a source, and nothing else. It stands in web pages, so it is no secret."""

    __tablename__ = "write_keys"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    source: Mapped[str] = mapped_column(String(100), index=True)
    origins: Mapped[list[str]] = mapped_column(JSON, default=list)  # sites that may use it; empty: any
    events_a_second: Mapped[int] = mapped_column(default=0)  # limit; 0: the server's own
    secret: Mapped[str] = mapped_column(Text, default="", server_default="")  # of webhooks, encrypted
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


class ImportRun(Record):
    """One file taken in, from start to end; a run without an end was interrupted."""

    __tablename__ = "import_runs"
    __table_args__ = (Index("import_runs_source", "source", "started_at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    source: Mapped[str] = mapped_column(String(100))
    file: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)
    error: Mapped[str] = mapped_column(Text, default="")
    rows: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    unidentified: Mapped[int] = mapped_column(default=0)
    events: Mapped[int] = mapped_column(default=0)  # new in the store
    known: Mapped[int] = mapped_column(default=0)  # stood there already
    restated: Mapped[int] = mapped_column(default=0)  # stood there differently
    first: Mapped[datetime | None] = mapped_column(UtcTime, default=None)
    last: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


class AuditEntry(Record):
    """What somebody looked at, changed, took out or erased. The database itself refuses to alter an entry."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, default=now, index=True)
    actor: Mapped[str] = mapped_column(String(600), index=True)  # user:…, key:…, cli:…
    action: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(50))  # customers, consent, user, key, source, …
    whom: Mapped[list[str]] = mapped_column(JSON, default=list)  # names of objects; customers by their number
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Consent(Record):
    """One statement: this person said yes or no to this purpose on this channel, then and there, in these words."""

    __tablename__ = "consents"
    __table_args__ = (Index("consents_identifier", "identifier", "at"),)
    id: Mapped[str] = mapped_column(
        String(32), primary_key=True
    )  # hash of what was said: told twice, it stands once
    identifier: Mapped[str] = mapped_column(
        String(400)
    )  # with its kind, as in the store: email:…, phone:+966…
    purpose: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcTime)
    source: Mapped[str] = mapped_column(String(100))  # where it was said: a form, a shop, a branch, a file
    evidence: Mapped[str] = mapped_column(
        Text, default=""
    )  # the words agreed to, a form's address, a call's number
    actor: Mapped[str] = mapped_column(String(600), default="")  # who recorded it
    recorded_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Told(Record):
    """What only the merchant knows and the processing register must say: who is responsible, who receives data, for how long."""

    __tablename__ = "register"
    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    told_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class ReviewPair(Record):
    """Two customers who may be one, and what a person said of it. Of the customers only identifiers are kept, of the evidence only
    how well each field agrees; their facts are read where they stand."""

    __tablename__ = "review_pairs"
    __table_args__ = (Index("review_pairs_order", "state", "strong", "probability"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    one: Mapped[str] = mapped_column(Text)  # by which the one is called, with its kind: user:17
    other: Mapped[str] = mapped_column(Text)
    probability: Mapped[float] = mapped_column()
    strong: Mapped[bool] = mapped_column()  # whether a phone, e-mail or tax number is the same
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # see models/reasons.py
    state: Mapped[str] = mapped_column(String(20), default="waiting")  # waiting, accepted, rejected, left
    actor: Mapped[str] = mapped_column(String(600), default="")  # who answered; `rules` where nobody was asked
    found_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


class ReviewRun(Record):
    """One look for customers who may be one: how many were compared, and what came of it."""

    __tablename__ = "review_runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    customers: Mapped[int] = mapped_column()
    merged: Mapped[int] = mapped_column()
    waiting: Mapped[int] = mapped_column()
    left_out: Mapped[int] = mapped_column()  # pairs for which the queue had no place
    skipped: Mapped[int] = mapped_column()  # customers who share what too many others have
