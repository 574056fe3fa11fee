"""What visitors are up to: the rules by which a visit is browsing, comparing, ready or blocked, in one table, and the steps that apply them.

A later question about intent reads the step `judged`: one row a visit (or a customer's period) with its state and what speaks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.analyse.people import OWNER
from masarat.analyse.searches import RESULTS
from masarat.analyse.visits import MOMENT, VIEWS, VISIT, Within, earliest

State = Literal["browsing", "comparing", "ready", "blocked", "bought"]
STATES: tuple[State, ...] = ("browsing", "comparing", "ready", "blocked", "bought")

# What a move is a sign of; from TROUBLE on it is trouble.
VIEWED, FILTERED, WISHED, CARTED, CHECKOUT, PAYING, REMOVED, WHOLE = range(1, 9)
TROUBLE = 10
FAILED, ERROR, RAGE, RELOADED, OUT_OF_STOCK, NOTHING_FOUND, DENIED = range(TROUBLE, TROUBLE + 7)
SIGNS: dict[str, int] = {
    "Product Viewed": VIEWED,
    "Product List Filtered": FILTERED,
    "Product Added to Wishlist": WISHED,
    "Product Added": CARTED,
    "Wishlist Product Added to Cart": CARTED,
    "Checkout Started": CHECKOUT,
    "Checkout Step Viewed": CHECKOUT,
    "Checkout Step Completed": CHECKOUT,
    "Payment Info Entered": PAYING,
    "Order Pending": PAYING,
    "Product Removed": REMOVED,
    "Cart Viewed": WHOLE,
    "Payment Failed": FAILED,
    "Error Seen": ERROR,
    "Rage Clicked": RAGE,
    "Page Reloaded": RELOADED,
    "Coupon Denied": DENIED,
}
# Signs that also depend on what the move tells: its sign then, and the condition.
TOLD: dict[str, tuple[int, str]] = {
    "Product Viewed": (OUT_OF_STOCK, "toString(props.in_stock) IN ('false', '0')"),
    "Products Searched": (NOTHING_FOUND, f"{RESULTS} = 0"),
    "Page Viewed": (RELOADED, "toString(props.reload) = 'true'"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that speaks for a state, if it happened so often."""

    key: str  # its words are `why-KEY`
    state: State
    signs: tuple[int, ...]
    least: int = 1
    alike: Literal["", "product", "category"] = ""  # counted is what is most often alike

    def counted(self, signs: str) -> str:
        """SQL: how often it happened among signs, an array of (moment, sign, product, category, worth)."""
        which = f"one.2 IN ({', '.join(map(str, self.signs))})"
        if not self.alike:
            return f"arrayCount(one -> {which}, {signs})"
        place = {"product": 3, "category": 4}[self.alike]
        same = f"arrayMap(one -> one.{place}, arrayFilter(one -> {which} AND one.{place} != 0, {signs}))"
        return f"arrayMax(arrayPushFront(arrayMap(each -> countEqual({same}, each), arrayDistinct({same})), 0))"


# Of a visit the strongest state that a rule speaks for holds; where none does, it is browsing.
RULES: tuple[Rule, ...] = (
    Rule("category", "comparing", (VIEWED, OUT_OF_STOCK), 3, alike="category"),
    Rule("product", "comparing", (VIEWED, OUT_OF_STOCK), 2, alike="product"),
    Rule("filtered", "comparing", (FILTERED,)),
    Rule("wished", "comparing", (WISHED,)),
    Rule("cart", "comparing", (CARTED,)),
    Rule("checkout", "ready", (CHECKOUT,)),
    Rule("paying", "ready", (PAYING, FAILED)),
    Rule("failed", "blocked", (FAILED,)),
    Rule("error", "blocked", (ERROR,)),
    Rule("rage", "blocked", (RAGE,)),
    Rule("reloaded", "blocked", (RELOADED,), 2),
    Rule("out_of_stock", "blocked", (OUT_OF_STOCK,)),
    Rule("nothing_found", "blocked", (NOTHING_FOUND,)),
    Rule("denied", "blocked", (DENIED,)),
)
PLACES = {rule.key: place for place, rule in enumerate(RULES, 1)}
TROUBLES = [rule for rule in RULES if rule.state == "blocked"]

LONGEST = 300  # signs of one visit that are looked at, the earliest
GRACE = 30 * 60_000  # ms: an order this long after a visit's last move is still of the visit
DAY = 86_400_000  # ms


def holds(state: State, signs: str) -> str:
    """SQL: whether a rule speaks for the state."""
    each = [f"{rule.counted(signs)} >= {rule.least}" for rule in RULES if rule.state == state]
    return f"({' OR '.join(each)})"


def sign(frame: Frame) -> str:
    """SQL: what a move is a sign of, 0 where of nothing. Properties are read only of moves that there are."""
    told = [
        f"name = '{name}' AND {condition}, {code}"
        for name, (code, condition) in TOLD.items()
        if name in frame.facts.counts
    ]
    plain = [f"name = '{name}', {code}" for name, code in SIGNS.items()]
    return f"toUInt8(multiIf({', '.join([*told, *plain])}, 0))"


def judged(frame: Frame, within: Within, *, only: str = "") -> dict[str, str]:
    """The steps from `moves` to `judged`; `only` is a further condition on events. They bind `values`.

    Columns: customer_id, visit, begun, until, pages, open (the signs since the last order of the visit), counts (by RULES), state (1 to 5,
    by STATES), why (places of the rules that speak for it), worth (of the cart), ordered (moments of all the customer's orders).
    """
    worth = "greatest(abs(revenue), abs(arraySum(product_revenues)))"
    signed = "multiIf(sign = {carted:UInt8}, worth_told, sign = {removed:UInt8}, -worth_told, worth_told)"
    more = {
        "at": "toUnixTimestamp64Milli(ts)",
        "moment": MOMENT,
        "is_view": "name IN {views:Array(String)}",
        "sign": sign(frame),
        "product": "if(empty(product_ids), 0, cityHash64(product_ids[1]))",
        "category": "if(product_categories[1] = '', 0, cityHash64(product_categories[1]))",
        "worth_told": f"if(currency IN ({{currency:String}}, ''), {worth}, toDecimal64(0, 4))",
        "worth": signed,
    }
    visit = VISIT if within == "visit" else "0"
    return {
        "moves": moves(frame, "session_id != ''" + (f" AND {only}" if only else ""), more=more),
        "visits": f"""
SELECT customer_id, {visit} AS visit, min(at) AS begun, max(at) AS until, countIf(is_view) AS pages,
       arrayDistinct({earliest("(moment, sign, product, category, worth)", LONGEST, "sign != 0")}) AS signs
FROM moves GROUP BY customer_id, visit""",
        # Whoever bought, with every order they made up to the days after the period, by whatever way.
        "orders": f"""
SELECT customer_id, arraySort(groupArray(at)) AS ordered
FROM (SELECT {OWNER} AS customer_id, toUnixTimestamp64Milli(ts) AS at
      FROM events WHERE name = 'Order Completed' AND events.customer_id != 0 AND toUnixTimestamp64Milli(ts) < {{after:Int64}})
GROUP BY customer_id""",
        "judged": f"""
SELECT customer_id, visit, begun, until, pages, ordered,
       arrayLast(one -> one <= until + {GRACE}, ordered) AS last_order, last_order >= begun AS bought,
       arrayFilter(one -> NOT bought OR one.1 >= bitShiftLeft(toUInt64(last_order + 1), 20), signs) AS open,
       [{", ".join(rule.counted("open") for rule in RULES)}] AS counts,
       arrayFilter((code, place) -> counts[place] >= {{least:Array(UInt8)}}[place],
                   {{troubles:Array(UInt8)}}, {{trouble_places:Array(UInt8)}}) AS met,
       arraySlice(open, 1, arrayLastIndex(one -> has(met, one.2), open)) AS up_to_trouble,
       {holds("ready", "open")} AS is_ready, {holds("comparing", "open")} AS is_comparing,
       notEmpty(met) AND ({holds("ready", "up_to_trouble")} OR {holds("comparing", "up_to_trouble")}) AS is_blocked,
       multiIf(is_blocked, 4, is_ready, 3, is_comparing, 2, bought, 5, 1) AS state,
       arrayFilter(place -> counts[place] >= {{least:Array(UInt8)}}[place] AND {{states:Array(UInt8)}}[place] <= state AND state < 5,
                   arrayEnumerate(counts)) AS why,
       greatest(arraySum(arrayMap(one -> if(one.2 IN ({CARTED}, {REMOVED}), one.5, toDecimal64(0, 4)), open)),
                arrayMax(arrayPushFront(arrayMap(one -> if(one.2 IN ({CHECKOUT}, {PAYING}, {WHOLE}), one.5, toDecimal64(0, 4)), open),
                                        toDecimal64(0, 4)))) AS worth
FROM visits GLOBAL LEFT JOIN orders USING (customer_id)""",
    }


def values(frame: Frame, days: int) -> dict[str, Any]:
    """What the steps bind beside the frame's own values."""
    return frame.values | {
        "after": frame.values["end"] + (days + 1) * DAY,
        "days": days * DAY,
        "views": list(VIEWS),
        "carted": CARTED,
        "removed": REMOVED,
        "least": [rule.least for rule in RULES],
        "states": [STATES.index(rule.state) + 1 for rule in RULES],
        "troubles": [rule.signs[0] for rule in TROUBLES],
        "trouble_places": [PLACES[rule.key] for rule in TROUBLES],
    }


# Whether a visit was followed by an order within the days; `decided` says whether that can be known yet.
AFTERWARDS = f"""
       arrayExists(one -> one > until + {GRACE} AND one <= until + {{days:Int64}}, ordered) AS converted,
       converted OR until + {{days:Int64}} <= (SELECT max(toUnixTimestamp64Milli(ts)) FROM events) AS decided"""

# Of each customer the last visit. `judged` has one row a customer where the whole period is one.
LATEST = f"""
SELECT customer_id, begun, until, pages, ordered, counts, state, why, worth, {AFTERWARDS}
FROM judged ORDER BY customer_id, until DESC, visit LIMIT 1 BY customer_id"""


# The model: what is known of a visit when it ended, as numbers, beside what came after.

WEEKS = 26  # before the end of the period that a model learns from
PARTS = (
    "pages", "length", *(rule.key for rule in RULES if rule.state != "blocked"),
    "trouble", "worth", "orders_before", "visits_before", "away",
)  # fmt: skip
LONG_AWAY = 60  # days: longer, or for ever, is the same


def features() -> str:
    """SQL: the numbers of a visit in the order of PARTS, of `judged` with `visits_before` and `away` (days since the visit before)."""
    logs = ["pages", "(until - begun) / 1000"]
    logs += [f"counts[{PLACES[rule.key]}]" for rule in RULES if rule.state != "blocked"]
    more = [
        "toFloat64(notEmpty(met))",
        "log1p(greatest(toFloat64(worth), 0))",
        "log1p(arrayCount(one -> one < begun, ordered))",
        "log1p(visits_before)",
        f"log1p(least(away, {LONG_AWAY}))",
    ]
    return f"[{', '.join([f'log1p({each})' for each in logs] + more)}]"


def learning(frame: Frame) -> Frame:
    """The frame over all the weeks before the period's end that a model learns from."""
    first = frame.period.last - timedelta(days=WEEKS * 7 - 1)
    return replace(frame, period=replace(frame.period, first=first))


def described(source: str = "judged") -> dict[str, str]:
    """The step `described`: visits that did not end in an order, with their features and what came after."""
    return {
        "described": f"""
SELECT customer_id, visit, until, state, worth, why, counts, ordered, {AFTERWARDS},
       row_number() OVER earlier - 1 AS visits_before,
       if(visits_before = 0, {LONG_AWAY}, (begun - lagInFrame(until) OVER earlier) / {DAY}) AS away,
       {features()} AS features
FROM {source}
WINDOW earlier AS (PARTITION BY customer_id ORDER BY begun, visit ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"""
    }


def sampled(frame: Frame, most: int) -> Mapping[str, Any]:
    """How many customers of how many a sample takes, so that no more than so many events are read: one in `one_in`."""
    return {"one_in": max(1, sum(frame.facts.counts.values()) // most)}
