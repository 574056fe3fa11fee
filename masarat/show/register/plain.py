"""The register for programs, as JSON, and for a terminal, as text."""

from __future__ import annotations

import json
from dataclasses import asdict

from masarat.show.register.build import Register
from masarat.show.register.document import Document
from masarat.version import __version__

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))  # terminals show them as boxes
LAWS = ["PDPL article 31", "GDPR article 30"]


def write_json(found: Register) -> bytes:
    facts = {
        "masarat": __version__,
        "laws": LAWS,
        "made_at": found.made_at.isoformat(),
        "told": found.told,
        "purposes": found.purposes,
        "users": found.users,
        "addresses": found.settings.addresses,
        "consent": found.settings.consent,
        **asdict(found.holdings),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2, default=str).encode()


def write_text(document: Document) -> bytes:
    lines = [document.title, document.subtitle]
    for section in document.sections:
        lines += ["", section.title]
        lines += [f"  {note}" for note in section.notes]
        lines += [f"  {' · '.join(filter(None, row))}" for row in ([section.heads] if section.heads else [])]
        lines += [f"  {' · '.join(row)}" for row in section.rows]
    return ("\n".join(lines) + "\n").translate(ISOLATES).encode()
