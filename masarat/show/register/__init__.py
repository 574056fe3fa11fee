"""The processing register (Saudi PDPL, article 31; GDPR, article 30): what personal data are held, why, from where, for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from masarat.errors import UnknownName
from masarat.records import Records
from masarat.settings import Language
from masarat.show.paper import pdf, text
from masarat.show.register import document
from masarat.show.register.build import Register, build, write_json
from masarat.store import Store

WRITERS: dict[str, Callable[[Register, Language], bytes]] = {
    "pdf": lambda found, language: pdf.write(document.document(found, language), found.made_at),
    "json": lambda found, _: write_json(found),
    "txt": lambda found, language: text.write(document.document(found, language)),
}
FORMATS = tuple(WRITERS)


def register(
    store: Store, records: Records, format: str, language: Language, *, now: datetime | None = None
) -> bytes:
    """The register as a file (pdf, json or txt). `now` is for tests."""
    if format not in WRITERS:
        raise UnknownName("format", format, list(FORMATS))
    return WRITERS[format](build(store, records, now or datetime.now(store.settings.zone)), language)
