"""Any moves: events of another analytics tool or of a program of the shop's own, a row each."""

from __future__ import annotations

import msgspec
import polars as pl
import pyarrow as pa

from masarat.collect.amounts import money, units
from masarat.collect.identity import digest
from masarat.collect.kinds.base import (
    DATED,
    NOBODY,
    Kind,
    Need,
    Origin,
    Told,
    events_of,
    has,
    keyed,
    people_of,
)
from masarat.collect.people import unidentified, visitors
from masarat.errors import BadFile
from masarat.events import COLUMNS as LOG
from masarat.events import MONEY, Move

COLUMNS = (
    "url",
    "referrer",
    "device",
    "country",
    "city",
    "order_id",
    "channel",
    "payment",
    "coupon",
    "branch",
)
_OTHERWISE = ("ts", "source", "received_at", "props")  # columns that do not come from a move as they are
OF_MOVE = [name for name in LOG if name in Move.__struct_fields__ and name not in _OTHERWISE]
OF_ORDER = ("name", "order_id", "revenue", "currency", "product_ids", "product_quantities", "product_revenues")  # fmt: skip
_move = msgspec.json.Decoder(Move)


def _read(rows: pl.DataFrame, origin: Origin) -> Told:
    """Every row as the event it names, of whoever it names: a customer, else a browser."""
    if "move" in rows.columns:
        return _whole(rows, origin)
    names = ["move_id"] if "move_id" in rows.columns else ["event", "ts", "browser_id", "customer_id", "page"]
    rows = keyed(rows, "moves", origin.source, *names)
    given = {
        "url": has(rows, "page").fill_null(""),
        "session_id": has(rows, "visit_id").fill_null(""),
        "currency": has(rows, "currency", origin.currency).fill_null(origin.currency),
        **{name: pl.col(name).fill_null("") for name in COLUMNS if name in rows.columns},
    }
    if "paid" in rows.columns:
        given["revenue"] = money(units(pl.col("paid").fill_null(0.0)))
    events = events_of(rows, origin, "", "moved", columns=given)
    browser = pl.lit(f"{origin.source}:browser:") + has(rows, "browser_id", None)
    who = rows.select(
        visitor_id=pl.coalesce(
            pl.when(visitors(rows, origin.source) != "").then(visitors(rows, origin.source)),
            browser,
            pl.lit(""),
        ),
        name=pl.col("event"),
    )
    events = events.with_columns(who["visitor_id"], who["name"])
    return Told(events, people_of(rows, events), unidentified(rows))


def _whole(rows: pl.DataFrame, origin: Origin) -> Told:
    """Rows that are moves of the door already. Of those with one id the first stands, and a later one that tells of the same goods and
    money is known; all moves of a visit have the channel that it came by.
    """
    try:
        moves = [_move.decode(text) for text in rows["move"]]
    except msgspec.MsgspecError as error:
        raise BadFile(
            f"A cell of the column of moves is none: {error}.", "Leave the field move out."
        ) from None
    told = pl.DataFrame({name: _column(moves, name) for name in OF_MOVE})
    events = told.with_columns(
        event_id=digest(origin.source + "\x1f" + told["event_id"]) + "-moved",
        ts=rows["ts"],
        source=pl.lit(origin.source),
        props=pl.Series([bytes(move.props).decode() for move in moves], dtype=pl.String),
        currency=pl.when((told["currency"] == "") & (told["revenue"] != 0))
        .then(pl.lit(origin.currency))
        .otherwise("currency"),
    )
    events = events.sort("ts", maintain_order=True).unique("event_id", keep="first", maintain_order=True)
    came = pl.col("channel").filter(pl.col("channel") != "").first().over("session_id").fill_null("")
    events = events.with_columns(
        channel=pl.when(pl.col("session_id") != "").then(came).otherwise("channel"),
        revision=events.select(pl.struct(OF_ORDER).struct.json_encode()).to_series().hash(),
    )
    return Told(events, NOBODY, int((events["visitor_id"] == "").sum()))


def _column(moves: list[Move], name: str) -> pl.Series:
    values = [getattr(move, name) for move in moves]
    match LOG[name]:
        case dtype if dtype == MONEY:
            amounts = pl.DataFrame({"n": pl.Series(values, dtype=pl.Float64)})
            return amounts.select(money(units(pl.col("n")))).to_series()
        case dtype if dtype == pl.List(MONEY):
            lists = pl.Series(pa.array(values, pa.list_(pa.float64())))
            return lists.list.eval(money(units(pl.element())))
        case pl.List():
            return pl.Series(pa.array(values, pa.list_(pa.string())))
        case dtype:
            return pl.Series(values, dtype=dtype)


MOVES = Kind(
    "moves",
    "anything that happened, a row each, with its name",
    (
        *(
            "event",
            "ts",
            "time",
            "move_id",
            "browser_id",
            "visit_id",
            "page",
            "referrer",
            "device",
            "country",
        ),
        *("city", "order_id", "paid", "currency", "channel", "payment", "coupon", "branch"),
        *("customer_id", "name", "email", "phone", "move"),
    ),
    (
        DATED,
        Need(("event",), "no column that says what happened", "Say which one does: --map event=COLUMN."),
    ),
    _read,
    each=Need(("event",), "The row does not say what happened.", "Fill in the name of the event."),
    telling=("event",),
)
