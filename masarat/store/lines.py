"""Lines of the journal into the store, whole; and which event ids it holds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from clickhouse_connect.driver.exceptions import ClickHouseError
from numpy.typing import NDArray

from masarat.errors import BadData
from masarat.events import hash_of
from masarat.store.store import Store, clause, literal

# The columns that a line of the journal may carry (`events.Move`), as the engine reads them.
TEXTS = (
    "event_id", "name", "source", "visitor_id", "session_id", "channel", "url", "referrer", "utm_source", "utm_medium",
    "utm_campaign", "device", "country", "city", "order_id", "currency", "coupon", "payment", "branch",
)  # fmt: skip
TYPES: dict[str, str] = {
    **dict.fromkeys(TEXTS, "String"),
    **dict.fromkeys(("ts", "received_at"), "DateTime64(3, 'UTC')"),
    **dict.fromkeys(("revenue", "discount", "tax", "shipping"), "Decimal(18, 4)"),
    **dict.fromkeys(("identifiers", "product_ids", "product_names", "product_categories"), "Array(String)"),
    **dict.fromkeys(("product_quantities", "product_revenues"), "Array(Decimal(18, 4))"),
    "props": "JSON(max_dynamic_paths = 64)",
}
STRUCTURE = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())

# The engine says with these that the data will never do, however often it is given: bad numbers, dates, JSON, text.
AT_ROW = "(at row "
POISON = {6, 26, 27, 38, 41, 53, 69, 70, 72, 117, 131, 407, 467, 544}
MOST_IDS = 5_000  # of one question for known ids: a server takes a megabyte of bound values


def insert_lines(store: Store, path: Path, *, token: str) -> None:
    """Add the events of a file of JSON lines. The same token given again adds nothing.

    Raises BadData where the engine will never take one of the lines; nothing of the file is in then.
    """
    columns = ", ".join(TYPES)
    settings = {
        "insert_deduplication_token": token,
        "max_partitions_per_insert_block": 0,
        "min_insert_block_size_rows": 10_000_000,  # a segment is one block: all of it or nothing of it
        "min_insert_block_size_bytes": 0,
        "max_insert_threads": 1,
        "input_format_skip_unknown_fields": 1,
        "type_json_skip_duplicated_paths": 1,
    }
    try:
        if store.embedded:
            with store.memory.writing():
                store.client.command(
                    f"INSERT INTO events ({columns}) SELECT {columns} FROM file({literal(path)}, JSONEachRow, {literal(STRUCTURE)})"
                    f" SETTINGS deduplicate_insert_select = 'force_enable', max_threads = 1, {clause(settings)}"
                )
        else:
            with path.open("rb") as file:
                store.client.raw_insert(
                    "events", list(TYPES), insert_block=file, fmt="JSONEachRow", settings=settings
                )
    except ClickHouseError as error:
        if getattr(error, "code", None) in POISON or AT_ROW in str(error):
            raise BadData(
                f"The store cannot take it: {str(error).splitlines()[0][:300]}", "Repair the event."
            ) from error
        raise


def insert_text(store: Store, lines: bytes, *, token: str) -> None:
    """The same for lines that are in no file yet."""
    with tempfile.NamedTemporaryFile(dir=store.settings.data, suffix=".jsonl") as file:
        Path(file.name).write_bytes(lines)
        insert_lines(store, Path(file.name), token=token)


def known_ids(store: Store, ids: Sequence[str], visitors: Sequence[str] = ()) -> set[str]:
    """Those of the ids that are in the store.

    `visitors` are whom they came from, where most are known to be repeats: what is sent again comes from the same visitor, and the store
    is ordered by them. Only those that are not found so are looked for everywhere, which reads all ids there are.
    """
    found: set[str] = set()
    for start in range(0, len(ids), MOST_IDS):
        some = ids[start : start + MOST_IDS]
        customers = {hash_of(one) if one else 0 for one in visitors[start : start + MOST_IDS]}
        if customers:
            theirs = "customer_id IN {customers:Array(UInt64)}"
            found |= _known(store, some, theirs, customers=sorted(customers))
        if left := [one for one in some if one not in found]:
            found |= _known(store, left)
    return found


def _known(store: Store, ids: Sequence[str], where: str = "1", **values: object) -> set[str]:
    rows = store.select(
        f"SELECT DISTINCT event_id FROM events WHERE {where} AND event_id IN {{ids:Array(String)}}",
        {"ids": list(ids), **values},
    )
    return {row["event_id"] for row in rows}


def ids_received(store: Store, since: date) -> Iterator[tuple[date, NDArray[np.uint64]]]:
    """The hashes of the ids of live events that arrived since a day (UTC), day by day."""
    days = store.select(
        "SELECT DISTINCT toDate(received_at) AS day FROM events WHERE day >= {since:Date} AND import_id = '' ORDER BY day",
        {"since": since},
    )
    for row in days:
        frame = store.frame(
            "SELECT xxHash64(event_id) AS id FROM events WHERE toDate(received_at) = {day:Date} AND import_id = ''",
            row,
        )
        yield row["day"], frame["id"].to_numpy()
