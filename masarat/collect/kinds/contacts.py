"""Contacts: lists of people from a CRM, a newsletter, a till or a phone, a row each."""

from __future__ import annotations

import polars as pl

from masarat.collect.kinds.base import Kind, Need, Origin, Told, events_of, keyed, named, people_of
from masarat.collect.people import IDENTIFIERS, TOLD_FACTS, visitors
from masarat.events import IDENTIFIED

WHO = "who"


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """Of everybody one `Customer Identified`, with what all their rows say; where two rows differ, the later one is believed."""
    rows = named(rows)
    rows = rows.with_columns(visitors(rows, origin.source).alias(WHO))
    rows = _blank_is_null(rows).group_by(WHO, maintain_order=True).agg(pl.all().drop_nulls().last())
    rows = keyed(rows, "contacts", origin.source, WHO)
    events = events_of(rows, origin, IDENTIFIED, "identified", props=_said(rows))
    return Told(events, people_of(rows, events))


def _blank_is_null(rows: pl.DataFrame) -> pl.DataFrame:
    names = [name for name, dtype in rows.schema.items() if dtype == pl.String and name not in (WHO, "props")]
    return rows.with_columns(pl.when(pl.col(name) != "").then(name).alias(name) for name in names)


def _said(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    """What is told of somebody stands in the event as well, as it does when they identify themselves on a site."""
    return {name: pl.col(name) for name in TOLD_FACTS if name in rows.columns}


CONTACTS = Kind(
    "contacts",
    "people, a row each: name, phone, e-mail, city and what else is known of them",
    (
        *("customer_id", "name", "first_name", "last_name", "email", "phone", "city", "country", "gender"),
        *("birthday", "company", "vat_number", "language", "tags", "ts", "time"),
    ),
    (
        Need(
            ("email", "phone", "customer_id"),
            "no column with phones, e-mails or customer numbers",
            "Say which one holds them: --map phone=COLUMN.",
        ),
    ),
    _read,
    each=Need(IDENTIFIERS, "The row names nobody.", "Fill in a phone, an e-mail or a customer number."),
    telling=("email", "phone", "customer_id"),
)
