"""What the store holds of one customer, read by the key by which it is sorted: a few granules, however many customers there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC

from masarat.analyse.profile.props import NOTHING, decode
from masarat.events import hash_of
from masarat.models.customer import Move
from masarat.models.reconcile import Said
from masarat.store import Row, Store

# What the products of a move are called: by their names, else by their ids. A source may have told more of the one than of the other.
_LINES = "greatest(length(product_ids), length(product_names))"
TITLES = (
    "arrayMap((id, title) -> if(title = '', id, title),"
    f" arrayResize(product_ids, {_LINES}), arrayResize(product_names, {_LINES}))"
)

# A row of the log as figures and the timeline both read it. Whole properties are read faster than a few of their members.
COLUMNS = f"""event_id, ts, toUnixTimestamp64Milli(ts) AS at_ms, name, source, channel, visitor_id, url, order_id, revenue, currency, discount,
       session_id, device, payment, branch, city, coupon, {TITLES} AS titles, product_categories AS categories,
       product_quantities AS quantities, product_revenues AS amounts, toString(props) AS props"""
ROWS = f"""
SELECT {COLUMNS}
FROM events WHERE customer_id IN {{members:Array(UInt64)}} ORDER BY ts, event_id"""
OF_A_MOVE = ("name", "order_id", "revenue", "currency", "discount", "session_id", "channel", "device", "payment", "branch", "city",
             "coupon", "titles", "categories", "quantities", "amounts")  # fmt: skip
TELLING = ("Products Searched", "Survey Answered", "Product Reviewed")  # moves whose properties figures read

FACTS = """
SELECT trait, value, source, ts AS at, visitor_id AS identifier
FROM traits WHERE customer_id IN {members:Array(UInt64)} AND value != '' ORDER BY trait, ts, source, visitor_id"""


def read_rows(store: Store, members: Sequence[str]) -> list[Row]:
    """Everything the customer with these identifiers did, in the order of time."""
    return store.select(ROWS, _keys(members))


def to_moves(rows: Iterable[Row]) -> list[Move]:
    """Rows as figures read them; times in UTC."""
    return [_move(row) for row in rows]


def _move(row: Row) -> Move:
    told = decode(row["props"]) if row["name"] in TELLING else NOTHING
    return Move(
        ts=row["ts"].replace(tzinfo=UTC),
        **{name: row[name] for name in OF_A_MOVE},
        query=told.query,
        survey=told.survey,
        score=told.score,
        rating=told.rating,
    )


def read_facts(store: Store, members: Sequence[str]) -> dict[str, list[Said]]:
    """Every fact that was told of them, with all that was said of it."""
    found: dict[str, list[Said]] = {}
    for row in store.select(FACTS, _keys(members)):
        trait = row.pop("trait")
        said = Said(**row | {"at": row["at"].replace(tzinfo=UTC)})
        found.setdefault(trait, []).append(said)
    return found


def _keys(members: Sequence[str]) -> dict[str, list[int]]:
    return {"members": [hash_of(member) for member in members]}
