"""The customers who will bring the most yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Found
from masarat.analyse.customer_value_words import WORDS
from masarat.analyse.frame import Frame
from masarat.analyse.lifetime_net import Netted
from masarat.analyse.lifetime_value import (
    CUSTOMERS,
    FEWEST,
    FEWEST_AGAIN,
    cells,
    cut,
    foretold,
    of_rows,
)
from masarat.analyse.people import WHO, once, who
from masarat.analyse.period import Compare
from masarat.store import Query, Row

MOST = 10_000  # customers who are judged one by one
POINTS = 100  # of the curve
FIFTH = 0.2


class CustomerValue(Netted):
    """Which customers will bring the most within `horizon` days, how likely each is a customer still, and how few the future hangs on.

    For whoever gives time, samples and good terms to the customers who are worth it. The forecast is that of `lifetime_value`: purchases by
    BG/NBD or MBG/NBD, whichever foretold the last months better, times the value of a purchase by Gamma–Gamma, each customer between their own mean
    and that of all; `margin`, `net` and `discount_rate` work as there: the share that counts of what is to come is that of all customers so far. Of a customer it is an expectation: most will bring nothing or more, so take it
    to rank customers, not as a promise of each. The curve lines all customers up by what is expected of them, the best first.

    Listed are identified customers with a completed order up to the last day of the period, by what they will bring. Of more than 10,000
    those who brought most so far are judged one by one; curve and sums are of all.
    """

    horizon: int = Field(365, ge=30, le=1825, description="Days ahead that are foretold.")
    discount_rate: float = Field(
        0, ge=0, le=100, description="Percent a year by which money to come is worth less."
    )
    limit: int = Field(100, ge=1, le=MOST, description="How many customers to list.")
    compare: Compare = Field("none", description="Nothing is compared.")

    view = "curve"
    columns = (
        Column("rank", "count"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("expected", "money"),
        Column("brought", "money"),
        Column("value", "money"),
        Column("alive", "percent"),
        Column("purchases", "number"),
        Column("bought", "count"),
        Column("last_order", "date"),
    )
    numbers = (
        Column("customers", "count"),
        Column("expected", "money"),
        Column("alive", "number"),
        Column("top_20", "percent"),
        Column("brought", "money"),
    )
    picture = (Column("share_of_customers", "percent"), Column("share", "percent"))
    sample = "customers"
    words = WORDS

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "sales": replace(frame, breakdown="").sales(history=True),
                **self.customers_steps(frame, CUSTOMERS.format(part="''")),
                "cells": cells(frame),
                "best": "SELECT * FROM customers ORDER BY brought DESC, customer_id LIMIT {most:UInt32}",
                "listed": once("best", "customer_id", "bought", "first", "last", "brought", "kept"),
                **who("listed"),
                "rows": f"""
SELECT customer, name, bought, first, last, toFloat64(brought) AS brought, toFloat64(kept) AS kept
FROM listed {WHO} ORDER BY brought DESC, customer_id""",
            },
            values=self.net_values(frame)
            | {"last_day": frame.period.last, "cut": cut(frame, self.horizon), "most": MOST},
            rows="rows",
            picture="cells",
            totals=self.left,
            customers="best",
        )

    def interpret(self, found: Found) -> Found:
        rows, all_cells = found.rows, found.picture
        own = [row for row in all_cells if row["kind"] == "cell"]
        customers, shares = sum(row["customers"] for row in own), self.shares(own)
        found.totals = {
            "customers": customers,
            "left": found.totals,
            "share_to_come": None,
            "brought": shares.so_far * sum(row["net"] for row in own),
            "expected": None, "alive": None, "top_20": None,
        }  # fmt: skip
        found.rows, found.picture = [], []
        told = foretold(all_cells, found.frame, self.horizon, self.discount_rate) if rows else None
        if told is None:  # what they brought is known all the same
            found.rows = [
                {
                    "rank": place, "customer": row["customer"], "name": row["name"], "expected": None, "brought": shares.so_far * row["kept"],
                    "value": None, "alive": None, "purchases": None, "bought": row["bought"], "last_order": row["last"],
                }
                for place, row in enumerate(rows[: self.limit], 1)
            ]  # fmt: skip
            return found
        many = np.array([row["customers"] for row in own], dtype=float)
        curve = _curve(many, told.money)
        found.totals |= {
            "share_to_come": shares.to_come,
            "expected": shares.to_come * float(told.money.sum()),
            "alive": float(told.alive.sum()),
            "top_20": float(np.interp(FIFTH, *curve)),
        }
        found.picture = [
            {"share_of_customers": float(at), "share": float(np.interp(at, *curve))}
            for at in np.linspace(0, 1, POINTS + 1)
        ]
        last = found.frame.period.last
        judged = of_rows([_as_cell(row, last) for row in rows])
        money, purchases = shares.to_come * told.brings(judged), told.purchases(judged)
        alive = told.model.alive(judged.x, judged.tx, judged.age)
        for place, best in enumerate(np.lexsort((np.arange(len(rows)), -money))[: self.limit], 1):
            row, brought = rows[best], shares.so_far * rows[best]["kept"]
            found.rows.append(
                {
                    "rank": place,
                    "customer": row["customer"],
                    "name": row["name"],
                    "expected": float(money[best]),
                    "brought": brought,
                    "value": brought + float(money[best]),
                    "alive": float(alive[best]),
                    "purchases": float(purchases[best]),
                    "bought": row["bought"],
                    "last_order": row["last"],
                }
            )
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if totals["expected"] is None:
            return found.say("too-few", customers=totals["customers"], n=FEWEST, again=FEWEST_AGAIN)
        return " ".join(
            [
                found.say(
                    "sentence",
                    customers=totals["customers"],
                    expected=found.money("expected"),
                    days=self.horizon,
                    share=found.percent("top_20"),
                ),
                *(self._first(found) if found.rows else []),
            ]
        )

    def _first(self, found: Found) -> list[str]:
        best = found.rows[0]
        named = best["name"] or best["customer"]
        return [found.say("first", name=found.speaker.text(named), expected=found.money("expected", best))]

    def notes(self, found: Found) -> list[str]:
        on_net = self.notes_on_net(found, found.totals["left"], found.totals["share_to_come"])
        if found.totals["expected"] is None:
            return on_net
        said = [*on_net, found.say("note-each")]
        if found.totals["customers"] > MOST:
            said.append(found.say("note-most", n=found.speaker.count(MOST)))
        return said


def _as_cell(row: Row, last: Any) -> Row:
    """A customer as a cell of one."""
    return {
        "x": row["bought"] - 1,
        "tx": (row["last"] - row["first"]).days,
        "age": (last - row["first"]).days,
        "customers": 1,
        "value": max(row["brought"], 0.0) / row["bought"],
        "after": 0,
    }


def _curve(many: Any, money: Any) -> tuple[Any, Any]:
    """Shares of customers, the best first, and of the money they will bring."""
    order = np.argsort(-money / np.maximum(many, 1e-300), kind="stable")
    people, sums = np.cumsum(many[order]), np.cumsum(money[order])
    return np.append(0.0, people / people[-1]), np.append(0.0, sums / max(float(sums[-1]), 1e-300))


CustomerValue.example = CustomerValue(limit=20)
