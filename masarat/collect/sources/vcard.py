"""vCards: the address book of a phone, of a mail program or of a CRM, in versions 2.1, 3.0 and 4.0, many cards in a file.

Source: https://www.rfc-editor.org/rfc/rfc6350 (4.0), https://www.rfc-editor.org/rfc/rfc2426 (3.0), versit vCard 2.1.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from masarat.collect.sheets import SAVE_AGAIN, Sheet
from masarat.collect.sniffing import Recoded, encoding_of
from masarat.collect.sources.base import Source
from masarat.collect.sources.documents import sheet_of
from masarat.errors import BadFile

NAME = "vcard"
LARGEST = 512 << 20  # bytes of one file; photographs may be in it
PREFERRED = ("pref", "cell", "mobile", "iphone")  # of several phones the first of these, else the first
KEPT = frozenset(
    (
        "n",
        "fn",
        "tel",
        "email",
        "org",
        "bday",
        "adr",
        "categories",
        "note",
        "gender",
        "x-gender",
        "lang",
        "title",
    )
)
GENDERS = {"m": "male", "f": "female", "1": "female", "2": "male"}


@dataclass(frozen=True, slots=True)
class Line:
    """One property of a card: `item1.TEL;TYPE=cell:0551234567`."""

    name: str  # lower case, without its group
    types: frozenset[str]  # lower case: the values of its parameters
    value: str

    @property
    def text(self) -> str:
        return _unescaped(self.value).strip()

    @property
    def parts(self) -> list[str]:
        """Its components: `Al-Harbi;Sara;;;` are five."""
        return [_unescaped(part).strip() for part in re.split(r"(?<!\\);", self.value)]


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The people of a file of cards; None for what is none."""
    if not head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").upper().startswith(b"BEGIN:VCARD"):
        return None
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than any address book.", "Export it in parts.")
    with Recoded(path, encoding_of(path)) as stream:
        text = stream.read().decode("utf-8", "replace")
    rows: list[dict[str, str]] = []
    cut: list[tuple[Mapping[str, str], str, str]] = []
    for lines, whole in _cards(text):
        row = person(lines)
        if not whole:
            cut.append((row or {"name": ""}, "The card is cut short: it has no end.", SAVE_AGAIN))
        elif row:
            rows.append(row)
    if not rows and not any(row["name"] for row, *_ in cut):
        raise BadFile(f"{name} holds no whole contact with a name, a phone or an e-mail address.", SAVE_AGAIN)
    return [sheet_of(name, NAME, "contacts", rows, cut)]


def _cards(text: str) -> Iterator[tuple[list[Line], bool]]:
    """The lines of each card, and whether it has an end."""
    lines: list[Line] = []
    within = 0
    for written in _unfolded(text):
        mark = written.strip().upper()
        if mark == "BEGIN:VCARD":
            if within:
                yield lines, False
            lines, within = [], 1
        elif mark == "END:VCARD" and within:
            yield lines, True
            within = 0
        elif within and (line := _line(written)):
            lines.append(line)
    if within:
        yield lines, False


def _unfolded(text: str) -> Iterator[str]:
    """Lines put together again: what begins with a space goes on, and so does quoted-printable that ends with `=`."""
    held: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text):
        if held and held[-1].endswith("=") and "QUOTED-PRINTABLE" in held[0].partition(":")[0].upper():
            held[-1] = held[-1][:-1]
            held.append(line)
        elif held and line[:1] in (" ", "\t"):
            held.append(line[1:])
        else:
            yield "".join(held)
            held = [line]
    yield "".join(held)


def _line(written: str) -> Line | None:
    """One property; None for what is none, or none that is read."""
    parameters, colon, value = _split(written)
    name, *rest = parameters.split(";")
    name = name.rpartition(".")[2].strip().lower()
    if not colon or name not in KEPT:
        return None
    told = {key.strip().lower(): said for key, _, said in (part.partition("=") for part in rest)}
    if "quoted-printable" in (told.get("encoding", "").lower(), *told):
        value = _decoded(value, told.get("charset", ""))
    types = {word.strip().lower() for said in (*told, *told.values()) for word in said.strip('"').split(",")}
    return Line(name, frozenset(types), value)


def _split(written: str) -> tuple[str, str, str]:
    """Parameters, colon and value; a colon within quotation marks is none."""
    found = re.match(r'((?:[^":]|"[^"]*")*)(:)(.*)', written, re.DOTALL)
    return (found[1], found[2], found[3]) if found else (written, "", "")


def _decoded(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("latin-1", "replace"))
    for name in (charset.strip('"'), "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("cp1256", "replace")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def person(lines: Sequence[Line]) -> dict[str, str]:
    """A card as a row of contacts; empty where it names nobody."""
    of = {name: [line for line in lines if line.name == name and line.text] for name in KEPT}
    phones, emails = (
        [_phone(line) for line in _best_first(of["tel"])],
        [line.text for line in _best_first(of["email"])],
    )
    first, family = _names(of["n"])
    row = {
        "name": of["fn"][0].text if of["fn"] else " ".join(filter(None, (first, family))),
        "first_name": first,
        "last_name": family,
        "phone": phones[0] if phones else "",
        "email": emails[0].removeprefix("mailto:") if emails else "",
        "company": of["org"][0].parts[0] if of["org"] else "",
        "birthday": _birthday(of["bday"][0].text) if of["bday"] else "",
        "gender": _gender([*of["gender"], *of["x-gender"]]),
        "language": of["lang"][0].text if of["lang"] else "",
        "tags": ", ".join(line.text for line in of["categories"]),
        **_place(_best_first(of["adr"])),
        "job_title": of["title"][0].text if of["title"] else "",
        "note": "\n".join(line.text for line in of["note"]),
        "other_phones": ", ".join(phones[1:]),
        "other_emails": ", ".join(emails[1:]),
    }
    row["name"] = row["name"] or row["company"]
    return row if any(row[name] for name in ("name", "phone", "email")) else {}


def _names(lines: Sequence[Line]) -> tuple[str, str]:
    """First and family name."""
    family, first = (*(lines[0].parts if lines else []), "", "")[:2]
    return first, family


def _best_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(
        lines,
        key=lambda line: next((n for n, kind in enumerate(PREFERRED) if kind in line.types), len(PREFERRED)),
    )


def _phone(line: Line) -> str:
    """The number; of `tel:+966…;ext=1` without what is around it."""
    return re.sub(r"(?i)^tel:|;.*$", "", line.text)


def _birthday(text: str) -> str:
    """Year-month-day, or month-day where the year is not told."""
    found = re.match(r"(\d{4}|-)-?(\d{2})-?(\d{2})", text)
    return "-".join(part for part in found.groups() if part != "-") if found else text


def _gender(lines: Sequence[Line]) -> str:
    said = lines[0].parts[0].lower() if lines else ""
    return GENDERS.get(said, said)


def _place(lines: Sequence[Line]) -> dict[str, str]:
    """City and country of an address: the fourth and the seventh of its parts."""
    parts = (*(lines[0].parts if lines else []), *[""] * 7)
    return {"city": parts[3], "country": parts[6]}


VCARD = Source(
    NAME,
    "vCard address book",
    "بطاقات جهات الاتصال",
    "On a phone: Contacts → Export or Share; a file ending in .vcf.",
    opens=opens,
    sample="""BEGIN:VCARD
VERSION:3.0
N:الحربي;سارة;;;
FN:سارة الحربي
TEL;TYPE=CELL:+966 55 123 4567
EMAIL;TYPE=INTERNET:sara@example.com
ADR;TYPE=HOME:;;شارع العليا 1;الرياض;;12345;السعودية
CATEGORIES:VIP,Coffee
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=D9=86=D9=88=D8=B1=D8=A9;;;
TEL;CELL:0501112233
END:VCARD
""",
)
