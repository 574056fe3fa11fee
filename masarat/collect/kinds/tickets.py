"""Tickets of a help desk: what customers asked or complained of, when we replied, when it was solved."""

from __future__ import annotations

import polars as pl

from masarat.collect.kinds.base import DATED, Kind, Need, Origin, Told, events_of, has, keyed, people_of
from masarat.collect.people import unidentified


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """`Ticket Opened`, and `Ticket Solved` where it was; with the minutes to the first reply and to the solution."""
    rows = keyed(rows, "tickets", origin.source, "ticket_id")
    opened = events_of(rows, origin, "Ticket Opened", "opened", columns=_columns(rows), props=_about(rows))
    ended = rows.filter(pl.col("solved_at").is_not_null()) if "solved_at" in rows.columns else rows.clear()
    solved = events_of(
        ended,
        origin,
        "Ticket Solved",
        "solved",
        ts=pl.col("solved_at") if "solved_at" in rows.columns else None,
        columns=_columns(rows),
        props={
            **_about(rows),
            "minutes": minutes(rows, "solved_at"),
            "reply_minutes": reply_minutes(rows),
        },
    )
    return Told(pl.concat([opened, solved]), people_of(rows, opened), unidentified(rows))


def _columns(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    return {"order_id": has(rows, "order_id").fill_null("")} if "order_id" in rows.columns else {}


def _about(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    return {
        "ticket_id": has(rows, "ticket_id"),
        "topic": has(rows, "subject"),
        "status": has(rows, "outcome"),
        "priority": has(rows, "priority"),
        "agent": has(rows, "agent"),
        "by": has(rows, "channel"),
        "tags": has(rows, "tags"),
        "score": has(rows, "score", None).cast(pl.Float64),
    }


def reply_minutes(rows: pl.DataFrame) -> pl.Expr:
    """Minutes to the first reply: by the clock, or as the table tells them."""
    return pl.coalesce(minutes(rows, "replied_at"), has(rows, "reply_minutes", None).cast(pl.Float64))


def minutes(rows: pl.DataFrame, until: str) -> pl.Expr:
    """Minutes from the beginning to a moment; null where that is not known, or lies before it."""
    if until not in rows.columns:
        return pl.lit(None, pl.Float64)
    found = (pl.col(until) - pl.col("ts")).dt.total_seconds() / 60
    return pl.when(found >= 0).then(found.round(1))


TICKETS = Kind(
    "tickets",
    "tickets of a help desk, a row each",
    (
        *("ticket_id", "ts", "time", "replied_at", "reply_minutes", "solved_at", "subject", "outcome"),
        *("priority", "agent", "channel", "score", "tags", "order_id", "customer_id", "name", "email", "phone", "company"),
    ),
    (
        DATED,
        Need(("ticket_id",), "no column with numbers of tickets", "Say which one holds them: --map ticket_id=COLUMN."),
    ),
    _read,
    each=Need(("ticket_id",), "The row has no ticket number.", "Fill in its number."),
    telling=("ticket_id", "solved_at", "replied_at", "agent", "priority", "subject"),
)  # fmt: skip
