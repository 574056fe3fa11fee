"""Masarat (مسارات): every move a customer makes becomes one story, and the story becomes action.

    collect   doors and files turn what happened into events
    resolve   many identifiers become one customer
    store     one log of events in ClickHouse, embedded or a cluster
    analyse   a question becomes a sentence, a picture and rows
    act       an answer becomes a plan, a deed, and new events
    show      command line, HTTP, reports

>>> import masarat
>>> with masarat.open("data") as shop:  # doctest: +SKIP
...     print(shop.ask("revenue", period="2025").sentence)
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masarat.version import __version__

if TYPE_CHECKING:
    from masarat.analyse import ANALYSES, Analysis, Answer
    from masarat.errors import MasaratError
    from masarat.settings import Settings
    from masarat.shop import Shop

# Read when first named: `import masarat` stays quick for those who need little of it.
_HOMES = {
    "ANALYSES": "masarat.analyse",
    "Analysis": "masarat.analyse",
    "Answer": "masarat.analyse",
    "MasaratError": "masarat.errors",
    "Settings": "masarat.settings",
    "Shop": "masarat.shop",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'masarat' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def open(data: str | Path | None = None, **settings: Any) -> Shop:
    """Open a shop by its data directory; other settings as in `Settings`, else from MASARAT_* variables."""
    from masarat.settings import Settings
    from masarat.shop import Shop

    given = dict(settings) if data is None else {"data": Path(data), **settings}
    return Shop(Settings(**given))


def ask(question: Analysis | str, **parameters: Any) -> Answer:
    """Answer one question from the shop that MASARAT_DATA (or ./data) names."""
    from masarat.shop import Shop

    with Shop() as shop:
        return shop.ask(question, **parameters)


__all__ = ["ANALYSES", "Analysis", "Answer", "MasaratError", "Settings", "Shop", "__version__", "ask", "open"]
