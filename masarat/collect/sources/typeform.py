"""Typeform: the export of responses, a row a response with a column for every question; its times are in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import polars as pl

from masarat.collect.sheets import Remade, Sheet
from masarat.collect.sources.base import Export, Source, each
from masarat.collect.sources.lines import column_of

SENT, STAGED, STARTED = "Submit Date (UTC)", "Stage Date (UTC)", "Start Date (UTC)"


def reshapes(sheet: Sheet) -> Sheet | None:
    """Responses without the network's number, which tells who shares a connection; unfinished ones at the time they got so far."""
    header = sheet.header
    sent, network = column_of(header, SENT), column_of(header, "Network ID")
    earlier = [found for name in (STAGED, STARTED) if (found := column_of(header, name))]
    if not (sent and earlier and network):
        return None
    by = partial(_dated, sent=sent, earlier=earlier, network=network)
    return Remade(sheet.file, [name for name in header if name != network], sheet.rows, of=sheet, by=by)


def _dated(
    batches: Iterator[pl.DataFrame], sent: str, earlier: list[str], network: str
) -> Iterator[pl.DataFrame]:
    for batch in batches:
        times = [pl.when(pl.col(name).cast(pl.String) != "").then(name) for name in (sent, *earlier)]
        yield batch.with_columns(pl.coalesce(times).alias(sent)).drop(network)


TYPEFORM = Source(
    "typeform",
    "Typeform",
    "تايب فورم",
    "Results → Responses → Download in the form.",
    (
        Export(
            "answers",
            (SENT, STARTED),
            {
                "response_id": ("#", "Response ID", "Token"),
                "ts": (SENT,),
                "email": ("email", "Email", "email_address", "Email address", "البريد الإلكتروني"),
                "phone": ("phone", "Phone number", "phone_number", "رقم الجوال"),
                "first_name": ("first_name", "First name", "الاسم الأول"),
                "last_name": ("last_name", "Last name", "اسم العائلة"),
                "customer_id": ("customer_id", "user_id"),
                "order_id": ("order_id", "order"),
            },
            lacks=("time", "survey", "question", "answer", "score"),
        ),
    ),
    arranges=each(reshapes),
    sample="""#,How likely are you to recommend us?,ما مدى رضاك عن التوصيل؟,Anything else?,email,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending
a1f,9,4,سريع جدا وممتاز,sara@example.com,completed,2025-03-25 10:00:00,,2025-03-25 10:02:00,9f8e,,default
b2c,6,2,,,completed,2025-03-25 11:00:00,,2025-03-25 11:03:00,7d6c,,default
""",
)
