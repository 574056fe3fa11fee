"""What goods cost: the gross margin of each sale, and of how much of its money that is known.

A product's cost is the newest that any source tells in the asked currency (or in none). An order's money is spread over its lines as they
stand in it, so that a discount of the whole order lowers the margin too. What comes back brings its cost back with it: goods returned are
taken to be fit for sale. A sale that names no product, or none whose cost is known, has a margin of nothing on known money of nothing.
"""

from __future__ import annotations

UNKNOWN = 0.5  # a margin is not shown where it is known of less than this share of the money

# Of a product in the table `products`; nothing told is 0.
UNIT_COST = "argMaxIf(cost, (ts, source, cost), cost > 0 AND currency IN ('', {currency:String}))"

GOODS = f"""
SELECT arraySort(groupArray((product, unit_cost))) AS item FROM (
    SELECT toString(product_id) AS product, {UNIT_COST} AS unit_cost FROM products GROUP BY product HAVING unit_cost > 0
)"""

# Every column of `sales`, with `margin` and `known` (the net money that the margin is of). The costs are looked up in a constant table.
SOLD = """
SELECT *, arrayMap(product -> transform(toString(product), (SELECT item.1 FROM goods), (SELECT item.2 FROM goods), toDecimal64(-1, 4)),
                   product_ids) AS unit_costs,
       toFloat64(arraySum(product_revenues)) AS of_lines,
       toFloat64(arraySum((amount, unit) -> if(unit < 0, 0, amount), product_revenues, unit_costs)) AS of_known,
       multiIf(empty(product_ids) OR NOT arrayExists(unit -> unit >= 0, unit_costs), toDecimal64(0, 4),
               NOT arrayExists(unit -> unit < 0, unit_costs), toDecimal64(net, 4), of_lines = 0, toDecimal64(0, 4),
               toDecimal64(round(toFloat64(net) * least(1, greatest(0, of_known / of_lines)), 4), 4)) AS known,
       known - toDecimal64(arraySum((quantity, unit) -> if(unit < 0, 0, toDecimal128(quantity, 4) * unit), product_quantities, unit_costs), 4) AS margin
FROM sales"""


def with_margins(sales: str) -> dict[str, str]:
    """The steps `goods`, `sales` (the given one) and `sold`."""
    return {"goods": GOODS, "sales": sales, "sold": SOLD}


def share_unknown(known: float, net: float) -> float:
    """The part of the money of which no margin is known.

    >>> share_unknown(75.0, 100.0)
    0.25
    """
    return min(1.0, max(0.0, 1 - known / net)) if net > 0 else 0.0 if known == net else 1.0
