"""What is known of each product sold: its name, category, usual price, cost, and what stands on the shelf."""

from __future__ import annotations

from masarat.analyse.frame import Frame
from masarat.analyse.margins import UNIT_COST

# One row a line of a paid order. `nth` is 1 on the first line of a product in its order.
LINES = """
SELECT customer_id, event_id, day, ts, product, title, category, abs(quantity) AS units, amount, nth
FROM sales
ARRAY JOIN product_ids AS product, product_names AS title, product_quantities AS quantity, product_revenues AS amount,
           arrayResize(product_categories, length(product_ids), '') AS category, arrayEnumerateUniq(product_ids) AS nth
WHERE is_order AND product != '' AND amount >= 0"""

# `price` and `cost` are of one unit; nothing told is zero.
CATALOGUE = f"""
SELECT product_id AS product, argMaxIf({{title}}, (ts, source), {{title}} != '') AS known_as,
       argMaxIf(category, (ts, source), category != '') AS listed_in, toFloat64({UNIT_COST}) AS unit_cost
FROM products GROUP BY product_id"""

# What was counted last in each branch, together.
COUNTED = """
SELECT product, toFloat64(sum(pieces)) AS stock
FROM (
    SELECT product, branch, argMax(quantity, (ts, event_id)) AS pieces
    FROM events ARRAY JOIN product_ids AS product, product_quantities AS quantity
    WHERE name = 'Stock Counted' AND ts < fromUnixTimestamp64Milli({end:Int64}, 'UTC')
    GROUP BY product, branch
) GROUP BY product"""

# A price is what a unit brought on average. `is_counted` tells an empty shelf from one that nobody counted.
GOODS = """
SELECT product, buyers, in_orders, price, last_sale,
       multiIf(known_as != '', known_as, most_called != '', most_called, product) AS name,
       if(listed_in != '', listed_in, called_in) AS category, unit_cost AS cost, {stock} AS stock, {counted} AS is_counted
FROM (
    SELECT product, uniqExactIf(customer_id, customer_id != 0) AS buyers, countIf(nth = 1) AS in_orders,
           toFloat64(sum(amount)) / nullIf(toFloat64(sum(units)), 0) AS price, max(day) AS last_sale,
           sumMapIf([title], [toUInt64(1)], title != '') AS titles,
           arraySort((name, lines) -> (-lines, name), tupleElement(titles, 1), tupleElement(titles, 2))[1] AS most_called,
           argMaxIf(category, (ts, event_id, category), category != '') AS called_in
    FROM lines GROUP BY product
) AS sold LEFT JOIN catalogue USING (product){join}"""


def goods(frame: Frame) -> dict[str, str]:
    """The steps from `sales` to `goods`, one row a product; stock is looked for only where some was counted."""
    counted = "Stock Counted" in frame.facts.counts
    title = "if(name_ar != '', name_ar, name)" if frame.language == "ar" else "name"
    return {
        "lines": LINES,
        "catalogue": CATALOGUE.replace("{title}", title),
        **({"shelves": COUNTED} if counted else {}),
        "goods": GOODS.format(
            stock="shelves.stock" if counted else "toFloat64(0)",
            counted="shelves.product != ''" if counted else "false",
            join=" GLOBAL LEFT JOIN shelves USING (product)" if counted else "",
        ),
    }
