"""What a cart is: a customer's run of moves from the first thing put in to an order or to silence.

A later question about carts reads the step `carts`: one row a cart with something in it whose last move is in the period, with customer_id,
begun_at, left_at, value, stage (an index into STAGES) and state (bought, abandoned, open).
"""

from __future__ import annotations

from datetime import timedelta

from masarat.analyse.frame import DIMENSIONS, Frame
from masarat.analyse.people import OWNER

ADDED = ("Product Added", "Wishlist Product Added to Cart")
WHOLE = ("Cart Viewed", "Checkout Started", "Order Pending")  # moves that may tell what the whole cart holds
MOVES = (*ADDED, "Product Removed", *WHOLE)
STAGES = ("cart", "checkout", "payment")
LEAD = timedelta(days=7)  # how far before the period the beginning of a cart is looked for

_REACH = "ts >= fromUnixTimestamp64Milli({lead:Int64}, 'UTC') AND ts < fromUnixTimestamp64Milli({until:Int64}, 'UTC')"
_CART_MOVE = "name IN {cart_moves:Array(String)} AND currency IN ({currency:String}, '')"


def values(frame: Frame, hours: int) -> dict[str, object]:
    """What the steps bind beside the frame's own values."""
    start, end = frame.period.bounds(frame.settings.zone)
    return {
        "lead": int((start - LEAD).timestamp() * 1000),
        "until": int((end + timedelta(hours=hours)).timestamp() * 1000),
        "hours": hours,
        "added": list(ADDED),
        "cart_moves": list(MOVES),
    }


def carts(frame: Frame) -> dict[str, str]:
    """The steps from `moves` to `carts`. An order of any channel or currency buys a cart; the segment chooses carts.

    Where a breakdown is asked for, `breakdown` is that of a cart's first move.
    """
    split = f", {DIMENSIONS[frame.breakdown]} AS breakdown" if frame.breakdown else ""
    carried, numbered, first = (
        (
            ", breakdown",
            ", move.8 AS breakdown",
            ", argMinIf(breakdown, (ts, breakdown), NOT is_order) AS breakdown",
        )
        if split
        else ("", "", "")
    )
    return {
        "moves": f"""
SELECT {OWNER} AS customer_id, ts, name = 'Order Completed' AS is_order,
       name IN {{added:Array(String)}} AS is_added, name = 'Product Removed' AS is_removed,
       multiIf(name = 'Order Pending', 2, name = 'Checkout Started', 1, 0) AS reached,
       greatest(abs(revenue), abs(arraySum(product_revenues))) AS worth,
       if(empty(product_quantities), greatest(length(product_ids), is_added), abs(arraySum(product_quantities))) AS pieces,
       multiIf(is_added, worth, is_removed, -worth, 0) AS put_worth,
       multiIf(is_added, pieces, is_removed, -pieces, 0) AS put_pieces,
       if(is_order OR is_added OR is_removed, 0, worth) AS whole_worth,
       if(is_order OR is_added OR is_removed, 0, pieces) AS whole_pieces{split}
FROM events WHERE {_REACH} AND (name = 'Order Completed' OR {_CART_MOVE}{frame.only()})""",
        # A move begins a cart where it is the first, follows an order, or comes after more than the hours.
        "paths": f"""
SELECT customer_id,
       arraySort(groupArray((ts, is_order, put_worth, put_pieces, whole_worth, whole_pieces, reached{carried}))) AS path,
       arrayMap((move, last, place) ->
                    NOT move.2 AND (place = 1 OR last.2 OR move.1 > last.1 + toIntervalHour({{hours:UInt16}})),
                path, arrayRotateRight(path, 1), arrayEnumerate(path)) AS begins
FROM moves WHERE customer_id != 0 GROUP BY customer_id HAVING countIf(NOT is_order) > 0""",
        "numbered": f"""
SELECT customer_id, cart, move.1 AS ts, move.2 AS is_order, move.3 AS put_worth, move.4 AS put_pieces,
       move.5 AS whole_worth, move.6 AS whole_pieces, move.7 AS reached{numbered}
FROM paths ARRAY JOIN path AS move, arrayCumSum(begins) AS cart""",
        "filled": f"""
SELECT customer_id, minIf(ts, NOT is_order) AS begun_at, maxIf(ts, NOT is_order) AS left_at,
       left_at + toIntervalHour({{hours:UInt16}}) AS over_at,
       countIf(is_order) > 0 AND minIf(ts, is_order) <= over_at AS is_bought, max(reached) AS stage,
       greatest(sum(put_worth), max(whole_worth), 0) AS value{first}
FROM numbered WHERE cart > 0 GROUP BY customer_id, cart
HAVING sum(put_pieces) > 0 OR max(whole_pieces) > 0 OR max(whole_worth) > 0""",
        "carts": """
SELECT *, multiIf(is_bought, 'bought', over_at > (SELECT max(ts) FROM events), 'open', 'abandoned') AS state
FROM filled
WHERE left_at >= fromUnixTimestamp64Milli({start:Int64}, 'UTC') AND left_at < fromUnixTimestamp64Milli({end:Int64}, 'UTC')""",
    }


def contents(frame: Frame, listed: str) -> dict[str, str]:
    """The steps from `handled` to `contents`: the products left in each cart of a short list, by customer_id and left_at."""
    return {
        "handled": f"""
SELECT {OWNER} AS customer_id, ts, name, product_ids, product_names, product_quantities
FROM events WHERE {_REACH} AND {_CART_MOVE}{frame.only()}""",
        "lines": f"""
SELECT customer_id, left_at, name IN {{added:Array(String)}} AS is_added, name = 'Product Removed' AS is_removed,
       arrayMap((id, title) -> if(title = '', id, title), product_ids, product_names) AS titles,
       if(empty(product_quantities), arrayMap(id -> toDecimal64(1, 4), product_ids), product_quantities) AS quantities
FROM handled GLOBAL JOIN {listed} USING (customer_id)
WHERE ts BETWEEN begun_at AND left_at""",
        "contents": """
SELECT customer_id, left_at,
       sumMapIf(titles, arrayMap(q -> if(is_added, abs(q), -abs(q)), quantities), is_added OR is_removed) AS put,
       arraySort(arrayDistinct(arrayConcat(arrayFilter((title, q) -> q > 0, put.1, put.2),
                                           groupUniqArrayArrayIf(titles, NOT (is_added OR is_removed))))) AS products
FROM lines GROUP BY customer_id, left_at""",
    }
