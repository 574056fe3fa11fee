"""The customers of a group that was found: everybody placed by the model it was kept with."""

from __future__ import annotations

import json

import numpy as np
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found, explain
from masarat.analyse.buying_habits import BUYERS, MORE, USUAL, features, values
from masarat.analyse.found_model import fitted, read_model
from masarat.analyse.found_segments import FoundSegments, group_names
from masarat.analyse.frame import Frame
from masarat.analyse.people import WHO, once, who
from masarat.analyse.told import Told
from masarat.models.clusters import FEWEST
from masarat.store import Query, Store
from masarat.words import Words, speaker

# Those who bought once or twice, and those who bought more: what stands where no model was found yet.
SIMPLE = json.dumps(
    {
        "categories": [],
        "channels": [],
        "low": [0] * len(USUAL),
        "high": [20] * len(USUAL),
        "middle": [0] * len(USUAL),
        "unit": [0, 1, 0, 0, 0, 0, 0],
        "centres": [[0, 0, 0, 0, 0, 0, 0], [0, 2, 0, 0, 0, 0, 0]],
    }
)


class FoundCustomers(Analysis):
    """Who is in a group of customers that was found (`found_segments`): all of them, those who bring most first.

    For whoever writes to one such group. Groups are kept with the model that found them (`masarat segments found --save NAME`), as a text of
    numbers: what was measured, how it was scaled, and where the middle of each group lies. Every identified customer with an order in the
    period is of the group whose middle is nearest, so that a segment made anew a month later has those who buy like it then. Groups are
    counted from 1, the largest first. Where no model is given, group 1 are those who bought once or twice, group 2 all others. Revenue is
    net, in the asked currency.
    """

    model: str = Field(SIMPLE, max_length=20_000, description="The model that found_segments kept; see masarat segments found.")  # fmt: skip
    group: int = Field(1, ge=1, le=20, description="Number of the group, the largest is 1.")
    limit: int = Field(100, ge=1, le=10_000, description="How many customers to list.")

    view = "table"
    columns = (
        Column("customer", "text"),
        Column("name", "text"),
        Column("orders", "count"),
        Column("revenue", "money"),
        Column("recency", "days"),
    )
    numbers = (
        Column("customers", "count"),
        Column("share_of_customers", "percent"),
        Column("revenue", "money"),
    )
    sample = "known"
    words = Words(
        en="""
title = Customers of a found group
about = Who is in a group of customers that was found by how they buy.
param-model = Model
param-group = Group
customers = Customers
    .formula = Identified customers with an order in the period whose nearest group this is
share_of_customers = Share of customers
    .formula = Customers of the group divided by all identified customers with an order in the period
revenue = Revenue
    .formula = Their net revenue in the period
recency = Days since last order
    .formula = From the last order to the last day of the period
sentence = { $customers ->
    [0] Nobody is in group { $group }.
    [one] One customer is in group { $group } ({ $share }), and brought { $revenue }.
   *[other] { $count } customers are in group { $group } ({ $share }); they brought { $revenue }.
}
""",
        ar="""
title = عملاء مجموعة
about = من هم عملاء مجموعة ميّزتها طريقة شرائهم.
param-model = النموذج
param-group = المجموعة
customers = العملاء
    .formula = العملاء المعروفون المشترون في الفترة الذين هذه أقرب المجموعات إليهم
share_of_customers = الحصة من العملاء
    .formula = عملاء المجموعة مقسومين على العملاء المعروفين المشترين في الفترة كلهم
revenue = الإيرادات
    .formula = صافي إيراداتهم في الفترة
recency = أيام منذ آخر طلب
    .formula = من آخر طلب إلى آخر يوم من الفترة
sentence = { $customers ->
    [zero] لا أحد في المجموعة { $group }.
    [one] في المجموعة { $group } عميل واحد ({ $share })، جلب { $revenue }.
    [two] في المجموعة { $group } عميلان ({ $share })، جلبا { $revenue }.
    [few] في المجموعة { $group } { $count } عملاء ({ $share })، جلبوا { $revenue }.
    [many] في المجموعة { $group } { $count } عميلًا ({ $share })، جلبوا { $revenue }.
   *[other] في المجموعة { $group } { $count } عميل ({ $share })، جلبوا { $revenue }.
}
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "sales": frame.sales(more=MORE),
                "buyers": BUYERS,
                "habits": features("{categories:Array(String)}", "{channels:Array(String)}"),
                "placed": """
SELECT customer_id, orders, revenue, recency,
       arrayMap((x, low, high, middle, unit) -> (least(greatest(x, low), high) - middle) * unit,
                features, {low:Array(Float64)}, {high:Array(Float64)}, {middle:Array(Float64)}, {unit:Array(Float64)}) AS scaled,
       arrayMap(centre -> arraySum((one, other) -> (one - other) * (one - other), centre, scaled), {centres:Array(Array(Float64))}) AS away,
       indexOf(away, arrayMin(away)) AS nearest
FROM habits""",
                "mine": "SELECT customer_id, orders, revenue, recency FROM placed WHERE nearest = {group:UInt8}",
                "totals": """
SELECT count() AS known, countIf(nearest = {group:UInt8}) AS customers, customers / nullIf(known, 0) AS share_of_customers,
       sumIf(placed.revenue, nearest = {group:UInt8}) AS revenue
FROM placed""",
                "best": "SELECT * FROM mine ORDER BY revenue DESC, customer_id LIMIT {limit:UInt32}",
                "listed": once("best", "customer_id", "orders", "revenue", "recency"),
                **who("listed"),
                "rows": f"""
SELECT customer, name, orders, revenue, recency FROM listed {WHO} ORDER BY revenue DESC, customer_id""",
            },
            values=values(frame)
            | read_model(self.model)
            | {"group": self.group, "limit": self.limit},
            rows="rows",
            totals="totals",
            customers="mine",
        )  # fmt: skip

    def explain(self, found: Found) -> str:
        totals = found.totals
        return found.say(
            "sentence",
            customers=totals["customers"],
            count=found.speaker.count(totals["customers"]),
            group=self.group,
            share=found.percent("share_of_customers"),
            revenue=found.money("revenue"),
        )


FoundCustomers.example = FoundCustomers(group=1, limit=20)


def groups_of(store: Store, question: FoundSegments, told: Told) -> list[tuple[str, FoundCustomers]]:
    """The groups that a question finds: what each is called, and the question that has its customers."""
    query = explain(store, question, told=told)
    rows, (totals,) = store.rows(query), store.rows(query, query.totals)
    if len(rows) < FEWEST:
        return []
    model, placed = fitted(rows, totals, question.most)
    if len(placed.centres) == 1:
        return []
    features = np.array([row["features"] for row in rows])
    names = group_names(
        speaker(question.words, question.language or store.settings.language), model, features, placed.of
    )
    asked = question.model_dump(exclude_unset=True, exclude={"most", "language"})
    kept = {name: value for name, value in asked.items() if name in FoundCustomers.model_fields}
    return [
        (name, FoundCustomers(model=model.to_text(), group=place, **kept))
        for place, name in enumerate(names, 1)
    ]
