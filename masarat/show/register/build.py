"""What the register says, as figures and texts: found in the store and the records, or told by the merchant."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, select

from masarat.analyse.holdings import Holdings, holdings
from masarat.records import Records
from masarat.records.consent import PURPOSES, STATUSES, standings
from masarat.records.models import Consent, User
from masarat.records.register import told
from masarat.records.retention import periods
from masarat.settings import Settings
from masarat.store import Store
from masarat.version import __version__

LAWS = ["PDPL article 31", "GDPR article 30"]


@dataclass(frozen=True)
class Register:
    """Everything of one moment."""

    made_at: datetime
    settings: Settings
    told: dict[str, str]
    holdings: Holdings
    purposes: dict[str, dict[str, int]]  # purpose → status → how many identifiers
    users: int
    keeping: dict[str, int]  # source → days


def build(store: Store, records: Records, made_at: datetime) -> Register:
    with records.transaction() as t:
        users = t.scalar(select(func.count()).select_from(User).where(User.disabled_at.is_(None))) or 0
    return Register(
        made_at=made_at,
        settings=store.settings,
        told=told(records),
        holdings=holdings(store),
        purposes=agreed(records.consent.every()),
        users=users,
        keeping=periods(records),
    )


def agreed(statements: Iterable[Consent]) -> dict[str, dict[str, int]]:
    """Of how many identifiers each status stands, on any channel; `statements` come by identifier."""
    counts = {purpose: Counter[str]() for purpose in PURPOSES}
    for _, said in groupby(statements, key=lambda each: each.identifier):
        for purpose, status in {(purpose, status) for (purpose, _), status in standings(list(said)).items()}:
            counts[purpose][status] += 1
    return {purpose: {status: found[status] for status in STATUSES} for purpose, found in counts.items()}


def write_json(found: Register) -> bytes:
    """The register for programs."""
    facts = {
        "masarat": __version__,
        "laws": LAWS,
        "made_at": found.made_at.isoformat(),
        "told": found.told,
        "purposes": found.purposes,
        "users": found.users,
        "keeping_days": found.keeping,
        "addresses": found.settings.addresses,
        "consent": found.settings.consent,
        **asdict(found.holdings),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2, default=str).encode()
