"""WhatsApp: the text file that "Export chat" writes, or the zip with it, of one customer; a folder or a zip may hold many.

Only counts and times are read: no message is kept. A day without a message ends a conversation; one in which the customer did not
write is none. Whose chat it is, is told by the file's name ("WhatsApp Chat with Sara.txt"); where that names none of the two who write,
the one whose name is a phone number is the customer, or whoever did not write "You deleted this message". Where none of this tells, and
of groups, nothing is taken in, and why is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path, PurePosixPath

import polars as pl

from masarat.collect.sheets import SAVE_AGAIN, Sheet
from masarat.collect.sniffing import Recoded, encoding_of
from masarat.collect.sources.base import Source
from masarat.collect.sources.documents import sheet_of
from masarat.collect.times import day_order
from masarat.collect.values import DIGITS, INVISIBLE
from masarat.collect.written_dates import plain_dates, read_dates
from masarat.errors import BadFile
from masarat.words.folding import fold

NAME = "whatsapp"
LARGEST = 256 << 20  # bytes of one chat
GAP = timedelta(hours=24)
MOST = 40_000  # messages that WhatsApp exports at most: of a file that has them all, the beginning is cut off

_DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?:\s?هـ)?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?(?:[ap]\.?\s?m\.?|ص|م))?"
_STAMP = rf"(?P<date>{_DATE})[,،]?\s+(?P<clock>{_CLOCK})"
LINE = re.compile(
    rf"(?i)^(?:\[{_STAMP}\]|{_STAMP.replace('date', 'day').replace('clock', 'time')}\s+[-–])\s+(?P<rest>.*)$"
)
SENDER = re.compile(r"^~?\s*(?P<sender>[^:]{1,100}?):\s(?P<text>.*)$")
MARKS = dict.fromkeys(map(ord, INVISIBLE))
PLAIN = str.maketrans({**DIGITS, "\u202f": " ", "\u00a0": " "})  # letter for letter
PHONE = re.compile(r"^\+?[\d\s\-().]{7,24}$")
TITLES = re.compile(
    r"^(?:whatsapp chat (?:with|-)|(?:دردشة|محادثة)(?: في)? (?:واتساب|whatsapp) (?:مع|-))\s*(.+)$",
    re.IGNORECASE,
)
# Lines that WhatsApp writes by itself, on phones that put them into somebody's mouth.
SYSTEM = re.compile(
    r"messages and calls are end-to-end encrypted|^your security code with|security code .*changed|secure service from meta"
    r"|turned o(?:n|ff) disappearing messages|^(?:missed )?(?:voice|video) call"
    r"|الرسائل والمكالمات مشفره|رمز الامان الخاص|الرسائل ذاتيه الاختفاء|^مكالمه (?:صوتيه|فيديو)"
)
GROUP_MADE = re.compile(r"created (?:this )?group|انشا\S* (?:هذه )?المجموعه")
OF_GROUP = re.compile(r"added you|joined using|\bleft$|اضافك|غادر")
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".json", ".parquet", ".txt", ".vcf")
BY_US = re.compile(r"^(?:you deleted this message|لقد حذفت|حذفت (?:انت )?هذه الرساله)")


@dataclass(frozen=True, slots=True)
class Message:
    """When somebody wrote; what, is not kept."""

    stamp: str  # as it stands, in Western digits
    sender: str
    by_us: bool  # a line that only we can have written


@dataclass(frozen=True, slots=True)
class Chat:
    """One file."""

    messages: Sequence[Message]
    is_group: bool
    arabic: bool  # written by a phone that speaks Arabic: its days come before its months


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The conversations of a chat; None for what is no chat."""
    first = (
        head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore").translate(MARKS).strip().split("\n")[0]
    )
    if not LINE.match(first.translate(PLAIN)):
        return None
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than any chat.", SAVE_AGAIN)
    chat = _read(path)
    customer, why = customer_of(chat, title_of(name))
    rows = list(_rows(chat, customer)) if customer else []
    if customer and not rows:
        why = ("The customer has written nothing in this chat.", "Nothing to do.")
    told = {"ts": "", "messages": str(len(chat.messages)), "file": name}
    return [sheet_of(name, NAME, "conversations", rows, [(told, *why)] if why else [])]


def packs(names: Sequence[str]) -> list[str]:
    """The chat in an archive that WhatsApp packed: without the pictures, sounds and documents beside it."""
    own = [
        name
        for name in names
        if name.endswith(".txt") and (PurePosixPath(name).name == "_chat.txt" or title_of(name))
    ]
    return own if len(own) == 1 and not all(name.lower().endswith(TABLES) for name in names) else []


def _read(path: Path) -> Chat:
    with Recoded(path, encoding_of(path)) as stream:
        text = stream.read().decode("utf-8", "replace").translate(MARKS)
    messages: list[Message] = []
    is_group = arabic = False
    for written in text.splitlines():
        if not (stamped := LINE.match(written.translate(PLAIN))):
            continue  # a message goes on
        said = SENDER.match(stamped["rest"])
        folded = fold((said["text"] if said else stamped["rest"])[:200])
        is_group = (
            is_group or bool(GROUP_MADE.search(folded[:100])) or (not said and bool(OF_GROUP.search(folded)))
        )
        arabic = arabic or bool(re.search("[،٠-٩صم]", written[: stamped.start("rest")]))
        if said and not SYSTEM.search(folded):
            stamp = f"{stamped['date'] or stamped['day']} {stamped['clock'] or stamped['time']}"
            messages.append(Message(stamp, said["sender"].strip(), bool(BY_US.search(folded))))
    return Chat(messages, is_group, arabic)


def title_of(name: str) -> str:
    """Whom the file's name says the chat is with: its own, or that of the archive it came in."""
    for part in reversed(re.split(r"[\\/]", name.translate(MARKS))):
        bare = re.sub(r"(?:\s*\(\d+\))?(?:\.(?:txt|zip))+$", "", part.strip(), flags=re.IGNORECASE)
        if found := TITLES.match(bare):
            return found[1].strip()
    return ""


def customer_of(chat: Chat, title: str) -> tuple[str, tuple[str, str] | None]:
    """Who the customer is: by the file's name, by a phone number, or by what only we can have written; else why nobody knows, and the remedy."""
    senders = list(dict.fromkeys(message.sender for message in chat.messages))
    if not senders:
        return "", ("Nobody has written in this chat.", "Nothing to do.")
    if chat.is_group or len(senders) > 2:
        return "", (
            "This is the chat of a group: it is no single customer's.",
            "Export the chats of single customers.",
        )
    if title:
        named = [sender for sender in senders if _same(sender, title)]
        if named or len(senders) == 1:
            return (named[0] if named else title), None
    phones = [sender for sender in senders if PHONE.match(sender)]
    if len(phones) == 1:
        return phones[0], None
    ours = {message.sender for message in chat.messages if message.by_us}
    theirs = [sender for sender in senders if sender not in ours]
    if len(ours) == 1 and len(theirs) == 1:
        return theirs[0], None
    how = "Call the file “WhatsApp Chat with NAME.txt”, as WhatsApp does."
    return "", ("Nothing says who of the two is the customer.", how)


def _same(sender: str, title: str) -> bool:
    """Whether a name is the one in the file's name, where signs that no file's name can have are left out."""
    if PHONE.match(sender) and PHONE.match(title):
        return re.sub(r"\D", "", sender) == re.sub(r"\D", "", title)
    return re.sub(r"[\W_]+", "", fold(sender)) == re.sub(r"[\W_]+", "", fold(title))


def _rows(chat: Chat, customer: str) -> Iterator[dict[str, str]]:
    """A row a conversation."""
    stamps = plain_dates(pl.Series([message.stamp for message in chat.messages]))
    readings = _readings(stamps, chat.arabic)
    who = {"phone": customer} if PHONE.match(customer) else {"name": customer}
    told = list(_talks(readings))
    if len(chat.messages) >= MOST:
        told = told[1:]
    for first, last in told:
        said = [message.sender == customer for message in chat.messages[first : last + 1]]
        if not any(said):
            continue
        reply = first + said.index(False) if said[0] and not all(said) else None
        when = [_written(readings, chat, place) for place in (first, last)]
        yield {
            "ts": when[0],
            "solved_at": when[1],
            "replied_at": "" if reply is None else _written(readings, chat, reply),
            "messages": str(len(said)),
            "theirs": str(sum(said)),
            "began": "customer" if said[0] else "us",
            "channel": NAME,
            **who,
        }


def _readings(stamps: pl.Series, arabic: bool) -> list[list[datetime | None]]:
    """The times as they must be read; both ways where nothing says whether day or month comes first.

    What says it: a number above 12, the order of the messages, or a phone that speaks Arabic.
    """
    ways = {day_first: read_dates(stamps, day_first)[0].to_list() for day_first in (True, False)}
    order = day_order(stamps)
    if order.first or order.second or not order.open:
        return [ways[order.day_first is not False]]
    back = {day_first: sum(b < a for a, b in pairwise(times) if a and b) for day_first, times in ways.items()}
    if arabic or back[True] < back[False]:
        return [ways[True]]
    return [ways[False]] if back[False] < back[True] else [ways[True], ways[False]]


def _talks(readings: Sequence[Sequence[datetime | None]]) -> Iterator[tuple[int, int]]:
    """First and last message of every conversation; where days may be months, what is one conversation either way."""
    began = 0
    count = len(readings[0])
    for place in range(1, count + 1):
        if place == count or any(_is_apart(times[place - 1], times[place]) for times in readings):
            yield began, place - 1
            began = place


def _is_apart(before: datetime | None, after: datetime | None) -> bool:
    return before is not None and after is not None and after - before >= GAP


def _written(readings: Sequence[Sequence[datetime | None]], chat: Chat, place: int) -> str:
    """A time as it is known, or, where a person must say what its first number is, as it stands."""
    time = readings[0][place]
    return time.isoformat(" ") if len(readings) == 1 and time else chat.messages[place].stamp


WHATSAPP = Source(
    NAME,
    "WhatsApp",
    "واتساب",
    "In the chat: ⋮ → More → Export chat → Without media; the file, the zip, or a folder of them.",
    opens=opens,
    packs=packs,
    sample="""٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٠ ص - الرسائل والمكالمات مشفرة تمامًا بين الطرفين.
٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٠ ص - \u202a+966 55 123 4567\u202c: هل القهوة الخولانية متوفرة؟
٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٤ ص - متجر المثال: نعم، وصلت اليوم
٢٥\u200f/٣\u200f/٢٠٢٥، ١٠:٠٦ ص - \u202a+966 55 123 4567\u202c: <تم استبعاد الوسائط>
""",
)
