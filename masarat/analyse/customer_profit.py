"""Profit by customer: the whale curve, and the customers who cost money."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Found
from masarat.analyse.frame import Frame
from masarat.analyse.people import WHO, once, who
from masarat.analyse.profit_reading import BASES, COSTLY, DEDUCTIONS, Costed, reading, summed, sums
from masarat.analyse.profit_words import CUSTOMER_PROFIT_WORDS, not_known
from masarat.store import Query, Row

Show = Literal["most", "least", "losing"]
REASONS = 3  # named of each customer who costs money
POINTS = 100  # of the curve
CLEAR = 1.005  # a peak that rises above the whole


class CustomerProfit(Costed):
    """Who brings the profit, which customers cost money, and why: the whale curve.

    For the owner who decides whom to call, whom to serve otherwise and whom to let go. Profit is that of the question `profitability`, with the
    same deductions and the same rates, summed over all that a customer bought, gave back and asked for in the period. Customers are lined
    up from the most profitable to the one who costs most; the curve adds their profit up, as a share of the profit of all of them. Where some cost
    money it rises above 100 % and comes down again (the whale curve, Kaplan and Narayanan 2001): its peak is what would be left without them.
    Where all together leave no profit there is no curve.

    `show=losing` lists those who cost money, the most costly first, with where it went: the largest deductions of each, cost of goods only
    where they were sold below it. Who only gave back in the period what was bought before costs money in it, since refunds count on their
    day: look at a long period before you judge. Orders that name nobody are in the profit, and in no row.
    """

    show: Show = Field(
        "most",
        description="Which customers: those who bring most first, least first, or only those who cost money.",
    )
    limit: int = Field(100, ge=1, le=10_000, description="How many customers to list.")

    view = "curve"
    columns = (
        Column("rank", "count"),
        Column("customer", "text"),
        Column("name", "text"),
        Column("orders", "count"),
        Column("gross", "money"),
        Column("discounts", "money"),
        *(Column(name, "money") for name in DEDUCTIONS),
        Column("profit", "money"),
        Column("margin", "percent"),
        Column("why", "list"),
        Column("cost_known", "percent"),
    )
    numbers = (
        Column("customers", "count"),
        Column("profit", "money"),
        Column("margin", "percent"),
        Column("top_20", "percent"),
        Column("peak", "percent"),
        Column("losing", "count"),
        Column("loss", "money"),
        Column("unnamed", "money"),
        Column("gross", "money"),
        *(Column(name, "money") for name in DEDUCTIONS),
        Column("cost_known", "percent"),
    )
    picture = (Column("share_of_customers", "percent"), Column("share", "percent"))
    sample = "entries"
    words = CUSTOMER_PROFIT_WORDS

    def query(self, frame: Frame) -> Query:
        chosen = "profit_sum < 0" if self.show == "losing" else "true"
        order = "DESC" if self.show == "most" else "ASC"
        columns = [f"{name}_sum" for name in (*BASES, *DEDUCTIONS, "profit")]
        overall = ", ".join(f"sum({name}) AS {name.removesuffix('_sum')}_all" for name in columns)
        return Query(
            steps={
                **reading(frame),
                "by_customer": f"""
SELECT customer_id, {sums()} FROM orders GROUP BY customer_id
HAVING customer_id = 0 OR entries_sum > 0 OR profit_sum != 0""",
                "ranked": """
SELECT *, row_number() OVER line AS rank, sum(profit_sum) OVER line AS so_far, count() OVER (PARTITION BY customer_id = 0) AS everybody
FROM by_customer
WINDOW line AS (PARTITION BY customer_id = 0 ORDER BY profit_sum DESC, customer_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)""",
                "people": f"SELECT * FROM ranked WHERE customer_id != 0 AND {chosen}",
                "best": f"SELECT * FROM people ORDER BY profit_sum {order}, customer_id LIMIT {{limit:UInt32}}",
                "listed": once("best", "rank", "customer_id", *columns),
                **who("listed"),
                "rows": f"""
SELECT rank, customer, name, {", ".join(columns)}
FROM listed {WHO} ORDER BY profit_sum {order}, customer_id""",
                "totals": f"""
SELECT countIf(is_known) AS customers, countIf(is_known AND profit_sum < 0) AS losing, sumIf(profit_sum, is_known AND profit_sum < 0) AS loss_sum,
       maxIf(so_far, is_known) AS peak_sum, maxIf(so_far, is_known AND rank = intDiv(everybody + 4, 5)) AS fifth_sum,
       sumIf(profit_sum, is_known) AS named_sum, {overall},
       arraySort(groupArrayIf((rank / everybody, toFloat64(so_far)), is_known
           AND (rank = 1 OR intDiv(rank * {POINTS}, everybody) > intDiv((rank - 1) * {POINTS}, everybody)))) AS points
FROM (SELECT *, customer_id != 0 AS is_known FROM ranked)""",
            },
            values=frame.values | self.rates() | {"costly": list(COSTLY), "limit": self.limit},
            rows="rows",
            totals="totals",
            customers="people",
        )

    def interpret(self, found: Found) -> Found:
        found.rows = [self._row(found, row) for row in found.rows]
        found.totals, found.picture = self._totals(found.totals)
        if found.before:
            found.before, found.before_picture = self._totals(found.before)
        found.before_rows = []
        return found

    def _row(self, found: Found, row: Row) -> Row:
        known = self.known(summed(row))
        return known | {"why": _why(found, known) if known["profit"] < 0 else []}

    def _totals(self, row: Row) -> tuple[Row, list[Row]]:
        curve = summed({name: value for name, value in row.items() if not name.endswith("_all")})
        whole = {
            name.removesuffix("_all"): float(value) for name, value in row.items() if name.endswith("_all")
        }
        named = curve["named"]
        points = [(0.0, 0.0), *curve.pop("points")]
        totals = self.known(whole) | curve
        gains = named > 0
        totals |= {
            "peak": curve["peak"] / named if gains else None,
            "top_20": curve["fifth"] / named if gains else None,
            "unnamed": whole["profit"] - named,
        }
        drawn = (
            [{"share_of_customers": place, "share": so_far / named} for place, so_far in points]
            if gains
            else []
        )
        return totals, drawn

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        if totals["cost"] is None:
            return found.say("no-cost", gross=found.money("gross"), net=found.money("net"))
        if not totals["customers"]:
            return found.say("nobody")
        said = [
            found.say(
                "sentence",
                customers=totals["customers"],
                profit=found.money("named"),
                margin="none" if totals["margin"] is None or totals["unnamed"] else found.percent("margin"),
            )
        ]
        if totals["peak"] is None:
            said.append(found.say("no-profit"))
        else:
            peak = found.percent("peak") if totals["peak"] > CLEAR else "none"
            said.append(found.say("whale", top=speak.percent(0.2), share=found.percent("top_20"), peak=peak))
        said.append(found.say("cost-money", n=totals["losing"], loss=found.money("loss")))
        return " ".join(said)

    def notes(self, found: Found) -> list[str]:
        small = found.totals["orders"] < SMALL_SAMPLE
        few = [found.say("note-small", n=int(found.totals["orders"]))] if small else []
        return few + not_known(self, found)


def _why(found: Found, row: Row) -> list[str]:
    """The largest deductions of a customer, in words; the cost of goods only where it is above what was kept."""
    taken = {name: row[name] or 0 for name in (*DEDUCTIONS, "discounts")}
    if taken["cost"] <= max(row["net"], 0):
        del taken["cost"]
    largest = sorted((name for name, amount in taken.items() if amount >= 1), key=lambda name: -taken[name])
    return [
        found.say("why-part", what=found.say(f"why-{name}"), amount=found.speaker.money(taken[name], found.frame.currency, whole=True))
        for name in largest[:REASONS]
    ]  # fmt: skip


CustomerProfit.example = CustomerProfit(limit=20)
