"""Conversations in writing: WhatsApp, live chat, messages of a network; a row each, with when we replied and when it ended."""

from __future__ import annotations

import polars as pl

from masarat.collect.kinds.base import DATED, Kind, Need, Origin, Told, events_of, has, keyed, people_of
from masarat.collect.kinds.tickets import minutes, reply_minutes
from masarat.collect.people import unidentified


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """`Live Chat Conversation Started` and `Live Chat Conversation Ended`, with the minutes to the first reply and to the end."""
    rows = keyed(
        rows,
        "conversations",
        origin.source,
        "ticket_id",
        *([] if "ticket_id" in rows.columns else ["ts", "phone", "name"]),
    )
    started = events_of(rows, origin, "Live Chat Conversation Started", "started", props=_about(rows))
    ended = rows.filter(pl.col("solved_at").is_not_null()) if "solved_at" in rows.columns else rows.clear()
    over = events_of(
        ended,
        origin,
        "Live Chat Conversation Ended",
        "ended",
        ts=pl.col("solved_at") if "solved_at" in rows.columns else None,
        props={
            **_about(rows),
            "messages": has(rows, "messages", None).cast(pl.Float64),
            "minutes": minutes(rows, "solved_at"),
            "reply_minutes": reply_minutes(rows),
        },
    )
    return Told(pl.concat([started, over]), people_of(rows, started), unidentified(rows))


def _about(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    return {
        "ticket_id": has(rows, "ticket_id"),
        "topic": has(rows, "subject"),
        "by": has(rows, "channel"),
        "agent": has(rows, "agent"),
        "status": has(rows, "outcome"),
        "tags": has(rows, "tags"),
    }


CONVERSATIONS = Kind(
    "conversations",
    "chats, a row each",
    (
        *("ticket_id", "ts", "time", "replied_at", "reply_minutes", "solved_at", "messages", "channel", "agent"),
        *("subject", "outcome", "tags", "customer_id", "name", "email", "phone"),
    ),
    (
        DATED,
        Need(("messages", "replied_at", "solved_at"), "no column with messages or replies", "Say which one holds them: --map messages=COLUMN."),
    ),
    _read,
    each=Need(("ts",), "The row has no time.", "Fill in when it began."),
    telling=("messages",),
)  # fmt: skip
