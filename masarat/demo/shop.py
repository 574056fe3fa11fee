"""The whole sample shop, a month of events at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import polars as pl

from masarat.demo import calendar
from masarat.demo.behaviour import behaviour
from masarat.demo.choice import Choice
from masarat.demo.delivery import deliveries, order_moves, returns
from masarat.demo.orders import Orders, orders
from masarat.demo.outreach import outreach
from masarat.demo.people import people
from masarat.demo.service import service
from masarat.demo.sessions import Visits, visits
from masarat.demo.stock import counts
from masarat.events import COLUMNS


class SampleShop:
    """A shop made from a choice. Who buys what is made at once; the events are made when their month is asked for."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice

    @cached_property
    def people(self) -> pl.DataFrame:
        return people(self.choice)

    @cached_property
    def orders(self) -> Orders:
        return orders(self.choice, self.people)

    @cached_property
    def visits(self) -> Visits:
        return visits(self.choice, self.people, self.orders)

    @cached_property
    def _dealings(self) -> pl.DataFrame:
        """Every event but those of the visits."""
        choice, made = self.choice, self.orders
        sent = deliveries(choice, made)
        back = returns(choice, made, sent)
        parts = [
            *order_moves(choice, made, sent, back),
            *service(choice, self.people, made, sent, back, self.visits),
            *outreach(choice, self.people, made),
            counts(choice, made),
        ]
        together = pl.concat(parts, how="diagonal_relaxed")
        opening = self.months[0][0]  # a question before the very first order was asked at the opening
        return together.with_columns(pl.col("ts").clip(opening)).sort("ts", maintain_order=True)

    @cached_property
    def months(self) -> list[tuple[int, int]]:
        return calendar.months(self.choice.truths)

    def events(self) -> Iterator[pl.DataFrame]:
        """The log, in frames of one month each, ready for `Store.append`."""
        for first, last in self.months:
            dealings = self._dealings.filter(pl.col("ts").is_between(first, last))
            visiting = behaviour(self.choice, self.visits, first, last)
            yield _ready(self.choice, pl.concat([dealings, visiting], how="diagonal_relaxed"))


def _ready(choice: Choice, events: pl.DataFrame) -> pl.DataFrame:
    """Typed as the log wants it, nothing null, nothing later than the shop's last day."""
    whole = events.filter(pl.col("ts") <= calendar.end_of(choice.truths))
    timed = whole.with_columns(
        ts=pl.from_epoch("ts", "ms").dt.replace_time_zone("UTC"), import_id=pl.lit(choice.id)
    )
    return timed.select(_filled(name) for name in COLUMNS if name in timed.columns)


def _filled(name: str) -> pl.Expr:
    """The column as the log wants it; a step that says nothing of it leaves it empty."""
    dtype, column = COLUMNS[name], pl.col(name)
    if dtype == pl.String:
        return column.fill_null("{}" if name == "props" else "")
    empty = pl.lit([], dtype) if isinstance(dtype, pl.List) else pl.lit(0, dtype)
    return column.cast(dtype) if name == "ts" else column.cast(dtype).fill_null(empty)
