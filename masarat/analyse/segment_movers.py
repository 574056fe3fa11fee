"""The customers behind a move from one customer segment to another."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.people import WHO, once, who
from masarat.analyse.period import Compare
from masarat.analyse.segment_moves import PERIOD, moved_steps, moved_values, place_of, title
from masarat.store import Query
from masarat.words import Words


class SegmentMovers(Analysis):
    """Who went from one customer segment to another in the period: all of them, those whose revenue fell most first.

    For whoever wants to write to those who just slipped, or to thank those who came up. Segments and moves are those of `segment_moves`, by the
    same rules. `came_from` and `went_to` take a segment's key or title, newcomer (no order before the period) or gone; where one
    is left empty any will do, and where both are, all who stand elsewhere than when the period began are listed. Revenue is net, in
    the period, beside that of the same number of days before it.
    """

    period: str = Field(PERIOD, description="Between the beginning and the end of which days: last_90_days, 2025-11, ramadan_1446, …")  # fmt: skip
    came_from: str = Field("", max_length=100, description="Segment when the period began: champions, …, newcomer, gone; empty is any.")  # fmt: skip
    went_to: str = Field("", max_length=100, description="Segment at the end of the period: champions, …, gone; empty is any.")  # fmt: skip
    gone_days: int = Field(365, ge=1, le=3650, description="Days without an order after which a customer counts as gone.")  # fmt: skip
    limit: int = Field(100, ge=1, le=10_000, description="How many customers to list.")
    compare: Compare = Field("none", description="Not compared: the move itself compares two days.")

    view = "table"
    columns = (
        Column("customer", "text"),
        Column("name", "text"),
        Column("one", "text"),
        Column("two", "text"),
        Column("revenue", "money"),
        Column("revenue_before", "money"),
        Column("difference", "money"),
    )
    numbers = (
        Column("customers", "count"),
        Column("revenue", "money"),
        Column("revenue_before", "money"),
        Column("difference", "money"),
    )
    sample = "known"
    words = Words(
        en="""
title = Customers who changed segment
about = Who went from one customer segment to another in the period.
param-came_from = From
param-went_to = To
param-gone_days = Gone after days
one = From
two = To
customers = Customers
    .formula = Identified customers who went this way in the period
revenue = Revenue
    .formula = Their net revenue in the period
revenue_before = Revenue before
    .formula = Their net revenue in the same number of days before the period
difference = Difference
    .formula = Revenue in the period minus revenue before
sentence = { $customers ->
    [0] Nobody went this way in the period.
    [one] One customer went this way, and brought { $revenue } in the period, { $before } in as many days before.
   *[other] { $customers } customers went this way; they brought { $revenue } in the period, { $before } in as many days before.
}
""",
        ar="""
title = من غيّروا شريحتهم
about = من انتقل من شريحة عملاء إلى أخرى في الفترة.
param-came_from = من
param-went_to = إلى
param-gone_days = ينقطع بعد أيام
one = من
two = إلى
customers = العملاء
    .formula = العملاء المعروفون الذين سلكوا هذا الطريق في الفترة
revenue = الإيرادات
    .formula = صافي إيراداتهم في الفترة
revenue_before = الإيرادات قبلها
    .formula = صافي إيراداتهم في عدد الأيام نفسه قبل الفترة
difference = الفرق
    .formula = الإيرادات في الفترة ناقص الإيرادات قبلها
sentence = { $customers ->
    [zero] لم يسلك هذا الطريق أحد في الفترة.
    [one] سلك هذا الطريق عميل واحد، جلب { $revenue } في الفترة و{ $before } في مثل أيامها قبلها.
    [two] سلك هذا الطريق عميلان، جلبا { $revenue } في الفترة و{ $before } في مثل أيامها قبلها.
    [few] سلك هذا الطريق { $customers } عملاء، جلبوا { $revenue } في الفترة و{ $before } في مثل أيامها قبلها.
    [many] سلك هذا الطريق { $customers } عميلًا، جلبوا { $revenue } في الفترة و{ $before } في مثل أيامها قبلها.
   *[other] سلك هذا الطريق { $customers } عميل، جلبوا { $revenue } في الفترة و{ $before } في مثل أيامها قبلها.
}
""",
    )

    def query(self, frame: Frame) -> Query:
        one, two = place_of(self.came_from), place_of(self.went_to)
        return Query(
            steps={
                "sales": frame.sales(history=True),
                **moved_steps(),
                "went": WENT,
                "totals": TOTALS,
                "first": "SELECT * FROM went ORDER BY difference, now DESC, customer_id LIMIT {limit:UInt32}",
                "listed": once("first", "customer_id", "one", "two", "now", "then", "difference"),
                **who("listed"),
                "rows": f"""
SELECT customer, name, one, two, now AS revenue, then AS revenue_before, difference
FROM listed {WHO} ORDER BY difference, now DESC, customer_id""",
            },
            values=moved_values(frame, self.gone_days)
            | {"came_from": one, "went_to": two, "limit": self.limit},
            rows="rows",
            totals="totals",
            customers="went",
        )

    def interpret(self, found: Found) -> Found:
        for row in found.rows:
            row |= {name: title(row[name], found.frame.language) for name in ("one", "two")}
        return found

    def explain(self, found: Found) -> str:
        money = {"revenue": found.money("revenue"), "before": found.money("revenue_before")}
        return found.say("sentence", customers=found.totals["customers"], **money)


FITS = """({came_from:String} IN ('', one) AND {went_to:String} IN ('', two)
       AND ({came_from:String} != '' OR {went_to:String} != '' OR one != two))"""

WENT = f"SELECT customer_id, one, two, now, then, now - then AS difference FROM moved WHERE {FITS}"

TOTALS = f"""
SELECT count() AS known, countIf(fits) AS customers, sumIf(now, fits) AS revenue, sumIf(then, fits) AS revenue_before,
       sumIf(now, fits) - sumIf(then, fits) AS difference
FROM (SELECT *, {FITS} AS fits FROM moved)"""

SegmentMovers.example = SegmentMovers(limit=20)
