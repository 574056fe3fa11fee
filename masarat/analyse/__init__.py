"""Questions, one file each. ANALYSES is the list of all of them, in the order people meet them."""

from __future__ import annotations

from masarat.analyse.answer import Answer
from masarat.analyse.base import Analysis, ask, read
from masarat.analyse.revenue import Revenue
from masarat.errors import UnknownName

ANALYSES: tuple[type[Analysis], ...] = (Revenue,)


def find(name: str) -> type[Analysis]:
    """The analysis of that name; UnknownName with the nearest one otherwise."""
    for kind in ANALYSES:
        if kind.name == name:
            return kind
    raise UnknownName("analysis", name, [kind.name for kind in ANALYSES])


__all__ = ["ANALYSES", "Analysis", "Answer", "ask", "find", "read"]
