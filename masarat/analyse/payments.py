"""Payments: how long customers take to pay, what is not collected and how old it is, what is refused and sent back."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.delivery import courier_told
from masarat.analyse.folding import folded
from masarat.analyse.frame import Frame
from masarat.analyse.payments_words import PAYMENTS_WORDS
from masarat.analyse.people import OWNER, WHO, once, who
from masarat.analyse.period import Period
from masarat.models.customer.spending import ON_DELIVERY
from masarat.models.waiting import Waiting
from masarat.store import Query, Row

By = Literal["payment", "courier", "channel", "city", "branch", "customer"]

BOUNDS = (8, 31, 61, 91)  # days: where the next age begins
AGES = ("open_7", "open_30", "open_60", "open_90", "open_older")
WITHIN = 30  # days, of which the share paid is told
LATER = 2  # days, from which on a slow part is told
TOLD = ("Order Completed", "Order Pending", "Order Cancelled", "Order Refunded", "Order Shipped", "Order Delivered", "Delivery Refused",
        "Payment Received")  # fmt: skip
# What programs call the day an invoice is due, and what is still to be paid of it.
DUE_DATES = ("due_date", "Due Date", "invoice_date_due", "تاريخ الاستحقاق")
DUE_AMOUNTS = ("due_amount", "Due Amount", "Amount Due", "Balance Due", "Unpaid", "amount_residual", "Outstanding Balance",
               "المبلغ المستحق", "المبلغ المتبقي", "غير المدفوع", "المتبقي")  # fmt: skip
MONEY = ("worth", "open", "overdue", "on_way", *AGES, "refused_worth", "returned_worth", "pending_worth")


class Payments(Analysis):
    """How long customers take to pay, what is not collected and how old it is, and what refusals and returns cost.

    For the owner who sold well and has no cash, and for whoever calls debtors and couriers. An order counts on the day it was placed, if that is in the
    period; what became of it is looked for up to the last day with data. Money is what the customer owes: revenue with tax and delivery, less
    what was given back, in the asked currency.

    - Paid at once is an order of which nothing says that it is paid later: no payment on delivery, no due date, no amount due, no payment of its own.
    - Paid later is paid once what came in (`Payment Received` of its number and customer) reaches its revenue, since some programs tell payments
      without tax and delivery, or once its invoice says that nothing is due. What is paid in part is open with the rest.
    - Days to pay run from the door where it is paid on delivery, else from the order. Half are paid by the median: it counts those who have not paid
      yet by the days they have been awaited so far (product-limit estimate, Kaplan and Meier 1958), so that slow payers are not forgotten. Invoices
      that are paid without saying when are in no median.
    - Not collected (open) grows old from its due date where the event tells it, else from the door or the order; it is overdue after its due date,
      else after `terms` days. Cash of parcels that are under way is not due yet and stands apart; refused and called off orders owe nothing.
    - Refused is the share of parcels that reached the door. Sent back is money given back for other orders. Returns cost what their parcels
      cost both ways, where `parcel_cost` says it. Orders that wait for their payment (`Order Pending`) are no sales yet and stand apart.

    Nothing is known of cash where no payment is ever told (`Payment Received`): it is then neither paid nor open, and a note says so.
    Orders that name nobody are in all figures, and among customers in no row.
    """

    by: By = Field("payment", description="Split by payment, courier, channel, city, branch or customer.")
    terms: int = Field(30, ge=0, le=3650, description="Days to pay where no due date is told.")
    parcel_cost: float | None = Field(
        None, ge=0, description="What a parcel costs the shop, each way; empty: the shop's."
    )
    limit: int = Field(
        50, ge=1, le=10_000, description="How many parts to list, those with most money open first."
    )

    view = "bars"
    columns = (
        Column("part", "text"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("orders", "count"),
        Column("worth", "money"),
        Column("at_once", "count"),
        Column("later", "count"),
        Column("paid", "count"),
        Column("days_to_pay", "days"),
        Column("nine_of_ten", "days"),
        Column("within_30", "percent"),
        Column("open", "money"),
        Column("overdue", "money"),
        *(Column(name, "money") for name in AGES),
        Column("on_way", "money"),
        Column("refused", "count"),
        Column("refused_share", "percent"),
        Column("refused_worth", "money"),
        Column("returned_worth", "money"),
        Column("returns_cost", "money"),
    )
    numbers = (
        Column("orders", "count"),
        Column("worth", "money"),
        Column("at_once", "count"),
        Column("days_to_pay", "days"),
        Column("nine_of_ten", "days"),
        Column("within_30", "percent"),
        Column("open", "money"),
        Column("overdue", "money"),
        *(Column(name, "money") for name in AGES),
        Column("on_way", "money"),
        Column("pending_worth", "money"),
        Column("refused_share", "percent"),
        Column("refused_worth", "money"),
        Column("returned_worth", "money"),
        Column("returns_cost", "money"),
    )
    picture = (Column("age", "text"), Column("open", "money"))
    sample = "entries"
    words = PAYMENTS_WORDS

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        away = {"customer": ("part",)}.get(self.by, ("customer", "name"))
        return tuple(column for column in columns if column.name not in away)

    def query(self, frame: Frame) -> Query:
        span = frame.facts.span(())
        assert span is not None  # an order has been placed
        until = int(Period(*span).bounds(frame.settings.zone)[1].timestamp() * 1000)
        key = "customer_id" if self.by == "customer" else "part"
        known = frame.facts.counts
        steps = {
            "told": TOLD_OF.format(
                owner=OWNER,
                net=frame.net(),
                like=frame.only(),
                courier=courier_told(),
                due_date=_first_told(DUE_DATES),
                due_amount=_first_told(DUE_AMOUNTS),
            ),
            "orders": ORDERS.format(
                folded=folded("payment"), part="''" if self.by == "customer" else self.by
            ),
            "states": STATES.format(
                delivery="true" if "Order Delivered" in known else "false",
                payments="true" if "Payment Received" in known else "false",
            ),
            "buyers": "SELECT customer_id FROM states WHERE customer_id != 0 GROUP BY customer_id",
            "found": FOUND.format(key=key, named="customer_id != 0" if self.by == "customer" else "true"),
        }
        if self.by == "customer":
            columns = (*COUNTED, "waits", "awaits")
            steps["listed"] = once("found", "whole", "customer_id", *columns)
            steps |= who("listed")
            steps["rows"] = f"""
SELECT whole, customer_id, customer, name, {", ".join(columns)}
FROM listed {WHO} ORDER BY whole DESC, open_sum DESC, worth_sum DESC, customer_id"""
        return Query(
            steps=steps,
            values=frame.values
            | {
                "names": list(TOLD),
                "on_delivery": list(ON_DELIVERY),
                "until": until,
                "limit": self.limit,
                "terms": self.terms,
            },
            rows=list(steps)[-1],
            customers="buyers",
        )

    def interpret(self, found: Found) -> Found:
        """The first row is the whole; medians are reckoned from how many waited how long."""
        rows = [self._row(found, row) for row in found.rows]
        found.totals, found.rows = rows[0], rows[1:]
        found.before = self._row(found, found.before_rows[0]) if found.before_rows else {}
        found.before_rows = []
        aged = AGES if found.totals["open"] else ()
        found.picture = [{"age": found.say(f"age-{name}"), "open": found.totals[name]} for name in aged]
        return found

    def _row(self, found: Found, row: Row) -> Row:
        told = {name.removesuffix("_sum"): row[name] for name in COUNTED}
        told |= {name: float(told[name]) for name in MONEY}
        waiting = Waiting(
            _by_days(row["waits"]), {days + 1: count for days, count in _by_days(row["awaits"]).items()}
        )
        parcels = told["refused"] + told["sent_back"]
        return told | {
            "part": row.get("part") or found.say("not-told"),
            "is_told": bool(row.get("part") or row.get("customer")),
            "customer": row.get("customer", ""),
            "name": row.get("name", ""),
            "days_to_pay": waiting.by_share(0.5),
            "nine_of_ten": waiting.by_share(0.9),
            "within_30": waiting.within(WITHIN),
            "refused_share": told["refused"] / told["at_door"] if told["at_door"] else None,
            "returns_cost": None if self.parcel_cost is None else 2 * parcels * self.parcel_cost,
        }

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["orders"]:
            return found.say("note-pending", n=totals["pending"], worth=found.money("pending_worth"))
        if not totals["later"]:
            said = [found.say("all-at-once", n=totals["orders"], worth=found.money("worth"))]
        else:
            days = totals["days_to_pay"]
            said = [
                found.say(
                    "sentence",
                    later=totals["later"],
                    orders=totals["orders"],
                    days="none" if days is None else found.say("n-days", n=days),
                ),
                _open(found),
                _slow(found),
            ]
        if totals["refused"]:
            share = found.percent("refused_share")
            said.append(found.say("refusals", share=share, worth=found.money("refused_worth")))
        return " ".join(filter(None, said))

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["orders"] < SMALL_SAMPLE:
            notes.append(found.say("note-small", n=totals["orders"]))
        if totals["untold"]:
            notes.append(found.say("note-untold", n=totals["untold"]))
        if totals["undated"]:
            notes.append(found.say("note-undated", n=totals["undated"]))
        if totals["later"] > totals["dated_due"] and totals["open"] >= 1:
            notes.append(found.say("note-terms", days=found.say("n-days", n=self.terms)))
        if totals["pending"] and totals["orders"]:
            notes.append(found.say("note-pending", n=totals["pending"], worth=found.money("pending_worth")))
        if self.parcel_cost is None and totals["refused"] + totals["sent_back"]:
            notes.append(found.say("note-parcel-cost"))
        return notes


def _first_told(names: tuple[str, ...]) -> str:
    """The first of these properties that is told, as text; empty where none is."""
    told = ", ".join(f"nullIf(toString(props.`{name}`), '')" for name in names)
    return f"coalesce({told}, '')"


def _by_days(pairs: Any) -> dict[int, int]:
    days, counts = pairs
    return {int(day): int(count) for day, count in zip(days, counts, strict=True)}


def _open(found: Found) -> str:
    totals = found.totals
    if totals["open"] < 1:
        return found.say("nothing-open")
    return found.say(
        "open-money",
        open=found.money("open"),
        overdue=found.money("overdue") if totals["overdue"] >= 1 else "none",
        older=found.money("open_older") if totals["open_older"] >= 1 else "none",
    )


def _slow(found: Found) -> str:
    """The part that pays clearly later than the quickest of the others."""
    rows = [row for row in found.rows if row["is_told"] and row["days_to_pay"] is not None and row["paid"] >= SMALL_SAMPLE]  # fmt: skip
    if len(rows) < 2:
        return ""
    first, *_, last = sorted(rows, key=lambda row: (row["days_to_pay"], row["part"]))
    if last["days_to_pay"] - first["days_to_pay"] < LATER:
        return ""
    return found.say(
        "slow",
        part=found.speaker.text(last["name"] or last["customer"] or last["part"]),
        days=found.say("n-days", n=last["days_to_pay"]),
        quick=found.speaker.text(first["name"] or first["customer"] or first["part"]),
        least=found.say("n-days", n=first["days_to_pay"]),
    )


# Everything told of orders from the period on. A sale is told once, with its money.
TOLD_OF = """
SELECT {owner} AS customer_id, event_id, order_id, name, toUnixTimestamp64Milli(ts) AS at, {net} AS net, net != 0 AS is_money, tax, shipping, revenue,
       toString(payment) AS payment, toString(channel) AS channel, toString(city) AS city, toString(branch) AS branch, (true{like}) AS is_like,
       if(name IN ('Order Shipped', 'Order Delivered', 'Delivery Refused', 'Payment Received'), {courier}, '') AS courier,
       if(name = 'Order Completed', {due_date}, '') AS due_day, if(name = 'Order Completed', {due_amount}, '') AS due_of,
       if(name = 'Order Pending', toDecimal64OrZero(toString(props.order_amount), 4) + tax + shipping, 0) AS awaited
FROM events
WHERE order_id != '' AND name IN {{names:Array(String)}} AND ts >= fromUnixTimestamp64Milli({{start:Int64}}, 'UTC')
  AND ts < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC') AND (name NOT LIKE 'Payment %' OR currency = {{currency:String}})"""

# One row an order placed in the period, with the first moment of each thing that became of it (0: it did not).
ORDERS = """
SELECT customer_id, order_id, minIf(at, is_sold) AS ordered_at, minIf(at, name = 'Order Pending' AND awaited > 0) AS pending_at,
       sumIf(net + tax + shipping, is_sold) AS worth, sumIf(net, is_sold) AS goods,
       -sumIf(net, is_back) AS back_net, -sumIf(net + tax + shipping, is_back) AS back, max(awaited) AS pending_worth,
       argMinIf(payment, (at, event_id), is_start AND payment != '') AS payment, argMinIf(channel, (at, event_id), is_start AND channel != '') AS channel,
       argMinIf(city, (at, event_id), is_start AND city != '') AS city, argMinIf(branch, (at, event_id), is_start AND branch != '') AS branch,
       argMinIf(courier, (at, event_id), courier != '') AS courier, toString({part}) AS part, max(is_start AND is_like) AS is_asked,
       maxIf(due_day, is_sold) AS due_day, argMaxIf(due_of, (at, event_id), is_sold) AS due_of,
       minIf(at, name = 'Order Shipped') AS shipped_at, minIf(at, name = 'Order Delivered') AS delivered_at,
       minIf(at, name = 'Delivery Refused') AS refused_at, minIf(at, name = 'Order Cancelled') AS cancelled_at,
       maxIf(at, name = 'Payment Received' AND revenue > 0) AS paid_at, sumIf(revenue, name = 'Payment Received') AS came_in,
       {folded} AS way, way IN {{on_delivery:Array(String)}} OR multiSearchAny(way, ['on delivery', 'عند الاستلام']) AS is_cash
FROM (
    SELECT *, name = 'Order Completed' AND net > 0 AS is_sold, name = 'Order Refunded' AND is_money AS is_back,
           is_sold OR name = 'Order Pending' AS is_start
    FROM told
)
GROUP BY customer_id, order_id
HAVING is_asked AND if(ordered_at > 0, ordered_at, pending_at) BETWEEN {{start:Int64}} AND {{end:Int64}} - 1"""

# What each order owes, since when, and how long it took.
STATES = """
SELECT *, is_owed AND is_cash AND {delivery} AND NOT is_delivered AS is_on_way, is_owed AND NOT is_on_way AS is_open,
       is_open AND if(has_due, age > 0, awaited > {{terms:UInt32}}) AS is_overdue, is_paid AND paid_at > 0 AS is_dated,
       if(is_owed, greatest(if(came_in = 0, ifNull(told_due, worth - back), worth - back - came_in), 0), 0) AS owed
FROM (
    SELECT *, is_later AND (came_in > 0 AND came_in >= goods - back_net OR NOT is_gone AND ifNull(told_due <= 0, false)) AS is_paid,
           is_later AND NOT is_gone AND NOT is_paid AS is_owed,
           toUInt32(greatest(intDiv(toInt64(paid_at) - since, 86400000), 0)) AS took,
           toUInt32(greatest(intDiv({{until:Int64}} - since, 86400000), 0)) AS awaited,
           toUInt32(greatest(if(has_due, dateDiff('day', assumeNotNull(due_on), last_day), toInt64(awaited)), 0)) AS age
    FROM (
        SELECT *, is_sold AND is_cash AND came_in = 0 AND told_due IS NULL AND NOT {payments} AS is_untold,
               is_sold AND NOT is_untold AND (is_cash OR has_due OR ifNull(told_due > 0, false) OR came_in > 0) AS is_later,
               is_refused OR (cancelled_at > 0 AND shipped_at = 0 AND NOT is_delivered) OR back_net >= goods AS is_gone
        FROM (
            SELECT customer_id, part, worth, goods, back, back_net, came_in, paid_at, cancelled_at, shipped_at, is_cash, pending_worth,
                   ordered_at > 0 AS is_sold, ordered_at = 0 AND cancelled_at = 0 AS is_pending, delivered_at > 0 AS is_delivered,
                   ordered_at > 0 AND delivered_at = 0 AND refused_at > 0 AS is_refused, is_delivered OR is_refused AS is_at_door,
                   ordered_at > 0 AND NOT is_refused AND back_net > 0 AS is_sent_back, branch = '' AS is_parcel,
                   toDecimal64OrNull(replaceAll(due_of, ',', ''), 4) AS told_due, toDate(parseDateTimeBestEffortOrNull(due_day)) AS due_on,
                   due_on IS NOT NULL AS has_due, toInt64(if(is_cash AND delivered_at > 0, delivered_at, ordered_at)) AS since,
                   toDate(fromUnixTimestamp64Milli({{until:Int64}} - 1, 'UTC'), {{timezone:String}}) AS last_day
            FROM orders
        )
    )
)"""

_EDGES = (0, *BOUNDS)
_AGED = ",\n       ".join(
    f"sumIf(owed, is_open AND age >= {low}{f' AND age < {high}' if high else ''}) AS {name}_sum"
    for name, low, high in zip(AGES, _EDGES, (*BOUNDS, 0), strict=True)
)
COUNTED = (
    *("orders", "entries", "at_once", "later", "paid", "undated", "untold", "dated_due", "refused", "at_door", "sent_back", "pending"),
    *(f"{name}_sum" for name in MONEY),
)  # fmt: skip
FOUND = f"""
SELECT {{key}}, grouping({{key}}) AS whole, countIf(is_sold) AS orders, count() AS entries, countIf(is_sold AND NOT is_later AND NOT is_untold) AS at_once,
       countIf(is_later) AS later, countIf(is_paid) AS paid, countIf(is_paid AND NOT is_dated) AS undated, countIf(is_untold) AS untold,
       countIf(is_later AND has_due) AS dated_due, countIf(is_refused) AS refused, countIf(is_at_door) AS at_door,
       countIf(is_sent_back AND is_parcel) AS sent_back, countIf(is_pending) AS pending,
       sum(worth) AS worth_sum, sumIf(owed, is_open) AS open_sum, sumIf(owed, is_overdue) AS overdue_sum, sumIf(owed, is_on_way) AS on_way_sum,
       {_AGED},
       sumIf(worth, is_refused) AS refused_worth_sum, sumIf(back, is_sent_back) AS returned_worth_sum,
       sumIf(pending_worth, is_pending) AS pending_worth_sum,
       sumMapIf([took], [toUInt64(1)], is_dated) AS waits, sumMapIf([awaited], [toUInt64(1)], is_open) AS awaits
FROM states GROUP BY GROUPING SETS (({{key}}), ()) HAVING whole OR {{named}}
ORDER BY whole DESC, open_sum DESC, worth_sum DESC, {{key}} LIMIT {{{{limit:UInt32}}}} + 1"""

Payments.example = Payments(by="customer", limit=20)
