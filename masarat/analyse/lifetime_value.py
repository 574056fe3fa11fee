"""What customers have brought, and what they will bring yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Found
from masarat.analyse.first_orders import COST_DIMENSIONS
from masarat.analyse.frame import SALES, Frame
from masarat.analyse.lifetime_net import Netted, Shares
from masarat.analyse.lifetime_words import LIFETIME_WORDS
from masarat.analyse.period import Compare
from masarat.models.lifetime.worth import KINDS, Cells, Worth, worth
from masarat.store import Query, Row

MANY_ORDERS = 500_000  # from here on ages are told in whole weeks: there are fewer distinct customers then
FEWEST, FEWEST_AGAIN = 100, 30  # customers, and those who bought again, to tell anything of what is to come
GROUPS = 7  # of repeat purchases in the picture: 0 to 5, and more
WEEK = 7
Model = Literal["best", "bgnbd", "mbgnbd", "pareto"]


class LifetimeValue(Netted):
    """What a customer is worth: what customers brought so far, and what they will bring within `horizon` days, with its uncertainty.

    For whoever decides what winning a customer may cost, and where the good ones come from. The whole history up to the last day of the
    period counts, identified customers with a completed order only. Brought so far is net revenue: refunds are taken off on the day they
    happened. Purchases on one day are one purchase.

    What they will bring is purchases times their value. Purchases follow BG/NBD (Fader, Hardie and Lee 2005) or MBG/NBD (Batislam, Denizel and
    Filiztekin 2007), where customers leave after a purchase, or Pareto/NBD (Schmittlein, Morrison and Colombo 1987), where they leave at any moment:
    all three are fitted on all but the last third of the history (at most `horizon` days), and the one that foretells the purchases since then
    best (by Poisson likelihood) is fitted anew on all of it; `model` asks for one of them. Pareto/NBD, which costs an integral for
    each, is fitted on some thousand kinds of customers, those nearly alike together. The picture shows these purchases beside those that were foretold, by
    how often customers had come back before: whoever doubts the forecast looks there. The value of a purchase follows Gamma–Gamma (Fader and
    Hardie 2013), each customer between their own mean net of refunds and that of all; where too few bought again to tell, it is the mean of all.
    Both suppose that customers go on as they did: no season, no new rival, no campaign. Customers yet to come are not in it.

    The 95 % interval is that of the average: from the uncertainty of the parameters (delta method), and from chance with so many customers. With `margin` only
    that part of revenue counts, so far and to come; with `discount_rate` money to come is worth so much less a year. Cost of winning a customer is what
    advertising cost until the last day divided by all customers won, known by channel and campaign only.

    `net` says which money counts. `revenue`: net of returns, nothing else taken off. `margin`: less VAT and the cost of goods, too. `contribution`: also less
    delivery, payment fees, service and points. Each deduction is that of `profitability` with the same rates, over the whole history; so what
    was brought is what `customer_profit` tells of these customers. Purchases and their value are foretold of revenue as ever; of that money counts
    the share that was left so far of all customers together, since what one costs is too uneven to be foretold one by one. Money to
    come may be below zero then. What has no cost or no rate is left out, and said.
    """

    horizon: int = Field(365, ge=30, le=1825, description="Days ahead that are foretold.")
    by: Literal["channel", "joined", "product", "city", "coupon", "campaign", "branch"] = Field(
        "channel",
        description="Customers by the channel, quarter, product, city, coupon, campaign or branch of their first order.",
    )
    discount_rate: float = Field(
        0, ge=0, le=100, description="Percent a year by which money to come is worth less."
    )
    model: Model = Field(
        "best", description="Which model foretells: best is the one that foretold the last months best."
    )
    limit: int = Field(20, ge=1, le=1000, description="How many groups to list, the largest first.")
    compare: Compare = Field("none", description="Not compared: each group stands beside the others.")

    view = "ranking"
    columns = (
        Column("part", "text"),
        Column("customers", "count"),
        Column("again", "percent"),
        Column("alive", "number"),
        Column("brought", "money"),
        Column("expected", "money"),
        Column("expected_least", "money"),
        Column("expected_most", "money"),
        Column("value", "money"),
        Column("cost", "money"),
        Column("times_cost", "number"),
    )
    numbers = columns[1:]
    picture = (Column("repeats", "text"), Column("foretold", "number"), Column("happened", "number"))
    sample = "customers"
    words = LIFETIME_WORDS

    def query(self, frame: Frame) -> Query:
        part = {"joined": BY_QUARTER, "product": OF_FIRST.format("product_names[1]")}.get(
            self.by, OF_FIRST.format("breakdown")
        )
        whole = replace(frame, breakdown="" if self.by in ("joined", "product") else self.by)
        return Query(
            steps={
                "sales": whole.sales(history=True),
                **self.customers_steps(frame, CUSTOMERS.format(part=part)),
                "cells": cells(frame),
                "spend": f"SELECT {self.by if self.by in COST_DIMENSIONS else repr('')} AS part, toFloat64(sum(amount)) AS spend FROM costs"
                f" WHERE {COSTS} GROUP BY part ORDER BY part",
            },
            values=self.net_values(frame) | {"last_day": frame.period.last, "cut": cut(frame, self.horizon)},
            rows="cells",
            totals=self.left,
            picture="spend",
        )

    def interpret(self, found: Found) -> Found:
        left, rows, spend = found.totals, found.rows, {row["part"]: row["spend"] for row in found.picture}
        cells = [row for row in rows if row["kind"] == "cell"]
        totals = found.totals = {
            "customers": sum(row["customers"] for row in cells),
            "repeaters": sum(row["customers"] for row in cells if row["x"] > 0),
            "oldest": max((row["age"] for row in cells), default=0),
            "spend": sum(spend.values()) if spend else None,
        }
        told = foretold(rows, found.frame, self.horizon, self.discount_rate, self.model)
        shares = self.shares(cells)
        found.rows = self._parts(cells, told, spend, shares)
        found.picture = _calibration(told, [row for row in rows if row["kind"] == "test"]) if told else []
        whole = self._row("", cells, range(len(cells)), told, totals["spend"], shares)
        totals |= {name: whole[name] for name in ("again", "alive", "brought", "expected", "expected_least", "expected_most",
                                                  "value", "cost", "times_cost")}  # fmt: skip
        totals |= {"left": left, "share_to_come": shares.to_come if told else None}
        totals["model"], totals["is_held"] = (told.model, told.is_held) if told else (None, False)
        totals["seen"] = sum(row["happened"] for row in found.picture) if told else 0
        totals["foretold"] = told.foretold if told else 0
        totals["happened"] = told.happened if told else 0
        return found

    def _parts(
        self, cells: Sequence[Row], told: Worth | None, spend: dict[str, float], shares: Shares
    ) -> list[Row]:
        places: dict[str, list[int]] = {}
        for place, row in enumerate(cells):
            places.setdefault(row["part"], []).append(place)
        rows = [
            self._row(
                part, cells, chosen, told, spend.get(part) if self.by in COST_DIMENSIONS else None, shares
            )
            for part, chosen in places.items()
        ]
        rows.sort(key=lambda row: (row["part"],) if self.by == "joined" else (-row["customers"], row["part"]))
        return rows[: self.limit]

    def _row(
        self,
        part: str,
        cells: Sequence[Row],
        chosen: Sequence[int],
        told: Worth | None,
        spend: float | None,
        shares: Shares,
    ) -> Row:
        own = [cells[place] for place in chosen]
        customers = sum(row["customers"] for row in own)
        brought = shares.so_far * sum(row["net"] for row in own) / customers if customers else None
        cost = spend / customers if spend and customers else None
        row: Row = {
            "part": part,
            "customers": customers,
            "again": sum(row["customers"] for row in own if row["x"] > 0) / customers if customers else None,
            "brought": brought,
            "cost": cost,
            "alive": None, "expected": None, "expected_least": None, "expected_most": None, "value": brought, "times_cost": None,
        }  # fmt: skip
        if told and customers and brought is not None:
            sum_of = told.of(np.asarray(chosen, dtype=int))
            expected = shares.to_come * sum_of.money / customers
            reach = abs(shares.to_come) * 1.96 * sum_of.spread / customers
            least = expected - reach
            row |= {
                "alive": sum_of.alive,
                "expected": expected,
                "expected_least": least if expected < 0 else max(0.0, least),
                "expected_most": min(0.0, expected + reach) if expected < 0 else expected + reach,
                "value": brought + expected,
            }
        if cost and row["value"] is not None:
            row["times_cost"] = row["value"] / cost
        return row

    def explain(self, found: Found) -> str:
        totals = found.totals
        if totals["expected"] is None:
            return found.say(
                "too-few",
                customers=totals["customers"],
                brought=found.money("brought"),
                n=FEWEST,
                again=FEWEST_AGAIN,
            )
        sentence = found.say(
            "sentence",
            customers=totals["customers"],
            brought=found.money("brought"),
            expected=found.money("expected"),
            least=found.money("expected_least"),
            most=found.money("expected_most"),
            days=self.horizon,
        )
        best = max(
            (row for row in found.rows if row["customers"] >= FEWEST_AGAIN and row["part"]),
            key=lambda row: row["value"],
            default=None,
        )
        said = [sentence]
        if best and len(found.rows) > 1:
            said.append(found.say("best", part=best["part"], value=found.money("value", best)))
        if totals["times_cost"] is not None:
            said.append(
                found.say(
                    "cost-of-one", cost=found.money("cost"), times=found.speaker.number(totals["times_cost"])
                )
            )
        return " ".join(said)

    def notes(self, found: Found) -> list[str]:
        totals, model = found.totals, found.totals["model"]
        on_net = self.notes_on_net(found, totals["left"], totals["share_to_come"])
        if model is None:
            return on_net
        off = totals["foretold"] / totals["happened"] - 1 if totals["happened"] else None
        said = [
            found.say(
                "note-model",
                model=model.kind,
                chosen=self.model,
                off=found.speaker.percent(off) if off is not None else "none",
            )
        ]
        if model.no_leaving:
            said.append(found.say("note-no-leaving"))
        if off is not None and abs(off) > 0.25:
            said.append(found.say("note-off"))
        if totals["is_held"]:
            said.append(found.say("note-held"))
        if self.horizon > totals["oldest"] + WEEK:
            said.append(found.say("note-far"))
        return on_net + said


def cut(frame: Frame, horizon: int) -> date:
    """The day that parts what is fitted from what is foretold: the last third, at most `horizon` days."""
    first, last = frame.facts.span(SALES) or (frame.period.first, frame.period.last)
    span = (min(last, frame.period.last) - first).days
    return frame.period.last - timedelta(days=max(1, min(horizon, span // 3)))


def foretold(
    rows: Sequence[Row], frame: Frame, horizon: int, discount_rate: float, model: Model = "best"
) -> Worth | None:
    """What the rows of the step `cells` foretell for `horizon` days; None where too few customers, or too few who came back, are known."""
    own = [row for row in rows if row["kind"] == "cell"]
    again = sum(row["customers"] for row in own if row["x"] > 0)
    if sum(row["customers"] for row in own) < FEWEST or again < FEWEST_AGAIN:
        return None
    spent = [row for row in rows if row["kind"] == "spent"]
    return worth(
        of_rows(own),
        of_rows([row for row in rows if row["kind"] == "test"]),
        np.array(
            [[row["x"], row["value"] / row["customers"], row["customers"]] for row in spent], dtype=float
        ).reshape(-1, 3),
        horizon / WEEK,
        (frame.period.last - cut(frame, horizon)).days / WEEK,
        discount_rate / 100,
        KINDS if model == "best" else (model,),
    )


def of_rows(rows: Sequence[Row]) -> Cells:
    """Rows that tell ages in days."""
    column = {
        name: np.array([float(row[name] or 0) for row in rows])
        for name in ("x", "tx", "age", "customers", "value", "after")
    }
    return Cells(
        column["x"],
        column["tx"] / WEEK,
        column["age"] / WEEK,
        column["customers"],
        column["value"],
        column["after"],
    )


def _calibration(told: Worth, tests: Sequence[Row]) -> list[Row]:
    """Purchases of each customer after the cut, foretold and happened, by how often they had come back before."""
    sums: dict[int, list[float]] = {}
    for row, foretold in zip(tests, told.tested, strict=True):
        into = sums.setdefault(min(int(row["x"]), GROUPS - 1), [0.0, 0.0, 0.0])
        into[0] += row["customers"]
        into[1] += foretold
        into[2] += row["after"]
    return [
        {
            "repeats": f"{x}+" if x == GROUPS - 1 else str(x),
            "foretold": foretold / customers,
            "happened": happened / customers,
        }
        for x, (customers, foretold, happened) in sorted(sums.items())
    ]


COSTS = "day <= {last_day:Date} AND currency = {currency:String}"

# By what customers are parted: a text of their first order, or when that was. One number that holds the moment and parts those of one moment is
# compared much faster than a moment and a text.
OF_FIRST = (
    "argMinIf({0}, bitShiftLeft(toUInt128(toUnixTimestamp64Milli(ts)), 64) + xxHash64(event_id), is_order)"
)
BY_QUARTER = "toString(toStartOfQuarter(first))"

# One row a customer: days on which they bought, before the cut and after, and what they brought net. One list of days instead of a first, a last and
# two counts of distinct ones: of ten million customers that takes less than half the processor time where it is spilt to disk, and a quarter less where it is not.
CUSTOMERS = """
SELECT customer_id, arraySort(groupUniqArrayIf(toUInt16(day), is_order)) AS bought_on, length(bought_on) AS bought, sum(net) AS brought,
       toDate(bought_on[1]) AS first, toDate(bought_on[-1]) AS last, arrayCount(one -> one <= toUInt16({{cut:Date}}), bought_on) AS bought_before,
       toDate(if(bought_before > 0, bought_on[bought_before], 0)) AS last_before,
       {part} AS part
FROM sales WHERE customer_id != 0 GROUP BY customer_id HAVING bought > 0"""


def cells(frame: Frame) -> str:
    """The step of the equal customers, over the step `customers`; ages in days, in whole weeks where there are many orders."""
    many = frame.facts.counts.get("Order Completed", 0) > MANY_ORDERS
    unit = "intDiv({days}, 7) * 7" if many else "{days}"
    ages = {
        "tx": "last - first",
        "age": "{last_day:Date} - first",
        "tx_before": "last_before - first",
        "age_before": "{cut:Date} - first",
    }
    return CELLS.format(**{name: unit.format(days=days) for name, days in ages.items()})


# Equal customers once, in one pass: as they are now (by purchases after the first, age at the last one and now, in days), as they were at the cut
# with what they bought afterwards, and by how many purchases they made and what one brought, in steps of a fiftieth of its logarithm. `value`
# sums what one purchase of each brought (what is known of the test has none).
CELLS = """
SELECT multiIf(grouping(own) = 0, 'cell', grouping(own_before) = 0, 'test', 'spent') AS kind, part,
       multiIf(kind = 'cell', own, kind = 'test', own_before, days) AS x, if(kind = 'cell', own_tx, own_tx_before) AS tx,
       if(kind = 'cell', own_age, own_age_before) AS age, count() AS customers, toFloat64(sum(kept)) AS net,
       toFloat64(sum(greatest(brought, 0))) / (x + if(kind = 'spent', 0, 1)) AS value, toInt64(sum(bought - bought_before)) AS after
FROM (
    SELECT part, brought, kept, bought, bought_before, toInt64(bought) AS days, days - 1 AS own, toInt64({tx}) AS own_tx, toInt64({age}) AS own_age,
           toInt64(bought_before) - 1 AS own_before, toInt64({tx_before}) AS own_tx_before, toInt64({age_before}) AS own_age_before,
           if(brought > 0, toInt64(round(50 * ln(greatest(toFloat64(brought), 0.0001) / bought))) + 1000000, -1) AS step
    FROM customers
)
GROUP BY GROUPING SETS ((part, own, own_tx, own_age), (own_before, own_tx_before, own_age_before), (days, step))
HAVING kind = 'cell' OR kind = 'test' AND own_before >= 0 OR kind = 'spent' AND step > 0
ORDER BY kind, part, x, tx, age, step"""

LifetimeValue.example = LifetimeValue(by="channel")
