"""Profitability: what is left of revenue, by product, channel, branch and whatever else an order tells."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Found
from masarat.analyse.frame import Frame
from masarat.analyse.profit_reading import COSTLY, DEDUCTIONS, Costed, parts_of, reading, summed, sums
from masarat.analyse.profit_words import PROFIT_WORDS, not_known
from masarat.store import Query, Row

By = Literal["product", "category", "channel", "branch", "campaign", "city", "payment", "month"]
Show = Literal["most", "least"]
DRAWN = 12  # bars that a picture holds


class Profitability(Costed):
    """What is left of revenue once everything is paid that it takes, by product, category, channel, branch, campaign, city, payment or month.

    For the owner who sells much and wonders what stays. From the list price down: discounts, what was refused at the door, what was sent back, VAT
    where it is in the price, cost of goods, delivery, payment fees, service, points; what is left is the contribution of sales, before rent,
    wages and advertising. Each deduction stands where it happened: money given back on its day, with its own lines.

    - Discounts are what orders tell; revenue is without them, and without VAT that is told. `vat_percent` takes off VAT that is in the prices of
      orders which tell none; a refund follows its order where both are in the period, else it brings no VAT back.
    - Refused is what was given back of orders refused at the door (`Delivery Refused`), sent back everything else that was given back.
    - Cost of goods: units by the newest cost that a product sheet tells, in the asked currency; what came back is taken off again. Past costs are
      not known, so changes of cost are not. Of goods sent back `resold` can be sold again; those refused at the door all can.
    - Delivery: `parcel_cost` for each parcel (`Order Shipped`, or orders without a branch where nobody tells that), once more where it came
      back, minus what customers paid for it. Without `parcel_cost` neither counts.
    - Payment fees: `payment_fees` of revenue, tax and delivery of each order; fees of orders sent back are not returned, refused ones have none.
    - Service: minutes of tickets (from opened to solved, as help desks tell it) and of calls, times `minute_cost`; points: `point_value`
      of each point spent. Leave that out where your program takes points off as a discount.

    What has no rate and what has no cost is left out, never taken as nothing: the answer says which, and for which part of revenue. A margin (profit of net
    revenue) is given where the cost of more than half of the revenue is known. By product and category what is of a whole order is shared out by what its
    lines come to; what names no product stands apart. Service of orders from before the period stands with what its own event tells.
    """

    by: By = Field(
        "product",
        description="Split by product, category, channel, branch, campaign, city, payment or month.",
    )
    show: Show = Field(
        "most",
        description="Which first: what brings most, or what brings least or loses. Months stand in order.",
    )
    limit: int = Field(50, ge=1, le=10_000, description="How many parts to list.")

    view = "ranking"
    columns = (
        Column("part", "text"),
        Column("orders", "count"),
        Column("gross", "money"),
        Column("discounts", "money"),
        *(Column(name, "money") for name in DEDUCTIONS),
        Column("profit", "money"),
        Column("margin", "percent"),
        Column("cost_known", "percent"),
    )
    numbers = (
        Column("listed", "money"),
        Column("discounts", "money"),
        Column("gross", "money"),
        *(Column(name, "money") for name in DEDUCTIONS),
        Column("profit", "money"),
        Column("margin", "percent"),
        Column("cost_known", "percent"),
    )
    picture = (Column("part", "text"), Column("profit", "money"))
    sample = "entries"
    words = PROFIT_WORDS

    def query(self, frame: Frame) -> Query:
        named = self.by == "product"
        title = "argMaxIf(if({language:String} = 'ar' AND name_ar != '', name_ar, name), (ts, source), name != '')"
        order = (
            "part" if self.by == "month" else f"profit_sum {'DESC' if self.show == 'most' else 'ASC'}, part"
        )
        return Query(
            steps={
                **reading(frame, self.by),
                "summed": f"""
SELECT toString(part) AS part, {"max(title)" if named else "''"} AS title, grouping(part) AS whole, {sums()}
FROM {parts_of(self.by)} GROUP BY GROUPING SETS ((part), ())
HAVING whole OR gross_sum != 0 OR returned_sum != 0 OR refused_sum != 0 OR cost_sum != 0 OR profit_sum != 0""",
                "titles": f"SELECT product_id, {title} AS known_as FROM products GROUP BY product_id",
                "found": f"""
SELECT *, count() OVER () - 1 AS parts FROM (
    SELECT *, {"if(known_as != '', known_as, title)" if named else "''"} AS name FROM summed
    {"LEFT JOIN titles ON titles.product_id = summed.part" if named else ""}
)
ORDER BY whole DESC, {order} LIMIT {{limit:UInt32}} + 1""",
            },
            values=frame.values
            | self.rates()
            | {"costly": list(COSTLY), "limit": self.limit, "language": frame.language},
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """The first row is the whole."""
        whole, *parts = [self._row(found, row) for row in found.rows]
        found.rows, found.totals = parts, whole
        found.picture = parts[-DRAWN:] if self.by == "month" else parts[:DRAWN]
        found.before = self._row(found, found.before_rows[0]) if found.before_rows else {}
        found.before_rows = []
        return found

    def _row(self, found: Found, row: Row) -> Row:
        part = str(row["name"] or row["part"])
        if self.by == "month" and part:
            part = found.speaker.month(date.fromisoformat(part))
        return self.known(summed(row)) | {"part": part or found.say("not-told"), "is_told": part != ""}

    def explain(self, found: Found) -> str:
        totals = found.totals
        if totals["cost"] is None:
            return found.say("no-cost", gross=found.money("gross"), net=found.money("net"))
        margin = totals["margin"]
        said = found.say(
            "sentence",
            gross=found.money("gross"),
            profit=found.money("profit"),
            margin="none" if margin is None else found.percent("margin"),
            change=found.change_words("profit") or "none",
        )
        return " ".join([said, *self._parts(found)])

    def _parts(self, found: Found) -> list[str]:
        """The part that leaves most, the one of which least stays, and those that lose."""
        said: list[str] = []
        rows = [row for row in found.rows if row["is_told"]]
        if len(rows) < 2:
            return said
        best = max(rows, key=lambda row: row["profit"])
        if best["profit"] > 0:
            said.append(found.say("best", part=_named(found, best), profit=found.money("profit", best)))
        losing = [row for row in rows if row["profit"] < 0]
        often = [row for row in rows if row["orders"] >= SMALL_SAMPLE and row["margin"] is not None]
        if losing:
            least = min(losing, key=lambda row: row["profit"])
            words = {"part": _named(found, least), "profit": found.money("profit", least)}
            said.append(found.say("losing", n=len(losing), **words))
        elif len(often) > 1:
            least = min(often, key=lambda row: row["margin"])
            said.append(found.say("worst", part=_named(found, least), margin=found.percent("margin", least)))
        return said

    def notes(self, found: Found) -> list[str]:
        small = found.totals["orders"] < SMALL_SAMPLE
        few = [found.say("note-small", n=int(found.totals["orders"]))] if small else []
        return few + not_known(self, found)


def _named(found: Found, row: Row) -> str:
    return found.speaker.text(row["part"])


Profitability.example = Profitability(by="channel")
