"""The certificate of an erasure as a file: on paper for whoever asked, as JSON for whoever checks its hash."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from masarat.errors import UnknownName
from masarat.settings import Language, Settings
from masarat.show.certificate.words import WORDS
from masarat.show.paper import Document, Section, pdf, text
from masarat.words import Speaker, speaker

FORMATS = ("pdf", "json", "txt")


def write(certificate: dict[str, Any], format: str, language: Language, settings: Settings) -> bytes:
    """The certificate in words (pdf, txt) or as it was hashed (json)."""
    if format not in FORMATS:
        raise UnknownName("format", format, list(FORMATS))
    if format == "json":
        return json.dumps(certificate, ensure_ascii=False, indent=2).encode()
    found = document(certificate, language, settings)
    done = datetime.fromisoformat(certificate["done_at"])
    return pdf.write(found, done) if format == "pdf" else text.write(found)


def document(certificate: dict[str, Any], language: Language, settings: Settings) -> Document:
    speak, hijri = speaker(WORDS, language), speaker(WORDS, language, "hijri")
    done = datetime.fromisoformat(certificate["done_at"]).astimezone(settings.zone)
    return Document(
        language=language,
        brand=speak.say("brand"),
        title=speak.say("title", number=speak.text(certificate["number"])),
        subtitle=speak.say("subtitle", time=speak.time(done), hijri=hijri.day(done.date())),
        sections=[
            _about(speak, certificate, settings),
            _erased(speak, certificate),
            _proof(speak, certificate),
        ],
    )


def _about(speak: Speaker, certificate: dict[str, Any], settings: Settings) -> Section:
    begun = datetime.fromisoformat(certificate["begun_at"]).astimezone(settings.zone)
    rows = [
        [speak.say("begun"), speak.time(begun)],
        [speak.say("actor"), speak.text(certificate["actor"])],
        [speak.say("ground"), speak.text(certificate["ground"]) or speak.say("no-ground")],
    ]
    return Section(speak.say("about"), rows=rows)


def _erased(speak: Speaker, certificate: dict[str, Any]) -> Section:
    rows = [
        [speak.say(f"place-{name}") if speak.knows(f"place-{name}") else name, speak.count(n)]
        for name, n in certificate["found"].items()
    ]
    sales = "sales-erased" if certificate["everything"] else "sales-kept"
    notes = [speak.say("erased-note"), speak.say(sales)]
    return Section(speak.say("erased"), notes, [speak.say("place"), speak.say("how-many")], rows)


def _proof(speak: Speaker, certificate: dict[str, Any]) -> Section:
    log = ["log-kept"] if certificate.get("log_kept") else []
    notes = [speak.say(note) for note in ("nobody", *log, "backups", "hash")]
    return Section(speak.say("proof"), [*notes, speak.text(certificate["sha256"])])
