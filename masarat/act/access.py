"""All that is known of a customer, for themselves: what every place holds, with sources and times, and who else is told of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from masarat.act import person as people
from masarat.records import Records, added
from masarat.records import register as registers
from masarat.records.consent import standings, to_json
from masarat.resolve.identity import Identity
from masarat.store import identities, quarantined, telling
from masarat.version import __version__


def known(identity: Identity, records: Records, identifier: str) -> dict[str, Any]:
    """Everything, as plain values. UnknownName where nobody ever came with this identifier."""
    store, person = identity.store, people.find(identity, records, identifier)
    names = list(person.identifiers)
    said = records.consent.of(names)
    merchant = registers.told(records)
    with records.transaction() as t:
        written = added.told(t, names)
    rows = (row for row in quarantined.every(store) if person.traces.in_cells(row["raw"]))
    found = {
        "masarat": __version__,
        "made_at": datetime.now(UTC),
        "controller": {name: merchant[name] for name in ("controller", "contact", "officer")},
        "identifiers": names,
        "facts": telling.facts(store, person.whom),
        "events": telling.events(store, person.whom),
        "consents": {
            "standing": [
                {"purpose": p, "channel": c, "status": status} for (p, c), status in standings(said).items()
            ],
            "statements": [to_json(each) for each in said],
        },
        **written,
        "identity": {
            "links": identities.evidence(store, names),
            "decisions": [
                one for one in identities.decisions(store) if {one["one"], one["other"]} & set(names)
            ],
            "changes": identities.log(store, names, MOST_CHANGES),
        },
        "quarantine": [
            {"source": row["source"], "file": row["file"], "row": json.loads(row["raw"])} for row in rows
        ],
        "disclosed_to": {name: merchant[name] for name in ("recipients", "transfers")},
    }
    plain: dict[str, Any] = json.loads(json.dumps(found, ensure_ascii=False, default=_plain))
    return plain


MOST_CHANGES = 10_000


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)
