"""Zendesk Support: tickets with when they were answered and solved, and whose they are.

The incremental export by cursor (https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/): the
cursor behind the last page is where the next sync goes on, for good. Ten requests a minute; who asks more is told how long to wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from masarat.collect.connectors.base import Ask, Asked, Connector, Page
from masarat.collect.sources.saved import texts

A_PAGE = 1000  # the most there are
BESIDE = "users,metric_sets"
GONE = ("deleted",)


def _pages(asked: Asked) -> Iterator[Page]:
    given = asked.given
    signed: dict[str, Any] = (
        {"auth": (f"{given['email']}/token", given["token"])}
        if given.get("email")
        else {"headers": {"Authorization": f"Bearer {given['token']}"}}
    )
    api = asked.open(given["address"].rstrip("/"), **signed)
    cursor = dict(asked.cursor)
    while True:
        place = {"cursor": cursor["cursor"]} if cursor.get("cursor") else {"start_time": 0}
        said = api.get("/api/v2/incremental/tickets/cursor.json", include=BESIDE, per_page=A_PAGE, **place)
        users = {user["id"]: user for user in said.get("users") or []}
        latest = {one["id"]: one for one in said.get("tickets") or []}  # one that changed twice stands twice
        tickets = [one for one in latest.values() if one.get("status") not in GONE]
        metrics = {one["ticket_id"]: one for one in said.get("metric_sets") or []}
        yield Page(cursor, "contacts", _contacts(tickets, users))
        before, cursor = cursor, {"cursor": said.get("after_cursor") or cursor.get("cursor", "")}
        rows = [_ticket(one, users, one.get("metric_set") or metrics.get(one["id"], {})) for one in tickets]
        yield Page(cursor, "tickets", rows)
        if said.get("end_of_stream", True) or cursor == before:
            return


def _contacts(
    tickets: list[Mapping[str, Any]], users: Mapping[Any, Mapping[str, Any]]
) -> list[dict[str, str]]:
    """Those who asked, as far as they are told; people of ours who did are no customers."""
    askers = dict.fromkeys(ticket.get("requester_id") for ticket in tickets)
    found = [users[asker] for asker in askers if asker in users]
    return [
        texts(
            {
                **_who(user),
                "ts": user.get("created_at"),
                "language": user.get("locale"),
                "tags": ", ".join(user.get("tags") or []),
            }
        )
        for user in found
        if user.get("role", "end-user") == "end-user"
    ]


def _who(user: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "customer_id": user.get("id"),
        "name": user.get("name"),
        "email": user.get("email"),
        "phone": user.get("phone"),
    }


def _ticket(
    ticket: Mapping[str, Any], users: Mapping[Any, Mapping[str, Any]], metrics: Mapping[str, Any]
) -> dict[str, str]:
    asker = users.get(ticket.get("requester_id"), {})
    agent = users.get(ticket.get("assignee_id"), {})
    solved = metrics.get("solved_at") if ticket.get("status") in ("solved", "closed") else None
    row = {
        **_who(asker),
        "customer_id": ticket.get("requester_id"),
        "ticket_id": ticket.get("id"),
        "ts": ticket.get("created_at"),
        "replied_at": _replied(ticket, metrics),
        "solved_at": solved,
        "subject": ticket.get("raw_subject") or ticket.get("subject"),
        "outcome": ticket.get("status"),
        "priority": ticket.get("priority"),
        "agent": agent.get("name") or ticket.get("assignee_id"),
        "channel": (ticket.get("via") or {}).get("channel"),
        "tags": ", ".join(ticket.get("tags") or []),
        "type": ticket.get("type"),
        "satisfaction": (ticket.get("satisfaction_rating") or {}).get("score"),
        "reopens": metrics.get("reopens"),
    }
    return texts(row)


def _replied(ticket: Mapping[str, Any], metrics: Mapping[str, Any]) -> str | None:
    """When we first replied: so many minutes of the calendar after it was opened."""
    minutes = (metrics.get("reply_time_in_minutes") or {}).get("calendar")
    if minutes is None or not ticket.get("created_at"):
        return None
    opened = datetime.fromisoformat(ticket["created_at"])
    return (opened + timedelta(minutes=minutes)).isoformat()


ZENDESK = Connector(
    "zendesk",
    "Zendesk",
    "زنديسك",
    "The API token is in Zendesk under Admin Center → Apps and integrations → APIs; give the e-mail of an administrator with it, or an "
    "OAuth access token without one. The address is that of your help desk: https://COMPANY.zendesk.com.",
    (
        Ask("address", "Address of the help desk", "عنوان مكتب الدعم"),
        Ask("email", "E-mail of an administrator", "بريد أحد المديرين", optional=True),
        Ask("token", "API token, or OAuth access token", "رمز الربط", secret=True),
    ),
    _pages,
    arabic_about="رمز الربط في زنديسك: مركز الإدارة ← التطبيقات والتكاملات ← APIs، ويلزم معه بريد أحد المديرين، أو أعطِ رمز OAuth بلا بريد. والعنوان عنوان مكتبك: https://COMPANY.zendesk.com.",
)
