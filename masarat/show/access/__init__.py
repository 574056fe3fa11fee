"""What is known of a customer as a file for themselves: everything as JSON, and readable on paper in their language."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from masarat.errors import UnknownName
from masarat.settings import Language, Settings
from masarat.show.access.document import document
from masarat.show.paper import pdf, text

FORMATS = ("pdf", "json", "txt")


def write(known: dict[str, Any], format: str, language: Language, settings: Settings) -> bytes:
    """The file. JSON is complete; paper and text show the latest moves and say how many more there are."""
    if format not in FORMATS:
        raise UnknownName("format", format, list(FORMATS))
    if format == "json":
        return json.dumps(known, ensure_ascii=False, indent=2).encode()
    found = document(known, language, settings)
    return (
        pdf.write(found, datetime.fromisoformat(known["made_at"])) if format == "pdf" else text.write(found)
    )
