"""The customers of a stage, by name."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.people import WHO, once, who
from masarat.analyse.stages import DAY, Rules
from masarat.store import Query
from masarat.words import Words


class JourneyCustomers(Analysis):
    """Who is in a stage of the journey, since when, and where they were before.

    For sales and marketing, to call or write to them. The stage is named by its key: one of the shop's stages (awareness, interest,
    consideration, purchase, retention, advocacy, unless you set others: `masarat stages`), or dormant or lost; see `journey` for what
    each means. Those who brought most come first, then those who came into the stage last. Net revenue is what they brought
    up to the end of the period, in the asked currency. Days are counted up to then.
    """

    stage: str = Field("consideration", max_length=100, description="Key of the stage, or dormant or lost.")
    limit: int = Field(100, ge=1, le=1000, description="How many customers to list.")

    view = "table"
    columns = (
        Column("customer", "text"),
        Column("name", "text"),
        Column("since", "time"),
        Column("days_here", "number"),
        Column("came_from", "text"),
        Column("brought", "money"),
    )
    numbers = (Column("customers", "count"), Column("brought", "money"))
    needs = ()
    about = ()
    sample = "known"
    words = Words(
        en="""
title = Customers of a stage
about = Who is in a stage of the journey, since when, and where they were before.
param-stage = Stage
customers = Customers
    .formula = Customers in this stage at the end of the period
brought = Revenue so far
    .formula = Net revenue up to the end of the period
since = Since
    .formula = When they came into the stage
days_here = Days in stage
    .formula = Days since then
came_from = Came from
    .formula = The stage they were in before; empty where it was their first
sentence = { $customers ->
    [0] Nobody is in { $stage }.
    [one] One customer is in { $stage }, and brought { $brought } so far.
   *[other] { $customers } customers are in { $stage }; they brought { $brought } so far.
}
""",
        ar="""
title = عملاء مرحلة
about = من في مرحلة من مراحل الرحلة، ومنذ متى، وأين كان قبلها.
param-stage = المرحلة
customers = العملاء
    .formula = من هم في هذه المرحلة عند آخر الفترة
brought = الإيرادات حتى الآن
    .formula = صافي الإيرادات حتى آخر الفترة
since = منذ
    .formula = متى دخلوا المرحلة
days_here = أيام في المرحلة
    .formula = الأيام منذ ذلك
came_from = جاؤوا من
    .formula = المرحلة التي كانوا فيها قبلها؛ فارغة إن كانت أول مراحلهم
sentence = { $customers ->
    [zero] لا أحد في «{ $stage }».
    [one] في «{ $stage }» عميل واحد، وقد جلب حتى الآن { $brought }.
    [two] في «{ $stage }» عميلان، وقد جلبا حتى الآن { $brought }.
    [few] في «{ $stage }» { $customers } عملاء، وقد جلبوا حتى الآن { $brought }.
    [many] في «{ $stage }» { $customers } عميلًا، وقد جلبوا حتى الآن { $brought }.
   *[other] في «{ $stage }» { $customers } عميل، وقد جلبوا حتى الآن { $brought }.
}
""",
    )

    def query(self, frame: Frame) -> Query:
        rules = Rules(frame.told.stages())
        return Query(
            steps={
                **rules.people(frame),
                "placed": PLACED,
                "totals": TOTALS,
                "everybody": "SELECT * FROM placed WHERE stage = {stage:UInt8}",
                "best": BEST,
                "listed": once("best", "place", "customer_id", "since", "came_from", "brought"),
                **who("listed"),
                "by_name": BY_NAME,
            },
            values=rules.values(frame) | {"stage": rules.place(self.stage), "limit": self.limit},
            rows="by_name",
            totals="totals",
            customers="everybody",
        )

    def interpret(self, found: Found) -> Found:
        titles = Rules(found.frame.told.stages()).titles(found.speaker)
        for row in found.rows:
            row["came_from"] = titles[row["came_from"] - 1] if row["came_from"] else ""
        found.before_rows = []
        return found

    def explain(self, found: Found) -> str:
        rules = Rules(found.frame.told.stages())
        stage = rules.titles(found.speaker)[rules.place(self.stage) - 1]
        return found.say(
            "sentence", customers=found.totals["customers"], stage=stage, brought=found.money("brought")
        )


# One row a customer, where they are at the end of the period.
PLACED = """
SELECT customer_id, path[-1].2 AS stage, path[-1].1 AS since, if(length(path) > 1, path[-2].2, 0) AS came_from,
       brought
FROM paths"""

TOTALS = """
SELECT count() AS known, countIf(stage = {stage:UInt8}) AS customers, sumIf(brought, stage = {stage:UInt8}) AS brought FROM placed"""

BEST = """
SELECT row_number() OVER (ORDER BY brought DESC, since DESC, customer_id) AS place, customer_id, since, came_from, brought
FROM everybody ORDER BY brought DESC, since DESC, customer_id LIMIT {limit:UInt16}"""

BY_NAME = f"""
SELECT customer, name, fromUnixTimestamp64Milli(since, {{timezone:String}}) AS since,
       ({{as_of:Int64}} - listed.since) / {DAY} AS days_here, came_from, brought
FROM listed {WHO}
ORDER BY place"""

JourneyCustomers.example = JourneyCustomers(stage="consideration", limit=20)
