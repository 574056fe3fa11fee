"""A document for a terminal."""

from __future__ import annotations

from masarat.show.paper import Document

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))  # terminals show them as boxes


def write(document: Document) -> bytes:
    lines = [document.title, document.subtitle]
    for section in document.sections:
        lines += ["", section.title]
        lines += [f"  {note}" for note in section.notes]
        lines += [f"  {' · '.join(filter(None, row))}" for row in ([section.heads] if section.heads else [])]
        lines += [f"  {' · '.join(row)}" for row in section.rows]
    return ("\n".join(lines) + "\n").translate(ISOLATES).encode()
