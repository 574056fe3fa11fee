"""Products in one order: which sets are bought how often, counted in the store, and the rules that they come to."""

from __future__ import annotations

from typing import Any

from masarat.analyse.base import Found
from masarat.analyse.frame import Frame
from masarat.analyse.goods import goods
from masarat.models.rules import Items, Rule, rules
from masarat.store import Query

LEAST = 5  # orders that a set must be in, and one order in a thousand
MANY = 100  # products of an order: with more of them it is a wholesaler's, in which all goes with all
MOST = 5_000  # products that are looked at, those in most orders
SETS = 200_000  # sets that are looked at, the most frequent
SURE = 0.05  # of the rules that are told, false ones
WIDE = 1 << 21  # products are numbered below it: a set of three is one number

BASKETS = """
SELECT arrayDistinct(arrayFilter(item -> item != '', product_ids)) AS held, length(held) AS size, customer_id
FROM sales WHERE is_order AND size > 0"""

TOTALS = """
SELECT countIf(size <= {many:UInt32}) AS orders, countIf(size > {many:UInt32}) AS wholesale, countIf(size > 1 AND size <= {many:UInt32}) AS mixed,
       sumIf(size, size <= {many:UInt32}) / nullIf(orders, 0) AS products_each, mixed / nullIf(orders, 0) AS mixed_share,
       if({least:UInt32} > 0, {least:UInt32}, greatest({least_usual:UInt32}, intDiv(orders, 1000))) AS threshold
FROM baskets"""

# Products by how many orders hold them; the product '' stands for all orders, so that one pass counts both.
FREQUENT = """
SELECT product, orders, threshold
FROM (
    SELECT product, orders, if({least:UInt32} > 0, {least:UInt32}, greatest({least_usual:UInt32}, intDiv(max(orders) OVER (), 1000))) AS threshold
    FROM (
        SELECT arrayJoin(arrayPushFront(held, '')) AS product, count() AS orders FROM baskets WHERE size <= {many:UInt32} GROUP BY product
    )
)
WHERE orders >= threshold OR product = '' ORDER BY orders DESC, product LIMIT {most:UInt32} + 1"""

# The number of a product is its place among those in most orders; that of '' is 0.
NUMBERED = """
SELECT arrayMap(one -> one.2, arraySort(groupArray((-toInt64(orders), product)))) AS ranked, if(empty(ranked), [''], ranked) AS products,
       range(length(products)) AS numbers, max(threshold) AS least_orders
FROM frequent"""

KEPT = """
SELECT (SELECT (products, numbers, least_orders) FROM numbered) AS known, arraySort(arrayFilter(number -> number > 0, arrayMap(item -> toUInt32(transform(item, known.1, known.2, 0)), held))) AS numbers,
       known.3 AS least_orders
FROM baskets WHERE size <= {many:UInt32} AND size > 1"""

# A set as one number: its products' numbers, 21 bits each.
PAIRS = f"""
SELECT code, count() AS orders
FROM (
    SELECT least_orders, arrayJoin(arrayFlatten(arrayMap((one, place) -> arrayMap(other -> toUInt64(one) * {WIDE} + other, arraySlice(numbers, place + 1)),
               numbers, arrayEnumerate(numbers)))) AS code
    FROM kept
)
GROUP BY code HAVING orders >= any(least_orders) ORDER BY orders DESC, code LIMIT {SETS}"""

# Only sets of three whose pairs are frequent too (Agrawal 1994).
TRIPLES = f"""
SELECT code, count() AS orders
FROM (
    SELECT least_orders, arrayJoin(arrayMap(third -> pair * {WIDE} + third, arrayFilter(third -> has(mine, first * {WIDE} + third) AND has(mine, second * {WIDE} + third),
               arrayFilter(third -> third > second, numbers)))) AS code
    FROM (
        SELECT least_orders, numbers, mine, arrayJoin(mine) AS pair, intDiv(pair, {WIDE}) AS first, pair % {WIDE} AS second
        FROM (
            SELECT least_orders, numbers, (SELECT codes FROM paired) AS known_pairs, arrayFilter(code -> transform(code, known_pairs, known_pairs, 0) > 0,
                arrayFlatten(arrayMap((one, place) -> arrayMap(other -> toUInt64(one) * {WIDE} + other, arraySlice(numbers, place + 1)),
                    numbers, arrayEnumerate(numbers)))) AS mine
            FROM kept WHERE length(numbers) > 2
        )
    )
)
GROUP BY code HAVING orders >= any(least_orders) ORDER BY orders DESC, code LIMIT {SETS}"""

NAMED = """
SELECT product, orders, name, category, price, cost, stock, is_counted FROM frequent LEFT JOIN goods USING (product) WHERE product != ''
ORDER BY orders DESC, product"""


def together(frame: Frame, size: int, least: int) -> Query:
    """The query of a question about sets: rows are sets, the picture's rows the products in the order of their numbers."""
    paired = "SELECT arrayConcat([toUInt64(0)], arraySort(groupArray(code))) AS codes FROM pairs"
    threes = {
        "paired": paired,
        "triples": TRIPLES,
        "sets": "SELECT * FROM pairs UNION ALL SELECT * FROM triples",
    }
    return Query(
        steps={
            "sales": frame.sales(),
            "baskets": BASKETS,
            "totals": TOTALS,
            "frequent": FREQUENT,
            "numbered": NUMBERED,
            "kept": KEPT,
            "pairs": PAIRS,
            **(threes if size == 3 else {"sets": "SELECT * FROM pairs"}),
            "ordered": "SELECT code, orders FROM sets ORDER BY code",
            **goods(frame),
            "named": NAMED,
        },
        values=frame.values | values(least),
        rows="ordered",
        totals="totals",
        picture="named",
    )


def values(least: int) -> dict[str, Any]:
    return {"many": MANY, "most": MOST, "least": least, "least_usual": LEAST}


def found_rules(found: Found) -> list[Rule]:
    """The rules to one product, the surest first, of what `together` found. Every pair of products looked at counts as tested."""
    counts: dict[Items, int] = {(place,): row["orders"] for place, row in enumerate(found.picture, 1)}
    for row in found.rows:
        code = int(row["code"])
        items = tuple(part for part in (code // WIDE**2, code // WIDE % WIDE, code % WIDE) if part)
        counts[items] = row["orders"]
    threes = any(len(items) == 3 for items in counts)
    known = len(found.picture)
    pairs = known * (known - 1)
    tested = pairs + (sum(len(items) == 3 for items in counts) * 6 if threes else 0)
    whole = {items: n for items, n in counts.items() if len(items) < 3 or _closed(items, counts)}
    return [rule for rule in rules(whole, found.totals["orders"], tested) if len(rule.second) == 1]


def _closed(items: Items, counts: dict[Items, int]) -> bool:
    """Whether all pairs of a set are known; where too many sets were found the rarest are not."""
    first, second, third = items
    return all(pair in counts for pair in ((first, second), (first, third), (second, third)))
