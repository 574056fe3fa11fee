"""The steps that questions about customers share: who bought, and who the few on a list are."""

from __future__ import annotations

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

    Join them with WHO; a name that nobody told us is empty.
    """
    wanted = f"customer_id GLOBAL IN (SELECT customer_id FROM {listed})"
    return {
        "identifiers": f"""
SELECT customer_id, argMin(visitor_id, (ts, visitor_id)) AS customer
FROM events WHERE {wanted} GROUP BY customer_id""",
        "names": f"""
SELECT customer_id, argMax(value, (ts, source, value)) AS name
FROM traits WHERE trait = 'name' AND {wanted} GROUP BY customer_id""",
    }


WHO = "GLOBAL LEFT JOIN identifiers USING (customer_id) GLOBAL LEFT JOIN names USING (customer_id)"
