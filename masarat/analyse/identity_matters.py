"""What the identity graph did and what waits, as SQL: the steps of identity_health."""

from __future__ import annotations

from masarat.resolve.identifiers import BY_NAME, CROWD, KINDS, NUMBER, REACH

# What the graph says is shared: the same reach as in resolve/graph.py, where only kinds that name a person count.
VALUES = {
    "kinds": [kind.name for kind in KINDS],
    "reaches": [kind.reach for kind in KINDS],
    "reach": BY_NAME[NUMBER].reach,
    "nameless": [kind.name for kind in KINDS if not kind.names],
    "least": REACH,
    "crowd": CROWD,
}

BY_SOURCE = """
SELECT breakdown AS source, countIf(is_order) AS orders, countIf(is_order AND customer_id = 0) AS missing,
       toFloat64(sumIf(net, customer_id = 0)) AS revenue
FROM sales GROUP BY source HAVING orders > 0 ORDER BY missing DESC, source"""

OF_SALES = """
SELECT countIf(is_order) AS orders, countIf(is_order AND customer_id = 0) AS missing,
       missing / nullIf(orders, 0) AS missing_share, sumIf(net, customer_id = 0) AS missing_revenue,
       toFloat64(missing_revenue) / nullIf(toFloat64(sum(net)), 0) AS missing_revenue_share,
       uniqExactIf(customer_id, is_order AND customer_id != 0) AS customers
FROM sales"""

# Identifiers that belong to a customer with another name.
HELD = """
SELECT count() AS joined FROM identity_overrides
WHERE owner != from_id AND owner GLOBAL IN (SELECT customer_id FROM sales WHERE is_order AND customer_id != 0)"""

WITHIN = """({always:Bool} OR at >= fromUnixTimestamp64Milli({start:Int64}, 'UTC')
    AND at < fromUnixTimestamp64Milli({end:Int64}, 'UTC'))"""

LOG = f"""
SELECT what, why, one, other, actor FROM identity_log WHERE {WITHIN}"""

# Empty: not too many of a kind, but somebody said so.
REFUSALS = """
SELECT kind, count() AS refused
FROM (SELECT DISTINCT one, other, extract(why, '^too many of (.*)$') AS kind FROM log WHERE what = 'refused')
GROUP BY kind"""

# With how many of each kind an identifier was seen, of those that were seen with many.
LINKS = """
SELECT one, extract(one, '^[^:]*') AS kind, extract(other, '^[^:]*') AS seen, count() AS others
FROM identity_links
WHERE one IN (SELECT one FROM identity_links GROUP BY one HAVING count() > {least:UInt32})
GROUP BY one, seen"""

HUBS = """
SELECT kind, count() AS shared
FROM (
    SELECT one, any(kind) AS kind, maxIf(others, seen NOT IN {nameless:Array(String)}) AS people, sum(others) AS all
    FROM links GROUP BY one
    HAVING people > transform(kind, {kinds:Array(String)}, {reaches:Array(UInt32)}, {reach:UInt32}) OR all > {crowd:UInt32}
)
GROUP BY kind"""

# Empty where nobody ever looked.
QUEUE = """
SELECT sum(waiting) AS waiting FROM identity_queue"""

DECISIONS = f"""
SELECT what, count() AS decided FROM identity_decisions WHERE {WITHIN} GROUP BY what"""

OF_GRAPH = """
SELECT (SELECT countIf(what = 'merged') FROM log) AS merged, (SELECT countIf(what = 'split') FROM log) AS split,
       (SELECT sum(refused) FROM refusals) AS refused, (SELECT sum(shared) FROM hubs) AS shared,
       (SELECT sum(decided) FROM decisions) AS decided, (SELECT waiting FROM queue) AS waiting"""

TOTALS = """
SELECT *, (customers + joined) / nullIf(customers, 0) AS identifiers FROM of_sales CROSS JOIN held CROSS JOIN of_graph"""

# One row a matter and place, in the order of what can be done about it.
MATTERS = """
SELECT matter, part, count, share, revenue
FROM (
    SELECT 1 AS place, 'missing' AS matter, source AS part, missing AS count, toNullable(missing / orders) AS share,
           toNullable(revenue) AS revenue FROM by_source
    UNION ALL SELECT 2, 'refused', kind, refused, NULL, NULL FROM refusals
    UNION ALL SELECT 3, 'shared', kind, shared, NULL, NULL FROM hubs
    UNION ALL SELECT 4, 'waiting', '', waiting, NULL, NULL FROM queue WHERE waiting > 0
    UNION ALL SELECT if(what = 'merged', 5, 6), what, if(actor = 'rules', 'rules', 'people') AS whose, count(), NULL, NULL
        FROM log WHERE what IN ('merged', 'split') GROUP BY what, whose
    UNION ALL SELECT 7, 'decided', what, decided, NULL, NULL FROM decisions
)
ORDER BY place, count DESC, part"""

STEPS = {
    "by_source": BY_SOURCE,
    "of_sales": OF_SALES,
    "held": HELD,
    "log": LOG,
    "refusals": REFUSALS,
    "links": LINKS,
    "hubs": HUBS,
    "queue": QUEUE,
    "decisions": DECISIONS,
    "of_graph": OF_GRAPH,
    "totals": TOTALS,
    "matters": MATTERS,
}
