"""What people make and what the server must remember: users, keys, sources, import runs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Index, String, Text, TypeDecorator
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
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)  # to a few minutes


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


class Connection(Record):
    """A program that is asked for what it has: with which connector, what it was given, and how far it came."""

    __tablename__ = "connections"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)  # also the source of what it brings
    connector: Mapped[str] = mapped_column(String(50))
    given: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sealed: Mapped[str] = mapped_column(Text, default="")  # secrets among what was given, encrypted JSON
    cursor: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    every_minutes: Mapped[int] = mapped_column(default=60)  # 0: only when asked
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)  # of the files it brought; empty: itself
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class SyncRun(Record):
    """One time that a connection was asked; a run without an end was interrupted."""

    __tablename__ = "sync_runs"
    __table_args__ = (Index("sync_runs_connection", "connection", "started_at"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    connection: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)
    error: Mapped[str] = mapped_column(Text, default="")
    pages: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    events: Mapped[int] = mapped_column(default=0)  # new in the store
    known: Mapped[int] = mapped_column(default=0)  # stood there already
    restated: Mapped[int] = mapped_column(default=0)  # stood there differently
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)  # what a person should know of it


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
    actor: Mapped[str] = mapped_column(
        String(600), default=""
    )  # who answered; `rules` where nobody was asked
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
    skipped: Mapped[int] = mapped_column()  # times a customer shared too much with too many


class Tombstone(Record):
    """Somebody was erased: a keyed hash of one of their identifiers, and until when nothing of them may come in again."""

    __tablename__ = "tombstones"
    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)  # what happened before is not taken in
    everything: Mapped[bool] = mapped_column(default=False)  # not even their sales, without them


class Certificate(Record):
    """An erasure: under way as long as it has no end, and afterwards the proof of it, which names nobody."""

    __tablename__ = "certificates"
    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    done_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)
    sealed: Mapped[str] = mapped_column(Text, default="")  # whom, encrypted, until it is done
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sha256: Mapped[str] = mapped_column(String(64), default="")


class Retention(Record):
    """How long what came from a source is kept; a source without an entry is kept without end."""

    __tablename__ = "retention"
    source: Mapped[str] = mapped_column(String(100), primary_key=True)
    days: Mapped[int] = mapped_column()
    set_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Mask(Record):
    """What a role sees of a kind of customer data, where the owner chose otherwise than usual."""

    __tablename__ = "masks"
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    field: Mapped[str] = mapped_column(String(20), primary_key=True)
    how: Mapped[str] = mapped_column(String(10))  # whole, part, none


class Note(Record):
    """What somebody of the shop wrote about a customer. A deleted one can be restored until it is forgotten."""

    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(400), index=True)  # by which the customer was called then
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(600))
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


class Tag(Record):
    """A word by which customers are found again: `tag` is its folded form, `written` how it was written."""

    __tablename__ = "tags"
    identifier: Mapped[str] = mapped_column(String(400), primary_key=True)
    tag: Mapped[str] = mapped_column(String(100), primary_key=True, index=True)
    written: Mapped[str] = mapped_column(String(100))
    author: Mapped[str] = mapped_column(String(600))
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Relation(Record):
    """Two customers who belong together: a household, a company and its contact."""

    __tablename__ = "relations"
    id: Mapped[int] = mapped_column(primary_key=True)
    one: Mapped[str] = mapped_column(String(400), index=True)
    other: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(200), default="")  # what `other` is to `one`: mother, buyer, …
    since: Mapped[date | None] = mapped_column(Date, default=None)
    author: Mapped[str] = mapped_column(String(600))
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Attachment(Record):
    """A file about a customer. Its content lies in the data directory under its hash, its name only here."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(400), index=True)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column()  # bytes
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    author: Mapped[str] = mapped_column(String(600))
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class TraitRule(Record):
    """Which value of a fact stands where sources disagree; under an empty name, what holds for all other facts."""

    __tablename__ = "trait_rules"
    trait: Mapped[str] = mapped_column(String(200), primary_key=True)
    rule: Mapped[str] = mapped_column(String(20))
    trusted: Mapped[list[str]] = mapped_column(JSON, default=list)  # sources, the most trusted first


class Remembered(Record):
    """What was worked out once and is needed again before it is worked out anew."""

    __tablename__ = "remembered"
    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class SegmentRecord(Record):
    """A saved segment: whom an answer was about. The list itself is in the store, under the number of its making."""

    __tablename__ = "segments"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(100))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    author: Mapped[str] = mapped_column(String(600))
    size: Mapped[int] = mapped_column()  # customers, when it was made
    making: Mapped[str] = mapped_column(String(32))  # segment_members.making
    made_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class JourneyRecord(Record):
    """The stages of the customer's journey as somebody wanted them; the newest hold."""

    __tablename__ = "journeys"
    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # see records/stages.py
    author: Mapped[str] = mapped_column(String(600), default="")
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class TargetRecord(Record):
    """What a metric should come to since a day, or a figure in a period."""

    __tablename__ = "targets"
    metric: Mapped[str] = mapped_column(String(50), primary_key=True)
    period: Mapped[str] = mapped_column(String(50), primary_key=True, default="")
    since: Mapped[date] = mapped_column(Date, primary_key=True)
    goal: Mapped[float] = mapped_column()
    alert: Mapped[float | None] = mapped_column(default=None)
    author: Mapped[str] = mapped_column(String(600), default="")
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class BoardRecord(Record):
    """A page that somebody put together: answers pinned side by side, each asked as it was then. The version counts its changes."""

    __tablename__ = "boards"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    cards: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # see records/boards.py
    version: Mapped[int] = mapped_column()
    author: Mapped[str] = mapped_column(String(600))
    changed_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    __mapper_args__ = {"version_id_col": version}
