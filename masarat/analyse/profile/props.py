"""What is read of an event's properties: what something is called, what was said, and a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True)
class Props:
    """Members that sentences and figures ask for; empty where an event does not tell them."""

    label: str = ""
    said: str = ""
    query: str = ""
    survey: str = ""
    score: float | None = None
    rating: float | None = None
    points: float | None = None


NOTHING = Props()
LABELS = ("label", "form", "topic", "subject", "reason", "message", "name")
SAID = ("comment", "review_body", "text")


def decode(props: str) -> Props:
    """The properties of an event, given as JSON; members of the wrong type tell nothing, nor does what is beyond every number."""
    try:
        found: dict[str, Any] = msgspec.json.decode(props)
    except (msgspec.MsgspecError, RecursionError):
        return NOTHING

    def text(*names: str) -> str:
        return next(
            (
                str(found[name])
                for name in names
                if isinstance(found.get(name), str | int) and found[name] != ""
            ),
            "",
        )

    def number(name: str) -> float | None:
        try:
            value = float(found[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            return None
        return value if isfinite(value) else None

    return Props(
        text(*LABELS),
        text(*SAID),
        text("query"),
        text("survey"),
        number("score"),
        number("rating"),
        number("points"),
    )
