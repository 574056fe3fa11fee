"""The second factor of people who sign in, as it is kept: the secret of their codes encrypted, recovery codes only as hashes.

A code opens once: the step of the last one that did is kept, and only a later one is taken after it. Both this and the use of a recovery code
are one conditional statement, so that of two who come with the same code at once, one is let in.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from masarat.records import Transaction
from masarat.records.models import Record, UtcTime, now


class SecondFactorRecord(Record):
    """The secret from which somebody's phone makes codes. Until one code was shown to be right, it is asked of nobody."""

    __tablename__ = "second_factors"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)  # encrypted: records/secrets.py
    last_step: Mapped[int] = mapped_column(default=0)  # of the last code that opened
    made_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


class RecoveryCode(Record):
    """A code on paper, for when the phone is lost. It opens once; stored only as its SHA-256."""

    __tablename__ = "recovery_codes"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)


def of(t: Transaction, user_id: int) -> SecondFactorRecord | None:
    """What is kept of somebody, confirmed or not."""
    return t.get(SecondFactorRecord, user_id)


def confirmed(t: Transaction) -> set[int]:
    """Everybody whose phone showed a right code."""
    asked = select(SecondFactorRecord.user_id).where(SecondFactorRecord.confirmed_at.is_not(None))
    return set(t.scalars(asked))


def keep(t: Transaction, user_id: int, sealed: str) -> None:
    """A secret that is not confirmed yet, in place of any before."""
    forget(t, user_id)
    t.add(SecondFactorRecord(user_id=user_id, sealed=sealed))


def spend_step(t: Transaction, user_id: int, step: int) -> bool:
    """Whether the code of this step is the newest that came; it is spent then."""
    spent = t.scalars(
        update(SecondFactorRecord)
        .where(SecondFactorRecord.user_id == user_id, SecondFactorRecord.last_step < step)
        .values(last_step=step)
        .returning(SecondFactorRecord.user_id)
    )
    return bool(spent.all())


def spend_recovery(t: Transaction, user_id: int, code_hash: str) -> bool:
    """Whether this is a recovery code that nobody used; it is used then."""
    spent = t.scalars(
        update(RecoveryCode)
        .where(RecoveryCode.user_id == user_id, RecoveryCode.code_hash == code_hash)
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=now())
        .returning(RecoveryCode.id)
    )
    return bool(spent.all())


def renew_recovery(t: Transaction, user_id: int, hashes: list[str]) -> None:
    """These recovery codes, and no others."""
    t.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    t.add_all(RecoveryCode(user_id=user_id, code_hash=each) for each in hashes)


def recovery_left(t: Transaction, user_id: int) -> int:
    return (
        t.scalar(
            select(func.count())
            .select_from(RecoveryCode)
            .where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
        )
        or 0
    )


def forget(t: Transaction, user_id: int) -> None:
    """Nothing is kept of somebody any more."""
    t.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    t.execute(delete(SecondFactorRecord).where(SecondFactorRecord.user_id == user_id))
