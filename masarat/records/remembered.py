"""What was worked out once and is needed again before it is worked out anew: by its name, as JSON."""

from __future__ import annotations

from typing import Any

from masarat.records import Records
from masarat.records.models import Remembered, now


def recall(records: Records, name: str) -> dict[str, Any]:
    """What was remembered under this name; empty where nothing was."""
    with records.transaction() as t:
        found = t.get(Remembered, name)
        return dict(found.value) if found else {}


def remember(records: Records, name: str, value: dict[str, Any]) -> None:
    """Keep it in place of what was remembered before."""
    with records.transaction() as t:
        t.merge(Remembered(name=name, value=value, at=now()))
