"""Chatwoot: conversations of every inbox with when we first replied (https://developers.chatwoot.com).

The first time all are read, the oldest first; later those that changed within so many seconds, which come in one answer. When one was
resolved is not told: its last message stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from masarat.collect.connectors.api import Api
from masarat.collect.connectors.base import Ask, Asked, Batch, Connector, Page, Stage, staged
from masarat.collect.sources.saved import texts

ADDRESS = "https://app.chatwoot.com"
OVERLAP = timedelta(minutes=10)


def _pages(asked: Asked) -> Iterator[Page]:
    api = asked.open(asked.given["address"], headers={"api_access_token": asked.given["token"]})
    path = f"/api/v1/accounts/{asked.given['account_id']}/conversations"

    def fetch(place: Any, since: str) -> Batch:
        return _conversations(api, path, place, since, asked.now)

    return staged(asked, [Stage("conversations", "conversations", fetch)])


def _conversations(api: Api, path: str, place: Any, since: str, now: datetime) -> Batch:
    params: dict[str, Any] = {"status": "all", "assignee_type": "all", "sort_by": "created_at_asc"}
    if since:
        within = now - datetime.fromisoformat(since) + OVERLAP
        return Batch(None, _rows(api.get(path, **params, updated_within=int(within.total_seconds()))))
    number = int(place or 1)
    rows = _rows(api.get(path, **params, page=number))
    return Batch(number + 1 if rows else None, rows)


def _rows(said: Any) -> list[dict[str, str]]:
    return [_row(item) for item in (said.get("data") or {}).get("payload") or []]


def _row(item: Mapping[str, Any]) -> dict[str, str]:
    about = item.get("meta") or {}
    sender, agent, team = (about.get(name) or {} for name in ("sender", "assignee", "team"))
    last = item.get("last_activity_at") or item.get("timestamp")
    return texts(
        {
            "ticket_id": item.get("id"),
            "ts": _moment(item.get("created_at")),
            "replied_at": _moment(item.get("first_reply_created_at")),
            "solved_at": _moment(last) if item.get("status") == "resolved" else None,
            "channel": str(about.get("channel") or "").removeprefix("Channel::"),
            "agent": agent.get("name"),
            "outcome": item.get("status"),
            "subject": (item.get("additional_attributes") or {}).get("mail_subject"),
            "customer_id": sender.get("id"),
            "name": sender.get("name"),
            "email": sender.get("email"),
            "phone": sender.get("phone_number"),
            "team": team.get("name"),
            "labels": ", ".join(item.get("labels") or []),
            "priority": item.get("priority"),
        }
    )


def _moment(seconds: Any) -> str | None:
    """Seconds since 1970; zero means never."""
    return datetime.fromtimestamp(float(seconds), UTC).isoformat() if seconds else None


CHATWOOT = Connector(
    "chatwoot",
    "Chatwoot",
    "تشات ووت",
    "The access token is in Chatwoot under Profile settings, of an administrator who sees every inbox; the account's number stands in its "
    "address: /app/accounts/NUMBER.",
    (
        Ask("account_id", "Number of the account", "رقم الحساب"),
        Ask("token", "Access token", "رمز الوصول", secret=True),
        Ask("address", "Address of Chatwoot", "عنوان تشات ووت", default=ADDRESS),
    ),
    _pages,
    arabic_about="رمز الوصول في تشات ووت: إعدادات الملف الشخصي، لمدير يرى كل صناديق الوارد؛ ورقم الحساب في عنوانه: ‎/app/accounts/NUMBER‎.",
)
