"""Chatwoot: the conversations as its API lists them, saved to a file; the report of satisfaction (CSAT) and the contacts as CSV.

Its other reports are sums by agent, inbox, label and team, of which no conversation is told. No message is read.
Source: https://developers.chatwoot.com/api-reference/conversations/conversations-list
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from masarat.collect.sheets import SAVE_AGAIN, Sheet
from masarat.collect.sniffing import Recoded, encoding_of
from masarat.collect.sources.base import Export, Source
from masarat.collect.sources.documents import sheet_of
from masarat.errors import BadFile

NAME = "chatwoot"
LARGEST = 1 << 30  # bytes of one file
SIGNS = (b'"contact_last_seen_at"', b'"agent_last_seen_at"')
HEAD = 1 << 20


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The conversations of one or several answers of the API; None for any other file. A resolved one ends with its last activity."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return None
    with path.open("rb") as file:
        beginning = file.read(HEAD)
    if not all(sign in beginning for sign in SIGNS):
        return None
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than can be read at once.", "Save fewer pages to one file.")
    with Recoded(path, encoding_of(path)) as stream:
        text = stream.read().decode("utf-8", "replace")
    rows = [_row(one) for one in _conversations(_answers(text, name))]
    return [sheet_of(name, NAME, "conversations", rows)]


def _answers(text: str, name: str) -> Iterator[Any]:
    """The answers in a file, one after another, with or without lines between them."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        if text[place].isspace() or text[place] == "\ufeff":
            place += 1
            continue
        try:
            told, place = decoder.raw_decode(text, place)
        except ValueError:
            raise BadFile(f"{name} is cut short or damaged: it is not whole JSON.", SAVE_AGAIN) from None
        yield told


def _conversations(told: Any) -> Iterator[Mapping[str, Any]]:
    """Every conversation, however deep in `data` and `payload` it lies."""
    if isinstance(told, Mapping):
        if "inbox_id" in told and "id" in told:
            yield told
        else:
            for part in ("data", "payload"):
                yield from _conversations(told.get(part))
    elif not isinstance(told, str) and hasattr(told, "__iter__"):
        for one in told:
            yield from _conversations(one)


def _row(one: Mapping[str, Any]) -> dict[str, str]:
    meta = _part(one, "meta")
    sender, assignee = _part(meta, "sender"), _part(meta, "assignee")
    status = str(one.get("status") or "")
    last = one.get("last_activity_at") or one.get("timestamp")
    told = {
        "ticket_id": one.get("id"),
        "ts": one.get("created_at") or one.get("timestamp"),
        "replied_at": one.get("first_reply_created_at") or "",
        "solved_at": last if status == "resolved" else "",
        "outcome": status,
        "channel": str(meta.get("channel") or "").removeprefix("Channel::").lower(),
        "agent": assignee.get("available_name") or assignee.get("name"),
        "tags": ", ".join(map(str, one.get("labels") or ())),
        "priority": one.get("priority"),
        "customer_id": sender.get("id"),
        "name": sender.get("name"),
        "email": sender.get("email"),
        "phone": sender.get("phone_number"),
    }
    return {name: "" if value is None else str(value) for name, value in told.items()}


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = told.get(name)
    return part if isinstance(part, Mapping) else {}


CSAT = {
    "ts": ("Recorded date", "تاريخ التسجيل"),
    "score": ("Rating", "التقييم"),
    "answer": ("Feedback Comment", "التعليق على الملاحظات"),
    "name": ("Contact Name", "اسم جهة الاتصال"),
    "email": ("Contact Email Address", "عنوان البريد الإلكتروني الخاص بجهة الاتصال"),
    "phone": ("Contact Phone Number", "رقم هاتف جهة الاتصال"),
}

CHATWOOT = Source(
    NAME,
    "Chatwoot",
    "شات ووت",
    "Reports → CSAT → Download; Contacts → Export; conversations: the answer of /api/v1/accounts/N/conversations saved to a file.",
    (
        Export(
            "answers",
            ("Agent Name", "Rating", "Feedback Comment", "Link to the conversation"),
            CSAT,
            {"survey": "csat"},
        ),
        Export(
            "answers",
            ("اسم الوكيل", "التقييم", "التعليق على الملاحظات", "رابط إلى المحادثة"),
            CSAT,
            {"survey": "csat"},
        ),
        Export(
            "contacts",
            (),
            {"customer_id": ("id",), "name": ("name",), "email": ("email",), "phone": ("phone_number",)},
        ),
    ),
    opens=opens,
    sample="""Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,Link to the conversation,Recorded date
Huda (huda@example.com),5,خدمة سريعة,سارة الحربي,sara@example.com,+966551234567,https://chat.example.com/app/accounts/1/conversations/71,2025-03-25 08:00:00 UTC
Ali (ali@example.com),2,,Noura,,+966501112233,https://chat.example.com/app/accounts/1/conversations/72,2025-03-26 09:30:00 UTC
""",
)
