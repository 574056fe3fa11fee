"""The register in words: sections that the PDF and the terminal only place."""

from __future__ import annotations

from masarat.records.consent import STATUSES
from masarat.settings import Language
from masarat.show.paper import Document, Section
from masarat.show.register.build import Register
from masarat.show.register.words import WORDS
from masarat.store import Row
from masarat.words import Speaker, speaker


def document(found: Register, language: Language) -> Document:
    """The whole register, in the order in which the law asks for it."""
    speak, hijri = speaker(WORDS, language), speaker(WORDS, language, "hijri")
    day = found.made_at.date()
    return Document(
        language=language,
        brand=speak.say("brand"),
        title=speak.say("title"),
        subtitle=speak.say("subtitle", day=speak.day(day), hijri=hijri.day(day)),
        sections=[
            _told(speak, found, "responsible", "controller", "contact", "officer"),
            _purposes(speak, found),
            _subjects(speak, found),
            _data(speak, found),
            _sources(speak, found),
            _told(speak, found, "disclosure", "recipients", "transfers", note="disclosure-note"),
            _keeping(speak, found),
            _measures(speak, found),
        ],
    )


def _told(speak: Speaker, found: Register, section: str, *names: str, note: str = "") -> Section:
    """What the merchant told; what is missing is said to be missing, with how to tell it."""
    rows = [
        [
            speak.say(name),
            speak.text(found.told[name]) if found.told[name] else speak.say("untold", name=name),
        ]
        for name in names
    ]
    return Section(speak.say(section), [speak.say(note)] if note else [], rows=rows)


def _purposes(speak: Speaker, found: Register) -> Section:
    basis = _told(speak, found, "purposes", "basis")
    rows = [
        [speak.say(f"purpose-{purpose}"), *(speak.count(counts[status]) for status in STATUSES)]
        for purpose, counts in found.purposes.items()
    ]
    heads = [speak.say("purpose"), *(speak.say(f"status-{status}") for status in STATUSES)]
    notes = [" – ".join(basis.rows[0]), speak.say(f"consent-{found.settings.consent}")]
    return Section(basis.title, notes, heads, rows)


def _subjects(speak: Speaker, found: Register) -> Section:
    held = found.holdings
    counts = {"customers": held.customers, "visitors": held.visitors, "users": found.users}
    rows = [[speak.say(name), speak.count(n)] for name, n in counts.items()]
    return Section(speak.say("subjects"), heads=[speak.say("subject"), speak.say("how-many")], rows=rows)


def _data(speak: Speaker, found: Register) -> Section:
    held = found.holdings
    rows = [
        *(_held(speak, name_of(speak, "kind", row["kind"]), row) for row in held.identifiers),
        *(_held(speak, name_of(speak, "fact", row["trait"]), row) for row in held.facts),
    ]
    heads = [speak.say(name) for name in ("item", "how-many", "from-where", "since", "until")]
    notes = [speak.say("data-note"), speak.say(f"addresses-{found.settings.addresses}")]
    return Section(speak.say("data"), notes, heads if rows else [], rows)


def _held(speak: Speaker, name: str, row: Row) -> list[str]:
    sources = speak.value("list", row["sources"])
    return [name, speak.count(row["held"]), sources, speak.day(row["first"]), speak.day(row["last"])]


def name_of(speak: Speaker, what: str, name: str) -> str:
    """Our word for it; a source's own number, or a fact that only this shop knows, by its own name."""
    key = f"{what}-{name}"
    if name != "other" and speak.knows(key):
        return speak.say(key)
    return speak.say(f"{what}-other", name=speak.text(name))


def _sources(speak: Speaker, found: Register) -> Section:
    rows = [
        [speak.text(row["source"]), speak.count(row["held"]), speak.day(row["first"]), speak.day(row["last"])]
        for row in found.holdings.sources
    ]
    heads = [speak.say(name) for name in ("source", "moves", "since", "until")]
    return Section(speak.say("sources"), [] if rows else [speak.say("nothing")], heads if rows else [], rows)


def _keeping(speak: Speaker, found: Register) -> Section:
    """What the merchant told, and the sources of which Masarat itself deletes what is too old."""
    told = _told(speak, found, "keeping", "retention")
    rows = [[speak.text(source), speak.say("kept-days", n=days)] for source, days in found.keeping.items()]
    return Section(
        told.title, [speak.say("keeping-swept" if rows else "keeping-note")], rows=[*told.rows, *rows]
    )


def _measures(speak: Speaker, found: Register) -> Section:
    names = ("place", "passwords", "secrets", "roles", "audit")
    return Section(speak.say("measures"), [speak.say(f"measure-{name}") for name in names])
