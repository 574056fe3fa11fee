"""What visitors are up to: the rules by which a visit is browsing, comparing, ready or blocked, in one table, and the steps that apply them.

A later question about intent reads the step `judged`: one row a visit (or a customer's period) with its state and what speaks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    alike: Literal["", "products", "categories"] = ""  # counted is what is most often alike

    def counted(self, among: str = "") -> str:
        """SQL: how often it happened, of what `parted` gives under the same suffix."""
        if self.alike:
            values = f"{self.alike}{among}"
            return f"arrayMax(arrayPushFront(arrayMap(each -> countEqual({values}, each), {values}), 0))"
        return " + ".join(f"countEqual(kinds{among}, {sign})" for sign in self.signs)


# Of a visit the strongest state that a rule speaks for holds; where none does, it is browsing.
RULES: tuple[Rule, ...] = (
    Rule("category", "comparing", (VIEWED, OUT_OF_STOCK), 3, alike="categories"),
    Rule("product", "comparing", (VIEWED, OUT_OF_STOCK), 2, alike="products"),
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

KEEN = [rule for rule in RULES if rule.state != "blocked"]
ALIKE = {"products": 3, "categories": 4}  # and where a sign has them

LONGEST = 300  # signs of one visit that are looked at, the earliest
GRACE = 30 * 60_000  # ms: an order this long after a visit's last move is still of the visit
DAY = 86_400_000  # ms


def parted(signs: str, among: str = "") -> str:
    """SQL: what rules count of signs, an array of (moment, sign, product, category, worth): what they are, and what was viewed."""
    views = f"kind IN ({VIEWED}, {OUT_OF_STOCK}) AND value != 0"
    alike = (
        f"arrayFilter((value, kind) -> {views}, {signs}.{place}, {signs}.2) AS {name}{among}"
        for name, place in ALIKE.items()
    )
    return f"{signs}.2 AS kinds{among}, {', '.join(alike)}"


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

    Columns: customer_id, visit, begun, until (ms), pages, counts (of the rules, since the last order of the visit), troubled, state (1 to 5, by
    STATES), why (places of the rules that speak for it), worth (of the cart), ordered (moments of all the customer's orders).
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
        # Each of the next steps builds on names of the one before it: within a lambda the engine does not know those of its own step.
        "closed": f"""
SELECT customer_id, visit, begun, until, pages, signs, ordered, arrayLast(one -> one <= until + {GRACE}, ordered) AS last_order,
       last_order >= begun AS bought, if(bought, bitShiftLeft(toUInt64(last_order + 1), 20), 0) AS since
FROM visits GLOBAL LEFT JOIN orders USING (customer_id)""",
        "opened": """
SELECT customer_id, visit, begun, until, pages, ordered, bought, arrayFilter(one -> one.1 >= since, signs) AS open FROM closed""",
        "parted": f"SELECT *, {parted('open')} FROM opened",
        "counted": f"""
SELECT customer_id, visit, begun, until, pages, ordered, bought, open,
       CAST([{", ".join(rule.counted() for rule in RULES)}], 'Array(UInt32)') AS counts,
       arrayMap((n, least) -> n >= least, counts, {{least:Array(UInt8)}}) AS speaks
FROM parted""",
        "troubled": """
SELECT *, arrayFilter((trouble, place) -> speaks[place], {troubles:Array(UInt8)}, {trouble_places:Array(UInt8)}) AS met
FROM counted""",
        # What came up to the last trouble: who was not keen by then met it while browsing.
        "turned": """
SELECT *, arraySlice(open, 1, arrayLastIndex(one -> has(met, one.2), open)) AS before FROM troubled""",
        "tried": f"SELECT *, {parted('before', '_before')} FROM turned",
        "judged": f"""
SELECT customer_id, visit, begun, until, pages, ordered, counts, notEmpty(met) AS troubled,
       multiIf(notEmpty(met) AND ({" OR ".join(f"{rule.counted('_before')} >= {rule.least}" for rule in KEEN)}), 4,
               arrayExists((spoke, of) -> spoke AND of = 3, speaks, {{states:Array(UInt8)}}), 3,
               arrayExists((spoke, of) -> spoke AND of = 2, speaks, {{states:Array(UInt8)}}), 2, bought, 5, 1) AS state,
       arrayFilter((place, spoke, of) -> spoke AND of <= state AND state < 5, arrayEnumerate(counts), speaks, {{states:Array(UInt8)}}) AS why,
       arraySum(arrayMap((kind, value) -> if(kind IN ({CARTED}, {REMOVED}), value, toDecimal64(0, 4)), open.2, open.5)) AS put,
       arrayMap((kind, value) -> if(kind IN ({CHECKOUT}, {PAYING}, {WHOLE}), value, toDecimal64(0, 4)), open.2, open.5) AS told,
       greatest(put, arrayMax(arrayPushFront(told, toDecimal64(0, 4)))) AS worth
FROM tried""",
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


# Whether a visit was followed by an order within the days; `decided` says whether that can be known yet, `is_last` whether it is the
# customer's last one, and `settled` whether they ordered since.
AFTERWARDS = f"""
SELECT *, arrayExists(one -> one > until + {GRACE} AND one <= until + {{days:Int64}}, ordered) AS converted,
       converted OR until + {{days:Int64}} <= (SELECT max(toUnixTimestamp64Milli(ts)) FROM events) AS decided,
       arrayExists(one -> one > until + {GRACE}, ordered) AS settled,
       row_number() OVER (PARTITION BY customer_id ORDER BY until DESC, visit) = 1 AS is_last
FROM judged"""
