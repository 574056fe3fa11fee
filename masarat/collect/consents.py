"""Consents as people and their files write them, read into statements: an e-mail or a phone, a yes or a no, in Arabic or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from masarat.collect.fields import ROW_NUMBER
from masarat.collect.phones import phone_of
from masarat.collect.reading import open_file
from masarat.collect.sheets import Sheet
from masarat.collect.times import day_order, read_time
from masarat.collect.values import as_text
from masarat.errors import BadFile, BadParameter, MasaratError
from masarat.records.consent import ANY, CHANNELS, PURPOSES, check
from masarat.records.models import Consent
from masarat.settings import Settings
from masarat.words.folding import fold, words_of

HEADS: dict[str, tuple[str, ...]] = {
    "identifier": ("identifier", "customer", "customer id", "المعرف", "العميل"),
    "email": ("email", "e mail", "email address", "البريد", "البريد الالكتروني", "الايميل"),
    "phone": ("phone", "mobile", "phone number", "الجوال", "الهاتف", "رقم الجوال"),
    "purpose": ("purpose", "الغرض"),
    "channel": ("channel", "القناه"),
    "status": ("status", "consent", "الحاله", "الموافقه"),
    "at": ("at", "date", "time", "consent date", "التاريخ", "تاريخ الموافقه"),
    "source": ("source", "المصدر"),
    "evidence": ("evidence", "proof", "text", "الدليل", "النص"),
}
STATUS = {
    "granted": "granted yes true 1 subscribed نعم موافق وافق مشترك",
    "denied": "denied no false 0 لا رفض مرفوض",
    "withdrawn": "withdrawn unsubscribed revoked سحب مسحوب انسحب",
}
PURPOSE = {
    "marketing": "تسويق التسويق",
    "analytics": "تحليل التحليل التحليلات",
    "profiling": "تنميط التنميط",
    "personalisation": "personalization تخصيص التخصيص",
    "sharing": "مشاركه المشاركه",
    ANY: "all الكل",
}
CHANNEL = {
    "email": "e-mail mail البريد بريد ايميل",
    "sms": "رساله رسائل الرسائل",
    "whatsapp": "واتساب واتس",
    "push": "اشعار اشعارات الاشعارات",
    "call": "phone مكالمه مكالمات اتصال",
    "post": "letter",
    "web": "site الموقع موقع",
    ANY: "all الكل",
}
SHOWN = 5  # rows of a file that are named when it is refused


def read_identifier(text: str, country: str) -> str:
    """An e-mail, a phone or `kind:value`, in the form in which the store knows it. BadParameter where it is none."""
    text = text.strip()
    kind, _, value = text.partition(":")
    if "@" in text and kind in ("email", text):
        return f"email:{text.removeprefix('email:').strip().lower()}"
    if kind in ("phone", text):
        if found := phone_of(fold(text.removeprefix("phone:")), country):
            return f"phone:{found}"
        raise BadParameter(
            f"{text!r} is neither an e-mail nor a phone number.",
            "Other identifiers are written like user:17.",
        )
    if not kind.strip() or not value.strip():
        raise BadParameter(f"{text!r} is no identifier.", "Write an e-mail, a phone, or one like user:17.")
    return f"{kind.strip()}:{value.strip()}"


def read_statements(told: Mapping[str, str], at: datetime, settings: Settings) -> list[Consent]:
    """What one row says: of each identifier in it one statement."""
    given = [text for name in ("identifier", "email", "phone") if (text := told.get(name, "").strip())]
    if not given:
        raise BadParameter("Nobody is named.", "Give an identifier, an e-mail or a phone.")
    whose = {read_identifier(text, settings.country): None for text in given}
    said = [
        Consent(
            identifier=identifier,
            purpose=_word(told, "purpose", PURPOSE, PURPOSES),
            channel=_word(told, "channel", CHANNEL, CHANNELS),
            status=_word(told, "status", STATUS, tuple(STATUS)),
            at=at,
            source=told.get("source", "").strip(),
            evidence=told.get("evidence", "").strip(),
        )
        for identifier in whose
    ]
    return [check(each) for each in said]


def _word(told: Mapping[str, str], name: str, others: Mapping[str, str], known: tuple[str, ...]) -> str:
    """Our own word for what was written. What is left out is not guessed: a consent says what it is for."""
    written = fold(told.get(name, ""))
    if not written:
        raise BadParameter(f"The {name} is not said.", f"Write one of: {', '.join(known)}.")
    return next((ours for ours, words in others.items() if written in (ours, *words.split())), written)


def read_file(path: Path, settings: Settings, usual: Mapping[str, str]) -> Iterator[Consent]:
    """The statements of a file (CSV, XLSX, JSON, …); `usual` says what its rows leave out. BadFile names every row that is wrong."""
    for sheet in open_file(path):
        rows = pl.concat(list(sheet.batches()), how="diagonal_relaxed")
        table = _known_columns(rows, sheet)
        times = _times(table, sheet, settings)
        found, wrong = list[Consent](), list[str]()
        for row, number, at in zip(table.iter_rows(named=True), rows[ROW_NUMBER], times, strict=True):
            try:
                found += read_statements(_filled(row, usual), _present(at), settings)
            except MasaratError as error:
                wrong.append(f"Row {number}: {error.sentence}")
        if wrong:
            more = f" And {len(wrong) - SHOWN:,} more." if len(wrong) > SHOWN else ""
            raise BadFile(
                f"{len(wrong):,} of {table.height:,} rows of {sheet.file} cannot be read, so none was taken.",
                " ".join(wrong[:SHOWN]) + more,
            )
        yield from found


def _known_columns(rows: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    """The columns that we know, by our names."""
    ours = {words: field for field, names in HEADS.items() for words in names}
    named = {head: ours[words] for head in sheet.header if (words := " ".join(words_of(head))) in ours}
    for needed, why in (("status", "yes or no"), ("at", "when it was said")):
        if needed not in named.values():
            raise BadFile(
                f"{sheet.file} has no column that says {why}.",
                f"Name one {HEADS[needed][0]} or {HEADS[needed][-1]}.",
            )
    twice = {field for field in named.values() if list(named.values()).count(field) > 1}
    if twice:
        raise BadFile(f"{sheet.file} has two columns for {min(twice)}.", "Leave one of them out.")
    texts = {field: as_text(rows[head]) for head, field in named.items() if field != "at"}
    (when,) = (head for head, field in named.items() if field == "at")
    return pl.DataFrame(texts | {"at": rows[when]})


def _times(table: pl.DataFrame, sheet: Sheet, settings: Settings) -> list[datetime | None]:
    order = day_order(table["at"])
    if order.day_first is None:
        raise BadFile(
            f"In {sheet.file} every date can be read day first or month first.", "Write them like 2025-03-01."
        )
    return read_time(table["at"], timezone=settings.timezone, day_first=order.day_first)[0].to_list()


def _present(at: datetime | None) -> datetime:
    if at is None:
        raise BadParameter("The date is missing or none.", "Write it like 2025-03-01.")
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _filled(row: Mapping[str, object], usual: Mapping[str, str]) -> dict[str, str]:
    """A row with what it leaves out."""
    cells = {name: str(value or "") for name, value in row.items() if name != "at"}
    return cells | {name: text for name, text in usual.items() if text and not cells.get(name)}
