"""Delivery: what becomes of parcels, and where the cash of couriers is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import isnan
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, Need
from masarat.analyse.delivery_words import WORDS
from masarat.analyse.frame import Frame
from masarat.models.proportions import interval
from masarat.store import Query, Row

EVENTS = (
    "Order Completed", "Order Refunded", "Order Shipped", "Order Delivered", "Delivery Refused", "Payment Received",
)  # fmt: skip
AT_THE_DOOR = ("cash on delivery", "cash_on_delivery", "cash-on-delivery", "عند الاستلام", "عند التسليم")
PARTS = {"courier": "courier", "city": "city", "payment": "payment"}
AGES = ("to_7", "to_14", "to_30", "over_30")
DAYS = ("days_to_ship", "days_on_road", "days_to_door", "days_to_cash")
STEPS = ("ordered", "shipped", "delivered", "collected_parcels")


class Delivery(Analysis):
    """What becomes of parcels: ordered, shipped, delivered, paid; who refuses them at the door; and how much cash couriers still hold.

    For whoever sends parcels, most of all those paid at the door. A parcel is a completed order of the period that is no branch's; what happened to it
    since is looked up to the end of the log, by its number: shipped, delivered, refused at the door, paid (Payment Received), given
    back. Of a delivery or a refusal it follows that it was shipped. The refused share is of the parcels that came to an end (delivered or refused), with
    the interval in which it lies at 95 % (Wilson); those still on the road are in neither. Returned are parcels that were delivered and for which money
    was given back later.

    Paid at the door are orders whose way of payment is `cod` or says so in words (cash on delivery, الدفع عند الاستلام). What is due of them is the
    revenue of those delivered; what is collected is what was told as received for them, at most what was due; the rest is with the couriers, by
    how long ago it was delivered, in days up to the end of the log. With `payments=all` every parcel is counted, and cash stays that of those paid at the door.

    Late is what came after the promised day, where the courier's events say `late_days`; days are medians from order to door. Money is in
    the asked currency. A confirmation call is no event that sources tell, and is no step here.
    """

    split: Literal["courier", "city", "payment"] = Field(
        "courier", description="What the rows are: couriers, cities or ways of payment."
    )
    payments: Literal["cash", "all"] = Field("cash", description="Parcels paid at the door only, or all.")
    top: int = Field(30, ge=1, le=500, description="How many rows are shown, the largest first.")

    view = "steps"
    columns = (
        Column("part", "text"),
        Column("parcels", "count"),
        Column("delivered", "count"),
        Column("refused", "count"),
        Column("refused_share", "percent"),
        Column("refused_from", "percent"),
        Column("refused_to", "percent"),
        Column("on_the_way", "count"),
        Column("returned", "count"),
        Column("days_to_door", "days"),
        Column("late_share", "percent"),
        Column("due", "money"),
        Column("collected", "money"),
        Column("in_transit", "money"),
        Column("days_to_cash", "days"),
        *(Column(name, "money") for name in AGES),
    )
    numbers = (
        Column("parcels", "count"),
        Column("delivered", "count"),
        Column("refused_share", "percent"),
        Column("days_to_door", "days"),
        Column("late_share", "percent"),
        Column("due", "money"),
        Column("in_transit", "money"),
        Column("overdue", "money"),
    )
    picture = (
        Column("step", "text"),
        Column("customers", "count"),
        Column("from_first", "percent"),
        Column("from_previous", "percent"),
        Column("left_before", "count"),
        Column("median", "days"),
    )
    needs = (Need("Order Completed"), Need("Order Delivered"))
    about = ("Order Completed",)
    sample = "parcels"
    words = WORDS

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "moves": _moves(frame),
                "parcels": PARCELS.format(cash="cash" if self.payments == "cash" else "true"),
                "parts": f"SELECT {PARTS[self.split]} AS part, {FIGURES} FROM parcels GROUP BY part ORDER BY parcels DESC, part LIMIT {{top:UInt32}}",
                "overall": f"SELECT '' AS part, {FIGURES} FROM parcels",
            },
            values=frame.values
            | {
                "names": list(EVENTS),
                "at_the_door": list(AT_THE_DOOR),
                "as_of": _as_of(frame),
                "top": self.top,
            },
            rows="parts",
            totals="overall",
        )

    def interpret(self, found: Found) -> Found:
        """Shares with their intervals, cash by its age, and the steps of the picture."""
        found.rows = [_told(row) | {"part": row["part"] or found.say("unknown")} for row in found.rows]
        found.totals = _told(found.totals)
        found.picture = self._steps(found, found.totals)
        if found.frame.before:
            found.before = _told(found.before)
            found.before_picture = self._steps(found, found.before)
        return found

    def _steps(self, found: Found, totals: Row) -> list[Row]:
        names = STEPS if self.payments == "cash" else STEPS[:-1]
        days = (None, totals["days_to_ship"], totals["days_on_road"], totals["days_to_cash"])
        counts = [totals["parcels"], *(totals[name] for name in names[1:])]
        return [
            {
                "step": found.say(name),
                "customers": count,
                "from_first": count / counts[0] if counts[0] else None,
                "from_previous": count / before if before else None,
                "left_before": None if before is None else before - count,
                "median": long,
            }
            for name, count, before, long in zip(names, counts, (None, *counts), days, strict=False)
        ]

    def explain(self, found: Found) -> str:
        totals = found.totals
        said = [
            found.say(
                "sentence",
                parcels=totals["parcels"],
                payments=self.payments,
                delivered=totals["delivered"],
                share=found.percent("refused_share") if totals["ended"] else found.speaker.percent(0),
            )
        ]
        if totals["in_transit"]:
            overdue = found.money("overdue") if totals["overdue"] else "none"
            said.append(found.say("cash", in_transit=found.money("in_transit"), overdue=overdue))
        if worst := _worst(found.rows, totals):
            row, others = worst
            shares = {name: found.percent(f"refused_{name}", row) for name in ("share", "from", "to")}
            percent = found.speaker.percent(others)
            said.append(found.say("worst", part=found.speaker.text(row["part"]), others=percent, **shares))
        return " ".join(said)

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["ended"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["ended"]))
        if totals["on_the_way"]:
            notes.append(found.say("note-way", n=totals["on_the_way"]))
        if totals["due"] and not totals["collected"]:
            notes.append(found.say("note-untold"))
        return notes


def _as_of(frame: Frame) -> int:
    """The end of the log's last day, in UTC milliseconds."""
    last = (frame.facts.span(()) or (frame.period.first, frame.period.last))[1] + timedelta(days=1)
    end = datetime(last.year, last.month, last.day, tzinfo=frame.settings.zone).astimezone(UTC)
    return int(end.timestamp() * 1000)


def _told(row: Row) -> Row:
    ended = row["delivered"] + row["refused"]
    bounds = interval(row["refused"], ended) or (None, None)
    money = {name: float(row[name]) for name in ("due", "collected", *AGES)}
    days = {name: None if row[name] is None or isnan(row[name]) else row[name] for name in DAYS}
    return row | money | days | {
        "ended": ended,
        "refused_share": row["refused"] / ended if ended else None,
        "refused_from": bounds[0],
        "refused_to": bounds[1],
        "on_the_way": row["parcels"] - ended,
        "late_share": row["late"] / row["promised"] if row["promised"] else None,
        "in_transit": money["due"] - money["collected"],
        "overdue": money["to_30"] + money["over_30"],
    }  # fmt: skip


def _worst(rows: list[Row], totals: Row) -> tuple[Row, float] | None:
    """Of the parts surely refused more than all others together (their intervals do not meet) the one refused most, and the others' share."""
    surely = []
    for row in rows:
        refused, ended = totals["refused"] - row["refused"], totals["ended"] - row["ended"]
        others = interval(refused, ended)
        if others and row["ended"] and row["refused_from"] > others[1]:
            surely.append((row, refused / ended))
    return max(surely, key=lambda one: one[0]["refused_share"], default=None)


def _moves(frame: Frame) -> str:
    """What happened to orders since the period began; which are of the period is known of their first move alone."""
    has = frame.facts.counts
    told = {"courier": "", "late_days": ""}
    if has.get("Order Shipped") or has.get("Order Delivered"):
        told = {name: f"toString(props.{name})" for name in told}
    return f"""
SELECT order_id, name, ts, event_id, revenue, currency, payment, city, branch, {told["courier"] or "''"} AS courier,
       toFloat64OrNull({told["late_days"] or "''"}) AS late_days, {frame.net()} AS net,
       name = 'Order Completed' AND net > 0{frame.only()} AS is_order
FROM events
WHERE order_id != '' AND name IN {{names:Array(String)}} AND ts >= fromUnixTimestamp64Milli({{start:Int64}}, 'UTC')"""


# One row an order of the period that is no branch's. Milliseconds; 0 is never.
PARCELS = """
SELECT order_id, minIf(toUnixTimestamp64Milli(ts), is_order) AS ordered_at,
       argMinIf(city, (ts, event_id), is_order) AS city, argMinIf(payment, (ts, event_id), is_order) AS payment,
       argMinIf(branch, (ts, event_id), is_order) AS branch, argMinIf(courier, (ts, event_id), courier != '') AS courier,
       lowerUTF8(payment) = 'cod' OR multiSearchAnyCaseInsensitiveUTF8(payment, {{at_the_door:Array(String)}}) AS cash,
       minIf(toUnixTimestamp64Milli(ts), name = 'Order Delivered') AS delivered_at,
       delivered_at > 0 AS is_delivered, NOT is_delivered AND countIf(name = 'Delivery Refused') > 0 AS is_refused,
       minIf(toUnixTimestamp64Milli(ts), name = 'Order Shipped') AS shipped_at, shipped_at > 0 OR is_delivered OR is_refused AS is_shipped,
       minIf(toUnixTimestamp64Milli(ts), name = 'Payment Received') AS paid_at,
       sumIf(net, name = 'Order Completed') AS worth, -sumIf(net, name = 'Order Refunded') AS given_back,
       greatest(sumIf(revenue, name = 'Payment Received' AND currency = {{currency:String}}), toDecimal64(0, 4)) AS paid,
       maxIf(late_days, name = 'Order Delivered') AS lateness, if(cash AND is_delivered, worth, toDecimal64(0, 4)) AS owed,
       least(paid, owed) AS received, ({{as_of:Int64}} - delivered_at) / 86400000 AS age
FROM moves GROUP BY order_id
HAVING countIf(is_order) > 0 AND ordered_at < {{end:Int64}} AND branch = '' AND {cash}"""

FIGURES = """
    toInt64(count()) AS parcels, toInt64(countIf(is_shipped)) AS shipped, toInt64(countIf(is_delivered)) AS delivered,
    toInt64(countIf(is_refused)) AS refused, toInt64(countIf(is_delivered AND given_back > 0)) AS returned,
    toInt64(countIf(cash AND is_delivered AND paid > 0)) AS collected_parcels,
    toInt64(countIf(lateness > 0)) AS late, toInt64(countIf(lateness IS NOT NULL)) AS promised,
    quantileExactInclusiveIf(0.5)((delivered_at - ordered_at) / 86400000, is_delivered) AS days_to_door,
    quantileExactInclusiveIf(0.5)((shipped_at - ordered_at) / 86400000, shipped_at > 0) AS days_to_ship,
    quantileExactInclusiveIf(0.5)((delivered_at - shipped_at) / 86400000, is_delivered AND shipped_at > 0) AS days_on_road,
    quantileExactInclusiveIf(0.5)((paid_at - delivered_at) / 86400000, cash AND is_delivered AND paid_at > delivered_at) AS days_to_cash,
    sum(owed) AS due, sum(received) AS collected,
    sumIf(owed - received, age <= 7) AS to_7, sumIf(owed - received, age > 7 AND age <= 14) AS to_14,
    sumIf(owed - received, age > 14 AND age <= 30) AS to_30, sumIf(owed - received, age > 30) AS over_30"""

Delivery.example = Delivery()
