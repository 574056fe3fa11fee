"""Delivery: from the order to the door and to the money, and where parcels are refused and cash is held."""

from __future__ import annotations

from statistics import median
from typing import Any, Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, Need
from masarat.analyse.delivery_words import DELIVERY_WORDS
from masarat.analyse.folding import folded
from masarat.analyse.frame import Frame
from masarat.analyse.people import OWNER
from masarat.analyse.period import Period
from masarat.analyse.stages import DAY
from masarat.models.customer.spending import ON_DELIVERY
from masarat.models.lifts import lifts
from masarat.models.proportions import CHANCE, interval
from masarat.store import Query, Row

By = Literal["courier", "city", "country", "payment", "branch"]
Paid = Literal["all", "on_delivery", "before"]

AGES = (7, 14, 30)  # days: bounds of the ages of money
HELD = ("held_7", "held_14", "held_30", "held_older")
MORE = 4  # parts named beside the worst
CLEARLY_LATER = 2  # days, from which on slow cash is told
# Words of platforms for an order that the shop confirmed.
CONFIRMED = ("confirmed", "processing", "in_progress", "in progress", "approved", "مؤكد", "تم التاكيد", "قيد التنفيذ", "قيد التجهيز")  # fmt: skip
TOLD = ("Order Completed", "Order Updated", "Order Cancelled", "Order Refunded", "Order Shipped", "Order Delivered", "Delivery Refused",
        "Payment Received")  # fmt: skip
COURIERS = ("courier", "carrier", "shipping_company")  # what programs call it


class Delivery(Analysis):
    """Orders on their way: how many are shipped, delivered, paid for, refused and sent back, how long it takes, and who holds the cash.

    For the owner who sells with payment on delivery, and for whoever deals with couriers. An order counts on the day it was placed, if it was
    placed in the period; what became of it is looked for up to the last day with data, so young orders may still be under way. To be
    delivered are orders without a branch, and all of which a delivery is known or that are paid on delivery. Who is delivered or
    refused was shipped, who is shipped was confirmed. A parcel that was refused and later accepted was delivered. Parts come from the
    order; the courier from what is told of the parcel (`courier`, `carrier` or `shipping_company`).

    Refused is the share of the parcels that reached the door, with its 95 % interval (Wilson 1927). How many times as often a part is refused
    as all others is the relative risk with its interval (Katz 1978); chance is that of Fisher's exact test among all listed parts with 30
    parcels at the door (Benjamini and Hochberg 1995). Only parcels paid on delivery are refused for want of cash, and cities differ in how many
    these are: choose `paid=on_delivery` to compare like with like.

    Money is what the customer hands over: the order's revenue with tax and shipping, in the asked currency. Due is that of delivered orders
    paid on delivery; collected is that of those for which a payment came in (`Payment Received` of the same order), and received what
    came in for them. What is due and not collected is held by couriers, by its age in days since the delivery, up to the last day with data.
    Days are medians. An order is joined by its number and its customer.
    """

    by: By = Field("courier", description="Split by courier, city, country, payment or branch.")
    paid: Paid = Field(
        "all", description="Which orders: all, those to be paid on delivery, or those paid before."
    )
    limit: int = Field(50, ge=1, le=10_000, description="How many parts to list, those of most orders first.")

    view = "steps"
    columns = (
        Column("part", "text"),
        Column("ordered", "count"),
        Column("shipped", "count"),
        Column("delivered", "count"),
        Column("refused", "count"),
        Column("refused_share", "percent"),
        Column("refused_least", "percent"),
        Column("refused_most", "percent"),
        Column("times_others", "number"),
        Column("times_least", "number"),
        Column("times_most", "number"),
        Column("chance", "percent"),
        Column("returned", "count"),
        Column("cancelled", "count"),
        Column("days_to_ship", "days"),
        Column("days_on_road", "days"),
        Column("days_to_cash", "days"),
        Column("due", "money"),
        Column("collected", "money"),
        Column("received", "money"),
        *(Column(name, "money") for name in HELD),
    )
    numbers = (
        Column("ordered", "count"),
        Column("delivered", "count"),
        Column("refused_share", "percent"),
        Column("returned", "count"),
        Column("days_to_door", "days"),
        Column("days_to_cash", "days"),
        Column("due", "money"),
        Column("collected", "money"),
        Column("held", "money"),
        *(Column(name, "money") for name in HELD),
        Column("on_road", "money"),
    )
    picture = (
        Column("step", "text"),
        Column("customers", "count"),
        Column("from_first", "percent"),
        Column("from_previous", "percent"),
        Column("left_before", "count"),
        Column("median", "duration"),
    )
    needs = (Need("Order Completed"), Need("Order Delivered"))
    sample = "ordered"
    words = DELIVERY_WORDS

    def query(self, frame: Frame) -> Query:
        span = frame.facts.span(())
        assert span is not None  # an order has been delivered
        told_until = int(Period(*span).bounds(frame.settings.zone)[1].timestamp() * 1000)
        chosen = {"all": "true", "on_delivery": "is_cash", "before": "NOT is_cash"}[self.paid]
        return Query(
            steps={
                "told": TOLD_OF.format(
                    owner=OWNER, net=frame.net(), like=frame.only(), courier=courier_told()
                ),
                "orders": ORDERS.format(folded=folded("payment")),
                "parcels": PARCELS.format(part=self.by, chosen=chosen),
                "found": FOUND,
            },
            values=frame.values
            | {
                "names": list(TOLD),
                "confirmed": list(CONFIRMED),
                "on_delivery": list(ON_DELIVERY),
                "until": told_until,
                "limit": self.limit,
            },
            rows="found",
        )

    def interpret(self, found: Found) -> Found:
        """The first row counts all; parts are compared with all others, all listed together."""
        whole, *parts = found.rows or [{"ordered": 0}]
        before = found.before_rows[0] if found.before_rows else {"ordered": 0}
        found.rows = [_row(found, row) | compared for row, compared in zip(parts, _compared(whole, parts), strict=True)]  # fmt: skip
        found.totals = _totals(whole) if whole["ordered"] else {}
        found.before = _totals(before) if before["ordered"] else {}
        found.picture = self._steps(found, whole)
        found.before_picture = self._steps(found, before) if found.before else []
        found.before_rows = []
        return found

    def _steps(self, found: Found, row: Row) -> list[Row]:
        """Ordered, confirmed (where it is told), shipped, delivered, paid (where it is told)."""
        if not row["ordered"]:
            return []
        known = found.frame.facts.counts
        steps = [("ordered", row["ordered"], None)]
        if row["confirmed_told"]:
            steps.append(("confirmed", row["confirmed"], None))
        if "Order Shipped" in known:
            steps.append(("shipped", row["shipped"], row["days_to_ship"]))
        steps.append(("delivered", row["delivered"], row["days_on_road"]))
        if "Payment Received" in known or self.paid == "before":
            steps.append(("paid_for", row["paid_for"], row["days_to_cash"]))
        told = []
        for place, (name, count, days) in enumerate(steps):
            before = steps[place - 1][1] if place else None
            told.append(
                {
                    "step": found.say(f"step-{name}"),
                    "customers": count,
                    "from_first": count / row["ordered"],
                    "from_previous": count / before if before else None,
                    "left_before": before - count if before is not None else None,
                    "median": days * 86_400 if days is not None else None,
                }
            )
        return told

    def explain(self, found: Found) -> str:
        totals = found.totals
        least, most = interval(totals["refused"], totals["at_door"]) or (None, None)
        said = [
            found.say(
                "sentence",
                ordered=totals["ordered"],
                delivered=found.speaker.percent(totals["delivered"] / totals["ordered"]),
                door=totals["at_door"],
                refused=found.percent("refused_share"),
                least=found.speaker.percent(least),
                most=found.speaker.percent(most),
            ),
            _often_refused(found),
            self._held(found),
            _slow(found) if self.by == "courier" else "",
        ]
        return " ".join(filter(None, said))

    def _held(self, found: Found) -> str:
        totals = found.totals
        if not totals["due"] or "Payment Received" not in found.frame.facts.counts:
            return ""
        return found.say(
            "cash",
            held=found.money("held"),
            due=found.money("due"),
            older=found.money("held_older"),
            old="yes" if totals["held_older"] else "no",
        )

    def notes(self, found: Found) -> list[str]:
        totals, known = found.totals, found.frame.facts.counts
        notes = []
        if totals["due"] and "Payment Received" not in known:
            notes.append(found.say("note-no-cash"))
        if totals["collected"] and abs(totals["received"] / totals["collected"] - 1) > 0.01:
            notes.append(
                found.say(
                    "note-differs", received=found.money("received"), collected=found.money("collected")
                )
            )
        if under_way := totals["shipped"] - totals["at_door"]:
            notes.append(found.say("note-under-way", n=under_way))
        if not totals["due"] and self.paid != "before":
            notes.append(found.say("note-no-cash-orders"))
        return notes


def courier_told() -> str:
    """The courier as any program calls it."""
    named = ", ".join(f"nullIf(toString(props.{name}), '')" for name in COURIERS)
    return f"coalesce({named}, '')"


def _row(found: Found, row: Row) -> Row:
    least, most = interval(row["refused"], row["at_door"]) or (None, None)
    return {
        **row,
        "part": row["part"] or found.say("not-told"),
        "refused_share": row["refused"] / row["at_door"] if row["at_door"] else None,
        "refused_least": least,
        "refused_most": most,
    }


def _compared(whole: Row, parts: list[Row]) -> list[dict[str, Any]]:
    """How often each part is refused against all others; nothing where either is small."""
    fits = [min(row["at_door"], whole["at_door"] - row["at_door"]) >= SMALL_SAMPLE for row in parts]
    counts = [
        (row["refused"], row["at_door"], whole["refused"] - row["refused"], whole["at_door"] - row["at_door"])
        for row, fit in zip(parts, fits, strict=True)
        if fit
    ]
    tested = iter(lifts(counts))
    found: list[dict[str, Any]] = []
    for fit in fits:
        lift = next(tested) if fit else None
        found.append(
            {
                "times_others": lift.ratio if lift else None,
                "times_least": lift.low if lift else None,
                "times_most": lift.high if lift else None,
                "chance": lift.q if lift else None,
            }
        )
    return found


def _totals(row: Row) -> Row:
    return row | {
        "refused_share": row["refused"] / row["at_door"] if row["at_door"] else None,
        "held": sum(row[name] for name in HELD),
    }


def _often_refused(found: Found) -> str:
    """The parts that are surely refused more often than the others."""
    sure = [
        row
        for row in found.rows
        if row["chance"] is not None and row["chance"] < CHANCE and row["times_others"] > 1
    ]
    if not sure:
        return ""
    worst, *more = sorted(sure, key=lambda row: (-row["times_least"], row["part"]))
    return found.say(
        "often",
        part=found.speaker.text(worst["part"]),
        share=found.percent("refused_share", worst),
        times=found.speaker.number(round(worst["times_others"], 1)),
        least=found.speaker.number(round(worst["times_least"], 1)),
        more=found.speaker.value("list", [row["part"] for row in more[:MORE]]) if more else "none",
    )


def _slow(found: Found) -> str:
    """The courier who hands over cash clearly later than the others."""
    told = [row for row in found.rows if row["days_to_cash"] is not None and row["cash_paid"] >= SMALL_SAMPLE]
    if len(told) < 2:
        return ""
    slowest = max(told, key=lambda row: (row["days_to_cash"], row["part"]))
    others = median(row["days_to_cash"] for row in told if row is not slowest)
    later = slowest["days_to_cash"] - others
    if later < CLEARLY_LATER:
        return ""
    return found.say(
        "slow",
        part=found.speaker.text(slowest["part"]),
        days=found.speaker.number(round(slowest["days_to_cash"], 1)),
        later=found.speaker.number(round(later, 1)),
    )


# Everything told of orders from the period on. A sale is told once, with its money.
TOLD_OF = """
SELECT {owner} AS customer_id, event_id, order_id, name, toUnixTimestamp64Milli(ts) AS at, {net} AS net, tax, shipping, revenue,
       payment, city, country, branch, (true{like}) AS is_like,
       if(name IN ('Order Shipped', 'Order Delivered', 'Delivery Refused', 'Payment Received'), {courier}, '') AS courier,
       name = 'Order Updated' AND lowerUTF8(toString(props.status)) IN {{confirmed:Array(String)}} AS is_confirmed
FROM events
WHERE order_id != '' AND name IN {{names:Array(String)}} AND ts >= fromUnixTimestamp64Milli({{start:Int64}}, 'UTC')
  AND ts < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC')"""

# One row an order placed in the period, with the first moment of each thing that became of it (0: it did not).
ORDERS = """
SELECT customer_id, order_id, minIf(at, is_sold) AS ordered_at,
       sumIf(net + tax + shipping, is_sold) AS worth,
       argMinIf(payment, (at, event_id), is_sold AND payment != '') AS payment, argMinIf(city, (at, event_id), is_sold AND city != '') AS city,
       argMinIf(country, (at, event_id), is_sold AND country != '') AS country, argMinIf(branch, (at, event_id), is_sold AND branch != '') AS branch,
       argMinIf(courier, (at, event_id), courier != '') AS courier, max(is_sold AND is_like) AS is_asked,
       minIf(at, is_confirmed) AS confirmed_at, minIf(at, name = 'Order Shipped') AS shipped_at,
       minIf(at, name = 'Order Delivered') AS delivered_at, minIf(at, name = 'Delivery Refused') AS refused_at,
       minIf(at, name = 'Order Refunded') AS refunded_at, minIf(at, name = 'Order Cancelled') AS cancelled_at,
       minIf(at, name = 'Payment Received' AND revenue > 0) AS paid_at, sumIf(revenue, name = 'Payment Received') AS came_in,
       {folded} AS way, way IN {{on_delivery:Array(String)}} OR multiSearchAny(way, ['on delivery', 'عند الاستلام']) AS is_cash
FROM (SELECT *, name = 'Order Completed' AND net > 0 AS is_sold FROM told)
GROUP BY customer_id, order_id
HAVING ordered_at > 0 AND ordered_at < {{end:Int64}} AND is_asked"""

PARCELS = """
SELECT toString({part}) AS part, is_cash, worth, came_in, ordered_at, shipped_at, delivered_at, paid_at,
       delivered_at > 0 AS is_delivered, refused_at > 0 AND NOT is_delivered AS is_refused,
       shipped_at > 0 OR is_delivered OR is_refused AS is_shipped, confirmed_at > 0 AS told_confirmed, told_confirmed OR is_shipped AS is_confirmed,
       refunded_at > 0 AND is_delivered AS is_returned, cancelled_at > 0 AND NOT is_shipped AS is_cancelled,
       is_cash AND is_delivered AND paid_at > 0 AS is_collected, is_cash AND is_delivered AND paid_at = 0 AS is_held,
       ({{until:Int64}} - delivered_at) / 86400000 AS age
FROM orders WHERE (branch = '' OR is_shipped OR is_cash) AND {chosen}"""

_MEDIAN = f"quantileExactInclusiveIf(0.5)(({{}}) / {DAY}, {{}})"
FOUND = f"""
SELECT part, count() AS ordered, countIf(is_confirmed) AS confirmed, countIf(told_confirmed) AS confirmed_told, countIf(is_shipped) AS shipped,
       countIf(is_delivered) AS delivered, countIf(is_refused) AS refused, delivered + refused AS at_door, countIf(is_returned) AS returned,
       countIf(is_cancelled) AS cancelled, countIf(is_delivered AND (NOT is_cash OR is_collected)) AS paid_for, countIf(is_collected) AS cash_paid,
       {_MEDIAN.format("shipped_at - ordered_at", "shipped_at > 0")} AS days_to_ship,
       {_MEDIAN.format("delivered_at - shipped_at", "shipped_at > 0 AND is_delivered")} AS days_on_road,
       {_MEDIAN.format("delivered_at - ordered_at", "is_delivered")} AS days_to_door,
       {_MEDIAN.format("paid_at - delivered_at", "is_collected")} AS days_to_cash,
       toFloat64(sumIf(worth, is_cash AND is_delivered)) AS due, toFloat64(sumIf(worth, is_collected)) AS collected,
       toFloat64(sumIf(came_in, is_collected)) AS received,
       toFloat64(sumIf(worth, is_held AND age < {AGES[0] + 1})) AS held_7,
       toFloat64(sumIf(worth, is_held AND age >= {AGES[0] + 1} AND age < {AGES[1] + 1})) AS held_14,
       toFloat64(sumIf(worth, is_held AND age >= {AGES[1] + 1} AND age < {AGES[2] + 1})) AS held_30,
       toFloat64(sumIf(worth, is_held AND age >= {AGES[2] + 1})) AS held_older,
       toFloat64(sumIf(worth, is_cash AND is_shipped AND NOT is_delivered AND NOT is_refused)) AS on_road
FROM parcels GROUP BY GROUPING SETS ((part), ())
ORDER BY grouping(part) DESC, ordered DESC, part LIMIT {{limit:UInt32}} + 1"""

Delivery.example = Delivery(by="city")
