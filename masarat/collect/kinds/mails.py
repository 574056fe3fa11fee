"""E-mails of campaigns and what became of them: delivered, opened, clicked, bounced, unsubscribed; a row each."""

from __future__ import annotations

import re

import polars as pl

from masarat.collect.fields import LINKING
from masarat.collect.kinds.base import (
    DATED,
    Kind,
    Need,
    Origin,
    Told,
    events_of,
    has,
    keyed,
    named,
    people_of,
)
from masarat.collect.people import unidentified
from masarat.words.folding import fold

# What happened, by how programs and people call it, whatever else they say; the first that fits.
HAPPENED: tuple[tuple[str, str], ...] = (
    ("Unsubscribed", r"unsub|opt(ed)?[ -]?out|الغ\w* الاشتراك|الغاء اشتراك"),
    ("Email Marked as Spam", r"spam|complain|abuse|مزعج"),
    ("Email Bounced", r"bounce|cleaned|undeliver|not delivered|reject|fail|ارتد|مرتد|لم تصل"),
    ("Email Link Clicked", r"click|نقر|ضغط"),
    ("Email Opened", r"open|read|view|فتح|قرا"),
    ("Email Delivered", r"deliver|sent|send|receiv|ارسل|ارسال|وصل|استلم"),
)


def what_happened(text: str) -> str:
    """The event that a word for it means; the word itself where it means none that we know.

    >>> what_happened("hard_bounce"), what_happened("فتح الرسالة"), what_happened("Deferred")
    ('Email Bounced', 'Email Opened', 'Deferred')
    """
    folded = re.sub("[_-]", " ", fold(text))
    return next((name for name, words in HAPPENED if re.search(words, folded)), text)


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """Every row as what happened to the mail, of whoever it was sent to."""
    names = ["move_id"] if "move_id" in rows.columns else ["event", "ts", *LINKING, "campaign", "page"]
    rows = keyed(named(rows), "mails", origin.source, *names)
    said = rows["event"].fill_null("")
    happened = said.replace_strict(
        {text: what_happened(text) for text in said.unique()}, return_dtype=pl.String
    )
    events = events_of(rows, origin, "", "mailed", columns=_columns(rows), props=_about(rows))
    return Told(events.with_columns(name=happened), people_of(rows, events), unidentified(rows))


def _columns(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    return {"channel": pl.lit("email"), "utm_campaign": has(rows, "campaign").fill_null("")}


def _about(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    return {
        "campaign": has(rows, "campaign"),
        "subject": has(rows, "subject"),
        "href": has(rows, "page"),
        "reason": has(rows, "outcome"),
    }


MAILS = Kind(
    "mails",
    "e-mails that were sent, opened, clicked or came back, a row each",
    (
        *("event", "ts", "time", "campaign", "subject", "page", "outcome", "move_id", "customer_id", "email"),
        *(
            "phone",
            "name",
            "first_name",
            "last_name",
            "city",
            "country",
            "gender",
            "birthday",
            "company",
            "language",
            "tags",
        ),
    ),
    (
        DATED,
        Need(("event",), "no column that says what happened", "Say which one does: --map event=COLUMN."),
        Need(LINKING, "no column with e-mail addresses", "Say which one holds them: --map email=COLUMN."),
    ),
    _read,
    each=Need(LINKING, "The row names nobody.", "Fill in the e-mail address."),
    telling=("campaign",),
)
