"""What is left of sales: revenue and everything that goes off it, in one reading for all questions about profit.

An order and all that came of it in the period (what was given back, parcels, tickets, points) are one row; from there come customers, products
and every other part. Money stays decimal until all of it is summed, so that parts come to the whole to the halala.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis
from masarat.analyse.folding import folded
from masarat.analyse.frame import DIMENSIONS, Frame
from masarat.analyse.margins import UNIT_COST
from masarat.analyse.people import OWNER
from masarat.records.rates import read_fees
from masarat.store import Row

# What goes off gross revenue, in the order in which it is told; and the parameter without which it is not known (the cost of goods has none).
DEDUCTIONS = ("refused", "returned", "vat", "cost", "shipping", "fees", "service", "points")
RATED = {
    "vat": "vat_percent",
    "shipping": "parcel_cost",
    "fees": "payment_fees",
    "service": "minute_cost",
    "points": "point_value",
}
BASES = ("orders", "entries", "gross", "off", "uncosted", "back_cost", "unfeed", "untaxed", "delivery", "minutes", "unminuted", "spent")  # fmt: skip
SMALL = 0.01  # a smaller part of revenue for which something is not known is not told


class Costed(Analysis):
    """What questions about profit share: the rates that no event tells, of the question or else of the shop. What has neither is left out, and said."""

    payment_fees: str = Field(
        "",
        description="Fees by payment method: mada=0.8%, card=2.7%+1, *=0 (all others); empty: the shop's.",
    )
    parcel_cost: float | None = Field(
        None, ge=0, description="What a parcel costs the shop, each way; empty: the shop's."
    )
    minute_cost: float | None = Field(
        None, ge=0, description="What a minute of service costs; empty: the shop's."
    )
    point_value: float | None = Field(
        None, ge=0, description="What a loyalty point that was spent is worth; empty: the shop's."
    )
    vat_percent: float | None = Field(
        None,
        ge=0,
        le=100,
        description="VAT in the prices of orders that tell none, in percent; empty: the shop's.",
    )
    resold: float = Field(
        1, ge=0, le=1, description="Share of the goods sent back that can be sold again, from 0 to 1."
    )

    @field_validator("payment_fees")
    @classmethod
    def _readable(cls, text: str) -> str:
        read_fees(text)
        return text

    def rates(self) -> dict[str, Any]:
        """What the steps bind."""
        fees = read_fees(self.payment_fees)
        return {
            "fee_names": list(fees),
            "fee_shares": [share / 100 for share, _ in fees.values()],
            "fee_fixed": [fixed for _, fixed in fees.values()],
            "parcel_cost": self.parcel_cost or 0,
            "minute_cost": self.minute_cost or 0,
            "point_value": self.point_value or 0,
            "vat_part": (self.vat_percent or 0) / (100 + (self.vat_percent or 0)),
            "resold": self.resold,
        }

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Of the table's columns those that are known; overall all stand, so that what is not known is seen."""
        if columns is not type(self).columns:
            return columns
        return tuple(column for column in columns if self._is_told(column.name))

    def _is_told(self, name: str) -> bool:
        return name not in RATED or getattr(self, RATED[name]) not in (None, "")

    def known(self, row: Row) -> Row:
        """A row of sums with what is not known as such: no zero stands for a rate that nobody told."""
        found = dict(row)
        found |= {name: None for name in RATED if not self._is_told(name)}
        found["cost_known"] = 1 - row["uncosted"] / row["gross"] if row["gross"] else None
        if row["gross"] > 0 and row["uncosted"] >= row["gross"]:
            found["cost"] = None
        found["returns"] = row["refused"] + row["returned"]
        found["net"] = row["gross"] - found["returns"]
        found["discounts"] = row["off"]
        found["listed"] = row["gross"] + row["off"]
        told = row["gross"] <= 0 or found["cost_known"] > 1 / 2
        found["margin"] = row["profit"] / found["net"] if told and found["net"] > 0 else None
        return found


def reading(frame: Frame, split: str = "") -> dict[str, str]:
    """The steps up to `parts`: one row an order and all that came of it in the period, or one of its lines where it is split by these.

    `split` is a dimension, month, product, category or nothing; `part` is what it is of each row.
    """
    own = DIMENSIONS.get(split) or (frame.bucket("month") if split == "month" else "''")
    monthly, item = split == "month", {"product": "toString(product)", "category": CATEGORY}.get(split)
    more = {
        "own": f"toString({own})",
        "code": CODE,
        "is_sale": "name = 'Order Completed'",
        "vat_told": "tax",
        "delivery_paid": "shipping",
        "is_parcel": "branch = ''",
        "fee_at": f"indexOf({{fee_names:Array(String)}}, toString({folded('payment')}))",
    }
    none = f"CAST([], 'Array({ITEM})')"
    steps = {
        "sold": frame.sales(more=more),
        "known_costs": KNOWN_COSTS,
        "valued": VALUED.format(items=ITEMS.format(item=item, type=ITEM) if item else none),
        "happened": HAPPENED.format(
            owner=OWNER,
            code=CODE,
            own=own,
            like=frame.only(),
            period=frame.within(),
            history=frame.within(history=True),
        ),
        "orders": ORDERS.format(
            month=", own" if monthly else "",
            items="arraySort(arrayFlatten(groupArray(items)))" if item else none,
            none=none,
            sent="is_shipped" if "Order Shipped" in frame.facts.counts else "is_sale AND is_parcel",
            gone=_of_order("max(is_refused)", "max", monthly),
            taxed=f"if({_of_order('max(is_sale)', 'max', monthly)}, {_of_order('sum(abs(vat_told))', 'sum', monthly)}, 1)",
            asked=_asked(frame),
        ),
    }
    shared = ", ".join(f"toDecimal128(toFloat64({name}) * part_of, 8) AS {name}" for name in SHARED)
    return steps | {"parts": LINES.format(shared=shared, type=ITEM)} if item else steps


def _of_order(told: str, whole: str, monthly: bool) -> str:
    """What is told of an order, of all its months where it is split by these."""
    return f"{whole}({told}) OVER (PARTITION BY customer_id, code)" if monthly else told


def parts_of(split: str) -> str:
    """The step whose rows are to be summed."""
    return "parts" if split in ("product", "category") else "orders"


def _asked(frame: Frame) -> str:
    """Service and points have no currency: those of the shop's own go with any customer, those of another with its orders only."""
    main = next(iter(frame.facts.currencies), frame.currency)
    return "sales > 0 OR asked" if frame.currency == main else "sales > 0"


def sums() -> str:
    """The sums of the columns that rows of `orders` and `parts` share, and the profit."""
    columns = (*BASES, *DEDUCTIONS)
    summed = ", ".join(f"sum({name}) AS {name}_sum" for name in columns)
    return f"{summed}, gross_sum - {' - '.join(f'{name}_sum' for name in DEDUCTIONS)} AS profit_sum"


def summed(row: Row) -> Row:
    """A row of `sums` under the names of its columns, money as numbers."""
    found = {
        name.removesuffix("_sum"): float(value) if name.endswith("_sum") else value
        for name, value in row.items()
    }
    return found | {name: int(found[name]) for name in ("orders", "entries") if name in found}


COSTLY = ("Order Shipped", "Ticket Solved", "Call Received", "Call Made", "Points Spent")
CODE = "if(order_id = '', concat('#', event_id), order_id)"
CATEGORY = "if(category != '', toString(category), transform(toString(product), known.1, known.3, ''))"
ITEM = "Tuple(after UInt8, item String, title String, amount Decimal(18, 4), cost Decimal(38, 8), uncosted Decimal(18, 4))"
SHARED = (
    "off",
    "vat",
    "shipping",
    "delivery",
    "fees",
    "unfeed",
    "untaxed",
    "service",
    "minutes",
    "unminuted",
    "points",
    "spent",
)  # over the lines

# Of each product the newest cost that is told, in the asked currency (or in none), and its category. A cost of zero is none.
KNOWN_COSTS = f"""
SELECT arraySort(groupArray((product_id, cost_of_one, category_of))) AS told FROM (
    SELECT product_id, {UNIT_COST} AS cost_of_one,
           argMaxIf(category, (ts, source, category), category != '') AS category_of
    FROM products WHERE product_id != '' GROUP BY product_id
)"""

# One row a sale or refund, with the cost of its lines and how much of its money has none. What its lines do not come to is a line of no product.
VALUED = """
SELECT (SELECT arrayPushBack(told, ('', toDecimal64(0, 4), '')) FROM known_costs) AS known, customer_id, code, own, event_id, ts, is_sale, net, discount, vat_told, delivery_paid, is_parcel,
       if(fee_at > 0, fee_at, indexOf({{fee_names:Array(String)}}, '*')) AS fee_from,
       arrayMap(product -> transform(toString(product), known.1, known.2, toDecimal64(0, 4)), product_ids) AS each,
       arrayMap((quantity, one) -> toDecimal128(quantity, 4) * one, product_quantities, each) AS costs,
       arrayMap((amount, one) -> if(one > 0, toDecimal64(0, 4), amount), product_revenues, each) AS costless,
       net - arraySum(product_revenues) AS rest, arraySum(costs) AS goods, rest + arraySum(costless) AS without_cost, {items} AS items
FROM sold"""
ITEMS = """CAST(arrayConcat(
           arrayMap((product, title, category, amount, cost, uncosted) -> (NOT is_sale, {item}, toString(title), amount, cost, uncosted),
               product_ids, product_names, product_categories, product_revenues, costs, costless),
           if(rest = 0 AND notEmpty(product_ids), [], [(NOT is_sale, '', '', rest, toDecimal128(0, 8), rest)])), 'Array({type})')"""

# What else happened that costs: parcels, refusals (those before the period tell what a refund in it is), minutes of service, points.
HAPPENED = """
SELECT {owner} AS customer_id, {code} AS code, toDate(toTimeZone(ts, {{timezone:String}})) AS day, toString({own}) AS own, event_id, ts,
       ({period}) AS in_period, name = 'Order Shipped' AS is_shipped, name = 'Delivery Refused' AS is_refused,
       multiIf(name = 'Ticket Solved', toDecimal64OrZero(toString(props.minutes), 4),
               startsWith(name, 'Call '), toDecimal64(toFloat64OrZero(toString(props.seconds)) / 60, 4), 0) AS lasted,
       name = 'Ticket Solved' AND lasted = 0 AS is_untimed,
       if(name = 'Points Spent', abs(toDecimal64OrZero(toString(props.points), 4)), 0) AS given, (true{like}) AS is_asked
FROM events
WHERE events.customer_id != 0 AND ({history}) AND (name = 'Delivery Refused' OR (name IN {{costly:Array(String)}} AND {period}))"""

# One row an order. An order refused at the door was never paid: no fee, no delivery charged, and its goods come back as they went.
ORDERS = """
SELECT customer_id, code, part, orders, entries, sold_for AS gross, off, uncosted, minutes, unminuted, spent, items, is_gone,
       toDecimal128(if(is_gone, back, 0), 6) AS refused, toDecimal128(if(is_gone, 0, back), 6) AS returned,
       toDecimal128(if(taxed = 0, toDecimal128(sold_for - back, 6) * toDecimal64({{vat_part:Float64}}, 8), 0), 6) AS vat,
       if(is_gone, toDecimal64(1, 4), toDecimal64({{resold:Float64}}, 4)) AS kept,
       toDecimal128(goods_sold + goods_back * kept, 6) AS cost, toDecimal128(if(is_gone, 0, -goods_back), 6) AS back_cost,
       toDecimal128(if(is_gone, 0, paid_for_delivery), 6) AS delivery,
       toDecimal128(parcels * toDecimal64({{parcel_cost:Float64}}, 6) - if({{parcel_cost:Float64}} > 0, delivery, 0), 6) AS shipping,
       toDecimal128(if(is_gone, 0, fee), 6) AS fees, if(is_gone, 0, feeless) AS unfeed, if(taxed = 0, sold_for, 0) AS untaxed,
       toDecimal128(minutes * toDecimal64({{minute_cost:Float64}}, 6), 6) AS service,
       toDecimal128(spent * toDecimal64({{point_value:Float64}}, 6), 6) AS points
FROM (
    SELECT customer_id, code{month}, argMinIf(own, (NOT is_sale, ts, event_id), own != '') AS part, sum(is_sale + is_back) AS sales,
           max(is_asked) AS asked, countIf(is_sale AND net > 0) AS orders, toUInt64(sales > 0) AS entries,
           sumIf(net, is_sale) AS sold_for, -sumIf(net, is_back) AS back, sumIf(discount, is_sale) AS off, sumIf(without_cost, is_sale) AS uncosted,
           {taxed} AS taxed, sumIf(goods, is_sale) AS goods_sold, sumIf(goods, is_back) AS goods_back, sum(delivery_paid) AS paid_for_delivery,
           sumIf(toDecimal128(net + vat_told + delivery_paid, 6) * toDecimal64({{fee_shares:Array(Float64)}}[fee_from], 8)
               + toDecimal64({{fee_fixed:Array(Float64)}}[fee_from], 6), is_sale AND fee_from > 0 AND net > 0) AS fee,
           sumIf(net, is_sale AND fee_from = 0) AS feeless, {gone} AS is_gone,
           toUInt64(max({sent})) + if(is_gone, toUInt64(max(is_refused AND in_period)), toUInt64(max(is_back AND is_parcel))) AS parcels,
           sum(lasted) AS minutes, sum(is_untimed) AS unminuted, sum(given) AS spent, {items} AS items, max(in_period) AS is_here
    FROM (
        SELECT customer_id, code, own, event_id, ts, is_sale, NOT is_sale AS is_back, net, discount, vat_told, delivery_paid, is_parcel, fee_from,
               goods, without_cost, items, true AS in_period, false AS is_shipped, false AS is_refused, toDecimal64(0, 4) AS lasted,
               false AS is_untimed, toDecimal64(0, 4) AS given, true AS is_asked
        FROM valued
        UNION ALL
        SELECT customer_id, code, own, event_id, ts, false, false, toDecimal64(0, 4), toDecimal64(0, 4), toDecimal64(0, 4), toDecimal64(0, 4), false, 0,
               toDecimal128(0, 8), toDecimal64(0, 4), {none}, in_period, is_shipped AND in_period, is_refused, lasted, is_untimed, given, is_asked
        FROM happened
    )
    GROUP BY customer_id, code{month}
) WHERE is_here AND ({asked})"""

# One row a line; what is of the whole order is shared out by what its lines come to, evenly where they come to nothing.
LINES = """
SELECT line.item AS part, line.title AS title, if(nth = 1 AND line.after = 0, orders, 0) AS orders, if(nth = 1, entries, 0) AS entries,
       if(line.after, 0, line.amount) AS gross, if(line.after, 0, line.uncosted) AS uncosted,
       if(line.after AND is_gone, -line.amount, 0) AS refused, if(line.after AND NOT is_gone, -line.amount, 0) AS returned,
       toDecimal128(line.cost * if(line.after, kept, toDecimal64(1, 4)), 6) AS cost,
       if(line.after AND NOT is_gone, -line.cost, 0) AS back_cost,
       if(all_lines = 0, 1 / length(lines), toFloat64(abs(line.amount)) / toFloat64(all_lines)) AS part_of, {shared}
FROM (
    SELECT * EXCEPT items, if(empty(items), CAST([(1, '', '', 0, 0, 0)], 'Array({type})'), items) AS lines,
           arraySum(line -> abs(line.amount), lines) AS all_lines, arrayEnumerateUniq(lines.item) AS nths
    FROM orders
)
ARRAY JOIN lines AS line, nths AS nth"""
