"""Whether what advertising cost was told at two levels: a campaign, and its ad sets beside it, so that it would count twice."""

from __future__ import annotations

from decimal import Decimal

from masarat.store.store import Store

LEVELS = ("channel", "campaign", "ad_group", "ad")  # from the whole to its parts
ALIKE = 0.01  # by how much of it a whole may differ from its parts: rounding, and what came in late


def told_twice(store: Store) -> dict[str, Decimal]:
    """What is counted twice, by currency: on a day, a whole that comes to what its parts come to."""
    levels = " UNION ALL ".join(_wholes(depth) for depth in range(1, len(LEVELS)))
    rows = store.select(
        f"SELECT currency, sum(whole) AS amount FROM ({levels}) GROUP BY currency ORDER BY currency",
        {"alike": ALIKE},
    )
    return {row["currency"]: row["amount"] for row in rows}


def _wholes(depth: int) -> str:
    """SQL for the wholes of one level that stand beside their parts."""
    is_whole = " AND ".join(f"{name} = ''" for name in LEVELS[depth:])
    named = ", ".join(LEVELS[:depth])
    return f"""
SELECT currency, sumIf(amount, {is_whole}) AS whole, sumIf(amount, NOT ({is_whole})) AS parts
FROM costs FINAL GROUP BY day, currency, {named}
HAVING whole > 0 AND abs(toFloat64(whole - parts)) <= {{alike:Float64}} * toFloat64(whole)"""
