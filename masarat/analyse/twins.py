"""Sales that several sources tell: which is which, found once after every import, so that every question counts each once.

An invoice is the same sale as an order of the shop or the till where they meet as in `reconcile`: by number, else by customer, amount and
day. A till's order is the same as one of the shop where their numbers and amounts are the same within two days: a customer and an amount
alone do not tell here, since people buy the same again. The shop's order stands for the sale, with its time, its customer, its products;
what it came to is what the books say. Everything else that tells it is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

import polars as pl

from masarat.analyse.meeting import by_number, meeting
from masarat.analyse.two_sides import BOOKS, both_sides
from masarat.store import Query, Store
from masarat.store.identities import MICROS, look_up_anew

TILLS = ("foodics",)
DAYS, TOLERANCE = 2, 1.0  # as in reconcile
EVER = {"from": -2_208_988_800_000, "until": 10_413_792_000_000}  # milliseconds: all that the log may hold

# The number of what tells a sale; SQL over events.
TELLING = "cityHash64(events.source, events.name, events.order_id, events.ts)"
_PAID = f"dictGetOrDefault('twins', 'revenue', {TELLING}, events.revenue)"
_SHARE = f"toFloat64({_PAID}) / toFloat64(events.revenue)"
_LINES = f"arrayMap(line -> toDecimal64(toFloat64(line) * {_SHARE}, 4), events.product_revenues)"

# For Frame.sales(): what a sale came to, its lines in proportion, and the condition that it stands.
SOLD_ONCE = (
    _PAID,
    f"if(events.revenue IN (0, {_PAID}), events.product_revenues, {_LINES})",
    f" AND NOT dictGetOrDefault('twins', 'left_out', {TELLING}, 0)",
)

_MONEY = pl.Decimal(18, 4)
_ROWS = pl.Schema({"telling": pl.UInt64(), "left_out": pl.UInt8(), "revenue": _MONEY})
_PAIRS = pl.Schema({"one": pl.String(), "other": pl.String()})
_NOBODY = pl.DataFrame(schema=_PAIRS)
_MET: WeakKeyDictionary[Store, tuple[Any, ...]] = WeakKeyDictionary()  # as it was when they last met


def are_told_twice(store: Store) -> bool:
    """Whether there are such sales."""
    return bool(store.select("SELECT 1 FROM told_twice FINAL WHERE gone = 0 LIMIT 1"))


def meet(store: Store, books: Collection[str] = BOOKS) -> int:
    """Find the sales that several sources tell, anew; the same events give the same ones. How many tellings changed.

    `books` are the sources that are accounting programs. Where neither sales nor who is who changed since the last time, nothing is done.
    """
    named = sorted(name.lower() for name in books)
    state = _state(store, named)
    if _MET.get(store) == state:
        return 0
    found = _found(store, named)
    stood = store.frame("SELECT telling, left_out, revenue FROM told_twice FINAL WHERE gone = 0")
    new = found.join(stood, on=list(_ROWS), how="anti")
    gone = stood.join(found, on="telling", how="anti")
    changes = pl.concat([new.with_columns(gone=0), gone.with_columns(gone=1)])
    if changes.height:
        store.insert("told_twice", changes.with_columns(pl.lit(datetime.now(UTC)).cast(MICROS).alias("at")))
        look_up_anew(store, "twins")
    _MET[store] = state
    return changes.height


def _state(store: Store, books: list[str]) -> tuple[Any, ...]:
    """What an answer rests on, as cheaply as it can be told apart: sales are only added, which moves the last time, or deleted."""
    sales = "SELECT count() AS sales, max(received_at) AS last FROM events WHERE name IN ('Order Completed', 'Order Refunded')"
    owners = "SELECT count() AS owners, max(at) AS since FROM identity_overrides"
    return (books, *store.select(sales), *store.select(owners))


def _found(store: Store, named: list[str]) -> pl.DataFrame:
    of_books: list[pl.DataFrame] = []
    of_tills: list[pl.DataFrame] = []
    for currency, has_books, has_tills in _currencies(store, named):
        of_books += [_of_books(store, currency, named)] if has_books else []
        of_tills += [_of_tills(store, currency, named)] if has_tills else []
    if not of_books and not of_tills:
        return pl.DataFrame(schema=_ROWS)
    return _tellings(store, pl.concat([_NOBODY, *of_books]), pl.concat([_NOBODY, *of_tills]))


def _currencies(store: Store, books: list[str]) -> Iterator[tuple[str, bool, bool]]:
    """The currencies of sales, each with whether the books tell some that another source may tell, and whether a till does."""
    rows = store.select(
        """
        SELECT currency, countIf(side = 0) > 0 AS of_books, countIf(side = 1) > 0 AS of_tills, countIf(side = 2) > 0 AS of_shops FROM (
            SELECT currency, multiIf(lower(source) IN {books:Array(String)}, 0, lower(source) IN {tills:Array(String)}, 1, 2) AS side
            FROM events WHERE name IN ('Order Completed', 'Order Refunded') GROUP BY currency, side
        ) GROUP BY currency ORDER BY currency""",
        {"books": books, "tills": list(TILLS)},
    )
    for row in rows:
        others = row["of_tills"] or row["of_shops"]
        yield row["currency"], bool(row["of_books"] and others), bool(row["of_tills"] and row["of_shops"])


def _of_books(store: Store, currency: str, books: list[str]) -> pl.DataFrame:
    """By event ids: orders (one), and what the books tell of them (other)."""
    steps = {"orders": both_sides(""), **meeting("orders", "{days:Int32}")}
    return _met(store, steps, _values(store, currency) | {"books": books})


def _of_tills(store: Store, currency: str, books: list[str]) -> pl.DataFrame:
    """By event ids: orders of shops, and what a till tells of them."""
    others = " AND lower(source) NOT IN {others:Array(String)}"
    steps = {"orders": both_sides(others), **by_number("orders", "{days:Int32}", same=True)}
    return _met(store, steps, _values(store, currency) | {"books": list(TILLS), "others": books})


def _values(store: Store, currency: str) -> dict[str, Any]:
    timezone = store.settings.timezone
    return {**EVER, "currency": currency, "timezone": timezone, "days": DAYS, "tolerance": TOLERANCE}


def _met(store: Store, steps: Mapping[str, str], values: Mapping[str, Any]) -> pl.DataFrame:
    last = list(steps)[-1]
    found = f"SELECT pair.shop.id AS one, pair.books.id AS other FROM {last} WHERE pair.met != ''"
    return store.frame(Query(steps={**steps, "found": found}).sql(), values).cast(_PAIRS)


def _tellings(store: Store, of_books: pl.DataFrame, of_tills: pl.DataFrame) -> pl.DataFrame:
    """What is left out, and what stands with the money of the books. Tellings that have one number are nobody's twins."""
    sales = store.frame(
        f"""
        SELECT event_id, {TELLING} AS telling, revenue, shipping FROM events
        WHERE name IN ('Order Completed', 'Order Refunded')"""
    ).filter(pl.col("telling").is_unique())
    known = sales.select("event_id")
    books, tills = (_among(pairs, known) for pairs in (of_books, of_tills))
    through = tills.join(books, left_on="other", right_on="one").select("one", other="other_right")
    direct = books.join(tills, left_on="one", right_on="other", how="anti")
    stands = pl.concat([direct, through]).unique("one", keep="first", maintain_order=True)
    return pl.concat([_left_out(sales, pl.concat([books, tills])["other"]), _standing(sales, stands)])


def _among(pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    for side in ("one", "other"):
        pairs = pairs.join(known, left_on=side, right_on="event_id", how="semi")
    return pairs


def _left_out(sales: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    found = sales.join(ids.unique().to_frame("event_id"), on="event_id", how="semi")
    return found.select("telling", left_out=pl.lit(1, pl.UInt8), revenue=pl.lit(0).cast(_MONEY))


def _standing(sales: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The order with the money of the books: without delivery, where an invoice has it among its lines."""
    found = pairs.join(sales, left_on="one", right_on="event_id").join(
        sales, left_on="other", right_on="event_id", suffix="_books"
    )
    sold, billed, delivery = pl.col("revenue"), pl.col("revenue_books"), pl.col("shipping")
    holds_delivery = (pl.col("shipping_books") == 0) & (
        (billed - delivery - sold).abs() < (billed - sold).abs()
    )
    revenue = pl.when(holds_delivery).then(billed - delivery).otherwise(billed).cast(_MONEY)
    return found.select("telling", left_out=pl.lit(0, pl.UInt8), revenue=revenue)
