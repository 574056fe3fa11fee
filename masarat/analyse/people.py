"""The steps that questions about customers share: who bought, and who the few on a list are."""

from __future__ import annotations

# Whose an event is, and whose a fact: the one place that says so. `customer_id` is the hash of the identifier that came; the
# dictionary knows those that belong to somebody else (store/schema.sql), the column `owner` those that were folded in since.
OWNER = "dictGetOrDefault('identity', 'owner', events.customer_id, events.owner)"
OWNER_OF_FACT = "dictGetOrDefault('identity_known', 'owner', traits.customer_id, traits.customer_id)"

# Whose an identifier's number is, wherever it stands.
OWNER_NOW = "dictGetOrDefault('identity_known', 'owner', customer_id, customer_id)"


def in_segments(key: str) -> str:
    """Every number under which the customers of saved segments stand, those merged with them since included; `key` binds the makings.

    Numbers rather than owners, so that the log is read only where these customers lie in it.
    """
    held = f"SELECT {OWNER_NOW} AS member FROM segment_members WHERE making IN {{{key}:Array(String)}}"
    return f"""(
    {held} UNION ALL SELECT from_id FROM dictionary('identity_known') WHERE owner IN ({held}))"""


# One row an identified customer with an order in the period. Those who were only given money back are not buyers of the period.
# revenue is net of refunds, spent is gross.
BUYERS = """
SELECT customer_id, sum(net) AS revenue, sum(gross) AS spent, countIf(is_order) AS orders,
       maxIf(day, is_order) AS last_order
FROM sales WHERE customer_id != 0 GROUP BY customer_id HAVING orders > 0"""

# One row: all orders of the period, and those that name no customer.
SOLD = """
SELECT countIf(is_order AND in_period) AS orders,
       countIf(is_order AND in_period AND customer_id = 0) AS unidentified
FROM sales"""


def once(ordered: str, *columns: str) -> str:
    """The step that reads a short list, which is computed once however many later steps read this one.

    A CTE runs anew for every reader; a scalar subquery does not.
    """
    item = ", ".join(columns)
    read = ", ".join(f"item.{place} AS {column}" for place, column in enumerate(columns, 1))
    return f"""
SELECT {read}
FROM (SELECT arrayJoin((SELECT arraySort(groupArray(({item}))) FROM {ordered})) AS item)"""


def who(listed: str) -> dict[str, str]:
    """Two steps that name the customers of the step `listed`: `identifiers` (the first they came with) and `names`.

    Join them with WHO; a name that nobody told us is empty. Who has several identifiers is called by the strongest, where an event
    came with it.
    """
    wanted = "customer_id GLOBAL IN (SELECT member FROM members)"
    return {
        "members": f"""
SELECT customer_id AS member FROM {listed}
UNION DISTINCT SELECT from_id FROM dictionary('identity_known') WHERE owner IN (SELECT customer_id FROM {listed})""",
        "identifiers": f"""
SELECT customer_id, argMin(visitor_id, (xxHash64(visitor_id) != customer_id, ts, visitor_id)) AS customer
FROM (SELECT {OWNER} AS customer_id, visitor_id, ts FROM events WHERE events.{wanted}) GROUP BY customer_id""",
        "names": f"""
SELECT customer_id, argMax(value, (ts, source, value)) AS name
FROM (SELECT {OWNER_OF_FACT} AS customer_id, value, ts, source FROM traits WHERE trait = 'name' AND traits.{wanted})
GROUP BY customer_id""",
    }


WHO = "GLOBAL LEFT JOIN identifiers USING (customer_id) GLOBAL LEFT JOIN names USING (customer_id)"
