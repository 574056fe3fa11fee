"""Reports: the answers as a designed document. FORMATS lists what it can be written as, one file each, of that name."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from masarat.analyse.base import Mask
from masarat.analyse.told import NOTHING, Told
from masarat.errors import UnknownName
from masarat.store import Store

FORMATS = ("pdf", "xlsx", "html", "json")


def report(
    store: Store,
    format: str = "pdf",
    *,
    question: str = "",
    mask: Mask | None = None,
    told: Told = NOTHING,
    **parameters: Any,
) -> bytes:
    """All questions of the report (or the one named), asked and written. UnknownName for a format that is not listed.

    `mask` and `told` as in `analyse.ask`.
    """
    if format not in FORMATS:
        raise UnknownName("report format", format, list(FORMATS))
    from masarat.show.reports.build import build, questions  # typesetting takes a third of a second to load

    write = import_module(f"{__name__}.{format}").write
    return cast(bytes, write(build(store, questions(question, parameters), mask=mask, told=told)))


__all__ = ["FORMATS", "report"]
