"""Zendesk: tickets as CSV of a view or of the whole account, from an Explore report, or as JSON of the account or the API.

Of JSON only what a ticket is about and when is read: neither descriptions nor comments are kept.
Source: https://support.zendesk.com/hc/en-us/articles/4408886165402, https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/
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

NAME = "zendesk"
LARGEST = 1 << 30  # bytes of one file
SIGN = b"/api/v2/tickets/"  # in the address of every ticket
HEAD = 1 << 16


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The tickets of a JSON file; None for any other."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return None
    with path.open("rb") as file:
        if SIGN not in file.read(HEAD):
            return None
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than can be read at once.", "Export fewer days at a time.")
    rows: list[dict[str, str]] = []
    broken: list[tuple[Mapping[str, str], str, str]] = []
    for ticket in _tickets(path, name):
        if ticket is None:
            why = "The line is cut short: it is no whole ticket."
            broken.append(({"ticket_id": "", "ts": ""}, why, SAVE_AGAIN))
        else:
            rows.append(_row(ticket))
    return [sheet_of(name, NAME, "tickets", rows, broken)]


def _tickets(path: Path, name: str) -> Iterator[Mapping[str, Any] | None]:
    """A ticket a line, or all in one object or list; None for a line that is none."""
    with Recoded(path, encoding_of(path)) as stream:
        text = stream.read().decode("utf-8", "replace")
    try:
        yield from _within(json.loads(text))
        return
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
    told = [_ticket(line) for line in lines]
    if not any(told):
        raise BadFile(f"{name} is cut short or damaged: it is not whole JSON.", SAVE_AGAIN)
    yield from told


def _ticket(line: str) -> Mapping[str, Any] | None:
    try:
        return next(_within(json.loads(line)), None)
    except ValueError:
        return None


def _within(told: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(told, Mapping):
        told = told.get("tickets") or told.get("results") or [told.get("ticket") or told]
    yield from (one for one in told if isinstance(one, Mapping))


def _row(ticket: Mapping[str, Any]) -> dict[str, str]:
    metrics = _part(ticket, "metric_set") or _part(ticket, "metrics")
    requester, via = _part(ticket, "requester"), _part(ticket, "via")
    replied = _part(metrics, "reply_time_in_minutes") or _part(metrics, "first_reply_time_in_minutes")
    told = {
        "ticket_id": ticket.get("id"),
        "ts": ticket.get("created_at"),
        "solved_at": ticket.get("solved_at") or metrics.get("solved_at"),
        "reply_minutes": replied.get("calendar"),
        "subject": ticket.get("subject"),
        "outcome": ticket.get("status"),
        "priority": ticket.get("priority"),
        "agent": _part(ticket, "assignee").get("name") or ticket.get("assignee_id"),
        "channel": via.get("channel"),
        "tags": ", ".join(map(str, ticket.get("tags") or ())),
        "customer_id": requester.get("id") or ticket.get("requester_id"),
        "name": requester.get("name"),
        "email": requester.get("email"),
        "phone": requester.get("phone"),
        "company": _part(ticket, "organization").get("name"),
        "satisfaction": _part(ticket, "satisfaction_rating").get("score"),
    }
    return {name: "" if value is None else str(value) for name, value in told.items()}


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = told.get(name)
    return part if isinstance(part, Mapping) else {}


COLUMNS = {
    "ticket_id": ("Id", "Ticket ID"),
    "ts": ("Created at", "Ticket created - Timestamp", "Ticket created - Date", "Requested"),
    "solved_at": ("Solved at", "Ticket solved - Timestamp", "Ticket solved - Date"),
    "reply_minutes": ("First reply time in minutes", "First reply time (min)"),
    "subject": ("Subject", "Ticket subject"),
    "outcome": ("Status", "Ticket status"),
    "priority": ("Priority", "Ticket priority"),
    "agent": ("Assignee", "Assignee name"),
    "channel": ("Via", "Ticket channel"),
    "tags": ("Tags", "Ticket tags"),
    "customer_id": ("Requester id", "Requester ID"),
    "name": ("Requester", "Requester name"),
    "email": ("Requester email",),
    "company": ("Organization", "Requester organization name", "Ticket organization name"),
}

SAID = ("Description", "Ticket description", "Comment", "Latest comment")

ZENDESK = Source(
    NAME,
    "Zendesk",
    "زنديسك",
    "A view → Export as CSV; Admin Center → Account → Reports → Export; or a report of Explore.",
    (
        Export("tickets", ("Summation column", "Id", "Requester", "Status"), COLUMNS, unread=SAID),
        Export("tickets", ("Id", "Requester", "Requester email", "Ticket type"), COLUMNS, unread=SAID),
        Export("tickets", ("Ticket ID", "Ticket created - Timestamp"), COLUMNS, unread=SAID),
        Export("tickets", ("Ticket ID", "Ticket created - Date"), COLUMNS, unread=SAID),
    ),
    opens=opens,
    sample="""Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Solved at,Satisfaction Score,Replies,First reply time in minutes
1,71,سارة الحربي,9001,,sara@example.com,example.com,سارة الحربي,Huda,Support,تأخر الطلب,late,Solved,High,Mail,Question,2025-03-25 10:00,2025-03-25 11:30,2025-03-25 11:30,Good,2,12
1,72,Noura,9002,,noura@example.com,example.com,Noura,,Support,Refund,,Open,Normal,Web form,Question,2025-03-26 09:00,2025-03-26 09:00,,Unoffered,0,
""",
)
