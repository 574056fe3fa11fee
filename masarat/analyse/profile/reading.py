"""What the store holds of one customer, read by the key by which it is sorted: a few granules, however many customers there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from masarat.events import hash_of
from masarat.models.customer import Move
from masarat.models.reconcile import Said
from masarat.store import Store

# What the products of a move are called: by their names, else by their ids. A source may have told more of the one than of the other.
_LINES = "greatest(length(product_ids), length(product_names))"
TITLES = (
    "arrayMap((id, title) -> if(title = '', id, title),"
    f" arrayResize(product_ids, {_LINES}), arrayResize(product_names, {_LINES}))"
)

# Every move, the columns that figures are made of; props are asked for the few members that count.
MOVES = f"""
SELECT ts, name, order_id, revenue, currency, discount, session_id, channel, device, payment, branch, city, coupon,
       {TITLES} AS titles,
       product_categories AS categories, product_quantities AS quantities, product_revenues AS amounts,
       ifNull(toString(props.query), '') AS query, ifNull(toString(props.survey), '') AS survey,
       toFloat64OrNull(toString(props.score)) AS score, toFloat64OrNull(toString(props.rating)) AS rating
FROM events WHERE customer_id IN {{members:Array(UInt64)}} ORDER BY ts, event_id"""

FACTS = """
SELECT trait, value, source, ts AS at, visitor_id AS identifier
FROM traits WHERE customer_id IN {members:Array(UInt64)} AND value != '' ORDER BY trait, ts, source, visitor_id"""


def read_moves(store: Store, members: Sequence[str]) -> list[Move]:
    """Everything the customer with these identifiers did, in the order of time; times in UTC."""
    rows = store.select(MOVES, _keys(members))
    return [Move(**row | {"ts": row["ts"].replace(tzinfo=UTC)}) for row in rows]


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
