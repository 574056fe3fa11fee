"""Erasures under way, and the certificates of those that are done: numbered, hashed, and naming nobody."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from masarat.errors import UnknownName
from masarat.records import Records, Transaction
from masarat.records.models import Certificate, now
from masarat.records.secrets import seal
from masarat.settings import Settings


def begin(t: Transaction, whom: str, content: dict[str, Any], settings: Settings) -> Certificate:
    """Write down who is being erased, encrypted, so that an erasure that is cut off can be finished."""
    at = now()
    last = max(
        (int(n[5:]) for n in t.scalars(select(Certificate.number)) if n.startswith(f"{at:%Y}-")), default=0
    )
    begun = Certificate(number=f"{at:%Y}-{last + 1:04}", begun_at=at, content=content)
    begun.sealed = seal(whom, settings)
    t.add(begun)
    return begun


def unfinished(records: Records) -> list[Certificate]:
    """Erasures that were begun and not finished, the oldest first."""
    with records.transaction() as t:
        wanted = select(Certificate).where(Certificate.done_at.is_(None)).order_by(Certificate.number)
        return list(t.scalars(wanted))


def finish(t: Transaction, number: str, *, log_kept: bool = False) -> Certificate:
    """It is done: whom it was about is forgotten, and the certificate gets its hash. It says so where the database's log still has them."""
    done = t.get_one(Certificate, number)
    done.content = {**done.content, "log_kept": log_kept}
    done.done_at, done.sealed = now(), ""
    done.sha256 = digest(facts(done))
    return done


def certificates(records: Records) -> list[Certificate]:
    """All that are done, the newest first."""
    with records.transaction() as t:
        wanted = select(Certificate).where(Certificate.done_at.is_not(None))
        return list(t.scalars(wanted.order_by(Certificate.number.desc())))


def certificate(records: Records, number: str) -> Certificate:
    for found in (known := certificates(records)):
        if found.number == number:
            return found
    raise UnknownName("certificate", number, [one.number for one in known][:10] or ["none yet"])


def facts(of: Certificate) -> dict[str, Any]:
    """What a certificate certifies."""
    return {"number": of.number, "begun_at": _time(of.begun_at), "done_at": _time(of.done_at), **of.content}


def digest(content: dict[str, Any]) -> str:
    """SHA-256 over the facts as JSON with sorted names and no spaces, so that anybody can compute it again."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(of: Certificate) -> dict[str, Any]:
    return {**facts(of), "sha256": of.sha256}


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
